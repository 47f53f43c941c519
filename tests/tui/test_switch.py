"""``ctrl+t`` and ``D`` on the screen: the keys, the top line, and that nothing typed is lost."""

from __future__ import annotations

import re
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual.widgets import Input

from deskmate.config import Config
from deskmate.domain import hook, instant, local
from deskmate.domain.commands import SetAvailability
from deskmate.domain.hook import Hooks
from deskmate.domain.hours import State
from deskmate.services.desk import Desk
from deskmate.tui import start
from deskmate.tui.dialogs.capture import CaptureDialog
from deskmate.tui.screens.queue.screen import QueueScreen
from tests.support.desks import line, looking
from tests.support.pilots import Seat, seated

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Friday


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two requests. It is ten on a Friday for all who ask, and the desk goes by the clock of the screen."""
    monkeypatch.setattr(QueueScreen, "now", lambda screen: NOW)
    init = Desk.__init__

    def clock() -> str:
        return instant.to_text(QueueScreen.now(None))  # type: ignore[arg-type]

    monkeypatch.setattr(Desk, "__init__", lambda desk, folder, *, actor: init(desk, folder, actor=actor, clock=clock))
    desk = Desk(str(tmp_path), actor="test")
    for title in ("printer", "mail"):
        desk.capture(line(title))
    desk.close()
    return tmp_path


def top(seat: Seat) -> str:
    return seat.lines()[0].split("   ")[0].strip()


async def test_one_key_on_and_off_over_text_too(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("ctrl+t")
        assert seat.keys == 1
        assert (top(seat), seat.footer()) == ("◼ DND until 10:45", "DND until 10:45   u undo")
        await seat.press("u")
        assert top(seat) == "● OPEN until 17:00"
        await seat.press("ctrl+n")
        await seat.type("half")
        await seat.press("ctrl+t")
        await seat.type(" written")
        assert isinstance(seat.app.screen, CaptureDialog)
        assert seat.app.screen.text()[0] == "half written"
        assert top(seat) == "◼ DND until 10:45"
        await seat.press("escape", "ctrl+t")
        assert top(seat) == "● OPEN until 17:00"


@pytest.mark.parametrize(
    ("key", "shows"),
    [
        ("1", "◼ DND until 10:15"),
        ("3", "◼ DND until 10:30"),
        ("h", "◼ DND until 11:00"),
        ("2", "◼ DND until 12:00"),
        ("e", "◼ DND until 12:30"),
        ("n", "◼ DND until 13:00"),
    ],
)
async def test_how_long_is_one_key_more(folder: Path, key: str, shows: str) -> None:
    with looking(folder) as conn:
        conn.execute("UPDATE weekly SET closes = 750 WHERE weekday = 4")
        conn.execute("INSERT INTO weekly (weekday, opens, closes) VALUES (4, 780, 1020)")
    async with seated(folder) as seat:
        await seat.press("D")
        assert "e until 12:30" in seat.text()
        await seat.press(key)
        assert top(seat) == shows
        await seat.press("D", "o")
        assert top(seat) == "● OPEN until 12:30"


async def test_a_door_that_never_closes_has_no_end_of_its_hours(folder: Path) -> None:
    with looking(folder) as conn:
        conn.execute("DELETE FROM weekly")
        conn.executemany("INSERT INTO weekly (weekday, opens, closes) VALUES (?, 0, 1440)", [(n,) for n in range(7)])
    async with seated(folder) as seat:
        await seat.press("D")
        assert "e until" not in seat.text()
        await seat.press("e")
        assert "the door does not close; another end can be said" in seat.text()
        assert top(seat) == "● OPEN"


async def test_a_time_or_a_word_is_typed(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("D", ".")
        await seat.type("9:00")
        await seat.press("enter")
        assert seat.footer() == "DND until tomorrow 09:00   u undo", "today's is past"
        await seat.press("D", ".")
        await seat.type("14:00")
        await seat.press("enter")
        assert top(seat) == "◼ DND until 14:00"
        await seat.press("D", "a")
        await seat.type("with a colleague, 1 jan 2020")
        await seat.press("enter")
        assert "has passed" in seat.text()
        seat.app.screen.query_one("#field", Input).value = ""
        await seat.type("with a colleague, back 10:40")
        assert "until Fri 20 Nov 10:40 (in 40 min)" in seat.text()
        await seat.press("escape", "D", "a", "enter")
        assert top(seat) == "◆ AWAY until 10:40"
        assert seat.ask("SELECT public FROM override ORDER BY id DESC LIMIT 1") == [("with a colleague",)]
        assert seat.ask("SELECT * FROM draft") == []


async def test_the_line_follows_the_clock_and_the_first_frame_says_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [NOW]
    monkeypatch.setattr(QueueScreen, "now", lambda screen: clock[0])
    monkeypatch.setattr(local, "now", lambda: clock[0])

    def first_frame() -> str:
        with looking(folder) as conn:
            return re.sub(r"\x1b\[[0-9;]*m", "", start._frame(conn, 80, 24)[0]).rstrip()

    async with seated(folder) as seat:
        await seat.press("ctrl+t")
        clock[0] += timedelta(minutes=44, seconds=59)
        seat.queue.look_for_news()
        assert top(seat) == "◼ DND until 10:45"
        written = seat.ask("SELECT max(seq) FROM journal")
        clock[0] += timedelta(seconds=1)
        seat.queue.look_for_news()
        await seat.settle()
        assert top(seat) == "● OPEN until 17:00"
        assert seat.ask("SELECT max(seq) FROM journal") == written, "time has passed, nothing was done"
        seat.app.keep_everything()
        await seat.settle()
        assert first_frame() == seat.lines()[0]
        clock[0] += timedelta(hours=8)
        assert first_frame().startswith(" ○ CLOSED until Mon 09:00")
    with looking(folder) as conn:
        conn.execute("UPDATE override SET void = 1")
    desk = Desk(str(folder), actor="shell")
    desk.run(SetAvailability(State.AWAY, public="word from the shell"))
    desk.close()
    assert first_frame().startswith(" deskmate"), "what is not true any more is not shown"


async def test_what_came_in_meanwhile_is_a_word_on_the_top_line_and_a_view(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [NOW]
    monkeypatch.setattr(QueueScreen, "now", lambda screen: clock[0])
    async with seated(folder) as seat:
        await seat.press("ctrl+t")
        outside = Desk(str(folder), actor="mail")
        for title in ("mouse", "screen", "cable"):
            outside.capture(line(title, channel="mail"))
        outside.close()
        await seat.settle()
        assert seat.numbers() == [1, 2]
        assert seat.lines()[0].endswith("2 untriaged · 3 held")
        clock[0] += timedelta(minutes=45)
        seat.queue.look_for_news()
        await seat.settle()
        assert seat.numbers() == [1, 2, 3, 4, 5]
        assert seat.lines()[0].endswith("5 untriaged · 3 held"), "nobody has looked yet"
        await seat.press("'", "h")
        assert seat.numbers() == [3, 4, 5]
        await seat.press("j", "p", "3", "l")
        assert seat.lines()[0].endswith("4 untriaged · 1 held"), "one was looked at, one triaged"
        await seat.press("'", "n", "G", "k", "enter", "escape")
        assert seat.lines()[0].endswith("4 untriaged")
        await seat.press("ctrl+t")
        outside = Desk(str(folder), actor="mail")
        outside.capture(line("keyboard", channel="mail"))
        outside.close()
        await seat.press("ctrl+t")
        assert seat.lines()[0].endswith("5 untriaged · 1 held"), "let go at once"


async def test_the_rules_are_found_by_their_name_and_changed_in_a_form(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press(":")
        await seat.type("what breaks")
        await seat.press("enter")
        assert "4 again   let through: the same person again within 15 min" in seat.text()
        await seat.type("invoices")
        await seat.press("enter")
        await seat.type("words")
        await seat.press("tab", "tab", "ctrl+o")
        assert "it needs a word to look for" in seat.text()
        await seat.type("invoice, rechnung")
        await seat.press("ctrl+o")
        assert seat.footer() == "saved the rule “invoices”   u undo"
        assert seat.ask("SELECT kind, words, passes, position FROM rule ORDER BY id DESC LIMIT 1") == [
            ("words", "invoice, rechnung", 1, 5)
        ]
        assert seat.ask("SELECT * FROM draft") == []


async def test_programs_are_told_once_what_the_door_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = folder / "out"
    code = f"import os; open({str(out)!r}, 'a').write(os.environ['DESKMATE_STATE'] + ' ')"
    config = Config(hooks=Hooks(((sys.executable, "-c", code),)))
    monkeypatch.setattr(hook, "WAIT", 60.0)

    def log() -> str:
        return (folder / "deskmate.log").read_text(encoding="utf-8") if (folder / "deskmate.log").exists() else ""

    async with seated(folder, config=config) as seat:
        await seat.press("ctrl+t", "u")
        seat.app.gateway.tell_hooks()
        await seat.settle()
        assert log() == "", "a slip is no news"
        monkeypatch.setattr(hook, "WAIT", 0.01)
        await seat.press("ctrl+t")
        await seat.wait_until(lambda: log().count("ended with 0") == 1)
        await seat.settle()
        seat.app.gateway.tell_hooks()
        await seat.settle()
    assert out.read_text(encoding="utf-8") == "DND "
