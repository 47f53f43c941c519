"""Where a branch of a step leads, as it is typed: ``3``, ``guide Clear a jam``, ``ask the helpdesk``, ``stop: …``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deskmate.domain.guide import Branch, Content, Then, word_of
from deskmate.domain.values import Wrong

HOW = "a step by its number, guide and its name, ask and whom, or stop and what to do"
_WORDS = re.compile(r"(step|guide|ask|stop)\b[\s:]*(.*)", re.I | re.S)


def read(typed: str, content: Content, slugs: Mapping[str, str]) -> tuple[Then, str]:
    """What is meant. ``slugs`` are those of the guides by title. Raises Wrong for what is not understood."""
    line = " ".join(typed.split())
    found = _WORDS.fullmatch(line)
    word, rest = (found[1].lower(), found[2]) if found else ("", line)
    if rest.isdecimal() and word in ("", "step"):
        place = int(rest)
        if not 1 <= place <= len(content.steps):
            raise Wrong(f"there is no step {rest}: they go from 1 to {len(content.steps)}")
        return Then.STEP, content.steps[place - 1].key
    if word in ("", "guide"):
        known = {word_of(title): slug for title, slug in slugs.items()}
        slug = known.get(word_of(rest)) or (rest if rest in slugs.values() else "")
        if slug:
            return Then.GUIDE, slug
        raise Wrong(f"no guide is called “{rest}”" if word and rest else HOW)
    if word == "ask":
        if not rest:
            raise Wrong("ask whom?")
        return Then.CONTACT, rest
    if word == "stop":
        return Then.STOP, rest
    raise Wrong(HOW)


def said(content: Content, branch: Branch, titles: Mapping[str, str]) -> str:
    """A branch as one would type it."""
    if branch.then is Then.STEP:
        place = content.position(branch.to)
        return "" if place is None else str(place + 1)
    if branch.then is Then.GUIDE:
        return f"guide {titles.get(branch.to, branch.to)}"
    if branch.then is Then.CONTACT:
        return f"ask {branch.to}"
    return f"stop: {branch.to}" if branch.to else "stop"
