"""What the technician says about office time, each as one undo step, and what it would come to before it is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from deskmate.domain import hours as said
from deskmate.domain import instant, length, saying_hours, targets, zones
from deskmate.domain.availability import why_not_slot, why_not_stretch
from deskmate.domain.commands import Command, FillHolidays, MoveOutOfLeave, Outcome, SayHours
from deskmate.domain.hours import DayHours, Extra, Holiday, Kind, Leave, Slot, Weekly
from deskmate.domain.hours_preview import Falling, Preview, What
from deskmate.domain.promise import move
from deskmate.domain.request import Refused
from deskmate.domain.row import label
from deskmate.domain.saying_hours import Entry, Value
from deskmate.domain.targets import SetTargets
from deskmate.domain.values import Wrong, WrongValues
from deskmate.domain.waiting import park
from deskmate.errors import DeskmateError
from deskmate.services import public_holidays, waiting
from deskmate.services.workspace import Workspace
from deskmate.store import due
from deskmate.store.read import hours, promises
from deskmate.store.read import saying_hours as read
from deskmate.store.write.tables import (
    CheckBackRow,
    DayHoursRow,
    ExtraRow,
    HolidayRow,
    LeaveRow,
    PromiseRow,
    SettingRow,
    SlotRow,
    TargetRow,
    WeeklyRow,
)
from deskmate.store.write.unit_of_work import UnitOfWork

Row = DayHoursRow | HolidayRow | LeaveRow | ExtraRow | SlotRow
_ROWS: dict[Kind, type[Row]] = {
    Kind.DAY: DayHoursRow,
    Kind.HOLIDAY: HolidayRow,
    Kind.LEAVE: LeaveRow,
    Kind.EXTRA: ExtraRow,
    Kind.SLOT: SlotRow,
}
_NAMES = {Kind.DAY: "hours", Kind.HOLIDAY: "holiday", Kind.LEAVE: "leave", Kind.EXTRA: "extra", Kind.SLOT: "slot"}
_LIKE_THAT = "Office time is like that already."
_NEVER = "Week: no day has hours any more, so the door opens on special dates only and no target comes due"


def say(workspace: Workspace, command: SayHours, draft: str = "") -> Outcome:
    """Change what is said about office time. Raises WrongValues, and DeskmateError when nothing would change."""
    return _carry_out(workspace, command, draft)


def fill_holidays(workspace: Workspace, command: FillHolidays, draft: str = "") -> Outcome:
    """Copy public holidays. Raises WrongValues for a country or region there is not."""
    return _carry_out(workspace, command, draft)


def set_targets(workspace: Workspace, command: SetTargets, draft: str = "") -> Outcome:
    """Change the targets of a priority. Raises WrongValues, and DeskmateError when nothing would change."""
    return _carry_out(workspace, command, draft)


def move_out(workspace: Workspace, command: MoveOutOfLeave, draft: str = "") -> Outcome:
    """Move what falls into leave. Raises DeskmateError when nothing does, or the door never opens after it."""
    with workspace.unit_of_work(command.name) as work:
        text, moved, refused, _falls = _moved_out(work, command)
        work.drop_draft(draft)
        return Outcome(work.finish(text), text, moved, refused)


def preview(workspace: Workspace, command: Command) -> Preview:
    """What a command about office time would come to; nothing is kept. Raises as the command itself does.

    It is carried out and taken back within one transaction, so that it tells what will be and nothing else.
    """
    with workspace.unit_of_work(command.name) as work:
        return _done(work, command)[0]


def _carry_out(workspace: Workspace, command: Command, draft: str) -> Outcome:
    with workspace.unit_of_work(command.name) as work:
        done, key = _done(work, command)
        work.drop_draft(draft)
        label = "; ".join(filter(None, (done.label, done.moved)))
        requests = tuple(sorted({each.request for each in done.falls})) if done.moved else ()
        return Outcome(work.finish(label), label, requests, made=key, notes=done.told)


def _done(work: UnitOfWork, command: Command) -> tuple[Preview, int]:
    """What it comes to, within the transaction, and the key of what is said now."""
    leave: Leave | None = None
    added: tuple[Holiday, ...] = ()
    key = 0
    match command:
        case FillHolidays():
            text, notes, added = _fill(work, command)
        case MoveOutOfLeave():
            text, _moved, refused, falls = _moved_out(work, command)
            return Preview(text, refused, falls=falls), 0
        case SetTargets():
            text, notes = _targets(work, command), ()
        case SayHours(kind=Kind.WEEK):
            text, notes = _week(work, command)
        case SayHours(kind=Kind.ZONE):
            text, notes = _zone(work, command)
        case SayHours(kind=Kind.DND):
            return Preview(_usual_dnd(work, command)), 0
        case SayHours(said=None):
            found, row = _get(work, command.kind, command.key or 0)
            work.edit(row, void=True)
            text, notes = f"removed {_named(command.kind, found.value)}", ()
        case SayHours():
            value, key, notes = _one(work, command)
            text = _named(command.kind, value)
            leave = value if isinstance(value, Leave) else None
        case _:
            raise TypeError(f"no preview of {command!r}")
    moves = work.recount()
    falls = read.falling(work.conn, leave, work.calendar) if leave else ()
    moved = ""
    if falls and isinstance(command, SayHours) and command.move:
        try:
            moved, _requests, refused, _falls = _moved_out(work, MoveOutOfLeave(key))
        except DeskmateError as error:  # the leave is said all the same
            refused = (error.message,)
        notes += refused
    return Preview(text, notes, moves, falls, added, moved), key


def _targets(work: UnitOfWork, command: SetTargets) -> str:
    new = targets.changed(due.targets_of(work.conn)[command.priority], command.said)
    values = {
        "response_minutes": new.response.time // timedelta(minutes=1),
        "resolve_minutes": new.resolve.time // timedelta(minutes=1),
        "round_the_clock": new.resolve.round_the_clock,
    }
    if not work.edit(_row(work, TargetRow, int(command.priority)), **values):
        raise DeskmateError(f"The targets of {command.priority.name} are like that already.")
    return f"targets of {command.priority.name}: {targets.spoken(new)}"


# --- the week and the zone ---------------------------------------------------------------------------------


def _week(work: UnitOfWork, command: SayHours) -> tuple[str, tuple[str, ...]]:
    typed = dict.fromkeys(said.DAYS, "closed") if command.said is None else command.said
    week, notes = saying_hours.said_week(typed)
    kept: set[Weekly] = set()
    changed = False
    wanted = {Weekly(weekday, *span) for weekday, spans in week.items() for span in spans}
    for key, weekly in hours.keyed(work.conn, Weekly):
        if weekly in wanted - kept:
            kept.add(weekly)
        elif weekly.weekday in week:
            changed = work.edit(_row(work, WeeklyRow, key), void=True)
    if not wanted and all(weekly.weekday in week for _key, weekly in hours.keyed(work.conn, Weekly)):
        notes += (_NEVER,)
    for weekly in sorted(wanted - kept, key=lambda each: (each.weekday, each.start)):
        work.add(WeeklyRow(weekday=weekly.weekday, opens=weekly.start, closes=weekly.end))
        changed = True
    if not changed:
        raise DeskmateError(_LIKE_THAT, "; ".join(notes))
    return f"hours {saying_hours.week_spoken(week)}", notes


def _zone(work: UnitOfWork, command: SayHours) -> tuple[str, tuple[str, ...]]:
    try:
        name = saying_hours.parse_zone((command.said or {}).get("zone", ""))
    except Wrong as wrong:
        raise WrongValues({"zone": str(wrong)}) from wrong
    if not work.edit(_row(work, SettingRow, "zone"), value=name):
        raise DeskmateError(_LIKE_THAT)
    return f"zone {name or 'of this machine'}", ()


def _usual_dnd(work: UnitOfWork, command: SayHours) -> str:
    try:
        minutes = saying_hours.parse_dnd((command.said or {}).get("length", ""))
    except Wrong as wrong:
        raise WrongValues({"length": str(wrong)}) from wrong
    if not work.edit(_row(work, SettingRow, "dnd_minutes"), value=str(minutes)):
        raise DeskmateError(f"Do not disturb lasts {length.text(minutes)} already.")
    return f"do not disturb lasts {length.text(minutes)}"


# --- what is said one by one -------------------------------------------------------------------------------


def _one(work: UnitOfWork, command: SayHours) -> tuple[Value, int, tuple[str, ...]]:
    kind, key = command.kind, command.key
    was = _get(work, kind, key)[0].value if key is not None else None
    now = instant.from_text(work.clock).astimezone(work.calendar.zone)
    value, noted = saying_hours.changed(kind, was, command.said or {}, now)
    notes = list(noted)
    others = [each for each in read.entries(work.conn, kind) if each.key != key]
    if isinstance(value, Slot):
        why = why_not_slot(value, work.calendar, now)
        if why:
            raise WrongValues({"when": why})
        same = next((each for each in others if each.value == value), None)
    elif isinstance(value, DayHours | Holiday):
        if value.day < now.date() and (was is None or saying_hours.first_day(was) != value.day):
            notes.append(f"Day: {said.day_text(value.day)} is over already, so only clocks that ran then count it")
        same = next((each for each in others if getattr(each.value, "day", None) == value.day), None)
        if same and key is not None:
            raise WrongValues({"day": f"it is {_named(kind, same.value)} already"})
        if same and same.value != value:
            notes.append(f"it was {_named(kind, same.value)}")
    else:
        if was is None or (was.start, was.end) != (value.start, value.end):  # type: ignore[union-attr]
            why = why_not_stretch(value, work.calendar, now)
            if why:
                raise WrongValues({"when": why})
        value, same = _merged(work, value, others, notes, key)
    key = key if key is not None else same.key if same else None
    if key is None:
        row = work.add(_ROWS[kind](**_columns(value)))
        return value, row.id or 0, tuple(notes)
    if not work.edit(_row(work, _ROWS[kind], key), **_columns(value)):
        raise DeskmateError(_LIKE_THAT, "; ".join(notes))
    return value, key, tuple(notes)


def _merged(
    work: UnitOfWork, value: Any, others: list[Entry], notes: list[str], key: int | None
) -> tuple[Leave | Extra, Entry | None]:
    """Leave, or an extra opening, with what it overlaps: one of those stays to be changed, the others go."""
    first: Entry | None = None
    for each in others:
        other: Any = each.value
        if _whole(other) is not _whole(value) or not (value.start <= other.end and other.start <= value.end):
            continue
        both = replace(
            value, start=min(value.start, other.start), end=max(value.end, other.end), note=value.note or other.note
        )
        if both != other:
            told = (saying_hours.stretch_spoken(one.start, one.end) for one in (other, value, both))
            notes.append("{} and {} were merged into {}".format(*told))
        value = both
        if first is None and key is None:
            first = each
        else:
            work.edit(_row(work, _ROWS[each.kind], each.key), void=True)
    return value, first


def _whole(value: Any) -> bool:
    return bool(getattr(value, "whole", False))


def _named(kind: Kind, value: Value) -> str:
    return f"{_NAMES[kind]} {saying_hours.spoken(value)}"


def _get(work: UnitOfWork, kind: Kind, key: int) -> tuple[Entry, Row]:
    found = read.entry(work.conn, kind, key)
    if found is None:
        raise DeskmateError(f"This {kind} is not there any more.", "deskmate hours shows what is.")
    return found, _row(work, _ROWS[kind], key)


def _row(work: UnitOfWork, model: Any, key: int | str) -> Any:
    row = work.get(model, key)  # type: ignore[arg-type]
    if row is None:
        raise DeskmateError("This was removed meanwhile.", "deskmate hours shows what is there.")
    return row


def _columns(value: Value) -> dict[str, Any]:
    """It as the table has it."""
    match value:
        case DayHours():
            return {"day": value.day.isoformat(), "hours": said.spans_text(value.hours), "note": value.note}
        case Holiday():
            return {"day": value.day.isoformat(), "name": value.name}
    starts, ends = (each.isoformat()[:16] for each in (value.start, value.end))
    if not isinstance(value, Slot):
        return {"starts": starts, "ends": ends, "note": value.note}
    last = value.last.isoformat() if value.last else None
    return {
        **{"starts": starts, "ends": ends, "every": value.every, "last": last, "state": value.state.value},
        **{"reason": value.reason, "public": value.public},
    }


# --- public holidays ---------------------------------------------------------------------------------------


def _fill(work: UnitOfWork, command: FillHolidays) -> tuple[str, tuple[str, ...], tuple[Holiday, ...]]:
    today = instant.from_text(work.clock).astimezone(work.calendar.zone).date()
    place, country, region = public_holidays.coming(command.country, command.region, today)
    was = hours.setting(work.conn, "country"), hours.setting(work.conn, "region")
    there: dict[Any, Entry] = {each.value: each for each in read.entries(work.conn, Kind.HOLIDAY)}
    removed: set[str] = set()
    gone: list[Entry] = []
    if was == (country, region):
        removed = read.removed_holidays(work.conn)
    elif was[0]:  # another place takes the holidays of the last one with it, but none of the technician's own
        gone = [there.pop(each) for each in public_holidays.known(*was, today) if each in there and each not in place]
        for each in gone:
            work.edit(_row(work, HolidayRow, each.key), void=True)
    days = {each.day for each in there}
    missing = [each for each in place if each.day not in days]
    added = tuple(each for each in missing if each.day.isoformat() not in removed)
    for holiday in added:
        work.add(HolidayRow(**_columns(holiday)))
    notes = [f"{saying_hours.spoken(each)} was removed here and stays so" for each in missing if each not in added]
    if gone:
        notes.append(f"{len(gone)} of {_place(*was)} go")
    chosen = [
        work.edit(_row(work, SettingRow, key), value=value)
        for key, value in (("country", country), ("region", region))
    ]
    if not added and not gone and not any(chosen):
        hint = "; ".join(notes) + "." if notes else ""
        raise DeskmateError(f"The holidays of {_place(country, region)} are there already.", hint)
    return f"holidays of {_place(country, region)}: {len(added)} added", tuple(notes), added


def _place(country: str, region: str) -> str:
    return f"{country} {region}".rstrip()


# --- what falls into leave ---------------------------------------------------------------------------------


def _moved_out(
    work: UnitOfWork, command: MoveOutOfLeave
) -> tuple[str, tuple[int, ...], tuple[str, ...], tuple[Falling, ...]]:
    """What was done in words, to which requests, what was refused, and what fell into the leave."""
    leave: Any = _get(work, Kind.LEAVE, command.leave)[0].value
    calendar = work.calendar
    falls = read.falling(work.conn, leave, calendar)
    if not falls:
        raise DeskmateError("Nothing falls into this leave.")
    end = zones.localised(said.ends(leave), calendar.zone)
    opening = end if calendar.is_open(end) else calendar.next_opening(end)
    if opening is None:
        raise DeskmateError("The door never opens after this leave.", "Say office hours first.")
    until = instant.to_text(opening)
    moved: list[int] = []
    refused: list[str] = []
    for each in falls:
        try:
            _move(work, each, until)
        except Refused as reason:
            refused.append(reason.message)
        else:
            moved.append(each.request)
    if not moved:
        raise DeskmateError(refused[0])
    what = f"{len(moved)} dates" if len(moved) > 1 else f"a date of {label(moved[0])}"
    return f"moved {what} to {waiting.spoken(until, work.clock)}", tuple(sorted(set(moved))), tuple(refused), falls


def _move(work: UnitOfWork, falling: Falling, until: str) -> None:
    """Give one of what falls into leave another date. Raises Refused."""
    match falling.what:
        case What.WAKE | What.CHASE:
            work.change(park(work.requests([falling.request])[0], until, work.clock), looked=False)
            return
        case What.PROMISE:
            promise = next(each for each in promises.open_of(work.conn, falling.request) if each.id == falling.key)
            after = move(promise, until, work.clock)
            work.edit(_row(work, PromiseRow, falling.key), due_at=after.due_at, moved=after.moved)
        case What.CHECK:
            work.edit(_row(work, CheckBackRow, falling.key), at=until)
    work.fact(falling.request, f"{falling.what} moved", falling.at, until)
