"""``checklist``: checklists made of text, shown, changed and passed on."""

from __future__ import annotations

from contextlib import contextmanager

from deskmate.cli.output import narrate, say, say_json
from deskmate.cli.words import from_stdin, nearest
from deskmate.domain.checklist import word_of
from deskmate.domain.maintenance import DropChecklist, SaveChecklist
from deskmate.errors import DONE, REFUSED, DeskmateError
from deskmate.formats import checklist_text
from deskmate.store.connection import open_reader
from deskmate.store.read import revisions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from deskmate.cli.words import Said
    from deskmate.domain.commands import Command, Outcome
    from deskmate.formats.checklist_text import Written


def new(said: Said, folder: str) -> int:
    """Make a checklist of a text."""
    if len(said.words) != 1:
        raise said.wrong("Say which file, or - for standard input.")
    written = _read(said.words[0])
    if len(written) != 1:
        raise DeskmateError(
            f"{said.words[0]} holds {len(written) or 'no'} checklists.",
            "deskmate checklist import takes any number of them.",
        )
    if _complain(said.words[0], written):
        return REFUSED
    _carry_out(said, folder, SaveChecklist(written[0].name, written[0].content))
    return DONE


def drop(said: Said, folder: str) -> int:
    """Take a checklist off the list."""
    key = the_key(said, folder, " ".join(said.words))
    _carry_out(said, folder, DropChecklist(key), key)
    return DONE


def the_key(said: Said, folder: str, name: str) -> int:
    """The checklist that goes by this name, or by its clear beginning. Raises DeskmateError for none and several."""
    if not name:
        raise said.wrong("Say which checklist.")
    with reading(folder) as conn:
        known = revisions.keys(conn) if conn else {}
    word = word_of(name)
    found = [word] if word in known else [each for each in known if each.startswith(word)]
    if not found:
        raise DeskmateError(
            f"No checklist goes by “{name}”.{nearest(word, known)}", "deskmate checklist list shows what there is."
        )
    if len(found) > 1:
        raise DeskmateError(f"Several begin with “{name}”: {', '.join(found)}.", "Say more of the name.")
    return known[found[0]]


@contextmanager
def reading(folder: str) -> Iterator[Any]:
    """The data, or None where nothing was ever stored."""
    try:
        conn = open_reader(folder)
    except FileNotFoundError:
        yield None
        return
    try:
        yield conn
    finally:
        conn.close()


def _read(name: str) -> list[Written]:
    """The checklists of a file. Raises DeskmateError for one that can not be read."""
    if name == "-":
        data = from_stdin()
    else:
        try:
            with open(name, "rb") as file:
                data = file.read()
        except OSError as error:
            raise DeskmateError(f"{name} can not be read: {error.strerror}.", "Nothing was changed.") from None
    return checklist_text.read(data.decode("utf-8", "surrogateescape").removeprefix("\ufeff"))


def _complain(name: str, written: list[Written]) -> bool:
    """Tell of every line that was not understood; whether there was one."""
    problems = [problem for each in written for problem in each.problems]
    for problem in problems:
        narrate(f"{name}, {problem}")
    if problems:
        narrate("Nothing was changed.")
    return bool(problems)


def _carry_out(said: Said, folder: str, command: Command, key: int = 0) -> Outcome:
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
    return outcome
