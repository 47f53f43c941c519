"""The coming weeks as calendar files, read back as another program reads them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from deskmate.domain.availability import Override, State
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import Holiday, Hours, Leave, Slot, parse_week
from deskmate.domain.sign import Board
from deskmate.domain.timetable import timetable
from deskmate.formats import ics

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 23, 14, 5, tzinfo=BERLIN)
HOURS = Hours(
    "Europe/Berlin",
    parse_week("Mon-Fri 9-12, 13-17")[0],
    holidays=(Holiday(date(2026, 4, 3), "Good Friday"), Holiday(date(2026, 4, 5), "Easter, a Sunday")),
    leaves=(Leave(date(2026, 4, 7), date(2026, 4, 10), "deputy: R. Haas"),),
    slots=(Slot(datetime(2026, 3, 24, 10), datetime(2026, 3, 24, 11), State.DND, "budget", 7, public="Training"),),
)
WORD = Override(
    NOW - timedelta(minutes=5), State.AWAY, NOW + timedelta(minutes=25), "in room 2.14", "with the director"
)
BOARD = Board(Calendar(HOURS), (WORD,))


def written(board: Board, earlier: bytes = b"") -> bytes:
    return ics.events(timetable(NOW, board), "desk", earlier)


def entries(data: bytes) -> dict[str, Any]:
    return {str(each["uid"]): each for each in icalendar.Calendar.from_ical(data).walk("VEVENT")}


def test_every_event_stands_by_itself() -> None:
    data = written(BOARD)
    found = entries(data)
    assert b"RRULE" not in data
    assert b"TZID" not in data
    for each in found.values():
        assert each["dtstart"].to_ical().endswith(b"Z")
        assert each["dtend"].to_ical().endswith(b"Z")
        assert each["dtstart"].dt < each["dtend"].dt
        assert (each["transp"] == "TRANSPARENT") == (each["summary"] == "Open")
    said = {str(each["summary"]): each["dtstart"].dt.astimezone(BERLIN) for each in reversed(found.values())}
    assert said == {
        "Open": datetime(2026, 3, 23, 9, tzinfo=BERLIN),
        "Not at my desk (in room 2.14)": WORD.at,
        "Please do not enter (Training)": datetime(2026, 3, 24, 10, tzinfo=BERLIN),
        "Closed (Good Friday)": datetime(2026, 4, 3, tzinfo=BERLIN),
        "Away (deputy: R. Haas)": datetime(2026, 4, 7, tzinfo=BERLIN),
    }
    # The clock goes forward on the 29th: nine is an hour earlier in UTC from then on.
    assert found["open-2026-03-27-1@desk"]["dtstart"].dt.hour == 8
    assert found["open-2026-03-30-1@desk"]["dtstart"].dt.hour == 7
    assert max(each["dtstart"].dt for each in found.values()) > NOW + timedelta(days=52)


def test_only_what_was_moved_has_another_sequence() -> None:
    before = written(BOARD)
    assert written(BOARD, before) == before
    assert written(BOARD, b"what somebody else wrote") == before
    later = replace(HOURS, weekly=parse_week("Mon 9-12, 13-17; Tue-Fri 9-12, 14-17")[0])
    moved = entries(written(replace(BOARD, calendar=Calendar(later)), before))
    assert moved["open-2026-03-25-2@desk"]["sequence"] == 1
    assert moved["open-2026-03-25-1@desk"]["sequence"] == 0
    again = entries(written(BOARD, written(replace(BOARD, calendar=Calendar(later)), before)))
    assert again["open-2026-03-25-2@desk"]["sequence"] == 2


def test_an_end_nobody_knows_is_marked() -> None:
    word = replace(WORD, until=None)
    (event,) = (
        each for each in entries(written(replace(BOARD, overrides=(word,)))).values() if each["uid"][:4] == "said"
    )
    assert (event["status"], event["summary"]) == ("TENTATIVE", "Not at my desk (time not known yet)")


def test_free_and_busy_time_has_no_gap() -> None:
    (found,) = icalendar.Calendar.from_ical(ics.free_busy(timetable(NOW, BOARD), "desk")).walk("VFREEBUSY")
    spans = [(each.params["FBTYPE"], each.start, each.end) for each in found["freebusy"]]
    assert spans[0] == ("BUSY", NOW, NOW + timedelta(minutes=25))
    assert [kind for kind, _start, _end in spans[:5]] == ["BUSY", "FREE", "BUSY-UNAVAILABLE", "FREE", "BUSY"]
    assert all(before[2] == after[1] for before, after in pairwise(spans))
    assert spans[-1][2] == found["dtend"].dt
