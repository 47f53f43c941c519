"""A walk-through: one performance of a guide, with somebody, for them, or by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from deskmate.domain.guide import Guide


class WalkMode(StrEnum):
    """Who does it."""

    TOGETHER = "together"
    FOR_THEM = "for them"
    ALONE = "alone"
    """They do it by themselves."""


class WalkOutcome(StrEnum):
    """What came of it."""

    SOLVED = "solved"
    FAILED = "failed"
    STOPPED = "stopped"


class StepVerdict(StrEnum):
    """What came of a step."""

    DONE = "done"
    """They did it."""
    TOGETHER = "together"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class WalkedStep:
    """What came of one step: ``symptom`` is the branch that was taken, ``seconds`` the time it took without what
    interrupted it, ``at`` a stored instant."""

    step: str
    verdict: StepVerdict
    seconds: int
    at: str
    symptom: str = ""
    note: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk-through with all that came of it, of ``guide`` as it was published when it began.

    ``step`` is the key of the one it is at. Its time runs since ``since``, a stored instant, and does not while that
    is None; ``spent`` are the seconds before. ``outcome`` is None while it goes on.
    """

    id: int
    guide: Guide
    mode: WalkMode
    step: str
    started_at: str
    request: int | None = None
    person: int | None = None
    since: str | None = None
    spent: int = 0
    outcome: WalkOutcome | None = None
    ended_at: str | None = None
    note: str = ""
    steps: tuple[WalkedStep, ...] = ()
