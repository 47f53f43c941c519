"""Office time beside a walk through every minute, around the changes of the clock."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskmate.domain import local, sla, zones
from deskmate.domain.availability import availability_at
from deskmate.domain.calendar import Calendar, Reason
from deskmate.domain.hours import BUILT_IN, DayHours, Extra, Holiday, Hours, Leave, Slot, Weekly, midnight

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour
    "Africa/Casablanca",  # the other way round, at the ends of Ramadan
    "Africa/Cairo",  # at midnight
    "America/Santiago",  # at midnight, in the south
    "Antarctica/Troll",  # two hours
    "Asia/Kathmandu",  # never, and 5:45 ahead
)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
AROUND = 3
"""Days before and after a change of the clock in which a calendar is tried."""


@cache
def changes(zone: str) -> list[date]:
    """The days in 2026 on which the offset changes; some day where it never does."""
    noons = [datetime(2026, 1, 2, 12, tzinfo=ZoneInfo(zone)) + n * DAY for n in range(363)]
    return [noon.date() for noon in noons if noon.utcoffset() != (noon - DAY).utcoffset()] or [date(2026, 6, 10)]


def walked(hours: Hours, first: datetime, minutes: int) -> list[bool]:
    """For each minute from ``first`` on whether the door is open, from the rules and nothing else."""
    zone = ZoneInfo(hours.zone)
    walls = [(first + n * MINUTE).astimezone(zone).replace(tzinfo=None) for n in range(minutes)]
    opened = [False] * minutes

    def hull(start: datetime, end: datetime) -> range:
        low, high = (
            (wall - walls[0]) // MINUTE + more for wall, more in ((start, -180), (end, 180))
        )  # no clock moves more
        inside = [n for n in range(max(low, 0), min(high, minutes)) if start <= walls[n] < end]
        return range(inside[0], inside[-1] + 1) if inside else range(0)

    exceptions = {each.day: each.hours for each in hours.exceptions}
    off = {each.day for each in hours.holidays} | {
        day for day in days_of(walls) for each in hours.leaves if each.whole and each.start <= day <= each.end
    }
    for day in days_of(walls):
        spans = exceptions.get(day, () if day in off else hours.on(day.weekday()))
        after = day + DAY
        for start, end in spans:
            wall_end = midnight(day) + end * MINUTE if end > start else midnight(after) + end * MINUTE
            whole = hull(midnight(day) + start * MINUTE, wall_end)
            cut = hull(midnight(after), midnight(after + DAY)) if after in off or after in exceptions else ()
            for n in whole:
                opened[n] = opened[n] or n not in cut
    for leave in hours.leaves:
        if not leave.whole:
            for n in hull(midnight(leave.start), midnight(leave.end)):
                opened[n] = False
    for extra in hours.extras:
        for n in hull(extra.start, extra.end):
            opened[n] = True
    return opened


def days_of(walls: list[datetime]) -> list[date]:
    days = (walls[-1].date() - walls[0].date()).days
    return [walls[0].date() + n * DAY for n in range(days + 1)]


# --- calendars at random -----------------------------------------------------------------------------------

MINUTES = st.one_of(st.sampled_from([0, 30, 60, 90, 120, 135, 165, 180, 1380, 1410]), st.integers(0, 1439))
SPANS = st.tuples(MINUTES, MINUTES.map(lambda minute: minute + 1))


@st.composite
def calendars(pick: Callable[..., Any]) -> tuple[Hours, date]:
    """Hours of some zone, and the day of a change of its clock."""
    zone: str = pick(st.sampled_from(ZONES))
    change: date = pick(st.sampled_from(changes(zone)))
    days = st.integers(-AROUND, AROUND).map(lambda n: change + n * DAY)
    walls = st.tuples(days, MINUTES).map(lambda each: midnight(each[0]) + each[1] * MINUTE)
    lengths = st.integers(1, 2 * 1440).map(lambda n: n * MINUTE)
    weekly = st.builds(lambda day, span: Weekly(day, *span), st.integers(0, 6), SPANS)
    return Hours(
        zone=zone,
        weekly=tuple(pick(st.lists(weekly, min_size=3, max_size=12))),
        exceptions=tuple(
            DayHours(*each)
            for each in pick(
                st.lists(st.tuples(days, st.lists(SPANS, max_size=2).map(tuple)), max_size=2, unique_by=first)
            )
        ),
        holidays=tuple(map(Holiday, pick(st.lists(days, max_size=2)))),
        leaves=tuple(
            pick(st.lists(st.builds(lambda day, n: Leave(day, day + n * DAY), days, st.integers(0, 2)), max_size=1))
        )
        + tuple(pick(st.lists(st.builds(lambda at, n: Leave(at, at + n), walls, lengths), max_size=2))),
        extras=tuple(pick(st.lists(st.builds(lambda at, n: Extra(at, at + n), walls, lengths), max_size=2))),
    ), change


def first(pair: tuple[date, object]) -> date:
    return pair[0]


def is_what_the_walk_finds(drawn: tuple[Hours, date]) -> None:
    hours, change = drawn
    begin = datetime.combine(change - AROUND * DAY, time(), UTC)
    margin = 2 * 1440
    minutes = (2 * AROUND + 1) * 1440
    opened = walked(hours, begin - margin * MINUTE, minutes + 2 * margin)[margin:-margin]
    calendar = Calendar(hours)
    passed = timedelta()
    found = [False] * minutes
    for start, end in calendar.intervals(begin, begin + minutes * MINUTE):
        passed += end - start
        for n in range((start - begin) // MINUTE, (end - begin) // MINUTE):
            found[n] = True
    assert found == opened
    assert calendar.business(begin, begin + minutes * MINUTE) == passed == sum(opened) * MINUTE
    for n in range(0, minutes, 137):
        assert calendar.is_open(begin + n * MINUTE) == opened[n]


@settings(max_examples=40)
@given(calendars())
def test_office_time_is_what_a_walk_through_the_minutes_finds(drawn: tuple[Hours, date]) -> None:
    is_what_the_walk_finds(drawn)


@pytest.mark.prove
@settings(max_examples=1000)
@given(calendars())
def test_office_time_is_what_a_walk_finds_at_length(drawn: tuple[Hours, date]) -> None:
    is_what_the_walk_finds(drawn)


@pytest.mark.parametrize(
    ("zone", "start", "end", "extent"),
    [
        ("Europe/Berlin", "2026-10-25T02:15", "2026-10-25T02:45", ("00:15", "01:45")),
        ("Europe/Berlin", "2026-10-25T01:00", "2026-10-25T02:00", ("23:00", "00:00")),
        ("Europe/Berlin", "2026-03-29T02:15", "2026-03-29T02:45", None),
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T03:30", ("01:00", "01:30")),
        ("Europe/Berlin", "2026-03-29T01:30", "2026-03-29T02:30", ("00:30", "01:00")),
        ("Pacific/Apia", "2011-12-30T09:00", "2011-12-30T17:00", None),
        ("Pacific/Apia", "2011-12-29T22:00", "2011-12-31T02:00", ("08:00", "12:00")),
    ],
)
def test_a_time_lasts_from_the_first_to_the_last_instant_that_reads_inside(
    zone: str, start: str, end: str, extent: tuple[str, str] | None
) -> None:
    found = zones.hull(datetime.fromisoformat(start), datetime.fromisoformat(end), ZoneInfo(zone))
    assert (found and tuple(f"{zones.moment(each):%H:%M}" for each in found)) == extent


# --- what holds for all calendars --------------------------------------------------------------------------

OFFSETS = st.integers(-AROUND * 1440, AROUND * 1440)
TARGETS = st.integers(1, 10_000)


@settings(max_examples=30)
@given(calendars(), st.lists(OFFSETS, min_size=3, max_size=3).map(sorted))
def test_lengths_add_up_and_only_grow(drawn: tuple[Hours, date], offsets: list[int]) -> None:
    calendar = Calendar(drawn[0])
    noon = datetime.combine(drawn[1], time(12), UTC)
    one, two, three = (noon + n * MINUTE for n in offsets)
    assert calendar.business(one, two) + calendar.business(two, three) == calendar.business(one, three)
    assert timedelta() <= calendar.business(one, two) <= calendar.business(one, three) <= three - one
    assert calendar.business(three, one) == timedelta()


@settings(max_examples=30)
@given(calendars(), OFFSETS, TARGETS, TARGETS)
def test_due_is_the_first_moment_at_which_the_target_is_used(
    drawn: tuple[Hours, date], offset: int, minutes: int, more: int
) -> None:
    calendar = Calendar(drawn[0])
    start = datetime.combine(drawn[1], time(12), UTC) + offset * MINUTE
    due = calendar.due(start, minutes * MINUTE)
    if due is None:  # too few hours, or none
        assert calendar.business(start, start + 3650 * DAY) < minutes * MINUTE
        return
    assert calendar.business(start, due) == minutes * MINUTE
    assert calendar.business(start, due - timedelta(microseconds=1)) < minutes * MINUTE
    later = calendar.due(start, (minutes + more) * MINUTE)
    assert later is None or later > due


@settings(max_examples=30)
@given(calendars(), OFFSETS, TARGETS, st.sampled_from(ZONES))
def test_the_zone_of_the_question_changes_nothing(
    drawn: tuple[Hours, date], offset: int, minutes: int, zone: str
) -> None:
    calendar, there = Calendar(drawn[0]), ZoneInfo(zone)
    start = datetime.combine(drawn[1], time(12), UTC) + offset * MINUTE
    for ask in (
        lambda at: calendar.due(at, minutes * MINUTE),
        calendar.next_opening,
        calendar.end_of_day,
        calendar.tomorrow,
        calendar.friday,
        lambda at: calendar.business(at, at.astimezone(UTC) + minutes * MINUTE),
        lambda at: availability_at(at, calendar).until,
    ):
        assert same(ask(start), ask(start.astimezone(there)))


def same(one: object, other: object) -> bool:
    """Whether two answers are the same; moments of a doubled hour are never equal to those of another zone."""
    return utc(one) == utc(other)


def utc(answer: object) -> object:
    return answer.astimezone(UTC) if isinstance(answer, datetime) else answer


@settings(max_examples=30)
@given(calendars(), st.lists(OFFSETS, min_size=4, max_size=4).map(sorted), TARGETS)
def test_a_pause_moves_the_due_time_by_the_office_time_in_it(
    drawn: tuple[Hours, date], offsets: list[int], minutes: int
) -> None:
    calendar, target = Calendar(drawn[0]), minutes * MINUTE
    noon = datetime.combine(drawn[1], time(12), UTC)
    created, paused, resumed, now = (noon + n * MINUTE for n in offsets)
    begun = [sla.Event(created, sla.Happened.CREATED)]
    rest = [sla.Event(paused, sla.Happened.PAUSED), sla.Event(resumed, sla.Happened.RESUMED)]
    straight = sla.clock(begun, target, calendar, now)
    halted = sla.clock(begun + rest, target, calendar, now)
    pause = calendar.business(paused, resumed)
    assert halted.elapsed == straight.elapsed - pause
    if straight.due is None or halted.due is None:
        return
    if straight.due <= paused:
        assert halted.due == straight.due
    else:
        assert calendar.business(straight.due, halted.due) == pause


@settings(max_examples=20)
@given(calendars(), OFFSETS, TARGETS)
def test_only_hours_move_a_due_time_and_the_right_way(drawn: tuple[Hours, date], offset: int, minutes: int) -> None:
    hours, change = drawn
    start = datetime.combine(change, time(12), UTC) + offset * MINUTE

    def due(**more: tuple[object, ...]) -> datetime:
        return Calendar(replace(hours, **more)).due(start, minutes * MINUTE) or datetime.max.replace(tzinfo=UTC)

    noon, later = midnight(change) + DAY / 2, midnight(change) + DAY
    assert due(slots=(Slot(midnight(change), later, every=7),)) == due()
    assert due(extras=(*hours.extras, Extra(noon, later))) <= due()
    assert due(leaves=(*hours.leaves, Leave(noon, later))) >= due()


# --- the hours that are built in ---------------------------------------------------------------------------


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=local.Local())


@pytest.mark.parametrize(
    ("which", "now", "then"),
    [
        ("hour", "2026-11-20 16:30", "Fri 20 17:30"),
        ("day", "2026-11-20 16:30", "Fri 20 17:00"),
        ("day", "2026-11-20 17:00", "Mon 23 17:00"),
        ("tomorrow", "2026-11-19 20:00", "Fri 20 09:00"),
        ("tomorrow", "2026-11-20 08:00", "Mon 23 09:00"),
        ("friday", "2026-11-19 10:00", "Fri 20 09:00"),
        ("friday", "2026-11-20 08:00", "Fri 27 09:00"),
        ("week", "2026-11-20 10:00", "Mon 23 09:00"),
        ("week", "2026-11-23 08:00", "Mon 30 09:00"),
        ("end of week", "2026-11-20 10:00", "Fri 20 17:00"),
        ("end of week", "2026-11-20 17:00", "Fri 27 17:00"),
        ("end of month", "2026-11-20 10:00", "Mon 30 17:00"),
        ("end of month", "2026-11-30 17:00", "Thu 31 17:00"),
    ],
)
def test_dates_that_have_a_key(which: str, now: str, then: str) -> None:
    ends = {"end of week": Calendar().end_of_week, "end of month": Calendar().end_of_month}
    found = ends[which](berlin(now)) if which in ends else Calendar().later(which, berlin(now))
    assert f"{found:%a %d %H:%M}" == then


def test_days_without_office_hours_are_no_business_days() -> None:
    christmas = replace(
        BUILT_IN,
        holidays=(Holiday(date(2026, 12, 25), "Christmas Day"),),
        exceptions=(DayHours(date(2026, 12, 24)), DayHours(date(2026, 12, 31), ((540, 660),))),
        leaves=(Leave(date(2026, 12, 29), date(2026, 12, 30)),),
        extras=(Extra(datetime(2026, 12, 27, 10), datetime(2026, 12, 27, 12)),),
    )
    calendar, now = Calendar(christmas), berlin("2026-12-23 10:00")
    assert [f"{calendar.business_days_later(now, n):%a %d %H:%M}" for n in (1, 2, 3, 4)] == [
        "Sun 27 10:00",
        "Mon 28 09:00",
        "Thu 31 09:00",
        "Fri 01 09:00",
    ]
    assert f"{calendar.end_of_day(berlin('2026-12-30 10:00')):%a %d %H:%M}" == "Thu 31 11:00"
    assert f"{calendar.end_of_week(now):%a %d %H:%M}" == "Sun 27 12:00"
    assert f"{calendar.end_of_month(now):%a %d %H:%M}" == "Thu 31 11:00"
    mornings = (calendar.morning(date(2026, 12, day)) for day in (25, 27, 28))
    assert [f"{each:%a %d %H:%M}" for each in mornings] == ["Fri 25 09:00", "Sun 27 10:00", "Mon 28 09:00"]
    assert calendar.reason_closed(berlin("2026-12-25 10:00")) == (Reason.HOLIDAY, "Christmas Day")


def test_an_evening_that_runs_past_midnight_is_one_day() -> None:
    calendar = Calendar(Hours(weekly=(Weekly(4, 22 * 60, 150),)))
    assert f"{calendar.end_of_day(berlin('2026-11-21 01:00')):%a %d %H:%M}" == "Sat 21 02:30"
    assert f"{calendar.tomorrow(berlin('2026-11-20 10:00')):%a %d %H:%M}" == "Fri 27 22:00"
    assert calendar.open_span(berlin("2026-11-21 01:00")) == (berlin("2026-11-20 22:00"), berlin("2026-11-21 02:30"))
    assert not calendar.opens_on(date(2026, 11, 21))


def test_hours_that_never_are_keep_every_date_on_a_day() -> None:
    never = Calendar(Hours())
    now = berlin("2026-11-20 10:00")
    assert never.due(now, MINUTE) is None
    assert never.next_opening(now) is None
    assert never.end_of_week(now) == never.end_of_month(now) == never.end_of_day(now)
    assert f"{never.tomorrow(now):%a %d %H:%M}" == "Sat 21 09:00"
    assert f"{never.business_days_later(now, 3):%a %d %H:%M}" == "Mon 23 09:00"
    assert never.end_of_day(now) == now + DAY


def test_hours_without_a_break_are_followed_no_further_than_needed() -> None:
    always = Calendar(Hours(weekly=tuple(Weekly(day, 0, 1440) for day in range(7))))
    now = berlin("2026-11-20 10:00")
    found = always.open_span(now)
    assert found is not None
    assert found[0] < now - 119 * DAY
    assert found[1] > now + 119 * DAY
    assert always.next_opening(now) is None
    assert f"{always.end_of_day(now):%a %d %H:%M}" == "Sat 21 00:00"
    assert always.due(now, 1500 * MINUTE) == now + 1500 * MINUTE


def test_the_zone_of_this_machine_changes_its_clock_too() -> None:
    night = Hours("Europe/Berlin", (Weekly(5, 22 * 60, 4 * 60), Weekly(6, 135, 165)))
    here, named = Calendar(replace(night, zone="")), Calendar(night)
    for month, hours in ((3, 5), (10, 7)):
        start = datetime(2026, month, 24, tzinfo=UTC)
        assert here.intervals(start, start + 6 * DAY) == named.intervals(start, start + 6 * DAY)
        assert here.business(start, start + 6 * DAY) == timedelta(hours=hours)


@pytest.mark.parametrize(("year", "hours"), [(1, 0), (1969, 80), (2036, 80), (9999, 0)])
def test_far_away_nothing_breaks(year: int, hours: int) -> None:
    start, end = (berlin(f"{year:04d}-06-{day:02d} 00:00") for day in (6, 20))
    assert Calendar().business(start, end) == timedelta(hours=hours)


def test_a_question_computes_only_what_lies_around_it() -> None:
    calendar = Calendar()
    calendar.due(berlin("2026-11-20 10:00"), timedelta(hours=8))
    assert len(calendar._pieces) <= 2
