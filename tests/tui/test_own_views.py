"""Views of the technician's own on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskmate.domain.commands import DropView, SaveView, SetPriority
from deskmate.domain.priority import Priority
from deskmate.domain.views import View
from deskmate.services.desk import Desk
from tests.support.desks import line
from tests.support.pilots import seated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = Desk(str(tmp_path), actor="test")
    desk.capture(line("Printer jams", new_tags=("printer",)))
    desk.capture(line("VPN drops"))
    desk.capture(line("Toner is low", tags=("printer",)))
    desk.run(SetPriority((1,), Priority.P3))
    desk.close()
    return tmp_path


def saved(folder: Path, *views: tuple[str, str]) -> None:
    desk = Desk(str(folder), actor="test")
    for name, query in views:
        desk.run(SaveView(name, query))
    desk.close()


async def test_what_is_searched_for_becomes_a_tab_that_stays(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("/")
        await seat.type("#printer")
        await seat.press("ctrl+o")
        await seat.type("Paper")
        await seat.press("enter")
        assert seat.ask("SELECT name, query FROM saved_view") == [("Paper", "is:now #printer")]
        assert not seat.queue.searching
        assert seat.lines()[1].split()[-5:] == ["Resolved", "All", "Paper", "…", "1/2"]
        assert seat.numbers() == [3, 1]
        # It narrows further, and says what it hides.
        await seat.press("/")
        await seat.type("s")
        await seat.type("tatus:new -tag:vpn")
        assert seat.numbers() == [3, 1]
        assert "1 more in All" in seat.text()
        await seat.press("escape")
        seat.queue.place.keep_now()
        await seat.settle()
    async with seated(folder) as seat:
        assert seat.numbers() == [3, 1]
        assert "Paper" in seat.lines()[1]


async def test_the_list_of_a_view_stays_under_the_hand_and_in_order(folder: Path) -> None:
    saved(folder, ("Paper", "is:now #printer"))
    async with seated(folder) as seat:
        await seat.press("'", "e", "'", "1")  # neither n, u, w, p, r nor a is free
        assert seat.queue.listing.tab == seat.queue.own_views.all[0]
        await seat.press("'", "n", "'", "1")
        assert seat.numbers() == [3, 1]
        await seat.press("p", "4")
        assert seat.numbers() == [3, 1], "the one under the cursor keeps its line"
        await seat.press("j")
        assert seat.numbers() == [1, 3]
        await seat.press("x", "enter", "j")
        assert seat.numbers() == [3]


async def test_views_are_reached_by_letter_by_number_and_by_neighbour(folder: Path) -> None:
    saved(folder, ("Vips", "vip"), ("Late", "overdue"), ("Lost", "age:>30d"), ("nuwpra", "jam"))
    async with seated(folder) as seat:
        keys = {key: view.tab for key, view in seat.queue.own_views.keys().items()}
        assert keys == {"v": "Vips", "e": "Late", "o": "Lost", "4": "nuwpra"}
        await seat.press("'")
        assert "v Vips" in seat.text()
        await seat.press("o")
        assert seat.queue.listing.tab == seat.queue.own_views.all[2]
        await seat.press("l")
        assert "nuwpra" in seat.lines()[1]
        assert seat.lines()[1].startswith("‹")
        await seat.press("l")
        assert seat.queue.listing.tab is View.NOW
        await seat.press("h", "h", "h", "'", "2")
        assert seat.queue.listing.tab == seat.queue.own_views.all[1]


async def test_they_are_counted_by_themselves(folder: Path) -> None:
    saved(folder, ("Paper", "is:now #printer"), ("None", "is:now #nowhere"))
    async with seated(folder, (140, 40)) as seat:
        assert "Paper …   None …" in seat.lines()[1], "with room for it"
        await seat.wait_until(lambda: "Paper 2   None 0" in seat.lines()[1])
        await seat.press("'", "e", "x", "enter")
        await seat.wait_until(lambda: "Paper 1" in seat.lines()[1])


async def test_a_view_is_renamed_and_dropped_and_comes_back(folder: Path) -> None:
    saved(folder, ("Paper", "is:now #printer"))
    async with seated(folder, (140, 40)) as seat:
        await seat.press("h", "'", ".")
        await seat.type(" jams")
        await seat.press("enter")
        assert "Paper jams" in seat.lines()[1]
        await seat.press("'", "-")
        assert "dropped the view “Paper jams”" in seat.footer()
        assert seat.queue.listing.tab is View.NOW
        assert "Paper" not in seat.lines()[1]
        await seat.press("u")
        assert "Paper jams" in seat.lines()[1]
        await seat.press("u", "h")
        assert seat.lines()[1].split()[-3] == "Paper"


async def test_another_window_drops_the_view_that_is_shown(folder: Path) -> None:
    saved(folder, ("Paper", "#printer"))
    async with seated(folder) as seat:
        await seat.press("h")
        desk = Desk(str(folder), actor="shell")
        desk.run(DropView(1))
        desk.close()
        await seat.settle()
        assert seat.queue.listing.tab is View.ALL
        assert seat.numbers() == [3, 2, 1]


async def test_dead_keys_of_views_say_why(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("'", "+")
        assert "search for something first" in seat.footer()
        await seat.press("'", "-")
        assert "Now comes with deskmate and stays" in seat.footer()
        await seat.press("'", "z")
        assert "there is no z" in seat.footer()
        await seat.press("/")
        await seat.type("due:<tomorow")
        assert "due:<tomorow is not understood" in seat.footer()
        await seat.press("ctrl+o")
        assert seat.app.screen is seat.queue


async def test_a_name_that_is_taken_is_given_back(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("/")
        await seat.type("jams")
        await seat.press("enter", "'", "+")
        await seat.type("Now")
        await seat.press("enter")
        assert "“Now” is a view already" in seat.text()
        await seat.type("!")
        await seat.press("enter")
        assert seat.ask("SELECT name, query FROM saved_view") == [("Now!", "is:now jams")]
