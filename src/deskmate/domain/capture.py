"""The capture line: one typed line becomes a request.

    @person #tag  !stuck !slowed !wait  !one !several !all  !phone !chat !mail  !done [5m]  >when

A mark counts only at the start of a word and when it is known, otherwise it stays text.
"""

from __future__ import annotations

from datetime import datetime

from deskmate.domain import when
from deskmate.domain.channel import Channel
from deskmate.domain.files import Kept
from deskmate.domain.priority import Impact, Urgency
from deskmate.domain.text import NAME_LIMIT, TAG_LIMIT, TITLE_LIMIT, clean, excerpt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from deskmate.domain.calendar import Calendar

_URGENCY = {"stuck": Urgency.STUCK, "slowed": Urgency.SLOWED, "wait": Urgency.WAIT}
_IMPACT = {"one": Impact.ONE, "several": Impact.SEVERAL, "all": Impact.EVERYONE}
_CHANNEL = {"phone": Channel.PHONE, "chat": Channel.CHAT, "mail": Channel.MAIL}
_DONE = "done"
_WORDS = (*_URGENCY, *_IMPACT, *_CHANNEL, _DONE)

_TRAILING = ",.;:!?"
_LONGEST_WHEN = 3  # words, as in "4 dec 15:00"


class Names:
    """Who and what the marks can mean. This one knows nobody; the store and the screen bring their own."""

    def person(self, word: str) -> tuple[int, str] | None:
        """Id and shown name of the one person that goes by this handle word; None for nobody or several."""
        return None

    def tag(self, word: str) -> str | None:
        """The tag of this name as it is written, or None."""
        return None

    def people(self, prefix: str) -> list[str]:
        """Handle words that begin with ``prefix``, the likeliest first."""
        return []

    def tags(self, prefix: str) -> list[str]:
        """Tags that begin with ``prefix``, the likeliest first."""
        return []


class Capture:
    """What a capture line says. What it does not say is None or empty.

    ``text``: the words that are no marks; ``title``: at most TITLE_LIMIT characters of them; ``raw``: the line as
    typed, whole. ``files``: what comes with it, in the store already.
    ``requester``: the name to show, ``person_id`` and ``known`` when it is one in the address list.
    ``tags``: all to be set; ``new_people`` and ``new_tags``: the names to be created first, as agreed.
    ``unknown``: words that look like marks but are not known, with their ``@`` or ``#``; also in the title.
    ``needed_by``: aware; ``done``: already solved, in ``spent_minutes`` if said.
    """

    __slots__ = (
        *(
            "title",
            "text",
            "raw",
            "files",
            "person_id",
            "requester",
            "known",
            "tags",
            "new_people",
            "new_tags",
            "unknown",
        ),
        *("impact", "urgency", "channel", "needed_by", "done", "spent_minutes"),
    )

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.title = ""
        self.text = ""
        self.files: tuple[Kept, ...] = ()
        self.person_id: int | None = None
        self.requester: str | None = None
        self.known = False
        self.tags: tuple[str, ...] = ()
        self.new_people: tuple[str, ...] = ()
        self.new_tags: tuple[str, ...] = ()
        self.unknown: tuple[str, ...] = ()
        self.impact: Impact | None = None
        self.urgency: Urgency | None = None
        self.channel: Channel | None = None
        self.needed_by: datetime | None = None
        self.done = False
        self.spent_minutes: int | None = None


def parse(
    line: str,
    names: Names,
    now: datetime,
    create: frozenset[str] = frozenset(),
    calendar: Callable[[], Calendar] = when.built_in,
) -> Capture:
    """Read a capture line; every line is one. Of contradicting marks the last wins.

    ``now`` is aware and local. ``create`` holds the unknown marks, such as ``@weber`` or ``#vpn``, that the
    technician agreed to create; capitals do not matter in it. ``calendar`` gives office time for a typed date.
    """
    capture = Capture(line)
    agreed = {mark.casefold() for mark in create}
    words = clean(line)[0].split()
    title: list[str] = []
    index = 0
    while index < len(words):
        word = words[index]
        taken = 0
        if len(word) > 1:
            if word[0] in "@#":
                taken = _name(capture, word, names, agreed)
            elif word[0] == "!":
                taken = _fixed(capture, word, words[index + 1 : index + 2])
            elif word[0] == ">":
                taken = _needed(capture, words[index : index + _LONGEST_WHEN], now, calendar)
        if not taken:
            title.append(word)
        index += taken or 1
    capture.text = clean(" ".join(title))[0]
    capture.title = excerpt(capture.text, TITLE_LIMIT)
    return capture


def says_something(capture: Capture) -> bool:
    """Whether there is anything to keep: words, a mark that counts, or a file. Words can follow later."""
    marks = (capture.impact, capture.urgency, capture.channel, capture.needed_by)
    named = (capture.title, capture.requester, capture.tags, capture.files)
    return capture.done or any(mark is not None for mark in marks) or any(named)


def understood(capture: Capture, now: datetime) -> list[str]:
    """What the marks were taken for, in a fixed order, to show while typing. ``weber?`` is an unknown one."""
    parts = [
        *([_noted(capture.requester, capture.new_people)] if capture.requester else []),
        *(_noted(tag, capture.new_tags) for tag in capture.tags),
    ]
    how_bad = [value.value for value in (capture.impact, capture.urgency) if value is not None]
    if how_bad:
        parts.append(" · ".join(how_bad))
    if capture.channel is not None:
        parts.append(f"by {capture.channel.value}")
    if capture.needed_by is not None:
        parts.append(f"needed {when.spoken(capture.needed_by, now)}")
    if capture.done:
        spent = capture.spent_minutes
        parts.append("done" if spent is None else f"done, {when.duration(spent)}")
    return parts + [f"{mark.removeprefix('@')}?" for mark in capture.unknown]


def complete(line: str, cursor: int, names: Names) -> str:
    """The ghost: the likeliest rest of the mark that ends at the cursor, or nothing when there is none."""
    if line[cursor : cursor + 1].strip():
        return ""
    word = line[:cursor].rsplit(" ", 1)[-1]
    mark, prefix = word[:1], word[1:]
    if not prefix:
        return ""
    if mark == "@":
        candidates = names.people(prefix)
    elif mark == "#":
        candidates = names.tags(prefix)
    else:
        candidates = list(_WORDS) if mark == "!" else []
    size = len(prefix)
    return next((name[size:] for name in candidates if name[:size].casefold() == prefix.casefold()), "")


def _name(capture: Capture, word: str, names: Names, agreed: set[str]) -> int:
    """Take ``@person`` or ``#tag``: 1 when it counts."""
    mark = word[0]
    # "@weber: no network" means weber, unless somebody is really called "weber:".
    handle = word[1:].rstrip(_TRAILING)
    if not handle:
        return 0
    for name in dict.fromkeys((word[1:], handle)):
        if mark == "@" and (person := names.person(name)):
            capture.person_id, capture.requester = person
            capture.known = True
            return 1
        if mark == "#" and (tag := names.tag(name)):
            capture.tags = _with(capture.tags, tag)
            return 1
    if not _is_handle(handle, TAG_LIMIT if mark == "#" else NAME_LIMIT):
        return 0
    if (mark + handle).casefold() not in agreed:
        capture.unknown = _with(capture.unknown, mark + handle)
        return 0
    if mark == "#":
        capture.tags, capture.new_tags = _with(capture.tags, handle), _with(capture.new_tags, handle)
    else:
        capture.person_id, capture.requester, capture.known = None, handle, False
        capture.new_people = _with(capture.new_people, handle)
    return 1


def _fixed(capture: Capture, word: str, following: list[str]) -> int:
    """Take one of the fixed marks: how many words it used, 2 for ``!done 5m``."""
    name = word[1:].lower().rstrip(_TRAILING)
    if name not in _WORDS:
        return 0
    capture.urgency = _URGENCY.get(name, capture.urgency)
    capture.impact = _IMPACT.get(name, capture.impact)
    capture.channel = _CHANNEL.get(name, capture.channel)
    if name != _DONE:
        return 1
    capture.done = True
    spent = when.parse_duration(following[0]) if following else None
    if spent is None:
        return 1
    capture.spent_minutes = spent
    return 2


def _needed(capture: Capture, words: list[str], now: datetime, calendar: Callable[[], Calendar]) -> int:
    """Take ``>when``: how many words make the longest moment that is understood."""
    for count in range(len(words), 0, -1):
        moment = when.parse(" ".join(words[:count])[1:], now, calendar, amid_words=True)
        if moment is not None:
            capture.needed_by = moment
            return count
    return 0


def _is_handle(word: str, limit: int) -> bool:
    """Whether it looks like somebody's or something's name and not like a number or a formula."""
    plain = all(char.isalnum() or char in "._-'/+&" for char in word)
    return plain and 0 < len(word) <= limit and word[0].isalnum() and not word.isdigit()


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The names and one more, unless it is among them already, capitals aside."""
    return names if name.casefold() in map(str.casefold, names) else (*names, name)


def _noted(name: str, new: tuple[str, ...]) -> str:
    """The name, with a word when it is to be created."""
    return f"{name} (new)" if name in new else name
