"""Which guides are to be looked at, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deskmate.domain.guiding import ArchiveGuide, DropTerm, ReviewGuide, SaveTerm
from deskmate.services.desk import Desk
from deskmate.store.read.true_guides import glossary, to_look_at
from tests.support.desks import opened
from tests.support.guides import VPN, written


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path / "data") as desk:
        yield desk


def fail(desk: Desk, key: int, step: str, at: str) -> None:
    """A walk-through of that guide that failed at that step."""
    desk.writer.conn.execute(
        "INSERT INTO walk (guide_id, revision_id, mode, step, outcome, started_at, ended_at)"
        " SELECT ?, id, 'together', ?, 'failed', ?, ? FROM guide_revision WHERE guide_id = ?",
        (key, step, at, at, key),
    )
    desk.writer.conn.execute(
        "INSERT INTO walked_step (walk_id, step, verdict, seconds, at)"
        " VALUES ((SELECT max(id) FROM walk), ?, 'failed', 9, ?)",
        (step, at),
    )


def test_a_date_that_has_come_is_a_reason_until_somebody_looked(desk: Desk) -> None:
    key = written(desk, replace(VPN, review_months=6))
    conn = desk.writer.conn
    assert to_look_at(conn, "2027-05-19") == {}
    assert to_look_at(conn, "2027-05-20") == {key: ("to be looked at today",)}
    assert to_look_at(conn, "2027-06-01") == {key: ("to be looked at since 2027-05-20",)}
    desk.run(ReviewGuide(key, "2028-01-01"))
    assert to_look_at(conn, "2027-06-01") == {}
    assert to_look_at(conn, "2028-01-01") == {key: ("to be looked at today",)}
    desk.run(ArchiveGuide(key))
    assert to_look_at(conn, "2028-01-01") == {}


def test_a_step_that_failed_twice_since_is_a_reason_wherever_it_stands_by_now(desk: Desk) -> None:
    key = written(desk)
    fail(desk, key, "s2", "2026-11-21T09:00:00.000Z")
    fail(desk, key, "s1", "2026-11-21T09:00:00.000Z")
    assert to_look_at(desk.writer.conn, "2026-11-22") == {}
    fail(desk, key, "s2", "2026-11-22T09:00:00.000Z")
    assert to_look_at(desk.writer.conn, "2026-11-22") == {key: ("step 2 failed twice since",)}
    fail(desk, key, "gone", "2026-11-22T09:00:00.000Z")
    fail(desk, key, "gone", "2026-11-22T10:00:00.000Z")
    assert set(to_look_at(desk.writer.conn, "2026-11-22")[key]) == {
        "step 2 failed twice since",
        "a step that is gone failed twice since",
    }


def test_what_failed_before_somebody_looked_counts_no_more(desk: Desk) -> None:
    key = written(desk)
    for hour in (1, 2):
        fail(desk, key, "s2", f"2026-11-19T0{hour}:00:00.000Z")
    assert to_look_at(desk.writer.conn, "2026-11-20") == {}


def test_the_glossary_is_found_by_any_spelling(desk: Desk) -> None:
    desk.run(SaveTerm("Mail  Archive", "your old mails"))
    desk.run(SaveTerm("VPN"))
    assert glossary(desk.writer.conn) == {"mail archive": "your old mails", "vpn": ""}
    desk.run(DropTerm("vpn"))
    assert glossary(desk.writer.conn) == {"mail archive": "your old mails"}
