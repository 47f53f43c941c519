"""What is announced in which state of the door, in which words, and when the clock counts as moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from deskmate.config import TERMINAL
from deskmate.domain.attention import (
    MOVED,
    Announcement,
    Kind,
    Reminder,
    Watch,
    announcement,
    length,
    may_come,
    missed_text,
)
from deskmate.domain.breakthrough import Rule
from deskmate.domain.hours import State
from deskmate.tui.reminders import sequence

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
DUE = "2026-11-20T09:22:00.000Z"
RULES = (Rule(1, "P1", "priority"), Rule(2, "VIP", "vip"), Rule(3, "outage", "words", words="server down"))
PLAIN = Reminder(Kind.SOON, 17, "Printer jams", 3, of=DUE)
URGENT = Reminder(Kind.P1, 47, "Nobody can log in", 1)


def said(*reminders: Reminder, state: State = State.OPEN, moved: timedelta = timedelta(0)) -> Announcement:
    return announcement(reminders, state, NOW, moved, len(reminders))


@pytest.mark.parametrize(
    ("reminder", "states"),
    [
        (PLAIN, {State.OPEN}),
        (Reminder(Kind.OVERDUE, 17, "x", 1, of=DUE), set(State) - {State.CLEAR}),
        (Reminder(Kind.OVERDUE, 17, "x", 2, vip=True, of=DUE), {State.OPEN, State.DND, State.AWAY}),
        (Reminder(Kind.WOKEN, 17, "The server down again", 2, of=DUE), {State.OPEN, State.DND, State.AWAY}),
        (Reminder(Kind.THROUGH, 17, "x", 4, of="7", rule="again"), {State.OPEN, State.DND, State.AWAY}),
        (URGENT, set(State) - {State.CLEAR}),
        (Reminder(Kind.CHECKLIST, 1, "Is the server down", of="2026-11-20T00:00"), {State.OPEN}),
    ],
)
def test_the_door_decides(reminder: Reminder, states: set[State]) -> None:
    assert {state for state in set(State) - {State.CLEAR} if may_come(reminder, state, RULES)} == states


def test_without_a_rule_for_it_p1_is_held_too_while_the_door_is_shut() -> None:
    assert not may_come(Reminder(Kind.SOON, 17, "x", 1, of=DUE), State.DND, ())
    assert may_come(Reminder(Kind.SOON, 17, "x", 1, of=DUE), State.CLOSED, ())


@pytest.mark.parametrize(
    ("reminder", "words"),
    [
        (URGENT, "P1 D-47 Nobody can log in"),
        (PLAIN, "D-17 is due in 22 min: Printer jams"),
        (Reminder(Kind.SOON, 17, "x", of=DUE, letter="r"), "first answer to D-17 is due in 22 min: x"),
        (Reminder(Kind.SOON, 17, "x", of=DUE, letter="n"), "D-17 is needed in 22 min: x"),
        (Reminder(Kind.OVERDUE, 17, "x", of=DUE, letter="n"), "D-17 was needed by now: x"),
        (Reminder(Kind.OVERDUE, 17, "x", of=DUE, letter="p"), "promise for D-17 is overdue: x"),
        (Reminder(Kind.WOKEN, 17, "x\x1b[2Jy", of=DUE), "D-17 is back: x␛[2Jy"),
        (Reminder(Kind.CHECKLIST, 1, "Morning look", of="2026-11-20T00:00"), "Morning look is due"),
        (Reminder(Kind.CHECK, 17, "", of=DUE), "D-17, ask whether it works now: (untitled)"),
        (Reminder(Kind.THROUGH, 17, "x", of="7", rule="VIP"), "D-17 came through (VIP): x"),
    ],
)
def test_one_is_named(reminder: Reminder, words: str) -> None:
    assert said(reminder).text == words


def test_several_are_counted_and_a_single_p1_is_named_all_the_same() -> None:
    late = Reminder(Kind.OVERDUE, 3, "x", 2, of=DUE)
    assert said(PLAIN, late, late).text == "2 overdue · 1 due soon"
    assert said(PLAIN, URGENT).text == "P1 D-47 Nobody can log in · 1 due soon"
    assert said(URGENT, URGENT).text == "2 P1"


def test_outside_the_app_a_shut_door_lets_nothing_but_counts_through() -> None:
    assert said(URGENT).notification == "P1 D-47 Nobody can log in"
    for state in (State.DND, State.AWAY):
        assert said(URGENT, state=state).notification == "1 P1"
        assert said(URGENT, state=state).text == "P1 D-47 Nobody can log in"


def test_only_p1_rings() -> None:
    assert said(PLAIN, URGENT).bell
    assert not said(PLAIN, Reminder(Kind.THROUGH, 3, "x", 2, of="7", rule="VIP")).bell


def test_what_is_overdue_takes_being_due_soon_with_it() -> None:
    assert Reminder(Kind.OVERDUE, 17, "x", of=DUE).keys == (f"due:17:{DUE}", f"soon:17:{DUE}")
    assert Reminder(Kind.P1, 47, "x", 1, of="9").keys == ("p1:47", "through:47:9")
    assert (PLAIN.keys, URGENT.keys) == ((f"soon:17:{DUE}",), ("p1:47",))


def test_a_clock_that_moved_is_one_line() -> None:
    four = [Reminder(Kind.OVERDUE, number, "x", of=DUE) for number in (1, 2, 3, 4)]
    text = said(*four, moved=timedelta(days=3)).text
    assert text == "the clock moved 3 days forward; 4 reminders passed meanwhile: D-1, D-2, D-3 and 1 more"
    quiet = announcement((), State.CLOSED, NOW, timedelta(days=3), 1)
    assert (quiet.text, quiet.notification) == ("the clock moved 3 days forward; 1 reminder passed meanwhile", "")
    back = announcement((), State.OPEN, NOW, -timedelta(hours=2), flagged=True).text
    assert back == "the clock moved 2 hours back; the door ignores what was said later"


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (timedelta(seconds=91), "2 minutes"),
        (timedelta(minutes=119), "119 minutes"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=3, minutes=5), "3 days"),
        (timedelta(days=3652), "10 years"),
    ],
)
def test_lengths(of: timedelta, words: str) -> None:
    assert length(of) == words


STEPS = some.lists(some.tuples(some.floats(0, 1e6), some.floats(-1e9, 1e9)), max_size=6)


@given(STEPS)
def test_the_clock_moved_when_it_goes_apart_from_the_steady_one(steps: list[tuple[float, float]]) -> None:
    wall, steady = datetime(2026, 11, 20, tzinfo=UTC), 100.0
    watch = Watch(wall, steady)
    for passed, jump in steps:
        wall, steady = wall + timedelta(seconds=passed + jump), steady + passed
        moved = watch.moved(wall, steady)
        far = abs(jump) > MOVED.total_seconds() + 1e-3
        assert bool(moved) == far or abs(abs(jump) - MOVED.total_seconds()) < 1e-2
        assert not moved or abs(moved.total_seconds() - jump) < 1e-2


def test_a_change_to_summer_time_moves_no_clock() -> None:
    zone = ZoneInfo("Europe/Berlin")
    watch = Watch(datetime(2026, 3, 29, 1, 59, tzinfo=zone), 0.0)
    assert not watch.moved(datetime(2026, 3, 29, 3, 1, tzinfo=zone), 120.0)


@pytest.mark.parametrize("form", TERMINAL)
def test_a_title_steers_no_terminal(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    said = sequence(form, "D-1 x\x1b]0;evil\x07\x9c" + "y" * 500)
    assert said.startswith(f"\x1b]{form.removeprefix('osc')};")
    assert (said.count("\x1b"), said[-2:]) == (2, "\x1b\\")
    assert not {"\x07", "\x9c"} & set(said)
    assert len(said) < 250
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    assert sequence(form, "x") == f"\x1bPtmux;\x1b{sequence_outside(form)}"


def sequence_outside(form: str) -> str:
    """The same without tmux, each escape doubled but the first, which stands before it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("TMUX")
        return sequence(form, "x").replace("\x1b\\", "\x1b\x1b\\") + "\x1b\\"


@pytest.mark.parametrize(
    ("count", "days", "words"),
    [(41, 21, "41 missed in 3 weeks"), (2, 3, "2 missed in 3 days"), (2, 1, ""), (0, 21, "")],
)
def test_an_absence_is_one_line_however_much_was_missed(count: int, days: int, words: str) -> None:
    assert missed_text(count, timedelta(days=days)) == words


def test_what_was_missed_stands_behind_what_is_due() -> None:
    due = [Reminder(Kind.CHECKLIST, key, "x", of="2026-11-20T00:00") for key in (1, 2, 3)]
    found = announcement(due, State.OPEN, NOW, missed="41 missed in 3 weeks")
    assert found.text == "3 checks due, 41 missed in 3 weeks"
