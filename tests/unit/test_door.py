"""What is kept of the door says what would be counted anew, as long as it is known."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain import door
from deskmate.domain.availability import Override, State, availability_at, outlook
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import Hours, Slot, parse_week

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=BERLIN)  # a Tuesday
CALENDAR = Calendar(
    Hours(
        "Europe/Berlin",
        parse_week("Mon-Thu 9-12, 13-17; Fri 9-12")[0],
        slots=(Slot(datetime(2026, 11, 23, 11), datetime(2026, 11, 23, 11, 30), every=1),),
    )
)


@given(
    minutes=st.integers(-60, 9 * 24 * 60), length=st.integers(1, 600), state=st.sampled_from([State.DND, State.AWAY])
)
def test_kept_and_counted_are_the_same(minutes: int, length: int, state: State) -> None:
    words = [Override(NOW, state, NOW + timedelta(minutes=length))]
    changes = outlook(NOW, CALENDAR, words)
    at = (NOW.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(BERLIN)
    found = door.standing(door.kept(changes, NOW), at)
    if NOW <= at < changes[-1][0]:
        counted = availability_at(at, CALENDAR, words)
        assert found is not None
        assert (found.state, found.until) == (counted.state, counted.until)
    else:
        assert found is None
    assert len(changes) == 24


def test_in_another_zone_nothing_is_known() -> None:
    kept = door.kept(outlook(NOW, CALENDAR), NOW)
    assert door.standing(kept, NOW) is not None
    assert door.standing(kept, NOW.astimezone(UTC)) is None
    assert door.standing({}, NOW) is None
