"""Waiting, parking and waking on a real folder: what comes of it, and that all of it can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskmate.domain import instant
from deskmate.domain.calendar import Calendar
from deskmate.domain.commands import (
    AddNote,
    AddPerson,
    AddRestricted,
    Escalate,
    Park,
    Redo,
    Reopen,
    Resolve,
    Say,
    SendReply,
    SetPriority,
    Undo,
    Wait,
    Wake,
)
from deskmate.domain.priority import Priority
from deskmate.domain.public import public
from deskmate.domain.reply import Way
from deskmate.domain.request import Refused, Request
from deskmate.domain.status import Status, WaitingOn
from deskmate.domain.timeline import Event
from deskmate.domain.views import View
from deskmate.domain.waiting import reminder
from deskmate.services.desk import Desk
from deskmate.store import wake
from deskmate.store.connection import open_reader
from deskmate.store.read import queue
from deskmate.store.read.detail import detail
from tests.support.desks import assert_sound, line, state

START = datetime(2026, 11, 20, 10, tzinfo=UTC)  # a Friday, 11:00 by the local clock
LATER = "2026-11-20T12:00:00.000Z"


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> str:
        return instant.to_text(self.moment)

    def after(self, **time: float) -> str:
        """Move on by so much, or back."""
        self.moment += timedelta(**time)
        return self()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """Requests 1 to 3, new, of somebody; 4 of nobody."""
    desk = Desk(str(tmp_path / "data"), actor="test", clock=clock)
    for title in ("one", "two", "three"):
        desk.capture(line(title, requester="Ana"))
    desk.capture(line("four"))
    yield desk
    assert_sound(desk.writer.conn)
    desk.close()


def found(desk: Desk, number: int = 1) -> Request:
    seen = detail(desk.writer.conn, number)
    assert seen is not None
    return seen.request


def facts(desk: Desk, number: int = 1) -> list[str]:
    seen = detail(desk.writer.conn, number)
    assert seen is not None
    return [entry.text for entry in seen.entries if isinstance(entry, Event)]


def shelves(desk: Desk, *views: View) -> list[list[int]]:
    return [[number for piece in queue.ids(desk.writer.conn, view) for number in piece] for view in views]


def test_a_wait_is_chased_after_three_business_days(desk: Desk, clock: Clock) -> None:
    at = clock()
    outcome = desk.run(Wait((1,), WaitingOn.REQUESTER))
    assert outcome.label == "waiting on the requester, chase Wed 25 Nov 09:00: D-1"
    one = found(desk)
    assert (one.status, one.waiting_on, one.waiting_since) == (Status.WAITING, WaitingOn.REQUESTER, at)
    assert (one.wake_at, one.woken) == ("2026-11-25T08:00:00.000Z", False)
    assert shelves(desk, View.NOW, View.WAITING) == [[2, 3, 4], [1]]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (Wait((1,), WaitingOn.VENDOR, until=LATER), "waiting on the vendor, chase Fri 20 Nov 13:00: D-1"),
        (Wait((1,), WaitingOn.SOMEONE, " Petra K. ", LATER), "waiting on Petra K., chase Fri 20 Nov 13:00: D-1"),
        (Park((1,), LATER, "part ordered"), "parked until Fri 20 Nov 13:00: D-1"),
    ],
)
def test_the_date_is_always_said(desk: Desk, command: Wait | Park, said: str) -> None:
    assert desk.run(command).label == said


def test_what_makes_no_sense_is_refused_with_the_reason(desk: Desk, clock: Clock) -> None:
    desk.run(Resolve((3,)))
    refused = {
        Wait((4,), WaitingOn.REQUESTER): "nobody is named who could answer",
        Wait((3,), WaitingOn.VENDOR): "it is resolved already",
        Wait((1,), WaitingOn.VENDOR, until="2026-11-20T09:59:59.999Z"): "that date has passed",
        Wait((1,), WaitingOn.SOMEONE, " "): "Nobody was named",
        Park((3,), LATER): "it is resolved already",
        Park((1,), "2026-11-19T12:00:00.000Z"): "that date has passed",
        Wake((1,)): "it neither waits nor sleeps",
        Wake((3,)): "it is resolved already",
    }
    before = state(desk.writer.conn)
    for command, reason in refused.items():
        with pytest.raises(Refused, match=reason):
            desk.run(command)
    assert state(desk.writer.conn) == before
    desk.run(Park((1,), LATER))
    with pytest.raises(Refused, match="sleeps until then already"):
        desk.run(Park((1,), LATER))


def test_parking_never_changes_what_the_requester_sees(desk: Desk) -> None:
    def seen(number: int) -> object:
        whole = detail(desk.writer.conn, number)
        assert whole is not None
        return public(whole)

    desk.run(AddNote((2,), "looked"))
    desk.run(Wait((3,), WaitingOn.REQUESTER))
    before = [seen(number) for number in (1, 2, 3)]
    desk.run(Park((1, 2, 3), LATER, "after the meeting"))
    assert [seen(number) for number in (1, 2, 3)] == before
    assert [found(desk, number).status for number in (1, 2, 3)] == [Status.NEW, Status.OPEN, Status.WAITING]
    assert shelves(desk, View.PARKED, View.WAITING) == [[1, 2], [3]]


def test_waking_now_is_back_to_work(desk: Desk) -> None:
    desk.run(Park((1,), LATER, "why"))
    desk.run(Wait((2,), WaitingOn.VENDOR))
    assert desk.run(Wake((1, 2))).label == "woke 2 requests"
    for number, status in ((1, Status.NEW), (2, Status.OPEN)):
        one = found(desk, number)
        assert (one.status, one.wake_at, one.waiting_on, one.parked_reason) == (status, None, None, None)
    desk.run(Undo())
    assert shelves(desk, View.PARKED, View.WAITING) == [[1], [2]]


def test_the_clock_wakes_each_once(desk: Desk, clock: Clock) -> None:
    desk.run(Park((1,), LATER))
    desk.run(Wait((2, 3), WaitingOn.VENDOR, until=LATER))
    versions = [found(desk, number).version for number in (1, 2, 3)]
    desk.wake()
    assert shelves(desk, View.NOW) == [[4]]
    clock.after(hours=3)
    desk.wake()
    assert shelves(desk, View.NOW) == [[1, 2, 3, 4]]
    for moved in (-48, 480, -480):  # a clock that is set back or forward
        clock.after(hours=moved)
        desk.wake()
    assert [facts(desk, number).count("woken") for number in (1, 2, 3)] == [1, 1, 1]
    assert [found(desk, number).version for number in (1, 2, 3)] == versions
    woken = [(at, actor) for at, actor in desk.writer.conn.execute(
        "SELECT e.at, j.actor FROM event e JOIN journal j ON j.seq = e.seq WHERE e.kind = 'woken'")]  # fmt: skip
    assert woken == [(LATER, "clock")] * 3, "at the time it was due, whenever somebody looked"


def test_what_the_clock_did_is_in_nobodys_way(desk: Desk, clock: Clock) -> None:
    desk.run(SetPriority((2,), Priority.P3))
    desk.run(Undo())
    desk.run(Park((1,), LATER))
    clock.after(hours=3)
    desk.wake()
    assert desk.run(Undo()).label == "undid: parked until Fri 20 Nov 13:00: D-1"
    one = found(desk)
    assert (one.wake_at, one.woken, one.status) == (None, False, Status.NEW)
    desk.run(Redo())
    one = found(desk)
    assert (one.wake_at, one.woken) == (LATER, False)
    desk.run(Undo())
    desk.run(Wait((2,), WaitingOn.VENDOR, until=instant.to_text(clock.moment + timedelta(hours=1))))
    desk.run(Undo())
    clock.after(hours=3)
    desk.wake()
    assert desk.run(Redo()).requests == (2,), "a wake takes no redo away"


def test_undo_of_what_came_after_the_wake_finds_it_awake(desk: Desk, clock: Clock) -> None:
    desk.run(Wait((1,), WaitingOn.REQUESTER, until=LATER))
    clock.after(hours=3)
    desk.wake()
    for command in (Resolve((1,)), Park((1,), clock.after(hours=1)), Wait((1,), WaitingOn.REQUESTER)):
        desk.run(command)
        desk.run(Undo())
        one = found(desk)
        assert (one.status, one.woken, one.wake_at, one.chases) == (Status.WAITING, True, LATER, 0)


def test_asking_again_counts_only_once_the_date_has_come(desk: Desk, clock: Clock) -> None:
    since = clock()
    desk.run(Wait((1,), WaitingOn.REQUESTER, until=LATER))
    desk.run(Wait((1,), WaitingOn.REQUESTER))  # another date
    assert (found(desk).chases, found(desk).waiting_since) == (0, since)
    for chases in (1, 2):
        clock.after(days=7)
        desk.wake()
        desk.run(Wait((1,), WaitingOn.REQUESTER))
        one = found(desk)
        assert (one.chases, one.woken, one.waiting_since) == (chases, False, since)
    assert facts(desk)[-1] == "chased the requester"
    desk.run(Wait((1,), WaitingOn.VENDOR))
    assert (found(desk).chases, found(desk).waiting_since) == (0, clock())


def test_a_reply_to_whoever_was_waited_for_is_a_chase(desk: Desk, clock: Clock) -> None:
    desk.run(Wait((1,), WaitingOn.REQUESTER, until=LATER))
    desk.run(Say((1,), "by the way"))
    assert (found(desk).chases, found(desk).wake_at) == (0, LATER), "nobody was chased before the date"
    for chases, text in ((1, "Remind"), (2, "Remind 2")):
        clock.after(days=7)
        desk.wake()
        assert reminder(found(desk)) == text
        desk.run(SendReply((1,), "any news?", Way.CLIPBOARD))
        one = found(desk)
        assert (one.chases, one.woken, one.status) == (chases, False, Status.WAITING)
        assert one.wake_at == Calendar().chase_at(clock())
        assert reminder(one) == ""
    assert facts(desk).count("chased the requester") == 2
    desk.run(Undo())
    assert (found(desk).chases, found(desk).woken) == (1, True)


def test_only_who_belongs_to_the_own_network_is_handed_to(desk: Desk) -> None:
    for name, kind in (("Petra", "mentor"), ("Bea", "requester")):
        desk.run(AddPerson({"name": name, "kind": kind}))
    before = state(desk.writer.conn)
    for person, text in ((1, " "), (2, "help"), (9, "help")):
        with pytest.raises(Refused):
            desk.run(Escalate((1,), person, (text,)))
    assert state(desk.writer.conn) == before
    assert desk.run(AddRestricted((1,), "he shouted")).label == "a note for the supervisor on D-1"
    desk.run(Undo())
    assert desk.run(Escalate((1,), 1, ("help",))).label == "escalated to Petra, chase Wed 25 Nov 09:00: D-1"
    assert (found(desk).waiting_on, found(desk).waiting_for) == (WaitingOn.SOMEONE, "Petra")
    desk.run(Undo())
    assert state(desk.writer.conn) == before


def test_word_from_the_requester_ends_the_wait(desk: Desk) -> None:
    desk.run(Wait((1,), WaitingOn.REQUESTER))
    desk.run(Park((1,), LATER, "asked twice"))
    desk.receive(1, "it is tray 2")
    one = found(desk)
    assert (one.status, one.waiting_on, one.wake_at, one.parked_reason, one.unread) == (
        Status.OPEN, None, None, None, True,
    )  # fmt: skip


def test_what_was_woken_is_dealt_with_by_a_note(desk: Desk, clock: Clock) -> None:
    desk.run(Park((1,), LATER, "why"))
    clock.after(hours=3)
    desk.wake()
    assert (found(desk).woken, found(desk).parked_reason) == (True, "why")
    desk.run(AddNote((1,), "done that"))
    assert (found(desk).woken, found(desk).wake_at, found(desk).parked_reason) == (False, None, None)


def test_nothing_of_a_wait_is_left_after_the_end(desk: Desk) -> None:
    desk.run(Wait((1,), WaitingOn.SOMEONE, "Petra"))
    desk.run(Resolve((1,)))
    one = found(desk)
    assert (one.waiting_on, one.waiting_for, one.waiting_since, one.wake_at) == (None, None, None, None)
    desk.run(Reopen((1,)))
    assert found(desk).status is Status.OPEN


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Callable[[], str]:
    monkeypatch.setattr(wake.instant, "now", clock)
    return clock


def test_whoever_looks_wakes_what_is_due(desk: Desk, clock: Clock, now: Callable[[], str]) -> None:
    desk.run(Park((1,), LATER))
    reader = open_reader(desk.folder)
    try:
        wake.look(desk.folder, reader)
        assert wake.is_due(reader, LATER)
        assert shelves(desk, View.PARKED) == [[1]]
        clock.after(hours=3)
        wake.look(desk.folder, reader)
        assert not wake.is_due(reader, now())
        assert shelves(desk, View.PARKED) == [[]]
        plan = " ".join(row[3] for row in reader.execute(f"EXPLAIN QUERY PLAN {wake._DUE} LIMIT 1", (LATER,)))
        assert "USING COVERING INDEX request_asleep (shelf=? AND wake_at<?)" in plan
    finally:
        reader.close()


def test_where_nothing_can_be_written_it_is_shown_as_it_is(desk: Desk, clock: Clock, now: Callable[[], str]) -> None:
    desk.run(Park((1,), LATER))
    clock.after(hours=3)
    reader = open_reader(desk.folder)
    try:
        with desk.writer.transaction():  # somebody else is writing
            wake.look(desk.folder, reader)
        assert wake.is_due(reader, now())
    finally:
        reader.close()
