"""Requests that are like one another, by their titles."""

from __future__ import annotations

import sqlite3

from deskmate.domain.context import Brief, likeness, telling

SIMILAR = 3
"""How many are shown."""
CANDIDATES = 200
"""Requests with a word of the title that are compared with it, the newest."""

# CROSS JOIN keeps the search table outside, so that the newest come first and the limit ends it.
_LIKE = """
    SELECT r.id, r.title, 1, coalesce(r.resolution, '')
    FROM request_fts f CROSS JOIN request r ON r.id = f.rowid
    WHERE request_fts MATCH ? AND r.shelf = 'done' AND r.id <> ? ORDER BY f.rowid DESC LIMIT ?
"""


def like(conn: sqlite3.Connection, number: int, title: str) -> list[Brief]:
    """Resolved requests whose titles are like this one: those first where it is known what solved them."""
    liked = _liked(conn, number, title)
    liked.sort(key=lambda each: (not each[1].solved, -each[0], -each[1].number))
    return [brief for _shared, brief in liked[:SIMILAR]]


def alike(conn: sqlite3.Connection, number: int, title: str) -> list[int]:
    """All of them, by number."""
    return sorted(brief.number for _shared, brief in _liked(conn, number, title))


def _liked(conn: sqlite3.Connection, number: int, title: str) -> list[tuple[int, Brief]]:
    """Resolved requests with how many words they share with a title."""
    words = telling(title)
    if not words:
        return []
    terms = [f'"{word}"*' for word in words]
    found: dict[int, Brief] = {}
    # All words first: of a common word the newest hits may all be of something else.
    for joined in (" ".join(terms), " OR ".join(terms)) if len(terms) > 1 else terms:
        for row in conn.execute(_LIKE, (f"{{title}} : ({joined})", number, CANDIDATES)):
            found[row[0]] = Brief(row[0], row[1], True, row[3])
    liked = [(likeness(words, brief.title), brief) for brief in found.values()]
    return [(shared, brief) for shared, brief in liked if shared]
