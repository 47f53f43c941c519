"""What of the words on a picture looks like something that must not be seen. A hint, and never a proof."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

Box = tuple[int, int, int, int]

PASSWORD, ADDRESS, NUMBER = "a password", "an address", "a number"
_LABEL = re.compile(
    r"(?:pass(?:word|wort|phrase|code)?|pwd|kennwort|contrase[nñ]a|wachtwoord|has[lł]o|secret|token|pin|otp|api[-_]?key)\W*",
    re.IGNORECASE,
)
"""What stands before a secret."""
_ADDRESS = re.compile(r"\S+@\S+\.\w{2,}|(?:https?://|www\.)\S+|\b\d{1,3}(?:\.\d{1,3}){3}\b|\\\\\w[\w.-]*\\\S+")
"""An e-mail address, a page, a machine, a share."""
_DIGITS = 6
"""So many digits are no time, no year and no version."""
_DATE = re.compile(r"\W*(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})\W*")
_SECRET_LENGTH = 8
_MARGIN = 6
"""Of so many parts of its height, one is covered around a word: what is read is not always where the ink ends."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was read: its text, its box, and which line it is of."""

    text: str
    box: Box
    line: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """What something looks like, and where it is."""

    what: str
    box: Box


def sightings(words: Sequence[Word]) -> tuple[Sighting, ...]:
    """What should be looked at, in the order it stands on the picture; each place is named once."""
    found: list[Sighting] = []
    for _line, group in groupby(words, lambda word: word.line):
        line = list(group)
        after = next((place for place, word in enumerate(line) if _LABEL.fullmatch(word.text)), len(line)) + 1
        if line[after:]:
            found.append(Sighting(PASSWORD, _around(line[after:])))
            line = line[: after - 1]
        found += _in_line(line)
    return tuple(found)


def _in_line(line: Sequence[Word]) -> list[Sighting]:
    found: list[Sighting] = []
    for numeric, group in groupby(line, lambda word: _is_numeric(word.text)):
        words = list(group)
        if numeric:
            if sum(char.isdigit() for word in words for char in word.text) >= _DIGITS:
                found.append(Sighting(NUMBER, _around(words)))
            continue
        for word in words:
            if _ADDRESS.search(word.text):
                found.append(Sighting(ADDRESS, _around([word])))
            elif _is_secret(word.text):
                found.append(Sighting(PASSWORD, _around([word])))
    return found


def _is_numeric(text: str) -> bool:
    """Part of a number that may be written in several words; no date, no address of a machine."""
    digits = sum(char.isdigit() for char in text)
    return digits * 2 > len(text) and not _DATE.fullmatch(text) and not _ADDRESS.search(text)


def _is_secret(text: str) -> bool:
    """Whether nobody would write a word so: letters and digits mixed with capitals within, or with signs."""
    inner = text.strip(".,:;()[]\"'")
    kinds = (str.islower, str.isupper, str.isdigit, lambda char: not char.isalnum() and char not in ".-_/\\:")
    return len(inner) >= _SECRET_LENGTH and sum(any(kind(char) for char in inner) for kind in kinds) >= 3


def _around(words: Sequence[Word]) -> Box:
    """The box of some words, with a margin."""
    left, top = min(word.box[0] for word in words), min(word.box[1] for word in words)
    right, bottom = max(word.box[2] for word in words), max(word.box[3] for word in words)
    more = max((bottom - top) // _MARGIN, 1)
    return max(left - more, 0), max(top - more, 0), right + more, bottom + more
