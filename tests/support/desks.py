"""Desks on real folders for tests: captures without typing, a clock that ticks, and what a folder holds."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import deskmate
from deskmate.domain import instant
from deskmate.domain.capture import Capture
from deskmate.domain.imported import ImportRow
from deskmate.domain.status import Status
from deskmate.paths import database
from deskmate.services.desk import Desk
from deskmate.store import journal, search

AT = "2026-11-20T09:00:00.000Z"
"""An instant for rows whose time does not matter."""

SOURCE = str(Path(deskmate.__file__).parents[1])
"""Where child processes find the package."""

_LIVE = (
    "id title status priority impact urgency person_id requester channel category device needed_by due_at"
    " due_kind cause resolution drop_reason created_at resolved_at version shelf rank due_key"
    " waiting_on waiting_for waiting_since wake_at woken chases parked_reason"
    " device_id outcome merged_into"
).split()


def ticking(start: datetime = datetime(2026, 11, 20, 9, tzinfo=UTC)) -> Callable[[], str]:
    """A clock that moves on by a second whenever it is read."""
    moment = start

    def read() -> str:
        nonlocal moment
        moment += timedelta(seconds=1)
        return instant.to_text(moment)

    return read


def line(title: str, **marks: Any) -> Capture:
    """A capture as the capture line would understand it; ``marks`` are fields of Capture."""
    capture = Capture(marks.pop("raw", title))
    capture.title = title
    for name, value in marks.items():
        setattr(capture, name, value)
    return capture


def import_row(number: int, title: str, **fields: Any) -> ImportRow:
    """A row as an import gives it."""
    whole: dict[str, Any] = dict.fromkeys(ImportRow.__dataclass_fields__) | {
        "line": number,
        "origin": f"X-{number}",
        "title": title,
        "body": "",
        "created_at": AT,
        "updated_at": AT,
        "status": Status.NEW,
        "tags": (),
        "raw": title,
        "digest": f"digest of {title}",
    }
    return ImportRow(**(whole | fields))


@contextmanager
def opened(folder: str | Path, actor: str = "test") -> Iterator[Desk]:
    """A desk that is closed again."""
    desk = Desk(str(folder), actor=actor, clock=ticking())
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def looking(folder: str | Path) -> Iterator[sqlite3.Connection]:
    """A plain connection of one's own, as another program has it."""
    conn = sqlite3.connect(database(str(folder)), isolation_level=None)
    try:
        yield conn
    finally:
        conn.close()


def state(conn: sqlite3.Connection) -> dict[int, tuple[Any, ...]]:
    """Everything that undo must bring back, by request; undone captures are not there, nor what was retracted."""
    there = "void = 0 AND state IS NOT 'retracted'"
    found: dict[int, tuple[Any, ...]] = {}
    for row in conn.execute(f"SELECT {', '.join(_LIVE)} FROM request WHERE void = 0 ORDER BY id").fetchall():
        tags = conn.execute(
            "SELECT t.word FROM request_tag rt JOIN tag t ON t.id = rt.tag_id WHERE rt.request_id = ? ORDER BY 1",
            row[:1],
        ).fetchall()
        notes = conn.execute(
            f"SELECT id, at, text FROM note WHERE request_id = ? AND {there} ORDER BY id", row[:1]
        ).fetchall()
        said = conn.execute(
            f"SELECT at, kind, text FROM message WHERE request_id = ? AND {there} ORDER BY id", row[:1]
        ).fetchall()
        linked = conn.execute(
            "SELECT low, high FROM link WHERE low = ?1 OR high = ?1 ORDER BY 1, 2", row[:1]
        ).fetchall()
        answers = conn.execute("SELECT * FROM answer WHERE request_id = ? ORDER BY question", row[:1]).fetchall()
        found[row[0]] = (*row, tuple(tags), tuple(notes), tuple(said), tuple(linked), tuple(answers))
    return found


def whole(conn: sqlite3.Connection) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """Every row of every ordinary table: equal only when nothing at all was written."""
    tables = conn.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    ).fetchall()
    return [(name, conn.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()) for (name,) in tables]


def assert_sound(conn: sqlite3.Connection) -> None:
    """The file is whole, nothing points nowhere, search finds what is there, and the chain holds."""
    assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    assert search.differs(conn) == []
    assert journal.first_broken(conn) is None


def fingerprint(folder: str | Path) -> dict[str, str]:
    """The name and digest of every file in a folder."""
    found = {}
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            with open(path, "rb") as file:
                found[name] = hashlib.sha256(file.read()).hexdigest()
    return found
