"""When a requester will have heard nothing for too long: a cache, kept by the unit of work.

A capture fills it by itself. What comes in from a requester leaves it alone: that is unread, and nobody forgets it.
"""

from __future__ import annotations

import sqlite3

from deskmate.domain.loose import quiet_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from deskmate.domain.calendar import Calendar

# A promise is told to somebody, and so is what is on its way.
_TOLD = """
    SELECT r.void OR r.status IN ('resolved', 'closed', 'dropped') OR r.waiting_on IS 'requester'
             OR coalesce(r.person_id, r.requester) IS NULL,
           r.priority,
           max(r.created_at,
               coalesce((SELECT max(m.at) FROM message m WHERE m.request_id = r.id AND m.kind = 'reply'
                         AND m.void = 0 AND m.state NOT IN ('not sent', 'retracted')), ''),
               coalesce((SELECT max(p.made_at) FROM promise p WHERE p.request_id = r.id AND p.void = 0), '')),
           iif(r.waiting_on IS NULL, coalesce(r.wake_at, ''), '')
    FROM request r WHERE r.id = ?
"""


def refresh(conn: sqlite3.Connection, ids: Sequence[int], calendar: Calendar) -> None:
    """Count anew when nobody will have told the requesters of these anything for too long.

    Nobody has to be told who asked nothing, or whose answer is waited for. What is parked has until it wakes.
    """
    for number in ids:
        nobody, priority, told_at, wakes_at = conn.execute(_TOLD, (number,)).fetchone()
        at = None if nobody else max(quiet_at(told_at, priority, calendar.opens_on, calendar.zone), wakes_at)
        conn.execute("UPDATE request SET quiet_at = ? WHERE id = ?", (at, number))
