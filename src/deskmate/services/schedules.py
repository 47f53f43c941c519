"""When checklists are due: said, paused and explained, each as one undo step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo

from deskmate.domain import hours as office
from deskmate.domain import instant, saying_schedules, zones
from deskmate.domain.commands import Outcome
from deskmate.domain.maintenance import ExplainAbsence, PauseChecklist, SetSchedule, TakeUp
from deskmate.domain.occurrence import Schedule
from deskmate.domain.request import Refused
from deskmate.domain.text import clean
from deskmate.domain.values import LINE_LIMIT
from deskmate.services.workspace import Workspace
from deskmate.store.read import checklists
from deskmate.store.write.tables import AbsenceRow, ChecklistRow, PauseRow, ScheduleRow
from deskmate.store.write.unit_of_work import UnitOfWork

_MINUTE = timedelta(minutes=1)


def set_schedule(workspace: Workspace, command: SetSchedule, draft: str = "") -> Outcome:
    """Say when a checklist is due; the rule before ends where this one begins.

    Raises WrongValues naming each field that can not be taken, and Refused when nothing would change.
    """
    with workspace.unit_of_work(command.name) as work:
        text, key = put(work, command.checklist, command.said)
        if not text:
            name, now = _checklist(work, command.checklist).name, checklists.counts_now(work.conn, command.checklist)
            raise Refused(f"“{name}” is due {now.said} already." if now else f"“{name}” has no schedule.")
        work.drop_draft(draft)
        return Outcome(work.finish(text), text, (), made=key)


def put(work: UnitOfWork, checklist: int, said: Mapping[str, str] | None) -> tuple[str, int]:
    """Say as part of a step when a checklist is due: what was done in words, nothing where it is due so already.

    And the key of the schedule. Raises WrongValues as ``set_schedule`` does.
    """
    row = _checklist(work, checklist)
    was = checklists.schedules(work.conn, checklist)
    before = was[-1] if was and was[-1].ends is None else None
    if said is None:
        if before is None:
            return "", 0
        work.edit(_row(work, before), ends=_text(_wall(work, before, work.clock)))
        work.flush()
        return f"“{row.name}” is not scheduled any more", 0
    found = saying_schedules.read(said, was, work.calendar, instant.from_text(work.clock))
    if before is not None:
        if _same(before, found):
            return "", 0
        begins = instant.to_text(zones.localised(found.since, _zone(work, found)))
        work.edit(_row(work, before), ends=_text(_wall(work, before, begins)))
    return f"“{row.name}” is due {found.said}", work.add(_made(checklist, found)).id or 0


def pause(workspace: Workspace, command: PauseChecklist, draft: str = "") -> Outcome:
    """Nothing is wanted for some days. Raises Refused for days in the wrong order."""
    first, last = date.fromisoformat(command.first), command.last and date.fromisoformat(command.last)
    if last and last < first:
        raise Refused(f"{office.day_text(last)} is before {office.day_text(first)}.", "Say the first day first.")
    with workspace.unit_of_work(command.name) as work:
        what = _what(work, command.checklist)
        until = f" to {office.day_text(last)}" if last else ", until it is taken up again"
        text = f"paused {what} from {office.day_text(first)}{until}"
        note = _note(command.note)
        row = PauseRow(checklist_id=command.checklist, first=command.first, last=command.last, note=note)
        key = work.add(row).id or 0
        work.drop_draft(draft)
        return Outcome(work.finish(text), text, (), made=key)


def take_up(workspace: Workspace, command: TakeUp, draft: str = "") -> Outcome:
    """End the pauses that go on now: today is wanted again. Raises Refused when there is none."""
    with workspace.unit_of_work(command.name) as work:
        what = _what(work, command.checklist)
        today = instant.from_text(work.clock).astimezone(work.calendar.zone).date()
        keys = checklists.paused_by(work.conn, command.checklist, today.isoformat())
        if not keys:
            raise Refused(f"{what[0].upper()}{what[1:]} is not paused: nothing to take up.")
        for key in keys:
            row = work.get(PauseRow, key)
            if row is not None and row.first == today.isoformat():
                work.edit(row, void=True)
            elif row is not None:
                work.edit(row, last=(today - timedelta(days=1)).isoformat())
        text = f"took up {what}"
        work.drop_draft(draft)
        return Outcome(work.finish(text), text, ())


def explain(workspace: Workspace, command: ExplainAbsence, draft: str = "") -> Outcome:
    """Keep a word on what was missed; one on the same time is replaced."""
    note = _note(command.note)
    if not note:
        raise Refused("Say why, in a few words.")
    with workspace.unit_of_work(command.name) as work:
        row = _checklist(work, command.checklist)
        same = checklists.absence(work.conn, command.checklist, command.first, command.last)
        if same is not None:
            found = work.get(AbsenceRow, same)
            if found is None or not work.edit(found, note=note):
                raise Refused("That is said already.")
        else:
            work.add(AbsenceRow(checklist_id=command.checklist, first=command.first, last=command.last, note=note))
        text = f"explained what of “{row.name}” was missed"
        work.drop_draft(draft)
        return Outcome(work.finish(text), text, ())


def _same(before: Schedule, found: Schedule) -> bool:
    """Whether it would be due as it is already; a start that is said anew only matters where it is another day."""
    names = ("said", "basis", "rule", "starts", "timed", "zone", "lead", "grace", "roll", "catch_up")
    return all(getattr(before, name) == getattr(found, name) for name in names)


def _made(key: int, schedule: Schedule) -> ScheduleRow:
    return ScheduleRow(
        checklist_id=key,
        said=schedule.said,
        kind=schedule.basis,
        rule=schedule.rule,
        starts=_text(schedule.starts),
        since=_text(schedule.since),
        timed=schedule.timed,
        zone=schedule.zone,
        lead=schedule.lead // _MINUTE,
        grace=schedule.grace // _MINUTE,
        roll=schedule.roll,
        catch_up=schedule.catch_up,
    )


def _text(wall: datetime) -> str:
    return wall.isoformat(timespec="minutes")


def _wall(work: UnitOfWork, schedule: Schedule, at: str) -> datetime:
    """A stored instant on the wall of a schedule, to the minute, but not before it began."""
    wall = instant.from_text(at).astimezone(_zone(work, schedule)).replace(tzinfo=None, second=0, microsecond=0)
    return max(wall, schedule.since)


def _zone(work: UnitOfWork, schedule: Schedule) -> tzinfo:
    return zones.zone(schedule.zone) if schedule.zone else work.calendar.zone


def _checklist(work: UnitOfWork, key: int) -> ChecklistRow:
    row = work.get(ChecklistRow, key)
    if row is None:
        raise Refused("This checklist is not there any more.", "deskmate checklist list shows what there is.")
    return row


def _row(work: UnitOfWork, schedule: Schedule) -> ScheduleRow:
    row = work.get(ScheduleRow, schedule.id)
    if row is None:
        raise Refused("This schedule was changed meanwhile.")
    return row


def _what(work: UnitOfWork, key: int | None) -> str:
    return "every checklist" if key is None else f"“{_checklist(work, key).name}”"


def _note(typed: str) -> str:
    return clean(typed)[0].strip()[:LINE_LIMIT]
