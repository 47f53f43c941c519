"""What was measured, as it stands in the panel."""

from datetime import UTC, datetime, timedelta

from deskmate.domain.checklist import Item, Kind
from deskmate.domain.proof import Point, Trend
from deskmate.domain.text import width
from deskmate.tui.trend_lines import HEIGHT, learned_lines, trend_lines

START = datetime(2026, 3, 3, tzinfo=UTC)


def trend(*values: float, text: str = "Free space") -> Trend:
    item = Item(text, 1, Kind.VALUE, unit="%", low=15)
    return Trend(item, tuple(Point(START + timedelta(day), value, value < 15) for day, value in enumerate(values)))


def test_a_value_alone_makes_no_plot_and_each_other_has_one() -> None:
    assert trend_lines([trend(20)], 60) == []
    lines = trend_lines([trend(20, 14), trend(20, 30, text="\x1b[31m" + "long name " * 20)], 60)
    assert len(lines) == 2 * (1 + 1 + 1 + HEIGHT)
    assert lines[1][-1] == ("14 %", "error")
    assert lines[2][0] == ("15 or more", "dim")
    assert max(sum(width(text) for text, _style in line) for line in lines) <= 60
    assert "\x1b" not in "".join(text for line in lines for text, _style in line)


def test_suggestions_are_a_line_only_where_there_are_some() -> None:
    assert learned_lines("Morning look", 0, 60) == []
    assert "".join(text for text, _style in learned_lines("Morning look", 1, 80)[1]).rstrip() == (
        "1 suggestion for pruning: deskmate checklist learn Morning look"
    )
