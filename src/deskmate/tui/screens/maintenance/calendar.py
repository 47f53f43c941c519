"""The calendar of the panel: where its cursor is in the month or the year, and what is due there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from deskmate.domain.calendar import Reason
from deskmate.domain.zones import localised
from deskmate.tui import calendar_lines, checklists
from deskmate.tui.calendar_lines import GRID, WEEKS, YEAR_HEAD, Fall
from deskmate.tui.frame import Spans, rule

if TYPE_CHECKING:
    from deskmate.domain.agenda import Line
    from deskmate.domain.occurrence import Occurrence
    from deskmate.tui.screens.maintenance.screen import MaintenanceScreen

LIST, MONTH, YEAR = VIEWS = "list", "month", "year"
WEEK = timedelta(7)
FAR = timedelta(365 * 9)
"""How far from today a day may be looked at."""
AT_ONCE = 25
"""So many checklists are counted between two paints of a year."""


class Calendar:
    """``day`` is under the cursor of a month, and its week under that of a year."""

    def __init__(self, panel: MaintenanceScreen) -> None:
        self._panel = panel
        self.view = LIST
        self.day = panel.today
        self.inside = False
        """Whether the cursor is in the list of the day."""
        self._falls: dict[int, tuple[Occurrence, ...]] = {}
        self._by_day: dict[date, list[Fall]] = {}
        self._counted: tuple[object, ...] = ()

    def place(self) -> dict[str, Any]:
        """Where it is."""
        return {"view": self.view, "day": self.day.isoformat(), "inside": self.inside}

    def go(self, place: dict[str, Any]) -> None:
        """Come back to a place."""
        self.view = place.get("view") if place.get("view") in VIEWS else LIST  # type: ignore[assignment]
        self.day = date.fromisoformat(place["day"]) if place.get("day") else self._panel.today
        self.inside = bool(place.get("inside")) and self.view == MONTH

    # --- what is due ----------------------------------------------------------------------------------------

    @property
    def start(self) -> date:
        """The first day that is shown."""
        return calendar_lines.grid_start(self.day) if self.view == MONTH else calendar_lines.year_start(self.day.year)

    @property
    def week(self) -> int:
        """The cell of a year that the cursor is in."""
        return (self.day - calendar_lines.year_start(self.day.year)).days // 7

    def of_day(self) -> list[Fall]:
        """What is due on the day under the cursor, in the order of the clock."""
        return self._by_day.get(self.day, [])

    def of_week(self, line: Line) -> list[Occurrence]:
        """What is due of a checklist in the week under the cursor."""
        first = calendar_lines.year_start(self.day.year) + self.week * WEEK
        return [each for each in self._falls.get(line.key, ()) if first <= each.due.date() < first + WEEK]

    def forget(self) -> None:
        """Something was written: what is due may be something else."""
        self._counted = ()

    def look(self) -> None:
        """Count what is due in what is shown, unless that is counted; it comes bit by bit."""
        wanted = (self.view, self.start, tuple(line.key for line in self._panel.lines))
        if self.view != LIST and wanted != self._counted:
            if self._counted[:2] != wanted[:2]:
                self._falls, self._by_day = {}, {}
            self._counted = wanted
            self._panel.run_worker(self._count(), exclusive=True, group="calendar")

    async def _count(self) -> None:
        panel = self._panel
        start = self.start
        end = start + timedelta(GRID_DAYS if self.view == MONTH else WEEKS * 7)
        keys = [line.key for line in panel.lines if line.said]
        if self.view == YEAR:  # what is in sight comes first
            at = panel.list.cursor
            keys.sort(key=lambda key: abs(at - panel.index_of(key)))
        for part in range(0, len(keys), AT_ONCE):
            found = await checklists.falls_later(panel.gateway, keys[part : part + AT_ONCE], start, end, panel.now())
            if found is None:  # something newer was asked meanwhile
                return
            self._falls |= found
            self._sort()
            panel.paint()
        self._falls = {key: self._falls[key] for key in keys}  # one that was dropped meanwhile is none any more
        self._sort()
        panel.paint()

    def _sort(self) -> None:
        """By days, for the grid; a year has no use for that."""
        self._by_day = {}
        if self.view == MONTH:
            found = [(line, each) for line in self._panel.lines for each in self._falls.get(line.key, ())]
            for line, each in sorted(found, key=lambda pair: pair[1].due):
                self._by_day.setdefault(each.due.date(), []).append((line, each))

    # --- moves ----------------------------------------------------------------------------------------------

    def move(self, days: int) -> bool:
        """Move the cursor by so many days; False when that is too far off."""
        day = self.day + timedelta(days)
        return self._to(day)

    def turn(self, step: int) -> bool:
        """A month or a year on or back."""
        if self.view == YEAR:
            year = self.day.year + step
            return self._to(self.day.replace(year=year, day=min(self.day.day, 28)))
        months = self.day.year * 12 + self.day.month - 1 + step
        first, after = (date(each // 12, each % 12 + 1, 1) for each in (months, months + 1))
        return self._to(min(first + timedelta(self.day.day - 1), after - timedelta(1)))

    def end(self, step: int) -> bool:
        """To the first or the last day of the month."""
        first = self.day.replace(day=1)
        after = (first + timedelta(31)).replace(day=1)
        return self._to(first if step < 0 else after - timedelta(1))

    def _to(self, day: date) -> bool:
        if abs(day - self._panel.today) > FAR:
            return False
        self.day = day
        self.look()
        return True

    # --- lines ----------------------------------------------------------------------------------------------

    @property
    def height(self) -> int:
        """Lines above the list."""
        return {MONTH: GRID + 2, YEAR: YEAR_HEAD}.get(self.view, 0)

    def title(self, columns: int) -> Spans:
        """Which month or year it is."""
        left = sum(bool(line.said) and line.key not in self._falls for line in self._panel.lines)
        if self.view == MONTH:
            return calendar_lines.month_title(self.day, columns, not left)
        seen = {each.stage for falls in self._falls.values() for each in falls}
        return calendar_lines.year_title(self.day.year, seen, columns, left)

    def lines(self, columns: int) -> list[Spans]:
        """What stands above the list."""
        today, calendar = self._panel.today, self._panel.gateway.calendar
        if self.view == YEAR:
            this_week = (today - calendar_lines.year_start(self.day.year)).days // 7
            return calendar_lines.year_head(self.day.year, self.week, this_week, columns)
        grid = calendar_lines.month_lines(self.day, today, self._by_day, columns, calendar.opens_on)
        count = len(self.of_day())
        return [*grid, rule(columns), calendar_lines.day_title(self.day, count, self._remarks(), columns)]

    def year_line(self, index: int, columns: int, cursor: bool) -> Spans:
        """One checklist over the year."""
        line = self._panel.lines[index]
        falls = self._falls.get(line.key) if line.said else ()
        stages = None if falls is None else calendar_lines.weeks_of(falls, self.day.year)
        return calendar_lines.year_line(line.name, stages, columns, self.week, cursor=cursor)

    def day_line(self, index: int, columns: int, cursor: bool) -> Spans:
        """One time in the list of the day."""
        line, each = self.of_day()[index]
        return calendar_lines.fall_line(line.name, each, columns, cursor=cursor and self.inside)

    def week_lines(self, line: Line | None, columns: int) -> list[Spans]:
        """What is due of a checklist in the week under the cursor."""
        if line is None:
            return []
        first = calendar_lines.year_start(self.day.year) + self.week * WEEK
        return calendar_lines.week_lines(line.name, first, self.of_week(line), columns)

    def _remarks(self) -> Sequence[str]:
        """Why the door stays closed on the day, where it does."""
        calendar = self._panel.gateway.calendar
        if calendar.opens_on(self.day):
            return ()
        noon = localised(datetime.combine(self.day, datetime.min.time().replace(hour=12)), calendar.zone)
        reason, words = calendar.reason_closed(noon)
        if reason is Reason.OUTSIDE:
            return ("closed",)
        return (": ".join(filter(None, (reason.value.replace("_", " "), words))),)


GRID_DAYS = 42
"""Days of the grid of a month."""
