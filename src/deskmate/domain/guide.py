"""Guides: written instructions, one step after the other, for somebody who is no technician.

All text of a guide is plain text and shown as it was typed: ``[OK]`` and ``C:\\[x]`` mean nothing but themselves.
``{name}`` is a placeholder where the guide names one so, and otherwise stands for itself, too.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from deskmate.domain import picture as pictures
from deskmate.domain.picture import Picture
from deskmate.domain.text import NAME_LIMIT, clean
from deskmate.domain.values import LINE_LIMIT, TEXT_LIMIT

MOST_STEPS = 500
MOST_WORDS = 100
"""Words in which users say it, needs, and placeholders, of each."""
MOST_MINUTES = 24 * 60
REVIEW_MONTHS = 12
"""Months after which a guide is to be looked at again, unless it says otherwise."""


class Audience(StrEnum):
    """Whom a guide is for. What is for technicians is not sent to anybody else."""

    USER = "user"
    TECHNICIAN = "technician"


class Caution(StrEnum):
    """How much care a step asks for."""

    NONE = "none"
    CAUTION = "caution"
    """Read twice."""
    STOP = "stop"
    """Nothing goes on before this is sure."""


class Then(StrEnum):
    """What one does when a step does not do what it should."""

    STEP = "step"
    GUIDE = "guide"
    CONTACT = "contact"
    STOP = "stop"
    """Stop, and what to do instead."""


class Source(StrEnum):
    """Where the word for a placeholder comes from."""

    ASK = "ask"
    PERSON = "person"
    DEVICE = "device"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Branch:
    """If ``symptom`` is seen instead, then what: ``to`` is the key of a step, the slug of a guide, the name of a
    contact, or words."""

    symptom: str
    then: Then
    to: str


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction.

    ``key`` is its own over all revisions, so that what is known of it survives being moved and reworded. ``where``
    is the window or the menu, ``expect`` what one should see. ``detail`` is for those who are new to this and left
    out for experts. ``note`` is internal. ``reviewed`` is False on one that was imported and not looked at yet.
    """

    key: str
    action: str = ""
    where: str = ""
    expect: str = ""
    detail: str = ""
    minutes: int | None = None
    caution: Caution = Caution.NONE
    branches: tuple[Branch, ...] = ()
    pictures: tuple[Picture, ...] = ()
    note: str = ""
    reviewed: bool = True


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A word that is filled in when a guide is sent: ``{name}`` in any text of it.

    ``label`` asks for it, ``example`` shows what is meant. A ``secret`` one is told by word of mouth: it is never
    asked for, stored or sent, and the guide leaves room for it.
    """

    name: str
    label: str = ""
    source: Source = Source.ASK
    example: str = ""
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """All of a guide: what a revision keeps.

    ``words`` are those in which users say the problem, ``needs`` what one has to have first. ``language`` is a tag
    such as ``en`` or ``de``, ``minutes`` how long it should take, ``review_months`` how often it is to be looked at
    (0 never), ``note`` is internal.
    """

    title: str
    summary: str = ""
    words: tuple[str, ...] = ()
    audience: Audience = Audience.USER
    language: str = "en"
    needs: tuple[str, ...] = ()
    minutes: int | None = None
    review_months: int = REVIEW_MONTHS
    placeholders: tuple[Placeholder, ...] = ()
    note: str = ""
    steps: tuple[Step, ...] = ()

    def position(self, key: str) -> int | None:
        """Where the step of this key stands, from 0; None when it is not in this guide."""
        return next((place for place, step in enumerate(self.steps) if step.key == key), None)

    def step(self, key: str) -> Step | None:
        """The step of this key."""
        place = self.position(key)
        return None if place is None else self.steps[place]

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All pictures, in order."""
        return tuple(picture for step in self.steps for picture in step.pictures)


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide with one text of it: its draft, which is what one edits, or a revision that was published.

    ``revision`` is the number of the newest published one, 0 before there is one; ``changed`` whether the draft says
    something else. ``slug`` is its name in files and links. ``checked_at`` is a stored instant, ``review_by`` a local
    date. ``version`` is that of its row: a change made on an older one is refused.
    """

    id: int
    slug: str
    content: Content
    revision: int = 0
    revision_id: int = 0
    changed: bool = False
    archived: bool = False
    checked_at: str | None = None
    review_by: str | None = None
    version: int = 0

    @property
    def title(self) -> str:
        """What it is called."""
        return self.content.title

    @property
    def state(self) -> str:
        """How far it is, in a word: draft, published, changed or archived."""
        if self.archived:
            return "archived"
        return "draft" if not self.revision else "changed" if self.changed else "published"


@dataclass(frozen=True, slots=True)
class Revision:
    """A published text. ``digest`` is the SHA-256 of it as it is packed, ``made_at`` a stored instant.

    ``whole`` is False when what is stored is not what was published.
    """

    id: int
    guide: int
    number: int
    made_at: str
    reason: str
    digest: str
    content: Content
    whole: bool = True


def word_of(title: str) -> str:
    """The form in which a title is found and may stand only once."""
    return " ".join(title.split()).casefold()


def slug_of(title: str) -> str:
    """A title as the name of a file and of a link: ``connect-to-the-vpn``; ``guide`` where nothing is left."""
    plain = unicodedata.normalize("NFKD", title.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-") or "guide"


def tidy(content: Content) -> Content:
    """The same with every text cleaned, and without what says nothing: blanks around, empty words and needs."""
    return replace(
        content,
        title=_line(content.title),
        summary=_text(content.summary),
        words=tuple(dict.fromkeys(filter(None, map(_line, content.words)))),
        language=_line(content.language) or "en",
        needs=tuple(filter(None, map(_line, content.needs))),
        placeholders=tuple(_tidy_placeholder(each) for each in content.placeholders),
        note=_text(content.note),
        steps=tuple(map(tidy_step, content.steps)),
    )


def tidy_step(step: Step) -> Step:
    """One step, as ``tidy`` has it."""
    return replace(
        step,
        action=_text(step.action),
        where=_line(step.where),
        expect=_text(step.expect),
        detail=_text(step.detail),
        note=_text(step.note),
        branches=tuple(replace(each, symptom=_line(each.symptom), to=_line(each.to)) for each in step.branches),
        pictures=tuple(replace(each, alt=_line(each.alt)) for each in step.pictures),
    )


def why_not(content: Content) -> str:
    """Why this can not be kept, even as a draft; empty when it can."""
    if not content.title:
        return "A guide needs a title."
    if len(content.title) > NAME_LIMIT:
        return f"A title has at most {NAME_LIMIT} characters."
    if len(content.steps) > MOST_STEPS:
        return f"A guide has at most {MOST_STEPS} steps."
    if content.minutes is not None and not 1 <= content.minutes <= MOST_MINUTES:
        return f"Minutes are a number from 1 to {MOST_MINUTES:,}."
    if not 0 <= content.review_months <= 120:
        return "Months to the next look are a number from 0, which is never, to 120."
    if len(content.summary) > TEXT_LIMIT or len(content.note) > TEXT_LIMIT:
        return f"A summary and a note have at most {TEXT_LIMIT:,} characters."
    if max(len(content.words), len(content.needs), len(content.placeholders)) > MOST_WORDS:
        return f"At most {MOST_WORDS} words of users, needs and placeholders."
    if any(len(line) > LINE_LIMIT for line in (*content.words, *content.needs)):
        return f"Words of users and needs have at most {LINE_LIMIT} characters."
    names = [each.name for each in content.placeholders]
    if len(set(names)) < len(names):
        return "Two placeholders have one name."
    if any(not NAME.fullmatch(name) for name in names):
        return "The name of a placeholder is a word of letters, digits and _."
    keys = [step.key for step in content.steps] + [each.key for each in content.pictures]
    if "" in keys or len(set(keys)) < len(keys):
        return "Two steps or pictures have one key."
    for number, step in enumerate(content.steps, start=1):
        lines = [step.where, *(each.symptom for each in step.branches), *(each.to for each in step.branches)]
        if any(len(line) > LINE_LIMIT for line in lines):
            return f"Step {number}: at most {LINE_LIMIT} characters in a line."
        if any(len(words) > TEXT_LIMIT for words in (step.action, step.expect, step.detail, step.note)):
            return f"Step {number}: at most {TEXT_LIMIT:,} characters in a text."
        if step.minutes is not None and not 1 <= step.minutes <= MOST_MINUTES:
            return f"Step {number}: minutes are a number from 1 to {MOST_MINUTES:,}."
    return ""


def why_not_published(content: Content) -> str:
    """Why this must not go out yet; empty when it may. Nothing else keeps a guide from being published."""
    if not content.steps:
        return "There is no step in it."
    for number, step in enumerate(content.steps, start=1):
        if not step.reviewed:
            return f"Step {number} was imported and nobody has looked at it."
        if any(each.review is pictures.Review.UNREVIEWED for each in step.pictures):
            return f"A picture of step {number} was not looked at for what must not be seen."
    return ""


def next_look(months: int, today: date) -> date | None:
    """The day on which a guide that was looked at today is to be looked at again; None when it never is."""
    if not months:
        return None
    month = today.month - 1 + months
    year, month = today.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days
    return date(year, month, min(today.day, last))


NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
"""What a placeholder may be called."""


def packed(content: Content) -> str:
    """A guide as one text, for the database. What is as it is by default is left out."""
    return json.dumps(_plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def unpacked(text: str) -> Content:
    """The content of a packed text."""
    said = json.loads(text)
    return Content(
        **{
            **said,
            "words": tuple(said.get("words", ())),
            "needs": tuple(said.get("needs", ())),
            "audience": Audience(said.get("audience", Audience.USER)),
            "placeholders": tuple(
                Placeholder(**{**each, "source": Source(each.get("source", Source.ASK))})
                for each in said.get("placeholders", ())
            ),
            "steps": tuple(map(_step, said.get("steps", ()))),
        }
    )


def digest_of(content: Content) -> str:
    """The SHA-256 of what a revision keeps, in hex."""
    return hashlib.sha256(packed(content).encode()).hexdigest()


def _step(said: Mapping[str, Any]) -> Step:
    return Step(
        **{
            **said,
            "caution": Caution(said.get("caution", Caution.NONE)),
            "branches": tuple(
                Branch(each["symptom"], Then(each["then"]), each["to"]) for each in said.get("branches", ())
            ),
            "pictures": tuple(map(pictures.unpacked, said.get("pictures", ()))),
        }
    )


def _plain(part: Content | Step | Placeholder | Branch) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in fields(part):
        value = getattr(part, each.name)
        if value == each.default:
            continue
        if isinstance(value, tuple):
            value = [
                pictures.packed(one) if isinstance(one, Picture) else one if isinstance(one, str) else _plain(one)
                for one in value
            ]
        found[each.name] = value
    return found


def _tidy_placeholder(each: Placeholder) -> Placeholder:
    return replace(each, name=_line(each.name), label=_line(each.label), example=_line(each.example))


def _line(typed: str) -> str:
    return " ".join(clean(typed)[0].split())


def _text(typed: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", clean(typed, multiline=True)[0]).strip()
