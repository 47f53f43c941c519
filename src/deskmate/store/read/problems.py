"""Problems: requests with one cause. A problem is no table of its own, only the word they share."""

from __future__ import annotations

import sqlite3

_LOOKED_AT = 1_000
"""So many of the newest requests with a cause are looked at for what causes there have been lately."""
# The plus before "void" keeps SQLite from walking through all there is for the few that have a cause.
_GOES_ON = "status NOT IN ('resolved', 'closed', 'dropped')"


def with_cause(conn: sqlite3.Connection, cause: str, *, going_on: bool = False) -> list[int]:
    """The numbers of the requests with this cause, in order; with ``going_on`` those still to be solved."""
    only = f"AND {_GOES_ON}" if going_on else ""
    sql = f"SELECT id FROM request WHERE cause = ? COLLATE NOCASE AND +void = 0 {only} ORDER BY id"
    return [number for (number,) in conn.execute(sql, (cause,))]


def size(conn: sqlite3.Connection, cause: str, most: int) -> tuple[int, int]:
    """How many requests have this cause, and how many of them go on; no more than ``most`` are counted."""
    sql = f"""
        SELECT count(*), coalesce(sum({_GOES_ON}), 0)
        FROM (SELECT status FROM request WHERE cause = ? COLLATE NOCASE AND +void = 0 LIMIT ?)
    """
    whole, open_ones = conn.execute(sql, (cause, most)).fetchone()
    return int(whole), int(open_ones)


def recent_causes(conn: sqlite3.Connection, category: str | None) -> list[str]:
    """What has been the cause lately: first in this category, then in all, each once, newest first."""
    sql = "SELECT category, cause FROM request WHERE cause IS NOT NULL AND +void = 0 ORDER BY id DESC LIMIT ?"
    rows = conn.execute(sql, (_LOOKED_AT,)).fetchall()
    wanted = category.casefold() if category else None
    here = [cause for found, cause in rows if wanted and found and found.casefold() == wanted]
    known: dict[str, str] = {}
    for cause in (*here, *(cause for _category, cause in rows)):
        known.setdefault(cause.casefold(), cause)
    return list(known.values())


def spelling(conn: sqlite3.Connection, cause: str) -> str:
    """A cause as it was written before, if it differs in capitals only; else as it is."""
    sql = "SELECT cause FROM request WHERE cause = ? COLLATE NOCASE AND +void = 0 ORDER BY id DESC LIMIT 1"
    found = conn.execute(sql, (cause,)).fetchone()
    if found is not None:
        return str(found[0])
    if cause.isascii():
        return cause
    # SQLite knows the capitals of English letters only.
    folded = cause.casefold()
    return next((known for known in recent_causes(conn, None) if known.casefold() == folded), cause)
