"""Whether guides are still true: their dates, and steps that failed since somebody looked; and the glossary."""

from __future__ import annotations

import sqlite3

from deskmate.domain.guide import unpacked

FAILURES = 2
"""How often one step fails since the last look until its guide is to be looked at."""


def to_look_at(conn: sqlite3.Connection, today: str) -> dict[int, tuple[str, ...]]:
    """Why each of these guides is to be looked at, by key, in words. ``today`` is the local date in ISO form."""
    found: dict[int, tuple[str, ...]] = {}
    for key, by in conn.execute(
        "SELECT id, review_by FROM guide WHERE void = 0 AND archived = 0 AND review_by <= ? ORDER BY id", (today,)
    ):
        found[key] = (f"to be looked at since {by}" if by < today else "to be looked at today",)
    failed = conn.execute(
        "SELECT g.id, s.step, count(*) FROM walked_step s"
        " JOIN walk w ON w.id = s.walk_id JOIN guide g ON g.id = w.guide_id"
        " WHERE s.verdict = 'failed' AND s.void = 0 AND w.void = 0 AND g.void = 0 AND g.archived = 0"
        " AND s.at > coalesce(g.checked_at, '') GROUP BY g.id, s.step HAVING count(*) >= ? ORDER BY g.id",
        (FAILURES,),
    ).fetchall()
    for key, step, count in failed:
        (draft,) = conn.execute("SELECT draft FROM guide WHERE id = ?", (key,)).fetchone()
        place = unpacked(draft).position(step)
        which = "a step that is gone" if place is None else f"step {place + 1}"
        found[key] = (*found.get(key, ()), f"{which} failed {'twice' if count == 2 else f'{count} times'} since")
    return found


def glossary(conn: sqlite3.Connection) -> dict[str, str]:
    """Plain words for words of the trade, by the form they are found by; empty for those that need none."""
    return dict(conn.execute("SELECT word, plain FROM term WHERE void = 0 ORDER BY word"))


def terms(conn: sqlite3.Connection) -> list[tuple[str, str]]:
    """The words of the glossary as they were typed, each with its plain words, by the alphabet."""
    return [
        (term, plain) for term, plain in conn.execute("SELECT term, plain FROM term WHERE void = 0 ORDER BY word")
    ]
