"""Which published guides fit a request, by the words in which it was said."""

from __future__ import annotations

import sqlite3

from deskmate.domain.context import telling

FEW = 5
_PUBLISHED = """
    SELECT g.id, r.title, f.words FROM guide g
    JOIN guide_revision r ON r.guide_id = g.id AND r.void = 0 AND r.number =
      (SELECT max(number) FROM guide_revision WHERE guide_id = g.id AND void = 0)
    LEFT JOIN guide_fts f ON f.rowid = g.id
    WHERE g.void = 0 AND g.archived = 0 ORDER BY g.word, g.id
"""
_FITTING = """
    SELECT g.id FROM guide_fts f CROSS JOIN guide g ON g.id = f.rowid
    WHERE guide_fts MATCH ? AND g.void = 0 AND g.archived = 0
      AND EXISTS (SELECT 1 FROM guide_revision r WHERE r.guide_id = g.id AND r.void = 0)
    ORDER BY bm25(guide_fts, 8, 8, 1) LIMIT ?
"""


def published(conn: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Key, title and the words users say of each that is published and not put aside, by title."""
    return [(key, title, words or "") for key, title, words in conn.execute(_PUBLISHED)]


def is_any(conn: sqlite3.Connection) -> bool:
    """Whether anything is published and not put aside."""
    sql = """
        SELECT 1 FROM guide g WHERE g.void = 0 AND g.archived = 0
          AND EXISTS (SELECT 1 FROM guide_revision r WHERE r.guide_id = g.id AND r.void = 0) LIMIT 1
    """
    return conn.execute(sql).fetchone() is not None


def fitting(conn: sqlite3.Connection, number: int, most: int = FEW) -> list[int]:
    """The guides with the telling words of a request's title, the likeliest first."""
    found = conn.execute("SELECT title FROM request WHERE id = ? AND void = 0", (number,)).fetchone()
    words = telling(found[0]) if found else ()
    if not words:
        return []
    typed = " OR ".join(f'"{word}"*' for word in words)
    return [key for (key,) in conn.execute(_FITTING, (typed, most))]
