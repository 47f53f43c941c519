"""The requests of one person that more may be said about."""

from __future__ import annotations

import sqlite3

from deskmate.domain.status import ENDED, Status

LOOKED_AT = 60
"""Newest requests of a person that are looked at."""

Theirs = tuple[int, str, str]
"""Number, title and status."""


def joinable(conn: sqlite3.Connection, person_id: int, most: int = 6) -> list[Theirs]:
    """The open requests of a person, newest first, then the last ones that were served."""
    rows = conn.execute(
        "SELECT id, title, status FROM request WHERE person_id = ? AND void = 0 ORDER BY id DESC LIMIT ?",
        (person_id, LOOKED_AT),
    ).fetchall()
    going_on = [row for row in rows if row[2] not in ENDED]
    served = [row for row in rows if row[2] in (Status.RESOLVED, Status.CLOSED)]
    return (going_on + served[: max(2, most - len(going_on))])[:most]
