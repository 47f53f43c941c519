"""The rules of the clock, whatever the clock of the machine does meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from deskmate.domain import focus, instant
from deskmate.domain.focus import LONGEST, Piece

START = datetime(2026, 11, 24, 9, tzinfo=UTC)


def at(minutes: float) -> str:
    return instant.to_text(START + timedelta(minutes=minutes))


class Clock:
    """Pieces as the services keep them, by these rules alone."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []

    @property
    def running(self) -> Piece | None:
        return next((piece for piece in self.pieces if piece.ends is None), None)

    def put(self, old: Piece | None, new: Piece | None) -> None:
        self.pieces = [piece for piece in self.pieces if piece is not old]
        if new is not None and new.ends != new.starts:
            self.pieces = sorted([*self.pieces, new], key=lambda piece: piece.starts)

    def stop(self, now: str) -> None:
        if (running := self.running) is not None:
            self.put(running, running._replace(ends=focus.end(running, self.pieces, now)))

    def start(self, request: int, now: str) -> None:
        self.stop(now)
        self.put(None, Piece(len(self.pieces), request, focus.begin(self.pieces, now), None))

    def began(self, ago: int, now: str) -> None:
        running = self.running
        if running is None:
            return
        earlier = [piece for piece in self.pieces if piece.starts < running.starts]
        before = earlier[-1] if earlier else None
        wanted = instant.to_text(instant.from_text(now) - timedelta(minutes=ago))
        starts, ends = focus.began(running, before, self.pieces, wanted, now)
        if before is not None:
            self.put(before, before._replace(ends=ends))
        self.put(running, running._replace(starts=starts))

    def covered(self, now: str) -> int:
        return sum(focus.seconds(piece.starts, piece.ends or max(now, piece.starts)) for piece in self.pieces)


some_steps = some.lists(
    some.tuples(some.sampled_from(["start", "stop", "began"]), some.integers(1, 90), some.integers(-60, 120)),
    max_size=12,
)


@given(some_steps)
@example([("start", 1, 0), ("stop", 1, 90), ("start", 2, -120), ("start", 3, 5), ("began", 5, 60)])
@settings(max_examples=150)
def test_pieces_never_overlap_and_are_neither_negative_nor_absurd(steps: list[tuple[str, int, int]]) -> None:
    clock, now = Clock(), 0
    for what, number, passed in steps:
        now += passed * (1000 if passed % 7 == 0 else 1)  # set back, forward, or asleep for weeks
        if what == "start":
            clock.start(number, at(now))
        elif what == "stop":
            clock.stop(at(now))
        else:
            clock.began(number, at(now))
        ended = [piece for piece in clock.pieces if piece.ends is not None]
        assert len(clock.pieces) - len(ended) <= 1
        as_stopped = Clock()
        as_stopped.pieces = list(clock.pieces)
        as_stopped.stop(at(now + 5))
        pairs = zip(as_stopped.pieces, as_stopped.pieces[1:], strict=False)
        assert all(one.ends <= other.starts for one, other in pairs)
        assert all(piece.starts < piece.ends <= focus._moved(piece.starts, LONGEST) for piece in ended)
        assert 0 <= focus.worked(clock.pieces, at(now)) <= len(clock.pieces) * LONGEST.total_seconds()


@given(some.integers(0, 120), some.integers(1, 120), some.integers(0, 120), some.integers(0, 300))
@settings(max_examples=100)
def test_saying_when_it_began_moves_time_and_makes_none(first: int, ran: int, runs: int, ago: int) -> None:
    """The sum of two pieces that touch is kept, and no more is taken than the one before ran."""
    clock = Clock()
    clock.start(1, at(first))
    clock.start(2, at(first + ran))
    now = at(first + ran + runs)
    before = clock.covered(now)
    clock.began(ago, now)
    assert clock.covered(now) == before
    assert clock.running is not None
    assert clock.running.starts == max(at(first), min(at(first + ran + runs - ago), now))


def test_a_clock_that_is_corrected_by_some_minutes_costs_no_more_than_those() -> None:
    clock = Clock()
    clock.start(1, at(0))
    clock.start(2, at(10))
    clock.start(3, at(20))
    clock.start(4, at(5))
    assert clock.running == Piece(2, 4, at(20), None)
    clock.stop(at(30))
    assert (clock.pieces[-1].starts, clock.pieces[-1].ends) == (at(20), at(30))


def test_it_began_before_anything_ran() -> None:
    clock = Clock()
    clock.start(1, at(30))
    clock.began(12, at(31))
    assert clock.pieces == [Piece(0, 1, at(19), None)]


def test_time_between_two_pieces_is_taken_before_that_of_the_other() -> None:
    clock = Clock()
    clock.start(1, at(0))
    clock.stop(at(10))
    clock.start(2, at(20))
    clock.began(5, at(20))
    assert [(piece.starts, piece.ends) for piece in clock.pieces] == [(at(0), at(10)), (at(15), None)]
    clock.began(12, at(20))
    assert [(piece.starts, piece.ends) for piece in clock.pieces] == [(at(0), at(8)), (at(8), None)]


@given(some.integers(0, 60), some.integers(1, 60), some.integers(0, 90), some.integers(1, 60), some.booleans())
@settings(max_examples=100)
def test_a_gap_taken_out_leaves_the_rest(start: int, length: int, gap: int, wide: int, running: bool) -> None:
    piece = Piece(1, 1, at(start), None if running else at(start + length))
    end = start + length
    left = focus.without(piece, at(gap), at(gap + wide))
    minutes = {m for starts, ends in left for m in range(200) if starts <= at(m) < (ends or at(end))}
    assert minutes >= {m for m in range(start, end) if not gap <= m < gap + wide} - (
        set() if left else set(range(200))
    )
    assert not minutes & set(range(gap, min(gap + wide, end)))
    assert all(ends is None or starts < ends for starts, ends in left)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("12", 12), ("12m", 12), (" 12 min ago", 12), ("90 minutes", 90), ("1h", 60), ("1h30m", 90), ("1 h 5 min", 65)],
)
def test_how_long_ago_is_understood(typed: str, minutes: int) -> None:
    assert focus.ago(typed) == minutes


@pytest.mark.parametrize("typed", ["", "m", "soon", "-5", "1.5", "12 men", "99999"])
def test_and_nothing_else_is(typed: str) -> None:
    assert focus.ago(typed) is None


def test_the_words_for_it() -> None:
    assert focus.clock_text(4 * 60 + 31) == "0:04:31"
    assert focus.clock_text(36_000) == "10:00:00"
    pieces = [Piece(1, 1, at(0), at(30)), Piece(2, 1, at(60), at(70)), Piece(3, 1, at(80), None)]
    assert focus.worked_text(pieces, at(87)) == "worked 47 min, 3 times"
    assert focus.worked_text(pieces[:1], at(0)) == "worked 30 min"
    assert focus.worked_text([Piece(1, 1, at(0), at(120))], at(0)) == "worked 2 h"
    assert focus.worked_text([], at(0)) == ""
