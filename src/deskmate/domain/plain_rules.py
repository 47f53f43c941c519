"""Plain words for when a checklist is due, each of which becomes a rule that does what it says.

    every working day · daily · every 3 days
    tuesdays · mon, thu · mon-fri · every 2 weeks on fri
    last working day · first working day · last day of the month · 15th · 1st and 15th · first monday · last friday
    wednesday after patch tuesday
    monthly · quarterly · half-yearly, each on the first working day, or: quarterly, last friday
    every 2 months, first monday · first monday of march and september
    yearly 15 jan · 29 february or 28 · 29 february in leap years
    2 months after done · 10 days after done
    FREQ=MONTHLY;BYDAY=1MO

Words that would skip months without saying so, as the 31st does, are refused with what to say in their place. What is
understood is said back in words that mean the same again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from deskmate.domain import hours, schedule
from deskmate.domain.occurrence import Basis
from deskmate.domain.schedule import Recurrence, Roll
from deskmate.domain.values import Wrong, one_line

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WORKDAYS = "BYDAY=MO,TU,WE,TH,FR"
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_SHORT = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}
_SAFE_DAYS = 28
"""Every month has so many."""
_MOST = 999
"""So many times, or so many days, weeks, months or years apart, a rule may be."""
_LEAP = "29 February in leap years"
_NOT_LEAP = "29 February or 28"
_UNITS = ("day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a rule is kept where nothing else is said."""

    lead: timedelta
    grace: timedelta
    roll: Roll


_DAILY = Manner(timedelta(hours=4), timedelta(hours=8), Roll.NONE)
_WORKING = replace(_DAILY, roll=Roll.SKIP)
_WEEKLY = Manner(timedelta(days=1), timedelta(days=1), Roll.NEXT)
_MONTHLY = Manner(timedelta(days=5), timedelta(days=3), Roll.NEXT)
_LAST = replace(_MONTHLY, roll=Roll.PREVIOUS)
_RARE = Manner(timedelta(days=14), timedelta(days=14), Roll.NEXT)
_FREE = {"DAILY": _DAILY, "WEEKLY": _WEEKLY, "MONTHLY": _MONTHLY, "YEARLY": _RARE}
_AFTER = {"day": _DAILY, "week": _WEEKLY, "month": _MONTHLY, "year": _RARE}


@dataclass(frozen=True, slots=True)
class Plain:
    """A rule, and the words that say it. ``clock`` is a time of day that the rule itself names, in minutes."""

    said: str
    rule: str
    manner: Manner
    basis: Basis = Basis.ANCHORED
    clock: int | None = None


CHOICES = (
    "every working day",
    "daily",
    "Tuesdays",
    "every 2 weeks on Friday",
    "first Monday",
    "15th",
    "last working day",
    "last day of the month",
    "Wednesday after patch Tuesday",
    "quarterly",
    "half-yearly",
    "yearly 15 Jan",
    _NOT_LEAP,
    "2 months after done",
)
"""What a form offers, each as it may be typed."""


def parse(typed: str, start: date) -> tuple[Plain, int | None]:
    """The rule that words name, and the time of day after ``at``, in minutes. Raises Wrong, saying why.

    ``start`` is the day from which on it counts: "every 2 weeks" is on its weekday.
    """
    text = one_line(typed)
    clock: int | None = None
    if found := re.fullmatch(r"(.*?),? ?\bat ([\d:.]+ ?(?:am|pm|h)?)", text, re.IGNORECASE):
        text, clock = found[1].strip(), time_of_day(found[2])
    if re.match(r"(rrule:|freq=)", text, re.IGNORECASE):
        return _free(text, start), clock
    words = _plain_words(text)
    if not words:
        raise Wrong("say when it is due, such as every working day, tuesdays or last working day")
    for reads in _FORMS:
        plain = reads(words, start)
        if plain is not None:
            return plain, clock
    raise Wrong(f"“{text}” is not understood; say it such as tuesdays, first monday, 15th or 2 months after done")


def time_of_day(typed: str) -> int | None:
    """A time of day in minutes; None for nothing, which is the opening of the day. Raises Wrong."""
    text = one_line(typed).replace(" ", "").replace(".", ":").removesuffix("h").casefold()
    if text in ("", "opening"):
        return None
    minute = hours.minute(text, typed.strip())
    if minute >= hours.DAY:
        raise Wrong("24:00 is 0:00 of the next day")
    return minute


def _plain_words(text: str) -> str:
    words = re.sub(r"[,;&\s]+", " ", text.casefold().replace("–", "-").replace("(", " ").replace(")", " "))
    words = re.sub(r" of (the|every|each) month\b| in the month\b", " of the month", words)
    words = words.strip().removesuffix(".")
    if found := re.fullmatch(r"(.+) of (?:every|each|the) (quarter|half[- ]year)", words):
        words = f"{'quarterly' if found[2] == 'quarter' else 'half-yearly'} {found[1]}"
    return words


# --- by days and weeks -------------------------------------------------------------------------------------


def _working_days(words: str, _start: date) -> Plain | None:
    if re.fullmatch(r"(every |each |on )?(working ?days?|week ?days?|work ?days?|business days?)", words) is None:
        return None
    return Plain("every working day", f"FREQ=WEEKLY;{_WORKDAYS}", _WORKING)


def _daily(words: str, _start: date) -> Plain | None:
    if words in ("daily", "every day", "each day"):
        return Plain("daily", "FREQ=DAILY", _DAILY)
    found = re.fullmatch(r"every (\d+|other|second) days?", words)
    if found is None:
        return None
    count = _count(found[1])
    return Plain(
        *(("daily", "FREQ=DAILY") if count == 1 else (f"every {count} days", f"FREQ=DAILY;INTERVAL={count}")), _DAILY
    )


def _weekly(words: str, start: date) -> Plain | None:
    found = re.fullmatch(
        r"(?:every |each )?(?:weekly|week|(\d+|other|second) weeks?|fortnight(?:ly)?|(\d+) weeks)(?: on)?(?: (.+))?",
        words,
    )
    if found is not None:
        count = 2 if words.removeprefix("every ").startswith("fortnight") else _count(found[1] or found[2] or "1")
        days = _weekdays(found[3]) if found[3] else (start.weekday(),)
    elif other := re.fullmatch(r"every (other|second) (.+)", words):
        count, days = 2, _weekdays(other[2])
    else:
        count, days = 1, _weekdays(re.sub(r"^(on|every|each) ", "", words))
    if not days:
        return None
    rule = f"FREQ=WEEKLY{f';INTERVAL={count}' if count > 1 else ''};BYDAY={','.join(_CODES[each] for each in days)}"
    if count == 1 and days == (0, 1, 2, 3, 4):
        return Plain("every working day", rule, _WORKING)
    if count == 1:
        return Plain(_listed([f"{_NAMES[each]}s" for each in days]), rule, _WEEKLY)
    return Plain(f"every {count} weeks on {_listed([_NAMES[each] for each in days])}", rule, _WEEKLY)


def _weekdays(words: str) -> tuple[int, ...]:
    """Weekdays in their order; none at all where a word is no weekday."""
    found: set[int] = set()
    for word in words.replace(" and ", " ").split():
        ends = [_weekday(side) for side in word.split("-")]
        if None in ends or len(ends) > 2:
            return ()
        first, last = ends[0] or 0, ends[-1] or 0
        found.update((first + ahead) % 7 for ahead in range((last - first) % 7 + 1))
    return tuple(sorted(found))


def _weekday(word: str) -> int | None:
    for index, name in enumerate(_NAMES):
        full = name.casefold()
        if word in (full, f"{full}s", full[:2], full[:3], f"{full[:3]}s") or (
            len(word) == 4 and full.startswith(word)
        ):
            return index
    return None


# --- by months ---------------------------------------------------------------------------------------------


def _patch(words: str, _start: date) -> Plain | None:
    found = re.fullmatch(r"(?:the )?(?:(\w+) (?:after|following) )?patch (?:tuesday|day)", words)
    if found is None:
        return None
    weekday = 1 if found[1] is None else 2 if found[1] == "day" else _weekday(found[1])
    if weekday is None:
        return None
    first = 8 if found[1] is None else 8 + ((weekday - 2) % 7 + 1)
    days = ",".join(map(str, range(first, first + 7)))
    said = f"{_NAMES[weekday]} after patch Tuesday" if found[1] else "patch Tuesday"
    return Plain(said, f"FREQ=MONTHLY;BYDAY={_CODES[weekday]};BYMONTHDAY={days}", _MONTHLY)


_PERIODS = {
    "monthly": ("monthly", 0),
    "every month": ("monthly", 0),
    "quarterly": ("quarterly", 3),
    "every quarter": ("quarterly", 3),
    "half-yearly": ("half-yearly", 6),
    "half yearly": ("half-yearly", 6),
    "every half year": ("half-yearly", 6),
    "twice a year": ("half-yearly", 6),
}


def _period(words: str, _start: date) -> Plain | None:
    for begins, (said, months) in _PERIODS.items():
        if words != begins and not words.startswith(f"{begins} "):
            continue
        rest = words[len(begins) :].strip().removeprefix("on ").removeprefix("the ").strip()
        inner = _month_day(rest or "first working day")
        if inner is None:
            return None
        if not months:
            return inner if rest else replace(inner, said="first working day")
        last = inner.said.startswith("last ")
        which = [month for month in range(1, 13) if month % months == (0 if last else 1)]
        rule = inner.rule.replace("FREQ=MONTHLY", f"FREQ=MONTHLY;BYMONTH={','.join(map(str, which))}")
        inner_said = "" if inner.said == "first working day" else f", {inner.said}"
        return Plain(f"{said}{inner_said}", rule, replace(_RARE, roll=inner.manner.roll))
    return None


def _every_months(words: str, _start: date) -> Plain | None:
    found = re.fullmatch(r"every (\d+|other|second) months?(?: (.*))?", words)
    if found is None:
        return None
    count = _count(found[1])
    rest = (found[2] or "").removeprefix("on ").removeprefix("the ")
    inner = _month_day(rest or "first working day")
    if inner is None:
        return None
    if count == 1:
        return inner
    rule = inner.rule.replace("FREQ=MONTHLY", f"FREQ=MONTHLY;INTERVAL={count}")
    return Plain(f"every {count} months, {inner.said}", rule, inner.manner)


def _of_months(words: str, _start: date) -> Plain | None:
    found = re.fullmatch(r"(.+?) (?:of|in) (.+)", words)
    if found is None or found[2] == "the month":
        return None
    months = _months(found[2])
    inner = _month_day(found[1].removeprefix("the ")) if months else None
    if inner is None:
        return None
    rule = inner.rule.replace("FREQ=MONTHLY", f"FREQ=MONTHLY;BYMONTH={','.join(map(str, months))}")
    manner = replace(_RARE, roll=inner.manner.roll)
    return Plain(
        f"{inner.said.removesuffix(' of the month')} of {_listed([_MONTHS[each - 1] for each in months])}",
        rule,
        manner,
    )


def _monthly(words: str, _start: date) -> Plain | None:
    return _month_day(re.sub(r"^(on |every )?(the )?", "", words))


def _month_day(words: str) -> Plain | None:
    """A day of every month. Raises Wrong for one that some months do not have."""
    words = words.removesuffix(" of the month")
    if words in ("last day", "end", "month end", "end of month"):
        return Plain("last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1", _LAST)
    days = [re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?\.?", word) for word in words.replace(" and ", " ").split()]
    if days and all(days):
        numbers = sorted({int(each[1]) for each in days if each})
        if not 1 <= numbers[0] <= numbers[-1] <= 31:
            raise Wrong(f"no month has a day {numbers[-1] if numbers[-1] > 31 else 0}")
        if numbers[-1] > _SAFE_DAYS:
            raise Wrong(
                f"not every month has a {_nth(numbers[-1])}, and it would be left out; say last day of the month"
            )
        return Plain(
            _listed([_nth(each) for each in numbers]),
            f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, numbers))}",
            _MONTHLY,
        )
    first, _, what = words.partition(" ")
    place = _PLACES.get(first) or _SHORT.get(first)
    if place is None:
        return None
    name = next(name for name, number in _PLACES.items() if number == place)
    manner = _LAST if place == -1 else _MONTHLY
    if what in ("working day", "workday", "weekday", "business day"):
        return Plain(f"{name} working day", f"FREQ=MONTHLY;{_WORKDAYS};BYSETPOS={place}", manner)
    weekday = _weekday(what)
    return (
        None
        if weekday is None
        else Plain(f"{name} {_NAMES[weekday]}", f"FREQ=MONTHLY;BYDAY={place}{_CODES[weekday]}", manner)
    )


# --- by years, after it was done, and free -----------------------------------------------------------------


def _yearly(words: str, _start: date) -> Plain | None:
    text = re.sub(r"^(yearly|annually|every year|once a year)( on)?( the)? ?", "", words)
    if not text:
        raise Wrong("say on which day of the year, such as yearly 15 jan")
    leap = {_LEAP.casefold(): "29", _NOT_LEAP.casefold(): "-1"}
    leap |= {key.replace("february", "feb"): value for key, value in leap.items()}
    if text in leap:
        said = _LEAP if leap[text] == "29" else _NOT_LEAP
        return Plain(said, f"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY={leap[text]}", _RARE)
    found = re.fullmatch(
        r"(?:(\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?([a-z]+)|([a-z]+) (\d{1,2})(?:st|nd|rd|th)?)", text
    )
    months = _months(found[2] or found[3]) if found else ()
    if found is None or not months:
        return None
    day, month = int(found[1] or found[4]), months[0]
    if (month, day) == (2, 29):
        raise Wrong(
            f"29 February is in leap years only; say “{_NOT_LEAP.lower()}” for every year, or “{_LEAP.lower()}”"
        )
    try:
        date(2027, month, day)
    except ValueError:
        raise Wrong(f"{_MONTHS[month - 1]} has no day {day}") from None
    return Plain(f"yearly {day} {_MONTHS[month - 1][:3]}", f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}", _RARE)


def _after(words: str, _start: date) -> Plain | None:
    found = re.fullmatch(
        r"(?:every )?(\d+|a|an|one) (day|week|month|year)s? after (?:it was |being )?(?:done|completion|the last)",
        words,
    )
    if found is None:
        return None
    count, unit = _count("1" if found[1].isalpha() else found[1]), found[2]
    span = f"{count} {unit}{'s' if count > 1 else ''}"
    return Plain(f"{span} after done", span, _AFTER[unit], Basis.AFTER)


_FORMS: tuple[Callable[[str, date], Plain | None], ...] = (
    *(_working_days, _daily, _after, _patch, _period, _every_months, _weekly, _monthly, _yearly, _of_months),
)


def _free(text: str, start: date) -> Plain:
    """A rule for experts, made such that nothing of it hangs on the day it starts. Raises Wrong."""
    rule = re.sub(r"^rrule:", "", text.strip(), flags=re.IGNORECASE).upper().replace(" ", "").rstrip(";")
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    clock = _clock_of(parts)
    if re.fullmatch(r"\d{8}", parts.get("UNTIL", "")):
        parts["UNTIL"] += "T235959"
    if parts.get("UNTIL", "").endswith("Z"):
        raise Wrong("UNTIL is a time on the wall here: leave out its Z")
    for name in ("INTERVAL", "COUNT"):
        if (value := parts.get(name, "1")).isdecimal() and int(value) > _MOST:
            raise Wrong(f"{name}={value} is too much: {_MOST} is the most")
    begins = datetime.combine(start, datetime.min.time())
    said = ";".join(f"{name}={value}" if value else name for name, value in parts.items())
    why = schedule.why_not(Recurrence(begins, said))
    if why:
        raise Wrong(why)
    parts = schedule.explicit(parts, begins)
    if parts["FREQ"] == "MONTHLY" and "BYMONTHDAY" not in said and start.day > _SAFE_DAYS and "BYMONTHDAY" in parts:
        raise Wrong(f"not every month has a {_nth(start.day)}; say BYMONTHDAY=-1 for the last day")
    if "COUNT" in parts:
        *_, last = islice(schedule.occurrences(Recurrence(begins, said)), int(parts["COUNT"]))
        del parts["COUNT"]
        parts["UNTIL"] = f"{last:%Y%m%dT235959}"
    made = ";".join(f"{name}={value}" for name, value in parts.items())
    return Plain(made, made, _FREE[parts["FREQ"]], clock=clock)


def _clock_of(parts: dict[str, str]) -> int | None:
    """Take the time of day out of a rule. Raises Wrong for several: a day has one run."""
    several = [name for name in ("BYHOUR", "BYMINUTE", "BYSECOND") if "," in parts.get(name, "")]
    if several:
        raise Wrong(f"{several[0]} names several times of a day, but a day has one run; make a second checklist")
    hour, minute, _second = (parts.pop(name, "") for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    if not hour:
        return None
    return time_of_day(f"{hour}:{minute.zfill(2)}")


# --- words -------------------------------------------------------------------------------------------------


def _count(word: str) -> int:
    """How many. Raises Wrong for none, and for too many."""
    count = 2 if word in ("other", "second") else int(word[:9])
    if count < 1:
        raise Wrong(f"every {word} is never: say 1 or more")
    if count > _MOST:
        raise Wrong(f"every {word} is too rare: {_MOST} is the most")
    return count


def _months(words: str) -> tuple[int, ...]:
    """Months in their order; none at all where a word is no month."""
    names = words.replace(" and ", " ").split()
    found = {
        number
        for word in names
        for number, name in enumerate(_MONTHS, 1)
        if word in (name.casefold(), name[:3].casefold(), name[:4].casefold())
    }
    return tuple(sorted(found)) if len(found) == len(names) else ()


def _nth(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
