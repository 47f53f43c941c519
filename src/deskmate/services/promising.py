"""Promises, and checking back: each change as one undo step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from deskmate.domain import promise as rules
from deskmate.domain import request
from deskmate.domain.check_back import LINE_LIMIT, SCORES, why_not_feedback
from deskmate.domain.commands import Outcome, Resolve
from deskmate.domain.promise import DEFAULT_TEXT, TEXT_LIMIT, Fate, Promise
from deskmate.domain.promising import DropPromise, Feedback, KeepPromise, MakePromise, MovePromise
from deskmate.domain.request import Change, Refused, Request, begin
from deskmate.domain.row import label
from deskmate.domain.text import clean, excerpt
from deskmate.services import requests, runs
from deskmate.services.waiting import NAME_LIMIT, one_line, spoken
from deskmate.services.workspace import Workspace
from deskmate.store.read import promises
from deskmate.store.read.runs import open_for
from deskmate.store.write.tables import CheckBackRow, PromiseRow
from deskmate.store.write.unit_of_work import UnitOfWork

OnePromise = Callable[[Promise], Promise]


def make(workspace: Workspace, command: MakePromise, draft: str = "") -> Outcome:
    """Take down what was promised, to the requester where nobody else is named.

    A request may have several; that one was open already is noted.
    """
    text = one_line(command.text, TEXT_LIMIT) or DEFAULT_TEXT
    who = one_line(command.who, NAME_LIMIT)
    before: list[Promise] = []

    def prepare(work: UnitOfWork) -> tuple[requests.Rule, str]:
        def promised(found: Request) -> Change:
            before.extend(promises.open_of(work.conn, found.number)[:1])
            rules.check_date(found.number, command.due_at, work.clock)
            row = PromiseRow(request_id=found.number, who=who, text=text, due_at=command.due_at, made_at=work.clock)
            work.add(row)
            return Change(found, begin(found), "promised", text, command.due_at)

        return promised, f"promised {spoken(command.due_at, work.clock)}:"

    outcome = requests.apply(workspace, command, prepare, draft)
    return replace(outcome, notes=_open_already(before, workspace.clock()))


def _open_already(found: list[Promise], at: str) -> tuple[str, ...]:
    if len(found) > 1:
        return (f"{len(found):,} of them have one open",)
    return tuple(
        f"{label(each.request)} has one open: {spoken(each.due_at, at)} “{excerpt(each.text, 18)}”" for each in found
    )


def keep(workspace: Workspace, command: KeepPromise, draft: str = "") -> Outcome:
    """Tick the next open promise of each request as kept."""

    def prepare(work: UnitOfWork) -> tuple[requests.Rule, str]:
        return _next(work, "promise kept", lambda found: rules.keep(found, work.clock)), "kept the promise of"

    return requests.apply(workspace, command, prepare, draft)


def move(workspace: Workspace, command: MovePromise, draft: str = "") -> Outcome:
    """Give the next open promise of each request another date."""

    def prepare(work: UnitOfWork) -> tuple[requests.Rule, str]:
        rule = _next(work, "promise moved", lambda found: rules.move(found, command.due_at, work.clock))
        return rule, f"promised {spoken(command.due_at, work.clock)} instead:"

    return requests.apply(workspace, command, prepare, draft)


def drop(workspace: Workspace, command: DropPromise, draft: str = "") -> Outcome:
    """Let go of the next open promise of each request."""

    def prepare(work: UnitOfWork) -> tuple[requests.Rule, str]:
        return _next(work, "promise dropped", lambda found: rules.drop(found, work.clock)), "dropped the promise of"

    return requests.apply(workspace, command, prepare, draft)


def resolve(workspace: Workspace, command: Resolve, draft: str = "") -> Outcome:
    """It is done; what was promised is kept by it, open still, or dropped, and so are checklists that are run for it.

    A date to check back may be set.
    """
    words, _changed = clean(command.resolution, multiline=True)
    check_at = command.check_at

    def prepare(work: UnitOfWork) -> tuple[requests.Rule, str]:
        if check_at is not None and check_at <= work.clock:
            raise Refused("The date to check back has passed.", "Say a later one.")
        said = f"resolved, check back {spoken(check_at, work.clock)}:" if check_at else "resolved"
        return lambda found: request.resolve(found, work.at, words, command.outcome), said

    def afterwards(work: UnitOfWork, numbers: list[int]) -> None:
        for number in numbers:
            found = promises.open_of(work.conn, number) if command.promises in (Fate.KEEP, Fate.DROP) else []
            for each in found:
                kept = command.promises is Fate.KEEP
                after = rules.keep(each, work.clock) if kept else rules.drop(each, work.clock)
                work.fact(number, "promise kept" if kept else "promise dropped", *_said(each, after))
                _write(work, each, after)
            for run in open_for(work.conn, [number]) if command.runs in (Fate.KEEP, Fate.DROP) else ():
                runs.end_with(work, run, finish=command.runs is Fate.KEEP)
            if check_at is not None:
                work.add(CheckBackRow(request_id=number, at=check_at))
                work.fact(number, "check back", None, check_at)

    return requests.apply(workspace, command, prepare, draft, afterwards)


def feedback(workspace: Workspace, command: Feedback, draft: str = "") -> Outcome:
    """Take down whether it really works."""
    line = one_line(command.line, LINE_LIMIT)
    if command.score not in SCORES:
        raise Refused("An answer is a number from 1 to 5.")

    def prepare(work: UnitOfWork) -> tuple[requests.Rule, str]:
        def answered(found: Request) -> Change:
            reason = why_not_feedback(found.status)
            if reason:
                raise Refused(f"{label(found.number)} has no answer yet: {reason}.")
            asked = promises.check_back(work.conn, found.number)
            row = work.get(CheckBackRow, asked.id) if asked and asked.answered_at is None else None
            if row is None:
                row = work.add(CheckBackRow(request_id=found.number, at=work.clock))
            work.edit(row, score=command.score, line=line, answered_at=work.clock)
            return Change(found, found, "feedback", None, f"{command.score} of 5{f': {line}' if line else ''}")

        return answered, f"{command.score} of 5 for"

    return requests.apply(workspace, command, prepare, draft)


def asked(work: UnitOfWork, number: int) -> None:
    """A reply went to the requester of a resolved request: if it was to be checked, that is done."""
    found = promises.check_back(work.conn, number)
    row = work.get(CheckBackRow, found.id) if found and found.asked_at is None and found.at <= work.clock else None
    if row is not None:
        work.edit(row, asked_at=work.clock)


def _next(work: UnitOfWork, fact: str, rule: OnePromise) -> requests.Rule:
    """A rule for the next open promise of a request."""

    def change(found: Request) -> Change:
        mine = promises.open_of(work.conn, found.number)
        if not mine:
            raise Refused(f"{label(found.number)} has no open promise.")
        after = rule(mine[0])
        old, new = _said(mine[0], after)
        _write(work, mine[0], after)
        return Change(found, found, fact, old, new)

    return change


def _said(before: Promise, after: Promise) -> tuple[str | None, str]:
    """The old and the new value of the fact: its dates when it got another, else its text."""
    if after.due_at != before.due_at:
        return before.due_at, after.due_at
    return ("late" if after.late else None), before.text


def _write(work: UnitOfWork, before: Promise, after: Promise) -> None:
    row = work.get(PromiseRow, before.id)
    if row is not None:
        work.edit(row, due_at=after.due_at, moved=after.moved, state=after.state.value, ended_at=after.ended_at)
