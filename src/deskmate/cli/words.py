"""From the words of a command line to options and text. By hand: argparse alone costs more than a capture."""

from __future__ import annotations

import sys

from deskmate.cli.table import DATA
from deskmate.domain.row import label, parse_label
from deskmate.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypeVar

    from deskmate.cli.table import Option, Word

    T = TypeVar("T")


class Said:
    """What a command line says: the plain ``words``, the options, and the dash words ``kept`` as text."""

    __slots__ = ("_options", "kept", "word", "words")

    def __init__(self, word: Word) -> None:
        self.word = word
        self.words: list[str] = []
        self.kept: list[str] = []
        self._options: dict[str, list[str]] = {}

    def add(self, option: str, value: str) -> None:
        """Take an option with its value, empty for a flag."""
        self._options.setdefault(option, []).append(value)

    def has(self, option: str) -> bool:
        """Whether the option was given."""
        return option in self._options

    def value(self, option: str) -> str | None:
        """Its value, the last one when it was given several times; None when it was not."""
        return self._options.get(option, [None])[-1]

    def values(self, option: str) -> list[str]:
        """All its values."""
        return self._options.get(option, [])

    def wrong(self, message: str) -> UsageError:
        """The error that says what is wrong and how the word is used."""
        return UsageError(message, f"usage: deskmate {' '.join(self.word.usage.split())}")


def parse(word: Word, argv: list[str]) -> Said:
    """Read the words after ``word``. Raises UsageError.

    Only exact names are options, as ``--name value`` or ``--name=value``. ``--`` ends the options; for a word
    that takes any text only where none came before, as in ``add -- --json is broken``, else it is text too.
    """
    said = Said(word)
    options = {option.name: option for option in (*word.options, DATA)}
    rest = iter(argv)
    for item in rest:
        name, equals, value = item.partition("=")
        option = options.get(name) if item.startswith("--") else None
        if option is not None and option.value:
            said.add(name, value if equals else _following(said, option, rest, options))
        elif option is not None and not equals:
            said.add(name, "")
        elif item == "--" and not (word.takes_any and len(said.words) > word.before):
            said.words += rest
        elif item[:1] == "-" and len(item) > 1 and not word.takes_any:
            raise said.wrong(f"{word.name} knows no option “{name}”.{nearest(name, options)}")
        else:
            if item.startswith("--") and len(item) > 2:
                said.kept.append(item)
            said.words.append(item)
    return said


def of_family(word: Word) -> dict[str, Word]:
    """The words of a family, by the word that comes after its name; empty for a word that has none."""
    if not word.family:
        return {}
    table: dict[str, Word] = __import__(word.family, fromlist=["WORDS"]).WORDS
    return {name.partition(" ")[2]: each for name, each in table.items()}


def member(family: Word, rest: list[str]) -> tuple[Word, list[str]]:
    """The word of a family that the first of ``rest`` names, and what comes after it. Raises UsageError."""
    words = of_family(family)
    hint = f"deskmate help {family.name} says what each does."
    if not rest:
        raise UsageError(f"Say which: {family.name} {', '.join(words)}.", hint)
    found = words.get(rest[0])
    if found is None:
        raise UsageError(f"{family.name} knows no word “{rest[0]}”.{nearest(rest[0], words)}", hint)
    return found, rest[1:]


def _following(said: Said, option: Option, rest: Iterable[str], options: Mapping[str, Option]) -> str:
    value = next(iter(rest), None)
    if value is None or value in options:
        raise said.wrong(f"{option.name} needs a value.")
    return value


def nearest(typed: str, known: Iterable[str]) -> str:
    """`` Did you mean “…”?``, or nothing when no known word is close."""
    from difflib import get_close_matches

    found = get_close_matches(typed, list(known), 1)
    return f" Did you mean “{found[0]}”?" if found else ""


def choice(said: Said, option: str, choices: Mapping[str, T]) -> T | None:
    """The value of an option that has few; None when it was not given. Raises UsageError."""
    typed = said.value(option)
    if typed is None:
        return None
    found = choices.get(" ".join(typed.lower().replace("-", " ").split()))
    if found is None:
        raise said.wrong(f"{option} can not be “{typed}”: it is one of {', '.join(choices)}.")
    return found


def numbers(said: Said, words: list[str]) -> tuple[int, ...]:
    """The requests these words name, each once. Raises UsageError for one that is no number, and for none."""
    found: dict[int, None] = {}
    for word in words:
        number = parse_label(word)
        if number is None:
            raise said.wrong(f"“{word}” is no request number such as {label(17)}.")
        found[number] = None
    if not found:
        raise said.wrong(f"Say which request: {label(17)}, or just 17.")
    return tuple(found)


def from_stdin() -> bytes:
    """Everything that comes in on standard input."""
    return sys.stdin.buffer.read() if sys.stdin is not None else b""


def text_from_stdin() -> str:
    """Standard input as text. Bytes that are no UTF-8 stay recognisable and are marked at the door."""
    return from_stdin().decode("utf-8", "surrogateescape").removeprefix("\ufeff")
