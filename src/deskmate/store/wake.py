"""Waking what is due, letting go what was held, closing what was resolved long enough ago, and counting checklists.

Nothing depends on a timer having fired: whoever is about to show a list asks first. Plain SQL, because the shell's
reading words do it too. Both are facts with a row in the journal, but no command that somebody gave: undo never
offers them, and the version of a request stays, so that the park or the wait itself can still be taken back. Where
checklists stand is a cache and no fact.
"""

from __future__ import annotations

import sqlite3

from deskmate.domain import instant
from deskmate.domain.row import label
from deskmate.errors import DeskmateError
from deskmate.store import agenda, hold, journal
from deskmate.store.connection import Writer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_DUE = "SELECT id, wake_at FROM request WHERE shelf IN ('waiting', 'parked') AND wake_at <= ?"
_STEP = "SELECT id FROM request WHERE step_at <= ?"
_OLD = "SELECT id, close_at FROM request WHERE close_at <= ?"


def is_due(conn: sqlite3.Connection, at: str, *, checklists: bool = True) -> bool:
    """Whether something should be awake or closed at ``at``, or not be held any more, or a checklist be counted."""
    due = any(conn.execute(f"{sql} LIMIT 1", (at,)).fetchone() is not None for sql in (_DUE, _STEP, _OLD))
    return due or hold.waits(conn, at) or (checklists and agenda.is_stale(conn, at))


def up(conn: sqlite3.Connection, at: str, *, checklists: bool = True) -> list[int]:
    """Wake and close everything that is due at ``at``, inside the caller's transaction; gives the requests.

    Each is awake from then on, whatever the clock says later. What was held is let go first.
    """
    if checklists:
        agenda.refresh_stale(conn, at)
    hold.release(conn, at)
    due = conn.execute(_DUE, (at,)).fetchall()
    if due:
        conn.executemany("UPDATE request SET woken = 1, shelf = 'now' WHERE id = ?", [(number,) for number, _ in due])
        _keep(conn, "wake", "woke", ((number, wake_at, "woken", None, None) for number, wake_at in due), due, at)
    stepped = _steps(conn, at)
    old = conn.execute(_OLD, (at,)).fetchall()
    if old:
        closing = "UPDATE request SET status = 'closed', close_at = NULL WHERE id = ?"
        conn.executemany(closing, [(number,) for number, _ in old])
        facts = ((number, close_at, "closed", "resolved", None) for number, close_at in old)
        _keep(conn, "close", "closed", facts, old, at)
    return [number for number, _at in (*due, *stepped, *old)]


def _steps(conn: sqlite3.Connection, at: str) -> list[tuple[int, str]]:
    """Say which items of a run for a request have come to their day; a request that sleeps is awake from then on."""
    numbers = [number for (number,) in conn.execute(_STEP, (at,))]
    if not numbers:
        return []
    from deskmate.store import due, steps

    come = steps.come(conn, numbers, at)
    which = [(number, step_at) for number, step_at, _name, _items in come]
    sql = "UPDATE request SET woken = 1, shelf = 'now' WHERE id = ? AND shelf IN ('waiting', 'parked')"
    conn.executemany(sql, [(number,) for number in {number for number, _at in which}])
    if come:
        facts = ((number, step_at, "today", name, items) for number, step_at, name, items in come)
        _keep(conn, "wake", "the day has come for", facts, which, at)
    due.refresh(conn, numbers)
    return which


def _keep(
    conn: sqlite3.Connection,
    command: str,
    said: str,
    facts: Iterable[tuple[int, str, str, str | None, str | None]],
    which: Sequence[tuple[int, str]],
    at: str,
) -> None:
    """Write down what the clock did."""
    what = label(which[0][0]) if len(which) == 1 else f"{len(which):,} requests"
    payload = {"label": f"{said} {what}", "changes": []}
    journal.add_events(conn, journal.append(conn, command, payload, actor=journal.CLOCK, at=at), facts)


def look(folder: str, conn: sqlite3.Connection, *, checklists: bool = False) -> None:
    """Wake what is due now before ``conn``, a reader of ``folder``, is read.

    Where nothing can be written the lists are shown as they are. Where ``checklists`` stand is counted only for who
    shows it: what was due is due still, and to expand rules would keep the first frame of a day waiting.
    """
    at = instant.now()
    if is_due(conn, at, checklists=checklists):
        _quietly(folder, lambda writing: up(writing, at, checklists=checklists))


def opened(folder: str, conn: sqlite3.Connection, number: int) -> None:
    """Somebody opens a request: if it was held, it has been looked at before ``conn`` is read."""
    if conn.execute("SELECT 1 FROM request WHERE id = ? AND held_at IS NOT NULL", (number,)).fetchone():
        _quietly(folder, lambda writing: hold.seen(writing, number, instant.now(), opened=True))


def _quietly(folder: str, write: Callable[[sqlite3.Connection], object]) -> None:
    """Write what looking brings with it, where that can be written now."""
    try:
        writer = Writer(folder)
    except DeskmateError:
        return
    try:
        writer.conn.execute("PRAGMA busy_timeout = 200")  # a look must not wait for whoever is writing
        with writer.transaction() as writing:
            write(writing)
    except DeskmateError:
        pass
    finally:
        writer.close()
