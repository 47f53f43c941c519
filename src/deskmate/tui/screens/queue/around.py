"""What stands around the request under the cursor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.timer import Timer

from deskmate.tui.actions.reasons import Rule
from deskmate.tui.context_lines import Target
from deskmate.tui.frame import CONTEXT_FROM
from deskmate.tui.screens.queue.group import Group
from deskmate.tui.widgets.context_pane import ContextPane

if TYPE_CHECKING:
    from deskmate.domain.commands import Numbers
    from deskmate.domain.context import Context
    from deskmate.tui.dialogs.context import ContextDialog
    from deskmate.tui.screens.queue.screen import QueueScreen

REST = 0.15
"""Seconds the cursor has to rest on a request before what stands around it is read."""


class Around(Group):
    """The context of a request, beside it or over the panel."""

    rules = {"context": Rule("show", reads=True)}

    def __init__(self, screen: QueueScreen) -> None:
        super().__init__(screen)
        self.pane = ContextPane()
        self._timer: Timer | None = None
        self._overlay: ContextDialog | None = None

    # --- the pane -------------------------------------------------------------------------------------------

    def moved(self) -> None:
        """The cursor moved, or what it stands on changed: read anew once it rests.

        What stood around another request is gone at once; what stood around this one stays until then.
        """
        shown = self.pane.context
        if shown is not None and shown.number != self.screen.listing.current:
            self.pane.show(None)
        if self._timer is not None:
            self._timer.reset()
        elif self._overlay is not None or self.screen.size.width >= CONTEXT_FROM:
            self._timer = self.screen.set_timer(REST, self._rested)

    def _rested(self) -> None:
        self._timer = None
        number = self._overlay.requests[0] if self._overlay else self.screen.listing.current
        if number is not None:
            self.screen.run_worker(self._read(number), exclusive=True, group="context")

    async def _read(self, number: int) -> None:
        gateway = self.screen.gateway
        self._show(number, gateway.context(number) or await gateway.context_later(number))

    def _show(self, number: int, context: Context | None) -> None:
        if number == self.screen.listing.current:
            self.pane.show(context)
        if self._overlay is not None and self._overlay.requests[0] == number:
            self._overlay.show(context)

    # --- the overlay ----------------------------------------------------------------------------------------

    async def run(self, action: str) -> bool:
        """Open the context of the request under the cursor."""
        if action != "context":
            return False
        if self.screen.listing.current is None:
            self.screen.say("there is no request here", error=True)
        else:
            self._open_context(self.screen.listing.current)
        return True

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Open the context again."""
        if kind == "context":
            self._open_context(numbers[0])
        return kind == "context"

    def _open_context(self, number: int) -> None:
        from deskmate.tui.dialogs.context import ContextDialog, Ways

        cards = self.screen.cards
        ways = Ways(*(partial(way, number=number) for way in (cards.card, cards.drop, cards.merge)))
        overlay = ContextDialog(self.screen.gateway, number, ways)
        known = self.screen.gateway.context(number)
        overlay.show(known)

        def closed(target: Target | None) -> None:
            self._overlay = None
            if target is not None and target[0] == "run":
                self.screen.runs.to_run(target[1], number)
            elif target is not None and target[0] == "walk":
                self.screen.walks.go_on(target[1])
            elif target is not None and target[0] == "guide":
                self.screen.panels.go({"panel": "guides", "key": target[1]})
            elif target is not None:
                self.screen.go_to_request(target[1])

        self._overlay = overlay
        self.screen.open_dialog(overlay, closed)
        if known is None:
            self.screen.run_worker(self._read(number), exclusive=True, group="context")
