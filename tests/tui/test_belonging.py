"""Resolving, causes, links and merges on the screen: the documented keys, what is offered, and what comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from deskmate.domain.commands import EditRequest, Merge, SetCause, Wait
from deskmate.domain.status import Outcome, Status, WaitingOn
from deskmate.services.desk import Desk
from deskmate.tui.dialogs.pick import PickDialog
from tests.support.desks import line
from tests.support.pilots import Seat, seated

TITLES = ("Printer jams upstairs", "VPN drops", "Printer jams downstairs", "Second monitor", "Printer is loud")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """D-1 to D-5; D-3 and D-5 have the cause "Fuser"."""
    desk = Desk(str(tmp_path), actor="test")
    for title in TITLES:
        desk.capture(line(title))
    desk.run(SetCause((3, 5), "Fuser"))
    desk.close()
    return tmp_path


def status(seat: Seat, *numbers: int) -> list[Status]:
    return [seat.detail(number).request.status for number in numbers]


# --- resolve ------------------------------------------------------------------------------------------------


async def test_tab_steps_through_how_it_ended_and_esc_keeps_it(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("x", "tab", "tab")
        await seat.type("restarted")
        assert "✓ workaround" in seat.text()
        await seat.press("escape", "x")
        assert "✓ workaround" in seat.text()
        assert seat.app.screen.query_one("#field", Input).value == "restarted"
        await seat.press("enter")
        request = seat.detail(1).request
        assert (request.status, request.outcome, request.resolution) == (
            Status.RESOLVED,
            Outcome.WORKAROUND,
            "restarted",
        )
        assert "c cause" in seat.footer()
        await seat.press("u", "x", "enter")
        assert seat.detail(1).request.outcome is None


async def test_one_more_key_resolves_the_others_of_the_problem_in_one_step(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("j", "j", "x")
        assert "and D-5 of the same cause: Fuser" in seat.text()
        await seat.press("down", "enter")
        assert status(seat, 3, 5) == [Status.RESOLVED, Status.RESOLVED]
        await seat.press("u")
        assert status(seat, 3, 5) == [Status.NEW, Status.NEW]
        await seat.press("x", "down", "up", "enter")
        assert status(seat, 3, 5) == [Status.RESOLVED, Status.NEW]


async def test_no_answer_is_offered_for_who_was_chased_twice(folder: Path) -> None:
    desk = Desk(str(folder), actor="test")
    desk.run(EditRequest((1,), requester="Ann"))
    desk.run(Wait((1,), WaitingOn.REQUESTER))
    desk.writer.conn.execute("UPDATE request SET chases = 2 WHERE id = 1")
    desk.close()
    async with seated(folder) as seat:
        await seat.press("'", "w", "x")
        assert "✓ no answer" in seat.text()
        await seat.press("enter")
        assert seat.detail(1).request.outcome is Outcome.NO_ANSWER


async def test_after_resolving_the_footer_offers_the_cause(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("x", "enter")
        await seat.press("escape")
        assert "c cause" in seat.footer()


# --- cause --------------------------------------------------------------------------------------------------


async def test_a_recent_cause_takes_three_keys_and_makes_a_problem(folder: Path) -> None:
    async with seated(folder) as seat:
        seat.keys = 0
        await seat.press("c", "tab", "enter")
        assert seat.keys == 3
        assert seat.detail(1).request.cause == "Fuser"
        assert "problem: 3 with this cause, 3 open" in seat.text()
        await seat.press("u")
        assert seat.detail(1).request.cause is None


async def test_a_cause_is_typed_in_any_capitals_changed_and_taken_away(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("c")
        await seat.type("fuSER")
        await seat.press("enter")
        assert seat.detail(1).request.cause == "Fuser"
        await seat.press("c")
        await seat.type("Tray")
        await seat.press("enter")
        assert seat.detail(1).request.cause == "Tray", "what is stored is replaced by what is typed"
        await seat.press("c", "ctrl+u", "enter")
        assert seat.detail(1).request.cause is None
        await seat.press("c", "enter")
        assert seat.ask("SELECT count(*) FROM draft") == [(0,)]


async def test_what_is_typed_narrows_and_survives_esc(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("c")
        await seat.type("pap")
        assert "Fuser" not in seat.text()
        await seat.press("escape", "c")
        assert seat.app.screen.query_one("#field", Input).value == "pap"
        await seat.press("enter")
        assert seat.detail(1).request.cause == "pap"


async def test_causes_of_the_same_category_come_first(folder: Path) -> None:
    desk = Desk(str(folder), actor="shell")
    desk.run(EditRequest((1, 2), category="Programs"))
    desk.run(SetCause((2,), "Update"))
    desk.close()
    async with seated(folder) as seat:
        await seat.press("c")
        assert isinstance(seat.app.screen, PickDialog)
        shown = [line for line in seat.lines() if "Update" in line or "Fuser" in line]
        assert ["Update" in line for line in shown] == [True, False]


# --- link ---------------------------------------------------------------------------------------------------


async def test_link_by_number_and_unlink_the_same_way(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("L")
        await seat.type("4")
        assert "D-4 Second monitor" in seat.text()
        await seat.press("enter")
        assert (seat.detail(1).request.links, seat.detail(4).request.links) == ((4,), (1,))
        assert "linked D-4 ○ Second monitor" in seat.text()
        await seat.press("L", "down")
        assert "enter takes the link away" in seat.text()
        await seat.press("enter")
        assert seat.detail(4).request.links == ()
        await seat.press("u", "u")
        assert seat.detail(1).request.links == ()


async def test_words_narrow_to_requests_and_nothing_found_says_so(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("L")
        await seat.type("monit")
        await seat.press("enter")
        assert seat.detail(1).request.links == (4,)
        await seat.press("L")
        await seat.type("99")
        await seat.press("enter")
        assert "nothing is found for “99”" in seat.text()


# --- merge --------------------------------------------------------------------------------------------------


async def test_merge_offers_the_similar_and_again_takes_apart(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("m", "down", "enter")
        assert seat.detail(1).request.merged_into == 3
        assert "merged into D-3 ○ Printer jams downstairs" in seat.text()
        await seat.press("m")
        assert (seat.detail(1).request.merged_into, seat.detail(1).request.status) == (None, Status.NEW)
        await seat.press("u")
        assert seat.detail(1).request.merged_into == 3


async def test_marked_ones_are_merged_in_one_step(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("space", "j", "space", "m")
        assert "D-1 Printer jams upstairs" in seat.text()
        await seat.press("enter")
        assert [seat.detail(number).request.merged_into for number in (1, 3)] == [None, 1]
        await seat.press("u")
        assert status(seat, 1, 3) == [Status.NEW, Status.NEW]


async def test_marked_ones_go_into_the_one_under_the_cursor_when_it_is_picked(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("space", "space", "j", "m", "down", "down", "enter")
        assert [seat.detail(number).request.merged_into for number in (1, 2, 4)] == [4, 4, None]


async def test_a_dead_merge_says_why(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("x", "enter")
        await seat.press("m")
        assert "D-1: it is resolved already" in seat.text()
        assert seat.app.screen is seat.queue


async def test_a_merged_one_of_yesterday_is_taken_apart_by_the_same_key(folder: Path) -> None:
    desk = Desk(str(folder), actor="test", clock=lambda: "2026-01-02T09:00:00.000Z")
    desk.run(Merge((1,), 3))
    desk.close()
    async with seated(folder) as seat:
        await seat.press("'", "a", "G", "m")
        assert seat.detail(1).request.merged_into is None
