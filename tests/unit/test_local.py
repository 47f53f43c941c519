"""The local zone, through both changes of the clock."""

from datetime import UTC, datetime, timedelta

import pytest

from deskmate.domain.local import Local, now


@pytest.mark.parametrize(
    ("wall", "utc"),
    [
        ("2027-01-15T12:00", "2027-01-15T11:00"),
        ("2027-07-15T12:00", "2027-07-15T10:00"),
        ("2027-03-28T02:30", "2027-03-28T01:30"),  # in the gap: moves forward
        ("2027-10-31T02:30", "2027-10-31T00:30"),  # happens twice: the first
    ],
)
def test_wall_to_utc(wall: str, utc: str) -> None:
    moment = datetime.fromisoformat(wall).replace(tzinfo=Local())
    assert moment.astimezone(UTC) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_there_and_back_for_every_half_hour_of_a_year() -> None:
    moment = datetime(2027, 1, 1, tzinfo=UTC)
    for _each in range(2 * 24 * 365):
        wall = moment.astimezone(Local())
        assert wall.astimezone(UTC) == moment
        moment += timedelta(minutes=30)


def test_now_is_aware_and_near() -> None:
    assert abs(now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert now().tzname() in ("CET", "CEST")
    assert now().dst() is None
