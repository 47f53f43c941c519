"""When requests are due: counted from events, promises and office hours, the same by whatever way one gets there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from deskmate.domain.channel import Channel
from deskmate.domain.commands import Drop, EditRequest, Reopen, Resolve, Say, SetPriority, Undo, Wait, Wake
from deskmate.domain.priority import Priority
from deskmate.domain.sla import words
from deskmate.domain.status import DropReason, WaitingOn
from deskmate.services.desk import Desk
from deskmate.store import due
from tests.support.desks import line, opened


class Clock:
    """A clock that is set by hand: Monday 23 November 2026 at so many minutes past nine, in UTC."""

    def __init__(self) -> None:
        self.minutes = 0

    def __call__(self) -> str:
        return at(self.minutes)


def at(minutes: int) -> str:
    hours, rest = divmod(9 * 60 + minutes, 60)
    days, hours = divmod(hours, 24)
    return f"2026-11-{23 + days:02}T{hours:02}:{rest:02}:00.000Z"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with opened(tmp_path) as desk:
        desk.clock = clock
        with desk.writer.transaction() as conn:
            conn.execute("UPDATE setting SET value = 'UTC' WHERE id = 'zone'")
        desk.capture(line("no network", requester="Ana", channel=Channel.DOOR))
        yield desk


def stands(desk: Desk, *names: str) -> Any:
    found = desk.writer.conn.execute(f"SELECT {', '.join(names)} FROM request WHERE id = 1").fetchone()
    return found if len(names) > 1 else found[0]


def test_what_nobody_has_judged_has_no_target(desk: Desk) -> None:
    assert stands(desk, *due._KEPT) == (None, None, "9999", *[None] * 9)


def test_the_earliest_binds_and_its_letter_says_which(desk: Desk, clock: Clock) -> None:
    desk.run(SetPriority((1,), Priority.P2))  # an hour to answer, eight to solve: Monday's whole day
    assert stands(desk, "due_at", "due_kind", "response_due", "resolve_due") == (at(60), "r", at(60), at(8 * 60))
    assert stands(desk, "soon_at", "due_key") == (at(48), at(60))
    assert stands(desk, "response_soon", "resolve_soon") == (at(48), at(384)), "four fifths of each"
    desk.run(EditRequest((1,), needed_by=at(30)))
    assert stands(desk, "due_at", "due_kind", "soon_at") == (at(30), "n", at(-30))
    clock.minutes = 10
    desk.run(EditRequest((1,), needed_by=""))
    desk.run(Say((1,), "looking at it"))
    assert stands(desk, "due_at", "due_kind", "response_due") == (at(8 * 60), "", None)


def test_a_new_priority_counts_for_all_the_time_that_was_used(desk: Desk, clock: Clock) -> None:
    desk.run(SetPriority((1,), Priority.P4))
    clock.minutes = 45
    desk.run(SetPriority((1,), Priority.P1))
    assert stands(desk, "response_due") == at(30), "overdue since a moment that is past"
    desk.run(Undo())
    assert stands(desk, "response_due") == at(8 * 60)


def test_only_waiting_for_the_requester_pauses(desk: Desk, clock: Clock) -> None:
    desk.run(SetPriority((1,), Priority.P1))
    desk.run(Say((1,)))
    clock.minutes = 60
    desk.run(Wait((1,), WaitingOn.VENDOR))
    assert stands(desk, "resolve_due") == at(240)
    desk.run(Wait((1,), WaitingOn.REQUESTER))
    assert stands(desk, "resolve_due", "due_at") == (None, None)
    clock.minutes = 90
    desk.run(Wake((1,)))
    assert stands(desk, "resolve_due") == at(270), "half an hour later than without the pause"
    desk.run(Undo())
    assert stands(desk, "resolve_due") is None
    clock.minutes = 100
    desk.receive(1, "since this morning", unread=True)
    assert stands(desk, "resolve_due") == at(280)


def test_what_was_solved_goes_on_with_the_time_it_had(desk: Desk, clock: Clock) -> None:
    desk.run(SetPriority((1,), Priority.P1))
    clock.minutes = 60
    desk.run(Resolve((1,)))
    assert stands(desk, "due_at", "due_kind") == (None, None)
    clock.minutes = 180
    desk.run(Reopen((1,)))
    assert stands(desk, "resolve_due", "response_due") == (at(360), None), "an end counts as an answer"
    desk.run(Drop((1,), DropReason.NOTHING))
    assert stands(desk, "due_at") is None


def test_the_door_counts_and_not_the_switch(desk: Desk) -> None:
    desk.run(SetPriority((1,), Priority.P3))  # four hours to answer
    with desk.writer.transaction() as conn:
        conn.execute("INSERT INTO override (at, state, until) VALUES (?, 'AWAY', ?)", (at(0), at(300)))
        due.refresh_open(conn)
    assert stands(desk, "response_due") == at(240)
    with desk.writer.transaction() as conn:
        conn.execute("UPDATE weekly SET closes = 600 WHERE weekday = 0")  # Monday until ten
        due.refresh_open(conn)
    assert stands(desk, "response_due") == at(24 * 60 + 180)
    with desk.writer.transaction() as conn:
        conn.execute("UPDATE target SET round_the_clock = 1 WHERE id = 3")
        due.refresh_open(conn)
    assert stands(desk, "response_due") == at(240)


def test_what_is_judged_at_once_is_due_at_once(desk: Desk) -> None:
    number = desk.capture(line("nobody can log in", impact="everyone", urgency="stuck"))
    found = desk.writer.conn.execute("SELECT due_at, due_kind FROM request WHERE id = ?", (number,)).fetchone()
    assert found == (at(30), "r")


def test_what_is_resolved_closes_after_five_business_days(desk: Desk, clock: Clock) -> None:
    desk.run(Resolve((1,)))
    assert stands(desk, "close_at") == at(7 * 24 * 60), "Monday to Monday"
    clock.minutes = 7 * 24 * 60 - 1
    desk.wake()
    assert stands(desk, "status") == "resolved"
    clock.minutes += 1
    desk.wake()
    assert stands(desk, "status", "close_at") == ("closed", None)
    clock.minutes += 60
    desk.run(Reopen((1,)))
    assert stands(desk, "status", "close_at") == ("open", None)
    desk.run(Undo())
    assert stands(desk, "status", "close_at") == ("closed", None)


def test_counted_anew_all_is_as_it_was(desk: Desk, clock: Clock) -> None:
    desk.run(SetPriority((1,), Priority.P2))
    clock.minutes = 20
    desk.run(Wait((1,), WaitingOn.REQUESTER))
    clock.minutes = 50
    desk.run(Wake((1,)))
    before = stands(desk, *due._KEPT)
    with desk.writer.transaction() as conn:
        conn.execute("UPDATE request SET due_at = NULL, due_kind = NULL, due_key = '9999', resolve_due = NULL")
        due.refresh_open(conn)
    assert stands(desk, *due._KEPT) == before
    assert datetime.fromisoformat(before[0]).tzinfo == UTC


def test_one_request_says_how_it_stands_with_its_targets(desk: Desk, clock: Clock) -> None:
    desk.run(SetPriority((1,), Priority.P1))

    def told(minutes: int) -> list[tuple[str, str]]:
        now = datetime.fromisoformat(at(minutes))
        return [words(kind, each, now) for kind, each in due.clocks(desk.writer.conn, 1, now)]

    assert told(10) == [("answer by 09:30, 20 min left", ""), ("solve by 13:00, 3 h 50 min left", "")]
    assert told(24)[0] == ("answer by 09:30, 6 min left", "soon")
    assert told(45)[0] == ("answer: 15 min over", "overdue")
    clock.minutes = 60
    desk.run(Say((1,)))
    desk.run(Wait((1,), WaitingOn.REQUESTER))
    assert told(24 * 60) == [("solve: clock stands, 3 h 0 min left", "")]
    desk.run(Resolve((1,)))
    assert told(24 * 60) == []
