"""Causes, links and merges: what comes of them on both sides, what is refused, and that all of it is taken back,
also on another day by a desk that was opened again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from deskmate.domain.commands import (
    AddNote,
    Command,
    Link,
    Merge,
    OnRequests,
    Redo,
    Reopen,
    Resolve,
    SetCause,
    SetPriority,
    Undo,
    Unmerge,
    Wait,
)
from deskmate.domain.priority import Priority
from deskmate.domain.request import Refused, Request
from deskmate.domain.status import DropReason, Outcome, Status, WaitingOn
from deskmate.domain.timeline import Note
from deskmate.errors import DeskmateError
from deskmate.services.desk import Desk
from deskmate.store.read import problems
from deskmate.store.read.detail import detail
from tests.support.desks import assert_sound, line, opened, ticking

NEXT_DAY = datetime(2026, 11, 21, 16, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Requests 1 to 5, new; 6 resolved."""
    with opened(tmp_path) as desk:
        for title in ("one", "two", "three", "four", "five", "six"):
            desk.capture(line(title))
        desk.run(Resolve((6,)))
        yield desk
        assert_sound(desk.writer.conn)


def of(desk: Desk, number: int) -> Request:
    found = detail(desk.writer.conn, number)
    assert found is not None
    return found.request


def all_of(desk: Desk) -> list[Request]:
    return [of(desk, number) for number in range(1, 7)]


def facts(desk: Desk, number: int) -> list[str]:
    found = detail(desk.writer.conn, number)
    assert found is not None
    return [entry.text for entry in found.entries if not isinstance(entry, Note)]


# Before each, D-2 has the cause "Fuser" and the category "printer", D-1 and D-2 are linked and D-5 is in D-4.
CHANGING: list[OnRequests] = [
    SetCause((1, 3), "Paper"),
    SetCause((2,), ""),
    Link((3, 4), 1),
    Link((1,), 2, remove=True),
    Merge((1, 2), 3),
    Merge((4,), 3),
    Unmerge((5,)),
    Resolve((1, 2), "new fuser", Outcome.WORKAROUND),
]


@pytest.mark.parametrize("command", CHANGING, ids=str)
def test_all_of_it_is_taken_back_and_brought_back_on_another_day(tmp_path: Path, command: OnRequests) -> None:
    with opened(tmp_path) as desk:
        for title in ("one", "two", "three", "four", "five", "six"):
            desk.capture(line(title))
        for earlier in (SetCause((2,), "Fuser"), Link((1,), 2), Merge((5,), 4)):
            desk.run(earlier)
        before = all_of(desk)
        desk.run(command)
        after = all_of(desk)
    assert before != after
    again = Desk(str(tmp_path), actor="test", clock=ticking(NEXT_DAY))
    again.run(Undo())
    assert all_of(again) == before
    again.run(Redo())
    assert all_of(again) == after
    again.run(Undo(command.requests[0]))
    assert all_of(again) == before
    assert_sound(again.writer.conn)
    again.close()


REFUSED: list[tuple[tuple[Command, ...], str]] = [
    ((SetCause((1,), ""),), "D-1 has no cause already."),
    ((SetCause((1,), "x"), SetCause((1,), "X")), "D-1 has this cause already."),
    ((Link((1,), 1),), "D-1 can not be linked to itself."),
    ((Link((1,), 99),), "There is no D-99."),
    ((Link((1,), 2, remove=True),), "D-1 is not linked to D-2."),
    ((Link((1,), 2), Link((2,), 1)), "D-2 is linked already to D-1."),
    ((Merge((1,), 1),), "D-1 can not be merged into itself."),
    ((Merge((1,), 6),), "D-6 is resolved."),
    ((Merge((6,), 1),), "D-6 can not be merged: it is resolved already."),
    ((Merge((1,), 2), Merge((1,), 3)), "D-1 is merged into D-2 already."),
    ((Merge((1,), 2), Merge((2,), 1)), "D-1 was merged into D-2 itself."),
    ((Merge((1,), 2), Reopen((1,))), "D-1 was merged into D-2."),
    ((Merge((1,), 99),), "There is no D-99."),
    ((Unmerge((1,)),), "D-1 is not merged into another."),
]


@pytest.mark.parametrize(("commands", "reason"), REFUSED, ids=lambda value: str(value)[:60])
def test_what_is_refused_says_why_and_changes_nothing(desk: Desk, commands: tuple[Command, ...], reason: str) -> None:
    for command in commands[:-1]:
        desk.run(command)
    before = all_of(desk)
    with pytest.raises(DeskmateError) as refused:
        desk.run(commands[-1])
    assert refused.value.message == reason
    assert all_of(desk) == before


# --- cause --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "then", "kept"), [("Fuser", "fUSER", "Fuser"), ("Ölfilm", "öLFILM", "Ölfilm")])
def test_a_known_cause_keeps_its_spelling(desk: Desk, first: str, then: str, kept: str) -> None:
    desk.run(SetCause((1,), first))
    assert desk.run(SetCause((2,), f" {then} ")).label == f"cause “{kept}” for D-2"
    assert of(desk, 2).cause == kept
    assert problems.with_cause(desk.writer.conn, then if then.isascii() else kept) == [1, 2]


def test_a_problem_is_the_requests_with_one_cause(desk: Desk) -> None:
    conn = desk.writer.conn
    desk.run(SetCause((1, 2, 3, 6), "fuser"))
    desk.run(Resolve((2,)))
    assert problems.with_cause(conn, "Fuser") == [1, 2, 3, 6]
    assert problems.with_cause(conn, "fuser", going_on=True) == [1, 3]
    assert problems.size(conn, "fuser", 100) == (4, 2)
    assert problems.size(conn, "fuser", 3)[0] == 3


def test_recent_causes_of_the_category_come_first(desk: Desk) -> None:
    conn = desk.writer.conn
    for number, cause, category in (
        (1, "paper", "print"),
        (2, "cable", "net"),
        (3, "fuser", "print"),
        (4, "cable", ""),
    ):
        desk.run(SetCause((number,), cause))
        conn.execute("UPDATE request SET category = ? WHERE id = ?", (category or None, number))
    assert problems.recent_causes(conn, "Print") == ["fuser", "paper", "cable"]
    assert problems.recent_causes(conn, None) == ["cable", "fuser", "paper"]


@pytest.mark.parametrize(
    ("read", "index"),
    [
        (lambda conn: problems.with_cause(conn, "x"), "request_cause "),
        (lambda conn: problems.size(conn, "x", 9), "request_cause "),
        (lambda conn: problems.recent_causes(conn, "x"), "request_caused"),
    ],
)
def test_no_read_of_problems_walks_through_the_desk(desk: Desk, read: Any, index: str) -> None:
    seen: list[str] = []
    conn = desk.writer.conn
    conn.set_trace_callback(seen.append)
    read(conn)
    conn.set_trace_callback(None)
    for sql in seen:
        plan = " | ".join(row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}"))
        assert index in f"{plan} ", plan
        assert "TEMP B-TREE" not in plan


# --- link ---------------------------------------------------------------------------------------------------


def test_both_sides_of_a_link_say_so(desk: Desk) -> None:
    assert desk.run(Link((1, 3), 2)).label == "linked D-2 and 2 requests"
    assert [of(desk, number).links for number in (1, 2, 3)] == [(2,), (1, 3), (2,)]
    assert facts(desk, 2)[-1] == "linked: D-1, D-3"
    assert desk.run(Link((2,), 1, remove=True)).label == "unlinked D-1 and D-2"
    assert [of(desk, number).links for number in (1, 2, 3)] == [(), (3,), (2,)]
    assert facts(desk, 1)[-1] == "unlinked: D-2"


# --- merge --------------------------------------------------------------------------------------------------


def test_what_is_merged_is_read_where_it_went(desk: Desk) -> None:
    desk.run(AddNote((1,), "seen at the door"))
    assert desk.run(Merge((1, 2), 3)).label == "merged into D-3: 2 requests"
    merged = of(desk, 1)
    assert (merged.status, merged.drop_reason, merged.merged_into) == (Status.DROPPED, DropReason.MERGED, 3)
    into = detail(desk.writer.conn, 3)
    assert into is not None
    assert into.merged == (1, 2)
    assert "seen at the door" in [entry.text for entry in into.entries]
    assert facts(desk, 1)[-1] == "merged into D-3"
    assert "D-1, D-2 merged into this" in facts(desk, 3)


def test_taken_apart_each_is_what_it_was(desk: Desk) -> None:
    desk.run(AddNote((2,), "open by this"))
    desk.run(Merge((1, 2), 3))
    # However much happened meanwhile, to both.
    desk.run(SetPriority((1,), Priority.P2))
    desk.run(SetPriority((3,), Priority.P1))
    assert desk.run(Unmerge((1, 2))).label == "taken apart again: 2 requests"
    assert [(of(desk, number).status, of(desk, number).merged_into) for number in (1, 2)] == [
        (Status.NEW, None),
        (Status.OPEN, None),
    ]
    assert of(desk, 1).priority is Priority.P2
    assert "D-1, D-2 taken out again" in facts(desk, 3)


def test_one_that_waited_waits_again(desk: Desk) -> None:
    desk.run(Wait((1,), WaitingOn.VENDOR, until="2026-12-01T09:00:00.000Z"))
    before = of(desk, 1)
    desk.run(Merge((1,), 2))
    assert of(desk, 1).waiting_on is None
    desk.run(Unmerge((1,)))
    assert replace(of(desk, 1), version=before.version) == before


def test_a_chain_is_taken_apart_in_one_step_and_the_step_taken_back(desk: Desk) -> None:
    desk.run(Merge((1,), 2))
    desk.run(Merge((2,), 3))
    before = all_of(desk)
    assert before[2].links == ()
    desk.run(Unmerge((1, 2)))
    assert [of(desk, number).status for number in (1, 2)] == [Status.NEW, Status.NEW]
    desk.run(Undo())
    assert all_of(desk) == before


def test_without_what_the_merge_kept_it_is_open_again(desk: Desk) -> None:
    seq = desk.run(Merge((1,), 2)).seq
    desk.writer.conn.execute("DELETE FROM journal_payload WHERE seq = ?", (seq,))
    desk.run(Unmerge((1,)))
    assert (of(desk, 1).status, of(desk, 1).merged_into) == (Status.OPEN, None)
    assert_sound(desk.writer.conn)


# --- outcome ------------------------------------------------------------------------------------------------


def test_resolving_says_how_it_ended_and_reopening_forgets_it(desk: Desk) -> None:
    desk.run(Resolve((1,), "restarted", Outcome.WORKAROUND))
    assert (of(desk, 1).outcome, of(desk, 1).resolution) == (Outcome.WORKAROUND, "restarted")
    assert facts(desk, 1)[-1] == "resolved: workaround: restarted"
    desk.run(Reopen((1,)))
    assert of(desk, 1).outcome is None
    with pytest.raises(Refused):
        desk.run(Reopen((1,)))
