"""Lengths of time as they are typed and said: in hours and minutes, never in days: a day of office time is none."""

from __future__ import annotations

from deskmate.domain import when
from deskmate.domain.values import Wrong, one_line

_UNITS = (("hours", "h"), ("hour", "h"), ("minutes", "m"), ("minute", "m"), ("min", "m"))


def parse(typed: str, what: str, most: tuple[int, str]) -> int:
    """Minutes in ``30 min``, ``4h`` or ``1 h 30 min``, up to so many, which the second word says. Raises Wrong."""
    line = one_line(typed).casefold()
    word = line.replace(" ", "")
    for unit, short in _UNITS:
        word = word.replace(unit, short)
    minutes = when.parse_duration(word)
    if minutes is None:
        raise Wrong(f"“{line}” is no length such as 30 min or 4 h" if line else "say a length such as 30 min or 4 h")
    if not 0 < minutes <= most[0]:
        raise Wrong(f"{what} is a minute at least" if not minutes else f"{what} is {most[1]} at most")
    return minutes


def text(minutes: int) -> str:
    """``30 min``, ``1 h 30 min``. ``parse`` reads it back."""
    hours, minutes = divmod(minutes, 60)
    return " ".join(f"{count} {unit}" for count, unit in ((hours, "h"), (minutes, "min")) if count)
