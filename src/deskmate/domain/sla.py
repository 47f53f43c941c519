"""The clocks of a request: how much office time its answer and its solution have used, and when they are due.

Everything is computed from what happened. The clock runs from ``created``, ``resumed`` or ``reopened`` to ``paused``
or ``ended``; only waiting for the requester pauses it, and a second pause is no second clock. A new priority brings
its target for all the time that was used already. Nobody hears of targets but the technician: users get promises.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from deskmate.domain.calendar import Calendar
from deskmate.domain.due import moment_text
from deskmate.domain.priority import Priority

SOON_AT = 0.8
"""The used share of a target at which it is due soon."""
WARN_AT = (0.8, 1.0)
"""The used shares at which the technician is told, once each."""


class Kind(StrEnum):
    """What a target is for. The letter stands beside a due time; a solution has none."""

    RESPONSE = "r"
    RESOLVE = ""


@dataclass(frozen=True, slots=True)
class Target:
    """How much time there is: office time, or round the clock."""

    time: timedelta
    round_the_clock: bool = False


@dataclass(frozen=True, slots=True)
class Targets:
    """Of one priority."""

    response: Target
    resolve: Target

    def of(self, kind: Kind) -> Target:
        """The one of a kind."""
        return self.response if kind is Kind.RESPONSE else self.resolve


TARGETS = {
    Priority.P1: Targets(Target(timedelta(minutes=30)), Target(timedelta(hours=4))),
    Priority.P2: Targets(Target(timedelta(hours=1)), Target(timedelta(hours=8))),
    Priority.P3: Targets(Target(timedelta(hours=4)), Target(timedelta(hours=16))),
    Priority.P4: Targets(Target(timedelta(hours=8)), Target(timedelta(hours=40))),
}
"""Until others are said."""


class Happened(StrEnum):
    """What a clock looks at."""

    CREATED = "created"
    ANSWERED = "answered"
    """The first reply reached the requester."""
    PAUSED = "paused"
    RESUMED = "resumed"
    PRIORITY = "priority"
    ENDED = "ended"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a request. A new priority may bring its ``target``."""

    at: datetime
    what: Happened
    target: timedelta | None = None


class Running(StrEnum):
    """Whether a clock runs."""

    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


class State(StrEnum):
    """How it stands with a target."""

    FINE = "fine"
    SOON = "soon"
    """Four fifths are used."""
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Clock:
    """A target and what was used of it.

    ``due`` is None unless the clock runs. Due at closing is kept by closing, and overdue from the next moment on.
    """

    target: timedelta
    elapsed: timedelta
    due: datetime | None
    running: Running
    state: State

    @property
    def remaining(self) -> timedelta:
        """What is left; less than nothing once it is overdue."""
        return self.target - self.elapsed

    @property
    def warnings(self) -> int:
        """How many of the shares in ``WARN_AT`` are used up."""
        return sum(self.elapsed >= self.target * share for share in WARN_AT)


def clock(
    events: Iterable[Event],
    target: timedelta,
    calendar: Calendar | None,
    now: datetime,
    kind: Kind = Kind.RESOLVE,
) -> Clock:
    """How a target stands now; the due time is in the zone of ``now``.

    ``target`` counts from the start, until an event brings another. ``calendar`` None is round the clock. Events of
    one moment count in the order they are given; those of the future, which a clock that was set back leaves behind,
    do not count. A response ends with the first answer or the end, never pauses and is not asked for again.
    """
    spans: list[tuple[datetime, datetime]] = []
    since: datetime | None = None
    running = Running.ENDED
    for event in sorted(events, key=lambda each: each.at.astimezone(UTC)):
        if event.at.timestamp() > now.timestamp():
            continue
        at = event.at.astimezone(UTC)
        target = target if event.target is None else event.target
        becomes = _becomes(event.what, running, kind, begun=bool(spans) or since is not None)
        if becomes is running:
            continue
        if since is not None:
            spans.append((since, at))
        since = at if becomes is Running.RUNNING else None
        running = becomes
    if since is not None:
        spans.append((since, now.astimezone(UTC)))
    passed = [_passed(calendar, *span) for span in spans]
    elapsed = sum(passed, timedelta())
    due = _due(calendar, spans, passed, target)
    state = State.SOON if elapsed >= target * SOON_AT else State.FINE
    if due is not None and due < spans[-1][1]:
        state = State.OVERDUE
    if running is not Running.RUNNING:
        due = None
    return Clock(target, elapsed, due and due.astimezone(now.tzinfo), running, state)


def words(kind: Kind, clock: Clock, now: datetime) -> tuple[str, str]:
    """How it stands with a target in words, and its state as for ``due_text``. ``now`` is aware and local."""
    what = "solve" if kind is Kind.RESOLVE else "answer"
    minutes = abs(int(clock.remaining.total_seconds() // 60))
    length = f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
    if clock.state is State.OVERDUE:
        return f"{what}: {length} over", "overdue"
    if clock.due is None:
        return f"{what}: clock stands, {length} left", ""
    return f"{what} by {moment_text(clock.due.astimezone(now.tzinfo), now)}, {length} left", (
        "soon" if clock.state is State.SOON else ""
    )


def _becomes(what: Happened, running: Running, kind: Kind, *, begun: bool) -> Running:
    """Whether the clock runs after something happened."""
    if kind is Kind.RESPONSE:
        if what is Happened.CREATED and not begun:
            return Running.RUNNING
        return Running.ENDED if what in (Happened.ANSWERED, Happened.ENDED) else running
    match what:
        case Happened.CREATED | Happened.REOPENED:
            return Running.RUNNING
        case Happened.ENDED:
            return Running.ENDED
        case Happened.PAUSED if running is Running.RUNNING:
            return Running.PAUSED
        case Happened.RESUMED if running is Running.PAUSED:
            return Running.RUNNING
    return running


def _passed(calendar: Calendar | None, start: datetime, end: datetime) -> timedelta:
    return end - start if calendar is None else calendar.business(start, end)


def _due(
    calendar: Calendar | None, spans: list[tuple[datetime, datetime]], passed: list[timedelta], target: timedelta
) -> datetime | None:
    """The first moment at which the target is used up, where the last span goes on; None if that never comes."""
    for (start, _end), used in zip(spans[:-1], passed, strict=False):
        if target <= used:
            return _after(calendar, start, target)
        target -= used
    return _after(calendar, spans[-1][0], target) if spans else None


def _after(calendar: Calendar | None, start: datetime, target: timedelta) -> datetime | None:
    return start + target if calendar is None else calendar.due(start, target)
