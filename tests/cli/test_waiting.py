"""The words that put requests aside and take them up again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Shell
from tests.support.desks import looking


@pytest.fixture
def three(shell: Shell) -> Shell:
    """Three new requests, the first of somebody."""
    shell("add", "one", "--from", "Ana")
    for title in ("two", "three"):
        shell("add", title)
    return shell


def found(shell: Shell, number: int = 1) -> Any:
    return shell("show", str(number), "--json").json


def test_waiting_on_each(three: Shell) -> None:
    for argv in (("1", "requester"), ("D-1", "2", "vendor"), ("2", "3", "Petra", "Kühn")):
        ended = three("wait", *argv, "--until", "fri 15:00")
        assert ended.code == 0, ended.err
        assert ended.out.startswith("waiting on ")
        assert " 15:00: " in ended.out
    assert [(found(three, n)["waiting_on"], found(three, n)["waiting_for"]) for n in (1, 2, 3)] == [
        ("vendor", None), ("someone", "Petra Kühn"), ("someone", "Petra Kühn"),
    ]  # fmt: skip
    assert "waiting on Petra Kühn since" in three("show", "3").out
    assert "Petra Kühn 0 min" in three("list", "--view", "waiting").out
    three("undo")
    assert found(three, 3)["status"] == "new"


def test_parking_and_waking(three: Shell) -> None:
    ended = three("park", "1", "2", "--until", "+2h", "--reason", "part ordered", "--json")
    assert ended.json["requests"] == ["D-1", "D-2"]
    assert (found(three)["status"], found(three)["parked_reason"]) == ("new", "part ordered")
    assert found(three)["wake_at"] > found(three)["created_at"]
    assert ": part ordered\n" in three("show", "1").out
    assert "D-1" not in three("list").out
    assert three("wake", "1", "2", "3").code == 1, "the third sleeps not"
    assert "D-1" in three("list").out
    assert three("park", "3").out.startswith("parked until ")


@pytest.mark.parametrize(
    "argv",
    [
        ("wait",), ("wait", "vendor"), ("wait", "1"), ("wait", "1", "vendor", "--until", "someday"),
        ("park",), ("park", "1", "--until", "32 dec"), ("park", "x"), ("wake",), ("wake", "x"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_said(three: Shell, argv: tuple[str, ...]) -> None:
    ended = three(*argv)
    assert (ended.code, ended.out) == (2, "")
    assert "usage: deskmate" in ended.err


def test_whatever_reads_wakes_what_is_due(three: Shell, desk_folder: Path) -> None:
    for argv in (("list",), ("next",), ("show", "1")):
        three("park", "1", "2", "3", "--until", "+2h")
        with looking(desk_folder) as conn:
            conn.execute("UPDATE request SET wake_at = created_at")
        shown = three(*argv)
        assert (shown.code, shown.err) == (0, "")
        assert "woken" in shown.out or "Nothing" not in shown.out
        with looking(desk_folder) as conn:
            assert conn.execute("SELECT count(*) FROM request WHERE woken").fetchone() == (3,)
        three("wake", "1", "2", "3")
