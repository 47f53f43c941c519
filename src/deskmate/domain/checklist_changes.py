"""What is different between two revisions of a checklist, in words."""

from __future__ import annotations

from deskmate.domain import measure
from deskmate.domain.checklist import Content, Item, Kind
from deskmate.domain.order import moved as moved_of

_QUOTED = 120
"""So many characters of old and new are put side by side."""


def changes(before: Content, after: Content) -> list[str]:
    """What changed, line by line: first what is said about it, then its items in their new order."""
    found = [
        _said(name, old, new)
        for name, old, new in (
            ("about", before.about, after.about),
            ("mode", str(before.mode), str(after.mode)),
            ("minutes", str(before.minutes or ""), str(after.minutes or "")),
            ("pause point", before.pause_point, after.pause_point),
            ("do not disturb", "yes" if before.dnd else "no", "yes" if after.dnd else "no"),
        )
        if old != new
    ]
    old_items = {item.id: item for item in before.items}
    new_ids = [item.id for item in after.items]
    stayed = [item.id for item in before.items if item.id in new_ids]
    moved = moved_of(stayed, [key for key in new_ids if key in old_items])
    for place, item in enumerate(after.items, start=1):
        old = old_items.get(item.id)
        if old is None:
            found.append(f"new: {place}. {item.text}")
            continue
        if item.id in moved:
            found.append(f"moved to {place}: {item.text}")
        if old.text != item.text:
            found.append(f"“{old.text}” now reads “{item.text}”")
        found += [f"“{item.text}”: {each}" for each in _of_item(old, item)]
    return found + [f"gone: {item.text}" for item in before.items if item.id not in new_ids]


def _of_item(before: Item, after: Item) -> list[str]:
    return [
        _said(name, old, new)
        for name, old, new in (
            ("asks for", _asks(before), _asks(after)),
            ("expected", before.expected, after.expected),
            ("evidence", "yes" if before.evidence else "no", "yes" if after.evidence else "no"),
            ("guide", before.guide, after.guide),
            ("day", _day(before), _day(after)),
        )
        if old != new
    ]


def _asks(item: Item) -> str:
    if item.kind is Kind.VALUE:
        return f"a value {measure.said(measure.of(item))}".rstrip()
    if item.kind is Kind.CHOICE:
        return " / ".join(item.choices)
    return "a note" if item.kind is Kind.NOTE else "a check"


def _day(item: Item) -> str:
    return "" if item.days is None else str(item.days)


def _said(name: str, old: str, new: str) -> str:
    if "\n" in old + new or (old and len(old + new) > _QUOTED):
        return f"{name} was rewritten" if new else f"no {name} any more"
    if not old:
        return f"{name} {new}"
    return f"{name} {new}, was {old}" if new else f"no {name} any more, was {old}"
