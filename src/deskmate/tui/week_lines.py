"""The lines of the panel of office time: the week as bars of half hours, and what is said beneath.

Nothing here knows Textual.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from deskmate.domain import hours as said
from deskmate.domain import instant, length, saying_hours, targets
from deskmate.domain.due import moment_text
from deskmate.domain.hours import DAYS, Hours, Kind
from deskmate.domain.saying_hours import Entry
from deskmate.domain.text import safe
from deskmate.domain.week import HALF, Day, Shows, edges, short
from deskmate.tui.frame import Spans, cut, door, end_with

if TYPE_CHECKING:
    from deskmate.domain.availability import Availability
    from deskmate.domain.office import Office

GLYPHS = {
    Shows.OPEN: ("▄", "good"),
    Shows.OTHER: ("=", "good"),
    Shows.EXTRA: ("+", "good"),
    Shows.DND: ("◼", "soon"),
    Shows.AWAY: ("◻", "soon"),
    Shows.LEAVE: ("~", "internal"),
    Shows.HOLIDAY: ("*", "internal"),
    Shows.SHUT: ("×", "dim"),
    Shows.CLOSED: ("·", "rule"),
}
NOW = ("│", "key")
BAR_AT = 12
"""Cells before the bar: the cursor and the date."""
LABEL = 10
"""Cells of the word that says what kind of thing a line is."""
WIDE = 110
"""Columns from which a half hour is two cells wide."""
LABELS = {
    Kind.DAY: "Other day",
    Kind.LEAVE: "Leave",
    Kind.EXTRA: "Extra",
    Kind.SLOT: "Slot",
    Kind.HOLIDAY: "Holiday",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A line beneath the week. ``what`` and ``key`` say what it is about; ``entry`` is what can be changed there."""

    what: str
    key: int
    label: str
    words: tuple[tuple[str, str], ...]
    entry: Entry | None = None

    @property
    def id(self) -> str:
        """What tells it from all others."""
        return f"{self.what}:{self.key}"


# --- the week ----------------------------------------------------------------------------------------------


def title_line(width: int, first: date, today: date, zone: str) -> Spans:
    """Which week it is."""
    last = first + timedelta(6)
    weeks = (first - (today - timedelta(today.weekday()))).days // 7
    near = {0: "this week", 1: "next week", -1: "last week"}
    off = near.get(weeks) or (f"in {weeks} weeks" if weeks > 0 else f"{-weeks} weeks ago")
    dates = f"{_short(first)} to {_short(last)} {last.year}"
    spans = [(" Availability", "tab-on"), (f"   Week {first.isocalendar().week}   ", "dim"), (dates, "bold")]
    return end_with([*spans, (f"   {off}", "dim")], width, [(f"{safe(zone)} ", "dim")] if zone else [])


def week_lines(days: tuple[Day, ...], now: datetime, width: int, cursor: int = -1) -> list[Spans]:
    """The hours on top, a line for each day, the line of now, and what the glyphs mean."""
    first, last = edges(days)
    cells = 2 if width >= WIDE else 1
    here = (now.hour * 60 + now.minute) // HALF - first * 60 // HALF if _within(days, now) else None
    lines = [cut([(" " * BAR_AT, ""), (_scale(first, last, cells), "dim")], width)]
    for index, day in enumerate(days):
        today = day.day == now.date()
        lines.append(_day(day, first, last, cells, width, here if today else None, cursor=index == cursor))
    return [*lines, _now(here, now, last - first, cells, width), legend(days, width)]


def legend(days: tuple[Day, ...], width: int) -> Spans:
    """What the glyphs mean that are in this week."""
    seen = {shows for day in days for shows in day.halves}
    spans: Spans = [(" ", "")]
    for shows, (glyph, style) in GLYPHS.items():
        if shows in seen:
            spans += [(glyph, style), (f" {shows}  ", "dim")]
    return cut(spans, width)


def _day(day: Day, first: int, last: int, cells: int, width: int, here: int | None, *, cursor: bool) -> Spans:
    today = here is not None
    date_style = "bold" if today or cursor else "" if day.spans else "dim"
    spans: Spans = [("▌" if cursor else " ", "bar"), (f"{DAYS[day.day.weekday()]} {_short(day.day):<6} ", date_style)]
    shown = [GLYPHS[shows] for shows in day.halves[first * 60 // HALF : last * 60 // HALF]]
    if here is not None and 0 <= here < len(shown):
        line = (f"{NOW[0]:<{cells}}", NOW[1])
        spans += [*_runs(shown[:here], cells), line, *_runs(shown[here + 1 :], cells)]
    else:
        spans += _runs(shown, cells)
    spans.append((f"  {', '.join(map(short, day.spans)) or 'closed'}", "" if day.spans else "dim"))
    words = ["today"] if today else []
    words += [safe(each) for each in day.remarks]
    spans += [(f"  {'; '.join(words)}", "dim")] if words else []
    return cut(spans, width)


def _runs(glyphs: list[tuple[str, str]], cells: int) -> Spans:
    """Half hours as few spans: neighbours of one look are one."""
    return [(glyph * cells * len(list(same)), style) for (glyph, style), same in groupby(glyphs)]


def _scale(first: int, last: int, cells: int) -> str:
    return "".join(f"{hour:<{4 * cells}}" for hour in range(first, last, 2))


def _now(here: int | None, now: datetime, hours: int, cells: int, width: int) -> Spans:
    """Where now is, beneath its column."""
    if here is None:
        return cut([], width)
    place = min(max(here, 0), hours * 60 // HALF - 1)
    return cut([(" " * (BAR_AT + place * cells), ""), ("▲", "key"), (f" now {now:%H:%M}", "dim")], width)


def _within(days: tuple[Day, ...], now: datetime) -> bool:
    return days[0].day <= now.date() <= days[-1].day


def _short(day: date) -> str:
    return said.day_text(day).split(maxsplit=1)[1].rpartition(" ")[0]


# --- what is said ------------------------------------------------------------------------------------------


def items(office: Office, hours: Hours, standing: Availability, now: datetime, since: date) -> list[Item]:
    """The lines beneath the week, in order. What is over before ``since`` is left out."""
    found = [Item("now", 0, "Now", (*door(standing, now), *_why(standing)))]
    if len(office.changes) > 1:
        found.append(Item("next", 0, "Next", tuple(_next(office, now))))
    found.append(Item("notice", 0, "Notice", _notice(office, now)))
    week = saying_hours.week_spoken({weekday: hours.on(weekday) for weekday in range(len(DAYS))})
    found.append(Item(Kind.WEEK, 0, "Hours", ((week, ""),)))
    held = [each for each in office.entries if saying_hours.last_day(each.value) >= since]
    found += [_said(each, office) for each in held if each.kind is not Kind.HOLIDAY]
    for priority, of in office.targets.items():
        found.append(Item("target", int(priority), f"Target {priority.name}", ((targets.spoken(of), ""),)))
    usual = f"lasts {length.text(office.dnd_minutes)} where nobody says how long"
    found.append(Item(Kind.DND, 0, "DND", ((usual, ""),)))
    holidays = [each for each in held if each.kind is Kind.HOLIDAY]
    place = f"{office.place}, {len(holidays)} to come" if office.place else "of no country yet"
    found.append(Item("holidays", 0, "Holidays", ((place, "" if office.place else "dim"),)))
    found += [_said(each, office) for each in holidays]
    found.append(Item(Kind.ZONE, 0, "Zone", ((hours.zone or "that of this machine", "" if hours.zone else "dim"),)))
    return found


def item_line(item: Item, before: Item | None, width: int, *, cursor: bool) -> Spans:
    """One of them; what kind of thing it is stands on the first of its kind."""
    label = "" if before is not None and before.label == item.label else item.label
    spans: Spans = [("▌" if cursor else " ", "bar"), (f"{label:<{LABEL}} ", "dim")]
    return cut([*spans, *((safe(text), style) for text, style in item.words)], width)


def _why(standing: Availability) -> list[tuple[str, str]]:
    words = [standing.reason.replace("_", " "), *filter(None, dict.fromkeys((standing.public, standing.private)))]
    return [(f"   {': '.join(words)}", "dim")]


def _next(office: Office, now: datetime) -> Spans:
    spans: Spans = []
    for start, state in office.changes[1:]:
        spans += [(" · " if spans else "", "dim"), (f"{moment_text(start, now)} ", "dim"), (state.value, "")]
    return spans


def _notice(office: Office, now: datetime) -> tuple[tuple[str, str], ...]:
    text, until = office.notice
    if not text:
        return (("none on the sign", "dim"),)
    end = "" if until is None else f"   until {moment_text(instant.from_text(until).astimezone(now.tzinfo), now)}"
    return ((text, ""), (end, "dim"))


def _said(entry: Entry, office: Office) -> Item:
    words: list[tuple[str, str]] = [(saying_hours.spoken(entry.value), "")]
    count = (office.falls or {}).get(entry.key, 0) if entry.kind is Kind.LEAVE else 0
    if count:
        words.append((f"   {count} {'date falls' if count == 1 else 'dates fall'} into it", "soon"))
    return Item(entry.kind, entry.key, LABELS[entry.kind], tuple(words), entry)
