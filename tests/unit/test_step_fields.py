"""The texts of a step, where an action can be split, where a change shows, and where an “if not” leads as typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain import guide_edit, saying_branches, step_fields
from deskmate.domain.guide import Branch, Content, Step, Then
from deskmate.domain.values import Wrong
from tests.support.guides import VPN

SLUGS = {"Reset the token": "token", "Ask for a room": "room"}


@pytest.mark.parametrize("name", step_fields.TEXTS)
def test_a_text_says_what_was_typed_there(name: str) -> None:
    before, others = VPN.steps[1], [each for each in step_fields.TEXTS if each != name]
    typed = "12" if name == "minutes" else "Click [OK]."
    step = step_fields.typed(before, name, f" {typed} ")
    assert step_fields.value(step, name) == typed
    assert all(step_fields.value(step, each) == step_fields.value(before, each) for each in others)
    assert step_fields.value(step_fields.typed(step, name, " "), name) == ""


@pytest.mark.parametrize("typed", ["soon", "0", "-1", "1.5", "9999"])
def test_minutes_are_a_number(typed: str) -> None:
    with pytest.raises(Wrong):
        step_fields.typed(VPN.steps[0], "minutes", typed)


@pytest.mark.parametrize(
    ("action", "seconds"),
    [
        ("Open it.", []),
        ("Open it. Look.", ["Look."]),
        ("Open a.b and 1.5 of it", []),
        ("Open it.\nLook! Well?", ["Look! Well?", "Well?"]),
    ],
)
def test_an_action_can_be_split_behind_each_sentence_but_the_last(action: str, seconds: list[str]) -> None:
    assert [action[at:].strip() for at in step_fields.ends(action)] == seconds


@given(st.text("a. \n!", max_size=12))
def test_whatever_is_split_says_something_on_both_sides(action: str) -> None:
    for at in step_fields.ends(action):
        assert action[:at].strip()
        assert action[at:].strip()


@pytest.mark.parametrize(
    ("change", "there", "back"),
    [
        (lambda content: guide_edit.remove(content, "s2"), "s1", "s2"),
        (lambda content: guide_edit.move(content, "s1", 2), "s1", "s1"),
        (lambda content: guide_edit.split(content, "s1", 4, "new"), "new", "s1"),
        (lambda content: guide_edit.duplicate(content, "s3", "new"), "new", "s3"),
        (lambda content: guide_edit.put(content, replace(content.steps[2], where="x")), "s3", "s3"),
        (lambda content: replace(content, title="x"), None, None),
        (lambda content: replace(content, steps=()), None, "s1"),
    ],
)
def test_a_change_shows_at_its_step_there_and_back(change: object, there: str | None, back: str | None) -> None:
    after: Content = change(VPN)  # type: ignore[operator]
    assert step_fields.where_changed(VPN, after) == there
    assert step_fields.where_changed(after, VPN) == back


@pytest.mark.parametrize(
    ("typed", "then", "to"),
    [
        ("2", Then.STEP, "s2"),
        ("Step 3", Then.STEP, "s3"),
        ("guide reset  the token", Then.GUIDE, "token"),
        ("room", Then.GUIDE, "room"),
        ("ask for a room", Then.CONTACT, "for a room"),
        ("ask: A. Weber", Then.CONTACT, "A. Weber"),
        ("stop", Then.STOP, ""),
        ("Stop: ring us", Then.STOP, "ring us"),
    ],
)
def test_where_an_if_not_leads_is_understood_and_said_so_that_it_is_understood_again(
    typed: str, then: Then, to: str
) -> None:
    assert saying_branches.read(typed, VPN, SLUGS) == (then, to)
    titles = {slug: title for title, slug in SLUGS.items()}
    said = saying_branches.said(VPN, Branch("", then, to), titles)
    assert saying_branches.read(said, VPN, SLUGS) == (then, to)


@pytest.mark.parametrize("typed", ["", "4", "0", "step", "guide nothing", "ask", "stopper", "elsewhere"])
def test_what_leads_nowhere_is_refused(typed: str) -> None:
    with pytest.raises(Wrong):
        saying_branches.read(typed, VPN, SLUGS)


def test_a_picture_has_its_own_text() -> None:
    assert step_fields.names(Step("a")) == step_fields.TEXTS
    assert step_fields.is_line("alt:p1")
