"""A date asked for in one line, and what was understood said back while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from textual.widgets import Input

from deskmate.domain import when
from deskmate.tui.dialogs.prompt import PromptDialog
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway

UNDERSTOOD = "fri, tomorrow 3pm, +2h, +3bd, eod, next week, 4 dec 15:00"
"""A few dates that are understood, for whoever typed one that is not."""
TIMES = "15:30, 3pm, 15h, tomorrow 9:00, +2h, eod"
"""The same for whoever typed a time that is none."""


class DateDialog(PromptDialog):
    """Gives back the line once it holds a date to come.

    ``more`` names what may stand after a comma, ``skip`` what enter on an empty line does where that is possible.
    """

    def __init__(
        self,
        gateway: Gateway,
        kind: str,
        requests: tuple[int, ...],
        title: str,
        now: Callable[[], datetime],
        *,
        more: str = "",
        skip: str = "",
        text: str = "",
        cursor: int = -1,
    ) -> None:
        super().__init__(gateway, kind, requests, title, "", text, cursor)
        self._now = now
        self._more = more
        self._skip = skip

    async def press(self, key: str) -> bool:
        """Enter gives the line back, unless its date is none."""
        skipped = bool(self._skip) and not self.text()[0].strip()
        if key == "enter" and self._date() is None and not skipped:
            self._echo(asked=True)
            return True
        if key == "escape" and self._date() is None:
            self._drop_date()
        return await super().press(key)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep it, and say what it means."""
        super().on_input_changed(event)
        self._echo()

    def _show_keys(self) -> None:
        self._echo()  # what is understood stands in their place

    def _date(self) -> datetime | None:
        """The moment that is named, if that is still to come."""
        line, now = self.text()[0], self._now()
        moment = self.gateway.moment(line.partition(",")[0] if self._more else line, now)
        return moment if moment is not None and moment.timestamp() > now.timestamp() else None

    def _drop_date(self) -> None:
        """What is no date would only stand in the way of the next; what comes after a comma is kept."""
        field = self.query_one("#field", Input)
        rest = field.value.partition(",")[2] if self._more else ""
        field.value = f",{rest}" if rest.strip() else ""
        field.cursor_position = 0

    def _no_such_time(self) -> bool:
        """Whether it ends in what looks like a time of day and is none."""
        line = self.text()[0]
        words = (line.partition(",")[0] if self._more else line).lower().split()
        looks = bool(words) and (
            ":" in words[-1] or (words[-1][0].isdigit() and words[-1].endswith(("am", "pm", "h")))
        )
        return looks and self.gateway.moment(words[-1], self._now()) is None

    def _echo(self, *, asked: bool = False) -> None:
        moment = self._date()
        typed = self.text()[0].strip()
        line = self.query_one("#keys", OneLine)
        if moment is not None:
            line.show([("enter ", "key"), (when.echo(moment, self._now()), "good"), *self._after()])
        elif asked and typed:
            what, instead = ("no such time", TIMES) if self._no_such_time() else ("no date to come", UNDERSTOOD)
            line.show([(f"{what}. Try ", "error"), (instead, "")])
        elif self._skip and not typed:
            line.show([("fri, next week, 4 dec   ", "dim"), ("enter ", "key"), (self._skip, "dim")])
        else:
            line.show([(UNDERSTOOD, "dim"), *self._after()])

    def _after(self) -> list[tuple[str, str]]:
        return [(f", and {self._more} after a comma", "dim")] if self._more else []
