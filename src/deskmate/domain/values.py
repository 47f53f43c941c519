"""Values as they are typed into a form or an option, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from deskmate.domain.text import clean
from deskmate.errors import DeskmateError

LINE_LIMIT = 200
"""Characters a line such as a room or a phone number may have."""
TEXT_LIMIT = 20_000
"""Characters a text such as remembered details may have."""

_Choice = TypeVar("_Choice", bound=StrEnum)


class WrongValues(DeskmateError):
    """Some values can not be taken. ``problems`` says by field what is wrong; nothing was changed."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        said = "; ".join(f"{field}: {why}" for field, why in problems.items())
        super().__init__(f"{said[0].upper()}{said[1:]}{'' if said.endswith('?') else '.'}", "Nothing was changed.")
        self.problems = dict(problems)


class Wrong(ValueError):
    """One value can not be taken; the text says why."""


def taken(readers: Mapping[str, Callable[[str], Any]], said: Mapping[str, str]) -> dict[str, Any]:
    """What is said, by field, as each field's reader takes it. Raises WrongValues naming all that can not be."""
    found: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for field, value in said.items():
        try:
            found[field] = readers[field](value)
        except Wrong as wrong:
            problems[field] = str(wrong)
    if problems:
        raise WrongValues(problems)
    return found


def one_line(typed: str, limit: int = LINE_LIMIT) -> str:
    """A cleaned line. Raises Wrong for one that is too long."""
    line = " ".join(clean(typed)[0].split(" ")).strip()
    if len(line) > limit:
        raise Wrong(f"at most {limit} characters, not {len(line):,}")
    return line


def text(typed: str) -> str:
    """A cleaned text of any number of lines. Raises Wrong for one that is too long."""
    words = clean(typed, multiline=True)[0].strip()
    if len(words) > TEXT_LIMIT:
        raise Wrong(f"at most {TEXT_LIMIT:,} characters, not {len(words):,}")
    return words


def email(typed: str) -> str:
    """An address, or nothing. Checked loosely: one ``@`` with something around it and no blanks. Raises Wrong."""
    address = one_line(typed)
    if not address:
        return ""
    local, at, domain = address.rpartition("@")
    if not at:
        raise Wrong(f"“{address}” has no @")
    if any(char.isspace() or char in ",;<>" for char in address):
        raise Wrong(f"“{address}” is not one address")
    if not local or not domain or "@" in local:
        raise Wrong(f"“{address}” has nothing on one side of the @" if "@" not in local else f"“{address}” has two @")
    if domain.startswith(".") or domain.endswith(".") or ".." in domain:
        raise Wrong(f"“{domain}” is no host")
    return address


def choice(typed: str, choices: type[_Choice]) -> _Choice:
    """One of a few words, whatever its case. Raises Wrong."""
    word = one_line(typed).casefold()
    for each in choices:
        if each.value == word:
            return each
    raise Wrong(f"one of {', '.join(choices)}")


def yes(typed: str) -> bool:
    """Yes or no; nothing is no. Raises Wrong."""
    word = one_line(typed).casefold()
    if word in ("yes", "y", "1", "true", "★"):
        return True
    if word in ("no", "n", "0", "false", ""):
        return False
    raise Wrong("yes or no")
