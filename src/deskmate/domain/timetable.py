"""The coming weeks as events, for calendar programs: when the door is open, when not, in public words.

Every event stands by itself with its two instants. Calendar programs disagree about repeating rules, and a zone they
do not know shifts what they show, so there are neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from deskmate.domain.availability import Override, State, stretches
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import Leave, ends, midnight
from deskmate.domain.public import outward
from deskmate.domain.sign import NOT_KNOWN, Board
from deskmate.domain.zones import localised

WEEKS = timedelta(weeks=8)
"""How far ahead it goes, from the beginning of today."""

_WORDS = {
    State.OPEN: "Open",
    State.DND: "Please do not enter",
    State.AWAY: "Not at my desk",
    State.CLOSED: "Closed",
}


@dataclass(frozen=True, slots=True)
class Event:
    """A time at which the door is open, or ``busy``: is not although one could think so.

    ``key`` stays the same while the event is moved. ``known`` is False where its end is not.
    """

    key: str
    start: datetime
    end: datetime
    summary: str
    busy: bool
    known: bool = True


@dataclass(frozen=True, slots=True)
class Timetable:
    """The coming weeks, all in UTC.

    ``spans`` cover them from ``generated_at`` to ``end`` without a gap, each with what the sign says then.
    """

    generated_at: datetime
    end: datetime
    events: tuple[Event, ...]
    spans: tuple[tuple[datetime, datetime, State], ...]


@outward
def timetable(at: datetime, board: Board) -> Timetable:
    """The coming weeks as seen from this moment."""
    now, zone = at.astimezone(UTC), board.calendar.zone
    today = at.astimezone(zone).date()
    start, end = (localised(midnight(today + ahead), zone).astimezone(UTC) for ahead in (timedelta(), WEEKS))
    newest = max((each for each in board.overrides if each.at <= now), key=lambda each: each.at, default=None)
    found = [*_planned(start, end, board.calendar), *_days_off(start, end, board.calendar)]
    if newest is not None and newest.state is not State.CLEAR and (newest.until is None or now < newest.until):
        found.append(_by_hand(newest, end))
    spans = tuple(
        (each.start, min(each.end or end, end), each.state) for each in stretches(now, end, board.calendar, newest)
    )
    return Timetable(now, end, tuple(sorted(found, key=lambda each: (each.start, each.key))), spans)


def _planned(start: datetime, end: datetime, calendar: Calendar) -> Iterator[Event]:
    """The office hours, and what is set aside in them."""
    count: dict[tuple[State, date], int] = {}
    for each in stretches(start, end, calendar):
        if each.state is State.CLOSED or each.end is None:
            continue
        which = each.state, each.start.astimezone(calendar.zone).date()
        count[which] = count.get(which, 0) + 1
        key = f"{each.state.lower()}-{which[1]}-{count[which]}"
        yield Event(key, each.start, each.end, _summary(each.state, each.public), each.state is not State.OPEN)


def _days_off(start: datetime, end: datetime, calendar: Calendar) -> Iterator[Event]:
    """Leave, holidays and days that are closed although their weekday is not."""
    hours, zone = calendar.hours, calendar.zone
    own = {each.day for each in hours.exceptions}
    days = [(each.day, each.name) for each in hours.holidays if each.day not in own]
    days += [(each.day, each.note) for each in hours.exceptions if not each.hours]
    found = [
        (f"closed-{day}", midnight(day), midnight(day + timedelta(1)), _summary(State.CLOSED, why))
        for day, why in days
        if hours.on(day.weekday())
    ]
    found += [
        (_leave_key(each), midnight(each.start), ends(each), _summary("Away", each.note)) for each in hours.leaves
    ]
    for key, first, last, summary in found:
        begins, over = (localised(wall, zone).astimezone(UTC) for wall in (first, last))
        if begins < end and start < over:
            yield Event(key, begins, over, summary, busy=True)


def _by_hand(word: Override, end: datetime) -> Event:
    """What was said by hand and still lasts; without an end, up to the end of all this, and marked so."""
    known = word.until is not None
    until = word.until.astimezone(UTC) if word.until else end
    summary = _summary(word.state, word.public if known else NOT_KNOWN)
    begun = word.at.astimezone(UTC)
    return Event(f"said-{begun:%Y%m%dT%H%M%S}", begun, until, summary, word.state is not State.OPEN, known)


def _leave_key(leave: Leave) -> str:
    return f"away-{leave.start:%Y%m%dT%H%M}"


def _summary(what: State | str, why: str) -> str:
    words = _WORDS[what] if isinstance(what, State) else what
    return f"{words} ({why})" if why else words
