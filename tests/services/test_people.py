"""People and devices: what is taken, what is refused, and that every change can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deskmate.domain import local
from deskmate.domain.commands import (
    AddDevice,
    AddPerson,
    DropDevice,
    DropPerson,
    EditDevice,
    EditPerson,
    MergePeople,
    Outcome,
    Redo,
    Undo,
)
from deskmate.domain.device import Device
from deskmate.domain.person import Experience, Person, PersonKind
from deskmate.domain.query import parse
from deskmate.domain.values import WrongValues
from deskmate.domain.views import View
from deskmate.errors import DeskmateError
from deskmate.services.desk import Desk
from deskmate.store.read import changes, find, people
from deskmate.store.read.detail import detail
from deskmate.store.read.names import StoredNames
from tests.nasty import entries
from tests.support.desks import assert_sound, line, opened

ADA = {"name": "  Ada\tWeber ", "email": "ada@example.org", "room": "2.14", "vip": "Yes", "experience": "EXPERT"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk where Ada is known, and sound at the end."""
    with opened(tmp_path) as desk:
        desk.run(AddPerson(ADA))
        yield desk
        assert_sound(desk.writer.conn)


def person(desk: Desk, key: int = 1) -> Person | None:
    """A person as he or she is on disk."""
    return people.person(desk.writer.conn, key)


def test_a_card_is_cleaned_and_whole(desk: Desk) -> None:
    assert person(desk) == Person(
        1, "Ada Weber", "ada@example.org", "", "2.14", "", PersonKind.REQUESTER, True, Experience.EXPERT, ""
    )
    assert StoredNames(desk.writer.conn).person("weber") == (1, "Ada Weber")


@pytest.mark.parametrize(
    ("said", "field", "why"),
    [
        ({"name": " \x00"[:1]}, "name", "needs a name"),
        ({"name": "x" * 121}, "name", "at most 120"),
        ({"name": "Eve", "email": "eve.example.org"}, "email", "has no @"),
        ({"name": "Eve", "email": "eve@"}, "email", "one side"),
        ({"name": "Eve", "email": "a@b@c"}, "email", "two @"),
        ({"name": "Eve", "email": "a@b c"}, "email", "not one address"),
        ({"name": "Eve", "email": "a@b..c"}, "email", "no host"),
        ({"name": "Eve", "kind": "boss"}, "kind", "one of requester, contact"),
        ({"name": "Eve", "vip": "maybe"}, "vip", "yes or no"),
        ({"name": "Eve", "email": "ADA@example.org"}, "email", "is Ada Weber already"),
        ({"name": "ada weber"}, "name", "on the list already"),
        ({"room": "2.14"}, "name", "needs a name"),
    ],
)
def test_what_can_not_be_taken_is_named(desk: Desk, said: dict[str, str], field: str, why: str) -> None:
    with pytest.raises(WrongValues) as refused:
        desk.run(AddPerson(said))
    assert list(refused.value.problems) == [field]
    assert why in refused.value.problems[field]
    assert person(desk, 2) is None


def test_two_of_one_name_are_told_apart_by_address(desk: Desk) -> None:
    assert desk.run(AddPerson({"name": "Ada Weber", "email": "ada.weber@example.org"})).made == 2
    assert StoredNames(desk.writer.conn).person("weber") is None
    assert [each.key for each in people.named(desk.writer.conn, "Ada.Weber@example.org")] == [2]


def test_a_new_name_is_searched_and_captured_by_and_undone(desk: Desk) -> None:
    conn = desk.writer.conn
    number = desk.capture(line("paper jam", person_id=1))
    seen = changes.last_seq(conn)
    desk.run(EditPerson(1, {"name": "Ada Lind", "vip": "no", "details": "two\nlines"}))
    assert changes.since(conn, seen) is None
    assert find.first(conn, View.ALL, parse("lind", local.now()), 9) == [number]
    assert StoredNames(conn).person("weber") is None
    desk.run(Undo())
    assert person(desk) == Person(
        1, "Ada Weber", "ada@example.org", room="2.14", vip=True, experience=Experience.EXPERT
    )
    assert find.first(conn, View.ALL, parse("lind", local.now()), 9) == []
    assert StoredNames(conn).person("weber") == (1, "Ada Weber")
    desk.run(Redo())
    assert StoredNames(conn).person("lind") == (1, "Ada Lind")


def test_who_asked_unknown_becomes_known(desk: Desk) -> None:
    number = desk.capture(line("no sound", requester="silva"))
    outcome: Outcome = desk.run(AddPerson({"name": "K. Silva"}, (number,)))
    found = detail(desk.writer.conn, number)
    assert found is not None
    assert (found.who, found.known, found.request.person_id) == ("K. Silva", True, outcome.made)
    desk.run(Undo(request=number))
    found = detail(desk.writer.conn, number)
    assert found is not None
    assert (found.who, found.known) == ("silva", False)
    assert person(desk, outcome.made) is None


def test_a_dropped_person_leaves_the_name_behind(desk: Desk) -> None:
    number = desk.capture(line("paper jam", person_id=1))
    desk.run(DropPerson(1))
    assert person(desk) is None
    assert StoredNames(desk.writer.conn).person("weber") is None
    assert getattr(detail(desk.writer.conn, number), "who", "") == "Ada Weber"
    with pytest.raises(DeskmateError, match="not on the list"):
        desk.run(EditPerson(1, {"room": "1"}))
    desk.run(Undo())
    assert person(desk) is not None


def test_two_cards_become_one_and_two_again(desk: Desk) -> None:
    conn = desk.writer.conn
    number = desk.capture(line("no sound", new_people=("A. W.",)))
    desk.run(AddDevice({"name": "LAPTOP-7", "owner": "a. w."}))
    desk.run(EditPerson(2, {"kind": "vendor", "phone": "117", "vip": "no"}))
    before = people.person(conn, 1), people.person(conn, 2)
    outcome = desk.run(MergePeople(1, 2))
    assert (outcome.requests, person(desk, 2)) == ((number,), None)
    card = person(desk)
    assert card is not None
    assert (card.name, card.phone, card.kind, card.vip) == ("Ada Weber", "117", PersonKind.VENDOR, True)
    assert [each.name for each in people.devices_of(conn, 1)] == ["LAPTOP-7"]
    assert find.first(conn, View.ALL, parse("weber", local.now()), 9) == [number]
    desk.run(Undo())
    assert (people.person(conn, 1), people.person(conn, 2)) == before
    assert getattr(detail(conn, number), "who", "") == "A. W."
    assert people.devices_of(conn, 1) == []


def test_what_changes_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(DeskmateError, match="like that already"):
        desk.run(EditPerson(1, {"room": "2.14"}))


def device(desk: Desk, key: int = 1) -> Device | None:
    """A device as it is on disk."""
    return people.device(desk.writer.conn, key)


def test_a_device_has_an_owner_and_requests(desk: Desk) -> None:
    number = desk.capture(line("no sound"))
    outcome = desk.run(AddDevice({"name": "LAPTOP-7", "kind": "laptop", "owner": "weber", "notes": "new"}, (number,)))
    whole = Device(1, "LAPTOP-7", "laptop", 1, "Ada Weber", "", "new")
    assert (outcome.made, device(desk)) == (1, whole)
    assert people.devices_of(desk.writer.conn, 1) == people.devices_named(desk.writer.conn, "laptop-7") == [whole]
    assert getattr(detail(desk.writer.conn, number), "device", "") == "LAPTOP-7"
    desk.run(EditDevice(1, {"owner": "", "room": "cellar"}))
    assert device(desk) == Device(1, "LAPTOP-7", "laptop", None, "", "cellar", "new")
    desk.run(DropDevice(1))
    assert device(desk) is None
    for _ in range(3):
        desk.run(Undo())
    assert device(desk) is None
    for _ in range(2):
        desk.run(Redo())
    assert getattr(device(desk), "room", "") == "cellar"


@pytest.mark.parametrize(
    ("said", "field", "why"),
    [
        ({"name": ""}, "name", "needs a name"),
        ({"name": "X-1", "owner": "nobody"}, "owner", "nobody goes by that name"),
        ({"name": "x-9"}, "name", "on the list already"),
    ],
)
def test_what_no_device_can_be(desk: Desk, said: dict[str, str], field: str, why: str) -> None:
    desk.run(AddDevice({"name": "X-9"}))
    with pytest.raises(WrongValues) as refused:
        desk.run(AddDevice(said))
    assert why in refused.value.problems[field]


def test_hostile_texts_make_a_card_that_can_be_read_again(desk: Desk) -> None:
    for count, (_id, hostile) in enumerate(entries()):
        said: dict[str, Any] = {"name": f"p{count} {hostile[:80]}", "room": hostile[:150], "details": hostile[:2000]}
        key = desk.run(AddPerson(said)).made
        card = person(desk, key)
        assert card is not None
        assert card.name.startswith(f"p{count}")
        with pytest.raises(DeskmateError, match="already"):
            desk.run(EditPerson(key, {"name": card.name, "room": card.room, "details": card.details}))
