"""The switch in plain SQL, so that turning it costs a shell word next to nothing."""

from __future__ import annotations

import sqlite3

from deskmate.domain.door import PLACE
from deskmate.store import drafts, journal

COMMAND = "availability"
"""What the journal calls it."""


def say(
    conn: sqlite3.Connection,
    state: str,
    until: str | None,
    *,
    public: str,
    private: str,
    label: str,
    at: str,
    actor: str,
) -> int:
    """Add to what was said by hand; returns the journal seq. ``label`` says it in words.

    Runs inside the caller's transaction. Undo makes the row void.
    """
    seq = journal.next_seq(conn)
    cursor = conn.execute(
        "INSERT INTO override (at, state, until, public, private, version) VALUES (?, ?, ?, ?, ?, ?)",
        (at, state, until, public, private, seq),
    )
    image = {
        "table": "override",
        "id": cursor.lastrowid,
        "before": {"void": 1},
        "after": {"void": 0},
        "version": [0, seq],
    }
    journal.append(conn, COMMAND, {"label": label, "changes": [], "rows": [image]}, actor=actor, at=at, seq=seq)
    drafts.forget_place(conn, PLACE)
    return seq
