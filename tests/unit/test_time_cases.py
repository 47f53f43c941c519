"""Cases about time whose answers were found by other means than this code; what they agree on stands in the file.

``DESKMATE_TIME_CASES`` may name another file of the same format. Each case is a test of its own.
"""

import json
import os
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from deskmate.domain import schedule, sla, zones
from deskmate.domain.availability import Override, Snooze, State, availability_at, snooze
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import DayHours, Extra, Holiday, Hours, Leave, Slot, Span, Weekly, parse_days, parse_spans

NAMED = os.environ.get("DESKMATE_TIME_CASES")
FILE = Path(NAMED) if NAMED else Path(__file__).parents[1] / "data" / "time-cases.json"
DATA = json.loads(FILE.read_text(encoding="utf-8"))
MINUTE = timedelta(minutes=1)

Fields = dict[str, Any]


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["id"])
def test_the_answer_is_what_others_found(case: Fields) -> None:
    found = KINDS[case["kind"]](case["input"])
    expected = case["expected"]
    assert expected
    assert {name: plain(found[name]) for name in expected} == {name: plain(each) for name, each in expected.items()}


def plain(value: Any) -> Any:
    """Times however they are written, for comparing."""
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    return round(value, 9) if isinstance(value, float) else value


# --- what the file says, in the words of the code ----------------------------------------------------------


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def maybe(text: str | None) -> datetime | None:
    return None if text is None else moment(text)


def day_or_moment(text: str) -> date:
    return date.fromisoformat(text) if len(text) == 10 else moment(text)


def spans(texts: Iterable[str]) -> tuple[Span, ...]:
    """One by one: that they touch or overlap is for the calendar to see."""
    return tuple(span for text in texts for span in parse_spans(text).spans)


def calendar(named: str | Fields, blocks: Iterable[Fields] = ()) -> Calendar:
    said = DATA["calendars"][named] if isinstance(named, str) else named
    holidays = said.get("holidays", {})
    return Calendar(
        Hours(
            zone=said["tz"],
            weekly=tuple(
                Weekly(weekday, *span)
                for days, texts in said.get("weekly", {}).items()
                for weekday in parse_days(days)
                for span in spans(texts)
            ),
            exceptions=tuple(
                DayHours(date.fromisoformat(each["date"]), spans(each["hours"]), each.get("note", ""))
                for each in said.get("exceptions", ())
            ),
            holidays=tuple(
                Holiday(date.fromisoformat(each), holidays[each] if isinstance(holidays, dict) else "")
                for each in holidays
            ),
            leaves=tuple(
                Leave(day_or_moment(each["from"]), day_or_moment(each["to"]), each.get("note", ""))
                for each in said.get("leave", ())
            ),
            extras=tuple(Extra(moment(each["from"]), moment(each["to"])) for each in said.get("extra", ())),
            slots=tuple(slot for each in (*said.get("blocks", ()), *blocks) for slot in slots(each)),
        )
    )


def slots(block: Fields) -> list[Slot]:
    start, end, state = moment(block["from"]), moment(block["to"]), State(block["state"])
    every, last = block.get("every_days", 0), block.get("last")
    if "rrule" in block:
        starts = islice(schedule.occurrences(schedule.Recurrence(start, block["rrule"])), 1000)
        return [Slot(each, each + (end - start), state) for each in starts]
    return [Slot(start, end, state, block.get("reason", ""), every, last and date.fromisoformat(last))]


def recurrence(said: Fields) -> schedule.Recurrence:
    without = frozenset(map(moment, said.get("exdates_local", ())))
    return schedule.Recurrence(moment(said["dtstart_local"]), said["rrule"], without)


def closed(said: str) -> Callable[[date], bool]:
    """As ``Sat, Sun and holidays of calendar berlin``."""
    words = said.replace(",", " ").split()
    named = next((word for word in words if word in DATA["calendars"]), None)
    holidays = DATA["calendars"][named].get("holidays", {}) if named and "holidays" in words else {}
    weekdays = {weekday for word in words if word[:3] in DAY_NAMES for weekday in parse_days(word[:3])}
    if named and not holidays and not weekdays:
        hours = calendar(named)
        return lambda day: not hours.opens_on(day)
    return lambda day: day.weekday() in weekdays or day.isoformat() in holidays


DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


# --- the kinds ---------------------------------------------------------------------------------------------


def recurring(said: Fields) -> Fields:
    found = schedule.occurrences(recurrence(said))
    local = list(islice(found, said.get("first_n", 1000)))
    if "tz" not in said:
        return {"local": local}
    zone = ZoneInfo(said["tz"])
    return {"local": local, "utc": [zones.localised(each, zone).astimezone(UTC) for each in local]}


def business_minutes(said: Fields) -> Fields:
    passed = calendar(said["calendar"]).business(moment(said["from"]), moment(said["to"]))
    return {"minutes": passed / MINUTE}


def due_at(said: Fields) -> Fields:
    return {"due_at": calendar(said["calendar"]).due(moment(said["start"]), said["target_minutes"] * MINUTE)}


EVENTS = {
    "created": sla.Happened.CREATED,
    "first_response": sla.Happened.ANSWERED,
    "pause": sla.Happened.PAUSED,
    "resume": sla.Happened.RESUMED,
    "priority": sla.Happened.PRIORITY,
    "priority_change": sla.Happened.PRIORITY,
    "priority_changed": sla.Happened.PRIORITY,
    "resolved": sla.Happened.ENDED,
    "reopened": sla.Happened.REOPENED,
}


def sla_clock(said: Fields) -> Fields:
    targets = said.get("targets", {})
    events = []
    for each in said["events"]:
        minutes = next((value for name, value in each.items() if "target" in name), targets.get(each.get("priority")))
        target = None if minutes is None else minutes * MINUTE
        events.append(sla.Event(moment(each["at"]), EVENTS[each["type"]], target))
    named = said.get("calendar")
    hours = None if named in (None, "24x7", "24/7") else calendar(named)
    kind = sla.Kind.RESPONSE if said.get("target", said.get("kind")) == "response" else sla.Kind.RESOLVE
    found = sla.clock(events, said["target_minutes"] * MINUTE, hours, moment(said["now"]), kind)
    return {
        "elapsed_minutes": found.elapsed / MINUTE,
        "remaining_minutes": found.remaining / MINUTE,
        "due_at": found.due,
        "breached": found.state is sla.State.OVERDUE,
        "state": found.state,
    }


def available(said: Fields) -> Fields:
    overrides = [
        Override(moment(each["at"]), State(each["state"]), maybe(each.get("until")), each.get("public_note", ""))
        for each in said.get("overrides", ())
    ]
    hours = calendar(said["calendar"], said.get("blocks", ()))
    found = availability_at(moment(said["at"]), hours, overrides)
    return {name: getattr(found, name) for name in ("state", "reason", "until", "next_open", "public", "flagged")}


def rolled(said: Fields) -> Fields:
    nominals = islice(schedule.occurrences(recurrence(said)), said["first_n_nominal"])
    is_closed = closed(said["closed"])
    days = [schedule.rolled(each.date(), schedule.Roll(said["roll"]), is_closed) for each in nominals]
    return {"dates": [day for day in days if day is not None]}


def after_completion(said: Fields) -> Fields:
    done = date.fromisoformat(said["completed_local_date"])
    return {"next_due_local_date": schedule.after_completion(done, schedule.Interval(**said["interval"]))}


def caught_up(said: Fields) -> Fields:
    ranges = []
    for name, each in said.items():
        if any(word in name for word in ("excus", "leave", "pause")):  # ranges of dates, whatever they are for
            one = isinstance(each, dict) or (len(each) == 2 and isinstance(each[0], str))
            ranges += [tuple(part.values()) if isinstance(part, dict) else part for part in ([each] if one else each)]

    def excused(nominal: datetime) -> bool:
        return any(moment(first).date() <= nominal.date() <= moment(last).date() for first, last, *_ in ranges)

    done = set(map(moment, said.get("done", ())))
    policy = schedule.CatchUp(said["policy"])
    found = schedule.catch_up(recurrence(said), done, moment(said["now_local"]), policy, excused)
    return {
        "open": found.open,
        "missed": found.missed,
        "missed_count": len(found.missed),
        "excused": found.excused,
        "excused_count": len(found.excused),
        "next_nominal": found.next,
    }


PRESETS = {
    "1h": Snooze.HOUR,
    "1_hour": Snooze.HOUR,
    "one_hour": Snooze.HOUR,
    "plus_1h": Snooze.HOUR,
    "in_1_hour": Snooze.HOUR,
    "tomorrow": Snooze.TOMORROW,
    "next_monday": Snooze.MONDAY,
    "monday_opening": Snooze.MONDAY,
}


def snoozed(said: Fields) -> Fields:
    name = said["preset"].strip("+").lower().replace(" ", "_").replace("-", "_")
    hours = calendar(said["calendar"])
    if name == "date":
        return {"wake_at": hours.morning(date.fromisoformat(said["date"]))}
    preset = PRESETS.get(name) or Snooze(name)
    return {"wake_at": snooze(preset, moment(said["at"]), hours, said.get("minutes", 0))}


def compliance(said: Fields) -> Fields:
    counts = (said["on_time"], said["late"], said["missed"])
    return {"compliance": schedule.compliance(*counts, said.get("late_weight", schedule.LATE_WEIGHT))}


KINDS: dict[str, Callable[[Fields], Fields]] = {
    "recurrence": recurring,
    "business_minutes": business_minutes,
    "due_at": due_at,
    "sla_clock": sla_clock,
    "availability": available,
    "roll": rolled,
    "after_completion": after_completion,
    "catch_up": caught_up,
    "snooze": snoozed,
    "compliance": compliance,
}
