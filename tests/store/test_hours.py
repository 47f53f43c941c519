"""What is said about time, read back: the hours, the switch, the notice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from deskmate.domain import local
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import BUILT_IN, DayHours, Extra, Holiday, Leave, Slot, State, Weekly
from deskmate.store.read import hours
from tests.support.desks import opened


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with opened(tmp_path) as desk:
        yield desk.writer.conn


def test_a_new_desk_has_the_hours_that_are_built_in(conn: sqlite3.Connection) -> None:
    assert hours.hours(conn) == BUILT_IN


def test_all_that_is_said_is_read_and_what_was_undone_is_not(conn: sqlite3.Connection) -> None:
    conn.executescript("""
        UPDATE setting SET value = 'Europe/Berlin' WHERE id = 'zone';
        UPDATE weekly SET void = 1 WHERE weekday > 0;
        INSERT INTO day_hours (day, hours, note) VALUES ('2026-12-31', '09:00-11:00, 12:00-13:00', 'short day');
        INSERT INTO holiday (day, name) VALUES ('2026-12-25', 'Christmas Day');
        INSERT INTO leave (starts, ends, note) VALUES ('2026-08-03', '2026-08-14', 'away'),
          ('2026-11-25T14:00', '2026-11-25T17:00', '');
        INSERT INTO extra (starts, ends, note) VALUES ('2026-11-28T10:00', '2026-11-28T12:00', 'move');
        INSERT INTO slot (starts, ends, every, last, state, reason, public)
          VALUES ('2026-11-24T14:00', '2026-11-24T15:00', 7, '2027-03-01', 'DND', 'patches', 'maintenance');
        INSERT INTO leave (starts, ends, void) VALUES ('2026-09-01', '2026-09-02', 1);
    """)
    found = hours.hours(conn)
    assert found.zone == "Europe/Berlin"
    assert found.weekly == (Weekly(0, 540, 1020),)
    assert found.exceptions == (DayHours(date(2026, 12, 31), ((540, 660), (720, 780)), "short day"),)
    assert found.holidays == (Holiday(date(2026, 12, 25), "Christmas Day"),)
    assert found.leaves == (
        Leave(date(2026, 8, 3), date(2026, 8, 14), "away"),
        Leave(datetime(2026, 11, 25, 14), datetime(2026, 11, 25, 17), ""),
    )
    assert found.extras == (Extra(datetime(2026, 11, 28, 10), datetime(2026, 11, 28, 12), "move"),)
    first, last = datetime(2026, 11, 24, 14), datetime(2026, 11, 24, 15)
    assert found.slots == (Slot(first, last, State.DND, "patches", 7, date(2027, 3, 1), "maintenance"),)


def test_a_zone_that_this_machine_does_not_know_is_said_and_stops_nothing(conn: sqlite3.Connection) -> None:
    assert hours.missing_zone(conn) == ""
    conn.execute("UPDATE setting SET value = 'Mars/Phobos' WHERE id = 'zone'")
    assert hours.missing_zone(conn) == "Mars/Phobos"
    now = local.now()
    assert hours.calendar(conn).opening(now.date()) == Calendar(BUILT_IN).opening(now.date())
    assert hours.availability(conn, now).state


def test_the_newest_word_said_by_hand_counts_while_it_lasts(conn: sqlite3.Connection) -> None:
    conn.executescript("""
        UPDATE setting SET value = 'UTC' WHERE id = 'zone';
        INSERT INTO override (at, state, until, public, private, void) VALUES
          ('2026-11-24T09:00:00.000Z', 'AWAY', '2026-11-24T12:00:00.000Z', 'with a colleague', 'dentist', 0),
          ('2026-11-24T10:00:00.000Z', 'DND', '2026-11-24T10:45:00.000Z', '', '', 0),
          ('2026-11-24T10:10:00.000Z', 'AWAY', '2026-11-24T16:00:00.000Z', '', '', 1);
    """)

    def state(hour: int, minute: int) -> State:
        return hours.availability(conn, datetime(2026, 11, 24, hour, minute, tzinfo=UTC)).state

    assert [state(9, 30), state(10, 30), state(10, 45)] == [State.AWAY, State.DND, State.OPEN]
    away = hours.availability(conn, datetime(2026, 11, 24, 9, 30, tzinfo=UTC))
    assert (away.public, away.private) == ("with a colleague", "dentist")


def test_a_notice_counts_until_its_end_or_until_it_is_taken_down(conn: sqlite3.Connection) -> None:
    conn.executescript("""
        INSERT INTO notice (at, text, until) VALUES
          ('2026-11-24T09:00:00.000Z', 'Mail is down', '2026-11-24T11:00:00.000Z'),
          ('2026-11-24T12:00:00.000Z', 'Moving today', NULL), ('2026-11-24T13:00:00.000Z', '', NULL);
    """)
    texts = [hours.notice(conn, f"2026-11-24T{hour}:30:00.000Z")[0] for hour in ("08", "09", "11", "12", "13")]
    assert texts == ["", "Mail is down", "", "Moving today", ""]
