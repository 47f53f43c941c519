"""What changed since: the way a running screen learns of other windows and the shell."""

from __future__ import annotations

import sqlite3

TOO_MANY = 500
"""Beyond this many requests at once a list is read anew instead of patched."""


_ELSEWHERE = """
    SELECT 1 FROM journal j
    WHERE j.seq > ? AND j.command NOT IN ('availability', 'rule')
      AND NOT EXISTS (SELECT 1 FROM event e INDEXED BY event_seq WHERE e.seq = j.seq) LIMIT 1
"""


def data_version(conn: sqlite3.Connection) -> int:
    """A number that differs whenever another connection has written."""
    return int(conn.execute("PRAGMA data_version").fetchone()[0])


def last_seq(conn: sqlite3.Connection) -> int:
    """The seq of the newest journal row; 0 when there is none."""
    return int(conn.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0])


def since(conn: sqlite3.Connection, seq: int) -> list[int] | None:
    """The requests that commands after ``seq`` touched.

    None when they are too many to name, or when a command touched something else that rows may show, such as
    the name of a person.
    """
    if conn.execute(_ELSEWHERE, (seq,)).fetchone() is not None:
        return None
    # The index is named because SQLite may else read every event, in the order of another, to be DISTINCT.
    sql = "SELECT DISTINCT request_id FROM event INDEXED BY event_seq WHERE seq > ? LIMIT ?"
    found = [row[0] for row in conn.execute(sql, (seq, TOO_MANY + 1))]
    return None if len(found) > TOO_MANY else found


def to_undo(conn: sqlite3.Connection) -> tuple[int, str, str, list[int]] | None:
    """What undo would take back: its seq, when it was recorded, in words, and some requests it touched."""
    from deskmate.store import journal

    seq = journal.to_undo(conn)
    if seq is None:
        return None
    at = conn.execute("SELECT recorded_at FROM journal WHERE seq = ?", (seq,)).fetchone()[0]
    kept = journal.payload(conn, seq) or {}
    touched = conn.execute("SELECT DISTINCT request_id FROM event WHERE seq = ? LIMIT 500", (seq,)).fetchall()
    return seq, at, str(kept.get("label", "")), [row[0] for row in touched]
