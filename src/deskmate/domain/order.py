"""From one order of the same things to another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def moved(before: Sequence[Key], after: Sequence[Key]) -> set[Key]:
    """The fewest that have to be moved for the one order to become the other: all but a longest common one.

    Both hold the same keys, each once.
    """
    place = {key: number for number, key in enumerate(before)}
    ends: list[int] = []
    """The place in ``before`` at which a chain of each length ends soonest."""
    chains: list[tuple[Key, ...]] = []
    for key in after:
        length = bisect_left(ends, place[key])
        chain = (*(chains[length - 1] if length else ()), key)
        ends[length : length + 1] = [place[key]]
        chains[length : length + 1] = [chain]
    return set(after) - set(chains[-1] if chains else ())
