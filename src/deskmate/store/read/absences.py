"""What was said of occurrences that were missed, in plain SQL."""

from __future__ import annotations

import sqlite3
from datetime import datetime


def absences(conn: sqlite3.Connection, key: int) -> list[tuple[datetime, datetime, str]]:
    """The words on a checklist's absences in the order they were said, with the first and last nominal time."""
    sql = "SELECT first, last, note FROM absence WHERE checklist_id = ? AND void = 0 ORDER BY id"
    wall = datetime.fromisoformat
    return [(wall(first), wall(last), note) for first, last, note in conn.execute(sql, (key,))]
