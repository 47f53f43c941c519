"""What solved it and how it ended. Everything here may be left out: enter alone resolves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from deskmate.domain.promise import Fate
from deskmate.domain.row import label
from deskmate.domain.status import Outcome
from deskmate.domain.text import safe
from deskmate.tui.dialogs.line import LineDialog
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway

NAMED = 3
"""So many others are named; more are counted."""
_WORDS = {Fate.KEEP: "kept by this", Fate.MOVE: "stays open", Fate.DROP: "dropped"}
_RUN_WORDS = {Fate.KEEP: "finished by this", Fate.MOVE: "goes on", Fate.DROP: "taken away"}
_FATES = tuple(_WORDS)
_CHOICES: tuple[Outcome | None, ...] = (None, *Outcome)


@dataclass(frozen=True, slots=True)
class Ended:
    """What solved it, how it ended, whether the others with this cause are resolved with it, and what becomes of
    what was promised and of the checklists that are run for it."""

    text: str
    outcome: Outcome | None
    with_others: bool
    promises: Fate | None = None
    runs: Fate | None = None


class ResolveDialog(LineDialog[Ended]):
    """One line for what solved it; tab steps through how it ended."""

    DEFAULT_CSS = "ResolveDialog OneLine { margin: 0; } ResolveDialog #outcome { margin: 1 0 0 0; }"

    kind = "resolve"

    def __init__(
        self,
        gateway: Gateway,
        requests: tuple[int, ...],
        about: str,
        text: str = "",
        cursor: int = -1,
        offered: Outcome | None = None,
        others: tuple[int, ...] = (),
        cause: str = "",
        *,
        promised: str = "",
        due: bool = False,
        going: str = "",
        done: bool = False,
        then: str = "",
        kind: str = "resolve",
    ) -> None:
        """``text`` is the draft. ``offered`` is the outcome that suggests itself, ``others`` go on with ``cause``.

        ``promised`` says what is promised still, and ``due`` that its time has come; ``going`` how far checklists are
        that are run for it, and ``done`` that nothing of them is open; ``then`` what comes after it is resolved.
        """
        super().__init__(gateway, draft=f"resolve:{requests[0]}", request=requests[0])
        self.kind = kind
        self.requests = requests
        self._promised = promised
        self._then = then
        self._fate = Fate.KEEP if due else Fate.MOVE
        self._going = going
        self._run_fate = Fate.KEEP if done else Fate.MOVE
        self._about = about
        self._line, _, chosen = text.partition("\n")
        self._chosen = Outcome(chosen) if chosen in list(Outcome) else None
        self._outcome = self._chosen or offered
        self._cursor = cursor
        self._others = others
        self._cause = cause
        self._with_others = False

    def compose(self) -> ComposeResult:
        """The line, how it ended, the others of the problem, the keys."""
        with Vertical(classes="box") as box:
            box.border_title = Content(f"{self._about}: what solved it{f', {self._then}' if self._then else ''}")
            yield Input(self._line, id="field", select_on_focus=False, compact=True)
            yield OneLine(id="outcome", ground="field-ground")
            if self._others:
                yield OneLine(id="others", ground="field-ground")
            if self._promised:
                yield OneLine(id="promised", ground="field-ground")
                yield OneLine(id="fate", ground="field-ground")
            if self._going:
                yield OneLine(id="going", ground="field-ground")
                yield OneLine(id="run-fate", ground="field-ground")
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """Type at once."""
        self.type_at_once(self._cursor)
        self._show()
        self.begun()

    async def press(self, key: str) -> bool:
        """Enter resolves, tab steps through the outcomes, down takes the others along, f2 says what of promises, f3
        what of checklists."""
        if key == "enter":
            typed = self.query_one("#field", Input).value
            self.finished()
            fate = self._fate if self._promised else None
            run_fate = self._run_fate if self._going else None
            self.dismiss(Ended(typed, self._outcome, self._with_others, fate, run_fate))
        elif key == "f3" and self._going:
            self._run_fate = _next(self._run_fate)
            self._show()
        elif key == "f2" and self._promised:
            self._fate = _next(self._fate)
            self._show()
        elif key in ("tab", "shift+tab"):
            step = 1 if key == "tab" else -1
            self._outcome = _CHOICES[(_CHOICES.index(self._outcome) + step) % len(_CHOICES)]
            self._chosen = self._outcome
            self._show()
            self.changed()
        elif key in ("down", "up") and self._others:
            self._with_others = key == "down"
            self._show()
        else:
            return await super().press(key)
        return True

    def text(self) -> tuple[str, int]:
        """The line so far, and below it the outcome that was chosen."""
        field = self.query_one("#field", Input)
        return (f"{field.value}\n{self._chosen}" if self._chosen else field.value), field.cursor_position

    def _show(self) -> None:
        spans: Spans = [("tab ", "key")]
        for outcome in Outcome:
            chosen = outcome is self._outcome
            spans.append((f"✓ {outcome}" if chosen else f"  {outcome}", "good" if chosen else "dim"))
            spans.append((" ", ""))
        self.query_one("#outcome", OneLine).show(spans)
        if self._others:
            few = len(self._others) <= NAMED
            names = ", ".join(map(label, self._others)) if few else f"{len(self._others):,} others"
            what = f"and {names} of the same cause: {safe(self._cause)}"
            chosen = self._with_others
            self.query_one("#others", OneLine).show(
                [
                    ("↑ " if chosen else "↓ ", "key"),
                    (f"✓ {what}" if chosen else f"  {what}", "good" if chosen else "dim"),
                ]
            )
        if self._promised:
            self.query_one("#promised", OneLine).show([(safe(self._promised), "")])
            self.query_one("#fate", OneLine).show(_fates("f2", _WORDS, self._fate))
        if self._going:
            self.query_one("#going", OneLine).show([(safe(self._going), "")])
            self.query_one("#run-fate", OneLine).show(_fates("f3", _RUN_WORDS, self._run_fate))
        self.query_one("#keys", OneLine).show(
            [("enter ", "key"), ("resolve   ", "dim"), ("esc ", "key"), ("back, nothing lost", "dim")]
        )


def _next(fate: Fate) -> Fate:
    return _FATES[(_FATES.index(fate) + 1) % len(_FATES)]


def _fates(key: str, names: dict[Fate, str], chosen: Fate) -> Spans:
    """What may become of something, behind the key that steps through it."""
    line: Spans = [(f"{key}  ", "key")]
    for fate, words in names.items():
        here = fate is chosen
        line.append((f"✓ {words} " if here else f"  {words} ", "good" if here else "dim"))
    return line
