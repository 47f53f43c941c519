"""The clock and the stack on disk: one step each, kept over a restart, and always one way back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from deskmate.domain import focus as rules
from deskmate.domain import instant
from deskmate.domain.commands import (
    BackTo,
    Began,
    CutIdle,
    Focus,
    Park,
    Redo,
    Resolve,
    SetPriority,
    StopClock,
    TakeNow,
    Undo,
)
from deskmate.domain.priority import Priority
from deskmate.domain.request import Refused
from deskmate.domain.timeline import Event
from deskmate.errors import DeskmateError
from deskmate.services.desk import Desk
from deskmate.store.read import focus
from deskmate.store.read.detail import detail
from tests.support.desks import assert_sound, line


class Hand:
    """A clock that is moved by hand, in minutes."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 9, tzinfo=UTC)

    def __call__(self) -> str:
        return instant.to_text(self.now)

    def move(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def desk(tmp_path: Path, hand: Hand) -> Iterator[Desk]:
    desk = Desk(str(tmp_path), actor="test", clock=hand)
    for title in ("printer", "vpn", "phone"):
        desk.capture(line(title))
    yield desk
    assert_sound(desk.writer.conn)
    desk.close()


def take(title: str, subject: int | None = None, **where: object) -> TakeNow:
    return TakeNow(line(title), "", json.dumps({"panel": "queue", **where}), subject)


def minutes(desk: Desk, number: int) -> int:
    return rules.worked(focus.pieces(desk.writer.conn, (number,)), desk.clock()) // 60


def runs(desk: Desk) -> int | None:
    found = focus.focus(desk.writer.conn)
    return None if found is None else found.number


def facts(desk: Desk, number: int) -> list[str]:
    found = detail(desk.writer.conn, number)
    assert found is not None
    return [entry.text for entry in found.entries if isinstance(entry, Event)]


def test_an_interruption_and_the_way_back(desk: Desk, hand: Hand) -> None:
    desk.run(Focus(1))
    hand.move(12)
    outcome = desk.run(take("nobody can log in", number=1, scroll=7))
    assert (outcome.label, outcome.requests, runs(desk)) == ("took D-4 nobody can log in", (4,), 4)
    (frame,) = focus.stack(desk.writer.conn)
    assert (frame.id, frame.number, frame.title, frame.cause, frame.ran) == (outcome.made, 1, "printer", 4, 1)
    assert json.loads(frame.place)["scroll"] == 7
    hand.move(33)
    assert desk.run(BackTo(frame.id)).label == "back to D-1 after 33 min"
    assert (runs(desk), focus.stack(desk.writer.conn)) == (1, [])
    hand.move(3)
    assert (minutes(desk, 1), minutes(desk, 4)) == (15, 33)
    assert facts(desk, 1) == ["captured", "interrupted by D-4", "back after 33 min"]
    with pytest.raises(DeskmateError, match="already"):
        desk.run(BackTo(frame.id))


def test_each_is_one_step_of_undo(desk: Desk, hand: Hand) -> None:
    desk.run(Focus(1))
    hand.move(10)
    desk.run(take("interruption"))
    hand.move(5)
    desk.run(Undo())
    assert (runs(desk), focus.stack(desk.writer.conn)) == (1, [])
    assert minutes(desk, 1) == 15, "what was undone never was"
    with pytest.raises(DeskmateError, match="was undone"):
        desk.run(SetPriority((4,), Priority.P1))
    assert facts(desk, 1) == ["captured"]
    desk.run(Redo())
    assert (runs(desk), minutes(desk, 1), [frame.number for frame in focus.stack(desk.writer.conn)]) == (4, 10, [1])
    desk.run(BackTo(1))
    desk.run(Undo())
    assert (runs(desk), len(focus.stack(desk.writer.conn))) == (4, 1)
    desk.run(Undo())
    desk.run(Undo())
    assert runs(desk) is None


def test_undo_of_one_request_starts_no_second_clock(desk: Desk) -> None:
    desk.run(Focus(1))
    desk.run(StopClock())
    desk.run(Focus(2))
    with pytest.raises(DeskmateError, match="something else"):
        desk.run(Undo(1))
    assert runs(desk) == 2


def test_a_frame_without_a_clock_starts_none(desk: Desk) -> None:
    desk.run(take("first", subject=2))
    desk.run(take("second"))
    assert [(frame.number, frame.ran) for frame in focus.stack(desk.writer.conn)] == [(4, 1), (2, 0)]
    desk.run(BackTo(1))
    assert runs(desk) is None
    assert facts(desk, 2) == ["captured", "interrupted by D-4", "back after 0 min"]
    assert [frame.number for frame in focus.stack(desk.writer.conn)] == [4], "the others stay"


def test_what_is_added_to_a_request_is_taken_with_it(desk: Desk) -> None:
    desk.run(Focus(1))
    desk.run(TakeNow(line("", text="still broken"), "", "{}", join=2))
    found = detail(desk.writer.conn, 2)
    assert found is not None
    assert (found.body, runs(desk)) == ("still broken", 2)
    desk.run(Undo())
    found = detail(desk.writer.conn, 2)
    assert found is not None
    assert (found.body, runs(desk)) == ("", 1)


def test_twelve_deep_over_a_restart(desk: Desk, hand: Hand) -> None:
    for depth in range(12):
        desk.run(take(f"interruption {depth}", depth=depth))
        hand.move(1)
    for depth in reversed(range(12)):
        again = Desk(desk.folder, actor="test", clock=hand)
        frame = focus.stack(again.writer.conn)[0]
        assert json.loads(frame.place)["depth"] == depth
        again.run(BackTo(frame.id))
        assert runs(again) == (None if depth == 0 else 3 + depth)
        again.close()
    assert focus.stack(desk.writer.conn) == []


def test_what_has_ended_meanwhile_is_not_gone_back_to(desk: Desk) -> None:
    desk.run(Focus(1))
    desk.run(take("interruption"))
    desk.run(Resolve((1,)))
    assert focus.stack(desk.writer.conn) == []
    desk.run(Undo())
    assert [frame.number for frame in focus.stack(desk.writer.conn)] == [1]


@pytest.mark.parametrize("command", [Resolve((1, 2)), Park((1,))], ids=["resolve", "park"])
def test_the_clock_stops_when_a_request_leaves_the_hands(desk: Desk, hand: Hand, command: Resolve | Park) -> None:
    desk.run(Focus(1))
    hand.move(8)
    desk.run(command)
    hand.move(8)
    assert (runs(desk), minutes(desk, 1)) == (None, 8)
    desk.run(Undo())
    assert (runs(desk), minutes(desk, 1)) == (1, 16)
    desk.run(SetPriority((1,), Priority.P2))
    assert runs(desk) == 1


def test_a_clock_is_refused_with_a_reason(desk: Desk) -> None:
    for command, why in ((StopClock(), "No clock"), (Began(5), "No clock"), (CutIdle(9, "", ""), "not counted")):
        with pytest.raises(DeskmateError, match=why):
            desk.run(command)
    desk.run(Focus(1))
    with pytest.raises(DeskmateError, match="already"):
        desk.run(Focus(1))
    desk.run(Resolve((2,)))
    with pytest.raises(DeskmateError, match="resolved"):
        desk.run(Focus(2))
    assert runs(desk) == 1


def test_it_began_some_minutes_ago(desk: Desk, hand: Hand) -> None:
    desk.run(Focus(1))
    hand.move(30)
    desk.run(take("interruption"))
    hand.move(1)
    assert desk.run(Began(12)).label == "D-4 began 12 min ago, D-1 ends there"
    assert (minutes(desk, 1), minutes(desk, 4)) == (19, 12)
    desk.run(Undo())
    assert (minutes(desk, 1), minutes(desk, 4)) == (30, 1)
    with pytest.raises(
        Refused, match="D-4 can not have begun 8 h 20 min ago: D-1 before it began only 31 min ago"
    ) as no:
        desk.run(Began(500))
    assert (minutes(desk, 1), minutes(desk, 4), no.value.hint) == (30, 1, "Say 31 min or less.")
    desk.run(Began(31))
    assert (minutes(desk, 1), minutes(desk, 4), runs(desk)) == (0, 31, 4)


def test_where_it_can_not_have_begun_nothing_else_is_said(desk: Desk, hand: Hand) -> None:
    desk.run(Focus(1))
    hand.move(5)
    with pytest.raises(Refused, match="no piece of time is longer than 12 h") as no:
        desk.run(Began(24 * 60))
    assert (minutes(desk, 1), no.value.hint) == (5, "Say 12 h or less.")
    desk.run(Focus(2))
    with pytest.raises(Refused, match="D-2 can not have begun 6 min ago: D-1 before it began only 5 min ago"):
        desk.run(Began(6))
    desk.run(Focus(1))
    hand.move(0.5)
    desk.run(Focus(2))
    with pytest.raises(Refused, match="D-1 before it began just now"):
        desk.run(Began(6))


def test_idle_time_is_cut_or_dropped(desk: Desk, hand: Hand) -> None:
    desk.run(Focus(1))
    hand.move(20)
    since = hand()
    hand.move(190)
    until = hand()
    hand.move(10)
    piece = focus.focus(desk.writer.conn)
    assert piece is not None
    assert desk.run(CutIdle(piece.piece, since, until)).label == "took 3 h 10 min off D-1"
    assert (runs(desk), minutes(desk, 1), len(focus.pieces(desk.writer.conn, (1,)))) == (1, 30, 2)
    desk.run(Undo())
    assert (runs(desk), minutes(desk, 1)) == (1, 220)
    desk.run(CutIdle(piece.piece, since, until, whole=True))
    assert (runs(desk), minutes(desk, 1)) == (None, 0)


@given(
    some.lists(
        some.tuples(some.integers(0, 6), some.integers(1, 40), some.integers(-30, 90) | some.integers(-900, 900)),
        max_size=8,
    )
)
@example([(0, 0, 0), (1, 0, 660), (0, 1, -1154), (3, 0, 5), (2, 5, 800), (4, 0, 0), (5, 0, 0)])
@example([(0, 0, 0), (1, 0, 660), (0, 1, -1154), (6, 1, 800)])
@settings(max_examples=12, deadline=None)
def test_on_disk_pieces_never_overlap_however_it_goes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, int]]
) -> None:
    hand = Hand()
    desk = Desk(str(tmp_path_factory.mktemp("desk")), actor="test", clock=hand)
    try:
        for title in ("a", "b"):
            desk.capture(line(title))

        def cut(hours: int) -> CutIdle:
            """What runs did so without a key until ``hours`` before now."""
            found = focus.focus(desk.writer.conn)
            if found is None:
                raise DeskmateError("nothing runs")
            since, until = (hand.now - timedelta(hours=each) for each in (hours + 8, hours))
            return CutIdle(found.piece, instant.to_text(since), instant.to_text(until))

        make: list[Callable[[int], object]] = [
            lambda number: Focus(1 + number % 2), lambda number: StopClock(), Began, lambda number: take(f"{number}"),
            lambda number: Undo(), lambda number: Redo(), cut,
        ]  # fmt: skip
        for what, number, passed in steps:
            hand.move(passed)
            try:
                desk.run(make[what](number))  # type: ignore[arg-type]
            except DeskmateError:
                pass
        try:
            desk.run(StopClock())
        except DeskmateError:
            pass
        found = desk.writer.conn.execute("SELECT starts, ends FROM piece WHERE void = 0 ORDER BY starts").fetchall()
        assert all(starts < ends for starts, ends in found)
        assert all(one[1] <= other[0] for one, other in pairwise(found))
    finally:
        desk.close()
