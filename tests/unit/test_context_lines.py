"""What stands around a request as lines: every text fits, and what is long is broken where it can be."""

from __future__ import annotations

import pytest

from deskmate.domain.context import COUNTED, Brief, Context
from deskmate.domain.device import Device
from deskmate.domain.person import Experience, Person
from deskmate.domain.text import clean, width
from deskmate.tui.context_lines import context_lines
from tests.nasty import entries


def shown(context: Context, columns: int, *, whole: bool = False) -> list[str]:
    """The lines as one reads them."""
    lines = context_lines(context, columns, whole=whole)
    return ["".join(text for text, _style in spans).rstrip() for spans, _target in lines]


@pytest.mark.parametrize("columns", [12, 38, 100])
def test_every_hostile_text_fits(columns: int) -> None:
    for _id, raw in entries():
        line, text = clean(raw)[0][:300] or "x", clean(raw, multiline=True)[0][:3_000]
        brief = Brief(1042, line, True, text)
        person = Person(1, line, line, line, line, line, details=text)
        context = Context(
            1, line, person, 3, (brief,), (brief,), (brief,), (Device(1, line, line, notes=text),), line
        )
        for given in (context, Context(1, line, device=line)):
            for spans, _target in context_lines(given, columns, whole=True):
                assert sum(width(part) for part, _style in spans) <= columns
                assert not any(char in part for part, _style in spans for char in "\n\r\t\x1b")


def test_facts_are_broken_between_them_and_solutions_stand_below() -> None:
    person = Person(1, "Ada Weber", "ada.weber@example.org", "117", "2.14", experience=Experience.BEGINNER, vip=True)
    solved = Brief(871, "Crumpled paper", True, "The thick paper goes into tray 2\nand more")
    assert shown(Context(1, "Ada Weber", person, COUNTED, similar=(solved,)), 30) == [
        "Ada Weber ★  room 2.14",
        "  beginner user · 117",
        "  ada.weber@example.org",
        "  99+ requests",
        "",
        "Solved before",
        "  D-871 Crumpled paper",
        "        The thick paper goes",
        "        into tray 2",
    ]


def test_new_cards_are_offered_only_where_they_can_be_made() -> None:
    unknown = Context(1, "silva", device="laptop")
    assert shown(unknown, 40) == ["silva?", "", "Devices", "  laptop?"]
    assert shown(unknown, 40, whole=True) == [
        "silva?  enter makes a card", "", "Devices", "  laptop?  enter makes a card",
    ]  # fmt: skip
    assert shown(Context(1), 40) == ["nobody is named"]
