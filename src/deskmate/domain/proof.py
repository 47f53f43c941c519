"""What proves that checks were done: what became of each time, how well that was kept, and what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from deskmate.domain import instant
from deskmate.domain import run as runs
from deskmate.domain.calendar import Calendar, Reason
from deskmate.domain.checklist import Checklist, Item, Kind, Verdict
from deskmate.domain.occurrence import Occurrence, Pause, Stage
from deskmate.domain.run import Run, RunState
from deskmate.domain.schedule import compliance
from deskmate.domain.status import ENDED, Status

SCORED_DAYS = 90
"""How far back the score looks."""
_DONE = (Stage.DONE, Stage.LATE)
_REASONS = {Reason.LEAVE: "leave", Reason.HOLIDAY: "holiday", Reason.EXCEPTION: "closed", Reason.OUTSIDE: "closed"}


@dataclass(frozen=True, slots=True)
class Finding:
    """The request that a failed item led to: its number, and how far it is. Nothing else of it proves anything."""

    number: int
    status: Status
    resolved_at: str | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """A word on what was missed from one nominal time to another."""

    first: datetime
    last: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one time, or a run that is of none: then there is no ``occurrence``.

    ``why`` is the word on why it was skipped, missed or excused. ``findings`` are by number.
    """

    occurrence: Occurrence | None
    run: Run | None = None
    why: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def stage(self) -> Stage | None:
        """What it is; None for a run of no time."""
        return self.occurrence.stage if self.occurrence else None

    @property
    def nominal(self) -> datetime:
        """The time on the wall it is of, for a run of no time when it was done."""
        return self.occurrence.nominal if self.occurrence else self.at.replace(tzinfo=None)

    @property
    def at(self) -> datetime:
        """Where it stands in order: when it was due, for a run of no time when it was done."""
        if self.occurrence is not None:
            return self.occurrence.due
        assert self.run is not None
        return instant.from_text(self.run.counted_at or self.run.started_at)


@dataclass(frozen=True, slots=True)
class Gap:
    """Times one after the other that nobody did, with one word on all of them. ``stage`` is missed or excused."""

    entries: tuple[Entry, ...]
    stage: Stage
    why: str

    @property
    def first(self) -> date:
        """The day of the first one."""
        return self.entries[0].nominal.date()

    @property
    def last(self) -> date:
        """The day of the last one."""
        return self.entries[-1].nominal.date()


@dataclass(frozen=True, slots=True)
class Score:
    """How times were kept. What was skipped with a reason, excused or merged is in no part of ``share``."""

    on_time: int = 0
    late: int = 0
    missed: int = 0
    skipped: int = 0
    excused: int = 0

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nothing counts."""
        return compliance(self.on_time, self.late, self.missed)


@dataclass(frozen=True, slots=True)
class Point:
    """One measured value and when it was so."""

    at: datetime
    value: float
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """The values of an item in order of time, with the item as it is now."""

    item: Item
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """All that is known about one checklist in ``[start, end)``, days in the zone of the office.

    ``entries`` are in order of time. ``in_a_row`` is how many were done on time up to now; ``verified_at`` when it
    was last done whole, an instant. ``said`` is its schedule in words.
    """

    checklist: Checklist
    said: str
    start: date
    end: date
    made_at: datetime
    entries: tuple[Entry, ...]
    score: Score
    in_a_row: int
    verified_at: str | None
    trends: tuple[Trend, ...]


# --- what became of it -------------------------------------------------------------------------------------


def entries(
    occurrences: Iterable[Occurrence],
    performed: Iterable[Run],
    findings: Mapping[int, Finding],
    absences: Sequence[Absence],
    pauses: Sequence[Pause],
    calendar: Calendar,
) -> tuple[Entry, ...]:
    """Occurrences with the runs that are of them and runs that are of none, in order of time."""
    left = {run.id: run for run in performed}
    found = []
    for each in occurrences:
        run = left.pop(each.run, None) if each.run else None
        why = run.note if run and each.stage is Stage.SKIPPED else _why(each, absences, pauses, calendar)
        found.append(Entry(each, run, why, _of(run, findings)))
    found += [
        Entry(None, run, run.note if run.state is RunState.SKIPPED else "", _of(run, findings))
        for run in left.values()
    ]
    return tuple(sorted(found, key=lambda entry: entry.at))


def folded(found: Iterable[Entry]) -> Iterator[Entry | Gap]:
    """The same, with what was missed or excused one after the other for the same reason in one piece."""
    held: list[Entry] = []
    for each in found:
        if held and (each.stage, each.why) != (held[0].stage, held[0].why):
            yield from _piece(held)
            held = []
        if each.stage in (Stage.MISSED, Stage.EXCUSED):
            held.append(each)
        else:
            yield each
    yield from _piece(held)


def _piece(held: list[Entry]) -> Iterator[Gap]:
    if held and held[0].stage is not None:
        yield Gap(tuple(held), held[0].stage, held[0].why)


def _of(run: Run | None, findings: Mapping[int, Finding]) -> tuple[Finding, ...]:
    if run is None:
        return ()
    numbers = dict.fromkeys(result.finding for result in run.results if result.finding)
    return tuple(findings[number] for number in numbers if number in findings)


def _why(each: Occurrence, absences: Sequence[Absence], pauses: Sequence[Pause], calendar: Calendar) -> str:
    """The word on what was missed or excused."""
    if each.stage is Stage.MISSED:
        words = (absence.note for absence in absences if absence.first <= each.nominal <= absence.last)
        return next(words, "")
    if each.stage is not Stage.EXCUSED:
        return ""
    day = each.due.astimezone(calendar.zone).date()
    for pause in pauses:
        if pause.first <= day and (pause.last is None or day <= pause.last):
            return f"pause: {pause.note}" if pause.note else "pause"
    reason, note = calendar.reason_closed(each.due)
    if reason is Reason.OUTSIDE and calendar.opens_on(day):
        return "no schedule any more"
    return f"{_REASONS[reason]}: {note}" if note else _REASONS[reason]


# --- in words ----------------------------------------------------------------------------------------------


def timing(entry: Entry) -> runs.Timing | None:
    """How its run stands with the time it is of; None where nothing was done."""
    run = entry.run
    if run is None or run.state is not RunState.DONE or run.counted_at is None:
        return None
    each = entry.occurrence
    if each is None or each.stage not in _DONE:
        return runs.Timing.AD_HOC
    if each.stage is Stage.LATE:
        return runs.Timing.LATE
    early = instant.from_text(run.counted_at) < each.due
    return runs.Timing.EARLY if early else runs.Timing.ON_TIME


def result_text(entry: Entry) -> str:
    """What became of it: ``done``, ``done late with 1 finding``, ``missed``, ``3 of 9 done``."""
    run, how = entry.run, timing(entry)
    if run is None or run.state is not RunState.DONE:
        if run is not None and (entry.stage is None or run.state is RunState.OPEN):
            return runs.state_text(run)
        return entry.stage.value if entry.stage else ""
    said = f" {how.value}" if how in (runs.Timing.EARLY, runs.Timing.LATE, runs.Timing.AD_HOC) else ""
    count = run.findings
    return f"done{said}" + (f" with {count} finding{'' if count == 1 else 's'}" if count else "")


def backdated(run: Run) -> bool:
    """Whether it was written down at another time than it was done."""
    return run.ended_at != run.counted_at


def finding_state(finding: Finding) -> str:
    """How far the request is that a failed item led to: ``open`` or ``resolved``, whoever it waits for."""
    return finding.status.value if finding.status in ENDED else "open"


# --- how well ----------------------------------------------------------------------------------------------


def score(occurrences: Iterable[Occurrence]) -> Score:
    """How the times were kept that were due by now."""
    stages = [each.stage for each in occurrences]
    counted = (Stage.DONE, Stage.LATE, Stage.MISSED, Stage.SKIPPED, Stage.EXCUSED)
    return Score(*(stages.count(stage) for stage in counted))


def in_a_row(occurrences: Sequence[Occurrence]) -> tuple[int, bool]:
    """How many of the last were done on time one after the other, and whether one before ends that.

    What was skipped, excused or merged, and what is still open, neither counts nor ends it.
    """
    count = 0
    for each in reversed(occurrences):
        if each.stage in (Stage.LATE, Stage.MISSED):
            return count, True
        count += each.stage is Stage.DONE
    return count, False


# --- what was measured -------------------------------------------------------------------------------------


def trends(performed: Iterable[Run], zone: tzinfo = UTC) -> tuple[Trend, ...]:
    """The values of each item that is measured, in the order of the newest list; runs are in order of time."""
    points: dict[int, list[Point]] = {}
    items: dict[int, Item] = {}
    for run in performed:
        for item in run.items:
            if item.kind is not Kind.VALUE:
                continue
            items.pop(item.id, None)
            items[item.id] = item  # as the newest list has it, and where
            result = run.result(item.id)
            if result is None or not result.value or result.verdict in (None, Verdict.NOT_APPLICABLE):
                continue
            at = run.counted_at if run.counted_at and backdated(run) else result.at
            failed = result.verdict is Verdict.FAILED
            points.setdefault(item.id, []).append(
                Point(instant.from_text(at).astimezone(zone), float(result.value), failed)
            )
    return tuple(
        Trend(item, tuple(sorted(points[key], key=lambda point: point.at)))
        for key, item in items.items()
        if key in points
    )
