"""Measured values as a plot: one scale for the terminal and for a picture, and the plot in braille letters.

A letter of braille is two dots wide and four high. What failed is a cross of its own, so that nothing hangs on a
colour.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from deskmate.domain.hours import day_text
from deskmate.domain.measure import plain, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deskmate.domain.checklist import Item
    from deskmate.domain.proof import Point

    Spans = list[tuple[str, str]]
    Dot = tuple[int, int]

FAILED, LIMIT, AXIS = "×", "╌", "│"
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot in a letter of braille, by row and column."""
_BRAILLE = 0x2800
_STEPS = (1, 2, 5, 10)
_PARTS = 4
"""About so many steps fit between the ends of the scale."""
_LARGEST_LABEL = 10


@dataclass(frozen=True, slots=True)
class Limit:
    """A value that is not to be passed; ``hard`` where passing it fails."""

    value: float
    words: str
    hard: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values and moments are, as parts from 0 to 1 of the whole height and width."""

    low: float
    high: float
    start: datetime
    end: datetime

    def up(self, value: float) -> float:
        """How far up a value is."""
        return (value - self.low) / (self.high - self.low)

    def along(self, at: datetime) -> float:
        """How far along a moment is; in the middle where all is at one moment."""
        whole = (self.end - self.start).total_seconds()
        return (at - self.start).total_seconds() / whole if whole else 0.5


def limits(item: Item) -> tuple[Limit, ...]:
    """The limits of an item, each with its words."""
    found = [
        (item.low, spoken(item.low, None), True),
        (item.high, spoken(None, item.high), True),
        (item.warn_low, f"better {spoken(item.warn_low, None)}", False),
        (item.warn_high, f"better {spoken(None, item.warn_high)}", False),
    ]
    return tuple(Limit(value, words, hard) for value, words, hard in found if value is not None)


def scale(points: Sequence[Point], marks: Sequence[Limit]) -> Scale:
    """A scale with room for all points, at least one, and all limits, that ends on round numbers."""
    values = [*(point.value for point in points), *(limit.value for limit in marks)]
    low, high = min(values), max(values)
    step = _step((high - low) / _PARTS or abs(high) / _PARTS or 1.0)
    bottom, top = math.floor(low / step) * step, math.ceil(high / step) * step
    if bottom == top:
        bottom, top = bottom - step if low else 0.0, top + step
    return Scale(bottom, top, points[0].at, points[-1].at)


def lines(points: Sequence[Point], item: Item, width: int, height: int) -> list[Spans]:
    """The plot in exactly ``height`` lines of at most ``width`` cells, as spans of text and style name.

    The scale stands on the left, limits are drawn across, and the last line says from when to when. There is at
    least one point.
    """
    marks = limits(item)
    of = scale(points, marks)
    rows = max(2, height - 1)
    labels = _labels(of, marks, rows)
    left = max(map(len, labels.values()))
    columns = max(2, width - left - 2)
    letters = _letters(points, of, columns, rows)
    crosses = {_cell(point, of, columns, rows) for point in points if point.failed}
    hard = {_row(limit.value, of, rows): limit.hard for limit in sorted(marks, key=lambda limit: limit.hard)}
    found = []
    for row in range(rows):
        spans = [(f"{labels.get(row, ''):>{left}} ", "dim"), (AXIS, "rule")]
        for column in range(columns):
            if (column, row) in crosses:
                spans.append((FAILED, "error"))
            elif (column, row) in letters:
                spans.append((chr(_BRAILLE + letters[column, row]), "good"))
            elif row in hard:
                spans.append((LIMIT, "soon" if hard[row] else "rule"))
            else:
                spans.append((" ", ""))
        found.append(_joined(spans))
    return [*found, _dates(of, left + 2, columns)]


def _step(rough: float) -> float:
    """The next round number: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))


def _labels(of: Scale, marks: Sequence[Limit], rows: int) -> dict[int, str]:
    """What stands at the scale, by line: its ends and the limits, which come first."""
    found = {0: of.high, rows - 1: of.low}
    for limit in sorted(marks, key=lambda limit: limit.hard):
        found[_row(limit.value, of, rows)] = limit.value
    return {row: label(value) for row, value in found.items()}


def label(value: float) -> str:
    """A number in little room."""
    text = plain(round(value, 9))
    return text if len(text) <= _LARGEST_LABEL else f"{value:.3g}"


def _row(value: float, of: Scale, rows: int) -> int:
    return rows - 1 - _dot(of.up(value), rows * 4) // 4


def _cell(point: Point, of: Scale, columns: int, rows: int) -> Dot:
    return _dot(of.along(point.at), columns * 2) // 2, _row(point.value, of, rows)


def _dot(part: float, dots: int) -> int:
    return min(dots - 1, max(0, round(part * (dots - 1))))


def _letters(points: Sequence[Point], of: Scale, columns: int, rows: int) -> dict[Dot, int]:
    """The line through all points, as the bits of the letters it goes through."""
    wide, high = columns * 2, rows * 4
    dots = [(_dot(of.along(point.at), wide), _dot(of.up(point.value), high)) for point in points]
    found: dict[Dot, int] = {}
    for index, dot in enumerate(dots):
        for x, y in _between(dots[max(0, index - 1)], dot):
            cell = x // 2, rows - 1 - y // 4
            found[cell] = found.get(cell, 0) | _DOTS[3 - y % 4][x % 2]
    return found


def _between(first: Dot, last: Dot) -> Iterator[Dot]:
    """All dots from one to another."""
    steps = max(abs(last[0] - first[0]), abs(last[1] - first[1]), 1)
    for step in range(steps + 1):
        yield (
            first[0] + round((last[0] - first[0]) * step / steps),
            first[1] + round((last[1] - first[1]) * step / steps),
        )


def _dates(of: Scale, left: int, columns: int) -> Spans:
    """From when to when, beneath."""
    first, last = (day_text(at).partition(" ")[2] for at in (of.start, of.end))
    if first == last or len(first) + 1 + len(last) > columns:
        return [(" " * left + (last if len(last) <= columns else ""), "dim")]
    return [(" " * left + first + " " * (columns - len(first) - len(last)) + last, "dim")]


def _joined(spans: Spans) -> Spans:
    """The same with one span for what is of one style."""
    found: Spans = []
    for text, style in spans:
        if found and found[-1][1] == style:
            found[-1] = (found[-1][0] + text, style)
        else:
            found.append((text, style))
    return found
