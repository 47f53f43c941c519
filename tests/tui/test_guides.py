"""The panel of guides: finding one, reading it, and what the keys do to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from deskmate.domain.guide import unpacked
from deskmate.tui import guide_previews
from deskmate.tui.gateway import Gateway
from deskmate.tui.screens.guides.screen import GuidesScreen
from tests.support.desks import opened
from tests.support.guides import VPN, shot, window, written
from tests.support.pilots import Seat, seated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A published guide, and a draft of another."""
    with opened(tmp_path) as desk:
        written(desk)
        written(desk, replace(VPN, title="Clear a paper jam", note=""), published=False)
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
        await seat.type("connect to")
        assert len(rows(seat)) == 1
        assert "1 found" in seat.footer()
        await seat.press("enter", "tab", "j")
        assert "You should see" in seat.text()
        seat.app.keep_everything()
    async with seated(folder) as seat:
        await seat.wait_until(lambda: "If not: " in seat.text())
        await seat.press("escape")
        assert len(rows(seat)) == 1
        assert "/connect to" in seat.text()
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


async def test_a_new_guide_gets_its_fields_and_what_is_wrong_with_one_is_said_beside_it(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("2", "a")
        await seat.type("Print a [form]")
        await seat.press("enter")
        assert "Print a [form]" in seat.text()
        await seat.press("escape", "t", "tab", "tab")
        await seat.type("nothing comes out, blank page")
        await seat.press("ctrl+o")
        ((draft,),) = seat.ask("SELECT draft FROM guide WHERE title = 'Print a [form]'")
        assert unpacked(draft).words == ("nothing comes out", "blank page")
        await seat.press("t", "shift+tab")
        await seat.type("room 2")
        await seat.press("ctrl+o")
        assert "“room 2” is no name" in seat.text()
        await seat.press("escape", "t")
        assert "room 2" in seat.text()


async def test_publishing_asks_what_is_new_and_says_what_keeps_a_guide_back(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("2", "j", "p")
        assert "it is published as it is, revision 1" in seat.footer()
        await seat.press("k", "p")
        await seat.type("the way it is done now")
        await seat.press("enter")
        assert "published “Clear a paper jam”, revision 1" in seat.footer()
        assert seat.ask("SELECT reason FROM guide_revision ORDER BY id DESC LIMIT 1") == [("the way it is done now",)]
        assert "✓ published Clear a paper jam" in rows(seat)[0]
        await seat.press("u", "a")
        await seat.type("Empty")
        await seat.press("enter", "escape", "p")
        assert "There is no step in it." in seat.footer()


async def test_one_that_is_to_be_looked_at_again_says_so_until_somebody_did(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("2", "j")
        assert "look" not in rows(seat)[1]
        await seat.press("n")
        await seat.type("1 jan 2040")
        await seat.press("enter")
        assert seat.ask("SELECT review_by FROM guide WHERE title LIKE 'Connect%'") == [("2040-01-01",)]


async def test_the_preview_is_what_the_user_gets_and_experts_get_no_details(folder: Path) -> None:
    async with seated(folder, (80, 40)) as seat:
        await seat.press("2", "j", "P")
        shown = seat.text()
        assert "Type your name ‹who it is for› and the code ________ (the start" in shown
        assert "It says the code is wrong → go to step 1" in shown
        assert "The code has six digits." in shown
        assert "INTERNAL" not in shown
        assert "codes end after a day" not in shown
        await seat.press("l")
        assert "The code has six digits." not in seat.text()
        await seat.press("escape")
        assert "INTERNAL" in seat.text()


async def test_sending_asks_for_open_words_writes_the_file_and_writes_that_down(folder: Path) -> None:
    target = folder / "out"
    target.mkdir()
    async with seated(folder) as seat:
        await seat.press("2", "S")
        assert "nothing of it is published yet, p publishes it" in seat.footer()
        await seat.press("j", "S", "enter")
        assert "still to be filled in" in seat.text()
        assert "start code" not in seat.text()
        await seat.type("Ada [Weber]")
        await seat.press("tab", "tab")
        await seat.type(str(target))
        await seat.press("enter")
        await seat.wait_until(lambda: "wrote " in seat.text())
        page = (target / "connect-to-the-vpn.html").read_text()
        assert "Ada [Weber]" in page
        assert "codes end after a day" not in page
        assert seat.ask("SELECT form, experience FROM guide_sent WHERE void = 0") == [("html", "everyday")]
        await seat.press("S")
        await seat.type("Bob")
        await seat.press("enter")
        await seat.wait_until(lambda: "is there already; enter again replaces it" in seat.text())
        assert "Ada" in (target / "connect-to-the-vpn.html").read_text()
        await seat.press("enter")
        await seat.wait_until(lambda: "Bob" in (target / "connect-to-the-vpn.html").read_text())


async def test_what_was_published_is_compared_with_the_draft_and_taken_back(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("2", "j", "t", "tab")
        await seat.type("Another summary. ")
        await seat.press("ctrl+o")
        assert "✎ changed   Connect to the VPN" in rows(seat)[1]
        await seat.press("v")
        await seat.wait_until(lambda: "+ Summary: " in seat.text())
        assert "· summary" in seat.text()
        await seat.press("enter")
        assert "✓ published Connect to the VPN" in rows(seat)[1]
        await seat.press("u")
        assert "✎ changed   Connect to the VPN" in rows(seat)[1]


def test_a_preview_leaves_out_what_nobody_has_looked_at_and_says_so(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        path = window(tmp_path / "window.png")
        seen, unseen = shot(desk, path, alt="Looked at"), shot(desk, path, "p2", covered=False, alt="Not looked at")
        first, *rest = VPN.steps
        steps = (replace(first, pictures=(unseen, seen)), *rest)
        key = written(desk, replace(VPN, steps=steps), published=False)
    found = guide_previews.preview(Gateway(str(tmp_path)), key, None)
    assert found.why == "A picture of step 1 was not looked at for what must not be seen."
    assert found.guide is not None
    assert [picture.alt for picture in found.guide.steps[0].pictures] == ["Looked at"]
    assert found.guide.steps[0].pictures[0].data == b""


async def test_guides_are_brought_in_from_a_folder_and_taken_back_as_one_step(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "in" / "mail.html"
    page.parent.mkdir()
    window(page.parent / "a.png")
    page.write_text("<h1>Set up the mail</h1><ol><li>Open it<img src=a.png><li>Close it<img src=gone.png></ol>")
    async with seated(folder) as seat:
        await seat.press("2", "I")
        await seat.type(str(tmp_path / "none"))
        await seat.press("enter")
        assert "there is no none there" in seat.text()
        await seat.press("escape", "I", "ctrl+u")
        await seat.type(str(page))
        await seat.press("enter")
        await seat.wait_until(lambda: "imported 1 guide" in seat.text())
        assert "1 picture left out: not there, or no picture" in seat.text()
        assert any("Set up the mail" in line for line in rows(seat))
        await seat.press("u")
        assert not any("Set up the mail" in line for line in rows(seat))


async def test_a_word_of_the_trade_is_said_plainly_from_where_it_is_found(folder: Path) -> None:
    async with seated(folder, (120, 40)) as seat:
        await seat.press("2", "G", "e")
        assert "“vpn” is a word of the trade" in seat.text()
        await seat.press("w")
        await seat.type("VPN: the tunnel to the office")
        await seat.press("enter")
        await seat.wait_until(lambda: "“vpn” is not explained" in seat.text())
        await seat.press("w")
        await seat.type("-vpn")
        await seat.press("enter")
        await seat.wait_until(lambda: "“vpn” is a word of the trade" in seat.text())
