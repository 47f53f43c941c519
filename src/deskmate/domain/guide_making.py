"""A guide begun from what solved a request: lines become steps, names become placeholders. Rules, no guessing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from deskmate.domain.guide import Content, Placeholder, Source, Step
from deskmate.domain.text import NAME_LIMIT

FEWEST, ALIKE = 2, 3
"""Letters a part of a name has at least to be taken for it; requests with one answer that call for a guide."""

_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,3}[.):]|[-*•–])\s+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜÀ-Ý\[(“\"„«])")
_SUBJECT = re.compile(r"^\s*(?:(?:re|aw|fwd?|wg|sv|tr)\s*:\s*)+", re.IGNORECASE)
_PLACE = re.compile(r"\{(?:name|email|room|device)\}")
_LABELS = {"name": "whose name", "email": "whose address", "room": "which room", "device": "which device"}
_SOURCES = {"device": Source.DEVICE, "name": Source.PERSON}


def lines_of(text: str) -> list[str]:
    """What was done, one thing each: numbered lines or points with what follows them, else lines, else sentences."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if any(_NUMBERED.match(line) for line in lines):
        found: list[str] = []
        for line in lines:
            if _NUMBERED.match(line) or not found:
                found.append(_NUMBERED.sub("", line))
            else:
                found[-1] += f"\n{line}"
        return found
    return lines if len(lines) > 1 else [each.strip() for each in _SENTENCE.split(text.strip()) if each.strip()]


def made_of(subject: str, text: str, names: Mapping[str, str], keys: Iterable[str]) -> Content:
    """The draft of a guide. ``names`` says what ``name``, ``email``, ``room`` and ``device`` are here, ``keys``
    gives a key for each step.

    Its steps are marked as not looked at: they were written for a technician.
    """
    subject = _SUBJECT.sub("", subject).strip()
    fill = _Placeholders(names)
    steps = tuple(Step(key, fill(line), reviewed=False) for key, line in zip(keys, lines_of(text), strict=False))
    title = fill(subject)[:NAME_LIMIT] or "Guide"
    said = " ".join(_PLACE.sub(" ", fill(subject)).split())  # these are read by everybody who looks for a guide
    return Content(title, words=(said,) if said else (), placeholders=fill.used, steps=steps)


def calls_for_guide(count: int, minutes: int, fitting: int) -> str:
    """What is said when this was the third with one answer and no guide; empty when there is nothing to say.

    ``count`` is how many there were with this one, ``minutes`` what they took so far.
    """
    if count < ALIKE or fitting:
        return ""
    took = f", {minutes} min so far" if minutes else ""
    return f"{count} like this without a guide{took}"


class _Placeholders:
    """Puts placeholders in for what names somebody or something of one case."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = {name: said.strip() for name, said in names.items() if len(said.strip()) >= FEWEST}
        self._found: dict[str, Placeholder] = {}

    @property
    def used(self) -> tuple[Placeholder, ...]:
        return tuple(self._found.values())

    def __call__(self, text: str) -> str:
        # The longest first: an address has the name in it.
        for name, said in sorted(self._names.items(), key=lambda each: -len(each[1])):
            text = self._put(text, name, said)
        for part in self._names.get("name", "").split():
            if len(part.strip(".,")) > FEWEST:
                text = self._put(text, "name", part)
        return text

    def _put(self, text: str, name: str, said: str) -> str:
        found = re.compile(rf"(?<![\w{{]){re.escape(said)}(?![\w}}])", re.IGNORECASE)
        if not found.search(text):
            return text
        self._found.setdefault(name, Placeholder(name, _LABELS[name], _SOURCES.get(name, Source.ASK), ""))
        return found.sub(f"{{{name}}}", text)
