"""Walk-throughs of guides in plain SQL, and what they say of a guide and of a person. All by index."""

from __future__ import annotations

import sqlite3

from deskmate.domain.guide import Content, Guide
from deskmate.domain.guide_record import Figures, Past, Record
from deskmate.domain.guide_record import figures as figures_of
from deskmate.domain.walk import StepVerdict, Walk, WalkedStep, WalkMode, WalkOutcome
from deskmate.store import purged

_WALK = """
    SELECT w.id, w.mode, w.step, w.started_at, w.request_id, w.person_id, w.since, w.spent, w.outcome, w.ended_at,
           w.note, w.noted, g.id, g.slug, g.archived, r.content, r.number, r.id
    FROM walk w JOIN guide g ON g.id = w.guide_id JOIN guide_revision r ON r.id = w.revision_id
    WHERE w.void = 0 AND
"""
_PUBLISHED = """
    SELECT g.id, r.title, f.words FROM guide g
    JOIN guide_revision r ON r.guide_id = g.id AND r.void = 0 AND r.number =
      (SELECT max(number) FROM guide_revision WHERE guide_id = g.id AND void = 0)
    LEFT JOIN guide_fts f ON f.rowid = g.id
    WHERE g.void = 0 AND g.archived = 0 ORDER BY g.word, g.id
"""
_STEPS = """
    SELECT step, verdict, seconds, at, symptom, note, id FROM walked_step INDEXED BY walked_step_walk
    WHERE walk_id = ? AND void = 0 ORDER BY id
"""
_ENDED = """
    SELECT w.id, w.outcome, w.spent, s.step, s.verdict, s.seconds
    FROM walk w INDEXED BY walk_guide
    LEFT JOIN walked_step s INDEXED BY walked_step_walk ON s.walk_id = w.id AND s.void = 0
    WHERE w.guide_id = ? AND w.ended_at IS NOT NULL AND w.void = 0 ORDER BY w.id, s.id
"""
_USAGE = """
    SELECT guide_id, count(*), sum(outcome = 'solved') FROM walk INDEXED BY walk_guide
    WHERE ended_at IS NOT NULL AND void = 0 GROUP BY guide_id
"""
_OF_PERSON = """
    SELECT w.guide_id, r.title, w.mode, max(w.ended_at) FROM walk w INDEXED BY walk_person
    JOIN guide_revision r ON r.id = w.revision_id
    WHERE w.person_id = ? AND w.outcome = 'solved' AND w.mode <> 'for them' AND w.void = 0
    GROUP BY w.guide_id ORDER BY 4 DESC
"""


def can_be_walked(conn: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Key, title and the words users say of each guide that is published and not put aside, by title."""
    return [(key, title, words or "") for key, title, words in conn.execute(_PUBLISHED)]


def can_any(conn: sqlite3.Connection) -> bool:
    """Whether there is one."""
    return conn.execute(f"{_PUBLISHED} LIMIT 1").fetchone() is not None


def walk(conn: sqlite3.Connection, key: int) -> Walk | None:
    """A walk-through with all that came of it; None when it was never begun, or taken away."""
    return next(iter(_walks(conn, "w.id = ?", key)), None)


def open_walks(conn: sqlite3.Connection) -> tuple[Walk, ...]:
    """All that were begun and have not ended, the one begun last first."""
    return _walks(conn, "w.outcome IS NULL ORDER BY w.id DESC")


def open_of(conn: sqlite3.Connection, guide: int, request: int | None, person: int | None) -> Walk | None:
    """The one of a guide that goes on for this request, or for this person where there is none."""
    where = "w.outcome IS NULL AND w.guide_id = ? AND w.request_id IS ? AND (w.request_id > 0 OR w.person_id IS ?)"
    return next(iter(_walks(conn, f"{where} ORDER BY w.id DESC LIMIT 1", guide, request, person)), None)


def of_request(conn: sqlite3.Connection, number: int) -> tuple[Walk, ...]:
    """Those with a request, in the order they were begun."""
    return _walks(conn, "w.request_id = ? ORDER BY w.id", number)


def going_on(conn: sqlite3.Connection, number: int) -> tuple[Walk, ...]:
    """Those with a request that go on."""
    return _walks(conn, "w.request_id = ? AND w.outcome IS NULL ORDER BY w.id", number)


def of_guide(conn: sqlite3.Connection, guide: int) -> tuple[Walk, ...]:
    """Those of a guide, the one begun last first."""
    return _walks(conn, "w.guide_id = ? ORDER BY w.id DESC", guide)


def of_person(conn: sqlite3.Connection, person: int, most: int = -1) -> tuple[Record, ...]:
    """The guides that somebody has done, each as it was last, the newest first."""
    found = conn.execute(f"{_OF_PERSON} LIMIT ?", (person, most))
    return tuple(Record(guide, title, WalkMode(mode), at) for guide, title, mode, at in found)


def keys_of_person(conn: sqlite3.Connection, person: int) -> list[int]:
    """All of somebody's, for whoever moves them to another card."""
    return [key for (key,) in conn.execute("SELECT id FROM walk WHERE person_id = ? AND void = 0", (person,))]


def usage(conn: sqlite3.Connection) -> dict[int, tuple[int, int]]:
    """How often each guide was walked through to an end, and how often that solved it, by key."""
    return {guide: (used, solved) for guide, used, solved in conn.execute(_USAGE)}


def usage_of(conn: sqlite3.Connection, guide: int) -> tuple[int, int]:
    """The same of one guide."""
    used, solved = conn.execute(
        "SELECT count(*), coalesce(sum(outcome = 'solved'), 0) FROM walk INDEXED BY walk_guide"
        " WHERE guide_id = ? AND ended_at IS NOT NULL AND void = 0",
        (guide,),
    ).fetchone()
    return used, solved


def figures(conn: sqlite3.Connection, guide: int) -> Figures:
    """How often a guide was used, how long it takes, and which step fails; its steps as they are published now."""
    found: dict[int, tuple[WalkOutcome, int, list[tuple[str, StepVerdict]]]] = {}
    for key, outcome, spent, step, verdict, seconds in conn.execute(_ENDED, (guide,)):
        ended, passed, steps = found.get(key, (WalkOutcome(outcome), spent, []))
        if step is not None:
            steps.append((step, StepVerdict(verdict)))
        found[key] = ended, passed + (seconds or 0), steps
    newest = revision_of(conn, guide)
    content = newest[1] if newest else Content("")
    return figures_of(content, (Past(outcome, passed, tuple(steps)) for outcome, passed, steps in found.values()))


def revision_of(conn: sqlite3.Connection, guide: int) -> tuple[int, Content] | None:
    """The newest published text of a guide with its key; None where nothing was published."""
    sql = "SELECT id, content FROM guide_revision WHERE guide_id = ? AND void = 0 ORDER BY number DESC LIMIT 1"
    found = conn.execute(sql, (guide,)).fetchone()
    return None if found is None else (int(found[0]), purged.content(conn, found[1]))


def _walks(conn: sqlite3.Connection, where: str, *values: object) -> tuple[Walk, ...]:
    found = []
    for row in conn.execute(f"{_WALK} {where}", values).fetchall():
        key, mode, step, started_at, request, person, since, spent, outcome, ended_at, note, noted = row[:12]
        guide, slug, archived, content, number, revision = row[12:]
        found.append(
            Walk(
                key,
                Guide(guide, slug, purged.content(conn, content), number, revision, archived=bool(archived)),
                WalkMode(mode),
                step,
                started_at,
                request,
                person,
                since,
                spent,
                WalkOutcome(outcome) if outcome else None,
                ended_at,
                note,
                noted,
                tuple(
                    WalkedStep(of, StepVerdict(verdict), *rest) for of, verdict, *rest in conn.execute(_STEPS, (key,))
                ),
            )
        )
    return tuple(found)
