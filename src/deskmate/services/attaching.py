"""Attaching files that are kept already to requests."""

from __future__ import annotations

from deskmate.domain.commands import Attach, Outcome
from deskmate.domain.files import Kept
from deskmate.domain.request import Change, Refused, Request
from deskmate.domain.row import label
from deskmate.services import requests
from deskmate.services.requests import Rule
from deskmate.services.workspace import Workspace
from deskmate.store import files
from deskmate.store.read.detail import attachments
from deskmate.store.write.tables import AttachmentRow
from deskmate.store.write.unit_of_work import UnitOfWork


def attach(workspace: Workspace, command: Attach, draft: str = "") -> Outcome:
    """Attach the files; one that a request has already is not attached to it twice."""
    for kept in command.files:
        files.check(workspace.folder, kept)
    names = ", ".join(kept.name for kept in command.files)
    return requests.apply(
        workspace, command, lambda work: (_rule(command.files, work), f"attached {names} to"), draft
    )


def _rule(kept: tuple[Kept, ...], work: UnitOfWork) -> Rule:
    def change(found: Request) -> Change:
        there = {each.digest for each in attachments(work.conn, [found.number])}
        new = {each.digest: each for each in kept if each.digest not in there}.values()
        if not new:
            raise Refused(f"{label(found.number)} has {kept[0].name if kept else 'nothing'} already.")
        for each in new:
            work.add(
                AttachmentRow(request_id=found.number, at=work.at, name=each.name, size=each.size, digest=each.digest)
            )
        return Change(found, found, "attached", None, ", ".join(each.name for each in new))

    return change
