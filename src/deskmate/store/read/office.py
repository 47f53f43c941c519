"""What the panel of office time shows beside the week."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from deskmate.domain import hours as said
from deskmate.domain import instant
from deskmate.domain.availability import outlook
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import Leave
from deskmate.domain.office import Office
from deskmate.store import due
from deskmate.store.read import hours, saying_hours

_CHANGES = 5


def office(conn: sqlite3.Connection, now: datetime, calendar: Calendar) -> Office:
    """All of it, at this moment and in its zone."""
    entries = tuple(saying_hours.entries(conn))
    yesterday = now.date() - timedelta(1)
    leaves = {each.key: each.value for each in entries if isinstance(each.value, Leave)}
    place = " ".join(filter(None, (hours.setting(conn, "country"), hours.setting(conn, "region"))))
    return Office(
        entries,
        tuple(outlook(now, calendar, hours.overrides(conn), _CHANGES)),
        due.targets_of(conn),
        hours.notice(conn, instant.to_text(now)),
        place,
        {
            key: len(saying_hours.falling(conn, leave, calendar))
            for key, leave in leaves.items()
            if said.ends(leave).date() > yesterday
        },
        dnd_minutes=hours.dnd_minutes(conn),
    )
