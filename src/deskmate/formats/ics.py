"""The coming weeks as iCalendar files (RFC 5545): one of events, and one of free and busy time.

Nothing repeats and every time is in UTC, because calendar programs read rules and zones differently.
"""

from __future__ import annotations

from typing import Any

from icalendar import Calendar, FreeBusy
from icalendar import Event as Entry

from deskmate.domain.availability import State
from deskmate.domain.public import outward
from deskmate.domain.timetable import Timetable

_PRODUCT = "-//deskmate//sign//EN"
_KINDS = {State.OPEN: "FREE", State.CLOSED: "BUSY-UNAVAILABLE"}
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
        uid = f"{each.key}@{desk}"
        sequence, before = known.get(uid, (0, None))
        entry = Entry()
        entry.add("uid", uid)
        entry.add("dtstamp", timetable.generated_at.replace(microsecond=0))
        entry.add("dtstart", each.start.replace(microsecond=0))
        entry.add("dtend", each.end.replace(microsecond=0))
        entry.add("summary", each.summary)
        entry.add("transp", "OPAQUE" if each.busy else "TRANSPARENT")
        entry.add("status", "CONFIRMED" if each.known else "TENTATIVE")
        entry.add("sequence", sequence + 1 if before not in (None, _content(entry)) else sequence)
        found.add_component(entry)
    return bytes(found.to_ical())


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


def _calendar() -> Calendar:
    found = Calendar()
    found.add("prodid", _PRODUCT)
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    return found


def _content(entry: Any) -> tuple[str, ...]:
    """What makes it another event for whoever reads it."""
    names = ("dtstart", "dtend", "summary", "transp", "status")
    return tuple(entry[name].to_ical().decode("utf-8", "replace") if name in entry else "" for name in names)


def _known(earlier: bytes) -> dict[str, tuple[int, tuple[str, ...] | None]]:
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
