"""When a checklist is due: said in words, understood and said back at once, with the dates that come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.timer import Timer

from deskmate.domain import plain_rules
from deskmate.domain.saying_schedules import CLOSED
from deskmate.domain.schedule import CatchUp
from deskmate.domain.text import fit, safe
from deskmate.domain.values import WrongValues
from deskmate.tui import checklists
from deskmate.tui.dialogs.form import Changed, Field, FormDialog
from deskmate.tui.dialogs.told import Told, wrapped
from deskmate.tui.frame import Spans
from deskmate.tui.maintenance_lines import coming_lines
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from datetime import datetime

    from deskmate.domain.agenda import Line
    from deskmate.tui.gateway import Gateway

TELL_AFTER = 0.15
"""Seconds without a letter after which the dates are counted."""
ROOM = 8
"""Lines for what comes of it, so that the form does not move while one types."""
LABELS = {
    "when": "When",
    "at": "At",
    "from": "From",
    "zone": "Zone",
    "lead": "Counts before",
    "grace": "Late after",
    "closed": "On closed days",
    "absence": "After absence",
}
HINTS = {
    "when": "plain words, or FREQ=… for experts",
    "at": "a time such as 9:00; empty is the opening of the day",
    "from": "the first day it may be due; empty is today",
    "zone": "a name such as Europe/Berlin; empty is the zone of the hours",
    "lead": "doing it before it is due counts from, such as 4 h or 1 d; empty is usual",
    "grace": "how long after it is due, such as 8 h or 2 d; empty is usual",
}
CHOICES = {"closed": tuple(CLOSED.values()), "absence": tuple(CatchUp)}


class ScheduleForm(FormDialog):
    """Gives back what was changed; ``said`` makes of it all that is to be said."""

    DEFAULT_CSS = "ScheduleForm #hint { margin: 0; }"

    def __init__(
        self,
        gateway: Gateway,
        kind: str,
        line: Line,
        now: Callable[[], datetime],
        *,
        text: str = "",
        cursor: int = -1,
        errors: Mapping[str, str] | None = None,
    ) -> None:
        """``kind`` is the key of the draft, too."""
        self._values = checklists.typed_schedule(gateway, line.key, now())
        fields = [_field(name, value) for name, value in self._values.items()]
        title = f"When {safe(line.name)} is due"
        super().__init__(gateway, kind, (), title, fields, draft=kind, text=text, cursor=cursor, errors=errors)
        self._line = line
        self._now = now
        self._asking: Timer | None = None

    def said(self, changed: Changed) -> dict[str, str]:
        """All that the form says; the first day stays as it is where none is said."""
        values = self._values | changed
        return {name: value for name, value in values.items() if value or name in changed or name != "from"}

    def beneath(self) -> ComposeResult:
        """The dates that come of it."""
        yield Told()

    def on_mount(self) -> None:
        """Type at once; what is said already has its dates at once."""
        super().on_mount()
        self._ask()

    async def press(self, key: str) -> bool:
        """As every form, but enter saves: the dates stand there already."""
        if key == "enter":
            self._save()
            return True
        return await super().press(key)

    def _edited(self, box: str | None, value: str) -> None:
        super()._edited(box, value)
        if self._asking is not None:
            self._asking.stop()
        self._asking = self.set_timer(TELL_AFTER, self._ask)

    def _step(self, step: int) -> None:
        super()._step(step)
        self._ask()

    def _ask(self) -> None:
        changed = self._changed()
        if not (self._values | changed)["when"].strip():
            self._tell(self._examples())
        else:
            self.run_worker(self._look_ahead(self.said(changed)), exclusive=True, group="dates")

    async def _look_ahead(self, said: dict[str, str]) -> None:
        """Count the dates, or say what is not understood."""
        now = self._now()
        try:
            found = await checklists.dates_later(self.gateway, self._line.key, said, now)
        except WrongValues as wrong:
            self._tell(
                [[(f"{LABELS[name]}: ", "bold"), (safe(why), "error")] for name, why in wrong.problems.items()]
            )
            return
        if found is not None:
            words, coming = found
            dates = coming_lines(coming, self._room, now) or [[("no date comes of it any more", "soon")]]
            self._tell([[(safe(words), "")], *dates])

    def _examples(self) -> list[Spans]:
        """The plain words that can be said, in two columns."""
        half = (len(plain_rules.CHOICES) + 1) // 2
        rows = zip(plain_rules.CHOICES[:half], [*plain_rules.CHOICES[half:], ""], strict=False)
        column = self._room // 2
        return [[(f"  {fit(left, column - 3)} {right}", "")] for left, right in rows]

    def _tell(self, lines: list[Spans]) -> None:
        if not self._over:
            shown = [part for line in lines for part in wrapped(line, self._room)]
            self.query_one(Told).show([*shown, *([[]] * (ROOM - len(shown)))])

    @property
    def _room(self) -> int:
        """Cells of a line within the box."""
        return self.query_one(Told).size.width or self.app.size.width - 8

    def _keys(self) -> None:
        keys: Spans = [("enter ", "key"), ("save   ", "dim"), ("tab ", "key"), ("next   ", "dim")]
        self.query_one("#keys", OneLine).show([*keys, ("esc ", "key"), ("back, kept as a draft", "dim")])


def _field(name: str, value: str) -> Field:
    """The field of one thing that is said."""
    if name == "when":
        return Field(name, LABELS[name], value, _fitting, hint=HINTS[name])
    if name in CHOICES:
        return Field(name, LABELS[name], value, CHOICES[name], only=True)
    return Field(name, LABELS[name], value, hint=HINTS[name])


def _fitting(typed: str) -> list[str]:
    """The plain words that go on like what is typed."""
    word = typed.strip().casefold()
    return [each for each in plain_rules.CHOICES if word in each.casefold()]
