"""Two hands on one desk: what another window does must not turn a key to another request or take text away."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from deskmate.domain import commands
from deskmate.domain.capture import Names, parse
from deskmate.domain.local import now
from deskmate.domain.priority import Priority
from deskmate.domain.status import Status
from deskmate.domain.views import View
from deskmate.services.desk import Desk
from deskmate.store.read import find
from deskmate.store.read.budget import Connection
from deskmate.tui import listing as listings
from deskmate.tui.gateway import Gateway
from tests.support.desks import line
from tests.support.pilots import Seat, seated
from tests.support.waiting import PATIENCE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with twelve untriaged requests, D-1 to D-12."""
    desk = Desk(str(tmp_path), actor="test")
    for number in range(1, 13):
        desk.capture(line(f"printer {number}"))
    desk.close()
    return tmp_path


def elsewhere(folder: Path, *commanded: commands.Command, typed: str = "") -> None:
    """What another program does meanwhile."""
    desk = Desk(str(folder), actor="shell")
    if typed:
        desk.capture(parse(typed, Names(), now()))
    for command in commanded:
        desk.run(command)
    desk.close()


def field(seat: Seat) -> str:
    found = seat.app.screen.query_one("#field")
    return str(found.text if hasattr(found, "text") else found.value)  # type: ignore[attr-defined]


async def test_a_capture_from_the_shell_leaves_the_line_in_the_app_alone(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("a")
        await seat.type("half typed")
        await seat.press("escape")
        elsewhere(folder, commands.AddNote((1,), "from the shell"), typed="another")
        await seat.press("a")
        assert field(seat) == "half typed"


async def test_a_range_begins_at_its_request_whatever_arrives_above(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("j", "j", "v")
        elsewhere(folder, typed="all is down !all !stuck")
        await seat.settle()
        await seat.press("j")
        assert seat.queue.list.marked == {3, 4}


async def test_tags_of_another_window_stay(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("t")
        await seat.type("mine")
        elsewhere(folder, commands.Tag((1,), add=("theirs",)))
        await seat.press("enter")
        assert seat.detail(1).request.tags == ("mine", "theirs")


async def test_a_tag_may_hold_a_sharp(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("t")
        await seat.type("c# #vpn")
        await seat.press("enter", "t", "enter")
        assert seat.detail(1).request.tags == ("c#", "vpn")


async def test_undo_takes_back_what_it_named_or_nothing(folder: Path) -> None:
    desk = Desk(str(folder), actor="test")
    named = desk.run(commands.Resolve((1,))).seq
    desk.run(commands.Resolve((2,)))
    with pytest.raises(Exception, match="Something else was done meanwhile"):
        desk.run(commands.Undo(seq=named))
    desk.close()
    async with seated(folder) as seat:
        assert seat.detail(2).request.status is Status.RESOLVED


async def test_a_change_elsewhere_does_not_cut_a_search_to_its_first_hits(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "HITS", 4)
    async with seated(folder) as seat:
        await seat.press("/")
        await seat.type("printer")
        await seat.press("enter", "G", "k", "k")
        assert (len(seat.numbers()), seat.current) == (12, 3)
        elsewhere(folder, commands.SetPriority((12,), Priority.P1))
        seat.queue.look_for_news()
        assert (len(seat.numbers()), seat.current) == (12, 3), "what was there stays until the whole is found again"
        await seat.press("p", "2", "k", "p", "3")
        assert [seat.detail(number).request.priority for number in (3, 4)] == [2, 3]


async def test_a_verb_and_a_move_come_to_the_same_however_fast(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.send("p", "4", "j", "k")
        await seat.settle()
        assert seat.current == 2, "D-1 went where it belongs when j left it"
        await seat.press("p", "4")
        await seat.press("j")
        await seat.press("k")
        assert seat.current == 3, "and so did D-2, one key at a time"


async def test_the_spot_is_kept_when_what_stood_there_has_gone(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("j", "j", "x", "enter")
        assert seat.current == 3
    async with seated(folder) as seat:
        assert (seat.current, 3 in seat.numbers()) == (4, False)


async def test_an_undone_capture_is_gone_at_once(tmp_path: Path) -> None:
    Desk(str(tmp_path), actor="test").writer.close()
    async with seated(tmp_path) as seat:
        await seat.press("a")
        await seat.type("paper jam")
        await seat.press("enter")
        assert seat.numbers() == [1]
        await seat.press("u")
        assert seat.numbers() == []


async def test_another_view_keeps_the_search(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("x", "enter", "j", "/")
        await seat.type("printer 1")
        await seat.press("enter", "'", "a")
        assert (seat.queue.listing.view, seat.queue.listing.query) == (View.ALL, "printer 1")
        assert 1 in seat.numbers()


async def test_a_search_that_is_given_up_closes_nothing_that_is_in_use(folder: Path) -> None:
    gateway = Gateway(str(folder))
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()
    ended: list[str] = []

    def began() -> int:
        loop.call_soon_threadsafe(begun.set)
        return 1

    def slow(conn: Connection) -> int:
        conn.create_function("began", 0, began)
        endless = "WITH RECURSIVE n (i) AS (SELECT began() UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        try:
            return int(conn.execute(endless).fetchone()[0])
        finally:
            ended.append("interrupted, not crashed")

    task = asyncio.create_task(gateway.read_later("list", slow))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await gateway.read_later("list", find.exists, 1) is True
    async with asyncio.timeout(PATIENCE):
        while not ended:
            await asyncio.sleep(0)
    gateway.stop()
