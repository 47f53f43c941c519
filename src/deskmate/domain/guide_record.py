"""What walk-throughs say of a guide and of a person: how often it works, how long it takes, which step fails, and who
has done it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from deskmate.domain.due import happened_text
from deskmate.domain.guide import Content
from deskmate.domain.walk import StepVerdict, WalkMode, WalkOutcome, took_text


@dataclass(frozen=True, slots=True)
class Past:
    """A walk-through that has ended: what came of it, its seconds, and what was said of steps, by their keys."""

    outcome: WalkOutcome
    seconds: int
    steps: tuple[tuple[str, StepVerdict], ...] = ()


@dataclass(frozen=True, slots=True)
class StepFigure:
    """How often walk-throughs came to a step and how often it failed, each of them once. ``number`` is from 1."""

    key: str
    number: int
    action: str
    came: int
    failed: int

    @property
    def rate(self) -> float:
        """The part of them in which it failed."""
        return self.failed / self.came if self.came else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What has become of a guide. ``seconds`` is the median of those that were solved, None where none was;
    ``estimate`` the minutes it should take. ``steps`` are those of the guide as it is now, in order."""

    used: int = 0
    solved: int = 0
    seconds: float | None = None
    estimate: int | None = None
    steps: tuple[StepFigure, ...] = ()

    @property
    def worst(self) -> StepFigure | None:
        """The step that fails most often; None where none failed."""
        failing = (each for each in self.steps if each.failed)
        return max(failing, key=lambda each: (each.rate, each.failed), default=None)


@dataclass(frozen=True, slots=True)
class Record:
    """That somebody has done a guide: how, and when last, a stored instant."""

    guide: int
    title: str
    how: WalkMode
    at: str


def figures(content: Content, walks: Iterable[Past]) -> Figures:
    """The figures of a guide as it is now."""
    past = list(walks)
    came: dict[str, int] = {}
    failed: dict[str, int] = {}
    for each in past:
        for key in {key for key, _verdict in each.steps}:
            came[key] = came.get(key, 0) + 1
        for key in {key for key, verdict in each.steps if verdict is StepVerdict.FAILED}:
            failed[key] = failed.get(key, 0) + 1
    solved = [each.seconds for each in past if each.outcome is WalkOutcome.SOLVED]
    return Figures(
        len(past),
        len(solved),
        _median(solved),
        content.minutes,
        tuple(
            StepFigure(step.key, number, step.action, came.get(step.key, 0), failed.get(step.key, 0))
            for number, step in enumerate(content.steps, start=1)
        ),
    )


def _median(values: Sequence[int]) -> float | None:
    ordered, middle = sorted(values), len(values) // 2
    if not ordered:
        return None
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def usage_text(used: int, solved: int) -> str:
    """``used 9, works 7 of 9``; empty for what was never walked through."""
    return f"used {used:,}, works {solved:,} of {used:,}" if used else ""


def time_text(found: Figures) -> str:
    """``median 12 min, estimate 10 min``; empty where nothing was solved by it."""
    if found.seconds is None:
        return ""
    estimate = f", estimate {took_text(found.estimate * 60)}" if found.estimate else ""
    return f"median {took_text(round(found.seconds))}{estimate}"


def fails_text(each: StepFigure) -> str:
    """``step 4 fails in 3 of 9``."""
    return f"step {each.number} fails in {each.failed:,} of {each.came:,}"


def lines(found: Figures) -> list[str]:
    """All that is said of a guide: how often it works, how long it takes, and what fails, the worst step first."""
    failing = sorted((each for each in found.steps if each.failed), key=lambda each: (-each.rate, each.number))
    return list(filter(None, (usage_text(found.used, found.solved), time_text(found), *map(fails_text, failing))))


def record_text(record: Record, now: datetime) -> str:
    """``Connect to the VPN, alone, Mon 10:15``."""
    return f"{record.title}, {record.how}, {happened_text(record.at, now)}"
