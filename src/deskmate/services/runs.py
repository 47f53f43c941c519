"""Runs of checklists: begun, ticked, finished or skipped, each as one undo step, and on disk when it is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from deskmate.domain import instant
from deskmate.domain import run as rules
from deskmate.domain.capture import Capture
from deskmate.domain.channel import Channel
from deskmate.domain.checklist import Item, Verdict
from deskmate.domain.commands import Outcome
from deskmate.domain.edit import Edits, edit
from deskmate.domain.files import Kept
from deskmate.domain.hours import State, day_text
from deskmate.domain.maintenance import (
    AddEvidence,
    DropRun,
    FinishRun,
    MarkItem,
    ReportFinding,
    SkipRun,
    StartRun,
    SwitchRevision,
)
from deskmate.domain.request import Change, Refused, Request
from deskmate.domain.row import label
from deskmate.domain.run import Result, Run, RunState, Timing
from deskmate.domain.status import ENDED
from deskmate.domain.text import excerpt
from deskmate.domain.values import Wrong, one_line, text
from deskmate.services.workspace import Workspace
from deskmate.store import files
from deskmate.store.read import hours, runs
from deskmate.store.read.detail import attachments
from deskmate.store.write.tables import AttachmentRow, EvidenceRow, NoteRow, OverrideRow, ResultRow, RunRow
from deskmate.store.write.unit_of_work import UnitOfWork

SHOWN = 40
"""Characters of an item that a label repeats."""


def start(workspace: Workspace, command: StartRun, draft: str = "") -> Outcome:
    """Begin a run, or go on with the open one. Raises Refused for an occurrence that has ended already."""
    with workspace.unit_of_work(command.name) as work:
        newest = runs.newest_revision(work.conn, command.checklist)
        if newest is None:
            raise Refused("This checklist is not there any more.", "Nothing was begun.")
        revision, content = newest
        if not content.items:
            raise Refused("There is nothing on this checklist.", "Add an item first.")
        there = _same(work, command)
        if there is not None and there.state is RunState.OPEN:
            return Outcome(0, f"on with {there.checklist.name}, {rules.state_text(there)}", (), made=there.id)
        if there is not None:
            raise Refused(
                f"{there.checklist.name} of {(command.nominal or '')[:10]} is {there.state} already.",
                "Undo opens it again; without its date it is run once more.",
            )
        row = work.add(
            RunRow(
                checklist_id=command.checklist,
                revision_id=revision,
                nominal=command.nominal,
                request_id=command.request,
                started_at=work.clock,
            )
        )
        key = row.id or 0
        begun = _run(work, key)
        what = f"began {begun.checklist.name}"
        if command.request is not None:
            found = work.requests((command.request,))[0]
            _may_begin(found)
            if command.needed_by is not None:
                work.change(edit(found, Edits(needed_by=command.needed_by)))
            work.fact(command.request, "checklist", None, begun.checklist.name)
            what += f" for {label(command.request)}"
        work.drop_draft(draft)
        seq = work.finish(what)
    return Outcome(seq, what, (command.request,) if command.request else (), made=key)


def mark(workspace: Workspace, command: MarkItem, draft: str = "") -> Outcome:
    """Say what came of an item. Raises Refused with what is missing, OutOfOrder where another comes first."""
    with workspace.unit_of_work(command.name) as work:
        run = _run(work, command.run)
        after = rules.mark(
            run, command.item, command.verdict, work.clock, command.value, command.note, jump=command.jump
        )
        _keep(work, run, after)
        _tell(work, run)
        work.drop_draft(draft)
        what = _said(run, after)
        seq = work.finish(what)
    return Outcome(seq, what, ())


def add_evidence(workspace: Workspace, command: AddEvidence, draft: str = "") -> Outcome:
    """Let files that are kept already show what came of an item."""
    for kept in command.files:
        files.check(workspace.folder, kept)
    with workspace.unit_of_work(command.name) as work:
        run = _run(work, command.run)
        item = _item(run, command.item)
        there = {each.digest for each in run.files(item.id)}
        new = {each.digest: each for each in command.files if each.digest not in there}.values()
        if not new:
            raise Refused(f"{excerpt(item.text, SHOWN)} has this file already.")
        for each in new:
            work.add(
                EvidenceRow(
                    run_id=run.id, item=item.id, at=work.clock, name=each.name, size=each.size, digest=each.digest
                )
            )
        work.drop_draft(draft)
        what = f"evidence for {excerpt(item.text, SHOWN)}: {', '.join(each.name for each in new)}"
        seq = work.finish(what)
    return Outcome(seq, what, ())


def report(workspace: Workspace, command: ReportFinding, draft: str = "") -> Outcome:
    """Say that an item failed, and make a request of it or add to the one that is open for it."""
    with workspace.unit_of_work(command.name) as work:
        run = _run(work, command.run)
        item = _item(run, command.item)
        before = run.result(item.id)
        try:
            after = rules.mark(run, item.id, Verdict.FAILED, work.clock, note=command.note, jump=command.jump)
        except rules.OutOfOrder:
            raise
        except Refused:
            if before is None or before.verdict is not Verdict.FAILED:
                raise
            after = before
        there = runs.open_finding(work.conn, run.checklist.id, item.id)
        words = rules.finding_text(run, item, after)
        kept = tuple(Kept(each.name, each.size, each.digest) for each in run.files(item.id))
        if there is None:
            number = _make(work, run, item, words, kept)
            what = f"{_said(run, after)} → {label(number)}"
        elif before is not None and before.verdict is Verdict.FAILED and _leads_to(work, before, there):
            raise Refused(f"{label(there)} is open for it already.", "Nothing was changed.")
        else:
            number = there
            _add_to(work, number, run, item, words, kept)
            what = f"{_said(run, after)} → {label(number)}, which is open for it"
        _keep(work, run, replace(after, finding=number))
        _tell(work, run)
        work.drop_draft(draft)
        seq = work.finish(what)
    return Outcome(seq, what, (number,))


def finish(workspace: Workspace, command: FinishRun, draft: str = "") -> Outcome:
    """Write a run down as done. Raises Refused while items are open, and for a time that has not come."""
    with workspace.unit_of_work(command.name) as work:
        run = _run(work, command.run)
        why = rules.why_not_finish(run)
        if why:
            raise Refused(
                f"{run.checklist.name} is not finished: {why}.", "Every item needs a word, - with a reason."
            )
        counted = command.counted_at or work.clock
        if counted > work.clock:
            raise Refused("It can not have been done at a time that has not come.", "Nothing was changed.")
        nominal = run.nominal or command.count_for
        if nominal != run.nominal and runs.of_occurrence(work.conn, run.checklist.id, nominal or "") is not None:
            raise Refused(f"There is a run for {(nominal or '')[:10]} already.", "Nothing was changed.")
        of = runs.times(work.conn, run.checklist.id, nominal)
        row = work.get(RunRow, run.id)
        assert row is not None
        note, signed = _typed(command.note, "last word"), _typed(command.signed, "name")
        work.edit(
            row,
            state=RunState.DONE,
            ended_at=work.clock,
            counted_at=counted,
            note=note,
            signed=signed,
            nominal=nominal,
        )
        ended = replace(run, state=RunState.DONE)
        what = f"{run.checklist.name} {rules.state_text(ended)}{_when(run, nominal, counted, of)}"
        if run.request is not None:
            work.fact(run.request, "checklist done", None, run.checklist.name)
        if _quiet_again(work, run):
            what += ", back to the hours"
        work.drop_draft(draft)
        seq = work.finish(what)
    return Outcome(seq, what, ())


def skip(workspace: Workspace, command: SkipRun, draft: str = "") -> Outcome:
    """Say that an occurrence is not done, and why; what was ticked of it stays."""
    why = rules.reason(command.reason)
    if not _is_nominal(command.nominal):
        raise Refused(f"“{excerpt(command.nominal, SHOWN)}” is no time a checklist is due.", "Nothing was changed.")
    with workspace.unit_of_work(command.name) as work:
        newest = runs.newest_revision(work.conn, command.checklist)
        if newest is None:
            raise Refused("This checklist is not there any more.", "Nothing was changed.")
        there = runs.of_occurrence(work.conn, command.checklist, command.nominal)
        ended: dict[str, Any] = {
            "state": RunState.SKIPPED,
            "ended_at": work.clock,
            "counted_at": work.clock,
            "note": why,
        }
        if there is None:
            row = work.add(
                RunRow(
                    checklist_id=command.checklist,
                    revision_id=newest[0],
                    nominal=command.nominal,
                    started_at=work.clock,
                    **ended,
                )
            )
        elif there.state is not RunState.OPEN:
            raise Refused(f"{there.checklist.name} of {_day(command.nominal)} is {there.state} already.")
        else:
            found = work.get(RunRow, there.id)
            assert found is not None
            row = found
            work.edit(row, **ended)
        run = _run(work, row.id or 0)
        what = f"skipped {run.checklist.name} of {_day(command.nominal)}: {excerpt(why, SHOWN)}"
        _quiet_again(work, run)
        work.drop_draft(draft)
        seq = work.finish(what)
    return Outcome(seq, what, (), made=run.id)


def drop(workspace: Workspace, command: DropRun, draft: str = "") -> Outcome:
    """Take a run away that was begun by mistake."""
    with workspace.unit_of_work(command.name) as work:
        run = _run(work, command.run)
        row = work.get(RunRow, run.id)
        assert row is not None
        work.edit(row, void=True)
        _tell(work, run)
        _quiet_again(work, run)
        what = f"took the run of {run.checklist.name} away"
        seq = work.finish(what)
    return Outcome(seq, what, ())


def switch_revision(workspace: Workspace, command: SwitchRevision, draft: str = "") -> Outcome:
    """Go on with what is on the list now; what asks for more than before is open again."""
    with workspace.unit_of_work(command.name) as work:
        run = _run(work, command.run)
        newest = runs.newest_revision(work.conn, run.checklist.id)
        row = work.get(RunRow, run.id)
        if run.state is not RunState.OPEN or newest is None or row is None or newest[0] == run.checklist.revision_id:
            raise Refused(f"{run.checklist.name} has no newer revision to go on with.")
        work.edit(row, revision_id=newest[0])
        _tell(work, run)
        switched = replace(run, checklist=replace(run.checklist, content=newest[1]))
        again = 0
        for item in switched.items:
            before = run.result(item.id)
            if before is not None:
                after = rules.carried(item, before, files=bool(run.files(item.id)))
                if after != before:
                    again += after.verdict is None
                    _keep(work, run, after)
        what = f"{run.checklist.name} goes on with its newest revision"
        what += f", {again} to be looked at again" if again else ""
        seq = work.finish(what)
    return Outcome(seq, what, ())


def end_with(work: UnitOfWork, run: Run, *, finish: bool) -> None:
    """The request of a run is resolved: the run is done, with what is open not applicable, or is taken away."""
    row = work.get(RunRow, run.id)
    assert row is not None
    if not finish:
        work.edit(row, void=True)
        return
    why = f"{label(run.request or 0)} was resolved"
    for item in run.open_items:
        noted = run.result(item.id)
        words = noted.note if noted and noted.note else why
        _keep(work, run, rules.mark(run, item.id, Verdict.NOT_APPLICABLE, work.clock, note=words, jump=True))
    work.edit(row, state=RunState.DONE, ended_at=work.clock, counted_at=work.clock)
    work.fact(run.request or 0, "checklist done", None, run.checklist.name)
    _quiet_again(work, run)


# --- of one run ---------------------------------------------------------------------------------------------


def _run(work: UnitOfWork, key: int) -> Run:
    work.flush()
    found = runs.run(work.conn, key)
    if found is None:
        raise Refused("This run is not there any more.", "It was undone or taken away.")
    return found


def _same(work: UnitOfWork, command: StartRun) -> Run | None:
    """The run that a command would begin once more."""
    if command.nominal is not None:
        return runs.of_occurrence(work.conn, command.checklist, command.nominal)
    if command.request is not None:
        found = runs.of_request(work.conn, command.request)
        return next((each for each in found if each.checklist.id == command.checklist and _open(each)), None)
    return next(
        (
            each
            for each in runs.open_runs(work.conn)
            if each.checklist.id == command.checklist and each.nominal is None and each.request is None
        ),
        None,
    )


def _open(run: Run) -> bool:
    return run.state is RunState.OPEN


def _item(run: Run, key: int) -> Item:
    item = run.item(key)
    if item is None or run.state is not RunState.OPEN:
        raise Refused("This run has ended." if item else "That is not on this list any more.", "Nothing was changed.")
    return item


def _tell(work: UnitOfWork, run: Run) -> None:
    """Let whoever shows the request of a run know that it went on."""
    if run.request is not None:
        work.fact(run.request, "step")


def _may_begin(found: Request) -> None:
    if found.status in ENDED:
        raise Refused(f"{label(found.number)} is {found.status}, so nothing is begun for it.", "Reopen it first.")


def _keep(work: UnitOfWork, run: Run, after: Result) -> None:
    """Write down what came of an item."""
    key = work.conn.execute(
        "SELECT id FROM result WHERE run_id = ? AND item = ? AND void = 0", (run.id, after.item)
    ).fetchone()
    values: dict[str, Any] = {
        "verdict": after.verdict,
        "value": after.value,
        "note": after.note,
        "at": after.at,
        "finding_id": after.finding,
    }
    if key is None:
        work.add(ResultRow(run_id=run.id, item=after.item, **values))
        return
    row = work.get(ResultRow, key[0])
    assert row is not None
    work.edit(row, **values)


def _said(run: Run, after: Result) -> str:
    """What came of an item, in words."""
    item = run.item(after.item)
    assert item is not None
    name = f"{rules.place_of(run, item.id)} {excerpt(item.text, SHOWN)}"
    value = rules.value_text(item, after.value)
    if after.verdict is None:
        return f"note on {name}" if after.note and run.verdict(item.id) is None else f"open again: {name}"
    said = f"{after.verdict}: {name}{f', {value}' if value else ''}"
    if rules.worth_a_look(item, after.value):
        said += f", {rules.limits_text(item)}"
    return said


def _make(work: UnitOfWork, run: Run, item: Item, words: str, kept: tuple[Kept, ...]) -> int:
    """The request of a failed item. What is known is a note: it may get a requester, who is not to see that."""
    line = Capture(words)
    line.title = line.text = rules.finding_title(run, item)
    line.channel = Channel.SELF
    line.files = kept
    number = work.capture(line, "")
    work.add(NoteRow(request_id=number, at=work.at, text=words))
    work.fact(number, "found", None, rules.found_by(run, item))
    return number


def _add_to(work: UnitOfWork, number: int, run: Run, item: Item, words: str, kept: tuple[Kept, ...]) -> None:
    """It failed again while its request is open: that one gets to know."""
    found = work.requests((number,))[0]
    there = {each.digest for each in attachments(work.conn, [number])}
    for each in kept:
        if each.digest not in there:
            work.add(AttachmentRow(request_id=number, at=work.at, name=each.name, size=each.size, digest=each.digest))
    work.add_note(found, words)
    work.change(Change(found, found, "found", None, rules.found_by(run, item)))


def _leads_to(work: UnitOfWork, result: Result, number: int) -> bool:
    """Whether a result has led to this request, perhaps to one that was merged into it."""
    into: int | None = result.finding
    while into is not None and into != number:
        found = work.conn.execute("SELECT merged_into FROM request WHERE id = ?", (into,)).fetchone()
        into = found[0] if found else None
    return into is not None


def _typed(words: str, what: str) -> str:
    try:
        return text(words) if what == "last word" else one_line(words)
    except Wrong as wrong:
        raise Refused(f"The {what} can not be taken: {wrong}.") from wrong


def _when(run: Run, nominal: str | None, counted: str, of: tuple[str, str, str] | None) -> str:
    """How it stands with the time it is for, in words; nothing where that is not known here."""
    if nominal is None:
        return "" if run.request else f", {Timing.AD_HOC}"
    if of is None:
        return ""
    found = rules.timing(counted, *of)
    return f", {Timing.EARLY if found is Timing.AD_HOC else found}"


def _is_nominal(typed: str) -> bool:
    try:
        instant.from_text(f"{typed}:00.000Z")
    except ValueError:
        return False
    return len(typed) == 16


def _quiet_again(work: UnitOfWork, run: Run) -> bool:
    """End the do-not-disturb of this run, if that is what the door says; whether it was."""
    now = instant.from_text(work.clock)
    said = hours.availability(work.conn, now, work.calendar)
    if said.state is not State.DND or said.private != rules.quiet_words(run.checklist.name):
        return False
    work.add(OverrideRow(at=work.clock, state=State.CLEAR))
    return True


def _day(nominal: str) -> str:
    """The day of a nominal time: ``Tue 15 Dec 2026``."""
    return day_text(date.fromisoformat(nominal[:10]))
