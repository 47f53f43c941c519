"""Walking through guides: what is written down, what is undone, and what stays with request, person and guide."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deskmate.domain.capture import Capture
from deskmate.domain.commands import AddPerson, BackTo, MergePeople, Redo, Resolve, TakeNow, Undo
from deskmate.domain.guide_record import lines
from deskmate.domain.guiding import (
    ArchiveGuide,
    DropWalk,
    EndWalk,
    GoOnWalk,
    GoToStep,
    MarkStep,
    NoteStep,
    PauseWalk,
    PublishGuide,
    SaveGuide,
    StartWalk,
)
from deskmate.domain.request import Refused
from deskmate.domain.timeline import Event
from deskmate.domain.walk import StepVerdict, Walk, WalkMode, WalkOutcome
from deskmate.services.desk import Desk
from deskmate.store.read import focus, guides, walks
from deskmate.store.read.context import context
from deskmate.store.read.detail import detail
from tests.support.desks import assert_sound, line, opened
from tests.support.guides import VPN, written

DONE, TOGETHER, FAILED, SKIPPED = StepVerdict
SOLVED = WalkOutcome.SOLVED


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as desk:
        desk.run(AddPerson({"name": "Ana Weber"}))
        desk.capture(line("VPN drops every hour", requester="Ana Weber", person_id=1, known=True))
        desk.capture(line("Printer jams"))
        yield desk
        assert_sound(desk.writer.conn)


def begun(desk: Desk, request: int | None = 1) -> int:
    found = guides.named(desk.writer.conn, "connect to the vpn")
    return desk.run(StartWalk(found[0][0] if found else written(desk), request)).made


def the(desk: Desk, key: int) -> Walk:
    found = walks.walk(desk.writer.conn, key)
    assert found is not None
    return found


def timeless(walk: Walk) -> Walk:
    return replace(walk, since=None, spent=0)


def told(desk: Desk, number: int = 1) -> list[str]:
    found = detail(desk.writer.conn, number)
    assert found is not None
    return [entry.text for entry in found.entries if isinstance(entry, Event)]


def test_the_result_lands_on_the_request_and_with_the_person(desk: Desk) -> None:
    key = begun(desk)
    assert (the(desk, key).request, the(desk, key).person) == (1, 1)
    desk.run(MarkStep(key, DONE))
    desk.run(NoteStep(key, "the old client"))
    desk.run(MarkStep(key, FAILED, branch=1))
    for _ in range(3):
        desk.run(MarkStep(key, DONE))
    outcome = desk.run(EndWalk(key, SOLVED, "restart first"))
    assert outcome.requests == (1,)
    assert told(desk)[-4:] == [
        "walking through “Connect to the VPN”",
        "“Connect to the VPN” failed at 2 Type your name {name} and the code {cod…: It says the code is wrong."
        " the old client",
        f"walked through {outcome.label}",
        "Ana Weber has done “Connect to the VPN” alone",
    ]
    assert outcome.label.endswith("step 2 failed. restart first")
    (record,) = walks.of_person(desk.writer.conn, 1)
    assert (record.title, record.how) == ("Connect to the VPN", WalkMode.ALONE)
    assert lines(walks.figures(desk.writer.conn, record.guide))[::2] == [
        "used 1, works 1 of 1",
        "step 2 fails in 1 of 1",
    ]
    assert walks.usage(desk.writer.conn) == {record.guide: (1, 1)}


def test_each_is_one_step_of_undo(desk: Desk) -> None:
    key = begun(desk)
    before = [the(desk, key)]
    for command in (
        MarkStep(key, TOGETHER, "with the mouse"),
        MarkStep(key, SKIPPED),
        GoToStep(key, "s1"),
        NoteStep(key, "again"),
        MarkStep(key, FAILED),
        EndWalk(key, WalkOutcome.FAILED),
    ):
        desk.run(command)
        before.append(the(desk, key))
    last = before.pop()
    while before:
        desk.run(Undo())
        assert timeless(the(desk, key)) == timeless(before.pop())
        # Time that stood meanwhile is no step of its own, and keeps nothing from being undone or done again.
        desk.run(PauseWalk(key))
        desk.run(GoOnWalk(key))
    assert [each for each in told(desk) if "“" in each] == ["walking through “Connect to the VPN”"]
    for _ in range(6):
        desk.run(Redo())
    assert timeless(the(desk, key)) == timeless(last)
    assert the(desk, key).since is None
    desk.run(Undo())
    desk.run(DropWalk(key))
    assert walks.walk(desk.writer.conn, key) is None
    desk.run(Undo())
    assert the(desk, key).outcome is None


def test_what_is_walked_is_what_was_published_when_it_began(desk: Desk) -> None:
    draft = desk.run(SaveGuide(VPN)).made
    with pytest.raises(Refused, match="is a draft still"):
        desk.run(StartWalk(draft))
    desk.run(PublishGuide(draft))
    key = desk.run(StartWalk(draft, 1)).made
    desk.run(SaveGuide(VPN.__class__(VPN.title, steps=VPN.steps[::-1]), draft))
    desk.run(PublishGuide(draft))
    assert the(desk, key).content == VPN
    again = desk.run(StartWalk(draft, 1))
    assert (again.seq, again.made) == (0, key), "it goes on"
    other = the(desk, desk.run(StartWalk(draft, 2)).made)
    assert (other.step, other.guide.revision) == ("s3", 2)
    assert desk.run(StartWalk(draft)).made not in (key, other.id)
    desk.run(Resolve((2,)))
    desk.run(EndWalk(other.id, SOLVED))
    with pytest.raises(Refused, match="D-2 is resolved"):
        desk.run(StartWalk(draft, 2))
    desk.run(ArchiveGuide(draft))
    with pytest.raises(Refused, match="put aside"):
        desk.run(StartWalk(draft, person=1))
    with pytest.raises(Refused, match="has ended"):
        desk.run(MarkStep(other.id, DONE))


def test_an_interruption_lets_its_time_stand(desk: Desk) -> None:
    key = begun(desk)
    place = json.dumps({"over": {"panel": "walk", "walk": key}})
    desk.run(TakeNow(Capture("mail is down"), "", place, 1))
    stood = the(desk, key)
    assert stood.since is None
    assert stood.spent > 0
    for _ in range(40):
        desk.clock()
    (frame,) = focus.stack(desk.writer.conn)
    desk.run(BackTo(frame.id))
    desk.run(GoOnWalk(key))
    assert the(desk, key).since is not None
    assert the(desk, key).spent == stood.spent
    desk.run(MarkStep(key, DONE))
    assert the(desk, key).steps[0].seconds < stood.spent + 10
    for _step in range(2):
        desk.run(MarkStep(key, DONE))
    desk.run(GoOnWalk(key))
    assert the(desk, key).since is None, "past the last step no time runs"


def test_a_card_that_is_merged_takes_its_record_along(desk: Desk) -> None:
    guide = written(desk)
    desk.run(AddPerson({"name": "A. Weber", "email": "ana@example.org"}))
    for person, mode in ((2, WalkMode.TOGETHER), (1, WalkMode.FOR_THEM)):
        desk.run(EndWalk(desk.run(StartWalk(guide, None, person, mode)).made, SOLVED))
    conn = desk.writer.conn
    assert (len(walks.of_person(conn, 2)), walks.of_person(conn, 1)) == (1, ()), "done for her, she has not done it"
    desk.run(MergePeople(1, 2))
    assert [each.how for each in walks.of_person(conn, 1)] == [WalkMode.TOGETHER]
    desk.run(Undo())
    assert walks.of_person(conn, 1) == ()


def test_nothing_is_looked_for_in_all_walks(desk: Desk) -> None:
    key = begun(desk)
    desk.run(MarkStep(key, DONE))
    conn = desk.writer.conn
    seen: list[str] = []
    conn.set_trace_callback(seen.append)
    try:
        walks.walk(conn, key)
        walks.open_walks(conn)
        walks.open_of(conn, 1, 1, None)
        walks.of_request(conn, 1)
        walks.going_on(conn, 1)
        walks.of_person(conn, 1)
        walks.figures(conn, 1)
        detail(conn, 1)
        context(conn, 1)
    finally:
        conn.set_trace_callback(None)
    for sql in (each for each in seen if "walk" in each):
        plan = [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}")]
        scans = [step for step in plan if step.startswith("SCAN") and "walk_open" not in step]
        assert not scans, (sql, plan)
