"""How requests belong together: a cause, links, and those that are the same."""

from __future__ import annotations

from deskmate.cli.change import carry_out
from deskmate.cli.words import numbers
from deskmate.domain import commands
from deskmate.domain.row import parse_label

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said


def cause(said: Said, folder: str) -> int:
    """Say why it happened, or that nobody knows after all."""
    named = len(said.words)
    for place, word in enumerate(said.words):
        if parse_label(word) is None:
            named = place
            break
    wanted = numbers(said, said.words[:named] or said.words[:1])
    text = " ".join(said.words[named:])
    if said.has("--none") == bool(text.strip()):
        raise said.wrong("Say the cause, or --none to take it away.")
    return carry_out(commands.SetCause(wanted, text), said, folder)


def link(said: Said, folder: str) -> int:
    """Link the last with each of the others, or unlink them."""
    wanted = numbers(said, said.words)
    if len(wanted) < 2:
        raise said.wrong("A link needs two requests.")
    return carry_out(commands.Link(wanted[:-1], wanted[-1], remove=said.has("--remove")), said, folder)


def merge(said: Said, folder: str) -> int:
    """Merge into another, or take apart again."""
    wanted = numbers(said, said.words)
    into = said.value("--into")
    if (into is None) != said.has("--undo"):
        raise said.wrong("Say --into and which one goes on, or --undo.")
    if into is None:
        return carry_out(commands.Unmerge(wanted), said, folder)
    return carry_out(commands.Merge(wanted, numbers(said, [into])[0]), said, folder)
