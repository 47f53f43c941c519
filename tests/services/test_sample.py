"""The sample day: sound data, something in every corner, and a time for everything that has been."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain import calendar, instant
from deskmate.services import sample, sample_guides
from deskmate.services.sample_day import CASES, DEVICES, DONE, PEOPLE
from tests.support.desks import assert_sound, looking

ZONE = ZoneInfo("Europe/Berlin")
MONDAY, SUNDAY = datetime(2026, 11, 23, 9, 5, tzinfo=ZONE), datetime(2026, 11, 22, 23, 30, tzinfo=ZONE)


@pytest.mark.parametrize("now", [MONDAY, SUNDAY], ids=["monday", "sunday"])
def test_the_day_is_sound_and_full(tmp_path: Path, now: datetime) -> None:
    sample.fill(str(tmp_path), now)
    with looking(tmp_path) as conn:
        assert_sound(conn)
        one = lambda sql: conn.execute(sql).fetchone()[0]  # noqa: E731
        assert one("SELECT count(*) FROM request") == len(CASES) + len(DONE) >= 60
        assert one("SELECT count(*) FROM person") == len(PEOPLE) >= 25
        assert one("SELECT count(*) FROM device") == len(DEVICES)
        assert one("SELECT count(*) FROM person WHERE vip") >= 3
        assert one("SELECT count(*) FROM attachment") >= 1
        assert one("SELECT count(*) FROM draft") == 1
        assert one("SELECT count(*) FROM request WHERE unread") >= 2
        assert one("SELECT count(*) FROM request WHERE merged_into IS NOT NULL") == 1
        assert one("SELECT max(n) FROM (SELECT count(*) AS n FROM request GROUP BY cause HAVING cause > '')") == 4
        shelves = {shelf for (shelf,) in conn.execute("SELECT DISTINCT shelf FROM request")}
        assert shelves == {"now", "waiting", "parked", "done", "dropped"}
        assert {"requester", "vendor", "someone"} == {
            on for (on,) in conn.execute("SELECT DISTINCT waiting_on FROM request WHERE status = 'waiting'")
        }
        priorities = {priority for (priority,) in conn.execute("SELECT DISTINCT priority FROM request")}
        assert priorities == {None, 1, 2, 3, 4}
        assert one("SELECT count(*) FROM guide_revision") == len(sample_guides.PUBLISHED)
        assert one("SELECT count(*) FROM guide") > one("SELECT count(*) FROM guide_revision")
        assert one("SELECT count(*) FROM checklist") == len(sample_guides.CHECKLISTS)
        at = [each for (each,) in conn.execute("SELECT recorded_at FROM journal ORDER BY seq")]
        assert at == sorted(at)
        assert at[-1] <= instant.to_text(now)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda wall: wall.replace(tzinfo=ZONE)),
    st.integers(1, 12 * 8 * 60),
)
def test_office_time_counted_back_stays_in_office_hours(now: datetime, minutes: int) -> None:
    found = sample.back(now, f"{minutes}m")
    assert found <= now
    assert found.weekday() in calendar.WORKDAYS
    assert calendar.OPENS <= found.time() <= calendar.CLOSES
    assert sample.back(now, f"{minutes + 1}m") < found
