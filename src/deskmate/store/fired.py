"""What was announced already, so that nothing is announced twice, whoever looks and whatever the clock does."""

from __future__ import annotations

import sqlite3

_HOOK = "hook availability "
_BEYOND = "hook availability!"
"""The first key behind all that begin so."""


def hook(conn: sqlite3.Connection, what: str, at: str) -> bool:
    """Take it upon oneself to tell the hooks of this; False when it is what they were told last.

    Runs inside the caller's transaction: of several who ask, one gets it.
    """
    if conn.execute("SELECT 1 FROM fired WHERE key = ?", (_HOOK + what,)).fetchone() is not None:
        return False
    conn.execute("DELETE FROM fired WHERE key >= ? AND key < ?", (_HOOK, _BEYOND))
    conn.execute("INSERT INTO fired VALUES (?, ?)", (_HOOK + what, at))
    return True
