"""Walking through a guide with a request: exact keys, interruptions, what is left and come back to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from deskmate.domain.commands import AddPerson
from deskmate.domain.guide import Branch, Content, Step, Then
from deskmate.domain.guiding import SaveGuide
from deskmate.tui.screens.walk.screen import WalkScreen
from tests.support.desks import line, opened
from tests.support.guides import VPN, shot, window, written
from tests.support.pilots import Seat, seated

PIN = Content("A new PIN", steps=(Step("p1", "Ask for it.", branches=(Branch("no PIN", Then.GUIDE, "x"),)),))
OTHER = Content(
    "Print from home",
    words=("no printer at home",),
    steps=(Step("h1", "Look for the printer.", branches=(Branch("it asks for a PIN", Then.GUIDE, "a-new-pin"),)),),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with opened(tmp_path) as desk:
        desk.run(AddPerson({"name": "Ana Weber"}))
        desk.capture(line("VPN drops every hour", requester="Ana Weber", person_id=1, known=True))
        desk.capture(line("Lamp is broken"))
        for content in (PIN, OTHER, VPN):
            written(desk, content)
        desk.run(SaveGuide(Content("VPN on the phone")))
    return tmp_path


async def walking(seat: Seat) -> WalkScreen:
    await seat.wait_until(lambda: isinstance(seat.app.screen, WalkScreen))
    await seat.settle()
    found = seat.app.screen
    assert isinstance(found, WalkScreen)
    return found


def steps(seat: Seat) -> list[tuple[str, str]]:
    return [(step, verdict) for step, verdict in seat.ask("SELECT step, verdict FROM walked_step WHERE void = 0")]


def walks(seat: Seat) -> list[tuple[object, ...]]:
    return seat.ask("SELECT guide_id, request_id, outcome, since IS NOT NULL, void FROM walk ORDER BY id")


async def test_a_guide_that_fits_is_walked_with_a_request_and_resolves_it(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("W")
        shown = [each for each in seat.lines() if "fits" in each or "PIN" in each]
        assert "Connect to the VPN" in shown[0]
        assert "VPN on the phone" not in seat.text(), "a draft is walked by nobody"
        await seat.press("enter")
        await walking(seat)
        assert "with D-1 Ana Weber" in seat.lines()[1]
        assert "step 1 of 3" in seat.lines()[1]
        assert "Open the VPN window and click [Connect]." in seat.text()
        assert "they see The window says “Connecting”." in seat.text()
        assert "1 if not: There is no VPN in the menu  → ask the helpdesk" in seat.text()
        await seat.press("space")
        assert "INTERNAL codes end after a day" in seat.text()
        assert "▲ Caution" in seat.text()
        assert "✓ 1 Open the VPN window" in seat.text()
        await seat.press("x")
        await seat.type("hangs")
        await seat.press("escape", "x", "down", "enter")
        assert steps(seat) == [("s1", "done"), ("s2", "failed")]
        assert "step 1 of 3" in seat.lines()[1], "along the branch"
        assert "hangs" in seat.text(), "what was typed before esc was not lost"
        await seat.press("space", "t", "space")
        assert "That was the last step." in seat.text()
        assert "f says" in seat.text()
        await seat.press("space")
        assert "that was the last step" in seat.footer()
        await seat.press("f", "r")
        assert seat.app.screen is not seat.queue
        assert "Guide “Connect to the VPN”, together" in seat.text()
        assert seat.ask("SELECT status FROM request WHERE id = 1") == [("new",)], "never by itself"
        await seat.press("enter")
        assert seat.ask("SELECT status, resolution FROM request WHERE id = 1") == [
            ("resolved", "Guide “Connect to the VPN”, together")
        ]
        assert "Ana Weber has done “Connect to the VPN” together" in seat.text()
        await seat.press("W")
        assert "D-1 is resolved" in seat.footer()


async def test_an_interruption_pauses_it_and_b_comes_back_to_the_step(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("W", "enter")
        await walking(seat)
        await seat.press("space", "n")
        await seat.type("asked")
        await seat.press("ctrl+o")
        assert "noted    asked" in seat.text()
        await seat.press("i")
        await seat.type("mail is down")
        await seat.press("enter")
        await seat.wait_until(lambda: seat.app.screen is seat.queue)
        assert walks(seat) == [(3, 1, None, 0, 0)]
        assert seat.current == 3
        assert "b back to D-1" in seat.footer()
        await seat.press("b")
        screen = await walking(seat)
        assert screen.walk is not None
        assert (screen.walk.step, walks(seat)) == ("s2", [(3, 1, None, 1, 0)])
        await seat.press("u")
        assert seat.app.screen is screen, "undone is the way back; one stays where one is"
        await seat.press("escape")
        await seat.wait_until(lambda: seat.app.screen is seat.queue)
        assert "W on D-1 comes back to step 2 of 3" in seat.footer()
        assert walks(seat) == [(3, 1, None, 0, 0)], "nobody looks at it"


async def test_back_on_and_away_are_undone_and_a_restart_comes_back(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("W", "enter")
        await walking(seat)
        await seat.press("K")
        assert "this is the first step" in seat.footer()
        await seat.press("space", "-", "K", "backspace")
        assert "step 1 of 3" in seat.lines()[1]
        await seat.press("J", "J")
        assert "step 3 of 3" in seat.lines()[1]
        await seat.press("J", "5")
        assert "no branches" in seat.footer()
        await seat.press("u")
        assert "step 2 of 3" in seat.lines()[1]
        await seat.press("d")
        await seat.wait_until(lambda: seat.app.screen is seat.queue)
        assert walks(seat)[0][4] == 1
        await seat.press("u", "W")
        await walking(seat)
        await seat.press("ctrl+q")
    async with seated(folder) as seat:
        screen = await walking(seat)
        assert screen.walk is not None
        assert screen.walk.step == "s2"
        assert "step 2 of 3" in seat.lines()[1]
        await seat.press("r")
        assert seat.queue.opened
        assert seat.current == 1


async def test_a_branch_to_another_guide_goes_on_there(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("W")
        await seat.type("at home printer")
        await seat.press("enter")
        await walking(seat)
        await seat.press("1")
        await seat.wait_until(lambda: len(walks(seat)) == 2)
        await walking(seat)
        assert walks(seat) == [(2, 1, "stopped", 0, 0), (1, 1, None, 1, 0)]
        assert seat.lines()[1].startswith(" A new PIN")
        await seat.press("f", "f")
        await seat.type("nobody knows it")
        await seat.press("enter")
        await seat.wait_until(lambda: seat.app.screen is seat.queue)
        assert walks(seat)[1][2] == "failed"
        assert "nobody knows it" in seat.ask("SELECT new FROM event WHERE kind = 'walked' ORDER BY id DESC")[0][0]


async def test_from_the_panel_it_is_walked_with_what_is_worked_on_or_with_nothing(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("2", "j", "W")
        await walking(seat)
        assert walks(seat) == [(3, None, None, 1, 0)]
        await seat.press("f", "r")
        assert "with no request" in seat.footer()
        await seat.press("f", "m")
        await seat.wait_until(lambda: not isinstance(seat.app.screen, WalkScreen))
        assert seat.queue.over is not None
        assert seat.queue.over.scope == "guides", "back where one came from"
        await seat.press("escape", "j", "s", "2", "W")
        await walking(seat)
        assert walks(seat)[1] == (1, 2, None, 1, 0)


async def test_the_picture_of_a_step_stands_below_it_or_beside_it(folder: Path) -> None:
    with opened(folder) as desk:
        steps = (replace(VPN.steps[2], key="w1", pictures=(shot(desk, window(folder / "w.png")),)),)
        written(desk, replace(VPN, title="Lamp", steps=steps))
    for size in ((80, 24), (120, 30)):
        async with seated(folder, size) as seat:
            await seat.press("j", "W")
            await (seat.press("enter") if size == (80, 24) else seat.settle())
            screen = await walking(seat)
            await seat.wait_until(lambda: any("▀▀▀▀" in each for each in seat.lines()))
            await seat.settle()
            beside = any("▀▀▀▀" in each and "Open C:" in each for each in seat.lines()[6:9])
            assert screen.picture.region.x > 40 if size[0] == 120 else screen.picture.region.x < 10
            assert beside is (size[0] == 120)
            assert "▣" in seat.text()
            await seat.press("space")
            assert "▀▀▀▀" not in seat.text(), "past the last step there is none"
            await seat.press("u", "escape")
