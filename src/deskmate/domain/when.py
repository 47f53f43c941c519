"""Dates as they are typed: a small strict grammar that understands exactly or not at all.

    now · today · tomorrow, tom · mon to sun (the next such day) · next fri (the one of the following week)
    4 dec · dec 4 · 4 dec 2027 · 4.12. · 4.12.2027 · 2026-12-04  a day may be followed by a time
    next week                                                   when it opens; all its days, where days are asked for
    15:30 · 3pm · 3:30pm · 15h                                  a time alone that is past means tomorrow
    +90m · +2h · +1h30m · +3d · +2w                             the plus may be left out
    +3bd                                                        the opening in three business days
    eod · eow · eom                                             when the door closes for the day, week, month
    2026-12-04T15:30                                            ISO 8601, with or without an offset

A day without a time is when the door opens on it, 09:00 where it does not. ``15h`` is a time and ``2h`` a duration:
without a plus, two digits are a time where there is such an hour. Minutes and hours are elapsed time, days and weeks
keep the time of day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from deskmate.domain.calendar import Calendar

_EVENING = time(17)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_YEAR = 364  # days; all but the last of the days that a year back are looked for
_LONGEST = 40  # no moment takes more characters; foreign text may be of any length


def built_in() -> Calendar:
    """Office time where nobody said any. Imported only once a day is typed."""
    from deskmate.domain.calendar import Calendar

    return Calendar()


def parse(text: str, now: datetime, calendar: Callable[[], Calendar], *, amid_words: bool = False) -> datetime | None:
    """The moment that ``text`` names, in the zone of ``now``; None when it is not understood.

    ``calendar`` gives office time, and is asked only where a day or its end is named without a time.
    A local time that a clock change skips moves forward by the length of the gap, one that happens twice is
    the first. Only dates written out may lie in the past. ``amid_words`` says that it stands in a line about
    something else, where ``3.11`` is no day unless a dot or a year follows: it may be a version or a time.
    Raises ValueError when ``now`` has no zone.
    """
    if now.tzinfo is None:
        raise ValueError("a typed date needs to know the time zone")
    if not text.isascii() or len(text) > _LONGEST:
        return None
    words = text.lower().split()
    if amid_words and len(words) == 1 and words[0].replace(".", "", 1).isdigit() and not words[0].endswith("."):
        return None
    try:
        return (_one_word(words[0], now, calendar) if len(words) == 1 else None) or _on_a_day(words, now, calendar)
    except (ValueError, OverflowError):  # 30 February, or beyond what a calendar holds
        return None


def day(text: str, now: datetime) -> date | None:
    """The day that ``text`` names without a time of day; None for everything else.

    As in ``parse``, a weekday is the next such day, and a day without a year is not past.
    """
    if not text.isascii() or len(text) > _LONGEST:
        return None
    try:
        return _day(text.lower().split(), now.date())
    except (ValueError, OverflowError):
        return None


def week(text: str, now: datetime) -> tuple[date, date] | None:
    """The first and the last day of ``this week``, which begins today, and ``next week``; None for all else."""
    words = text.lower().split()
    if words not in (["this", "week"], ["next", "week"]):
        return None
    today = now.date()
    sunday = today + timedelta(6 - today.weekday())
    return (today, sunday) if words[0] == "this" else (sunday + timedelta(1), sunday + timedelta(7))


def past_day(text: str, now: datetime) -> date | None:
    """The day that ``text`` names looking back: the last such day up to today, unless a year is said."""
    today = now.date()
    if text.strip().lower() == "yesterday":
        return today - timedelta(1)
    found = day(text, now)
    if found is None or found <= today:
        return found
    if _index(text.strip().lower(), _DAYS) is not None:
        return found - timedelta(7)
    earlier = day(text, at(today - timedelta(_YEAR), time(), now))
    same = earlier is not None and (earlier.month, earlier.day) == (found.month, found.day)
    return earlier if same else found


def at(day: date, clock: time, now: datetime) -> datetime:
    """A time of a day in the zone of ``now``."""
    return _local(datetime.combine(day, clock), now.tzinfo)


def parse_duration(word: str) -> int | None:
    """Minutes in ``5m``, ``2h`` or ``1h30m``; None for anything else."""
    hours, hour_mark, rest = word.lower().rpartition("h")
    minutes, minute_mark, tail = rest.partition("m")
    if tail or bool(minutes) != bool(minute_mark) or not hour_mark + minute_mark:
        return None
    whole = _number(hours, 9999) if hour_mark else 0
    part = _number(minutes, 9999) if minute_mark else 0
    return None if whole is None or part is None else whole * 60 + part


def spoken(moment: datetime, now: datetime) -> str:
    """``Fri 4 Dec 09:00``, in the zone of ``now``; with the year when it is another one."""
    moment = moment.astimezone(now.tzinfo)
    day, month = _DAYS[moment.weekday()][:3].title(), _MONTHS[moment.month - 1][:3].title()
    year = "" if moment.year == now.year else f" {moment.year}"
    return f"{day} {moment.day} {month}{year} {moment:%H:%M}"


def echo(moment: datetime, now: datetime) -> str:
    """What was understood, and how far off it is: ``Fri 4 Dec 09:00 (in 2 d 23 h)``."""
    # Subtracting two times of one zone would compare their clock faces and miss a clock change between.
    minutes = round((moment.timestamp() - now.timestamp()) / 60)
    if minutes == 0:
        distance = "now"
    else:
        distance = f"in {duration(minutes)}" if minutes > 0 else f"{duration(-minutes)} ago"
    return f"{spoken(moment, now)} ({distance})"


def duration(minutes: int) -> str:
    """Minutes in the two largest units: ``5 min``, ``1 h 30 min``, ``2 d 23 h``."""
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "d"), (hours, "h"), (minutes, "min")]
    if not days:
        del parts[0]
    return " ".join(f"{count} {unit}" for count, unit in parts[:2] if count) or "0 min"


def _one_word(word: str, now: datetime, calendar: Callable[[], Calendar]) -> datetime | None:
    """A moment said in one word, days excepted."""
    if word == "now":
        return now
    if word[10:11] == "t" and word[4:5] == word[7:8] == "-" and len(word) >= 16:
        moment = datetime.fromisoformat(word.upper())
        zone = now.tzinfo
        return _local(moment, zone) if moment.tzinfo is None else moment.astimezone(zone)
    if word == "eod":
        return calendar().end_of_day(now)
    if word == "eow":
        return calendar().end_of_week(now)
    if word == "eom":
        return calendar().end_of_month(now)
    clock = None if _is_short(word) else _clock(word)
    if clock is not None:
        return _ahead(now.date(), clock, now, timedelta(1))
    word = word.removeprefix("+")
    days = _number(word[:-2], 999) if word.endswith("bd") else None
    return calendar().business_days_later(now, days) if days else _later(word, now)


def _on_a_day(words: list[str], now: datetime, calendar: Callable[[], Calendar]) -> datetime | None:
    """A day, or a day and a time."""
    today = now.date()
    day = _day(words, today)
    if day is not None:
        moment = calendar().morning(day, now.tzinfo)
        if day == today and words != [day.isoformat()] and moment.timestamp() <= now.timestamp():
            # Who says "today" in the afternoon cannot mean the morning.
            evening = calendar().closing(day, now.tzinfo)
            moment = evening or _local(datetime.combine(day, _EVENING), now.tzinfo)
        return moment
    if words == ["next", "week"]:
        return calendar().next_week(now)
    clock = _clock(words[-1]) if len(words) > 1 else None
    day = _day(words[:-1], today)
    if clock is None or day is None:
        return None
    return _local(datetime.combine(day, clock), now.tzinfo)


def _day(words: list[str], today: date) -> date | None:
    """A day by its name, its place in the year or its ISO date. Raises ValueError for 30 February."""
    if len(words) == 1:
        word = words[0]
        if word in ("today", "tomorrow", "tom"):
            return today + timedelta(word != "today")
        weekday = _index(word, _DAYS)
        if weekday is not None:
            return today + timedelta((weekday - today.weekday() - 1) % 7 + 1)
        if len(word) == 10 and word[4] == word[7] == "-":
            return date.fromisoformat(word)
        return _dotted(word, today) if "." in word else None
    if len(words) == 2 and words[0] == "next":
        weekday = _index(words[1], _DAYS)
        return None if weekday is None else today + timedelta(7 - today.weekday() + weekday)
    return _day_of_month(words, today) if len(words) in (2, 3) else None


def _dotted(word: str, today: date) -> date | None:
    """``4.12``, ``4.12.`` and ``4.12.2027``: the day before the month."""
    day, month, *rest = word.split(".")
    if len(rest) > 1 or (_number(month, 12) or 0) < 1:
        return None
    return _day_of_month([day, _MONTHS[int(month) - 1], *filter(None, rest)], today)


def _day_of_month(words: list[str], today: date) -> date | None:
    """``4 dec``, ``dec 4``, either with a year; without one, the next such day, today included."""
    first, second, *rest = words
    if first.isalpha():
        first, second = second, first
    month, day = _index(second, _MONTHS), _number(first, 31)
    if month is None or day is None:
        return None
    if rest:
        year = _number(rest[0], 9999) if len(rest[0]) == 4 else None
        return None if year is None else date(year, month + 1, day)
    this_year, next_year = (_date(today.year + ahead, month + 1, day) for ahead in (0, 1))
    return this_year if this_year and this_year >= today else next_year


def _date(year: int, month: int, day: int) -> date | None:
    """The date, or None in a year that has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(word: str) -> time | None:
    """A time of day: ``15:30``, ``3pm``, ``3:30pm``, ``15h``."""
    half = word[-2:] if word.endswith(("am", "pm")) else ""
    face = word.removesuffix(half)
    hours, colon, minutes = face.partition(":")
    if not half and not colon:
        if not face.endswith("h"):
            return None
        hours = face[:-1]
    hour = _number(hours, 12 if half else 23) if len(hours) <= 2 else None
    minute = (_number(minutes, 59) if len(minutes) == 2 else None) if colon else 0
    if hour is None or minute is None or (half and hour == 0):
        return None
    return time(hour % 12 + (12 if half == "pm" else 0) if half else hour, minute)


def _is_short(word: str) -> bool:
    """``2h``: alone it is a duration, after a day a time."""
    return len(word) == 2 and word[1] == "h"


def _later(word: str, now: datetime) -> datetime | None:
    """A moment counted from now: minutes and hours as they pass, days and weeks by the calendar."""
    minutes = parse_duration(word)
    if minutes is not None:
        return (now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(now.tzinfo)
    count = _number(word[:-1], 9999)
    days = {"d": 1, "w": 7}.get(word[-1:])
    if count is None or days is None:
        return None
    return _local(now.replace(tzinfo=None) + timedelta(count * days), now.tzinfo)


def _ahead(day: date, clock: time, now: datetime, step: timedelta) -> datetime:
    """The time on that day, or ``step`` later when it is past."""
    moment = _local(datetime.combine(day, clock), now.tzinfo)
    if moment.timestamp() > now.timestamp():
        return moment
    return _local(datetime.combine(day + step, clock), now.tzinfo)


def _local(wall: datetime, zone: tzinfo | None) -> datetime:
    """A clock face as a moment of the zone. The way through UTC carries it over a gap."""
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def _index(word: str, names: tuple[str, ...]) -> int | None:
    """Which of the names it is, in full or by its first three letters."""
    return next((index for index, name in enumerate(names) if word in (name, name[:3])), None)


def _number(digits: str, most: int) -> int | None:
    """A plain number from 0 to ``most``, or None. Digits of other scripts are not taken for ours."""
    if not digits.isascii() or not digits.isdigit() or len(digits) > 4 or int(digits) > most:
        return None
    return int(digits)
