"""The words that change requests: outcome on standard output, reasons on standard error."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Shell


def found(shell: Shell, number: int = 1) -> Any:
    return shell("show", str(number), "--json").json


@pytest.fixture
def three(shell: Shell) -> Shell:
    """Three new requests."""
    for title in ("one", "two", "three"):
        shell("add", title)
    return shell


def test_note(three: Shell) -> None:
    assert three("note", "D-1", "--force", "did not", "help").out == "note on D-1\n"
    three("note", "1", "-", stdin=b"two\nlines\n")
    texts = [entry["text"] for entry in found(three)["entries"] if entry["kind"] == "note"]
    assert texts == ["--force did not help", "two\nlines"]
    assert found(three)["status"] == "open"
    for argv in ((), ("1",), ("1", " "), ("x", "text")):
        assert three("note", *argv).code == 2


@pytest.mark.parametrize(("level", "becomes"), [("P1", "P1"), ("p4", "P4"), ("3", "P3"), ("+", "P2"), ("-", "P3")])
def test_priority(three: Shell, level: str, becomes: str) -> None:
    ended = three("priority", "1", "3", level)
    assert ended.code == 0
    assert [found(three, number)["priority"] for number in (1, 2, 3)] == [becomes, None, becomes]
    assert three("undo").code == 0
    assert found(three, 3)["priority"] is None


def test_priority_from_impact_and_urgency(three: Shell) -> None:
    assert three("priority", "2", "--impact", "all", "--urgency", "can wait").out == "everyone · can wait for D-2\n"
    assert found(three, 2)["priority"] == "P3"


@pytest.mark.parametrize(
    "argv",
    [["1"], ["1", "P5"], ["P1"], [], ["1", "--impact", "one"], ["1", "--impact", "one", "--urgency", "x"]],
)
def test_wrong_priorities(three: Shell, argv: list[str]) -> None:
    ended = three("priority", *argv)
    assert (ended.code, ended.out) == (2, "")


def test_tags(three: Shell) -> None:
    assert three("tag", "1", "2", "--add", "#VPN", "--add", "old").code == 0
    assert three("tag", "1", "--remove", "#OLD").code == 0
    assert found(three, 1)["tags"] == ["VPN"]
    assert found(three, 2)["tags"] == ["old", "VPN"]
    assert three("tag", "1").code == 2


def test_resolve_reopen_drop(three: Shell) -> None:
    assert three("resolve", "1", "2", "--text", "new paper").out == "resolved 2 requests\n"
    assert found(three, 2)["resolution"] == "new paper"
    assert three("reopen", "2").out == "reopened D-2\n"
    assert found(three, 2)["status"] == "open"
    for option, reason in (("--spam", "spam"), ("--rules", "against the rules"), ("", "nothing to do")):
        assert three("drop", "3", *filter(None, [option])).out == f"dropped as {reason}: D-3\n"
        assert found(three, 3)["drop_reason"] == reason
        three("undo")
    assert three("drop", "3", "--spam", "--rules").code == 2


def test_some_refuse(three: Shell) -> None:
    three("resolve", "1")
    ended = three("resolve", "1", "2", "--json")
    assert ended.code == 1
    assert ended.json == {
        "requests": ["D-2"],
        "label": "resolved D-2",
        "refused": ["D-1 can not be resolved: it is resolved already."],
    }
    assert "D-1 can not be resolved" in ended.err


def test_all_refuse_and_unknown_numbers_change_nothing(three: Shell) -> None:
    assert three("reopen", "1").code == 1
    ended = three("resolve", "1", "9")
    assert (ended.code, ended.out) == (1, "")
    assert "There is no D-9." in ended.err
    assert found(three)["status"] == "new"


def test_undo_and_redo(three: Shell) -> None:
    three("priority", "1", "2")
    three("note", "2", "kept")
    assert three("undo", "1").out == "undid: P2 for D-1\n"
    assert found(three)["priority"] is None
    assert three("redo", "--json").json == {"requests": ["D-1"], "label": "redid: P2 for D-1", "refused": []}
    assert three("redo").code == 1
    assert three("undo", "1", "2").code == 2
    assert three("redo", "1").code == 2


def test_an_undo_that_would_take_later_work_with_it_is_refused(three: Shell) -> None:
    three("resolve", "1", "2")
    three("note", "1", "later")
    three("note", "2", "later still")
    three("undo", "2")
    assert three("undo", "2").code == 1
    assert found(three, 2)["status"] == "resolved"


@pytest.mark.parametrize(
    "argv", [["note", "1", "x"], ["resolve", "1"], ["undo"], ["redo"], ["undo", "1"], ["priority", "1", "2"]]
)
def test_nothing_there_makes_no_database(shell: Shell, desk_folder: Path, argv: list[str]) -> None:
    ended = shell(*argv)
    assert (ended.code, ended.out) == (1, "")
    assert "There is no" in ended.err
    assert not desk_folder.exists()
