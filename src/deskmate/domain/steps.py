"""The days of a run for a request: its items are counted from the day the request is needed by.

What comes before that day is done on a working day: one that is closed moves it to the last one before. What comes
after moves to the next. The day itself stays where it is. An item comes up when its day opens and is due when that
closes; what is for the day itself is due when the request is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from deskmate.domain import instant
from deskmate.domain.calendar import Calendar
from deskmate.domain.checklist import Item
from deskmate.domain.run import Run, RunState, state_text
from deskmate.domain.text import excerpt

FURTHEST = 31
"""So many closed days in a row are stepped over; where it is closed for longer an item keeps its day."""
SHOWN = 40
"""Characters of an item that a line repeats."""

# Not strftime: its names follow the locale, and the screen's words do not.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Step:
    """An item with its day. ``at`` is the stored instant from which on it is to be done, ``due_at`` when it is late.

    ``done`` says whether anything was said of it.
    """

    run: int
    item: Item
    day: date
    at: str
    due_at: str
    done: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How a run for a request stands. ``next`` is the item to do next, ``day`` its day if it has one."""

    run: int
    name: str
    state: RunState
    marked: int
    total: int
    said: str
    next: str = ""
    day: date | None = None

    @property
    def rest(self) -> str:
        """What is left, in words: ``New starter: 5 of 8 open``."""
        left = self.total - self.marked
        return f"{self.name}: {f'{left} of {self.total} open' if left else 'all done, not finished'}"


def has_days(items: Iterable[Item]) -> bool:
    """Whether any of these is to be done on a day of its own."""
    return any(item.days is not None for item in items)


def day_of(needed: date, days: int, calendar: Calendar) -> date:
    """The day of an item that is so many days from the day that is needed, before it where that is negative."""
    wanted = needed + timedelta(days)
    if not days:
        return wanted
    way = timedelta(-1 if days < 0 else 1)
    return next((day for step in range(FURTHEST + 1) if calendar.opens_on(day := wanted + step * way)), wanted)


def steps(run: Run, needed_by: str | None, calendar: Calendar) -> tuple[Step, ...]:
    """The items that have a day, in the order of the list; none while it is not said when the request is needed."""
    if needed_by is None or not has_days(run.items):
        return ()
    moment = instant.from_text(needed_by).astimezone(calendar.zone)
    found = []
    for item in run.items:
        if item.days is None:
            continue
        day = day_of(moment.date(), item.days, calendar)
        at = instant.to_text(calendar.morning(day))
        closes = calendar.closing(day)
        due_at = needed_by if not item.days or closes is None else instant.to_text(closes)
        at = at if item.days else min(at, needed_by)
        found.append(Step(run.id, item, day, at, max(at, due_at), run.verdict(item.id) is not None))
    return tuple(found)


def next_of(found: Sequence[Step]) -> Step | None:
    """The one to do next: of those that are open the earliest."""
    return min((step for step in found if not step.done), key=lambda step: step.at, default=None)


def binding(needed_by: str, found: Sequence[Step]) -> str:
    """When a request with these steps is needed: at its own time, or before when an item is due.

    Once all is done that was to be ready by then, what comes after the day takes its place.
    """
    left = [step.due_at for step in found if not step.done]
    before = [step for step in found if (step.item.days or 0) <= 0]
    if left and before and all(step.done for step in before):
        return min(left)
    return min([needed_by, *left])


def progress(run: Run, found: Sequence[Step]) -> Progress:
    """How a run stands that has these steps."""
    step = next_of(found) if run.state is RunState.OPEN else None
    rest = run.open_items if run.state is RunState.OPEN else ()
    item = step.item if step else next(iter(rest), None)
    return Progress(
        run.id,
        run.checklist.name,
        run.state,
        run.marked,
        len(run.items),
        state_text(run),
        item.text if item else "",
        step.day if step else None,
    )


def progress_text(found: Progress, today: date) -> tuple[str, bool]:
    """The same as one line, and whether that day is past: ``New starter 3/8, next: order the laptop Mon 30 Nov``."""
    if found.state is not RunState.OPEN:
        return f"{found.name} {found.said}", False
    head = f"{found.name} {found.marked}/{found.total}"
    if not found.next:
        return f"{head}, to be finished", False
    if found.day is None:
        return f"{head}, next: {excerpt(found.next, SHOWN)}", False
    words, late = day_text(found.day, today)
    return f"{head}, next: {excerpt(found.next, SHOWN)} {words}", late


def day_text(day: date, today: date) -> tuple[str, bool]:
    """A day as one reads it, ``today`` or ``Mon 30 Nov``, with a mark where it is past; and whether it is."""
    if day == today:
        return "today", False
    short = f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    words = short if day.year == today.year else f"{short} {day.year}"
    return (f"▲ {words}", True) if day < today else (words, False)
