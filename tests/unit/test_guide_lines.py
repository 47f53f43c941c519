"""The lines of the panel of guides, and of a guide as somebody gets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from deskmate.domain.files import Kept
from deskmate.domain.guide import Branch, Caution, Guide, Step, Then
from deskmate.domain.picture import Picture, Review
from deskmate.domain.text import width
from deskmate.domain.user_guide import UserGuide, UserPicture, UserStep
from deskmate.tui import guide_lines, user_guide_lines
from deskmate.tui.guides import GuideLine, Known
from tests.support.guides import VPN

NOW = datetime(2026, 11, 20, 10, 47, tzinfo=ZoneInfo("Europe/Berlin"))
KNOWN = Known({1: 1440}, {1: (12_345, 9)}, {1: ("step 4 failed twice since",)})


def said(lines: list[list[tuple[str, str]]]) -> str:
    return "\n".join("".join(text for text, _style in line).rstrip() for line in lines)


@pytest.mark.parametrize("columns", [20, 45, 59, 60, 80, 120])
@pytest.mark.parametrize("title", ["VPN", "印刷機 " * 30, "\x1b[31m[/red]"])
def test_a_line_of_the_list_is_as_wide_as_the_list(columns: int, title: str) -> None:
    line = GuideLine(1, "vpn", title, "changed", 2, "2026-11-20T09:00:00.000Z", None)
    spans = guide_lines.guide_line(line, KNOWN, columns, cursor=True)
    assert sum(width(text) for text, _style in spans) == columns
    assert "\x1b" not in said([spans])


def test_a_guide_reads_with_its_branches_in_words_and_what_is_internal_marked() -> None:
    picture = Picture("p1", Kept("secret name.png", 10, "0" * 64), 320, 200, "The VPN window")
    last = Step(
        "s4",
        "Stop here.",
        caution=Caution.STOP,
        branches=(
            Branch("Nothing", Then.GUIDE, "reset"),
            Branch("Smoke", Then.STOP, "pull the plug"),
            Branch("Noise", Then.STEP, "gone"),
        ),
        pictures=(picture, replace(picture, key="p2", alt="", review=Review.CLEAN)),
        reviewed=False,
    )
    guide = Guide(1, "vpn", replace(VPN, steps=(*VPN.steps, last)), 2, changed=True)
    shown = said(
        guide_lines.guide_lines(guide, {"reset": "Reset it"}, 100, NOW, looks=("it is old",), record=["used 3"])
    )
    for words in (
        "✎ changed since revision 2",
        "▲ it is old",
        "used 3",
        "INTERNAL the old client has to go first",
        "2 ▲ Caution",
        "If not: It says the code is wrong → step 1",
        "INTERNAL codes end after a day",
        "4 ■ Stop",
        "If not: Nothing → “Reset it”",
        "If not: Smoke → stop: pull the plug",
        "If not: Noise → a step that is not there",
        "▣ The VPN window (not looked at yet)",
        "▣ a picture without words for it",
        "imported, not looked at yet",
        r"3 Open C:\[x] and look for your drives.",
    ):
        assert words in shown
    assert "secret name" not in shown
    assert "3 more steps" in said(guide_lines.guide_lines(guide, {}, 100, NOW, most=1))


def test_a_picture_has_its_room_before_it_comes() -> None:
    picture = UserPicture(b"", "", 1280, 800, "The window")
    guide = UserGuide("vpn", "VPN", (UserStep(1, "Open it.", pictures=(picture,)),))
    before = user_guide_lines.lines(guide, {}, 80)
    rows = user_guide_lines.rows_of(picture, *user_guide_lines.room_for(78))
    cells = [[("▀" * 44, "#ffffff #000000")] for _ in range(rows)]
    after = user_guide_lines.lines(guide, {(1, 0): cells}, 80)
    assert len(before) == len(after)
    assert said(after).count("▀" * 44) == rows
