"""The marks of a picture: changed one by one, and what that means for whether somebody has to look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskmate.domain import marks
from deskmate.domain.files import Kept
from deskmate.domain.guide import Content, Step
from deskmate.domain.picture import Mark, MarkKind, Picture, Review

BOX = Mark(MarkKind.REDACT, 10, 10, 60, 30)
CROP = Mark(MarkKind.CROP, 0, 0, 200, 100)
ARROW = Mark(MarkKind.ARROW, 100, 100, 300, 100)
BADGE = Mark(MarkKind.BADGE, 50, 20, number=3)
BARE = Picture("p", Kept("a.png", 1, "0" * 64), 400, 200)


def test_a_second_crop_takes_the_place_of_the_first_and_numbers_count_up() -> None:
    smaller = Mark(MarkKind.CROP, 10, 10, 100, 90)
    found = marks.added(marks.added(marks.added(BARE, CROP), BADGE), smaller)
    assert found.marks == (BADGE, smaller)
    assert marks.next_number(found) == 4
    assert marks.next_number(BARE) == 1


def test_a_mark_goes_no_further_than_the_ends_of_the_list() -> None:
    picture = replace(BARE, marks=(BOX, ARROW, BADGE))
    assert marks.moved(picture, 0, 1).marks == (ARROW, BOX, BADGE)
    assert marks.moved(picture, 0, -1).marks == picture.marks
    assert marks.moved(picture, 2, 1).marks == picture.marks


@pytest.mark.parametrize(
    ("after", "review"),
    [
        ((BOX, CROP, ARROW), Review.COVERED),
        ((replace(BOX, x2=80), CROP), Review.COVERED),
        ((BOX, replace(CROP, x1=20)), Review.COVERED),
        ((replace(BOX, x1=11), CROP), Review.UNREVIEWED),
        ((CROP,), Review.UNREVIEWED),
        ((BOX,), Review.UNREVIEWED),
        ((BOX, replace(CROP, x2=201)), Review.UNREVIEWED),
    ],
)
def test_hiding_less_asks_for_another_look_and_hiding_more_does_not(after: tuple[Mark, ...], review: Review) -> None:
    looked = marks.looked_at(replace(BARE, marks=(BOX, CROP)))
    assert looked.review is Review.COVERED
    assert looked.marked(after).review is review


def test_what_had_nothing_to_hide_is_covered_once_something_is() -> None:
    clean = marks.looked_at(replace(BARE, marks=(ARROW,)))
    assert clean.review is Review.CLEAN
    assert marks.added(clean, BADGE).review is Review.CLEAN
    assert marks.added(clean, BOX).review is Review.COVERED


def test_the_next_to_look_at_comes_round_to_the_first() -> None:
    one, two, three = (replace(BARE, key=key) for key in "abc")
    content = Content("VPN", steps=(Step("s", pictures=(one, marks.looked_at(two))), Step("t", pictures=(three,))))
    assert marks.next_to_look(content, "a") == three
    assert marks.next_to_look(content, "c") == one
    assert marks.next_to_look(Content("VPN", steps=(Step("s", pictures=(one,)),)), "a") is None, "beside this one"


def test_a_click_means_the_smallest_box_and_first_what_is_thin() -> None:
    large = Mark(MarkKind.SPOTLIGHT, 0, 0, 400, 200)
    picture = replace(BARE, marks=(BOX, large, ARROW, BADGE))
    assert marks.hit(picture, 12, 12) == 0
    assert marks.hit(picture, 200, 104) == 2
    assert marks.hit(picture, 52, 21) == 3
    assert marks.hit(picture, 380, 180) == 1
    assert marks.hit(BARE, 5, 5) is None


def test_a_mark_is_said_in_pixels() -> None:
    assert [(marks.name_of(each), marks.where_of(each), marks.size_of(each)) for each in (BOX, ARROW, BADGE)] == [
        ("redact", "10,10", "50×20"),
        ("arrow", "100,100 → 300,100", ""),
        ("number 3", "50,20", ""),
    ]
