"""Office hours, the availability switch, the notice and the targets, as they stand.

Plain SQL, because what the door says is asked before the tables are known. Local times are kept as they are said,
``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM``; ``domain/calendar.py`` makes instants of them.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, datetime, timedelta

from deskmate.domain import instant
from deskmate.domain.availability import DND_FOR, Availability, Override, availability_at
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import DayHours, Extra, Holiday, Hours, Leave, Slot, State, Weekly, parse_spans
from deskmate.domain.values import Wrong
from deskmate.domain.zones import zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    Said = TypeVar("Said", Weekly, DayHours, Holiday, Leave, Extra, Slot)

_NEWEST = 8
"""So many words said by hand are looked at: the newest counts, and those that a clock set back left in the future."""


def hours(conn: sqlite3.Connection) -> Hours:
    """All that is said about office time."""

    return Hours(
        zone=setting(conn, "zone"),
        weekly=tuple(weekly for _key, weekly in keyed(conn, Weekly)),
        exceptions=tuple(day for _key, day in keyed(conn, DayHours)),
        holidays=tuple(holiday for _key, holiday in keyed(conn, Holiday)),
        leaves=tuple(leave for _key, leave in keyed(conn, Leave)),
        extras=tuple(extra for _key, extra in keyed(conn, Extra)),
        slots=tuple(slot for _key, slot in keyed(conn, Slot)),
    )


def keyed(conn: sqlite3.Connection, kind: type[Said]) -> list[tuple[int, Said]]:
    """What of one kind is said, in order of time, with its keys."""
    columns, table, read = _READ[kind]
    rows = conn.execute(f"SELECT id, {columns} FROM {table} WHERE void = 0 ORDER BY {columns}, id")
    return [(key, read(*row)) for key, *row in rows]


def calendar(conn: sqlite3.Connection) -> Calendar:
    """Office time as the hours make it; in the zone of this machine where theirs is not known here any more."""
    said = hours(conn)
    try:
        return Calendar(said)
    except Wrong:
        return Calendar(replace(said, zone=""))


def missing_zone(conn: sqlite3.Connection) -> str:
    """The zone of the hours when this machine does not know it; empty when all is well."""
    name = setting(conn, "zone")
    try:
        zone(name)
    except Wrong:
        return name
    return ""


def overrides(conn: sqlite3.Connection) -> list[Override]:
    """What was said by hand, the newest few."""
    sql = "SELECT at, state, until, public, private FROM override WHERE void = 0 ORDER BY at DESC, id DESC LIMIT ?"
    return [
        Override(instant.from_text(at), State(state), until and instant.from_text(until), public, private)
        for at, state, until, public, private in reversed(conn.execute(sql, (_NEWEST,)).fetchall())
    ]


def availability(conn: sqlite3.Connection, at: datetime, of: Calendar | None = None) -> Availability:
    """What the door says at this moment, whose zone the times are in; ``of`` spares making the calendar again."""
    return availability_at(at, of or calendar(conn), overrides(conn))


def notice(conn: sqlite3.Connection, at: str) -> tuple[str, str | None]:
    """The public word in force at a stored instant, empty when there is none, and when it ends."""
    sql = "SELECT text, until FROM notice WHERE void = 0 AND at <= ? ORDER BY at DESC, id DESC LIMIT 1"
    text, until = conn.execute(sql, (at,)).fetchone() or ("", None)
    return (text, until) if until is None or at < until else ("", None)


def setting(conn: sqlite3.Connection, key: str) -> str:
    """One value the technician may say; empty when nothing was."""
    found = conn.execute("SELECT value FROM setting WHERE id = ?", (key,)).fetchone()
    return str(found[0]) if found else ""


def dnd_minutes(conn: sqlite3.Connection) -> int:
    """How long do not disturb lasts where nobody says how long."""
    said = setting(conn, "dnd_minutes")
    return int(said) if said.isdigit() else DND_FOR // timedelta(minutes=1)


def local_time(text: str) -> date:
    """A stored local day, or a local time of a day."""
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def _slot(starts: str, ends: str, state: str, reason: str, every: int, last: str | None, public: str) -> Slot:
    start, end = datetime.fromisoformat(starts), datetime.fromisoformat(ends)
    return Slot(start, end, State(state), reason, every, date.fromisoformat(last) if last else None, public)


_READ: dict[Any, tuple[str, str, Callable[..., Any]]] = {
    Weekly: ("weekday, opens, closes", "weekly", Weekly),
    DayHours: (
        "day, hours, note",
        "day_hours",
        lambda day, said, note: DayHours(date.fromisoformat(day), parse_spans(said).spans, note),
    ),
    Holiday: ("day, name", "holiday", lambda day, name: Holiday(date.fromisoformat(day), name)),
    Leave: (
        "starts, ends, note",
        "leave",
        lambda starts, ends, note: Leave(local_time(starts), local_time(ends), note),
    ),
    Extra: (
        "starts, ends, note",
        "extra",
        lambda starts, ends, note: Extra(datetime.fromisoformat(starts), datetime.fromisoformat(ends), note),
    ),
    Slot: ("starts, ends, state, reason, every, last, public", "slot", _slot),
}
"""By kind: its columns, its table, and what makes it of a row."""
