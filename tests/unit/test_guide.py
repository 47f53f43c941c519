"""What a guide is: its packed form, what keeps it from being published, and what somebody gets of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
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
    digest_of,
    packed,
    slug_of,
    tidy,
    unpacked,
    why_not,
    why_not_published,
)
from deskmate.domain.person import Experience
from deskmate.domain.picture import Mark, MarkKind, Picture, Review
from deskmate.domain.request import Refused
from deskmate.domain.user_guide import OpenPlaceholders, UserPicture, project, wanted
from tests.support.guides import VPN

WORDS = st.text(max_size=12)
MARKS = st.builds(Mark, st.sampled_from(MarkKind), *[st.integers(0, 12_000)] * 4, number=st.integers(0, 99))
PICTURES = st.builds(
    Picture,
    st.uuids().map(str),
    st.builds(Kept, WORDS, st.integers(1, 9), st.just("a" * 64)),
    st.integers(1, 9),
    st.integers(1, 9),
    WORDS,
    st.lists(MARKS, max_size=3).map(tuple),
    st.sampled_from(Review),
)
STEPS = st.builds(
    Step,
    st.uuids().map(str),
    *[WORDS] * 4,
    st.none() | st.integers(1, 9),
    st.sampled_from(Caution),
    st.lists(st.builds(Branch, WORDS, st.sampled_from(Then), WORDS), max_size=2).map(tuple),
    st.lists(PICTURES, max_size=2).map(tuple),
    WORDS,
    st.booleans(),
)
CONTENTS = st.builds(
    Content,
    WORDS,
    WORDS,
    st.lists(WORDS, max_size=2).map(tuple),
    st.sampled_from(Audience),
    WORDS,
    st.lists(WORDS, max_size=2).map(tuple),
    st.none() | st.integers(1, 9),
    st.integers(0, 24),
    st.lists(st.builds(Placeholder, WORDS, WORDS, st.sampled_from(Source), WORDS, st.booleans()), max_size=2).map(
        tuple
    ),
    WORDS,
    st.lists(STEPS, max_size=3).map(tuple),
)


@given(CONTENTS)
def test_what_is_packed_comes_back(content: Content) -> None:
    assert unpacked(packed(content)) == content
    assert digest_of(unpacked(packed(content))) == digest_of(content)


@given(CONTENTS)
def test_tidying_twice_is_tidying_once(content: Content) -> None:
    once = tidy(content)
    assert tidy(once) == once


def test_a_title_is_the_name_of_a_file() -> None:
    assert slug_of("Connect to the VPN!") == "connect-to-the-vpn"
    assert slug_of("Größe & Maß: C:\\[x]") == "grosse-mass-c-x"
    assert slug_of("../..") == slug_of("日本") == "guide"


def test_what_makes_no_guide_says_why() -> None:
    assert why_not(VPN) == ""
    assert why_not(replace(VPN, title="")) == "A guide needs a title."
    assert "characters" in why_not(replace(VPN, summary="x" * 20_001))
    assert "characters" in why_not(replace(VPN, needs=("x" * 201,)))
    assert "At most 100" in why_not(replace(VPN, words=tuple(map(str, range(101)))))
    twice = replace(VPN, steps=(VPN.steps[0], VPN.steps[0]))
    assert why_not(twice) == "Two steps or pictures have one key."
    assert "placeholder" in why_not(replace(VPN, placeholders=(Placeholder("two words"),)))


def test_only_what_would_leak_or_was_not_looked_at_keeps_a_guide_from_going_out() -> None:
    assert why_not_published(VPN) == ""
    assert why_not_published(replace(VPN, steps=())) == "There is no step in it."
    imported = replace(VPN, steps=(VPN.steps[0], replace(VPN.steps[1], reviewed=False)))
    assert why_not_published(imported).startswith("Step 2 was imported")
    raw = Picture("p", Kept("a.png", 1, "a" * 64), 9, 9)
    assert "picture of step 1" in why_not_published(replace(VPN, steps=(replace(VPN.steps[0], pictures=(raw,)),)))


def test_hiding_less_asks_for_another_look() -> None:
    box, other = Mark(MarkKind.REDACT, 1, 1, 5, 5), Mark(MarkKind.REDACT, 6, 6, 8, 8)
    crop, arrow = Mark(MarkKind.CROP, 0, 0, 9, 9), Mark(MarkKind.ARROW, 0, 0, 3, 3)
    seen = Picture("p", Kept("a.png", 1, "a" * 64), 20, 20, "", (box, crop), Review.COVERED)
    for more in ((box, crop, arrow), (box, crop, other)):
        assert seen.marked(more).review is Review.COVERED
    for less in ((crop,), (box,), (other, crop), (box, crop, replace(crop, x2=20))):
        assert seen.marked(less).review is Review.UNREVIEWED


def test_what_somebody_gets_has_nothing_internal_and_what_was_filled_in() -> None:
    assert wanted(VPN) == ("name",)
    with pytest.raises(OpenPlaceholders) as caught:
        project(VPN, slug="vpn", pictures={})
    assert caught.value.names == ("name",)
    made = project(VPN, slug="vpn", pictures={}, values={"name": "Ana", "code": "123456"})
    said = repr(made)
    assert "Ana" in made.steps[1].action
    assert "123456" not in said
    assert "old client" not in said
    assert "codes end" not in said
    assert made.steps[2].action == r"Open C:\[x] and look for your drives."
    assert (made.steps[1].branches[0].step, made.steps[1].branches[0].words) == (1, "go to step 1")


def test_experts_get_no_details_and_a_picture_comes_as_it_was_made_anew() -> None:
    made = UserPicture(b"x", "image/png", 4, 4, "")
    raw = Picture("p", Kept("hidden.png", 1, "a" * 64), 9, 9, "for {name}", (), Review.CLEAN)
    content = replace(VPN, steps=(replace(VPN.steps[1], pictures=(raw,), branches=()),))
    expert = project(content, slug="vpn", pictures={"p": made}, values={"name": "Ana"}, experience=Experience.EXPERT)
    assert expert.steps[0].detail == ""
    assert expert.steps[0].pictures == (replace(made, alt="for Ana"),)
    assert "hidden.png" not in repr(expert)


def test_what_is_for_technicians_is_not_sent() -> None:
    own = replace(VPN, audience=Audience.TECHNICIAN)
    with pytest.raises(Refused, match="for technicians"):
        project(own, slug="vpn", pictures={}, values={"name": "Ana"})
    assert project(own, slug="v", pictures={}, values={"name": "A"}, audience=Audience.TECHNICIAN).slug == "v"
