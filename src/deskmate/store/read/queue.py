"""The lists of requests: rows to paint, ids in order, and where one request stands in that order."""

from __future__ import annotations

import sqlite3

from deskmate.domain.views import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deskmate.domain.row import Row

    Key = tuple[object, ...]

_ROW = """
    SELECT r.id, r.priority, r.status, r.title, coalesce(p.name, r.requester, ''), p.id IS NOT NULL,
           r.due_at, r.due_kind, EXISTS (SELECT 1 FROM draft d WHERE d.request_id = r.id),
           r.created_at, r.channel, r.version
    FROM request r LEFT JOIN person p ON p.id = r.person_id
"""


class _Order:
    """How a view is found and sorted: its condition, its sort columns, and their direction."""

    def __init__(self, where: str, columns: tuple[str, ...], direction: str = "") -> None:
        self.where = where
        self.columns = columns
        self.by = ", ".join(f"r.{name} {direction}".rstrip() for name in columns)
        self.reverse = ", ".join(f"r.{name} {'' if direction else 'DESC'}".rstrip() for name in columns)
        self.after = "<" if direction else ">"


_ORDERS = {
    View.NOW: _Order("r.shelf = 'now'", ("rank", "due_key", "id")),
    View.NEW: _Order("r.shelf = 'now' AND r.rank = 1", ("rank", "due_key", "id")),
    View.RESOLVED: _Order("r.shelf = 'done'", ("resolved_at", "id"), "DESC"),
    View.ALL: _Order("r.void = 0", ("void", "id"), "DESC"),
}


def condition(view: View) -> str:
    """The SQL condition on ``request r`` that a view stands for."""
    return _ORDERS[view].where


def first(conn: sqlite3.Connection, view: View, limit: int) -> list[Row]:
    """The first rows of a view, without knowing how many there are."""
    order = _ORDERS[view]
    return conn.execute(f"{_ROW} WHERE {order.where} ORDER BY {order.by} LIMIT ?", (limit,)).fetchall()


def last_ids(conn: sqlite3.Connection, view: View, limit: int) -> list[int]:
    """The ids of the end of a view, in view order."""
    order = _ORDERS[view]
    sql = f"SELECT r.id FROM request r WHERE {order.where} ORDER BY {order.reverse} LIMIT ?"
    return [row[0] for row in conn.execute(sql, (limit,))][::-1]


def ids(conn: sqlite3.Connection, view: View) -> Iterator[list[int]]:
    """All ids of a view in order, in pieces, so that other threads get their turn in between."""
    order = _ORDERS[view]
    cursor = conn.execute(f"SELECT r.id FROM request r WHERE {order.where} ORDER BY {order.by}")
    while piece := cursor.fetchmany(2_000):
        yield [row[0] for row in piece]


_PAGE = 64
_BY_IDS = f"{_ROW} WHERE r.id IN ({', '.join('?' * _PAGE)})"


def rows(conn: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, Row]:
    """The rows of these requests by number, in no order; those that do not exist are left out."""
    found: dict[int, Row] = {}
    for start in range(0, len(numbers), _PAGE):
        part = list(numbers[start : start + _PAGE])
        part += [-1] * (_PAGE - len(part))  # one statement for every page, prepared once
        for row in conn.execute(_BY_IDS, part):
            found[row[0]] = row
    return found


def key(conn: sqlite3.Connection, view: View, number: int) -> Key | None:
    """The sort key of a request in a view; None when the view does not show it."""
    order = _ORDERS[view]
    columns = ", ".join(f"r.{name}" for name in order.columns)
    found: Key | None = conn.execute(
        f"SELECT {columns} FROM request r WHERE r.id = ? AND {order.where}", (number,)
    ).fetchone()
    return found


def comes_after(view: View, one: Key, other: Key) -> bool:
    """Whether a row with key ``one`` stands below a row with key ``other`` in the view."""
    return one < other if _ORDERS[view].after == "<" else one > other


def sort_keys(conn: sqlite3.Connection, view: View, numbers: Sequence[int]) -> dict[int, Key]:
    """The sort keys of these requests as the view would have them, whether it shows them or not."""
    columns = ", ".join(f"r.{name}" for name in _ORDERS[view].columns)
    sql = f"SELECT r.id, {columns} FROM request r WHERE r.id = ?"
    found: dict[int, Key] = {}
    for number in numbers:
        row = conn.execute(sql, (number,)).fetchone()
        if row is not None:
            found[number] = row[1:]
    return found


def count(conn: sqlite3.Connection, view: View) -> int:
    """How many requests a view shows."""
    found = conn.execute(f"SELECT count(*) FROM request r WHERE {_ORDERS[view].where}").fetchone()
    return int(found[0])


def news(conn: sqlite3.Connection, now: str) -> tuple[int, int, int]:
    """For the top line: how many P1, how many overdue at ``now``, how many untriaged."""
    found = conn.execute(
        """
        SELECT (SELECT count(*) FROM request WHERE shelf = 'now' AND rank = 0),
               (SELECT count(*) FROM request WHERE shelf = 'now' AND due_at < ?),
               (SELECT count(*) FROM request WHERE shelf = 'now' AND rank = 1)
        """,
        (now,),
    ).fetchone()
    return int(found[0]), int(found[1]), int(found[2])

