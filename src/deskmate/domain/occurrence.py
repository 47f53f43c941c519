"""When a checklist is due, and what became of each time: a pure function of its rules, its log and office hours.

An occurrence is known by its nominal time, on the wall and without a zone: the day a rule names, at the time of day
it names or at 00:00 where it names none. When it is due follows from that, as an instant: rolled off closed days,
at that time of day in the zone of the schedule, else at the opening of the day, else at 09:00.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from deskmate.domain.calendar import Calendar
from deskmate.domain.schedule import CatchUp, Roll

WITHOUT_HOURS = "09:00"
"""When something is due on a day without an opening, where the rule names no time of day."""


class Basis(StrEnum):
    """From where the next time is counted."""

    ANCHORED = "anchored"
    """From the calendar, whenever the last one was done."""
    AFTER = "after"
    """From the day on which it was last done."""


class Stage(StrEnum):
    """What an occurrence is at a moment."""

    UPCOMING = "upcoming"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    LATE = "late"
    """Done, but after the grace."""
    MISSED = "missed"
    SKIPPED = "skipped"
    EXCUSED = "excused"
    """In leave, in a pause, or on a closed day that is left out."""
    MERGED = "merged"
    """Done in the run of another on the same day."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rule and how it is kept. All times are on the wall in ``zone``, an empty one is that of the hours.

    ``rule`` is an RRULE from ``starts`` on, or for ``Basis.AFTER`` a span such as "2 months". It counts from
    ``since`` until ``ends``, which is open for the one that counts now.
    """

    id: int
    said: str
    basis: Basis
    rule: str
    starts: datetime
    since: datetime
    ends: datetime | None = None
    timed: bool = False
    zone: str = ""
    lead: timedelta = timedelta(0)
    grace: timedelta = timedelta(hours=8)
    roll: Roll = Roll.NONE
    catch_up: CatchUp = CatchUp.ONE


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which nothing is wanted; without ``last`` until it is taken up again."""

    first: date
    last: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """A run of an occurrence, or the word that it was skipped. ``at`` is when it was done, as an instant."""

    run: int
    nominal: datetime | None
    at: datetime | None
    """None while it is open."""
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All that decides when one checklist is due: its schedules in order, the last one counts now."""

    schedules: tuple[Schedule, ...]
    pauses: tuple[Pause, ...]
    log: tuple[Logged, ...]
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time a checklist is due. ``run`` is the key of its run, 0 where nothing was touched."""

    nominal: datetime
    begins: datetime
    due: datetime
    late: datetime
    stage: Stage
    run: int = 0
    schedule: int = 0
    into: datetime | None = None
    """For one that was merged, the nominal time of the run it is done in."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a checklist stands at a moment. ``open`` is in order; ``missed`` since it was last done."""

    open: tuple[Occurrence, ...]
    next: Occurrence | None
    missed: tuple[Occurrence, ...]
    stale_at: datetime | None
    """When another one comes due or closes the last, and this has to be counted again."""
