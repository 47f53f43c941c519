"""The switch on a real folder: what the door says by hand, until when, and that it can be undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskmate.domain import instant
from deskmate.domain.availability import Availability
from deskmate.domain.commands import Redo, SetAvailability, Undo
from deskmate.domain.hours import State
from deskmate.domain.values import WrongValues
from deskmate.errors import DeskmateError
from deskmate.services.desk import Desk
from deskmate.store.read import hours
from tests.support.desks import assert_sound

START = datetime(2026, 11, 20, 9, tzinfo=UTC)  # a Friday, ten by the local clock, open from nine to five


class At:
    """A clock that stands until it is set."""

    moment = START

    def __call__(self) -> str:
        return instant.to_text(self.moment)

    def after(self, **time: float) -> str:
        self.moment += timedelta(**time)
        return self()


@pytest.fixture
def clock() -> At:
    return At()


@pytest.fixture
def desk(tmp_path: Path, clock: At) -> Iterator[Desk]:
    desk = Desk(str(tmp_path), actor="test", clock=clock)
    yield desk
    assert_sound(desk.writer.conn)
    desk.close()


def door(desk: Desk) -> Availability:
    return hours.availability(desk.writer.conn, instant.from_text(desk.clock()))


def slot(conn: sqlite3.Connection, starts: str, ends: str) -> None:
    conn.execute("INSERT INTO slot (starts, ends, state) VALUES (?, ?, 'DND')", (starts, ends))


def test_without_an_end_it_lasts_as_long_as_is_set(desk: Desk, clock: At) -> None:
    tomorrow = SetAvailability(State.DND, instant.to_text(START + timedelta(hours=23)))
    assert desk.run(tomorrow).label == "DND until tomorrow 09:00", "another day is named"
    assert desk.run(SetAvailability(State.DND)).label == "DND until 10:45"
    assert door(desk).until == START + timedelta(minutes=45)
    desk.writer.conn.execute("UPDATE setting SET value = '20' WHERE id = 'dnd_minutes'")
    desk.run(SetAvailability(State.AWAY, public=" with a\ncolleague "))
    assert (door(desk).state, door(desk).public) == (State.AWAY, "with a colleague")
    clock.after(minutes=20)
    assert door(desk).state is State.OPEN, "that it ends does not bring the older one back"


def test_the_switch_turns_whatever_shuts_the_door(desk: Desk) -> None:
    for state, after in ((None, State.DND), (None, State.OPEN), (State.AWAY, State.AWAY), (None, State.OPEN)):
        desk.run(SetAvailability(state))
        assert door(desk).state is after
    with pytest.raises(DeskmateError, match="says what the hours say already"):
        desk.run(SetAvailability(State.CLEAR))


def test_off_opens_the_door_through_what_is_set_aside(desk: Desk) -> None:
    slot(desk.writer.conn, "2026-11-20T09:30", "2026-11-20T11:30")
    assert door(desk).state is State.DND
    assert desk.run(SetAvailability()).label == "back to the hours: OPEN until 17:00, past what is set aside"
    assert (
        desk.run(SetAvailability(State.DND, instant.to_text(START + timedelta(hours=1)))).label == "DND until 11:30"
    )


def test_an_end_that_can_not_be_names_its_field(desk: Desk) -> None:
    with pytest.raises(WrongValues, match=r"Until: .*has passed already") as caught:
        desk.run(SetAvailability(State.DND, instant.to_text(START)))
    assert caught.value.problems.keys() == {"until"}
    with pytest.raises(WrongValues, match="more than 120 days off"):
        desk.run(SetAvailability(State.AWAY, "2099-01-01T00:00:00.000Z"))
    with pytest.raises(WrongValues, match="Say: at most 200 characters"):
        desk.run(SetAvailability(State.AWAY, public="x" * 201))
    assert desk.writer.conn.execute("SELECT count(*) FROM override").fetchone() == (0,)


def test_a_slip_is_undone_and_leaves_no_trace_on_the_door(desk: Desk, clock: At) -> None:
    desk.run(SetAvailability(State.AWAY, instant.to_text(START + timedelta(hours=2))))
    clock.after(minutes=1)
    desk.run(SetAvailability(State.CLEAR))
    desk.run(Undo())
    assert (door(desk).state, door(desk).until) == (State.AWAY, START + timedelta(hours=2))
    desk.run(Undo())
    assert door(desk).state is State.OPEN
    desk.run(Redo())
    desk.run(Redo())
    assert door(desk).state is State.OPEN
