"""Search: ids of requests that hold the words, newest first."""

from __future__ import annotations

import sqlite3

from deskmate.domain.views import View
from deskmate.store.read.queue import condition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_TAGGED = (
    "EXISTS (SELECT 1 FROM request_tag rt JOIN tag t ON t.id = rt.tag_id WHERE rt.request_id = r.id AND t.word = ?)"
)


def hits(
    conn: sqlite3.Connection, view: View, match: str | None, tags: tuple[str, ...] = (), limit: int = -1
) -> Iterator[list[int]]:
    """Ids in ``view`` that match the search expression and carry all tags, in pieces, newest first.

    Without an expression only the tags count. The search table streams newest first, so the first
    piece costs the same however many hits there are.
    """
    where = condition(view) + "".join(f" AND {_TAGGED}" for _ in tags)
    words = [tag.casefold() for tag in tags]
    if match is None:
        sql = f"SELECT r.id FROM request r WHERE {where} ORDER BY r.id DESC LIMIT ?"
        cursor = conn.execute(sql, (*words, limit))
    else:
        # CROSS JOIN keeps the search table outside: the other way round reads every open request.
        sql = f"""
            SELECT f.rowid FROM request_fts f CROSS JOIN request r ON r.id = f.rowid
            WHERE request_fts MATCH ? AND {where} ORDER BY f.rowid DESC LIMIT ?
        """
        cursor = conn.execute(sql, (match, *words, limit))
    while piece := cursor.fetchmany(256):
        yield [row[0] for row in piece]


def exists(conn: sqlite3.Connection, number: int) -> bool:
    """Whether there is such a request, undone captures aside."""
    return conn.execute("SELECT 1 FROM request WHERE id = ? AND void = 0", (number,)).fetchone() is not None
