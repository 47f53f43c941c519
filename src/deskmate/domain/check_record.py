"""What the past of a checklist comes to, and what comes next: all that its detail says beside what is on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from deskmate.domain.hours import day_text
from deskmate.domain.occurrence import Coming, Occurrence, Stage
from deskmate.domain.proof import Absence, Score, Trend, in_a_row, score

_KEPT = (Stage.DONE, Stage.LATE, Stage.MERGED)


@dataclass(frozen=True, slots=True)
class Gap:
    """Occurrences that were missed one after the other: the nominal times of the first and last, a word on it."""

    first: datetime
    last: datetime
    count: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """How it was kept, with how many were done in time since the last that was not, and what was missed.

    ``coming`` are its next times, ``kept`` says in words how its schedule is kept, and ``findings`` are the open
    requests that failed items led to, by number and title. ``trends`` are what was measured lately, ``suggestions``
    how many things its runs suggest when it is pruned.
    """

    score: Score
    row: int
    gaps: tuple[Gap, ...]
    coming: tuple[Coming, ...] = ()
    kept: str = ""
    findings: tuple[tuple[int, str], ...] = ()
    trends: tuple[Trend, ...] = ()
    suggestions: int = 0


def record(
    history: Sequence[Occurrence],
    absences: Sequence[Absence],
    coming: tuple[Coming, ...] = (),
    kept: str = "",
    findings: tuple[tuple[int, str], ...] = (),
) -> Record:
    """The record of occurrences in order. ``absences`` are what was said of missed ones, the newest word first."""
    return Record(score(history), in_a_row(history)[0], gaps(history, absences), coming, kept, findings)


def gaps(history: Sequence[Occurrence], absences: Sequence[Absence]) -> tuple[Gap, ...]:
    """The absences in it, the newest first: missed ones that follow each other, whatever was excused between them."""
    found: list[Gap] = []
    together: list[Occurrence] = []

    def close() -> None:
        if together:
            first, last = together[0].nominal, together[-1].nominal
            note = next((each.note for each in absences if each.first <= last and first <= each.last), "")
            found.append(Gap(first, last, len(together), note))
            together.clear()

    for each in history:
        if each.stage is Stage.MISSED:
            together.append(each)
        elif each.stage in (*_KEPT, Stage.SKIPPED):
            close()
    close()
    return tuple(reversed(found))


def gap_text(gap: Gap) -> str:
    """An absence as one line: ``13 missed 3 to 19 Nov: on leave``, or that nobody has said a word."""
    first, last = (day_text(each.date()).split(maxsplit=1)[1] for each in (gap.first, gap.last))
    first, last = first.rpartition(" ")[0], last.rpartition(" ")[0]
    days = last if first == last else f"{first} to {last}"
    return f"{gap.count} missed {days}{f': {gap.note}' if gap.note else ', no word yet'}"
