"""Making, changing and dropping checklists, each as one undo step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deskmate.domain.checklist import Content, numbered, packed, tidy, why_not, word_of
from deskmate.domain.commands import Outcome
from deskmate.domain.maintenance import DropChecklist, ImportChecklists, SaveChecklist, TakeStarters
from deskmate.domain.request import Refused
from deskmate.domain.text import NAME_LIMIT, clean
from deskmate.formats.checklist_schedule import whole
from deskmate.formats.starters import starters
from deskmate.services import dropping, schedules
from deskmate.services.workspace import Workspace
from deskmate.store.read import checklists, revisions
from deskmate.store.write.tables import ChecklistRow, RevisionRow
from deskmate.store.write.unit_of_work import UnitOfWork


def save(workspace: Workspace, command: SaveChecklist, draft: str = "") -> Outcome:
    """Make a checklist, or a new revision of one when what is on it changed; open runs keep theirs.

    Raises Refused for what makes no checklist, for a name that is another's, and when nothing would change.
    """
    with workspace.unit_of_work(command.name) as work:
        key, what = _saved(work, command)
        if not what:
            raise Refused(f"“{command.title.strip()}” is like that already.")
        work.drop_draft(draft)
        label = f"saved {what}"
        return Outcome(work.finish(label), label, (), made=key)


def take_in(workspace: Workspace, command: ImportChecklists, draft: str = "") -> Outcome:
    """Take in checklists that were passed on, by their names. What is like that already stays as it is."""
    with workspace.unit_of_work(command.name) as work:
        return _came_to(work, "imported", *_taken(work, command.lists))


def preview(workspace: Workspace, command: ImportChecklists) -> tuple[str, ...]:
    """What an import would come to, a line for each checklist; nothing is kept. Raises as the command does."""
    with workspace.unit_of_work(command.name) as work:
        return _taken(work, command.lists)[1]


def take_starters(workspace: Workspace, command: TakeStarters, draft: str = "") -> Outcome:
    """Make checklists of the starter set. One whose name is there already is left as it is."""
    known = {word_of(each.name): each for each in starters()}
    lists: list[SaveChecklist] = []
    for name in command.names:
        found = known.get(word_of(name))
        if found is None:
            raise Refused(f"No starter goes by “{name}”.", "deskmate checklist starters shows them.")
        said = command.schedules.get(name)
        due = dict(found.schedule) if said is None else {"when": said}
        lists.append(SaveChecklist(found.name, found.content, schedule=due))
    with workspace.unit_of_work(command.name) as work:
        there = revisions.keys(work.conn)
        made, notes = _taken(work, [each for each in lists if word_of(each.title) not in there])
        notes += tuple(f"“{each.title}” is there already" for each in lists if word_of(each.title) in there)
        return _came_to(work, "made", made, notes)


def drop(workspace: Workspace, command: DropChecklist, draft: str = "") -> Outcome:
    """Take a checklist off the list. What was done stays readable."""
    return dropping.take_off(workspace, command, draft, lambda work: _row(work, command.key), "dropped “{}”")


def _saved(work: UnitOfWork, command: SaveChecklist) -> tuple[int, str]:
    """Its key, and its name with what was made; that is empty when it is like that already."""
    name = clean(command.title)[0][:NAME_LIMIT].strip()
    if not name:
        raise Refused("A checklist needs a name.")
    content = tidy(command.content)
    why = why_not(content)
    if why:
        raise Refused(f"“{name}”: {why}")
    same = revisions.keys(work.conn).get(word_of(name))
    if same not in (None, command.key):
        raise Refused(f"“{name}” is a checklist already.", "Choose another name.")
    if command.key is None:
        row = work.add(ChecklistRow(name=name, word=word_of(name)))
        changed = True
    else:
        row = _row(work, command.key)
        changed = work.edit(row, name=name, word=word_of(name))
    key = row.id or 0
    number = _revision(work, key, content)
    due = _scheduled(work, key, command.schedule)
    revised = f", revision {number}" if number > 1 else ""
    return key, f"“{name}”{revised}{due}" if changed or number or due else ""


def _scheduled(work: UnitOfWork, key: int, said: Mapping[str, str] | None) -> str:
    """Say when it is due, if that is something new; what came of it in words."""
    if said is None or not schedules.put(work, key, whole(said) if said else None)[0]:
        return ""
    after = checklists.counts_now(work.conn, key)
    return f", due {after.said}" if after else ", not scheduled any more"


def _taken(work: UnitOfWork, lists: Sequence[SaveChecklist]) -> tuple[int, tuple[str, ...]]:
    """How many checklists changed, and a line for each of all."""
    notes: list[str] = []
    seen: set[str] = set()
    for each in lists:
        word = word_of(each.title)
        if word in seen:
            raise Refused(f"“{each.title}” is there twice.", "Give one of them another name.")
        seen.add(word)
        key = revisions.keys(work.conn).get(word)
        what = _saved(work, replace(each, key=key))[1]
        notes.append((f"new: {what}" if key is None else what) or f"unchanged: “{each.title}”")
    return sum(not note.startswith("unchanged: ") for note in notes), tuple(notes)


def _came_to(work: UnitOfWork, did: str, count: int, notes: tuple[str, ...]) -> Outcome:
    if not count:
        return Outcome(0, "nothing changed", (), notes=notes)
    label = f"{did} {count} checklist{'s' if count > 1 else ''}"
    return Outcome(work.finish(label), label, (), notes=notes)


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
