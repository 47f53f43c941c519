"""Promises: what was told to somebody with a date, and the rules that make, keep, move and drop one.

A promise is kept on time when it was ticked by the date it had then; that date may have been moved, which is counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from deskmate.domain.request import Refused
from deskmate.domain.row import label

DEFAULT_TEXT = "word by then"
"""What is promised when nothing else is said."""
TEXT_LIMIT = 200
RATED_DAYS = 90
"""Days that the kept-rate looks back."""


class PromiseState(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    DROPPED = "dropped"


class Fate(StrEnum):
    """What becomes of the open promises and runs of a request that is resolved: kept or finished by it, open still,
    or dropped."""

    KEEP = "keep"
    MOVE = "move"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise. Times are stored instants; ``who`` is whom it was told, when not the requester.

    ``moved`` says how often its date was; ``ended_at`` is when it was kept or dropped, None while it is open.
    """

    id: int
    request: int
    who: str
    text: str
    due_at: str
    made_at: str
    moved: int = 0
    state: PromiseState = PromiseState.OPEN
    ended_at: str | None = None

    @property
    def late(self) -> bool:
        """Whether it was kept after its date."""
        return self.state is PromiseState.KEPT and (self.ended_at or "") > self.due_at


@dataclass(frozen=True, slots=True)
class Rate:
    """How promises ended: so many kept on time, kept late, dropped, and those still open."""

    on_time: int = 0
    late: int = 0
    dropped: int = 0
    open: int = 0

    @property
    def kept(self) -> float | None:
        """The part of those that ended which was kept on time, 0 to 1; None when none has ended."""
        ended = self.on_time + self.late + self.dropped
        return self.on_time / ended if ended else None


def check_date(number: int, due_at: str, at: str) -> None:
    """Raise Refused for a date that has passed at ``at``."""
    if due_at <= at:
        raise Refused(f"{label(number)}: nothing can be promised for a date that has passed.", "Say a later one.")


def keep(promise: Promise, at: str) -> Promise:
    """It is done, at ``at``."""
    _open(promise)
    return replace(promise, state=PromiseState.KEPT, ended_at=at)


def move(promise: Promise, due_at: str, at: str) -> Promise:
    """Another date was told. Raises Refused for one that has passed, and for the one it has."""
    _open(promise)
    check_date(promise.request, due_at, at)
    if due_at == promise.due_at:
        raise Refused(f"{label(promise.request)}: it was promised for then already.")
    return replace(promise, due_at=due_at, moved=promise.moved + 1)


def drop(promise: Promise, at: str) -> Promise:
    """It is not to be kept any more, and they know."""
    _open(promise)
    return replace(promise, state=PromiseState.DROPPED, ended_at=at)


def rate(promises: Iterable[Promise]) -> Rate:
    """How these ended."""
    counts = {"on_time": 0, "late": 0, "dropped": 0, "open": 0}
    for each in promises:
        kept = "late" if each.late else "on_time"
        counts[kept if each.state is PromiseState.KEPT else each.state.value] += 1
    return Rate(**counts)


def _open(promise: Promise) -> None:
    if promise.state is not PromiseState.OPEN:
        raise Refused(f"{label(promise.request)}: this promise was {promise.state} already.")
