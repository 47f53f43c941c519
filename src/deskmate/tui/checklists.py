"""What the screens ask of the store about checklists: where each stands, what is on one, what is due when.

Rules are expanded on a worker: that takes longer than a key may.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from deskmate.domain import instant, saying_schedules
from deskmate.domain.agenda import by_need
from deskmate.domain.check_record import Record, record
from deskmate.domain.occurrence import history, preview
from deskmate.domain.proof import SCORED_DAYS
from deskmate.store.read import checklists, learning, proof, revisions
from deskmate.store.read.absences import absences
from deskmate.store.read.runs import open_findings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from deskmate.domain.agenda import Line
    from deskmate.domain.calendar import Calendar
    from deskmate.domain.checklist import Checklist
    from deskmate.domain.occurrence import Coming, Occurrence
    from deskmate.store.read.budget import Connection
    from deskmate.tui.gateway import Gateway


def lines(gateway: Gateway, now: datetime) -> list[Line]:
    """Where each checklist stands, what needs doing first at the top."""
    at = instant.to_text(now)
    return by_need(gateway.read_whole(checklists.lines, at), at)


def checklist(gateway: Gateway, key: int) -> Checklist | None:
    """A checklist with its newest revision; None when it is not there any more."""
    return gateway.read_whole(checklists.checklist, key)


def as_text(gateway: Gateway, found: Checklist) -> str:
    """A checklist as the text it is edited as, with when it is due now."""
    from deskmate.formats import checklist_text
    from deskmate.formats.checklist_schedule import fields

    due = gateway.read_whole(checklists.counts_now, found.id)
    return checklist_text.write(found.name, found.content, fields(due) if due else None)


def took(gateway: Gateway, key: int) -> float | None:
    """How many minutes it really takes; None while there are too few runs to say."""
    return gateway.read_whole(revisions.took, key)


async def record_later(gateway: Gateway, key: int, now: datetime) -> Record | None:
    """The record of a checklist, from a worker; None when a newer one was asked for meanwhile."""
    return await gateway.read_later("checklist", _record, key, gateway.calendar, now)


async def falls_later(
    gateway: Gateway, keys: Sequence[int], start: date, end: date, now: datetime
) -> dict[int, tuple[Occurrence, ...]] | None:
    """What of these is due on days in ``[start, end)``, in the zone of the hours, from a worker."""
    return await gateway.read_later("calendar", _falls, keys, gateway.calendar, start, end, now)


@dataclass(frozen=True, slots=True)
class Starter:
    """A checklist one can begin with: its name, when it is due, and what is on it."""

    name: str
    said: str
    about: str


def starters() -> list[Starter]:
    """Those that come with the package, from daily to yearly."""
    from deskmate.formats import starters as texts  # a dozen files, read when somebody asks for them

    return [
        Starter(
            each.name, each.schedule.get("when", "for a request"), "; ".join(item.text for item in each.content.items)
        )
        for each in texts.starters()
    ]


def typed_schedule(gateway: Gateway, key: int, now: datetime) -> dict[str, str]:
    """The schedule of a checklist as it would be typed, by field; what follows from its words is empty."""
    from deskmate.formats.checklist_schedule import fields, whole

    found = gateway.read_whole(checklists.counts_now, key)
    blank = dict.fromkeys(saying_schedules.FIELDS, "")
    return blank if found is None else blank | whole(fields(found, now))


async def dates_later(
    gateway: Gateway, key: int, said: Mapping[str, str], now: datetime
) -> tuple[str, tuple[Coming, ...]] | None:
    """What a schedule that is typed comes to, in words, and its next dates, from a worker.

    None when a newer one was asked for meanwhile. Raises WrongValues naming the fields.
    """
    return await gateway.read_later("schedule", _dates, key, said, gateway.calendar, now)


def _dates(
    conn: Connection, key: int, said: Mapping[str, str], calendar: Calendar, now: datetime
) -> tuple[str, tuple[Coming, ...]]:
    schedule = saying_schedules.read(said, checklists.schedules(conn, key), calendar, now)
    words = f"{schedule.said}: {saying_schedules.told(schedule)}"
    return words, preview(schedule, checklists.pauses(conn, key), calendar, now)


def _record(conn: Connection, key: int, calendar: Calendar, now: datetime) -> Record:
    plan = checklists.plan(conn, key, calendar)
    today = now.astimezone(calendar.zone).date()
    past = history(plan, today - timedelta(SCORED_DAYS - 1), today + timedelta(1), now)
    running = plan.schedules[-1] if plan.schedules and plan.schedules[-1].ends is None else None
    coming = preview(running, plan.pauses, calendar, now) if running else ()
    kept = saying_schedules.told(running) if running else ""
    found = checklists.checklist(conn, key)
    return replace(
        record(past, absences(conn, key), coming, kept, open_findings(conn, key)),
        trends=proof.trends(conn, key, calendar),
        suggestions=len(learning.of_checklist(conn, found)) if found else 0,
    )


def _falls(
    conn: Connection, keys: Sequence[int], calendar: Calendar, start: date, end: date, now: datetime
) -> dict[int, tuple[Occurrence, ...]]:
    return {
        key: tuple(
            replace(each, due=each.due.astimezone(calendar.zone))
            for each in history(checklists.plan(conn, key, calendar), start, end, now)
        )
        for key in keys
    }
