"""What the door will say next, kept for the first frame of a start, which has no time to count it.

The app keeps it with its places. Whoever changes hours or the switch makes it be forgotten in the same transaction.
"""

from __future__ import annotations

import sqlite3

PLACE = "door"
"""Where it is kept."""


def forget(conn: sqlite3.Connection) -> None:
    """It is not true any more."""
    conn.execute("DELETE FROM place WHERE key = ?", (PLACE,))
