"""Texts to answer with: placeholders in braces, and what keeps a text from being sent.

A placeholder is one of a fixed few. One that is not known, has nothing to stand for it, or has lost a brace stays in
the text as it is, and the text can not be sent until somebody has put it right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from deskmate.domain.public import Letterhead, outward
from deskmate.domain.reply import first_name

PLACEHOLDERS = {
    "first_name": "who asked, as one says hello",
    "name": "who asked, the whole name",
    "number": "the number, such as D-1042",
    "title": "the title",
    "questions": "what is still to be asked, a line each",
}
"""The placeholders there are, and what stands for each."""

_EMPTY = {
    "first_name": "nobody is named as the requester",
    "name": "nobody is named as the requester",
    "title": "the request has no title yet",
    "questions": "nothing is left to ask about",
}
_HOLE = re.compile(r"(?<![${])\{([^\W\d](?:[\w .-]{0,38}\w)?)\}(?!\})")
"""``{word}``, but neither ``${word}`` nor ``{{word}}``, which belong to code."""
_WORD = re.compile(r"[^\W\d]\w*")
_LAST_WORD = re.compile(r"[^\W\d]\w*\Z")


@dataclass(frozen=True, slots=True)
class Canned:
    """A text to answer with. ``position`` 1 to 9 is its key, 0 for none."""

    id: int
    name: str
    position: int
    text: str


@outward
def fill(text: str, head: Letterhead) -> str:
    """The text with every placeholder that has a value replaced. The others stay as they stand."""
    values = _values(head)
    return _HOLE.sub(lambda hole: values.get(hole[1]) or hole[0], text)


def unfilled(text: str, head: Letterhead) -> str:
    """Why this text can not be sent yet, naming the placeholder; empty when it can.

    What a value itself brought in, such as a title with braces, is no placeholder.
    """
    brought = " ".join((head.title, head.name))
    for hole in _HOLE.finditer(text):
        if hole[0] not in brought:
            return _why(hole[1], _values(head))
    return _broken(text, brought)


def wrong(text: str) -> str:
    """What is wrong with a canned text, whoever it is for; empty when nothing is."""
    for hole in _HOLE.finditer(text):
        if hole[1] not in PLACEHOLDERS:
            return _why(hole[1], {})
    return _broken(text, "")


def _values(head: Letterhead) -> dict[str, str]:
    return {
        "first_name": first_name(head.name),
        "name": head.name,
        "number": head.number,
        "title": head.title,
        "questions": "\n".join(f"- {question}" for question in head.questions),
    }


def _why(word: str, values: dict[str, str]) -> str:
    if word in PLACEHOLDERS:
        if values.get(word):
            return f"{{{word}}} was not filled in: write what it stands for, or take it out."
        return f"{{{word}}} is empty: {_EMPTY.get(word, 'there is nothing to stand for it')}."
    from difflib import get_close_matches  # only for what went wrong: every start would pay for it

    close = get_close_matches(word.casefold().replace(" ", "_"), PLACEHOLDERS, 1)
    meant = f" Did you mean {{{close[0]}}}?" if close else f" There are {_listed()}."
    return f"{{{word}}} is no placeholder.{meant}"


def _broken(text: str, brought: str) -> str:
    """What is wrong with a brace at a word that has no other on its line. Braces of code mostly stand apart."""
    for line in text.split("\n"):
        opened = -1
        for place, char in enumerate(f"{line}{{"):  # as if another opened at the end
            if char == "{":
                word = _WORD.match(line, opened + 1) if opened >= 0 else None
                if word and line[opened - 1 : opened] != "$" and f"{{{word[0]}" not in brought:
                    return f"“{{{word[0]}” has no brace after it."
                opened = place
            elif char == "}":
                before = _LAST_WORD.search(line[:place]) if opened < 0 else None
                if before and f"{before[0]}}}" not in brought:
                    return f"“{before[0]}}}” has no brace before it."
                opened = -1
    return ""


def _listed() -> str:
    return ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
