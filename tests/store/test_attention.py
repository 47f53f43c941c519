"""Reminders on disk: found once for ever, whatever the clock does; and facts in order when it is set back."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskmate.domain import instant
from deskmate.domain.attention import Kind
from deskmate.domain.commands import AddNote, Park, Reopen, Resolve, Say, SayHours, SetPriority, Undo
from deskmate.domain.hours import Kind as HoursKind
from deskmate.domain.maintenance import SetSchedule, StartRun
from deskmate.domain.priority import Priority
from deskmate.domain.promising import MakePromise
from deskmate.domain.status import Status
from deskmate.domain.timeline import Event
from deskmate.services.desk import Desk
from deskmate.store import attention, journal
from deskmate.store.read.detail import detail
from tests.support.checklists import listed
from tests.support.desks import AT, assert_sound, line

START = datetime(2026, 11, 20, 8, tzinfo=UTC)  # a Friday


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> str:
        return instant.to_text(self.now)

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def desk(tmp_path: Path, clock: Hand) -> Iterator[Desk]:
    desk = Desk(str(tmp_path), actor="technician", clock=clock)
    yield desk
    assert_sound(desk.writer.conn)
    desk.close()


class Looking:
    """What the screen does: it asks from its mark on, and takes down what it says."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.mark, self.seq = desk, desk.clock(), 0

    def __call__(self) -> list[str]:
        at = self.desk.clock()
        found, self.seq = attention.passed(self.desk.writer.conn, min(self.mark, at), at, self.seq)
        self.mark = at
        new = self.desk.fire([key for each in found for key in each.keys])
        return sorted(f"{each.kind}:{each.number}" for each in found if each.key in new)


def test_each_moment_is_found_once(desk: Desk, clock: Hand) -> None:
    desk.capture(line("needed", needed_by=START + timedelta(hours=4)))
    desk.capture(line("asleep"))
    desk.run(Park((2,), instant.to_text(START + timedelta(hours=2))))
    look = Looking(desk)
    found = []
    for _hour in range(6):
        clock.move(hours=1, seconds=1)
        found.append(look())
    assert look() == []
    assert found == [[], ["woken:2"], ["soon:1"], ["due:1"], [], []]


def test_a_new_date_is_a_new_reminder_and_what_ended_is_due_no_more(desk: Desk, clock: Hand) -> None:
    desk.capture(line("one", requester="Anna"))
    desk.run(SetPriority((1,), Priority.P1))  # answered within half an hour, resolved within four
    look = Looking(desk)
    clock.move(minutes=25)
    assert look() == ["soon:1"]
    clock.move(minutes=10)
    assert look() == ["due:1"]
    desk.run(Say((1,), "I look at it"))
    clock.move(hours=3)
    assert look() == ["soon:1"]  # of the other target
    desk.run(Resolve((1,)))
    clock.move(days=1)
    assert look() == []


def test_each_target_warns_for_itself(desk: Desk, clock: Hand) -> None:
    desk.capture(line("one", requester="Anna", needed_by=START + timedelta(hours=3)))
    desk.run(SetPriority((1,), Priority.P1))  # answered within half an hour, resolved within four
    for hours, text in ((2, "a call"), (2.5, "a part")):
        desk.run(MakePromise((1,), instant.to_text(START + timedelta(hours=hours)), text))
    look = Looking(desk)
    clock.move(seconds=1)
    found = {}
    for minutes in range(5, 250, 5):
        clock.move(minutes=5)
        if new := look():
            found[minutes] = " ".join(new)
    answered = {25: "soon:1", 30: "due:1"}
    promised = {60: "soon:1", 90: "soon:1", 150: "due:1"}
    needed_and_solved = {120: "due:1 soon:1", 180: "due:1", 195: "soon:1", 240: "due:1"}
    assert found == answered | promised | needed_and_solved
    clock.move(days=-1)
    assert look() == []


def test_set_forward_and_back_nothing_comes_twice(desk: Desk, clock: Hand) -> None:
    desk.capture(line("needed", needed_by=START + timedelta(hours=4)))
    desk.capture(line("later", needed_by=START + timedelta(days=30)))
    look = Looking(desk)
    clock.move(days=3652)
    assert look() == ["due:1", "due:2"]
    clock.move(days=-3652)
    found = []
    for _hour in range(8):
        clock.move(hours=1)
        found += look()
    clock.move(days=40)
    assert [*found, *look()] == []


def test_p1_is_found_when_it_comes_from_elsewhere(desk: Desk, clock: Hand, tmp_path: Path) -> None:
    look = Looking(desk)
    urgent = {"impact": "everyone", "urgency": "stuck"}
    desk.capture(line("typed here", **urgent))
    shell = Desk(str(tmp_path), actor="shell", clock=clock)
    shell.capture(line("all are down", **urgent))
    shell.capture(line("a question"))
    assert look() == ["p1:2"]
    shell.run(SetPriority((3,), Priority.P1))
    shell.run(AddNote((2,), "more"))
    assert look() == ["p1:3"]
    shell.capture(line("a slip", **urgent))
    shell.run(Undo())
    shell.close()
    assert look() == []


def test_what_breaks_through_is_found_and_what_is_held_is_not(desk: Desk, clock: Hand, tmp_path: Path) -> None:
    desk.writer.conn.execute(
        "INSERT INTO override (at, state, until) VALUES (?, 'DND', '2026-11-20T17:00:00.000Z')", (clock(),)
    )
    look = Looking(desk)
    shell = Desk(str(tmp_path), actor="shell", clock=clock)
    shell.capture(line("a question"))
    shell.capture(line("the server down", text="the server down"))
    found, _seq = attention.passed(desk.writer.conn, look.mark, clock(), 0)
    shell.close()
    assert [(each.kind, each.number, each.rule) for each in found] == [(Kind.THROUGH, 2, "outage")]
    assert len(look()) == 1
    assert look() == []


def test_what_the_clock_did_is_in_the_journal_and_no_step_of_undo(desk: Desk) -> None:
    desk.capture(line("one"))
    before = journal.to_undo(desk.writer.conn)
    assert desk.fire((), "the clock moved 3 days forward") == set()
    assert desk.writer.conn.execute("SELECT command, actor FROM journal ORDER BY seq DESC").fetchone() == (
        "clock",
        "clock",
    )
    assert journal.to_undo(desk.writer.conn) == before


def test_facts_stay_in_order_when_the_clock_is_set_back(desk: Desk, clock: Hand) -> None:
    desk.capture(line("one"))
    desk.capture(line("two"))
    clock.move(hours=3)
    desk.run(Resolve((1,)))
    clock.move(hours=-2)
    desk.run(Reopen((1,)))
    desk.receive(1, "It is back")
    desk.run(AddNote((1, 2), "seen"))
    found = detail(desk.writer.conn, 1)
    assert found is not None
    kinds = [each.kind if isinstance(each, Event) else type(each).__name__ for each in found.entries]
    assert kinds == ["captured", "resolved", "reopened", "Received", "Note"]
    assert [each.at for each in found.entries] == sorted(each.at for each in found.entries)
    assert found.request.status is Status.OPEN
    recorded = desk.writer.conn.execute("SELECT recorded_at FROM journal ORDER BY seq DESC").fetchone()[0]
    assert recorded == clock()  # the journal keeps what the clock said


def test_what_was_undone_holds_no_order(desk: Desk, clock: Hand) -> None:
    desk.capture(line("one"))
    clock.move(days=3652)
    desk.run(Resolve((1,)))
    clock.move(days=-3652)
    desk.run(Undo())
    clock.move(minutes=1)
    desk.run(AddNote((1,), "seen"))
    found = detail(desk.writer.conn, 1)
    assert found is not None
    assert found.entries[-1].at == clock()


def test_a_checklist_is_announced_once_each_time_it_is_due_and_not_while_it_is_run(desk: Desk, clock: Hand) -> None:
    look = Looking(desk)
    key = listed(desk)
    desk.run(SayHours(HoursKind.ZONE, {"zone": "Europe/Berlin"}))
    desk.run(SetSchedule(key, {"when": "every working day"}))
    assert look() == [f"checklist:{key}"]
    assert look() == []
    clock.move(days=21)
    assert attention.missed(desk.writer.conn, desk.clock()) is None
    assert look() == []  # where it stands has to be counted first
    desk.wake()
    assert attention.missed(desk.writer.conn, desk.clock()) == 15
    assert look() == [f"checklist:{key}"]
    desk.run(Undo())
    desk.run(SetSchedule(key, {"when": "every working day"}))
    assert look() == []
    clock.move(days=3)
    desk.wake()
    desk.run(StartRun(key, "2026-12-14T00:00"))
    assert look() == []


def test_looking_reads_no_whole_table(desk: Desk) -> None:
    conn = desk.writer.conn
    asked: list[str] = []
    conn.set_trace_callback(asked.append)
    attention.passed(conn, AT, AT, -1)
    conn.set_trace_callback(None)
    plans = [step[3] for sql in asked for step in _plan(conn, sql)]
    assert len(plans) > len(attention._SQL)
    assert [step for step in plans if step.startswith("SCAN") or "TEMP B-TREE" in step] == []
    by_moment = [
        step for step in plans if re.search(r"SEARCH [ro] USING INDEX \w+ \(.*(_at|_due|_soon|_by)<\?", step)
    ]
    assert len(by_moment) == len(attention._SQL), "what has passed before costs nothing, however much it is"


def _plan(conn: sqlite3.Connection, sql: str) -> list[tuple[int, int, int, str]]:
    return conn.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
