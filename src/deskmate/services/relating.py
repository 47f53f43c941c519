"""How requests belong together: one cause, links, and those that are the same."""

from __future__ import annotations

from typing import Any

from deskmate.domain import request
from deskmate.domain.commands import Link, Merge, Outcome, SetCause, Unmerge
from deskmate.domain.request import Change, Refused, Request
from deskmate.domain.row import label
from deskmate.domain.text import NAME_LIMIT, clean
from deskmate.services.requests import Rule, apply
from deskmate.services.workspace import Workspace
from deskmate.store import journal
from deskmate.store.read import problems
from deskmate.store.write.unit_of_work import UnitOfWork


def set_cause(workspace: Workspace, command: SetCause, draft: str = "") -> Outcome:
    """Give requests a cause in its known spelling, or take it away."""

    def prepare(work: UnitOfWork) -> tuple[Rule, str]:
        words = clean(clean(command.cause)[0][:NAME_LIMIT])[0]
        words = problems.spelling(work.conn, words) if words else ""
        return (lambda found: request.set_cause(found, words)), f"cause “{words}” for" if words else "no cause for"

    return apply(workspace, command, prepare, draft)


def link(workspace: Workspace, command: Link, draft: str = "") -> Outcome:
    """Link requests with another, or unlink them. Both sides change, so that both say so."""
    before: list[Request] = []

    def rule(found: Request) -> Change:
        if found.number == command.other:
            raise Refused(f"{label(found.number)} can not be linked to itself.")
        return request.relink(found, (command.other,), remove=command.remove)

    def prepare(work: UnitOfWork) -> tuple[Rule, str]:
        before.extend(work.requests((command.other,)))
        word = "unlinked" if command.remove else "linked"
        return rule, f"{word} {label(command.other)} and"

    def other_side(work: UnitOfWork, changed: list[int]) -> None:
        work.change(request.relink(before[0], changed, remove=command.remove))

    return apply(workspace, command, prepare, draft, other_side)


def merge(workspace: Workspace, command: Merge, draft: str = "") -> Outcome:
    """Merge requests into another. Their entries stay where they are and are read there, too."""
    before: list[Request] = []

    def prepare(work: UnitOfWork) -> tuple[Rule, str]:
        before.extend(work.requests((command.into,)))
        return (lambda found: request.merge(found, before[0])), f"merged into {label(command.into)}:"

    def other_side(work: UnitOfWork, changed: list[int]) -> None:
        work.change(request.gain(before[0], "took in", changed))

    return apply(workspace, command, prepare, draft, other_side)


def unmerge(workspace: Workspace, command: Unmerge, draft: str = "") -> Outcome:
    """Take merged requests apart, however long ago it was: each is again what it was before."""
    out_of: dict[int, int] = {}

    def prepare(work: UnitOfWork) -> tuple[Rule, str]:
        def rule(found: Request) -> Change:
            change = request.unmerge(found, _before_merge(work, found.number))
            out_of[found.number] = found.merged_into or 0
            return change

        return rule, "taken apart again:"

    def other_side(work: UnitOfWork, changed: list[int]) -> None:
        for target in sorted(set(out_of.values()).difference(changed)):
            (into,) = work.requests((target,))
            work.change(request.gain(into, "let go", [number for number in changed if out_of[number] == target]))

    return apply(workspace, command, prepare, draft, other_side)


def _before_merge(work: UnitOfWork, number: int) -> dict[str, Any]:
    """What the merge that still counts changed of this request; empty when that was erased."""
    seq = journal.newest_of(work.conn, number, "merged")
    kept = journal.payload(work.conn, seq) if seq is not None else None
    images = kept["changes"] if kept else ()
    return next((dict(image["before"]) for image in images if image["request"] == number), {})
