"""What the screens ask of the store about guides: the list as it is searched, one with its draft, what was published.

What grows with the number of guides is read under the budget of a key, else on a worker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.store.read import guides
from deskmate.store.read.budget import Interrupted

if TYPE_CHECKING:
    from deskmate.domain.guide import Guide, Revision
    from deskmate.store.read.budget import Connection
    from deskmate.tui.gateway import Gateway

GuideLine = guides.GuideLine
LANE = "guides"


def found_now(gateway: Gateway, typed: str) -> list[GuideLine] | None:
    """The guides that fit what is typed, all of them when nothing is; None when that takes longer than a key may."""
    try:
        return gateway.read(_found, typed)
    except Interrupted:
        return None


async def found_later(gateway: Gateway, typed: str) -> list[GuideLine] | None:
    """The same from a worker; None when something newer was asked for meanwhile."""
    return await gateway.read_later(LANE, _found, typed)


def guide(gateway: Gateway, key: int) -> Guide | None:
    """A guide with its draft; None when it is not there any more."""
    return gateway.read_whole(guides.guide, key)


def titles(gateway: Gateway) -> dict[str, str]:
    """The titles of what is published and not put aside, by slug."""
    return gateway.read_whole(guides.titles)


def revisions(gateway: Gateway, key: int) -> list[Revision]:
    """What was published of a guide, the newest first."""
    return gateway.read_whole(guides.revisions, key)


def _found(conn: Connection, typed: str) -> list[GuideLine]:
    return guides.found(conn, typed, archived=True)
