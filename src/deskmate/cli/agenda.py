"""``checklist list`` and ``due``, and the words that say when a checklist is due, is paused, and is due next."""

from __future__ import annotations

from datetime import date, timedelta

from deskmate.cli.checklists import the_key
from deskmate.cli.desks import opened, reading
from deskmate.cli.output import narrate, say, say_json, say_json_array
from deskmate.domain import instant, local, saying_hours, saying_schedules
from deskmate.domain.agenda import Line, State, by_need, state
from deskmate.domain.due import span
from deskmate.domain.hours import day_text
from deskmate.domain.maintenance import PauseChecklist, SetSchedule, TakeUp
from deskmate.domain.text import fit, width
from deskmate.domain.values import Wrong, WrongValues
from deskmate.errors import DONE
from deskmate.store import wake
from deskmate.store.read import checklists, hours

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from deskmate.cli.words import Said
    from deskmate.domain.commands import Command
    from deskmate.domain.occurrence import Coming, Schedule

_NAME, _STATE = 36, 24
_SHOWN, _MOST = 6, 100
"""Dates that are shown, and the most that are."""
_OPTIONS = ("at", "from", "zone", "lead", "grace", "closed", "absence")


def show(said: Said, folder: str) -> int:
    """Print every checklist and where it stands, what is pressing first."""
    _print(said, _lines(folder))
    return DONE


def due(said: Said, folder: str) -> int:
    """Print what is due or overdue now."""
    _print(said, [each for each in _lines(folder) if each.waiting])
    return DONE


def schedule(said: Said, folder: str) -> int:
    """Say when a checklist is due, and show what comes of it."""
    if not said.words:
        raise said.wrong("Say which checklist, and when it is due.")
    key = the_key(said, folder, said.words[0])
    values = {name: value for name in _OPTIONS if (value := said.value(f"--{name}")) is not None}
    if len(said.words) > 1:
        values["when"] = " ".join(said.words[1:])
    if not values:
        raise said.wrong("Say when it is due, such as tuesdays or last working day.")
    if not said.has("--dry-run"):
        label = _done(said, folder, SetSchedule(key, values))
    with reading(folder) as conn:
        calendar, now = hours.calendar(conn), local.now()
        was = checklists.schedules(conn, key)
        found = saying_schedules.read(values, was, calendar, now) if said.has("--dry-run") else was[-1]
        plan = checklists.plan(conn, key, calendar)
        from deskmate.domain.occurrence import preview

        coming = preview(found, plan.pauses, calendar, now, _SHOWN, plan.log)
    if said.has("--json"):
        say_json({"id": key, **_schedule_json(found), "next": [_coming_json(each) for each in coming]})
        return DONE
    say(label if not said.has("--dry-run") else found.said)
    narrate(f"{saying_schedules.told(found)}.")
    _say_coming(coming)
    return DONE


def unschedule(said: Said, folder: str) -> int:
    """A checklist is not due any more."""
    key = the_key(said, folder, " ".join(said.words))
    _say_done(said, key, _done(said, folder, SetSchedule(key, None)))
    return DONE


def pause(said: Said, folder: str) -> int:
    """A checklist, or every one, is not wanted for some days, or until it is taken up again."""
    key, words = _which(said, folder)
    with reading(folder) as conn:
        now = local.now().astimezone(hours.calendar(conn).zone if conn else None)
    first, last = now.date(), None
    if words:
        try:
            start, end = saying_hours.parse_stretch(" ".join(words), now)
        except Wrong as wrong:
            raise WrongValues({"days": str(wrong)}) from None
        first, last = date(start.year, start.month, start.day), date(end.year, end.month, end.day)
    command = PauseChecklist(key, first.isoformat(), last.isoformat() if last else None, said.value("--note") or "")
    _say_done(said, key, _done(said, folder, command))
    return DONE


def resume(said: Said, folder: str) -> int:
    """Take up again what is paused."""
    key, words = _which(said, folder)
    if words:
        raise said.wrong("Say one checklist, in quotes where its name has several words.")
    _say_done(said, key, _done(said, folder, TakeUp(key)))
    return DONE


def upcoming(said: Said, folder: str) -> int:
    """Print when a checklist is due next, and what is in the way of it."""
    words, count = list(said.words), _SHOWN
    if len(words) > 1 and words[-1].isdecimal():
        count = int(words.pop()[:9])
        if not 1 <= count <= _MOST:
            raise said.wrong(f"N is a number from 1 to {_MOST}.")
    key = the_key(said, folder, " ".join(words))
    coming: tuple[Coming, ...] = ()
    with reading(folder) as conn:
        from deskmate.domain.occurrence import preview

        calendar = hours.calendar(conn)
        plan = checklists.plan(conn, key, calendar)
        found = checklists.counts_now(conn, key)
        if found is not None:
            coming = preview(found, plan.pauses, calendar, local.now(), count, plan.log)
    if said.has("--json"):
        say_json_array(_coming_json(each) for each in coming)
    elif found is None:
        narrate("It has no schedule; deskmate checklist schedule gives it one.")
    else:
        _say_coming(coming)
    return DONE


# --- within ------------------------------------------------------------------------------------------------


def _lines(folder: str) -> list[Line]:
    with reading(folder) as conn:
        if conn is None:
            return []
        wake.look(folder, conn, checklists=True)
        at = instant.now()
        return by_need(checklists.lines(conn, at), at)


def _print(said: Said, lines: list[Line]) -> None:
    at = instant.now()
    if said.has("--json"):
        say_json_array(_json(each, at) for each in lines)
        return
    column = min(max((width(each.name) for each in lines), default=0), _NAME)
    for each in lines:
        name = fit(each.name, column)
        say(f"{name}{' ' * (column - width(name))}  {_stands(each, at):{_STATE}}  {each.said}".rstrip())
    if not lines:
        narrate("Nothing is due." if said.word.name.endswith("due") else "There are no checklists yet.")


def _stands(line: Line, at: str) -> str:
    """Where a checklist stands in a few words: ``due, 2 h over``, ``in 3 d``, ``run 4/9``."""
    found = state(line, at)
    missed = f", {line.missed} missed" if line.missed else ""
    if found is State.RUNNING and line.open_run is not None:
        return f"run {line.open_run.marked}/{line.open_run.items}"
    if found is State.PAUSED:
        return "paused" + (f" to {day_text(date.fromisoformat(line.paused_until))}" if line.paused_until else "")
    if found is State.UNSCHEDULED or line.due_at is None:
        return "no schedule" if found is State.UNSCHEDULED else found.value
    away = instant.from_text(line.due_at) - instant.from_text(at)
    if found in (State.OVERDUE, State.DUE):
        late = f" for {span(-away)}" if away < timedelta(0) else ""
        return f"{found.value}{late}{missed}"
    return f"{found.value if found is State.MISSED else 'due'} in {span(max(away, timedelta(0)))}{missed}"


def _json(line: Line, at: str) -> dict[str, Any]:
    return {
        "id": line.key,
        "name": line.name,
        "state": state(line, at).value,
        "schedule": line.said or None,
        "nominal": line.nominal,
        "begins_at": line.begins_at,
        "due_at": line.due_at,
        "late_at": line.late_at,
        "waiting": line.waiting,
        "missed": line.missed,
        "last_done_at": line.last_done_at,
        "run": line.open_run.key if line.open_run else None,
        "paused": line.paused,
    }


def _schedule_json(found: Schedule) -> dict[str, Any]:
    return {"schedule": found.said, "rule": found.rule, **saying_schedules.typed(found)}


def _coming_json(each: Coming) -> dict[str, Any]:
    return {
        "nominal": each.occurrence.nominal.isoformat(timespec="minutes"),
        "due_at": instant.to_text(each.occurrence.due),
        "state": each.occurrence.stage.value,
        "clash": each.clash or None,
    }


def _say_coming(coming: tuple[Coming, ...]) -> None:
    for each in coming:
        clock = each.occurrence.due.astimezone(local.Local())
        say(f"  {day_text(clock.date()):15}  {clock:%H:%M}  {each.clash}".rstrip())
    if not coming:
        narrate("It is never due again.")


def _which(said: Said, folder: str) -> tuple[int | None, list[str]]:
    """One checklist, or all of them, and the words after it."""
    if said.has("--all"):
        return None, said.words
    return the_key(said, folder, said.words[0] if said.words else ""), said.words[1:]


def _done(said: Said, folder: str, command: Command) -> str:
    with opened(folder) as desk:
        return desk.run(command).label


def _say_done(said: Said, key: int | None, label: str) -> None:
    if said.has("--json"):
        say_json({"id": key, "label": label})
    else:
        say(label)
