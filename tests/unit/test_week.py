"""The week as it is computed and painted: every half hour is what the calendar says, and no line is too long."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from deskmate.domain.availability import Availability, Reason
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import DayHours, Extra, Holiday, Hours, Kind, Leave, Slot, State, Weekly
from deskmate.domain.office import Office
from deskmate.domain.saying_hours import Entry
from deskmate.domain.sla import TARGETS
from deskmate.domain.text import width as cells
from deskmate.domain.week import HALVES, Shows, edges, monday, week
from deskmate.tui.frame import Spans
from deskmate.tui.week_lines import GLYPHS, item_line, items, title_line, week_lines
from tests.nasty import entries

ZONE = "Europe/Berlin"
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 24, 10, 47, tzinfo=ZoneInfo(ZONE))
WEEKDAYS = tuple(Weekly(day, *span) for day in range(5) for span in ((540, 720), (780, 1020)))
FULL = Hours(
    ZONE,
    WEEKDAYS,
    exceptions=(DayHours(date(2026, 11, 26), ((600, 840),), "meeting"),),
    holidays=(Holiday(date(2026, 11, 25), "Repentance"),),
    leaves=(
        Leave(date(2026, 11, 27), date(2026, 11, 27), "off"),
        Leave(_at := datetime(2026, 11, 24, 14), _at.replace(hour=16)),
    ),
    extras=(Extra(datetime(2026, 11, 28, 10), datetime(2026, 11, 28, 12), "open day"),),
    slots=(
        Slot(datetime(2026, 11, 23, 10), datetime(2026, 11, 23, 11), State.DND, "patching", 7),
        Slot(datetime(2026, 11, 23, 10, 30), datetime(2026, 11, 23, 12), State.AWAY, "mentor"),
    ),
)


def text(spans: Spans) -> str:
    return "".join(words for words, _style in spans)


def bar(day: int, hours: Hours = FULL) -> str:
    """From 8 to 18."""
    return "".join(GLYPHS[shows][0] for shows in week(Calendar(hours), MONDAY)[day].halves[16:36])


def test_each_kind_of_time_has_its_glyph_and_its_word() -> None:
    assert [bar(day) for day in range(7)] == [
        "··▄▄◼◻◻◻··▄▄▄▄▄▄▄▄··",
        "··▄▄▄▄▄▄··▄▄~~~~▄▄··",
        "··******··********··",
        "··××========××××××··",
        "··~~~~~~··~~~~~~~~··",
        "····++++············",
        "····················",
    ]
    assert [day.remarks for day in week(Calendar(FULL), MONDAY)] == [
        ("DND 10-11: patching", "away 10:30-12: mentor"),
        ("leave 14-16",),
        ("holiday: Repentance",),
        ("other hours: meeting",),
        ("leave: off",),
        ("extra 10-12: open day",),
        (),
    ]
    found = text(week_lines(week(Calendar(FULL), MONDAY), NOW, 110)[-1])
    assert all(f"{GLYPHS[shows][0]} {shows}" in found for shows in Shows)


def test_now_is_marked_in_its_week_alone_and_beside_the_hours_at_their_edge() -> None:
    days = week(Calendar(FULL), MONDAY)
    lines = [text(line) for line in week_lines(days, NOW, 80)]
    assert lines[2][21] == "│"
    assert lines[8][21:].startswith("▲ now 10:47")
    assert "now 23:30" in text(week_lines(days, NOW.replace(hour=23, minute=30), 80)[8])
    assert not text(week_lines(days, NOW + timedelta(7), 80)[8]).strip()


def test_a_night_shift_shows_the_whole_day() -> None:
    days = week(Calendar(Hours(ZONE, (Weekly(0, 22 * 60, 2 * 60),))), MONDAY)
    assert edges(days) == (0, 24)
    assert (days[0].spans, days[1].spans) == (((1320, 1440),), ((0, 120),))


walls = st.datetimes(datetime(2026, 10, 20), datetime(2026, 11, 3)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
lengths = st.integers(1, 4000).map(lambda minutes: timedelta(minutes=minutes))
said = st.builds(
    lambda spans, leaves, extras, slots, holidays: Hours(
        ZONE,
        tuple(Weekly(day, start, end) for day, start, end in spans if start != end),
        leaves=tuple(Leave(start, start + length, "off") for start, length in leaves),
        extras=tuple(Extra(start, start + length, "more") for start, length in extras),
        slots=tuple(Slot(start, start + length, State.DND, "set") for start, length in slots),
        holidays=tuple(Holiday(start.date(), "day") for start in holidays),
    ),
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440)), max_size=6),
    *(st.lists(st.tuples(walls, lengths), max_size=2) for _ in range(3)),
    st.lists(walls, max_size=2),
)


@settings(max_examples=12, deadline=None)
@example(Hours(ZONE, (Weekly(6, 150, 1),)), 0)  # from the first 02:30 on, past the second 02:00
@given(said, st.integers(-1, 1))
def test_a_half_hour_is_open_where_the_calendar_is_and_every_line_fits(hours: Hours, weeks: int) -> None:
    """The clock is put back in one of the weeks."""
    calendar, first = Calendar(hours), monday(date(2026, 10, 25)) + timedelta(7 * weeks)
    days = week(calendar, first)
    for day in days:
        assert len(day.halves) == HALVES
        at = datetime.combine(day.day, datetime.min.time(), calendar.zone).astimezone(UTC)
        open_halves = set()
        while (wall := at.astimezone(calendar.zone)).date() == day.day:
            if calendar.is_open(wall):
                open_halves.add((wall.hour * 60 + wall.minute) // 30)
            at += timedelta(minutes=1)
        closed = (Shows.CLOSED, Shows.SHUT, Shows.LEAVE, Shows.HOLIDAY)
        shown = {half for half, shows in enumerate(day.halves) if shows not in closed}
        assert open_halves <= shown
        if day.day != date(2026, 10, 25):  # where an hour comes twice a stretch is more than its ends say
            assert shown <= {
                half for half in range(HALVES) for a, b in day.spans if a < half * 30 + 30 and half * 30 < b
            }
    for width in (20, 80, 120):
        for line in (*week_lines(days, NOW, width, 3), title_line(width, first, NOW.date(), ZONE)):
            assert sum(cells(words) for words, _style in line) == width


def test_what_is_said_fits_on_its_line_whatever_was_typed() -> None:
    for _name, nasty in entries():
        said = (
            Entry(Kind.LEAVE, 1, Leave(date(2026, 12, 21), date(2026, 12, 24), nasty)),
            Entry(Kind.HOLIDAY, 2, Holiday(date(2026, 12, 25), nasty)),
            Entry(Kind.HOLIDAY, 3, Holiday(date(2026, 1, 1), "over")),
        )
        office = Office(said, ((NOW, State.OPEN), (NOW, State.CLOSED)), TARGETS, (nasty, None), "DE", {1: 2})
        standing = Availability(State.DND, Reason.MANUAL, NOW, NOW, nasty, nasty)
        found = items(office, FULL, standing, NOW, MONDAY)
        assert [each.key for each in found if each.what == Kind.HOLIDAY] == [2]
        for before, item in zip([None, *found], found, strict=False):
            line = item_line(item, before, 60, cursor=True)
            assert sum(cells(words) for words, _style in line) == 60
            assert "\x1b" not in text(line)
