"""What the sign by the door says: the public face of availability, in words for everybody.

A ``SignState`` is all that any way of showing the sign gets, on a screen or in a file. It has no field for requests,
for what is private about an override or for why a slot is set aside, so none of it can be on the sign. No time is
made up: where nobody can know it, the sign says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from deskmate.domain import instant
from deskmate.domain.availability import (
    Availability,
    Override,
    Reason,
    State,
    availability_at,
    since,
    stretches,
)
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import DAYS, Leave, clock, ends, midnight
from deskmate.domain.public import outward
from deskmate.domain.zones import localised

SCHEMA = 1
"""Of the JSON form. It is raised when a field changes its meaning or goes."""
EVERY = timedelta(seconds=60)
"""How often files of the sign are written anew, whether something changed or not."""
VALID = 3 * EVERY
"""For how long what the sign says may be believed."""
CLOSING_SOON = timedelta(minutes=10)
NOTICE_LIMIT = 200
"""Characters a notice may have: it has to be read from afar."""
NOT_KNOWN = "time not known yet"
SEPARATOR = " · "
"""Between the parts of what the sign says, where they stand on one line."""

_COUNTED_DOWN = timedelta(minutes=90)
_BY_WEEKDAY = 6
"""Days ahead that a weekday alone names without doubt."""
_WEEK, _LATER = 7, 56
_MONTHS = (
    *("Jan", "Feb", "March", "April", "May", "June"),
    *("July", "Aug", "Sept", "Oct", "Nov", "Dec"),
)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Board:
    """What the sign is made of, as it stands: the hours, what was said by hand, the notice and two settings.

    ``urgent`` is how to reach somebody when it can not wait, ``deputy`` who stands in during leave.
    """

    calendar: Calendar
    overrides: tuple[Override, ...] = ()
    notice: str = ""
    notice_until: datetime | None = None
    urgent: str = ""
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A line of the hours sheet: which day, its hours in words, and the public words about them."""

    day: str
    hours: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SignState:
    """What the sign says at a moment, for everybody to read.

    ``state`` is None when it is not known. ``lines`` are the parts below the headline, each to stand by itself.
    ``next_open`` is when the door opens next, or again while it is open. ``message`` is the notice, up to
    ``message_until``. Times are in the zone of the office, which ``tz`` names; after ``valid_until`` none of it may
    be believed. ``hours`` are the seven days from today, ``later`` what is unlike the usual in the seven weeks after.
    """

    schema: int
    state: State | None
    headline: str
    lines: tuple[str, ...]
    reason_public: str
    since: datetime | None
    until: datetime | None
    next_open: datetime | None
    tz: str
    message: str
    message_until: datetime | None
    generated_at: datetime
    valid_until: datetime
    closing_soon: bool = False
    hours: tuple[Day, ...] = ()
    later: tuple[Day, ...] = ()

    @property
    def as_of(self) -> str:
        """When it was made: ``Tue 24 Nov 10:42``. With its day, because a page may be looked at on another."""
        return moment_text(self.generated_at)

    @property
    def trusted_until(self) -> str:
        """``10:45``, or with its day when that is another one."""
        same = self.valid_until.date() == self.generated_at.date()
        return f"{self.valid_until:%H:%M}" if same else moment_text(self.valid_until)


@outward
def sign_at(at: datetime, board: Board) -> SignState:
    """What the sign says at this moment."""
    now = at.astimezone(board.calendar.zone)
    found = availability_at(now, board.calendar, board.overrides)
    notice_on = board.notice_until is None or at.timestamp() < board.notice_until.timestamp()
    message = board.notice if notice_on else ""
    opens = found.next_open
    if found.state is State.OPEN:
        opens = found.until and availability_at(found.until, board.calendar, board.overrides).next_open
    closing = found.state is State.OPEN and found.until is not None and _length(now, found.until) <= CLOSING_SOON
    return SignState(
        schema=SCHEMA,
        state=found.state,
        headline=_headline(found, closing=closing),
        lines=tuple(_lines(found, now, board, opens, closing=closing)),
        reason_public=_reason(found, now, board.calendar),
        since=since(now, board.calendar, board.overrides),
        until=found.until,
        next_open=opens,
        tz=_zone(board.calendar, now),
        message=message,
        message_until=board.notice_until.astimezone(now.tzinfo) if message and board.notice_until else None,
        generated_at=now,
        valid_until=(now.astimezone(UTC) + VALID).astimezone(now.tzinfo),
        closing_soon=closing,
        hours=tuple(_week(now, board.calendar)),
        later=tuple(_changes(now.date() + timedelta(_WEEK), board.calendar)),
    )


@outward
def unknown(sign: SignState, now: datetime) -> SignState:
    """The sign when nothing new was heard for too long: it is not known any more, the hours sheet stays."""
    last = sign.generated_at
    when = _when(last, now.astimezone(last.tzinfo)) if last <= now else sign.as_of
    return replace(
        sign,
        state=None,
        headline="Status unknown",
        lines=(f"last update {when}",),
        reason_public="",
        since=None,
        until=None,
        next_open=None,
        message="",
        message_until=None,
        closing_soon=False,
    )


@outward
def as_json(sign: SignState) -> dict[str, object]:
    """The sign as plain data; times are stored instants."""

    def plain(moment: datetime | None) -> str | None:
        return None if moment is None else instant.to_text(moment)

    return {
        "schema": sign.schema,
        "state": sign.state,
        "headline": sign.headline,
        "lines": list(sign.lines),
        "reason_public": sign.reason_public,
        "closing_soon": sign.closing_soon,
        "since": plain(sign.since),
        "until": plain(sign.until),
        "next_open": plain(sign.next_open),
        "tz": sign.tz,
        "message": sign.message,
        "message_until": plain(sign.message_until),
        "generated_at": plain(sign.generated_at),
        "valid_until": plain(sign.valid_until),
        "hours": [{"day": each.day, "hours": each.hours, "note": each.note} for each in sign.hours],
        "later": [{"day": each.day, "hours": each.hours, "note": each.note} for each in sign.later],
    }


@outward
def in_lines(sign: SignState) -> list[str]:
    """The sign as a few lines of text."""
    lines = [sign.headline, SEPARATOR.join(sign.lines), sign.message]
    return [line for line in lines if line] + [f"as of {sign.as_of}, {sign.tz}"]


def moment_text(moment: datetime) -> str:
    """``Tue 24 Nov 10:42``."""
    return f"{day_text(moment)} {moment:%H:%M}"


def day_text(day: date) -> str:
    """``Tue 7 April``."""
    return f"{DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


# --- its words ---------------------------------------------------------------------------------------------


def _headline(found: Availability, *, closing: bool) -> str:
    match found.state:
        case State.OPEN:
            return "Come in – closing soon" if closing else "Come in"
        case State.DND:
            return "Please do not enter"
        case State.AWAY:
            return "Not at my desk"
        case _:
            return "Away" if found.reason is Reason.LEAVE else "Closed"


def _lines(
    found: Availability, now: datetime, board: Board, opens: datetime | None, *, closing: bool
) -> Iterator[str]:
    """What stands below the headline; ``opens`` is when the door does so next, or again."""
    back = NOT_KNOWN if opens is None else _when(opens, now)
    note = found.public
    if found.state is State.OPEN:
        if closing:
            yield "quick questions; else leave a request"
        if found.until is not None:
            yield f"until {_when(found.until, now)}"
            yield f"then again{':' * (opens is None)} {back}"
    elif found.state is State.DND:
        yield f"{_back(opens, now)}{_countdown(opens, now)}"
    elif found.state is State.AWAY:
        yield f"expected{':' * (opens is None)} {back}"
    elif found.reason is Reason.LEAVE:
        yield _back(opens, now)
        if board.deputy and board.deputy.casefold() not in note.casefold():
            yield f"deputy: {board.deputy}"
    else:
        why = _reason(found, now, board.calendar)
        yield f"opens{':' * (opens is None)} {back}" + (f" ({why})" if why else "")
        note = ""
    if note:
        yield note
    if found.state is State.DND and board.urgent:
        yield f"urgent outage: {board.urgent}"
    if found.state is State.AWAY:
        yield "leave a note or mail"


def _back(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return f"back: {NOT_KNOWN}"
    return f"back {'at ' if moment.date() == now.date() else ''}{_when(moment, now)}"


def _countdown(moment: datetime | None, now: datetime) -> str:
    """`` (in 25 min)``, begun minutes counted; nothing where that is far off."""
    if moment is None or _length(now, moment) > _COUNTED_DOWN:
        return ""
    return f" (in {-(-_length(now, moment) // _MINUTE)} min)"


def _when(moment: datetime, now: datetime) -> str:
    """The time alone today, with the weekday within six days of today, else with the date. Both in one zone."""
    days = abs((moment.date() - now.date()).days)
    if days > _BY_WEEKDAY:
        return moment_text(moment)
    return f"{moment:%H:%M}" if days == 0 else f"{DAYS[moment.weekday()]} {moment:%H:%M}"


def _reason(found: Availability, now: datetime, calendar: Calendar) -> str:
    """Why, in public words: of a closed evening, why the next days are closed, too."""
    if found.reason is not Reason.OUTSIDE or found.next_open is None:
        return found.public
    for ahead in range((found.next_open.date() - now.date()).days):
        words = _special(now.date() + timedelta(ahead), calendar)
        if words:
            return words
    return ""


def _special(day: date, calendar: Calendar) -> str:
    """Why a day is unlike the usual, in public words; empty when it is not."""
    return calendar.reason_closed(localised(datetime.combine(day, time(12)), calendar.zone))[1]


def _zone(calendar: Calendar, now: datetime) -> str:
    """``Europe/Berlin``; of this machine's own zone what it goes by now: ``CET, UTC+01:00``."""
    if calendar.hours.zone:
        return calendar.hours.zone
    name, ahead = now.tzname() or "", f"{now:%z}"
    offset = f"UTC{ahead[:3]}:{ahead[3:]}" if now.utcoffset() else "UTC"
    return f"{name}, {offset}" if name.isalpha() and name != offset else offset


def _length(start: datetime, end: datetime) -> timedelta:
    """Two times of one zone would compare their clock faces."""
    return end.astimezone(UTC) - start.astimezone(UTC)


# --- the hours sheet ---------------------------------------------------------------------------------------


def _week(now: datetime, calendar: Calendar) -> Iterator[Day]:
    """The seven days from today, as the hours and what is set aside in them make them."""
    spans = _spans(now.date(), calendar)
    for ahead in range(_WEEK):
        day = now.date() + timedelta(ahead)
        yield Day(day_text(day), ", ".join(spans.get(day, ())) or "closed", _special(day, calendar))


def _spans(today: date, calendar: Calendar) -> dict[date, list[str]]:
    """When the door is open, by the date a span starts on; one of a day and more is cut at midnight."""
    zone = calendar.zone
    found: dict[date, list[str]] = {}
    first, last = (localised(midnight(today + timedelta(ahead)), zone) for ahead in (-1, _WEEK))
    for each in stretches(first.astimezone(UTC), last.astimezone(UTC), calendar):
        if each.state is not State.OPEN or each.end is None:
            continue
        for start, end in _cut(each.start.astimezone(zone), each.end.astimezone(zone), zone):
            if start.date() >= today:
                found.setdefault(start.date(), []).append(f"{start:%H:%M}–{_end(start, end)}")
    return found


def _cut(start: datetime, end: datetime, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    if _length(start, end) <= timedelta(1):
        yield start, end
        return
    while start.date() < end.date():
        next_day = localised(midnight(start.date() + timedelta(1)), zone)
        yield start, next_day
        start = next_day
    if start < end:
        yield start, end


def _end(start: datetime, end: datetime) -> str:
    midnight_after = end.date() == start.date() + timedelta(1) and end.time() == time()
    return "24:00" if midnight_after else f"{end:%H:%M}"


def _changes(first: date, calendar: Calendar) -> Iterator[Day]:
    """What is unlike the usual from a date on, in order."""
    last = first + timedelta(_LATER - _WEEK)
    hours = calendar.hours
    own = {each.day for each in hours.exceptions}
    found: list[tuple[datetime, Day]] = []
    for day in hours.exceptions:
        spans = ", ".join(f"{clock(start)}–{clock(end)}" for start, end in day.hours)
        found.append((midnight(day.day), Day(day_text(day.day), spans or "closed", day.note)))
    for holiday in hours.holidays:
        if holiday.day not in own and hours.on(holiday.day.weekday()):
            found.append((midnight(holiday.day), Day(day_text(holiday.day), "closed", holiday.name)))
    for leave in hours.leaves:
        # One that has begun by then still concerns the days that follow.
        start = (
            midnight(leave.start) if ends(leave) <= midnight(first) else max(midnight(leave.start), midnight(first))
        )
        found.append((start, Day(_range(leave), "away", leave.note)))
    for extra in hours.extras:
        end = f"{extra.end:%H:%M}" if extra.start.date() == extra.end.date() else moment_text(extra.end)
        spans = f"{extra.start:%H:%M}–{end}"
        found.append((extra.start, Day(day_text(extra.start), f"also {spans}", extra.note)))
    found.sort(key=lambda each: each[0])
    for start, line in found:
        if first <= start.date() < last:
            yield line


def _range(leave: Leave) -> str:
    """``Mon 3 Aug – Fri 14 Aug``, or from one time to another."""
    say = day_text if leave.whole else _moment
    start, end = say(leave.start), say(leave.end)
    return start if start == end else f"{start} – {end}"


def _moment(day: date) -> str:
    return moment_text(midnight(day))
