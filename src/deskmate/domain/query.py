"""What is typed to find something.

    printer jam     words, each the beginning of one that occurs        "paper jam"   as it stands
    #printer        a tag          @alice  or  from:alice   who asks    D-17          that request
    status:open     a field; also prio<=2, due:<fri, via:mail,phone, id:10..20, cause:none
    overdue         a flag: open waiting parked overdue unread vip draft
    -tag:vpn        everything but                  a OR (b c)          one or the other

A query is read while it is being typed, so nothing half-typed is ever an error: what says nothing yet leaves nothing
out. Whatever is not of this grammar is words. The result is a tree of ``All``, ``Either`` and ``Not`` over ``Words``
and ``Is``; lists, ranges and dates are taken apart here, so that a reader of the tree sees plain comparisons only.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial

from deskmate.domain import instant, when
from deskmate.domain.channel import Channel
from deskmate.domain.priority import parse_priority
from deskmate.domain.row import parse_label
from deskmate.domain.status import Outcome, Status
from deskmate.domain.text import clean, width
from deskmate.domain.views import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from deskmate.domain.calendar import Calendar

# A pasted page must not become an expression of thousands of terms. Leaving out the rest of it finds more,
# never less.
_LONGEST = 1000
_MOST_TERMS = 48
_DEEPEST = 12
LONGEST_TERM = 64
"""Characters of a word or phrase that are looked for."""

KEYS = {
    **{key: key for key in "status from tag due age updated via is has note title id category device cause".split()},
    **{key: key for key in "on room outcome".split()},
    **{"prio": "prio", "priority": "prio", "waiting": "on", "s": "status", "p": "prio", "f": "from", "t": "tag"},
    "d": "due",
}
"""What may stand before a colon or a comparison, and what it means. Any other word with a colon is text."""
FLAGS = ("open", "waiting", "parked", "overdue", "unread", "vip", "draft")
"""Words that stand for themselves."""
HAS = ("file", "note", "reply", "draft", "link", "due", "tag", "person", "device", "category", "cause")
"""What a request can have."""
_COLUMNS = {"from": "who", "title": "title", "note": "noted"}
_CHOICES: dict[str, tuple[str, ...]] = {"status": tuple(Status), "via": tuple(Channel), "outcome": tuple(Outcome)}
_TEXTS = ("category", "device", "cause", "on", "room")
_OPTIONAL = frozenset({"from", "tag", "prio", "due", "via", "outcome", "title", "note", *_TEXTS})


class Node:
    """A part of a query. Two are equal when all that is in them is."""

    __slots__: tuple[str, ...] = ()

    def held(self) -> tuple[object, ...]:
        """What is in it."""
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Node) and self.held() == other.held()

    def __hash__(self) -> int:
        return hash((type(self), self.held()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self.held()))})"


class Words(Node):
    """Text that occurs: a word or the beginning of one, or with ``whole`` a phrase as it stands.

    ``column`` is where: ``who``, ``title``, ``noted``, or empty for anywhere.
    """

    __slots__ = ("column", "text", "whole")

    def __init__(self, text: str, column: str = "", *, whole: bool = False) -> None:
        self.text = text
        self.column = column
        self.whole = whole


class Is(Node):
    """A comparison of one field. ``op`` is one of ``= < <= > >=``, ``begins`` (a word of it) and ``none``.

    ``value`` is a number, an instant in stored form or a text. The flags, ``has`` and ``view`` know only ``=``.
    """

    __slots__ = ("key", "op", "value")

    def __init__(self, key: str, op: str = "=", value: object = None) -> None:
        self.key = key
        self.op = op
        self.value = value


class Not(Node):
    """Everything but that. What is not known is not so."""

    __slots__ = ("part",)

    def __init__(self, part: Node) -> None:
        self.part = part


class All(Node):
    """All of the parts; of none, everything."""

    __slots__ = ("parts",)

    def __init__(self, parts: Iterable[Node] = ()) -> None:
        self.parts = tuple(parts)


class Either(Node):
    """At least one of the parts."""

    __slots__ = ("parts",)

    def __init__(self, parts: Iterable[Node]) -> None:
        self.parts = tuple(parts)


class Query:
    """A query as understood.

    ``number`` when the whole query is the number of a request, which may also be meant as a word; ``unclear`` holds
    the parts whose value was not understood and that are left out.
    """

    __slots__ = ("number", "root", "unclear")

    def __init__(self, root: All, number: int | None = None, unclear: tuple[str, ...] = ()) -> None:
        self.root = root
        self.number = number
        self.unclear = unclear

    @property
    def empty(self) -> bool:
        """Whether it leaves nothing out: nothing was typed, or not enough yet."""
        return not self.root.parts

    @property
    def view(self) -> View | None:
        """The view that all of it lies in, where it says so with ``is:``."""
        found = (part.value for part in self.root.parts if isinstance(part, Is) and part.key == "view")
        return next((view for view in found if isinstance(view, View)), None)

    def within(self, outer: Query) -> Query:
        """This query, in what another one finds."""
        return Query(All(outer.root.parts + self.root.parts), self.number, outer.unclear + self.unclear)


def parse(text: str, now: datetime, calendar: Callable[[], Calendar] = when.built_in) -> Query:
    """Read a query, finished or not. Dates are seen from ``now``, which knows its zone; ``calendar`` gives office
    time for them."""
    text = clean(text[:_LONGEST])[0]
    number = parse_label(text)
    if number is not None:
        # One digit is no word worth a search; the others may also be meant as one.
        return Query(All((_words(text.strip().removeprefix("#"), "", whole=False) or Is("id", "=", number),)), number)
    reader = _Reader(text, now, calendar)
    root = reader.either(0)
    parts = root.parts if isinstance(root, All) else () if root is None else (root,)
    return Query(All(parts), None, tuple(dict.fromkeys(reader.unclear)))


def joined(outer: str, inner: str) -> str:
    """The text of a query that finds what both do."""
    outer, inner = outer.strip(), inner.strip()
    if not (outer and inner):
        return outer or inner
    return " ".join(f"({part})" if " OR " in part else part for part in (outer, inner))


class _Reader:
    """Reads the text once from left to right."""

    def __init__(self, text: str, now: datetime, calendar: Callable[[], Calendar]) -> None:
        self.text = text
        self.now = now
        self.compared = _COMPARED | {"due": partial(_due, calendar)}
        self.at = 0
        self.left = _MOST_TERMS
        self.unclear: list[str] = []

    def either(self, depth: int) -> Node | None:
        """Conjunctions with OR between them, to the end or to the bracket that closes."""
        parts: list[Node] = []
        while True:
            part = self._all(depth)
            if part is not None:
                parts.append(part)
            if not self._here("OR", depth):
                return _joined(Either, parts)
            self.at += 2

    def _all(self, depth: int) -> Node | None:
        parts: list[Node] = []
        while self._next() and not self._here("OR", depth):
            if self.text[self.at] == ")":
                if depth:
                    break
                self.at += 1
                continue
            part = self._unit(depth)
            if part is not None:
                parts.append(part)
        return _joined(All, parts)

    def _unit(self, depth: int) -> Node | None:
        start = self.at
        while self._is("-"):
            self.at += 1
        negative = (self.at - start) % 2
        found: Node | None = None
        if self._is("("):
            self.at += 1
            if depth < _DEEPEST:
                found = self.either(depth + 1)
                self.at += self._is(")")
        elif self._is('"'):
            found = _words(self._quoted() or "", "", whole=True)
        elif self.at < len(self.text) and not self.text[self.at].isspace():
            found = self._word(depth)
        self.left -= 1
        return Not(found) if found is not None and negative else found

    def _word(self, depth: int) -> Node | None:
        start = self.at
        while self.at < len(self.text):
            char = self.text[self.at]
            if char.isspace() or char == '"' or (char == ")" and depth):
                break
            self.at += 1
        word = self.text[start : self.at]
        key, op, value = _split(word)
        if key:
            quoted = self._quoted() if not value and self._is('"') else None
            return self._field(key, op, [quoted] if quoted else value.split(","), f"{word}{quoted or ''}")
        if self.at == start:  # a bracket that closes nothing
            self.at += 1
        if word[:1] == "#" and _letters(word):
            return Is("tag", "=", word[1:].casefold())
        if word[:1] == "@" and _letters(word):
            return _words(word[1:], "who", whole=False)
        if word.casefold() in FLAGS:
            return _flag(word.casefold(), self.now)
        return _words(word, "", whole=False)

    def _field(self, key: str, op: str, values: list[str], typed: str) -> Node | None:
        found: list[Node] = []
        for value in filter(None, map(str.strip, values)):
            node = self._value(key, op, value)
            if node is not None:
                found.append(node)
            elif key not in _COLUMNS:
                self.unclear.append(typed)
            self.left -= 1
        return _joined(Either, found)

    def _value(self, key: str, op: str, value: str) -> Node | None:
        if value.casefold() == "none" and key in _OPTIONAL and op in (":", "="):
            return Is(key, "none")
        low, dots, high = value.partition("..")
        if dots and op in (":", "=") and key in self.compared:
            ends = [
                self.compared[key](side, end, self.now) for side, end in ((">=", low), ("<=", high)) if end.strip()
            ]
            known = [end for end in ends if end is not None]
            return _joined(All, known) if len(known) == len(ends) else None
        if key in self.compared:
            return self.compared[key](op, value, self.now)
        if key == "is":
            return _state(value.lower(), self.now)
        return _named(key, value, exact=op == "=") if op in (":", "=") else None

    def _quoted(self) -> str | None:
        """The text between here and the closing quote; an open quote is passed over and holds words."""
        end = self.text.find('"', self.at + 1)
        if end < 0:
            self.at += 1
            return None
        found = self.text[self.at + 1 : end]
        self.at = end + 1
        return found

    def _next(self) -> bool:
        """Go to the next character that is no blank; False at the end, or when enough was read."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.at < len(self.text) and self.left > 0

    def _is(self, char: str) -> bool:
        return self.text.startswith(char, self.at)

    def _here(self, word: str, depth: int) -> bool:
        """Whether the next word is this one."""
        if not self._next() or not self._is(word):
            return False
        after = self.text[self.at + len(word) : self.at + len(word) + 1]
        return not after or after.isspace() or after == "(" or (after == ")" and depth > 0)


def _joined(kind: type[All] | type[Either], parts: list[Node]) -> Node | None:
    """The parts as one; None for none, the part itself when it is the only one."""
    return (parts[0] if len(parts) == 1 else kind(parts)) if parts else None


def _split(word: str) -> tuple[str, str, str]:
    """Key, comparison and value of a word such as ``prio:<=2``; the key is empty when it is no such word."""
    at = min((place for sign in ":<>=" if (place := word.find(sign)) > 0), default=0)
    key = KEYS.get(word[:at].lower(), "")
    if not key:
        return "", "", ""
    rest = word[at + 1 :] if word[at] == ":" else word[at:]
    op = next((op for op in ("<=", ">=", "<", ">", "=") if rest.startswith(op)), "")
    return key, op or ":", rest[len(op) :]


def _words(text: str, column: str, *, whole: bool) -> Words | None:
    """Text to look for; None while it has not two letters, or one that is a word by itself, as in Chinese."""
    text = text.strip()
    return Words(text, column, whole=whole) if width(_letters(text)[:2]) >= 2 else None


def _letters(text: str) -> str:
    """The letters and digits in it, as far as a term goes."""
    return "".join(filter(str.isalnum, text[:LONGEST_TERM]))


def _named(key: str, value: str, *, exact: bool) -> Node | None:
    """The field is that; None when it can not be."""
    if key in _COLUMNS:
        return _words(value, _COLUMNS[key], whole=exact)
    if key == "tag":
        return Is("tag", "=", value.removeprefix("#").casefold())
    if key in _CHOICES:
        return _joined(Either, [Is(key, "=", str(one)) for one in _CHOICES[key] if _means(value, one)])
    if key in _TEXTS:
        return Is(key, "=" if exact else "begins", value)
    return _joined(Either, [_having(one) for one in HAS if one.startswith(value.lower())])


def _means(typed: str, choice: str) -> bool:
    """Whether the choice begins so, or one of its words does."""
    return f" {choice}".find(f" {' '.join(typed.lower().split())}") >= 0


def _having(what: str) -> Node:
    if what in ("file", "note", "reply", "link"):
        return Is("has", "=", what)
    return Is("draft") if what == "draft" else Not(Is("from" if what == "person" else what, "none"))


def _flag(word: str, now: datetime) -> Node:
    return All([Is("open"), Is("due", "<", instant.to_text(now))]) if word == "overdue" else Is(word)


def _state(word: str, now: datetime) -> Node | None:
    """What ``is:`` takes: a view, a flag, or a status that is neither."""
    if word in tuple(View):
        return Is("view", "=", View(word))
    if word in FLAGS:
        return _flag(word, now)
    return Is("status", "=", word) if word in tuple(Status) else None


# --- what can be less or more ---------------------------------------------------------------------------------


def _priority(op: str, value: str, now: datetime) -> Node | None:
    found = parse_priority(value)
    return None if found is None else Is("prio", _plain(op), int(found))


def _number(op: str, value: str, now: datetime) -> Node | None:
    found = parse_label(value)
    return None if found is None else Is("id", _plain(op), found)


def _due(calendar: Callable[[], Calendar], op: str, value: str, now: datetime) -> Node | None:
    day = when.day(value, now)
    if day is not None:
        return _on_day("due", op, datetime.combine(day, time()), now)
    moment = when.parse(value, now, calendar)
    # "due:2h" is due by then: nothing is ever due at the very moment.
    return None if moment is None else Is("due", "<=" if op in (":", "=") else op, instant.to_text(moment))


def _updated(op: str, value: str, now: datetime) -> Node | None:
    length = _length(value)
    if length is not None:
        return _ago("updated", op, length, now)
    day = now.date() - timedelta(1) if value.lower() == "yesterday" else when.day(value, now)
    if day is None:
        return None
    if day > now.date() and not value[:1].isdigit():  # "mon" was the last one
        day -= timedelta(7) if (day - now.date()).days <= 7 else timedelta(0)
    return _on_day("updated", op, datetime.combine(day, time()), now)


def _age(op: str, value: str, now: datetime) -> Node | None:
    length = _length(value)
    return None if length is None else _ago("created", op, length, now)


_COMPARED: dict[str, Callable[[str, str, datetime], Node | None]] = {
    "prio": _priority,
    "id": _number,
    "updated": _updated,
    "age": _age,
}
_UNITS = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _plain(op: str) -> str:
    return "=" if op == ":" else op


def _length(value: str) -> tuple[int, int] | None:
    """Minutes, and those of one unit more, in ``3d``, ``2h``, ``90m`` or ``1w``."""
    digits, unit = value[:-1], _UNITS.get(value[-1:].lower())
    if unit is None or not (digits.isascii() and digits.isdigit()) or len(digits) > 5:
        return None
    return int(digits) * unit, (int(digits) + 1) * unit


def _ago(key: str, op: str, length: tuple[int, int], now: datetime) -> Node | None:
    """So long ago: more than three days is before a moment, and three days is until the fourth."""
    try:
        from_now, next_unit = (instant.to_text(now - timedelta(minutes=minutes)) for minutes in length)
    except OverflowError:
        return None
    if op in (":", "="):
        return All([Is(key, "<=", from_now), Is(key, ">", next_unit)])
    return Is(key, _TURNED[op], from_now)


def _on_day(key: str, op: str, midnight: datetime, now: datetime) -> Node | None:
    """A day is all of it: before it, after it, until its end."""
    try:
        start, end = (
            instant.to_text(wall.replace(tzinfo=now.tzinfo)) for wall in (midnight, midnight + timedelta(1))
        )
    except (OverflowError, ValueError):
        return None
    if op in (":", "="):
        return All([Is(key, ">=", start), Is(key, "<", end)])
    sides = {"<": ("<", start), "<=": ("<", end), ">": (">=", end), ">=": (">=", start)}
    return Is(key, *sides[op])
