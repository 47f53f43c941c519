"""What the screens ask of the store about guides: the list as it is searched, one with its draft, what was published.

What grows with the number of guides is read under the budget of a key, else on a worker.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskmate.domain import guide_record
from deskmate.domain.guide import Then
from deskmate.domain.guide_making import calls_for_guide
from deskmate.store.read import fitting_guides, guides, true_guides, walks
from deskmate.store.read.budget import Interrupted

if TYPE_CHECKING:
    from datetime import date

    from deskmate.domain.guide import Content, Guide, Revision
    from deskmate.domain.guide_changes import Line
    from deskmate.store.read.budget import Connection
    from deskmate.tui.gateway import Gateway


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of guides beside their lines, by key: their minutes, how often each was used and worked, and why
    some are to be looked at."""

    minutes: Mapping[int, int]
    usage: Mapping[int, tuple[int, int]]
    looks: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different between two texts of a guide: in words, and line by line."""

    words: tuple[str, ...]
    lines: tuple[Line, ...]


GuideLine = guides.GuideLine
LANE = "guides"


def found_now(gateway: Gateway, typed: str) -> list[GuideLine] | None:
    """The guides that fit what is typed, all of them when nothing is; None when that takes longer than a key may."""
    try:
        return gateway.read(guides.found, typed, archived=True)
    except Interrupted:
        return None


async def found_later(gateway: Gateway, typed: str) -> list[GuideLine] | None:
    """The same from a worker; None when something newer was asked for meanwhile."""
    return await gateway.read_later(LANE, guides.found, typed, archived=True)


def guide(gateway: Gateway, key: int) -> Guide | None:
    """A guide with its draft; None when it is not there any more."""
    return gateway.read_whole(guides.guide, key)


def titles(gateway: Gateway, content: Content) -> dict[str, str]:
    """The titles of the guides that a branch leads to, by slug."""
    slugs = {branch.to for step in content.steps for branch in step.branches if branch.then is Then.GUIDE}
    return gateway.read_whole(guides.titles_of, sorted(slugs)) if slugs else {}


def published(gateway: Gateway, content: Content) -> frozenset[str]:
    """The slugs that a branch of it may lead to; read only where one does lead to a guide."""
    if not any(branch.then is Then.GUIDE for step in content.steps for branch in step.branches):
        return frozenset()
    return frozenset(gateway.read_whole(guides.titles, content.audience))


def glossary(gateway: Gateway) -> dict[str, str]:
    """Plain words for words of the trade, by the form they are found by."""
    return gateway.read_whole(true_guides.glossary)


def revisions(gateway: Gateway, key: int) -> list[Revision]:
    """What was published of a guide, the newest first."""
    return gateway.read_whole(guides.revisions, key)


async def known_later(gateway: Gateway, today: date) -> Known | None:
    """What is known of all guides, from a worker; None when it was asked for again meanwhile."""
    return await gateway.read_later("guides known", _known, today.isoformat())


async def record_later(gateway: Gateway, key: int) -> list[str] | None:
    """What walk-throughs say of a guide, in words, from a worker; None when another was asked for meanwhile."""
    return await gateway.read_later("guide record", _record, key)


async def difference_later(gateway: Gateway, before: Content, after: Content) -> Difference | None:
    """What is different, from a worker: long texts take a moment. None when another was asked for meanwhile."""
    return await gateway.read_later("guide difference", _difference, before, after)


def _difference(conn: Connection, before: Content, after: Content) -> Difference:
    from deskmate.domain import guide_changes
    from deskmate.formats import guide_text

    lines = guide_changes.lines(guide_text.write(before), guide_text.write(after))
    return Difference(tuple(guide_changes.changes(before, after)), tuple(lines))


async def wanted_later(gateway: Gateway, number: int) -> str:
    """That a guide is wanted for what a request was about, in words, from a worker; empty where none is."""
    return await gateway.read_later("guide wanted", _wanted, number) or ""


def _wanted(conn: Connection, number: int) -> str:
    return calls_for_guide(*fitting_guides.cost_of_alike(conn, number), len(fitting_guides.fitting(conn, number)))


def _known(conn: Connection, today: str) -> Known:
    return Known(guides.minutes(conn), walks.usage(conn), true_guides.to_look_at(conn, today))


def _record(conn: Connection, key: int) -> list[str]:
    return guide_record.lines(walks.figures(conn, key))
