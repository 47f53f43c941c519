"""Typed dates."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain import when
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import DayHours, Holiday, Hours, Weekly
from deskmate.domain.when import duration, echo, parse_duration, spoken
from tests import nasty

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 12, 1, 10, 0, tzinfo=BERLIN)  # a Tuesday

SINCE = datetime(1990, 1, 1, tzinfo=UTC)
MINUTES = st.integers(0, 100 * 365 * 24 * 60).map(lambda count: timedelta(minutes=count))

DAY_WORDS = [
    "today",
    "tomorrow",
    "tom",
    "mon",
    "friday",
    "next wed",
    "4 dec",
    "feb 29",
    "2027-03-28",
    "29 feb 2028",
]
CLOCK_WORDS = ["15:30", "0:00", "3pm", "12am", "15h", "2h", "2:30", "23:59"]


def parse(text: str, now: datetime) -> datetime | None:
    """With the hours that are built in."""
    return when.parse(text, now, when.built_in)


def at(text: str, now: datetime = NOW) -> str | None:
    moment = parse(text, now)
    return None if moment is None else f"{moment:%a %Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "Tue 2026-12-01 10:00"),
        ("today", "Tue 2026-12-01 17:00"),
        ("today 11:00", "Tue 2026-12-01 11:00"),
        ("today 08:00", "Tue 2026-12-01 08:00"),
        ("tomorrow", "Wed 2026-12-02 09:00"),
        ("tom", "Wed 2026-12-02 09:00"),
        ("Tomorrow 3PM", "Wed 2026-12-02 15:00"),
        ("  tom   15h ", "Wed 2026-12-02 15:00"),
        ("tom 8h", "Wed 2026-12-02 08:00"),
        ("wed", "Wed 2026-12-02 09:00"),
        ("tue", "Tue 2026-12-08 09:00"),
        ("mon", "Mon 2026-12-07 09:00"),
        ("friday", "Fri 2026-12-04 09:00"),
        ("fri 15:00", "Fri 2026-12-04 15:00"),
        ("next fri", "Fri 2026-12-11 09:00"),
        ("next mon", "Mon 2026-12-07 09:00"),
        ("next sun 3:30pm", "Sun 2026-12-13 15:30"),
        ("+90m", "Tue 2026-12-01 11:30"),
        ("90m", "Tue 2026-12-01 11:30"),
        ("+2h", "Tue 2026-12-01 12:00"),
        ("2h", "Tue 2026-12-01 12:00"),
        ("1h30m", "Tue 2026-12-01 11:30"),
        ("+15h", "Wed 2026-12-02 01:00"),
        ("15h", "Tue 2026-12-01 15:00"),
        ("24h", "Wed 2026-12-02 10:00"),
        ("+3d", "Fri 2026-12-04 10:00"),
        ("+3bd", "Fri 2026-12-04 09:00"),
        ("4BD", "Mon 2026-12-07 09:00"),
        ("2w", "Tue 2026-12-15 10:00"),
        ("15:30", "Tue 2026-12-01 15:30"),
        ("9:30", "Wed 2026-12-02 09:30"),
        ("10:00", "Wed 2026-12-02 10:00"),
        ("3pm", "Tue 2026-12-01 15:00"),
        ("12pm", "Tue 2026-12-01 12:00"),
        ("12am", "Wed 2026-12-02 00:00"),
        ("eod", "Tue 2026-12-01 17:00"),
        ("eow", "Fri 2026-12-04 17:00"),
        ("eom", "Thu 2026-12-31 17:00"),
        ("2026-12-04", "Fri 2026-12-04 09:00"),
        ("2026-12-01", "Tue 2026-12-01 09:00"),
        ("2020-02-29", "Sat 2020-02-29 09:00"),
        ("2026-12-04 15:30", "Fri 2026-12-04 15:30"),
        ("2026-12-04T15:30", "Fri 2026-12-04 15:30"),
        ("2026-12-04T15:30:20", "Fri 2026-12-04 15:30"),
        ("2026-12-04T15:30Z", "Fri 2026-12-04 16:30"),
        ("2026-12-04T15:30-05:00", "Fri 2026-12-04 21:30"),
        ("4 dec", "Fri 2026-12-04 09:00"),
        ("dec 4", "Fri 2026-12-04 09:00"),
        ("December 4 3pm", "Fri 2026-12-04 15:00"),
        ("4 dec 2027", "Sat 2027-12-04 09:00"),
        ("1 dec", "Tue 2026-12-01 17:00"),
        ("4.12", "Fri 2026-12-04 09:00"),
        ("4.1. 15:00", "Mon 2027-01-04 15:00"),
        ("04.12.2027", "Sat 2027-12-04 09:00"),
        ("next week", "Mon 2026-12-07 09:00"),
        ("30 nov", "Tue 2027-11-30 09:00"),
        ("29 feb 2028 8:15", "Tue 2028-02-29 08:15"),
    ],
)
def test_understood(text: str, expected: str) -> None:
    assert at(text) == expected


def test_amid_words_a_number_with_a_dot_is_a_version_or_a_time() -> None:
    assert when.parse("3.11", NOW, when.built_in, amid_words=True) is None
    assert when.parse("3.11.", NOW, when.built_in, amid_words=True) == parse("3.11", NOW)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "3",
        "15",
        "12:60",
        "25:00",
        "24:00",
        "9:5",
        "15:30:00",
        "0pm",
        "13pm",
        "3 pm",
        "h",
        "m",
        "+",
        "+h",
        "++2h",
        "2026-02-30",
        "2026-13-01",
        "2026-12-04T25:00",
        "2026-12-04T",
        "2026-W49-5",
        "20261204",
        "26-12-04",
        "0000-01-01",
        "01/02/03",
        "4/12",
        "4.13.",
        "4.12.26",
        "9.30",
        "31 feb",
        "0 dec",
        "32 dec",
        "4 dec 26",
        "29 feb",
        "30 feb 2028",
        "next",
        "next tomorrow",
        "fri fri",
        "15:00 15:00",
        "fri 3",
        "fri 5m",
        "+2h 15:00",
        "eod 15:00",
        "now 15:00",
        "tomorow",
        "dez 4",
        "mo",
        "yesterday",
        "soon",
        "noon",
        "-2h",
        "2h-",
        "1.5h",
        "2 h",
        "99999h",
        "0bd",
        "bd",
        "1000bd",
        "5s",
        "1m30h",
        "٣pm",
        "١٢:٠٠",
        "１５:３０",
        "4 dec²",
        "2026-12-٠4",
        "fri\x00",
        "fri\u200f",
        "9999-12-31T23:59-23:00",
        "0001-01-01T00:00+14:00",
        "2026-03-29T02:30 Europe/Berlin",
        pytest.param("x" * 1000000, id="a megabyte"),
    ],
)
def test_refused(text: str) -> None:
    assert parse(text, NOW) is None


def test_the_end_of_what_is_over_is_the_next_one() -> None:
    evening = datetime(2026, 12, 31, 18, 0, tzinfo=BERLIN)  # a Thursday
    assert at("eod", evening) == "Fri 2027-01-01 17:00"
    assert at("eom", evening) == "Fri 2027-01-29 17:00"
    assert at("eow", evening) == "Fri 2027-01-01 17:00"
    assert at("eow", evening + timedelta(days=1)) == "Fri 2027-01-08 17:00"
    assert at("eow", evening + timedelta(days=2)) == "Fri 2027-01-08 17:00"
    assert at("eom", datetime(2027, 1, 31, 17, 0, tzinfo=BERLIN)) == "Fri 2027-02-26 17:00"


def test_days_and_their_ends_are_those_of_the_hours_that_are_said() -> None:
    hours = Hours(
        zone="Europe/Berlin",
        weekly=tuple(Weekly(day, 8 * 60, 15 * 60) for day in range(4)),
        exceptions=(DayHours(date(2026, 12, 2), ((10 * 60, 12 * 60),)),),
        holidays=(Holiday(date(2026, 12, 3), "a holiday"), Holiday(date(2026, 12, 31), "New Year's Eve")),
    )
    calendar = Calendar(hours)

    def at(text: str, now: datetime = NOW) -> str:
        return f"{when.parse(text, now, lambda: calendar):%a %Y-%m-%d %H:%M}"

    assert at("wed") == "Wed 2026-12-02 10:00"
    assert at("thu") == "Thu 2026-12-03 09:00", "who says a day means that day"
    assert at("mon") == "Mon 2026-12-07 08:00"
    assert at("wed 15:00") == "Wed 2026-12-02 15:00"
    assert at("today") == "Tue 2026-12-01 15:00"
    assert at("eod") == "Tue 2026-12-01 15:00"
    assert at("eod", NOW.replace(hour=15)) == at("eow") == "Wed 2026-12-02 12:00"
    assert at("eow", NOW.replace(day=2, hour=12)) == "Thu 2026-12-10 15:00"
    assert at("eom") == "Wed 2026-12-30 15:00"
    assert at("2bd") == at("mon")
    tokyo = NOW.astimezone(ZoneInfo("Asia/Tokyo"))
    assert at("mon", tokyo) == "Mon 2026-12-07 16:00", "in the zone of the question"


def test_today_is_the_morning_only_while_it_lies_ahead() -> None:
    assert at("today", NOW.replace(hour=7)) == "Tue 2026-12-01 09:00"
    assert at("today", NOW.replace(hour=9)) == "Tue 2026-12-01 17:00"


def test_a_day_that_not_every_year_has() -> None:
    assert at("29 feb", datetime(2027, 6, 1, tzinfo=BERLIN)) == "Tue 2028-02-29 09:00"


def test_a_time_in_the_gap_moves_forward_by_the_gap() -> None:
    moment = parse("2026-03-29 02:30", NOW)
    assert moment == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert moment is not None
    assert moment.hour == 3


def test_a_time_that_comes_twice_is_the_first() -> None:
    moment = parse("2026-10-25T02:30", NOW)
    assert moment is not None
    assert moment.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_hours_pass_and_days_are_counted_over_a_clock_change() -> None:
    before = datetime(2026, 3, 28, 20, 0, tzinfo=BERLIN)
    assert at("+24h", before) == "Sun 2026-03-29 21:00"
    assert at("+1d", before) == "Sun 2026-03-29 20:00"
    gap = datetime(2026, 3, 28, 2, 30, tzinfo=BERLIN)
    assert at("+1d", gap) == "Sun 2026-03-29 03:30"


def test_past_is_judged_by_the_moment_not_by_the_clock_face() -> None:
    second_time = datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=BERLIN)
    # 02:30 looks as if it lay ahead, but the first 02:30 is long over.
    assert at("2:30", second_time) == "Mon 2026-10-26 02:30"
    assert at("+30m", second_time) == "Sun 2026-10-25 02:45"


@given(
    st.sampled_from(DAY_WORDS),
    st.sampled_from(CLOCK_WORDS),
    MINUTES.map(SINCE.__add__),
)
def test_a_day_and_a_time_keep_their_zone(day: str, clock: str, moment_utc: datetime) -> None:
    for zone in (BERLIN, ZoneInfo("America/St_Johns"), timezone(timedelta(hours=-3))):
        now = moment_utc.astimezone(zone)
        for text in (day, clock, f"{day} {clock}"):
            moment = parse(text, now)
            if moment is None:
                assert text.startswith("feb 29")  # neither this year nor the next has one
                continue
            assert moment.tzinfo is zone
            assert moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == moment.replace(tzinfo=None)


@given(
    st.sampled_from([word for word in CLOCK_WORDS if word != "2h"]),
    MINUTES.map(SINCE.__add__),
)
def test_a_time_alone_lies_within_the_next_day(clock: str, moment_utc: datetime) -> None:
    now = moment_utc.astimezone(BERLIN)
    moment = parse(clock, now)
    assert moment is not None
    # A day has 25 hours in autumn, and a time that comes twice is the first of the two.
    assert 0 < moment.timestamp() - now.timestamp() <= 26 * 3600


@given(st.text())
def test_anything_else_is_no_error(text: str) -> None:
    parse(text, NOW)
    parse_duration(text)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in nasty.entries()])
def test_nasty_text_is_no_error(text: str) -> None:
    moment = parse(text, NOW)
    assert moment is None or moment.tzinfo is BERLIN


def test_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        parse("now", NOW.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("word", "minutes"),
    [
        ("5m", 5),
        ("1h30m", 90),
        ("90M", 90),
        ("2h", 120),
        ("0m", 0),
        ("1h0m", 60),
        ("", None),
        ("5", None),
        ("h", None),
        ("m", None),
        ("h5m", None),
        ("1hm", None),
        ("1h30", None),
        ("30m1h", None),
        ("-5m", None),
        ("٣m", None),
        ("5mm", None),
        ("1h2h", None),
        ("99999m", None),
        pytest.param("9" * 5000 + "m", None, id="5000 digits"),
    ],
)
def test_durations(word: str, minutes: int | None) -> None:
    assert parse_duration(word) == minutes


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "0 min"),
        (5, "5 min"),
        (60, "1 h"),
        (90, "1 h 30 min"),
        (1440, "1 d"),
        (4290, "2 d 23 h"),
        (1445, "1 d"),
    ],
)
def test_durations_are_said_in_two_units(minutes: int, text: str) -> None:
    assert duration(minutes) == text


@given(st.integers(0, 23 * 60 + 59))
def test_a_duration_is_read_as_it_is_written(minutes: int) -> None:
    written = duration(minutes).replace(" min", "m").replace(" ", "")
    assert parse_duration(written) == minutes


def test_the_echo_says_what_was_understood() -> None:
    friday = datetime(2026, 12, 4, 9, 0, tzinfo=BERLIN)
    assert echo(friday, NOW) == "Fri 4 Dec 09:00 (in 2 d 23 h)"
    assert echo(friday.astimezone(UTC), NOW) == "Fri 4 Dec 09:00 (in 2 d 23 h)"
    assert echo(NOW - timedelta(hours=3), NOW) == "Tue 1 Dec 07:00 (3 h ago)"
    assert echo(NOW, NOW) == "Tue 1 Dec 10:00 (now)"
    assert spoken(friday.replace(year=2027), NOW) == "Sat 4 Dec 2027 09:00"


def test_the_echo_counts_real_hours_over_a_clock_change() -> None:
    evening = datetime(2026, 3, 28, 20, 0, tzinfo=BERLIN)
    assert echo(evening + timedelta(days=1), evening) == "Sun 29 Mar 20:00 (in 23 h)"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("fri", date(2026, 11, 27)),
        ("tue", date(2026, 12, 1)),
        ("yesterday", date(2026, 11, 30)),
        ("1 oct", date(2026, 10, 1)),
        ("4 dec", date(2025, 12, 4)),
        ("4.12.", date(2025, 12, 4)),
        ("4 dec 2026", date(2026, 12, 4)),
        ("2027-01-02", date(2027, 1, 2)),
        ("someday", None),
    ],
)
def test_looking_back_a_day_is_the_last_one_of_that_name(typed: str, day: date | None) -> None:
    assert when.past_day(typed, NOW) == day
