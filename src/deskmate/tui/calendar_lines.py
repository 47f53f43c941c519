"""The lines of the calendar of maintenance: a month with what is due on each day, a year with a cell for each week.

Nothing here knows Textual.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from deskmate.domain.hours import DAYS, day_text
from deskmate.domain.occurrence import Stage
from deskmate.domain.text import fit, safe
from deskmate.domain.week import monday
from deskmate.tui.frame import Spans, cut, end_with

if TYPE_CHECKING:
    from deskmate.domain.agenda import Line
    from deskmate.domain.occurrence import Occurrence

STAGES = {
    Stage.OVERDUE: ("▲", "error"),
    Stage.MISSED: ("×", "error"),
    Stage.DUE: ("●", "bold"),
    Stage.LATE: ("!", "soon"),
    Stage.SKIPPED: ("-", "dim"),
    Stage.DONE: ("✓", "good"),
    Stage.UPCOMING: ("○", ""),
    Stage.EXCUSED: ("~", "internal"),
    Stage.MERGED: ("=", "dim"),
}
"""What stands for each, the most telling first: of a week only that one is shown."""
WORDS = {Stage.LATE: "done late", Stage.MERGED: "done with another"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKS = 54
"""Cells of a year, one for each week it touches: so many a leap year that begins on a Sunday."""
WEEK_CELLS = 5
"""Cells of the number of a week, before its days."""
GRID = 14
"""Lines of a month: the days of the week, six weeks, and the glyphs."""
YEAR_HEAD = 2
"""Lines above the checklists of a year: the months, and which week the cursor is in."""
ROOMY = 140
"""Columns from which a week is two cells wide."""

Fall = tuple["Line", "Occurrence"]
"""A time of a checklist."""


def grid_start(month: date) -> date:
    """The Monday with which the grid of a month begins; six weeks hold any month."""
    return monday(month.replace(day=1))


def month_title(month: date, columns: int, loaded: bool) -> Spans:
    """Which month it is."""
    spans: Spans = [
        (" Maintenance", "tab-on"),
        ("   ", ""),
        (f"{_MONTH_NAMES[month.month - 1]} {month.year}", "bold"),
    ]
    return end_with(spans, columns, [] if loaded else [("counting … ", "dim")])


def month_lines(
    cursor: date, today: date, falls: Mapping[date, Sequence[Fall]], columns: int,
    is_open: Callable[[date], bool],
) -> list[Spans]:  # fmt: skip
    """The grid: a week takes two lines, the days and what is due on them."""
    room = (columns - WEEK_CELLS - 1) // len(DAYS)
    lines = [cut([(" " * WEEK_CELLS, ""), *((f" {day:<{room - 1}}", "dim") for day in DAYS)], columns)]
    start = grid_start(cursor)
    for week in range(6):
        days = [start + timedelta(7 * week + ahead) for ahead in range(7)]
        upper: Spans = [(f"{days[0].isocalendar().week:>3}  ", "dim")]
        lower: Spans = [(" " * WEEK_CELLS, "")]
        for day in days:
            bar = ("▌" if day == cursor else " ", "bar")
            style = "key" if day == today else "bold" if day == cursor else ""
            if day.month != cursor.month or not is_open(day):
                style = style or "dim"
            words = f"{day.day:>2}" + (" today" if day == today and room > len("▌17 today") else "")
            upper += cut([bar, (words, style)], room)
            lower += cut([bar, *_counts(falls.get(day, ()), room - 2)], room)
        lines += [cut(upper, columns), cut(lower, columns)]
    seen = {each.stage for day in falls.values() for _line, each in day}
    return [*lines, legend(seen, columns)]


def legend(stages: Iterable[Stage], columns: int) -> Spans:
    """What the glyphs mean that are in sight."""
    seen = set(stages)
    spans: Spans = [(" ", "")]
    for stage, (glyph, style) in STAGES.items():
        if stage in seen:
            spans += [(glyph, style), (f" {stage.value}  ", "dim")]
    return cut(spans, columns)


def _counts(falls: Sequence[Fall], room: int) -> Spans:
    """How many there are of each kind, the most telling first: ``×1 ✓3``."""
    counted = Counter(each.stage for _line, each in falls)
    parts = [(glyph, str(counted[stage]), style) for stage, (glyph, style) in STAGES.items() if counted[stage]]
    gap = " " if sum(len(glyph + count) + 1 for glyph, count, _style in parts) <= room + 1 else ""
    spans: Spans = []
    for glyph, count, style in parts:
        spans += [(gap if spans else "", ""), (glyph, style), (count, "dim")]
    return spans


def day_title(day: date, count: int, remarks: Sequence[str], columns: int) -> Spans:
    """Which day it is, and what is said about it."""
    words = f"{count} due" if count else "nothing is due"
    spans: Spans = [(" ", ""), (day_text(day), "bold"), (f"   {words}", "dim")]
    if remarks:
        spans.append((f"   {'; '.join(map(safe, remarks))}", "internal"))
    return cut(spans, columns)


def fall_line(name: str, each: Occurrence, columns: int, *, cursor: bool) -> Spans:
    """One time of a checklist in the list of its day."""
    glyph, style = STAGES[each.stage]
    words = WORDS.get(each.stage, each.stage.value)
    rolled = each.due.date() != each.nominal.date()
    if rolled:
        words += f", for {day_text(each.nominal.date()).rpartition(' ')[0]}"
    spans: Spans = [
        ("▌" if cursor else " ", "bar"),
        (glyph, style),
        (f" {each.due:%H:%M} ", "dim"),
        (safe(name), "bold" if cursor else ""),
    ]
    return end_with(spans, columns, [(f"{words} ", "dim")])


# --- the year -----------------------------------------------------------------------------------------------


def year_start(year: int) -> date:
    """The Monday of the week with 1 January: the first cell of a year."""
    return monday(date(year, 1, 1))


def year_title(year: int, stages: Iterable[Stage], columns: int, left: int) -> Spans:
    """Which year it is, what the glyphs mean that are in sight, and how many checklists are still to be counted."""
    spans: Spans = [(" Maintenance", "tab-on"), ("   ", ""), (str(year), "bold"), ("  ", "")]
    counting: Spans = [(f"{left} to count … ", "dim")] if left else []
    return end_with([*spans, *legend(stages, columns)], columns, counting)


def year_head(year: int, week: int, this_week: int, columns: int) -> list[Spans]:
    """The months over the weeks, the week under the cursor, and this one."""
    cells, name_room = _shape(columns)
    start = year_start(year)
    months = [" "] * (WEEKS * cells)
    for number, month in enumerate(MONTHS, 1):
        at = (monday(date(year, number, 1)) - start).days // 7 * cells
        months[at : at + len(month)] = month
    below: list[tuple[str, str]] = [(" " * cells, "")] * WEEKS
    if 0 <= this_week < WEEKS:
        below[this_week] = (f"{'│':<{cells}}", "dim")
    below[week] = (f"{'▼':<{cells}}", "bar")
    return [
        cut([(" " * name_room, ""), ("".join(months[: WEEKS * cells]), "dim")], columns),
        cut([(" " * name_room, ""), *below], columns),
    ]


def year_line(name: str, stages: Sequence[Stage | None] | None, columns: int, week: int, *, cursor: bool) -> Spans:
    """A checklist over the weeks of a year; None where it is not counted yet."""
    cells, name_room = _shape(columns)
    spans: Spans = [
        ("▌" if cursor else " ", "bar"),
        (fit(safe(name), name_room - 2) + " ", "bold" if cursor else ""),
    ]
    for at, stage in enumerate(stages or ()):
        glyph, style = ("·", "rule") if stage is None else STAGES[stage]
        spans.append((f"{glyph:<{cells}}", "bold" if cursor and at == week and stage is None else style))
    return cut(spans, columns)


def weeks_of(falls: Iterable[Occurrence], year: int) -> list[Stage | None]:
    """For each week of a year the most telling of what was due in it."""
    start = year_start(year)
    ranks = {stage: rank for rank, stage in enumerate(STAGES)}
    found: list[Stage | None] = [None] * WEEKS
    for each in falls:
        week = (each.due.date() - start).days // 7
        if 0 <= week < WEEKS:
            before = found[week]
            if before is None or ranks[each.stage] < ranks[before]:
                found[week] = each.stage
    return found


def week_lines(name: str, first: date, falls: Sequence[Occurrence], columns: int) -> list[Spans]:
    """What was due of a checklist in a week."""
    last = first + timedelta(6)
    number = first.isocalendar().week
    title = f"   Week {number}, {first.day} {MONTHS[first.month - 1]} to {last.day} {MONTHS[last.month - 1]}"
    lines = [cut([(" ", ""), (safe(name), "bold"), (title, "dim")], columns)]
    for each in falls:
        glyph, style = STAGES[each.stage]
        words = WORDS.get(each.stage, each.stage.value)
        lines.append(
            cut(
                [(" ", ""), (glyph, style), (f" {day_text(each.due.date())} {each.due:%H:%M}  ", ""), (words, "dim")],
                columns,
            )
        )
    return lines if falls else [*lines, cut([(" nothing is due in it", "dim")], columns)]


def _shape(columns: int) -> tuple[int, int]:
    """Cells of a week, and of what stands before the weeks."""
    cells = 2 if columns >= ROOMY else 1
    return cells, max(columns - WEEKS * cells - 1, 8)


_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
