"""Promises and checking back, on real files: each change one step of undo, and what it does to the lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskmate.domain.commands import Drop, Outcome, Redo, Resolve, Say, Undo
from deskmate.domain.promise import Fate, Promise, Rate, rate
from deskmate.domain.promising import DropPromise, Feedback, KeepPromise, MakePromise, MovePromise
from deskmate.domain.request import Refused
from deskmate.domain.status import DropReason
from deskmate.services.desk import Desk
from deskmate.store.read import promises
from deskmate.store.read.detail import detail
from tests.support.desks import assert_sound, line, opened

TEN, NOON, PAST = "2026-11-20T10:00:00.000Z", "2026-11-20T12:00:00.000Z", "2026-11-20T08:00:00.000Z"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path / "data") as desk:
        desk.capture(line("printer jams", requester="Ada"))
        desk.capture(line("no network"))
        yield desk
        assert_sound(desk.writer.conn)


def of(desk: Desk, number: int = 1) -> list[tuple[str, str, str, int]]:
    sql = "SELECT text, due_at, state, moved FROM promise WHERE request_id = ? AND void = 0 ORDER BY id"
    return desk.writer.conn.execute(sql, (number,)).fetchall()


def due(desk: Desk, number: int = 1) -> tuple[str | None, str | None, str | None]:
    sql = "SELECT due_at, due_kind, promised_at FROM request WHERE id = ?"
    found: tuple[str | None, str | None, str | None] = desk.writer.conn.execute(sql, (number,)).fetchone()
    return found


def test_a_promise_is_made_moved_kept_and_taken_back_step_by_step(desk: Desk) -> None:
    made = desk.run(MakePromise((1,), NOON, "call\x1b back\nsoon"))
    assert "promised" in made.label
    text, *rest = of(desk)[0]
    assert rest == [NOON, "open", 0]
    assert text.isprintable()
    assert due(desk) == (NOON, "p", NOON)
    desk.run(MakePromise((1, 2), TEN))
    assert of(desk, 2) == [("word by then", TEN, "open", 0)]
    assert due(desk) == (TEN, "p", TEN), "the sooner one binds"
    desk.run(MovePromise((1,), "2026-11-20T13:00:00.000Z"))
    assert [each[1:] for each in of(desk)] == [(NOON, "open", 0), ("2026-11-20T13:00:00.000Z", "open", 1)]
    desk.run(KeepPromise((1,)))
    assert [each[2] for each in of(desk)] == ["kept", "open"], "the next one is the one that was kept"
    desk.run(DropPromise((1,)))
    assert [each[2] for each in of(desk)] == ["kept", "dropped"]
    assert due(desk) == (None, None, None)
    for _ in range(5):
        desk.run(Undo())
    assert of(desk) == of(desk, 2) == []
    for _ in range(5):
        desk.run(Redo())
    assert [each[2] for each in of(desk)] == ["kept", "dropped"]


def test_what_can_not_be_promised_says_why(desk: Desk) -> None:
    for command in (MakePromise((1,), PAST), KeepPromise((1,)), MovePromise((1,), NOON), DropPromise((1,))):
        with pytest.raises(Refused):
            desk.run(command)
    desk.run(MakePromise((1,), NOON))
    for until in (PAST, NOON):
        with pytest.raises(Refused):
            desk.run(MovePromise((1,), until))
    assert of(desk) == [("word by then", NOON, "open", 0)]


@pytest.mark.parametrize(
    ("fate", "state"), [(None, "open"), (Fate.MOVE, "open"), (Fate.KEEP, "kept"), (Fate.DROP, "dropped")]
)
def test_resolving_over_a_promise(desk: Desk, fate: Fate | None, state: str) -> None:
    desk.run(MakePromise((1,), NOON))
    desk.run(Resolve((1, 2), promises=fate))
    assert [each[2] for each in of(desk)] == [state]
    assert due(desk)[2] == (NOON if state == "open" else None), "an open promise is due still"
    desk.run(Undo())
    assert [each[2] for each in of(desk)] == ["open"]


def test_the_facts_of_a_promise_are_read_in_the_timeline(desk: Desk) -> None:
    desk.run(MakePromise((1,), NOON, "call"))
    desk.run(Resolve((1,), promises=Fate.KEEP))
    found = detail(desk.writer.conn, 1)
    assert found is not None
    said = [entry.text for entry in found.entries]
    assert f"promised {NOON}: call" in said
    assert "promise kept: call" in said


def test_checking_back_asks_once_and_takes_the_answer_down(desk: Desk) -> None:
    def check_at() -> str | None:
        found: tuple[str | None] = desk.writer.conn.execute("SELECT check_at FROM request WHERE id = 1").fetchone()
        return found[0]

    soon = "2026-11-20T09:00:08.000Z"
    desk.run(Resolve((1,), check_at=soon))
    assert check_at() == soon
    desk.run(Say((1,), "still fine?"))
    assert check_at() == soon, "it was too early to ask"
    while desk.clock() < soon:
        pass
    desk.run(Say((1,), "does it work?"))
    assert check_at() is None
    desk.run(Undo())
    assert check_at() == soon
    assert "4 of 5" in desk.run(Feedback((1,), 4, "works")).label
    assert check_at() is None
    found = promises.check_back(desk.writer.conn, 1)
    assert found is not None
    assert (found.score, found.line) == (4, "works")
    status = desk.writer.conn.execute("SELECT status FROM request WHERE id = 1").fetchone()
    assert status == ("resolved",)
    desk.run(Undo())
    assert check_at() == soon


def test_feedback_needs_a_served_request_and_a_number_from_1_to_5(desk: Desk) -> None:
    def refused(command: Feedback) -> bool:
        try:
            outcome: Outcome = desk.run(command)
        except Refused:
            return True
        return not outcome.requests

    assert refused(Feedback((1,), 4))
    desk.run(Resolve((1,)))
    desk.run(Drop((2,), DropReason.SPAM))
    assert all(map(refused, (Feedback((1,), 0), Feedback((1,), 6), Feedback((2,), 3))))
    assert not refused(Feedback((1,), 5)), "whoever says so unasked is heard, too"


def test_the_rate_counts_what_ended_and_what_is_open(desk: Desk) -> None:
    desk.run(MakePromise((1,), NOON))
    desk.run(KeepPromise((1,)))
    desk.run(MakePromise((1, 2), NOON))
    desk.run(DropPromise((2,)))
    assert promises.rated(desk.writer.conn, PAST) == Rate(on_time=1, dropped=1, open=1)
    assert promises.rated(desk.writer.conn, NOON) == Rate(open=1), "what ended before does not count"
    assert [(each.request, who) for each, who, _title in promises.all_open(desk.writer.conn)] == [(1, "Ada")]


def test_a_promise_kept_after_its_date_is_late() -> None:
    from dataclasses import replace

    from deskmate.domain.promise import keep

    promise = Promise(1, 1, "", "call", TEN, PAST)
    assert rate([keep(promise, TEN), keep(promise, NOON), replace(promise)]) == Rate(on_time=1, late=1, open=1)
    assert Rate().kept is None
    assert Rate(on_time=3, late=1).kept == 0.75


def test_nobody_told_anything_for_too_long_is_a_loose_end(desk: Desk) -> None:
    def quiet(number: int) -> str | None:
        found = desk.writer.conn.execute("SELECT quiet_at FROM request WHERE id = ?", (number,)).fetchone()
        return found[0] and str(found[0])[:10]

    assert (quiet(1), quiet(2)) == ("2026-11-25", None), "a Friday; nobody asked for the other one"
    desk.run(MakePromise((1,), "2026-12-24T12:00:00.000Z"))
    assert quiet(1) == "2026-11-25"
    desk.run(Resolve((1,)))
    assert quiet(1) is None
    desk.run(Undo())
    assert quiet(1) == "2026-11-25"
