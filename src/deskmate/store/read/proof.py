"""What proves that checks were done, put together from rule and rows.

A checklist is read with its whole log, of which a row is short, and with the results of those runs alone that are
shown.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import date, datetime, timedelta

from deskmate.domain import instant, occurrence, proof
from deskmate.domain.checklist import Verdict
from deskmate.domain.proof import Finding, Proof
from deskmate.domain.run import Evidence, Result, Run, RunState
from deskmate.domain.status import Status
from deskmate.store.read import checklists, revisions
from deskmate.store.read.absences import absences

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from deskmate.domain.calendar import Calendar
    from deskmate.domain.occurrence import Plan

PLOTTED = 120
"""So many of the newest runs make a trend that is glanced at."""
_RUNS = """
    SELECT id, revision_id, nominal, request_id, state, started_at, ended_at, counted_at, note, signed FROM run
    WHERE checklist_id = ? AND void = 0 ORDER BY ended_at, id
"""
_RESULTS = """
    SELECT t.run_id, t.item, t.verdict, t.value, t.note, t.at, t.finding_id
    FROM json_each(?) j JOIN result t ON t.run_id = j.value WHERE t.void = 0 ORDER BY t.id
"""
_EVIDENCE = """
    SELECT e.run_id, e.id, e.item, e.name, e.size, e.digest, e.at
    FROM json_each(?) j JOIN evidence e ON e.run_id = j.value WHERE e.void = 0 ORDER BY e.id
"""
_FINDINGS = """
    SELECT r.id, r.status, r.resolved_at FROM json_each(?) j JOIN request r ON r.id = j.value WHERE r.void = 0
"""


def proof_of(
    conn: sqlite3.Connection, key: int, start: date, end: date, calendar: Calendar, now: datetime
) -> Proof | None:
    """All that is known of a checklist on days in ``[start, end)``; None where nothing ever stood on it."""
    checklist = checklists.checklist(conn, key)
    if checklist is None:
        return None
    now = now.astimezone(calendar.zone)
    plan = checklists.plan(conn, key, calendar)
    due = occurrence.history(plan, start, end, now)
    # What is still to come proves nothing, but what was done early does.
    due = tuple(each for each in due if each.due <= now or each.run)
    heads = conn.execute(_RUNS, (key,)).fetchall()
    shown = {each.run for each in due if each.run}
    shown |= {row[0] for row in heads if row[2] is None and start <= _day(row[7] or row[5], calendar) < end}
    performed = _performed(conn, key, [row for row in heads if row[0] in shown])
    ended = [run for run in performed if run.state is RunState.DONE]
    counts = checklists.counts_now(conn, key)
    return Proof(
        checklist,
        counts.said if counts else "",
        start,
        end,
        now,
        proof.entries(due, performed, _findings(conn, performed), absences(conn, key), plan.pauses, calendar),
        proof.score(due),
        _in_a_row(plan, min(end, now.date() + timedelta(1)), now),
        max((row[7] for row in heads if row[4] == RunState.DONE), default=None),
        proof.trends(ended, calendar.zone),
    )


def trends(
    conn: sqlite3.Connection, key: int, calendar: Calendar, last: int | None = PLOTTED
) -> tuple[proof.Trend, ...]:
    """What was measured in the newest runs that were done, in the zone of the office; in all with None."""
    heads = [row for row in conn.execute(_RUNS, (key,)) if row[4] == RunState.DONE]
    heads.sort(key=lambda row: row[7])
    return proof.trends(_performed(conn, key, heads if last is None else heads[-last:]), calendar.zone)


def dropped(conn: sqlite3.Connection, word: str) -> int | None:
    """The key of the last checklist of this name that was taken away."""
    sql = "SELECT id FROM checklist WHERE word = ? AND void = 1 ORDER BY id DESC LIMIT 1"
    found = conn.execute(sql, (word,)).fetchone()
    return int(found[0]) if found else None


def _in_a_row(plan: Plan, end: date, now: datetime) -> int:
    """How many were done on time up to a day, looked for further and further back."""
    first = min((each.since.date() for each in plan.schedules), default=end)
    count = 0
    while end > first:
        start = max(first, end - timedelta(proof.SCORED_DAYS))
        more, ended = proof.in_a_row(occurrence.history(plan, start, end, now))
        count += more
        if ended:
            break
        end = start
    return count


def _performed(conn: sqlite3.Connection, key: int, heads: list[tuple[Any, ...]]) -> list[Run]:
    """Whole runs of their first columns."""
    lists = {each.revision_id: each for each in revisions.revisions(conn, key, void=True)}
    ids = json.dumps([row[0] for row in heads])
    results: dict[int, list[Result]] = {}
    for run, item, verdict, value, note, at, finding in conn.execute(_RESULTS, (ids,)):
        said = Result(item, Verdict(verdict) if verdict else None, value, note, at, finding)
        results.setdefault(run, []).append(said)
    evidence: dict[int, list[Evidence]] = {}
    for run, number, item, name, size, digest, at in conn.execute(_EVIDENCE, (ids,)):
        evidence.setdefault(run, []).append(Evidence(number, item, name, size, digest, at))
    return [
        Run(
            number,
            lists[revision],
            nominal,
            request,
            RunState(state),
            started_at,
            ended_at,
            counted_at,
            note,
            signed,
            tuple(results.get(number, ())),
            tuple(evidence.get(number, ())),
        )
        for number, revision, nominal, request, state, started_at, ended_at, counted_at, note, signed in heads
    ]


def _findings(conn: sqlite3.Connection, performed: Iterable[Run]) -> dict[int, Finding]:
    numbers = {result.finding for run in performed for result in run.results if result.finding}
    found = conn.execute(_FINDINGS, (json.dumps(sorted(numbers)),))
    return {number: Finding(number, Status(status), resolved_at) for number, status, resolved_at in found}


def _day(at: str, calendar: Calendar) -> date:
    return instant.from_text(at).astimezone(calendar.zone).date()
