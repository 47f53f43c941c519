"""The form of a request and of a category: fields, questions, what is refused, and what esc keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from deskmate.domain.commands import EditRequest
from deskmate.services.desk import Desk
from tests.support.desks import line
from tests.support.pilots import seated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """D-1 of a printer, D-2 without a title, D-3 of a category nobody knows."""
    desk = Desk(str(tmp_path), actor="test")
    desk.capture(line("Printer jams", new_people=("Ana Weber",)))
    desk.capture(line("", requester="Bo Cole"))
    desk.capture(line("Old import"))
    desk.run(EditRequest((1,), category="Printing and scanning"))
    desk.run(EditRequest((3,), category="Toner"))
    desk.close()
    return tmp_path


async def test_e_goes_to_the_first_gap_and_tab_through_the_rest(folder: Path) -> None:
    async with seated(folder) as seat:
        assert "not yet known: which device, exact message, since when" in seat.text()
        await seat.press("e")
        assert "Which printer?" in seat.text()
        await seat.type("Laser 2")
        await seat.press("tab", "tab")
        assert "What does its display say exactly?" in seat.text()
        await seat.type("E-41")
        await seat.press("tab")
        await seat.type("Monday")
        await seat.press("ctrl+o")
        request = seat.detail(1).request
        assert request.answers == (("exact message", "E-41"), ("since when", "Monday"))
        assert "not yet known: others too, what was tried" in seat.text()
        assert "exact message: E-41 · since when: Monday" in seat.text()
        await seat.press("u")
        assert seat.detail(1).request.answers == ()


async def test_an_untitled_one_is_named_and_its_requester_made_known(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("j", "e")
        await seat.type("No sound")
        await seat.press("tab")
        assert "Bo Cole (new)" in seat.text()
        await seat.press("down", "ctrl+o")
        found = seat.detail(2)
        assert (found.request.title, found.who, found.known) == ("No sound", "Bo Cole", True)


async def test_a_typed_date_is_echoed_and_refused_when_it_is_none(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("e", "tab")
        await seat.type("4 dec 2030 15:00")
        assert "Wed 4 Dec 2030 15:00" in seat.text()
        await seat.type("x")
        await seat.press("ctrl+o")
        assert "not understood" in seat.text()
        await seat.press("backspace", "ctrl+o")
        due = seat.detail(1).request.due_at
        assert due is not None
        assert due.startswith("2030-12-04")


async def test_the_questions_follow_the_category_and_nothing_typed_is_lost(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("e", "tab", "tab")
        await seat.type("E-41")
        for _ in range(5):
            await seat.press("shift+tab")
        asked = list(seat.app.screen.query(Input))
        await seat.press("ctrl+u", "tab", "shift+tab")
        assert len(seat.app.screen.query(Input)) < len(asked)
        for field in asked:  # what those that are gone say late is about none that is there
            seat.app.screen.post_message(Input.Changed(field, "late"))
        await seat.type("prog")
        await seat.press("tab")
        assert "Programs" in seat.text()
        assert "which program" in seat.text()
        assert "E-41" in seat.text()
        await seat.press("escape")
        await seat.press("e")
        assert "which program" in seat.text()
        await seat.press("ctrl+o")
        request = seat.detail(1).request
        assert (request.category, request.answers) == ("Programs", (("exact message", "E-41"),))


async def test_a_category_nobody_knows_is_kept_with_a_question_mark(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("G")
        assert "Toner?" in seat.text()


async def test_many_get_one_category(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("*", "e")
        assert "Edit 3 requests" in seat.text()
        await seat.type("phone")
        await seat.press("ctrl+o")
        assert {seat.detail(number).request.category for number in (1, 2, 3)} == {"Phone and mobile"}
        await seat.press("u")
        assert seat.detail(3).request.category == "Toner"


async def test_categories_are_edited_from_the_form_which_comes_back(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("e")
        await seat.type("E-41")
        await seat.press("f2")
        await seat.type("print")
        await seat.press("enter", "tab")
        await seat.press("ctrl+end")
        await seat.press("enter")
        await seat.type("tray: Which tray?")
        await seat.press("ctrl+o")
        assert "Edit D-1" in seat.text()
        assert "E-41" in seat.text()
        assert "Which tray?" in seat.ask("SELECT questions FROM category WHERE id = 3")[0][0]
        await seat.press("f2")
        await seat.type("Doors")
        await seat.press("enter")
        await seat.type("which door: Which door?")
        await seat.press("ctrl+o")
        assert seat.ask("SELECT questions FROM category WHERE name = 'Doors'") == [("which door: Which door?",)]
        await seat.press("f2")
        await seat.type("doors")
        await seat.press("enter", "ctrl+u", "ctrl+o")
        assert seat.ask("SELECT void FROM category WHERE name = 'Doors'") == [(1,)]


async def test_categories_and_texts_are_found_by_their_names(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press(":")
        await seat.type("categ")
        await seat.press("enter")
        await seat.type("Doors")
        await seat.press("enter")
        await seat.type("which door: Which door?")
        await seat.press("ctrl+o")
        assert seat.ask("SELECT questions FROM category WHERE name = 'Doors'") == [("which door: Which door?",)]
        assert seat.app.screen is seat.queue
        await seat.press(":")
        await seat.type("canned t")
        await seat.press("enter", "1")
        assert "Text to answer with: On it" in seat.text()
