"""The door to what is announced: what has passed, and how it leaves the app's own screen.

A part of the gateway that a start does not need.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from deskmate.domain.attention import may_come
from deskmate.domain.text import fit, safe
from deskmate.store import attention
from deskmate.store.read import changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deskmate.domain.attention import Reminder
    from deskmate.domain.hours import State
    from deskmate.tui.gateway import Gateway, Then

ROOM = 160
"""Cells of a notification: more of a title is of no use there."""


class Reminders:
    """What there is to say, as the data folder knows it, and the ways outside."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def last(self) -> int:
        """The newest that was written."""
        return self._gateway.read_whole(changes.last_seq)

    def passed(self, since: str, at: str, seq: int, state: State) -> tuple[list[Reminder], list[Reminder], int]:
        """What may be said now of the time between two stored instants and of what came in after ``seq``.

        The second is what waits until the door says something else than ``state``, the last up to which seq this is.
        """
        found, last = self._gateway.read_whole(attention.passed, since, at, seq)
        rules = self._gateway.rules() if found else []
        may = [each for each in found if may_come(each, state, rules)]
        return may, [each for each in found if each not in may], last

    def missed(self, at: str) -> int | None:
        """How much of all checklists was missed; None while that is being counted."""
        return self._gateway.read_whole(attention.missed, at)

    def fire(self, keys: Sequence[str], then: Then, said: str = "") -> None:
        """Take down that these are said; ``then`` gets the keys that never were. ``said`` is what the clock did."""
        self._gateway._put(lambda desk: desk.fire(keys, said), then)

    def notify(self, command: Sequence[str], text: str, then: Then) -> None:
        """Have the technician's own command show a text."""

        def job() -> None:
            from deskmate.services.programs import notify

            notify(command, fit(safe(text), ROOM).rstrip())

        self._gateway.aside(job, then)


_FORMS = {
    "osc9": "\x1b]9;deskmate: {}\x1b\\",
    "osc777": "\x1b]777;notify;deskmate;{}\x1b\\",
    "osc99": "\x1b]99;i=deskmate;deskmate: {}\x1b\\",
}


def sequence(form: str, text: str) -> str:
    """What makes a terminal show a notification. tmux passes it on where its ``allow-passthrough`` is on."""
    said = _FORMS[form].format(fit(safe(text), ROOM).rstrip())
    if "TMUX" not in os.environ:
        return said
    doubled = said.replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{doubled}\x1b\\"
