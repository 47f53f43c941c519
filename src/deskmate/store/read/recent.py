"""What was worked on last."""

from __future__ import annotations

import sqlite3

_COMMANDS = 60
_EVENTS = 400
_SQL = f"""
    SELECT e.request_id, j.recorded_at
    FROM (SELECT seq, recorded_at FROM journal WHERE command <> 'import' ORDER BY seq DESC LIMIT {_COMMANDS}) j
    CROSS JOIN event e INDEXED BY event_seq ON e.seq = j.seq LIMIT {_EVENTS}
"""  # A command may touch thousands of requests, and an import is nothing that one works on.


def changed(conn: sqlite3.Connection) -> dict[int, str]:
    """The requests that the last commands touched, and when each was touched last."""
    found: dict[int, str] = {}
    for number, at in conn.execute(_SQL):
        found.setdefault(number, at)
    return found
