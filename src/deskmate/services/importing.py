"""Imports: many requests from one source, as one command and one undo step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from deskmate.domain.imported import Failure, ImportRow
from deskmate.domain.row import CREATED_AT, Row, label
from deskmate.services.workspace import Workspace
from deskmate.store import bulk
from deskmate.store.connection import open_reader
from deskmate.store.read import hours, queue


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or would do.

    ``edited`` are requests that changed in the file and were edited here since, so they stay as they are;
    ``failed`` are rows whose id another row of the file has already.
    """

    created: int
    updated: int
    unchanged: int
    edited: tuple[int, ...]
    failed: tuple[Failure, ...]
    new_people: int
    new_tags: int


def run(desk: Workspace, source: str, rows: Iterable[ImportRow], *, dry_run: bool = False) -> Report:
    """Bring ``rows`` in from ``source``, the name of the system they come from.

    A row is known again by its ``origin``; one without is known by its content. Nothing is written, and
    no database made, by a dry run or when there is nothing to do. Raises DeskmateError when it can not be
    saved; then nothing was.
    """
    at = desk.clock()
    given = list(rows)
    good, failed = _told_apart(given, at)
    if dry_run or not good:
        return _look(desk, source, given, good, failed)
    with desk.writer.transaction() as conn:
        work = bulk.plan(conn, source, good)
        newcomers = bulk.newcomers(conn, work)
        known = queue.rows(conn, list(work.changed))
        failed += _strangers(work, given, known)
        if work.new or work.changed:
            _keep_beginnings(work, given, known)
            bulk.write(conn, source, work, at=at, chase_at=hours.calendar(conn).chase_at(at), actor=desk.actor)
    return _report(work, failed, newcomers)


def _look(
    desk: Workspace, source: str, given: list[ImportRow], rows: list[ImportRow], failed: list[Failure]
) -> Report:
    """What an import would do."""
    try:
        conn = open_reader(desk.folder)
    except FileNotFoundError:
        work = bulk.Plan(new=rows)
        return _report(work, failed, bulk.newcomers(None, work))
    try:
        work = bulk.plan(conn, source, rows)
        failed = [*failed, *_strangers(work, given, queue.rows(conn, list(work.changed)))]
        return _report(work, failed, bulk.newcomers(conn, work))
    finally:
        conn.close()


def _report(work: bulk.Plan, failed: list[Failure], newcomers: tuple[int, int]) -> Report:
    return Report(
        created=len(work.new) + work.returned,
        updated=len(work.changed) - work.returned,
        unchanged=work.unchanged,
        edited=tuple(work.edited),
        failed=tuple(failed),
        new_people=newcomers[0],
        new_tags=newcomers[1],
    )


def _told_apart(rows: Iterable[ImportRow], at: str) -> tuple[list[ImportRow], list[Failure]]:
    """The rows with an origin each and times where there are none; the later of two with one id failed."""
    good: list[ImportRow] = []
    failed: list[Failure] = []
    lines: dict[str, int] = {}
    equal: dict[str, int] = {}
    for row in rows:
        if row.origin:
            origin = row.origin
            first = lines.setdefault(origin, row.line)
            if first != row.line:
                failed.append(Failure(row.line, f'id "{origin}" is on line {first} already'))
                continue
        else:
            # Equal rows are told apart by counting them, so the same file again finds each of them.
            equal[row.digest] = equal.get(row.digest, 0) + 1
            origin = f"={row.digest}:{equal[row.digest]}"
        created = row.created_at or row.updated_at or row.resolved_at or at
        good.append(replace(row, origin=origin, created_at=created, updated_at=row.updated_at or created))
    return good, failed


def _strangers(work: bulk.Plan, given: list[ImportRow], known: dict[int, Row]) -> list[Failure]:
    """Rows with the id of a request that began at another time. A case begins once: this is another system's.

    They are taken out of the plan.
    """
    began = {row.line: row.created_at for row in given if row.created_at}
    found: list[Failure] = []
    for number, row in list(work.changed.items()):
        if number in known and began.get(row.line, known[number][CREATED_AT]) != known[number][CREATED_AT]:
            del work.changed[number]
            reason = f'id "{row.origin}" is {label(number)} here, which began at another time'
            found.append(Failure(row.line, f"{reason}; --source NAME keeps two systems apart"))
    return found


def _keep_beginnings(work: bulk.Plan, given: list[ImportRow], known: dict[int, Row]) -> None:
    """A request whose file does not say when it began keeps the time that its first import gave it."""
    undated = {row.line for row in given if not row.created_at}
    for number, row in work.changed.items():
        if row.line in undated and number in known:
            work.changed[number] = replace(row, created_at=known[number][CREATED_AT])
