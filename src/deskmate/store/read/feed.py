"""All that is due in the coming weeks, for calendar programs."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from deskmate.domain.feed import Check, checks
from deskmate.store.read import checklists, hours


def feed(conn: sqlite3.Connection, now: datetime) -> tuple[Check, ...]:
    """Every check that is open or due in ninety days, in order of time."""
    calendar = hours.calendar(conn)
    found = [
        each
        for checklist in checklists.checklists(conn)
        for each in checks(checklist, checklists.plan(conn, checklist.id, calendar), now)
    ]
    return tuple(sorted(found, key=lambda each: (each.start, each.key)))
