"""Runs on disk: each tick a step of undo, each failure a request once, and nothing done twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from deskmate.domain import commands, instant
from deskmate.domain.checklist import Item, Mode, Verdict, numbered
from deskmate.domain.commands import SayHours, SetAvailability, Undo
from deskmate.domain.files import Kept
from deskmate.domain.hours import Kind, State
from deskmate.domain.maintenance import (
    AddEvidence,
    DropRun,
    FinishRun,
    MarkItem,
    ReportFinding,
    SetSchedule,
    SkipRun,
    StartRun,
    SwitchRevision,
)
from deskmate.domain.request import Refused
from deskmate.domain.run import OutOfOrder, Run, RunState, ahead, quiet_words
from deskmate.domain.status import DropReason, Status
from deskmate.domain.timeline import Note
from deskmate.services.desk import Desk
from deskmate.store import backup, files
from deskmate.store.read import runs
from deskmate.store.read.detail import detail
from tests.services.test_schedules import Clocked
from tests.support.checklists import PATCHES, listed
from tests.support.desks import opened, state, whole

DONE, FAILED, NONE = Verdict.DONE, Verdict.FAILED, Verdict.NOT_APPLICABLE
NOMINAL = "2026-11-20T00:00"
FREE = replace(PATCHES, mode=Mode.ANY_ORDER)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as found:
        yield found


def begun(desk: Desk, nominal: str | None = NOMINAL, **how: object) -> int:
    content = replace(PATCHES, **how) if how else FREE  # type: ignore[arg-type]
    return desk.run(StartRun(listed(desk, content=content), nominal)).made


def of(desk: Desk, key: int) -> Run:
    found = runs.run(desk.writer.conn, key)
    assert found is not None
    return found


def proof(desk: Desk, name: str = "screen.png") -> Kept:
    path = Path(desk.folder) / name
    path.write_bytes(name.encode())
    return files.keep(desk.folder, str(path))


def finished(desk: Desk, key: int) -> None:
    """Tick all that is open, whatever it needs."""
    for item in of(desk, key).open_items:
        desk.run(MarkItem(key, item.id, NONE, note="not here"))


def test_a_run_goes_on_until_it_is_finished_and_is_done_once(desk: Desk) -> None:
    key = begun(desk)
    checklist = of(desk, key).checklist.id
    desk.run(MarkItem(key, 1, DONE))
    again = desk.run(StartRun(checklist, NOMINAL))
    assert (again.made, again.label) == (key, "on with Patch round, 1 of 5 done")
    assert desk.run(StartRun(checklist)).made != key, "ad hoc is another run"
    with pytest.raises(Refused, match="4 items are open, 2 Restore point taken"):
        desk.run(FinishRun(key))
    finished(desk, key)
    assert desk.run(FinishRun(key, "all well", "R. Haas")).label == "Patch round done"
    found = of(desk, key)
    assert (found.state, found.note, found.signed, found.counted_at) == (
        "done",
        "all well",
        "R. Haas",
        found.ended_at,
    )
    with pytest.raises(Refused, match="of 2026-11-20 is done already"):
        desk.run(StartRun(checklist, NOMINAL))
    desk.run(Undo())
    assert of(desk, key).state is RunState.OPEN


def test_each_tick_is_taken_back_alone_and_comes_again(desk: Desk) -> None:
    key = begun(desk)
    before = [of(desk, key)]
    for command in (
        MarkItem(key, 1, DONE),
        MarkItem(key, 3, DONE, "18,5", "D: only"),
        MarkItem(key, 3, FAILED),
        AddEvidence(key, 2, (proof(desk),)),
        MarkItem(key, 4, NONE, note="no lamp"),
        MarkItem(key, 4, None),
    ):
        desk.run(command)
        before.append(of(desk, key))
    assert before[2].results[1].value == "18.5"
    for wanted in reversed(before[:-1]):
        desk.run(Undo())
        assert of(desk, key) == wanted
    for wanted in before[1:]:
        desk.run(commands.Redo())
        assert of(desk, key) == wanted


def test_what_was_refused_leaves_nothing_behind(desk: Desk) -> None:
    key = begun(desk, mode=Mode.IN_ORDER)
    before = whole(desk.writer.conn)
    for command in (
        MarkItem(key, 2, DONE, jump=True),
        MarkItem(key, 3, DONE, "12.345,6", jump=True),
        MarkItem(key, 9, DONE),
        MarkItem(key, 1, NONE),
        AddEvidence(key, 9, (proof(desk),)),
        FinishRun(key),
        StartRun(99),
        SkipRun(of(desk, key).checklist.id, NOMINAL, " "),
        SkipRun(of(desk, key).checklist.id, "tomorrow", "ill"),
        SwitchRevision(key),
    ):
        with pytest.raises(Refused):
            desk.run(command)
    with pytest.raises(OutOfOrder, match="1 Notice sent to all comes first"):
        desk.run(ReportFinding(key, 3))
    assert whole(desk.writer.conn) == before
    desk.run(MarkItem(key, 3, DONE, "30", jump=True))
    assert ahead(of(desk, key), 3)


def test_a_failure_makes_one_request_with_all_that_is_known(desk: Desk) -> None:
    key = begun(desk)
    kept = proof(desk)
    desk.run(AddEvidence(key, 3, (kept,)))
    assert desk.run(MarkItem(key, 3, DONE, "9", "only on C")).label == "failed: 3 Free space, 9 %"
    outcome = desk.run(ReportFinding(key, 3))
    assert outcome.label == "failed: 3 Free space, 9 % → D-1"
    found = detail(desk.writer.conn, 1)
    assert found is not None
    assert (found.request.title, found.request.channel) == ("Patch round: Free space", "self")
    assert found.body == "", "nothing of it is for whoever becomes its requester"
    assert found.entries[0].text.splitlines()[1:] == [
        "Value: 9 %",
        "Limits: 15 or more, better 20 or more",
        "Expected: a fifth on every volume",
        "Note: only on C",
    ]
    assert [each.digest for each in found.attachments] == [kept.digest]
    assert of(desk, key).results[0].finding == 1
    assert runs.found_by(desk.writer.conn, 1) == ((key, 3),)
    with pytest.raises(Refused, match="D-1 is open for it already"):
        desk.run(ReportFinding(key, 3))
    desk.run(Undo())
    assert (state(desk.writer.conn), of(desk, key).results[0].finding) == ({}, None)


def test_the_same_failure_later_adds_to_the_request_while_it_is_open(desk: Desk) -> None:
    first = begun(desk)
    desk.run(ReportFinding(first, 3, "full"))
    checklist = of(desk, first).checklist.id
    second = desk.run(StartRun(checklist, "2026-11-27T00:00")).made
    outcome = desk.run(ReportFinding(second, 3, "still full"))
    assert (outcome.requests, outcome.label) == ((1,), "failed: 3 Free space → D-1, which is open for it")
    found = detail(desk.writer.conn, 1)
    assert found is not None
    notes = [entry.text for entry in found.entries if isinstance(entry, Note)]
    assert [note.splitlines()[-1] for note in notes] == ["Note: full", "Note: still full"]
    other = desk.run(ReportFinding(second, 4)).requests
    assert other == (2,), "another item is another request"
    desk.run(commands.Merge((1,), 2))
    third = desk.run(StartRun(checklist, "2026-12-04T00:00")).made
    assert desk.run(ReportFinding(third, 3)).requests == (2,), "where it went on"
    desk.run(commands.Drop((2,), DropReason.NOTHING))
    fourth = desk.run(StartRun(checklist, "2026-12-11T00:00")).made
    assert desk.run(ReportFinding(fourth, 3)).requests == (3,)


def test_skipped_with_a_reason_keeps_what_was_ticked(desk: Desk) -> None:
    key = begun(desk)
    desk.run(MarkItem(key, 1, DONE))
    checklist = of(desk, key).checklist.id
    desk.run(SkipRun(checklist, NOMINAL, "no window  this week"))
    found = of(desk, key)
    assert (found.state, found.note, found.marked) == ("skipped", "no window this week", 1)
    with pytest.raises(Refused, match="skipped already"):
        desk.run(SkipRun(checklist, NOMINAL, "again"))
    untouched = desk.run(SkipRun(checklist, "2026-11-27T00:00", "ill")).made
    assert of(desk, untouched).state is RunState.SKIPPED


def test_really_done_before_keeps_both_times_and_never_later(desk: Desk) -> None:
    key = begun(desk)
    finished(desk, key)
    now = instant.from_text(desk.clock())
    with pytest.raises(Refused, match="has not come"):
        desk.run(FinishRun(key, counted_at=instant.to_text(now + timedelta(hours=1))))
    was = instant.to_text(now - timedelta(days=1))
    desk.run(FinishRun(key, counted_at=was))
    found = of(desk, key)
    assert found.counted_at == was
    assert (found.ended_at or "") > was


def test_an_ad_hoc_run_may_be_counted_for_a_time_nobody_did(desk: Desk) -> None:
    key = begun(desk, None)
    finished(desk, key)
    checklist = of(desk, key).checklist.id
    desk.run(SkipRun(checklist, NOMINAL, "ill"))
    with pytest.raises(Refused, match="a run for 2026-11-20 already"):
        desk.run(FinishRun(key, count_for=NOMINAL))
    desk.run(FinishRun(key, count_for="2026-11-30T00:00"))
    assert of(desk, key).nominal == "2026-11-30T00:00"


def test_a_newer_revision_takes_the_results_along_by_item(desk: Desk) -> None:
    key = begun(desk)
    desk.run(MarkItem(key, 1, DONE))
    desk.run(MarkItem(key, 3, DONE, "16"))
    first, _proof, space, lamp, last = PATCHES.items
    newer = (last, replace(space, low=17), replace(first, text="Notice sent", evidence=True), lamp, Item("Cables"))
    listed(desk, content=replace(FREE, items=numbered(newer, PATCHES.items)), key=of(desk, key).checklist.id)
    assert of(desk, key).newer == 2
    outcome = desk.run(SwitchRevision(key))
    assert outcome.label == "Patch round goes on with its newest revision, 1 to be looked at again"
    found = of(desk, key)
    assert [item.text for item in found.items] == [
        "Sign block ended", "Free space", "Notice sent", "Lamp at the rack", "Cables"
    ]  # fmt: skip
    assert [(item.id, found.verdict(item.id)) for item in found.items][1:3] == [(3, FAILED), (1, None)]
    desk.run(Undo())
    assert of(desk, key).verdict(3) is DONE


def test_its_do_not_disturb_ends_with_the_run_and_no_other_does(desk: Desk) -> None:
    ends = instant.to_text(instant.from_text(desk.clock()) + timedelta(hours=2))
    key = begun(desk, None)
    finished(desk, key)
    for private, said in ((quiet_words("Patch round"), "ad hoc, back to the hours"), ("", "ad hoc")):
        desk.run(SetAvailability(State.DND, ends, private=private))
        assert desk.run(FinishRun(key)).label == f"Patch round done, {said}"
        standing = "SELECT state FROM override WHERE void = 0 ORDER BY id DESC LIMIT 1"
        assert desk.writer.conn.execute(standing).fetchone() == ("CLEAR" if private else "DND",)
        desk.run(Undo())
        assert desk.writer.conn.execute(standing).fetchone() == ("DND",)
    desk.run(DropRun(key))
    assert runs.run(desk.writer.conn, key) is None
    assert runs.open_runs(desk.writer.conn) == ()


def test_a_backup_takes_evidence_along(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "MIN_FREE", 0)
    kept = proof(desk)
    desk.run(AddEvidence(begun(desk), 2, (kept,)))
    made = backup.backup(desk.folder)
    assert files.content(made, kept) == b"screen.png"


def test_looking_for_runs_walks_indexes_alone(desk: Desk) -> None:
    begun(desk)
    seen: list[str] = []
    desk.writer.conn.set_trace_callback(seen.append)
    try:
        runs.open_runs(desk.writer.conn)
        runs.open_finding(desk.writer.conn, 1, 1)
        runs.of_request(desk.writer.conn, 1)
        runs.found_by(desk.writer.conn, 1)
    finally:
        desk.writer.conn.set_trace_callback(None)
    for sql in seen:
        plan = [row[3] for row in desk.writer.conn.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert not [
            step for step in plan if step.startswith("SCAN") and "USING" not in step and step != "SCAN led"
        ], sql


def test_a_request_that_ended_is_not_waited_for(desk: Desk) -> None:
    key = begun(desk)
    desk.run(ReportFinding(key, 3))
    desk.run(commands.Resolve((1,)))
    assert desk.run(ReportFinding(key, 3)).requests == (2,)
    found = detail(desk.writer.conn, 1)
    assert found is not None
    assert found.request.status is Status.RESOLVED


@pytest.mark.parametrize(
    ("passed", "words"), [(-90, "early"), (30, "on time"), (200, "late")], ids=["early", "on time", "late"]
)
def test_a_run_says_how_it_stands_with_its_time_and_the_next_one_comes(
    tmp_path: Path, passed: int, words: str
) -> None:
    desk = Clocked(str(tmp_path / "clocked"))
    try:
        desk.run(SayHours(Kind.ZONE, {"zone": "Europe/Berlin"}))
        key = listed(desk, content=FREE)
        desk.later(minutes=-180)
        said = {"when": "every working day", "at": "9:00", "lead": "2 h", "grace": "2 h"}
        desk.run(SetSchedule(key, said))
        desk.later(minutes=180 + passed)
        nominal, begins_at = runs.standing(desk.writer.conn, key) or ("", "")
        assert nominal == "2026-11-02T09:00"
        assert begins_at <= desk.clock()
        run = desk.run(StartRun(key, nominal)).made
        finished(desk, run)
        assert desk.run(FinishRun(run)).label == f"Patch round done, {words}"
        assert (runs.standing(desk.writer.conn, key) or ("",))[0] == "2026-11-03T09:00"
        desk.run(Undo())
        assert (runs.standing(desk.writer.conn, key) or ("",))[0] == nominal
    finally:
        desk.close()
