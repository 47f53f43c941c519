"""A guide as a folder of Markdown and pictures, which is also the form in which guides pass from desk to desk.

``guide.md`` has, in this order: front matter of lines ``name: JSON``; the title as its only first heading, and the
summary below it; a second heading for what one needs, one for each step, one for whom to ask. Of a step, each part
but the action begins with a bold label, in the words that ``domain/guide_words.py`` has for the language of the
guide. So no part is guessed: nothing that was typed is bold, a heading or a list, because all of it is escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from deskmate.domain.guide import Caution
from deskmate.domain.guide_words import GuideWords, words_in
from deskmate.domain.user_guide import UserBranch, UserGuide, UserStep
from deskmate.formats.links import pieces

MAIN = "guide.md"
FORMAT = 1
"""The number of this form, as ``deskmate`` in the front matter has it."""
GLYPHS = {Caution.CAUTION: "⚠", Caution.STOP: "■"}
"""What the line begins with that says how much care a step asks for."""
ARROW = "→"
"""What the second line of a branch begins with, what to do then; the first is what is seen."""
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}

_MEANS_SOMETHING = re.compile(r"[\\`*_\[\]<>&~|#{}$]")
"""What means something to one reader of Markdown or another wherever it stands."""
_BEGINS = re.compile(r"^[-+=]")
_NUMBERS = re.compile(r"^(\d+)([.)])")
"""What does so where a line begins."""


def write(guide: UserGuide) -> dict[str, bytes]:
    """The text, and the pictures by name."""
    names: dict[tuple[int, int], str] = {}
    pictures: dict[str, bytes] = {}
    for step in guide.steps:
        for place, picture in enumerate(step.pictures):
            name = f"images/{len(pictures) + 1:02}.{_ENDINGS[picture.media]}"
            names[step.number, place] = name
            pictures[name] = picture.data
    parts = [_front(guide), *_parts(guide, names)]
    return {MAIN: ("\n\n".join(parts) + "\n").encode(), **pictures}


def escaped(typed: str) -> str:
    """Text that any reader of Markdown shows as it was typed: lines stay lines, and addresses become links."""
    return "\n\n".join("\\\n".join(map(_line, each.split("\n"))) for each in typed.split("\n\n"))


def anchor(heading: str) -> str:
    """The name by which readers that name headings know this one."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _front(guide: UserGuide) -> str:
    said = {
        "deskmate": FORMAT,
        "name": guide.slug,
        "title": guide.title,
        "language": guide.language,
        "words": list(guide.words),
        "minutes": guide.minutes,
        "checked": guide.checked_on or None,
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in said.items() if value]
    return "\n".join(("---", *lines, "---"))


def _parts(guide: UserGuide, names: dict[tuple[int, int], str]) -> Iterator[str]:
    said = words_in(guide.language)
    yield f"# {escaped(guide.title)}"
    if guide.summary:
        yield escaped(guide.summary)
    if guide.needs:
        yield f"## {said.needs}"
        yield "\n".join(f"- {escaped(need)}" for need in guide.needs)
    for step in guide.steps:
        yield f"## {said.step.format(step.number)}"
        yield from _step(step, said, names)
    if guide.contact:
        yield f"## {said.contact}"
        yield escaped(guide.contact)


def _step(step: UserStep, said: GuideWords, names: dict[tuple[int, int], str]) -> Iterator[str]:
    care = {Caution.CAUTION: said.caution, Caution.STOP: said.stop}.get(step.caution)
    if care:
        yield f"**{GLYPHS[step.caution]} {care}**"
    if step.where:
        yield _labelled(said.where, step.where)
    if step.action:
        yield escaped(step.action)
    if step.detail:
        yield _labelled(said.detail, step.detail)
    for place, picture in enumerate(step.pictures):
        yield f"![{_plain(picture.alt)}]({names[step.number, place]})"
    if step.expect:
        yield _labelled(said.expect, step.expect)
    if step.branches:
        yield f"**{said.if_not}:**"
        yield "\n".join(f"- {escaped(each.symptom)}\\\n  {ARROW} {_branch(each, said)}" for each in step.branches)


def _branch(branch: UserBranch, said: GuideWords) -> str:
    if branch.step:
        return f"[{_plain(branch.words)}](#{anchor(said.step.format(branch.step))})"
    if branch.guide:
        return f"[{_plain(branch.words)}](../{branch.guide}/{MAIN})"
    return escaped(branch.words)


def _labelled(label: str, text: str) -> str:
    return f"**{label}:** {escaped(text)}"


def _line(typed: str) -> str:
    """One line. Blanks at its ends would be dropped, and some things mean something where a line begins."""
    text = typed.strip()
    before, after = (typed[: len(typed) - len(typed.lstrip())], typed[len(typed.rstrip()) :]) if text else (typed, "")
    words = "".join(
        f"[{_plain(piece.text)}](<{_plain(piece.target)}>)" if piece.target else _plain(piece.text)
        for piece in pieces(text)
    )
    return _blanks(before) + _NUMBERS.sub(r"\1\\\2", _BEGINS.sub(r"\\\g<0>", words)) + _blanks(after)


def _plain(typed: str) -> str:
    return _MEANS_SOMETHING.sub(r"\\\g<0>", typed)


def _blanks(typed: str) -> str:
    return "".join(f"&#{ord(each)};" for each in typed)
