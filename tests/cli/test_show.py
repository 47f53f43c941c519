"""``show``: everything for the technician, and for the requester only what is public."""

from pathlib import Path

import pytest

from deskmate.domain.commands import AddRestricted, Focus, StopClock
from deskmate.services.desk import Desk
from tests.cli.conftest import Shell
from tests.support.desks import opened

CANARY = "CANARY-7f3a"


@pytest.fixture
def request_one(shell: Shell) -> Shell:
    """A request with text, a note, a cause for every kind of fact, and internal words in all of them."""
    shell("add", "-", "--from", "Ann", "--tag", "printer", stdin=b"Printer jams\nEvery page\n  since nine")
    shell("priority", "1", "--impact", "several", "--urgency", "slowed")
    shell("note", "1", f"{CANARY} she is always like that")
    shell("tag", "1", "--add", f"{CANARY}-tag")
    shell("resolve", "1", "--text", f"{CANARY} turned it off and on")
    return shell


def test_all_of_it_as_json(request_one: Shell) -> None:
    found = request_one("show", "D-1", "--json").json
    assert found["number"] == "D-1"
    assert found["body"] == "Every page\n  since nine"
    assert (found["impact"], found["urgency"], found["priority"]) == ("several", "slowed", "P2")
    assert found["cause"] is None
    assert found["status"] == "resolved"
    assert found["resolution"] == f"{CANARY} turned it off and on"
    assert found["attachments"] == []
    assert all(list(entry) == ["kind", "at", "text"] for entry in found["entries"])
    assert [(entry["kind"], entry["text"]) for entry in found["entries"]] == [
        ("received", "Every page\n  since nine"),
        ("event", "captured"),
        ("event", "priority – → P2"),
        ("note", f"{CANARY} she is always like that"),
        ("event", f"tags printer → {CANARY}-tag, printer"),
        ("event", f"resolved: {CANARY} turned it off and on"),
    ]


def test_all_of_it_to_read(request_one: Shell) -> None:
    lines = request_one("show", "1").out.splitlines()
    assert lines[0] == "D-1  Printer jams"
    assert lines[1].startswith("P2 · resolved · several · slowed · Ann? · #")
    assert any(line.endswith("INTERNAL note") for line in lines)
    assert f"  {CANARY} she is always like that" in lines
    assert "    since nine" in lines


def test_the_requester_sees_nothing_internal(request_one: Shell) -> None:
    told = request_one("show", "1", "--public", "--json")
    assert list(told.json) == ["number", "title", "status", "requester", "created_at", "entries", "attachments"]
    assert [entry["kind"] for entry in told.json["entries"]] == ["received"]
    read = request_one("show", "1", "--public")
    assert "Every page" in read.out
    for ended in (told, read):
        assert CANARY not in ended.out + ended.err
        for word in ("P2", "several", "slowed", "resolved", "captured", "INTERNAL"):
            assert word not in ended.out


def test_public_words_for_the_status(shell: Shell) -> None:
    shell("add", "one")
    words = []
    for change in (("note", "1", "x"), ("drop", "1"), ("reopen", "1"), ("resolve", "1")):
        words.append(shell("show", "1", "--public", "--json").json["status"])
        shell(*change)
    words.append(shell("show", "1", "--public", "--json").json["status"])
    assert words == ["in progress", "in progress", "done", "in progress", "done"]


def test_what_is_not_there(shell: Shell) -> None:
    ended = shell("show", "7")
    assert (ended.code, ended.out) == (1, "")
    assert "There is no D-7." in ended.err
    shell("add", "one")
    assert shell("show", "2", "--json").code == 1
    shell("undo")
    assert shell("show", "1").code == 1


@pytest.mark.parametrize("argv", [[], ["x"], ["1", "2"], ["1", "--pubic"]])
def test_wrong_words(shell: Shell, argv: list[str]) -> None:
    ended = shell("show", *argv)
    assert ended.code == 2
    assert "usage: deskmate show" in ended.err


def test_tabs_and_dangerous_characters_of_a_text(shell: Shell) -> None:
    shell("add", "-", stdin=b"title\na\tb \x1b[31m\x07 \xe2\x80\xaeevil")
    out = shell("show", "1").out
    assert "  a     b ␛[31m␇ ⟨202e⟩evil" in out
    assert shell("show", "1", "--json").json["body"] == "a\tb ␛[31m␇ ⟨202e⟩evil"


def test_a_note_for_the_supervisor_is_there_without_its_words(request_one: Shell, desk_folder: Path) -> None:
    desk = Desk(str(desk_folder), actor="test")
    desk.run(AddRestricted((1,), "SECRET he shouted"))
    desk.close()
    for words in (["show", "1"], ["show", "1", "--json"], ["show", "1", "--public"], ["list", "SECRET", "--json"]):
        assert "SECRET" not in request_one(*words).out
    kinds = [entry["kind"] for entry in request_one("show", "1", "--json").json["entries"]]
    assert kinds.count("restricted") == 1


def test_the_time_that_went_into_it(shell: Shell, desk_folder: Path) -> None:
    shell("add", "one")
    assert shell("show", "1", "--json").json["worked_minutes"] == 0
    with opened(desk_folder) as desk:
        desk.run(Focus(1))
        for _ in range(120):  # this clock ticks a second whenever it is read
            desk.clock()
        desk.run(StopClock())
    assert shell("show", "1", "--json").json["worked_minutes"] == 2
    assert "worked 2 min" in shell("show", "1").out.splitlines()
