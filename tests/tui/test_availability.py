"""Panel 4 on the screen: the week, what is said about it, and that nothing typed there is lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskmate.domain import commands, instant
from deskmate.domain.commands import SayHours
from deskmate.domain.hours import Kind
from deskmate.domain.priority import Priority
from deskmate.services.desk import Desk
from deskmate.tui.dialogs.capture import CaptureDialog
from deskmate.tui.dialogs.hours import HoursForm
from deskmate.tui.screens.availability.screen import AvailabilityScreen
from deskmate.tui.screens.queue.screen import QueueScreen
from tests.support.desks import line
from tests.support.pilots import Seat, seated

NOW = datetime(2026, 11, 20, 10, 47, tzinfo=ZoneInfo("Europe/Berlin"))  # a Friday
HOURS = "SELECT weekday, opens, closes FROM weekly WHERE void = 0 AND weekday = 4 ORDER BY opens"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A request that is due, and one that sleeps until Christmas week."""
    monkeypatch.setattr(QueueScreen, "now", lambda screen: NOW)
    init = Desk.__init__
    monkeypatch.setattr(
        Desk,
        "__init__",
        lambda desk, folder, *, actor: init(desk, folder, actor=actor, clock=lambda: instant.to_text(NOW)),
    )
    desk = Desk(str(tmp_path), actor="test")
    desk.run(SayHours(Kind.ZONE, {"zone": "Europe/Berlin"}))
    for title in ("printer", "mail"):
        desk.capture(line(title))
    desk.run(commands.SetPriority((1,), Priority.P3))
    desk.run(commands.Park((2,), "2026-12-22T09:00:00.000Z", "later"))
    desk.close()
    return tmp_path


def panel(seat: Seat) -> AvailabilityScreen:
    found = seat.app.screen
    assert isinstance(found, AvailabilityScreen)
    return found


def day(seat: Seat, name: str) -> str:
    """The line of a weekday."""
    return next(line[1:] for line in seat.lines() if line[1:4] == name)


async def told(seat: Seat, words: str) -> None:
    """Wait until the form says what it would do."""
    await seat.wait_until(lambda: words in seat.text())


async def test_a_weekday_is_edited_told_saved_and_taken_back(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("4")
        assert "Week 47   16 Nov to 22 Nov 2026   this week" in seat.lines()[1]
        assert "9-17  today" in day(seat, "Fri")
        await seat.press("enter", "ctrl+u")
        await seat.type("9-12, 11-13")
        await told(seat, "Fri: 09:00-12:00 and 11:00-13:00 were merged into 09:00-13:00")
        assert "09:00-13:00" in seat.text()
        await told(seat, "2 due dates move")
        assert seat.ask(HOURS) == [(4, 540, 1020)], "it is only told"
        await seat.press("enter")
        assert "2 due dates move   u undo" in seat.footer()
        assert (seat.lines()[0].strip(), seat.ask(HOURS)) == ("● OPEN until 13:00", [(4, 540, 780)])
        assert "9-13  today" in day(seat, "Fri")
        await seat.press("u")
        assert seat.ask(HOURS) == [(4, 540, 1020)]
        assert "9-17  today" in day(seat, "Fri")
        await seat.press("U")
        assert seat.ask(HOURS) == [(4, 540, 780)]


async def test_what_is_wrong_is_named_and_the_rest_is_kept_over_a_restart(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("4", "e", "ctrl+u")
        await seat.type("9-25")
        await seat.press("tab", "ctrl+u")
        await seat.type("10-12")
        await seat.press("enter")
        assert isinstance(seat.app.screen, HoursForm)
        assert "“9-25”: there is no 25:00" in seat.text()
        assert "10-12" in seat.text()
        await seat.press("escape", "4", "enter")
        assert "9-25" in seat.text(), "esc lost nothing"
        seat.app.keep_everything()
    async with seated(folder) as seat:
        await seat.wait_until(lambda: isinstance(seat.app.screen, HoursForm))
        await seat.settle()
        assert "9-25" in seat.text()
        await seat.press("ctrl+u")
        await seat.type("9-14")
        await seat.press("enter")
        assert "10-12" in day(seat, "Sat")
        assert "9-14" in day(seat, "Fri")
        await seat.press("G", "k", "l")
        seat.app.keep_everything()
        where = panel(seat).place()
    async with seated(folder) as seat:
        await seat.wait_until(lambda: isinstance(seat.app.screen, AvailabilityScreen))
        await seat.settle()
        assert panel(seat).place() == where
        assert "next week" in seat.lines()[1]
        await seat.press("escape")
        assert seat.app.screen is seat.queue


async def test_leave_shows_what_falls_into_it_and_moves_it(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("4", "a", "l")
        await seat.type("21.12-3.1")
        await told(seat, "Mon 21 Dec 2026 to Sun 3 Jan 2027")
        await told(seat, "wake D-2 mail")
        await seat.press("escape", "a", "l")
        await told(seat, "f2 save and move 1 date")
        await seat.press("enter")
        assert seat.ask("SELECT starts, ends FROM leave") == [("2026-12-21", "2027-01-03")]
        await seat.press("l", "l", "l", "l", "l")
        assert "closed  leave" in day(seat, "Mon")
        await seat.press("j", "j", "j", "j", "j", "j", "j")
        assert panel(seat).view.item is not None
        assert "1 date falls into it" in seat.text()
        await seat.press("z")
        assert seat.ask("SELECT wake_at FROM request WHERE id = 2") == [("2027-01-04T08:00:00.000Z",)]
        assert "falls into it" not in seat.text()
        await seat.press("d")
        assert seat.ask("SELECT void FROM leave") == [(1,)]
        await seat.press("a", "l", "ctrl+u")
        await seat.type("4 jan")
        await told(seat, "f2 save and move 1 date")
        await seat.press("f2")
        assert seat.ask("SELECT wake_at FROM request WHERE id = 2") == [("2027-01-05T08:00:00.000Z",)]
        await seat.press("u")
        assert "undoes: leave Mon 4 Jan 2027; moved a date of D-2" in seat.footer(), "it is not in sight"
        await seat.press("u")
        assert seat.ask("SELECT count(*) FROM leave WHERE void = 0") == [(0,)]
        assert seat.ask("SELECT wake_at FROM request WHERE id = 2") == [("2027-01-04T08:00:00.000Z",)], "one step"


async def test_other_days_slots_and_targets_are_said(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("4", "a", "d", "tab")
        await seat.type("9-12")
        await seat.press("enter")
        assert "9-12  today; other hours" in day(seat, "Fri")
        await seat.press("enter")
        assert "Fri 20 Nov 2026 09:00-12:00" in seat.text(), "the date has hours of its own: those are edited"
        await seat.type("10-13")
        await seat.press("enter")
        assert "10-13  today; other hours" in day(seat, "Fri")
        await seat.press("d")
        assert "9-17  today" in day(seat, "Fri")
        await seat.press("a", "s")
        await seat.type("14-15")
        await seat.press("tab")
        await seat.type("w")
        await seat.press("enter")
        assert seat.ask("SELECT starts, every, state FROM slot") == [("2026-11-20T14:00", 7, "DND")]
        assert "DND 14-15" in day(seat, "Fri")
        await seat.press("a", "s")
        await seat.type("20-21")
        await told(seat, "never meets office")
        await seat.press("enter")
        assert isinstance(seat.app.screen, HoursForm), "what only the desk knows is refused, too"
        await seat.press("escape")
        view = panel(seat).view
        view.move_to(7 + [item.label for item in view.items].index("Target P3"))
        await seat.press("e", "ctrl+u")
        await seat.type("30 min")
        await told(seat, "1 due date moves")
        await seat.press("enter")
        assert "first answer 30 min, solved 16 h" in seat.text()
        await seat.press("u")
        assert "first answer 4 h, solved 16 h" in seat.text()
        view.move_to(7 + [item.label for item in view.items].index("DND"))
        await seat.press("e")
        await seat.type("1h30m")
        await seat.press("enter")
        assert "lasts 1 h 30 min" in seat.text()
        await seat.press("ctrl+t")
        assert seat.lines()[0].strip().startswith("◼ DND until 12:17")


async def test_keys_are_those_of_every_list_or_say_why_they_do_nothing(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("h")
        await seat.press("4", "r")
        await seat.pilot.click("#week", offset=(20, 3))
        assert panel(seat).day == datetime(2026, 11, 18).date()
        await seat.press("t", "r")
        assert seat.footer() == "r works on requests, 1 goes to them"
        await seat.press("4")
        assert seat.footer() == "this is availability already"
        await seat.press("z")
        assert seat.footer() == "this is no leave"
        await seat.press("D", "h")
        assert seat.lines()[0].strip().startswith("◼ DND until 11:47")
        assert "◼ DND until 11:47   manual" in seat.text()
        await seat.press("ctrl+t", "ctrl+n")
        await seat.type("half")
        assert isinstance(seat.app.screen, CaptureDialog)
        await seat.press("escape", "?")
        assert "Availability" in seat.text()
        await seat.type("resolve")
        assert "this works on requests, 1 goes to them" in seat.text()
        await seat.press("enter")
        assert "Keys" in seat.text(), "it can not be run from here"
        await seat.press("escape", "?")
        await seat.type("recent")
        await seat.press("enter")
        assert "Recent" in seat.text(), "what works in every panel is run"
        await seat.press("escape")
        assert isinstance(seat.app.screen, AvailabilityScreen)
        for back in ("1", "q", "escape"):
            await seat.press(back)
            assert seat.app.screen is seat.queue
            await seat.press("e" if back == "1" else "4")
            if back == "1":
                await seat.press("escape", "4")
    async with seated(folder, read_only=True) as seat:
        await seat.press("4", "e")
        assert "read only" in seat.footer()


async def test_an_interruption_comes_back_to_the_panel_and_its_half_written_form(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("4", "l", "j", "e", "end")
        await seat.type(", 20-21")
        await seat.press("ctrl+n")
        await seat.type("outage")
        await seat.press("ctrl+n")
        assert seat.app.screen is seat.queue
        assert seat.current == 3
        await seat.press("b")
        assert isinstance(seat.app.screen, HoursForm)
        assert ", 20-21" in seat.text()
        await seat.press("escape")
        assert "next week" in seat.lines()[1]
        await seat.press("i")
        await seat.type("another")
        await seat.press("enter")
        assert seat.app.screen is seat.queue
        await seat.press("B")
        assert "availability" in seat.text()


async def test_a_country_and_a_region_are_found_by_name_or_code(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("4", "a", "h")
        await seat.type("germ")
        await seat.wait_until(lambda: "DE          Germany" in seat.text())
        await seat.press("enter")
        await seat.wait_until(lambda: "all of it" in seat.text())
        await seat.type("be")
        await seat.wait_until(lambda: "Berlin" in seat.text())
        await seat.press("enter")
        assert isinstance(seat.app.screen, HoursForm)
        await told(seat, "holidays of DE BE:")
        await seat.press("enter")
        await seat.wait_until(lambda: "holidays of DE BE" in seat.footer())
        assert seat.ask("SELECT value FROM setting WHERE id IN ('country', 'region') ORDER BY id") == [
            ("DE",),
            ("BE",),
        ]
        await seat.press("a", "h")
        await seat.wait_until(lambda: "chosen now" in seat.text())
        await seat.press("escape")
        assert isinstance(seat.app.screen, AvailabilityScreen)


async def test_an_interruption_comes_back_to_the_panel_and_its_half_filled_form(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("4", "l", "j", "j")
        week, day_of = panel(seat).first, panel(seat).day
        await seat.press("i")
        await seat.type("one at the door")
        await seat.press("enter")
        assert seat.app.screen is seat.queue
        assert "took D-3" in seat.footer()
        await seat.press("4", "l", "l", "e")
        form = seat.app.screen
        assert isinstance(form, HoursForm)
        await seat.type("7")
        await seat.press("left", "left")
        left = form.text()
        await seat.press("ctrl+n", "ctrl+n")
        assert "took D-4" in seat.footer()
        assert seat.queue.over is None
    async with seated(folder) as seat:
        assert seat.current == 4
        await seat.press("b")
        form = seat.app.screen
        assert isinstance(form, HoursForm)
        assert form.text() == left
        await seat.press("escape")
        assert panel(seat).first == week + timedelta(7)
        await seat.press("b")
        assert (panel(seat).first, panel(seat).day) == (week, day_of)
        assert "back where you were" in seat.footer()
        await seat.press("b")
        assert "there is nothing to go back to" in seat.footer()
