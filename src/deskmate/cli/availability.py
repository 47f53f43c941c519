"""``dnd``: what the door says by hand. As light as ``add``: no SQLModel."""

from __future__ import annotations

from datetime import UTC, timedelta

from deskmate.cli.output import say, say_json
from deskmate.domain import instant, local, when
from deskmate.domain.commands import SetAvailability
from deskmate.domain.hours import State
from deskmate.errors import DONE
from deskmate.services.availability import set_availability
from deskmate.services.desk import Desk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said

_STATES = {"on": State.DND, "away": State.AWAY, "off": State.CLEAR}


def dnd(said: Said, folder: str) -> int:
    """Turn the switch."""
    word = said.words[0].lower() if said.words else ""
    state = _STATES.get(word)
    if state is None or len(said.words) > 1:
        what = " ".join(said.words)
        raise said.wrong(f"dnd can not be “{what}”: say on, off or away." if what else "Say on, off or away.")
    end = _end(said)
    public = said.value("--say") or ""
    if state is State.CLEAR and (end or public):
        raise said.wrong("dnd off goes back to the hours at once: it needs no end and no word.")
    desk = Desk(folder, actor="shell")
    try:
        outcome = set_availability(desk, SetAvailability(state, end, public))
    finally:
        desk.close()
    if said.has("--json"):
        say_json({"label": outcome.label})
    else:
        say(outcome.label)
    return DONE


def _end(said: Said) -> str | None:
    """The stored instant at which it ends; None for the usual time. Raises UsageError."""
    length, until = said.value("--for"), said.value("--until")
    if length is not None and until is not None:
        raise said.wrong("Say --for or --until, not both.")
    if length is not None:
        minutes = when.parse_duration(length)
        if not minutes:
            raise said.wrong(f"--for can not be “{length}”: say 45m, 2h or 1h30m.")
        return instant.to_text(local.now().astimezone(UTC) + timedelta(minutes=minutes))
    if until is None:
        return None
    moment = when.parse(until, local.now())
    if moment is None:
        raise said.wrong(f"--until can not be “{until}”: say 14:00, +2h, “tomorrow 9:00” or eod.")
    return instant.to_text(moment)
