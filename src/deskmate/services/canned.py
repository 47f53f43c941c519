"""The texts to answer with, edited in the app."""

from __future__ import annotations

from deskmate.domain import canned
from deskmate.domain.commands import Outcome, RemoveCanned, SaveCanned
from deskmate.domain.request import Refused
from deskmate.domain.text import clean
from deskmate.services import dropping
from deskmate.services.workspace import Workspace
from deskmate.store.read import letters
from deskmate.store.write.tables import CannedRow
from deskmate.store.write.unit_of_work import UnitOfWork


def save(workspace: Workspace, command: SaveCanned, draft: str = "") -> Outcome:
    """Save a text under its name. Raises Refused for one that could never be sent."""
    name = clean(command.title)[0]
    text = clean(command.text, multiline=True)[0].strip("\n").rstrip()
    if not name:
        raise Refused("A canned text needs a name.")
    if not text:
        raise Refused("A canned text needs some words.")
    why = canned.wrong(text)
    if why:
        raise Refused(why, "Nothing was saved; the text is still here.")
    with workspace.unit_of_work(command.name) as work:
        row = _row(work, command.id) if command.id is not None else None
        before = row.position if row else 0
        if command.position:
            for other in letters.canned(work.conn):
                if other.position == command.position and other.id != command.id:
                    work.edit(_row(work, other.id), position=before)
        if row is None:
            work.add(CannedRow(name=name, position=command.position, text=text))
        elif not work.edit(row, name=name, position=command.position, text=text):
            raise Refused(f"“{name}” is like that already.")
        work.drop_draft(draft)
        what = f"saved the text “{name}”"
        seq = work.finish(what)
    return Outcome(seq, what, ())


def remove(workspace: Workspace, command: RemoveCanned, draft: str = "") -> Outcome:
    """Take a text off the list."""
    said = "removed the text “{}”"
    return dropping.take_off(workspace, command, draft, lambda work: _row(work, command.id), said)


def _row(work: UnitOfWork, key: int) -> CannedRow:
    row = work.get(CannedRow, key)
    if row is None:
        raise Refused("This text is not there any more.")
    return row
