"""From a command to the use case that carries it out."""

from __future__ import annotations

from deskmate.domain import commands
from deskmate.domain.commands import Command, Outcome
from deskmate.services import history, requests
from deskmate.services.desk import Desk


def execute(desk: Desk, command: Command) -> Outcome:
    """Carry out ``command`` on ``desk``. Raises DeskmateError when it is refused."""
    match command:
        case commands.Undo():
            return history.undo(desk, command)
        case commands.Redo():
            return history.redo(desk)
        case _:
            return requests.execute(desk, command)
