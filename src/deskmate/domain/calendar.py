"""Office time: when the door is open, how much of it lies between two moments, and when so much of it has passed.

A ``Calendar`` makes instants of the hours the technician says. All questions about office time are asked here, so
that other hours change nothing elsewhere. The rules: an interval belongs to the date it starts on and lasts from the
first to the last instant whose wall clock reads inside it. A date with hours of its own, whole-day leave or a
holiday, in this order, loses its usual hours with their part after midnight, and cuts off what runs into it from
the date before. Leave by the hour is taken away, extra openings are added last and always win.

Time is computed in pieces of 32 days, each when it is first asked for. Within a piece sums up to each interval answer
any length by two searches. A moment is answered in its own zone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from deskmate.domain import hours as said
from deskmate.domain import instant, zones
from deskmate.domain.hours import BUILT_IN, DAY, Hours, Span

OPENS, CLOSES = time(9), time(17)
WORKDAYS = range(5)
"""Monday to Friday, as ``date.weekday`` counts."""
CHASE_AFTER = 3
"""Business days after which somebody who was asked is asked again, where no date is given."""
HORIZON = timedelta(days=120)
"""How far an open stretch is followed: office time that has no end within it counts as having none."""
_FRIDAY, _WEEK = 4, 7
_FAR = 3 * 366
"""Days in which an opening is looked for."""
_LONGEST = timedelta(days=10 * 366)
"""How far off a due time may lie."""
_DAY = DAY * 60 * zones.SECOND
_PIECE = 32 * _DAY
_FIRST, _LAST = date(1900, 1, 1).toordinal(), date(9000, 1, 1).toordinal()
"""No day outside has office hours: zones and the C library are unsure there."""
_1970 = date(1970, 1, 1).toordinal()

Interval = tuple[int, int]
"""Half open, in microseconds since 1970."""


class Reason(StrEnum):
    """Why the sign says what it says."""

    HOURS = "hours"
    OUTSIDE = "outside_hours"
    HOLIDAY = "holiday"
    LEAVE = "leave"
    EXCEPTION = "exception"
    MANUAL = "manual"
    BLOCK = "block"
    """A slot that is set aside."""


class Calendar:
    """Office time as some hours make it. Nothing about it changes once it is made; others make another calendar.

    Raises Wrong for an unknown zone.
    """

    __slots__ = (
        "_away",
        "_days",
        "_exceptions",
        "_extras",
        "_holidays",
        "_leaves",
        "_pieces",
        "_week",
        "hours",
        "zone",
    )

    def __init__(self, hours: Hours = BUILT_IN) -> None:
        self.hours = hours
        self.zone = zones.zone(hours.zone)
        self._week = tuple(hours.on(weekday) for weekday in range(_WEEK))
        self._exceptions = {each.day: each for each in hours.exceptions}
        self._holidays = {each.day: each for each in hours.holidays}
        self._leaves = tuple(each for each in hours.leaves if each.whole)
        self._away = [
            (span, each)
            for each in hours.leaves
            if not each.whole and (span := zones.hull(said.midnight(each.start), said.ends(each), self.zone))
        ]
        self._extras = [span for each in hours.extras if (span := zones.hull(each.start, each.end, self.zone))]
        self._pieces: dict[int, tuple[list[int], list[int], list[int]]] = {}
        self._days: dict[date, list[Interval]] = {}

    # --- lengths -------------------------------------------------------------------------------------------

    def business(self, start: datetime, end: datetime) -> timedelta:
        """The office time in ``[start, end)``; none when it is reversed."""
        return timedelta(microseconds=self._business(zones.micros(start), zones.micros(end)))

    def due(self, start: datetime, target: timedelta) -> datetime | None:
        """The first moment at which so much office time has passed since ``start``.

        A whole day from the opening on is due at closing. None where there is too little office time in ten years.
        """
        at, left = zones.micros(start), target // timedelta(microseconds=1)
        if left <= 0:
            return start
        number = at // _PIECE
        left += self._before(number, at)
        for each in range(number, (at + _LONGEST // timedelta(microseconds=1)) // _PIECE + 1):
            starts, _ends, sums = self._piece(each)
            if left <= sums[-1]:
                index = bisect_left(sums, left) - 1
                return zones.moment(starts[index] + left - sums[index], start.tzinfo)
            left -= sums[-1]
        return None

    # --- openings ------------------------------------------------------------------------------------------

    def is_open(self, at: datetime) -> bool:
        """Whether this moment is office time."""
        return self._around(zones.micros(at)) is not None

    def open_span(self, at: datetime) -> tuple[datetime, datetime] | None:
        """The office time around this moment without a break, followed for 120 days; None when there is none."""
        when, far = zones.micros(at), HORIZON // timedelta(microseconds=1)
        found = self._around(when)
        if found is None:
            return None
        start = found[0]
        while start % _PIECE == 0 and start > when - far:
            earlier = self._around(start - 1)
            if earlier is None:
                break
            start = earlier[0]
        end = next(self._spans(when, when + far))[1]
        return zones.moment(start, at.tzinfo), zones.moment(end, at.tzinfo)

    def intervals(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """The office time in ``[start, end)`` as stretches in order, apart and cut at both ends."""
        low, high, zone = zones.micros(start), zones.micros(end), start.tzinfo
        return [
            (zones.moment(max(first, low), zone), zones.moment(min(last, high), zone))
            for first, last in self._spans(low, high)
        ]

    def openings(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """As ``intervals``, but whole stretches, one at a time: what is not asked for is not computed."""
        for first, last in self._spans(zones.micros(start), zones.micros(end)):
            yield zones.moment(first, start.tzinfo), zones.moment(last, start.tzinfo)

    def next_opening(self, at: datetime) -> datetime | None:
        """When the door opens next, after this moment; while it is open, after the next break.

        None where it never does in three years.
        """
        when = zones.micros(at)
        for first, _last in self._spans(when, when + _FAR * _DAY):
            if first > when:
                return zones.moment(first, at.tzinfo)
        return None

    def opening(self, day: date, zone: tzinfo | None = None) -> datetime:
        """When the door opens on that day, or on the first day after it that has office hours.

        In ``zone``, else in the calendar's. Where the door never opens it is 9 o'clock of the day.
        """
        _day, found = self._first(day)
        return zones.moment(found, zone or self.zone)

    def morning(self, day: date, zone: tzinfo | None = None) -> datetime:
        """The time meant by a day alone: when the door opens on it, else 9 o'clock."""
        parts = self._parts(day)
        return zones.moment(parts[0][0] if parts else self._nine(day), zone or self.zone)

    def closing(self, day: date, zone: tzinfo | None = None) -> datetime | None:
        """When the last of that day's office hours ends, which may be after midnight; None on a day without any."""
        parts = self._parts(day)
        return zones.moment(parts[-1][1], zone or self.zone) if parts else None

    def closes_today(self, now: datetime) -> datetime | None:
        """When the door closes for today; None when that is past or the day has no office hours."""
        found = self.closing(self._today(now), now.tzinfo)
        return found if found is not None and found.timestamp() > now.timestamp() else None

    def opens_on(self, day: date) -> bool:
        """Whether it is a business day: office hours start on it."""
        return bool(self._parts(day))

    def on_leave(self, day: date) -> bool:
        """Whether the whole of a day is leave: nobody is there on it."""
        return any(each.start <= day <= each.end for each in self._leaves) and not self.opens_on(day)

    def slots(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime, said.Slot]]:
        """What is set aside in ``[start, end)``, whole, slot by slot, whether the door is open or not."""
        return [(*span, slot) for slot in self.hours.slots for span in self.times(slot, start, end)]

    def times(self, slot: said.Slot, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """When a slot, one of these hours or another, comes in ``[start, end)``, whole and in order."""
        found = self._slot(slot, zones.micros(start), zones.micros(end))
        return [(zones.moment(first, start.tzinfo), zones.moment(last, start.tzinfo)) for first, last in found]

    def reason_closed(self, at: datetime) -> tuple[Reason, str]:
        """Why there is no office time at this moment, and the public words about it, which may be none."""
        when = zones.micros(at)
        for (start, end), leave in self._away:
            if start <= when < end:
                return Reason.LEAVE, leave.note
        day = at.astimezone(self.zone).date()
        if day in self._exceptions:
            return Reason.EXCEPTION, self._exceptions[day].note
        for each in self._leaves:
            if each.start <= day <= each.end:
                return Reason.LEAVE, each.note
        if day in self._holidays:
            return Reason.HOLIDAY, self._holidays[day].name
        return Reason.OUTSIDE, ""

    # --- dates that have a key -----------------------------------------------------------------------------

    def end_of_day(self, now: datetime) -> datetime:
        """When the door closes for the day: today, or on the next business day once that is past.

        Hours that run past midnight belong to the day they began on. Where the door never opens it is in a day.
        """
        today, when = self._today(now), zones.micros(now)
        for ahead in range(-1, _FAR):
            parts = self._parts(today + timedelta(ahead))
            if parts and parts[-1][1] > when:
                return zones.moment(parts[-1][1], now.tzinfo)
        return zones.moment(when + _DAY, now.tzinfo)

    def end_of_week(self, now: datetime) -> datetime:
        """When the door closes for the week, which ends on Sunday; for the next that has hours once that is past."""
        return self._last_closing(now, lambda day: day + timedelta(_WEEK - 1 - day.weekday()))

    def end_of_month(self, now: datetime) -> datetime:
        """When the door closes for the month, as for the week."""
        return self._last_closing(now, lambda day: (day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1))

    def tomorrow(self, now: datetime) -> datetime:
        """The opening of the next business day after today."""
        return self.opening(self._today(now) + timedelta(1), now.tzinfo)

    def friday(self, now: datetime) -> datetime:
        """The opening of the next Friday after today."""
        return self._weekday(now, _FRIDAY)

    def monday(self, now: datetime) -> datetime:
        """The opening of the next Monday after today, which is the first of next week."""
        return self._weekday(now, 0)

    next_week = monday

    def business_days_later(self, now: datetime, days: int) -> datetime:
        """The opening of the business day so many business days after today. ``days`` is 1 or more."""
        day, found = self._today(now), zones.micros(now)
        for _ in range(days):
            day, found = self._first(day + timedelta(1))
        return zones.moment(found, now.tzinfo)

    def chase_at(self, at: str) -> str:
        """When to ask again, as a stored instant, whoever was asked at ``at`` and given no date."""
        return instant.to_text(self.business_days_later(instant.from_text(at), CHASE_AFTER))

    def later(self, which: str, now: datetime) -> datetime:
        """A date that has a key of its own, by its name in ``LATER``."""
        return _LATER[which](self, now)

    # --- within --------------------------------------------------------------------------------------------

    def _today(self, now: datetime) -> date:
        return now.astimezone(self.zone).date()

    def _last_closing(self, now: datetime, last: Callable[[date], date]) -> datetime:
        """The last closing to come up to the last day of the time that today is in, else in the times after it."""
        first, when = self._today(now), zones.micros(now)
        end = first + timedelta(_FAR)
        while first < end:
            final = last(first)
            for back in range((final - first).days + 1):
                parts = self._parts(final - timedelta(back))
                if parts and parts[-1][1] > when:
                    return zones.moment(parts[-1][1], now.tzinfo)
            first = final + timedelta(1)
        return self.end_of_day(now)

    def _weekday(self, now: datetime, weekday: int) -> datetime:
        today = self._today(now)
        return self.opening(today + timedelta((weekday - today.weekday() - 1) % _WEEK + 1), now.tzinfo)

    def _first(self, day: date) -> tuple[date, int]:
        """The first business day from this one on, and its opening."""
        for ahead in range(_FAR):
            parts = self._parts(day + timedelta(ahead))
            if parts:
                return day + timedelta(ahead), parts[0][0]
        return day, self._nine(day)

    def _nine(self, day: date) -> int:
        return zones.micros(zones.localised(datetime.combine(day, OPENS), self.zone))

    def _parts(self, day: date) -> list[Interval]:
        """The office time that belongs to a date, whatever of it lies after midnight; kept for the next time."""
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = self._day(day)
        return found

    def _day(self, day: date) -> list[Interval]:
        own = self._own(day)
        low, high = (zones.micros(zones.localised(said.midnight(day + timedelta(n)), self.zone)) for n in (0, 1))
        own += [each for each in self._extras if low <= each[0] < high]
        return _union(
            (max(first, start), min(last, end)) for start, end in own for first, last in self._spans(start, end)
        )

    def _own(self, day: date) -> list[Interval]:
        """The hours of a date, with what lies after midnight unless the next date is a special one."""
        spans = self._said(day)
        if not spans:
            return []
        wall, found = said.midnight(day), []
        for start, end in spans:
            last = end if end > start else DAY if self._special(day + timedelta(1)) else DAY + end
            span = zones.hull(wall + timedelta(minutes=start), wall + timedelta(minutes=last), self.zone)
            if span:
                found.append(span)
        return found

    def _said(self, day: date) -> tuple[Span, ...]:
        """Its hours on the wall: those of the date before those of the week."""
        exception = self._exceptions.get(day)
        if exception is not None:
            return exception.hours
        return () if self._special(day) else self._week[day.weekday()]

    def _special(self, day: date) -> bool:
        """Whether the usual hours do not count on that date."""
        return (
            day in self._exceptions
            or day in self._holidays
            or any(each.start <= day <= each.end for each in self._leaves)
        )

    def _piece(self, number: int) -> tuple[list[int], list[int], list[int]]:
        """Starts and ends of the office time in one piece of time, and what has passed before each, and in all."""
        found = self._pieces.get(number)
        if found is None:
            found = self._pieces[number] = self._made(number)
        return found

    def _made(self, number: int) -> tuple[list[int], list[int], list[int]]:
        low, high = number * _PIECE, (number + 1) * _PIECE
        # Two days more on either side: hours run past midnight, and no zone is further from UTC than a day.
        first, last = (max(_FIRST, min(at // _DAY + _1970 + more, _LAST)) for at, more in ((low, -2), (high, 2)))
        found = [span for day in range(first, last) for span in self._own(date.fromordinal(day))]
        found = _without(_union(found), sorted(span for span, _leave in self._away))
        starts, ends, sums = [], [], [0]
        for start, end in _union(found + self._extras):
            start, end = max(start, low), min(end, high)
            if start < end:
                starts.append(start)
                ends.append(end)
                sums.append(sums[-1] + end - start)
        return starts, ends, sums

    def _before(self, number: int, at: int) -> int:
        """The office time in a piece before an instant within it."""
        starts, ends, sums = self._piece(number)
        index = bisect_right(starts, at)
        return sums[index] - max(ends[index - 1] - at, 0) if index else 0

    def _business(self, start: int, end: int) -> int:
        if end <= start:
            return 0
        first, last = start // _PIECE, end // _PIECE
        whole = sum(self._piece(number)[2][-1] for number in range(first, last))
        return whole + self._before(last, end) - self._before(first, start)

    def _around(self, at: int) -> Interval | None:
        """The office time around an instant, within its piece."""
        starts, ends, _sums = self._piece(at // _PIECE)
        index = bisect_right(starts, at) - 1
        return (starts[index], ends[index]) if index >= 0 and at < ends[index] else None

    def _spans(self, start: int, end: int) -> Iterator[Interval]:
        """Office time that meets ``[start, end)``, in order, and whole within the pieces that are looked at."""
        if end <= start:
            return
        held: Interval | None = None
        for number in range(start // _PIECE, (end - 1) // _PIECE + 1):
            starts, ends, _sums = self._piece(number)
            for index in range(bisect_right(ends, start), len(starts)):
                span = starts[index], ends[index]
                if held and held[1] == span[0]:
                    span = held[0], span[1]
                elif held:
                    yield held
                held = None
                if span[0] >= end:
                    return
                if span[1] % _PIECE:
                    yield span
                else:  # it may go on in the next piece
                    held = span
        if held:
            yield held

    def _slot(self, slot: said.Slot, low: int, high: int) -> Iterator[Interval]:
        """The times a slot comes that meet ``[low, high)``."""
        plain = zones.micros(slot.start.replace(tzinfo=UTC))
        length = slot.end - slot.start
        first = last = 0
        if slot.every:
            # A day more on either side, for the zone.
            first = max(0, (low - _DAY - length // timedelta(microseconds=1) - plain) // (slot.every * _DAY))
            last = (high + _DAY - plain) // (slot.every * _DAY)
            if slot.last is not None:
                last = min(last, (slot.last - slot.start.date()).days // slot.every)
        for count in range(first, last + 1):
            start = slot.start + timedelta(count * slot.every)
            span = zones.hull(start, start + length, self.zone)
            if span and span[0] < high and low < span[1]:
                yield span


def _union(spans: Iterable[Interval]) -> list[Interval]:
    """The same time as intervals in order that neither touch nor overlap."""
    found: list[Interval] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            if end > found[-1][1]:
                found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def _without(spans: list[Interval], taken: list[Interval]) -> list[Interval]:
    """Intervals in order without the time of others, which are in order too."""
    for gone_from, gone_to in taken:
        left = []
        for start, end in spans:
            if start < gone_from:
                left.append((start, min(end, gone_from)))
            if end > gone_to:
                left.append((max(start, gone_to), end))
        spans = left
    return spans


# --- dates that have a key of their own -------------------------------------------------------------------


def in_an_hour(now: datetime) -> datetime:
    """An hour from now, as it passes."""
    return (now.astimezone(UTC) + timedelta(hours=1)).astimezone(now.tzinfo)


_LATER: dict[str, Callable[[Calendar, datetime], datetime]] = {
    "hour": lambda _calendar, now: in_an_hour(now),
    "day": Calendar.end_of_day,
    "tomorrow": Calendar.tomorrow,
    "friday": Calendar.friday,
    "week": Calendar.next_week,
}
LATER = tuple(_LATER)
"""The dates that have a key of their own, by name."""
