"""Search: the requests a query finds. Those that hold its words come newest first, others in the view's order."""

from __future__ import annotations

import sqlite3
from array import array

from deskmate.domain.query import Query
from deskmate.domain.views import View
from deskmate.store.read import queue
from deskmate.store.read.criteria import Criteria

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deskmate.domain.row import Row

_LED = """
    SELECT {what} FROM request_fts f CROSS JOIN request r ON r.id = f.rowid
    WHERE request_fts MATCH ? AND {where}
"""  # CROSS JOIN keeps the search table outside: the other way round reads every open request.
_PLAIN = "SELECT {what} FROM request r WHERE {where}"


def hits(conn: sqlite3.Connection, view: View, query: Query, limit: int = -1) -> Iterator[list[int]]:
    """Ids in ``view`` that a query finds, in pieces.

    The request whose number was typed comes first, whether the view shows it or not. The search table
    streams newest first, so the first piece costs the same however many hits there are.
    """
    named = query.number
    if named is not None and exists(conn, named):
        yield [named]
    found = Criteria(view, query)
    if found.match is None:
        sql = f"{_PLAIN.format(what='r.id', where=found.where)} ORDER BY {queue.order(view)} LIMIT ?"
        cursor = conn.execute(sql, (*found.values, limit))
    else:
        sql = f"{_LED.format(what='f.rowid', where=found.where)} ORDER BY f.rowid DESC LIMIT ?"
        cursor = conn.execute(sql, (found.match, *found.values, limit))
    while piece := cursor.fetchmany(256):
        yield [row[0] for row in piece if row[0] != named]


def first(conn: sqlite3.Connection, view: View, query: Query, limit: int) -> list[int]:
    """The first ``limit`` ids that ``hits`` gives."""
    found: list[int] = []
    for piece in hits(conn, view, query, limit):
        found += piece
    return found[:limit]


def rows(conn: sqlite3.Connection, view: View, query: Query, limit: int) -> list[Row]:
    """The rows of the first that a query finds in a view."""
    numbers = first(conn, view, query, limit)
    found = queue.rows(conn, numbers)
    return [found[number] for number in numbers if number in found]


def count(conn: sqlite3.Connection, view: View, query: Query, most: int) -> int:
    """How many requests ``hits`` gives, counted up to ``most``."""
    named = query.number
    extra = named is not None and exists(conn, named) and not shows(conn, view, query, named)
    found = Criteria(view, query)
    if found.match is None:
        sql, values = _PLAIN.format(what="1", where=found.where), (*found.values, most)
    else:
        sql, values = _LED.format(what="1", where=found.where), (found.match, *found.values, most)
    return int(conn.execute(f"SELECT count(*) FROM ({sql} LIMIT ?)", values).fetchone()[0]) + extra


def counts(conn: sqlite3.Connection, queries: Sequence[Query], most: int) -> list[int]:
    """How many requests each of these finds anywhere, counted up to ``most``."""
    return [count(conn, View.ALL, query, most) for query in queries]


def shows(conn: sqlite3.Connection, view: View, query: Query, number: int) -> bool:
    """Whether the view shows this request and the query finds it."""
    found = Criteria(view, query)
    if found.match is None:
        sql, values = _PLAIN.format(what="1", where=f"{found.where} AND r.id = ?"), (*found.values, number)
    else:
        sql = _LED.format(what="1", where=f"{found.where} AND f.rowid = ?")
        values = (found.match, *found.values, number)
    return conn.execute(sql, values).fetchone() is not None


def whole(conn: sqlite3.Connection, view: View, query: Query, typed: Query, most: int) -> tuple[array[int], int]:
    """Every number of a list in its order, and how many more ``typed`` finds outside it, counted up to ``most``.

    ``typed`` is the part of ``query`` that narrows what is shown for now; empty, nothing counts as outside.
    """
    numbers: array[int] = array("q")
    for piece in queue.ids(conn, view) if query.empty else hits(conn, view, query):
        numbers.extend(piece)
    if typed.empty or (view is View.ALL and query is typed):
        return numbers, 0
    return numbers, count(conn, View.ALL, typed, len(numbers) + most) - len(numbers)


def key(conn: sqlite3.Connection, view: View, query: Query, number: int) -> queue.Key | None:
    """The sort key of a request in what the query finds in a view; None when it is not there."""
    found = queue.key(conn, view, number)
    return found if query.empty or (found is not None and shows(conn, view, query, number)) else None


def exists(conn: sqlite3.Connection, number: int) -> bool:
    """Whether there is such a request, undone captures aside."""
    return conn.execute("SELECT 1 FROM request WHERE id = ? AND void = 0", (number,)).fetchone() is not None
