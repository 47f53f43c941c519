"""A checklist is written as text in the panel: what is understood is said, and no letter is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import TextArea

from deskmate.services.desk import Desk
from deskmate.store.connection import open_reader
from deskmate.store.read import revisions
from tests.support.checklists import listed
from tests.support.pilots import Seat, seated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk with one checklist."""
    desk = Desk(str(tmp_path), actor="test")
    listed(desk)
    desk.close()
    return tmp_path


def kept(folder: Path) -> dict[str, list[int]]:
    """The numbers of the revisions of each checklist, by the word it is found by."""
    conn = open_reader(str(folder))
    try:
        return {
            word: [each.revision for each in revisions.revisions(conn, key)]
            for word, key in revisions.keys(conn).items()
        }
    finally:
        conn.close()


def area(seat: Seat) -> TextArea:
    return seat.app.screen.query_one(TextArea)


def put(seat: Seat, old: str, new: str) -> None:
    """As if it was typed there: the text is longer than a test should press."""
    area(seat).load_text(area(seat).text.replace(old, new))


async def test_what_is_changed_is_a_new_revision_and_undo_takes_it_back(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("3", "e")
        assert area(seat).text.startswith("# Patch round\n\n* Mode: in order\n* Minutes: 60\n")
        assert "5 items · in order · 60 min" in seat.text()
        await seat.press("ctrl+o")
        assert kept(folder) == {"patch round": [1]}
        await seat.press("e")
        put(seat, "Minutes: 60", "Minutes: 45")
        await seat.settle()
        assert "5 items · in order · 45 min" in seat.text()
        await seat.press("ctrl+o")
        assert "saved “Patch round”, revision 2" in seat.footer()
        assert kept(folder) == {"patch round": [2, 1]}
        await seat.press("u")
        assert kept(folder) == {"patch round": [1]}


async def test_a_broken_line_is_named_and_kept_over_esc_until_it_is_understood(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("3", "e")
        put(seat, "  - evidence", "  - evidense")
        await seat.settle()
        why = "line 8: neither an item"
        assert why in seat.text()
        await seat.press("ctrl+o")
        assert area(seat).cursor_location[0] == 7
        assert kept(folder) == {"patch round": [1]}
        await seat.press("escape", "e")
        assert "  - evidense" in area(seat).text
        put(seat, "  - evidense", "  - evidence\n- [ ] Log read")
        await seat.press("ctrl+o")
        assert kept(folder) == {"patch round": [2, 1]}
        await seat.press("e")
        assert "evidense" not in area(seat).text


async def test_a_new_one_begins_with_its_name_and_a_taken_name_gives_the_text_back(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("3", "c", "ctrl+o", "a")
        assert list(kept(folder)) == ["patch round", "patch round (copy)"]
        assert "line 1: the checklist needs a name behind the #" in seat.text()
        await seat.type("Patch round")
        put(seat, "- [ ] ", "- [ ] Look")
        await seat.press("ctrl+o")
        assert "“Patch round” is a checklist already" in seat.text()
        assert area(seat).text.startswith("# Patch round\n")
        put(seat, "# Patch round", "# Evening")
        await seat.press("ctrl+o")
        assert list(kept(folder)) == ["patch round", "patch round (copy)", "evening"]
