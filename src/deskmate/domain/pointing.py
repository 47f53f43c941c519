"""Pointing in a picture with few keys: a grid of three by three, of which each press takes one ninth.

Five presses on a picture of 1920 by 1080 pixels come to a cell of at most 8 by 8. All is in pixels of the original
the way up it is shown; a cell or a region is left, top, right and bottom, the last two not included.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from deskmate.domain.picture import Mark, MarkKind

Box = tuple[int, int, int, int]

CELLS: dict[str, tuple[int, int]] = {
    key: (column, row)
    for keys in ("789456123", "qweasdzxc", "qweasdyxc")
    for (column, row), key in zip(((at % 3, at // 3) for at in range(9)), keys, strict=True)
}
"""Column and row of the ninth that a key takes, as on a number pad, or as the letters lie on a keyboard."""
PAD = ("789", "456", "123")
"""The digits as they lie."""
GRAIN = 3**5
"""A side is cut into so many by five presses."""
LEAST = 2
"""Points of the screen that a ninth must have to be made out; below, the view comes nearer."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """Where one points for a mark of ``kind``, or without one to look closer.

    ``root`` is what the first press takes a ninth of: what is seen of the picture. ``cells`` were narrowed one from
    the other. A box whose first corner is set has its cell in ``first``, and in ``before`` the cells that led there.
    ``spot`` is where one points while nothing is pressed. With ``whole``, both corners move.
    """

    kind: MarkKind | None
    width: int
    height: int
    root: Box
    cells: tuple[Box, ...] = ()
    first: Box | None = None
    before: tuple[Box, ...] = ()
    spot: Box | None = None
    turned: bool = False
    """Whether the corner in ``first`` is the second of the mark."""
    whole: bool = False
    still: bool = False
    """Whether the view stays where it is: whoever points with the mouse sees what that is on."""

    @property
    def grid(self) -> Box:
        """What the next press takes a ninth of."""
        return self.cells[-1] if self.cells else self.root

    @property
    def cell(self) -> Box:
        """Where one points now."""
        return self.cells[-1] if self.cells else self.spot or self.first or self.root

    @property
    def pointed(self) -> bool:
        """Whether anything was pressed yet."""
        return bool(self.cells or self.spot or self.first)

    @property
    def single(self) -> bool:
        """Whether one place is all there is to set."""
        return self.kind in (MarkKind.BADGE, None)

    @property
    def box(self) -> Box:
        """From the first corner to where one points, both cells included."""
        return union(self.first, self.cell) if self.first else self.cell

    def press(self, key: str) -> Pointing:
        """Narrow to the ninth of a key of ``CELLS``."""
        return replace(self, cells=(*self.cells, self.ninth(key)), whole=False, still=False)

    def ninth(self, key: str) -> Box:
        """The ninth that a key of ``CELLS`` takes."""
        column, row = CELLS[key]
        left, top, right, bottom = self.grid
        (x1, x2), (y1, y2) = _third(left, right, column), _third(top, bottom, row)
        return x1, y1, x2, y2

    def nudge(self, columns: int, rows: int, *, fine: bool = False) -> Pointing:
        """Move by so many cells, or ``fine`` by so many pixels, as far as the picture goes.

        With nothing pressed for the second corner that begins where the first one is.
        """
        if not self.pointed:
            return self
        x1, y1, x2, y2 = self.cell
        across, down = (columns, rows) if fine else (columns * (x2 - x1), rows * (y2 - y1))
        room = self.box if self.whole else self.cell
        across = min(max(across, -room[0]), self.width - room[2])
        down = min(max(down, -room[1]), self.height - room[3])
        there = _moved(self.cell, across, down)
        first = _moved(self.first, across, down) if self.whole and self.first else self.first
        if self.cells:
            return replace(self, cells=(*self.cells[:-1], there), first=first, still=False)
        return replace(self, spot=there, first=first, still=False)

    def point_at(self, x: int, y: int, seen: Box) -> Pointing:
        """Point at a pixel with the mouse, while this region is seen."""
        spot = _around(x, y, self.width, self.height)
        return replace(self, root=seen, cells=(), spot=spot, whole=False, still=True)

    def widen(self) -> Pointing:
        """Take the last press back, with what was nudged after it; where there is none, the first corner."""
        if self.cells:
            return replace(self, cells=self.cells[:-1], whole=False)
        if self.spot:
            return replace(self, spot=None, whole=False)
        return replace(self, cells=self.before, first=None, before=(), turned=False, whole=False)

    def set_first(self) -> Pointing:
        """The first corner is here; now the second."""
        return replace(self, cells=(), spot=None, first=self.cell, before=self.cells)

    def other(self) -> Pointing:
        """Move the other corner, then both at once, then this one again."""
        if self.first is None:
            return self
        if self.turned and not self.whole:
            return replace(self, whole=True)
        return replace(
            self, cells=(), spot=self.first, first=self.cell, before=(), turned=not self.turned, whole=False
        )

    def mark(self, number: int = 0) -> Mark:
        """The mark as one points now; ``number`` is that of a badge."""
        assert self.kind is not None
        if self.kind is MarkKind.BADGE:
            return Mark(self.kind, *middle(self.cell), number=number)
        if self.kind is MarkKind.ARROW:
            ends = [middle(self.first or self.cell), middle(self.cell)]
            tail, tip = reversed(ends) if self.turned else ends
            return Mark(self.kind, *tail, *tip)
        return Mark(self.kind, *self.box)


def begin(kind: MarkKind | None, width: int, height: int, root: Box | None = None) -> Pointing:
    """Point in a picture of that size, of which ``root`` is seen, by default all."""
    return Pointing(kind, width, height, root or (0, 0, width, height))


def again(mark: Mark, width: int, height: int, root: Box | None = None) -> Pointing:
    """Point anew for a mark that is there: it is as it was until something is pressed."""
    start = begin(mark.kind, width, height, root)
    if mark.kind is MarkKind.BADGE:
        return replace(start, spot=_around(mark.x1, mark.y1, width, height))
    if mark.kind is MarkKind.ARROW:
        first, last = (_around(x, y, width, height) for x, y in ((mark.x1, mark.y1), (mark.x2, mark.y2)))
        return replace(start, first=first, spot=last)
    x1, y1, x2, y2 = inside(mark.box, width, height)
    across, down = min(_grain(width), x2 - x1), min(_grain(height), y2 - y1)
    return replace(start, first=(x1, y1, x1 + across, y1 + down), spot=(x2 - across, y2 - down, x2, y2))


def why_not(mark: Mark) -> str:
    """Why there can be no such mark; empty when there can."""
    if mark.kind is MarkKind.ARROW and (mark.x1, mark.y1) == (mark.x2, mark.y2):
        return "an arrow goes from one place to another"
    return ""


def inside(box: Box, width: int, height: int) -> Box:
    """As much of a box as is in the picture, and at least a pixel."""
    x1, y1 = min(max(box[0], 0), width - 1), min(max(box[1], 0), height - 1)
    return x1, y1, max(x1 + 1, min(box[2], width)), max(y1 + 1, min(box[3], height))


def union(one: Box, other: Box) -> Box:
    """The smallest box with both in it."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def middle(box: Box) -> tuple[int, int]:
    """The pixel in the middle."""
    return (box[0] + box[2] - 1) // 2, (box[1] + box[3] - 1) // 2


def has(box: Box, x: int, y: int) -> bool:
    """Whether a pixel is in a box."""
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def in_sight(at: Pointing, columns: int, lines: int) -> Box:
    """The region of the picture to show on so many points of a screen while one points.

    That is what was seen before, as long as the next ninths can be made out in it; else what lies around the grid,
    twice as large, but no larger than a pixel on each point.
    """
    if at.kind is None:
        return around(at.cell, at.width, at.height, columns, lines)
    if at.still:
        return at.root
    here = at.cell if at.spot and not at.cells else at.grid
    across, down = here[2] - here[0], here[3] - here[1]
    if union(at.root, here) == at.root and max(across, down) >= 3 * LEAST * _scale(at.root, columns, lines):
        return at.root
    wide = (here[0] - across // 2, here[1] - down // 2, here[2] + across // 2, here[3] + down // 2)
    return around(wide, at.width, at.height, columns, lines)


def around(box: Box, width: int, height: int, columns: int, lines: int) -> Box:
    """The region with ``box`` in its middle that fills so many points, as far as the picture goes."""
    scale = _scale(box, columns, lines)
    x1, x2 = _span(box[0], box[2], round(columns * scale), width)
    y1, y2 = _span(box[1], box[3], round(lines * scale), height)
    return x1, y1, x2, y2


def fitting(region: Box, columns: int, lines: int) -> tuple[int, int]:
    """On how many points across and down a region is shown where there are so many: as large as it fits."""
    scale = _scale(region, columns, lines)
    return max(round((region[2] - region[0]) / scale), 1), max(round((region[3] - region[1]) / scale), 1)


def _scale(box: Box, columns: int, lines: int) -> float:
    """Pixels on a point when a box fills the screen; at least one."""
    return max((box[2] - box[0]) / max(columns, 1), (box[3] - box[1]) / max(lines, 1), 1.0)


def _span(start: int, end: int, size: int, most: int) -> tuple[int, int]:
    size = min(size, most)
    first = min(max((start + end - size) // 2, 0), most - size)
    return first, first + size


def _third(start: int, end: int, part: int) -> tuple[int, int]:
    """A third of a side; where it has fewer than three pixels, the pixel that lies there."""
    size = end - start
    first = start + min(size * part // 3, size - 1)
    return first, max(first + 1, start + size * (part + 1) // 3)


def _grain(side: int) -> int:
    """Pixels of a cell after five presses."""
    return -(-side // GRAIN)


def _around(x: int, y: int, width: int, height: int) -> Box:
    """A cell with this pixel exactly in its middle."""
    x, y = min(max(x, 0), width - 1), min(max(y, 0), height - 1)
    across, down = min(_grain(width) // 2, x, width - 1 - x), min(_grain(height) // 2, y, height - 1 - y)
    return x - across, y - down, x + across + 1, y + down + 1


def _moved(box: Box, across: int, down: int) -> Box:
    return box[0] + across, box[1] + down, box[2] + across, box[3] + down
