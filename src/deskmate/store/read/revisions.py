"""What was on a checklist over time."""

from __future__ import annotations

import sqlite3

from deskmate.domain.checklist import Checklist, Content, Mode, unpacked

LAST_RUNS, FEWEST_RUNS = 9, 3
"""How many runs say how long a checklist takes, and how few do not."""


def revisions(conn: sqlite3.Connection, key: int, *, void: bool = False) -> list[Checklist]:
    """All revisions of a checklist, the newest first; with ``void`` those that were undone, too."""
    found = conn.execute(
        "SELECT c.name, r.id, r.number, r.made_at, r.mode, r.about, r.pause_point, r.minutes, r.dnd, r.items"
        " FROM revision r JOIN checklist c ON c.id = r.checklist_id"
        " WHERE r.checklist_id = ? AND (r.void = 0 OR ?) ORDER BY r.number DESC, r.id DESC",
        (key, void),
    )
    return [
        Checklist(
            key,
            name,
            Content(unpacked(items), Mode(mode), about, pause_point, minutes, bool(dnd)),
            number,
            revision,
            made_at,
        )
        for name, revision, number, made_at, mode, about, pause_point, minutes, dnd, items in found
    ]


def keys(conn: sqlite3.Connection) -> dict[str, int]:
    """The key of each checklist by the word its name is found by."""
    return dict(conn.execute("SELECT word, id FROM checklist WHERE void = 0"))


def took(conn: sqlite3.Connection, key: int) -> float | None:
    """How many minutes a checklist really takes: the middle of its last runs; None while there are too few.

    What was written down later says nothing of it and is left out.
    """
    spans = [
        span
        for (span,) in conn.execute(
            "SELECT (julianday(ended_at) - julianday(started_at)) * 1440 FROM run WHERE checklist_id = ?"
            " AND ended_at IS NOT NULL AND state = 'done' AND void = 0 AND counted_at = ended_at"
            " ORDER BY ended_at DESC LIMIT ?",
            (key, LAST_RUNS),
        )
    ]
    return sorted(spans)[len(spans) // 2] if len(spans) >= FEWEST_RUNS else None
