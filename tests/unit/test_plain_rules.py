"""What is typed for when a checklist is due, and the rule it becomes."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.resources import files

import pytest

from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import BUILT_IN
from deskmate.domain.occurrence import Basis, preview
from deskmate.domain.plain_rules import CHOICES, parse
from deskmate.domain.saying_schedules import read, typed
from deskmate.domain.schedule import Roll
from deskmate.domain.values import Wrong, WrongValues

TUESDAY = date(2026, 11, 24)
BERLIN = Calendar(replace(BUILT_IN, zone="Europe/Berlin"))
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=BERLIN.zone)


@pytest.mark.parametrize(
    ("words", "said", "rule"),
    [
        ("every working day", "every working day", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("Weekdays", "every working day", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("mon-fri", "every working day", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("daily", "daily", "FREQ=DAILY"),
        ("every 3 days", "every 3 days", "FREQ=DAILY;INTERVAL=3"),
        ("tuesdays", "Tuesdays", "FREQ=WEEKLY;BYDAY=TU"),
        ("weekly", "Tuesdays", "FREQ=WEEKLY;BYDAY=TU"),
        ("mon, thu", "Mondays and Thursdays", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("every 2 weeks on fri", "every 2 weeks on Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("every other friday", "every 2 weeks on Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("every 2 weeks", "every 2 weeks on Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("last working day", "last working day", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("last day of the month", "last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("15th", "15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("monthly on the 1st and 15th", "1st and 15th", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("first monday of the month", "first Monday", "FREQ=MONTHLY;BYDAY=1MO"),
        ("5th fri", "fifth Friday", "FREQ=MONTHLY;BYDAY=5FR"),
        ("wednesday after patch tuesday", "Wednesday after patch Tuesday",
         "FREQ=MONTHLY;BYDAY=WE;BYMONTHDAY=9,10,11,12,13,14,15"),
        ("monday after patch tuesday", "Monday after patch Tuesday",
         "FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=14,15,16,17,18,19,20"),
        ("quarterly", "quarterly", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
        ("first working day of each quarter", "quarterly",
         "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
        ("quarterly, last friday", "quarterly, last Friday", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1FR"),
        ("half-yearly", "half-yearly", "FREQ=MONTHLY;BYMONTH=1,7;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
        ("every 2 months on the first monday", "every 2 months, first Monday", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO"),
        ("first monday of march", "first Monday of March", "FREQ=MONTHLY;BYMONTH=3;BYDAY=1MO"),
        ("yearly 15 jan", "yearly 15 Jan", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15"),
        ("29 february or 28", "29 February or 28", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        ("29 feb in leap years", "29 February in leap years", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
        ("2 months after done", "2 months after done", "2 months"),
        ("rrule:freq=monthly;byday=2we", "FREQ=MONTHLY;BYDAY=2WE", "FREQ=MONTHLY;BYDAY=2WE"),
        ("FREQ=WEEKLY;INTERVAL=2", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("FREQ=DAILY;COUNT=3", "FREQ=DAILY;UNTIL=20261126T235959", "FREQ=DAILY;UNTIL=20261126T235959"),
    ],
)  # fmt: skip
def test_words_become_a_rule_that_is_said_back(words: str, said: str, rule: str) -> None:
    found, clock = parse(words, TUESDAY)
    assert (found.said, found.rule, clock) == (said, rule, None)
    assert parse(found.said, TUESDAY) == (found, None)
    assert parse(f"{words} at 8:00", TUESDAY) == (found, 480)


def test_every_choice_of_the_form_is_said_back_as_it_is_offered() -> None:
    assert [parse(choice, TUESDAY)[0].said for choice in CHOICES] == list(CHOICES)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("31st", "not every month has a 31st, .* say last day of the month"),
        ("29 february", "leap years only; say “29 february or 28” for every year, or “29 february in leap years”"),
        ("yearly 31 apr", "April has no day 31"),
        ("yearly", "on which day of the year"),
        ("every 0 days", "1 or more"),
        ("whenever", "is not understood"),
        ("", "say when"),
        ("tuesdays at 25:00", "25"),
        ("FREQ=HOURLY", "hourly is too often"),
        ("FREQ=DAILY;INTERVAL=0", "every 0 is never"),
        ("FREQ=DAILY;INTERVAL=99999999999", "999 is the most"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101T000000", "not both"),
        ("FREQ=DAILY;COUNT=100000", "999 is the most"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "no day within 9 years"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", "no day within 9 years"),
        ("FREQ=WEEKLY;BYSETPOS=300;BYDAY=MO", "no day within 9 years"),
        ("FREQ=DAILY;BYHOUR=8,16", "BYHOUR names several times"),
        ("FREQ=DAILY;UNTIL=20270101T000000Z", "leave out its Z"),
        ("FREQ=NEVER", "is no rule"),
        ("FREQ=MONTHLY;BYDAY=XX", "is no rule"),
        ("RRULE:", "is no rule"),
    ],
)
def test_what_can_not_be_is_refused_at_once_with_the_reason(words: str, why: str) -> None:
    with pytest.raises(Wrong, match=why):
        parse(words, TUESDAY)


def test_a_schedule_is_read_by_field_and_typed_back() -> None:
    found = read(
        {"when": "last working day at 8:00", "lead": "2d", "closed": "before", "absence": "all"}, (), BERLIN, NOW
    )
    assert (found.said, found.starts, found.timed) == ("last working day at 08:00", datetime(2026, 11, 24, 8), True)
    assert (found.lead, found.grace, found.roll) == (timedelta(days=2), timedelta(days=3), Roll.PREVIOUS)
    assert found.since == datetime(2026, 11, 24, 10, 30)
    assert read(typed(found), (), BERLIN, NOW) == found
    assert [f"{each.day:%d.%m}" for each in preview(found, (), BERLIN, NOW, 3)] == ["30.11", "31.12", "29.01"]


def test_the_first_schedule_begins_today_and_another_one_when_it_is_said() -> None:
    first = read({"when": "every working day"}, (), BERLIN, NOW)
    assert (first.since, first.roll) == (datetime(2026, 11, 24), Roll.SKIP)
    assert read({"when": "daily"}, (), BERLIN, NOW.replace(hour=18)).since == datetime(2026, 11, 24, 18, 30)
    then = read({"when": "tuesdays"}, (first,), BERLIN, NOW)
    assert (then.since, then.roll, then.grace) == (datetime(2026, 11, 24, 10, 30), Roll.NEXT, timedelta(days=1))
    assert read({"when": "daily", "from": "1 dec"}, (first,), BERLIN, NOW).since == datetime(2026, 12, 1)
    kept = read({"grace": "2h"}, (then,), BERLIN, NOW)
    assert replace(kept, since=then.since) == replace(then, grace=timedelta(hours=2))
    after = read({"when": "10 days after done", "at": "7:30", "zone": "asia/tokyo"}, (), BERLIN, NOW)
    assert (after.basis, after.rule, after.zone) == (Basis.AFTER, "10 days", "Asia/Tokyo")


def test_every_field_that_is_wrong_is_named() -> None:
    said = {"when": "31st", "at": "25", "from": "soon", "zone": "Berln", "lead": "x", "grace": "9999d", "closed": "y"}
    with pytest.raises(WrongValues) as refused:
        read(said | {"absence": "z", "how": "?"}, (), BERLIN, NOW)
    assert list(refused.value.problems) == [*said, "absence", "how"]


def test_every_starter_says_when_it_is_due_in_words_that_are_understood() -> None:
    starters = list(files("deskmate.starters").iterdir())
    due = [re.search(r"\* Due: (.+)", each.read_text("utf-8")) for each in starters if each.name.endswith(".md")]
    assert len([parse(found[1], TUESDAY) for found in due if found]) == 10
