"""Runs of checklists, begun from anywhere: the way into their screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deskmate.domain import instant
from deskmate.domain.due import span
from deskmate.domain.maintenance import StartRun
from deskmate.domain.run import state_text
from deskmate.tui import runs
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.screens.queue.group import Group

if TYPE_CHECKING:
    from deskmate.domain.commands import Command
    from deskmate.tui.gateway import Answer

CHOOSE = "run.choose"


class Runs(Group):
    """``run.choose``, and what other panels call: ``begin`` and ``go_on``."""

    def why_not(self, action: str) -> str | None:
        """There has to be one to run."""
        if action != CHOOSE:
            return None
        if self.screen.gateway.read_only:
            return READ_ONLY
        return "" if runs.names(self.screen.gateway) else "there is no checklist yet"

    async def run(self, action: str) -> bool:
        """Ask which."""
        if action != CHOOSE:
            return False
        self._choose()
        return True

    def begin(self, checklist: int) -> None:
        """Go on with the run of a checklist, or begin one: for the time it is due, where that counts by now."""
        screen = self.screen
        there = runs.open_of(screen.gateway, checklist)
        if there is not None:
            self.go_on(there.id)
            return
        nominal = runs.counts_for(screen.gateway, checklist, instant.to_text(screen.now()))

        def begun(command: Command, answer: Answer) -> None:
            if answer.error is not None:
                screen.say(answer.error.message, answer.error.hint, error=True)
                return
            self.go_on(answer.value.made)
            screen.say(f"{answer.value.label}   {screen.keymap.key('undo')} undo")

        screen.gateway.run(StartRun(checklist, nominal), begun)

    def go_on(self, key: int) -> None:
        """Show a run; leaving it comes back to where one is now."""
        over = self.screen.over
        back: dict[str, Any] | None = None
        if over is not None:
            place = over.place()
            back = place.get("from") if over.scope == "run" else place
        self.screen.panels.go({"panel": "run", "run": key, "from": back})

    def _choose(self) -> None:
        from deskmate.tui.dialogs.choose import Choice, ChooseDialog

        screen = self.screen
        now = screen.now()
        choices = [
            Choice(
                "run",
                run.id,
                "goes on",
                run.checklist.name,
                f"{state_text(run)}  begun {span(max(now - instant.from_text(run.started_at), now - now))} ago",
            )
            for run in runs.open_runs(screen.gateway)
        ]
        going = {choice.title for choice in choices}
        choices += [
            Choice("checklist", key, "", name) for key, name in runs.names(screen.gateway) if name not in going
        ]

        def fitting(typed: str) -> tuple[list[Choice], None]:
            words = typed.casefold().split()
            return [each for each in choices if all(word in each.title.casefold() for word in words)], None

        async def chosen(choice: Choice | None) -> None:
            if choice is not None and choice.what == "run":
                self.go_on(choice.value)
            elif choice is not None:
                self.begin(choice.value)

        screen.app.push_screen(ChooseDialog(screen.gateway, "Run", fitting, lambda choice: ""), chosen)
