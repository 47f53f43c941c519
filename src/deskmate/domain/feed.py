"""What is due in the coming weeks, each time by itself, as calendar programs take it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from deskmate.domain.checklist import Checklist
from deskmate.domain.occurrence import Plan, Stage, history, standing

DAYS = 90
"""How far ahead it goes, today included."""
USUAL = timedelta(minutes=30)
"""How long a check lasts that says nothing about it."""
_STILL = (Stage.UPCOMING, Stage.DUE, Stage.OVERDUE)


@dataclass(frozen=True, slots=True)
class Check:
    """A time at which a checklist is due. ``key`` stays the same wherever it is rolled to."""

    key: str
    start: datetime
    end: datetime
    name: str
    items: int


def checks(checklist: Checklist, plan: Plan, now: datetime) -> Iterator[Check]:
    """What of a checklist is open, and what is due up to the end of the feed."""
    today = now.astimezone(plan.calendar.zone).date()
    found = {each.nominal: each for each in standing(plan, now).open}
    found |= {each.nominal: each for each in history(plan, today, today + timedelta(DAYS), now)}
    minutes = checklist.content.minutes
    length = timedelta(minutes=minutes) if minutes else USUAL
    for nominal, each in sorted(found.items()):
        if each.stage in _STILL:
            key = f"check-{checklist.id}-{nominal:%Y%m%dT%H%M}"
            yield Check(key, each.due, each.due + length, checklist.name, len(checklist.content.items))
