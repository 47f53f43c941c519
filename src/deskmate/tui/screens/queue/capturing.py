"""Taking in what somebody wants: the capture dialog and what comes of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from deskmate.domain.row import label
from deskmate.domain.text import safe
from deskmate.tui.dialogs.base import CAPTURE, INTERRUPTED
from deskmate.tui.dialogs.capture import Captured, CaptureDialog
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.screens.queue.group import Group

if TYPE_CHECKING:
    from deskmate.domain.commands import Numbers
    from deskmate.tui.gateway import Answer


class Capturing(Group):
    """Opens capture over the queue. Its key works anywhere, so the app runs it."""

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Open capture again."""
        if kind not in (CAPTURE, INTERRUPTED):
            return False
        self.open(text, now=kind == INTERRUPTED)
        return True

    def open(self, text: str | None = None, *, pasted: str = "", now: bool = False) -> None:
        """Open capture, with the line that was left there and what was pasted; ``now`` to take it at once."""
        screen = self.screen
        if screen.gateway.read_only:
            screen.say(READ_ONLY, error=True)
            return
        cursor = -1
        if text is None:
            text, cursor = screen.gateway.draft(INTERRUPTED if now else CAPTURE)
        dialog = CaptureDialog(screen.gateway, screen.now, text, cursor, pasted, take=now)
        screen.open_dialog(dialog, self._captured)

    async def _captured(self, result: Captured | None) -> None:
        if result is None:
            return
        if result.take:
            await self.screen.interrupting.take(result)
            return
        stored = partial(self._stored, result)
        if result.join is not None:
            self.screen.gateway.receive(result.join, result.said, result.capture, result.kind, stored)
        else:
            self.screen.gateway.capture(result.capture, result.body, result.kind, stored)

    def _stored(self, result: Captured, answer: Answer) -> None:
        screen = self.screen
        if answer.error is not None:
            screen.say(answer.error.message, answer.error.hint, error=True)
            self.reopen(result.kind, (), result.draft)
            return
        screen.look_for_news()
        number = label(answer.value)
        if result.join is not None:
            screen.say(f"received on {number}   u undo")
        else:
            screen.say(f"{number} {safe(result.capture.title) or '(untitled)'}")
