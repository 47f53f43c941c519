"""What a change of office time does: which due times move, and what falls into leave. Internal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from deskmate.domain.hours import Holiday
from deskmate.domain.row import label


class What(StrEnum):
    """What may fall into leave."""

    PROMISE = "promise"
    WAKE = "wake"
    CHASE = "chase"
    CHECK = "check back"


@dataclass(frozen=True, slots=True)
class Falling:
    """Something with a date within leave. ``at`` is a stored instant; ``who`` and ``text`` are as typed.

    ``key`` is that of the promise or the check back, and the number of the request for what wakes or is chased.
    """

    what: What
    key: int
    request: int
    who: str
    text: str
    at: str

    @property
    def spoken(self) -> str:
        """``promise D-12 Ana Alvarez: call back``. Not cleaned."""
        return f"{self.what} {label(self.request)} {': '.join(filter(None, (self.who, self.text)))}".rstrip()


@dataclass(frozen=True, slots=True)
class DueMoves:
    """How many dates of open requests are others now, to answer or to solve them by.

    And how many of those are overdue now that were not, or were.
    """

    moved: int = 0
    overdue: int = 0
    relieved: int = 0

    @property
    def text(self) -> str:
        """``4 due dates move, 1 becomes overdue``."""
        parts = [f"{self.moved or 'no'} due {'date moves' if self.moved < 2 else 'dates move'}"]
        if self.overdue:
            parts.append(f"{self.overdue} {'becomes' if self.overdue == 1 else 'become'} overdue")
        if self.relieved:
            parts.append(f"{self.relieved} {'is' if self.relieved == 1 else 'are'} overdue no longer")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a command about office time would come to. ``label`` says it in words, ``notes`` what was understood.

    ``moves`` is None where office time stays as it is; ``falls`` is what falls into the leave it is about, and
    ``holidays`` what would be added of those.
    """

    label: str
    notes: tuple[str, ...] = ()
    moves: DueMoves | None = None
    falls: tuple[Falling, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    moved: str = ""
    """What was moved out of the leave, in words."""

    @property
    def told(self) -> tuple[str, ...]:
        """All one should know beside the label, line by line."""
        return (*self.notes, *([self.moves.text] if self.moves else []))
