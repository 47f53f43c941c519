"""What reading a page and bringing in a file cost, without a screen."""

from __future__ import annotations

import csv
import io
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from bench import data
from bench.figure import Figure, Run, middle, milliseconds
from deskmate.domain import instant
from deskmate.domain.imported import ImportRow
from deskmate.domain.query import All, Query
from deskmate.domain.text import clean
from deskmate.domain.views import View
from deskmate.formats import csv_table, request_csv
from deskmate.services import importing
from deskmate.services.desk import Desk
from deskmate.store import bulk, journal, migrate, search
from deskmate.store.capture import KEEP, original
from deskmate.store.connection import open_reader
from deskmate.store.read import find, queue

PAGE = 40
AGAIN = 60
IMPORTED = 20_000
AT = instant.to_text(data.END)
COLUMNS = ("id", "title", "body", "created_at", "resolved_at", "status", "priority", "requester", "email", "tags")

EVERYTHING = Query(All())


def pages(run: Run) -> list[Figure]:
    """A page of each view at its beginning, its middle and its end, on the smallest and the largest desk."""
    ends = [run.sizes[0], run.sizes[-1]]
    desks = [open_reader(str(data.desk(run.data, size))) for size in ends]
    taken: dict[tuple[View, str], list[list[float]]] = {}
    for view in (View.NOW, View.NEW, View.RESOLVED, View.ALL):  # the desks hold no others
        lists = [find.whole(conn, view, EVERYTHING, EVERYTHING, 0)[0] for conn in desks]
        for name in ("first", "middle", "last", "unseen"):
            times: list[list[float]] = [[], []]
            for _ in range(run.rounds * AGAIN):
                for which, conn in enumerate(desks):
                    times[which].append(_page(conn, view, lists[which], name))
            taken[view, name] = times
    for conn in desks:
        conn.close()
    small, large = (size.name for size in ends)
    return [
        Figure(
            "pages",
            f"page of {view.tab}, {name}, {large}",
            f"the same, {small}",
            middle(times[1]) / middle(times[0]),
            1.5,
            note=f"{middle(times[1]) * 1e6:.0f} µs",
        )
        for (view, name), times in taken.items()
    ]


def _page(conn: Connection, view: View, numbers: Sequence[int], where: str) -> float:
    """The seconds one page takes, read as the screen reads it; ``unseen`` is another one each time."""
    at = random.randrange(len(numbers) - PAGE) if where == "unseen" else (len(numbers) - PAGE) // 2
    start = time.perf_counter()
    if where == "first":
        found = len(queue.first(conn, view, PAGE))
    elif where in ("middle", "unseen"):
        found = len(queue.rows(conn, numbers[at : at + PAGE]))
    else:
        found = len(queue.rows(conn, numbers[-PAGE:]))
    seconds = time.perf_counter() - start
    if found != PAGE:
        raise RuntimeError(f"a page of {view} has {found} rows")
    return seconds


def imports(run: Run) -> list[Figure]:
    """The bulk writer, and a whole import from a file, against the same rows written straight down."""
    count = 2_000 if run.quick else IMPORTED
    rows = list(data.rows(count))
    plain = [_Plain(row) for row in rows]
    file = _file(rows)
    kinds: dict[str, Callable[[Path], None]] = {
        "raw": lambda folder: _write(folder, plain),
        "bulk": lambda folder: _bulk(folder, rows),
        "straight": lambda folder: _straight(folder, file),
        "whole": lambda folder: _whole(folder, file),
    }
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(run.rounds):
        for kind, work in kinds.items():
            with tempfile.TemporaryDirectory(dir=run.data) as folder:
                migrate.ready(folder).close()
                start = time.perf_counter()
                work(Path(folder))
                times[kind].append(time.perf_counter() - start)
    found = []
    for what, of, by, goal in (
        ("bulk writer, rows a second", "raw executemany + one search fill", ("raw", "bulk"), 0.8),
        ("import of a CSV file, rows a second", "parse + clean + raw write", ("straight", "whole"), 0.6),
    ):
        reference, own = middle(times[by[0]]), middle(times[by[1]])
        note = f"{count / own:,.0f} rows/s, {milliseconds(own)}"
        found.append(Figure("import", what, of, reference / own, goal, at_least=True, note=note))
    return found


def _bulk(folder: Path, rows: list[ImportRow]) -> None:
    writer = migrate.ready(str(folder))
    with writer.transaction() as conn:
        bulk.write(conn, "file", bulk.plan(conn, "file", rows), at=AT, chase_at=AT, actor="bench")
    writer.close()


def _whole(folder: Path, file: bytes) -> None:
    table = csv_table.read(file)
    found, failed = request_csv.requests(table, {}, UTC)
    desk = Desk(str(folder), actor="bench")
    report = importing.run(desk, "csv:", found)
    desk.close()
    if failed or report.failed:
        raise RuntimeError("the file is not read whole")


def _straight(folder: Path, file: bytes) -> None:
    """Parse, clean, write, in one line after the other."""
    plain = []
    records = csv.reader(io.StringIO(file.decode(), newline=""))
    next(records)
    for cells in records:
        title, body = clean(cells[1])[0], clean(cells[2], multiline=True)[0]
        plain.append(_Plain(None, [*cells[:1], title, body, *cells[3:]]))
    _write(folder, plain)


class _Plain:
    """A row as the reference writes it."""

    __slots__ = ("body", "created", "email", "name", "number", "raw", "resolved", "tags", "values")

    def __init__(self, row: ImportRow | None, cells: list[str] | None = None) -> None:
        if row is not None:
            made: list[Any] = [row.origin, row.title, row.body, row.created_at, row.resolved_at, row.status]
            made += [row.priority, row.requester, row.email, row.tags]
        else:
            made = [cell or None for cell in cells or ()]
            made[6] = made[6] and int(made[6])
            made[9] = (made[9] or "").split(",") if made[9] else ()
        self.number, title, self.body, self.created, self.resolved, status, priority, *who = made
        self.name, self.email, self.tags = who
        shelf = "now" if status in ("new", "open") else "done"
        rank = 1 if priority is None else 0 if priority == 1 else priority
        self.values = (title, status, priority, self.created, self.created, self.resolved, shelf, rank)
        self.raw = row.raw if row else "\x1f".join(cells or ())


def _write(folder: Path, plain: list[_Plain]) -> None:
    """The same tables with the same contents, nothing compared, no journal entry that could be undone."""
    writer = migrate.ready(str(folder))
    with writer.transaction() as conn:
        people: dict[str | None, int] = {}
        tags: dict[str, int] = {}
        for each in plain:
            people.setdefault(each.email, len(people) + 1)
            for tag in each.tags:
                tags.setdefault(tag, len(tags) + 1)
        names = {each.email: each.name for each in plain}
        conn.executemany(
            "INSERT INTO person (id, name, email, created_at) VALUES (?, ?, ?, ?)",
            ((n, names[e], e, AT) for e, n in people.items()),
        )
        conn.executemany("INSERT INTO tag VALUES (?, ?, ?, 1)", ((number, tag, tag) for tag, number in tags.items()))
        conn.executemany(
            "INSERT INTO request (id, title, status, priority, created_at, updated_at, resolved_at, shelf, rank,"
            " person_id, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
            ((number, *each.values, people[each.email]) for number, each in enumerate(plain, 1)),
        )
        conn.executemany(
            "INSERT INTO message (request_id, kind, at, text) VALUES (?, 'received', ?, ?)",
            ((number, each.created, each.body) for number, each in enumerate(plain, 1) if each.body),
        )
        conn.executemany(
            "INSERT INTO request_tag VALUES (?, ?)",
            ((number, tags[tag]) for number, each in enumerate(plain, 1) for tag in each.tags),
        )
        conn.executemany(KEEP, (original(number, AT, "row", each.raw) for number, each in enumerate(plain, 1)))
        conn.executemany(
            "INSERT INTO origin VALUES ('file', ?, ?, ?, 1)",
            ((each.number, number, "0" * 64) for number, each in enumerate(plain, 1)),
        )
        journal.append(conn, "import", {}, actor="bench", at=AT, seq=1)
        facts = [(number, each.created, "captured", None, "import") for number, each in enumerate(plain, 1)]
        facts += [(n, each.resolved, "resolved", None, None) for n, each in enumerate(plain, 1) if each.resolved]
        journal.add_events(conn, 1, facts)
        search.add_range(conn, 1, len(plain))
    writer.close()


def _file(rows: list[ImportRow]) -> bytes:
    """The rows as another system would export them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        fields = [row.origin, *(getattr(row, name) for name in COLUMNS[1:-1]), ",".join(row.tags)]
        writer.writerow(fields)
    return text.getvalue().encode()
