"""``person`` and ``device`` in the shell."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell
from tests.nasty import entries


@pytest.fixture
def known(shell: Shell) -> Shell:
    """Two people and a device."""
    shell("person", "add", "Ada", "Weber", "--email", "ada@example.org", "--room", "2.14", "--vip", "yes")
    shell("person", "add", "Bea Weber", "--kind", "vendor", "--department", "printers")
    shell("device", "add", "LAPTOP-7", "--kind", "laptop", "--owner", "ada")
    return shell


def test_cards_are_listed_and_searched(known: Shell) -> None:
    assert known("person", "list").out.splitlines() == [
        "Ada Weber ★  2.14            ada@example.org",
        "Bea Weber          printers                   vendor",
    ]
    assert [card["name"] for card in known("person", "list", "print", "WEB", "--json").json] == ["Bea Weber"]
    assert known("device", "list").out == "LAPTOP-7  laptop  Ada Weber\n"
    assert known("person", "list", "nobody", "--json").json == []


def test_a_card_is_shown_with_devices_and_requests(known: Shell) -> None:
    known("add", "paper jam", "--from", "ada")
    known("add", "no sound", "--from", "ada")
    known("resolve", "1")
    card = known("person", "show", "ada", "--json").json
    assert card["id"] == 1
    assert (card["vip"], card["phone"], card["kind"]) == (True, None, "requester")
    assert [each["name"] for each in card["devices"]] == ["LAPTOP-7"]
    assert ([each["number"] for each in card["open"]], [each["number"] for each in card["earlier"]]) == (
        ["D-2"],
        ["D-1"],
    )
    shown = known("person", "show", "ada@example.org").out
    assert "Ada Weber ★" in shown
    assert "D-1  resolved  paper jam" in shown


def test_cards_are_changed_dropped_and_undone(known: Shell) -> None:
    assert known("person", "edit", "ada", "--name", "Ada Lind", "--room", "").out == "changed Ada Lind\n"
    assert known("person", "show", "lind", "--json").json["room"] is None
    assert known("undo").code == 0
    assert known("person", "show", "1", "--json").json["room"] == "2.14"
    assert known("person", "drop", "bea", "--json").json == {"id": 2, "label": "dropped Bea Weber"}
    assert [card["id"] for card in known("person", "list", "--json").json] == [1]
    assert known("device", "edit", "laptop-7", "--owner", "").out == "changed LAPTOP-7\n"
    assert known("device", "show", "laptop-7", "--json").json["owner"] is None


def test_two_cards_of_one_person_become_one(known: Shell) -> None:
    known("person", "add", "weber", "--phone", "117", "--details", "knocks")
    known("add", "no sound", "--from", "weber")
    known("person", "edit", "ada", "--details", "prefers a visit")
    assert known("person", "merge", "3", "--into", "ada", "--json").json == {"id": 1, "label": "weber is Ada Weber"}
    card = known("person", "show", "ada", "--json").json
    assert (card["phone"], card["details"], card["room"]) == ("117", "prefers a visit\nknocks", "2.14")
    assert [each["number"] for each in card["open"]] == ["D-1"]
    assert [each["id"] for each in known("person", "list", "--json").json] == [1, 2]
    assert known("undo").code == 0
    assert known("person", "show", "3", "--json").json["open"][0]["requester"] == "weber"
    assert known("person", "merge", "3").code == 2
    assert known("person", "merge", "ada", "--into", "ada").code == 1


@pytest.mark.parametrize(
    ("argv", "code", "why"),
    [
        (("person", "show", "weber"), 1, "1 is Ada Weber, ada@example.org, 2.14; 2 is Bea Weber"),
        (("person", "show", "eve"), 1, "No person goes by “eve”"),
        (("person", "add", "Eve", "--email", "eve"), 1, "Email: “eve” has no @"),
        (("person", "edit", "ada"), 2, "Say what to change"),
        (("person", "edit", "ada", "--room", "2.14"), 1, "like that already"),
        (("person", "show"), 2, "Say which person"),
        (("person", "export"), 2, "person can not “export”: list, show, add, edit, drop, merge"),
        (("person",), 2, "Say what to do with a person"),
        (("person", "show", "ada", "--room", "1"), 2, "takes no --room"),
        (("device", "edit", "laptop-7", "--owner", "eve"), 1, "nobody goes by that name"),
        (("device", "drop", "9"), 1, "No device goes by “9”"),
    ],
)
def test_what_is_refused_says_why(known: Shell, argv: tuple[str, ...], code: int, why: str) -> None:
    ended = known(*argv)
    assert (ended.code, ended.out) == (code, "")
    assert why in ended.err


def test_a_look_makes_no_database(shell: Shell, desk_folder: object) -> None:
    assert shell("person", "list", "--json").json == []
    assert shell("person", "show", "ada").code == 1
    assert shell("device", "drop", "x").code == 1


def test_hostile_cards_are_printed_as_text(shell: Shell) -> None:
    for _id, hostile in entries():
        if "\0" not in hostile:
            shell("person", "add", f"p {hostile[:60]}", "--room", hostile[:100], "--details", hostile[:1000])
    assert len(shell("person", "list", "--json").json) > 10
    for printed in (shell("person", "list"), shell("person", "show", "1")):
        assert printed.code == 0
        assert not {char for char in printed.out if ord(char) < 32 or 0x7F <= ord(char) < 0xA0} - {"\n"}
