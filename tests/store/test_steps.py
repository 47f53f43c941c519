"""Checklists that are run for a request: what their days make due, and what wakes when one comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deskmate.domain.calendar import Calendar
from deskmate.domain.checklist import Content, Item, Verdict
from deskmate.domain.commands import EditRequest, Park, Redo, Resolve, Undo, Wait
from deskmate.domain.maintenance import DropRun, FinishRun, MarkItem, StartRun
from deskmate.domain.promise import Fate
from deskmate.domain.request import Refused
from deskmate.domain.run import RunState
from deskmate.domain.status import WaitingOn
from deskmate.domain.steps import day_of, next_of, progress, progress_text, steps
from deskmate.domain.timeline import Event
from deskmate.domain.views import View
from deskmate.services.desk import Desk
from deskmate.store import attention, wake
from deskmate.store.read import hours, queue, runs
from deskmate.store.read.detail import detail
from tests.support.checklists import listed
from tests.support.desks import line, opened

STARTER = Content(
    (
        Item("Role known", 1, days=-10),
        Item("Order laptop", 2, days=-5),
        Item("Make account", 3, days=-3),
        Item("First sign-in", 4, days=0),
        Item("Tell the team", 5),
        Item("Ask after a week", 6, days=7),
    )
)
MONDAY = date(2026, 11, 30)
NEEDED = "2026-11-30T09:00:00.000Z"
"""A Monday, as a date without a time is taken."""


class Clock:
    """Set by hand; begins on Monday 23 November."""

    now = "2026-11-23T10:00:00.000Z"

    def __call__(self) -> str:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with opened(tmp_path) as desk:
        desk.clock = clock
        with desk.writer.transaction() as conn:
            conn.execute("UPDATE setting SET value = 'UTC' WHERE id = 'zone'")
        desk.capture(line("Mia starts", requester="Ana"))
        yield desk


def stands(desk: Desk) -> tuple[Any, ...]:
    """When it is due and by what, and when the next item comes up, to the hour."""
    sql = "SELECT substr(due_at, 6, 8), due_kind, substr(step_at, 6, 8) FROM request WHERE id = 1"
    found: tuple[Any, ...] = desk.writer.conn.execute(sql).fetchone()
    return found


def begun(desk: Desk, needed_by: str | None = NEEDED) -> int:
    return desk.run(StartRun(listed(desk, "New starter", STARTER), None, 1, needed_by)).made


def looked(desk: Desk, clock: Clock, at: str) -> list[str]:
    """Look at this moment; gives what was said of days that came."""
    clock.now = at
    desk.wake()
    assert not wake.is_due(desk.writer.conn, at)
    found = detail(desk.writer.conn, 1)
    assert found is not None
    return [entry.text for entry in found.entries if isinstance(entry, Event) and entry.kind == "today"]


def in_now(desk: Desk) -> bool:
    return bool(queue.first(desk.writer.conn, View.NOW, 9))


@pytest.mark.parametrize(
    ("days", "day"), [(-1, date(2026, 11, 27)), (-3, date(2026, 11, 27)), (-5, date(2026, 11, 25)), (0, MONDAY),
                      (5, date(2026, 12, 7)), (7, date(2026, 12, 7))]
)  # fmt: skip
def test_a_closed_day_moves_what_comes_before_back_and_what_comes_after_on(days: int, day: date) -> None:
    assert day_of(MONDAY, days, Calendar()) == day
    assert day_of(date(2026, 11, 29), 0, Calendar()) == date(2026, 11, 29), "the day itself stays"


def test_the_next_item_is_due_when_its_day_closes_and_the_rest_when_all_before_is_done(desk: Desk) -> None:
    key = begun(desk)
    assert stands(desk) == ("11-20T17", "n", "11-25T09"), "what was late at the beginning is due, and no news"
    said = [("11-25T17", "n", "11-25T09"), ("11-27T17", "n", "11-27T09"), ("11-30T09", "n", "11-30T09")]
    for item, wanted in zip((1, 2, 3), said, strict=True):
        desk.run(MarkItem(key, item, Verdict.DONE))
        assert stands(desk) == wanted
    desk.run(MarkItem(key, 4, Verdict.DONE))
    assert stands(desk) == ("12-07T17", "n", "12-07T09"), "the day was kept; what comes after it is left"
    for wanted in ("11-30T09", "11-27T17"):
        desk.run(Undo())
        assert stands(desk)[0] == wanted
    desk.run(Redo())
    desk.run(EditRequest((1,), needed_by="2026-12-02T09:00:00.000Z"))
    assert stands(desk) == ("12-02T09", "n", "12-02T09")
    desk.run(DropRun(key))
    assert stands(desk) == ("12-02T09", "n", None)
    desk.run(Undo())
    desk.run(EditRequest((1,), needed_by=""))
    assert stands(desk) == (None, None, None), "counted from nothing"


def test_its_day_wakes_what_sleeps_once_for_each_item(desk: Desk, clock: Clock) -> None:
    begun(desk)
    later = "2026-12-10T09:00:00.000Z"
    desk.run(Park((1,), later))
    assert looked(desk, clock, "2026-11-25T08:59:00.000Z") == []
    assert not in_now(desk)
    assert looked(desk, clock, "2026-11-25T09:00:00.000Z") == ["today: Order laptop (New starter)"]
    assert in_now(desk)
    desk.run(Park((1,), later))
    assert len(looked(desk, clock, "2026-11-26T09:00:00.000Z")) == 1
    assert not in_now(desk), "parked again it sleeps, though it was not ticked"
    desk.run(Wait((1,), WaitingOn.VENDOR, "", later))
    assert looked(desk, clock, "2026-11-27T12:00:00.000Z")[1:] == ["today: Make account (New starter)"]
    assert in_now(desk)
    seq = desk.writer.conn.execute("SELECT max(seq) - 1 FROM journal").fetchone()[0]
    told, _seq = attention.passed(desk.writer.conn, clock.now, clock.now, seq)
    assert [(each.kind, each.of) for each in told] == [("woken", "2026-11-27T09:00:00.000Z")]
    clock.now = "2026-11-23T10:00:00.000Z"
    desk.run(Park((1,), later))
    assert len(looked(desk, clock, "2026-12-08T09:00:00.000Z")) == 4, "after three weeks each is said, under its day"
    assert stands(desk)[2] is None


def test_what_was_ticked_before_its_day_is_not_said(desk: Desk, clock: Clock) -> None:
    key = begun(desk)
    desk.run(MarkItem(key, 2, Verdict.NOT_APPLICABLE, note="has one"))
    assert looked(desk, clock, "2026-11-25T09:00:00.000Z") == []
    assert looked(desk, clock, "2026-11-27T09:00:00.000Z") == ["today: Make account (New starter)"]


@pytest.mark.parametrize("fate", [Fate.KEEP, Fate.MOVE, Fate.DROP, None])
def test_resolving_ends_the_run_as_it_is_said_and_undo_brings_it_back(desk: Desk, fate: Fate | None) -> None:
    key = begun(desk)
    desk.run(MarkItem(key, 1, Verdict.DONE))
    before = runs.run(desk.writer.conn, key), stands(desk)
    desk.run(Resolve((1,), runs=fate))
    after = runs.run(desk.writer.conn, key)
    if fate is Fate.DROP:
        assert after is None
    elif fate is Fate.KEEP:
        assert after is not None
        assert after.state is RunState.DONE
        assert {each.note for each in after.results} == {"", "D-1 was resolved"}
    else:
        assert after == before[0]
    assert stands(desk) == (None, None, None)
    desk.run(Undo())
    assert (runs.run(desk.writer.conn, key), stands(desk)) == before


def test_a_request_says_how_far_its_list_is(desk: Desk) -> None:
    key = begun(desk)
    calendar = hours.calendar(desk.writer.conn)

    def said(today: date) -> tuple[str, bool]:
        found = runs.run(desk.writer.conn, key)
        assert found is not None
        return progress_text(progress(found, steps(found, NEEDED, calendar)), today)

    assert said(date(2026, 11, 20)) == ("New starter 0/6, next: Role known today", False)
    assert said(date(2026, 11, 23)) == ("New starter 0/6, next: Role known ▲ Fri 20 Nov", True)
    for item in (1, 2, 3, 4, 6):
        desk.run(MarkItem(key, item, Verdict.DONE))
    assert said(MONDAY) == ("New starter 5/6, next: Tell the team", False)
    desk.run(MarkItem(key, 5, Verdict.DONE))
    assert said(MONDAY) == ("New starter 6/6, to be finished", False)
    desk.run(FinishRun(key))
    assert said(MONDAY) == ("New starter done, ticked in bulk", False)
    assert next_of(()) is None
    desk.run(Resolve((1,)))
    with pytest.raises(Refused, match="D-1 is resolved"):
        desk.run(StartRun(1, None, 1))


def test_looking_for_steps_walks_indexes_alone(desk: Desk) -> None:
    begun(desk)
    conn = desk.writer.conn
    seen: list[str] = []
    conn.set_trace_callback(seen.append)
    wake.is_due(conn, NEEDED)
    runs.open_for(conn, [1])
    detail(conn, 1)
    conn.set_trace_callback(None)
    plans = {sql: [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}")] for sql in seen}
    assert any("USING COVERING INDEX request_step (step_at<?)" in step for plan in plans.values() for step in plan)
    of_runs = [step for sql, plan in plans.items() if " run" in sql for step in plan]
    assert any("INDEX run_request (request_id=?)" in step for step in of_runs)
    assert [step for step in of_runs if step.startswith("SCAN")] == []
