"""``undo`` and ``redo``: one line of history, shared with the app."""

from __future__ import annotations

from deskmate.cli.change import carry_out
from deskmate.cli.hooked import follow
from deskmate.cli.words import numbers
from deskmate.domain import commands

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said
    from deskmate.domain.commands import Command


def undo(said: Said, folder: str) -> int:
    """Take the last command back, or the last one of a request."""
    if len(said.words) > 1:
        raise said.wrong("undo takes one request at a time.")
    wanted = numbers(said, said.words)[0] if said.words else None
    return _carry_out(commands.Undo(wanted), said, folder)


def redo(said: Said, folder: str) -> int:
    """Do again what was undone last."""
    if said.words:
        raise said.wrong("redo takes no request: it brings back what was undone last.")
    return _carry_out(commands.Redo(), said, folder)


def _carry_out(command: Command, said: Said, folder: str) -> int:
    """Do it; it may have been a word about the door."""
    code = carry_out(command, said, folder)
    follow(folder)
    return code
