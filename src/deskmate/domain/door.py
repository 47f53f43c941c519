"""What the door will say next, as it is kept for the first frame of a start, which has no time to count it.

The app keeps it with its places; whoever changes the hours or the switch makes it be forgotten in the same
transaction. Light, because the first frame waits for it.
"""

from __future__ import annotations

from itertools import pairwise

from deskmate.domain import instant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

PLACE = "door"
"""Where it is kept."""
_OFFSET = "offset"


class Door:
    """What the door says at a moment, and until when."""

    __slots__ = ("state", "until")

    def __init__(self, state: str, until: datetime) -> None:
        self.state = state
        self.until = until


def kept(changes: Iterable[tuple[datetime, str]], now: datetime) -> dict[str, str]:
    """States by the stored instant they begin at, and the zone that this machine was in."""
    return {_OFFSET: str(now.utcoffset()), **{instant.to_text(start): str(state) for start, state in changes}}


def closing(kept: Mapping[str, str], now: datetime) -> datetime | None:
    """When the door closes for today; None where that is past or not known any more."""
    if kept.get(_OFFSET) != str(now.utcoffset()):
        return None
    at = instant.to_text(now)
    shut = [
        found
        for start in kept.keys() - {_OFFSET}
        if start > at
        and kept[start] == "CLOSED"
        and (found := instant.from_text(start).astimezone(now.tzinfo)).date() == now.date()
    ]
    return max(shut, default=None)


def standing(kept: Mapping[str, str], now: datetime) -> Door | None:
    """What the door says now; None where that is not known any more. After the last change nothing is known."""
    if kept.get(_OFFSET) != str(now.utcoffset()):
        return None
    at, changes = instant.to_text(now), sorted(kept.keys() - {_OFFSET})
    for start, end in pairwise(changes):
        if start <= at < end:
            return Door(kept[start], instant.from_text(end))
    return None
