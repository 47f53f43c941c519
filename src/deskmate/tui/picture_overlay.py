"""What is drawn over a picture in the terminal while one works on it: the grid, what one points at, outlines.

A cell of the terminal is two points, one above the other. Nothing here knows Textual.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from deskmate.domain.picture import Mark, MarkKind
from deskmate.domain.pointing import PAD, Box, Pointing, middle, union
from deskmate.tui.frame import Spans
from deskmate.tui.themes import INK, LIVE, PAPER

if TYPE_CHECKING:
    from deskmate.formats.pictures import Cells

AROUND = 5
"""Points from the middle of a badge to what lets it stand out."""
THIN = 0.45
"""How much of a thin line there is in a point that it crosses."""
ROOM = 3
"""Columns that a ninth must have between its lines for its key to be written there."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A region of a picture on so many points: ``columns`` of them across, ``lines`` down."""

    region: Box
    columns: int
    lines: int

    def point(self, x: int, y: int) -> tuple[int, int]:
        """The point that shows a pixel; outside of the region it is no point of the screen."""
        x1, y1, x2, y2 = self.region
        return (x - x1) * self.columns // (x2 - x1), (y - y1) * self.lines // (y2 - y1)

    def pixel(self, column: int, line: int) -> tuple[int, int]:
        """The pixel in the middle of a point, or the nearest there is."""
        x1, y1, x2, y2 = self.region
        x = x1 + (2 * column + 1) * (x2 - x1) // (2 * self.columns)
        y = y1 + (2 * line + 1) * (y2 - y1) // (2 * self.lines)
        return min(max(x, x1), x2 - 1), min(max(y, y1), y2 - 1)

    def box(self, box: Box) -> Box:
        """The points of a box, the first and the last of them included."""
        return *self.point(box[0], box[1]), *self.point(box[2] - 1, box[3] - 1)


class Sheet:
    """The points of a picture, to be drawn on."""

    def __init__(self, cells: Cells) -> None:
        self._points = [[cell[half] for cell in row] for row in cells for half in (0, 1)]
        self._words: dict[tuple[int, int], str] = {}
        self._columns = len(cells[0]) if cells else 0

    def outline(self, box: Box, colour: str) -> None:
        """The points at the edge of a box, as ``Sight.box`` gives it."""
        left, top, right, bottom = box
        for x in range(max(left, 0), min(right, self._columns - 1) + 1):
            self._put(x, top, colour)
            self._put(x, bottom, colour)
        for y in range(max(top, 0), min(bottom, len(self._points) - 1) + 1):
            self._put(left, y, colour)
            self._put(right, y, colour)

    def thin(self, points: Iterable[tuple[int, int]]) -> None:
        """A line that lets the picture through, light on dark and dark on light."""
        for x, y in points:
            if 0 <= x < self._columns and 0 <= y < len(self._points):
                self._points[y][x] = _mixed(self._points[y][x], _against(self._points[y][x]), THIN)

    def line(self, start: tuple[int, int], end: tuple[int, int], colour: str) -> None:
        """A straight line of points."""
        steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
        if steps > 4 * (self._columns + len(self._points)):
            return  # it comes from far outside
        for step in range(steps + 1):
            share = step / steps
            self._put(
                round(start[0] + (end[0] - start[0]) * share), round(start[1] + (end[1] - start[1]) * share), colour
            )

    def word(self, x: int, y: int, text: str) -> None:
        """A short text with its middle on a point."""
        row, first = y // 2, x - (len(text) - 1) // 2
        for column, char in enumerate(text, first):
            if 0 <= column < self._columns and 0 <= 2 * row < len(self._points):
                self._words[column, row] = char

    def spans(self) -> list[Spans]:
        """The lines of the terminal."""
        found: list[Spans] = []
        for row in range(len(self._points) // 2):
            halves = zip(self._points[2 * row], self._points[2 * row + 1], strict=True)
            cells = [self._cell(column, row, upper, lower) for column, (upper, lower) in enumerate(halves)]
            found.append([(char * len(list(run)), style) for (char, style), run in groupby(cells)])
        return found

    def _cell(self, column: int, row: int, upper: str, lower: str) -> tuple[str, str]:
        char = self._words.get((column, row))
        if char is None:
            return "▀", f"{upper} {lower}"
        ground = _mixed(upper, lower, 0.5)
        return char, f"{_against(ground)} {ground}"

    def _put(self, x: int, y: int, colour: str) -> None:
        if 0 <= x < self._columns and 0 <= y < len(self._points):
            self._points[y][x] = colour


def pointing(sheet: Sheet, sight: Sight, at: Pointing, number: int = 0) -> None:
    """Draw the grid with its keys, and what would be set now; ``number`` is that of a badge."""
    left, top, right, bottom = sight.box(at.grid)
    ninths = {key: sight.box(at.ninth(key)) for row in PAD for key in row}
    for x in {left, ninths["5"][0], ninths["9"][0], right}:
        sheet.thin((x, y) for y in range(max(top, 0), min(bottom, sight.lines - 1) + 1))
    for y in {top, ninths["5"][1], ninths["3"][1], bottom}:
        sheet.thin((x, y) for x in range(max(left, 0), min(right, sight.columns - 1) + 1))
    rooms = {key: _room(box) for key, box in ninths.items()}
    for key, room in rooms.items():
        if room and all(rooms.values()):
            sheet.word(*room, key)
    if at.kind is None or not at.pointed:
        return
    if at.kind is MarkKind.BADGE:
        sheet.outline(sight.box(at.cell), LIVE)
        sheet.word(*sight.point(*middle(at.cell)), str(number))
    elif at.kind is MarkKind.ARROW:
        sheet.outline(sight.box(at.cell), LIVE)
        arrow(sheet, sight, at.mark())
    else:
        sheet.outline(sight.box(at.box), LIVE)


def numbers(sheet: Sheet, sight: Sight, marks: Iterable[Mark]) -> None:
    """Write what the badges say, which is too small to be read in a picture of half blocks."""
    for mark in marks:
        if mark.kind is MarkKind.BADGE:
            sheet.word(*sight.point(mark.x1, mark.y1), str(mark.number))


def emphasised(sheet: Sheet, sight: Sight, mark: Mark) -> None:
    """Let a mark stand out."""
    if mark.kind is MarkKind.ARROW:
        arrow(sheet, sight, mark)
    elif mark.kind is MarkKind.BADGE:
        x, y = sight.point(mark.x1, mark.y1)
        sheet.outline((x - AROUND, y - AROUND, x + AROUND, y + AROUND), LIVE)
    else:
        sheet.outline(sight.box(mark.box), LIVE)


def _room(ninth: Box) -> tuple[int, int] | None:
    """Where the key of a ninth is written: in a row that is all between its lines; None where there is none."""
    x1, y1, x2, y2 = ninth
    near = (y1 + y2) // 4
    row = next((row for row in (near, near + 1, near - 1) if y1 < 2 * row and 2 * row + 1 < y2), None)
    return ((x1 + x2) // 2, 2 * row) if row is not None and x2 - x1 > ROOM else None


def arrow(sheet: Sheet, sight: Sight, mark: Mark) -> None:
    """An arrow as thin as it can be, its tip a small square."""
    tip = sight.point(mark.x2, mark.y2)
    sheet.line(sight.point(mark.x1, mark.y1), tip, LIVE)
    sheet.outline(union((*tip, tip[0] + 1, tip[1] + 1), (*tip, *tip)), LIVE)


def _mixed(one: str, other: str, share: float) -> str:
    """A colour with so much of another in it."""
    parts = (round(int(one[at : at + 2], 16) * (1 - share) + int(other[at : at + 2], 16) * share) for at in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _against(colour: str) -> str:
    """Black or white, whichever is seen on it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return INK if 0.3 * red + 0.59 * green + 0.11 * blue > 127 else PAPER
