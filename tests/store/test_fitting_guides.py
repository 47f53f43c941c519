"""Which guides fit a request, and what requests alike have cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deskmate.domain.commands import Resolve
from deskmate.domain.guide import Audience
from deskmate.domain.guiding import ArchiveGuide
from deskmate.services.desk import Desk
from deskmate.store.read.fitting_guides import cost_of_alike, fitting
from tests.support.desks import line, opened
from tests.support.guides import VPN, written


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path / "data") as desk:
        yield desk


def titles(desk: Desk, request: str) -> list[str]:
    return [each.title for each in fitting(desk.writer.conn, desk.capture(line(request)))]


def test_guides_fit_by_title_and_by_what_users_say(desk: Desk) -> None:
    written(desk)
    written(desk, replace(VPN, title="Clear a paper jam", words=("printer jams", "crumpled page")))
    written(desk, replace(VPN, title="Own round", words=("printer jams",), audience=Audience.TECHNICIAN))
    assert titles(desk, "VPN drops every hour") == ["Connect to the VPN"]
    assert set(titles(desk, "the printer jams again")) == {"Clear a paper jam", "Own round"}
    assert titles(desk, "a new chair") == titles(desk, "??") == []
    assert [each.sendable for each in fitting(desk.writer.conn, desk.capture(line("crumpled page")))] == [True]


def test_what_is_no_published_guide_does_not_fit(desk: Desk) -> None:
    written(desk, published=False)
    key = written(desk, replace(VPN, title="VPN at home"))
    assert titles(desk, "VPN at home") == ["VPN at home"]
    desk.run(ArchiveGuide(key))
    assert titles(desk, "VPN at home") == []


def test_requests_alike_are_counted_with_the_time_they_took(desk: Desk) -> None:
    numbers = [desk.capture(line(f"printer jams on floor {floor}")) for floor in (1, 2, 3)]
    other = desk.capture(line("mail is slow"))
    for number in (*numbers[:2], other):
        desk.run(Resolve((number,), "paper"))
        desk.writer.conn.execute(
            "INSERT INTO piece (request_id, starts, ends)"
            " VALUES (?, '2026-11-20T09:00:00.000Z', '2026-11-20T09:20:00.000Z')",
            (number,),
        )
    assert cost_of_alike(desk.writer.conn, numbers[2]) == (3, 40)
    assert cost_of_alike(desk.writer.conn, other) == (1, 20)
