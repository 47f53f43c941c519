"""Panel 3 on the screen: what is due, one checklist, the month and the year, and that its verbs can be taken back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskmate.domain import commands, instant
from deskmate.domain.checklist import Content, Item, Kind, Mode, Verdict
from deskmate.domain.hours import Kind as Hours
from deskmate.domain.maintenance import FinishRun, MarkItem, SaveChecklist, SetSchedule, StartRun
from deskmate.services.desk import Desk
from deskmate.tui.dialogs.schedule import ScheduleForm
from deskmate.tui.screens.maintenance.screen import MaintenanceScreen
from deskmate.tui.screens.queue.screen import QueueScreen
from tests.support.pilots import Seat, seated

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 20, 10, 47, tzinfo=BERLIN)  # a Friday
ITEMS = (
    Item("One file restored", guide="Restore a file"),
    Item("Age of the newest copy", kind=Kind.VALUE, unit="h", high=26.0),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three checklists: one overdue, one to come that was done before, one without a schedule."""
    monkeypatch.setattr(QueueScreen, "now", lambda screen: NOW)
    moment = NOW.replace(month=10, day=5, hour=8)
    init = Desk.__init__
    monkeypatch.setattr(
        Desk,
        "__init__",
        lambda desk, folder, *, actor: init(desk, folder, actor=actor, clock=lambda: instant.to_text(moment)),
    )
    desk = Desk(str(tmp_path), actor="test")
    desk.run(commands.SayHours(Hours.ZONE, {"zone": "Europe/Berlin"}))
    for name, when in (("Backup proof", "tuesdays"), ("Week review", "fridays"), ("Year", "")):
        key = desk.run(SaveChecklist(name, Content(ITEMS, Mode.IN_ORDER, minutes=20))).made
        if when:
            desk.run(SetSchedule(key, {"when": when, "grace": "8 h"}))
    moment = NOW.replace(hour=10, minute=0)
    run = desk.run(StartRun(2, "2026-11-20T00:00")).made
    for item in (1, 2):
        desk.run(MarkItem(run, item, Verdict.DONE, value="3" if item == 2 else ""))
    desk.run(FinishRun(run))
    desk.close()
    moment = NOW
    return tmp_path


def panel(seat: Seat) -> MaintenanceScreen:
    found = seat.app.screen
    assert isinstance(found, MaintenanceScreen)
    return found


def line(seat: Seat, name: str) -> str:
    """The line of a checklist."""
    return next(line for line in seat.lines()[3:] if name in line)


async def due(seat: Seat) -> None:
    """Open the panel, and wait until what has come due since is counted."""
    await seat.press("3")
    await seat.wait_until(lambda: "overdue" in line(seat, "Backup proof"))


async def test_what_needs_doing_first_is_at_the_top_and_its_detail_beneath(folder: Path) -> None:
    async with seated(folder) as seat:
        await due(seat)
        assert seat.lines()[1].split()[:6] == ["Maintenance", "1", "overdue", "·", "3", "checklists"]
        assert seat.lines()[3].split() == "▌▲ overdue Backup proof 6 missed ▲ 3 d never".split()
        assert seat.lines()[4].split()[:5] == ["✓", "done", "Week", "review", "27"]
        assert "· no schedule Year" in seat.lines()[5]
        assert "in order · 20 min · revision 1" in seat.text()
        await seat.wait_until(lambda: "6 missed 6 Oct to 10 Nov, no word yet" in seat.text())
        assert "next Tue 24 Nov 09:00 · Tue 1 Dec 09:00" in seat.text()
        await seat.press("l", "j", "j", "j", "j", "j", "j")
        assert "2 Age of the newest copy" in seat.text()
        assert "value in h, 26 or less" in seat.text()
        await seat.press("h", "j", "d")
        assert "dropped “Week review”" in seat.footer()
        assert "2 checklists" in seat.lines()[1]
        await seat.press("u")
        assert "Week review" in line(seat, "Week review")
        await seat.press("escape")
        assert seat.app.screen is seat.queue


async def test_the_month_and_the_year_lead_to_a_day_and_back_to_the_checklist(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("3", "m")
        assert "November 2026" in seat.lines()[1]
        await seat.wait_until(lambda: "✓ Week review" in seat.text().replace("09:00 ", ""))
        assert "Fri 20 Nov 2026   1 due" in seat.text()
        await seat.press("h", "h", "h")
        assert "overdue" in line(seat, "09:00 Backup proof")
        await seat.press("k", "enter")
        assert "▌× 09:00 Backup proof" in seat.text()
        await seat.press("escape", "pagedown", "t")
        assert panel(seat).calendar.day == NOW.date()
        await seat.press("Y")
        await seat.wait_until(lambda: "✓○○" in line(seat, "Week review"))
        assert "Week review   Week 47, 16 Nov to 22 Nov" not in seat.text()
        await seat.press("j", "h")
        await seat.wait_until(lambda: "Week review   Week 46, 9 Nov to 15 Nov" in seat.text())
        seat.app.keep_everything()
        where = panel(seat).place()
    async with seated(folder) as seat:
        await seat.wait_until(lambda: isinstance(seat.app.screen, MaintenanceScreen))
        await seat.settle()
        assert panel(seat).place() == where
        await seat.wait_until(lambda: "Fri 13 Nov 2026 09:00  missed" in seat.text())
        await seat.press("enter")
        await seat.wait_until(lambda: "▌13" in seat.text() and "× 09:00 Week review" in seat.text())
        await seat.press("tab", "enter")
        assert "▌✓ done        Week review" in seat.text()


async def test_a_schedule_is_typed_said_back_refused_by_field_and_kept_over_a_restart(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("3", "G", "S")
        assert "Wednesday after patch Tuesday" in seat.text(), "what can be said is shown"
        await seat.type("every 31st")
        await seat.wait_until(lambda: "When: " in seat.text())
        await seat.press("enter")
        assert isinstance(seat.app.screen, ScheduleForm)
        await seat.press("escape")
        seat.app.keep_everything()
    async with seated(folder) as seat:
        await seat.wait_until(lambda: isinstance(seat.app.screen, MaintenanceScreen))
        await seat.settle()
        await seat.press("S")
        assert "every 31st" in seat.text(), "esc lost nothing"
        await seat.press("ctrl+u")
        await seat.type("first working day")
        await seat.press("tab")
        await seat.type("9:30")
        await seat.wait_until(lambda: "Tue 1 Dec 09:30" in seat.text())
        await seat.press("enter")
        assert seat.footer() == "“Year” is due first working day at 09:30   u undo"
        assert "1 Dec" in line(seat, "Year")
        await seat.press("u")
        assert "no schedule" in line(seat, "Year")


async def test_skip_pause_and_a_word_on_what_was_missed_are_steps_of_undo(folder: Path) -> None:
    async with seated(folder) as seat:
        await due(seat)
        await seat.press("z")
        await seat.type("server was down")
        await seat.press("enter")
        assert seat.ask("SELECT nominal, state, note FROM run WHERE checklist_id = 1") == [
            ("2026-11-17T00:00", "skipped", "server was down")
        ]
        await seat.press("u", "g")
        assert "overdue" in line(seat, "Backup proof")
        await seat.wait_until(lambda: "no word yet" in seat.text())
        await seat.press("n")
        await seat.type("at the fair")
        await seat.press("enter")
        await seat.wait_until(lambda: "6 missed 6 Oct to 10 Nov: at the fair" in seat.text())
        await seat.press("p", "tab")
        await seat.type("2026-11-19")
        await seat.press("ctrl+o")
        assert "this is before the first day" in seat.text()
        await seat.press("ctrl+u")
        await seat.type("30 nov")
        await seat.press("ctrl+o")
        assert "until 30 Nov" in line(seat, "Backup proof")
        await seat.press("p")
        assert seat.footer().startswith("took up “Backup proof”")
        await seat.press("u", "u")
        assert seat.ask("SELECT count(*) FROM pause WHERE void = 0") == [(0,)]


async def test_an_interruption_comes_back_to_the_day_and_to_the_half_typed_schedule(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("3", "m", "h", "h", "h")
        await seat.wait_until(lambda: "09:00 Backup proof" in seat.text())
        await seat.press("tab", "S", "ctrl+u")
        await seat.type("every 3rd")
        await seat.press("ctrl+n")
        await seat.type("outage")
        await seat.press("ctrl+n")
        assert seat.app.screen is seat.queue
        await seat.press("b")
        await seat.wait_until(lambda: isinstance(seat.app.screen, ScheduleForm) and "every 3rd" in seat.text())
        await seat.press("escape")
        await seat.wait_until(lambda: isinstance(seat.app.screen, MaintenanceScreen))
        assert (panel(seat).calendar.day.day, panel(seat).calendar.inside) == (17, True)


async def test_starters_are_marked_and_taken_together(tmp_path: Path) -> None:
    Desk(str(tmp_path), actor="test").run(commands.SayHours(Hours.ZONE, {"zone": "Europe/Berlin"}))
    async with seated(tmp_path) as seat:
        await seat.press("3", "s", "space", "j", "space", "escape", "s")
        assert "take the 2 marked" in seat.text(), "esc lost nothing"
        await seat.press("enter")
        assert seat.ask("SELECT name FROM checklist ORDER BY id") == [("Morning look",), ("Backup proof",)]
        assert "2 checklists" in seat.lines()[1]
        await seat.press("s", "space")
        assert "is there already" in seat.text()
        await seat.press("escape", "u")
        assert "0 checklists" in seat.lines()[1]


async def test_an_empty_panel_says_what_it_is_for(tmp_path: Path) -> None:
    Desk(str(tmp_path), actor="test").run(commands.SayHours(Hours.ZONE, {"zone": "Europe/Berlin"}))
    async with seated(tmp_path) as seat:
        await seat.press("3")
        assert "Checklists hold what has to be looked at again and again" in seat.text()
        await seat.press("d")
        assert "there is no checklist yet" in seat.footer()
