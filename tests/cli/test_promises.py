"""Promises, checking back and its answer from the shell."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Shell


@pytest.fixture
def asked(shell: Shell) -> Shell:
    for title in ("printer jams", "no network"):
        assert shell("add", title, "--from", "Ada").code == 0
    return shell


def promises(shell: Shell, *options: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(shell("promises", "--json", *options).out)
    return found


def test_a_promise_is_made_listed_moved_and_kept(asked: Shell) -> None:
    assert "promised" in asked("promise", "1", "call", "back", "--by", "+2h", "--to", "the caretaker").out
    assert asked("promise", "2", "--by", "+1h").err == ""
    again = asked("promise", "2", "--by", "+5h")
    assert ("promised" in again.out, "D-2 has one open: " in again.err) == (True, True)
    asked("undo")
    first, second = promises(asked)
    assert (first["request"], first["text"], first["to"]) == ("D-2", "word by then", "Ada")
    assert (second["request"], second["text"], second["to"]) == ("D-1", "call back", "the caretaker")
    assert "“call back” to the caretaker  printer jams" in asked("promises").out
    assert asked("promise", "2", "--move", "+3h").code == 0
    assert asked("promise", "2", "--keep").code == 0
    assert asked("promise", "1", "--drop").code == 0
    assert promises(asked) == []
    assert [(each["state"], each["moved"]) for each in promises(asked, "--all")] == [("kept", 1), ("dropped", 0)]
    assert "1 on time, 0 late, 1 dropped, 0 open" in asked("promises", "--rate").out
    rate = json.loads(asked("promises", "--rate", "--json").out)
    assert (rate["on_time"], rate["dropped"], rate["kept"]) == (1, 1, 0.5)


@pytest.mark.parametrize(
    "words",
    [
        ["1", "call"],
        ["1", "--by", "someday"],
        ["1", "--keep", "--drop"],
        ["1", "call", "--keep"],
        ["x", "--by", "fri"],
    ],
)
def test_what_is_no_promise_says_how_to_make_one(asked: Shell, words: list[str]) -> None:
    assert asked("promise", *words).code == 2
    assert promises(asked) == []


def test_resolving_over_a_promise_says_so(asked: Shell) -> None:
    for number in ("1", "2"):
        asked("promise", number, "call back", "--by", "+2h")
    found = asked("resolve", "1")
    assert "D-1: still promised: “call back”" in found.err
    assert asked("resolve", "2", "--promise", "keep", "--check-back", "+3bd").err == ""
    assert [each["request"] for each in promises(asked)] == ["D-1"]
    assert asked("feedback", "2", "5", "works", "well").code == 0
    assert asked("feedback", "2", "6").code == 2
    assert "feedback: 5 of 5: works well" in asked("show", "2").out


def test_nothing_was_ever_promised_here(shell: Shell) -> None:
    assert promises(shell) == []
    assert json.loads(shell("promises", "--rate", "--json").out)["kept"] is None
