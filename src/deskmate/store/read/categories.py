"""The kinds of trouble a desk knows, and the names a form completes from."""

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


def going_on(conn: sqlite3.Connection, name: str) -> list[int]:
    """The requests of a category that have not ended."""
    sql = "SELECT id FROM request WHERE shelf IN ('now', 'waiting', 'parked') AND category = ? ORDER BY id"
    return [number for (number,) in conn.execute(sql, (name,))]


def device_named(conn: sqlite3.Connection, name: str) -> tuple[int, str] | None:
    """The one device of this name, capitals aside; None when there is none or more than one."""
    sql = "SELECT id, name FROM device WHERE word = ? AND void = 0 LIMIT 2"
    found = conn.execute(sql, (name.casefold(),)).fetchall()
    return found[0] if len(found) == 1 else None


def devices(conn: sqlite3.Connection, prefix: str, limit: int) -> list[str]:
    """Names of devices that begin like this, a few."""
    folded = prefix.casefold()
    sql = "SELECT name FROM device WHERE word >= ? AND word < ? AND void = 0 ORDER BY word LIMIT ?"
    return [name for (name,) in conn.execute(sql, (folded, folded + "\U0010ffff", limit))]


def people(conn: sqlite3.Connection, prefix: str, limit: int) -> list[str]:
    """Names of people who go by a word that begins like this, a few."""
    folded = prefix.casefold()
    sql = """
        SELECT DISTINCT p.name FROM handle h JOIN person p ON p.id = h.person_id
        WHERE h.word >= ? AND h.word < ? AND p.void = 0 ORDER BY h.word LIMIT ?
    """
    return [name for (name,) in conn.execute(sql, (folded, folded + "\U0010ffff", limit))]
