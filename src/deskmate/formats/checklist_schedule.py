"""When a checklist is due, as the fields of its text: only what the words do not suggest by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from deskmate.domain import hours, local, plain_rules, saying_schedules
from deskmate.domain.calendar import Calendar
from deskmate.domain.occurrence import Schedule
from deskmate.domain.values import Wrong, WrongValues

LABELS = {
    "when": "Due",
    "at": "At",
    "from": "From",
    "zone": "Zone",
    "lead": "Ahead",
    "grace": "Late after",
    "closed": "Closed days",
    "absence": "After absence",
}
"""The fields of ``SetSchedule`` and how the text calls them."""


def fields(schedule: Schedule, now: datetime | None = None) -> dict[str, str]:
    """The fields that say a schedule. The first day is one of them where something hangs on it."""
    typed = saying_schedules.typed(schedule)
    moment = now or local.now()
    usual: Mapping[str, str] = {}
    try:
        usual = saying_schedules.typed(_read({"when": schedule.said, "from": typed["from"]}, moment))
    except WrongValues:
        pass  # said in words that are not taken any more: then all of it is
    names = [name for name in ("zone", "lead", "grace", "closed", "absence") if typed[name] != usual.get(name)]
    if "INTERVAL=" in schedule.rule or schedule.starts > moment.replace(tzinfo=None):
        names.insert(0, "from")
    return {"when": schedule.said, **{name: typed[name] for name in names if typed[name]}}


def whole(said: Mapping[str, str]) -> dict[str, str]:
    """All fields that a text says by what it holds and by what it leaves out; the first day stays where none is said.

    The time of day stands apart from the words, as ``SetSchedule`` compares them.
    """
    found = {name: said.get(name, "") for name in LABELS if name in said or name != "from"}
    try:
        plain, clock = plain_rules.parse(found["when"], local.now().date())
    except Wrong:
        return found  # whoever carries it out says so
    found["when"] = plain.said
    clock = plain.clock if clock is None else clock
    return found if clock is None else found | {"at": hours.clock(clock)}


def problems(said: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong with fields, by name; nothing when they can be taken."""
    return _heard(tuple(said.items()))[1]


def told(said: Mapping[str, str]) -> str:
    """What fields come to, in words; nothing when they can not be taken."""
    schedule = _heard(tuple(said.items()))[0]
    return f"due {schedule.said}; {saying_schedules.told(schedule)}" if schedule else ""


@lru_cache(maxsize=8)
def _heard(said: tuple[tuple[str, str], ...]) -> tuple[Schedule | None, Mapping[str, str]]:
    try:
        return _read(dict(said), local.now()), {}
    except WrongValues as wrong:
        return None, wrong.problems


def _read(said: Mapping[str, str], now: datetime) -> Schedule:
    return saying_schedules.read(said, (), Calendar(hours.BUILT_IN), now)
