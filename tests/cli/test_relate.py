"""Causes, links and merges from the shell, and how a request ended."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.conftest import Shell


@pytest.fixture
def three(shell: Shell) -> Shell:
    """Three new requests of three people."""
    for who in ("Ann", "Bo", "Cy"):
        shell("add", "-", "--from", who, stdin=f"no mail for {who}\nwords of {who}".encode())
    return shell


def found(shell: Shell, number: int) -> Any:
    return shell("show", str(number), "--json").json


def test_cause(three: Shell) -> None:
    assert three("cause", "1", "D-2", "Full", "disk").out == "cause “Full disk” for 2 requests\n"
    assert three("cause", "3", "full DISK", "--json").json["label"] == "cause “Full disk” for D-3"
    assert "problem: 3 with this cause, 3 open" in three("show", "2").out
    assert three("cause", "3", "--none").code == 0
    assert [found(three, number)["cause"] for number in (1, 2, 3)] == ["Full disk", "Full disk", None]


def test_link_and_unlink(three: Shell) -> None:
    assert three("link", "1", "2", "3").out == "linked D-3 and 2 requests\n"
    assert found(three, 3)["links"] == ["D-1", "D-2"]
    assert "linked D-3 no mail for Cy" in three("show", "1").out
    assert three("link", "3", "1", "--remove").out == "unlinked D-1 and D-3\n"
    assert found(three, 3)["links"] == ["D-2"]


def test_merge_and_take_apart(three: Shell) -> None:
    assert three("merge", "2", "3", "--into", "1").out == "merged into D-1: 2 requests\n"
    one, two = found(three, 1), found(three, 2)
    assert one["merged"] == ["D-2", "D-3"]
    assert (two["status"], two["drop_reason"], two["merged_into"]) == ("dropped", "merged", "D-1")
    assert "words of Bo" in [entry["text"] for entry in one["entries"]]
    assert one["body"] == "words of Ann"
    assert "merged into D-1 no mail for Ann" in three("show", "2").out
    assert three("merge", "2", "--undo", "--json").json["requests"] == ["D-2"]
    assert found(three, 2)["status"] == "new"
    assert found(three, 1)["merged"] == ["D-3"]


def test_a_requester_reads_nothing_of_what_was_merged_into_his_request(three: Shell) -> None:
    three("merge", "2", "3", "--into", "1")
    told = three("show", "1", "--public").out + three("show", "1", "--public", "--json").out
    assert "words of Ann" in told
    assert "Bo" not in told
    assert "D-2" not in told


@pytest.mark.parametrize("outcome", ["solved", "no fault found", "no-answer"])
def test_outcome(three: Shell, outcome: str) -> None:
    assert three("resolve", "1", "--outcome", outcome).code == 0
    assert found(three, 1)["outcome"] == outcome.replace("-", " ")
    assert f"outcome: {outcome.replace('-', ' ')}" in three("show", "1").out


@pytest.mark.parametrize(
    "argv",
    [
        ["cause", "1"],
        ["cause", "1", "x", "--none"],
        ["cause", "x"],
        ["link", "1"],
        ["link", "1", "x"],
        ["merge", "1"],
        ["merge", "--into", "1"],
        ["merge", "1", "--into", "x"],
        ["merge", "1", "--into", "2", "--undo"],
        ["resolve", "1", "--outcome", "fine"],
    ],
)
def test_wrong_words(three: Shell, argv: list[str]) -> None:
    ended = three(*argv)
    assert (ended.code, ended.out) == (2, "")
    assert f"usage: deskmate {argv[0]}" in ended.err
