"""How many keys a job takes, besides the text that is typed. Exactly the documented keys, each counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskmate.domain import commands
from deskmate.domain.channel import Channel
from deskmate.domain.priority import Priority
from deskmate.services.desk import Desk
from tests.support.desks import line
from tests.support.pilots import Seat, seated

SIZES = [(80, 24), (160, 40)]
MAILS = 40


@pytest.fixture(params=SIZES, ids=str)
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """The two screens it is promised for."""
    found: tuple[int, int] = request.param
    return found


def filled(folder: Path, count: int) -> Path:
    """So many mails that nobody has looked at."""
    desk = Desk(str(folder), actor="test")
    for number in range(1, count + 1):
        desk.capture(line(f"mail {number}", channel=Channel.MAIL, requester="Ada Weber"))
    desk.close()
    return folder


def status(seat: Seat, number: int) -> str:
    return str(seat.detail(number).request.status)


async def test_forty_mails_are_triaged_in_at_most_160_keys_without_esc(tmp_path: Path, size: tuple[int, int]) -> None:
    verbs = ["p2", "p3", "p4", "ds", "pmsk", "p3", "zt", "wrenter", "p1", "p4"] * (MAILS // 10)
    async with seated(filled(tmp_path, MAILS), size) as seat:
        keys: list[str] = []
        for verb in verbs:
            keys += [*verb.removesuffix("enter"), *(["enter"] if verb.endswith("enter") else []), "j"]
        assert len(keys) <= 160
        assert "escape" not in keys
        await seat.send(*keys)
        await seat.settle()
        untouched = "SELECT count(*) FROM request WHERE status = 'new' AND priority IS NULL AND wake_at IS NULL"
        assert seat.ask(untouched) == [(0,)]
        for each in ("status = 'dropped'", "status = 'waiting'", "shelf = 'parked'", "urgency = 'stuck'"):
            assert seat.ask(f"SELECT count(*) FROM request WHERE {each}") == [(MAILS // 10,)], each


async def test_capture_takes_two_keys_from_anywhere(tmp_path: Path, size: tuple[int, int]) -> None:
    async with seated(filled(tmp_path, 1), size) as seat:
        await seat.press("n")
        await seat.type("half a note")
        seat.keys = 0
        await seat.press("ctrl+n")
        await seat.type("somebody at the door")
        await seat.press("enter")
        assert seat.keys == 2
        assert seat.ask("SELECT title FROM request WHERE id = 2") == [("somebody at the door",)]


@pytest.mark.parametrize(
    ("keys", "most", "becomes"),
    [
        (("p", "2", "j"), 3, "SELECT priority = 2 FROM request WHERE id = 1"),
        (("z", "t"), 2, "SELECT wake_at IS NOT NULL FROM request WHERE id = 1"),
        (("f", "t"), 2, "SELECT count(*) FROM promise WHERE request_id = 1 AND state = 'open'"),
        (("X", "t", "enter"), 3, "SELECT status = 'resolved' AND check_at IS NOT NULL FROM request WHERE id = 1"),
        (("x", "enter"), 2, "SELECT status = 'resolved' FROM request WHERE id = 1"),
        (("d", "s"), 2, "SELECT status = 'dropped' FROM request WHERE id = 1"),
        (("r", "1", "ctrl+o"), 3, "SELECT count(*) FROM message WHERE request_id = 1 AND kind = 'reply'"),
        (("w", "r", "enter"), 3, "SELECT status = 'waiting' FROM request WHERE id = 1"),
    ],
    ids=["triage", "park", "promise", "resolve and check back", "resolve", "drop", "canned reply", "wait"],
)
async def test_a_verb_takes_no_more_keys_than_promised(
    tmp_path: Path, size: tuple[int, int], keys: tuple[str, ...], most: int, becomes: str
) -> None:
    async with seated(filled(tmp_path, 2), size) as seat:
        await seat.press(*keys)
        assert seat.keys <= most
        assert seat.ask(becomes) == [(1,)]


async def test_a_wrong_one_is_put_right_in_two_keys_the_next_day(tmp_path: Path) -> None:
    filled(tmp_path, 2)
    desk = Desk(str(tmp_path), actor="test", clock=lambda: "2026-11-20T09:00:00.000Z")
    desk.run(commands.SetPriority((2,), Priority.P3))
    desk.run(commands.Resolve((1,)))
    desk.close()
    async with seated(tmp_path) as seat:
        await seat.press("u")
        assert "undoes" in seat.footer()
        await seat.press("u")
        assert seat.keys == 2, "an old change is named first"
        assert status(seat, 1) == "new"
