"""What is done to requests, one or many at a time, each command as one undo step."""

from __future__ import annotations

from collections.abc import Callable

from deskmate.domain import commands, request
from deskmate.domain.commands import Command, OnRequests, Outcome
from deskmate.domain.request import Change, Refused, Request, off_hands
from deskmate.domain.row import label
from deskmate.domain.text import TAG_LIMIT, clean
from deskmate.errors import DeskmateError
from deskmate.services import focus
from deskmate.services.workspace import Workspace
from deskmate.store.write.unit_of_work import UnitOfWork

Rule = Callable[[Request], Change]


def execute(workspace: Workspace, command: Command, draft: str = "") -> Outcome:
    """Carry out one of the plain commands on requests."""
    if not isinstance(command, OnRequests):
        raise TypeError(f"no rule for {command!r}")
    return apply(workspace, command, lambda work: _rule(command, work), draft)


def apply(
    workspace: Workspace,
    command: OnRequests,
    prepare: Callable[[UnitOfWork], tuple[Rule, str]],
    draft: str = "",
    afterwards: Callable[[UnitOfWork, list[int]], None] | None = None,
) -> Outcome:
    """Change requests by a rule. Those the rule refuses are named; refused all, nothing is saved.

    ``prepare`` gives the rule and how to say what it did, up to the name of the request. ``draft`` is where the
    command's text was kept while it was typed; it goes in the same transaction. ``afterwards`` gets the numbers
    that changed, to change what stands on their other side in the same step.
    """
    with workspace.unit_of_work(command.name) as work:
        rule, said = prepare(work)
        changed: list[int] = []
        left: list[int] = []
        refused: list[Refused] = []
        for found in work.requests(tuple(dict.fromkeys(command.requests))):
            try:
                change = rule(found)
                work.change(change)
            except Refused as reason:
                refused.append(reason)
            else:
                changed.append(found.number)
                if off_hands(change.after) and not off_hands(found):
                    left.append(found.number)
        if not changed:
            raise refused[0] if refused else DeskmateError("No request was named.")
        if afterwards is not None:
            afterwards(work, changed)
        focus.let_go(work, left)
        work.drop_draft(draft)
        what = f"{said} {label(changed[0]) if len(changed) == 1 else f'{len(changed):,} requests'}"
        seq = work.finish(what)
    return Outcome(seq, what, tuple(changed), tuple(reason.message for reason in refused))


def _rule(command: OnRequests, work: UnitOfWork) -> tuple[Rule, str]:
    """The rule a command stands for, and how to say what it did, up to the name of the request."""
    match command:
        case commands.SetPriority(priority=priority):
            return (lambda found: request.set_priority(found, priority)), f"{priority.label} for"
        case commands.Judge(impact=impact, urgency=urgency):
            return (lambda found: request.judge(found, impact, urgency)), f"{impact} · {urgency} for"
        case commands.ShiftPriority(steps=steps):
            return (lambda found: request.shift_priority(found, steps)), "raised" if steps < 0 else "lowered"
        case commands.AddNote(text=text):
            return _note(text, work), "note on"
        case commands.Drop(reason=reason):
            return (lambda found: request.drop(found, reason)), f"dropped as {reason}:"
        case commands.Reopen():
            return request.reopen, "reopened"
        case commands.Tag(add=add, remove=remove):
            return _retag(add, remove), "tags of"
        case _:
            raise TypeError(f"no rule for {command!r}")


def _note(text: str, work: UnitOfWork) -> Rule:
    words, _changed = clean(text, multiline=True)
    words = words.strip("\n")
    if not words.strip():
        raise Refused("There is nothing to note.", "Type the note first.")

    def add(found: Request) -> Change:
        work.add_note(found, words)
        return Change(found, request.begin(found), "note", None, None)

    return add


def _retag(add: tuple[str, ...], remove: tuple[str, ...]) -> Rule:
    adding = [tag_name(name) for name in add]
    gone = {tag_name(name).casefold() for name in remove}

    def change(found: Request) -> Change:
        kept = {name.casefold(): name for name in found.tags if name.casefold() not in gone}
        for name in adding:
            kept.setdefault(name.casefold(), name)
        return request.retag(found, tuple(kept[word] for word in sorted(kept)))

    return change


def tag_name(text: str) -> str:
    """A tag as it is kept: one cleaned line without the mark. Raises Refused for one with nothing in it."""
    name, _changed = clean(text)
    name = name.replace(",", " ").removeprefix("#").strip()[:TAG_LIMIT]
    if not name:
        raise Refused("A tag needs a name.")
    return name
