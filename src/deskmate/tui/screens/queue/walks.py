"""Walk-throughs of guides, begun from anywhere: the way into their screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deskmate.domain import row as at
from deskmate.domain.guide_record import usage_text
from deskmate.domain.guiding import StartWalk
from deskmate.domain.row import label
from deskmate.domain.status import ENDED
from deskmate.domain.walk import place_text
from deskmate.tui import walks
from deskmate.tui.actions.reasons import Rule
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.screens.queue.group import Group

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from deskmate.domain.commands import Command
    from deskmate.domain.walk import Walk
    from deskmate.tui.dialogs.choose import Choice
    from deskmate.tui.gateway import Answer

WITH = "walkthrough"


class Walks(Group):
    """``W`` on a request, and what panels call: ``begin``, ``begin_here`` and ``go_on``."""

    rules = {WITH: Rule("walk through a guide with")}

    def why_not(self, action: str) -> str | None:
        """There has to be a guide; a request that has ended is gone on with only."""
        if action != WITH:
            return None
        gateway, key = self.screen.gateway, self.screen.keymap.key
        if reason := super().why_not(action):
            return reason
        if gateway.read_only:
            return READ_ONLY
        numbers = self.screen.targets()
        if numbers and walks.going_on(gateway, numbers[0]):
            return ""
        row = self.screen.row_of(numbers[0]) if numbers else None
        if row is not None and row[at.STATUS] in ENDED:
            return f"{label(numbers[0])} is {row[at.STATUS]}, so nothing is begun for it"
        return "" if walks.is_any(gateway) else f"no guide is published yet; {key('panel.guides')} goes to them"

    async def run(self, action: str) -> bool:
        """Ask which guide; of a request that has one begun, go on with that."""
        if action != WITH:
            return False
        numbers = self.screen.targets()
        if len(numbers) > 1:
            self.screen.say("a guide is walked through with one request at a time", error=True)
            return True
        await self.screen.verbs.settle()  # one may be coming back at this moment
        going = walks.going_on(self.screen.gateway, numbers[0])
        if len(going) == 1:
            self.go_on(going[0].id)
        else:
            self._choose_for(numbers[0], going)
        return True

    def begin(self, guide: int, request: int | None = None, person: int | None = None) -> None:
        """Begin a guide with a request, or go on where that was begun."""
        self.screen.gateway.run(StartWalk(guide, request, person), self._begun)

    def begin_here(self, guide: int) -> None:
        """Begin a guide with what is worked on, else for itself; of what goes on, ask."""
        focus, going = self.screen.stopwatch.focus, walks.open_of_guide(self.screen.gateway, guide)
        if focus is not None or not going:
            self.begin(guide, focus.number if focus is not None else None)
            return
        from deskmate.tui.dialogs.choose import Choice

        title = going[0].guide.title

        def chosen(choice: Choice) -> None:
            if choice.what == "walk":
                self.go_on(choice.value)
            else:
                self.begin(guide)

        choices = [self._going(each) for each in going]
        if all(each.request is not None or each.person is not None for each in going):
            choices.append(Choice("guide", guide, "", title, "from the first step"))
        self.pick(f"Walk through {title}", choices, chosen)

    def go_on(self, key: int) -> None:
        """Show a walk-through; leaving it comes back to where one is now."""
        over = self.screen.over
        back: dict[str, Any] | None = None
        if over is not None:
            place = over.place()
            back = place.get("from") if over.scope == "walk" else place
        self.screen.panels.go({"panel": "walk", "walk": key, "from": back})

    def _choose_for(self, number: int, going: tuple[Walk, ...]) -> None:
        from deskmate.tui.dialogs.choose import Choice

        begun = {walk.guide.id for walk in going}
        choices = [self._going(each) for each in going]
        for each in walks.offered(self.screen.gateway, number):
            if each.key not in begun:
                note = usage_text(each.used, each.solved)
                choices.append(Choice("guide", each.key, "fits" if each.fits else "", each.title, note))
        words = {each.key: each.words for each in walks.offered(self.screen.gateway)}

        def chosen(choice: Choice) -> None:
            if choice.what == "walk":
                self.go_on(choice.value)
            else:
                self.begin(choice.value, number)

        self.pick(f"Walk through with {label(number)}", choices, chosen, words)

    def _going(self, walk: Walk) -> Choice:
        from deskmate.tui.dialogs.choose import Choice

        whom = f" with {label(walk.request)}" if walk.request is not None else ""
        return Choice("walk", walk.id, "goes on", walk.guide.title, f"{place_text(walk)}{whom}")

    def _begun(self, command: Command, answer: Answer) -> None:
        screen = self.screen
        if answer.error is not None:
            screen.say(answer.error.message, answer.error.hint, error=True)
            return
        self.go_on(answer.value.made)
        screen.say(f"{answer.value.label}   {screen.keymap.key('undo')} undo")

    def pick(
        self, title: str, choices: list[Choice], then: Callable[[Choice], None], words: Mapping[int, str] = {}
    ) -> None:
        """Let one be found by typing words of its title, or those that users say."""
        from deskmate.tui.dialogs.choose import ChooseDialog

        def fitting(typed: str) -> tuple[list[Choice], None]:
            wanted = typed.casefold().split()
            held = (
                (each, f"{each.title} {words.get(each.value, '') if each.what == 'guide' else ''}".casefold())
                for each in choices
            )
            return [each for each, text in held if all(word in text for word in wanted)], None

        async def chosen(choice: Choice | None) -> None:
            if choice is not None:
                then(choice)

        self.screen.app.push_screen(ChooseDialog(self.screen.gateway, title, fitting, lambda choice: ""), chosen)
