"""``import`` of people: the export of a directory, or cards."""

from __future__ import annotations

from deskmate.cli.output import narrate, say, say_json
from deskmate.errors import DONE, REFUSED, DeskmateError
from deskmate.formats import csv_table, people_csv, vcard
from deskmate.services import importing_people
from deskmate.services.desk import Desk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said
    from deskmate.domain.imported import Failure, ImportPerson

_SHOWN = 20
"""Rows a person is told of; JSON has them all."""


def take_in(said: Said, folder: str, form: str, files: list[tuple[str, bytes]], mapping: dict[str, str]) -> int:
    """Import people from files, all as one step, and say what came of it: 1 when a row was not understood."""
    several = len(files) > 1
    rows: list[ImportPerson] = []
    failed: list[tuple[str, Failure]] = []
    for name, data in files:
        try:
            found, unclear = (
                vcard.people(data) if form == "vcard" else people_csv.people(csv_table.read(data), mapping)
            )
        except DeskmateError as error:
            if several:
                error.message = f"{name}: {error.message}"
            raise
        rows += found
        failed += [(name, failure) for failure in unclear]
    desk = Desk(folder, actor="shell")
    try:
        report = importing_people.run(desk, rows, dry_run=said.has("--dry-run"))
    finally:
        desk.close()
    failed += [("", failure) for failure in report.failed]
    failed.sort(key=lambda each: (each[0], each[1].line))
    counts = f"{report.created:,} new, {report.updated:,} updated, {report.unchanged:,} unchanged"
    if said.has("--json"):
        say_json(
            {
                "created": report.created,
                "updated": report.updated,
                "unchanged": report.unchanged,
                "edited": list(report.edited),
                "failed": [
                    {"row": failure.line, "reason": failure.reason, **({"file": name} if several and name else {})}
                    for name, failure in failed
                ],
                **({"dry_run": True} if said.has("--dry-run") else {}),
            }
        )
    elif said.has("--dry-run"):
        say(f"people: would be {counts}. Nothing was written.")
    if not said.has("--dry-run"):
        narrate(f"people: {counts}")
    if report.edited:
        more = " …" if len(report.edited) > 5 else ""
        narrate(
            f"{len(report.edited):,} with something set here, left as it is: {', '.join(report.edited[:5])}{more}"
        )
    if failed:
        narrate(f"{len(failed):,} row{'' if len(failed) == 1 else 's'} not imported:")
        for name, failure in failed[: 0 if said.has("--json") else _SHOWN]:
            narrate(f"  {f'{name}, ' if several and name else ''}line {failure.line}: {failure.reason}")
        if not said.has("--json") and len(failed) > _SHOWN:
            narrate(f"  … and {len(failed) - _SHOWN:,} more; --json lists them all.")
    return REFUSED if failed else DONE
