"""The palette, and what was worked on last."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskmate.domain import instant
from deskmate.domain.commands import AddNote, Drop, SaveView
from deskmate.domain.status import DropReason, Status
from deskmate.domain.views import View
from deskmate.services import importing
from deskmate.services.desk import Desk
from deskmate.store.read.budget import Interrupted
from deskmate.tui import gateway as gateways
from deskmate.tui.dialogs.choose import ChoiceList, ChooseDialog
from tests.support.desks import import_row, line
from tests.support.pilots import Seat, seated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """D-1 to D-4 from yesterday, the last of them dropped."""
    yesterday = instant.to_text(datetime.now(UTC) - timedelta(1))
    desk = Desk(str(tmp_path), actor="test", clock=lambda: yesterday)
    desk.capture(line("Printer jams", new_people=("Ana Weber",)))
    desk.capture(line("VPN drops"), "since the update")
    desk.capture(line("Toner is low"))
    desk.capture(line("[/] old printer"))
    desk.run(Drop((4,), DropReason.SPAM))
    desk.run(SaveView("Toner", "toner"))
    desk.close()
    return tmp_path


def choices(seat: Seat) -> list[str]:
    found = seat.app.screen.query_one(ChoiceList)
    return [" ".join(f"{choice.left} {choice.title}".split()) for choice in found._choices]


# --- the palette ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [":", "ctrl+p"])
async def test_it_opens_with_every_action_its_keys_and_why_it_is_dead(folder: Path, key: str) -> None:
    async with seated(folder) as seat:
        await seat.press(key)
        assert isinstance(seat.app.screen, ChooseDialog)
        await seat.type("resolve")
        assert choices(seat)[0].startswith("x resolve")
        await seat.press(*["backspace"] * 7)
        await seat.type("reopen")
        assert "D-1: it is new, not closed" in seat.text()
        await seat.press("enter")
        assert isinstance(seat.app.screen, ChooseDialog), "what can do nothing does nothing"
        await seat.press("escape")
        assert seat.app.screen is seat.queue


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("resolved", (View.RESOLVED, "")),
        ("view all", (View.ALL, "")),
        ("D-2", (View.NOW, "")),
        ("2", (View.NOW, "")),
        ("4", (View.ALL, "D-4")),
        ("since the", (View.NOW, "")),
        ("old printer", (View.ALL, "D-4")),
        ("weber", (View.ALL, 'from:"Ana Weber"')),
    ],
)
async def test_a_burst_reaches_what_it_names(folder: Path, typed: str, seen: tuple[View, str]) -> None:
    async with seated(folder) as seat:
        await seat.send(":", *typed, "enter")
        await seat.settle()
        assert seat.app.screen is seat.queue
        assert (seat.queue.listing.tab, seat.queue.listing.query) == seen
        numbers = {"D-2": 2, "2": 2, "since the": 2, "4": 4, "old printer": 4}
        assert seat.queue.opened is (typed in numbers)
        if typed in numbers:
            assert seat.current == numbers[typed]


async def test_a_view_of_ones_own_is_reached_by_its_name(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.send(*":toner", "enter")
        await seat.settle()
        assert seat.queue.listing.tab == seat.queue.own_views.all[0]


async def test_an_action_runs_and_works_on_the_cursor_row(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("j")
        await seat.send(*":note", "enter")
        await seat.type("seen")
        await seat.press("ctrl+o")
        assert seat.ask("SELECT request_id, text FROM note") == [(2, "seen")]


async def test_what_fingers_type_after_a_colon(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.send(*":w", "enter")
        await seat.settle()
        assert "everything is saved" in seat.footer()
        await seat.send(*":q", "enter")
        await seat.taken()
        assert seat.app._exit


async def test_over_a_text_it_goes_elsewhere_and_the_text_stays_a_draft(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("n")
        await seat.type("half a thought")
        await seat.press("ctrl+p")
        await seat.type("resolve")
        await seat.press("enter")
        assert "first leave what you are writing" in seat.text()
        await seat.press(*["backspace"] * 7)
        await seat.type("vpn")
        await seat.press("enter")
        assert seat.app.screen is seat.queue
        assert (seat.current, seat.queue.opened) == (2, True)
        assert seat.ask("SELECT key, text FROM draft") == [("note:1", "half a thought")]


async def test_nothing_found_is_said_and_goes_nowhere(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.send(*":zzz", "enter")
        await seat.settle()
        assert "nothing found" in seat.text()
        assert isinstance(seat.app.screen, ChooseDialog)


async def test_a_slow_search_is_waited_for_by_enter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with seated(folder) as seat:
        monkeypatch.setattr(gateways, "BUDGET", 0.0)
        monkeypatch.setattr(gateways.Gateway, "found_now", lambda *_: None)
        await seat.send(*":since the upd", "enter")
        await seat.settle()
        assert (seat.current, seat.queue.opened) == (2, True)


# --- what was worked on last ----------------------------------------------------------------------------------


async def test_the_last_opened_and_changed_come_first_also_after_a_restart(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("j", "enter", "escape", "j", "enter", "escape", "g")
        seat.queue.place.keep_now()
        await seat.settle()
    desk = Desk(str(folder), actor="shell")
    importing.run(desk, "old", [import_row(1, "imported", status=Status.OPEN)])
    desk.run(AddNote((1,), "changed elsewhere"))
    desk.close()
    async with seated(folder) as seat:
        await seat.press("ctrl+r")
        # What an import brought in is nothing that anybody worked on.
        assert [choice[:3] for choice in choices(seat)] == ["D-1", "D-3", "D-2", "D-4"]
        await seat.press("enter")
        assert (seat.current, seat.queue.opened) == (3, True), "the current one is passed over"
        await seat.press("ctrl+r", "enter")
        assert seat.current == 1
        await seat.press("ctrl+r", "ctrl+r", "enter")
        assert seat.current == 2


async def test_an_undone_capture_is_nowhere(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("a")
        await seat.type("scanner")
        await seat.press("enter", "u")
        await seat.press("ctrl+r")
        assert not [choice for choice in choices(seat) if choice.startswith("D-5")]
        await seat.press("escape", ":")
        await seat.type("5")
        assert choices(seat) == []
        await seat.press("enter")
        assert isinstance(seat.app.screen, ChooseDialog)


async def test_a_number_opens_at_once_however_long_the_search_for_it_takes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_args: object) -> None:
        raise Interrupted

    async with seated(folder) as seat:
        monkeypatch.setattr(gateways, "within", busy)
        await seat.send(*":4", "enter")
        await seat.settle()
        assert (seat.current, seat.queue.opened) == (4, True)


async def test_recent_is_narrowed_by_typing_and_works_over_a_text(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("a")
        await seat.type("somebody is at the do")
        await seat.press("ctrl+r")
        await seat.type("print old")
        assert [choice[:3] for choice in choices(seat)] == ["D-4"]
        await seat.press("enter")
        assert (seat.current, seat.queue.opened) == (4, True)
        assert seat.app.gateway.draft("capture")[0] == "somebody is at the do"
