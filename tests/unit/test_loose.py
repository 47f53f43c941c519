"""From when on a requester has heard nothing for too long."""

from __future__ import annotations

from datetime import date

import pytest

from deskmate.domain.loose import quiet_at


@pytest.mark.parametrize(
    ("told", "priority", "quiet"),
    [
        ("2026-11-20T15:00", 1, "2026-11-20T16:00"),  # a Friday
        ("2026-11-20T15:00", 2, "2026-11-23T15:00"),
        ("2026-11-20T15:00", 3, "2026-11-25T15:00"),
        ("2026-11-20T15:00", None, "2026-11-25T15:00"),
        ("2026-11-22T12:00", 2, "2026-11-23T12:00"),  # on a Sunday
    ],
)
def test_silence_is_counted_in_business_days(told: str, priority: int | None, quiet: str) -> None:
    assert quiet_at(f"{told}:00.000Z", priority) == f"{quiet}:00.000Z"


def test_a_day_off_does_not_count_and_a_door_that_never_opens_ends_the_count() -> None:
    off = date(2026, 11, 23)
    assert quiet_at("2026-11-20T15:00:00.000Z", 2, lambda day: day.weekday() < 5 and day != off).startswith(
        "2026-11-24"
    )
    assert quiet_at("2026-11-20T15:00:00.000Z", 2, lambda day: False).startswith("2027-12")
