"""Checklists that are run for a request: begun by a key, shown on it, followed both ways, ended with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskmate.domain.checklist import Content, Item, Verdict
from deskmate.domain.maintenance import FinishRun, MarkItem, ReportFinding, StartRun
from deskmate.tui.screens.run.screen import RunScreen
from tests.support.checklists import PATCHES, listed
from tests.support.desks import line, opened
from tests.support.pilots import Seat, seated

STARTER = Content(
    (Item("Role known", 1, days=-400), Item("Order laptop", 2, days=-300), Item("Ask after a week", 3, days=7))
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with opened(tmp_path) as desk:
        desk.capture(line("Mia starts", requester="Ana"))
        listed(desk, "Patch round", PATCHES)
        listed(desk, "New starter", STARTER)
    return tmp_path


def states(seat: Seat) -> list[tuple[str, int]]:
    return [(str(state), int(void)) for state, void in seat.ask("SELECT state, void FROM run ORDER BY id")]


async def running(seat: Seat) -> RunScreen:
    await seat.wait_until(lambda: isinstance(seat.app.screen, RunScreen))
    await seat.settle()
    found = seat.app.screen
    assert isinstance(found, RunScreen)
    return found


async def test_a_list_is_begun_for_a_request_with_its_day_and_ended_with_it(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("enter", "T")
        await seat.type("start")
        assert "days from its needed by" in seat.text()
        await seat.press("enter")
        await seat.type("fri")
        await seat.press("escape", "T")
        assert "goes on" not in seat.text(), "left with the date open, nothing was begun"
        await seat.type("start")
        await seat.press("enter", "enter")
        await running(seat)
        assert "for D-1, Fri" in seat.lines()[1] or "for D-1, today" in seat.lines()[1]
        assert "▲" in next(each for each in seat.lines() if "Role known" in each)
        await seat.press("space", "escape")
        assert seat.app.screen is seat.queue
        assert seat.queue.opened
        assert "T on D-1 comes back" in seat.footer()
        assert "New starter 1/3, next: Order laptop ▲" in seat.text()
        assert seat.list() == [] or " n" in seat.list()[0]
        await seat.press("u")
        assert "New starter 0/3, next: Role known ▲" in seat.text(), "undo is seen where one is"
        await seat.press("U", "T")
        await running(seat)
        await seat.press("r")
        assert seat.app.screen is seat.queue
        await seat.press("x")
        assert "New starter: 2 of 3 open" in seat.text()
        assert "✓ goes on" in seat.text()
        await seat.press("f3", "f3", "enter")
        assert states(seat) == [("done", 0)]
        await seat.press("u")
        assert states(seat) == [("open", 0)]
        await seat.press("x", "f3", "enter")
        assert states(seat) == [("open", 1)]


async def test_a_date_may_be_left_out_and_a_second_list_is_run_beside(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("T")
        await seat.type("starter")
        await seat.press("enter", "enter")
        await running(seat)
        assert "D-1 says no day it is needed by" in seat.text()
        await seat.press("T")
        await seat.type("patch")
        await seat.press("enter")
        await seat.wait_until(lambda: len(states(seat)) == 2)
        await running(seat)
        assert seat.lines()[1].startswith(" Patch round   for D-1")
        await seat.press("escape", "T")
        assert sum("goes on" in each for each in seat.lines()) == 2
        await seat.press("escape", "x")
        assert "Patch round: 5 of 5 open" in seat.text()


async def test_from_a_request_to_the_item_that_found_it_and_back(folder: Path) -> None:
    with opened(folder) as desk:
        key = desk.run(StartRun(1)).made
        desk.run(ReportFinding(key, 1))
        desk.run(ReportFinding(key, 4, jump=True))
        for item in (2, 3, 5):
            desk.run(MarkItem(key, item, Verdict.NOT_APPLICABLE, note="no", jump=True))
        desk.run(FinishRun(key))
    async with seated(folder) as seat:
        await seat.press("j", "j", "C")
        await seat.wait_until(lambda: "found by Patch round, item 4" in seat.text())
        while "▌" not in next(each for each in seat.lines() if "found by Patch" in each):
            await seat.press("j")
        await seat.press("enter")
        screen = await running(seat)
        assert screen.item is not None
        assert screen.item.id == 4
        assert "done with 2 findings" in seat.lines()[1]
        await seat.press("space")
        assert "this run has ended" in seat.footer()
        await seat.press("r")
        assert seat.current == 3
