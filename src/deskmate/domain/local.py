"""The zone of this machine, with the rules of the C library and nothing to import for them.

A moment in it knows its own offset: one in a week may lie beyond a change of the clock.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo


class Local(tzinfo):
    """The zone this system is set to, as the C library knows it.

    A time in a gap moves forward, one that happens twice is the first unless ``fold`` says otherwise.
    """

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """How far ahead of UTC the wall clock is."""
        return None if moment is None else moment.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, moment: datetime | None) -> timedelta | None:
        """Not known."""
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        """The abbreviation in use at that moment."""
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime) -> datetime:
        """The wall clock at a moment of UTC."""
        utc = moment.replace(tzinfo=UTC)
        wall = utc.astimezone().replace(tzinfo=None)
        return wall.replace(tzinfo=self, fold=int(wall.astimezone() != utc))


def now() -> datetime:
    """This moment on the wall clock."""
    return datetime.now(UTC).astimezone(Local())
