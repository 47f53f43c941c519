"""How due times are said."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain import instant
from deskmate.domain.due import column_text, due_text, happened_text, moment_text, span, until_text

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=BERLIN)  # a Friday


def stored(moment: datetime) -> str:
    return instant.to_text(moment)


@pytest.mark.parametrize(
    ("offset", "said", "state"),
    [
        (timedelta(seconds=-1), "▲ 0 min n", "overdue"),
        (timedelta(minutes=-22), "▲ 22 min n", "overdue"),
        (timedelta(hours=-3, minutes=-59), "▲ 3 h n", "overdue"),
        (timedelta(days=-6), "▲ 6 d n", "overdue"),
        (timedelta(), "▲ 0 min n", "soon"),
        (timedelta(minutes=59, seconds=59), "▲ 59 min n", "soon"),
        (timedelta(hours=1), "11:00 n", ""),
        (timedelta(hours=6, minutes=40), "16:40 n", ""),
        (timedelta(hours=14), "Sat 00:00 n", ""),
        (timedelta(days=6), "Thu 10:00 n", ""),
        (timedelta(days=7), "27 Nov n", ""),
        (timedelta(days=14), "4 Dec n", ""),
        (timedelta(days=60), "19 Jan 2027 n", ""),
    ],
)
def test_a_due_time_in_words(offset: timedelta, said: str, state: str) -> None:
    assert due_text(stored(NOW + offset), "n", NOW) == (said, state)


@pytest.mark.parametrize(("kind", "letter"), [("n", " n"), ("p", " p"), ("r", " r"), ("", ""), (None, "")])
def test_the_letter_says_what_binds(kind: str | None, letter: str) -> None:
    assert due_text(stored(NOW + timedelta(hours=2)), kind, NOW) == (f"12:00{letter}", "")


def test_without_a_due_time_nothing_is_said() -> None:
    assert due_text(None, None, NOW) == ("", "")


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=59), "0 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=47, minutes=59), "47 h"),
        (timedelta(hours=48), "2 d"),
        (timedelta(days=400), "400 d"),
    ],
)
def test_a_span_in_its_largest_unit(length: timedelta, said: str) -> None:
    assert span(length) == said


def test_the_words_are_in_the_zone_of_now() -> None:
    tokyo = NOW.astimezone(timezone(timedelta(hours=9)))
    assert due_text("2026-11-20T16:30:00.000Z", "n", NOW)[0] == "17:30 n"
    assert due_text("2026-11-20T16:30:00.000Z", "n", tokyo)[0] == "Sat 01:30 n"


def test_an_hour_that_comes_twice_counts_twice() -> None:
    # At 3:00 on that night the clock goes back to 2:00: from 2:30 to the second 2:45 it is 75 minutes.
    now = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    second = now.astimezone(UTC) + timedelta(minutes=75)
    assert due_text(stored(second), "n", now) == ("02:45 n", "")
    assert due_text(stored(second), "n", (second - timedelta(minutes=5)).astimezone(BERLIN))[1] == "soon"


def test_an_hour_that_is_skipped_is_not_counted() -> None:
    now = datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN)
    assert due_text("2026-03-29T01:15:00.000Z", "n", now) == ("▲ 45 min n", "soon")  # 3:15 by the clock


@pytest.mark.parametrize(
    ("hours", "words"), [(4, "14:00"), (23, "tomorrow 09:00"), (48, "Sun 10:00"), (240, "30 Nov 10:00")]
)
def test_an_end_says_its_day_and_its_time(hours: int, words: str) -> None:
    assert until_text(NOW + timedelta(hours=hours), NOW) == words


@given(st.integers(-500, 500), st.integers(0, 24 * 60 - 1), st.integers(0, 24 * 60 - 1))
def test_a_moment_is_never_in_doubt(days: int, minute: int, minute_now: int) -> None:
    now = datetime(2026, 11, 20, tzinfo=BERLIN) + timedelta(minutes=minute_now)
    moment = datetime(2026, 11, 20, tzinfo=BERLIN) + timedelta(days=days, minutes=minute)
    said = moment_text(moment, now)
    assert len(said) <= 11  # the column of a list
    if days == 0:
        assert said == moment.strftime("%H:%M")
    elif abs(days) < 7:
        assert said == moment.strftime("%a %H:%M")
    else:
        assert said.startswith(f"{moment.day} {moment:%b}")
        assert said.endswith(str(moment.year)) == (moment.year != now.year)


@pytest.mark.parametrize("on", ["requester", "vendor", "someone"])
@pytest.mark.parametrize("minutes", [0, 59, 47 * 60, 400 * 24 * 60])
@pytest.mark.parametrize("room", [11, 16])
def test_an_age_is_never_cut(on: str, minutes: int, room: int) -> None:
    since = stored(NOW - timedelta(minutes=minutes))
    row = (7, 2, "waiting", "t", "Ana", 1, None, None, 0, since, None, 1, 0, 0, on, "Petra Kern", since, "9999", 0, 0)
    row += (None, None, 0)  # soon, held, unsent
    said, _state = column_text(row, NOW, room)
    assert said.endswith(span(timedelta(minutes=minutes)))
    assert len(said) <= room


def test_what_happened_at_a_time_to_come_is_flagged() -> None:
    assert happened_text(stored(NOW + timedelta(seconds=60)), NOW) == "10:01"
    assert happened_text(stored(NOW + timedelta(days=1)), NOW) == "Sat 10:00 (by a clock ahead of this one)"
