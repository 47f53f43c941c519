"""A week as it comes out of what is said about office time: for each half hour what the door does, and why.

Pure and internal: the technician's own words for a slot are in it. Times of day are minutes on the wall, in the zone
of the hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from deskmate.domain import hours as said
from deskmate.domain import zones
from deskmate.domain.calendar import Calendar, Reason
from deskmate.domain.hours import DAY, Hours, Slot, Span, State

HALF = 30
"""Minutes of a half hour."""
HALVES = DAY // HALF


class Shows(StrEnum):
    """What a half hour is, in words."""

    CLOSED = "closed"
    OPEN = "open"
    OTHER = "other hours"
    EXTRA = "extra"
    DND = "DND"
    AWAY = "away"
    SHUT = "shut"
    """The date has hours of its own, and these usual ones are not among them."""
    LEAVE = "leave"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Day:
    """One date: its half hours, when it is open, and what makes it differ from other weeks. Words are not cleaned."""

    day: date
    halves: tuple[Shows, ...]
    spans: tuple[Span, ...]
    remarks: tuple[str, ...] = ()


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(day.weekday())


def week(calendar: Calendar, first: date) -> tuple[Day, ...]:
    """The seven days from a Monday on. A half hour that is partly open counts as open."""
    usual = Calendar(Hours(calendar.hours.zone, calendar.hours.weekly))
    return tuple(_day(calendar, usual, first + timedelta(ahead)) for ahead in range(len(said.DAYS)))


def short(span: Span) -> str:
    """``9-12``, ``9:30-12``: as it would be typed in a hurry."""
    return "-".join(f"{at // 60}" if at % 60 == 0 else f"{at // 60}:{at % 60:02d}" for at in span)


def edges(days: tuple[Day, ...]) -> tuple[int, int]:
    """The hours of a day that are worth a look, from and to: 6 to 20, or all when something lies outside."""
    early, late = 6 * 60 // HALF, 20 * 60 // HALF
    for day in days:
        for at, shows in enumerate(day.halves):
            if shows is not Shows.CLOSED and not early <= at < late:
                return 0, 24
    return 6, 20


def _day(calendar: Calendar, usual: Calendar, day: date) -> Day:
    start, end = _midnight(calendar, day), _midnight(calendar, day + timedelta(1))
    halves = [Shows.CLOSED] * HALVES
    remarks: list[str] = []
    for interval in usual.intervals(start, end):
        for at in _passed(*interval):
            wall = said.midnight(day) + timedelta(minutes=at * HALF + HALF // 2)
            halves[at] = _why_closed(calendar, zones.localised(wall, calendar.zone))
    exception = next((each for each in calendar.hours.exceptions if each.day == day), None)
    opened = []
    for first, last in calendar.intervals(start, end):
        opened.append(_span(day, first, last))
        for at in _passed(first, last):
            halves[at] = Shows.OTHER if exception else Shows.OPEN
    if exception:
        remarks.append(_joined(Shows.OTHER, exception.note))
    remarks += _away(calendar, day, halves)
    for extra in calendar.hours.extras:
        if beyond := _within(day, extra.start, extra.end):
            _mark(halves, beyond, Shows.EXTRA)
            remarks.append(_joined(f"{Shows.EXTRA} {short(beyond)}", extra.note))
    for first, last, slot in sorted(calendar.slots(start, end), key=lambda each: each[:2]):
        span = _span(day, max(first, start), min(last, end))
        taken = [
            common for each in opened if (common := (max(span[0], each[0]), min(span[1], each[1])))[0] < common[1]
        ]
        for each in taken:
            _mark(halves, each, _slot_shows(slot), over=Shows.AWAY)
        if taken:
            remarks.append(_joined(f"{_slot_shows(slot)} {short(span)}", slot.reason or slot.public))
    return Day(day, tuple(halves), tuple(opened), tuple(remarks))


def _away(calendar: Calendar, day: date, halves: list[Shows]) -> list[str]:
    """What keeps the door closed on that date though it may be open in other weeks; marks leave by the hour."""
    found = []
    for leave in calendar.hours.leaves:
        span = _within(day, said.midnight(leave.start), said.ends(leave))
        if span is None:
            continue
        if not leave.whole:
            shown = f"{Shows.LEAVE} {short(span)}"
        else:
            shown = Shows.LEAVE.value
        found.append(_joined(shown, leave.note))
    found += [_joined(Shows.HOLIDAY, each.name) for each in calendar.hours.holidays if each.day == day]
    return found


def _why_closed(calendar: Calendar, at: datetime) -> Shows:
    """What a usual half hour is when the door is closed at that moment; the open ones are marked afterwards."""
    reason, _note = calendar.reason_closed(at)
    return {Reason.LEAVE: Shows.LEAVE, Reason.HOLIDAY: Shows.HOLIDAY, Reason.EXCEPTION: Shows.SHUT}.get(
        reason, Shows.CLOSED
    )


def _slot_shows(slot: Slot) -> Shows:
    return Shows.AWAY if slot.state is State.AWAY else Shows.DND


def _mark(halves: list[Shows], span: Span, shows: Shows, over: Shows | None = None) -> None:
    """Every half hour that the span touches; those that show ``over`` stay."""
    for at in _touched(span):
        if halves[at] is not over:
            halves[at] = shows


def _touched(span: Span) -> range:
    """The half hours that a span is in, at least in part."""
    return range(span[0] // HALF, -(-span[1] // HALF))


def _passed(first: datetime, last: datetime) -> set[int]:
    """The half hours on the wall that a stretch of one date is in, also where an hour comes twice."""
    found: set[int] = set()
    at, end = first.astimezone(UTC), last.astimezone(UTC)
    while at < end:
        wall = at.astimezone(first.tzinfo)
        found.add((wall.hour * 60 + wall.minute) // HALF)
        at += timedelta(minutes=HALF - wall.minute % HALF)
    return found


def _midnight(calendar: Calendar, day: date) -> datetime:
    return zones.localised(said.midnight(day), calendar.zone)


def _span(day: date, first: datetime, last: datetime) -> Span:
    """From minute to minute of that date, as its clock on the wall says."""
    return _minute(day, first), _minute(day, last)


def _minute(day: date, moment: datetime) -> int:
    away = (moment.date() - day).days
    return 0 if away < 0 else DAY if away > 0 else moment.hour * 60 + moment.minute


def _within(day: date, start: datetime, end: datetime) -> Span | None:
    """The part of a stretch on the wall that lies on that date."""
    span = _span(day, start, end)
    return span if span[0] < span[1] else None


def _joined(what: str, words: str) -> str:
    return ": ".join(filter(None, (what, words)))
