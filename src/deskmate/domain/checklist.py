"""Checklists: what is on one, in which order it is done, and what of that makes no sense."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum

from deskmate.domain.text import clean
from deskmate.domain.values import LINE_LIMIT, TEXT_LIMIT

KILLER_ITEMS = 9
"""More than these are not read any more: the list should be split."""
MOST_MINUTES = 24 * 60
"""How long a checklist may take."""
MOST_DAYS = 999
"""How many days off the day that is needed an item may be."""
LIKENESS = 0.6
"""How much of two texts has to be the same, from 0 to 1, for the one to be another wording of the other."""


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


def word_of(name: str) -> str:
    """The form in which a name is found and may stand only once."""
    return " ".join(name.split()).casefold()


def tidy(content: Content) -> Content:
    """The same without what says nothing: blanks around, empty lines in a row, limits of what is no value."""
    about = re.sub(
        r"\n{3,}",
        "\n\n",
        "\n".join(map(str.rstrip, clean(content.about, multiline=True)[0].expandtabs(4).split("\n"))),
    )
    return replace(
        content,
        items=tuple(map(_tidy_item, content.items)),
        about=about.strip("\n"),
        pause_point=clean(content.pause_point)[0],
    )


def why_not(content: Content) -> str:
    """Why this makes no checklist; empty when it does. Whatever passes can be written as text and read again."""
    if not content.items:
        return "A checklist needs an item: what is to be checked."
    if content.minutes is not None and not 1 <= content.minutes <= MOST_MINUTES:
        return f"Minutes are a number from 1 to {MOST_MINUTES:,}."
    for number, item in enumerate(content.items, start=1):
        why = _why_not_item(item)
        if why:
            return f"Item {number}: {why}."
    long = [each for each in (content.pause_point,) if len(each) > LINE_LIMIT]
    if long or len(content.about) > TEXT_LIMIT:
        return "The pause point is too long." if long else "What is said about it is too long."
    return ""


def why_not_choices(choices: tuple[str, ...]) -> str:
    """Why one can not choose between these; empty when one can."""
    if len(choices) < 2 or not all(choices):
        return "a choice has two or more words with / between: green / yellow / red"
    if len({each.casefold() for each in choices}) < len(choices):
        return "a choice has each word once"
    return "a word of a choice has no / with blanks around" if any(" / " in f" {each} " for each in choices) else ""


def numbered(items: tuple[Item, ...], before: tuple[Item, ...] = (), ever: tuple[Item, ...] = ()) -> tuple[Item, ...]:
    """Give each item without an id, or with one that is taken twice, its own.

    ``before`` is what was on the list until now, ``ever`` what was on any revision. An item keeps an id that was
    given to it once. Without one it is the item that says the same, else the one in whose place it stands, if that
    asks for the same kind of thing and it reads like another wording. Else it is new, and no id comes twice.
    """
    given = {item.id for item in (*before, *ever)}
    found: list[int] = []
    for item in items:
        found.append(item.id if item.id in given and item.id not in found else 0)
    for old in (before, ever):
        same: dict[str, list[int]] = {}
        for each in old:
            if each.id not in found and each.id not in same.setdefault(each.text, []):
                same[each.text].append(each.id)
        for index, item in enumerate(items):
            if not found[index] and same.get(item.text):
                found[index] = same[item.text].pop(0)
    _reworded(items, before, found)
    highest = max(given, default=0)
    for index, key in enumerate(found):
        if not key:
            highest += 1
            found[index] = highest
    return tuple(replace(item, id=key) for item, key in zip(items, found, strict=True))


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


def _tidy_item(item: Item) -> Item:
    kept = Item("", item.id)
    if item.kind is not Kind.VALUE:
        item = replace(
            item, **{name: getattr(kept, name) for name in ("unit", "low", "high", "warn_low", "warn_high")}
        )
    return replace(
        item,
        text=clean(item.text)[0],
        expected=clean(item.expected)[0],
        unit=clean(item.unit)[0],
        choices=tuple(clean(each)[0] for each in item.choices) if item.kind is Kind.CHOICE else (),
        guide=clean(item.guide)[0],
    )


def _why_not_item(item: Item) -> str:
    if not item.text:
        return "it needs words: what is to be checked"
    lines = (item.text, item.expected, item.unit, item.guide, " / ".join(item.choices))
    if any(len(line) > LINE_LIMIT for line in lines):
        return f"at most {LINE_LIMIT} characters in a line"
    if item.days is not None and abs(item.days) > MOST_DAYS:
        return f"at most {MOST_DAYS} days off"
    if item.kind is Kind.CHOICE:
        return why_not_choices(item.choices)
    if item.kind is Kind.VALUE:
        from deskmate.domain import measure

        return measure.why_not(measure.of(item))
    return ""


def _reworded(items: tuple[Item, ...], before: tuple[Item, ...], found: list[int]) -> None:
    """Fill in the ids of items that stand where others stood, between the same neighbours or their like."""
    places = {item.id: place for place, item in enumerate(before)}
    index = 0
    while index < len(items):
        end = next((place for place in range(index, len(items)) if found[place]), len(items))
        start_old = places.get(found[index - 1], -1) + 1 if index else 0
        end_old = places.get(found[end], -1) if end < len(items) else len(before)
        old = [each for each in before[start_old : max(end_old, 0)] if each.id not in found]
        pairs = [(_likeness(items[place], each), place, each.id) for place in range(index, end) for each in old]
        for likeness, place, key in sorted(pairs, key=lambda pair: -pair[0]):
            if likeness >= LIKENESS and not found[place] and key not in found:
                found[place] = key
        index = end + 1


def _likeness(item: Item, before: Item) -> float:
    if (item.kind, item.unit, item.choices) != (before.kind, before.unit, before.choices):
        return 0
    from difflib import SequenceMatcher

    return SequenceMatcher(None, item.text.casefold(), before.text.casefold()).ratio()
