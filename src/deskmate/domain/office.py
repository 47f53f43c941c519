"""All about office time that its panel shows beside the week: what is said, and what comes of it next. Internal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from deskmate.domain.hours import State
from deskmate.domain.priority import Priority
from deskmate.domain.saying_hours import Entry
from deskmate.domain.sla import Targets


@dataclass(frozen=True, slots=True)
class Office:
    """``changes`` are the state now and those after it, each with the moment it begins at.

    ``falls`` counts, by the key of leave that is not over, what falls into it. ``notice`` is the public word and the
    stored instant it ends at, empty when there is none.
    """

    entries: tuple[Entry, ...]
    changes: tuple[tuple[datetime, State], ...]
    targets: Mapping[Priority, Targets]
    notice: tuple[str, str | None] = ("", None)
    place: str = ""
    """The country and the region whose holidays were copied."""
    falls: Mapping[int, int] | None = None
    dnd_minutes: int = 45
    """How long do not disturb lasts where nobody says how long."""
