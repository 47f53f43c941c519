"""The search table of guides: one row for each, kept by whoever writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from deskmate.domain import guide


def refresh(conn: sqlite3.Connection, keys: Sequence[int]) -> None:
    """Make the search rows of these guides true again. One that was taken away has none."""
    for key in keys:
        conn.execute("DELETE FROM guide_fts WHERE rowid = ?", (key,))
        found = conn.execute("SELECT draft FROM guide WHERE id = ? AND void = 0", (key,)).fetchone()
        if found is not None:
            conn.execute(
                "INSERT INTO guide_fts (rowid, title, words, said) VALUES (?, ?, ?, ?)", (key, *_row(found[0]))
            )


def differs(conn: sqlite3.Connection) -> list[int]:
    """Guides whose search row is missing, left over or not what a rebuild would give."""
    wanted = {key: _row(draft) for key, draft in conn.execute("SELECT id, draft FROM guide WHERE void = 0")}
    stored = {key: tuple(row) for key, *row in conn.execute("SELECT rowid, title, words, said FROM guide_fts")}
    return sorted(key for key in wanted.keys() | stored.keys() if wanted.get(key) != stored.get(key))


def _row(draft: str) -> tuple[str, str, str]:
    content = guide.unpacked(draft)
    said = [content.summary, *content.needs, content.note]
    for step in content.steps:
        said += [step.action, step.where, step.expect, step.detail, step.note]
        said += [branch.symptom for branch in step.branches]
        said += [picture.alt for picture in step.pictures]
    return content.title, "\n".join(content.words), "\n".join(filter(None, said))
