"""The panel of guides: finding one, reading it, and what the keys do to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from deskmate.tui.screens.guides.screen import GuidesScreen
from tests.support.desks import opened
from tests.support.guides import VPN, written
from tests.support.pilots import Seat, seated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A published guide, and a draft of another."""
    with opened(tmp_path) as desk:
        written(desk)
        written(desk, replace(VPN, title="Clear a paper jam"), published=False)
    return tmp_path


def rows(seat: Seat) -> list[str]:
    """The lines of the list."""
    panel = seat.queue.over
    assert isinstance(panel, GuidesScreen)
    region = panel.list.region
    return [line[: region.width] for line in seat.lines()[region.y : region.bottom] if line.strip()]


async def test_the_search_finds_while_it_is_typed_and_a_restart_comes_back_to_it(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("2")
        assert [line[:40].strip("▌ ") for line in rows(seat)] == [
            "○ draft     Clear a paper jam",
            "✓ published Connect to the VPN",
        ]
        await seat.press("/")
        await seat.type("vpn")
        assert len(rows(seat)) == 1
        assert "1 found" in seat.footer()
        await seat.press("enter", "tab", "j")
        assert "You should see" in seat.text()
        seat.app.keep_everything()
    async with seated(folder) as seat:
        await seat.wait_until(lambda: "If not: " in seat.text())
        await seat.press("escape")
        assert len(rows(seat)) == 1
        assert "/vpn" in seat.text()
        await seat.press("escape")
        assert len(rows(seat)) == 2


async def test_a_guide_is_put_aside_taken_up_dropped_and_brought_back(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("2", "z")
        assert "archived  Clear a paper jam" in rows(seat)[1]
        await seat.press("u")
        assert "draft     Clear a paper jam" in rows(seat)[0]
        await seat.press("d")
        assert len(rows(seat)) == 1
        assert "dropped “Clear a paper jam”" in seat.footer()
        await seat.press("u")
        assert len(rows(seat)) == 2
