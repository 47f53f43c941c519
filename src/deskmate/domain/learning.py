"""What the past of checklists teaches when they are pruned: what to let go, what to mend, what to add.

These are suggestions, each with its reason; nothing changes by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from deskmate.domain import checklist_lint
from deskmate.domain.checklist import Checklist, Item
from deskmate.domain.hours import day_text
from deskmate.domain.row import label

LOOKED_AT = 60
"""So many of the newest runs of a list are looked at."""
ENOUGH_RUNS = 10
"""An item that did not fail in so many never does."""
OFTEN, OFTEN_RUNS = 0.25, 3
"""The share of runs from which an item often fails, and the failures that takes at least."""
CAUGHT_DAYS, CAUGHT_TIMES = 90, 2
"""A check would have caught what came so often within so many days."""
_WORD = re.compile(r"\w{4,}")
_NAMED = 5
"""So many requests are named as examples."""


class Kind(StrEnum):
    """What a suggestion is about."""

    NEVER_FAILS = "never fails"
    OFTEN_FAILS = "often fails"
    LIST = "the list"
    """How it is made: too many items, over its estimate, and what else reading it shows."""
    UNCHECKED = "nobody checks it"


@dataclass(frozen=True, slots=True)
class Tally:
    """How an item came out: runs in which it was done or failed, in how many it failed, the day of the first."""

    runs: int
    failed: int
    since: date


@dataclass(frozen=True, slots=True)
class Caused:
    """A request whose cause is known, with the device and the category it is about, perhaps none."""

    number: int
    cause: str
    device: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to think about and why. ``checklist`` is None where there is none that it belongs to."""

    kind: Kind
    checklist: Checklist | None
    item: Item | None
    reason: str
    requests: tuple[int, ...] = ()


def of_checklist(checklist: Checklist, tallies: dict[int, Tally], took: float | None) -> Iterator[Suggestion]:
    """What a list and its own runs teach. ``tallies`` are by item, ``took`` the minutes that it really takes."""
    for reason in checklist_lint.suggestions(checklist.content, took):
        yield Suggestion(Kind.LIST, checklist, None, reason)
    for item in checklist.content.items:
        tally = tallies.get(item.id)
        if tally is None:
            continue
        if tally.failed >= OFTEN_RUNS and tally.failed >= OFTEN * tally.runs:
            reason = f"failed in {tally.failed} of {tally.runs} runs: mend the cause, or set another limit"
            yield Suggestion(Kind.OFTEN_FAILS, checklist, item, reason)
        elif not tally.failed and tally.runs >= ENOUGH_RUNS:
            reason = (
                f"did not fail once in {tally.runs} runs since {day_text(tally.since)}: look less often, or let it go"
            )
            yield Suggestion(Kind.NEVER_FAILS, checklist, item, reason)


def unchecked(caused: Iterable[Caused], checklists: Sequence[Checklist]) -> Iterator[Suggestion]:
    """What came again and again for one cause on one device, or in one category, and no item looks for."""
    by_device: dict[tuple[str, str], list[Caused]] = {}
    by_category: dict[tuple[str, str], list[Caused]] = {}
    for each in caused:
        cause = each.cause.casefold()
        if each.device:
            by_device.setdefault((cause, each.device.casefold()), []).append(each)
        if each.category:
            by_category.setdefault((cause, each.category.casefold()), []).append(each)
    said: set[int] = set()
    items = [
        f"{item.text} {item.expected}".casefold() for checklist in checklists for item in checklist.content.items
    ]
    for where, groups in (("on", by_device), ("in", by_category)):
        for (cause, about), found in groups.items():
            numbers = tuple(each.number for each in found)
            if len(numbers) < CAUGHT_TIMES or said.issuperset(numbers):
                continue
            said.update(numbers)
            if any(_mentions(item, cause) or (where == "on" and about in item) for item in items):
                continue
            name = found[0].device if where == "on" else found[0].category
            names = ", ".join(map(label, numbers[:_NAMED])) + (" …" if len(numbers) > _NAMED else "")
            reason = (
                f"“{found[0].cause}” {where} {name} came {len(numbers)} times in {CAUGHT_DAYS} days ({names}),"
                " and no item looks for it"
            )
            yield Suggestion(Kind.UNCHECKED, None, None, reason, numbers)


def told(suggestion: Suggestion) -> str:
    """A suggestion in a line."""
    return f"{suggestion.item.text}: {suggestion.reason}" if suggestion.item else suggestion.reason


def _mentions(item: str, cause: str) -> bool:
    """Whether the words of an item hold those of a cause."""
    words = _WORD.findall(cause)
    return all(word in item for word in words) if words else cause in item
