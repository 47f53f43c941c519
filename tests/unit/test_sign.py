"""What the sign says: its words, and that no time on it is made up."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskmate.domain.availability import Override, State, availability_at, since
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import DayHours, Extra, Holiday, Hours, Leave, Slot, Weekly, parse_week
from deskmate.domain.sign import NOT_KNOWN, Board, as_json, in_lines, sign_at, unknown

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = Hours(
    "Europe/Berlin",
    parse_week("Mon-Fri 9-12, 13-17")[0],
    holidays=(Holiday(date(2026, 4, 3), "Good Friday"), Holiday(date(2026, 4, 6), "Easter")),
    leaves=(Leave(date(2026, 8, 3), date(2026, 8, 14), ""),),
    slots=(
        Slot(
            datetime(2026, 3, 24, 10), datetime(2026, 3, 24, 10, 45), State.DND, "budget talk", 7, public="Training"
        ),
    ),
)
BOARD = Board(Calendar(HOURS), urgent="ext. 99", deputy="R. Haas")
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def by_hand(state: State, said: str, until: str | None, public: str = "") -> Board:
    word = Override(at(said), state, until and at(until), public, "with the director")
    return replace(BOARD, overrides=(word,))


@pytest.mark.parametrize(
    ("when", "board", "headline", "lines"),
    [
        ("2026-03-23 09:30", BOARD, "Come in", ["until 12:00", "then again 13:00"]),
        ("2026-03-27 16:30", BOARD, "Come in", ["until 17:00", "then again Mon 09:00"]),
        (
            "2026-03-23 11:50",
            BOARD,
            "Come in – closing soon",
            ["quick questions; else leave a request", "until 12:00", "then again 13:00"],
        ),
        # What is set aside closes the door too, and says no more than its public word.
        (
            "2026-03-24 10:05",
            BOARD,
            "Please do not enter",
            ["back at 10:45 (in 40 min)", "Training", "urgent outage: ext. 99"],
        ),
        (
            "2026-03-23 14:05",
            by_hand(State.DND, "2026-03-23 14:00", "2026-03-23 14:30"),
            "Please do not enter",
            ["back at 14:30 (in 25 min)", "urgent outage: ext. 99"],
        ),
        # It ends when the door is closed: back is when it opens.
        (
            "2026-03-23 16:35",
            by_hand(State.DND, "2026-03-23 16:30", "2026-03-23 17:15"),
            "Please do not enter",
            ["back Tue 09:00", "urgent outage: ext. 99"],
        ),
        (
            "2026-03-23 14:05",
            by_hand(State.AWAY, "2026-03-23 14:00", "2026-03-23 15:15", "in room 2.14"),
            "Not at my desk",
            ["expected 15:15", "in room 2.14", "leave a note or mail"],
        ),
        (
            "2026-03-23 14:05",
            by_hand(State.DND, "2026-03-23 14:00", None),
            "Please do not enter",
            [f"back: {NOT_KNOWN}", "urgent outage: ext. 99"],
        ),
        ("2026-03-23 12:30", BOARD, "Closed", ["opens 13:00"]),
        ("2026-03-23 18:00", BOARD, "Closed", ["opens Tue 09:00"]),
        (
            "2026-03-31 18:00",
            replace(BOARD, calendar=Calendar(Hours("Europe/Berlin"))),
            "Closed",
            [f"opens: {NOT_KNOWN}"],
        ),
        # The evening before says why it lasts so long.
        ("2026-04-02 18:00", BOARD, "Closed", ["opens Tue 09:00 (Good Friday)"]),
        ("2026-04-06 10:00", BOARD, "Closed", ["opens Tue 09:00 (Easter)"]),
        ("2026-08-04 10:00", BOARD, "Away", ["back Mon 17 Aug 09:00", "deputy: R. Haas"]),
    ],
)
def test_what_it_says(when: str, board: Board, headline: str, lines: list[str]) -> None:
    sign = sign_at(at(when), board)
    assert (sign.headline, list(sign.lines)) == (headline, lines)


def test_the_notice_stands_until_its_end() -> None:
    board = replace(BOARD, notice="Mail is down", notice_until=at("2026-03-23 10:30"))
    sign = sign_at(at("2026-03-23 10:29"), board)
    assert (sign.message, sign.message_until) == ("Mail is down", at("2026-03-23 10:30"))
    sign = sign_at(at("2026-03-23 10:30"), board)
    assert (sign.message, sign.message_until) == ("", None)


def test_what_is_too_old_is_not_known() -> None:
    sign = sign_at(at("2026-03-23 10:42"), replace(BOARD, notice="Mail is down"))
    assert sign.valid_until == at("2026-03-23 10:45")
    old = unknown(sign, at("2026-03-23 10:46"))
    assert in_lines(old) == ["Status unknown", "last update 10:42", "as of Mon 23 March 10:42, Europe/Berlin"]
    assert unknown(sign, at("2026-03-24 08:00")).lines == ("last update Mon 10:42",)
    assert as_json(old)["state"] is None


def test_since_when() -> None:
    calendar, word = BOARD.calendar, Override(at("2026-03-23 14:00"), State.DND, at("2026-03-23 14:30"))
    assert since(at("2026-03-23 14:10"), calendar, [word]) == at("2026-03-23 14:00")
    assert since(at("2026-03-23 14:40"), calendar, [word]) == at("2026-03-23 14:30")
    assert since(at("2026-03-24 10:30"), calendar, [word]) == at("2026-03-24 10:00")
    assert since(at("2026-03-22 10:30"), calendar) == at("2026-03-20 17:00")
    assert since(at("2026-03-22 10:30"), Calendar(Hours("Europe/Berlin"))) is None


def test_the_hours_sheet_is_what_will_be() -> None:
    sign = sign_at(at("2026-03-31 08:00"), BOARD)
    assert [(each.day, each.hours, each.note) for each in sign.hours[:4]] == [
        ("Tue 31 March", "09:00–10:00, 10:45–12:00, 13:00–17:00", ""),
        ("Wed 1 April", "09:00–12:00, 13:00–17:00", ""),
        ("Thu 2 April", "09:00–12:00, 13:00–17:00", ""),
        ("Fri 3 April", "closed", "Good Friday"),
    ]
    hours = replace(
        HOURS,
        exceptions=(DayHours(date(2026, 7, 30), ((8 * 60, 10 * 60),), "short day"),),
        extras=(Extra(datetime(2026, 8, 1, 10), datetime(2026, 8, 1, 12), "open house"),),
    )
    sign = sign_at(at("2026-07-20 08:00"), replace(BOARD, calendar=Calendar(hours)))
    assert [(each.day, each.hours, each.note) for each in sign.later] == [
        ("Thu 30 July", "08:00–10:00", "short day"),
        ("Sat 1 Aug", "also 10:00–12:00", "open house"),
        ("Mon 3 Aug – Fri 14 Aug", "away", ""),
    ]


@pytest.mark.parametrize(
    ("week", "monday", "tuesday"),
    [("Mon 22-2", "22:00–02:00", "closed"), ("Mon 0-24; Tue 0-24", "00:00–24:00", "00:00–24:00")],
)
def test_hours_over_midnight_stand_where_they_begin(week: str, monday: str, tuesday: str) -> None:
    board = Board(Calendar(Hours("Europe/Berlin", parse_week(week)[0])))
    sign = sign_at(at("2026-03-23 01:00"), board)
    assert [each.hours for each in sign.hours[:2]] == [monday, tuesday]


# --- nothing is made up --------------------------------------------------------------------------------------

DAY = date(2026, 3, 25)  # the clock changes on the 29th
DAYS = st.integers(-3, 10).map(lambda ahead: DAY + timedelta(ahead))
WALLS = st.integers(-3 * 1440, 10 * 1440).map(lambda minute: datetime(2026, 3, 25) + minute * MINUTE)
LENGTHS = st.integers(1, 2000)
SPANS = st.tuples(st.integers(0, 1439), st.integers(1, 1440))
CALENDARS = st.builds(
    lambda zone, week, exceptions, holidays, leaves, extras, slots: Calendar(
        Hours(zone, tuple(week), tuple(exceptions), tuple(holidays), tuple(leaves), tuple(extras), tuple(slots))
    ),
    st.sampled_from(["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe"]),
    st.lists(st.builds(lambda day, span: Weekly(day, *span), st.integers(0, 6), SPANS), max_size=5),
    st.lists(st.builds(DayHours, DAYS, st.lists(SPANS, max_size=2).map(tuple)), max_size=2),
    st.lists(st.builds(Holiday, DAYS, st.just("holiday")), max_size=2),
    st.lists(st.builds(lambda day, more: Leave(day, day + timedelta(more)), DAYS, st.integers(0, 200)), max_size=1),
    st.lists(st.builds(lambda wall, more: Extra(wall, wall + more * MINUTE), WALLS, LENGTHS), max_size=1),
    st.lists(
        st.builds(
            lambda wall, more, state, every: Slot(wall, wall + min(more, 1000) * MINUTE, state, "private", every),
            WALLS,
            LENGTHS,
            st.sampled_from([State.DND, State.AWAY]),
            st.sampled_from([0, 1, 7]),
        ),
        max_size=2,
    ),
)
WORDS = st.lists(
    st.builds(
        lambda wall, state, more: Override(
            wall.replace(tzinfo=ZoneInfo("UTC")),
            state,
            None if more is None else wall.replace(tzinfo=ZoneInfo("UTC")) + more * MINUTE,
        ),
        WALLS,
        st.sampled_from([State.OPEN, State.DND, State.AWAY, State.CLEAR]),
        st.none() | LENGTHS,
    ),
    max_size=2,
)


@settings(max_examples=100)
@given(CALENDARS, WORDS, WALLS)
def test_every_time_on_the_sign_is_one_that_availability_gives(
    calendar: Calendar, words: list[Override], wall: datetime
) -> None:
    now = wall.replace(tzinfo=ZoneInfo("UTC")).astimezone(calendar.zone)
    found = availability_at(now, calendar, words)
    given = [found.until, found.next_open]
    if found.until is not None:
        given.append(availability_at(found.until, calendar, words).next_open)
    sign = sign_at(now, Board(calendar, tuple(words)))
    shown = re.findall(r"\d\d:\d\d", " ".join(sign.lines))
    assert set(shown) <= {f"{each:%H:%M}" for each in given if each}
    assert sign.since is None or sign.since <= now
    for each in (sign, unknown(sign, now + timedelta(days=1))):
        assert as_json(each)
        assert "private" not in repr(each)
        assert all(in_lines(each))
