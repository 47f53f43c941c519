"""What is said about office time one by one, to be changed, and what falls into a stretch of it."""

from __future__ import annotations

import sqlite3
from typing import Any

from deskmate.domain import hours as said
from deskmate.domain import zones
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import Kind
from deskmate.domain.hours_preview import Falling, What
from deskmate.domain.instant import from_text, to_text
from deskmate.domain.saying_hours import Entry
from deskmate.store.read.hours import keyed

_KINDS: dict[Kind, type[Any]] = {
    Kind.DAY: said.DayHours,
    Kind.LEAVE: said.Leave,
    Kind.EXTRA: said.Extra,
    Kind.SLOT: said.Slot,
    Kind.HOLIDAY: said.Holiday,
}
_WHO = "coalesce(n.name, r.requester, '')"
_PROMISES = f"""
    SELECT 'promise', p.id, r.id, coalesce(nullif(p.who, ''), {_WHO}), p.text, p.due_at
    FROM promise p JOIN request r ON r.id = p.request_id LEFT JOIN person n ON n.id = r.person_id
    WHERE p.state = 'open' AND p.void = 0 AND p.due_at >= ?1 AND p.due_at < ?2
"""
_ASLEEP = f"""
    SELECT iif(r.shelf = 'waiting', 'chase', 'wake'), r.id, r.id,
           coalesce(r.waiting_for, iif(r.waiting_on = 'vendor', 'the vendor', {_WHO})), r.title, r.wake_at
    FROM request r LEFT JOIN person n ON n.id = r.person_id
    WHERE r.shelf IN ('waiting', 'parked') AND r.wake_at >= ?1 AND r.wake_at < ?2
"""
_CHECKS = f"""
    SELECT 'check back', c.id, r.id, {_WHO}, r.title, c.at
    FROM request r JOIN check_back c ON c.request_id = r.id LEFT JOIN person n ON n.id = r.person_id
    WHERE r.check_at IS NOT NULL AND r.check_at < ?2
          AND c.answered_at IS NULL AND c.void = 0 AND c.at >= ?1 AND c.at < ?2
"""


def entries(conn: sqlite3.Connection, *kinds: Kind) -> list[Entry]:
    """What is said beside the week and the zone, of these kinds or of all, kind by kind in order of time."""
    return [
        Entry(kind, key, value)
        for kind, of in _KINDS.items()
        if kind in (kinds or _KINDS)
        for key, value in keyed(conn, of)
    ]


def entry(conn: sqlite3.Connection, kind: Kind, key: int) -> Entry | None:
    """One of them; None when it is taken away."""
    return next((each for each in entries(conn, kind) if each.key == key), None)


def removed_holidays(conn: sqlite3.Connection) -> set[str]:
    """The days whose holiday the technician took away. What was undone has no version, and is none of them."""
    return {day for (day,) in conn.execute("SELECT day FROM holiday WHERE void = 1 AND version > 0")}


def falling(conn: sqlite3.Connection, leave: said.Leave, calendar: Calendar) -> tuple[Falling, ...]:
    """What has its date within leave while the door is closed, in order of time."""
    start, end = (
        to_text(zones.localised(wall, calendar.zone)) for wall in (said.midnight(leave.start), said.ends(leave))
    )
    rows = [row for sql in (_PROMISES, _ASLEEP, _CHECKS) for row in conn.execute(sql, (start, end))]
    found = [Falling(What(what), *row) for what, *row in rows]
    return tuple(
        sorted(
            (each for each in found if not calendar.is_open(from_text(each.at))),
            key=lambda each: (each.at, each.request, each.what),
        )
    )
