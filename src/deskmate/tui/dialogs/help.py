"""All keys, from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from deskmate.domain.actions import ACTIONS
from deskmate.domain.text import fit
from deskmate.tui.actions.keymap import Keymap
from deskmate.tui.detail_lines import wrap
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway


KEYS_WIDTH, NAME_WIDTH = 19, 18
FAR = 10_000


class KeyList(Lines, can_focus=True):
    """The keys, scrolled."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__(id="help")
        self._keymap = keymap
        self.top = 0

    def spans(self, y: int) -> Spans:
        """One line of an action: its keys, its name, what it does."""
        lines = self._lines()
        return lines[self.top + y] if self.top + y < len(lines) else []

    def scroll(self, lines: int) -> None:
        """Move by so many lines."""
        self.top = max(0, min(self.top + lines, len(self._lines()) - self.size.height))
        self.refresh()

    def _lines(self) -> list[Spans]:
        found: list[Spans] = []
        for action in ACTIONS:
            first, *rest = wrap(action.help, self.size.width - KEYS_WIDTH - NAME_WIDTH - 1)
            keys = fit(", ".join(self._keymap.keys_of(action.id)), KEYS_WIDTH - 1)
            found.append([(f" {keys}", "key"), (fit(action.title, NAME_WIDTH), ""), (first, "dim")])
            found += [[(" " * (KEYS_WIDTH + NAME_WIDTH), ""), (line, "dim")] for line in rest]
        return found


class HelpDialog(Dialog[None]):
    """Every key there is."""

    DEFAULT_CSS = """
    HelpDialog { align: center middle; }
    HelpDialog KeyList { height: 100%; border: round $border; max-width: 120; }
    """

    def __init__(self, gateway: Gateway, keymap: Keymap) -> None:
        super().__init__(gateway)
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """The list."""
        keys = KeyList(self._keymap)
        keys.border_title = "Keys"
        keys.border_subtitle = "j k scroll   esc back"
        yield keys

    async def press(self, key: str) -> bool:
        """Scroll, or back out with whatever else."""
        keys = self.query_one(KeyList)
        steps = {
            "j": 1,
            "down": 1,
            "k": -1,
            "up": -1,
            "space": keys.size.height,
            "pagedown": keys.size.height,
            "pageup": -keys.size.height,
            "g": -FAR,
            "home": -FAR,
            "G": FAR,
            "end": FAR,
        }
        if key in steps:
            keys.scroll(steps[key])
        elif key in ("escape", "q", "?", "f1", "enter"):
            self.dismiss(None)
        return True
