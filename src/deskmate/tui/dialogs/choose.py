"""One of many, found by typing: the palette and what was worked on last."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input
from textual.worker import Worker, WorkerCancelled

from deskmate.domain.text import clean, fit, safe
from deskmate.domain.text import width as cells
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import Lines, OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway

LEFT_WIDTH, NAME_WIDTH = 12, 24
FAR = 10_000
MOVES = {"down": 1, "up": -1, "ctrl+r": 1, "home": -FAR, "end": FAR}

GO: Spans = [("enter ", "key"), ("go   ", "dim"), ("↓ ↑ ", "key"), ("move   ", "dim")]


@dataclass(frozen=True, slots=True)
class Choice:
    """A line: what is left of the name (keys, a number), the name, what is right of it, and what it stands for."""

    what: str
    value: Any
    left: str
    title: str
    note: str = ""


Choices = list[Choice]
Later = Callable[[], Awaitable[Choices]]
Find = Callable[[str], tuple[Choices, Later | None]]
"""Gives what is found for a text at once, and a way to the rest of it where that takes longer."""


class ChoiceList(Lines):
    """Choices with a cursor; dim, with the reason, where one can do nothing now."""

    DEFAULT_CSS = "ChoiceList { height: 12; }"

    def __init__(self, why_not: Callable[[Choice], str]) -> None:
        super().__init__(id="choices")
        self._why_not = why_not
        self._choices: Choices = []
        self._cursor = 0
        self._top = 0

    @property
    def current(self) -> Choice | None:
        """The choice under the cursor."""
        return self._choices[self._cursor] if self._choices else None

    def show(self, choices: Choices, cursor: int = 0) -> None:
        """Show these."""
        self._choices, self._cursor, self._top = choices, 0, 0
        self.move(cursor)

    def replace(self, choices: Choices) -> None:
        """The same ones, with more to be said of them; the cursor stays."""
        if choices != self._choices:
            self._choices = choices
            self.refresh()

    def add(self, choices: Choices) -> None:
        """More of them, below; the cursor stays."""
        self._choices = [*self._choices, *choices]
        self.refresh()

    def move(self, steps: int) -> None:
        """Move the cursor."""
        self._cursor = max(0, min(self._cursor + steps, len(self._choices) - 1))
        height = max(1, self.size.height)
        self._top = max(min(self._top, self._cursor), self._cursor - height + 1)
        self.refresh()

    def spans(self, y: int) -> Spans:
        """One choice."""
        index = self._top + y
        if index >= len(self._choices):
            return []
        choice = self._choices[index]
        reason = self._why_not(choice)
        note = safe(reason or choice.note)
        room = max(0, self.size.width - LEFT_WIDTH - 2)
        # A title needs all the room there is; the name of an action leaves it to what it does.
        whole = choice.what == "request"
        note = fit(note, min(cells(note), room * 3 // 5)) if whole else fit(note, max(0, room - NAME_WIDTH))
        return [
            ("▌" if index == self._cursor else " ", "bar"),
            (fit(safe(choice.left), LEFT_WIDTH - 1) + " ", "dim" if reason else "key"),
            (fit(safe(choice.title), room - cells(note)), "dim" if reason else ""),
            (f" {note}", "dim"),
        ]

    def ground(self, y: int) -> str:
        """The cursor's line stands out a little."""
        here = self._choices and self._top + y == self._cursor
        return "cursor-ground" if here else "field-ground"


class ChooseDialog(Dialog[Choice]):
    """Gives back the choice. ``why_not`` says why one can do nothing now; ``first`` is where the cursor begins."""

    kind = "choose"

    DEFAULT_CSS = "ChooseDialog OneLine { margin: 0; }"

    def __init__(
        self, gateway: Gateway, title: str, find: Find, why_not: Callable[[Choice], str], first: int = 0
    ) -> None:
        super().__init__(gateway)
        self._title = title
        self._find = find
        self._why_not = why_not
        self._first = first
        self._worker: Worker[None] | None = None
        self._looked_for: str | None = None

    def compose(self) -> ComposeResult:
        """What is typed, what is found, the keys."""
        with Vertical(classes="box") as box:
            box.border_title = self._title
            yield Input(id="field", select_on_focus=False, compact=True)
            yield ChoiceList(self._why_not)
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one("#field", Input).focus()
        self._look()

    def on_input_changed(self) -> None:
        """Find anew."""
        self._look()

    def paste(self, text: str) -> bool:
        """All of it on the one line."""
        self.query_one("#field", Input).insert_text_at_cursor(clean(text)[0])
        return True

    async def press(self, key: str) -> bool:
        """Move, take, leave; whatever else is typed."""
        choices = self.query_one(ChoiceList)
        if key in ("pagedown", "pageup"):
            choices.move(choices.size.height * (1 if key == "pagedown" else -1))
        elif key in MOVES and not (key in ("home", "end") and self.text()[0]):
            choices.move(MOVES[key])
        elif key == "enter":
            self._look()
            if choices.current is None and self._worker is not None:
                with suppress(WorkerCancelled):
                    await self._worker.wait()
            self._take(choices.current)
        else:
            return await super().press(key)
        return True

    def text(self) -> tuple[str, int]:
        """What is typed."""
        field = self.query_one("#field", Input)
        return field.value, field.cursor_position

    def _take(self, choice: Choice | None) -> None:
        if choice is None:
            return
        reason = self._why_not(choice)
        if reason:
            self.query_one("#keys", OneLine).show([(safe(reason), "error")])
        else:
            self.dismiss(choice)

    def _look(self) -> None:
        """Find what is typed, unless that is what is shown."""
        typed = self.text()[0].strip()
        if typed == self._looked_for:
            return
        self._looked_for = typed
        found, later = self._find(typed)
        self.query_one(ChoiceList).show(found, 0 if typed else self._first)
        if self._worker is not None:
            self._worker.cancel()
        self._worker = None if later is None else self.run_worker(self._look_further(typed, later))
        self._say(found or later)

    async def _look_further(self, typed: str, later: Later) -> None:
        found = await later()
        if typed == self._looked_for:
            choices = self.query_one(ChoiceList)
            choices.add(found)
            self._say(choices.current)

    def _say(self, found: object) -> None:
        first: Spans = GO if found else [("nothing found   ", "error")]
        self.query_one("#keys", OneLine).show([*first, ("esc ", "key"), ("back", "dim")])
