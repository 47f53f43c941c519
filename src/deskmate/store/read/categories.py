"""The kinds of trouble a desk knows."""

from __future__ import annotations

import sqlite3

from deskmate.domain.category import Category, parse_questions

_KNOWN = "SELECT name, questions, id FROM category WHERE void = 0"


def categories(conn: sqlite3.Connection) -> list[Category]:
    """All of them, in the technician's order."""
    rows = conn.execute(f"{_KNOWN} ORDER BY position, id")
    return [Category(name, parse_questions(questions), key) for name, questions, key in rows]


def category(conn: sqlite3.Connection, name: str | None) -> Category | None:
    """The one of this name, capitals aside; None for one that an import brought or nobody knows."""
    if not name:
        return None
    row = conn.execute(f"{_KNOWN} AND word = ? ORDER BY id LIMIT 1", (name.casefold(),)).fetchone()
    return None if row is None else Category(row[0], parse_questions(row[1]), row[2])


def requests_of(conn: sqlite3.Connection, name: str, most: int) -> list[int]:
    """The requests of a category, however they write it: those that go on first, then the newest."""
    sql = """
        SELECT id FROM request WHERE void = 0 AND category = ? COLLATE NOCASE
        ORDER BY shelf IN ('done', 'dropped'), id DESC LIMIT ?
    """
    return [number for (number,) in conn.execute(sql, (name, most))]
