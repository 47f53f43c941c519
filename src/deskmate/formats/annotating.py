"""Texts that are typed for a machine: what was not understood stands as a comment above its line, until it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

MARK = "deskmate:"
"""What a comment begins with that was put in here and goes out again."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that was not understood. ``line`` counts from 1; ``why`` says what was expected."""

    line: int
    text: str
    why: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.why}"


def annotated(text: str, problems: Iterable[Problem]) -> str:
    """The text as it was typed, with each problem as a comment above its line."""
    whys: dict[int, list[str]] = {}
    for problem in problems:
        whys.setdefault(problem.line, []).append(problem.why.replace("--", "–"))
    lines: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        indent = line[: len(line) - len(line.lstrip())]
        lines += [f"{indent}<!-- {MARK} {why} -->" for why in whys.get(number, ())]
        lines.append(line)
    return "\n".join(lines)


def unannotated(text: str) -> str:
    """The text without the comments that ``annotated`` put in."""
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(f"<!-- {MARK}"))


def nearest(name: str, known: tuple[str, ...]) -> str:
    """How a refusal of ``name`` goes on: which of those that are known may be meant, or all of them."""
    named = {each.casefold(): each for each in known}
    close = get_close_matches(name, named, 1)
    return f": did you mean {named[close[0]]}?" if close else f": there is {', '.join(known)}"
