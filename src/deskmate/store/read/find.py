"""Search: the requests a query finds, newest first."""

from __future__ import annotations

import sqlite3
from array import array

from deskmate.domain.query import Query, match
from deskmate.domain.views import View
from deskmate.store.read.queue import condition, ids

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_TAGGED = (
    "EXISTS (SELECT 1 FROM request_tag rt JOIN tag t ON t.id = rt.tag_id WHERE rt.request_id = r.id AND t.word = ?)"
)


def hits(conn: sqlite3.Connection, view: View, query: Query, limit: int = -1) -> Iterator[list[int]]:
    """Ids in ``view`` that hold all words and carry all tags, in pieces, newest first.

    The request whose number was typed comes first, whether the view shows it or not. The search table
    streams newest first, so the first piece costs the same however many hits there are.
    """
    named = query.number
    if named is not None and exists(conn, named):
        yield [named]
    where = condition(view) + "".join(f" AND {_TAGGED}" for _ in query.tags)
    words = [tag.casefold() for tag in query.tags]
    expression = match(query) if query.searchable else None
    if expression is None:
        if named is not None:
            return
        sql = f"SELECT r.id FROM request r WHERE {where} ORDER BY r.id DESC LIMIT ?"
        cursor = conn.execute(sql, (*words, limit))
    else:
        # CROSS JOIN keeps the search table outside: the other way round reads every open request.
        sql = f"""
            SELECT f.rowid FROM request_fts f CROSS JOIN request r ON r.id = f.rowid
            WHERE request_fts MATCH ? AND {where} ORDER BY f.rowid DESC LIMIT ?
        """
        cursor = conn.execute(sql, (expression, *words, limit))
    while piece := cursor.fetchmany(256):
        yield [row[0] for row in piece if row[0] != named]


def first(conn: sqlite3.Connection, view: View, query: Query, limit: int) -> list[int]:
    """The first ``limit`` ids that ``hits`` gives."""
    found: list[int] = []
    for piece in hits(conn, view, query, limit):
        found += piece
    return found[:limit]


def whole(conn: sqlite3.Connection, view: View, query: Query) -> tuple[array[int], int]:
    """Every number of a list in its order, and how many more the query finds outside this view."""
    numbers: array[int] = array("q")
    for piece in ids(conn, view) if query.empty else hits(conn, view, query):
        numbers.extend(piece)
    if query.empty or view is View.ALL:
        return numbers, 0
    everywhere = sum(len(piece) for piece in hits(conn, View.ALL, query))
    return numbers, everywhere - len(numbers)


def exists(conn: sqlite3.Connection, number: int) -> bool:
    """Whether there is such a request, undone captures aside."""
    return conn.execute("SELECT 1 FROM request WHERE id = ? AND void = 0", (number,)).fetchone() is not None
