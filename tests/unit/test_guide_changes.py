"""What differs between two texts of a guide, in words and line by line."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain import guide_edit as edit
from deskmate.domain.files import Kept
from deskmate.domain.guide import Content, Step
from deskmate.domain.guide_changes import Sign, changes, lines
from deskmate.domain.order import moved
from deskmate.domain.picture import Mark, MarkKind, Picture, Review
from deskmate.formats.guide_text import write
from tests.support.guides import VPN

SHOT = Picture("p", Kept("a.png", 9, "a" * 64), 9, 9, "A menu", review=Review.CLEAN)
SHOWN = edit.put_picture(VPN, "s2", SHOT)


def step(number: int, **said: object) -> Content:
    """The guide with one step said differently."""
    return edit.put(SHOWN, replace(SHOWN.steps[number - 1], **said))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (SHOWN, []),
        (replace(SHOWN, minutes=20, words=()), ["what users say", "minutes"]),
        (step(3, expect="Two drives."), ["step 3: what you should see"]),
        (step(1, action="Open.", branches=()), ["step 1: what to do, if not"]),
        (edit.insert(SHOWN, Step("n", "Wait."), "s1"), ["step 2 is new"]),
        (edit.move(SHOWN, "s3", -2), ["step 1 was step 3"]),
        (edit.remove(SHOWN, "s1"), ["what was step 1 is gone: Open the VPN window and click [Connect]."]),
        (
            edit.replace_picture(SHOWN, SHOT.marked((Mark(MarkKind.FRAME, 1, 1, 5, 5),))),
            ["picture 1 of step 2 marked differently"],
        ),
        (edit.replace_picture(SHOWN, replace(SHOT, alt="A list")), ["picture 1 of step 2 described differently"]),
        (
            edit.replace_picture(SHOWN, replace(SHOT, key="q"), "p"),
            ["picture 1 of step 2 is new", "picture 1 of step 2 is gone"],
        ),
        (edit.put_picture(SHOWN, "s3", SHOT), ["picture 1 of step 3 came from another step"]),
        (
            edit.put_picture(edit.put_picture(SHOWN, "s2", replace(SHOT, key="q")), "s2", SHOT),
            ["picture 1 of step 2 is new"],
        ),
    ],
)
def test_what_changed_is_said_in_words(after: Content, said: list[str]) -> None:
    assert changes(SHOWN, after) == said


@given(st.permutations(list("abcde")))
def test_the_fewest_steps_are_said_to_be_moved(after: list[str]) -> None:
    found = moved("abcde", after)
    assert [key for key in after if key not in found] == sorted(set("abcde") - found)
    longest = max(
        size
        for size in range(6)
        for kept in combinations("abcde", size)
        if [k for k in after if k in kept] == [*kept]
    )
    assert len(found) == 5 - longest


def test_lines_that_changed_stand_with_a_little_around_them() -> None:
    found = lines(write(VPN, bare=True), write(edit.put(VPN, replace(VPN.steps[2], where="Desktop")), bare=True))
    assert [str(line) for line in found] == [
        "",
        r"  3. Open C:\[x] and look for your drives.",
        "-    where: Explorer",
        "+    where: Desktop",
        "     see: Three drives are there.",
    ]
    assert lines(write(VPN), write(VPN)) == []
    inserted = lines(write(VPN, bare=True), write(edit.insert(VPN, Step("n", "Wait."), None), bare=True))
    assert [str(line) for line in inserted if line.sign in "-+"] == [
        "+ 1. Wait.",
        "+",
        "-    then: step 1",
        "+    then: step 2",
    ]
    far = lines("a\n" + "b\n" * 9 + "c", "A\n" + "b\n" * 9 + "C")
    assert [line.sign for line in far].count(Sign.LEFT_OUT) == 1
