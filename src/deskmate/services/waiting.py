"""Waiting, parking and waking: each as one undo step, and the date always said."""

from __future__ import annotations

from deskmate.domain import instant, local, waiting, when
from deskmate.domain.commands import Outcome, Park, Wait, Wake
from deskmate.domain.request import Refused
from deskmate.domain.status import WaitingOn
from deskmate.domain.text import clean
from deskmate.services import requests
from deskmate.services.workspace import Workspace
from deskmate.store.write.unit_of_work import UnitOfWork

NAME_LIMIT = 80
"""Characters of the name of someone who is waited for."""
REASON_LIMIT = 200


def wait(workspace: Workspace, command: Wait, draft: str = "") -> Outcome:
    """Let requests wait on somebody, three business days where no date is given."""
    who = one_line(command.who, NAME_LIMIT)
    if command.on is WaitingOn.SOMEONE and not who:
        raise Refused("Nobody was named to wait for.", "Say a name.")

    def prepare(work: UnitOfWork) -> tuple[requests.Rule, str]:
        until = command.until or work.calendar.chase_at(work.clock)
        said = f"waiting on {waiting.whom(command.on, who)}, chase {spoken(until, work.clock)}:"
        return lambda found: waiting.wait(found, command.on, until, work.clock, who), said

    return requests.apply(workspace, command, prepare, draft)


def park(workspace: Workspace, command: Park, draft: str = "") -> Outcome:
    """Let requests sleep until a date."""
    reason = one_line(command.reason, REASON_LIMIT)

    def prepare(work: UnitOfWork) -> tuple[requests.Rule, str]:
        until = command.until or instant.to_text(work.calendar.tomorrow(instant.from_text(work.clock)))
        said = f"parked until {spoken(until, work.clock)}:"
        return lambda found: waiting.park(found, until, work.clock, reason), said

    return requests.apply(workspace, command, prepare, draft)


def wake(workspace: Workspace, command: Wake, draft: str = "") -> Outcome:
    """Bring requests back to work."""
    return requests.apply(workspace, command, lambda work: (waiting.wake, "woke"), draft)


def spoken(until: str, at: str) -> str:
    """A date in the local zone: ``Fri 27 Nov 09:00``."""
    zone = local.Local()
    return when.spoken(instant.from_text(until).astimezone(zone), instant.from_text(at).astimezone(zone))


def one_line(text: str, limit: int) -> str:
    """Foreign text as one cleaned line."""
    return clean(text)[0].strip()[:limit]
