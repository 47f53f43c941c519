"""Importing a directory: who is known, what is left alone, and one step back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskmate.domain import local
from deskmate.domain.commands import AddPerson, EditPerson, Redo, Undo
from deskmate.domain.imported import Failure, ImportPerson
from deskmate.domain.query import parse
from deskmate.domain.views import View
from deskmate.services import importing_people
from deskmate.services.desk import Desk
from deskmate.services.importing_people import Report
from deskmate.store.read import find, people
from deskmate.store.read.names import StoredNames
from tests.support.desks import assert_sound, line, opened, whole


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty desk, sound at the end."""
    with opened(tmp_path) as desk:
        yield desk
        assert_sound(desk.writer.conn)


def run(desk: Desk, *rows: ImportPerson, dry_run: bool = False) -> Report:
    """Import these."""
    return importing_people.run(desk, rows, dry_run=dry_run)


def cards(desk: Desk) -> dict[str, tuple[str, str, str]]:
    """Address, phone and room by name."""
    return {each.name: (each.email, each.phone, each.room) for each in people.people(desk.writer.conn)}


ADA = ImportPerson(2, "Ada Weber", "ada@example.org", "117", "2.14")
BEA = ImportPerson(3, "Bea Lind", "", "118", "")


def test_again_changes_nothing_and_a_change_is_taken(desk: Desk) -> None:
    assert run(desk, ADA, BEA, dry_run=True) == Report(2, 0, 0, (), ())
    assert cards(desk) == {}
    assert run(desk, ADA, BEA) == Report(2, 0, 0, (), ())
    before = whole(desk.writer.conn)
    assert run(desk, ADA, BEA) == Report(0, 0, 2, (), ())
    assert whole(desk.writer.conn) == before
    assert run(desk, ImportPerson(2, "Ada Lind", "ADA@example.org", "", "3.01"), BEA) == Report(0, 1, 1, (), ())
    assert cards(desk) == {"Ada Lind": ("ADA@example.org", "117", "3.01"), "Bea Lind": ("", "118", "")}
    assert StoredNames(desk.writer.conn).person("weber") is None


def test_who_was_captured_by_name_gets_the_rest(desk: Desk) -> None:
    number = desk.capture(line("no sound", new_people=("Ada Weber",)))
    assert run(desk, ADA) == Report(0, 1, 0, (), ())
    assert cards(desk) == {"Ada Weber": ("ada@example.org", "117", "2.14")}
    assert find.first(desk.writer.conn, View.ALL, parse("ada@example.org", local.now()), 9) == [number]


def test_what_was_set_by_hand_stays(desk: Desk) -> None:
    run(desk, ADA, BEA)
    desk.run(EditPerson(1, {"room": "9.99", "vip": "yes"}))
    desk.run(AddPerson({"name": "Eve", "email": "eve@example.org", "phone": "1"}))
    moved = ImportPerson(2, "Ada Weber", "ada@example.org", "200", "3.01")
    eve = ImportPerson(4, "Eve Silva", "eve@example.org", "2", "1.01")
    assert run(desk, moved, BEA, eve) == Report(0, 2, 1, ("Ada Weber", "Eve"), ())
    assert cards(desk)["Ada Weber"] == ("ada@example.org", "200", "9.99")
    assert cards(desk)["Eve"] == ("eve@example.org", "1", "1.01")
    again = ImportPerson(4, "Eve", "eve@example.org", "1", "1.02")
    assert run(desk, again) == Report(0, 1, 0, (), ()), "what an import filled in, the next may change"


def test_one_step_back_and_forth_leaves_what_was_touched_since(desk: Desk) -> None:
    desk.capture(line("no sound", new_people=("Ada Weber",)))
    run(desk, ADA, BEA, ImportPerson(4, "Eve"))
    desk.run(EditPerson(3, {"vip": "yes"}))
    outcome = desk.run(Undo(seq=None, request=None))
    assert outcome.label == "undid: changed Eve"
    assert desk.run(Undo()).label == "undid: imported 3 people"
    assert cards(desk) == {"Ada Weber": ("", "", "")}
    desk.run(Redo())
    assert cards(desk)["Ada Weber"] == ("ada@example.org", "117", "2.14")
    assert set(cards(desk)) == {"Ada Weber", "Bea Lind", "Eve"}


def test_an_import_of_people_is_taken_back_around_what_changed(desk: Desk) -> None:
    run(desk, ADA, BEA)
    run(desk, ImportPerson(2, "Ada Weber", "ada@example.org", "300"))
    conn = desk.writer.conn
    conn.execute("UPDATE journal SET undone_by = 2 WHERE seq = 2")  # as if only the first were left to undo
    outcome = desk.run(Undo())
    assert outcome.refused == ("Ada Weber was changed since and stays as it is.",)
    assert set(cards(desk)) == {"Ada Weber"}


def test_rows_that_mean_nobody_in_particular_fail(desk: Desk) -> None:
    desk.run(AddPerson({"name": "Ada", "email": "a1@example.org"}))
    desk.run(AddPerson({"name": "Ada", "email": "a2@example.org"}))
    report = run(
        desk, ImportPerson(2, "ada"), BEA, ImportPerson(4, "BEA LIND"), ImportPerson(5, "Ada", "a3@example.org")
    )
    assert report.created == 2
    assert report.failed == (
        Failure(2, "several people are called ada: an e-mail address is needed"),
        Failure(4, "BEA LIND is on line 3 already"),
    )
