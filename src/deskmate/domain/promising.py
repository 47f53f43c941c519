"""Commands on promises, and on checking back."""

from __future__ import annotations

from dataclasses import dataclass

from deskmate.domain.commands import OnRequests


@dataclass(frozen=True, slots=True)
class MakePromise(OnRequests):
    """Something was told with a date, a stored instant: to the requester, or to ``who``."""

    name = "promise"
    due_at: str
    text: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class KeepPromise(OnRequests):
    """The next open promise was kept."""

    name = "promise"


@dataclass(frozen=True, slots=True)
class MovePromise(OnRequests):
    """Another date, a stored instant, was told for the next open promise."""

    name = "promise"
    due_at: str


@dataclass(frozen=True, slots=True)
class DropPromise(OnRequests):
    """The next open promise is not to be kept, and they know."""

    name = "promise"


@dataclass(frozen=True, slots=True)
class Feedback(OnRequests):
    """Whether it really works: a number from 1, no, to 5, very well, and a line."""

    name = "feedback"
    score: int
    line: str = ""
