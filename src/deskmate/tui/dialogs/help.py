"""The keys that work here. Typing finds any by its name or its key; enter runs it, or it says where it works."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from deskmate.domain.text import clean, fit
from deskmate.tui.actions.keymap import Keymap
from deskmate.tui.actions.keys import shown
from deskmate.tui.actions.reasons import WRITING
from deskmate.tui.actions.sections import Entry, elsewhere, matching, of_place
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import Lines, OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway

KEYS_WIDTH, NAME_WIDTH = 14, 26
FAR = 10_000
MOVES = {"down": 1, "up": -1, "home": -FAR, "end": FAR}


class KeyList(Lines, can_focus=True):
    """Entries under the names of their sections, with a cursor."""

    DEFAULT_CSS = "KeyList { height: 1fr; }"

    def __init__(self, why_not: Callable[[str], str]) -> None:
        super().__init__(id="entries")
        self._why_not = why_not
        self._lines: list[Entry | str] = []
        self._cursor = 0
        self._top = 0

    @property
    def current(self) -> Entry | None:
        """The entry under the cursor."""
        line = self._lines[self._cursor] if self._lines else None
        return line if isinstance(line, Entry) else None

    def show(self, lines: list[Entry | str]) -> None:
        """Show these, from the first one."""
        self._lines, self._cursor, self._top = lines, 0, 0
        self.move(0)

    def move(self, steps: int) -> None:
        """Put the cursor on another entry, never on the name of a section."""
        if self._lines:
            last = len(self._lines) - 1
            here = min(max(self._cursor + steps, 0), last)
            back = 1 if steps >= 0 else -1
            while not isinstance(self._lines[here], Entry):
                here += back
                if here < 0:
                    here, back = 0, 1
            self._cursor = here
            height = max(1, self.size.height)
            top = here - 1 if here and isinstance(self._lines[here - 1], str) else here
            self._top = min(self._top, top, max(0, last + 1 - height)) if here else 0
            self._top = max(self._top, here - height + 1)
        self.refresh()

    def spans(self, y: int) -> Spans:
        """The name of a section, or an entry: dimmed, with the reason, where it can do nothing now."""
        index = self._top + y
        if index >= len(self._lines):
            return []
        line = self._lines[index]
        if isinstance(line, str):
            return [(f" {line}", "bold")]
        reason = self._why_not(line.action) if line.action else ""  # over a text field all have the same one
        keys = fit(", ".join(line.keys), KEYS_WIDTH - 1)
        room = max(0, self.size.width - 2 - KEYS_WIDTH - NAME_WIDTH)
        return [
            ("▌" if index == self._cursor else " ", "bar"),
            (f" {keys} ", "dim" if reason else "key"),
            (f"{fit(line.title, NAME_WIDTH - 1)} ", "dim" if reason else ""),
            (fit(line.help if reason == WRITING else reason or line.help, room), "dim"),
        ]

    def ground(self, y: int) -> str:
        """The cursor's line stands out a little."""
        return "cursor-ground" if self._lines and self._top + y == self._cursor else "ground"

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.move(0)


class HelpDialog(Dialog[str]):
    """Gives back the action that is to be run. ``why_not`` says why one can do nothing where help was asked for."""

    kind = "help"

    DEFAULT_CSS = """
    HelpDialog { align: center middle; }
    HelpDialog .keys { width: 100%; max-width: 120; height: 100%; border: round $border;
        border-title-color: $foreground; border-title-style: bold; border-subtitle-color: $foreground;
        background: $background; }
    HelpDialog OneLine { margin: 0; }
    """

    def __init__(self, gateway: Gateway, keymap: Keymap, why_not: Callable[[str], str], panel: str = "") -> None:
        super().__init__(gateway)
        self._sections = of_place(keymap, panel)
        self._elsewhere = elsewhere(keymap, panel)
        self._leaving = {"f1", "escape", keymap.key("help")}
        self._why_not = why_not
        self._typed = ""

    def compose(self) -> ComposeResult:
        """What is typed, the entries, and all about the one under the cursor."""
        with Vertical(classes="keys") as box:
            box.border_title = "Keys"
            box.border_subtitle = "↓ ↑ move   enter run it   esc back"
            yield OneLine(id="typed")
            yield KeyList(self._why_not)
            yield OneLine(id="about")

    def on_mount(self) -> None:
        """All of them."""
        self.query_one(KeyList).focus()
        self._find("")

    def paste(self, text: str) -> bool:
        """Find what is pasted."""
        self._find(self._typed + clean(text)[0])
        return True

    async def press(self, key: str) -> bool:
        """Move, run, leave; whatever else is looked for."""
        entries = self.query_one(KeyList)
        page = max(1, entries.size.height - 1)
        if key in self._leaving and not (len(key) == 1 and self._typed):
            self.dismiss(None)
        elif key in MOVES or key in ("pagedown", "pageup"):
            entries.move(MOVES.get(key) or (page if key == "pagedown" else -page))
        elif key == "enter":
            self._run(entries.current)
        elif key == "backspace":
            self._find(self._typed[:-1])
        elif key == "space" and self._typed:
            self._find(f"{self._typed} ")
        elif len(key) == 1:
            self._find(self._typed + key)
        else:
            self._find(shown(key))
        self._about()
        return True

    def _run(self, entry: Entry | None) -> None:
        if entry is not None and entry.action and not self._why_not(entry.action):
            self.dismiss(entry.action)

    def _find(self, typed: str) -> None:
        self._typed = typed
        lines: list[Entry | str] = []
        if typed.strip():
            lines += matching(self._sections, typed.strip())
            lines += matching(self._elsewhere, typed.strip())  # dimmed, with the reason: it says where it works
        else:
            for name, found in self._sections:
                lines += [name, *found]
        self.query_one(KeyList).show(lines)
        words: Spans = (
            [(" type a name or a key to find it", "dim")] if not typed else [(f" {typed}", ""), ("▏", "key")]
        )
        self.query_one("#typed", OneLine).show(words if lines else [*words, ("   there is no such key", "error")])
        self._about()

    def _about(self) -> None:
        entry = self.query_one(KeyList).current
        reason = self._why_not(entry.action) if entry and entry.action else ""
        spans: Spans = [(f" {reason}", "soon")] if reason else [(f" {entry.help}" if entry else "", "")]
        self.query_one("#about", OneLine).show(spans)
