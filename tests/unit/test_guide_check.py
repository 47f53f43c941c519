"""What the plain-language check finds in a guide, and what it lets pass."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain.files import Kept
from deskmate.domain.guide import Audience, Branch, Content, Placeholder, Step, Then, why_not_published
from deskmate.domain.guide_check import check, lix, of_step
from deskmate.domain.picture import Picture, Review
from tests.support.guides import VPN
from tests.unit.test_guide import CONTENTS

SHOWN = Picture("p", Kept("a.png", 1, "a" * 64), 9, 9, "The window", (), Review.CLEAN)
GOOD = Step("a", "Click [Connect].", "Start menu, Tunnel", "The lamp is green.", pictures=(SHOWN,))
PLAIN = Content("Reach the drives", words=("no drives",), steps=(GOOD,))


def texts(content: Content, **known: object) -> list[str]:
    return [finding.text for finding in check(content, **known)]  # type: ignore[arg-type]


def with_step(**values: object) -> Content:
    return replace(PLAIN, steps=(replace(GOOD, **values),))


def test_a_plain_guide_is_let_pass() -> None:
    assert check(PLAIN) == ()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"action": " ".join(["word"] * 21) + "."}, "“word word word word …” has 21 words"),
        ({"action": "Click [OK] and then close it."}, "more than one thing to do"),
        ({"action": "Klicken Sie [OK], danach schließen Sie es."}, "more than one thing to do"),
        ({"action": "Click [A].\nClick [B].\nClick [C]."}, "more than one thing to do"),
        ({"action": "Click here."}, "“click here”"),
        ({"action": ""}, "nothing to do"),
        ({"action": "Open the DNS page."}, "“dns” is a word of the trade"),
        ({"where": ""}, "no place"),
        ({"expect": ""}, "nothing one should see"),
        ({"pictures": ()}, "no picture"),
        ({"pictures": (replace(SHOWN, alt=""),)}, "no words for the picture"),
        ({"branches": (Branch("grey", Then.STEP, "gone"),)}, "“grey” leads to a step that is gone"),
        ({"branches": (Branch("grey", Then.STEP, "a"),)}, "“grey” leads back to this step"),
        ({"branches": (Branch("grey", Then.STOP, ""),)}, "“grey” does not say whom to ask or what to do"),
        ({"action": "See D-12."}, "a number of a request"),
        ({"action": "Type {code}."}, "{code} is none of its placeholders"),
        ({"reviewed": False}, "imported, and nobody has looked at it"),
        ({"pictures": (replace(SHOWN, review=Review.UNREVIEWED),)}, "its picture was not looked at"),
    ],
)
def test_each_thing_to_stumble_over_is_found_alone(values: dict[str, object], said: str) -> None:
    assert texts(with_step(**values)) == [said]


def test_a_place_holds_until_another_is_named() -> None:
    later = replace(GOOD, key="b", where="")
    assert check(replace(PLAIN, steps=(GOOD, later))) == ()


def test_the_glossary_says_what_needs_no_words_and_what_is_said_for_the_others() -> None:
    content = with_step(action="Start the VPN.")
    assert texts(content, glossary={"vpn": ""}) == []
    assert texts(content, glossary={"vpn": "the tunnel to the office"}) == ["“vpn” is not explained"]
    explained = replace(content, summary="The VPN is the tunnel to the office.")
    assert texts(explained, glossary={"vpn": "the tunnel to the office"}) == []
    assert texts(with_step(action="Open the mail archive."), glossary={"mail archive": "old mails"}) == [
        "“mail archive” is not explained"
    ]


def test_a_link_to_a_guide_that_nobody_can_open_is_said() -> None:
    content = with_step(branches=(Branch("grey", Then.GUIDE, "reset"),))
    assert texts(content, guides=("reset",)) == []
    assert texts(content, guides=()) == ["“grey” leads to a guide that is not published"]


def test_what_is_for_technicians_may_use_their_words() -> None:
    assert texts(replace(with_step(action="Flush the DNS cache."), audience=Audience.TECHNICIAN)) == []


def test_the_whole_of_it_is_looked_at_too() -> None:
    many = tuple(replace(GOOD, key=str(key), pictures=()) for key in range(16))
    said = texts(replace(PLAIN, words=(), steps=many, placeholders=(Placeholder("code"),)))
    assert said[:3] == [
        "no words in which users say the problem",
        "16 steps",
        "the placeholder code is not used",
    ]


def test_lix_is_what_its_inventor_counted() -> None:
    assert lix("One two.") is None
    assert lix("The cat sat on the mat. " * 20) == 6
    assert lix("Organisational responsibilities necessitate comprehensive documentation. " * 20) == 105


@given(CONTENTS, st.dictionaries(st.sampled_from(["vpn", "dns"]), st.sampled_from(["", "a"])))
def test_a_step_alone_is_found_wanting_for_the_same(content: Content, glossary: dict[str, str]) -> None:
    found = [each for each in check(content, glossary) if each.number]
    alone = [each for place in range(len(content.steps)) for each in of_step(content, place, glossary)]
    assert sorted(map(repr, found)) == sorted(map(repr, alone))


@given(CONTENTS)
def test_whatever_is_in_a_guide_only_what_would_leak_holds_it_back(content: Content) -> None:
    found = check(content)
    blocked = bool(content.steps) and bool(why_not_published(content))
    assert blocked == any(finding.leaks for finding in found)


def test_the_one_we_test_with_has_no_leak_and_some_advice() -> None:
    found = check(VPN)
    assert found
    assert not any(finding.leaks for finding in found)
    assert all(finding.reason for finding in found)
