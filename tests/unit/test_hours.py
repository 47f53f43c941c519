"""Hours as they are typed, and said back."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskmate.domain import zones
from deskmate.domain.hours import (
    BUILT_IN,
    DayHours,
    Extra,
    Hours,
    Leave,
    Slot,
    State,
    Weekly,
    parse_spans,
    parse_week,
    problems,
    spans_text,
    spoken,
)
from deskmate.domain.values import Wrong


@pytest.mark.parametrize(
    ("typed", "understood", "note"),
    [
        ("9-12, 13-17", "09:00-12:00, 13:00-17:00", ""),
        ("13-17,9:00-12:30", "09:00-12:30, 13:00-17:00", ""),
        (" 9 – 12.15 and 1pm-5pm ", "09:00-12:15, 13:00-17:00", ""),
        ("8h to 12h", "08:00-12:00", ""),
        ("12am-12pm", "00:00-12:00", ""),
        ("0-24", "00:00-24:00", ""),
        ("22-0", "22:00-24:00", ""),
        ("22-24", "22:00-24:00", ""),
        ("closed", "closed", ""),
        ("", "closed", ""),
        ("22-2", "22:00-02:00", "22:00-02:00 runs into the next day"),
        ("17-9", "17:00-09:00", "17:00-09:00 runs into the next day"),
        ("9-12, 12-17", "09:00-17:00", "09:00-12:00 and 12:00-17:00 were merged into 09:00-17:00"),
        (
            "9-13, 12-17, 20-21",
            "09:00-17:00, 20:00-21:00",
            "09:00-13:00 and 12:00-17:00 were merged into 09:00-17:00",
        ),
    ],
)
def test_spans_that_are_understood(typed: str, understood: str, note: str) -> None:
    found = parse_spans(typed)
    assert (spans_text(found.spans), found.note) == (understood, note)
    assert parse_spans(spans_text(found.spans)).spans == found.spans


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("9-9", "“9-9” has no length; a whole day is 0-24"),
        ("9-12, 24-2", "“24-2” starts at 24:00; say it as 0:00 of the next day"),
        ("9-25:00", "“9-25:00”: there is no 25:00; a day ends at 24:00"),
        ("9-24:30", "“9-24:30”: there is no 24:30; a day ends at 24:00"),
        ("9:60-12", "“9:60-12”: there is no 09:60; a day ends at 24:00"),
        ("13pm-15", "“13pm-15”: there is no 13pm"),
        ("9-12-13", "“9-12-13” is no span such as 9-12; part the spans with commas"),
        ("nine", "“nine” is no span such as 9-12; say from when to when"),
        ("9-noon", "“9-noon” is no span such as 9-12: “noon” is no time of day"),
        ("9-12 13-17", "“9-12 13-17” is no span such as 9-12; part the spans with commas"),
        ("٩-12", "“٩-12” is no span such as 9-12: “٩” is no time of day"),
        ("0-24, 23-1", "00:00 to 01:00 of the next day is too long; a whole day is 0-24"),
        ("9-22, 22-9", "09:00 to 09:00 of the next day is too long; a whole day is 0-24"),
    ],
)
def test_spans_that_are_refused_name_the_part(typed: str, why: str) -> None:
    with pytest.raises(Wrong) as refusal:
        parse_spans(typed)
    assert str(refusal.value) == why


def test_a_week_as_it_is_typed_and_said() -> None:
    weekly, note = parse_week("mon-thu 9-12, 13-17; Fri 9-12; sa,su 22-2")
    assert spoken(Hours(weekly=weekly)) == "Mon-Thu 09:00-12:00, 13:00-17:00; Fri 09:00-12:00; Sat-Sun 22:00-02:00"
    assert note == "Sat 22:00-02:00 runs into the next day; Sun 22:00-02:00 runs into the next day"
    assert spoken(BUILT_IN) == "Mon-Fri 09:00-17:00"
    assert parse_week("closed") == ((), "")
    with pytest.raises(Wrong, match="Tue is said twice"):
        parse_week("Mon-Wed 9-12; Tue 13-17")
    with pytest.raises(Wrong, match="“Funday” is no weekday; say Mon, Tue"):
        parse_week("Funday 9-12")


SPANS = st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1440)), max_size=4)


@settings(max_examples=50)
@given(SPANS, SPANS)
def test_what_is_said_is_understood_as_it_was(monday: list[tuple[int, int]], sunday: list[tuple[int, int]]) -> None:
    try:
        both = [parse_spans(spans_text(tuple(spans))).spans for spans in (monday, sunday)]
    except Wrong:  # of no length, or longer than a day
        return
    weekly = tuple(Weekly(day, *span) for day, spans in zip((0, 6), both, strict=True) for span in spans)
    assert parse_week(spoken(Hours(weekly=weekly)))[0] == weekly


def test_every_problem_is_said_by_its_field() -> None:
    nine, ten = datetime(2026, 11, 24, 9), datetime(2026, 11, 24, 10)
    day = date(2026, 11, 24)
    wrong = Hours(
        zone="Europe/Berlim",
        weekly=(Weekly(1, 540, 1500), Weekly(2, 540, 540), Weekly(8, 540, 600)),
        exceptions=(DayHours(day), DayHours(day, ((540, 600),))),
        leaves=(Leave(day, day), Leave(day, date(2026, 11, 23))),
        extras=(Extra(ten, nine),),
        slots=(Slot(ten, nine), Slot(nine, ten, State.OPEN), Slot(nine, ten, every=3), Slot(nine, ten, every=7)),
    )
    assert problems(wrong) == {
        "zone": "“Europe/Berlim” is no time zone; did you mean Europe/Berlin?",
        "Tue": "from minute 540 to 1500 is no time within a day",
        "Wed": "09:00-09:00 has no length; a whole day is 00:00-24:00",
        "weekday 8": "a week has the days 0 (Monday) to 6",
        "exception 2": "Tue 24 Nov 2026 has hours already",
        "leave 2": "ends Mon 23 Nov 2026, before it starts Tue 24 Nov 2026",
        "extra 1": "ends Tue 24 Nov 2026 09:00, not after its start Tue 24 Nov 2026 10:00",
        "slot 1": "ends Tue 24 Nov 2026 09:00, not after its start Tue 24 Nov 2026 10:00",
        "slot 2": "turns the sign to DND or AWAY, not OPEN",
        "slot 3": "comes once, daily, weekly, every two weeks, not every 3 days",
    }
    assert problems(BUILT_IN) == {}


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("Europe/Zurick", "Europe/Zurich"),
        ("../etc/passwd", ""),
        ("Europe", ""),
    ],
)
def test_an_unknown_zone_is_refused_with_the_nearest(typed: str, near: str) -> None:
    with pytest.raises(Wrong, match="is no time zone") as refusal:
        zones.zone(typed)
    assert near in str(refusal.value)
