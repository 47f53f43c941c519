"""Checklists as plain text that reads well in a wiki, both ways.

A checklist is a Markdown heading, fields about it, and a list of boxes with fields below each. Nothing is guessed: a
line that is not understood is a ``Problem`` that says what was expected, and all other lines count. Ids of items are
not in the text; ``domain.checklist.numbered`` finds them again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from deskmate.domain import measure
from deskmate.domain.checklist import (
    MOST_DAYS,
    MOST_MINUTES,
    Content,
    Item,
    Kind,
    Mode,
    why_not_choices,
)
from deskmate.domain.text import NAME_LIMIT, clean
from deskmate.domain.values import LINE_LIMIT, TEXT_LIMIT, Wrong, yes
from deskmate.formats.annotating import Problem, nearest
from deskmate.formats.checklist_schedule import LABELS, problems

ABOVE = (*LABELS.values(), "Mode", "Minutes", "Pause point", "Do not disturb")
"""The fields above the items."""
BELOW = ("expected", "value", "choice", "note", "evidence", "guide", "day")
"""The fields below an item."""
_HEAD = {name.casefold(): name for name in ABOVE} | {name.casefold(): key for key, name in LABELS.items()}
_ASKS = {"value": Kind.VALUE, "choice": Kind.CHOICE, "note": Kind.NOTE}

_BULLET = re.compile(r"\s*(?:[-*+•]|\d+[.)])\s+")
_BOX = re.compile(r"\s*(?:(?:[-*+•]|\d+[.)])\s+)?\[[ xX✓✗]?\](?:\s+|$)")
_FIELD = re.compile(
    r"(?:\*\*|__)?(?P<name>[^\W\d_]+(?: [^\W\d_]+){0,2})(?:\*\*|__)?:(?:\*\*|__)?(?:\s+|$)(?P<value>.*)"
)
_COMMENT = re.compile(r"\s*<!--(?:(?!-->).)*-->\s*")


@dataclass(frozen=True, slots=True)
class Written:
    """What a text says about one checklist. ``schedule`` has what is said about when it is due, as typed."""

    name: str
    content: Content
    schedule: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    line: int = 1
    """Where it begins."""


def read(text: str) -> list[Written]:
    """All checklists of a text, in order. One without a heading has no name, and a problem that says so."""
    reading = _Reading()
    for number, line in enumerate(clean(text, multiline=True)[0].split("\n"), start=1):
        reading.take(number, line.expandtabs(4).rstrip())
    return reading.ended()


def write(name: str, content: Content, schedule: Mapping[str, str] | None = None) -> str:
    """A checklist as text."""
    lines = [f"# {name}", ""]
    about = content.about.split("\n") if content.about else []
    if any(not _is_plain(line) for line in about):
        about = [f"> {line}".rstrip() for line in about]
    lines += [*about, ""] if about else []
    said = {label: (schedule or {}).get(key, "") for key, label in LABELS.items()} | {
        "Mode": str(content.mode),
        "Minutes": str(content.minutes or ""),
        "Pause point": content.pause_point,
        "Do not disturb": "yes" if content.dnd else "",
    }
    lines += [f"* {label}: {value}" for label, value in said.items() if value]
    lines.append("")
    for item in content.items:
        lines += [f"- [ ] {item.text}", *(f"  - {each}" for each in _fields(item))]
    return "\n".join(lines) + "\n"


# --- writing -----------------------------------------------------------------------------------------------


def _fields(item: Item) -> list[str]:
    found = [f"expected: {item.expected}"] if item.expected else []
    if item.kind is Kind.VALUE:
        limits = measure.said(measure.of(item))
        found.append(f"value: {limits}" if limits else "value")
    elif item.kind is Kind.CHOICE:
        found.append(f"choice: {' / '.join(item.choices)}")
    elif item.kind is Kind.NOTE:
        found.append("note")
    found += ["evidence"] if item.evidence else []
    found += [f"guide: {item.guide}"] if item.guide else []
    return found + ([] if item.days is None else [f"day: {item.days}"])


def _is_plain(line: str) -> bool:
    """Whether a line is read as words about the checklist and as nothing else."""
    return line == line.strip() and not (
        line.startswith((">", "#", "<!--")) or _BULLET.match(line) or _BOX.match(line) or _FIELD.match(line)
    )


# --- reading -----------------------------------------------------------------------------------------------


class _Reading:
    """Takes line by line; what is not understood is said and left out."""

    def __init__(self) -> None:
        self._found: list[Written] = []
        self._begin(1, "")
        self._empty = True
        """Nothing of a checklist was read yet."""
        self._hidden = False
        """Within a comment of several lines."""

    def take(self, number: int, line: str) -> None:
        if self._hidden:
            self._hidden = "-->" not in line
            return
        if not line.strip():
            self._about.append("")
            return
        if _COMMENT.fullmatch(line):
            return
        if line.lstrip().startswith("<!--"):
            self._hidden = True
            return
        try:
            self._read(number, line)
        except Wrong as wrong:
            self._problem(number, line, str(wrong))

    def ended(self) -> list[Written]:
        if not self._empty:
            self._close()
        return self._found

    def _read(self, number: int, line: str) -> None:
        if line.startswith("# ") or line == "#":
            if not self._empty:
                self._close()
            self._begin(number, line)
            self._empty = False
            self._name = _line(line[1:], NAME_LIMIT)
            if not self._name:
                raise Wrong("the checklist needs a name behind the #")
            return
        if self._empty:
            self._empty = False
            self._begin(number, line)
            self._problem(number, line, "a checklist begins with # and its name, such as # Morning look")
        box = _BOX.match(line)
        if box:
            self._item(line[box.end() :], number)
        elif self._items:
            self._of_item(line)
        else:
            self._head(number, line)

    def _begin(self, number: int, line: str) -> None:
        self._start, self._first = number, line
        self._name = ""
        self._about: list[str] = []
        self._said: dict[str, str] = {}
        self._places: dict[str, tuple[int, str]] = {}
        """Where each field stands."""
        self._content = Content()
        self._items: list[Item] = []
        self._given: set[str] = set()
        """The fields of the item that is read."""
        self._problems: list[Problem] = []
        self._broken_item = False

    def _close(self) -> None:
        about = re.sub(r"\n{3,}", "\n\n", "\n".join(self._about)).strip("\n")
        if len(about) > TEXT_LIMIT:
            self._problem(self._start, self._first, f"at most {TEXT_LIMIT:,} characters about it")
        if not self._items and not self._broken_item:
            self._problem(self._start, self._first, "nothing is on it: an item is - [ ] and what to check")
        schedule = self._schedule()
        content = replace(self._content, about=about[:TEXT_LIMIT], items=tuple(self._items))
        found = tuple(sorted(self._problems, key=lambda problem: problem.line))
        self._found.append(Written(self._name, content, schedule, found, self._start))

    def _schedule(self) -> dict[str, str]:
        """What is said about when it is due, if all of it is understood."""
        said = {key: self._said[key] for key in LABELS if key in self._said}
        if said and "when" not in said:
            key = next(iter(said))
            self._problem(*self._places[key], f"{LABELS[key]} needs to know when: Due: every working day, for one")
            return {}
        wrong = problems(said) if said else {}
        for key, why in wrong.items():
            self._problem(*self._places[key if key in self._places else "when"], why)
        return {} if wrong else said

    def _problem(self, number: int, line: str, why: str) -> None:
        self._problems.append(Problem(number, line.strip(), why))

    def _head(self, number: int, line: str) -> None:
        quoted = re.match(r"\s*> ?", line)
        if quoted:
            self._about.append(line[quoted.end() :])
            return
        if line.lstrip().startswith("#"):
            raise Wrong("no headings but the name: make two checklists of it")
        bullet = _BULLET.match(line)
        said = _FIELD.match(line[bullet.end() :] if bullet else line.lstrip())
        if said is None:
            if bullet:
                raise Wrong("neither a field such as Minutes: 20 nor an item: that is - [ ] and what to check")
            self._about.append(line.strip())
            return
        name = said["name"].casefold()
        key = _HEAD.get(name)
        if key is None and name in BELOW:
            raise Wrong(f"“{said['name']}” belongs below an item")
        if key is None:
            raise Wrong(f"no field “{said['name']}”{nearest(name, ABOVE)}; words about it may stand behind a >")
        value = _line(said["value"])
        if not value:
            raise Wrong(f"{said['name']} says nothing")
        if key in self._said:
            raise Wrong(f"{said['name']} is said twice")
        self._said[key] = value
        self._places[key] = number, line
        if key not in LABELS:
            self._content = _CONTENT[key](self._content, value)

    def _item(self, text: str, number: int) -> None:
        self._given = set()
        try:
            text = _line(text)
            if not text:
                raise Wrong("an item needs words: what is to be checked")
        except Wrong:
            self._broken_item = True
            self._items.append(Item(""))  # its fields are no problem of their own
            raise
        self._items.append(Item(text))

    def _of_item(self, line: str) -> None:
        if line.startswith("#"):
            raise Wrong("no headings but the name: make two checklists of it")
        bullet = _BULLET.match(line)
        body = (line[bullet.end() :] if bullet else line).strip()
        said = _FIELD.fullmatch(body)
        name = (said["name"] if said else body).casefold()
        if name not in BELOW:
            if name in _HEAD:
                raise Wrong(f"“{said['name'] if said else body}” belongs above the items")
            if said:
                raise Wrong(f"an item has no field “{said['name']}”{nearest(name, BELOW)}")
            raise Wrong("neither an item, - [ ] and what to check, nor a field of the one above")
        value = _line(said["value"] if said else "")
        if name in self._given:
            raise Wrong(f"{name} is said twice")
        if name in _ASKS and self._given & _ASKS.keys():
            raise Wrong("an item asks for one thing: a value, a choice or a note")
        self._items[-1] = _ITEM[name](self._items[-1], value)
        self._given.add(name)


def _line(typed: str, limit: int = LINE_LIMIT) -> str:
    text = clean(typed)[0]
    if len(text) > limit:
        raise Wrong(f"at most {limit} characters, not {len(text):,}")
    return text


# --- the fields of a checklist -----------------------------------------------------------------------------


def _mode(content: Content, value: str) -> Content:
    modes = {str(mode): mode for mode in Mode}
    mode = modes.get(value.casefold())
    if mode is None:
        raise Wrong(f"the mode is {' or '.join(modes)}")
    return replace(content, mode=mode)


def _minutes(content: Content, value: str) -> Content:
    match = re.fullmatch(r"(\d{1,4})(?: ?min(?:utes?)?\.?)?", value, re.ASCII)
    if match is None or not 1 <= int(match[1]) <= MOST_MINUTES:
        raise Wrong(f"minutes are a number from 1 to {MOST_MINUTES:,}")
    return replace(content, minutes=int(match[1]))


_CONTENT: dict[str, Callable[[Content, str], Content]] = {
    "Mode": _mode,
    "Minutes": _minutes,
    "Pause point": lambda content, value: replace(content, pause_point=value),
    "Do not disturb": lambda content, value: replace(content, dnd=yes(value)),
}


# --- the fields of an item ---------------------------------------------------------------------------------


def _words(name: str) -> Callable[[Item, str], Item]:
    def take(item: Item, value: str) -> Item:
        if not value:
            raise Wrong(f"{name} says nothing")
        changed: Item = replace(item, **{name: value})  # type: ignore[arg-type]
        return changed

    return take


def _flag(name: str, given: Callable[[Item], Item], instead: str) -> Callable[[Item, str], Item]:
    def take(item: Item, value: str) -> Item:
        if value:
            raise Wrong(f"{name} stands alone: {instead}")
        return given(item)

    return take


def _value(item: Item, value: str) -> Item:
    found = measure.parse(value)
    return replace(
        item,
        kind=Kind.VALUE,
        unit=found.unit,
        low=found.low,
        high=found.high,
        warn_low=found.warn_low,
        warn_high=found.warn_high,
    )


def _choice(item: Item, value: str) -> Item:
    parts = re.split(r"\s+/\s+", value) if re.search(r"\s/\s", value) else value.split("/")
    choices = tuple(part.strip() for part in parts)
    why = why_not_choices(choices)
    if why:
        raise Wrong(why)
    return replace(item, kind=Kind.CHOICE, choices=choices)


def _day(item: Item, value: str) -> Item:
    text = value.replace("−", "-")
    if not re.fullmatch(r"[-+]?\d{1,3}", text, re.ASCII):
        raise Wrong(f"day is a number up to {MOST_DAYS}: -5 is five days before it is needed, 0 the day itself")
    return replace(item, days=int(text))


_ITEM: dict[str, Callable[[Item, str], Item]] = {
    "expected": _words("expected"),
    "value": _value,
    "choice": _choice,
    "note": _flag("note", lambda item: replace(item, kind=Kind.NOTE), "what to write belongs behind expected:"),
    "evidence": _flag("evidence", lambda item: replace(item, evidence=True), "what to show belongs behind expected:"),
    "guide": _words("guide"),
    "day": _day,
}
