"""What stands around a request: beside it on a wide screen, over the panel on any, and the cards behind it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from deskmate.domain.commands import AddDevice, AddPerson, EditPerson, Resolve
from deskmate.domain.views import View
from deskmate.services.desk import Desk
from deskmate.store.read.budget import Interrupted
from deskmate.tui.dialogs.context import ContextDialog
from deskmate.tui.dialogs.form import FormDialog
from deskmate.tui.screens.queue import around
from tests.support.desks import line
from tests.support.pilots import Seat, seated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """D-1 solved; D-2 like it and Ada's; D-3 of silva, whom nobody knows; D-4 without anybody."""
    desk = Desk(str(tmp_path), actor="test")
    desk.run(AddPerson({"name": "Ada Weber", "room": "2.14", "details": "prefers a visit", "vip": "yes"}))
    desk.run(Resolve((desk.capture(line("Printer jams")),), "tray 2"))
    desk.capture(line("Printer jams every page", person_id=1))
    desk.capture(line("No sound", requester="silva"))
    desk.capture(line("VPN drops"))
    desk.run(AddDevice({"name": "LAPTOP-7", "owner": "ada"}))
    desk.close()
    return tmp_path


def elsewhere(folder: Path, *commands: Any) -> None:
    """What another window does meanwhile."""
    desk = Desk(str(folder), actor="shell")
    for command in commands:
        desk.run(command)
    desk.close()


def beside(seat: Seat) -> str:
    """What the pane at the right edge says."""
    region = seat.queue.around.pane.region
    return "\n".join(row[region.x :].rstrip() for row in seat.lines()[region.y : region.bottom])


async def rested(seat: Seat, number: int) -> None:
    """Wait until the cursor has rested on this request and what is around it stands there."""
    assert seat.current == number
    await seat.wait_until(lambda: seat.queue.around.pane.context is not None)
    await seat.pilot.pause()


async def test_a_wide_screen_shows_it_beside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with seated(folder, (160, 40)) as seat:
        await rested(seat, 2)
        shown = beside(seat)
        for said in (
            "Ada Weber ★  room 2.14",
            "prefers a visit",
            "Solved before",
            "D-1 Printer jams",
            "tray 2",
            "LAPTOP-7",
        ):
            assert said in shown
        with monkeypatch.context() as long:
            long.setattr(around, "REST", 3600)  # on a busy machine the next would be there before we look
            await seat.press("j")
        assert beside(seat).replace("│", "").strip() == "", "another request's is gone at once"
        seat.queue.around._rested()
        await rested(seat, 3)
        assert "silva?" in beside(seat)
        assert "LAPTOP-7" not in beside(seat)


async def test_what_is_slow_comes_when_it_is_read_and_only_where_it_belongs(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(folder, (160, 40)) as seat:
        gateway = seat.app.gateway

        def overrun(*args: Any, **options: Any) -> Any:
            raise Interrupted

        await rested(seat, 2)
        monkeypatch.setattr(gateway, "read", overrun)
        await seat.press("j")
        await rested(seat, 3)
        assert "silva?" in beside(seat)
        stale = await gateway.context_later(2)
        seat.queue.around._show(2, stale)
        assert "Ada" not in beside(seat)


async def test_a_narrower_screen_has_no_third_pane(folder: Path) -> None:
    async with seated(folder, (120, 40)) as seat:
        assert not seat.queue.around.pane.display
        assert seat.queue.around._timer is None


@pytest.mark.parametrize("size", [(80, 24), (160, 40)])
async def test_the_overlay_leads_to_requests_and_back(folder: Path, size: tuple[int, int]) -> None:
    async with seated(folder, size) as seat:
        await seat.press("C")
        assert isinstance(seat.app.screen, ContextDialog)
        assert "Around D-2" in seat.text()
        await seat.press("escape")
        assert seat.app.screen is seat.queue
        await seat.press("C", "j", "enter")
        assert (seat.current, seat.queue.listing.view) == (1, View.ALL)


async def test_a_card_is_edited_in_place(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("C", "e")
        assert isinstance(seat.app.screen, FormDialog)
        await seat.press("tab", "tab", "tab", "ctrl+u")
        await seat.type("3.01")
        await seat.press("tab", "tab", "tab", "up", "ctrl+o")
        assert seat.ask("SELECT room, vip, void FROM person") == [("3.01", 0, 0)]
        assert isinstance(seat.app.screen, ContextDialog)
        await seat.wait_until(lambda: "room 3.01" in seat.text())
        await seat.press("escape")
        assert "★" not in seat.text()
        await seat.press("u")
        assert "★" in seat.text()
        assert seat.ask("SELECT room, vip FROM person") == [("2.14", 1)]


async def test_who_asks_is_made_known(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("j", "C", "enter")
        assert "A new person" in seat.text()
        await seat.press("ctrl+u")
        await seat.type("K. Silva")
        await seat.press("ctrl+o")
        assert seat.detail(3).who == "K. Silva"
        assert seat.detail(3).known
        await seat.press("escape")
        assert "K. Silva" in seat.list()[1]
        assert "silva?" not in seat.text()


async def test_what_a_card_can_not_be_is_said_beside_the_field(folder: Path) -> None:
    elsewhere(folder, AddPerson({"name": "Eve", "email": "eve@example.org"}))
    async with seated(folder) as seat:
        await seat.press("C", "e", "tab")
        await seat.type("ada")
        await seat.press("ctrl+o")
        assert "“ada” has no @" in seat.text()
        await seat.press("ctrl+u")
        await seat.type("EVE@example.org")
        await seat.press("ctrl+o")
        assert isinstance(seat.app.screen, FormDialog), "what the desk refuses comes back, too"
        assert "is Eve already" in seat.text()
        assert "EVE@example.org" in seat.text()


async def test_a_device_is_added_to_its_owner(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("C", "G", "enter")
        await seat.type("PRINTER-2")
        assert "Ada Weber" in seat.text()
        await seat.press("ctrl+o")
        assert seat.ask("SELECT name, person_id FROM device ORDER BY id DESC LIMIT 1") == [("PRINTER-2", 1)]
        assert seat.ask("SELECT device_id FROM request WHERE id = 2") == [(None,)]
        await seat.wait_until(lambda: "PRINTER-2" in seat.text())


async def test_a_card_half_changed_is_there_after_a_restart(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("C", "e", "end")
        await seat.type(" Lind")
        await seat.wait_until(lambda: seat.ask("SELECT key FROM draft") == [("person:1:0",)])
        seat.app.keep_everything()
        await seat.settle()
    async with seated(folder) as seat:
        assert isinstance(seat.app.screen, FormDialog)
        assert "Ada Weber Lind" in seat.text()
        await seat.press("ctrl+o", "escape")
        assert seat.ask("SELECT name FROM person") == [("Ada Weber Lind",)]
        assert seat.app.screen is seat.queue


async def test_a_name_changed_elsewhere_is_shown(folder: Path) -> None:
    async with seated(folder, (160, 40)) as seat:
        await rested(seat, 2)
        elsewhere(folder, EditPerson(1, {"name": "Ada Lind"}))
        seat.queue.look_for_news()
        assert "Ada Weber" in beside(seat), "what stands there is not taken away before the new is there"
        await seat.wait_until(lambda: "Ada Lind" in beside(seat))


async def test_a_card_is_reached_by_name(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press(":")
        await seat.type("ada")
        await seat.press("down", "enter")
        assert isinstance(seat.app.screen, FormDialog)
        assert "To remember" in seat.text()


async def test_a_card_is_dropped_and_two_are_made_one_where_it_stands_or_by_name(folder: Path) -> None:
    elsewhere(folder, AddPerson({"name": "Ada Weber", "email": "ada@example.org", "phone": "4711"}))
    people = "SELECT id, coalesce(phone, ''), void FROM person ORDER BY id"
    async with seated(folder) as seat:
        await seat.press("C", "m")
        await seat.type("ada")
        assert "ada@example.org" in seat.text(), "what tells two of one name apart"
        await seat.press("enter")
        assert seat.ask(people) == [(1, "4711", 0), (2, "4711", 1)]
        assert isinstance(seat.app.screen, ContextDialog)
        await seat.press("escape", "u")
        assert seat.ask(people) == [(1, "", 0), (2, "4711", 0)]
        await seat.press("C", "d", "escape")
        assert seat.ask(people)[0] == (1, "", 1)
        await seat.press("u", ":")
        await seat.type("laptop-7")
        await seat.press("down", "enter")
        assert seat.ask("SELECT void FROM device") == [(1,)]
        await seat.press("u", ":")
        await seat.type("ada weber")
        await seat.press("down", "enter", "down")
        await seat.press("enter", "f8")
        assert seat.ask(people)[1] == (2, "4711", 1)
