"""The fields of a guide as they are typed, and read again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from deskmate.domain import guide_fields
from deskmate.domain.guide import Audience, Content, Placeholder, Source
from deskmate.domain.values import WrongValues
from tests.support.guides import VPN

WORD = some.text("ab:{}[]é ", max_size=8).map(lambda text: " ".join(text.split()))
PLACEHOLDER = some.builds(
    Placeholder, some.sampled_from(["name", "room_2", "X"]), WORD, some.sampled_from(Source), WORD, some.booleans()
)


def test_what_is_said_of_a_guide_is_read_as_it_is() -> None:
    assert guide_fields.read(guide_fields.said(VPN), Content("")) == Content(
        VPN.title, VPN.summary, VPN.words, VPN.audience, "en", VPN.needs, 10, 12, VPN.placeholders, VPN.note
    )


@settings(max_examples=50)
@given(PLACEHOLDER)
def test_a_placeholder_is_read_as_it_is_said(each: Placeholder) -> None:
    line = guide_fields.said(Content("x", placeholders=(each,)))["placeholders"]
    assert guide_fields.placeholder(line) == each


def test_a_line_says_all_of_a_placeholder() -> None:
    found = guide_fields.placeholder("{pin}: the code; Person; such as 1234; SECRET")
    assert found == Placeholder("pin", "the code", Source.PERSON, "1234", secret=True)


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("title", "  ", "a guide needs a title"),
        ("minutes", "-3", "a number from 1 to 1,440"),
        ("minutes", "1" * 5000, "a number from 1 to 1,440"),
        ("review_months", "121", "a number from 0 to 120"),
        ("audience", "everybody", "one of users, technicians"),
        ("placeholders", "name: a\nname: b", "two are called “name”"),
        ("placeholders", "name: a; secrt", "“secrt” is none of ask, person, device, request, secret, such as …"),
    ],
)
def test_what_can_not_be_taken_is_named_with_its_field(field: str, typed: str, why: str) -> None:
    with pytest.raises(WrongValues) as wrong:
        guide_fields.read({"summary": "taken", field: typed}, VPN)
    assert wrong.value.problems == {field: why}


def test_what_is_left_empty_is_none_and_never() -> None:
    found = guide_fields.read({"minutes": "", "review_months": "", "audience": "Technicians"}, VPN)
    assert (found.minutes, found.review_months, found.audience) == (None, 0, Audience.TECHNICIAN)
