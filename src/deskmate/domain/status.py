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
    MERGED = "merged"


class WaitingOn(StrEnum):
    """Whose turn it is while a request waits. Only waiting for the requester pauses the resolve clock."""

    REQUESTER = "requester"
    VENDOR = "vendor"
    SOMEONE = "someone"


CHASED_ENOUGH = 2
"""After so many reminders without an answer nobody can be blamed for going on without one."""


class Outcome(StrEnum):
    """How a served request ended, where the technician says so."""

    SOLVED = "solved"
    WORKAROUND = "workaround"
    ADVICE = "advice"
    NO_FAULT = "no fault found"
    NO_ANSWER = "no answer"


ACTIONABLE = frozenset({Status.NEW, Status.OPEN})
SERVED = frozenset({Status.RESOLVED, Status.CLOSED})
ENDED = SERVED | {Status.DROPPED}


def after_received(status: Status, waiting_on: WaitingOn | None) -> Status:
    """What a status becomes when the requester says something: what ended or waited for that is open again.

    What is parked or waits for somebody else goes on doing so.
    """
    return Status.OPEN if status in ENDED or waiting_on is WaitingOn.REQUESTER else status


def clock_state(status: Status, waiting_on: str | None) -> str:
    """What the resolve clock does at this status: ``running``, ``paused`` or ``ended``.

    Events of kind ``clock`` keep each change of it. Only waiting for the requester pauses: a slow vendor is our
    problem, not the user's.
    """
    if status in ENDED:
        return "ended"
    return "paused" if waiting_on == WaitingOn.REQUESTER else "running"


class Shelf(StrEnum):
    """Where the lists look for a request: what its status, ``void``, ``held`` and a date to wake at come to."""

    NOW = "now"
    HELD = "held"
    WAITING = "waiting"
    PARKED = "parked"
    DONE = "done"
    DROPPED = "dropped"
    VOID = "void"


def shelf(status: Status, *, void: bool = False, asleep: bool = False, held: bool = False) -> Shelf:
    """The shelf a request of this status stands on.

    ``void`` is an undone capture; ``asleep`` one with a date to wake at that has not come yet; ``held`` one that
    do-not-disturb keeps back.
    """
    if void:
        return Shelf.VOID
    if status in SERVED:
        return Shelf.DONE
    if status is Status.DROPPED:
        return Shelf.DROPPED
    if held:
        return Shelf.HELD
    if not asleep:
        return Shelf.NOW
    return Shelf.WAITING if status is Status.WAITING else Shelf.PARKED
