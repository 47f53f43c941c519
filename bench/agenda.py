"""What it costs to know when checklists are due: many schedules, each with a run for every time it was due."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from bench import data
from bench.figure import Figure, Run, middle
from deskmate.domain import instant
from deskmate.domain.calendar import Calendar
from deskmate.domain.occurrence import history
from deskmate.domain.saying_schedules import read
from deskmate.domain.schedule import Recurrence, between
from deskmate.services.desk import Desk
from deskmate.store import agenda as standing
from deskmate.store.connection import Writer
from deskmate.store.read import checklists

COUNT = 200
YEARS = (5, 20)
RULES = (
    *("every working day", "daily", "tuesdays at 10:00", "every 2 weeks on fri", "first monday", "last working day"),
    *("wednesday after patch tuesday at 9:00", "quarterly"),
)
_TODAY = data.END


def agenda(run: Run) -> list[Figure]:
    """Where all stand, read and counted anew, with schedules that began five and twenty years ago."""
    count = COUNT // 10 if run.quick else COUNT
    with tempfile.TemporaryDirectory() as folder:
        desks = {years: _desk(Path(folder) / str(years), years, count) for years in YEARS}
        at = instant.to_text(_TODAY)
        kinds: dict[str, Callable[[], object]] = {"expanded": lambda: _expanded(desks[YEARS[0]], count)}
        for years, writer in desks.items():
            kinds[f"read {years}"] = lambda writer=writer: checklists.lines(writer.conn, at)
            kinds[f"counted {years}"] = lambda writer=writer: _counted(writer, at)
        times: dict[str, list[float]] = {kind: [] for kind in kinds}
        for _ in range(run.rounds):
            for kind, work in kinds.items():
                began = time.perf_counter()
                work()
                times[kind].append(time.perf_counter() - began)
        for writer in desks.values():
            writer.close()
    took = {kind: middle(taken) for kind, taken in times.items()}
    five, twenty = YEARS
    whole, early, late = (
        f"{five} years of them expanded",
        f"begun {five} years ago",
        f"the same, begun {twenty} years ago",
    )
    figures = (
        (f"next due date of {count} schedules", f"counted {five}", whole, "expanded", 1),
        (late, f"counted {twenty}", early, f"counted {five}", 1.15),
        ("opening the panel: where all stand", f"read {five}", "next due dates", f"counted {five}", 0.2),
        (late, f"read {twenty}", early, f"read {five}", 1.15),
    )
    return [
        Figure("agenda", what, of, took[kind] / took[against], goal, note=f"{took[kind] * 1e3:,.1f} ms")
        for what, kind, of, against, goal in figures
    ]


def _counted(writer: Writer, at: str) -> None:
    with writer.transaction() as conn:
        standing.refresh_all(conn, at=at)


def _expanded(writer: Writer, count: int) -> int:
    """All that the rules name from their beginning on, by dateutil."""
    end = _TODAY.replace(tzinfo=None)
    plans = (checklists.schedules(writer.conn, key)[0] for key in range(1, count + 1))
    return sum(len(between(Recurrence(each.starts, each.rule), each.starts, end)) for each in plans)


def _desk(folder: Path, years: int, count: int) -> Writer:
    """A folder with so many schedules, and a run for each time they were due but the last week's."""
    writer, calendar = Desk(str(folder), actor="bench").writer, Calendar()
    began = datetime(_TODAY.year - years, 1, 2, 8, tzinfo=calendar.zone)
    said = [read({"when": RULES[key % len(RULES)]}, (), calendar, began) for key in range(count)]
    with writer.transaction() as conn:
        for key, each in enumerate(said, 1):
            conn.execute("INSERT INTO checklist (id, name, word) VALUES (?1, ?2, ?2)", (key, f"check {key}"))
            conn.execute(
                "INSERT INTO revision (id, checklist_id, number, made_at, mode, items)"
                " VALUES (?1, ?1, 1, ?2, 'any order', '[]')",
                (key, instant.to_text(began)),
            )
            conn.execute(
                "INSERT INTO schedule"
                " (checklist_id, said, kind, rule, starts, since, timed, lead, grace, roll, catch_up)"
                " VALUES (?, ?, 'anchored', ?, ?, ?, ?, 0, 480, ?, 'one')",
                (key, each.said, each.rule, _text(each.starts), _text(each.since), each.timed, each.roll.value),
            )
        for key in range(1, count + 1):
            conn.executemany(
                "INSERT INTO run (checklist_id, revision_id, nominal, state, started_at, ended_at, counted_at)"
                " VALUES (?1, ?1, ?2, 'done', ?3, ?3, ?3)",
                _runs(writer, key, calendar, began.date()),
            )
        standing.refresh_all(conn, at=instant.to_text(_TODAY))
    return writer


def _runs(writer: Writer, key: int, calendar: Calendar, began: date) -> Iterator[tuple[int, str, str]]:
    plan = checklists.plan(writer.conn, key, calendar)
    for each in history(plan, began, _TODAY.date() - timedelta(days=7), _TODAY):
        yield key, _text(each.nominal), instant.to_text(each.due)


def _text(wall: datetime) -> str:
    return wall.isoformat(timespec="minutes")
