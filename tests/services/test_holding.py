"""What arrives while the door is shut is held, what breaks through is not, and nothing of it is ever lost."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskmate.domain import instant
from deskmate.domain.commands import AddNote, Redo, SendReply, SetAvailability, SetPriority, Undo, Wait
from deskmate.domain.hours import State
from deskmate.domain.priority import Impact, Priority, Urgency
from deskmate.domain.reply import Way
from deskmate.domain.request import Refused
from deskmate.domain.status import WaitingOn
from deskmate.domain.timeline import Event
from deskmate.domain.views import View
from deskmate.services.desk import Desk
from deskmate.store import wake
from deskmate.store.read import queue
from deskmate.store.read.detail import detail
from tests.support.desks import assert_sound, line

START = datetime(2026, 11, 20, 9, tzinfo=UTC)  # a Friday, ten by the local clock, open from nine to five


class Two:
    """A folder that mail comes into, and the technician's seat at it, under one clock."""

    def __init__(self, folder: str) -> None:
        self.moment = START
        self.outside = Desk(folder, actor="mail", clock=self.clock)
        self.seat = Desk(folder, actor="technician", clock=self.clock)
        self.conn = self.seat.writer.conn

    def clock(self) -> str:
        return instant.to_text(self.moment)

    def after(self, **time: float) -> None:
        self.moment += timedelta(**time)
        if wake.is_due(self.conn, self.clock()):
            self.seat.wake()

    def comes(self, title: str, **marks: Any) -> int:
        return self.outside.capture(line(title, text=title, channel="mail", **marks))

    def listed(self, view: View) -> list[int]:
        return [number for piece in queue.ids(self.conn, view) for number in piece]

    def held(self) -> int:
        at = self.clock()
        return int(queue.news(self.conn, at, at, at, 99).held)

    def decisions(self, number: int) -> list[str]:
        found = detail(self.conn, number)
        assert found is not None
        return [
            entry.text
            for entry in found.entries
            if isinstance(entry, Event) and entry.kind in ("held", "let through", "released")
        ]


@contextmanager
def two(folder: str) -> Iterator[Two]:
    desks = Two(folder)
    try:
        yield desks
        assert_sound(desks.conn)
    finally:
        desks.outside.close()
        desks.seat.close()


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Two]:
    with two(str(tmp_path)) as found:
        yield found


def test_of_three_that_arrive_the_p1_breaks_through(desks: Two) -> None:
    desks.seat.run(SetAvailability(State.DND))
    desks.comes("new mouse")
    desks.comes("all of accounting is out", impact=Impact.SEVERAL, urgency=Urgency.STUCK)
    desks.comes("another screen")
    typed = desks.seat.capture(line("somebody stands at the door", channel="mail"))
    assert (desks.listed(View.NOW), desks.listed(View.HELD)) == ([2, typed], [1, 3])
    assert queue.count(desks.conn, View.NEW, 99) == 1
    assert desks.held() == 2
    assert [desks.decisions(number) for number in (1, 2, typed)] == [["held"], ["let through: P1"], []]
    desks.after(minutes=44)
    assert desks.listed(View.NOW) == [2, typed]
    desks.after(minutes=1)
    assert (desks.listed(View.NOW), desks.listed(View.HELD)) == ([2, 1, 3, typed], [1, 3])
    assert desks.decisions(1) == ["held", "released"]
    assert f"captured D-{typed}" in desks.seat.run(Undo()).label, "what the clock did is no step of undo"
    desks.seat.seen(1, opened=False)
    desks.seat.run(SetPriority((3,), Priority.P3))
    assert (desks.held(), desks.listed(View.HELD)) == (0, []), "looked at, or touched"


def test_going_back_to_the_hours_says_what_came_in_meanwhile(desks: Two) -> None:
    desks.seat.run(SetAvailability(State.DND))
    desks.comes("new mouse")
    assert desks.seat.run(SetAvailability()).label.endswith("; 1 came in, see Held")
    desks.seat.seen(1, opened=True)
    desks.seat.run(SetAvailability(State.DND))
    assert "came in" not in desks.seat.run(SetAvailability()).label


def test_each_rule_on_its_desk(desks: Two) -> None:
    desks.seat.run(SetAvailability(State.AWAY))
    desks.conn.execute("INSERT INTO person (name, vip, created_at) VALUES ('R. Haas', 1, ?)", (desks.clock(),))
    star = desks.comes("about my phone", person_id=1)
    outage = desks.comes("Netzausfall im ersten Stock")
    first = desks.comes("mouse", requester="Ana")
    desks.after(minutes=14)
    again = desks.comes("mouse, please!", requester="ana")
    desks.conn.execute("UPDATE rule SET passes = 0 WHERE kind = 'vip'")
    desks.after(minutes=16)
    star_held = desks.comes("my phone again", person_id=1)
    assert [desks.decisions(number)[0] for number in (star, outage, first, again, star_held)] == [
        "let through: VIP",
        "let through: outage",
        "held",
        "let through: again",
        "held: VIP",
    ]


def test_what_is_set_aside_holds_too_and_closing_time_does_not(desks: Two) -> None:
    desks.conn.execute(
        "INSERT INTO slot (starts, ends, every, state) VALUES ('2026-11-13T10:00', '2026-11-13T10:30', 7, 'DND')"
    )
    desks.comes("within")
    desks.after(minutes=30)
    desks.comes("after it")
    desks.after(hours=9)
    desks.comes("in the evening")
    assert [desks.decisions(number) for number in (1, 2, 3)] == [["held", "released"], [], []]


def test_an_answer_is_held_where_it_would_bring_a_request_up(desks: Two) -> None:
    for number in (1, 2):
        desks.seat.capture(line(f"printer {number}", requester=f"Ana {number}"))
    desks.seat.run(Wait((1,), WaitingOn.REQUESTER))
    desks.after(minutes=20)
    desks.seat.run(SetAvailability(State.DND))
    for number in (1, 2):
        desks.outside.receive(number, "it is tray 2", via="mail")
    assert (desks.listed(View.NOW), desks.listed(View.HELD)) == ([2], [1]), "what is in sight stays there"
    desks.after(minutes=20)
    desks.outside.receive(1, "now it smokes: server down", via="mail")
    assert (desks.listed(View.NOW), desks.held()) == ([1, 2], 0)
    assert desks.decisions(1) == ["held", "let through: outage"]
    for _ in range(3):
        desks.outside.run(Undo())
    assert desks.listed(View.NOW) == [2]
    assert desks.listed(View.WAITING) == [1]


def test_whoever_opens_or_answers_it_has_taken_it_up(desks: Two) -> None:
    desks.seat.run(SetAvailability(State.DND))
    for title in ("one", "two", "three"):
        desks.comes(title, requester=title)
    desks.seat.seen(1, opened=False)
    assert desks.listed(View.NOW) == [], "a look at the list opens nothing while the door is shut"
    desks.seat.seen(1)
    desks.seat.run(AddNote((2,), "mine"))
    desks.seat.run(SendReply((3,), "soon", Way.CLIPBOARD))
    assert (desks.listed(View.NOW), desks.listed(View.HELD)) == ([1, 2, 3], [])
    assert desks.decisions(1) == ["held", "released: opened"]
    desks.seat.run(Undo())
    assert (desks.listed(View.NOW), desks.listed(View.HELD)) == ([1, 2], [3]), "as it was before the reply"
    desks.seat.run(Redo())
    assert (desks.listed(View.NOW), desks.listed(View.HELD)) == ([1, 2, 3], [])
    desks.seat.run(Undo())
    desks.after(hours=1)
    assert desks.listed(View.NOW) == [1, 2, 3], "nothing is held any more"


def test_undo_and_redo_of_what_was_held(desks: Two) -> None:
    desks.seat.run(SetAvailability(State.DND))
    desks.comes("mouse")
    desks.seat.run(Undo())
    assert (desks.listed(View.ALL), desks.held()) == ([], 0)
    desks.after(hours=1)
    desks.seat.run(Redo())
    desks.after(seconds=1)
    assert (desks.listed(View.NOW), desks.held()) == ([1], 1)


def test_undo_of_back_to_the_hours_holds_again_what_it_let_go(desks: Two) -> None:
    desks.seat.run(SetAvailability(State.DND))
    for title in ("one", "two", "three"):
        desks.comes(title, requester=title)
    desks.seat.seen(1)
    desks.after(minutes=5)
    for _again in range(2):
        desks.seat.run(SetAvailability())
        desks.after(seconds=1)
        assert (desks.listed(View.NOW), desks.held()) == ([1, 2, 3], 2)
        undone = desks.seat.run(Undo())
        assert undone.label.endswith("; 2 held again")
        assert undone.requests == (2, 3)
        assert (desks.listed(View.NOW), desks.listed(View.HELD)) == ([1], [2, 3])
    assert desks.decisions(2) == ["held", "released", "held", "released", "held"]
    desks.seat.run(Redo())
    desks.after(seconds=1)
    desks.seat.seen(3, opened=False)
    assert desks.seat.run(Undo()).label.endswith("; 1 held again"), "the other was looked at meanwhile"
    assert desks.listed(View.HELD) == [2]
    desks.after(hours=1)
    assert desks.listed(View.NOW) == [1, 2, 3]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from("mmmarpdou"), max_size=24))
def test_nothing_is_lost_and_now_is_in_order_afterwards(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, two(folder) as desks:
        made = 0
        for step in steps:
            if step == "m":
                urgency = Urgency.STUCK if made % 3 else None
                made = desks.comes("mail", requester=f"Ana {made}", impact=Impact.ONE, urgency=urgency)
            elif step == "d":
                desks.seat.run(SetAvailability())
            elif not made:
                continue
            elif step == "a":
                desks.outside.receive(made, "and more", via="mail")
            elif step == "r":
                with suppress(Refused):  # it waits for that already
                    desks.seat.run(Wait((made,), WaitingOn.REQUESTER))
            elif step == "p":
                desks.seat.run(AddNote((made,), "looked into"))
            else:
                desks.seat.seen(made, opened=step == "o")
            desks.after(minutes=16)
        desks.after(hours=3)
        assert desks.conn.execute("SELECT count(*) FROM request WHERE held = 1").fetchone() == (0,)
        found = {one[0]: one for one in queue.rows(desks.conn, range(1, made + 1)).values()}
        waiting = set(desks.listed(View.WAITING))
        order = {1: 0, None: 1, 2: 2, 3: 3, 4: 4}
        expected = sorted(found.keys() - waiting, key=lambda n: (order[found[n][1]], found[n][6] or "9999", n))
        assert desks.listed(View.NOW) == expected
        assert len(waiting) + len(expected) == made
