"""What is said about office time: stored as it was meant, one undo step each, and told before it is done."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskmate.domain import saying_hours
from deskmate.domain.commands import (
    FillHolidays,
    MoveOutOfLeave,
    Park,
    Resolve,
    SayHours,
    SetPriority,
    Undo,
    Wait,
)
from deskmate.domain.hours import BUILT_IN, DAYS, DayHours, Holiday, Hours, Kind, Leave, Slot, State, parse_spans
from deskmate.domain.hours_preview import DueMoves, What
from deskmate.domain.priority import Priority
from deskmate.domain.promising import MakePromise
from deskmate.domain.status import WaitingOn
from deskmate.domain.targets import SetTargets
from deskmate.domain.timeline import Event
from deskmate.domain.values import WrongValues
from deskmate.errors import DeskmateError
from deskmate.services.desk import Desk
from deskmate.store.read import hours
from deskmate.store.read import saying_hours as read
from deskmate.store.read.detail import detail
from tests.support.desks import line, opened, state


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk in Berlin, on Friday 20 November 2026, 10:00 there."""
    with opened(tmp_path) as found:
        found.run(SayHours(Kind.ZONE, {"zone": "Europe/Berlin"}))
        yield found


def said(desk: Desk) -> Hours:
    return hours.hours(desk.writer.conn)


def say(desk: Desk, kind: Kind, key: int | None = None, **fields: str) -> tuple[int, tuple[str, ...]]:
    """Say something; the key of it, and the notes without the one about due dates."""
    outcome = desk.run(SayHours(kind, {"as" if name == "as_" else name: text for name, text in fields.items()}, key))
    return outcome.made, outcome.notes[:-1]


spans = st.lists(
    st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda each: each[0] != each[1]), max_size=3
)
weeks = st.dictionaries(st.sampled_from(DAYS), spans, min_size=1)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(weeks, min_size=1, max_size=3))
def test_a_week_is_stored_as_said_and_undone_as_it_was(
    desk: Desk, weeks: list[dict[str, list[tuple[int, int]]]]
) -> None:
    before: list[Hours] = []
    for week in weeks:
        typed = {
            day: ", ".join(f"{a // 60}:{a % 60:02}-{b // 60}:{b % 60:02}" for a, b in each) or "closed"
            for day, each in week.items()
        }
        was = said(desk)
        try:
            told = desk.preview(SayHours(Kind.WEEK, typed))
        except DeskmateError:  # longer than a day, or like that already
            assert said(desk) == was
            continue
        assert said(desk) == was, "a preview writes nothing"
        done = desk.run(SayHours(Kind.WEEK, typed))
        assert (done.label, done.notes) == (told.label, told.told)
        before.append(was)
        for weekday, day in enumerate(DAYS):
            assert said(desk).on(weekday) == (parse_spans(typed[day]).spans if day in typed else was.on(weekday))
    for was in reversed(before):
        desk.run(Undo())
        assert said(desk) == was


def test_what_is_wrong_is_named_and_the_rest_is_not_taken(desk: Desk) -> None:
    with pytest.raises(WrongValues) as wrong:
        say(desk, Kind.WEEK, Mon="9-12", Tue="9-25", Wed="x")
    assert list(wrong.value.problems) == ["Tue", "Wed"]
    with pytest.raises(WrongValues, match="did you mean Europe/Berlin"):
        say(desk, Kind.ZONE, zone="Berlin")
    with pytest.raises(WrongValues, match="never meets office hours"):
        say(desk, Kind.SLOT, when="sat 10-11")
    with pytest.raises(WrongValues, match="takes all office hours"):
        say(desk, Kind.SLOT, when="mon 0-23:59", every="day")
    assert said(desk) == Hours("Europe/Berlin", BUILT_IN.weekly)


def test_what_can_come_to_nothing_says_so(desk: Desk) -> None:
    over = "Day: Thu 19 Nov 2026 is over already, so only clocks that ran then count it"
    key, notes = say(desk, Kind.DAY, day="19 nov 2026", hours="closed")
    assert notes == (over,)
    assert say(desk, Kind.DAY, key, note="ill")[1] == (), "which was said"
    assert say(desk, Kind.DAY, day="20 nov", hours="9-12")[1] == ()
    assert say(desk, Kind.WEEK, Mon="closed", Tue="closed")[1] == ()
    (never,) = say(desk, Kind.WEEK, Wed="closed", Thu="closed", Fri="closed")[1]
    assert never.startswith("Week: no day has hours any more")


def test_a_date_has_one_set_of_hours(desk: Desk) -> None:
    key, _ = say(desk, Kind.DAY, day="24 dec", hours="closed", note="Christmas Eve")
    again, notes = say(desk, Kind.DAY, day="24 dec", hours="9-12")
    assert (again, notes) == (key, ("it was hours Thu 24 Dec 2026 closed: Christmas Eve",))
    other, _ = say(desk, Kind.DAY, day="31 dec", hours="9-12")
    with pytest.raises(WrongValues, match="hours Thu 24 Dec 2026 09:00-12:00 already"):
        say(desk, Kind.DAY, other, day="24 dec")
    say(desk, Kind.DAY, other, note="short")
    assert said(desk).exceptions == (
        DayHours(date(2026, 12, 24), ((540, 720),)),
        DayHours(date(2026, 12, 31), ((540, 720),), "short"),
    )
    desk.run(SayHours(Kind.DAY, None, key))
    assert [each.day.day for each in said(desk).exceptions] == [31]
    with pytest.raises(DeskmateError, match="not there any more"):
        desk.run(SayHours(Kind.DAY, None, key))
    for _ in range(5):
        desk.run(Undo())
    assert said(desk).exceptions == ()


def test_leave_that_overlaps_is_one(desk: Desk) -> None:
    first, _ = say(desk, Kind.LEAVE, when="2027-08-03 to 2027-08-14", note="sea")
    say(desk, Kind.LEAVE, when="2027-08-20 to 2027-08-22")
    key, notes = say(desk, Kind.LEAVE, when="2027-08-10 to 2027-08-20")
    assert key == first
    assert said(desk).leaves == (Leave(date(2027, 8, 3), date(2027, 8, 22), "sea"),)
    assert "merged into Tue 3 Aug 2027 to Sun 22 Aug 2027" in notes[-1]
    with pytest.raises(DeskmateError, match="like that already"):
        say(desk, Kind.LEAVE, when="2027-08-05")
    desk.run(Undo())
    assert [each.start.day for each in said(desk).leaves] == [3, 20]


def test_a_slot_is_kept_whole(desk: Desk) -> None:
    key, _ = say(desk, Kind.SLOT, when="tue 14-15", every="week", until="2027-01-31", as_="away", reason="mentor")
    assert said(desk).slots == (
        Slot(datetime(2026, 11, 24, 14), datetime(2026, 11, 24, 15), State.AWAY, "mentor", 7, date(2027, 1, 31)),
    )
    say(desk, Kind.SLOT, key, until="", public="with a colleague")
    assert said(desk).slots[0].last is None
    assert said(desk).slots[0].reason == "mentor"


# --- what falls into leave ---------------------------------------------------------------------------------


def test_what_falls_into_leave_is_told_and_moved_as_one_step(desk: Desk) -> None:
    desk.capture(line("order toner"))
    desk.capture(line("ask vendor"))
    desk.capture(line("later than that"))
    desk.capture(line("new monitor"))
    desk.run(Park((1,), "2027-08-04T08:00:00.000Z", "part"))
    desk.run(Wait((2,), WaitingOn.VENDOR, until="2027-08-05T08:00:00.000Z"))
    desk.run(Park((3,), "2027-08-16T08:00:00.000Z"))
    desk.run(MakePromise((3,), "2027-08-13T14:00:00.000Z", "call back", "Ana"))
    desk.run(Resolve((4,), check_at="2027-08-09T07:00:00.000Z"))
    conn = desk.writer.conn
    conn.execute("UPDATE request SET unread = 1 WHERE id = 1")
    for sql in (read._PROMISES, read._ASLEEP, read._CHECKS):
        plan = " ".join(row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}", ("a", "b")))
        assert "SCAN" not in plan, plan
    command = SayHours(Kind.LEAVE, {"when": "2027-08-03 to 2027-08-14"})
    falls = desk.preview(command).falls
    assert [(each.what, each.request, each.who, each.text) for each in falls] == [
        (What.WAKE, 1, "", "order toner"),
        (What.CHASE, 2, "the vendor", "ask vendor"),
        (What.CHECK, 4, "", "new monitor"),
        (What.PROMISE, 3, "Ana", "call back"),
    ]
    leave = desk.run(command).made
    was = state(conn)
    moved = desk.run(MoveOutOfLeave(leave))
    assert (moved.label, moved.requests) == ("moved 4 dates to Mon 16 Aug 2027 09:00", (1, 2, 3, 4))
    opening = "2027-08-16T07:00:00.000Z"
    assert conn.execute("SELECT wake_at FROM request WHERE id < 3").fetchall() == [(opening,)] * 2
    assert conn.execute("SELECT due_at, moved FROM promise").fetchone() == (opening, 1)
    assert conn.execute("SELECT at FROM check_back").fetchone() == (opening,)
    assert conn.execute("SELECT unread FROM request WHERE id = 1").fetchone() == (1,), "nobody has looked at it"
    facts = conn.execute("SELECT kind, new FROM event WHERE seq = ? AND request_id > 2 ORDER BY kind", (moved.seq,))
    assert facts.fetchall() == [("check back moved", opening), ("promise moved", opening)]
    found = detail(conn, 3)
    assert found is not None
    now = datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert "promise moved to 16 Aug 2027" in [each.said(now) for each in found.entries if isinstance(each, Event)]
    with pytest.raises(DeskmateError, match="Nothing falls into this leave"):
        desk.run(MoveOutOfLeave(leave))
    desk.run(Undo())
    assert state(conn) == was
    assert read.falling(conn, Leave(date(2027, 8, 3), date(2027, 8, 14)), hours.calendar(conn)) == falls


# --- public holidays ---------------------------------------------------------------------------------------


def test_holidays_are_copied_once_and_what_was_removed_stays_away(desk: Desk) -> None:
    told = desk.preview(FillHolidays("de", "Berlin"))
    assert told.holidays[0] == Holiday(date(2026, 12, 25), "Erster Weihnachtstag")
    desk.run(FillHolidays("de", "Berlin"))
    assert said(desk).holidays == told.holidays
    assert [hours.setting(desk.writer.conn, key) for key in ("country", "region")] == ["DE", "BE"]
    with pytest.raises(DeskmateError, match="there already"):
        desk.run(FillHolidays("DE", "BE"))
    first, second = read.entries(desk.writer.conn, Kind.HOLIDAY)[:2]
    desk.run(SayHours(Kind.HOLIDAY, None, first.key))
    desk.run(SayHours(Kind.HOLIDAY, {"day": "2027-01-01", "name": "my own"}))
    with pytest.raises(DeskmateError, match="there already") as refusal:
        desk.run(FillHolidays("DE", "BE"))
    assert refusal.value.hint == "Fri 25 Dec 2026 Erster Weihnachtstag was removed here and stays so."
    assert said(desk).holidays[:2] == (second.value, Holiday(date(2027, 1, 1), "my own"))
    for _ in range(3):
        desk.run(Undo())
    assert said(desk).holidays == ()
    desk.run(FillHolidays("DE", "BE"))
    assert said(desk).holidays == told.holidays, "what was undone was not removed"


def test_another_region_takes_the_holidays_of_the_last_one_away(desk: Desk) -> None:
    desk.run(FillHolidays("DE", "BE"))
    say(desk, Kind.HOLIDAY, day="2027-02-01", name="works outing")
    done = desk.run(FillHolidays("DE", "BY"))
    names = {each.name for each in said(desk).holidays}
    assert "Fronleichnam" in names
    assert "Frauentag" not in names
    assert "works outing" in names
    assert done.notes[0] == "3 of DE BE go"
    for wrong, why in ((("DEX", ""), "ountry: “DEX” is not known"), (("DE", "Bayer"), "did you mean Bayern")):
        with pytest.raises(WrongValues, match=why):
            desk.run(FillHolidays(*wrong))


# --- due times ---------------------------------------------------------------------------------------------


def test_every_change_of_office_time_and_its_undo_count_due_times_anew(desk: Desk) -> None:
    """Two P4 requests, to be answered within eight hours: by Monday 23 November, 10:00 in Berlin."""
    for title in ("a", "b"):
        desk.capture(line(title))
    desk.run(SetPriority((1, 2), Priority.P4))
    conn = desk.writer.conn

    def due() -> list[str]:
        return [at[5:16] for (at,) in conn.execute("SELECT due_at FROM request ORDER BY id")]

    before = due()
    assert before == ["11-23T09:00"] * 2
    for command, at in (
        (SayHours(Kind.WEEK, {"Sat": "10-18"}), "11-21T10:00"),
        (SayHours(Kind.DAY, {"day": "23 nov", "hours": "closed"}), "11-24T09:00"),
        (SayHours(Kind.LEAVE, {"when": "mon to tue"}), "11-25T09:00"),
        (SayHours(Kind.EXTRA, {"when": "sun 10-12"}), "11-22T10:00"),
        (SayHours(Kind.HOLIDAY, {"day": "23 nov", "name": "Nikolaus"}), "11-24T09:00"),
        (SayHours(Kind.ZONE, {"zone": "Asia/Tokyo"}), "11-23T08:00"),
    ):
        told = desk.preview(command)
        assert told.moves == DueMoves(4), "to answer and to solve, of two"
        assert due() == before, "a preview writes nothing"
        assert desk.run(command).notes == told.told
        assert due() == [at] * 2
        desk.run(Undo())
        assert due() == before
    slot = SayHours(Kind.SLOT, {"when": "tue 14-15"})
    assert desk.run(slot).notes == ("no due date moves",)


def test_the_moves_are_said_in_words() -> None:
    assert DueMoves().text == "no due date moves"
    assert DueMoves(4, 1).text == "4 due dates move, 1 becomes overdue"
    assert DueMoves(2, 2, 0).text == "2 due dates move, 2 become overdue"


def test_every_value_can_be_said_in_one_line(desk: Desk) -> None:
    say(desk, Kind.LEAVE, when="3 aug to 14 aug", note="sea")
    say(desk, Kind.SLOT, when="tue 14-15", every="2 weeks", reason="patch round")
    assert [saying_hours.spoken(each.value) for each in read.entries(desk.writer.conn)] == [
        "Tue 3 Aug 2027 to Sat 14 Aug 2027: sea",
        "Tue 24 Nov 2026 14:00-15:00, every two weeks, DND: patch round",
    ]


def test_targets_move_what_is_due_and_come_back_with_undo(desk: Desk) -> None:
    number = desk.capture(line("printer"))
    desk.run(SetPriority((number,), Priority.P2))
    due = "SELECT response_due, resolve_due FROM request"
    before = desk.writer.conn.execute(due).fetchone()
    command = SetTargets(Priority.P2, {"response": "10 min", "resolve": "20 min", "clock": "round the clock"})
    told = desk.preview(command)
    assert told.moves == DueMoves(2)
    assert desk.writer.conn.execute(due).fetchone() == before
    done = desk.run(command)
    assert done.label == told.label == "targets of P2: first answer 10 min, solved 20 min, round the clock"
    assert desk.writer.conn.execute(due).fetchone() < before
    with pytest.raises(DeskmateError, match="like that already"):
        desk.run(command)
    with pytest.raises(WrongValues):
        desk.run(SetTargets(Priority.P2, {"resolve": "1 min"}))
    desk.run(Undo())
    assert desk.writer.conn.execute(due).fetchone() == before
