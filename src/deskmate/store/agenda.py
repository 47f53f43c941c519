"""Where checklists stand: a cache of what rules, log and office hours come to.

Every writer calls ``refresh`` for the checklists it touched, in its own transaction, as it does for the due times of
requests; whoever changes office time for all of them. Time itself changes where one stands, too: ``stale_at`` says
when, and whoever looks after that counts it again. To ask whether it has come nothing is imported.
"""

from __future__ import annotations

import sqlite3

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from deskmate.domain.calendar import Calendar

_STALE = "SELECT checklist_id FROM standing WHERE stale_at <= ?"
_ENOUGH = 16
"""So many of the newest runs say where a checklist stands, where what is old is given up."""
_SINCE = """
    SELECT nominal FROM run WHERE checklist_id = ? AND nominal IS NOT NULL AND void = 0 AND state = 'done'
    ORDER BY nominal DESC LIMIT 1 OFFSET ?
"""
_SCHEDULED = """
    SELECT c.void OR total(s.id IS NOT NULL AND s.ends IS NULL) = 0, total(s.catch_up = 'all') > 0
    FROM checklist c LEFT JOIN schedule s ON s.checklist_id = c.id AND s.void = 0 WHERE c.id = ?
"""
_KEEP = """
    INSERT INTO standing (checklist_id, nominal, begins_at, due_at, late_at, waiting, missed, stale_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (checklist_id) DO UPDATE SET nominal = excluded.nominal, begins_at = excluded.begins_at,
      due_at = excluded.due_at, late_at = excluded.late_at, waiting = excluded.waiting, missed = excluded.missed,
      stale_at = excluded.stale_at
"""


def due(conn: sqlite3.Connection, at: str) -> list[str]:
    """The names of the checklists that are due at a stored instant, the oldest first."""
    sql = """
        SELECT c.name FROM standing t JOIN checklist c ON c.id = t.checklist_id
        WHERE t.due_at <= ? ORDER BY t.due_at, c.id
    """
    return [name for (name,) in conn.execute(sql, (at,))]


def is_stale(conn: sqlite3.Connection, at: str) -> bool:
    """Whether a checklist stands elsewhere by now than is kept."""
    return conn.execute(f"{_STALE} LIMIT 1", (at,)).fetchone() is not None


def refresh_stale(conn: sqlite3.Connection, at: str) -> None:
    """Count anew what time alone has changed. Runs inside the caller's transaction."""
    keys = [key for (key,) in conn.execute(_STALE, (at,))]
    if keys:
        refresh(conn, keys, at=at)


def refresh_all(conn: sqlite3.Connection, calendar: Calendar | None = None, *, at: str) -> None:
    """Count anew where every checklist stands, because office time is another now."""
    sql = "SELECT DISTINCT checklist_id FROM schedule WHERE void = 0 UNION SELECT checklist_id FROM standing"
    refresh(conn, [key for (key,) in conn.execute(sql)], calendar, at=at)


def refresh(conn: sqlite3.Connection, keys: Iterable[int], calendar: Calendar | None = None, *, at: str) -> None:
    """Count anew where these checklists stand at a stored instant; ``calendar`` spares reading the hours again.

    Without a schedule that goes on, or once it is taken away, one stands nowhere.
    """
    from deskmate.domain import instant
    from deskmate.store.read import checklists, hours

    now: datetime | None = None
    for key in keys:
        gone, keeps = conn.execute(_SCHEDULED, (key,)).fetchone() or (True, False)
        if not gone:
            from deskmate.domain.occurrence import standing

            now = now or instant.from_text(at)
            calendar = calendar or hours.calendar(conn)
            since = None if keeps else conn.execute(_SINCE, (key, _ENOUGH - 1)).fetchone()
            found = standing(checklists.plan(conn, key, calendar, since[0] if since else ""), now)
            shown = next(iter(found.open), found.next)
            if shown is not None:
                when = (instant.to_text(each) for each in (shown.begins, shown.due, shown.late))
                stale_at = found.stale_at and instant.to_text(found.stale_at)
                nominal = shown.nominal.isoformat(timespec="minutes")
                conn.execute(_KEEP, (key, nominal, *when, len(found.open), len(found.missed), stale_at))
                continue
        conn.execute("DELETE FROM standing WHERE checklist_id = ?", (key,))
