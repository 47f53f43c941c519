"""Walking through guides: begun, marked and ended, each as one undo step and on disk when it is shown."""

from __future__ import annotations

from deskmate.domain import walk as rules
from deskmate.domain.commands import Outcome
from deskmate.domain.guide import Audience, Guide
from deskmate.domain.guiding import (
    DropWalk,
    EndWalk,
    GoOnWalk,
    GoToStep,
    MarkStep,
    NoteStep,
    PauseWalk,
    StartWalk,
)
from deskmate.domain.request import Refused, Request
from deskmate.domain.row import label
from deskmate.domain.status import ENDED
from deskmate.domain.walk import StepVerdict, Walk, WalkMode, WalkOutcome
from deskmate.services.workspace import Workspace
from deskmate.store import walks as clock
from deskmate.store.read import guides, people, walks
from deskmate.store.write.guide_tables import GuideRow, WalkedStepRow, WalkRow
from deskmate.store.write.unit_of_work import UnitOfWork


def start(workspace: Workspace, command: StartWalk, draft: str = "") -> Outcome:
    """Begin with the first step of what was published last, or go on with what goes on for the same request."""
    with workspace.unit_of_work(command.name) as work:
        there = walks.open_of(work.conn, command.guide, command.request, command.person)
        if there is not None:
            return Outcome(0, f"on with {rules.said(there)}", (), made=there.id)
        guide = _published(work, command.guide)
        found = work.requests((command.request,))[0] if command.request is not None else None
        if found is not None and found.status in ENDED:
            raise Refused(f"{label(found.number)} is {found.status}, so nothing is begun for it.", "Reopen it first.")
        person = found.person_id if found is not None else command.person
        begun = rules.begin(guide, work.clock, command.request, person, command.mode)
        row = WalkRow(
            guide_id=guide.id,
            revision_id=guide.revision_id,
            request_id=begun.request,
            person_id=begun.person,
            mode=begun.mode,
            step=begun.step,
            since=begun.since,
            started_at=begun.started_at,
        )
        key = work.add(row).id or 0
        what = f"walking through “{guide.title}”"
        if found is not None:
            work.fact(found.number, "walk", None, guide.title)
            what += f" with {label(found.number)}"
        work.drop_draft(draft)
        seq = work.finish(what)
    return Outcome(seq, what, (command.request,) if command.request else (), made=key)


def mark(workspace: Workspace, command: MarkStep, draft: str = "") -> Outcome:
    """Say what came of the step it is at, and go on."""
    with workspace.unit_of_work(command.name) as work:
        walk = _walk(work, command.walk)
        titles = guides.titles(work.conn, Audience.TECHNICIAN) if command.branch else {}
        after = rules.mark(walk, command.verdict, work.clock, command.note, command.branch, titles)
        entry = after.steps[-1]
        _keep(work, walk, after)
        work.add(
            WalkedStepRow(
                walk_id=walk.id,
                step=entry.step,
                verdict=entry.verdict,
                symptom=entry.symptom,
                seconds=entry.seconds,
                note=entry.note,
                at=entry.at,
            )
        )
        number = _tell(work, walk)
        if number and entry.verdict is StepVerdict.FAILED:
            work.fact(number, "step failed", walk.guide.title, rules.step_text(after, entry))
        if number and after.outcome is not None:
            work.fact(number, "walked", None, rules.result_text(after))
        work.drop_draft(draft)
        what = f"{entry.verdict}: {rules.name_of(walk, entry.step)}"
        if after.outcome is not None:
            what += f"; {after.note}"
        elif after.step != walk.step:
            what += f"; {rules.place_text(after)}"
        seq = work.finish(what)
    return Outcome(seq, what, (number,) if number else (), made=walk.id if after.outcome is None else 0)


def note(workspace: Workspace, command: NoteStep, draft: str = "") -> Outcome:
    """Keep a note on the step it is at."""
    with workspace.unit_of_work(command.name) as work:
        walk = _walk(work, command.walk)
        after = rules.note_step(walk, command.note)
        if after == walk:
            raise Refused("The note says so already.")
        _keep(work, walk, after)
        number = _tell(work, walk)
        work.drop_draft(draft)
        what = f"note on {rules.name_of(walk, walk.step)}"
        seq = work.finish(what)
    return Outcome(seq, what, (number,) if number else ())


def go_to(workspace: Workspace, command: GoToStep, draft: str = "") -> Outcome:
    """Go to another step."""
    with workspace.unit_of_work(command.name) as work:
        walk = _walk(work, command.walk)
        after = rules.go_to(walk, command.step, work.clock)
        _keep(work, walk, after)
        number = _tell(work, walk)
        what = f"at {rules.name_of(after, after.step)}"
        seq = work.finish(what)
    return Outcome(seq, what, (number,) if number else (), made=walk.id)


def end(workspace: Workspace, command: EndWalk, draft: str = "") -> Outcome:
    """Write down what came of it: with the request it was for, and with the person who has done it."""
    with workspace.unit_of_work(command.name) as work:
        walk = _walk(work, command.walk)
        after = rules.finish(walk, command.outcome, work.clock, command.note, command.mode)
        found = work.requests((walk.request,))[0] if walk.request is not None else None
        row = _row(work, walk.id)
        if row.since is None:
            # Undone, it may run again by the time it is redone: this makes redo let it stand, too.
            work.edit(row, since=work.clock)
            work.flush()
        _keep(work, walk, after)
        if found is not None:
            work.edit(row, person_id=walk.person or found.person_id)
            work.fact(found.number, "walked", None, rules.result_text(after))
            if after.outcome is WalkOutcome.SOLVED and (done := _has_done(work, after, found)):
                work.fact(found.number, "has done", None, done)
        work.drop_draft(draft)
        what = rules.result_text(after)
        seq = work.finish(what)
    return Outcome(seq, what, (walk.request,) if walk.request else (), made=walk.id)


def drop(workspace: Workspace, command: DropWalk, draft: str = "") -> Outcome:
    """Take one away that was begun by mistake."""
    with workspace.unit_of_work(command.name) as work:
        walk = _walk(work, command.walk)
        if walk.outcome is not None:
            raise Refused(f"This walk-through of “{walk.guide.title}” has ended.", "Undo opens it again.")
        work.edit(_row(work, walk.id), void=True)
        number = _tell(work, walk)
        what = f"took the walk-through of “{walk.guide.title}” away"
        seq = work.finish(what)
    return Outcome(seq, what, (number,) if number else ())


def pause(workspace: Workspace, command: PauseWalk, draft: str = "") -> Outcome:
    """Let the time of its step stand still."""
    with workspace.writer.transaction() as conn:
        clock.pause(conn, workspace.clock(), command.walk)
    return Outcome(0, "its time stands", (), made=command.walk)


def go_on(workspace: Workspace, command: GoOnWalk, draft: str = "") -> Outcome:
    """Let the time of its step run."""
    with workspace.writer.transaction() as conn:
        clock.go_on(conn, workspace.clock(), command.walk)
    return Outcome(0, "its time runs", (), made=command.walk)


def _published(work: UnitOfWork, key: int) -> Guide:
    """A guide with what was published of it last. Raises Refused where there is nothing to walk through."""
    row, newest = work.get(GuideRow, key), walks.revision_of(work.conn, key)
    if row is None:
        raise Refused("This guide is not there any more.", "Nothing was begun.")
    if newest is None:
        raise Refused(f"“{row.title}” is a draft still.", "Publish it first: what is walked through is kept.")
    if row.archived:
        raise Refused(f"“{row.title}” is put aside.", "Take it up again first.")
    return Guide(key, row.slug, newest[1], revision_id=newest[0])


def _walk(work: UnitOfWork, key: int) -> Walk:
    found = walks.walk(work.conn, key)
    if found is None:
        raise Refused("This walk-through is not there any more.", "Nothing was changed.")
    return found


def _row(work: UnitOfWork, key: int) -> WalkRow:
    row = work.get(WalkRow, key)
    assert row is not None
    return row


def _keep(work: UnitOfWork, walk: Walk, after: Walk) -> None:
    """Write down how it stands by now."""
    work.edit(
        _row(work, walk.id),
        mode=after.mode,
        step=after.step,
        since=after.since,
        spent=after.spent,
        outcome=after.outcome,
        ended_at=after.ended_at,
        note=after.note,
        noted=after.noted,
    )


def _tell(work: UnitOfWork, walk: Walk) -> int | None:
    """Let whoever shows the request it is for know that it went on; gives that."""
    if walk.request is not None:
        work.requests((walk.request,))  # what happens to it is dated after what has happened
        work.fact(walk.request, "step")
    return walk.request


def _has_done(work: UnitOfWork, walk: Walk, found: Request) -> str:
    """That somebody has done it, in words; empty where it was done for them."""
    if walk.mode is WalkMode.FOR_THEM:
        return ""
    person = people.person(work.conn, walk.person or found.person_id or 0)
    who = person.name if person else found.requester or "they"
    verb = "has" if who != "they" else "have"
    return f"{who} {verb} done “{walk.guide.title}” {walk.mode}"
