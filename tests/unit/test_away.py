"""What one line says about being away."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from deskmate.domain import away

NOW = datetime(2026, 11, 20, 10, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("line", "public", "end"),
    [
        ("with a colleague, back 10:40", "with a colleague", "20 10:40"),
        ("room 2.14, then lunch, until 13:00", "room 2.14, then lunch", "20 13:00"),
        ("at the dentist, tomorrow 9:00", "at the dentist", "21 09:00"),
        ("back at 14h", "", "20 14:00"),
        ("+90m", "", "20 11:30"),
        ("lunch, back soon", "lunch, back soon", None),
        ("10:40 train", "10:40 train", None),
        ("", "", None),
    ],
)
def test_the_end_is_behind_the_last_comma_or_all_there_is(line: str, public: str, end: str | None) -> None:
    said, until = away.parse(line, NOW)
    assert (said, until and f"{until:%d %H:%M}") == (public, end)
