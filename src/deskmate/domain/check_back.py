"""Checking back: asking after a while whether it really works, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass

from deskmate.domain.status import SERVED, Status

QUESTION = "Feedback"
"""The canned text to ask with."""
SCORES = range(1, 6)
BAD = 2
"""An answer up to this says that it does not work."""
LINE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class CheckBack:
    """When to ask, when that was done, and the answer: ``score`` 1 to 5 and a line. Times are stored instants."""

    id: int
    at: str
    asked_at: str | None = None
    score: int | None = None
    line: str = ""
    answered_at: str | None = None


def why_not_feedback(status: str) -> str:
    """Why no answer can be taken down for a request of this status; empty when one can."""
    return "" if status in SERVED else f"it is {status}: ask once it is resolved"


def to_ask(status: str, check_at: str | None, at: str) -> bool:
    """Whether it is time to ask: it is resolved, and the date to check back has come at ``at``."""
    return status in (Status.RESOLVED, Status.CLOSED) and check_at is not None and check_at <= at
