"""Canned texts: what fills them, what keeps them back, and that nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain.canned import PLACEHOLDERS, fill, unfilled, wrong
from deskmate.domain.public import Letterhead

ANNA = Letterhead("D-1042", "Printer jams", "Anna Weber", "anna@example.org", ("Which printer?", "Since when?"))
NOBODY = Letterhead("D-7", "", "")


def test_every_placeholder_is_filled() -> None:
    text = "\n".join(f"{{{name}}}" for name in PLACEHOLDERS)
    assert fill(text, ANNA) == "Anna\nAnna Weber\nD-1042\nPrinter jams\n- Which printer?\n- Since when?"
    assert unfilled(fill(text, ANNA), ANNA) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello {frist_name},", "{frist_name} is no placeholder. Did you mean {first_name}?"),
        ("Hello {first name},", "{first name} is no placeholder. Did you mean {first_name}?"),
        ("see {zzzz}", "{zzzz} is no placeholder. There are {first_name}, {name}"),
        ("Hello {first_name,\nbye", "“{first_name” has no brace after it."),
        ("Hello first_name},", "“first_name}” has no brace before it."),
        ("{title {number}", "“{title” has no brace after it."),
    ],
)
def test_what_is_wrong_is_named_and_stays_in_the_text(text: str, said: str) -> None:
    filled = fill(text, ANNA)
    assert unfilled(filled, ANNA).startswith(said)
    assert wrong(text).startswith(said)
    assert filled.replace("D-1042", "{number}") == text


@pytest.mark.parametrize("name", ["first_name", "name", "title", "questions"])
def test_an_empty_one_is_named(name: str) -> None:
    text = fill(f"Hello {{{name}}}.", NOBODY)
    assert text == f"Hello {{{name}}}."
    assert unfilled(text, NOBODY).startswith(f"{{{name}}} is empty: ")
    assert wrong(text) == ""


@pytest.mark.parametrize(
    "text",
    ['{"a": 1}', "${HOME}/bin", "{{ name }} and {{name}}", "if (x) {\n  y();\n}", "a {} b", "set {1, 2}", ":-{ hm }"],
)
def test_braces_of_code_are_left_alone(text: str) -> None:
    assert fill(text, ANNA) == text
    assert unfilled(text, ANNA) == wrong(text) == ""


def test_what_a_value_brings_in_keeps_nothing_back() -> None:
    head = Letterhead("D-1", "Error {code} and {half", "Anna {x}", "")
    assert unfilled(fill("{title} for {name}", head), head) == ""


@given(st.text(), st.sampled_from(sorted(PLACEHOLDERS)), st.text())
def test_a_placeholder_without_a_value_never_goes_out(before: str, name: str, after: str) -> None:
    text = f"{before} {{{name}}} {after}"
    assert name == "number" or unfilled(fill(text, NOBODY), NOBODY)


@given(st.text(alphabet=st.sampled_from("{}$ab_ \n.-")), st.text(alphabet=st.sampled_from("{}ab \n")))
def test_any_text_is_read_and_filling_twice_changes_nothing(text: str, title: str) -> None:
    head = Letterhead("D-1", title.replace("{", ""), "Anna")
    once = fill(text, head)
    assert fill(once, head) == once
    assert isinstance(unfilled(once, head), str)
