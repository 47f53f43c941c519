"""A time that has passed, as it is typed: when something was really done."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from deskmate.domain import when
from deskmate.domain.focus import ago

EXAMPLES = "16:40, yesterday 9:15 or 40m ago"


def parse(typed: str, now: datetime) -> datetime | None:
    """What is meant, in the zone of ``now``; None for what is not understood, or has not come yet.

    A clock alone is its last time; a weekday the last one, a date without a year the last such date.
    """
    words = typed.lower().split()
    if not words:
        return None
    clock = _clock(words[-1])
    if clock is None:
        minutes = ago(typed)
        return None if minutes is None else now - timedelta(minutes=minutes)
    day = _day(" ".join(words[:-1]), now) if len(words) > 1 else now.date()
    if day is None:
        return None
    found = when.at(day, clock, now)
    if found > now and len(words) == 1:
        found = when.at(day - timedelta(1), clock, now)
    return found if found <= now else None


def _day(words: str, now: datetime) -> date | None:
    today = now.date()
    if words in ("today", "yesterday"):
        return today - timedelta(words == "yesterday")
    found = when.day(words, now)
    if found is None or found <= today:
        return found
    if (found - today).days <= 7:
        return found - timedelta(7)
    try:
        return found.replace(year=found.year - 1)
    except ValueError:  # 29 February
        return None


def _clock(word: str) -> time | None:
    hour, colon, minute = word.partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal() and len(minute) == 2 and len(hour) <= 2):
        return None
    try:
        return time(int(hour), int(minute))
    except ValueError:
        return None
