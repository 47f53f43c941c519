"""Taking cards, categories, texts and views off their lists: one way for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deskmate.domain.commands import Command, Outcome
from deskmate.services.workspace import Workspace
from deskmate.store.write.unit_of_work import UnitOfWork


def take_off(
    workspace: Workspace, command: Command, draft: str, find: Callable[[UnitOfWork], Any], said: str
) -> Outcome:
    """Take a row off its list, as one undo step; it stays, void, for whatever names it.

    ``find`` gives the row, or raises when it is gone. ``said`` tells what was done, with ``{}`` for its name.
    """
    with workspace.unit_of_work(command.name) as work:
        row = find(work)
        work.edit(row, void=True)
        work.drop_draft(draft)
        label = said.format(row.name)
        return Outcome(work.finish(label), label, ())
