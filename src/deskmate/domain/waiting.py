"""Waiting for somebody, and sleeping until a date: the rules, and how a wait is said.

A wait always has a date to chase. When it comes the request is *woken*: it stands in Now again, still waiting.
Whoever was asked is then asked again, which is a chase, or has answered, which ends the wait. A parked request
only leaves the list until its date; its status, and with it what the requester sees, stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from deskmate.domain import instant
from deskmate.domain.due import moment_text
from deskmate.domain.request import Change, Refused, Request, awake, begin, offered_outcome, why_not
from deskmate.domain.row import label
from deskmate.domain.status import Status, WaitingOn

REMINDERS = ("Remind", "Remind 2")
"""The canned texts for the first and for every later chase of a requester."""


def why_not_wait(status: str, on: WaitingOn, who: str) -> str:
    """Why a request of this status can not wait on ``on``; empty when it can. ``who`` is its requester."""
    if on is WaitingOn.REQUESTER and not who and not why_not("wait", status):
        return "nobody is named who could answer"
    return why_not("wait", status)


def why_not_wake(status: str, wake_at: str | None) -> str:
    """Why a request can not be woken; empty when it can."""
    return why_not("wake", status) or ("" if wake_at else "it neither waits nor sleeps")


def wait(request: Request, on: WaitingOn, until: str, at: str, who: str = "") -> Change:
    """Let it wait on somebody, to be chased at ``until``. ``who`` is the name of someone.

    To wait on the same once more after the date has come is a chase: they were asked again. Before that, it only
    moves the date.
    """
    requester = "known" if request.person_id is not None else request.requester or ""
    _allowed("wait", request, why_not_wait(request.status, on, requester), until, at)
    name = who if on is WaitingOn.SOMEONE else None
    same = (request.waiting_on, request.waiting_for) == (on, name)
    again = same and request.woken
    if same and not again and request.wake_at == until:
        raise Refused(f"{label(request.number)} waits for that already.")
    after = replace(
        awake(request),
        status=Status.WAITING,
        waiting_on=on,
        waiting_for=name,
        waiting_since=request.waiting_since if same else at,
        wake_at=until,
        chases=request.chases + again if same else 0,
    )
    fact = f"{on}: {name}" if name else on
    return Change(request, after, "chased" if again else "waiting", request.status, fact)


def park(request: Request, until: str, at: str, reason: str = "") -> Change:
    """Let it sleep until then. For one that waits this moves the date to chase: it is no chase itself."""
    _allowed("be parked", request, why_not("park", request.status), until, at)
    kept = reason or request.parked_reason
    if (request.wake_at, request.woken, request.parked_reason) == (until, False, kept):
        raise Refused(f"{label(request.number)} sleeps until then already.")
    after = replace(request, wake_at=until, woken=False, parked_reason=kept)
    return Change(request, after, "parked", None, until)


def wake(request: Request) -> Change:
    """Back to work now: parked no longer, waiting for nobody."""
    _allowed("be woken", request, why_not_wake(request.status, request.wake_at))
    waits = request.status is Status.WAITING
    after = replace(awake(request), status=Status.OPEN if waits else request.status, unread=request.unread)
    return Change(request, after, "woken", None, None)


def answer(request: Request, via: str, until: str) -> Change:
    """A reply to the requester: the request is open from then on, and nothing in it is unread.

    A woken wait on the requester was chased by it, and waits again until then.
    """
    after = replace(begin(request), unread=False)
    if reminder(request):
        after = replace(after, wake_at=until, woken=False, chases=request.chases + 1)
    return Change(request, after, "reply", None, via)


def reminder(request: Request) -> str:
    """The name of the canned text to chase the requester with; empty when there is nothing to chase."""
    if not (request.woken and request.waiting_on is WaitingOn.REQUESTER):
        return ""
    return REMINDERS[min(request.chases, len(REMINDERS) - 1)]


def whom(on: str | None, name: str | None) -> str:
    """Whose turn it is, in words."""
    return name or ("the vendor" if on == WaitingOn.VENDOR else "the requester")


def standing(request: Request, now: datetime) -> str:
    """How a request waits or sleeps, in words; empty when it does neither. ``now`` is aware and local.

    A name and a reason in it are as they were typed.
    """
    if request.wake_at is None:
        return ""
    date = _moment(request.wake_at, now)
    why = f": {request.parked_reason}" if request.parked_reason else ""
    early = request.woken and request.wake_at > instant.to_text(now)  # an item of its checklist has come up
    if request.waiting_since is None and early:
        return f"back before {date}{why}"
    if request.waiting_since is None:
        return f"{'woken' if request.woken else 'parked until'} {date}{why}"
    who = whom(request.waiting_on, request.waiting_for)
    since = f"since {_moment(request.waiting_since, now)}"
    if not request.woken or early:
        times = f", chased {_times(request.chases)}" if request.chases else ""
        return f"waiting on {who} {since}{times}, chase {date}{why}"
    if offered_outcome(request):
        return f"no answer from {who} {since}, chased {_times(request.chases)}"
    return f"chase {who}{_NTH.get(request.chases, ', once more')}: waiting {since}{why}"


_NTH = {0: "", 1: ", second time", 2: ", third time"}


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _moment(at: str, now: datetime) -> str:
    return moment_text(instant.from_text(at).astimezone(now.tzinfo), now)


def _allowed(what: str, request: Request, reason: str, until: str = "", at: str = "") -> None:
    if reason:
        raise Refused(f"{label(request.number)} can not {what}: {reason}.")
    if until < at:
        raise Refused(f"{label(request.number)} can not {what}: that date has passed.", "Say a later one.")
