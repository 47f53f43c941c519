"""What a benchmark gives: figures, each a ratio against a reference of the same run, and how they are counted."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.data import Scale

ROOT = Path(__file__).parents[1]
DESKMATE = [sys.executable, "-c", "import sys; from deskmate.__main__ import main; sys.exit(main())"]
"""What the installed start script does."""


@dataclass(frozen=True, slots=True)
class Run:
    """What was asked for: sizes in order, rounds, and the folder that keeps the desks."""

    sizes: tuple[Scale, ...]
    rounds: int
    data: Path
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One ratio. ``value`` is None where the reference is not there; ``note`` says why, or what else was seen."""

    group: str
    what: str
    reference: str
    value: float | None
    goal: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether the goal was met, judged on the ratio as it is printed."""
        if self.value is None:
            return "left out"
        if self.goal is None:
            return ""
        value = float(shown(self.value))
        return "met" if (value >= self.goal if self.at_least else value <= self.goal) else "missed"


def shown(value: float) -> str:
    """A ratio in the digits that mean something."""
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def middle(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share of the others stays below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def milliseconds(seconds: float) -> str:
    """For notes; it says nothing about another machine."""
    return f"{seconds * 1e3:.1f} ms"


def environment(folder: Path | None = None) -> dict[str, str]:
    """What a command is started with: a plain terminal, compiled files allowed, the desk as the default folder."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TEXTUAL", "DESKMATE", "PYTHON", "XDG", "TASK"))
        and name not in ("COLUMNS", "LINES", "NO_COLOR", "ESCDELAY")
    }
    kept |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT / "src")}
    return kept if folder is None else kept | {"XDG_DATA_HOME": str(folder.parent)}
