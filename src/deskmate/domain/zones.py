"""Zones by name, and what a time on the wall is as an instant.

A time that a clock change skips moves forward by the length of the gap; one that happens twice is the first. Both
are read from the zone itself, so that every zone Python knows behaves alike. Instants are whole microseconds since
1970 in UTC where much is computed: two moments of one zone compare and subtract their clock faces, and are wrong by
an hour twice a year.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from deskmate.domain import local

SECOND = 1_000_000
"""Microseconds."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ONE_SECOND = timedelta(seconds=1)


def zone(name: str) -> tzinfo:
    """The zone of that IANA name; of this machine when there is no name. Raises Wrong, naming the nearest."""
    if not name:
        return local.Local()
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; no name at all; a folder of zones
        pass
    from deskmate.domain.values import Wrong

    near = nearest(name)
    raise Wrong(f"“{name}” is no time zone" + (f"; did you mean {near}?" if near else ", such as Europe/Berlin"))


def nearest(name: str) -> str:
    """The known zone whose name, or whose city, is most like this one; empty when none is."""
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    known = {each.casefold(): each for each in sorted(available_timezones(), reverse=True)}
    known |= {each.rpartition("/")[2].casefold(): each for each in known.values() if "/" in each} | known
    asked = name.strip().replace(" ", "_").casefold()
    found = get_close_matches(asked, known, 1) or get_close_matches(asked.rpartition("/")[2], known, 1)
    return known[found[0]] if found else ""


def source(name: str) -> tuple[str, str]:
    """Where the rules of a zone are read from, and which version they are, empty where that can not be told."""
    if not name:
        return "as the system has it", ""
    import os
    from zoneinfo import TZPATH

    for folder in TZPATH:
        if os.path.isfile(os.path.join(folder, *name.split("/"))):
            return folder, _version(os.path.join(folder, "tzdata.zi"))
    from importlib.metadata import version

    return "tzdata", version("tzdata")


def _version(path: str) -> str:
    """The version that the first line of zone data names: ``# version 2026f``."""
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            words = file.readline(100).split()
    except OSError:
        return ""
    return words[2] if words[:2] == ["#", "version"] and len(words) == 3 else ""


def localised(wall: datetime, zone: tzinfo) -> datetime:
    """A time on the wall as a moment of the zone: forward over a gap, the first of two."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)


def micros(moment: datetime) -> int:
    """An aware moment in whole microseconds since 1970."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(at: int, zone: tzinfo | None = UTC) -> datetime:
    """Microseconds since 1970 as a moment of the zone."""
    return (_EPOCH + timedelta(microseconds=at)).astimezone(zone)


def hull(start: datetime, end: datetime, zone: tzinfo) -> tuple[int, int] | None:
    """From the first to the last instant whose wall clock reads inside ``[start, end)``, in microseconds.

    None where the wall clock never does, because a clock change skips all of it.
    """
    first, last = _edge(start, zone, 0), _edge(end - _ONE_SECOND, zone, 1)
    return (first, last) if first < last else None


def _edge(wall: datetime, zone: tzinfo, fold: int) -> int:
    """The first instant (``fold`` 0) that reads ``wall``, or the end of the last second (1) that does.

    In a gap both are the change itself.
    """
    before = wall.replace(tzinfo=zone, fold=0).utcoffset() or timedelta()
    after = wall.replace(tzinfo=zone, fold=1).utcoffset() or timedelta()
    plain = (wall.replace(tzinfo=UTC, fold=0) - _EPOCH) // _MICROSECOND
    if before < after:
        return _change(plain - after // _MICROSECOND, plain - before // _MICROSECOND, zone)
    return plain - (after if fold else before) // _MICROSECOND + fold * SECOND


def _change(low: int, high: int, zone: tzinfo) -> int:
    """The instant between the two at which the offset changes, to the second."""
    low -= low % SECOND
    high += -high % SECOND
    offset = moment(low, zone).utcoffset()
    while high - low > SECOND:
        middle = (low + high) // (2 * SECOND) * SECOND
        if moment(middle, zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high
