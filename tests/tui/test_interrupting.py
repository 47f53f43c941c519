"""Interrupted, and back: two keys and a line there, one key back, and everything as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from deskmate.domain.commands import Merge, Park, Resolve, Undo
from deskmate.tui.dialogs.capture import CaptureDialog
from deskmate.tui.dialogs.reply import ReplyDialog
from deskmate.tui.screens.queue import stopwatch
from tests.support.desks import line, opened
from tests.support.pilots import Seat, seated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """D-1 to D-5, each of somebody."""
    with opened(tmp_path) as desk:
        for title in ("printer", "vpn", "phone", "mouse", "scanner"):
            desk.capture(line(title, requester="Ann"))
    return tmp_path


def running(seat: Seat) -> list[int]:
    return [number for (number,) in seat.ask("SELECT request_id FROM piece WHERE ends IS NULL AND void = 0")]


def field(seat: Seat) -> tuple[str, object]:
    found = seat.app.screen.query_one("#field")
    if isinstance(found, TextArea):
        return found.text, found.cursor_location
    assert isinstance(found, Input)
    return found.value, found.cursor_position


async def test_a_half_written_reply_is_interrupted_and_is_back(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("j", "s", "r", "r")
        await seat.type("I will look at it tomorow")
        await seat.press("left", "left")
        keys = seat.keys
        await seat.press("ctrl+n")
        await seat.type("nobody can log in !several !stuck")
        await seat.press("ctrl+n")
        assert seat.keys - keys == 2
        assert (seat.current, seat.queue.opened, running(seat)) == (6, True, [6])
        assert seat.app.screen is seat.queue
        assert "took D-6 nobody can log in   b back to D-2   u undo" in seat.footer()
        assert "▶ D-6 0:00:0" in seat.lines()[0]
        await seat.press("b")
        assert isinstance(seat.app.screen, ReplyDialog)
        assert field(seat) == ("I will look at it tomorow", (0, 23))
        assert running(seat) == [2]
        await seat.press("escape")
        assert (seat.current, seat.queue.opened) == (2, False)
        said = [entry.text for entry in seat.detail(2).entries]
        assert "interrupted by D-6 (P1)" in said
        assert "back after 0 min" in said
        await seat.press("u")
        assert running(seat) == [6]


async def test_undo_takes_the_way_to_it_back_as_well(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("j", "j", "n")
        await seat.type("half")
        await seat.press("ctrl+n", "ctrl+n")
        assert "took D-6 (untitled)   e names it   b back to D-3   u undo" in seat.footer()
        await seat.press("u")
        assert field(seat) == ("half", (0, 4))
        await seat.press("escape")
        assert (seat.current, seat.queue.opened, running(seat)) == (3, False, [])


async def test_a_clock_stops_with_the_day_and_else_runs_on(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("s")
        seat.queue.stopwatch.look(closed=False)
        assert seat.queue.stopwatch.leave() == "The clock of D-1 runs on."
        seat.queue.stopwatch.look(closed=True)
        assert seat.queue.stopwatch.leave() == "The clock of D-1 was stopped: the office is closed."
        await seat.settle()
        assert running(seat) == []


async def test_it_is_one_key_in_a_list_and_is_named_afterwards(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("i")
        assert "Interrupted" in seat.text()
        await seat.press("enter")
        assert (seat.current, running(seat), seat.detail(6).request.title) == (6, [6], "")
        await seat.press("escape", "j")
        assert seat.queue.stopwatch.focus is not None
        await seat.press("i")
        await seat.type("second")
        await seat.press("escape")
        assert (running(seat), len(seat.queue.gateway.stack())) == ([6], 1), "esc takes nothing"
        await seat.press("ctrl+n")
        assert isinstance(seat.app.screen, CaptureDialog)
        assert field(seat)[0] == "", "each has its own line"
        await seat.type("third")
        await seat.press("enter")
        assert running(seat) == [6], "enter alone keeps it for later"


async def test_after_an_interruption_is_resolved_the_way_back_comes_first(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("enter", "s", "i")
        await seat.type("quick one")
        await seat.press("enter", "x", "enter")
        assert running(seat) == []
        assert seat.footer() == "resolved D-6   b back to D-1   c cause   u undo"
        await seat.press("escape", "enter")
        assert seat.footer().startswith("b back to D-1")
        await seat.press("b")
        assert (seat.current, seat.queue.opened, running(seat)) == (1, True, [1])
        await seat.press("b")
        assert "nothing to go back to" in seat.footer()


async def test_three_deep_with_filters_moves_and_marks(folder: Path) -> None:
    """Each place comes back: a filter, an open request that is elsewhere by now, marks, a search half typed."""
    async with seated(folder) as seat:
        await seat.press("j", "space", "i")
        await seat.type("one")
        await seat.press("enter", "escape", "/")
        await seat.type("scan")
        await seat.press("ctrl+n")
        await seat.type("two")
        await seat.press("ctrl+n", "escape", "escape", "'", "n", "g", "j", "enter")
        here = seat.current
        await seat.press("i")
        await seat.type("three")
        await seat.press("enter")
        with opened(folder) as desk:
            assert here is not None
            desk.run(Park((here,)))
        await seat.press("b")
        assert (seat.current, seat.queue.opened) == (here, True)
        await seat.press("escape")
        assert next(text for text in seat.list() if f"D-{here} " in text).startswith("▌")
        await seat.press("b")
        assert (seat.queue.searching, seat.queue.search.field.value, seat.queue.listing.query) == (
            True,
            "scan",
            "scan",
        )
        assert seat.numbers() == [5]
        await seat.press("escape", "b")
        assert (seat.current, seat.queue.list.marked, seat.queue.listing.query) == (3, {2}, "")


async def test_the_stack_shows_what_was_left_and_goes_to_any(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("r", "r")
        await seat.type("half")
        await seat.press("ctrl+n")
        await seat.type("first")
        await seat.press("ctrl+n", "i")
        await seat.type("second")
        await seat.press("enter", "B")
        shown = [text for text in seat.lines() if "ago" in text]
        assert ["D-6" in shown[0], "first" in shown[0], "open" in shown[0]] == [True] * 3
        assert ["D-1" in shown[1], "printer" in shown[1], "writing a reply" in shown[1]] == [True] * 3
        await seat.press("down", "enter")
        assert isinstance(seat.app.screen, ReplyDialog)
        assert [frame.number for frame in seat.queue.gateway.stack()] == [6]


async def test_words_half_written_are_gone_back_to_though_their_request_has_ended(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("r", "r")
        await seat.type("half text")
        await seat.press("ctrl+n")
        await seat.type("boom")
        await seat.press("ctrl+n")
        await seat.press("escape", "g", "j", "enter", "i")
        await seat.type("second")
        await seat.press("enter")
        (frame, _) = seat.queue.gateway.stack()
        with opened(folder) as desk:
            desk.run(Merge((1,), 5))
            desk.run(Resolve((frame.number,)))
        await seat.press("b")
        assert f"D-{frame.number} is resolved meanwhile, back to D-1" in seat.text()
        assert "merged into D-5 meanwhile" in seat.text()
        assert isinstance(seat.app.screen, ReplyDialog)
        assert field(seat)[0] == "half text"
        await seat.press("escape")
        assert seat.current == 1
        await seat.press("b")
        assert "nothing to go back to" in seat.footer()


async def test_an_offer_to_go_back_goes_with_what_it_goes_back_to(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("i")
        await seat.type("boom")
        await seat.press("enter")
        assert "b back to" in seat.footer()
        with opened(folder) as desk:
            desk.run(Undo())
        seat.queue.look_for_news()
        await seat.pilot.pause()
        assert "back to" not in seat.text()


async def test_the_clock_starts_switches_and_stops(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("s")
        assert running(seat) == [1]
        await seat.press("j", "s")
        assert running(seat) == [2]
        await seat.press("S")
        await seat.type("5")
        assert "at " in seat.text()
        await seat.press("enter")
        await seat.pilot.pause()
        assert "D-2 can not have begun 5 min ago: D-1 before it began just now" in seat.text()
        await seat.press("backspace")
        await seat.type("0")
        await seat.press("enter")
        assert "D-2 began" in seat.footer()
        await seat.press("s")
        assert (running(seat), "▶" in seat.lines()[0]) == ([], False)
        await seat.press("S")
        assert "no clock runs" in seat.footer()
        await seat.press("x", "enter")
        await seat.press("s")
        assert "D-2: it is resolved already" in seat.footer()


async def test_time_without_a_key_is_asked_about_when_the_day_is_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopwatch, "IDLE", stopwatch.timedelta(0))
    async with seated(folder) as seat:
        await seat.press("s")
        await seat.press("j")
        assert seat.queue.stopwatch.gaps() != []
        seat.queue.stopwatch.gaps()[1:] = []
        seat.queue.stopwatch.look(closed=True)
        seat.queue.paint_top()
        await seat.pilot.pause()
        assert "0 min idle" in seat.lines()[0]
        await seat.queue.run_action_id("idle")
        await seat.pilot.pause()
        assert "D-1 ran 0 min without a key since" in seat.text()
        monkeypatch.undo()
        await seat.press("down", "down", "enter")
        assert seat.queue.stopwatch.gaps() == []
        assert seat.ask("SELECT count(*) FROM piece WHERE void = 0") == [(0,)]


async def test_a_tick_paints_the_top_line_alone_and_reads_nothing(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("s")
        before, read = seat.lines(), list[str]()
        assert seat.queue.stopwatch.focus is not None
        seat.queue.stopwatch.focus = seat.queue.stopwatch.focus._replace(before=3_600)
        seat.queue.gateway._conn.set_trace_callback(read.append)
        seat.queue.paint_top()
        seat.queue.gateway._conn.set_trace_callback(None)
        await seat.pilot.pause()
        after = seat.lines()
        assert read == []
        assert "▶ D-1 1:00:0" in after[0]
        assert after[1:] == before[1:]


async def test_a_line_left_in_capture_is_not_swallowed_by_an_interruption(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("a")
        await seat.type("@granite")
        assert "make @granite known   esc back" in seat.text()
        await seat.press("escape", "i")
        await seat.type("loose mouse")
        await seat.settle()
        seat.queue.dialogs[-1].keep()
        seat.queue.place.keep_now()
    async with seated(folder) as seat:
        await seat.wait_until(lambda: seat.queue.dialogs)
        assert "Interrupted" in seat.text()
        assert field(seat)[0] == "loose mouse"
        await seat.press("enter")
        assert seat.detail(6).request.title == "loose mouse"
        await seat.press("i")
        assert field(seat)[0] == "", "it has been kept"
        await seat.press("escape", "a")
        assert field(seat)[0] == "@granite"


async def test_undoing_an_interruption_reads_nothing_that_nobody_opened(folder: Path) -> None:
    with opened(folder) as desk:
        for number in range(1, 6):
            desk.receive(number, "and now?")
    async with seated(folder) as seat:
        await seat.press("i")
        await seat.type("loose mouse")
        await seat.press("enter", "u")
        assert not seat.queue.opened
        assert seat.ask("SELECT count(*) FROM request WHERE unread") == [(5,)]


async def test_another_view_is_a_list(folder: Path) -> None:
    with opened(folder) as desk:
        for number in range(1, 6):
            desk.receive(number, "and now?")
    async with seated(folder) as seat:
        await seat.press("enter", "'", "a")
        assert len(seat.list()) == 5
        assert seat.ask("SELECT count(*) FROM request WHERE unread") == [(4,)]
