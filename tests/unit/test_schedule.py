"""When something is due again, beside the cases of ``test_time_cases.py``."""

from datetime import date, datetime, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from deskmate.domain.schedule import (
    CatchUp,
    Interval,
    Recurrence,
    Roll,
    Rolled,
    after_completion,
    between,
    catch_up,
    following,
    occurrences,
    rolled,
    runs,
    why_not,
)

START = datetime(2026, 1, 5, 9, 0)  # a Monday
DAILY = Recurrence(START, "FREQ=DAILY")


def days(*numbers: int) -> tuple[datetime, ...]:
    """Nine o'clock on days of January 2026."""
    return tuple(START.replace(day=number) for number in numbers)


def weekend(day: date) -> bool:
    return day.weekday() >= 5


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ""),
        ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", ""),
        ("FREQ=DAILY;COUNT=1", ""),
        ("FREQ=WEEKLY;UNTIL=20270101T000000", ""),
        ("FREQ=HOURLY", "hourly is too often: daily is the most"),
        ("freq=secondly", "secondly is too often: daily is the most"),
        ("FREQ=DAILY;INTERVAL=0", "every 0 is never: the interval is 1 or more"),
        ("FREQ=DAILY;INTERVAL=-1", "every -1 is never: the interval is 1 or more"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101T000000", "it ends after so many times or on a date, not both"),
        ("FREQ=DAILY;UNTIL=20270101", "say until what time of 20270101, such as 20270101T235959"),
        ("FREQ=DAILY;UNTIL=20260101T000000", "it names no day within 9 years"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "it names no day within 9 years"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "it names no day within 9 years"),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "it names no day within 9 years"),
        ("FREQ=DAILY;COUNT=0", "it names no day within 9 years"),
    ],
)
def test_what_is_judged_before_it_is_taken(rule: str, why: str) -> None:
    assert why_not(Recurrence(START, rule)) == why


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "daily",
        "FREQ=DAYLY",
        "FREQ=DAILY;BYDAY=XX",
        "FREQ=DAILY\nFREQ=WEEKLY",
        "FREQ=DAILY;UNTIL=20270101T000000Z",
    ],
)
def test_what_is_no_rule_is_refused_in_words(rule: str) -> None:
    assert "is no rule" in why_not(Recurrence(START, rule))


RULES = st.builds(
    "FREQ={};INTERVAL={}{}".format,
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.integers(1, 5),
    st.sampled_from(["", ";BYDAY=MO,TU,SU", ";BYDAY=SU;WKST=SU", ";BYMONTHDAY=15,-1", ";COUNT=20"]),
)


@settings(max_examples=40)
@given(RULES, st.integers(-10, 1000))
def test_looking_from_later_finds_the_same(rule: str, later: int) -> None:
    recurrence = Recurrence(START + timedelta(2), rule)
    start = START + timedelta(later)
    end = start + timedelta(60)
    whole = []
    for each in occurrences(recurrence):
        if each >= end:
            break
        whole.append(each)
    assert between(recurrence, start, end) == [each for each in whole if each >= start]


def test_the_next_is_after_and_leaves_out_what_is_excluded() -> None:
    skipping = Recurrence(START, "FREQ=DAILY;COUNT=4", frozenset(days(6)))
    assert tuple(occurrences(skipping)) == days(5, 7, 8)
    assert following(skipping, *days(5)) == START + timedelta(2)
    assert following(skipping, *days(8)) is None


def test_the_clamp_of_a_month_is_not_remembered() -> None:
    month = Interval(months=1)
    assert after_completion(after_completion(date(2026, 1, 31), month), month) == date(2026, 3, 28)


@pytest.mark.parametrize(("roll", "day"), [(Roll.NONE, 10), (Roll.NEXT, 12), (Roll.PREVIOUS, 9), (Roll.SKIP, None)])
def test_a_closed_day_is_rolled(roll: Roll, day: int | None) -> None:
    assert rolled(date(2026, 1, 10), roll, weekend) == (day and date(2026, 1, day))
    assert rolled(date(2026, 1, 9), roll, weekend) == date(2026, 1, 9)


def test_rolling_ends_where_no_day_is_open() -> None:
    assert rolled(date(2026, 1, 10), Roll.NEXT, lambda day: True) is None


def test_what_meets_on_a_day_is_one_run_that_keeps_its_nominal_times() -> None:
    assert runs(days(9, 10, 11, 12), Roll.NEXT, weekend) == [
        Rolled(date(2026, 1, 9), days(9)),
        Rolled(date(2026, 1, 12), days(10, 11, 12)),
    ]


@pytest.mark.parametrize(
    ("policy", "open_days", "missed"),
    [
        (CatchUp.ONE, (10,), (6, 9)),
        (CatchUp.ALL, (6, 9, 10), ()),
        (CatchUp.SKIP, (10,), (6, 9)),
    ],
)
def test_after_an_absence(policy: CatchUp, open_days: tuple[int, ...], missed: tuple[int, ...]) -> None:
    on_leave = set(days(7, 8))
    found = catch_up(DAILY, days(5), START.replace(day=10, hour=20), policy, on_leave.__contains__)
    assert (found.open, found.missed, found.excused) == (days(*open_days), days(*missed), days(7, 8))
    assert found.next == START.replace(day=11)


def test_only_todays_is_open_where_the_rest_is_skipped() -> None:
    early = START.replace(day=11, hour=8)  # the newest is yesterday's
    assert catch_up(DAILY, days(5), early, CatchUp.SKIP).open == ()
    assert catch_up(DAILY, days(5), early, CatchUp.ONE).open == days(10)
    assert catch_up(DAILY, days(*range(5, 11)), early, CatchUp.ONE).missed == ()


def test_a_rule_without_end_is_only_looked_at_as_far_as_needed() -> None:
    assert len(list(islice(occurrences(DAILY, datetime(2090, 1, 1)), 3))) == 3


_WEEKDAYS = st.lists(st.sampled_from(("MO", "TU", "WE", "TH", "FR", "SA", "SU")), unique=True, max_size=3)
_NTH = st.sampled_from(("1MO", "-1FR", "2WE", "5TU"))


@st.composite
def _rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 4))}"]
    if weekdays := draw(_WEEKDAYS):
        nth = frequency in ("MONTHLY", "YEARLY") and draw(st.booleans())
        parts.append("BYDAY=" + (draw(_NTH) if nth else ",".join(weekdays)))
        if frequency == "MONTHLY" and not nth and draw(st.booleans()):
            parts.append(f"BYSETPOS={draw(st.sampled_from((1, -1, 2)))}")
    if draw(st.booleans()):
        parts.append(f"BYMONTH={draw(st.sampled_from(('2', '1,4,7,10', '12')))}")
    if frequency != "WEEKLY" and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(st.sampled_from(('1', '15', '29', '31', '-1', '9,10,11,12,13,14,15')))}")
    elif frequency == "YEARLY" and draw(st.booleans()):
        parts.append(f"BYWEEKNO={draw(st.sampled_from(('1', '20', '53')))}")
    return ";".join(parts)


@settings(max_examples=60, deadline=None)
@given(_rules(), st.dates(date(2020, 1, 1), date(2021, 12, 31)), st.dates(date(2019, 1, 1), date(2031, 12, 31)))
def test_expanding_from_the_middle_names_what_expanding_from_the_start_does(
    rule: str, first: date, day: date
) -> None:
    start = datetime.combine(first, START.time())
    low = datetime.combine(day, START.time())
    high = low + timedelta(days=500)
    assume(not why_not(Recurrence(start, rule)))
    whole = rrulestr(rule, dtstart=start)
    assert between(Recurrence(start, rule), low, high) == [
        each for each in whole.between(low, high, inc=True) if each < high
    ]
