"""A run: one performance of a checklist, item by item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from deskmate.domain.checklist import Checklist, Verdict

BULK_ITEMS, BULK_SPAN = 5, timedelta(seconds=3)
"""More items than that within so short a time were ticked without looking; a run says so."""


class RunState(StrEnum):
    """What a run is."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that shows something. ``digest`` is its SHA-256 in hex, ``at`` a stored instant."""

    id: int
    item: int
    name: str
    size: int
    digest: str
    at: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an item; without a verdict there is only a note so far. ``finding`` is the request it led to."""

    item: int
    verdict: Verdict | None
    value: str = ""
    note: str = ""
    at: str = ""
    finding: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A performance with all that came of it. Instants are stored ones, ``nominal`` is local ("2026-11-24T00:00").

    Without ``nominal`` it is of no occurrence: ad hoc, or for ``request``. ``newer`` is the number of a revision
    made since, which an open run can switch to, else 0.
    """

    id: int
    checklist: Checklist
    nominal: str | None
    request: int | None
    state: RunState
    started_at: str
    ended_at: str | None = None
    counted_at: str | None = None
    note: str = ""
    signed: str = ""
    results: tuple[Result, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    newer: int = 0
