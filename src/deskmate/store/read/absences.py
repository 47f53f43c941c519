"""What was said of occurrences that were missed, in plain SQL."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from deskmate.domain.proof import Absence


def absences(conn: sqlite3.Connection, key: int) -> tuple[Absence, ...]:
    """The words on a checklist's absences, the newest first."""
    sql = "SELECT first, last, note FROM absence WHERE checklist_id = ? AND void = 0 ORDER BY id DESC"
    wall = datetime.fromisoformat
    return tuple(Absence(wall(first), wall(last), note) for first, last, note in conn.execute(sql, (key,)))
