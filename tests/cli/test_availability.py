"""``dnd`` as it is typed."""

from __future__ import annotations

import re

import pytest

from tests.cli.conftest import Shell


def test_on_away_and_off(shell: Shell) -> None:
    assert re.fullmatch(r"DND until .*\d\d:\d\d\n", shell("dnd", "on").out)
    ended = shell("dnd", "away", "--for", "1h30m", "--say", "with a colleague", "--json")
    assert re.fullmatch(r"AWAY until .*\d\d:\d\d: with a colleague", ended.json["label"])
    status = shell("status", "--json").json
    assert ended.json == {
        **{"requests": [], "label": ended.json["label"], "refused": []},
        **{name: status[name] for name in ("state", "until")},
    }
    assert shell("dnd", "off").out.startswith("back to the hours: ")
    again = shell("dnd", "off")
    assert (again.code, again.out, again.err) == (0, "", "The door says what the hours say already.\n")
    assert shell("dnd", "off", "--json").json["label"] == ""
    assert shell("undo").code == 0
    assert shell("dnd", "on", "--until", "+2h").code == 0


@pytest.mark.parametrize(
    ("argv", "code", "says"),
    [
        ((), 2, "Say on, off, away or rules."),
        (("of",), 2, "dnd can not be “of”: say on, off, away or rules."),
        (("on", "--for", "0m"), 2, "--for can not be “0m”: say 45m, 2h or 1h30m."),
        (("on", "--until", "25:00"), 2, "--until can not be “25:00”"),
        (("on", "--until", "2020-01-01"), 1, "Until: Wed 1 Jan 2020 09:00 has passed already; say a later time."),
        (("on", "--for", "45m", "--until", "eod"), 2, "Say --for or --until, not both."),
        (("off", "--for", "45m"), 2, "needs no end"),
    ],
)
def test_what_can_not_be(shell: Shell, argv: tuple[str, ...], code: int, says: str) -> None:
    ended = shell("dnd", *argv)
    assert (ended.code, ended.out) == (code, "")
    assert says in ended.err


def test_the_rules_are_listed_in_order(shell: Shell) -> None:
    assert shell("dnd", "rules").out == ""
    shell("add", "makes the folder")
    lines = shell("dnd", "rules").out.splitlines()
    assert [line.split()[:2] for line in lines] == [["1", "P1"], ["2", "VIP"], ["3", "outage"], ["4", "again"]]
    assert lines[3].endswith("let through: the same person again within 15 min")
    assert shell("dnd", "rules", "--json").json[1] == {
        "name": "VIP", "kind": "vip", "channel": None, "words": "", "minutes": None, "passes": True,
    }  # fmt: skip


def test_what_comes_by_the_shell_meanwhile_is_held(shell: Shell) -> None:
    shell("dnd", "on")
    shell("add", "mouse")
    shell("add", "all is down", "--impact", "everyone", "--urgency", "stuck")
    assert [one["number"] for one in shell("list", "--json").json] == ["D-2"]
    assert "D-1" in shell("list", "--view", "held").out
    assert "let through: P1" in shell("show", "2").out
    shell("dnd", "off")
    assert [one["number"] for one in shell("list", "--json").json] == ["D-2", "D-1"]
    assert shell("undo").out.endswith("; 1 held again\n")
    assert [one["number"] for one in shell("list", "--json").json] == ["D-2"]
    shell("redo")
    assert [one["number"] for one in shell("list", "--json").json] == ["D-2", "D-1"]
    shell("show", "1", "--public")
    assert shell("status", "--json").json["held"] == 1, "that is for somebody else"
    assert "released" in shell("show", "1").out
    assert shell("status", "--json").json["held"] == 0
    shell("dnd", "on")
    shell("add", "keyboard")
    assert "released" in shell("show", "3").out, "whoever opens it takes it in"
    assert shell("status", "--json").json["held"] == 0
