"""From a command to the use case that carries it out."""

from __future__ import annotations

from deskmate.domain import commands
from deskmate.domain.commands import Command, Outcome
from deskmate.services import history, requests
from deskmate.services.workspace import Workspace


def execute(workspace: Workspace, command: Command, draft: str = "") -> Outcome:
    """Carry out ``command``, whose text was kept under ``draft``. Raises DeskmateError when it is refused."""
    match command:
        case commands.Undo():
            return history.undo(workspace, command)
        case commands.Redo():
            return history.redo(workspace)
        case _:
            return requests.execute(workspace, command, draft)
