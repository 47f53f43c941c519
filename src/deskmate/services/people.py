"""Adding, changing and dropping people, each as one undo step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from deskmate.domain.commands import AddPerson, DropPerson, EditPerson, MergePeople, Outcome
from deskmate.domain.person import FIELDS, Person, changed, merged
from deskmate.domain.request import Change, Request
from deskmate.domain.values import WrongValues
from deskmate.errors import DeskmateError
from deskmate.services import dropping
from deskmate.services.workspace import Workspace
from deskmate.store.read import people, walks
from deskmate.store.write.guide_tables import WalkRow
from deskmate.store.write.tables import DeviceRow, PersonRow
from deskmate.store.write.unit_of_work import UnitOfWork


def add(workspace: Workspace, command: AddPerson, draft: str = "") -> Outcome:
    """Add a person, and make the requests that say so theirs.

    Raises WrongValues for what can not be taken, and for somebody who is there already.
    """
    person = changed(Person(), command.said)
    with workspace.unit_of_work(command.name) as work:
        _only_once(work, person)
        row = work.add(PersonRow(**_columns(person), created_at=work.at))
        work.flush()
        person = replace(person, key=row.id or 0)
        for found in work.requests(command.requests):
            work.change(asked_by(found, person))
        work.drop_draft(draft)
        label = f"added {person.name}"
        seq = work.finish(label)
    return Outcome(seq, label, command.requests, made=person.key)


def edit(workspace: Workspace, command: EditPerson, draft: str = "") -> Outcome:
    """Change what is known of a person. Raises WrongValues, and DeskmateError when nothing would change."""
    with workspace.unit_of_work(command.name) as work:
        before, row = _get(work, command.person)
        after = changed(before, command.said)
        _only_once(work, after)
        if not work.edit(row, **_columns(after)):
            raise DeskmateError(f"{before.name} is like that already.")
        work.drop_draft(draft)
        label = f"changed {after.name}"
        return Outcome(work.finish(label), label, ())


def drop(workspace: Workspace, command: DropPerson, draft: str = "") -> Outcome:
    """Take a person off the list."""
    return dropping.take_off(workspace, command, draft, lambda work: _get(work, command.person)[1], "dropped {}")


def merge(workspace: Workspace, command: MergePeople, draft: str = "") -> Outcome:
    """Make one card of two: the requests and devices of the other go to the one that stays."""
    if command.person == command.other:
        raise DeskmateError("This is one card already.", "Name two.")
    with workspace.unit_of_work(command.name) as work:
        kept, row = _get(work, command.person)
        other, gone = _get(work, command.other)
        numbers = tuple(people.asked_for(work.conn, other.key))
        for found in work.requests(numbers):
            work.change(asked_by(found, kept, was=other.name))
        for device in people.devices_of(work.conn, other.key):
            owned = work.get(DeviceRow, device.key)
            if owned is not None:
                work.edit(owned, person_id=kept.key)
        for key in walks.keys_of_person(work.conn, other.key):
            walked = work.get(WalkRow, key)
            if walked is not None:
                work.edit(walked, person_id=kept.key)
        work.edit(gone, void=True)
        work.edit(row, **_columns(merged(kept, other)))
        work.drop_draft(draft)
        label = f"{other.name} is {kept.name}"
        return Outcome(work.finish(label), label, numbers)


def asked_by(found: Request, person: Person, was: str = "") -> Change:
    """The change that makes a request this person's; ``was`` is who asked until then, where a card says so."""
    after = replace(found, person_id=person.key, requester=None)
    return Change(found, after, "requester", was or found.requester, person.name)


def _get(work: UnitOfWork, key: int) -> tuple[Person, PersonRow]:
    person, row = people.person(work.conn, key), work.get(PersonRow, key)
    if person is None or row is None:
        raise DeskmateError("This person is not on the list any more.", "deskmate person list shows who is.")
    return person, row


def _columns(person: Person) -> dict[str, Any]:
    """The card as the table has it: what is not known is NULL."""
    values = {field: getattr(person, field) for field in FIELDS}
    return values | {field: values[field] or None for field in ("email", "phone", "room", "department")}


def _only_once(work: UnitOfWork, person: Person) -> None:
    """Refuse a second person with one address, or with one name and nothing that tells the two apart."""
    if person.email:
        same = [
            each for each in people.named(work.conn, person.email) if each.email.casefold() == person.email.casefold()
        ]
        if any(each.key != person.key for each in same):
            raise WrongValues({"email": f"{person.email} is {same[0].name} already"})
    elif not person.key:
        same = [
            each for each in people.named(work.conn, person.name) if each.name.casefold() == person.name.casefold()
        ]
        if same:
            raise WrongValues({"name": f"{same[0].name} is on the list already; an e-mail address tells two apart"})
