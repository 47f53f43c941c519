"""A guide as somebody gets it. Whatever leaves is made of these types.

They have no field for notes, originals, marks, people, requests or keys: what is not here can not be sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from deskmate.domain.guide import NAME, Audience, Branch, Caution, Content, Step, Then, why_not_published
from deskmate.domain.guide_words import words_in
from deskmate.domain.person import Experience
from deskmate.domain.request import Refused


@dataclass(frozen=True, slots=True)
class UserPicture:
    """A picture made anew of its pixels: ``data`` is a whole file of type ``media``, its size in pixels."""

    data: bytes
    media: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class UserBranch:
    """If ``symptom``, then ``words``; ``step`` is the number it leads to, ``guide`` the slug of a guide, if any."""

    symptom: str
    words: str
    step: int | None = None
    guide: str = ""


@dataclass(frozen=True, slots=True)
class UserStep:
    """One instruction, numbered from 1."""

    number: int
    action: str
    where: str = ""
    expect: str = ""
    detail: str = ""
    caution: Caution = Caution.NONE
    branches: tuple[UserBranch, ...] = ()
    pictures: tuple[UserPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class UserGuide:
    """The whole of it. ``checked_on`` is a local date in ISO form, ``contact`` how to reach the desk."""

    slug: str
    title: str
    steps: tuple[UserStep, ...]
    summary: str = ""
    words: tuple[str, ...] = ()
    language: str = "en"
    needs: tuple[str, ...] = ()
    minutes: int | None = None
    checked_on: str = ""
    contact: str = ""


class OpenPlaceholders(Refused):
    """Words are missing that a guide asks for; ``names`` says which."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(f"Still to be filled in: {', '.join(names)}.", "Nothing was sent.")
        self.names = names


_PLACE = re.compile(rf"\{{({NAME.pattern})\}}")


def project(
    content: Content,
    *,
    slug: str,
    pictures: Mapping[str, UserPicture],
    values: Mapping[str, str] = {},
    experience: Experience | None = None,
    titles: Mapping[str, str] = {},
    checked_on: str = "",
    contact: str = "",
    audience: Audience = Audience.USER,
) -> UserGuide:
    """What somebody gets of a guide.

    ``pictures`` are the finished ones by key, ``values`` the words for placeholders, ``titles`` those of published
    guides by slug. Experts get no details. Raises Refused for what must not go out, and OpenPlaceholders.
    """
    if content.audience is Audience.TECHNICIAN and audience is Audience.USER:
        raise Refused("This guide is for technicians.", "Make its audience users to send it.")
    why = why_not_published(content)
    if why:
        raise Refused(why, "Nothing was sent.")
    fill = _Filling(content, values)
    made = UserGuide(
        slug=slug,
        title=fill(content.title),
        steps=tuple(
            _step(number, step, content, fill, pictures, titles, experience)
            for number, step in enumerate(content.steps, start=1)
        ),
        summary=fill(content.summary),
        words=content.words,
        language=content.language,
        needs=tuple(map(fill, content.needs)),
        minutes=content.minutes,
        checked_on=checked_on,
        contact=contact,
    )
    if fill.open:
        raise OpenPlaceholders(tuple(fill.open))
    return made


def wanted(content: Content) -> tuple[str, ...]:
    """The placeholders that have to be filled in, those that are named and used and no secret, in order."""
    fill = _Filling(content, {})
    for text in _texts(content):
        fill(text)
    return tuple(fill.open)


class _Filling:
    """Puts words in for placeholders and remembers which had none."""

    def __init__(self, content: Content, values: Mapping[str, str]) -> None:
        self.words = words_in(content.language)
        self.known = {each.name: each for each in content.placeholders}
        self.values = values
        self.open: dict[str, None] = {}

    def __call__(self, text: str) -> str:
        return _PLACE.sub(self._word, text)

    def _word(self, found: re.Match[str]) -> str:
        place = self.known.get(found[1])
        if place is None:
            return found[0]
        if place.secret:
            return f"________ ({place.label or place.name}: {self.words.told})"
        value = self.values.get(place.name, "").strip()
        if not value:
            self.open[place.name] = None
        return value


def _texts(content: Content) -> list[str]:
    texts = [content.title, content.summary, *content.needs]
    for step in content.steps:
        texts += [step.action, step.where, step.expect, step.detail]
        texts += [text for branch in step.branches for text in (branch.symptom, branch.to)]
        texts += [picture.alt for picture in step.pictures]
    return texts


def _step(
    number: int,
    step: Step,
    content: Content,
    fill: _Filling,
    pictures: Mapping[str, UserPicture],
    titles: Mapping[str, str],
    experience: Experience | None,
) -> UserStep:
    return UserStep(
        number=number,
        action=fill(step.action),
        where=fill(step.where),
        expect=fill(step.expect),
        detail="" if experience is Experience.EXPERT else fill(step.detail),
        caution=step.caution,
        branches=tuple(_branch(each, content, fill, titles) for each in step.branches),
        pictures=tuple(replace(pictures[each.key], alt=fill(each.alt)) for each in step.pictures),
    )


def _branch(branch: Branch, content: Content, fill: _Filling, titles: Mapping[str, str]) -> UserBranch:
    symptom, said = fill(branch.symptom), fill.words
    if branch.then is Then.STEP:
        place = content.position(branch.to)
        if place is not None:
            return UserBranch(symptom, said.go_to.format(place + 1), place + 1)
    elif branch.then is Then.GUIDE:
        if branch.to in titles:
            return UserBranch(symptom, said.follow.format(titles[branch.to]), None, branch.to)
    elif branch.to:
        return UserBranch(
            symptom, (said.ask if branch.then is Then.CONTACT else said.stop_with).format(fill(branch.to))
        )
    return UserBranch(symptom, said.stop_and_ask if branch.then is Then.STOP else said.ask_us)
