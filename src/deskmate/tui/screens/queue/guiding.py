"""Guides that come of requests: begun with what solved one, and the word that one is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.domain.guiding import MakeGuide
from deskmate.domain.row import label
from deskmate.tui import guides
from deskmate.tui.actions.reasons import Rule
from deskmate.tui.screens.queue.group import Group

if TYPE_CHECKING:
    from deskmate.domain.commands import Outcome

MAKE = "guide.make"


class Guiding(Group):
    """``M`` on a request."""

    rules = {MAKE: Rule("make a guide of")}

    async def run(self, action: str) -> bool:
        """Begin a guide with what solved the request, and go on in its editor."""
        if action != MAKE:
            return False
        numbers = self.screen.targets()
        if len(numbers) > 1:
            self.screen.say("a guide is made of one request at a time", error=True)
            return True
        await self.screen.verbs.settle()  # what solved it may be on its way
        self.screen.verbs.send(MakeGuide(numbers[0]), then=self._made)
        return True

    async def resolved(self, outcome: Outcome, said: str) -> None:
        """Say quietly, behind what was said of resolving, that this was one of several with no guide."""
        if len(outcome.requests) != 1:
            return
        wanted = await guides.wanted_later(self.screen.gateway, outcome.requests[0])
        if wanted:
            makes = f"{self.screen.keymap.key(MAKE)} on {label(outcome.requests[0])} makes one"
            self.screen.footer.add(said, f"{wanted}   {makes}")

    def _made(self, outcome: Outcome) -> None:
        screen = self.screen
        screen.panels.go({"panel": "guide", "guide": outcome.made})
        more = f"   {outcome.notes[0]}" if outcome.notes else ""
        screen.say(f"{outcome.label}{more}   {screen.keymap.key('undo')} undo")
