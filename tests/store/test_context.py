"""What stands around a request: whose it is, what was like it, what belongs to it, and at what price."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskmate.domain.commands import AddDevice, AddPerson, Link, Resolve
from deskmate.domain.context import Brief, Context, likeness, telling
from deskmate.services.desk import Desk
from deskmate.store.read import context as reading
from tests.support.desks import line, opened
from tests.support.guides import VPN, written


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Ada (1) and Bea (2) share a room, Eve (3) sits elsewhere."""
    with opened(tmp_path) as desk:
        for name, room in (("Ada Weber", "2.14"), ("Bea Lind", "2.14"), ("Eve Silva", "3.01")):
            desk.run(AddPerson({"name": name, "room": room}))
        yield desk


def around(desk: Desk, number: int) -> Context:
    """What stands around a request."""
    found = reading.context(desk.writer.conn, number)
    assert found is not None
    return found


def numbers(briefs: tuple[Brief, ...]) -> list[int]:
    return [brief.number for brief in briefs]


def test_who_asks_and_what_else(desk: Desk) -> None:
    for title in ("one", "two", "three"):
        desk.capture(line(title, person_id=1))
    desk.capture(line("of the neighbour", person_id=2))
    desk.capture(line("elsewhere", person_id=3))
    desk.run(Resolve((1,)))
    found = around(desk, 2)
    assert (found.who, getattr(found.person, "room", ""), found.asked) == ("Ada Weber", "2.14", 3)
    assert (numbers(found.open), numbers(found.earlier), numbers(found.nearby)) == ([3], [1], [4])


def test_devices_and_links(desk: Desk) -> None:
    desk.capture(line("one", person_id=1))
    desk.capture(line("two"))
    desk.run(AddDevice({"name": "LAPTOP-7", "owner": "ada"}))
    desk.run(AddDevice({"name": "PRINTER-2"}, (1,)))
    desk.run(Link((1,), 2))
    found = around(desk, 1)
    assert [device.name for device in found.devices] == ["PRINTER-2", "LAPTOP-7"]
    assert (numbers(found.linked), numbers(around(desk, 2).linked)) == ([2], [1])


def test_what_was_like_it_and_solved_comes_first(desk: Desk) -> None:
    for title, solution in (
        ("Printer on floor 1 jams", "fuser replaced"),
        ("Printers jam again", ""),
        ("The printer is out of toner", "toner"),
        ("Jam session on Friday", "no"),
        ("VPN drops", "cable"),
    ):
        desk.run(Resolve((desk.capture(line(title)),), solution))
    number = desk.capture(line("Printer on the second floor jams every page"))
    found = around(desk, number).similar
    assert found[0] == Brief(1, "Printer on floor 1 jams", True, "fuser replaced")
    assert numbers(found) == [1, 2]


def test_an_unknown_requester_and_none(desk: Desk) -> None:
    desk.capture(line("one", requester="silva"))
    desk.capture(line("two"))
    found = around(desk, 1)
    assert (found.who, found.person, found.asked) == ("silva", None, 0)
    assert around(desk, 2) == Context(2)
    assert reading.context(desk.writer.conn, 9) is None


def test_words_that_tell() -> None:
    assert telling("The VPN, the VPN does NOT work (again)") == ("vpn",)
    assert telling("Drucker im 2. OG geht nicht") == ("drucker",)
    assert likeness(("printer", "floor", "jams"), "Printers jam") == 2
    assert likeness(("printer", "floor", "jams"), "Printer is out of toner") == 0
    assert likeness(("vpn",), "VPN drops") == 1


def test_guides_that_fit_are_shown_with_how_they_did(desk: Desk) -> None:
    desk.capture(line("VPN drops"))
    key = written(desk)
    found = around(desk, 1)
    assert [(each.key, each.title, each.usage) for each in found.guides] == [(key, VPN.title, "")]


def test_no_read_walks_through_a_table(desk: Desk) -> None:
    conn = desk.writer.conn
    seen: list[str] = []
    desk.capture(line("printer jams", person_id=1))
    desk.run(AddDevice({"name": "LAPTOP-7"}, (1,)))
    conn.set_trace_callback(seen.append)
    around(desk, 1)
    conn.set_trace_callback(None)
    own = ("--", "SELECT k, v FROM")  # what a search table says and reads of itself
    asked = [sql for sql in seen if not sql.lstrip().startswith(own)]
    plans = [row[3] for sql in asked for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert len(asked) > 8
    assert [
        plan for plan in plans if plan.startswith("SCAN") and not ("VIRTUAL TABLE" in plan or "subquery" in plan)
    ] == []
