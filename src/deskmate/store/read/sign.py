"""What the sign by the door is made of, as it stands. Nothing here reads a request."""

from __future__ import annotations

import sqlite3

from deskmate.domain import instant
from deskmate.domain.sign import Board
from deskmate.store.read import hours


def board(conn: sqlite3.Connection, at: str) -> Board:
    """All that the sign is made of, for a stored instant."""
    notice, until = hours.notice(conn, at)
    return Board(
        hours.calendar(conn),
        tuple(hours.overrides(conn)),
        notice,
        None if until is None else instant.from_text(until),
        hours.setting(conn, "urgent"),
        hours.setting(conn, "deputy"),
    )


def desk(conn: sqlite3.Connection) -> str:
    """The name of this data folder that no other has."""
    found = conn.execute("SELECT value FROM meta WHERE key = 'folder'").fetchone()
    return str(found[0]) if found else ""
