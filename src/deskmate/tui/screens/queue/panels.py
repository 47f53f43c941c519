"""The panels that stand over the queue, each imported when it is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deskmate.tui.actions.keys import PANELS
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.screens.queue.group import Group

if TYPE_CHECKING:
    from deskmate.domain.commands import Numbers

QUEUE, AVAILABILITY = "panel.queue", "panel.availability"
FORMS = "hours:"
"""How the kinds of the dialogs of office time begin."""


class Panels(Group):
    """The keys of the panels, and what is asked there."""

    def why_not(self, action: str) -> str | None:
        """One is there already, or the one that knows the action is not."""
        over = self.screen.over
        if action in (QUEUE, AVAILABILITY):
            here = QUEUE if over is None else f"panel.{over.scope}"
            return f"this is {action.removeprefix('panel.')} already" if action == here else ""
        for name, table in PANELS.items():
            prefixes = [self.screen.keymap.prefixes[found[7:]] for found in table.values() if found[:7] == "prefix:"]
            if action in table.values() or any(action in prefix.values() for prefix in prefixes):
                return f"this works in another panel, {self.screen.keymap.key(f'panel.{name}')} goes there"
        return None

    async def run(self, action: str) -> bool:
        """Go to a panel."""
        if action == AVAILABILITY:
            self.go({})
        elif action == QUEUE:
            self.close()
        else:
            return False
        return True

    def go(self, place: dict[str, Any]) -> None:
        """Put the panel of a place over the queue; an empty place is where it begins."""
        from deskmate.tui.screens.availability.screen import AvailabilityScreen

        screen = self.screen
        if screen.over is None:
            screen.search.end()
            screen.over = AvailabilityScreen(screen)
            screen.app.push_screen(screen.over)
        screen.over.go(place)
        screen.place.remember()

    def close(self) -> None:
        """Back to the queue, if something stands over it."""
        screen = self.screen
        if screen.over is not None:
            while isinstance(screen.app.screen, Dialog):  # what is being written stays as a draft
                screen.app.screen.leave()
            screen.over.dismiss()
            screen.over = None
            screen.place.remember()

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """A form of office time, over its panel."""
        if not kind.startswith(FORMS):
            return False
        if self.screen.over is None:
            self.go({})
        assert self.screen.over is not None
        return self.screen.over.editing.reopen(kind, text)
