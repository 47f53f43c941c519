"""Imports of people: a whole directory as one command and one undo step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from deskmate.domain.imported import Failure, ImportPerson
from deskmate.services.workspace import Workspace
from deskmate.store import bulk_people
from deskmate.store.connection import open_reader


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or would do.

    ``edited`` names those with a field that differs in the file and was set here, so that it stays as it is.
    """

    created: int
    updated: int
    unchanged: int
    edited: tuple[str, ...]
    failed: tuple[Failure, ...]


def run(desk: Workspace, rows: Iterable[ImportPerson], *, dry_run: bool = False) -> Report:
    """Bring people in. A dry run writes nothing and makes no database; nor does an import with nothing to do.

    Raises DeskmateError when it can not be saved; then nothing was.
    """
    given = list(rows)
    work = _look(desk, given)
    if not dry_run and (work.new or work.changed):
        with desk.writer.transaction() as conn:
            work = bulk_people.plan(conn, given)
            if work.new or work.changed:
                bulk_people.write(conn, work, at=desk.clock(), actor=desk.actor)
    return Report(len(work.new), len(work.changed), work.unchanged, tuple(work.edited), tuple(work.failed))


def _look(desk: Workspace, rows: list[ImportPerson]) -> bulk_people.Plan:
    """What an import would do."""
    try:
        conn = open_reader(desk.folder)
    except FileNotFoundError:
        return bulk_people.plan(None, rows)
    try:
        return bulk_people.plan(conn, rows)
    finally:
        conn.close()
