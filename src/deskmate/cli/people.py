"""``person`` and ``device``: cards listed, shown, added, changed and dropped."""

from __future__ import annotations

from dataclasses import dataclass

from deskmate.cli import rows
from deskmate.cli.desks import reading
from deskmate.cli.output import narrate, say, say_json, say_json_array
from deskmate.domain import commands, local
from deskmate.domain import device as devices
from deskmate.domain import person as persons
from deskmate.domain import row as at
from deskmate.domain.guide_record import record_text
from deskmate.domain.text import fit, safe, width
from deskmate.errors import DONE, DeskmateError
from deskmate.store.read import people, queue, walks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from deskmate.cli.words import Said
    from deskmate.domain.commands import Command
    from deskmate.domain.device import Device
    from deskmate.domain.person import Person
    from deskmate.store.read.budget import Connection

DOES = ("list", "show", "add", "edit", "drop")
"""What can be done to cards of both kinds; people can be merged, too."""
EARLIER = 10
"""Ended requests of a person that are shown; JSON has as many."""
OPEN = 1_000
_CELLS = 34
"""Cells that a column of a list gets in a terminal."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What there is to know about a kind of card."""

    fields: tuple[str, ...]
    all: Callable[[Connection], Iterator[Any]]
    named: Callable[[Connection, str], list[Any]]
    get: Callable[[Connection, int], Any]
    cells: Callable[[Any], list[str]]
    show: Callable[[Said, Connection, Any], None]
    add: Callable[[Mapping[str, str]], Command]
    edit: Callable[[int, Mapping[str, str]], Command]
    drop: Callable[[int], Command]
    merge: Callable[[int, int], Command] | None = None


def person(said: Said, folder: str) -> int:
    """What is done to people."""
    return _run(said, folder, _PERSON)


def device(said: Said, folder: str) -> int:
    """What is done to devices."""
    return _run(said, folder, _DEVICE)


def _run(said: Said, folder: str, kind: _Kind) -> int:
    what = said.word.name
    does, word = (said.words[0] if said.words else ""), " ".join(said.words[1:])
    values = {field: value for field in kind.fields if (value := said.value(f"--{field}")) is not None}
    possible = (*DOES, "merge") if kind.merge else DOES
    if does not in possible:
        why = f"{what} can not “{does}”" if does else f"Say what to do with a {what}"
        raise said.wrong(f"{why}: {', '.join(possible)}.")
    if does in ("list", "show", "drop", "merge") and values:
        raise said.wrong(f"{what} {does} takes no --{next(iter(values))}.")
    if does == "list":
        with reading(folder) as conn:
            _list(said, kind, kind.all(conn) if conn else ())
        return DONE
    if not word and not (does == "add" and "name" in values):
        raise said.wrong(f"Say which {what}.")
    if does == "add":
        _carry_out(said, folder, kind.add({"name": word, **values}))
        return DONE
    with reading(folder) as conn:
        found = _the(kind, conn, what, word)
        into = _the(kind, conn, what, _into(said)) if does == "merge" else None
        if does == "show" and conn:
            kind.show(said, conn, found)
    if does == "edit":
        if not values:
            raise said.wrong("Say what to change.")
        _carry_out(said, folder, kind.edit(found.key, values), found.key)
    elif does == "drop":
        _carry_out(said, folder, kind.drop(found.key), found.key)
    elif kind.merge and into:
        _carry_out(said, folder, kind.merge(into.key, found.key), into.key)
    return DONE


def _into(said: Said) -> str:
    into = said.value("--into")
    if not into:
        raise said.wrong("Say whose card stays: --into WHO.")
    return into


def the_person(conn: Connection | None, word: str) -> Person:
    """The one person that a word means. Raises DeskmateError for none, and for several."""
    found: Person = _the(_PERSON, conn, "person", word)
    return found


def _the(kind: _Kind, conn: Connection | None, what: str, word: str) -> Any:
    """The one card that a word means. Raises DeskmateError for none, and for several with what tells them apart."""
    found = kind.named(conn, word) if conn else []
    if conn and not found and word.isascii() and word.isdigit() and len(word) < 15:
        found = [card for card in (kind.get(conn, int(word)),) if card]
    if not found:
        raise DeskmateError(f"No {what} goes by “{word}”.", f"deskmate {what} list shows what there is.")
    if len(found) > 1:
        told = [", ".join(filter(None, (each.name, getattr(each, "email", ""), each.room))) for each in found]
        several = "; ".join(f"{each.key} is {text}" for each, text in zip(found, told, strict=True))
        raise DeskmateError(f"Several go by “{word}”: {several}.", "Say the number, or the e-mail address.")
    return found[0]


def _carry_out(said: Said, folder: str, command: Command, key: int = 0) -> None:
    from deskmate.services.desk import Desk

    desk = Desk(folder, actor="shell")
    try:
        outcome = desk.run(command)
    finally:
        desk.close()
    if said.has("--json"):
        say_json({"id": key or outcome.made, "label": outcome.label})
    else:
        say(outcome.label)


# --- showing --------------------------------------------------------------------------------------------


def as_json(card: Person | Device) -> dict[str, Any]:
    """The fields of a card that scripts may rely on; what is not known is null."""
    fields = devices.FIELDS if isinstance(card, devices.Device) else persons.FIELDS
    return {"id": card.key} | {field: None if (value := getattr(card, field)) == "" else value for field in fields}


def _list(said: Said, kind: _Kind, cards: Iterable[Any]) -> None:
    """Those in which every word stands somewhere, by name."""
    words = [word.casefold() for word in said.words[1:]]

    def matches(card: Any) -> bool:
        text = "\n".join(str(getattr(card, field) or "") for field in kind.fields).casefold()
        return all(word in text for word in words)

    found = sorted(filter(matches, cards), key=lambda card: (card.name.casefold(), card.key))
    if said.has("--json"):
        say_json_array(map(as_json, found))
        return
    if not found:
        narrate("Nothing to show.")
        return
    lines = [[safe(cell) for cell in kind.cells(card)] for card in found]
    most = _CELLS if rows.columns() else 1 << 30  # elsewhere nothing is cut, so that grep finds everything
    sizes = [min(max(map(width, column)), most) for column in zip(*lines, strict=True)]
    for line in lines:
        say("  ".join(fit(cell, size) for cell, size in zip(line, sizes, strict=True) if size).rstrip())


def _person_cells(found: Person) -> list[str]:
    return [_starred(found), found.room, found.department, found.phone, found.email, _kind(found)]


def _device_cells(found: Device) -> list[str]:
    return [found.name, found.kind, found.owner, found.room]


def _starred(found: Person) -> str:
    return f"{found.name} ★" if found.vip else found.name


def _kind(found: Person) -> str:
    return "" if found.kind is persons.PersonKind.REQUESTER else str(found.kind)


def _show_person(said: Said, conn: Connection, found: Person) -> None:
    owned = people.devices_of(conn, found.key)
    numbers = [people.open_of(conn, found.key, OPEN), people.ended_of(conn, found.key, EARLIER)]
    asked = queue.rows(conn, numbers[0] + numbers[1])
    parts = [[asked[number] for number in part] for part in numbers]
    done = walks.of_person(conn, found.key)
    if said.has("--json"):
        open_, earlier = ([rows.as_json(row, []) for row in part] for part in parts)
        guides = [{"guide": each.title, "how": each.how.value, "at": each.at} for each in done]
        say_json(
            as_json(found)
            | {"devices": [as_json(each) for each in owned], "guides": guides, "open": open_, "earlier": earlier}
        )
        return
    say(safe(_starred(found)))
    room = found.room and f"room {found.room}"
    _facts([found.department, room, found.phone, found.email])
    _facts([_kind(found), found.experience and f"{found.experience} user"])
    _text(found.details)
    for each in owned:
        _facts(["device " + each.name, each.kind, each.room])
    for record in done:
        say(f"  has done: {safe(record_text(record, local.now()))}")
    for row in parts[0] + parts[1]:
        say(f"  {at.label(row[at.NUMBER])}  {row[at.STATUS]:<8}  {safe(row[at.TITLE]) or '(no title)'}")


def _show_device(said: Said, conn: Connection, found: Device) -> None:
    if said.has("--json"):
        say_json(as_json(found))
        return
    say(safe(found.name))
    _facts([found.kind, found.owner, found.room and f"room {found.room}"])
    _text(found.notes)


def _facts(facts: list[Any]) -> None:
    if shown := " · ".join(safe(str(fact)) for fact in facts if fact):
        say(f"  {shown}")


def _text(text: str) -> None:
    for line in safe(text, multiline=True).split("\n") if text else ():
        say(f"  {line}".rstrip())


_PERSON = _Kind(
    persons.FIELDS, people.people, people.named, people.person, _person_cells, _show_person,
    commands.AddPerson, commands.EditPerson, commands.DropPerson, commands.MergePeople,
)  # fmt: skip
_DEVICE = _Kind(
    devices.FIELDS, people.devices, people.devices_named, people.device, _device_cells, _show_device,
    commands.AddDevice, commands.EditDevice, commands.DropDevice,
)  # fmt: skip
