"""Kept files that nothing names any more: marked by all that is written down, swept when they are old enough.

A name is a SHA-256 in hex, wherever it stands: in rows, void ones too, in drafts, and in what undo would bring back.
So nothing that can be seen again is lost, and a file that is kept this moment is too young to go.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass

from deskmate.store import journal, purged
from deskmate.store.connection import Writer, begin

GRACE = 30 * 24 * 60 * 60
"""Seconds a file stays that nothing names."""

_NAME = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_TEXTS = (
    "SELECT digest FROM attachment",
    "SELECT digest FROM evidence",
    "SELECT draft FROM guide",
    "SELECT content FROM guide_revision",
    "SELECT covered FROM purged",
    "SELECT digest FROM guide_sent WHERE digest IS NOT NULL",
    "SELECT text FROM draft",
    "SELECT value FROM place",
)


@dataclass(frozen=True, slots=True)
class Swept:
    """What went, or would: ``files`` and their ``size`` in bytes; ``young`` ones that nothing names may go later."""

    files: int = 0
    size: int = 0
    young: int = 0


def sweep(folder: str, writer: Writer, *, dry: bool = False, now: float | None = None) -> Swept:
    """Remove kept files that nothing names and that are older than GRACE; with ``dry`` only count them.

    Originals that were removed for good go whatever their age. ``now`` is in seconds since 1970. Nobody can write
    meanwhile, so none gets a name in between.
    """
    moment = time.time() if now is None else now
    conn = writer.conn
    begin(conn)
    try:
        named, gone = _named(conn), purged.digests(conn)
        files = size = young = 0
        for entry in _files(folder):
            if entry.name in named and entry.name not in gone:
                continue
            found = entry.stat()
            if entry.name not in gone and moment - found.st_mtime < GRACE:
                young += 1
                continue
            if not dry:
                os.unlink(entry.path)
            files, size = files + 1, size + found.st_size
        return Swept(files, size, young)
    finally:
        conn.execute("ROLLBACK")


def _named(conn: sqlite3.Connection) -> set[str]:
    named: set[str] = set()
    for text in _TEXTS:
        for (found,) in conn.execute(text):
            named.update(_NAME.findall(found))
    for body in journal.bodies(conn):
        named.update(_NAME.findall(body))
    return named


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    place = os.path.join(folder, "files")
    if not os.path.isdir(place):
        return
    with os.scandir(place) as shelves:
        for shelf in sorted(shelves, key=lambda entry: entry.name):
            if not shelf.is_dir(follow_symlinks=False):
                continue
            with os.scandir(shelf.path) as entries:
                for entry in entries:
                    is_kept = _NAME.fullmatch(entry.name) and entry.name.startswith(shelf.name)
                    if is_kept and entry.is_file(follow_symlinks=False):
                        yield entry
