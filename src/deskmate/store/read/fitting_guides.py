"""Guides that fit a request, by their titles and the words in which users say the problem."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from deskmate.domain.context import likeness, telling
from deskmate.store.read.alike import alike

FEW = 5
CANDIDATES = 50
"""Guides with a word of the request that are compared with it, the best first."""


class Fitting(NamedTuple):
    """A published guide that fits: its key, slug and title, and whether it may be sent to users."""

    key: int
    slug: str
    title: str
    sendable: bool


_FITTING = """
    SELECT g.id, g.slug, r.title, coalesce(json_extract(r.content, '$.audience'), 'user') = 'user',
           f.title || char(10) || f.words
    FROM guide_fts f CROSS JOIN guide g ON g.id = f.rowid
    JOIN guide_revision r ON r.guide_id = g.id AND r.void = 0 AND r.number =
      (SELECT max(number) FROM guide_revision WHERE guide_id = g.id AND void = 0)
    WHERE guide_fts MATCH ? AND g.archived = 0 AND g.void = 0 ORDER BY rank LIMIT ?
"""


def fitting(conn: sqlite3.Connection, number: int) -> list[Fitting]:
    """The guides that fit a request, the best first; none when its title says too little."""
    row = conn.execute("SELECT title FROM request WHERE id = ?", (number,)).fetchone()
    words = telling(row[0]) if row else ()
    if not words:
        return []
    terms = " OR ".join(f'"{word}"*' for word in words)
    found: list[tuple[int, Fitting]] = []
    for *fields, said in conn.execute(_FITTING, (f"{{title words}} : ({terms})", CANDIDATES)):
        shared = max(likeness(words, line) for line in said.split("\n"))
        if shared:
            found.append((shared, Fitting(fields[0], fields[1], fields[2], bool(fields[3]))))
    found.sort(key=lambda each: -each[0])  # those with as much in common stay in the order of the index
    return [fits for _, fits in found[:FEW]]


def cost_of_alike(conn: sqlite3.Connection, number: int) -> tuple[int, int]:
    """How many requests like this one are done, it counted too, and the minutes that were worked on them."""
    row = conn.execute("SELECT title FROM request WHERE id = ?", (number,)).fetchone()
    if row is None:
        return 0, 0
    numbers = [number, *alike(conn, number, row[0])]
    marks = ", ".join("?" * len(numbers))
    worked = conn.execute(
        "SELECT sum((julianday(ends) - julianday(starts)) * 1440) FROM piece"
        f" WHERE request_id IN ({marks}) AND ends IS NOT NULL AND void = 0",
        numbers,
    ).fetchone()[0]
    return len(numbers), round(worked or 0)
