"""Waking what is due. Nothing depends on a timer having fired: whoever is about to show a list asks first.

Plain SQL, because the shell's reading words do it too. A wake is a fact with a row in the journal, but no command
that somebody gave: undo never offers it, and the version of a request stays, so that the park or the wait itself
can still be taken back.
"""

from __future__ import annotations

import sqlite3

from deskmate.domain import instant
from deskmate.domain.row import label
from deskmate.errors import DeskmateError
from deskmate.store import journal
from deskmate.store.connection import Writer

_DUE = "SELECT id, wake_at FROM request WHERE shelf IN ('waiting', 'parked') AND wake_at <= ?"


def is_due(conn: sqlite3.Connection, at: str) -> bool:
    """Whether something should be awake at ``at``."""
    return conn.execute(f"{_DUE} LIMIT 1", (at,)).fetchone() is not None


def up(conn: sqlite3.Connection, at: str) -> list[int]:
    """Wake everything that is due at ``at``, inside the caller's transaction; gives the requests.

    Each is awake from then on, whatever the clock says later.
    """
    due = conn.execute(_DUE, (at,)).fetchall()
    if due:
        conn.executemany("UPDATE request SET woken = 1, shelf = 'now' WHERE id = ?", [(number,) for number, _ in due])
        what = label(due[0][0]) if len(due) == 1 else f"{len(due):,} requests"
        payload = {"label": f"woke {what}", "changes": []}
        seq = journal.append(conn, "wake", payload, actor=journal.CLOCK, at=at)
        journal.add_events(conn, seq, ((number, wake_at, "woken", None, None) for number, wake_at in due))
    return [number for number, _wake_at in due]


def look(folder: str, conn: sqlite3.Connection) -> None:
    """Wake what is due now before ``conn``, a reader of ``folder``, is read.

    Where nothing can be written the lists are shown as they are.
    """
    at = instant.now()
    if not is_due(conn, at):
        return
    try:
        writer = Writer(folder)
    except DeskmateError:
        return
    try:
        writer.conn.execute("PRAGMA busy_timeout = 200")  # a look must not wait for whoever is writing
        with writer.transaction() as writing:
            up(writing, at)
    except DeskmateError:
        pass
    finally:
        writer.close()
