"""A picture of a step: an untouched original, and the list of marks that are made on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from deskmate.domain.files import Kept

PIXELS = 40_000_000
"""Pixels a picture may have: four large screens side by side. More is refused by its header, before it is decoded."""
SIDE = 12_000
"""Pixels one side may have."""


class MarkKind(StrEnum):
    """What can be done to a picture."""

    CROP = "crop"
    """Nothing outside of it is shown. The last one counts."""
    REDACT = "redact"
    """A solid box. What is under it is gone before anything else is drawn, wherever it stands in the list."""
    FRAME = "frame"
    ARROW = "arrow"
    BADGE = "badge"
    """A number in a disc."""
    SPOTLIGHT = "spotlight"
    """All but this is dimmed."""


class Review(StrEnum):
    """Whether somebody looked at a picture for what must not be seen."""

    UNREVIEWED = "unreviewed"
    CLEAN = "clean"
    """There is nothing to hide."""
    COVERED = "covered"
    """What had to be hidden is under a box, or outside of the crop."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark, in pixels of the original the way up it is shown.

    A box from ``x1, y1`` to ``x2, y2``, the second not included; an arrow points from the first to the second; a
    badge stands with its middle at the first and shows ``number``.
    """

    kind: MarkKind
    x1: int
    y1: int
    x2: int = 0
    y2: int = 0
    number: int = 0

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom, whichever corner was set first."""
        return min(self.x1, self.x2), min(self.y1, self.y2), max(self.x1, self.x2), max(self.y1, self.y2)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and what is done to it. ``width`` and ``height`` are those of the original, the way up it is shown.

    ``key`` is its own within the guide; ``file`` is the original, which never leaves. ``alt`` says in words what it
    shows.
    """

    key: str
    file: Kept
    width: int
    height: int
    alt: str = ""
    marks: tuple[Mark, ...] = ()
    review: Review = Review.UNREVIEWED

    def of_kind(self, *kinds: MarkKind) -> tuple[Mark, ...]:
        """Its marks of these kinds, in order."""
        return tuple(mark for mark in self.marks if mark.kind in kinds)

    def marked(self, marks: tuple[Mark, ...]) -> Picture:
        """The same with other marks. Hiding less than before asks for another look; hiding more does not."""
        after = replace(self, marks=marks)
        boxes = [mark.box for mark in after.of_kind(MarkKind.REDACT)]
        still = all(any(_within(mark.box, box) for box in boxes) for mark in self.of_kind(MarkKind.REDACT))
        if not still or not _within(after.kept, self.kept):
            return replace(after, review=Review.UNREVIEWED)
        hides = after.review is Review.CLEAN and after.of_kind(MarkKind.REDACT, MarkKind.CROP)
        return replace(after, review=Review.COVERED) if hides else after

    @property
    def kept(self) -> tuple[int, int, int, int]:
        """What the crop leaves; all of it where there is none."""
        crops = self.of_kind(MarkKind.CROP)
        return crops[-1].box if crops else (0, 0, self.width, self.height)


def _within(inner: tuple[int, int, int, int], outer: tuple[int, int, int, int]) -> bool:
    """Whether a box is all in another."""
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def fitted(size: tuple[int, int], room: tuple[int, int], *, grow: bool = False) -> tuple[int, int]:
    """How large something of that size is in a room when it keeps its shape; larger than it is only to ``grow``."""
    scale = min(room[0] / size[0], room[1] / size[1])
    if not grow:
        scale = min(scale, 1.0)
    return min(max(round(size[0] * scale), 1), room[0]), min(max(round(size[1] * scale), 1), room[1])


def packed(picture: Picture) -> dict[str, Any]:
    """As plain data. What says nothing is left out."""
    return {
        "key": picture.key,
        "file": [picture.file.name, picture.file.size, picture.file.digest],
        "size": [picture.width, picture.height],
        **({"alt": picture.alt} if picture.alt else {}),
        **(
            {"marks": [[mark.kind.value, mark.x1, mark.y1, mark.x2, mark.y2, mark.number] for mark in picture.marks]}
            if picture.marks
            else {}
        ),
        **({"review": picture.review.value} if picture.review is not Review.UNREVIEWED else {}),
    }


def unpacked(said: Mapping[str, Any]) -> Picture:
    """The picture of packed data."""
    name, size, digest = said["file"]
    width, height = said["size"]
    marks = tuple(Mark(MarkKind(kind), *numbers) for kind, *numbers in said.get("marks", ()))
    review = Review(said.get("review", Review.UNREVIEWED))
    return Picture(said["key"], Kept(name, size, digest), width, height, said.get("alt", ""), marks, review)
