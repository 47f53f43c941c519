"""Making, changing and dropping checklists, each as one undo step."""

from __future__ import annotations

from dataclasses import replace

from deskmate.domain.checklist import Content, numbered, packed, tidy, why_not, word_of
from deskmate.domain.commands import Outcome
from deskmate.domain.maintenance import DropChecklist, SaveChecklist
from deskmate.domain.request import Refused
from deskmate.domain.text import NAME_LIMIT, clean
from deskmate.services import dropping
from deskmate.services.workspace import Workspace
from deskmate.store.read import revisions
from deskmate.store.write.tables import ChecklistRow, RevisionRow
from deskmate.store.write.unit_of_work import UnitOfWork


def save(workspace: Workspace, command: SaveChecklist, draft: str = "") -> Outcome:
    """Make a checklist, or a new revision of one when what is on it changed; open runs keep theirs.

    Raises Refused for what makes no checklist, for a name that is another's, and when nothing would change.
    """
    name = clean(command.title)[0][:NAME_LIMIT].strip()
    if not name:
        raise Refused("A checklist needs a name.")
    content = tidy(command.content)
    why = why_not(content)
    if why:
        raise Refused(why)
    with workspace.unit_of_work(command.name) as work:
        same = revisions.keys(work.conn).get(word_of(name))
        if same not in (None, command.key):
            raise Refused(f"“{name}” is a checklist already.", "Choose another name.")
        if command.key is None:
            row = work.add(ChecklistRow(name=name, word=word_of(name)))
            changed, number = False, _revision(work, row.id or 0, content)
        else:
            row = _row(work, command.key)
            changed, number = work.edit(row, name=name, word=word_of(name)), _revision(work, command.key, content)
        if not (changed or number):
            raise Refused(f"“{name}” is like that already.")
        work.drop_draft(draft)
        what = f"saved “{name}”" + (f", revision {number}" if number > 1 else "")
        return Outcome(work.finish(what), what, (), made=row.id or 0)


def drop(workspace: Workspace, command: DropChecklist, draft: str = "") -> Outcome:
    """Take a checklist off the list. What was done stays readable."""
    return dropping.take_off(workspace, command, draft, lambda work: _row(work, command.key), "dropped “{}”")


def _revision(work: UnitOfWork, key: int, content: Content) -> int:
    """Make a revision of it if it says something new; gives its number, 0 when it is like that already."""
    ever = revisions.revisions(work.conn, key, void=True)
    newest = next(iter(revisions.revisions(work.conn, key)), None)
    before = newest.content.items if newest else ()
    items = numbered(content.items, before, tuple(item for each in ever for item in each.content.items))
    content = replace(content, items=items)
    if newest and newest.content == content:
        return 0
    number = newest.revision + 1 if newest else 1
    work.add(
        RevisionRow(
            checklist_id=key,
            number=number,
            made_at=work.clock,
            mode=content.mode,
            about=content.about,
            pause_point=content.pause_point,
            minutes=content.minutes,
            dnd=content.dnd,
            items=packed(items),
        )
    )
    return number


def _row(work: UnitOfWork, key: int) -> ChecklistRow:
    row = work.get(ChecklistRow, key)
    if row is None:
        raise Refused("This checklist is not there any more.")
    return row
