"""Commands: what the technician wants done, as data. A service executes each as one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from deskmate.domain.priority import Impact, Priority, Urgency
from deskmate.domain.status import DropReason

Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Command:
    """Something to be done. ``name`` is what the journal calls it."""

    name: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class OnRequests(Command):
    """Something to be done to these requests, as one step."""

    requests: Numbers


@dataclass(frozen=True, slots=True)
class SetPriority(OnRequests):
    """Set the priority directly."""

    name = "priority"
    priority: Priority


@dataclass(frozen=True, slots=True)
class Judge(OnRequests):
    """Set impact and urgency; the priority follows from the matrix."""

    name = "priority"
    impact: Impact
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class ShiftPriority(OnRequests):
    """Raise (``steps`` -1) or lower (1) the priority."""

    name = "priority"
    steps: int


@dataclass(frozen=True, slots=True)
class AddNote(OnRequests):
    """An internal note. It never leaves."""

    name = "note"
    text: str


@dataclass(frozen=True, slots=True)
class Resolve(OnRequests):
    """Resolve, with what solved it if the technician says so."""

    name = "resolve"
    resolution: str = ""


@dataclass(frozen=True, slots=True)
class Drop(OnRequests):
    """Put aside for good."""

    name = "drop"
    reason: DropReason


@dataclass(frozen=True, slots=True)
class Reopen(OnRequests):
    """Back to work."""

    name = "reopen"


@dataclass(frozen=True, slots=True)
class Tag(OnRequests):
    """Add and remove tags; unknown ones are made."""

    name = "tag"
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Undo(Command):
    """Take the last command back, or the last one of one request.

    ``seq`` is the command that was shown as the one to be taken back: if another is newest by now,
    nothing is.
    """

    request: int | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Redo(Command):
    """Do again what was undone last."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command came to.

    ``label`` says it in words; ``requests`` are those that changed; ``refused`` holds a reason for
    each that did not, when some others did.
    """

    seq: int
    label: str
    requests: Numbers
    refused: tuple[str, ...] = ()
