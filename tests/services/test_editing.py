"""What a request says of itself, and the categories: changed by hand, and taken back on another day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskmate.domain.commands import Command, EditCategory, EditRequest, Redo, RemoveCategory, Resolve, Undo
from deskmate.domain.priority import Impact, Priority, Urgency
from deskmate.domain.timeline import Detail
from deskmate.errors import DeskmateError
from deskmate.services import categories as services
from deskmate.services.desk import Desk
from deskmate.store.read.categories import categories, category
from deskmate.store.read.detail import detail
from deskmate.store.read.names import StoredNames
from tests.support.desks import assert_sound, line, opened, ticking

NEXT_DAY = datetime(2026, 11, 21, 16, tzinfo=UTC)
LATER = "2026-12-24T17:30:00.250Z"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """D-1 of Ana Weber, D-2 without a title; a device Laser 2."""
    with opened(tmp_path) as desk:
        desk.capture(line("one", new_people=("Ana Weber",)))
        desk.capture(line(""))
        desk.writer.conn.execute("INSERT INTO device (name, word) VALUES ('Laser 2', 'laser 2')")
        yield desk
        assert_sound(desk.writer.conn)


def of(desk: Desk, number: int = 1) -> Detail:
    found = detail(desk.writer.conn, number)
    assert found is not None
    return found


def test_only_what_is_given_changes_and_all_of_it_is_one_step(desk: Desk) -> None:
    before = of(desk).request
    outcome = desk.run(
        EditRequest(
            (1,),
            title=" Page\tcomes out crumpled ",
            category="PRINTING and scanning",
            judged=(Impact.SEVERAL, Urgency.SLOWED),
            device="laser 2",
            needed_by=LATER,
            answers=(("since when", "Monday"), ("exact message", " none ")),
        )
    )
    assert outcome.label == "edited D-1"
    request = of(desk).request
    assert (request.title, request.category) == ("Page comes out crumpled", "Printing and scanning")
    assert (request.impact, request.urgency, request.priority) == (Impact.SEVERAL, Urgency.SLOWED, Priority.P2)
    assert (request.device, of(desk).device) == (None, "Laser 2")
    assert request.needed_by == LATER
    assert request.answers == (("exact message", "none"), ("since when", "Monday"))
    assert request.person_id == before.person_id
    assert of(desk).entries[-1].text == (
        "edited: title, priority, impact, urgency, category, device, needed by, answers"
    )
    desk.run(EditRequest((1,), category="", device="", needed_by="", answers=(("Since when", ""),)))
    request = of(desk).request
    assert (request.category, request.device_id, request.needed_by) == (None, None, None)
    assert request.answers == (("exact message", "none"),)
    desk.run(Undo())
    desk.run(Undo())
    assert of(desk).request == before


def test_an_untitled_one_is_named_afterwards(desk: Desk) -> None:
    desk.run(EditRequest((2,), title="No sound"))
    assert of(desk, 2).request.title == "No sound"


@pytest.mark.parametrize(
    ("typed", "make", "who", "known"),
    [("ana weber", False, "Ana Weber", True), ("Bo", False, "Bo", False), ("Bo", True, "Bo", True)],
)
def test_a_requester_is_known_kept_as_typed_or_made_known(
    desk: Desk, typed: str, make: bool, who: str, known: bool
) -> None:
    desk.run(EditRequest((2,), requester=typed, make_known=make))
    assert (of(desk, 2).who, of(desk, 2).known) == (who, known)
    made = StoredNames(desk.writer.conn).person("bo")
    assert (made is not None) == make
    desk.run(Undo())
    assert of(desk, 2).who == ""
    assert StoredNames(desk.writer.conn).person("bo") is None


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (EditRequest((1,), title="one"), "D-1 says all this already."),
        (EditRequest((1,), title="x" * 201), "A title has room for 200 characters, this one has 201."),
        (EditCategory(None, " ", ""), "A category needs a name."),
        (EditCategory(None, "programs", ""), "There is a category “Programs” already."),
        (EditCategory(99, "New", ""), "This category is not there any more."),
        (RemoveCategory(99), "This category is not there any more."),
    ],
)
def test_what_is_refused(desk: Desk, command: Command, reason: str) -> None:
    with pytest.raises(DeskmateError) as refused:
        desk.run(command)
    assert refused.value.message == reason


def test_ten_categories_to_begin_with_each_with_questions(desk: Desk) -> None:
    known = categories(desk.writer.conn)
    assert len(known) == 10
    assert all(3 <= len(each.questions) <= 5 for each in known)
    assert [question.word for question in known[0].questions][:2] == ["really them", "who approved"]


def test_categories_are_changed_added_and_removed_and_all_is_taken_back(tmp_path: Path) -> None:
    commands: list[Command] = [
        EditCategory(3, "Printers", "device: Which?\nWhich page?"),
        EditCategory(None, "Doors", ""),
        RemoveCategory(1),
    ]
    with opened(tmp_path) as desk:
        for title in ("jam", "old jam"):
            desk.capture(line(title))
        desk.run(EditRequest((1, 2), category="Printing and scanning"))
        desk.run(Resolve((2,)))
        pictures = [categories(desk.writer.conn)]
        for command in commands:
            desk.run(command)
            pictures.append(categories(desk.writer.conn))
        printers = category(desk.writer.conn, "PRINTERS")
        assert printers is not None
        assert [question.text for question in printers.questions] == ["Which?", "Which page?"]
        assert [of(desk, number).request.category for number in (1, 2)] == ["Printers"] * 2, "ended or not"
        assert pictures[-1][-1].name == "Doors"
        assert category(desk.writer.conn, "Access and passwords") is None
    again = Desk(str(tmp_path), actor="test", clock=ticking(NEXT_DAY))
    for picture in reversed(pictures[:-1]):
        again.run(Undo())
        assert categories(again.writer.conn) == picture
    assert [of(again, number).request.category for number in (1, 2)] == ["Printing and scanning"] * 2
    for picture in pictures[1:]:
        again.run(Redo())
        assert categories(again.writer.conn) == picture
    again.close()


def test_what_is_too_much_for_one_step_keeps_its_name_and_that_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST", 1)
    desk.run(EditRequest((1, 2), category="Programs"))
    desk.run(Resolve((2,)))
    said = desk.run(EditCategory(6, "Software", "")).label
    assert said == "category “Software” saved; ended ones beyond 1 still say “Programs”"
    assert [of(desk, number).request.category for number in (1, 2)] == ["Software", "Programs"]
