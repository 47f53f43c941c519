"""When checklists are due, said and kept, and what keeps the cache of it true."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskmate.domain import instant
from deskmate.domain.checklist import Content, Item, Verdict
from deskmate.domain.commands import Redo, SayHours, Undo
from deskmate.domain.hours import Kind
from deskmate.domain.maintenance import (
    DropChecklist,
    ExplainAbsence,
    FinishRun,
    MarkItem,
    PauseChecklist,
    SetSchedule,
    SkipRun,
    StartRun,
    TakeUp,
)
from deskmate.domain.request import Refused
from deskmate.domain.values import WrongValues
from deskmate.services.desk import Desk
from deskmate.store import agenda, wake
from deskmate.store.connection import open_reader
from deskmate.store.read import checklists, hours
from tests.support.checklists import listed

FEW = ("SCAN c", "SCAN pause", "SCAN r USING INDEX run_open")
"""Checklists, pauses and open runs: there are dozens of them, whatever was done over the years."""
LOOK = Content((Item("Backups green", 1),))
MONDAY = datetime(2026, 11, 2, 8, tzinfo=UTC)  # 9 o'clock in Berlin


class Clocked(Desk):
    """A desk with a clock one can set."""

    def __init__(self, folder: str) -> None:
        self.time = MONDAY
        super().__init__(folder, actor="test", clock=lambda: instant.to_text(self.time))

    def later(self, **span: int) -> None:
        """Let time pass; somebody looks afterwards."""
        self.time += timedelta(**span)
        self.wake()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Clocked]:
    found = Clocked(str(tmp_path))
    found.run(SayHours(Kind.ZONE, {"zone": "Europe/Berlin"}))
    yield found
    found.close()


def due(desk: Clocked, key: int, when: str = "every working day", **more: str) -> int:
    return desk.run(SetSchedule(key, {"when": when} | more)).made or 0


def stands(desk: Clocked, key: int) -> tuple[str | None, int, int]:
    """The nominal day, how many are open, how many missed; what counting it all anew gives is the same."""
    rows = "SELECT * FROM standing ORDER BY 1"
    before = desk.writer.conn.execute(rows).fetchall()
    with desk.writer.transaction() as conn:
        conn.execute("DELETE FROM standing")
        agenda.refresh_all(conn, at=desk.clock())
    assert desk.writer.conn.execute(rows).fetchall() == before
    found = next(each for each in checklists.lines(desk.writer.conn, desk.clock()) if each.key == key)
    return found.nominal and found.nominal[5:10], found.waiting, found.missed


def done(desk: Clocked, key: int, day: str) -> None:
    run = desk.run(StartRun(key, f"2026-{day}T00:00")).made or 0
    desk.run(MarkItem(run, 1, Verdict.DONE))
    desk.run(FinishRun(run))


def test_a_schedule_is_kept_and_time_alone_moves_where_it_stands(desk: Clocked) -> None:
    key = listed(desk, content=LOOK)
    due(desk, key)
    assert stands(desk, key) == ("11-02", 1, 0)
    done(desk, key, "11-02")
    assert stands(desk, key) == ("11-03", 0, 0)
    desk.later(days=1, hours=-1)
    assert stands(desk, key) == ("11-03", 0, 0)
    desk.later(hours=1)
    assert stands(desk, key) == ("11-03", 1, 0)
    desk.later(days=21)  # nobody looked in three weeks
    assert stands(desk, key) == ("11-24", 1, 15)
    assert not wake.is_due(desk.writer.conn, desk.clock())


def test_whoever_only_shows_requests_is_not_kept_waiting_by_rules(desk: Clocked) -> None:
    due(desk, listed(desk, content=LOOK))
    desk.time += timedelta(days=21)
    conn, at = desk.writer.conn, desk.clock()
    assert not wake.is_due(conn, at, checklists=False)
    assert len(agenda.due(conn, at)) == 1, "what was due is due still"
    with desk.writer.transaction() as writing:
        wake.up(writing, at, checklists=False)
    assert wake.is_due(conn, at)
    with desk.writer.transaction() as writing:
        wake.up(writing, at)
    assert not wake.is_due(conn, at)


def test_each_writer_keeps_it_true_and_undo_does(desk: Clocked) -> None:
    key = listed(desk, content=LOOK)
    due(desk, key)
    desk.run(SkipRun(key, "2026-11-02T00:00", "nobody there"))
    assert stands(desk, key) == ("11-03", 0, 0)
    desk.run(Undo())
    assert stands(desk, key) == ("11-02", 1, 0)
    desk.run(Redo())
    assert stands(desk, key) == ("11-03", 0, 0)
    desk.run(SayHours(Kind.LEAVE, {"when": "2026-11-03 to 2026-11-06"}))
    assert stands(desk, key) == ("11-09", 0, 0)
    desk.run(PauseChecklist(None, "2026-11-09", "2026-11-10"))
    assert stands(desk, key) == ("11-11", 0, 0)
    desk.run(DropChecklist(key))
    assert desk.writer.conn.execute("SELECT * FROM standing").fetchall() == []
    desk.run(Undo())
    assert stands(desk, key) == ("11-11", 0, 0)


def test_another_rule_ends_the_one_before_and_is_taken_back_whole(desk: Clocked) -> None:
    key = listed(desk, content=LOOK)
    due(desk, key)
    desk.later(days=1)
    due(desk, key, "fridays")
    assert stands(desk, key) == ("11-03", 1, 1)  # what is open stays so until the first Friday
    first, second = checklists.schedules(desk.writer.conn, key)
    assert (first.ends, second.since, second.ends) == (datetime(2026, 11, 3, 9), datetime(2026, 11, 3, 9), None)
    assert checklists.lines(desk.writer.conn, desk.clock())[0].said == "Fridays"
    with pytest.raises(Refused, match="due Fridays already"):
        due(desk, key, "fridays")
    desk.later(days=3)
    assert stands(desk, key) == ("11-06", 1, 2)
    desk.run(SetSchedule(key, None))
    assert desk.writer.conn.execute("SELECT * FROM standing").fetchall() == []
    with pytest.raises(Refused, match="has no schedule"):
        desk.run(SetSchedule(key, None))
    desk.run(Undo())
    desk.run(Undo())
    assert stands(desk, key) == ("11-06", 1, 4)


def test_what_can_not_be_leaves_everything_as_it_was(desk: Clocked) -> None:
    key = listed(desk, content=LOOK)
    with pytest.raises(WrongValues, match="When: not every month has a 31st"):
        due(desk, key, "31st")
    assert checklists.schedules(desk.writer.conn, key) == ()
    with pytest.raises(Refused, match="is before"):
        desk.run(PauseChecklist(key, "2026-11-09", "2026-11-08"))
    with pytest.raises(Refused, match="is not paused"):
        desk.run(TakeUp(key))


def test_a_pause_goes_on_until_it_is_taken_up(desk: Clocked) -> None:
    key = listed(desk, content=LOOK)
    due(desk, key)
    desk.run(PauseChecklist(key, "2026-11-02"))
    assert stands(desk, key) == (None, 0, 0)
    line = checklists.lines(desk.writer.conn, desk.clock())[0]
    assert (line.paused, line.paused_until, line.said) == (True, "", "every working day")
    desk.later(days=2)
    desk.run(TakeUp(key))
    assert stands(desk, key) == ("11-04", 1, 0)
    assert not checklists.lines(desk.writer.conn, desk.clock())[0].paused


def test_a_word_on_what_was_missed_replaces_the_one_before(desk: Clocked) -> None:
    key = listed(desk, content=LOOK)
    for note in ("ill", "ill, handed over to nobody"):
        desk.run(ExplainAbsence(key, "2026-11-03T00:00", "2026-11-06T00:00", note))
    kept = desk.writer.conn.execute("SELECT note FROM absence WHERE void = 0").fetchall()
    assert kept == [("ill, handed over to nobody",)]


def test_reading_where_all_stand_scans_no_history(desk: Clocked, tmp_path: Path) -> None:
    key = listed(desk, content=LOOK)
    due(desk, key)
    desk.run(StartRun(key, "2026-11-02T00:00"))
    conn = open_reader(str(tmp_path))
    at = desk.clock()
    assert checklists.lines(conn, at)[0].open_run is not None
    plans = steps(conn, lambda: (checklists.lines(conn, at), agenda.is_stale(conn, at)))
    assert not [each for each in plans if each.startswith("SCAN") and not each.startswith(FEW)]
    plans = steps(conn, lambda: checklists.plan(conn, key, hours.calendar(conn), "2026-11-01"))
    assert any("run_once (checklist_id=? AND nominal>?)" in each for each in plans)
    conn.close()


def steps(conn: sqlite3.Connection, read: Callable[[], object]) -> list[str]:
    """What is done to answer all that is asked."""
    asked: list[str] = []
    conn.set_trace_callback(asked.append)
    read()
    conn.set_trace_callback(None)
    return [row[3] for sql in asked for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}")]
