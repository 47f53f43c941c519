"""What was on a checklist over time."""

from __future__ import annotations

import sqlite3

from deskmate.domain.checklist import Checklist, Content, Mode, unpacked


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
