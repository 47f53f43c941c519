"""The text of a guide: what was written comes back whatever is in it, and what is not understood is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from deskmate.domain.files import Kept
from deskmate.domain.guide import (
    Audience,
    Branch,
    Caution,
    Content,
    Placeholder,
    Source,
    Step,
    Then,
    tidy,
    why_not,
)
from deskmate.domain.picture import Mark, MarkKind, Picture, Review
from deskmate.formats.annotating import annotated, unannotated
from deskmate.formats.guide_text import Written, read, write
from tests.support.guides import VPN

PIECES = [
    "a",
    "B",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "> ",
    ">",
    "# ",
    "1. ",
    "where: ",
    "Internal note:",
    "key: s1",
    "[OK]",
    "[x]",
]
PIECES += ["\\", "{name}", "step 1", "?", "<!-- deskmate: x -->", "ü", "http://x.y/", "Tip: b", "-", "- [ ] "]
TEXT = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


def keys() -> Callable[[], str]:
    numbers = count()
    return lambda: f"new{next(numbers)}"


def shot(key: str, alt: str = "") -> Picture:
    return Picture(key, Kept("a.png", 9, "a" * 64), 9, 9, alt, (Mark(MarkKind.REDACT, 1, 1, 5, 5),), Review.COVERED)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Guides that can be kept, with whatever may stand in each of their texts."""
    names = [f"s{number}" for number in range(draw(st.integers(0, 3)))]
    branch = st.builds(Branch, TEXT, st.sampled_from(Then), st.sampled_from([*names, "gone", ""]) | TEXT)
    step = st.builds(
        Step,
        st.just(""),
        *[TEXT] * 4,
        st.none() | st.integers(1, 9),
        st.sampled_from(Caution),
        st.lists(branch, max_size=2).map(tuple),
        note=TEXT,
        reviewed=st.booleans(),
    )
    placeholders = [
        Placeholder(name, draw(TEXT), draw(st.sampled_from(Source)), draw(TEXT), draw(st.booleans()))
        for name in draw(st.lists(st.sampled_from(["name", "secret", "example"]), max_size=2, unique=True))
    ]
    content = tidy(
        Content(
            draw(TEXT),
            draw(TEXT),
            tuple(draw(st.lists(TEXT, max_size=2))),
            draw(st.sampled_from(Audience)),
            draw(TEXT),
            tuple(draw(st.lists(TEXT, max_size=2))),
            draw(st.none() | st.integers(1, 9)),
            draw(st.integers(0, 24)),
            tuple(placeholders),
            draw(TEXT),
            tuple(
                replace(
                    draw(step), key=name, pictures=tuple([shot(f"{name}p", draw(TEXT))][: draw(st.integers(0, 1))])
                )
                for name in names
            ),
        )
    )
    assume(not why_not(content))
    return content


@settings(max_examples=40)
@given(contents())
def test_what_was_written_comes_back(content: Content) -> None:
    assert read(write(content), content, keys()) == Written(content)
    assert unannotated(write(content)) == write(content)


@settings(max_examples=40)
@given(contents())
def test_a_bare_text_says_the_same_but_for_the_keys_of_steps(content: Content) -> None:
    found = read(write(content, bare=True), content, keys())
    assert found.problems == ()
    assert write(found.content, bare=True) == write(content, bare=True)


@given(TEXT, st.lists(TEXT | st.sampled_from(["if:", "then: step 9", "picture: p"]), max_size=6))
def test_whatever_is_typed_is_read_or_its_line_is_named(title: str, lines: list[str]) -> None:
    text = "\n".join([title, *lines])
    found = read(text, None, keys())
    assert all(1 <= each.line <= len(text.split("\n")) for each in found.problems)
    assert found.problems or read(write(found.content), found.content, keys()) == found
    assert unannotated(annotated(text, found.problems)) == unannotated(text)


def test_a_plain_list_is_a_guide() -> None:
    text = "Connect to the VPN\n\nFrom home.\n1. Open the menu.\n   Click [VPN].\n\n   Wait.\n"
    text += "2) Done.\nWhere:\nWhere: Desktop\n"
    found = read(text, None, keys())
    assert found == Written(
        Content(
            "Connect to the VPN",
            "From home.",
            steps=(Step("new0", "Open the menu.\nClick [VPN].\n\nWait."), Step("new1", "Done.", where="Desktop")),
        )
    )


def test_steps_keep_their_keys_wherever_they_are_put_and_branches_follow_the_numbers_of_the_text() -> None:
    """The third step comes first, a new one is put in as another 2, and one is copied."""
    first, second, third = write(VPN).split("\n\n")[2:]
    head = write(VPN).split("\n1. ")[0]
    third = third.replace("   key", "   if: No drives\n   then: step 2\n   key")
    found = read("\n\n".join([head, third, first, "2. New.", second, second]), VPN, keys())
    assert found.problems == ()
    assert [step.key for step in found.content.steps] == ["s3", "s1", "new0", "s2", "new1"]
    assert found.content.steps[0].branches == (Branch("No drives", Then.STEP, "s2"),)


def test_pictures_are_named_by_their_keys_and_keep_their_marks() -> None:
    guide = replace(VPN, steps=(replace(VPN.steps[0], pictures=(shot("p", "The menu"),)), *VPN.steps[1:]))
    text = write(guide)
    assert "   picture: p The menu\n" in text
    moved = text.replace("   picture: p The menu\n", "").replace("   key: s2", "   picture: p The window\n   key: s2")
    assert read(moved, guide, keys()).content.steps[1].pictures == (shot("p", "The window"),)
    twice = text.replace("   key: s2", "   picture: p Again\n   key: s2")
    assert [each.key for each in read(twice, guide, keys()).content.pictures] == ["p", "new0"]
    (problem,) = read(text.replace("picture: p", "picture: q"), guide, keys()).problems
    assert "has no picture q" in problem.why


@pytest.mark.parametrize(
    ("typed", "line", "why"),
    [
        ("1. Click.\n", 1, "begins with # and its title"),
        ("# A\n# B\n", 2, "one text is one guide"),
        ("# A\nWhere: x\n", 2, "“Where” belongs below a step"),
        ("# A\n1. x\n   Summary: x\n", 3, "“Summary” belongs above the steps"),
        ("# A\n1. x\n   wher: Desktop\n", 3, "no field “wher”: did you mean where?"),
        ("# A\n1. x\n   see: a\n   see: b\n", 4, "see is said twice"),
        ("# A\n1. x\n   where: a\n   and b\n", 4, "where is one line"),
        ("# A\n1. x\n   if: a\n   see: b\n", 3, "needs a then"),
        ("# A\n1. x\n   then: stop\n", 3, "needs an if"),
        ("# A\n1. x\n   if: a\n   then: step 2\n", 4, "there is no step 2"),
        ("# A\n1. x\n   if: a\n   then: go home\n", 4, "leads nowhere"),
        ("# A\nMinutes: ten\n", 2, "minutes are a number"),
        ("# A\nPlaceholder: two words\n", 2, "is a word of letters"),
        ("# A\n1. x\n   where: " + "x" * 201 + "\n", 2, "at most 200 characters"),
    ],
)
def test_what_is_not_understood_is_named_with_its_line(typed: str, line: int, why: str) -> None:
    (problem,) = read(typed, None, keys()).problems
    assert problem.line == line
    assert why in problem.why
