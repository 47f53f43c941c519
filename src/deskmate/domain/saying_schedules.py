"""A schedule as it is typed into a form or an option: by the name of the field.

``when`` are the words of ``plain_rules.py``, ``at`` is a time of day, ``from`` the first day on which it may be due.
What is left empty is what the words suggest: a daily list is done on its day, a monthly one may be done days before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta

from deskmate.domain import hours, plain_rules, zones
from deskmate.domain.calendar import Calendar
from deskmate.domain.occurrence import Basis, Schedule
from deskmate.domain.plain_rules import Plain
from deskmate.domain.saying_hours import parse_day, parse_zone
from deskmate.domain.schedule import CatchUp, Roll
from deskmate.domain.values import Wrong, WrongValues, one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    Taken = TypeVar("Taken")

FIELDS = ("when", "at", "from", "zone", "lead", "grace", "closed", "absence")
"""What can be said of a schedule, in the order in which a form asks."""
CLOSED = {
    Roll.NONE: "none",
    Roll.NEXT: "next",
    Roll.PREVIOUS: "previous",
    Roll.SKIP: "skip",
}
"""What becomes of it on a closed day, in a word."""
_CLOSED = {
    **dict.fromkeys(("none", "as it is", "as is", "same", "same day", "ignore"), Roll.NONE),
    **dict.fromkeys(("next", "after", "next day", "next open day"), Roll.NEXT),
    **dict.fromkeys(("previous", "before", "day before", "prev"), Roll.PREVIOUS),
    **dict.fromkeys(("skip", "leave out", "left out", "skipped"), Roll.SKIP),
}
_LONGEST = timedelta(days=366)
_SIZES = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
_MINUTE = timedelta(minutes=1)


def typed(schedule: Schedule) -> dict[str, str]:
    """A schedule as it would be typed, by field. Reading that back gives the same."""
    at = f"{schedule.starts:%H:%M}" if schedule.timed else ""
    return {
        "when": schedule.said.removesuffix(f" at {at}") if at else schedule.said,
        "at": at,
        "from": schedule.starts.date().isoformat(),
        "zone": schedule.zone,
        "lead": span_text(schedule.lead),
        "grace": span_text(schedule.grace),
        "closed": CLOSED[schedule.roll],
        "absence": schedule.catch_up.value,
    }


def read(said: Mapping[str, str], was: Sequence[Schedule], calendar: Calendar, now: datetime) -> Schedule:
    """The schedule that values say, without a key. Raises WrongValues naming each field that can not be taken.

    ``was`` are the schedules before it. Where the last one goes on, a field that is not said stays as it is there.
    """
    before = was[-1] if was and was[-1].ends is None else None
    values = dict.fromkeys(FIELDS, "") | (_staying(before, said) if before else {}) | dict(said)
    problems: dict[str, str] = {}

    def take(field: str, reader: Callable[[str], Taken]) -> Taken | None:
        try:
            return reader(values[field])
        except Wrong as wrong:
            problems[field] = str(wrong)
            return None

    zone = take("zone", parse_zone)
    here = zones.zone(zone) if zone else calendar.zone
    wall = now.astimezone(here).replace(tzinfo=None, second=0, microsecond=0)
    first = take("from", lambda text: parse_day(text, now.astimezone(here)) if text.strip() else wall.date())
    found = take("when", lambda text: plain_rules.parse(text, first or wall.date()))
    clock = take("at", plain_rules.time_of_day)
    lead, grace = take("lead", _span), take("grace", _span)
    closed, absence = take("closed", _closed), take("absence", _absence)
    for field in said.keys() - set(FIELDS):
        problems[field] = f"not a field of a schedule; those are {', '.join(FIELDS)}"
    if found is not None and clock is not None and (named := _named(found)) is not None and named != clock:
        problems["at"] = f"when it is due says {hours.clock(named)} already; leave one out"
    if problems or found is None or first is None:
        raise WrongValues({field: problems[field] for field in (*FIELDS, *problems) if field in problems})
    plain, manner = found[0], found[0].manner
    clock = clock if clock is not None else _named(found)
    minute = time(*divmod(clock or 0, 60))
    starts = datetime.combine(first, minute)
    return Schedule(
        0,
        f"{plain.said} at {hours.clock(clock)}" if clock is not None else plain.said,
        plain.basis,
        plain.rule,
        starts,
        _since(starts, clock is not None, was, calendar, now, wall),
        None,
        clock is not None,
        zone or "",
        manner.lead if lead is None else lead,
        manner.grace if grace is None else grace,
        manner.roll if closed is None else closed,
        absence or CatchUp.ONE,
    )


def told(schedule: Schedule) -> str:
    """How a schedule is kept, in words: what lead, grace, closed days and absence come to."""
    lead = f"counts from {span_text(schedule.lead)} before" if schedule.lead else "counts once it is due"
    closed = {
        Roll.NONE: "on closed days as on others",
        Roll.NEXT: "on a closed day the next open one",
        Roll.PREVIOUS: "on a closed day the open one before",
        Roll.SKIP: "left out on closed days",
    }[schedule.roll]
    absence = {
        CatchUp.ONE: "after absence only the newest",
        CatchUp.ALL: "after absence every one",
        CatchUp.SKIP: "only on its day",
    }[schedule.catch_up]
    if schedule.basis is Basis.AFTER:
        absence = "counted from the day it was done, and on the last day of a month that has no such day"
    return f"{lead}, late after {span_text(schedule.grace)}; {closed}; {absence}"


def span_text(span: timedelta) -> str:
    """A span in one unit as ``read`` takes it: ``2 h``, ``3 d``, ``none``."""
    minutes = span // _MINUTE
    if not minutes:
        return "none"
    unit = next(unit for unit in ("w", "d", "h", "m") if minutes % _SIZES[unit] == 0)
    return f"{minutes // _SIZES[unit]} {'min' if unit == 'm' else unit}"


# --- within ------------------------------------------------------------------------------------------------


def _staying(before: Schedule, said: Mapping[str, str]) -> dict[str, str]:
    """What of the schedule before still counts: a rule of another kind brings its own manner with it."""
    kept = typed(before)
    if said.get("when", kept["when"]) != kept["when"]:
        kept = {field: kept[field] for field in ("at", "zone", "absence")}
        if _says_time(said["when"]):
            del kept["at"]
    return kept


def _says_time(words: str) -> bool:
    return re.search(r"\bat\b|BYHOUR", words, re.IGNORECASE) is not None


def _named(found: tuple[Plain, int | None]) -> int | None:
    plain, clock = found
    return plain.clock if clock is None else clock


def _since(
    starts: datetime, timed: bool, was: Sequence[Schedule], calendar: Calendar, now: datetime, wall: datetime
) -> datetime:
    """From when on it counts. The first schedule of a checklist has today in it while the door has not closed."""
    if starts > wall:
        return starts
    today = datetime.combine(wall.date(), time())
    closing = calendar.closing(wall.date(), now.tzinfo)
    over = closing is not None and closing.timestamp() <= now.timestamp()
    if timed or over or any(each.ends is None or each.ends > today for each in was):
        return wall
    return today


def _span(text: str) -> timedelta | None:
    """A span such as 2h, 3 d or 1 week; None for nothing, which is what the words suggest. Raises Wrong."""
    word = one_line(text).casefold().replace(" ", "")
    if not word:
        return None
    if word in ("none", "no", "0"):
        return timedelta(0)
    found = re.fullmatch(r"(\d{1,6})(m|min|minutes?|h|hours?|d|days?|w|weeks?)", word)
    if found is None:
        raise Wrong(f"“{text}” is no span such as 2h, 3d or none")
    span = int(found[1]) * _SIZES[found[2][0]] * _MINUTE
    if span > _LONGEST:
        raise Wrong(f"“{text}” is more than a year")
    return span


def _closed(text: str) -> Roll | None:
    word = one_line(text).casefold()
    if word and word not in _CLOSED:
        raise Wrong(f"“{text}” is not what happens on a closed day; say none, next, previous or skip")
    return _CLOSED[word] if word else None


def _absence(text: str) -> CatchUp | None:
    word = one_line(text).casefold()
    if word and word not in list(CatchUp):
        raise Wrong(f"“{text}” is not what happens after an absence; say one, all or skip")
    return CatchUp(word) if word else None
