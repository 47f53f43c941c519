"""A form about office time: what is typed is read back, and what it would do is told before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.timer import Timer

from deskmate.domain import hours as said
from deskmate.domain.due import moment_text
from deskmate.domain.hours_preview import Preview
from deskmate.domain.instant import from_text
from deskmate.domain.text import safe
from deskmate.domain.values import WrongValues
from deskmate.tui.dialogs.form import Changed, Check, Field, FormDialog
from deskmate.tui.dialogs.told import Told, wrapped
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from datetime import datetime

    from deskmate.domain.commands import Command
    from deskmate.tui.gateway import Answer, Gateway

TELL_AFTER = 0.15
"""Seconds without a letter after which it is asked what the change would do."""
MOVE = "f2"
"""Saves leave and moves what falls into it."""
MOST = 5
"""So many of what falls into leave, or of holidays, are named."""


class HoursForm(FormDialog):
    """Gives back what was changed. ``asked`` is ``MOVE`` when what falls into the leave shall be moved as well."""

    def __init__(
        self,
        gateway: Gateway,
        kind: str,
        title: str,
        fields: Sequence[Field],
        make: Callable[[Changed], Command],
        now: Callable[[], datetime],
        *,
        text: str = "",
        cursor: int = -1,
        begun: Mapping[str, str] | None = None,
        check: Check | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> None:
        """``make`` gives the command for what is changed; ``kind`` is the key of the draft, too."""
        super().__init__(
            gateway, kind, (), title, fields,
            draft=kind, text=text, cursor=cursor, begun=begun, check=check, errors=errors,
        )  # fmt: skip
        self._make = make
        self._now = now
        self._asking: Timer | None = None
        self._question = 0
        self._falls = 0

    def beneath(self) -> ComposeResult:
        """What it would do."""
        yield Told()

    def on_mount(self) -> None:
        """Type at once; a draft says at once what it would do."""
        super().on_mount()
        self._ask()

    async def press(self, key: str) -> bool:
        """As every form, but enter saves: what it would do stands there already."""
        if key == "enter":
            self._save()
        elif key == MOVE and self._falls:
            self.asked = MOVE
            self._save()
        else:
            return await super().press(key)
        return True

    def refuse(self, errors: Mapping[str, str]) -> None:
        """As every form; nothing is to be moved either."""
        self.asked = ""
        super().refuse(errors)

    def _edited(self, box: str | None, value: str) -> None:
        super()._edited(box, value)
        self._question += 1  # what is told meanwhile is about something else
        if self._asking is not None:
            self._asking.stop()
        self._asking = self.set_timer(TELL_AFTER, self._ask)

    def _ask(self) -> None:
        """Ask what the change would do, if there is one."""
        changed = self._changed()
        if not changed:
            self._tell([[("nothing is changed yet", "dim")]])
        else:
            self.gateway.preview(self._make(changed), partial(self._told, self._question))

    def _told(self, question: int, answer: Answer) -> None:
        if question != self._question or self._over or not self.is_mounted:
            return
        error = answer.error
        if error is None:
            self._tell(told(answer.value, self._now()), len(answer.value.falls))
        elif isinstance(error, WrongValues):
            labels = {field.name: field.label for field in self._fields}
            self._tell(
                [
                    [(f"{labels.get(name, name)}: ", "bold"), (safe(why), "error")]
                    for name, why in error.problems.items()
                ]
            )
        else:
            self._tell([[(safe(error.message), "dim")]])

    def _tell(self, lines: list[Spans], falls: int = 0) -> None:
        self._falls = falls
        self.query_one(Told).show([part for line in lines for part in wrapped(line, self._room)])
        self._keys()

    @property
    def _room(self) -> int:
        """Cells of a line within the box."""
        return self.query_one(Told).size.width or self.app.size.width - 8

    def _keys(self) -> None:
        keys: Spans = [("enter ", "key"), ("save   ", "dim")]
        if self._falls:
            keys += [(f"{MOVE} ", "key"), (f"save and move {_dates(self._falls)}   ", "dim")]
        elif len(self._fields) > 1:
            keys += [("tab ", "key"), ("next   ", "dim")]
        self.query_one("#keys", OneLine).show([*keys, ("esc ", "key"), ("back, kept as a draft", "dim")])


def told(preview: Preview, now: datetime) -> list[Spans]:
    """What a change would come to, line by line: in words, what was understood differently, and what it moves."""
    lines: list[Spans] = [[(safe(preview.label), "")]]
    lines += [[(safe(note), "soon")] for note in preview.notes]
    if preview.moves is not None:
        loud = preview.moves.overdue > 0
        lines.append([(preview.moves.text, "error" if loud else "good" if not preview.moves.moved else "soon")])
    if preview.falls:
        lines.append(
            [(f"{_dates(len(preview.falls))} {'falls' if len(preview.falls) == 1 else 'fall'} into it:", "")]
        )
    for each in preview.falls[:MOST]:
        when = moment_text(from_text(each.at).astimezone(now.tzinfo), now)
        lines.append([(f"  {when:<11} ", "dim"), (safe(each.spoken), "")])
    for holiday in preview.holidays[:MOST]:
        lines.append([(f"  {said.day_text(holiday.day):<16} ", "dim"), (safe(holiday.name), "")])
    more = max(len(preview.falls), len(preview.holidays)) - MOST
    if more > 0:
        lines.append([(f"  and {more} more", "dim")])
    return lines


def _dates(count: int) -> str:
    return f"{count} {'date' if count == 1 else 'dates'}"
