"""What the past teaches about checklists, in plain SQL: two short statements for each, one for all requests."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from deskmate.domain import instant, learning
from deskmate.domain.learning import LOOKED_AT, Caused, Suggestion, Tally
from deskmate.store.read import checklists, revisions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from deskmate.domain.checklist import Checklist

_TALLIES = f"""
    SELECT t.item, count(*), sum(t.verdict = 'failed'), min(u.counted_at)
    FROM (SELECT id, counted_at FROM run WHERE checklist_id = ? AND state = 'done' AND void = 0
          ORDER BY ended_at DESC LIMIT {LOOKED_AT}) u
    JOIN result t ON t.run_id = u.id
    WHERE t.void = 0 AND t.verdict IN ('done', 'failed') GROUP BY t.item
"""
_LOOKED_AT = 1_000
"""So many of the newest requests with a cause are looked at."""
# The plus before "void" keeps SQLite from walking through all there is for the few that have a cause.
_CAUSED = f"""
    SELECT r.id, r.cause, coalesce(d.name, r.device, ''), coalesce(r.category, '')
    FROM (SELECT * FROM request WHERE cause IS NOT NULL AND +void = 0 ORDER BY id DESC LIMIT {_LOOKED_AT}) r
    LEFT JOIN device d ON d.id = r.device_id
    WHERE r.created_at >= ? AND NOT EXISTS (SELECT 1 FROM result t WHERE t.finding_id = r.id AND t.void = 0)
    ORDER BY r.id
"""


def of_checklist(conn: sqlite3.Connection, checklist: Checklist) -> tuple[Suggestion, ...]:
    """What the newest runs of a checklist teach."""
    tallies = {
        item: Tally(runs, failed, instant.from_text(since).date())
        for item, runs, failed, since in conn.execute(_TALLIES, (checklist.id,))
    }
    return tuple(learning.of_checklist(checklist, tallies, revisions.took(conn, checklist.id)))


def of_everything(conn: sqlite3.Connection, now: datetime) -> tuple[Suggestion, ...]:
    """What there is to learn about all checklists, and about what none of them looks for."""
    lists = checklists.checklists(conn)
    since = instant.to_text(now - timedelta(learning.CAUGHT_DAYS))
    caused = [Caused(*row) for row in conn.execute(_CAUSED, (since,))]
    found = [each for checklist in lists for each in of_checklist(conn, checklist)]
    return (*found, *learning.unchecked(caused, lists))
