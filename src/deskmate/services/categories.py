"""Changing which kinds of trouble there are, and what is asked about each."""

from __future__ import annotations

from deskmate.domain.category import parse_questions, questions_lines
from deskmate.domain.commands import EditCategory, Outcome, RemoveCategory
from deskmate.domain.edit import Edits
from deskmate.domain.edit import edit as edit_request
from deskmate.domain.request import Refused
from deskmate.domain.text import NAME_LIMIT, clean
from deskmate.services import dropping
from deskmate.services.workspace import Workspace
from deskmate.store.read import categories
from deskmate.store.write.tables import CategoryRow
from deskmate.store.write.unit_of_work import UnitOfWork

MOST = 5_000
"""Requests that follow a new name: with more, one command would take seconds and its undo as much room."""


def edit(workspace: Workspace, command: EditCategory, draft: str = "") -> Outcome:
    """Change a category, or add one at the end. Raises Refused for a name that is empty or taken.

    All its requests follow a new name, as one step of undo. Should there be more than ``MOST``, the oldest of those
    that have ended keep the old one, and the outcome says so.
    """
    name = clean(clean(command.title)[0][:NAME_LIMIT])[0]
    if not name:
        raise Refused("A category needs a name.")
    questions = questions_lines(parse_questions(clean(command.questions, multiline=True)[0]))
    stay = False
    with workspace.unit_of_work(command.name) as work:
        known = categories.category(work.conn, name)
        if known is not None and known.id != command.category:
            raise Refused(f"There is a category “{known.name}” already.", "Choose another name, or edit that one.")
        if command.category is None:
            place = 1 + len(categories.categories(work.conn))
            work.add(CategoryRow(name=name, word=name.casefold(), position=place, questions=questions))
        else:
            row = _row(work, command.category)
            before = row.name
            if not work.edit(row, name=name, word=name.casefold(), questions=questions):
                raise Refused(f"“{name}” is like that already.")
            stay = _rename(work, before, name)
        work.drop_draft(draft)
        said = f"category “{name}” saved{f'; ended ones beyond {MOST:,} still say “{before}”' if stay else ''}"
        return Outcome(work.finish(said), said, ())


def remove(workspace: Workspace, command: RemoveCategory, draft: str = "") -> Outcome:
    """Take a category away. Requests keep its name, shown with a question mark from then on."""
    said = "category “{}” removed"
    return dropping.take_off(workspace, command, draft, lambda work: _row(work, command.category), said)


def _rename(work: UnitOfWork, before: str, name: str) -> bool:
    """Let the requests of a category follow its new name; whether some are left."""
    if before == name:
        return False
    numbers = categories.requests_of(work.conn, before, MOST + 1)
    for request in work.requests(sorted(numbers[:MOST])):
        if request.category != name:
            work.change(edit_request(request, Edits(category=name)))
    return len(numbers) > MOST


def _row(work: UnitOfWork, key: int) -> CategoryRow:
    row = work.get(CategoryRow, key)
    if row is None:
        raise Refused("This category is not there any more.", "Another window may have removed it.")
    return row
