"""What comes by itself, on the screen: a line, the bell, the terminal, a command; and a clock that moved."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual.widgets import Input

from deskmate.config import Attention as Settings
from deskmate.config import Config
from deskmate.domain import instant
from deskmate.domain.attention import TYPING
from deskmate.domain.maintenance import SetSchedule
from deskmate.domain.views import View
from deskmate.services.desk import Desk
from deskmate.tui.screens.queue.attention import SHOWN, Attention
from deskmate.tui.screens.queue.screen import QueueScreen
from tests.support.checklists import listed
from tests.support.desks import line
from tests.support.pilots import Seat, seated

START = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Friday
URGENT = {"impact": "everyone", "urgency": "stuck"}


class Clock:
    """The wall clock and the steady one; time passes on both, and the wall clock can be set."""

    def __init__(self) -> None:
        self.wall, self.steady = START, 1_000.0

    def passes(self, **by: float) -> None:
        self.set(**by)
        self.steady += timedelta(**by).total_seconds()

    def set(self, **by: float) -> None:
        self.wall = (instant.from_text(self()) + timedelta(**by)).astimezone(START.tzinfo)

    def __call__(self) -> str:
        return instant.to_text(self.wall)


class Office:
    """A seat, its clock, and what else can be heard and seen there."""

    def __init__(self, seat: Seat, clock: Clock, heard: list[str]) -> None:
        self.seat, self.clock, self.heard = seat, clock, heard

    def comes(self, title: str, **marks: object) -> None:
        """Somebody else writes."""
        desk = Desk(self.seat.folder, actor="shell", clock=self.clock)
        desk.capture(line(title, text=title, **marks))
        desk.close()

    def door(self, state: str) -> None:
        desk = Desk(self.seat.folder, actor="shell", clock=self.clock)
        later = instant.to_text(self.clock.wall + timedelta(hours=6))
        desk.writer.conn.execute(
            "INSERT INTO override (at, state, until) VALUES (?, ?, ?)", (self.clock(), state, later)
        )
        desk.wake()
        desk.close()

    async def later(self, **by: float) -> str:
        """Time passes; what stands on the line across then."""
        self.clock.passes(**by)
        return await self.look()

    async def look(self) -> str:
        self.seat.queue._tick()
        await self.seat.settle()
        return self.seat.lines()[-2].strip("─ ")


@asynccontextmanager
async def office(
    folder: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings | None = None
) -> AsyncIterator[Office]:
    clock, heard = Clock(), []
    init = Desk.__init__
    with monkeypatch.context() as patch:
        patch.setattr(QueueScreen, "now", lambda screen: clock.wall)
        patch.setattr(Attention, "steady", lambda attention: clock.steady)
        patch.setattr(
            Desk, "__init__", lambda desk, folder, *, actor, clock=clock: init(desk, folder, actor=actor, clock=clock)
        )
        desk = Desk(str(folder), actor="technician")
        desk.capture(line("Printer jams", needed_by=START + timedelta(hours=2)))
        desk.capture(line("Toner", needed_by=START + timedelta(hours=3)))
        desk.close()
        async with seated(folder, config=Config(attention=settings or Settings())) as seat:
            patch.setattr(seat.app, "bell", lambda: heard.append("bell"))
            patch.setattr(seat.app, "tell_terminal", heard.append)
            yield Office(seat, clock, heard)


async def test_one_line_once_and_the_bell_for_p1_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with office(tmp_path, monkeypatch) as here:
        assert await here.look() == ""
        assert await here.later(hours=1, minutes=38) == "D-1 is needed in 22 min: Printer jams"
        assert here.heard == []
        here.comes("All mail is down", **URGENT)
        await here.seat.settle()
        assert await here.look() == "P1 D-3 All mail is down · 1 due soon", "with what was said a moment ago"
        assert here.heard == ["bell"]
        here.clock.passes(seconds=SHOWN)
        await here.seat.press("j")  # read; the next key takes it away
        assert await here.later(seconds=TYPING) == ""
        assert here.heard == ["bell"]


async def test_none_comes_while_somebody_types_and_none_takes_the_focus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office(tmp_path, monkeypatch) as here:
        await here.look()
        await here.seat.press("ctrl+n")
        await here.seat.type("half a w")
        here.comes("All mail is down", **URGENT)
        assert await here.later(seconds=TYPING - 0.1) == ""
        assert here.heard == []
        assert await here.later(seconds=0.2) == "P1 D-3 All mail is down"
        await here.seat.type("ord")
        assert isinstance(here.seat.app.focused, Input)
        assert here.seat.app.focused.value == "half a word"


async def test_while_the_door_is_shut_all_but_p1_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office(tmp_path, monkeypatch, Settings(notify="osc9")) as here:
        await here.look()
        here.door("DND")
        assert await here.later(hours=1, minutes=38) == ""
        here.comes("new mouse")
        assert await here.look() == ""
        assert "1 held" in here.seat.lines()[0]
        assert here.heard == []
        here.comes("All mail is down", **URGENT)
        assert await here.look() == "P1 D-4 All mail is down"
        assert here.heard == ["bell", "\x1b]9;deskmate: 1 P1\x1b\\"]
        here.door("OPEN")
        assert await here.look() == "P1 D-4 All mail is down · 1 due soon · 1 was held", "all of these few seconds"
        assert here.heard[2:] == ["\x1b]9;deskmate: 1 due soon · 1 was held\x1b\\"]


async def test_what_was_held_is_said_once_and_not_by_whoever_ended_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office(tmp_path, monkeypatch) as here:
        await here.look()
        for title in ("mouse", "screen"):
            await here.seat.press("ctrl+t")
            here.comes(title)
            await here.seat.press("ctrl+t")
            assert "came in, see Held" in here.seat.footer()
            assert await here.later(seconds=SHOWN) == "", "that was an answer to the key"
        await here.seat.press("ctrl+t")
        here.comes("cable")
        here.comes("chair")
        assert await here.later(minutes=46) == "2 were held, ' h shows them"
        await here.seat.press("j")
        here.clock.passes(seconds=SHOWN)
        await here.seat.press("k")
        assert await here.later(seconds=TYPING) == ""
        await here.seat.press("'", "h")
        assert set(here.seat.numbers()) >= {5, 6}


async def test_a_p1_out_of_sight_says_how_to_see_it_and_moves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office(tmp_path, monkeypatch) as here:
        await here.look()
        desk = Desk(str(tmp_path), actor="technician")
        for number in range(30):
            desk.capture(line(f"case {number}"))
        desk.close()
        await here.seat.press("G")
        seen = here.seat.list()
        here.comes("All mail is down", **URGENT)
        assert await here.later(seconds=TYPING) == "P1 D-33 All mail is down, g shows it"
        assert here.seat.list() == seen
        await here.seat.press("g")
        assert here.seat.current == 33
        here.clock.passes(seconds=SHOWN)
        await here.seat.press("4")
        here.comes("All phones are down", **URGENT)
        assert await here.later(seconds=TYPING) == "P1 D-34 All phones are down, 1 shows the queue"


async def test_the_night_is_quiet_and_the_morning_says_what_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office(tmp_path, monkeypatch) as here:
        await here.look()
        here.seat.app.keep_everything()
        here.clock.passes(hours=9)  # closed at five
        assert await here.look() == ""
    clock = Clock()
    clock.set(days=3)  # Monday, ten o'clock
    monkeypatch.setattr(QueueScreen, "now", lambda screen: clock.wall)
    for wait, said in ((0, "2 overdue"), (0, ""), (-2, "the clock moved 2 days back")):
        clock.set(days=wait)
        async with seated(tmp_path) as seat:
            seat.queue._tick()
            await seat.settle()
            assert seat.lines()[-2].strip("─ ") == said


async def test_a_suspend_of_three_days_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with office(tmp_path, monkeypatch) as here:
        await here.look()
        here.clock.set(days=3)
        here.seat.queue.look_for_news()  # no tick is needed
        said = "the clock moved 3 days forward; 2 reminders passed meanwhile: D-1, D-2"
        assert await here.look() == said
        here.clock.passes(seconds=SHOWN)
        await here.seat.press("j")
        assert await here.later(hours=1) == ""
        ask = "SELECT command FROM journal WHERE actor = 'clock'"
        assert here.seat.ask(ask) == [("clock",)]
        await here.seat.press("u")
        assert "moved" not in here.seat.footer()


async def test_ten_years_on_and_back_nothing_is_said_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with office(tmp_path, monkeypatch) as here:
        await here.look()
        here.clock.set(days=3652)
        assert (await here.look()).startswith("the clock moved 10 years forward; 2 reminders passed meanwhile")
        here.door("DND")
        here.clock.set(days=-3652)
        assert await here.look() == "the clock moved 10 years back; the door ignores what was said later"
        here.clock.passes(seconds=SHOWN)
        await here.seat.press("j")
        found = [await here.later(hours=1) for _hour in range(4)]
        assert found == [""] * 4
        assert here.seat.lines()[0].startswith(" ● OPEN")


async def test_a_command_gets_the_text_and_one_that_fails_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, tool = tmp_path / "out", tmp_path / "tool"
    tool.write_text(f'#!/bin/sh\nprintf "%s|" "$@" >> {out}\n', encoding="utf-8")
    os.chmod(tool, 0o700)
    settings = Settings(command=(str(tool), "--app", "deskmate"))
    async with office(tmp_path, monkeypatch, settings) as here:
        await here.look()
        await here.later(hours=1, minutes=38)
        await here.seat.wait_until(out.exists)
        await here.seat.wait_until(lambda: out.read_text().endswith("|"))
        assert out.read_text() == "--app|deskmate|D-1 is needed in 22 min: Printer jams|"
        tool.unlink()
        await here.later(hours=1)
        await here.seat.wait_until(lambda: "not notified: tool was not found." in here.seat.text())


async def test_a_checklist_that_is_due_is_said_counted_and_led_to_and_an_absence_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office(tmp_path, monkeypatch) as here:
        await here.look()
        desk = Desk(here.seat.folder, actor="shell", clock=here.clock)
        for name in ("Morning look", "Close of day"):
            desk.run(SetSchedule(listed(desk, name), {"when": "every working day"}))
        desk.close()
        assert await here.later(seconds=TYPING) == "2 checks due, 3 shows them"
        assert here.seat.lines()[0].endswith("2 checks due")
        await here.seat.press(*"lllll")
        here.clock.passes(seconds=SHOWN)
        await here.seat.press("l", "h")
        assert here.seat.queue.listing.tab is View.TODAY
        assert "2 checks due: 3" in here.seat.text()
        assert here.heard == []
        here.clock.passes(days=21)
        assert (await here.look()).endswith("2 overdue · 2 checks due, 30 missed in 3 weeks")
        assert here.seat.ask("SELECT count(*) FROM fired WHERE key LIKE 'checklist:%'") == [(4,)]
