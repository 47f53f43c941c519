"""Guides as they are read: the list, one with its draft or what was published, and its revisions."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from deskmate.domain.guide import Audience, Guide, Revision, word_of
from deskmate.domain.text import clean
from deskmate.store import purged


class GuideLine(NamedTuple):
    """A line of the list. ``at`` is when it was published last, or made: a stored instant."""

    key: int
    slug: str
    title: str
    state: str
    revision: int
    at: str
    review_by: str | None


_NEWEST = """
    LEFT JOIN guide_revision r ON r.guide_id = g.id AND r.void = 0 AND r.number =
      (SELECT max(number) FROM guide_revision WHERE guide_id = g.id AND void = 0)
"""


_LINES = """
    SELECT g.id, g.slug, g.title, g.archived, r.number, r.content IS NOT g.draft, coalesce(r.made_at, g.made_at),
      g.review_by
"""
_FOUND = f"""
    {_LINES} FROM (
      SELECT rowid, min(place) place FROM (
        SELECT rowid, 0 place FROM guide_fts WHERE guide_fts MATCH ?
        UNION ALL SELECT rowid, 1 FROM guide_fts WHERE guide_fts MATCH ?
        UNION ALL SELECT rowid, 2 FROM guide_fts WHERE guide_fts MATCH ?
      ) GROUP BY rowid
    ) f CROSS JOIN guide g ON g.id = f.rowid {_NEWEST}
    WHERE g.void = 0 AND g.archived <= ? ORDER BY g.archived, f.place, g.word, g.id
"""
_MOST_WORDS = 12
"""Words of a search that count; no title has more."""


def guides(conn: sqlite3.Connection, *, archived: bool = False) -> list[GuideLine]:
    """All guides by title; those put aside only when asked for, at the end."""
    return _lines(
        conn.execute(
            f"{_LINES} FROM guide g {_NEWEST} WHERE g.void = 0 AND g.archived <= ? ORDER BY g.archived, g.word, g.id",
            (archived,),
        )
    )


def found(conn: sqlite3.Connection, typed: str, *, archived: bool = False) -> list[GuideLine]:
    """The guides that have all words that are typed, the last as far as it is: those with them in the title first,
    then those with the help of the words users say, then those that say them anywhere; each by title.

    Every word may be the beginning of one. What holds no word, such as nothing or a bracket, finds all.
    """
    words = [word.replace('"', " ") for word in clean(typed)[0].split() if any(map(str.isalnum, word))]
    if not words:
        return guides(conn, archived=archived)
    match = " ".join(f'"{word}"*' for word in words[:_MOST_WORDS])
    return _lines(conn.execute(_FOUND, (f"{{title}} : ({match})", f"{{title words}} : ({match})", match, archived)))


def guide(conn: sqlite3.Connection, key: int) -> Guide | None:
    """A guide with its draft; None when it is not there any more."""
    row = conn.execute(
        "SELECT g.slug, g.draft, g.archived, g.checked_at, g.review_by, g.version, r.id, r.number,"
        f" r.content IS NOT g.draft FROM guide g {_NEWEST} WHERE g.id = ? AND g.void = 0",
        (key,),
    ).fetchone()
    if row is None:
        return None
    slug, draft, archived, checked_at, review_by, version, revision_id, number, changed = row
    return Guide(
        key,
        slug,
        purged.content(conn, draft),
        number or 0,
        revision_id or 0,
        bool(number and changed),
        bool(archived),
        checked_at,
        review_by,
        version,
    )


def revisions(conn: sqlite3.Connection, key: int) -> list[Revision]:
    """What was published of a guide, the newest first."""
    found = conn.execute(
        "SELECT id, number, made_at, reason, digest, content FROM guide_revision"
        " WHERE guide_id = ? AND void = 0 ORDER BY number DESC",
        (key,),
    )
    return [_revision(conn, revision, key, *row) for revision, *row in found.fetchall()]


def last_number(conn: sqlite3.Connection, key: int) -> int:
    """The highest number a revision of a guide ever had, undone ones too: somebody may have the text of one."""
    found: tuple[int] = conn.execute(
        "SELECT coalesce(max(number), 0) FROM guide_revision WHERE guide_id = ?", (key,)
    ).fetchone()
    return found[0]


def revision(conn: sqlite3.Connection, revision_id: int) -> Revision | None:
    """A published text by its place in the store."""
    row = conn.execute(
        "SELECT guide_id, number, made_at, reason, digest, content FROM guide_revision WHERE id = ?", (revision_id,)
    ).fetchone()
    if row is None:
        return None
    return _revision(conn, revision_id, *row)


def named(conn: sqlite3.Connection, name: str) -> list[tuple[int, str]]:
    """Key and title of the guides that go by a name: the one of this title or slug, else those that have it in it."""
    word = word_of(name)
    for where in ("g.word = ? OR g.slug = ?", "instr(g.word, ?) OR instr(g.slug, ?)"):
        found = conn.execute(
            f"SELECT g.id, g.title FROM guide g WHERE g.void = 0 AND ({where}) ORDER BY g.word", (word, word)
        ).fetchall()
        if found:
            return [(key, title) for key, title in found]
    return []


def slugs(conn: sqlite3.Connection) -> dict[str, int]:
    """The key of each guide by its slug."""
    return dict(conn.execute("SELECT slug, id FROM guide WHERE void = 0"))


def is_slug_used(conn: sqlite3.Connection, key: int, slug: str) -> bool:
    """Whether a slug is known outside: the guide was published, or another one leads to it. Until then a name that
    stood in its title goes with the title."""
    leads = f'"to":{json.dumps(slug)}'
    return (
        conn.execute(
            "SELECT 1 FROM guide_revision WHERE guide_id = ?1 OR instr(content, ?2)"
            " UNION ALL SELECT 1 FROM guide WHERE id <> ?1 AND void = 0 AND instr(draft, ?2) LIMIT 1",
            (key, leads),
        ).fetchone()
        is not None
    )


def titles(conn: sqlite3.Connection, audience: Audience = Audience.USER) -> dict[str, str]:
    """The titles of what is published and not put aside, by slug; users see none of what is for technicians."""
    return dict(
        conn.execute(
            f"SELECT g.slug, r.title FROM guide g {_NEWEST} WHERE g.void = 0 AND g.archived = 0 AND r.id IS NOT NULL"
            " AND ?1 IN ('technician', coalesce(json_extract(r.content, '$.audience'), 'user'))",
            (audience,),
        )
    )


def sendable(conn: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """What may go to users, by title: the key, the title, and the words in which users say the problem."""
    return conn.execute(
        f"SELECT g.id, r.title, coalesce(f.words, '') FROM guide g {_NEWEST} LEFT JOIN guide_fts f ON f.rowid = g.id"
        " WHERE g.void = 0 AND g.archived = 0 AND r.id IS NOT NULL"
        " AND coalesce(json_extract(r.content, '$.audience'), 'user') = 'user' ORDER BY g.word, g.id"
    ).fetchall()


def titles_of(conn: sqlite3.Connection, slugs: Iterable[str]) -> dict[str, str]:
    """The titles of these guides by slug, published or not; those that are not there are left out."""
    sql = "SELECT slug, title FROM guide WHERE slug = ? AND void = 0"
    return dict(found for slug in slugs if (found := conn.execute(sql, (slug,)).fetchone()))


def minutes(conn: sqlite3.Connection) -> dict[int, int]:
    """How long each guide should take, by key, where that is said."""
    sql = "SELECT id, json_extract(draft, '$.minutes') FROM guide WHERE void = 0"
    return {key: minutes for key, minutes in conn.execute(sql) if minutes}


def _revision(
    conn: sqlite3.Connection,
    revision_id: int,
    key: int,
    number: int,
    made_at: str,
    reason: str,
    digest: str,
    content: str,
) -> Revision:
    whole = hashlib.sha256(content.encode()).hexdigest() == digest
    return Revision(revision_id, key, number, made_at, reason, digest, purged.content(conn, content), whole)


def _lines(rows: sqlite3.Cursor) -> list[GuideLine]:
    return [
        GuideLine(key, slug, title, _state(aside, number, changed), number or 0, at, review_by)
        for key, slug, title, aside, number, changed, at, review_by in rows
    ]


def _state(archived: int, number: int | None, changed: int) -> str:
    if archived:
        return "archived"
    return "draft" if not number else "changed" if changed else "published"
