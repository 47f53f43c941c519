"""Pointing with few keys: every pixel is reached, nothing leaves the picture, every press can be taken back."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain import pointing
from deskmate.domain.picture import Mark, MarkKind
from deskmate.domain.pointing import CELLS, Box, Pointing, again, begin, has, in_sight, middle

SIDES = st.one_of(st.integers(1, 9), st.integers(1, 12_000))
MOVES = st.lists(
    st.one_of(
        st.sampled_from(sorted(CELLS)),
        st.tuples(st.integers(-2, 2), st.integers(-2, 2), st.booleans()),
        st.sampled_from(["set", "widen", "other"]),
    ),
    max_size=14,
)


def moved(at: Pointing, move: object) -> Pointing:
    if isinstance(move, tuple):
        return at.nudge(move[0], move[1], fine=move[2])
    if move in ("set", "widen", "other"):
        if move == "set":
            return at.set_first() if at.pointed and not at.first else at
        return at.widen() if move == "widen" else at.other()
    return at.press(str(move))


def size(box: Box) -> tuple[int, int]:
    return box[2] - box[0], box[3] - box[1]


def towards(width: int, height: int, x: int, y: int) -> list[str]:
    """The presses by which a pixel is reached: at each the ninth that has it."""
    at, keys = begin(MarkKind.REDACT, width, height), []
    while size(at.cell) != (1, 1):
        keys.append(next(key for key in "789456123" if has(at.press(key).cell, x, y)))
        at = at.press(keys[-1])
    return keys


@given(SIDES, SIDES, st.data())
def test_every_pixel_is_reached_in_no_more_presses_than_it_takes(
    width: int, height: int, data: st.DataObject
) -> None:
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    most = ceil(log(max(width, height), 3) - 1e-9) + 1  # a side is not always three times a whole number
    assert len(towards(width, height, x, y)) <= most


def test_five_presses_come_to_eight_pixels_on_a_usual_screen() -> None:
    for keys in ("77777", "55555", "33333", "79135"):
        at = begin(MarkKind.REDACT, 1920, 1080)
        for key in keys:
            at = at.press(key)
        assert max(size(at.cell)) <= 8


@given(SIDES, SIDES, MOVES)
def test_what_is_pointed_at_is_in_the_picture_whatever_is_pressed(
    width: int, height: int, moves: list[object]
) -> None:
    at = begin(MarkKind.REDACT, width, height)
    for move in moves:
        at = moved(at, move)
        for x1, y1, x2, y2 in (at.cell, at.box, at.grid):
            assert 0 <= x1 < x2 <= width
            assert 0 <= y1 < y2 <= height


@given(SIDES, SIDES, MOVES, st.sampled_from(sorted(CELLS)))
def test_back_undoes_a_press(width: int, height: int, moves: list[object], key: str) -> None:
    at = begin(MarkKind.REDACT, width, height)
    for move in moves:
        at = moved(at, move)
    assert at.press(key).widen() == replace(at, whole=False)
    assert at.press(key).nudge(1, 0).nudge(0, 1, fine=True).widen() == replace(at, whole=False), "and what was nudged"
    if at.cells and at.first is None:
        assert at.set_first().widen() == at


@given(st.integers(1, 3000), st.integers(1, 3000), st.sampled_from(MarkKind), st.data())
def test_pointing_again_leaves_a_mark_as_it_is(width: int, height: int, kind: MarkKind, data: st.DataObject) -> None:
    x1, x2 = sorted((data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, width - 1))))
    y1, y2 = sorted((data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, height - 1))))
    if kind is MarkKind.BADGE:
        mark = Mark(kind, x1, y1, number=4)
    elif kind is MarkKind.ARROW:
        mark = Mark(kind, x2, y1, x1, y2)
    else:
        mark = Mark(kind, x1, y1, x2 + 1, y2 + 1)
    at = again(mark, width, height)
    assert at.mark(4) == mark or (mark.kind is not MarkKind.BADGE and at.mark() == mark)
    if not at.single:
        assert at.other().mark() == mark, "whichever corner moves"
        assert at.other().other().other() == at


def test_a_corner_that_was_not_moved_stays_while_the_other_does() -> None:
    at = again(Mark(MarkKind.REDACT, 100, 50, 300, 90), 1920, 1080)
    assert at.nudge(1, 0).mark().box == (100, 50, 308, 90), "by a cell, which has eight pixels there"
    assert at.nudge(-3, 2, fine=True).mark().box == (100, 50, 297, 92)
    assert at.other().nudge(-1, 0, fine=True).mark().box == (99, 50, 300, 90)
    whole = at.other().other()
    assert whole.nudge(10, 0, fine=True).mark().box == (110, 50, 310, 90), "then both"
    assert whole.nudge(-1000, 0, fine=True).mark().box == (0, 50, 200, 90), "and it keeps its size at the edge"


def test_nothing_pressed_for_the_second_corner_is_the_cell_of_the_first() -> None:
    at = begin(MarkKind.FRAME, 900, 900).press("7").set_first()
    assert at.mark().box == (0, 0, 300, 300)
    assert at.nudge(1, 0).mark().box == (0, 0, 600, 300), "arrows begin there"
    assert at.press("3").mark().box == (0, 0, 900, 900), "the grid is the whole picture again"


def test_letters_lie_as_the_digits_do_and_on_either_keyboard() -> None:
    assert [CELLS[key] for key in "qweasdzxc"] == [CELLS[key] for key in "789456123"]
    assert CELLS["y"] == CELLS["z"]


@given(st.integers(1, 12_000), st.integers(1, 12_000), st.integers(10, 200), st.integers(8, 120), MOVES)
def test_what_one_points_at_is_always_in_sight(
    width: int, height: int, columns: int, lines: int, moves: list[object]
) -> None:
    at = begin(MarkKind.REDACT, width, height)
    for move in moves:
        at = moved(at, move)
        shown = in_sight(at, columns, lines)
        assert pointing.union(shown, at.cell if at.spot and not at.cells else at.grid) == shown
        assert pointing.union(shown, at.root) == at.root, "and nothing beside the picture"


def test_the_view_comes_nearer_when_a_ninth_would_be_smaller_than_a_character() -> None:
    at = begin(MarkKind.REDACT, 1920, 1080)
    sizes = [size(in_sight(at, 80, 34))]
    for key in "57777":
        at = at.press(key)
        sizes.append(size(in_sight(at, 80, 34)))
    assert sizes[:3] == [(1920, 1080)] * 3
    assert all(across <= 300 for across, _down in sizes[3:])
    assert sizes[-1] == (80, 34), "and never nearer than a pixel on each point"


@pytest.mark.parametrize(("box", "x"), [((0, 0, 8, 8), 3), ((4, 0, 5, 1), 4), ((10, 0, 13, 1), 11)])
def test_the_middle_is_a_pixel_of_the_cell(box: Box, x: int) -> None:
    assert middle(box)[0] == x


def test_an_arrow_needs_two_places() -> None:
    at = begin(MarkKind.ARROW, 90, 90).press("5").set_first()
    assert pointing.why_not(at.mark())
    assert not pointing.why_not(at.press("9").mark())
