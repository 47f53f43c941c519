"""``dnd``: what the door says by hand. As light as ``add``: no SQLModel."""

from __future__ import annotations

from datetime import UTC, timedelta

from deskmate.cli.hooked import follow
from deskmate.cli.office import moment
from deskmate.cli.output import narrate, say, say_json
from deskmate.domain import instant, local, when
from deskmate.domain.breakthrough import spoken
from deskmate.domain.commands import SetAvailability
from deskmate.domain.hours import State
from deskmate.domain.text import fit
from deskmate.errors import DONE
from deskmate.services.availability import SaidAlready, set_availability
from deskmate.services.desk import Desk
from deskmate.store import hold
from deskmate.store.connection import open_reader
from deskmate.store.read import hours

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said

_NAME = 16
"""Cells for the name of a rule."""
_FIELDS = ("name", "kind", "channel", "words", "minutes", "passes")
_STATES = {"on": State.DND, "away": State.AWAY, "off": State.CLEAR}


def dnd(said: Said, folder: str) -> int:
    """Turn the switch."""
    word = said.words[0].lower() if said.words else ""
    if said.words == ["rules"]:
        return _rules(said, folder)
    state = _STATES.get(word)
    if state is None or len(said.words) > 1:
        what = " ".join(said.words)
        raise said.wrong(
            f"dnd can not be “{what}”: say on, off, away or rules." if what else "Say on, off, away or rules."
        )
    end = _end(said, folder)
    public = said.value("--say") or ""
    if state is State.CLEAR and (end or public):
        raise said.wrong("dnd off goes back to the hours at once: it needs no end and no word.")
    desk = Desk(folder, actor="shell")
    try:
        try:
            label = set_availability(desk, SetAvailability(state, end, public)).label
        except SaidAlready as already:
            label = ""
            narrate(already.message)
        found = hours.availability(desk.writer.conn, local.now())
    finally:
        desk.close()
    if label:
        follow(folder)
    if said.has("--json"):
        until = None if found.until is None else instant.to_text(found.until)
        say_json({"requests": [], "label": label, "refused": [], "state": found.state, "until": until})
    elif label:
        say(label)
    return DONE


def _rules(said: Said, folder: str) -> int:
    """Print what breaks through, in order."""
    try:
        conn = open_reader(folder)
    except FileNotFoundError:
        found = []
    else:
        found = hold.rules(conn)
        conn.close()
    if said.has("--json"):
        say_json([{name: getattr(rule, name) for name in _FIELDS} for rule in found])
    for place, rule in enumerate(() if said.has("--json") else found, 1):
        say(f"{place}  {fit(rule.name, _NAME)}  {spoken(rule)}")
    return DONE


def _end(said: Said, folder: str) -> str | None:
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
    found = moment(until, folder)
    if found is None:
        raise said.wrong(f"--until can not be “{until}”: say 14:00, +2h, “tomorrow 9:00” or eod.")
    return instant.to_text(found)
