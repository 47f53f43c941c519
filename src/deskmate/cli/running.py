"""``checklist run``, ``tick``, ``finish`` and ``skip``: a list gone through in the shell."""

from __future__ import annotations

from deskmate.cli.checklists import the_key
from deskmate.cli.desks import opened
from deskmate.cli.output import narrate, say, say_json
from deskmate.cli.promising import when_said
from deskmate.cli.words import numbers
from deskmate.domain import instant, local, measure, past
from deskmate.domain import run as rules
from deskmate.domain.checklist import Item, Kind, Verdict
from deskmate.domain.maintenance import (
    AddEvidence,
    FinishRun,
    MarkItem,
    ReportFinding,
    SkipRun,
    StartRun,
)
from deskmate.domain.measure import Measure
from deskmate.domain.row import label
from deskmate.domain.run import Run
from deskmate.domain.steps import day_text, has_days
from deskmate.domain.text import fit, width
from deskmate.errors import DONE, DeskmateError
from deskmate.store import files
from deskmate.store.read import runs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from deskmate.cli.words import Said
    from deskmate.domain.commands import Command, Outcome
    from deskmate.services.desk import Desk

_TEXT = 44
"""Cells of an item's text."""
_MARKS = {None: "[ ]", Verdict.DONE: "[✓]", Verdict.FAILED: "[✗]", Verdict.NOT_APPLICABLE: "[–]"}


def run(said: Said, folder: str) -> int:
    """Begin a run, or go on with the open one, and print its items."""
    key, number = the_key(said, folder, " ".join(said.words)), _request(said)
    if said.has("--needed") and number is None:
        raise said.wrong("--needed is by when a request is needed: say which, --for D-n.")
    needed = when_said(said, "--needed", folder) if said.has("--needed") else None
    with opened(folder) as desk:
        desk.wake()
        found = _open(desk, key, number)
        if found is not None and needed is not None:
            raise DeskmateError("It was begun already, so --needed changes nothing.", "Nothing was changed.")
        if found is None:
            standing = None if number else runs.standing(desk.writer.conn, key)
            counts = standing is not None and desk.clock() >= standing[1]
            outcome = desk.run(StartRun(key, standing[0] if standing and counts else None, number, needed))
            found = _run(desk, outcome.made)
            narrate(outcome.label)
        days = _days(desk, found)
    if said.has("--json"):
        say_json(_json(found, days))
        return DONE
    say(f"{found.checklist.name}  {_of(found)}, {found.checklist.content.mode}, {rules.state_text(found)}")
    for item in found.items:
        say(_line(found, item, days.get(item.id)))
    if found.request is not None and not days and has_days(found.items):
        narrate(f"{label(found.request)} says no day it is needed by, so its items have none.")
    return DONE


def tick(said: Said, folder: str) -> int:
    """Say what came of an item."""
    if len(said.words) < 2:
        raise said.wrong("Say which checklist, and which item by its number or the beginning of its text.")
    asked = [option for option in ("--value", "--failed", "--na", "--undone") if said.has(option)]
    if len(asked) > 1:
        raise said.wrong(f"{asked[0]} and {asked[1]} can not both be.")
    key = the_key(said, folder, " ".join(said.words[:-1]))
    note, jump = said.value("--note"), said.has("--ahead")
    with opened(folder) as desk:
        found = _going_on(desk, key, _request(said))
        item = _item(found, said.words[-1])
        if paths := said.values("--evidence"):
            kept = tuple(files.keep(folder, path) for path in paths)
            narrate(desk.run(AddEvidence(found.id, item.id, kept)).label)
        command: Command
        if said.has("--failed"):
            command = ReportFinding(found.id, item.id, note, jump)
        elif said.has("--na"):
            command = MarkItem(found.id, item.id, Verdict.NOT_APPLICABLE, note=said.value("--na"), jump=jump)
        elif said.has("--undone"):
            command = MarkItem(found.id, item.id, None, note=note)
        else:
            command = MarkItem(found.id, item.id, Verdict.DONE, said.value("--value") or "", note, jump)
        try:
            outcome = desk.run(command)
        except rules.OutOfOrder as first:
            raise DeskmateError(first.message, "--ahead goes ahead all the same, and stays visible.") from None
        after = _run(desk, found.id)
        days = _days(desk, found)
    _tell(said, outcome, after, days)
    if isinstance(command, MarkItem) and command.verdict is not after.verdict(item.id) is Verdict.FAILED:
        narrate("Outside its limits: --failed makes a request of it.")
    if not after.open_items:
        narrate("All items have a word: deskmate checklist finish ends the run.")
    return DONE


def finish(said: Said, folder: str) -> int:
    """Write the run down as done."""
    key = the_key(said, folder, " ".join(said.words))
    done = said.value("--done")
    at = past.parse(done, local.now()) if done is not None else None
    if done is not None and at is None:
        raise said.wrong(f"--done can not be “{done}”: say a time that has passed, such as {past.EXAMPLES}.")
    with opened(folder) as desk:
        desk.wake()
        found = _going_on(desk, key, _request(said))
        standing = runs.standing(desk.writer.conn, key)
        if said.has("--count") and (standing is None or found.nominal is not None):
            raise DeskmateError("There is no time to count it for.", "Without --count it is finished as it is.")
        outcome = desk.run(
            FinishRun(
                found.id,
                said.value("--note") or "",
                said.value("--signed") or "",
                instant.to_text(at) if at else None,
                standing[0] if standing and said.has("--count") else None,
            )
        )
        after = _run(desk, found.id)
    _tell(said, outcome, after)
    return DONE


def skip(said: Said, folder: str) -> int:
    """Say that it is not done this time, and why."""
    why = said.value("--reason")
    if not why:
        raise said.wrong("Say why: --reason TEXT.")
    key = the_key(said, folder, " ".join(said.words))
    with opened(folder) as desk:
        desk.wake()
        found = runs.open_of(desk.writer.conn, key)
        standing = runs.standing(desk.writer.conn, key)
        nominal = found.nominal if found and found.nominal else standing[0] if standing else None
        if nominal is None:
            raise DeskmateError("It is for no date, so there is nothing to skip.", "Only what has a schedule is due.")
        outcome = desk.run(SkipRun(key, nominal, why))
        after = _run(desk, outcome.made)
    _tell(said, outcome, after)
    return DONE


def _request(said: Said) -> int | None:
    """The request that a run is for, where one is said."""
    return numbers(said, [said.value("--for") or ""])[0] if said.has("--for") else None


def _open(desk: Desk, key: int, number: int | None) -> Run | None:
    """The run of a checklist that goes on, for a request or for none."""
    if number is None:
        return runs.open_of(desk.writer.conn, key)
    return next((each for each in runs.open_for(desk.writer.conn, [number]) if each.checklist.id == key), None)


def _days(desk: Desk, found: Run) -> dict[int, date]:
    """The days of the items that have one."""
    shown = runs.shown(desk.writer.conn, found.id)
    return {step.item.id: step.day for step in shown[1]} if shown else {}


def _going_on(desk: Desk, key: int, number: int | None) -> Run:
    found = _open(desk, key, number)
    if found is None and number is None:
        going = [each for each in runs.open_runs(desk.writer.conn) if each.checklist.id == key and each.request]
        if going:
            raise DeskmateError(f"It goes on {_of(going[0])}.", f"--for {label(going[0].request or 0)} says so.")
    if found is None:
        raise DeskmateError("No run of it goes on.", "deskmate checklist run NAME begins one.")
    return found


def _run(desk: Desk, key: int) -> Run:
    found = runs.run(desk.writer.conn, key)
    assert found is not None
    return found


def _item(found: Run, typed: str) -> Item:
    """The item of this number, or whose text begins so. Raises DeskmateError for none and several."""
    if typed.isdecimal() and 0 < int(typed) <= len(found.items):
        return found.items[int(typed) - 1]
    matching = [item for item in found.items if item.text.casefold().startswith(typed.casefold())]
    if len(matching) != 1:
        several = "Several items begin" if matching else "No item begins"
        raise DeskmateError(f"{several} with “{typed}”.", f"Say its number, 1 to {len(found.items)}.")
    return matching[0]


def _of(found: Run) -> str:
    if found.nominal:
        return f"of {found.nominal.removesuffix('T00:00').replace('T', ' ')}"
    return f"for {label(found.request)}" if found.request else "ad hoc"


def _line(found: Run, item: Item, day: date | None = None) -> str:
    """An item as it stands; ``day`` is when it is to be done."""
    result = found.result(item.id)
    parts = [day_text(day, local.now().date())[0]] if day and found.verdict(item.id) is None else []
    if result and result.value:
        parts.append(rules.value_text(item, result.value))
    elif item.kind is Kind.VALUE:
        parts.append(measure.said(Measure(item.unit, item.low, item.high, item.warn_low, item.warn_high)))
    elif item.choices:
        parts.append(" / ".join(item.choices))
    if count := len(found.files(item.id)):
        parts.append(f"evidence {count}")
    elif item.evidence:
        parts.append("wants a file")
    if result and result.note:
        parts.append(" ".join(result.note.split()))
    if result and result.finding:
        parts.append(f"→ {label(result.finding)}")
    if rules.ahead(found, item.id):
        parts.append("ahead")
    text = item.text if width(item.text) > _TEXT or not parts else fit(item.text, _TEXT)
    mark = _MARKS[result.verdict if result else None]
    return f"{mark} {rules.place_of(found, item.id):>2} {text}  {'  '.join(parts)}".rstrip()


def _tell(said: Said, outcome: Outcome, after: Run, days: Mapping[int, date] | None = None) -> None:
    if said.has("--json"):
        say_json(
            {"label": outcome.label, "requests": [label(each) for each in outcome.requests], **_json(after, days)}
        )
    else:
        say(outcome.label)


def _json(found: Run, days: Mapping[int, date] | None = None) -> dict[str, Any]:
    return {
        "run": found.id,
        "checklist": found.checklist.name,
        "revision": found.checklist.revision,
        "mode": found.checklist.content.mode,
        "nominal": found.nominal,
        "request": label(found.request) if found.request else None,
        "state": found.state,
        "started_at": found.started_at,
        "ended_at": found.ended_at,
        "counted_at": found.counted_at,
        "note": found.note,
        "signed": found.signed,
        "bulk": rules.in_bulk(found.results),
        "items": [_item_json(found, item, (days or {}).get(item.id)) for item in found.items],
    }


def _item_json(found: Run, item: Item, day: date | None) -> dict[str, Any]:
    result = found.result(item.id)
    return {
        "number": rules.place_of(found, item.id),
        "id": item.id,
        "text": item.text,
        "kind": item.kind,
        "unit": item.unit,
        "day": day.isoformat() if day else None,
        "verdict": result.verdict if result else None,
        "value": result.value if result else "",
        "note": result.note if result else "",
        "at": result.at if result and result.verdict else None,
        "finding": label(result.finding) if result and result.finding else None,
        "ahead": rules.ahead(found, item.id),
        "evidence": [{"name": each.name, "size": each.size, "sha256": each.digest} for each in found.files(item.id)],
    }
