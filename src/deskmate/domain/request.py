"""A request as every floor above the tables knows it, and the rules that change one.

Each rule takes a request and gives back a Change, or raises Refused with the reason. The same
reasons are asked for beforehand by ``why_not``, so that a dead key can say why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from deskmate.domain.channel import Channel
from deskmate.domain.priority import Impact, Priority, Urgency, from_matrix, shifted
from deskmate.domain.row import label
from deskmate.domain.status import CHASED_ENOUGH, ENDED, DropReason, Outcome, Status, WaitingOn
from deskmate.errors import DeskmateError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class Refused(DeskmateError):
    """A rule does not allow this; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Request:
    """A case. Times are stored instants (UTC text); ``version`` names the command that changed it last.

    ``wake_at`` is when to chase a waiting request or when a parked one wakes; ``woken`` says that it has come.
    What is due is counted by the store from events, promises and office hours; no rule changes it. ``due_kind`` is
    the letter of what binds: ``n`` needed by, ``p`` promise, ``r`` response, nothing for resolve; from ``soon_at`` on
    it is soon.
    ``answers`` are pairs of a question's word and what was answered, ``links`` numbers of related requests.
    """

    number: int
    title: str
    status: Status
    priority: Priority | None
    impact: Impact | None
    urgency: Urgency | None
    person_id: int | None
    requester: str | None
    channel: Channel | None
    category: str | None
    device_id: int | None
    device: str | None
    needed_by: str | None
    due_at: str | None
    due_kind: str | None
    soon_at: str | None
    response_due: str | None
    resolve_due: str | None
    promised_at: str | None
    check_at: str | None
    cause: str | None
    outcome: Outcome | None
    resolution: str | None
    drop_reason: DropReason | None
    merged_into: int | None
    waiting_on: WaitingOn | None
    waiting_for: str | None
    waiting_since: str | None
    wake_at: str | None
    woken: bool
    chases: int
    parked_reason: str | None
    unread: bool
    created_at: str
    resolved_at: str | None
    void: bool
    version: int
    tags: tuple[str, ...] = ()
    links: tuple[int, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()

    @property
    def asleep(self) -> bool:
        """Whether it waits or is parked and its date has not come yet."""
        return self.wake_at is not None and not self.woken


ENUMS: dict[str, type[Enum]] = {
    "status": Status,
    "priority": Priority,
    "impact": Impact,
    "urgency": Urgency,
    "channel": Channel,
    "outcome": Outcome,
    "drop_reason": DropReason,
    "waiting_on": WaitingOn,
}
"""The fields of a request that are kept as the value of an enum."""
FLAGS = ("woken", "unread", "void")
"""Those that are kept as 0 or 1."""


@dataclass(frozen=True, slots=True)
class Change:
    """One request before and after a rule, with the fact to keep: its kind and the old and new value."""

    before: Request
    after: Request
    kind: str
    old: str | None
    new: str | None


def off_hands(request: Request) -> bool:
    """Whether nobody works on it now: it has ended, waits for somebody or sleeps."""
    return request.status in ENDED or (request.wake_at is not None and not request.woken)


def why_not(action: str, status: str) -> str:
    """Why ``action`` can not be done to a request of ``status`` now; empty when it can."""
    ended = status in ENDED
    if action in ("resolve", "drop", "merge", "wait", "park", "wake", "clock") and ended:
        return f"it is {status} already"
    if action == "reopen" and not ended:
        return f"it is {status}, not closed"
    return ""


def set_priority(request: Request, priority: Priority) -> Change:
    """The technician's own judgement; impact and urgency stay as they are."""
    return _priority(request, replace(request, priority=priority))


def judge(request: Request, impact: Impact, urgency: Urgency) -> Change:
    """Priority by the matrix of impact and urgency."""
    after = replace(request, impact=impact, urgency=urgency, priority=from_matrix(impact, urgency))
    return _priority(request, after)


def shift_priority(request: Request, steps: int) -> Change:
    """Raise (-1) or lower (+1) by a step."""
    return _priority(request, replace(request, priority=shifted(request.priority, steps)))


def resolve(request: Request, at: str, resolution: str = "", outcome: Outcome | None = None) -> Change:
    """Done. ``resolution`` is what solved it, in the technician's words; it may be empty, and ``outcome`` None."""
    _allowed("resolve", request)
    after = replace(
        awake(request),
        status=Status.RESOLVED,
        resolved_at=at,
        resolution=resolution or request.resolution,
        outcome=outcome,
    )
    said = ": ".join(part for part in (outcome, resolution) if part)
    return Change(request, after, "resolved", request.status, said or None)


def offered_outcome(request: Request) -> Outcome | None:
    """The outcome that suggests itself: no answer, from a requester who was reminded often enough."""
    silent = request.waiting_on is WaitingOn.REQUESTER and request.chases >= CHASED_ENOUGH
    return Outcome.NO_ANSWER if silent else None


def set_cause(request: Request, cause: str) -> Change:
    """Why it happened, not what was seen. Requests with one cause are a problem. Empty takes the cause away."""
    if (cause or None) == request.cause:
        raise Refused(f"{label(request.number)} has {'this' if cause else 'no'} cause already.")
    return Change(request, replace(request, cause=cause or None), "cause", request.cause, cause or None)


def relink(request: Request, others: Collection[int], *, remove: bool = False) -> Change:
    """Say that it has to do with these others, or has not any more. The other side is changed beside it."""
    gone = set(others) if remove else set()
    after = tuple(sorted({*request.links, *others} - gone - {request.number}))
    if after == request.links:
        what = "is not linked to" if remove else "is linked already to"
        raise Refused(f"{label(request.number)} {what} {_labels(others)}.")
    changed = _labels(set(after) ^ set(request.links))
    return Change(request, replace(request, links=after), "unlinked" if remove else "linked", None, changed)


def merge(request: Request, into: Request) -> Change:
    """It is the same as another, which goes on for both: dropped as merged, its entries are read there.

    Refused into one that does not go on itself. So what is merged never leads in a circle.
    """
    if request.number == into.number:
        raise Refused(f"{label(request.number)} can not be merged into itself.")
    if request.merged_into is not None:
        raise Refused(f"{label(request.number)} is merged into {label(request.merged_into)} already.")
    if into.merged_into is not None:
        raise Refused(
            f"{label(into.number)} was merged into {label(into.merged_into)} itself.",
            f"Merge into {label(into.merged_into)}, or take {label(into.number)} apart first.",
        )
    if into.status in ENDED:
        raise Refused(f"{label(into.number)} is {into.status}.", "Reopen it first, then merge into it.")
    _allowed("merge", request)
    after = replace(awake(request), status=Status.DROPPED, drop_reason=DropReason.MERGED, merged_into=into.number)
    return Change(request, after, "merged", request.status, label(into.number))


def unmerge(request: Request, was: Mapping[str, Any]) -> Change:
    """Take it out of the one it was merged into. ``was`` holds what the merge changed, as an image has it;
    it is open again when nothing is known of that."""
    if request.merged_into is None:
        raise Refused(f"{label(request.number)} is not merged into another.")
    values = {
        name: ENUMS[name](value) if name in ENUMS and value is not None else value for name, value in was.items()
    }
    free: dict[str, Any] = {"status": Status.OPEN, "drop_reason": None, "merged_into": None}
    after = replace(request, **(free | values))
    return Change(request, after, "taken apart", label(request.merged_into), None)


def gain(request: Request, kind: str, numbers: Collection[int]) -> Change:
    """Note on the one side what was done on the other: which requests were merged into it, or taken out."""
    return Change(request, request, kind, None, _labels(numbers))


def drop(request: Request, reason: DropReason) -> Change:
    """Put aside for good, with a reason. For a merged one ``merge`` is the way, which says into which."""
    if reason is DropReason.MERGED:
        raise Refused("To merge a request, say into which.")
    _allowed("drop", request)
    after = replace(awake(request), status=Status.DROPPED, drop_reason=reason)
    return Change(request, after, "dropped", request.status, reason)


def reopen(request: Request) -> Change:
    """Back to work: the outcome is kept in the events, the request is open again."""
    _allowed("reopen", request)
    if request.merged_into is not None:
        raise Refused(
            f"{label(request.number)} was merged into {label(request.merged_into)}.",
            "Take it apart again: m on the screen, deskmate merge --undo in the shell.",
        )
    after = replace(
        request,
        status=Status.OPEN,
        resolved_at=None,
        drop_reason=None,
        outcome=None,
        resolution=None,
    )
    return Change(request, after, "reopened", request.status, None)


def begin(request: Request) -> Request:
    """What a note or reply makes of a request: it is open from then on, and what woke it was looked at."""
    if request.woken and request.waiting_on is None:
        request = replace(request, wake_at=None, woken=False, parked_reason=None)
    return replace(request, status=Status.OPEN) if request.status is Status.NEW else request


def awake(request: Request) -> Request:
    """The request with nothing left of a wait or a parking, and nothing unread: it was dealt with."""
    return replace(
        request,
        waiting_on=None,
        waiting_for=None,
        waiting_since=None,
        wake_at=None,
        woken=False,
        chases=0,
        parked_reason=None,
        unread=False,
    )


def retag(request: Request, tags: tuple[str, ...]) -> Change:
    """Replace the tags."""
    if tags == request.tags:
        raise Refused(f"{label(request.number)} has these tags already.")
    after = replace(request, tags=tags)
    return Change(request, after, "tags", ", ".join(request.tags) or None, ", ".join(tags) or None)


def _priority(before: Request, after: Request) -> Change:
    if after == before:
        shown = before.priority.label if before.priority else "not triaged"
        raise Refused(f"{label(before.number)} is {shown} already.")
    old = before.priority.label if before.priority else None
    new = after.priority.label if after.priority else None
    return Change(before, after, "priority", old, new)


def _allowed(action: str, request: Request) -> None:
    reason = why_not(action, request.status)
    if reason:
        raise Refused(f"{label(request.number)} can not be {_PAST[action]}: {reason}.")


def _labels(numbers: Collection[int]) -> str:
    return ", ".join(label(number) for number in sorted(numbers))


_PAST = {"resolve": "resolved", "drop": "dropped", "reopen": "reopened", "merge": "merged"}
