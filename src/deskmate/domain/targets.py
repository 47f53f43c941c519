"""Targets as they are typed and said: how soon requests of a priority shall be answered and solved. Internal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from deskmate.domain import length
from deskmate.domain.commands import Command
from deskmate.domain.priority import Priority
from deskmate.domain.sla import Targets
from deskmate.domain.values import Wrong, WrongValues, one_line, taken

FIELDS = ("response", "resolve", "clock")
OFFICE, ROUND = "office hours", "round the clock"
CLOCKS = (OFFICE, ROUND)
_LONGEST = 366 * 24 * 60
"""Minutes a target may have."""


@dataclass(frozen=True, slots=True)
class SetTargets(Command):
    """How soon requests of a priority shall be answered and solved: values as typed, by the name of the field."""

    name = "targets"
    priority: Priority
    said: Mapping[str, str]


def typed(targets: Targets) -> dict[str, str]:
    """They as they would be typed, by field. Reading that back gives the same."""
    clock = ROUND if targets.resolve.round_the_clock else OFFICE
    return {
        "response": length_text(targets.response.time),
        "resolve": length_text(targets.resolve.time),
        "clock": clock,
    }


def spoken(targets: Targets) -> str:
    """They on one line: ``first answer 30 min, solved 4 h, office hours``."""
    said = typed(targets)
    return f"first answer {said['response']}, solved {said['resolve']}, {said['clock']}"


def changed(was: Targets, said: Mapping[str, str]) -> Targets:
    """The targets with these values. Raises WrongValues naming each field that can not be taken."""
    new = taken(_READERS, said)
    response, resolve = new.get("response", was.response.time), new.get("resolve", was.resolve.time)
    if resolve < response:
        field = "resolve" if "resolve" in new else "response"
        raise WrongValues({field: "it can not be solved sooner than it is answered first"})
    always = new.get("clock", was.resolve.round_the_clock)
    return Targets(
        replace(was.response, time=response, round_the_clock=always),
        replace(was.resolve, time=resolve, round_the_clock=always),
    )


def parse_length(typed: str) -> timedelta:
    """A length of time: ``30 min``, ``4h``, ``1 h 30 min``. Raises Wrong."""
    return timedelta(minutes=length.parse(typed, "a target", (_LONGEST, "a year")))


def parse_clock(typed: str) -> bool:
    """Whether it counts round the clock. Raises Wrong."""
    word = one_line(typed).casefold()
    if word not in CLOCKS:
        raise Wrong(f"“{word}” is neither {OFFICE} nor {ROUND}")
    return word == ROUND


_READERS = {"response": parse_length, "resolve": parse_length, "clock": parse_clock}


def length_text(time: timedelta) -> str:
    """In hours and minutes."""
    return length.text(time // timedelta(minutes=1))
