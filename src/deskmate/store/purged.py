"""Originals that were removed for good: whatever still names one gets the covered picture in its place.

Drafts, revisions and what undo brings back keep the text they were written with; this stands between it and them.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from deskmate.domain.files import Kept
from deskmate.domain.guide import Content, unpacked


def content(conn: sqlite3.Connection, text: str) -> Content:
    """The guide of a packed text, as it stands now."""
    found = unpacked(text)
    gone = {
        digest: (covered, size) for digest, covered, size in conn.execute("SELECT digest, covered, size FROM purged")
    }
    if not any(picture.file.digest in gone for picture in found.pictures):
        return found
    steps = []
    for step in found.steps:
        pictures = tuple(
            replace(each, file=Kept(each.file.name, gone[each.file.digest][1], gone[each.file.digest][0]))
            if each.file.digest in gone
            else each
            for each in step.pictures
        )
        steps.append(replace(step, pictures=pictures))
    return replace(found, steps=tuple(steps))


def standing(conn: sqlite3.Connection, kept: Kept) -> Kept:
    """What is there in the place of a kept file: the covered picture where it was removed for good, else itself."""
    found = conn.execute("SELECT covered, size FROM purged WHERE digest = ?", (kept.digest,)).fetchone()
    return kept if found is None else Kept(kept.name, found[1], found[0])


def put(conn: sqlite3.Connection, digest: str, covered: Kept, at: str) -> None:
    """Say which picture stands for an original from now on. Runs inside the caller's transaction."""
    conn.execute("UPDATE purged SET covered = ?, size = ? WHERE covered = ?", (covered.digest, covered.size, digest))
    conn.execute("INSERT INTO purged VALUES (?, ?, ?, ?)", (digest, covered.digest, covered.size, at))


def digests(conn: sqlite3.Connection) -> frozenset[str]:
    """The originals that must not be there any more."""
    return frozenset(digest for (digest,) in conn.execute("SELECT digest FROM purged"))
