"""Measured values drawn: everything on the scale, limits across, and what failed to be seen without colour."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain.checklist import Item, Kind
from deskmate.domain.plot import FAILED, LIMIT, limits, lines, scale
from deskmate.domain.proof import Point

START = datetime(2026, 3, 3, tzinfo=UTC)
SPACE = Item("Free space", 1, Kind.VALUE, unit="%", low=15, warn_low=20)


def points(*values: float) -> list[Point]:
    return [Point(START + timedelta(number), value, value < 15) for number, value in enumerate(values)]


def drawn(values: list[float], item: Item = SPACE, width: int = 40, height: int = 8) -> list[str]:
    return ["".join(text for text, _style in spans) for spans in lines(points(*values), item, width, height)]


def test_limits_are_drawn_across_and_named_at_the_scale() -> None:
    found = drawn([31, 28, 24, 19, 14, 33])
    assert [line.split("│")[0].strip() for line in found if LIMIT in line] == ["20", "15"]
    assert found[0].startswith("35 │")
    assert sum(line.count(FAILED) for line in found) == 1, "the one below 15, wherever the theme has no colours"
    assert found[-1].split() == ["3", "Mar", "2026", "8", "Mar", "2026"]


@pytest.mark.parametrize("values", [[0.0], [0.0, 0.0], [7.0], [-2.0, -2.0]])
def test_one_value_alone_has_a_scale_too(values: list[float]) -> None:
    of = scale(points(*values), ())
    assert of.low <= values[0] <= of.high
    assert of.low < of.high
    assert of.low == 0 or values[0] != 0, "nothing is counted below none"
    assert any("\u2801" <= letter <= "\u28ff" or letter == FAILED for line in drawn(values) for letter in line)


@given(
    st.lists(st.floats(-1e12, 1e12, allow_nan=False), min_size=1, max_size=8),
    st.floats(-1e12, 1e12),
    st.integers(20, 90),
    st.integers(3, 12),
)
def test_whatever_was_measured_fits(values: list[float], low: float, width: int, height: int) -> None:
    item = Item("x", 1, Kind.VALUE, low=low)
    found = drawn(values, item, width, height)
    assert len(found) == height
    assert max(map(len, found)) <= width
    of = scale(points(*values), limits(item))
    assert all(0 <= of.up(value) <= 1 for value in (*values, low))
