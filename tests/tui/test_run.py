"""A checklist on the screen: single keys, each on disk, back at the item after whatever came between."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from deskmate.config import Config
from deskmate.domain.checklist import Item, Kind, Mode
from deskmate.domain.grab import Guides
from deskmate.domain.maintenance import DropRun, SaveChecklist, SetSchedule, StartRun
from deskmate.store import files
from deskmate.tui.dialogs.prompt import PromptDialog
from deskmate.tui.screens.run.screen import RunScreen
from tests.support.checklists import PATCHES, listed
from tests.support.desks import line, opened
from tests.support.pilots import Seat, seated

RESULTS = "SELECT item, verdict, value, note FROM result WHERE void = 0 ORDER BY item"
STATE = "SELECT state, note, signed FROM run WHERE void = 0"
FREE = replace(PATCHES, mode=Mode.ANY_ORDER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with opened(tmp_path) as desk:
        desk.capture(line("printer"))
        listed(desk, content=FREE)
    return tmp_path


async def run(seat: Seat, name: str = "Patch") -> RunScreen:
    """Begin it, or go on, by its name."""
    await seat.press("ctrl+p")
    await seat.type("run a check")
    await seat.press("enter")
    await seat.type(name)
    await seat.press("enter")
    await seat.wait_until(lambda: isinstance(seat.app.screen, RunScreen))
    await seat.settle()
    return panel(seat)


def panel(seat: Seat) -> RunScreen:
    found = seat.app.screen
    assert isinstance(found, RunScreen)
    return found


def row(seat: Seat, text: str) -> str:
    return next(line for line in seat.lines() if text in line)


async def test_a_list_is_run_with_single_keys(folder: Path) -> None:
    async with seated(folder) as seat:
        await run(seat)
        assert seat.lines()[1].startswith(" Patch round   ad hoc   any order")
        assert seat.lines()[1].endswith("item 1 of 5 · 60 min")
        seat.keys = 0
        await seat.press("space")
        assert seat.keys == 1
        assert row(seat, "Notice sent").startswith(" ✓")
        assert row(seat, "Restore point").startswith("▌2")
        await seat.press("space")
        assert "this needs a file: i names one, ctrl+f takes the newest" in seat.text()
        await seat.press("j", "1", "8", ",", "5", "enter")
        assert "▲ 18.5 %" in row(seat, "Free space")
        assert row(seat, "Lamp").startswith("▌4")
        await seat.press("2", "-")
        await seat.type("no window")
        await seat.press("enter")
        assert seat.ask(RESULTS) == [
            (1, "done", "", ""),
            (3, "done", "18.5", ""),
            (4, "done", "amber", ""),
            (5, "not applicable", "", "no window"),
        ]
        await seat.press("u", "u")
        assert [each[0] for each in seat.ask(RESULTS)] == [1, 3]
        await seat.press("f")
        assert "items are open" in seat.footer() or "items are open" in seat.text()


async def test_out_of_limits_is_a_request_by_one_key_and_the_list_goes_on(folder: Path) -> None:
    async with seated(folder) as seat:
        screen = await run(seat)
        await seat.press("j", "j", "9", "enter")
        assert row(seat, "Free space").startswith("▌✗")
        assert "x makes a request" in seat.footer()
        await seat.press("x")
        assert "→ D-2" in row(seat, "Free space")
        assert row(seat, "Lamp").startswith("▌4")
        assert "Value: 9 %" in seat.detail(2).entries[0].text
        await seat.press("k", "x")
        assert "D-2 is open for it already" in seat.text()
        assert len(seat.ask("SELECT 1 FROM request WHERE void = 0")) == 2
        await seat.press("r")
        assert seat.app.screen is seat.queue
        assert seat.current == 2
        assert "found by the checklist Patch round" in seat.text()
        again = await run(seat)
        assert again is not screen


async def test_in_order_says_what_comes_first_and_the_same_key_goes_ahead(folder: Path) -> None:
    with opened(folder) as desk:
        desk.run(SaveChecklist("Patch round", PATCHES, 1))
    async with seated(folder) as seat:
        await run(seat)
        await seat.press("G", "space")
        assert "1 Notice sent to all comes first" in seat.text()
        assert seat.ask(RESULTS) == []
        await seat.press("j", "space")
        assert seat.ask(RESULTS) == [], "another key was between"
        await seat.press("space")
        assert "ahead" in row(seat, "Sign block")


async def test_an_interruption_and_a_restart_come_back_to_the_item(folder: Path) -> None:
    async with seated(folder) as seat:
        await run(seat)
        await seat.press("space", "j", "-")
        await seat.type("tape dri")
        await seat.press("ctrl+n")
        await seat.type("outage")
        await seat.press("ctrl+n")
        assert seat.app.screen is seat.queue
        await seat.press("b")
        assert isinstance(seat.app.screen, PromptDialog)
        assert "tape dri" in seat.text()
        seat.app.keep_everything()
    async with seated(folder) as seat:
        await seat.wait_until(lambda: isinstance(seat.app.screen, PromptDialog))
        await seat.settle()
        await seat.type("ve")
        await seat.press("enter")
        assert seat.ask(RESULTS)[-1] == (3, "not applicable", "", "tape drive")
        where = panel(seat).place()
        await seat.press("escape")
        assert seat.app.screen is seat.queue
        assert (await run(seat)).place()["run"] == where["run"]
        assert seat.ask("SELECT count(*) FROM run") == [(1,)]


async def test_evidence_is_kept_and_said_when_it_vanishes(folder: Path, tmp_path: Path) -> None:
    shots = tmp_path / "shots"
    shots.mkdir()
    (shots / "shot.png").write_bytes(b"a picture")
    os.utime(shots / "shot.png", (1, 1))  # long written
    async with seated(folder, config=Config(guides=Guides(screenshots=str(shots)))) as seat:
        await run(seat)
        await seat.press("j", "ctrl+f")
        await seat.wait_until(lambda: "evidence 1" in seat.text())
        await seat.settle()
        await seat.press("space")
        assert row(seat, "Restore point").startswith(" ✓")
        ((digest,),) = seat.ask("SELECT digest FROM evidence")
        Path(files.path_of(str(folder), digest)).unlink()
        await seat.press("k")
        panel(seat).read()
        await seat.pilot.pause()
        assert "evidence 1, gone" in row(seat, "Restore point")
        assert "shot.png  is not among the kept files any more" in seat.text()
        await seat.press("i")
        await seat.type("/nowhere/at all")
        await seat.press("enter")
        assert "there is no at all there" in seat.text()


async def test_finishing_asks_for_a_last_word_and_undo_opens_it_again(folder: Path) -> None:
    with opened(folder) as desk:
        listed(desk, "Close of day", replace(FREE, items=(Item("Locked"), Item("Sign set"))))
    async with seated(folder) as seat:
        await run(seat, "Close")
        await seat.press("space", "space")
        assert "f finishes the list" in seat.footer()
        await seat.press("f")
        await seat.type("all quiet")
        await seat.press("tab")
        await seat.type("R. Haas")
        await seat.press("tab")
        await seat.type("tomorrow")
        await seat.press("ctrl+o")
        assert "a time that has passed" in seat.text()
        await seat.press("ctrl+u", "ctrl+o")
        assert seat.app.screen is seat.queue
        assert "Close of day done, ad hoc" in seat.footer()
        assert seat.ask(STATE) == [("done", "all quiet", "R. Haas")]
        await seat.press("u")
        assert seat.ask(STATE)[0][0] == "open"


async def test_a_list_that_wants_quiet_gets_it_by_one_key_until_it_ends(folder: Path) -> None:
    with opened(folder) as desk:
        listed(desk, "Quiet", replace(FREE, items=(Item("Locked"),), dnd=True))
    async with seated(folder) as seat:
        await run(seat, "Quiet")
        assert "asks for do-not-disturb: ctrl+t" in seat.text()
        await seat.press("ctrl+t")
        assert "for Quiet" in seat.lines()[0]
        assert seat.ask("SELECT state, private FROM override") == [("DND", "for Quiet")]
        await seat.press("space", "f", "ctrl+o")
        assert "back to the hours" in seat.footer()
        assert "DND" not in seat.lines()[0]


async def test_a_newer_list_is_offered_and_an_undone_start_is_left(folder: Path) -> None:
    async with seated(folder) as seat:
        screen = await run(seat)
        await seat.press("space")
        with opened(folder) as desk:
            desk.run(SaveChecklist("Patch round", replace(FREE, items=(*FREE.items, Item("Cables"))), 1))
        await seat.settle()
        assert "a newer revision of this list: v switches" in seat.text()
        await seat.press("v")
        assert "Cables" in seat.text()
        assert row(seat, "Notice sent").startswith(" ✓")
        await seat.press("d")
        assert seat.app.screen is seat.queue
        assert seat.ask("SELECT count(*) FROM run WHERE void = 0") == [(0,)]
        assert screen.queue is seat.queue


async def test_a_run_that_ended_meanwhile_is_no_place_to_come_back_to(folder: Path) -> None:
    async with seated(folder) as seat:
        await run(seat)
        await seat.press("n")
        await seat.type("half a wo")
        seat.app.keep_everything()
    with opened(folder) as desk:
        desk.run(DropRun(1))
    async with seated(folder) as seat:
        await seat.wait_until(lambda: "not there any more" in seat.text())
        assert seat.app.screen is seat.queue


async def test_what_failed_can_be_done_right_and_a_note_waits_for_its_turn(folder: Path) -> None:
    items = (Item("Free", 1, Kind.VALUE, low=15), Item("Odd", 2, Kind.NOTE), Item("Locked", 3))
    with opened(folder) as desk:
        listed(desk, "Mixed", replace(PATCHES, items=items))
    async with seated(folder) as seat:
        await run(seat, "Mixed")
        await seat.press("j", "n")
        await seat.type("a fan")
        await seat.press("ctrl+o")
        assert seat.ask(RESULTS) == [(2, None, "", "a fan")]
        await seat.press("k", "space", "9", "enter")
        assert row(seat, "Free").startswith("▌✗")
        await seat.press("space", "backspace", "2", "0", "enter")
        assert seat.ask(RESULTS)[0] == (1, "done", "20", "")
        assert row(seat, "Odd").startswith("▌2")
        await seat.press("space")
        assert seat.ask(RESULTS)[1] == (2, "done", "", "a fan")


async def test_a_run_of_no_date_asks_whether_it_counts(folder: Path) -> None:
    with opened(folder) as desk:
        key = listed(desk, "Close of day", replace(FREE, items=(Item("Locked"),)))
        desk.run(SetSchedule(key, {"when": "every day", "at": "9:00"}))
        desk.run(StartRun(key))
    async with seated(folder) as seat:
        await run(seat, "Close")
        assert "ad hoc" in seat.lines()[1]
        await seat.press("space", "f")
        assert "Count it for" in seat.text()
        await seat.press("ctrl+o")
        ((nominal,),) = seat.ask("SELECT nominal FROM run WHERE void = 0")
        assert nominal.endswith("T09:00")
