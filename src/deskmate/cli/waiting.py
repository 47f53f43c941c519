"""``wait``, ``park`` and ``wake``: put requests aside until a date, and take them up again."""

from __future__ import annotations

from itertools import takewhile

from deskmate.cli.change import carry_out
from deskmate.cli.office import moment
from deskmate.cli.words import numbers
from deskmate.domain import commands, instant
from deskmate.domain.row import parse_label
from deskmate.domain.status import WaitingOn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said

_ON = {"requester": WaitingOn.REQUESTER, "vendor": WaitingOn.VENDOR}


def wait(said: Said, folder: str) -> int:
    """Wait on somebody; without a date it is chased after three business days."""
    named = list(takewhile(lambda word: parse_label(word) is not None, said.words))
    who = " ".join(said.words[len(named) :]).strip()
    wanted = numbers(said, named or said.words[:1])
    if not who:
        raise said.wrong("Say on whom: requester, vendor or a name.")
    on = _ON.get(who.lower(), WaitingOn.SOMEONE)
    command = commands.Wait(wanted, on, who if on is WaitingOn.SOMEONE else "", until(said, folder))
    return carry_out(command, said, folder)


def park(said: Said, folder: str) -> int:
    """Sleep until a date; without one until the next business day."""
    command = commands.Park(numbers(said, said.words), until(said, folder), said.value("--reason") or "")
    return carry_out(command, said, folder)


def wake(said: Said, folder: str) -> int:
    """Back to work now."""
    return carry_out(commands.Wake(numbers(said, said.words)), said, folder)


def until(said: Said, folder: str) -> str | None:
    """The stored instant that ``--until`` names; None without it. Raises UsageError when it names none."""
    typed = said.value("--until")
    if typed is None:
        return None
    found = moment(typed, folder)
    if found is None:
        raise said.wrong(f"--until can not be “{typed}”: say fri, “tomorrow 3pm”, +2h, +3bd, eod or “4 dec 15:00”.")
    return instant.to_text(found)
