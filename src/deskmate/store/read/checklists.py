"""Checklists, what is on them, and all that decides when they are due, in plain SQL.

A local time is kept as it is said, ``YYYY-MM-DDTHH:MM``.
"""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta

from deskmate.domain import instant
from deskmate.domain.agenda import Line, OpenRun
from deskmate.domain.values import Wrong
from deskmate.domain.zones import zone
from deskmate.store.read import hours

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from deskmate.domain.calendar import Calendar
    from deskmate.domain.checklist import Checklist
    from deskmate.domain.occurrence import Pause, Plan, Schedule

_SCHEDULE = "id, said, kind, rule, starts, since, ends, timed, zone, lead, grace, roll, catch_up"
_LINES = """
    SELECT c.id, c.name, coalesce(
             (SELECT s.said FROM schedule s WHERE s.checklist_id = c.id AND s.void = 0 AND s.ends IS NULL
               ORDER BY s.id DESC LIMIT 1), ''),
           t.nominal, t.begins_at, t.due_at, t.late_at, coalesce(t.waiting, 0), coalesce(t.missed, 0),
           (SELECT r.counted_at FROM run r WHERE r.checklist_id = c.id AND r.state = 'done' AND r.void = 0
             ORDER BY r.ended_at DESC LIMIT 1)
    FROM checklist c LEFT JOIN standing t ON t.checklist_id = c.id WHERE c.void = 0 ORDER BY c.word, c.id
"""
_OPEN_RUNS = """
    SELECT r.checklist_id, r.id,
           (SELECT count(*) FROM result t WHERE t.run_id = r.id AND t.void = 0 AND t.verdict IS NOT NULL),
           (SELECT json_array_length(v.items) FROM revision v WHERE v.id = r.revision_id)
    FROM run r WHERE r.state = 'open' AND r.void = 0 AND r.request_id IS NULL ORDER BY r.id
"""
_ONE = """
    SELECT c.id, c.name, v.items, v.mode, v.about, v.pause_point, v.minutes, v.dnd, v.number, v.id, v.made_at
    FROM checklist c JOIN revision v ON v.checklist_id = c.id WHERE c.id = ?
"""


def lines(conn: sqlite3.Connection, at: str) -> list[Line]:
    """Every checklist and where it stands at a stored instant, by name. What is stale has to be counted before."""
    running = {key: OpenRun(run, marked, items) for key, run, marked, items in conn.execute(_OPEN_RUNS)}
    paused = _paused(conn, at)
    found = []
    for row in conn.execute(_LINES):
        until = paused.get(row[0], paused.get(None))
        beside: tuple[Any, ...] = running.get(row[0]), until is not None, until or ""
        found.append(Line(*row, *beside))
    return found


def checklists(conn: sqlite3.Connection) -> list[Checklist]:
    """All of them with their newest revision, by name."""
    keys = conn.execute("SELECT id FROM checklist WHERE void = 0 ORDER BY word, id").fetchall()
    return [found for (key,) in keys if (found := checklist(conn, key)) is not None]


def checklist(conn: sqlite3.Connection, key: int, revision_id: int | None = None) -> Checklist | None:
    """A checklist with its newest revision, or with one of its own; also one that was taken away."""
    from deskmate.domain.checklist import Checklist, Content, Mode, unpacked

    if revision_id is None:
        row = conn.execute(f"{_ONE} AND v.void = 0 ORDER BY v.number DESC LIMIT 1", (key,)).fetchone()
    else:
        row = conn.execute(f"{_ONE} AND v.id = ?", (key, revision_id)).fetchone()
    if row is None:
        return None
    key, name, items, mode, about, pause_point, minutes, dnd, number, revision, made_at = row
    content = Content(unpacked(items), Mode(mode), about, pause_point, minutes, bool(dnd))
    return Checklist(key, name, content, number, revision, made_at)


def named(conn: sqlite3.Connection, name: str) -> Checklist | None:
    """The one of this name, capitals aside; else the only one whose name begins so."""
    from deskmate.domain.checklist import word_of

    word = word_of(name)
    found = conn.execute("SELECT id FROM checklist WHERE word = ? AND void = 0 ORDER BY id", (word,)).fetchall()
    if not found and word:
        sql = "SELECT id FROM checklist WHERE substr(word, 1, ?) = ? AND void = 0 LIMIT 2"
        found = conn.execute(sql, (len(word), word)).fetchall()
        found = found if len(found) == 1 else []
    return checklist(conn, found[0][0]) if found else None


def schedules(conn: sqlite3.Connection, key: int) -> tuple[Schedule, ...]:
    """The schedules of a checklist, one after the other."""
    sql = f"SELECT {_SCHEDULE} FROM schedule WHERE checklist_id = ? AND void = 0 ORDER BY since, id"
    return tuple(_schedule(*row) for row in conn.execute(sql, (key,)))


def counts_now(conn: sqlite3.Connection, key: int) -> Schedule | None:
    """The schedule that goes on; None for a checklist that has none, or none any more."""
    return next((each for each in reversed(schedules(conn, key)) if each.ends is None), None)


def pauses(conn: sqlite3.Connection, key: int) -> tuple[Pause, ...]:
    """The pauses of a checklist and those of all, in order."""
    from deskmate.domain.occurrence import Pause

    sql = """
        SELECT first, last, note FROM pause WHERE (checklist_id = ? OR checklist_id IS NULL) AND void = 0
        ORDER BY first, id
    """
    day = date.fromisoformat
    return tuple(Pause(day(first), last and day(last), note) for first, last, note in conn.execute(sql, (key,)))


def plan(conn: sqlite3.Connection, key: int, calendar: Calendar, since: str = "") -> Plan:
    """All that decides when a checklist is due; with ``since`` only the log of what is nominally from then on."""
    from deskmate.domain.occurrence import Logged, Plan

    sql = """
        SELECT id, nominal, counted_at, state = 'skipped' FROM run
        WHERE checklist_id = ? AND nominal >= ? AND void = 0 ORDER BY nominal
    """
    log = tuple(
        Logged(run, datetime.fromisoformat(nominal), at and instant.from_text(at), bool(skipped))
        for run, nominal, at, skipped in conn.execute(sql, (key, since))
    )
    return Plan(schedules(conn, key), pauses(conn, key), log, calendar)


def paused_by(conn: sqlite3.Connection, key: int | None, day: str) -> list[int]:
    """The keys of the pauses that a checklist has on a stored day, or of those of all checklists."""
    sql = """
        SELECT id FROM pause WHERE checklist_id IS ?1 AND void = 0 AND first <= ?2 AND coalesce(last, ?2) >= ?2
        ORDER BY id
    """
    return [found for (found,) in conn.execute(sql, (key, day))]


def absence(conn: sqlite3.Connection, key: int, first: str, last: str) -> int | None:
    """The key of the word on what was missed in just that time."""
    sql = "SELECT id FROM absence WHERE checklist_id = ? AND first = ? AND last = ? AND void = 0"
    found = conn.execute(sql, (key, first, last)).fetchone()
    return None if found is None else int(found[0])


def _paused(conn: sqlite3.Connection, at: str) -> dict[int | None, str]:
    """What is paused at a stored instant, by key, None for all: the last such day, empty where none is said."""
    sql = """
        SELECT checklist_id, CASE WHEN count(last) = count(*) THEN max(last) ELSE '' END FROM pause
        WHERE void = 0 AND first <= ?1 AND coalesce(last, ?1) >= ?1 GROUP BY checklist_id
    """
    try:
        here = zone(hours.setting(conn, "zone"))
    except Wrong:
        here = zone("")
    return dict(conn.execute(sql, (instant.from_text(at).astimezone(here).date().isoformat(),)))


def _schedule(
    key: int, said: str, kind: str, rule: str, starts: str, since: str, ends: str | None, timed: int, *rest: Any
) -> Schedule:
    from deskmate.domain.occurrence import Basis, Schedule
    from deskmate.domain.schedule import CatchUp, Roll

    name, lead, grace, roll, catch_up = rest
    wall = datetime.fromisoformat
    return Schedule(
        key,
        said,
        Basis(kind),
        rule,
        wall(starts),
        wall(since),
        wall(ends) if ends else None,
        bool(timed),
        name,
        timedelta(minutes=lead),
        timedelta(minutes=grace),
        Roll(roll),
        CatchUp(catch_up),
    )
