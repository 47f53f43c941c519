"""A request as its requester may see it.

Whatever goes to a user is built from these types. They have no field for notes, priorities, targets or
facts of the desk, so nothing internal can be in them. Every function that makes or turns such a type into
something to be sent is marked ``outward``; a test calls each with a request full of internal words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeGuard, TypeVar

from deskmate.domain.row import label
from deskmate.domain.status import ENDED, Status, WaitingOn
from deskmate.domain.timeline import LEFT, Detail, Entry, PublicEntry, Received, Reply

F = TypeVar("F", bound=Callable[..., Any])

OUTWARD: dict[str, Callable[..., Any]] = {}
"""Every function on the way out of the desk, by module and name."""


def outward(function: F) -> F:
    """Mark a function whose result a requester may come to see."""
    OUTWARD[f"{function.__module__}.{function.__qualname__}"] = function
    return function


@dataclass(frozen=True, slots=True)
class Letterhead:
    """All that a reply may be built from, besides its own words: whom it goes to, and what about.

    ``address`` is empty where none is known; ``questions`` are those of the category that nobody answered yet.
    """

    number: str
    title: str
    name: str
    address: str = ""
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicRequest:
    """Number and status in public words, and what was said both ways, in order of time."""

    number: str
    title: str
    status: str
    requester: str
    created_at: str
    entries: tuple[PublicEntry, ...]


@outward
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
    """Whether it is part of the conversation: what came in, and what went out.

    What belongs to a request merged into this one was between the desk and somebody else.
    """
    return (isinstance(entry, Received) or (isinstance(entry, Reply) and entry.state in LEFT)) and not entry.merged


def public_status(status: Status, *, on_requester: bool = False) -> str:
    """What a user is told of a status. ``on_requester``: waiting for him, and not for somebody else."""
    if status in ENDED:
        return "done"
    return "waiting for your answer" if status is Status.WAITING and on_requester else "in progress"
