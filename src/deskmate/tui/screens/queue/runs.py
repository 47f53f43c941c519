"""Runs of checklists, begun from anywhere: the way into their screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deskmate.domain import instant
from deskmate.domain import row as at
from deskmate.domain.due import span
from deskmate.domain.maintenance import StartRun
from deskmate.domain.row import Row, label
from deskmate.domain.run import state_text
from deskmate.domain.status import ENDED
from deskmate.tui import runs
from deskmate.tui.actions.reasons import Rule
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.screens.queue.group import Group

if TYPE_CHECKING:
    from collections.abc import Callable

    from deskmate.domain.commands import Command, Numbers
    from deskmate.tui.dialogs.choose import Choice
    from deskmate.tui.gateway import Answer

CHOOSE, FOR = "run.choose", "checks"
NEEDED = "needed-"
"""The dialog that asks by when a request is needed, by the key of the checklist that is to be run for it."""
SKIP = "leaves it open; days count from nothing then"


def _goes_on(row: Row) -> str:
    ended = row[at.STATUS] in ENDED
    return f"it is {row[at.STATUS]}, so nothing is begun for it" if ended else ""


class Runs(Group):
    """``T`` and ``run.choose``, and what other panels call: ``begin``, ``go_on`` and ``choose_for``."""

    rules = {FOR: Rule("run a checklist for", _goes_on)}

    def why_not(self, action: str) -> str | None:
        """There has to be one to run."""
        if action not in (CHOOSE, FOR):
            return None
        if action == FOR and (reason := super().why_not(action)):
            return reason
        if self.screen.gateway.read_only:
            return READ_ONLY
        return "" if runs.names(self.screen.gateway) else "there is no checklist yet"

    async def run(self, action: str) -> bool:
        """Ask which; of a request that has one begun, go on with that."""
        if action == CHOOSE:
            self._choose()
        elif action == FOR:
            self._run_for(self.screen.targets())
        else:
            return False
        return True

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Ask again by when it is needed."""
        if not kind.startswith(NEEDED):
            return False
        self._ask_needed(numbers[0], int(kind.removeprefix(NEEDED)), text)
        return True

    # --- for a request --------------------------------------------------------------------------------------

    def _run_for(self, numbers: Numbers) -> None:
        if len(numbers) > 1:
            self.screen.say("a checklist is run for one request at a time", error=True)
            return
        going = runs.open_for(self.screen.gateway, numbers)
        if len(going) == 1:
            self.go_on(going[0].id)
        else:
            self.choose_for(numbers[0])

    def choose_for(self, number: int) -> None:
        """Ask which checklist to run for a request, those first that are made for that."""
        from deskmate.tui.dialogs.choose import Choice

        gateway = self.screen.gateway
        going = runs.open_for(gateway, (number,))
        begun = {run.checklist.id for run in going}
        choices = [Choice("run", run.id, "goes on", run.checklist.name, state_text(run)) for run in going]
        for key, words in runs.led_to(gateway, number):
            choices.append(Choice("run", key, "found by", words))
        for key, name, scheduled, days in runs.to_begin(gateway):
            note = "days from its needed by" if days else "on a schedule, too" if scheduled else ""
            choices += [] if key in begun else [Choice("days" if days else "list", key, "", name, note)]

        def chosen(choice: Choice) -> None:
            if choice.what == "run":
                self.go_on(choice.value, self._item_of(choice.value, number))
            elif choice.what == "days" and self._needed_by(number) is None:
                self._ask_needed(number, choice.value)
            else:
                self._begin_for(number, choice.value)

        self._pick(f"Run for {label(number)}", choices, chosen)

    def to_run(self, key: int, number: int) -> None:
        """To a run for a request, or to the item of it that led to the request."""
        self.go_on(key, self._item_of(key, number))

    def _item_of(self, key: int, number: int) -> int | None:
        found = runs.found_by(self.screen.gateway, number)
        return next((item for run, item in found if run == key), None)

    def _needed_by(self, number: int) -> str | None:
        found = self.screen.gateway.detail(number, 0, 1)
        return found.request.needed_by if found else None

    def _ask_needed(self, number: int, checklist: int, text: str | None = None) -> None:
        """By when it is needed, which the days of the list are counted from; then begin it."""
        from deskmate.tui.dialogs.date import DateDialog

        gateway, now = self.screen.gateway, self.screen.now
        kind = f"{NEEDED}{checklist}"
        draft = f"{kind}:{number}"
        kept, cursor = gateway.draft(draft)
        if text is not None and text != kept:
            kept, cursor = text, -1

        def dated(line: str | None) -> None:
            if line is None:
                return
            moment = gateway.moment(line, now()) if line.strip() else None
            self._begin_for(number, checklist, instant.to_text(moment) if moment else None, draft, line)

        title = f"{label(number)}: needed by"
        dialog = DateDialog(gateway, kind, (number,), title, now, skip=SKIP, text=kept, cursor=cursor)
        self.screen.open_dialog(dialog, dated)

    def _begin_for(
        self, number: int, checklist: int, needed_by: str | None = None, draft: str = "", line: str = ""
    ) -> None:
        def begun(command: Command, answer: Answer) -> None:
            self._begun(command, answer)
            if answer.error is not None and line.strip():
                self._ask_needed(number, checklist, line)

        self.screen.gateway.run(StartRun(checklist, None, number, needed_by), begun, draft=draft)

    # --- of any -----------------------------------------------------------------------------------------------

    def begin(self, checklist: int) -> None:
        """Go on with the run of a checklist, or begin one: for the time it is due, where that counts by now."""
        screen = self.screen
        there = runs.open_of(screen.gateway, checklist)
        if there is not None:
            self.go_on(there.id)
            return
        nominal = runs.counts_for(screen.gateway, checklist, instant.to_text(screen.now()))
        screen.gateway.run(StartRun(checklist, nominal), self._begun)

    def _begun(self, command: Command, answer: Answer) -> None:
        screen = self.screen
        if answer.error is not None:
            screen.say(answer.error.message, answer.error.hint, error=True)
            return
        self.go_on(answer.value.made)
        screen.say(f"{answer.value.label}   {screen.keymap.key('undo')} undo")

    def go_on(self, key: int, item: int | None = None) -> None:
        """Show a run, at this item or the first that is open; leaving it comes back to where one is now."""
        over = self.screen.over
        back: dict[str, Any] | None = None
        if over is not None:
            place = over.place()
            back = place.get("from") if over.scope == "run" else place
        self.screen.panels.go({"panel": "run", "run": key, "item": item, "from": back})

    def _choose(self) -> None:
        from deskmate.tui.dialogs.choose import Choice

        screen = self.screen
        now = screen.now()
        open_runs = runs.open_runs(screen.gateway)
        choices = []
        for run in open_runs:
            ago = span(max(now - instant.from_text(run.started_at), now - now))
            whom = f" for {label(run.request)}" if run.request is not None else ""
            note = f"{state_text(run)}{whom}  begun {ago} ago"
            choices.append(Choice("run", run.id, "goes on", run.checklist.name, note))
        going = {run.checklist.id for run in open_runs if run.request is None}
        choices += [
            Choice("checklist", key, "", name) for key, name in runs.names(screen.gateway) if key not in going
        ]

        def chosen(choice: Choice) -> None:
            if choice.what == "run":
                self.go_on(choice.value)
            else:
                self.begin(choice.value)

        self._pick("Run", choices, chosen)

    def _pick(self, title: str, choices: list[Choice], then: Callable[[Choice], None]) -> None:
        """Let one be found by typing."""
        from deskmate.tui.dialogs.choose import ChooseDialog

        def fitting(typed: str) -> tuple[list[Choice], None]:
            words = typed.casefold().split()
            return [each for each in choices if all(word in each.title.casefold() for word in words)], None

        async def chosen(choice: Choice | None) -> None:
            if choice is not None:
                then(choice)

        dialog = ChooseDialog(self.screen.gateway, title, fitting, lambda choice: "")
        self.screen.app.push_screen(dialog, chosen)
