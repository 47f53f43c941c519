"""What the sign says at a moment: open, do not disturb, away or closed, why, until when, and when the door opens.

A pure function of the moment, the calendar and what was said by hand. The newest word that was said by then counts
while it lasts; that it ends does not bring an older one back. Without one the door is closed outside office hours,
and within them a slot that is set aside gives its state, away before do not disturb. A word from the future, which a
clock that was set back leaves behind, does not count and is flagged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

from deskmate.domain import zones
from deskmate.domain.calendar import HORIZON, Calendar, Reason, in_an_hour
from deskmate.domain.hours import EVERY, Extra, Leave, Slot, State, ends, midnight, moment_text

__all__ = [
    "DND_FOR",
    "Availability",
    "Override",
    "Reason",
    "Snooze",
    "State",
    "Stretch",
    "availability_at",
    "outlook",
    "since",
    "snooze",
    "stretches",
    "why_not_override",
    "why_not_slot",
    "why_not_stretch",
]

DND_FOR = timedelta(minutes=45)
"""How long do-not-disturb lasts when nothing else is said."""
LATER_TODAY = timedelta(hours=3)
"""How far off "later today" is, unless the door closes before."""
_JUDGED = timedelta(days=366)
"""How far ahead a slot is looked after when it is judged; ``_ALWAYS`` for whether it leaves any time open."""
_ALWAYS = timedelta(days=56)


class Snooze(StrEnum):
    """The times to be reminded again that have a name. Typed dates are read by ``domain/when.py``."""

    HOUR = "hour"
    LATER_TODAY = "later_today"
    NEXT_OPENING = "next_opening"
    TOMORROW = "tomorrow_opening"
    MONDAY = "monday"
    BUSINESS = "business_minutes"


@dataclass(frozen=True, slots=True)
class Override:
    """What was said by hand at a moment, until another; without an end, until something else is said.

    ``public`` is what the sign may say about it. ``private`` and ``reason`` stay inside.
    """

    at: datetime
    state: State
    until: datetime | None = None
    public: str = ""
    private: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Availability:
    """What the sign says at a moment.

    ``until`` is when the state changes next and ``next_open`` when it is OPEN next, this moment when it is now; None
    where that is not within 120 days or nobody can know it. Only ``public`` may leave the house. ``flagged``: a word
    from the future was left out.
    """

    state: State
    reason: Reason
    until: datetime | None
    next_open: datetime | None
    public: str = ""
    private: str = ""
    flagged: bool = False


def availability_at(at: datetime, calendar: Calendar, overrides: Iterable[Override] = ()) -> Availability:
    """What the sign says at this moment; times are in its zone. ``overrides``: the newest few, in any order."""
    zone, at = at.tzinfo, at.astimezone(UTC)  # two times of one zone would compare their clock faces
    known = _known(overrides)
    said = [each for each in known if each.at <= at]
    coming = stretches(at, at + HORIZON, calendar, said[-1] if said else None)
    now = next(coming)
    until, next_open = now.end, at if now.state is State.OPEN else None
    changed = False
    for each in coming:
        changed = changed or each.state is not now.state
        if not changed:
            until = each.end
        elif next_open is None and each.state is State.OPEN:
            next_open = each.start
        if changed and next_open is not None:
            break
    if until is not None and until >= at + HORIZON:
        until = None
    reason, public = now.reason, now.public
    if reason is Reason.OUTSIDE:
        reason, public = calendar.reason_closed(at)
    return Availability(
        now.state, reason, _in(until, zone), _in(next_open, zone), public, now.private, flagged=len(said) < len(known)
    )


def outlook(
    at: datetime, calendar: Calendar, overrides: Iterable[Override] = (), most: int = 24
) -> list[tuple[datetime, State]]:
    """The state at this moment and the changes after it, at most so many, each with the moment it begins at."""
    zone, at = at.tzinfo, at.astimezone(UTC)
    said = [each for each in _known(overrides) if each.at <= at]
    found: list[tuple[datetime, State]] = []
    for each in stretches(at, at + HORIZON, calendar, said[-1] if said else None):
        if not found or each.state is not found[-1][1]:
            found.append((each.start.astimezone(zone), each.state))
        if len(found) == most:
            break
    return found


def _known(overrides: Iterable[Override]) -> list[Override]:
    """What was said, in order of time."""
    return sorted(overrides, key=lambda each: each.at.astimezone(UTC))


def since(at: datetime, calendar: Calendar, overrides: Iterable[Override] = ()) -> datetime | None:
    """Since when the sign says what it says at this moment, in its zone; None beyond 120 days."""
    zone, at = at.tzinfo, at.astimezone(UTC)
    said = max((each for each in overrides if each.at <= at), key=lambda each: each.at, default=None)
    begun = at - HORIZON
    if said is not None:
        ended = said.at if said.state is State.CLEAR else said.until
        if ended is None or at < ended:
            return _in(said.at, zone)
        begun = max(begun, ended.astimezone(UTC))
    found = state = None
    for each in stretches(begun, at + timedelta(microseconds=1), calendar):
        if each.state is not state:
            found, state = each.start, each.state
    return None if found == at - HORIZON else _in(found, zone)


def why_not_override(override: Override, now: datetime) -> str:
    """Why that can not be said now; empty when it can."""
    if override.until is not None and override.until.timestamp() <= now.timestamp():
        return f"{moment_text(override.until.astimezone(now.tzinfo))} has passed already; say a later time"
    if override.state is State.CLEAR and override.until is not None:
        return "going back to the hours needs no end"
    return ""


def why_not_slot(slot: Slot, calendar: Calendar, now: datetime) -> str:
    """Why a slot that is right by itself can not be set aside beside the hours; empty when it can."""
    start = max(now.astimezone(UTC), _wall(slot.start, calendar))
    coming = calendar.times(slot, start, max(start + _JUDGED, _wall(slot.end, calendar)))
    what = f"{moment_text(slot.start)} to {moment_text(slot.end)}" + (f", {EVERY[slot.every]}," if slot.every else "")
    if not coming:
        return f"{what} is over already"
    if not any(calendar.business(first, last) for first, last in coming):
        return f"{what} never meets office hours, so it would change nothing"
    if slot.every and slot.last is None:
        end = start + _ALWAYS
        taken = sum((calendar.business(max(first, start), min(last, end)) for first, last in coming), timedelta())
        if taken >= calendar.business(start, end):
            return f"{what} takes all office hours, so the door would never be open"
    return ""


def why_not_stretch(value: Leave | Extra, calendar: Calendar, now: datetime) -> str:
    """Why leave or an extra opening that is right by itself can never happen; empty when it can."""
    first, end = midnight(value.start), ends(value) if isinstance(value, Leave) else value.end
    what = moment_text(value.start)
    if value.end != value.start:
        what += f" to {moment_text(value.end)}"
    if zones.hull(first, end, calendar.zone) is None:
        return f"{what} never comes: the clock skips it"
    return f"{what} is over already" if _wall(end, calendar) <= now.astimezone(UTC) else ""


def snooze(preset: Snooze, at: datetime, calendar: Calendar, minutes: int = 0) -> datetime | None:
    """When to be reminded again; ``minutes`` of office time for ``BUSINESS``. None where the door never opens."""
    match preset:
        case Snooze.HOUR:
            return in_an_hour(at)
        case Snooze.LATER_TODAY:
            return _later_today(at, calendar)
        case Snooze.NEXT_OPENING:
            return calendar.next_opening(at)
        case Snooze.TOMORROW:
            return calendar.tomorrow(at)
        case Snooze.MONDAY:
            return calendar.monday(at)
        case Snooze.BUSINESS:
            return calendar.due(at, timedelta(minutes=minutes))


def _later_today(at: datetime, calendar: Calendar) -> datetime | None:
    """In three hours, or when the door closes before that; when it is closed for today, the next opening."""
    later = at.astimezone(UTC) + LATER_TODAY
    closing = calendar.closing(at.astimezone(calendar.zone).date(), UTC)
    if closing is None or closing <= at.astimezone(UTC):
        return calendar.next_opening(at)
    return min(later, closing).astimezone(at.tzinfo)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which the sign does not change; ``end`` None is never. Only ``public`` may leave the house."""

    start: datetime
    end: datetime | None
    state: State
    reason: Reason
    public: str = ""
    private: str = ""


def stretches(at: datetime, end: datetime, calendar: Calendar, newest: Override | None = None) -> Iterator[Stretch]:
    """What the sign says from a moment on until ``end``, at least one stretch. All in UTC.

    ``newest`` is what was said by hand last, if that shall count.
    """
    if newest and newest.state is not State.CLEAR and (newest.until is None or at < newest.until):
        until = _in(newest.until, UTC)
        yield Stretch(at, until, newest.state, Reason.MANUAL, newest.public, newest.private or newest.reason)
        if until is None:
            return
        at = until
    for opens, closes in calendar.openings(at, end):
        if at < opens:
            yield Stretch(at, opens, State.CLOSED, Reason.OUTSIDE)
        yield from _open(max(at, opens), min(closes, end), calendar)
        at = closes
    if at < end:
        yield Stretch(at, end, State.CLOSED, Reason.OUTSIDE)


def _open(start: datetime, end: datetime, calendar: Calendar) -> Iterator[Stretch]:
    """Open time with the slots that are set aside in it."""
    slots = calendar.slots(start, end)
    edges = {edge for first, last, _slot in slots for edge in (first, last) if start < edge < end}
    for upper in (*sorted(edges), end):
        within = [slot for first, last, slot in slots if first <= start < last]
        if within:
            slot = min(within, key=lambda each: each.state is not State.AWAY)
            yield Stretch(start, upper, slot.state, Reason.BLOCK, slot.public, slot.reason)
        else:
            yield Stretch(start, upper, State.OPEN, Reason.HOURS)
        start = upper


def _wall(wall: datetime, calendar: Calendar) -> datetime:
    return zones.localised(wall, calendar.zone).astimezone(UTC)


def _in(moment: datetime | None, zone: tzinfo | None) -> datetime | None:
    return None if moment is None else moment.astimezone(zone)
