"""The wall clock of this machine, with the rules of its zone and nothing to import for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from deskmate.domain import instant


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


def stored(moment: datetime) -> str:
    """The moment in the form instants have on disk."""
    return instant.to_text(moment)
