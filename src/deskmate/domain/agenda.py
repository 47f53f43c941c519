"""Where each checklist stands, as one line: what the panel lists and what the shell prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from deskmate.domain.instant import END_OF_TIME


class State(StrEnum):
    """What is to be said of a checklist now, the most pressing first."""

    OVERDUE = "overdue"
    RUNNING = "run"
    """Begun and not finished."""
    DUE = "due"
    MISSED = "missed"
    """Not any more to be done, and nobody has done it since."""
    UPCOMING = "upcoming"
    DONE = "done"
    """Done, and the next time is not near."""
    PAUSED = "paused"
    """Nothing is wanted on this day, not even what is overdue."""
    UNSCHEDULED = "no schedule"


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run that goes on: its key, how many of its items have a verdict, and how many there are."""

    key: int
    marked: int
    items: int


@dataclass(frozen=True, slots=True)
class Line:
    """A checklist and where it stands. Instants are stored ones, ``nominal`` is local ("2026-11-24T00:00").

    ``nominal`` and its times are of the occurrence that is open, else of the next; None without a schedule that goes
    on. ``said`` is the schedule in words. ``waiting`` is how many are open at once, ``missed`` how many were missed
    since it was last done. ``paused`` is true while nothing is wanted, ``paused_until`` the last such day, empty
    where none is said.
    """

    key: int
    name: str
    said: str = ""
    nominal: str | None = None
    begins_at: str | None = None
    due_at: str | None = None
    late_at: str | None = None
    waiting: int = 0
    missed: int = 0
    last_done_at: str | None = None
    open_run: OpenRun | None = None
    paused: bool = False
    paused_until: str = ""


def state(line: Line, at: str) -> State:
    """What a checklist is at a stored instant."""
    if line.paused and line.open_run is None:
        return State.PAUSED
    if line.waiting and line.late_at is not None and at >= line.late_at:
        return State.OVERDUE
    if line.open_run is not None:
        return State.RUNNING
    if line.waiting and line.due_at is not None and at >= line.due_at:
        return State.DUE
    if line.missed:
        return State.MISSED
    if line.due_at is None:
        return State.DONE if line.said and line.last_done_at else State.UNSCHEDULED
    began = line.begins_at is not None and at >= line.begins_at
    return State.DONE if line.last_done_at and not began else State.UPCOMING


_RANKS = {each: rank for rank, each in enumerate(State)} | {State.DONE: list(State).index(State.UPCOMING)}


def by_need(lines: Iterable[Line], at: str) -> list[Line]:
    """What needs doing first comes first."""
    return sorted(lines, key=lambda line: (_RANKS[state(line, at)], line.due_at or END_OF_TIME, line.name.casefold()))
