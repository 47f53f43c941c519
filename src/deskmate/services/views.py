"""The views of the technician's own: saved, changed and dropped, each as one undo step."""

from __future__ import annotations

from deskmate.domain.commands import DropView, Outcome, SaveView
from deskmate.domain.request import Refused
from deskmate.domain.text import clean
from deskmate.domain.views import View
from deskmate.services import dropping
from deskmate.services.workspace import Workspace
from deskmate.store.read import views
from deskmate.store.write.tables import SavedViewRow
from deskmate.store.write.unit_of_work import UnitOfWork

NAME_LIMIT = 30
"""Characters of a name: it stands on a tab."""


def save(workspace: Workspace, command: SaveView, draft: str = "") -> Outcome:
    """Save a query under a name, instead of one that has this name already; or change one of them.

    Raises Refused for a name or a query with nothing in it, and for a name that is another's.
    """
    title = clean(command.title)[0].strip()[:NAME_LIMIT]
    query = clean(command.query)[0].strip()
    if not title:
        raise Refused("A view needs a name.")
    if not query:
        raise Refused("There is nothing to save: search for something first.")
    if title.casefold() in tuple(View):
        raise Refused(f"“{title}” is a view already.", "Choose another name.")
    with workspace.unit_of_work(command.name) as work:
        others = {view.tab.casefold(): view.number for view in views.own(work.conn)}
        same = others.get(title.casefold())
        if command.view is not None and same not in (None, command.view):
            raise Refused(f"“{title}” is a view already.", "Choose another name.")
        number = command.view or same
        if number is None:
            last = work.conn.execute("SELECT coalesce(max(position), 0) FROM saved_view").fetchone()[0]
            row = work.add(SavedViewRow(name=title, query=query, position=last + 1))
            work.flush()
        else:
            row = _row(work, number)
            if not work.edit(row, name=title, query=query):
                raise Refused(f"“{title}” is like that already.")
        work.drop_draft(draft)
        what = f"saved the view “{title}”"
        made = row.id or 0
        return Outcome(work.finish(what), what, (), made=made)


def drop(workspace: Workspace, command: DropView, draft: str = "") -> Outcome:
    """Take a view off the tabs. What it showed stays what it is."""
    said = "dropped the view “{}”"
    return dropping.take_off(workspace, command, draft, lambda work: _row(work, command.view), said)


def _row(work: UnitOfWork, number: int) -> SavedViewRow:
    row = work.get(SavedViewRow, number)
    if row is None:
        raise Refused("This view is not there any more.")
    return row
