"""What is different between two texts of a guide: in words, and line by line of what is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from deskmate.domain.guide import Content, Step
from deskmate.domain.order import moved
from deskmate.domain.picture import Picture, Review

_HEAD = {
    "title": "title",
    "summary": "summary",
    "words": "what users say",
    "audience": "whom it is for",
    "language": "language",
    "needs": "what is needed",
    "minutes": "minutes",
    "review_months": "when to look again",
    "placeholders": "placeholders",
    "note": "note",
}
_STEP = {
    "action": "what to do",
    "where": "where",
    "expect": "what you should see",
    "detail": "more detail",
    "branches": "if not",
    "caution": "care",
    "minutes": "minutes",
    "note": "note",
    "reviewed": "looked at",
}
_NEAR = 2
"""Lines that are shown around one that changed."""


def changes(before: Content, after: Content) -> list[str]:
    """What changed, in short lines: first what is said about the guide, then its steps in their new order.

    Steps have the numbers they have now, those that are gone the numbers they had.
    """
    found = [named for field, named in _HEAD.items() if getattr(before, field) != getattr(after, field)]
    old = {step.key: (number, step) for number, step in enumerate(before.steps, start=1)}
    new = {step.key for step in after.steps}
    elsewhere = moved([key for key in old if key in new], [step.key for step in after.steps if step.key in old])
    pictures = {picture.key: (step.key, picture) for step in before.steps for picture in step.pictures}
    for number, step in enumerate(after.steps, start=1):
        if step.key not in old:
            found.append(f"step {number} is new")
            found += [
                f"{where} came from another step"
                for where, picture in _numbered(number, step)
                if picture.key in pictures
            ]
            continue
        was, said = old[step.key]
        if step.key in elsewhere:
            found.append(f"step {number} was step {was}")
        parts = [named for field, named in _STEP.items() if getattr(said, field) != getattr(step, field)]
        if parts:
            found.append(f"step {number}: {', '.join(parts)}")
        found += _pictures(number, said, step, pictures, {each.key for each in after.pictures})
    return found + [
        f"what was step {number} is gone: {_short(step)}" for key, (number, step) in old.items() if key not in new
    ]


class Sign(StrEnum):
    """What became of a line."""

    SAME = " "
    GONE = "-"
    NEW = "+"
    LEFT_OUT = "…"
    """Lines that are the same were left out here."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a difference."""

    sign: Sign
    text: str = ""

    def __str__(self) -> str:
        return f"{self.sign} {self.text}".rstrip()


def lines(before: str, after: str) -> list[Line]:
    """What changed from one text of a guide to another, line by line with a little of what stands around; empty for
    nothing. A step that only got another number is the same line."""
    old, new = (text.removesuffix("\n").split("\n") for text in (before, after))
    compared = SequenceMatcher(None, list(map(_unnumbered, old)), list(map(_unnumbered, new)), autojunk=False)
    found: list[Line] = []
    for group in compared.get_grouped_opcodes(_NEAR):
        if found:
            found.append(Line(Sign.LEFT_OUT))
        for what, old_from, old_to, new_from, new_to in group:
            if what == "equal":
                found += [Line(Sign.SAME, text) for text in new[new_from:new_to]]
            else:
                found += [Line(Sign.GONE, text) for text in old[old_from:old_to]]
                found += [Line(Sign.NEW, text) for text in new[new_from:new_to]]
    return found


def _unnumbered(line: str) -> str:
    return re.sub(r"^\d+\. ", "", line)


def _pictures(
    number: int, before: Step, after: Step, ever: dict[str, tuple[str, Picture]], still: set[str]
) -> Iterator[str]:
    stayed = [each.key for each in before.pictures if any(each.key == one.key for one in after.pictures)]
    if stayed != [each.key for each in after.pictures if each.key in stayed]:
        yield f"step {number}: order of the pictures"
    for where, picture in _numbered(number, after):
        if picture.key not in ever:
            yield f"{where} is new"
            continue
        step, old = ever[picture.key]
        parts = ["came from another step"] if step != after.key else []
        parts += ["another picture"] if old.file != picture.file else []
        parts += ["marked differently"] if old.marks != picture.marks else []
        parts += ["described differently"] if old.alt != picture.alt else []
        if old.review != picture.review:
            parts.append("to be looked at again" if picture.review is Review.UNREVIEWED else "looked at")
        if parts:
            yield f"{where} {', '.join(parts)}"
    for place, picture in enumerate(before.pictures, start=1):
        if picture.key not in still:
            yield f"picture {place} of step {number} is gone"


def _numbered(number: int, step: Step) -> Iterator[tuple[str, Picture]]:
    for place, picture in enumerate(step.pictures, start=1):
        yield f"picture {place} of step {number}", picture


def _short(step: Step) -> str:
    words = step.action.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "") if words else "no text"
