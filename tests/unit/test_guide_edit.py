"""Changing the steps of a guide: nothing is lost, keys stay unique, and branches follow."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deskmate.domain import guide_edit as edit
from deskmate.domain.files import Kept
from deskmate.domain.guide import Branch, Caution, Content, Step, Then, why_not
from deskmate.domain.picture import Picture
from deskmate.domain.request import Refused
from tests.support.guides import VPN

WORD = st.text("abcö[]\\.", min_size=1, max_size=4)
TEXT = st.lists(WORD, max_size=4).map(" ".join)


def picture(key: str) -> Picture:
    return Picture(key, Kept("shot.png", 9, "a" * 64), 4, 4)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Guides of a few steps whose branches lead to each other, and some nowhere."""
    keys = [f"s{number}" for number in range(draw(st.integers(1, 4)))]
    branch = st.builds(Branch, TEXT, st.sampled_from(Then), st.sampled_from([*keys, "gone"]))
    step = st.builds(
        Step,
        st.just(""),
        *[TEXT] * 4,
        st.none() | st.integers(1, 9),
        st.sampled_from(Caution),
        st.lists(branch, max_size=2, unique=True).map(tuple),
        note=TEXT,
        reviewed=st.booleans(),
    )
    return Content(
        "A guide",
        steps=tuple(
            replace(
                draw(step), key=key, pictures=tuple(map(picture, (f"{key}p", f"{key}q")[: draw(st.integers(0, 2))]))
            )
            for key in keys
        ),
    )


def words(content: Content) -> list[str]:
    """Everything that is said in the steps, word by word."""
    return sorted(
        word
        for step in content.steps
        for text in (step.action, step.where, step.expect, step.detail, step.note)
        for word in text.replace(",", " ").split()
    )


def led(content: Content) -> set[tuple[str, str, str]]:
    """Every branch: at which step, if what, where to."""
    return {(step.key, each.symptom, each.to) for step in content.steps for each in step.branches}


@given(contents(), st.data())
def test_what_is_split_and_joined_again_is_as_it_was(content: Content, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(content.steps)).key
    step = content.step(key)
    assert step is not None
    blanks = [place for place, char in enumerate(step.action) if char == " "]
    halves = edit.split(content, key, data.draw(st.sampled_from([0, *blanks, len(step.action)])), "new")
    assert words(halves) == words(content)
    assert halves.steps[halves.position(key) or 0].where == step.where
    assert edit.join(halves, key) == content


@given(contents(), st.data())
def test_joining_loses_nothing_and_what_led_to_the_second_leads_to_the_first(
    content: Content, data: st.DataObject
) -> None:
    assume(len(content.steps) > 1)
    first, second = data.draw(st.sampled_from(list(zip(content.steps, content.steps[1:], strict=False))))
    after = edit.join(content, first.key)
    one = after.step(first.key)
    assert one is not None
    assert after.step(second.key) is None
    assert one.action.split() == first.action.split() + second.action.split()
    assert set(words(after)) == set(words(content))
    assert after.pictures == content.pictures
    assert (one.minutes or 0) == (first.minutes or 0) + (second.minutes or 0)
    assert {first.caution, second.caution} >= {one.caution}
    assert Caution.STOP not in (first.caution, second.caution) or one.caution is Caution.STOP
    keys = {second.key: first.key}
    assert led(after) == {
        (keys.get(at, at), branch.symptom, keys.get(branch.to, branch.to) if branch.then is Then.STEP else branch.to)
        for at, branch in ((step.key, branch) for step in content.steps for branch in step.branches)
    }


@given(contents(), st.data())
def test_moving_there_and_back_changes_nothing_and_keeps_every_step(content: Content, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(content.steps)).key
    there = edit.move(content, key, data.draw(st.integers(-5, 5)))
    assert sorted(there.steps, key=lambda step: step.key) == sorted(content.steps, key=lambda step: step.key)
    assert edit.move(there, key, (content.position(key) or 0) - (there.position(key) or 0)) == content


@given(contents(), st.data())
def test_whatever_is_done_keys_stay_unique(content: Content, data: st.DataObject) -> None:
    for number in range(data.draw(st.integers(1, 4))):
        key, new = (
            data.draw(st.sampled_from(content.steps)).key,
            data.draw(st.sampled_from(("k", "s0p"))) + f"{number}",
        )
        for done in [
            edit.duplicate(content, key, new),
            edit.split(content, key, data.draw(st.integers(0, 9)), new),
            edit.insert(content, Step(new), data.draw(st.sampled_from([key, None]))),
            edit.put_picture(content, key, picture(new), data.draw(st.integers(0, 3))),
            *(edit.put_picture(content, key, each, 0) for each in content.pictures),
        ]:
            assert why_not(done) == ""
        content = edit.duplicate(content, key, new)


def test_a_duplicate_leads_to_itself_where_the_first_does() -> None:
    loop = edit.put(
        VPN, replace(VPN.steps[1], branches=(Branch("Again", Then.STEP, "s2"),), pictures=(picture("p"),))
    )
    after = edit.duplicate(loop, "s2", "new")
    assert [step.key for step in after.steps] == ["s1", "s2", "new", "s3"]
    assert after.steps[2].branches == (Branch("Again", Then.STEP, "new"),)
    assert [each.key for each in after.pictures] == ["p", "new-1"]


def test_a_branch_to_a_step_that_is_removed_stays_and_leads_to_it_again_when_it_is_back() -> None:
    after = edit.remove(VPN, "s1")
    assert after.steps == VPN.steps[1:]
    assert edit.insert(after, VPN.steps[0], None) == VPN


def test_pictures_are_added_moved_changed_and_removed() -> None:
    with_one = edit.put_picture(VPN, "s1", picture("p"))
    with_two = edit.put_picture(with_one, "s1", picture("q"), 0)
    assert [each.key for each in with_two.steps[0].pictures] == ["q", "p"]
    moved = edit.put_picture(with_two, "s3", picture("q"))
    assert [[each.key for each in step.pictures] for step in moved.steps] == [["p"], [], ["q"]]
    worded = edit.replace_picture(moved, replace(picture("q"), alt="The menu"))
    assert worded.steps[2].pictures[0].alt == "The menu"
    assert [each.key for each in edit.replace_picture(worded, picture("r"), "p").pictures] == ["r", "q"]
    assert edit.remove_picture(with_one, "p") == VPN


def test_what_is_not_there_any_more_is_refused() -> None:
    for change in (
        lambda: edit.put(VPN, Step("x")),
        lambda: edit.insert(VPN, Step("new"), "x"),
        lambda: edit.put_picture(VPN, "x", picture("p")),
        lambda: edit.remove_picture(VPN, "p"),
        lambda: edit.join(VPN, "s3"),
    ):
        with pytest.raises(Refused):
            change()
