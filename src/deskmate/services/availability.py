"""Turning the switch: what the door says by hand. Every word of it has an end.

Without the tables of SQLModel, because the shell turns it, too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from deskmate.domain import instant, local
from deskmate.domain.availability import Availability, Override, availability_at, why_not_override
from deskmate.domain.calendar import HORIZON, Calendar
from deskmate.domain.commands import Outcome, SetAvailability
from deskmate.domain.due import moment_text, until_text
from deskmate.domain.hours import State
from deskmate.domain.text import TITLE_LIMIT, clean
from deskmate.domain.values import WrongValues
from deskmate.domain.views import View
from deskmate.errors import DeskmateError
from deskmate.services.workspace import Workspace
from deskmate.store import availability as store_availability
from deskmate.store import drafts
from deskmate.store.read import hours, queue

MANY = 1_000
"""Further than that what came in meanwhile is not counted."""
SHUT = (State.DND, State.AWAY)
"""What the switch turns off again."""


class SaidAlready(DeskmateError):
    """The door says it without a word by hand."""


def set_availability(workspace: Workspace, command: SetAvailability, draft: str = "") -> Outcome:
    """Say it from now on. Raises WrongValues for an end that can not be, SaidAlready where it changes nothing."""
    with workspace.writer.transaction() as conn:
        at = workspace.clock()
        now = instant.from_text(at).astimezone(local.Local())
        calendar = hours.calendar(conn)
        before = hours.availability(conn, now, calendar)
        state = command.state or (State.CLEAR if before.state in SHUT else State.DND)
        if state is State.CLEAR:
            said = _back(before, now, calendar)
        else:
            said = Override(now, state, _until(command, now, hours.dnd_minutes(conn)))
        said = replace(said, public=_line("say", command.public), private=_line("private", command.private))
        problem = why_not_override(said, now)
        if problem:
            raise WrongValues({"until": problem})
        label = _label(state, said, now, calendar)
        meanwhile = queue.count(conn, View.HELD, MANY) if state is State.CLEAR else 0
        seq = store_availability.say(
            conn,
            said.state,
            None if said.until is None else instant.to_text(said.until),
            public=said.public,
            private=said.private,
            label=label,
            at=at,
            actor=workspace.actor,
        )
        drafts.drop(conn, draft)
    return Outcome(seq, f"{label}; {meanwhile:,} came in, see Held" if meanwhile else label, ())


def _until(command: SetAvailability, now: datetime, usual: int) -> datetime:
    """The end of it."""
    if command.until is None:
        return (now.astimezone(UTC) + timedelta(minutes=usual)).astimezone(now.tzinfo)
    until = instant.from_text(command.until).astimezone(now.tzinfo)
    if until - now > HORIZON:
        raise WrongValues({"until": f"{moment_text(until, now)} is more than {HORIZON.days} days off"})
    return until


def _back(before: Availability, now: datetime, calendar: Calendar) -> Override:
    """Back to the hours; open over a slot that would keep the door shut. Raises SaidAlready for no change."""
    without = availability_at(now, calendar, [Override(now, State.CLEAR)])
    if without.state in SHUT:
        return Override(now, State.OPEN, without.until)
    if before.state is without.state and before.until == without.until:
        raise SaidAlready("The door says what the hours say already.", "Nothing was changed.")
    return Override(now, State.CLEAR)


def _line(field: str, words: str) -> str:
    line = clean(words)[0]
    if len(line) > TITLE_LIMIT:
        raise WrongValues({field: f"at most {TITLE_LIMIT} characters, not {len(line):,}"})
    return line


def _label(asked: State, said: Override, now: datetime, calendar: Calendar) -> str:
    """What it comes to, in words."""
    found = availability_at(now, calendar, [said])
    spoken = moment_text if asked is State.CLEAR else until_text
    until = "" if found.until is None else f" until {spoken(found.until, now)}"
    if asked is not State.CLEAR:
        return f"{found.state}{until}{f': {said.public}' if said.public else ''}"
    return f"back to the hours: {found.state}{until}{', past what is set aside' if said.until else ''}"
