"""What the sign says, beside the cases of ``test_time_cases.py``."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskmate.domain.availability import (
    Availability,
    Override,
    Reason,
    Snooze,
    State,
    availability_at,
    snooze,
    why_not_override,
    why_not_slot,
)
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import DayHours, Hours, Leave, Slot, parse_week

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = Hours(
    "Europe/Berlin",
    parse_week("Mon-Thu 9-12, 13-17; Fri 9-12")[0],
    exceptions=(DayHours(date(2026, 12, 24), (), "Christmas Eve"),),
    leaves=(Leave(date(2026, 12, 28), date(2027, 1, 3), "deputy: R. Haas"),),
)
CALENDAR = Calendar(HOURS)
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=BERLIN)  # a Tuesday
MINUTE = timedelta(minutes=1)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def at(text: str) -> datetime:
    return wall(text).replace(tzinfo=BERLIN)


def said(at: datetime, state: State, minutes: int | None = None, public: str = "") -> Override:
    return Override(at, state, None if minutes is None else at + minutes * MINUTE, public, "with the director")


def test_an_end_brings_no_older_word_back() -> None:
    words = [said(NOW, State.AWAY, 300), said(NOW + MINUTE, State.DND, 10)]
    assert availability_at(NOW + 5 * MINUTE, CALENDAR, words).state is State.DND
    assert availability_at(NOW + 20 * MINUTE, CALENDAR, words).state is State.OPEN


def test_what_was_said_last_counts_whatever_the_order() -> None:
    words = [said(NOW + MINUTE, State.CLEAR), said(NOW, State.AWAY, 300)]
    assert availability_at(NOW + 2 * MINUTE, CALENDAR, words).state is State.OPEN


def test_a_word_from_the_future_is_left_out_and_flagged() -> None:
    words = [said(NOW, State.DND, 45), said(NOW + timedelta(days=3650), State.AWAY)]
    found = availability_at(NOW, CALENDAR, words)
    assert (found.state, found.until, found.flagged) == (State.DND, NOW + 45 * MINUTE, True)
    assert not availability_at(NOW, CALENDAR, words[:1]).flagged


def test_a_stretch_goes_on_where_only_the_reason_changes() -> None:
    slot = Slot(
        wall("2026-11-24T10:30"), wall("2026-11-24T11:00"), State.DND, "patches on dc-02", public="Maintenance"
    )
    calendar = Calendar(replace(HOURS, slots=(slot,)))
    found = availability_at(NOW, calendar, [said(NOW, State.DND, 40, "Please ring 99")])
    assert found == Availability(
        State.DND,
        Reason.MANUAL,
        at("2026-11-24T11:00"),
        at("2026-11-24T11:00"),
        "Please ring 99",
        "with the director",
    )
    later = availability_at(NOW + 45 * MINUTE, calendar)
    assert (later.reason, later.public, later.private) == (Reason.BLOCK, "Maintenance", "patches on dc-02")


def test_an_override_that_ends_when_the_door_is_closed() -> None:
    found = availability_at(NOW, CALENDAR, [said(NOW, State.AWAY, 150)])
    assert (found.until, found.next_open) == (at("2026-11-24T12:30"), at("2026-11-24T13:00"))


def test_why_it_is_closed_is_said_in_public_words() -> None:
    eve = availability_at(at("2026-12-24T10:00"), CALENDAR)
    assert (eve.reason, eve.public) == (Reason.EXCEPTION, "Christmas Eve")
    leave = availability_at(at("2026-12-30T10:00"), CALENDAR)
    assert (leave.reason, leave.public, leave.next_open) == (
        Reason.LEAVE,
        "deputy: R. Haas",
        at("2027-01-04T09:00"),
    )


def test_a_slot_that_comes_again_keeps_its_time_on_the_wall_until_its_last_day() -> None:
    slot = Slot(wall("2026-10-13T14:00"), wall("2026-10-13T15:00"), State.AWAY, every=14, last=date(2026, 11, 10))
    calendar = Calendar(replace(HOURS, slots=(slot,)))
    found = [
        day
        for day in range(60)
        if availability_at(at("2026-10-06T14:30") + timedelta(day), calendar).state is State.AWAY
    ]
    assert found == [7, 21, 35]


WORDS = st.lists(
    st.builds(
        lambda start, state, minutes: said(NOW + start * MINUTE, state, minutes),
        st.integers(-2000, 100),
        st.sampled_from([State.OPEN, State.DND, State.AWAY, State.CLEAR]),
        st.one_of(st.none(), st.integers(1, 3000)),
    ),
    max_size=3,
)
SLOTS = st.lists(
    st.builds(
        lambda start, minutes, state, every: Slot(
            NOW.replace(tzinfo=None) + start * MINUTE,
            NOW.replace(tzinfo=None) + (start + minutes) * MINUTE,
            state,
            every=every,
        ),
        st.integers(-3000, 3000),
        st.integers(1, 1400),
        st.sampled_from([State.DND, State.AWAY]),
        st.sampled_from([0, 1, 7, 14]),
    ),
    max_size=3,
)


@settings(max_examples=60)
@given(WORDS, SLOTS)
def test_the_state_lasts_until_it_says_and_opens_when_it_says(words: list[Override], slots: list[Slot]) -> None:
    calendar = Calendar(replace(HOURS, slots=tuple(slots)))
    known = [each for each in words if each.at <= NOW]

    def state(moment: datetime) -> State:
        return availability_at(moment.astimezone(UTC), calendar, known).state

    found = availability_at(NOW, calendar, words)
    assert found.state is state(NOW)
    if found.until is not None:
        assert state(found.until) is not found.state
        assert state(found.until - MINUTE / 60) is found.state
    if found.next_open is not None:
        assert state(found.next_open) is State.OPEN
        assert found.next_open == NOW or state(found.next_open - MINUTE / 60) is not State.OPEN


@pytest.mark.parametrize(
    ("override", "why"),
    [
        (said(NOW, State.DND, 45), ""),
        (said(NOW, State.AWAY), ""),
        (said(NOW, State.DND, 0), "Tue 24 Nov 2026 10:00 has passed already; say a later time"),
        (said(NOW, State.DND, -60), "Tue 24 Nov 2026 09:00 has passed already; say a later time"),
        (said(NOW, State.CLEAR, 45), "going back to the hours needs no end"),
    ],
)
def test_an_override_that_is_over_is_refused(override: Override, why: str) -> None:
    assert why_not_override(override, NOW) == why


@pytest.mark.parametrize(
    ("start", "end", "every", "last", "why"),
    [
        ("2026-11-24T14:00", "2026-11-24T15:00", 0, None, ""),
        ("2026-11-24T09:00", "2026-11-24T17:00", 0, None, ""),
        ("2026-10-06T14:00", "2026-10-06T15:00", 7, None, ""),
        ("2026-11-24T09:00", "2026-11-24T17:00", 1, "2026-11-27", ""),
        ("2026-11-24T08:00", "2026-11-24T09:00", 0, None, "is over already"),
        ("2026-10-06T14:00", "2026-10-06T15:00", 7, "2026-11-23", "is over already"),
        ("2026-11-24T18:00", "2026-11-24T20:00", 0, None, "never meets office hours, so it would change nothing"),
        ("2026-11-28T09:00", "2026-11-28T12:00", 7, None, "never meets office hours, so it would change nothing"),
        ("2026-11-24T08:00", "2026-11-24T18:00", 1, None, "takes all office hours, so the door would never be open"),
    ],
)
def test_a_slot_that_never_or_always_counts_is_refused(
    start: str, end: str, every: int, last: str | None, why: str
) -> None:
    slot = Slot(wall(start), wall(end), every=every, last=last and date.fromisoformat(last))
    found = why_not_slot(slot, CALENDAR, NOW)
    assert found.endswith(why)
    assert bool(found) == bool(why)


@pytest.mark.parametrize(
    ("preset", "now", "then"),
    [
        (Snooze.HOUR, "2026-11-24T16:30", "Tue 24 17:30"),
        (Snooze.LATER_TODAY, "2026-11-24T09:10", "Tue 24 12:10"),
        (Snooze.LATER_TODAY, "2026-11-24T15:00", "Tue 24 17:00"),
        (Snooze.LATER_TODAY, "2026-11-24T18:00", "Wed 25 09:00"),
        (Snooze.NEXT_OPENING, "2026-11-24T10:00", "Tue 24 13:00"),
        (Snooze.TOMORROW, "2026-11-27T08:00", "Mon 30 09:00"),
        (Snooze.MONDAY, "2026-11-30T08:00", "Mon 07 09:00"),
        (Snooze.BUSINESS, "2026-11-24T11:30", "Tue 24 14:30"),
    ],
)
def test_times_to_be_reminded_again(preset: Snooze, now: str, then: str) -> None:
    assert f"{snooze(preset, at(now), CALENDAR, 120):%a %d %H:%M}" == then
