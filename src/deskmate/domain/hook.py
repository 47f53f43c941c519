"""Programs that are told when what the door says has changed."""

from __future__ import annotations

from dataclasses import dataclass, field

WAIT = 5.0
"""Seconds that a change has to stand before anybody is told: a slip that is undone tells nobody."""
LIMIT = 5.0
"""Seconds that such a program may take."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """The section of the settings: argument lists, run one after the other. None unless somebody says so."""

    availability: tuple[tuple[str, ...], ...] = field(default=(), metadata={"commands": True})
