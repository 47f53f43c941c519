"""What would make a checklist better: suggestions, none of which keeps it from being saved."""

from __future__ import annotations

import re

from deskmate.domain.checklist import KILLER_ITEMS, Content, Item, Kind

OVER = 1.25
"""How many times its estimate a checklist may take before it is worth a word."""
_CUT = 34
"""Characters of an item that are quoted."""


def suggestions(content: Content, took: float | None = None) -> list[str]:
    """What could be better, in sentences without an end. ``took`` is how many minutes runs really take, if known."""
    found: list[str] = []
    count = len(content.items)
    if count > KILLER_ITEMS:
        found.append(f"{count} items are more than one reads: split it, {KILLER_ITEMS} are enough")
    if content.items and not content.pause_point:
        found.append("no pause point: say when one stops and takes it out")
    if took is not None and content.minutes and took > content.minutes * OVER:
        found.append(f"it takes {took:.0f} minutes, not {content.minutes}: split it, or say so")
    found += [f"“{_short(item)}” asks two things: make two items of it" for item in content.items if _asks_two(item)]
    found += [
        f"“{_short(item)}” wants evidence: say what it has to show, behind expected:"
        for item in content.items
        if item.evidence and not item.expected
    ]
    return found


def _asks_two(item: Item) -> bool:
    """Whether a check is two: two sentences, or something done to each of two things.

    "Filters and fans free of dust" is one look; "Filters cleaned and log read" is two.
    """
    if item.kind is not Kind.CHECK:
        return False
    text = item.text.rstrip(".!?")
    if re.search(r"[.;!?]\s+\w", text):
        return True
    halves = re.split(r"\s+(?:and then|and also|then|and)\s+", text)
    return len(halves) > 1 and all(re.search(_DONE, half, re.IGNORECASE) for half in halves)


_DONE = r"\b(?:\w{2,}ed|read|sent|taken|done|made|written|put|shut|cut|kept|held|swept|set|run|found|known)\b"


def _short(item: Item) -> str:
    return item.text if len(item.text) <= _CUT else f"{item.text[: _CUT - 1].rstrip()}…"
