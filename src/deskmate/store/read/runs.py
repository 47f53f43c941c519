"""Runs of checklists with all that came of them, in plain SQL; a run is read whole, as it is shown."""

from __future__ import annotations

import sqlite3

from deskmate.domain.checklist import Checklist, Content, Mode, Verdict, unpacked
from deskmate.domain.run import Evidence, Result, Run, RunState
from deskmate.domain.run import found_by as found_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from deskmate.domain.steps import Progress, Step

_RUN = """
    SELECT u.id, u.nominal, u.request_id, u.state, u.started_at, u.ended_at, u.counted_at, u.note, u.signed,
           c.id, c.name, v.id, v.number, v.made_at, v.mode, v.about, v.pause_point, v.minutes, v.dnd, v.items,
           (SELECT max(n.number) FROM revision n WHERE n.checklist_id = c.id AND n.void = 0)
    FROM run u JOIN checklist c ON c.id = u.checklist_id JOIN revision v ON v.id = u.revision_id
    WHERE u.void = 0 AND
"""
_RESULTS = "SELECT item, verdict, value, note, at, finding_id FROM result WHERE run_id = ? AND void = 0 ORDER BY item"
_EVIDENCE = "SELECT id, item, name, size, digest, at FROM evidence WHERE run_id = ? AND void = 0 ORDER BY item, id"
_LED_TO = """
    WITH RECURSIVE led (id, status, into_id) AS (
      SELECT q.id, q.status, q.merged_into FROM run u JOIN result t ON t.run_id = u.id JOIN request q
        ON q.id = t.finding_id
      WHERE u.checklist_id = ?1 AND t.item = coalesce(?2, t.item) AND u.void = 0 AND t.void = 0 AND q.void = 0
      UNION SELECT q.id, q.status, q.merged_into FROM led JOIN request q ON q.id = led.into_id WHERE q.void = 0
    )
"""
_GOES_ON = f"{_LED_TO} SELECT max(id) FROM led WHERE status NOT IN ('resolved', 'closed', 'dropped')"
_ALL_OPEN = f"""
    {_LED_TO} SELECT q.id, q.title FROM led JOIN request q ON q.id = led.id
    WHERE led.status NOT IN ('resolved', 'closed', 'dropped') ORDER BY q.id
"""


def run(conn: sqlite3.Connection, key: int) -> Run | None:
    """A run with all that came of it; None when it was never begun, or taken away."""
    return next(iter(_runs(conn, "u.id = ?", (key,))), None)


def open_runs(conn: sqlite3.Connection) -> tuple[Run, ...]:
    """All that were begun and have not ended, the one begun last first."""
    return _runs(conn, "u.state = 'open' AND c.void = 0 ORDER BY u.id DESC")


def open_of(conn: sqlite3.Connection, checklist: int) -> Run | None:
    """The run of a checklist that goes on, for no request; the one begun last where there are several."""
    where = "u.state = 'open' AND u.checklist_id = ? AND u.request_id IS NULL ORDER BY u.id DESC LIMIT 1"
    return next(iter(_runs(conn, where, (checklist,))), None)


def of_occurrence(conn: sqlite3.Connection, checklist: int, nominal: str) -> Run | None:
    """The run of one time a checklist is due, open or ended; None when nobody touched it."""
    return next(iter(_runs(conn, "u.checklist_id = ? AND u.nominal = ?", (checklist, nominal))), None)


def of_request(conn: sqlite3.Connection, number: int) -> tuple[Run, ...]:
    """The runs for a request, in the order they were begun."""
    return _runs(conn, "u.request_id = ? ORDER BY u.id", (number,))


def progress(conn: sqlite3.Connection, number: int, needed_by: str | None) -> tuple[Progress, ...]:
    """How the runs for a request stand; for one that has none nothing is imported."""
    there = "SELECT 1 FROM run WHERE request_id = ? AND void = 0 LIMIT 1"
    if conn.execute(there, (number,)).fetchone() is None:
        return ()
    from deskmate.domain import steps

    return tuple(steps.progress(each, days(conn, each, needed_by)) for each in of_request(conn, number))


def days(conn: sqlite3.Connection, run: Run, needed_by: str | None) -> tuple[Step, ...]:
    """The items of a run that have a day, where its request says by when it is needed."""
    from deskmate.domain import steps
    from deskmate.store.read import hours

    if needed_by is None or not steps.has_days(run.items):
        return ()
    return steps.steps(run, needed_by, hours.calendar(conn))


def shown(conn: sqlite3.Connection, key: int) -> tuple[Run, tuple[Step, ...], str | None] | None:
    """A run, the items of it that have a day, and by when its request is needed."""
    found = run(conn, key)
    if found is None:
        return None
    sql = "SELECT needed_by FROM request WHERE id = ?"
    needed_by = conn.execute(sql, (found.request,)).fetchone()[0] if found.request is not None else None
    return found, days(conn, found, needed_by), needed_by


def open_for(conn: sqlite3.Connection, numbers: Sequence[int]) -> tuple[Run, ...]:
    """The runs for these requests that go on, in the order they were begun."""
    marks = ", ".join("?" * len(numbers))
    return _runs(conn, f"u.state = 'open' AND u.request_id IN ({marks}) ORDER BY u.id", tuple(numbers))


def found_by(conn: sqlite3.Connection, number: int) -> tuple[tuple[int, int], ...]:
    """Of which items in which runs a request came: pairs of both, in the order they failed."""
    sql = "SELECT run_id, item FROM result WHERE finding_id = ? AND void = 0 ORDER BY at, id"
    return tuple((int(key), int(item)) for key, item in conn.execute(sql, (number,)))


def led_to(conn: sqlite3.Connection, number: int) -> tuple[tuple[int, str], ...]:
    """The runs of which an item led to a request, the last first, each with its words: ``Patch round, item 4``."""
    found = []
    for key, item in reversed(found_by(conn, number)):
        of = run(conn, key)
        failed = of.item(item) if of else None
        if of and failed:
            found.append((key, found_words(of, failed)))
    return tuple(found)


def open_finding(conn: sqlite3.Connection, checklist: int, item: int) -> int | None:
    """The request that an item of a checklist led to and that goes on; None when there is none."""
    found = conn.execute(_GOES_ON, (checklist, item)).fetchone()[0]
    return None if found is None else int(found)


def open_findings(conn: sqlite3.Connection, checklist: int) -> tuple[tuple[int, str], ...]:
    """The requests that items of a checklist led to and that go on, by number and title."""
    return tuple((int(number), title) for number, title in conn.execute(_ALL_OPEN, (checklist, None)))


def newest_revision(conn: sqlite3.Connection, checklist: int) -> tuple[int, Content] | None:
    """What is on a checklist now, with the key of that revision; None for one that is not there."""
    sql = """
        SELECT v.id, v.mode, v.about, v.pause_point, v.minutes, v.dnd, v.items
        FROM checklist c JOIN revision v ON v.checklist_id = c.id
        WHERE c.id = ? AND c.void = 0 AND v.void = 0 ORDER BY v.number DESC LIMIT 1
    """
    found = conn.execute(sql, (checklist,)).fetchone()
    return None if found is None else (int(found[0]), _content(*found[1:]))


def times(conn: sqlite3.Connection, checklist: int, nominal: str | None) -> tuple[str, str, str] | None:
    """From when on an occurrence counts, when it is due and when late; None where it is not the one that is open."""
    sql = "SELECT begins_at, due_at, late_at FROM standing WHERE checklist_id = ? AND nominal = ?"
    found = conn.execute(sql, (checklist, nominal)).fetchone()
    return None if found is None else (found[0], found[1], found[2])


def standing(conn: sqlite3.Connection, checklist: int) -> tuple[str, str] | None:
    """The nominal time of the occurrence that is open, else of the next, and from when on doing it counts."""
    found = conn.execute("SELECT nominal, begins_at FROM standing WHERE checklist_id = ?", (checklist,)).fetchone()
    return None if found is None else (found[0], found[1])


def said(conn: sqlite3.Connection, checklist: int) -> str:
    """When a checklist is due, as it was said; empty where it has no schedule."""
    sql = "SELECT said FROM schedule WHERE checklist_id = ? AND ends IS NULL AND void = 0 ORDER BY id DESC LIMIT 1"
    found = conn.execute(sql, (checklist,)).fetchone()
    return found[0] if found else ""


def to_begin(conn: sqlite3.Connection) -> list[tuple[int, str, bool, bool]]:
    """The checklists there are with whether they have a schedule and items with days, in the order to offer them.

    Those that are made for requests come first, with days or without a schedule, and of each kind what was begun
    last for one.
    """
    from deskmate.domain.steps import has_days

    last = "SELECT checklist_id, max(id) FROM run WHERE request_id IS NOT NULL AND void = 0 GROUP BY checklist_id"
    begun = dict(conn.execute(last))
    found = []
    for key, name in names(conn):
        newest = newest_revision(conn, key)
        if newest is not None and newest[1].items:
            found.append((key, name, bool(said(conn, key)), has_days(newest[1].items)))
    return sorted(found, key=lambda each: (each[2] and not each[3], -begun.get(each[0], 0)))


def names(conn: sqlite3.Connection) -> list[tuple[int, str]]:
    """The checklists there are, by name."""
    return conn.execute("SELECT id, name FROM checklist WHERE void = 0 ORDER BY word, id").fetchall()


def _runs(conn: sqlite3.Connection, where: str, values: tuple[object, ...] = ()) -> tuple[Run, ...]:
    found = []
    for row in conn.execute(f"{_RUN} {where}", values).fetchall():
        key, nominal, request, state, started, ended, counted, note, signed = row[:9]
        checklist, name, revision_id, revision, made_at, *content, newest = row[9:]
        found.append(
            Run(
                key,
                Checklist(checklist, name, _content(*content), revision, revision_id, made_at),
                nominal,
                request,
                RunState(state),
                started,
                ended,
                counted,
                note,
                signed,
                tuple(
                    Result(item, Verdict(verdict) if verdict else None, *rest)
                    for item, verdict, *rest in conn.execute(_RESULTS, (key,))
                ),
                tuple(Evidence(*each) for each in conn.execute(_EVIDENCE, (key,))),
                newest if newest and newest > revision else 0,
            )
        )
    return tuple(found)


def _content(mode: str, about: str, pause_point: str, minutes: int | None, dnd: int, items: str) -> Content:
    return Content(unpacked(items), Mode(mode), about, pause_point, minutes, bool(dnd))
