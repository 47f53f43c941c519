"""The fields of a guide above its steps, as they are typed into a form: said by name, and read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from deskmate.domain.guide import MOST_MINUTES, NAME, Audience, Content, Placeholder, Source
from deskmate.domain.text import NAME_LIMIT
from deskmate.domain.values import Wrong, one_line, taken, text

FIELDS = ("title", "summary", "words", "audience", "language", "needs", "minutes", "review_months", "note",
          "placeholders")  # fmt: skip
"""What there is, in the order of a form."""
AUDIENCES = {"users": Audience.USER, "technicians": Audience.TECHNICIAN}
SECRET, EXAMPLE = "secret", "such as "
"""What may stand behind what a placeholder asks for: that it is secret, and an example."""


def said(content: Content) -> dict[str, str]:
    """What a guide says, by field, as it would be typed."""
    return {
        "title": content.title,
        "summary": content.summary,
        "words": ", ".join(content.words),
        "audience": next(word for word, each in AUDIENCES.items() if each is content.audience),
        "language": content.language,
        "needs": "\n".join(content.needs),
        "minutes": str(content.minutes or ""),
        "review_months": str(content.review_months),
        "note": content.note,
        "placeholders": "\n".join(map(_placeholder_said, content.placeholders)),
    }


def read(typed: Mapping[str, str], content: Content) -> Content:
    """The guide with these of its fields as they are typed. Raises WrongValues naming what can not be taken."""
    return replace(content, **taken(_READERS, typed))


def placeholder(line: str) -> Placeholder:
    """What one line says: ``name: who it is for; person; such as Ada Weber; secret``. Raises Wrong."""
    head, *more = (part.strip() for part in line.split(";"))
    name, _colon, label = (part.strip() for part in head.partition(":"))
    name = name.strip("{}")
    if not NAME.fullmatch(name):
        raise Wrong(f"“{name}” is no name: a word of letters, digits and _")
    found = Placeholder(name, one_line(label))
    for part in filter(None, more):
        word = part.casefold()
        if word == SECRET:
            found = replace(found, secret=True)
        elif word.startswith(EXAMPLE):
            found = replace(found, example=one_line(part[len(EXAMPLE) :]))
        elif word in list(Source):
            found = replace(found, source=Source(word))
        else:
            raise Wrong(f"“{part}” is none of {', '.join(Source)}, {SECRET}, {EXAMPLE}…")
    return found


def _placeholder_said(each: Placeholder) -> str:
    parts = [f"{each.name}: {_plain(each.label)}" if each.label else each.name]
    parts += [each.source] if each.source is not Source.ASK else []
    parts += [f"{EXAMPLE}{_plain(each.example)}"] if each.example else []
    return "; ".join([*parts, *([SECRET] if each.secret else [])])


def _plain(words: str) -> str:
    """What divides the parts of a line is no part of them."""
    return words.replace(";", ",")


def _title(typed: str) -> str:
    title = one_line(typed, NAME_LIMIT)
    if not title:
        raise Wrong("a guide needs a title")
    return title


def _words(typed: str) -> tuple[str, ...]:
    return tuple(filter(None, (one_line(word) for word in typed.split(","))))


def _lines(typed: str) -> tuple[str, ...]:
    return tuple(filter(None, (one_line(line) for line in typed.splitlines())))


def _audience(typed: str) -> Audience:
    found = AUDIENCES.get(one_line(typed).casefold())
    if found is None:
        raise Wrong(f"one of {', '.join(AUDIENCES)}")
    return found


def _minutes(typed: str) -> int | None:
    return _number(typed, 1, MOST_MINUTES) if typed.strip() else None


def _months(typed: str) -> int:
    return _number(typed or "0", 0, 120)


def _number(typed: str, least: int, most: int) -> int:
    word = typed.strip()
    if not (word.isascii() and word.isdigit() and least <= int(word[:9]) <= most):
        raise Wrong(f"a number from {least} to {most:,}")
    return int(word)


def _placeholders(typed: str) -> tuple[Placeholder, ...]:
    found = tuple(placeholder(line) for line in typed.splitlines() if line.strip())
    names = [each.name for each in found]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise Wrong(f"two are called “{twice}”")
    return found


_READERS: dict[str, Any] = {
    "title": _title,
    "summary": text,
    "words": _words,
    "audience": _audience,
    "language": lambda typed: one_line(typed) or "en",
    "needs": _lines,
    "minutes": _minutes,
    "review_months": _months,
    "note": text,
    "placeholders": _placeholders,
}
