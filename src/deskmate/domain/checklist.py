"""Checklists: what is on one, in which order it is done, and what of that makes no sense."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum

KILLER_ITEMS = 9
"""More than these are not read any more: the list should be split."""


class Mode(StrEnum):
    """How a list is gone through."""

    IN_ORDER = "in order"
    """Read one, do it, then the next."""
    ANY_ORDER = "any order"
    """Do it all from memory, then confirm each."""


class Kind(StrEnum):
    """What an item asks for."""

    CHECK = "check"
    VALUE = "value"
    CHOICE = "choice"
    NOTE = "note"


class Verdict(StrEnum):
    """What came of an item."""

    DONE = "done"
    NOT_APPLICABLE = "not applicable"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist.

    ``id`` is its own within the checklist over all revisions; 0 is one that has none yet. A value outside ``low`` to
    ``high`` fails; one outside ``warn_low`` to ``warn_high`` is worth a look. ``evidence`` wants a file. ``guide``
    names a guide and perhaps a step, as "Probe list" or "Probe list 3". ``days`` is when it is to be done in a run
    for a request, counted in days from the day that is needed: -5 is five days before.
    """

    text: str
    id: int = 0
    kind: Kind = Kind.CHECK
    expected: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    warn_low: float | None = None
    warn_high: float | None = None
    choices: tuple[str, ...] = ()
    evidence: bool = False
    guide: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """All of a checklist but its name: what a revision keeps. ``minutes`` is how long it should take."""

    items: tuple[Item, ...] = ()
    mode: Mode = Mode.ANY_ORDER
    about: str = ""
    pause_point: str = ""
    minutes: int | None = None
    dnd: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist with one of its revisions, the newest unless said otherwise. ``made_at`` is a stored instant."""

    id: int
    name: str
    content: Content
    revision: int = 1
    """The number one sees."""
    revision_id: int = 0
    made_at: str = ""


def numbered(items: tuple[Item, ...], before: tuple[Item, ...] = (), highest: int = 0) -> tuple[Item, ...]:
    """Give each item without an id, or with one that is taken twice, its own; none that was ever given is reused.

    ``highest`` is the highest id given so far in any revision. An item that says the same as one before, and says
    no id, is that one.
    """
    highest = max([highest, *(item.id for item in before)])
    known = {item.text: item.id for item in before}
    ids = {item.id for item in before}
    taken = {item.id for item in items if item.id in ids}
    found: list[Item] = []
    given: set[int] = set()
    for item in items:
        key = item.id
        if key not in ids or key in given:
            same = known.get(item.text, 0)
            key = same if same and same not in taken and same not in given else 0
        if not key:
            highest += 1
            key = highest
        given.add(key)
        found.append(replace(item, id=key))
    return tuple(found)


def packed(items: tuple[Item, ...]) -> str:
    """Items as one text, for the database. What is as it is by default is left out."""
    plain = {each.name: each.default for each in fields(Item)}
    said = [{name: value for name, value in asdict(item).items() if value != plain[name]} for item in items]
    return json.dumps(said, ensure_ascii=False)


def unpacked(text: str) -> tuple[Item, ...]:
    """The items of a packed text."""
    return tuple(
        Item(**{**said, "kind": Kind(said.get("kind", "check")), "choices": tuple(said.get("choices", ()))})
        for said in json.loads(text)
    )
