"""Where a request stands."""

from enum import StrEnum


class Status(StrEnum):
    """The six states of a request. ``closed`` is what ``resolved`` becomes by itself."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"
    DROPPED = "dropped"


class DropReason(StrEnum):
    """Why a request was put aside for good without being served."""

    SPAM = "spam"
    DUPLICATE = "duplicate"
    NOTHING = "nothing to do"
    RULES = "against the rules"


ACTIONABLE = frozenset({Status.NEW, Status.OPEN})
SERVED = frozenset({Status.RESOLVED, Status.CLOSED})
ENDED = SERVED | {Status.DROPPED}


class Shelf(StrEnum):
    """Where the lists look for a request: what its status and ``void`` come to."""

    NOW = "now"
    WAITING = "waiting"
    DONE = "done"
    DROPPED = "dropped"
    VOID = "void"


def shelf(status: Status, *, void: bool = False) -> Shelf:
    """The shelf a request of this status stands on; ``void`` is an undone capture."""
    if void:
        return Shelf.VOID
    if status in ACTIONABLE:
        return Shelf.NOW
    if status in SERVED:
        return Shelf.DONE
    return Shelf(str(status))
