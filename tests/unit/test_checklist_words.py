"""What is said about a checklist: what would make it better, and what changed in it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskmate.domain.checklist import Content, Item, Kind, numbered
from deskmate.domain.checklist_changes import changes
from deskmate.domain.checklist_lint import suggestions

GOOD = Content(
    numbered((Item("Notice sent"), Item("Jobs green"), Item("Log read"))), pause_point="before", minutes=20
)


def test_a_good_list_needs_no_suggestion_and_each_flaw_is_named() -> None:
    assert suggestions(GOOD, took=24) == []
    assert "split it" in suggestions(replace(GOOD, items=tuple(map(Item, "abcdefghij"))))[0]
    assert "no pause point" in suggestions(replace(GOOD, pause_point=""))[0]
    assert "takes 30 minutes, not 20" in suggestions(GOOD, took=30)[0]
    assert "say what it has to show" in suggestions(replace(GOOD, items=(Item("Jobs green", evidence=True),)))[0]
    shown = Item("Jobs green", evidence=True, expected="the list")
    assert suggestions(replace(GOOD, items=(shown,))) == []


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("Filters and fans free of dust", False),
        ("Filters cleaned and log read", True),
        ("Laptop returned. Card returned", True),
        ("Switches and access points restarted", False),
        ("Version 2.4 installed", False),
    ],
)
def test_an_item_that_asks_two_things_is_told_from_one_that_names_two(text: str, two: bool) -> None:
    assert bool(suggestions(replace(GOOD, items=(Item(text),)))) is two


def test_a_difference_is_said_in_words() -> None:
    notice, jobs, log = GOOD.items
    value = replace(jobs, kind=Kind.VALUE, unit="%", low=15.0, evidence=True)
    after = Content((log, replace(notice, text="Notice sent to all"), value, Item("New", 9)), minutes=25)
    assert changes(GOOD, after) == [
        "minutes 25, was 20",
        "no pause point any more, was before",
        "moved to 1: Log read",
        "“Notice sent” now reads “Notice sent to all”",
        "“Jobs green”: asks for a value %, 15 or more, was a check",
        "“Jobs green”: evidence yes, was no",
        "new: 4. New",
    ]
    assert changes(GOOD, replace(GOOD, items=(notice, log))) == ["gone: Jobs green"]


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(5)), st.permutations(range(5)))
def test_what_is_said_to_have_moved_is_enough_to_make_the_one_order_of_the_other(
    before: list[int], after: list[int]
) -> None:
    items = [Item(f"item {number}", number + 1) for number in range(5)]
    said = changes(Content(tuple(items[n] for n in before)), Content(tuple(items[n] for n in after)))
    order = [items[n].text for n in before]
    moves = sorted((int(line.split(":")[0].removeprefix("moved to ")), line.split(": ")[1]) for line in said)
    for _place, text in moves:
        order.remove(text)
    for place, text in moves:
        order.insert(place - 1, text)
    assert order == [items[n].text for n in after]
