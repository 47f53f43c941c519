"""What was announced already, so that nothing is announced twice, whoever looks and whatever the clock does."""

from __future__ import annotations

import sqlite3

from deskmate.store import journal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

MOVED = "clock"
"""What the journal calls a clock that moved."""

_HOOK = "hook availability "
_BEYOND = "hook availability!"
"""The first key behind all that begin so."""


def hook(conn: sqlite3.Connection, what: str, at: str, *, usual: bool) -> bool:
    """Take it upon oneself to tell the hooks of this; False when it is what they were told last.

    Those that were never told anything are taken to know what is ``usual``: what the hours say. Runs inside the
    caller's transaction: of several who ask, one gets it.
    """
    told = [key for (key,) in conn.execute("SELECT key FROM fired WHERE key >= ? AND key < ?", (_HOOK, _BEYOND))]
    if told == [_HOOK + what]:
        return False
    conn.execute("DELETE FROM fired WHERE key >= ? AND key < ?", (_HOOK, _BEYOND))
    conn.execute("INSERT INTO fired VALUES (?, ?)", (_HOOK + what, at))
    return bool(told) or not usual


def reminders(conn: sqlite3.Connection, keys: Iterable[str], at: str, said: str = "") -> set[str]:
    """Take down that the reminders with these keys are announced; gives those that never were.

    ``said`` is what the clock did, for the journal. Runs inside the caller's transaction.
    """
    sql = "INSERT OR IGNORE INTO fired (key, at) VALUES (?, ?)"
    new = {key for key in keys if conn.execute(sql, (key, at)).rowcount}
    if said:
        journal.append(conn, MOVED, {"label": said, "changes": []}, actor=journal.CLOCK, at=at)
    return new
