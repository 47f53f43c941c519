"""A guide is begun with what solved a request, and the third of a kind says that one is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskmate.domain.commands import Resolve
from tests.support.desks import line, opened
from tests.support.guides import VPN, written
from tests.support.pilots import seated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with opened(tmp_path) as desk:
        for floor in (1, 2):
            number = desk.capture(line(f"printer jams on floor {floor}"))
            desk.run(Resolve((number,), "1. Open the tray. 2. Take the paper out."))
        desk.capture(line("printer jams on floor 3"))
    return tmp_path


async def test_the_third_of_a_kind_says_quietly_that_a_guide_is_wanted(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("x", "enter")
        await seat.wait_until(lambda: "3 like this without a guide" in seat.text())
        assert "M on D-3 makes one" in seat.text()
        assert "resolved D-3" in seat.text()


async def test_it_is_not_said_where_a_guide_fits(folder: Path) -> None:
    with opened(folder) as desk:
        written(desk, type(VPN)("Clear a jam", words=("printer jams",), steps=VPN.steps[:1]))
    async with seated(folder) as seat:
        await seat.press("x", "enter")
        await seat.settle()
        assert "resolved D-3" in seat.text()
        assert "without a guide" not in seat.text()


async def test_what_solved_it_becomes_a_guide_in_its_editor(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("'", "r", "M")
        assert seat.ask("SELECT title FROM guide WHERE void = 0") == [("printer jams on floor 2",)]
        await seat.wait_until(lambda: seat.app.screen is not seat.queue)
        assert "Open the tray." in seat.text()
        await seat.press("u")
        assert seat.ask("SELECT count(*) FROM guide WHERE void = 0") == [(0,)]
