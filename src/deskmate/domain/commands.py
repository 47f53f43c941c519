"""Commands: what the technician wants done, as data. A service executes each as one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from deskmate.domain.priority import Impact, Priority, Urgency
from deskmate.domain.status import DropReason

Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SetPriority:
    """Set the priority directly."""

    requests: Numbers
    priority: Priority


@dataclass(frozen=True, slots=True)
class Judge:
    """Set impact and urgency; the priority follows from the matrix."""

    requests: Numbers
    impact: Impact
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class ShiftPriority:
    """Raise (``steps`` -1) or lower (1) the priority."""

    requests: Numbers
    steps: int


@dataclass(frozen=True, slots=True)
class AddNote:
    """An internal note. It never leaves."""

    requests: Numbers
    text: str


@dataclass(frozen=True, slots=True)
class Resolve:
    """Resolve, with what solved it if the technician says so."""

    requests: Numbers
    resolution: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """Put aside for good."""

    requests: Numbers
    reason: DropReason


@dataclass(frozen=True, slots=True)
class Reopen:
    """Back to work."""

    requests: Numbers


@dataclass(frozen=True, slots=True)
class Tag:
    """Add and remove tags; unknown ones are made."""

    requests: Numbers
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the last command back, or the last one of one request.

    ``seq`` is the command that was shown as the one to be taken back: if another is newest by now,
    nothing is.
    """

    request: int | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Redo:
    """Do again what was undone last."""


Command = SetPriority | Judge | ShiftPriority | AddNote | Resolve | Drop | Reopen | Tag | Undo | Redo


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
