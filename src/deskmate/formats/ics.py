"""The coming weeks as iCalendar files (RFC 5545): one of events, and one of free and busy time.

Nothing repeats and every time is in UTC, because calendar programs read rules and zones differently.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar, FreeBusy
from icalendar import Event as Entry

from deskmate.domain.availability import State
from deskmate.domain.feed import Check
from deskmate.domain.public import outward
from deskmate.domain.timetable import Timetable

_PRODUCT = "-//deskmate//{}//EN"
_KINDS = {State.OPEN: "FREE", State.CLOSED: "BUSY-UNAVAILABLE"}
Known = dict[str, tuple[int, tuple[str, ...] | None]]

_LARGEST = 1_000_000
"""Bytes that an earlier file is looked into; one of ours is far smaller."""


@outward
def events(timetable: Timetable, desk: str, earlier: bytes = b"") -> bytes:
    """The calendar of events.

    ``desk`` names this data folder in the identity of each. ``earlier`` is the file as it was written last: what is
    in it under the same identity but otherwise goes up by one in its sequence, so that programs take the change over.
    """
    known = _known(earlier)
    found = _calendar()
    for each in timetable.events:
        entry = _event(f"{each.key}@{desk}", timetable.generated_at, each.start, each.end, each.summary)
        entry.add("transp", "OPAQUE" if each.busy else "TRANSPARENT")
        entry.add("status", "CONFIRMED" if each.known else "TENTATIVE")
        _count(entry, known)
        found.add_component(entry)
    return bytes(found.to_ical())


def checks(found: Iterable[Check], desk: str, made_at: datetime, earlier: bytes = b"") -> bytes:
    """The calendar of what is due; identity and sequence are as in ``events``. Nothing of it makes anybody busy."""
    known = _known(earlier)
    calendar = _calendar("checks")
    for each in found:
        entry = _event(f"{each.key}@{desk}", made_at, each.start, each.end, each.name)
        entry.add("description", f"{each.items} item{'' if each.items == 1 else 's'}")
        entry.add("categories", ["Maintenance"])
        entry.add("transp", "TRANSPARENT")
        entry.add("status", "CONFIRMED")
        _count(entry, known)
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


@outward
def free_busy(timetable: Timetable, desk: str) -> bytes:
    """The calendar of free and busy time."""
    entry = FreeBusy()
    entry.add("uid", f"free-busy@{desk}")
    entry.add("dtstamp", timetable.generated_at.replace(microsecond=0))
    entry.add("dtstart", timetable.generated_at.replace(microsecond=0))
    entry.add("dtend", timetable.end)
    for start, end, state in timetable.spans:
        period = start.replace(microsecond=0), end.replace(microsecond=0)
        entry.add("freebusy", period, parameters={"FBTYPE": _KINDS.get(state, "BUSY")})
    found = _calendar()
    found.add_component(entry)
    return bytes(found.to_ical())


def _event(uid: str, made_at: datetime, start: datetime, end: datetime, summary: str) -> Entry:
    entry = Entry()
    entry.add("uid", uid)
    entry.add("dtstamp", made_at.astimezone(UTC).replace(microsecond=0))
    entry.add("dtstart", start.astimezone(UTC).replace(microsecond=0))
    entry.add("dtend", end.astimezone(UTC).replace(microsecond=0))
    entry.add("summary", summary)
    return entry


def _count(entry: Entry, known: Known) -> None:
    """Give an event its sequence, when all else is said."""
    sequence, before = known.get(str(entry["uid"]), (0, None))
    entry.add("sequence", sequence + 1 if before not in (None, _content(entry)) else sequence)


def _calendar(what: str = "sign") -> Calendar:
    found = Calendar()
    found.add("prodid", _PRODUCT.format(what))
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    return found


def _content(entry: Any) -> tuple[str, ...]:
    """What makes it another event for whoever reads it."""
    names = ("dtstart", "dtend", "summary", "transp", "status")
    return tuple(entry[name].to_ical().decode("utf-8", "replace") if name in entry else "" for name in names)


def _known(earlier: bytes) -> Known:
    """Sequence and content of each event in an earlier file, by identity; nothing where it is none of ours."""
    if not earlier or len(earlier) > _LARGEST:
        return {}
    try:
        calendar = Calendar.from_ical(earlier)
        return {
            str(entry["uid"]): (int(entry.get("sequence", 0)), _content(entry)) for entry in calendar.walk("VEVENT")
        }
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        return {}
