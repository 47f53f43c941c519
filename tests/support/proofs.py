"""A quarter of maintenance that was done, late, skipped and missed, made with the commands of the technician."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deskmate.domain import instant
from deskmate.domain.checklist import Content, Item, Kind, Mode, Verdict
from deskmate.domain.maintenance import (
    AddEvidence,
    ExplainAbsence,
    FinishRun,
    MarkItem,
    ReportFinding,
    SetSchedule,
    SkipRun,
    StartRun,
)
from deskmate.services.desk import Desk
from deskmate.store import files
from tests.support.checklists import listed

MORNING = Content(
    (
        Item("Night backup jobs all green", 1, expected="no job failed, none is missing"),
        Item("Free space on the file server", 2, Kind.VALUE, unit="%", low=15, warn_low=20),
        Item("Alarms and UPS messages read", 3),
        Item("Copy of the job list", 4, evidence=True),
    ),
    Mode.ANY_ORDER,
    about="Before the door opens.",
    minutes=8,
)
FREE = (31, 30, 29, 27, 28, 26, 24, 25, 23, 22, 21, 18, 17, 14, 33)
"""The free space of one run after the other."""
FIRST = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
"""A Monday; the door of the tests opens at nine, an hour ahead of UTC."""


class Clock:
    """One that stands where it is put and goes on a second each time it is read."""

    def __init__(self, at: datetime = FIRST) -> None:
        self.at = at

    def __call__(self) -> str:
        self.at += timedelta(seconds=1)
        return instant.to_text(self.at)


@contextmanager
def at_the_desk(folder: str | Path, clock: Clock) -> Iterator[Desk]:
    """A desk whose clock is in hand."""
    desk = Desk(str(folder), actor="test", clock=clock)
    try:
        yield desk
    finally:
        desk.close()


def done(desk: Desk, clock: Clock, key: int, day: datetime, free: float, **how: str | None) -> int:
    """A run of the morning of a day at that moment, with this much space; below the limit it makes a request."""
    nominal = None if how.pop("ad_hoc", None) else f"{day:%Y-%m-%d}T00:00"
    clock.at = day
    run = desk.run(StartRun(key, nominal)).made
    for item in (1, 3):
        clock.at += timedelta(minutes=1)
        desk.run(MarkItem(run, item, Verdict.DONE))
    clock.at += timedelta(minutes=1)
    desk.run(MarkItem(run, 2, Verdict.DONE, str(free)))
    if free < 15:
        desk.run(ReportFinding(run, 2, "it was the log of the mail server"))
    proof = Path(desk.folder) / "jobs.txt"
    proof.write_text(f"all jobs of {day:%d %b}", encoding="utf-8")
    desk.run(AddEvidence(run, 4, (files.keep(desk.folder, str(proof)),)))
    clock.at += timedelta(minutes=2)
    desk.run(MarkItem(run, 4, Verdict.DONE))
    desk.run(FinishRun(run, how.get("note") or "", how.get("signed") or "", how.get("counted_at")))
    return run


def three_weeks(desk: Desk, clock: Clock) -> int:
    """Three weeks of *Morning look* on working days, from ``FIRST`` on; returns its key.

    The first week is done on time, the last of it with a finding; the second is missed, with a word on it. In the
    third Monday is late and written down a day after, Tuesday skipped, Wednesday done twice, the rest missed.
    """
    key = listed(desk, "Morning look", MORNING)
    schedule(desk, key, "every working day")
    for number, free in enumerate((31, 28, 24, 19, 14)):
        done(desk, clock, key, FIRST + timedelta(number, minutes=5), free, signed="R. Haas")
    monday = FIRST + timedelta(14)
    clock.at = monday
    desk.run(ExplainAbsence(key, "2026-11-09T00:00", "2026-11-13T00:00", "ill"))
    late = instant.to_text(monday + timedelta(hours=10))
    clock.at = monday + timedelta(hours=9, minutes=50)
    start = desk.run(StartRun(key, f"{monday:%Y-%m-%d}T00:00")).made
    for item in MORNING.items:
        desk.run(MarkItem(start, item.id, Verdict.NOT_APPLICABLE, note="the server was down"))
    clock.at = monday + timedelta(1)
    desk.run(FinishRun(start, "late, after the outage", "R. Haas", late))
    desk.run(SkipRun(key, f"{monday + timedelta(1):%Y-%m-%d}T00:00", "the site is closed"))
    wednesday = monday + timedelta(2)
    done(desk, clock, key, wednesday, 33)
    done(desk, clock, key, wednesday + timedelta(hours=4), 35.5, ad_hoc="yes")
    clock.at = monday + timedelta(5)
    return key


def schedule(desk: Desk, key: int, when: str, since: str = "2026-11-02") -> None:
    """Say when a checklist is due from that day on; closed days are left out."""
    desk.run(SetSchedule(key, {"when": when, "from": since, "closed": "skip", "grace": "8h"}))
