"""Escalation: a request goes on with somebody of the own network, and waits on them."""

from __future__ import annotations

from dataclasses import replace

from deskmate.domain import waiting
from deskmate.domain.commands import AddRestricted, Escalate, Outcome
from deskmate.domain.person import Person, PersonKind
from deskmate.domain.reply import Way
from deskmate.domain.request import Change, Refused, Request, begin
from deskmate.domain.status import WaitingOn
from deskmate.domain.timeline import Delivery
from deskmate.services import requests
from deskmate.services.replies import reply_text
from deskmate.services.waiting import spoken
from deskmate.services.workspace import Workspace
from deskmate.store.read import people
from deskmate.store.write.tables import NoteRow
from deskmate.store.write.unit_of_work import UnitOfWork


def escalate(workspace: Workspace, command: Escalate, draft: str = "") -> Outcome:
    """Store a handover of each request as on its way, and let it wait on whoever it goes to."""
    texts = {number: reply_text(text) for number, text in zip(command.requests, command.texts, strict=True)}
    if not all(text.strip() for text in texts.values()):
        raise Refused("There is nothing to hand over.", "Type the text first.")
    keys: list[int] = []

    def prepare(work: UnitOfWork) -> tuple[requests.Rule, str]:
        to = people.person(work.conn, command.person)
        if to is None or to.kind is PersonKind.REQUESTER:
            raise Refused("Nobody of your contacts was named.", "Add one, or say what somebody is to the desk.")
        until = work.calendar.chase_at(work.clock)

        def hand_over(found: Request) -> Change:
            if (found.waiting_for, found.wake_at, found.woken) == (to.name, until, False):  # once more
                change = Change(found, found, "escalated", None, to.name)
            else:
                change = waiting.wait(found, WaitingOn.SOMEONE, until, work.clock, to.name)
                work.fact(found.number, "escalated", None, to.name)
            if command.way is None:
                work.add_note(found, f"Handed over to {to.name}:\n\n{texts[found.number]}")
            else:
                keys.append(_add(work, found, to, texts[found.number], command.way))
            return change

        return hand_over, f"escalated to {to.name}, chase {spoken(until, work.clock)}:"

    outcome = requests.apply(workspace, command, prepare, draft)
    return replace(outcome, handovers=tuple(keys))


def _add(work: UnitOfWork, found: Request, to: Person, text: str, way: Way) -> int:
    note = NoteRow(
        request_id=found.number,
        at=work.at,
        text=text,
        person_id=to.key,
        via=way.value,
        address=to.email.strip() or None,
        state=Delivery.SENDING,
    )
    work.add(note)
    work.flush()
    return note.id or 0


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
