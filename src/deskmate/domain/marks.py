"""Changing the marks of a picture: each function gives the picture as it is afterwards."""

from __future__ import annotations

from dataclasses import replace
from math import hypot

from deskmate.domain.guide import Content
from deskmate.domain.picture import Mark, MarkKind, Picture, Review
from deskmate.domain.pointing import has

REACH = 40
"""Of so many parts of the longer side, one is how far beside an arrow or a number still means it."""


def added(picture: Picture, mark: Mark) -> Picture:
    """With one more mark; a crop takes the place of the one there is."""
    if mark.kind is MarkKind.CROP:
        rest = tuple(each for each in picture.marks if each.kind is not MarkKind.CROP)
        return picture.marked((*rest, mark))
    return picture.marked((*picture.marks, mark))


def put(picture: Picture, index: int, mark: Mark) -> Picture:
    """With another mark in this place."""
    return picture.marked((*picture.marks[:index], mark, *picture.marks[index + 1 :]))


def removed(picture: Picture, index: int) -> Picture:
    """Without the mark in this place."""
    return picture.marked((*picture.marks[:index], *picture.marks[index + 1 :]))


def moved(picture: Picture, index: int, by: int) -> Picture:
    """With the mark in this place later, or earlier where ``by`` is negative, as far as there is room."""
    marks = list(picture.marks)
    mark = marks.pop(index)
    marks.insert(min(max(index + by, 0), len(marks)), mark)
    return picture.marked(tuple(marks))


def looked_at(picture: Picture) -> Picture:
    """Somebody looked: it is covered when anything of it is hidden or cut off, else there is nothing to hide."""
    hidden = picture.of_kind(MarkKind.REDACT, MarkKind.CROP)
    return replace(picture, review=Review.COVERED if hidden else Review.CLEAN)


def next_number(picture: Picture) -> int:
    """What the next badge says: one more than the highest there is."""
    return max((mark.number for mark in picture.of_kind(MarkKind.BADGE)), default=0) + 1


def next_to_look(content: Content, key: str) -> Picture | None:
    """The next picture after this one that nobody looked at, from the first one again after the last."""
    pictures = content.pictures
    here = next((place for place, each in enumerate(pictures) if each.key == key), -1)
    others = (*pictures[here + 1 :], *pictures[: max(here, 0)])
    return next((each for each in others if each.review is Review.UNREVIEWED), None)


def hit(picture: Picture, x: int, y: int) -> int | None:
    """The mark that a pixel belongs to: the smallest box, but first an arrow or a number beside it."""
    reach = max(picture.width, picture.height) / REACH
    found: list[tuple[float, int]] = []
    for index, mark in enumerate(picture.marks):
        if mark.kind is MarkKind.BADGE:
            distance = _distance(mark.x1, mark.y1, mark.x1, mark.y1, x, y)
        elif mark.kind is MarkKind.ARROW:
            distance = _distance(mark.x1, mark.y1, mark.x2, mark.y2, x, y)
        else:
            x1, y1, x2, y2 = mark.box
            if has(mark.box, x, y):
                found.append((reach + (x2 - x1) * (y2 - y1), index))
            continue
        if distance <= reach:
            found.append((distance, index))
    return min(found)[1] if found else None


def name_of(mark: Mark) -> str:
    """A mark in a word: ``redact``, ``number 3``."""
    return f"number {mark.number}" if mark.kind is MarkKind.BADGE else mark.kind.value


def where_of(mark: Mark) -> str:
    """Where a mark is, in pixels: ``412,230``; of an arrow where it begins and where it points."""
    if mark.kind is MarkKind.ARROW:
        return f"{mark.x1},{mark.y1} → {mark.x2},{mark.y2}"
    return f"{mark.box[0]},{mark.box[1]}" if mark.kind is not MarkKind.BADGE else f"{mark.x1},{mark.y1}"


def size_of(mark: Mark) -> str:
    """How large a box is, in pixels: ``160×30``; nothing for what has no size."""
    if mark.kind in (MarkKind.ARROW, MarkKind.BADGE):
        return ""
    x1, y1, x2, y2 = mark.box
    return f"{x2 - x1}×{y2 - y1}"


def done(mark: Mark) -> str:
    """What it is to make this mark, as undo names it: ``covered 160×30 pixels``."""
    size = size_of(mark)
    return {
        MarkKind.REDACT: f"covered {size} pixels",
        MarkKind.CROP: f"cropped to {size} pixels",
        MarkKind.FRAME: f"framed {size} pixels",
        MarkKind.ARROW: "drew an arrow",
        MarkKind.BADGE: f"put number {mark.number}",
        MarkKind.SPOTLIGHT: f"put a spotlight on {size} pixels",
    }[mark.kind]


def _distance(x1: int, y1: int, x2: int, y2: int, x: int, y: int) -> float:
    """How far a pixel is from the line between two."""
    across, down = x2 - x1, y2 - y1
    length = across * across + down * down
    along = min(max(((x - x1) * across + (y - y1) * down) / length, 0.0), 1.0) if length else 0.0
    return hypot(x - x1 - along * across, y - y1 - along * down)
