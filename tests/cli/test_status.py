"""``status``: each format as the tool that reads it expects it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.support.desks import looking

DOOR = r"AWAY until .*\d\d:\d\d"


@pytest.fixture
def away(shell: Shell, desk_folder: Path) -> Shell:
    """Away, one held, one overdue and worked on."""
    shell("add", "secret of the one in sight")
    with looking(desk_folder) as conn:
        late = "2020-01-01T00:00:00.000Z"
        conn.execute("UPDATE request SET due_at = ?, due_kind = 'n', due_key = ? WHERE id = 1", (late, late))
        conn.execute("INSERT INTO piece (request_id, starts) VALUES (1, ?)", (late,))
    shell("dnd", "away", "--for", "2h", "--say", "with a colleague")
    shell("add", "secret of the held one")
    return shell


def test_json_has_the_names_that_scripts_know(away: Shell) -> None:
    found = away("status", "--json").json
    assert list(found) == ["state", "until", "next_open", "focus", "held", "overdue", "notice"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", found.pop("until"))
    assert found.pop("next_open")
    assert found == {"state": "AWAY", "focus": "D-1", "held": 1, "overdue": 1, "notice": None}
    away("notice", "Mail is down")
    assert away("status", "--json").json["notice"] == "Mail is down"
    assert away("status", "--format", "json").out == away("status", "--json").out


def test_waybar_gets_one_line_of_json(away: Shell) -> None:
    out = away("status", "--format", "waybar").out
    assert out.count("\n") == 1
    found = json.loads(out)
    assert re.fullmatch(rf"◆ {DOOR} · 1 held · 1 overdue", found["text"])
    assert re.fullmatch(rf"{DOOR}\nopens .*\n1 held\n1 overdue", found["tooltip"])
    assert (found["alt"], found["class"]) == ("away", ["away", "held", "overdue"])


def test_i3blocks_gets_full_text_and_short_text(away: Shell) -> None:
    full, short = away("status", "--format", "i3blocks").out.splitlines()
    assert full.endswith("· 1 held · 1 overdue")
    assert re.fullmatch(DOOR, short)


@pytest.mark.parametrize("name", ["polybar", "tmux", "starship"])
def test_the_others_get_one_line_without_a_mark_of_theirs(away: Shell, name: str) -> None:
    out = away("status", "--format", name).out
    assert re.fullmatch(rf"◆ {DOOR} · 1 held · 1 overdue\n", out)
    assert not set("#%{}[]$<&") & set(out)


def test_no_word_of_a_request_is_in_any(away: Shell) -> None:
    for form in ((), *(("--format", name) for name in ("json", "waybar", "i3blocks", "polybar", "tmux", "starship"))):
        out = away("status", *form).out
        assert out
        assert "secret" not in out


def test_a_folder_without_anything_says_what_the_hours_say(shell: Shell, desk_folder: Path) -> None:
    assert shell("status", "--json").json["held"] == 0
    assert not desk_folder.exists(), "a question makes nothing"
    assert shell("status", "--format", "conky").code == 2
    assert shell("status", "--format", "tmux", "--json").code == 2
