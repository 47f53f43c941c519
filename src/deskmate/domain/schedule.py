"""When something is due again: recurrence, rolling off closed days, and catching up after an absence.

A rule is an RRULE (RFC 5545) on times of the wall without a zone; ``zones.localised`` makes instants of what comes
out, so that nine o'clock stays nine o'clock. What a rule names is the *nominal* time and the identity of an
occurrence, whatever day it is rolled to. Rules are judged once, when they are said; expanding one asks nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dateutil.rrule import rrule

SEARCHED_YEARS = 9
"""A rule that names no time within them is refused; 29 February is eight years off over a century."""
ROLLED_DAYS = 366
"""How far a day is rolled at most."""
LATE_WEIGHT = 0.5
"""What a late run counts of one in time."""
_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
_LAST_YEAR = 9999
"""No later one is known to Python."""
_CYCLE = 28
"""Years after which the calendar repeats within a century, weekdays included."""
_PERIODS = {"DAILY": 1, "WEEKLY": 7}
"""Days of the periods that are equally long."""
_SAY_DAYS = ("BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYWEEKDAY", "BYEASTER")
"""A rule without any of these is on the day of its start."""


class Roll(StrEnum):
    """What becomes of an occurrence on a closed day."""

    NONE = "none"
    NEXT = "next"
    PREVIOUS = "previous"
    SKIP = "skip"


class CatchUp(StrEnum):
    """What is still to be done after an absence."""

    ONE = "one"
    """The newest; what is older was missed."""
    ALL = "all"
    """Everything, one after the other: logs that have to be without a gap."""
    SKIP = "skip"
    """Only today's."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule, from a first time on the wall. ``without`` are nominal times that are left out; they count in COUNT."""

    start: datetime
    rule: str
    without: frozenset[datetime] = frozenset()


@dataclass(frozen=True, slots=True)
class Interval:
    """How long after it was done something is due again."""

    days: int = 0
    weeks: int = 0
    months: int = 0
    years: int = 0


@dataclass(frozen=True, slots=True)
class Rolled:
    """One day and the nominal times that are done on it together, in order. The last one names the run."""

    day: date
    nominals: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a schedule comes to at a moment, in nominal times and in order. ``next`` is after the moment, if ever."""

    open: tuple[datetime, ...]
    missed: tuple[datetime, ...]
    excused: tuple[datetime, ...]
    next: datetime | None


# --- recurrence --------------------------------------------------------------------------------------------


def why_not(recurrence: Recurrence) -> str:
    """Why a recurrence can not be taken; empty when it can. What passes is expanded without trouble ever after."""
    parts = _parts(recurrence.rule)
    frequency = parts.get("FREQ", "")
    if frequency in _TOO_OFTEN:
        return f"{frequency.lower()} is too often: daily is the most"
    if not parts.get("INTERVAL", "1").isdecimal() or int(parts.get("INTERVAL", "1")) < 1:
        return f"every {parts['INTERVAL']} is never: the interval is 1 or more"
    if "COUNT" in parts and "UNTIL" in parts:
        return "it ends after so many times or on a date, not both"
    if "UNTIL" in parts and len(parts["UNTIL"]) == len("20260105"):
        return f"say until what time of {parts['UNTIL']}, such as {parts['UNTIL']}T235959"
    try:
        _rrule(recurrence)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return f"“{recurrence.rule}” is no rule: {error}"
    if not _comes(recurrence, parts):
        return f"it names no day within {SEARCHED_YEARS} years"
    return ""


def occurrences(recurrence: Recurrence, start: datetime | None = None) -> Iterator[datetime]:
    """The nominal times in order, from ``start`` on, as times on the wall. Without end unless the rule has one."""
    rule = _rrule(recurrence if start is None else _moved(recurrence, start))
    found = iter(rule) if start is None else rule.xafter(start, inc=True)
    return (each for each in found if each not in recurrence.without)


def between(recurrence: Recurrence, start: datetime, end: datetime) -> list[datetime]:
    """The nominal times in ``[start, end)``."""
    found = []
    for each in occurrences(recurrence, start):
        if each >= end:
            break
        found.append(each)
    return found


def following(recurrence: Recurrence, after: datetime) -> datetime | None:
    """The first nominal time after one."""
    return next(occurrences(recurrence, after + timedelta(microseconds=1)), None)


def explicit(parts: Mapping[str, str], start: datetime) -> dict[str, str]:
    """The parts of a rule with the day that it takes from its start, so that it may start anywhere."""
    found, frequency = dict(parts), parts["FREQ"]
    if not any(name in found for name in _SAY_DAYS):
        if frequency == "WEEKLY":
            found["BYDAY"] = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[start.weekday()]
        elif frequency in ("MONTHLY", "YEARLY"):
            found["BYMONTHDAY"] = str(start.day)
        if frequency == "YEARLY":
            found.setdefault("BYMONTH", str(start.month))
    return found


def after_completion(done: date, interval: Interval) -> date:
    """When it is due again. A day that the month does not have is its last, which is not remembered."""
    from dateutil.relativedelta import relativedelta

    return done + relativedelta(
        years=interval.years, months=interval.months, weeks=interval.weeks, days=interval.days
    )


# --- closed days -------------------------------------------------------------------------------------------


def rolled(day: date, roll: Roll, closed: Callable[[date], bool]) -> date | None:
    """The day an occurrence is done on; None when it is skipped, or no open day is within a year."""
    if roll is Roll.NONE or not closed(day):
        return day
    if roll is Roll.SKIP:
        return None
    step = 1 if roll is Roll.NEXT else -1
    days = (day + timedelta(step * ahead) for ahead in range(1, ROLLED_DAYS + 1))
    return next((each for each in days if not closed(each)), None)


def runs(nominals: Iterable[datetime], roll: Roll, closed: Callable[[date], bool]) -> list[Rolled]:
    """The days nominal times come to, each day once: what meets on one day is done in one run."""
    found: dict[date, tuple[datetime, ...]] = {}
    for nominal in nominals:
        day = rolled(nominal.date(), roll, closed)
        if day is not None:
            found[day] = (*found.get(day, ()), nominal)
    return [Rolled(day, found[day]) for day in sorted(found)]


# --- keeping up --------------------------------------------------------------------------------------------


def catch_up(
    recurrence: Recurrence,
    done: Collection[datetime],
    now: datetime,
    policy: CatchUp = CatchUp.ONE,
    excused: Callable[[datetime], bool] = lambda nominal: False,
) -> Standing:
    """What of a recurrence is open, missed and excused at a moment on the wall.

    An occurrence is open from its nominal time to the next one's. ``done`` and what is excused, in leave or a pause,
    are neither open nor missed.
    """
    times = occurrences(recurrence)
    due: list[datetime] = []
    coming = None
    for each in times:
        if each > now:
            coming = each
            break
        due.append(each)
    left = [each for each in due if each not in done]
    free = tuple(filter(excused, left))
    left = [each for each in left if not excused(each)]
    if policy is CatchUp.ALL:
        return Standing(tuple(left), (), free, coming)
    newest = due[-1:] if policy is CatchUp.ONE or (due and due[-1].date() == now.date()) else []
    still = tuple(each for each in left if each in newest)
    return Standing(still, tuple(each for each in left if each not in still), free, coming)


def compliance(on_time: int, late: int, missed: int, late_weight: float = LATE_WEIGHT) -> float | None:
    """The share that was done as it should be, from 0 to 1; what was excused counts nowhere. None of nothing."""
    counted = on_time + late + missed
    return (on_time + late_weight * late) / counted if counted else None


# --- within ------------------------------------------------------------------------------------------------


def _parts(rule: str) -> dict[str, str]:
    return {
        name.strip().upper(): value.strip().upper()
        for name, _, value in (part.partition("=") for part in rule.removeprefix("RRULE:").split(";"))
    }


def _joined(parts: Mapping[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _rrule(recurrence: Recurrence) -> rrule:
    """Raises ValueError for what is no rule."""
    from dateutil.rrule import rrule, rrulestr

    found = rrulestr(recurrence.rule, dtstart=recurrence.start)
    if not isinstance(found, rrule):
        raise ValueError("it is more than one rule")
    return found


def _moved(recurrence: Recurrence, start: datetime) -> Recurrence:
    """The same from a start not long before ``start``: what is long past need not be counted through.

    A rule that says no day takes that of its start, so the day is said first. Only where nothing is counted.
    """
    parts = _parts(recurrence.rule)
    frequency, every = parts.get("FREQ", ""), int(parts.get("INTERVAL", "1"))
    was = recurrence.start
    if start <= was or "COUNT" in parts or every < 1:
        return recurrence
    if frequency in _PERIODS:
        period = timedelta(_PERIODS[frequency] * every)
        return replace(recurrence, start=was + (start - was) // period * period)
    if frequency == "MONTHLY":
        months = ((start.year - was.year) * 12 + start.month - was.month) // every * every
        year, month = divmod(was.month - 1 + months, 12)
        year += was.year
    elif frequency == "YEARLY":
        months = (start.year - was.year) // every * every
        year, month = was.year + months, 0
    else:
        return recurrence
    if not months:
        return recurrence
    rule = _joined(explicit(parts, was))
    return replace(recurrence, start=was.replace(year=year, month=month + 1, day=1), rule=rule)


def _comes(recurrence: Recurrence, parts: dict[str, str]) -> bool:
    """Whether a rule names a time within the years that are searched.

    A search that finds nothing goes on to the year 9999. So it is made as late as the calendar looks the same.
    """
    year = recurrence.start.year
    alike = date(year, 1, 1).weekday(), year % 4
    late_years = range(_LAST_YEAR - SEARCHED_YEARS, _LAST_YEAR - SEARCHED_YEARS - _CYCLE, -1)
    moved = next(each for each in late_years if (date(each, 1, 1).weekday(), each % 4) == alike)
    rule = {name: value for name, value in parts.items() if name not in ("COUNT", "UNTIL")}
    late = Recurrence(recurrence.start.replace(year=moved), _joined(rule))
    first = next(occurrences(late), None)
    if first is None or first.year - moved > SEARCHED_YEARS:
        return False
    return next(occurrences(recurrence), None) is not None
