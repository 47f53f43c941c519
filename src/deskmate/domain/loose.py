"""Loose ends: when nobody has told a requester anything for too long.

P1 an hour, P2 a business day, everything else three; at the same time of day, so that what was said on Friday
afternoon is not missed on Monday morning.
"""

from __future__ import annotations

from datetime import date, timedelta

from deskmate.domain import instant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_BUSINESS_DAYS = {2: 1}
_ELSE = 3
_FAR = 400
"""Days that are looked at for business days: where the door stays closed longer, nobody is told sooner."""


def weekday(day: date) -> bool:
    """Whether it is a day from Monday to Friday, for where the office hours are not at hand."""
    return day.weekday() < 5


def quiet_at(
    told_at: str, priority: int | None, opens_on: Callable[[date], bool] = weekday, zone: tzinfo | None = None
) -> str:
    """The stored instant from which a requester who heard nothing since ``told_at`` has heard too little.

    ``zone`` is where the days of ``opens_on`` begin, UTC without one.
    """
    moment = instant.from_text(told_at)
    if priority == 1:
        return instant.to_text(moment + _HOUR)
    moment = moment if zone is None else moment.astimezone(zone)
    left = _BUSINESS_DAYS.get(priority or 0, _ELSE)
    for _ in range(_FAR):
        moment += _DAY
        left -= opens_on(moment.date())
        if not left:
            break
    return instant.to_text(moment)
