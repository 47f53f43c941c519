"""The clock of what is worked on: on the top line, a second at a time, and how long no key came while it ran."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import time
from typing import TYPE_CHECKING

from deskmate.domain import instant
from deskmate.domain import row as at
from deskmate.domain.due import span
from deskmate.domain.focus import IDLE, Focus, Frame, Gap, frame_name
from deskmate.domain.row import Row, label
from deskmate.tui.frame import Spans, focus_spans

if TYPE_CHECKING:
    from textual.timer import Timer

    from deskmate.tui.screens.queue.screen import QueueScreen

ACTIVITY, GAPS = "activity", "idle"
"""Where the last key and the time without one are kept, as places."""
KEPT_EVERY = 60.0
"""Seconds after which the last key is written down again while a clock runs; a kill costs no more."""


class Stopwatch:
    """Knows what runs, ticks while it does, and counts nothing itself: the pieces on disk do."""

    def __init__(self, screen: QueueScreen) -> None:
        self._screen = screen
        self._timer: Timer | None = None
        self._last: float | None = None
        self._kept = 0.0
        self._gaps: list[Gap] | None = None
        self._closed = False
        self.focus: Focus | None = None
        self.left: Frame | None = None

    def look(self, *, closed: bool) -> None:
        """See what runs now and what was left for it, and tick if something runs."""
        gateway = self._screen.gateway
        self._closed = closed
        before, self.left = self.left, next(iter(gateway.stack(1)), None)
        if before is not None and (self.left is None or self.left.id != before.id):
            panel = self._screen if self._screen.over is None else self._screen.over
            panel.footer.withdraw(f"{self._screen.keymap.key('back.to')} back to {frame_name(before)}   ")
        self.focus = gateway.focus()
        if self.focus is None:
            if self._timer is not None:
                self._timer.stop()
                self._timer = None
            self._last = None
        elif self._timer is None:
            self._timer = self._screen.set_interval(1, self._screen.paint_top)

    def way_back(self, row: Row | None) -> list[tuple[str, str]]:
        """The key that goes back to what this request interrupted, when there is nothing left to do to it."""
        left = self.left
        if left is None or row is None or row[at.NUMBER] != left.cause or self._running(left.cause):
            return []
        return [("b", f"back to {frame_name(left)}")]

    def _running(self, number: int) -> bool:
        return self.focus is not None and self.focus.number == number

    def spans(self, now: datetime) -> Spans:
        """For the top line. Time without a key is named once its day is over."""
        spans = focus_spans(self.focus, instant.to_text(now), self._screen.size.width)
        today = instant.to_text(now.replace(hour=0, minute=0, second=0, microsecond=0))
        asked = (length(gap) for gap in self.gaps() if self._closed or gap.ends < today)
        idle = sum(asked, timedelta())
        return [*spans, (f"  {span(idle)} idle", "soon")] if idle else spans

    # --- time without a key -----------------------------------------------------------------------------------

    def touched(self) -> None:
        """A key came."""
        focus = self.focus
        if focus is None or self._screen.gateway.read_only:
            return
        now = time()  # every key pays for this: no dates before there is something to say
        last = self._last_of(focus) if self._last is None else self._last
        self._last = now
        if now - last > IDLE.total_seconds():
            starts, ends = (instant.to_text(datetime.fromtimestamp(moment, UTC)) for moment in (last, now))
            self._keep([*self.gaps(), Gap(focus.piece, focus.number, focus.title, starts, ends)])
        if abs(now - self._kept) > KEPT_EVERY:
            self._kept = now
            self._screen.gateway.save_place(ACTIVITY, {})

    def leave(self) -> str:
        """The app goes: a clock runs on while the office is open, and stops with the day. Gives a last word."""
        focus, gateway = self.focus, self._screen.gateway
        if focus is None or gateway.read_only:
            return ""
        if not self._closed:
            return f"The clock of {label(focus.number)} runs on."
        from deskmate.domain.commands import StopClock

        gateway.run(StopClock(), lambda command, answer: None)
        return f"The clock of {label(focus.number)} was stopped: the office is closed."

    def gaps(self) -> list[Gap]:
        """Time without a key that nobody has said anything about."""
        if self._gaps is None:
            kept = self._screen.gateway.place(GAPS)
            self._gaps = [Gap(*gap) for gap in kept[0].get("gaps", ())] if kept else []
        return self._gaps

    def settled(self, gap: Gap) -> None:
        """It is said what becomes of this one."""
        self._keep([other for other in self.gaps() if other != gap])

    def _keep(self, gaps: list[Gap]) -> None:
        self._gaps = gaps
        self._screen.gateway.save_place(GAPS, {"gaps": [list(gap) for gap in gaps]})

    def _last_of(self, focus: Focus) -> float:
        """The last key as it is on disk: what ran before this window was open ran without one."""
        kept = self._screen.gateway.place(ACTIVITY)
        return instant.from_text(max(focus.since, kept[1]) if kept else focus.since).timestamp()


def length(gap: Gap) -> timedelta:
    """How long a gap is."""
    return instant.from_text(gap.ends) - instant.from_text(gap.starts)
