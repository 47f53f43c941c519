"""What is said about office time, as it is typed into a form or an option: by kind, and by the name of the field.

Days and times are read by ``domain/when.py`` and ``domain/hours.py``. A stretch of time is one value:
``3 aug``, ``3 aug to 14 aug``, ``mon-fri``, ``23.12 - 6.1``, ``next week``, ``tue 14:00-15:00``, ``14:00-15:00``,
``3 aug 14:00 to 4 aug 12:00``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from deskmate.domain import hours, length, when, zones
from deskmate.domain.hours import DAYS, DayHours, Extra, Holiday, Hours, Kind, Leave, Slot, Span, State
from deskmate.domain.text import clean
from deskmate.domain.values import Wrong, WrongValues, one_line

_DASHES = str.maketrans("–—−", "---")
_EVERY = {
    **dict.fromkeys(("", "once", "no", "never"), 0),
    **dict.fromkeys(("day", "daily", "1 day"), 1),
    **dict.fromkeys(("week", "weekly", "1 week"), 7),
    **dict.fromkeys(("2 weeks", "two weeks", "fortnight", "other week"), 14),
}
_NO_HOURS = "say hours such as 9-12, or closed"
_AHEAD = timedelta(183)
"""An end without a year that is before its start is one of the year after, unless that would be longer."""
_LONGEST_DND = 24 * 60
"""Minutes."""
_LONGEST = timedelta(366)
"""How long leave or an extra opening may be: more is a year that was meant otherwise."""


Week = dict[int, tuple[Span, ...]]
"""The spans of some weekdays."""
Value = DayHours | Leave | Extra | Slot | Holiday


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is said, with the key that tells it from others of its kind."""

    kind: Kind
    key: int
    value: Value


FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.WEEK: DAYS,
    Kind.DAY: ("day", "hours", "note"),
    Kind.LEAVE: ("when", "note"),
    Kind.EXTRA: ("when", "note"),
    Kind.SLOT: ("when", "every", "until", "as", "reason", "public"),
    Kind.HOLIDAY: ("day", "name"),
    Kind.ZONE: ("zone",),
    Kind.DND: ("length",),
}
"""What can be said of each kind, in the order in which a form asks."""


def typed(value: Value) -> dict[str, str]:
    """It as it would be typed, by field. Reading that back gives the same."""
    match value:
        case DayHours():
            return {"day": value.day.isoformat(), "hours": hours.spans_text(value.hours), "note": value.note}
        case Holiday():
            return {"day": value.day.isoformat(), "name": value.name}
        case Slot():
            return {
                "when": stretch_text(value.start, value.end),
                "every": hours.EVERY[value.every].removeprefix("every "),
                "until": value.last.isoformat() if value.last else "",
                "as": value.state.lower(),
                "reason": value.reason,
                "public": value.public,
            }
        case _:
            return {"when": stretch_text(value.start, value.end), "note": value.note}


def typed_week(said: Hours) -> dict[str, str]:
    """The week as it would be typed, by weekday."""
    return {name: hours.spans_text(said.on(weekday)) for weekday, name in enumerate(DAYS)}


def spoken(value: Value) -> str:
    """It in words, on one line: ``Thu 24 Dec 2026 closed: Christmas Eve``."""
    match value:
        case DayHours():
            text = f"{hours.day_text(value.day)} {hours.spans_text(value.hours)}"
        case Holiday():
            return f"{hours.day_text(value.day)} {value.name}"
        case Slot():
            often = f", {hours.EVERY[value.every]}" if value.every else ""
            last = f" until {hours.day_text(value.last)}" if value.last else ""
            text = f"{stretch_spoken(value.start, value.end)}{often}{last}, {value.state}"
            return ": ".join(filter(None, (text, value.reason or value.public)))
        case _:
            text = stretch_spoken(value.start, value.end)
    return ": ".join(filter(None, (text, value.note)))


def week_spoken(week: Week) -> str:
    """Weekdays with their hours, closed ones too: ``Mon-Thu 09:00-12:00, 13:00-17:00; Fri closed``."""
    runs: list[list[int]] = []
    for weekday in sorted(week):
        if runs and runs[-1][-1] == weekday - 1 and week[weekday] == week[weekday - 1]:
            runs[-1].append(weekday)
        else:
            runs.append([weekday])
    return "; ".join(
        f"{'-'.join(dict.fromkeys((DAYS[run[0]], DAYS[run[-1]])))} {hours.spans_text(week[run[0]])}" for run in runs
    )


def first_day(value: Value) -> date:
    """The day it is on, or begins on."""
    return value.day if isinstance(value, DayHours | Holiday) else hours.midnight(value.start).date()


def last_day(value: Value) -> date:
    """The last day that it still matters."""
    match value:
        case DayHours() | Holiday():
            return value.day
        case Slot(every=every, last=last) if every:
            return last or date.max
        case _:
            return hours.midnight(value.end).date()


def by_weekday(typed: str) -> dict[str, str]:
    """A week as it is typed, by weekday: ``mon-thu 9-12, 13-17; fri closed``. Raises Wrong for what is no weekday."""
    found: dict[str, str] = {}
    for part in filter(None, map(str.strip, typed.split(";"))):
        days, _, text = part.partition(" ")
        for weekday in hours.parse_days(days):
            if found.setdefault(DAYS[weekday], text) is not text:
                raise Wrong(f"{DAYS[weekday]} is said twice; part its spans with commas")
    return found


def parted(typed: str, now: datetime) -> tuple[str, str]:
    """A day and what is said of it: ``24 dec 9-12`` is ``24 dec`` and ``9-12``. Else the first word."""
    words = typed.split()
    for count in range(len(words), 0, -1):
        if when.day(" ".join(words[:count]), now) is not None:
            return " ".join(words[:count]), " ".join(words[count:])
    return " ".join(words[:1]), " ".join(words[1:])


def said_week(said: Mapping[str, str]) -> tuple[Week, tuple[str, ...]]:
    """The weekdays that are said, and what was understood differently. Raises WrongValues naming each wrong one."""
    week: Week = {}
    notes: dict[str, list[str]] = {}
    problems: dict[str, str] = {}
    for name, text in said.items():
        try:
            if not text.strip():
                raise Wrong(_NO_HOURS)
            found = hours.parse_spans(text)
        except Wrong as wrong:
            problems[name] = str(wrong)
        else:
            week[DAYS.index(name)] = found.spans
            if found.note:
                notes.setdefault(found.note, []).append(name)
    if problems:
        raise WrongValues(problems)
    return week, tuple(f"{', '.join(names)}: {note}" for note, names in notes.items())


def changed(kind: Kind, was: Value | None, said: Mapping[str, str], now: datetime) -> tuple[Value, tuple[str, ...]]:
    """What is said now, and notes about what was understood differently. ``was`` None is something new.

    ``now`` is in the zone of the hours: days without a year count from it. Raises WrongValues naming each field
    that can not be taken.
    """
    whole = dict.fromkeys(FIELDS[kind], "") | (typed(was) if was else {}) | dict(said)
    notes: list[str] = []
    value = _MADE[kind](_Reading(whole, now, notes))
    return value, tuple(notes)


class _Reading:
    """The fields of one thing: each is read by itself, so that all that is wrong is named at once."""

    def __init__(self, said: Mapping[str, str], now: datetime, notes: list[str]) -> None:
        self.said = said
        self.now = now
        self.notes = notes
        self.problems: dict[str, str] = {}

    def take(self, field: str, reader: Callable[[str], Any]) -> Any:
        """The value of a field; None when it can not be taken."""
        try:
            return reader(self.said[field])
        except Wrong as wrong:
            self.problems[field] = str(wrong)
            return None

    def check(self, field: str, why: str) -> None:
        """Something is wrong with what was understood."""
        if why and not self.problems:
            self.problems[field] = why

    def done(self) -> None:
        """Raises WrongValues when something can not be taken."""
        if self.problems:
            raise WrongValues({field: self.problems[field] for field in self.said if field in self.problems})

    def day(self, typed: str) -> date:
        """A day. Raises Wrong."""
        return parse_day(typed, self.now)

    def hours(self, typed: str) -> tuple[Span, ...]:
        """Hours of a day. Raises Wrong."""
        if not typed.strip():
            raise Wrong(_NO_HOURS)
        found = hours.parse_spans(typed)
        if found.note:
            self.notes.append(found.note)
        return found.spans

    def stretch(self, typed: str) -> tuple[date, date]:
        """A stretch of time. Raises Wrong."""
        return parse_stretch(typed, self.now)

    def times(self, typed: str) -> tuple[datetime, datetime]:
        """A stretch of time from one time of day to another. Raises Wrong."""
        start, end = parse_stretch(typed, self.now)
        if not isinstance(start, datetime) or not isinstance(end, datetime):
            raise Wrong(f"understood as {stretch_spoken(start, end)}; say the times, too, such as tue 14:00-15:00")
        return start, end


def _day(said: _Reading) -> DayHours:
    day, spans, note = said.take("day", said.day), said.take("hours", said.hours), said.take("note", one_line)
    said.done()
    return DayHours(day, spans, note)


def _holiday(said: _Reading) -> Holiday:
    day, name = said.take("day", said.day), said.take("name", one_line)
    said.check("name", "" if name else "a holiday needs a name")
    said.done()
    return Holiday(day, name)


def _leave(said: _Reading) -> Leave:
    when_, note = said.take("when", said.stretch), said.take("note", one_line)
    said.done()
    return Leave(when_[0], when_[1], note)


def _extra(said: _Reading) -> Extra:
    when_, note = said.take("when", said.times), said.take("note", one_line)
    said.done()
    return Extra(when_[0], when_[1], note)


def _slot(said: _Reading) -> Slot:
    when_, every = said.take("when", said.times), said.take("every", parse_every)
    last = said.take("until", lambda typed: said.day(typed) if typed.strip() else None)
    state, reason, public = said.take("as", _state), said.take("reason", one_line), said.take("public", one_line)
    if not said.problems:
        start, end = when_
        if last and not every:
            said.check("until", "belongs to a slot that comes again; say every week, or leave it out")
        elif last and last < start.date():
            said.check("until", f"{hours.day_text(last)} is before it comes first, {hours.day_text(start)}")
        found = Slot(start, end, state, reason, every, last, public)
        said.check("every", hours.problems(Hours(slots=(found,))).get("slot 1", ""))
    said.done()
    return found


_MADE: dict[Kind, Callable[[_Reading], Value]] = {
    Kind.DAY: _day,
    Kind.HOLIDAY: _holiday,
    Kind.LEAVE: _leave,
    Kind.EXTRA: _extra,
    Kind.SLOT: _slot,
}


def parse_zone(typed: str) -> str:
    """The IANA name of a zone as it is spelled; empty for the zone of this machine. Raises Wrong."""
    name = one_line(typed)
    if name.casefold() in ("", "here", "local", "machine"):
        return ""
    found = zones.nearest(name)
    name = found if found.casefold() == name.casefold() else name
    zones.zone(name)
    return name


def parse_dnd(typed: str) -> int:
    """Minutes that do not disturb lasts where nobody says how long. Raises Wrong."""
    return length.parse(typed, "do not disturb", (_LONGEST_DND, "a day"))


def parse_every(typed: str) -> int:
    """How often a slot comes, in days; 0 is once. Raises Wrong."""
    word = one_line(typed).casefold().removeprefix("every ")
    if word not in _EVERY:
        raise Wrong(f"“{word}” is not how often; say once, day, week or 2 weeks")
    return _EVERY[word]


def _state(typed: str) -> State:
    word = one_line(typed).casefold()
    if word not in ("", "dnd", "away"):
        raise Wrong(f"“{word}” is neither dnd nor away")
    return State.AWAY if word == "away" else State.DND


# --- days and stretches ------------------------------------------------------------------------------------


def parse_day(typed: str, now: datetime) -> date:
    """A day: ``2026-12-24``, ``24 dec``, ``mon``. Raises Wrong."""
    text = _plain(typed)
    found = _day_named(text, now) if text else None
    if found is None:
        raise Wrong(f"“{text}” is no day such as 24 dec or 2026-12-24" if text else "say a day such as 24 dec")
    return found


def _day_named(text: str, now: datetime) -> date | None:
    """A day by its name. Raises Wrong for one that is too far off to be meant."""
    found = when.day(text, now)
    if found and not 1970 <= found.year < 3000:
        raise Wrong(f"{hours.day_text(found)} is too far off")
    return found


def parse_stretch(typed: str, now: datetime) -> tuple[date, date]:
    """From when to when: two dates, the last included, or two times on the wall. Raises Wrong."""
    text = _plain(typed)
    if not text:
        raise Wrong("say when: 3 aug to 14 aug, mon-fri, next week, or tue 14:00-15:00")
    found = _days_named(text, now) or _times_alone(text, now)
    if found is None:
        raise Wrong(f"“{text}” is no stretch of time such as 3 aug to 14 aug, mon-fri, next week, or tue 14:00-15:00")
    start, end = found
    first, last = hours.midnight(start), hours.midnight(end)
    if last < first or (last == first and isinstance(start, datetime)):
        raise Wrong(f"ends {hours.moment_text(end)}, not after its start {hours.moment_text(start)}")
    if last - first > _LONGEST:
        raise Wrong(f"{hours.moment_text(start)} to {hours.moment_text(end)} is more than a year")
    return start, end


def on_day(typed: str, day: date, now: datetime) -> str:
    """The stretch that is typed, with the day in front where it is times alone, such as ``14:00-15:00``."""
    text = _plain(typed)
    try:
        alone = bool(text) and _days_named(text, now) is None and _times_alone(text, now) is not None
    except Wrong:
        return typed
    return f"{day.isoformat()} {typed}" if alone else typed


def stretch_text(start: date, end: date) -> str:
    """A stretch as ``parse_stretch`` reads it back, whatever the day it is read on."""
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return start.isoformat() if start == end else f"{start.isoformat()} to {end.isoformat()}"
    span = _span(start, end)
    if span:
        return f"{start.date().isoformat()} {hours.span_text(span)}"
    return f"{start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M}"


def stretch_spoken(start: date, end: date) -> str:
    """``Tue 1 Dec 2026 14:00-15:00``, ``Mon 3 Aug 2026 to Fri 14 Aug 2026``."""
    if isinstance(start, datetime) and isinstance(end, datetime) and (span := _span(start, end)):
        return f"{hours.day_text(start)} {hours.span_text(span)}"
    first, last = hours.moment_text(start), hours.moment_text(end)
    return first if first == last else f"{first} to {last}"


def _span(start: datetime, end: datetime) -> Span | None:
    """The stretch as a span of the day it starts on; None where that would be hard to read."""
    first = start.hour * 60 + start.minute
    length = (end - start) // timedelta(minutes=1)
    if first + length <= hours.DAY:
        return first, first + length
    return (first, first + length - hours.DAY) if length <= hours.DAY // 2 else None


def _plain(typed: str) -> str:
    return " ".join(one_line(clean(typed)[0]).casefold().translate(_DASHES).split())


def _days_named(text: str, now: datetime) -> tuple[date, date] | None:
    """Everything that names a day. Raises Wrong."""
    return when.week(text, now) or _one_day(text, now) or _two_sides(text, now)


def _one_day(text: str, now: datetime) -> tuple[date, date] | None:
    """A whole day, or a span of one. Raises Wrong for a span there is not."""
    day = _day_named(text, now)
    if day is not None:
        return day, day
    before, _, span = text.rpartition(" ")
    day = _day_named(before, now) if before else None
    return None if day is None or span.count("-") != 1 else _span_of(day, span)


def _times_alone(text: str, now: datetime) -> tuple[date, date] | None:
    """A span of today, or of tomorrow where that has passed. Raises Wrong for a span there is not."""
    if text.count("-") != 1 or not text[0].isdigit():
        return None
    found = _span_of(now.date(), text)
    if found and found[1] <= now.replace(tzinfo=None):
        return found[0] + timedelta(1), found[1] + timedelta(1)
    return found


def _span_of(day: date, span: str) -> tuple[datetime, datetime] | None:
    spans = hours.parse_spans(span).spans
    if len(spans) != 1:
        return None
    start, end = spans[0]
    wall = hours.midnight(day)
    ends = end if end > start else end + hours.DAY
    return wall + timedelta(minutes=start), wall + timedelta(minutes=ends)


def _two_sides(text: str, now: datetime) -> tuple[date, date] | None:
    for between in (" to ", " - ", " until "):
        first, found, last = text.partition(between)
        if found:
            return _between(first.strip(), last.strip(), now)
    words = text.split()
    parts = [(" ".join(words[:count]), " ".join(words[count:])) for count in range(1, len(words))]
    parts += [(text[:place], text[place + 1 :]) for place, mark in enumerate(text) if mark == "-"]
    return next(filter(None, (_between(first.strip(), last.strip(), now) for first, last in parts)), None)


def _between(first: str, last: str, now: datetime) -> tuple[date, date] | None:
    """Two sides, each a day or a time of a day; the second may be a time alone, of the first day."""
    start = _side(_with_month(first, last), now)
    if start is None:
        return None
    end = _side(last, hours.midnight(start) if _names_weekday(last) else now)
    if end is None and isinstance(start, datetime):
        minute = _minute(last)
        if minute is not None:
            end = hours.midnight(start.date()) + timedelta(minutes=minute)
            end = end if end > start else end + timedelta(1)
    if end is None:
        return None
    if hours.midnight(end) < hours.midnight(start):  # over the end of the year
        later = _side(last, hours.midnight(start))
        end = later if later and hours.midnight(later) - hours.midnight(start) < _AHEAD else end
    if isinstance(start, datetime) is isinstance(end, datetime):
        return start, end
    if isinstance(start, datetime):  # until the whole of the last day is over
        return start, hours.midnight(end) + timedelta(1)
    return hours.midnight(start), end


def _with_month(first: str, last: str) -> str:
    """``24`` of ``24-28 dec`` is a day of the month that stands at the end."""
    words = last.split()
    return " ".join((first, *words[1:])) if first.isdigit() and len(words) > 1 and words[0].isdigit() else first


def _side(text: str, now: datetime) -> date | None:
    day = _day_named(text, now)
    if day is not None:
        return day
    before, _, clock = text.rpartition(" ")
    day = _day_named(before, now) if before else None
    minute = _minute(clock) if day is not None else None
    return None if day is None or minute is None else hours.midnight(day) + timedelta(minutes=minute)


def _minute(clock: str) -> int | None:
    try:
        return hours.minute(clock, clock)
    except Wrong:
        return None


def _names_weekday(text: str) -> bool:
    try:
        return bool(hours.parse_days(text.split(maxsplit=1)[0])) if text else False
    except Wrong:
        return False
