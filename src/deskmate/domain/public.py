"""A request as its requester may see it.

Whatever goes to a user is built from these types. They have no field for notes, priorities, targets or
facts of the desk, so nothing internal can be in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeGuard

from deskmate.domain.row import label
from deskmate.domain.status import ENDED, Status, WaitingOn
from deskmate.domain.timeline import LEFT, Detail, Entry, PublicEntry, Received, Reply


@dataclass(frozen=True, slots=True)
class PublicRequest:
    """Number and status in public words, and what was said both ways, in order of time."""

    number: str
    title: str
    status: str
    requester: str
    created_at: str
    entries: tuple[PublicEntry, ...]


def public(detail: Detail) -> PublicRequest:
    """What the requester may see of a request."""
    request = detail.request
    return PublicRequest(
        number=label(request.number),
        title=request.title,
        status=public_status(request.status, on_requester=request.waiting_on is WaitingOn.REQUESTER),
        requester=detail.who,
        created_at=request.created_at,
        entries=tuple(entry for entry in detail.entries if _told(entry)),
    )


def _told(entry: Entry) -> TypeGuard[PublicEntry]:
    """Whether it is part of the conversation: what came in, and what went out."""
    return isinstance(entry, Received) or (isinstance(entry, Reply) and entry.state in LEFT)


def public_status(status: Status, *, on_requester: bool = False) -> str:
    """What a user is told of a status. ``on_requester``: waiting for him, and not for somebody else."""
    if status in ENDED:
        return "done"
    return "waiting for your answer" if status is Status.WAITING and on_requester else "in progress"
