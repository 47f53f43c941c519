"""Promises and checks back, in plain SQL."""

from __future__ import annotations

import sqlite3

from deskmate.domain.check_back import CheckBack
from deskmate.domain.promise import Promise, PromiseState, Rate, rate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_COLUMNS = "p.id, p.request_id, p.who, p.text, p.due_at, p.made_at, p.moved, p.state, p.ended_at"
_OPEN = "p.state = 'open' AND p.void = 0"


def open_of(conn: sqlite3.Connection, number: int) -> list[Promise]:
    """The open promises of a request, the soonest first."""
    sql = f"SELECT {_COLUMNS} FROM promise p WHERE p.request_id = ? AND {_OPEN} ORDER BY p.due_at, p.id"
    return _promises(conn.execute(sql, (number,)))


def open_of_all(conn: sqlite3.Connection, numbers: Iterable[int]) -> list[Promise]:
    """The open promises of these requests, request by request."""
    return [each for number in numbers for each in open_of(conn, number)]


def last_words(conn: sqlite3.Connection, number: int) -> tuple[str, str, bool]:
    """The newest reply to a request that left or is leaving, when, and whether a promise was made since."""
    sql = """
        SELECT m.text, m.at, EXISTS (SELECT 1 FROM promise p
          WHERE p.request_id = m.request_id AND p.made_at >= m.at AND p.void = 0)
        FROM message m WHERE m.request_id = ? AND m.kind = 'reply' AND m.void = 0
          AND m.state NOT IN ('not sent', 'retracted') ORDER BY m.at DESC, m.id DESC LIMIT 1
    """
    found = conn.execute(sql, (number,)).fetchone()
    return (found[0], found[1], bool(found[2])) if found else ("", "", False)


def all_open(conn: sqlite3.Connection) -> list[tuple[Promise, str, str]]:
    """All open promises, the soonest first, each with whom it was told and the title of its request."""
    return _named(conn, f"{_OPEN} ORDER BY p.due_at, p.id", ())


def everything(conn: sqlite3.Connection) -> list[tuple[Promise, str, str]]:
    """All promises ever, the newest first, as ``all_open`` gives them."""
    return _named(conn, "p.void = 0 ORDER BY p.id DESC", ())


def rated(conn: sqlite3.Connection, since: str) -> Rate:
    """How the promises ended that ended since then, and how many are open."""
    sql = f"SELECT {_COLUMNS} FROM promise p WHERE p.void = 0 AND "
    ended = conn.execute(f"{sql} p.ended_at >= ?", (since,))
    return rate(_promises(ended) + _promises(conn.execute(f"{sql} p.state = 'open'")))


def check_back(conn: sqlite3.Connection, number: int) -> CheckBack | None:
    """The check of a request that matters now: the newest one."""
    sql = "SELECT id, at, asked_at, score, line, answered_at FROM check_back WHERE request_id = ? AND void = 0"
    found = conn.execute(f"{sql} ORDER BY id DESC LIMIT 1", (number,)).fetchone()
    return CheckBack(*found) if found else None


def _named(conn: sqlite3.Connection, where: str, values: tuple[object, ...]) -> list[tuple[Promise, str, str]]:
    sql = f"""
        SELECT {_COLUMNS}, coalesce(nullif(p.who, ''), pe.name, r.requester, ''), r.title
        FROM promise p JOIN request r ON r.id = p.request_id LEFT JOIN person pe ON pe.id = r.person_id
        WHERE {where}
    """
    return [(_promise(row[:9]), row[9], row[10]) for row in conn.execute(sql, values)]


def _promises(rows: Iterable[tuple[Any, ...]]) -> list[Promise]:
    return [_promise(row) for row in rows]


def _promise(row: tuple[Any, ...]) -> Promise:
    number, request, who, text, due_at, made_at, moved, state, ended_at = row
    return Promise(number, request, who, text, due_at, made_at, moved, PromiseState(state), ended_at)
