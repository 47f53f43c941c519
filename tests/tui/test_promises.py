"""Promises and checking back at the keyboard."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskmate.domain import commands, instant
from deskmate.domain.promising import MakePromise
from deskmate.domain.views import View
from deskmate.services.desk import Desk
from tests.support.desks import line
from tests.support.pilots import seated


def ahead(**time: int) -> str:
    return instant.to_text(datetime.now(UTC) + timedelta(**time))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = Desk(str(tmp_path), actor="test")
    for title in ("printer jams", "no network"):
        desk.capture(line(title, requester="Ada Weber"))
    desk.close()
    return tmp_path


OPEN = "SELECT request_id, text, state FROM promise WHERE void = 0 ORDER BY id"


async def test_a_promise_is_made_kept_moved_and_typed(folder: Path) -> None:
    async with seated(folder, (160, 40)) as seat:
        await seat.press("f")
        assert "kept" not in seat.footer(), "nothing is promised yet"
        await seat.press("h")
        assert seat.ask(OPEN) == [(1, "word by then", "open")]
        assert "promised" in seat.text()
        await seat.press("f")
        assert "m move that of " in seat.text()
        await seat.press("t")
        assert "D-1 has one open: " in seat.text()
        assert "“word by then”   u, f m moves it" in seat.text()
        await seat.press("u", "f", "m", "t", "f", "k")
        assert seat.ask("SELECT state, moved FROM promise WHERE void = 0") == [("kept", 1)]
        await seat.press("j", "f", ".")
        await seat.type("+2h, call back")
        await seat.press("enter")
        assert seat.ask(OPEN)[-1] == (2, "call back", "open")
        await seat.press("'", "f")
        assert seat.queue.listing.tab is View.PROMISED
        assert seat.numbers() == [2]
        await seat.press("f", "d")
        await seat.press("f", "k")
        assert "nothing is promised" in seat.footer()


async def test_what_a_reply_promises_is_offered_and_made_with_a_key(folder: Path) -> None:
    async with seated(folder, (120, 30)) as seat:
        await seat.press("r", "s")
        await seat.type("I'll call you back in two hours")
        await seat.press("enter")
        assert "f enter takes it" in seat.footer()
        assert seat.ask(OPEN) == [], "nothing is made without a key"
        await seat.press("f")
        assert "as written" in seat.footer()
        await seat.press("enter")
        assert seat.ask(OPEN) == [(1, "I'll call you back in two hours", "open")]
        await seat.press("f", "enter")
        assert "promises nothing" in seat.footer()
        await seat.press("r", "s")
        await seat.type("here I am")
        await seat.press("enter")
        assert "f k ticks what was promised" in seat.footer()


async def test_resolving_over_a_promise_says_so(folder: Path) -> None:
    desk = Desk(str(folder), actor="test")
    desk.run(MakePromise((1, 2), ahead(minutes=30), "call back"))
    desk.run(MakePromise((2,), ahead(days=30), "a word that is much too long for what is left of one line"))
    desk.close()
    async with seated(folder) as seat:
        await seat.press("x")
        assert "“call back”" in seat.text()
        assert "✓ kept by this" in seat.text()
        await seat.press("enter", "j", "x")
        assert "2 promises, next" in seat.text()
        assert "✓ stays open" in seat.text(), "one of them is not due yet"
        await seat.press("enter")
        states = [(number, state) for number, _text, state in seat.ask(OPEN)]
        assert states == [(1, "kept"), (2, "open"), (2, "open")]
        await seat.press("'", "f")
        assert seat.numbers() == [2], "also when it is resolved"


async def test_a_check_back_is_asked_for_and_answered(folder: Path) -> None:
    desk = Desk(str(folder), actor="test", clock=lambda: "2026-11-19T09:00:00.000Z")
    desk.run(commands.Resolve((1,), check_at="2026-11-20T09:00:00.000Z"))
    desk.close()
    async with seated(folder) as seat:
        await seat.press("'", "t")
        assert seat.numbers()[0] == 1
        assert "check back" in seat.list()[0]
        await seat.press("r", "r")
        assert "from 1 (no) to 5" in seat.text()
        await seat.press("ctrl+o", "F", "2")
        await seat.type("hardly")
        await seat.press("enter")
        assert "R reopens it" in seat.footer()
        assert seat.ask("SELECT score, line, asked_at IS NOT NULL FROM check_back") == [(2, "hardly", 1)]
        await seat.press("R")
        assert str(seat.detail(1).request.status) == "open"
        assert seat.lines()[2].endswith(" 1 begun and not finished ──"), "kindly, on the quiet line"


async def test_a_typed_check_back_comes_back_after_a_restart(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("X", ".")
        await seat.type("+3d")
        await seat.press("enter")
        await seat.type("new toner")
        await seat.settle()
        seat.queue.dialogs[-1].keep()
        seat.queue.place.keep_now()
        await seat.settle()
    async with seated(folder) as seat:
        await seat.wait_until(lambda: seat.queue.dialogs)
        await seat.press("enter")
        assert seat.ask("SELECT status, resolution, check_at IS NOT NULL FROM request WHERE id = 1") == [
            ("resolved", "new toner", 1)
        ]
