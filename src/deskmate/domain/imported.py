"""One row of an import, parsed and checked, before it becomes a request."""

from __future__ import annotations

from dataclasses import dataclass

from deskmate.domain.status import Status


@dataclass(frozen=True, slots=True)
class ImportRow:
    """What one row of a file says.

    ``origin`` is its id in the system it came from; ``raw`` the untouched row; ``digest`` covers what
    was understood of it, so that a later import sees whether anything changed. Times are stored
    instants (UTC text); ``line`` is where the row begins in the file.
    """

    line: int
    origin: str
    title: str
    body: str
    created_at: str
    updated_at: str
    resolved_at: str | None
    status: Status
    priority: int | None
    impact: str | None
    urgency: str | None
    requester: str | None
    email: str | None
    channel: str | None
    category: str | None
    device: str | None
    tags: tuple[str, ...]
    raw: str
    digest: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that could not be understood: where it is and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImportPerson:
    """What one row or card of a directory says of a person, checked; what it does not say is empty."""

    line: int
    name: str
    email: str = ""
    phone: str = ""
    room: str = ""
    department: str = ""
