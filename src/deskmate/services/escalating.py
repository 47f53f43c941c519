"""Escalation: a request goes on with somebody of the own network, and waits on them."""

from __future__ import annotations

from deskmate.domain import waiting
from deskmate.domain.commands import AddRestricted, Escalate, Outcome
from deskmate.domain.person import PersonKind
from deskmate.domain.request import Change, Refused, Request, begin
from deskmate.domain.status import WaitingOn
from deskmate.services import requests
from deskmate.services.replies import reply_text
from deskmate.services.waiting import spoken
from deskmate.services.workspace import Workspace
from deskmate.store.write.tables import PersonRow
from deskmate.store.write.unit_of_work import UnitOfWork


def escalate(workspace: Workspace, command: Escalate, draft: str = "") -> Outcome:
    """Keep the handover text as a note, and let the request wait on whoever it went to."""
    text = reply_text(command.text)
    if not text.strip():
        raise Refused("There is nothing to hand over.", "Type the text first.")

    def prepare(work: UnitOfWork) -> tuple[requests.Rule, str]:
        person = work.get(PersonRow, command.person)
        if person is None or person.kind is PersonKind.REQUESTER:
            raise Refused("Nobody of your contacts was named.", "Add one, or say what somebody is to the desk.")
        until = work.calendar.chase_at(work.at)
        name = person.name

        def hand_over(found: Request) -> Change:
            work.add_note(found, f"Handed over to {name}:\n\n{text}")
            if (found.waiting_for, found.wake_at, found.woken) == (name, until, False):  # once more
                return Change(found, found, "escalated", None, name)
            work.fact(found.number, "escalated", None, name)
            return waiting.wait(found, WaitingOn.SOMEONE, until, work.at, name)

        return hand_over, f"escalated to {name}, chase {spoken(until, work.at)}:"

    return requests.apply(workspace, command, prepare, draft)


def add_restricted(workspace: Workspace, command: AddRestricted, draft: str = "") -> Outcome:
    """Keep a note for the supervisor alone."""
    text = reply_text(command.text)
    if not text.strip():
        raise Refused("There is nothing to note.", "Type the note first.")

    def prepare(work: UnitOfWork) -> tuple[requests.Rule, str]:
        def add(found: Request) -> Change:
            work.add_note(found, text, restricted=True)
            return Change(found, begin(found), "note", None, None)

        return add, "a note for the supervisor on"

    return requests.apply(workspace, command, prepare, draft)
