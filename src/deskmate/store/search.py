"""The search table: one row for each request, kept by whoever writes.

No triggers: a trigger for each row makes an import five times slower. Every writer calls ``refresh``
for the requests it touched, in its own transaction, and ``differs`` compares with a rebuild.
"""

from __future__ import annotations

import sqlite3

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_ROWS = """
    SELECT r.id, r.title,
           coalesce((SELECT group_concat(m.text, char(10)) FROM message m
                     WHERE m.request_id = r.id AND m.void = 0), ''),
           coalesce((SELECT group_concat(n.text, char(10)) FROM note n
                     WHERE n.request_id = r.id AND n.void = 0 AND n.restricted = 0), '')
           || ' ' || coalesce(r.resolution, '') || ' ' || coalesce(r.cause, ''),
           coalesce((SELECT p.name || ' ' || coalesce(p.email, '') FROM person p WHERE p.id = r.person_id),
                    r.requester, ''),
           coalesce((SELECT group_concat(t.name, ' ') FROM request_tag rt
                     JOIN tag t ON t.id = rt.tag_id WHERE rt.request_id = r.id), '')
    FROM request r
"""

_INSERT = "INSERT INTO request_fts (rowid, title, said, noted, who, tagged)"


def refresh(conn: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Make the search rows of these requests true again. A void request has none."""
    marks = [(number,) for number in ids]
    conn.executemany("DELETE FROM request_fts WHERE rowid = ?", marks)
    conn.executemany(f"{_INSERT} {_ROWS} WHERE r.id = ? AND r.void = 0", marks)


def add_range(conn: sqlite3.Connection, first: int, last: int) -> None:
    """Fill in the search rows of the new requests ``first`` to ``last`` in one statement."""
    conn.execute(f"{_INSERT} {_ROWS} WHERE r.id BETWEEN ? AND ? AND r.void = 0", (first, last))


def differs(conn: sqlite3.Connection) -> list[int]:
    """Requests whose search row is missing, left over or not what a rebuild would give."""
    found = conn.execute(
        f"""
        WITH wanted AS ({_ROWS} WHERE r.void = 0),
             stored AS (SELECT rowid, title, said, noted, who, tagged FROM request_fts)
        SELECT * FROM (SELECT * FROM wanted EXCEPT SELECT * FROM stored)
        UNION SELECT * FROM (SELECT * FROM stored EXCEPT SELECT * FROM wanted)
        """
    )
    return sorted({int(row[0]) for row in found})
