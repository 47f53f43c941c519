"""``import``: requests from files. All files are read before the first request is written."""

from __future__ import annotations

import time

from deskmate.cli import importing_people
from deskmate.cli.output import narrate, say, say_json
from deskmate.cli.words import from_stdin
from deskmate.domain.imported import Failure, ImportRow
from deskmate.domain.local import Local
from deskmate.domain.row import label
from deskmate.errors import DONE, REFUSED, DeskmateError
from deskmate.formats import csv_table, request_csv
from deskmate.services import importing
from deskmate.services.desk import Desk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from deskmate.cli.words import Said
    from deskmate.services.importing import Report

FORMS = ("csv", "people", "vcard")
"""What a file may be: a table of requests, a table of people, cards."""
_FAILURES_SHOWN = 20
"""Rows a person is told of; JSON has them all."""


class _File:
    """A file as it was read: its source, the requests in it and the rows that were not understood."""

    def __init__(self, name: str, mapping: dict[str, str], source: str) -> None:
        self.name = name
        table = csv_table.read(_bytes(name))
        # The next export of a system may have more columns or another order: its ids stay the same.
        self.source = f"csv:{source}"
        self.rows: list[ImportRow]
        self.failed: list[Failure]
        self.rows, self.failed = request_csv.requests(table, mapping, Local())


def take_in(said: Said, folder: str) -> int:
    """Import files and say what came of it: 1 when a row was not understood."""
    started = time.perf_counter()
    if not said.words:
        raise said.wrong("Say which file to import.")
    form = (said.value("--from-format") or "").lower() or _form_of(said.words)
    if form not in FORMS:
        raise said.wrong(f"--from-format can not be “{form}”: it is one of {', '.join(FORMS)}.")
    dry_run = said.has("--dry-run")
    mapping = _mapping(said)
    if form != "csv":
        if said.has("--source"):
            raise said.wrong("--source is for requests: people are known by their addresses.")
        if mapping and form == "vcard":
            raise said.wrong("--map is for tables: a vCard says itself what it holds.")
        return importing_people.take_in(said, folder, form, [(name, _bytes(name)) for name in said.words], mapping)
    source = said.value("--source") or ""
    files = [_read(name, mapping, source, alone=len(said.words) == 1) for name in said.words]

    desk = Desk(folder, actor="shell")
    try:
        reports = [importing.run(desk, file.source, file.rows, dry_run=dry_run) for file in files]
    finally:
        desk.close()
    failed = [
        (file, failure)
        for file, report in zip(files, reports, strict=True)
        for failure in sorted((*file.failed, *report.failed), key=lambda failure: failure.line)
    ]
    if said.has("--json"):
        say_json(_json(reports, failed, several=len(files) > 1, dry_run=dry_run))
    elif dry_run:
        say(_would(reports))
    _tell(reports, failed, several=len(files) > 1, quiet=said.has("--json"))
    if not dry_run:
        narrate(f"{_did(reports)} in {time.perf_counter() - started:.1f} s")
    return REFUSED if failed else DONE


def _form_of(names: list[str]) -> str:
    """A file of cards says so by its name; everything else is a table of requests."""
    return "vcard" if all(name.lower().endswith((".vcf", ".vcard")) for name in names) else "csv"


def _mapping(said: Said) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in said.values("--map"):
        field, equals, column = pair.partition("=")
        if not (field and equals and column):
            raise said.wrong(f"--map can not be “{pair}”: it is field=Column.")
        if field in found:
            raise said.wrong(f"--map names the field {field} twice.")
        found[field] = column
    return found


def _read(name: str, mapping: dict[str, str], source: str, *, alone: bool) -> _File:
    try:
        return _File(name, mapping, source)
    except DeskmateError as error:
        if not alone:
            error.message = f"{name}: {error.message}"
        raise


def _bytes(name: str) -> bytes:
    if name == "-":
        return from_stdin()
    try:
        with open(name, "rb") as file:
            return file.read()
    except OSError as error:
        raise DeskmateError(f"{name} can not be read: {error.strerror}.", "Nothing was imported.") from None


def _json(
    reports: list[Report], failed: list[tuple[_File, Failure]], *, several: bool, dry_run: bool
) -> dict[str, Any]:
    value: dict[str, Any] = {
        "created": sum(report.created for report in reports),
        "updated": sum(report.updated for report in reports),
        "unchanged": sum(report.unchanged for report in reports),
        "edited": [label(number) for report in reports for number in report.edited],
        "failed": [
            {"row": failure.line, "reason": failure.reason, **({"file": file.name} if several else {})}
            for file, failure in failed
        ],
    }
    if dry_run:
        value["dry_run"] = True
        value["new_people"] = sum(report.new_people for report in reports)
        value["new_tags"] = sum(report.new_tags for report in reports)
    return value


def _would(reports: list[Report]) -> str:
    """What a dry run found."""
    created = sum(report.created for report in reports)
    updated = sum(report.updated for report in reports)
    unchanged = sum(report.unchanged for report in reports)
    people = sum(report.new_people for report in reports)
    tags = sum(report.new_tags for report in reports)
    return (
        f"would import {created:,} new, update {updated:,}, leave {unchanged:,} unchanged;"
        f" new people: {people:,}, new tags: {tags:,}. Nothing was written."
    )


def _did(reports: list[Report]) -> str:
    """What was done, as far as anything of it was."""
    parts = [f"imported {_requests(sum(report.created for report in reports))}"]
    for what in ("updated", "unchanged"):
        count = sum(getattr(report, what) for report in reports)
        parts += [f"{what} {count:,}"] if count else []
    return ", ".join(parts)


def _tell(reports: list[Report], failed: list[tuple[_File, Failure]], *, several: bool, quiet: bool) -> None:
    """Who stayed as they are, and which rows were not understood."""
    edited = [number for report in reports for number in report.edited]
    if edited:
        first = ", ".join(label(number) for number in edited[:5])
        others = " …" if len(edited) > 5 else ""
        narrate(f"{_requests(len(edited))} edited here since, left as they are: {first}{others}")
    if failed:
        narrate(f"{len(failed):,} row{'' if len(failed) == 1 else 's'} not imported:")
        for file, failure in failed[: 0 if quiet else _FAILURES_SHOWN]:
            narrate(f"  {f'{file.name}, ' if several else ''}line {failure.line}: {failure.reason}")
        if not quiet and len(failed) > _FAILURES_SHOWN:
            narrate(f"  … and {len(failed) - _FAILURES_SHOWN:,} more; --json lists them all.")


def _requests(count: int) -> str:
    return f"{count:,} request{'' if count == 1 else 's'}"
