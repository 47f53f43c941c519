"""When something was really done, as it is typed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from deskmate.domain import past

NOW = datetime(2026, 11, 20, 10, 47, tzinfo=ZoneInfo("Europe/Berlin"))  # a Friday


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("9:15", "2026-11-20 09:15"),
        ("16:40", "2026-11-19 16:40"),
        ("yesterday 16:40", "2026-11-19 16:40"),
        ("fri 9:00", "2026-11-20 09:00"),
        ("wed 9:00", "2026-11-18 09:00"),
        ("24 dec 9:00", "2025-12-24 09:00"),
        ("2026-11-02 08:00", "2026-11-02 08:00"),
        ("40m ago", "2026-11-20 10:07"),
        ("today 16:40", None),
        ("yesterday", None),
        ("25:00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_time_that_has_passed(typed: str, found: str | None) -> None:
    at = past.parse(typed, NOW)
    assert (at and f"{at:%Y-%m-%d %H:%M}") == found
