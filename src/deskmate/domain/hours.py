"""Office hours as the technician says them, how they are typed, and how they are said back.

Everything here is local intent: days and times on the wall of one zone, never instants. ``domain/calendar.py`` makes
instants of it. Times of day are minutes after midnight.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

DAY = 24 * 60
"""Minutes of a day."""
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""As ``date.weekday`` counts. Not strftime: its names follow the locale, and these words do not."""
EVERY = {0: "once", 1: "daily", 7: "weekly", 14: "every two weeks"}
"""How often a slot may come, in days."""

Span = tuple[int, int]
"""From a minute of a day to another, half open; an end at or before the start is on the next day."""


class State(StrEnum):
    """What the sign by the door says."""

    OPEN = "OPEN"
    DND = "DND"
    AWAY = "AWAY"
    CLOSED = "CLOSED"
    CLEAR = "CLEAR"
    """Only ever said by hand: whatever was said before counts no more, the hours do."""


class Kind(StrEnum):
    """What can be said about office time."""

    WEEK = "week"
    DAY = "day"
    LEAVE = "leave"
    EXTRA = "extra"
    SLOT = "slot"
    HOLIDAY = "holiday"
    ZONE = "zone"
    DND = "dnd"
    """How long do not disturb lasts where nobody says how long."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """Open every week on that weekday (0 is Monday), from ``start`` to ``end``."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DayHours:
    """The hours of one date instead of its usual ones; none at all means closed. The note is public."""

    day: date
    hours: tuple[Span, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday: closed unless the date has hours of its own."""

    day: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """Away from ``start`` to ``end``: whole dates, the last included, or times on the wall. The note is public."""

    start: date
    end: date
    note: str = ""

    @property
    def whole(self) -> bool:
        """Whether it is whole dates that are taken off."""
        return not isinstance(self.start, datetime) and not isinstance(self.end, datetime)


@dataclass(frozen=True, slots=True)
class Extra:
    """Open beyond the usual hours, whatever else is said about that time."""

    start: datetime
    end: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """Time within the hours that is set aside: the sign says DND or AWAY. It changes no due time.

    It comes once, or again every so many days up to the date ``last``. ``reason`` is the technician's own word for
    it, ``public`` what the sign may say.
    """

    start: datetime
    end: datetime
    state: State = State.DND
    reason: str = ""
    every: int = 0
    last: date | None = None
    public: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """All that is said about office time. ``zone`` is an IANA name; empty is the zone of this machine."""

    zone: str = ""
    weekly: tuple[Weekly, ...] = ()
    exceptions: tuple[DayHours, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    leaves: tuple[Leave, ...] = ()
    extras: tuple[Extra, ...] = ()
    slots: tuple[Slot, ...] = ()

    def on(self, weekday: int) -> tuple[Span, ...]:
        """The weekly spans of a weekday, in order."""
        return tuple(sorted((each.start, each.end) for each in self.weekly if each.weekday == weekday))


BUILT_IN = Hours(weekly=tuple(Weekly(weekday, 9 * 60, 17 * 60) for weekday in range(5)))
"""Monday to Friday 9 to 17, until hours are said."""


# --- said --------------------------------------------------------------------------------------------------


def clock(minute: int) -> str:
    """``09:30``; the end of a day is ``24:00``."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def span_text(span: Span) -> str:
    """``09:00-12:00``."""
    return f"{clock(span[0])}-{clock(span[1])}"


def spans_text(spans: tuple[Span, ...]) -> str:
    """``09:00-12:00, 13:00-17:00``, or ``closed``. ``parse_spans`` reads it back."""
    return ", ".join(map(span_text, spans)) or "closed"


def spoken(hours: Hours) -> str:
    """The week, as ``parse_week`` reads it: ``Mon-Thu 09:00-12:00, 13:00-17:00; Fri 09:00-12:00``, or ``closed``."""
    parts: list[str] = []
    first = 0
    for weekday in range(1, len(DAYS) + 1):
        spans = hours.on(first)
        if weekday < len(DAYS) and hours.on(weekday) == spans:
            continue
        days = DAYS[first] if weekday - first == 1 else f"{DAYS[first]}-{DAYS[weekday - 1]}"
        if spans:
            parts.append(f"{days} {spans_text(spans)}")
        first = weekday
    return "; ".join(parts) or "closed"


# --- typed -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spans:
    """Spans as they were understood, in order and apart; ``note`` says what was merged or runs past midnight."""

    spans: tuple[Span, ...]
    note: str = ""


def parse_spans(typed: str) -> Spans:
    """Hours of one day: ``9-12, 13-17``, ``9:00-12:30``, ``9am-5pm``, ``22-2`` over midnight, ``0-24``, ``closed``.

    Spans that touch or overlap become one. Raises Wrong, saying what is wrong with which part.
    """
    from deskmate.domain.values import Wrong, one_line

    text = one_line(typed).casefold()
    for dash in "–—−":
        text = text.replace(dash, "-")
    text = text.replace(" to ", "-").replace(" and ", ",").replace(";", ",")
    if text in ("closed", "-", ""):
        return Spans(())
    found = []
    for part in text.split(","):
        part = part.strip()
        face = part.replace(" ", "")
        if not face:
            continue
        if face.count("-") != 1:
            hint = "part the spans with commas" if "-" in face else "say from when to when"
            raise Wrong(f"“{part}” is no span such as 9-12; {hint}")
        start, end = (minute(side, part) for side in face.split("-"))
        if start == DAY:
            raise Wrong(f"“{part}” starts at 24:00; say it as 0:00 of the next day")
        if start == end:
            raise Wrong(f"“{part}” has no length; a whole day is 0-24")
        found.append((start, end if end > start else end + DAY))
    return _apart(found)


def parse_week(typed: str) -> tuple[tuple[Weekly, ...], str]:
    """A week as ``spoken`` says it: ``Mon-Thu 9-12, 13-17; Fri 9-12``. Days not named are closed.

    The second value says what was merged or runs past midnight. Raises Wrong.
    """
    from deskmate.domain.values import Wrong, one_line

    text = one_line(typed)
    if text.casefold() == "closed":
        return (), ""
    week: dict[int, Spans] = {}
    for part in text.split(";"):
        words, _, rest = part.strip().partition(" ")
        if not words:
            continue
        for weekday in parse_days(words):
            if weekday in week:
                raise Wrong(f"{DAYS[weekday]} is said twice; part its spans with commas")
            week[weekday] = parse_spans(rest)
    notes = {f"{DAYS[weekday]} {said.note}": None for weekday, said in sorted(week.items()) if said.note}
    weekly = tuple(Weekly(weekday, *span) for weekday, said in sorted(week.items()) for span in said.spans)
    return weekly, "; ".join(notes)


def parse_days(typed: str) -> tuple[int, ...]:
    """Weekdays: ``mon``, ``Mon-Fri``, ``sat,sun``, ``Fri-Mon``. Raises Wrong."""
    found: list[int] = []
    for part in typed.replace("–", "-").split(","):
        first, _, last = part.strip().partition("-")
        start = _weekday(first)
        end = _weekday(last) if last else start
        found += [(start + ahead) % len(DAYS) for ahead in range((end - start) % len(DAYS) + 1)]
    return tuple(dict.fromkeys(found))


def problems(hours: Hours) -> dict[str, str]:
    """What can not be taken, by field: ``zone``, ``Mon`` … ``Sun``, or ``leave 2``.

    Slots are judged by themselves here, and beside the open time by ``availability.why_not_slot``.
    """
    from deskmate.domain import zones
    from deskmate.domain.values import Wrong

    found: dict[str, str] = {}
    try:
        zones.zone(hours.zone)
    except Wrong as wrong:
        found["zone"] = str(wrong)
    for weekly in hours.weekly:
        if not 0 <= weekly.weekday < len(DAYS):
            found[f"weekday {weekly.weekday}"] = "a week has the days 0 (Monday) to 6"
        elif why := _why_not_span((weekly.start, weekly.end)):
            found[DAYS[weekly.weekday]] = why
    days: set[date] = set()
    for number, each in enumerate(hours.exceptions, 1):
        why = "; ".join(filter(None, map(_why_not_span, each.hours)))
        if each.day in days:
            why = f"{day_text(each.day)} has hours already"
        days.add(each.day)
        if why:
            found[f"exception {number}"] = why
    for number, leave in enumerate(hours.leaves, 1):
        if midnight(leave.start) > midnight(leave.end) or (not leave.whole and ends(leave) <= midnight(leave.start)):
            found[f"leave {number}"] = f"ends {moment_text(leave.end)}, before it starts {moment_text(leave.start)}"
    for number, extra in enumerate(hours.extras, 1):
        if extra.end <= extra.start:
            found[f"extra {number}"] = (
                f"ends {moment_text(extra.end)}, not after its start {moment_text(extra.start)}"
            )
    for number, slot in enumerate(hours.slots, 1):
        if why := _why_not_slot(slot):
            found[f"slot {number}"] = why
    return found


def midnight(day: date) -> datetime:
    """A time on the wall as it is, a date as its first moment."""
    return day if isinstance(day, datetime) else datetime.combine(day, time())


def ends(leave: Leave) -> datetime:
    """When leave is over, on the wall: after the whole of a last date."""
    return leave.end if isinstance(leave.end, datetime) else midnight(leave.end) + timedelta(1)


def day_text(day: date) -> str:
    """``Thu 24 Dec 2026``."""
    return f"{DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_text(day: date) -> str:
    """``Thu 24 Dec 2026``, and the time where there is one."""
    return f"{day_text(day)} {day:%H:%M}" if isinstance(day, datetime) else day_text(day)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _weekday(word: str) -> int:
    """Which day it is, by two letters or more. Raises Wrong."""
    from deskmate.domain.values import Wrong

    asked = word.strip().casefold()
    for index, name in enumerate(_WEEKDAYS):
        if len(asked) >= 2 and name.startswith(asked):
            return index
    raise Wrong(f"“{word}” is no weekday; say {', '.join(DAYS)}")


def minute(face: str, part: str) -> int:
    """The minute of the day that ``9``, ``9:30``, ``9.30``, ``9h`` or ``5pm`` is. Raises Wrong, naming the part."""
    from deskmate.domain.values import Wrong

    half = face[-2:] if face.endswith(("am", "pm")) else ""
    hours, colon, minutes = face.removesuffix(half).removesuffix("h").replace(".", ":").partition(":")
    if not (hours.isascii() and hours.isdigit() and len(hours) <= 2) or (
        colon and not (minutes.isascii() and minutes.isdigit() and len(minutes) == 2)
    ):
        raise Wrong(f"“{part}” is no span such as 9-12: “{face}” is no time of day")
    hour, minute = int(hours), int(minutes or 0)
    if half:
        if not 1 <= hour <= 12:
            raise Wrong(f"“{part}”: there is no {face}")
        hour = hour % 12 + (12 if half == "pm" else 0)
    if minute > 59 or hour * 60 + minute > DAY:
        raise Wrong(f"“{part}”: there is no {hour:02d}:{minute:02d}; a day ends at 24:00")
    return hour * 60 + minute


def _apart(found: list[tuple[int, int]]) -> Spans:
    """Spans, an end past midnight counted on, as ones that neither touch nor overlap. Raises Wrong."""
    from deskmate.domain.values import Wrong

    merged: list[tuple[int, int]] = []
    parts: list[list[tuple[int, int]]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            parts[-1].append((start, end))
        else:
            merged.append((start, end))
            parts.append([(start, end)])
    for start, end in merged:
        if end - start > DAY - bool(start):  # a day from 9 to 9 could not be told from no time at all
            raise Wrong(f"{clock(start)} to {clock(end - DAY)} of the next day is too long; a whole day is 0-24")
    notes = []
    for whole, of in zip(merged, parts, strict=True):
        said = span_text(_folded(whole))
        if len(of) > 1:
            notes.append(f"{' and '.join(span_text(_folded(each)) for each in of)} were merged into {said}")
        elif whole[1] > DAY:
            notes.append(f"{said} runs into the next day")
    return Spans(tuple(map(_folded, merged)), "; ".join(notes))


def _folded(span: tuple[int, int]) -> Span:
    return span[0], span[1] - DAY if span[1] > DAY else span[1]


def _why_not_span(span: Span) -> str:
    start, end = span
    if 0 <= start < DAY and 1 <= end <= DAY:
        return "" if start != end else f"{span_text(span)} has no length; a whole day is 00:00-24:00"
    return f"from minute {start} to {end} is no time within a day"


def _why_not_slot(slot: Slot) -> str:
    """What is wrong with a slot by itself."""
    length = slot.end - slot.start
    if length <= timedelta():
        return f"ends {moment_text(slot.end)}, not after its start {moment_text(slot.start)}"
    if slot.state not in (State.DND, State.AWAY):
        return f"turns the sign to DND or AWAY, not {slot.state}"
    if slot.every not in EVERY:
        return f"comes {', '.join(EVERY.values())}, not every {slot.every} days"
    if slot.every and length >= timedelta(slot.every):
        return f"would never end: it comes {EVERY[slot.every]} and lasts as long"
    if slot.every and slot.last and slot.last < slot.start.date():
        return f"ends on {day_text(slot.last)}, before it comes first"
    return ""
