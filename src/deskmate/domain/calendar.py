"""Office hours, and what "end of day", "next week" and "three business days" come to.

One built-in calendar, Monday to Friday 9 to 17 in the zone of the moment that is asked about. All questions about
office time are asked here, so that hours of one's own change nothing elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from deskmate.domain import instant, local

OPENS, CLOSES = time(9), time(17)
WORKDAYS = range(5)
"""Monday to Friday, as ``date.weekday`` counts."""
CHASE_AFTER = 3
"""Business days after which somebody who was asked is asked again, where no date is given."""
_FRIDAY, _WEEK = 4, 7


def opening(day: date, zone: tzinfo | None) -> datetime:
    """When the door opens on that day, or on the first day after it that has office hours."""
    while day.weekday() not in WORKDAYS:
        day += timedelta(1)
    return _local(datetime.combine(day, OPENS), zone)


def next_opening(now: datetime) -> datetime:
    """The first opening after this moment, in its zone."""
    found = opening(now.date(), now.tzinfo)
    return found if found.timestamp() > now.timestamp() else opening(now.date() + timedelta(1), now.tzinfo)


def end_of_day(now: datetime) -> datetime:
    """When the door closes next: today, or on the next business day once that is past."""
    day = now.date()
    while True:
        if day.weekday() in WORKDAYS:
            found = _local(datetime.combine(day, CLOSES), now.tzinfo)
            if found.timestamp() > now.timestamp():
                return found
        day += timedelta(1)


def tomorrow(now: datetime) -> datetime:
    """The opening of the next business day after today."""
    return opening(now.date() + timedelta(1), now.tzinfo)


def friday(now: datetime) -> datetime:
    """The opening of the next Friday after today."""
    return opening(now.date() + timedelta((_FRIDAY - now.weekday() - 1) % _WEEK + 1), now.tzinfo)


def next_week(now: datetime) -> datetime:
    """The first opening of next week."""
    return opening(now.date() + timedelta(_WEEK - now.weekday()), now.tzinfo)


def business_days_later(now: datetime, days: int) -> datetime:
    """The opening of the business day so many business days after today. ``days`` is 1 or more."""
    day = now.date()
    for _ in range(days):
        day += timedelta(1)
        while day.weekday() not in WORKDAYS:
            day += timedelta(1)
    return opening(day, now.tzinfo)


def in_an_hour(now: datetime) -> datetime:
    """An hour from now, as it passes."""
    return (now.astimezone(UTC) + timedelta(hours=1)).astimezone(now.tzinfo)


def chase_at(at: str) -> str:
    """When to ask again, as a stored instant, whoever was asked at ``at`` and given no date."""
    now = instant.from_text(at).astimezone(local.Local())
    return instant.to_text(business_days_later(now, CHASE_AFTER))


LATER: dict[str, Callable[[datetime], datetime]] = {
    "hour": in_an_hour,
    "day": end_of_day,
    "tomorrow": tomorrow,
    "friday": friday,
    "week": next_week,
}
"""The dates that have a key of their own, by name."""


def _local(wall: datetime, zone: tzinfo | None) -> datetime:
    """A clock face as a moment of the zone; one that a clock change skips moves forward by the gap."""
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
