"""When requests are due: a cache of what events, promises and office hours come to, kept by whoever writes.

Every writer calls ``refresh`` for the requests it touched, in its own transaction, as it does for the search table.
"""

from __future__ import annotations

import sqlite3

from deskmate.domain.instant import END_OF_TIME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_BOUND = """
    SELECT r.status IN ('resolved', 'closed', 'dropped'), r.needed_by,
           (SELECT min(p.due_at) FROM promise p WHERE p.request_id = r.id AND p.state = 'open' AND p.void = 0),
           (SELECT min(c.at) FROM check_back c WHERE c.request_id = r.id AND c.answered_at IS NULL AND c.void = 0)
    FROM request r WHERE r.id = ?
"""
_KEEP = """
    UPDATE request SET due_at = ?, due_kind = ?, due_key = ?, promised_at = ?, check_at = ? WHERE id = ?
"""


def refresh(conn: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Count anew when these requests are due. What has ended is due for its promises alone."""
    for number in ids:
        ended, needed_by, promised_at, check_at = conn.execute(_BOUND, (number,)).fetchone()
        binding = [(at, kind) for at, kind in ((promised_at, "p"), (None if ended else needed_by, "n")) if at]
        due_at, kind = min(binding, default=(None, None))
        conn.execute(_KEEP, (due_at, kind, due_at or END_OF_TIME, promised_at, check_at, number))
