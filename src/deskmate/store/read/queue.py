"""The lists of requests: rows to paint, ids in order, and where one request stands in that order."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from deskmate.domain import instant, local
from deskmate.domain.news import News
from deskmate.domain.views import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deskmate.domain.row import Row

    Key = tuple[object, ...]

_ROW = """
    SELECT r.id, r.priority, iif(r.void, 'void', r.status), r.title,
           coalesce(p.name, r.requester, ''), p.id IS NOT NULL, r.due_at, r.due_kind,
           EXISTS (SELECT 1 FROM draft d WHERE d.request_id = r.id),
           r.created_at, r.channel, r.version, coalesce(p.vip, 0), r.unread,
           r.waiting_on, r.waiting_for, r.waiting_since, r.wake_at, r.woken, r.chases, r.soon_at, r.held_at,
           EXISTS (SELECT 1 FROM message m WHERE m.request_id = r.id AND m.state = 'not sent' AND m.void = 0)
           OR EXISTS (SELECT 1 FROM note n WHERE n.request_id = r.id AND n.state = 'not sent' AND n.void = 0),
           r.promised_at, r.check_at
    FROM request r LEFT JOIN person p ON p.id = r.person_id
"""


class _Order:
    """How a view is found and sorted: its condition, its sort columns, and their direction."""

    def __init__(self, where: str, columns: tuple[str, ...], direction: str = "") -> None:
        self.where = where
        self.columns = columns
        self.by = ", ".join(f"r.{name} {direction}".rstrip() for name in columns)
        self.after = "<" if direction else ">"


# What the condition fixes is no sort column: compared as one with the others it would keep SQLite from
# seeking to the middle of a list.
_ORDERS = {
    View.NOW: _Order("r.shelf = 'now'", ("rank", "due_key", "id")),
    View.NEW: _Order("r.shelf = 'now' AND r.rank = 1", ("due_key", "id")),
    View.WAITING: _Order("r.void = 0 AND r.waiting_since > ''", ("waiting_since", "id")),
    View.PARKED: _Order("r.shelf = 'parked' AND r.wake_at > ''", ("wake_at", "id")),
    View.PROMISED: _Order("r.void = 0 AND r.promised_at > ''", ("promised_at", "id")),
    View.HELD: _Order("r.void = 0 AND r.held_at > ''", ("held_at", "id")),
    View.RESOLVED: _Order("r.shelf = 'done'", ("resolved_at", "id"), "DESC"),
    View.ALL: _Order("r.void = 0", ("id",), "DESC"),
}
# Two views are made of a few kinds of requests, each found by an index of its own, and change with the hour. What
# they hold is sorted, which is little on a desk that is looked after.
_BEGUN = "r.shelf = 'now' AND r.status = 'open'"
_OF_THE_DAY = {
    # Due, promised, waking or to be checked before the day is over, and what was begun today and is not finished.
    View.TODAY: f"""+r.void = 0 AND (
        (r.shelf IN ('now', 'waiting', 'parked') AND r.due_at < '{{end}}')
        OR (r.void = 0 AND r.promised_at < '{{end}}')
        OR (r.shelf IN ('now', 'waiting', 'parked') AND r.wake_at < '{{end}}')
        OR r.check_at < '{{end}}'
        OR ({_BEGUN} AND r.updated_at >= '{{start}}'))""",
    # Begun today without a date, and nobody told its requester anything for too long.
    View.LOOSE: f"""+r.void = 0 AND (
        ({_BEGUN} AND r.updated_at >= '{{start}}' AND r.unread = 0 AND r.needed_by IS NULL AND r.promised_at IS NULL)
        OR r.quiet_at < '{{now}}')""",
}
OF_THE_DAY = frozenset(_OF_THE_DAY)
"""Views that ask what time it is. To count them costs more, and may take too long for the screen's own thread."""


def _order(view: View) -> _Order:
    """How a view is found and sorted at this moment."""
    if view not in _OF_THE_DAY:
        return _ORDERS[view]
    now = local.now()
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    end = (start.replace(tzinfo=None) + timedelta(1)).replace(tzinfo=now.tzinfo)
    moments = {"now": now.replace(second=0, microsecond=0), "start": start, "end": end}
    where = _OF_THE_DAY[view].format_map({name: instant.to_text(moment) for name, moment in moments.items()})
    return _Order(where, ("rank", "due_key", "id"))


def condition(view: View) -> str:
    """The SQL condition on ``request r`` that a view stands for, at this moment."""
    return _order(view).where


def order(view: View) -> str:
    """What to sort ``request r`` by to have the order of a view."""
    return _order(view).by


def first(conn: sqlite3.Connection, view: View, limit: int) -> list[Row]:
    """The first rows of a view, without knowing how many there are."""
    order = _order(view)
    return conn.execute(f"{_ROW} WHERE {order.where} ORDER BY {order.by} LIMIT ?", (limit,)).fetchall()


def ids(conn: sqlite3.Connection, view: View) -> Iterator[list[int]]:
    """All ids of a view in order, in pieces, so that other threads get their turn in between."""
    order = _order(view)
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
    order = _order(view)
    columns = ", ".join(f"r.{name}" for name in order.columns)
    found: Key | None = conn.execute(
        f"SELECT {columns} FROM request r WHERE r.id = ? AND {order.where}", (number,)
    ).fetchone()
    return found


def comes_after(view: View, one: Key, other: Key) -> bool:
    """Whether a row with key ``one`` stands below a row with key ``other`` in the view."""
    return one < other if _order(view).after == "<" else one > other


def sort_key(conn: sqlite3.Connection, view: View, number: int) -> Key:
    """The sort key of a request as the view would have it, whether it shows it or not."""
    # What the view does not show may lack a column: a reopened request has no time of resolution.
    columns = ", ".join(f"coalesce(r.{name}, '')" for name in _order(view).columns)
    found: Key = conn.execute(f"SELECT {columns} FROM request r WHERE r.id = ?", (number,)).fetchone()
    return found


def count(conn: sqlite3.Connection, view: View, most: int) -> int:
    """How many requests a view shows, counted up to ``most`` and no further."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM request r WHERE {_order(view).where} LIMIT ?)"
    return int(conn.execute(sql, (most,)).fetchone()[0])


def begun(conn: sqlite3.Connection, most: int) -> int:
    """How many requests were begun and are not finished, parked or waiting, counted up to ``most``."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM request r WHERE {_BEGUN} LIMIT ?)"
    return int(conn.execute(sql, (most,)).fetchone()[0])


_NEWS = ", ".join(
    f"(SELECT count(*) FROM (SELECT 1 FROM {what} LIMIT :most))"
    for what in (
        "request WHERE shelf = 'now' AND rank = 0",
        "request WHERE shelf = 'now' AND due_at < :now",
        "promise WHERE state = 'open' AND void = 0 AND due_at < :soon",
        # What was told somebody for today is due today, too, while its request waits, sleeps or is done.
        "request WHERE shelf = 'now' AND due_at >= :now AND due_at <= :closes UNION ALL SELECT 1 FROM request"
        " WHERE void = 0 AND promised_at >= :now AND promised_at <= :closes AND shelf <> 'now'",
        "request WHERE shelf = 'now' AND rank = 1",
        "request WHERE void = 0 AND held_at > ''",
        "standing WHERE due_at <= :now",
    )
)


def news(conn: sqlite3.Connection, now: str, soon: str, closes: str, most: int) -> News:
    """For the top line, each counted up to ``most``. Of promises those that are due before ``soon``.

    ``closes`` is when the door closes today, empty when that is past or never comes.
    """
    return News(
        *conn.execute(f"SELECT {_NEWS}", {"now": now, "soon": soon, "closes": closes, "most": most}).fetchone()
    )


def due_before(conn: sqlite3.Connection, at: str) -> list[int]:
    """What can be acted on, or is promised, and is due at a stored instant or before, in the order of the queue.

    A promise has to be kept while its request waits, sleeps or is done.
    """
    sql = """
        SELECT id, rank, due_key FROM request WHERE shelf = 'now' AND due_at <= ?1
        UNION SELECT id, rank, due_key FROM request WHERE void = 0 AND promised_at <= ?1
        ORDER BY rank, due_key, id
    """
    return [number for number, *_key in conn.execute(sql, (at,))]


def highest(conn: sqlite3.Connection) -> int:
    """The highest number given so far; 0 when there is none."""
    found = conn.execute("SELECT seq FROM sqlite_sequence WHERE name = 'request'").fetchone()
    return int(found[0]) if found else 0


def starting_at(conn: sqlite3.Connection, view: View, number: int, limit: int) -> list[Row]:
    """The rows of a view from request ``number`` on; from the first when the view does not show it."""
    where = key(conn, view, number)
    if where is None:
        return first(conn, view, limit)
    order = _order(view)
    columns = ", ".join(f"r.{name}" for name in order.columns)
    marks = ", ".join("?" * len(where))
    sql = f"{_ROW} WHERE {order.where} AND ({columns}) {order.after}= ({marks}) ORDER BY {order.by} LIMIT ?"
    return conn.execute(sql, (*where, limit)).fetchall()
