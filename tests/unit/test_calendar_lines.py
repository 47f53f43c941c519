"""The month and the year of maintenance: every line as wide as it should be, every week in its cell."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from deskmate.domain.agenda import Line
from deskmate.domain.occurrence import Occurrence, Stage
from deskmate.domain.text import width
from deskmate.tui.calendar_lines import (
    STAGES,
    WEEKS,
    fall_line,
    grid_start,
    month_lines,
    weeks_of,
    year_head,
    year_line,
    year_start,
)


def fall(day: date, stage: Stage) -> Occurrence:
    due = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return Occurrence(due.replace(tzinfo=None, hour=0), due, due, due, stage)


def text(spans: list[tuple[str, str]]) -> str:
    return "".join(part for part, _style in spans)


@pytest.mark.parametrize("columns", [60, 80, 120, 160])
def test_every_line_is_as_wide_as_the_screen(columns: int) -> None:
    today, line = date(2026, 11, 20), Line(1, "Patch round 会議室 of a long name")
    busy = {today: [(line, fall(today, stage)) for stage in Stage] * 40}
    lines = month_lines(date(2026, 11, 17), today, busy, columns, lambda day: day.weekday() < 5)
    assert len(lines) == 14
    lines += year_head(2026, 46, 46, columns)
    lines.append(year_line(line.name, [*Stage, *[None] * (WEEKS - len(Stage))], columns, 3, cursor=True))
    lines.append(fall_line(line.name, fall(today, Stage.MISSED), columns, cursor=True))
    assert {width(text(each)) for each in lines} == {columns}


def test_a_day_says_how_many_of_each_the_most_telling_first() -> None:
    today = date(2026, 11, 20)
    line = Line(1, "Backup")
    falls = {today: [(line, fall(today, stage)) for stage in (Stage.DONE, Stage.MISSED, Stage.DONE)]}
    lines = [text(each) for each in month_lines(today, today, falls, 80, lambda day: True)]
    assert grid_start(today) == date(2026, 10, 26)
    assert "▌20 today" in lines[7]
    assert "▌×1 ✓2" in lines[8]
    assert lines[-1].split() == ["×", "missed", "✓", "done"]


@pytest.mark.parametrize("year", range(2020, 2048))
def test_every_day_of_a_year_has_a_week(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(ahead) for ahead in range(0, 366, 5)]
    last = date(year, 12, 31)
    found = weeks_of((fall(day, Stage.DONE) for day in [*days, last] if day.year == year), year)
    assert found[0] is found[(last - year_start(year)).days // 7] is Stage.DONE


def test_a_week_shows_the_most_telling_of_what_was_due_in_it() -> None:
    monday = date(2026, 11, 16)
    week = (monday - year_start(2026)).days // 7
    for stage in STAGES:
        falls = [
            fall(monday + timedelta(ahead), each) for ahead, each in enumerate((Stage.MERGED, stage, Stage.EXCUSED))
        ]
        first = next(each for each in STAGES if each in (stage, Stage.MERGED, Stage.EXCUSED))
        assert weeks_of(falls, 2026)[week] is first
