"""The time of walk-throughs standing still and running again. As with places, nobody undoes that."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from deskmate.domain import walk as rules
from deskmate.domain.walk import Walk
from deskmate.store.read import walks


def pause(conn: sqlite3.Connection, at: str, key: int | None = None) -> list[int]:
    """Let the time of this one stand still, or of all, inside the caller's transaction; gives those that ran."""
    where = "outcome IS NULL AND void = 0 AND since IS NOT NULL"
    found = conn.execute(f"SELECT id FROM walk INDEXED BY walk_open WHERE {where}").fetchall()
    return [each for (each,) in found if key in (None, each) and _set(conn, each, at, rules.paused)]


def go_on(conn: sqlite3.Connection, at: str, key: int) -> bool:
    """Let the time of this one run; whether it can."""
    return _set(conn, key, at, rules.resumed)


def _set(conn: sqlite3.Connection, key: int, at: str, rule: Callable[[Walk, str], Walk]) -> bool:
    found = walks.walk(conn, key)
    if found is None or found.outcome is not None:
        return False
    # Not the version: what was said before can be taken back all the same.
    after = rule(found, at)
    conn.execute("UPDATE walk SET since = ?, spent = ? WHERE id = ?", (after.since, after.spent, key))
    return True
