"""Office time as it is typed: understood exactly, or refused with the field and what was understood."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskmate.domain.hours import DayHours, Extra, Holiday, Kind, Leave, Slot, Span, State, parse_spans, spans_text
from deskmate.domain.saying_hours import changed, on_day, parse_stretch, said_week, stretch_spoken, typed, week_spoken
from deskmate.domain.values import WrongValues

NOW = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("2026-12-24", "Thu 24 Dec 2026"),
        ("24 dec", "Thu 24 Dec 2026"),
        ("2026-08-03 2026-08-14", "Mon 3 Aug 2026 to Fri 14 Aug 2026"),
        ("3 Aug – 14 Aug", "Tue 3 Aug 2027 to Sat 14 Aug 2027"),
        ("mon to fri", "Mon 30 Nov 2026 to Fri 4 Dec 2026"),
        ("today to fri", "Wed 25 Nov 2026 to Fri 27 Nov 2026"),
        ("28 dec until 3 jan", "Mon 28 Dec 2026 to Sun 3 Jan 2027"),
        ("tue 14:00-15:00", "Tue 1 Dec 2026 14:00-15:00"),
        ("tue 14 - 15:30", "Tue 1 Dec 2026 14:00-15:30"),
        ("tomorrow 22-2", "Thu 26 Nov 2026 22:00-02:00"),
        ("sat 0-24", "Sat 28 Nov 2026 00:00-24:00"),
        ("3 dec 14:00 to 4 dec 12:00", "Thu 3 Dec 2026 14:00 to Fri 4 Dec 2026 12:00"),
        ("3 dec 2pm to 4 dec", "Thu 3 Dec 2026 14:00 to Sat 5 Dec 2026 00:00"),
        ("fri 22:00 to 2:00", "Fri 27 Nov 2026 22:00-02:00"),
        ("mon-fri", "Mon 30 Nov 2026 to Fri 4 Dec 2026"),
        ("next week", "Mon 30 Nov 2026 to Sun 6 Dec 2026"),
        ("This week", "Wed 25 Nov 2026 to Sun 29 Nov 2026"),
        ("23.12 - 6.1", "Wed 23 Dec 2026 to Wed 6 Jan 2027"),
        ("20 nov - 6 jan", "Sat 20 Nov 2027 to Thu 6 Jan 2028"),
        ("23.12.-6.1.2027", "Wed 23 Dec 2026 to Wed 6 Jan 2027"),
        ("24-28 dec", "Thu 24 Dec 2026 to Mon 28 Dec 2026"),
        ("tomorrow 14:00-17:00", "Thu 26 Nov 2026 14:00-17:00"),
        ("14-17", "Wed 25 Nov 2026 14:00-17:00"),
        ("8:00-10:30", "Thu 26 Nov 2026 08:00-10:30"),
    ],
)
def test_stretches_that_are_understood(said: str, understood: str) -> None:
    assert stretch_spoken(*parse_stretch(said, NOW)) == understood


def test_times_alone_are_of_the_day_they_are_typed_for() -> None:
    day = date(2026, 12, 3)
    assert on_day("14-15", day, NOW) == "2026-12-03 14-15"
    for said in ("tue 14-15", "23.12-6.1", "9.10-10.12", "14-25:00", "", "soon"):
        assert on_day(said, day, NOW) == said


@pytest.mark.parametrize(
    ("kind", "said", "problems"),
    [
        (Kind.LEAVE, {"when": ""}, {"when": "say when: 3 aug to 14 aug, mon-fri, next week, or tue 14:00-15:00"}),
        (
            Kind.LEAVE,
            {"when": "14 aug to 3 aug"},
            {"when": "ends Tue 3 Aug 2027, not after its start Sat 14 Aug 2027"},
        ),
        (
            Kind.LEAVE,
            {"when": "2026-12-01 to 2028-12-01"},
            {"when": "Tue 1 Dec 2026 to Fri 1 Dec 2028 is more than a year"},
        ),
        (
            Kind.LEAVE,
            {"when": "soon"},
            {"when": "“soon” is no stretch of time such as 3 aug to 14 aug, mon-fri, next week, or tue 14:00-15:00"},
        ),
        (Kind.LEAVE, {"when": "9999-12-31"}, {"when": "Fri 31 Dec 9999 is too far off"}),
        (
            Kind.EXTRA,
            {"when": "sat", "note": "x" * 201},
            {
                "when": "understood as Sat 28 Nov 2026; say the times, too, such as tue 14:00-15:00",
                "note": "at most 200 characters, not 201",
            },
        ),
        (Kind.EXTRA, {"when": "sat 10-25:00"}, {"when": "“10-25:00”: there is no 25:00; a day ends at 24:00"}),
        (
            Kind.DAY,
            {"day": "30 feb", "hours": "9-25"},
            {
                "day": "“30 feb” is no day such as 24 dec or 2026-12-24",
                "hours": "“9-25”: there is no 25:00; a day ends at 24:00",
            },
        ),
        (Kind.DAY, {"day": "24 dec"}, {"hours": "say hours such as 9-12, or closed"}),
        (Kind.HOLIDAY, {"day": "24 dec"}, {"name": "a holiday needs a name"}),
        (
            Kind.SLOT,
            {"when": "tue 14-15", "every": "moon", "as": "open"},
            {
                "every": "“moon” is not how often; say once, day, week or 2 weeks",
                "as": "“open” is neither dnd nor away",
            },
        ),
        (
            Kind.SLOT,
            {"when": "tue 14-15", "until": "4 dec"},
            {"until": "belongs to a slot that comes again; say every week, or leave it out"},
        ),
        (
            Kind.SLOT,
            {"when": "tue 14-15", "every": "week", "until": "tomorrow"},
            {"until": "Thu 26 Nov 2026 is before it comes first, Tue 1 Dec 2026"},
        ),
        (
            Kind.SLOT,
            {"when": "2026-12-01 10:00 to 2026-12-02 11:00", "every": "day"},
            {"every": "would never end: it comes daily and lasts as long"},
        ),
    ],
)
def test_what_can_not_be_taken_is_named_field_by_field(
    kind: Kind, said: dict[str, str], problems: dict[str, str]
) -> None:
    with pytest.raises(WrongValues) as wrong:
        changed(kind, None, said, NOW)
    assert wrong.value.problems == problems


def test_a_week_is_understood_day_by_day() -> None:
    week, notes = said_week({"Mon": "9-12, 11-13", "Tue": "9-12, 11-13", "Wed": "closed", "Sun": "22-2"})
    assert week_spoken(week) == "Mon-Tue 09:00-13:00; Wed closed; Sun 22:00-02:00"
    assert notes == (
        "Mon, Tue: 09:00-12:00 and 11:00-13:00 were merged into 09:00-13:00",
        "Sun: 22:00-02:00 runs into the next day",
    )
    with pytest.raises(WrongValues) as wrong:
        said_week({"Mon": "9-12", "Tue": "9", "Fri": "9-25"})
    assert list(wrong.value.problems) == ["Tue", "Fri"]


# --- typed back --------------------------------------------------------------------------------------------

days = st.dates(date(2026, 1, 1), date(2030, 12, 31))
minutes = st.integers(0, 24 * 60 - 1)
words = st.text("abcXYZ äß:-,;to ", max_size=8).map(lambda text: " ".join(text.split()))


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """Spans of a day that neither touch nor overlap; the last may run past midnight."""
    edges = sorted(draw(st.sets(st.integers(0, 24 * 60), max_size=6)))
    found = [*zip(edges[::2], edges[1::2], strict=False)]
    return parse_spans(spans_text(tuple(found))).spans if found else ()


@st.composite
def stretches(draw: st.DrawFn) -> tuple[datetime, datetime]:
    """From one time on the wall to another, up to ten days later."""
    start = datetime.combine(draw(days), datetime.min.time()) + timedelta(minutes=draw(minutes))
    return start, start + timedelta(minutes=draw(st.integers(1, 2 * 24 * 60) | st.integers(1, 10 * 24 * 60)))


leaves = st.builds(
    lambda start, more, note: Leave(start, start + timedelta(more), note), days, st.integers(0, 30), words
) | st.builds(lambda times, note: Leave(*times, note), stretches(), words)
slots = st.builds(
    lambda times, state, reason, every, more, public: Slot(
        *times, state, reason, every, times[0].date() + timedelta(more) if every and more else None, public
    ),
    stretches().filter(lambda times: times[1] - times[0] < timedelta(1)),
    st.sampled_from((State.DND, State.AWAY)),
    words,
    st.sampled_from((0, 1, 7, 14)),
    st.integers(0, 60),
    words,
)
values = st.one_of(
    st.tuples(st.just(Kind.DAY), st.builds(DayHours, days, spans(), words)),
    st.tuples(st.just(Kind.HOLIDAY), st.builds(Holiday, days, words.filter(bool))),
    st.tuples(st.just(Kind.LEAVE), leaves),
    st.tuples(st.just(Kind.EXTRA), st.builds(lambda times, note: Extra(*times, note), stretches(), words)),
    st.tuples(st.just(Kind.SLOT), slots),
)


@settings(max_examples=150, deadline=None)
@given(values, st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_what_is_said_back_is_read_as_the_same(said: tuple[Kind, DayHours], now: datetime) -> None:
    kind, value = said
    assert changed(kind, None, typed(value), now)[0] == value
    assert changed(kind, value, {}, now)[0] == value
