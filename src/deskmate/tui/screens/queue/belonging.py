"""How requests belong together: their cause, links between them, and those that are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.domain import commands
from deskmate.domain.commands import Numbers
from deskmate.domain.row import label, parse_label
from deskmate.tui.actions.reasons import Rule
from deskmate.tui.screens.queue.group import Group
from deskmate.tui.screens.queue.verbs import about, status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from deskmate.domain.timeline import Other
    from deskmate.errors import DeskmateError
    from deskmate.tui.dialogs.pick import Offer, PickDialog

OFFERED = 20
"""So many of the marked ones are offered to go on for all; others are typed."""


class Belonging(Group):
    """Causes, links and merges. Each asks in one line, with what may be meant below it."""

    rules = {"cause": Rule("say the cause of"), "link": Rule("link"), "merge": Rule("merge")}

    async def run(self, action: str) -> bool:
        """Run one of the three."""
        if action not in self.rules:
            return False
        numbers = self.screen.targets()
        if action == "merge" and self._all_merged(numbers):
            self.screen.verbs.do(commands.Unmerge, numbers)
        elif action != "merge" or not self._refused(numbers):
            self.reopen(action, numbers)
        return True

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Open the dialog of one of the three."""
        ask = {"cause": self._ask_cause, "link": self._ask_link, "merge": self._ask_merge}.get(kind)
        if ask is None:
            return False
        kept, cursor = self.screen.gateway.draft(f"{kind}:{numbers[0]}")
        ask(numbers, *((kept, cursor) if text is None or text == kept else (text, -1)))
        return True

    # --- cause ----------------------------------------------------------------------------------------------

    def _ask_cause(self, numbers: Numbers, text: str, cursor: int) -> None:
        from deskmate.tui.dialogs.pick import Offer, PickDialog

        gateway = self.screen.gateway
        found = gateway.detail(numbers[0], 0, 1)
        stored = (found.request.cause if found and len(numbers) == 1 else None) or ""
        known = gateway.causes(found.request.category if found else None)

        def offers(typed: str) -> Sequence[Offer]:
            folded = typed.strip().casefold()
            return [Offer(cause, cause) for cause in known if folded in cause.casefold() and cause != stored]

        title = f"{about(numbers)}: the cause, not what was seen"
        dialog = PickDialog(
            gateway, "cause", numbers, title, "set the cause", offers, text=text, cursor=cursor, stored=stored
        )
        self._open(dialog, lambda cause: None if cause == stored else lambda to: commands.SetCause(to, cause))

    # --- link and merge -------------------------------------------------------------------------------------

    def _ask_link(self, numbers: Numbers, text: str, cursor: int) -> None:
        from deskmate.tui.dialogs.pick import PickDialog

        gateway = self.screen.gateway
        found = gateway.detail(numbers[0], 0, 1)
        linked = found.linked if found and len(numbers) == 1 else ()
        known = {other.number for other in linked}

        def offers(typed: str) -> Sequence[Offer]:
            suggested = gateway.suggested(numbers[0], typed, self.screen.now(), going_on=False)
            if typed.strip():
                return [_offer(other, known) for other in suggested]
            return [_offer(other, known) for other in (*linked, *(each for each in suggested if each not in linked))]

        def make(value: str) -> Callable[[Numbers], commands.Command] | None:
            other = parse_label(value) or 0
            remove = other in known
            return lambda targets: commands.Link(targets, other, remove=remove)

        title = f"{about(numbers)}: link with which? number or words"
        dialog = PickDialog(gateway, "link", numbers, title, "link", offers, text=text, cursor=cursor, only=True)
        self._open(dialog, make)

    def _ask_merge(self, numbers: Numbers, text: str, cursor: int) -> None:
        """One asks what it is the same as; of several marked, the one under the cursor or the first goes on."""
        from deskmate.tui.dialogs.pick import PickDialog

        gateway = self.screen.gateway
        here = self.screen.listing.current
        several = len(numbers) > 1
        first = here if here in numbers else min(numbers)
        beside = [here] if here is not None else []
        going_on = gateway.others(dict.fromkeys([first, *sorted(numbers)[:OFFERED], *beside])) if several else []

        def offers(typed: str) -> Sequence[Offer]:
            if typed.strip() or not several:
                return [
                    _offer(other) for other in gateway.suggested(numbers[0], typed, self.screen.now(), going_on=True)
                ]
            return [_offer(other) for other in going_on]

        def make(value: str) -> Callable[[Numbers], commands.Command] | None:
            into = parse_label(value) or 0
            return lambda targets: commands.Merge(
                tuple(number for number in targets if number != into) or targets, into
            )

        title = f"{about(numbers)}: which one goes on for all? number or words"
        if not several:
            title = f"{about(numbers)}: merge into which? number or words"
        picked = 0 if several else -1
        dialog = PickDialog(
            gateway, "merge", numbers, title, "merge", offers, text=text, cursor=cursor, only=True, picked=picked
        )
        self._open(dialog, make)

    def _all_merged(self, numbers: Numbers) -> bool:
        found = [self.screen.gateway.detail(number, 0, 1) for number in numbers]
        return bool(found) and all(each is not None and each.request.merged_into is not None for each in found)

    def _refused(self, numbers: Numbers) -> bool:
        reason = self.screen.reason(Rule("merge", status_of("merge")), numbers)
        if reason:
            self.screen.say(reason, error=True)
        return bool(reason)

    def _open(self, dialog: PickDialog, make: Callable[[str], Callable[[Numbers], commands.Command] | None]) -> None:
        """Open the dialog; ``make`` gives the command for what it gives back, or None when nothing is to be done."""
        numbers, draft = dialog.requests, dialog.draft

        def picked(value: str | None) -> None:
            if value is None:
                return
            command = make(value)
            if command is None:
                self.screen.gateway.save_draft(draft, "", 0, numbers[0])
                return

            def back(error: DeskmateError) -> None:
                self.reopen(dialog.kind, numbers, value)

            self.screen.verbs.do(command, numbers, draft=draft, back=back)

        self.screen.open_dialog(dialog, picked)


def _offer(other: Other, linked: set[int] | frozenset[int] = frozenset()) -> Offer:
    from deskmate.tui.dialogs.pick import Offer

    said = "linked; enter takes the link away" if other.number in linked else str(other.status)
    return Offer(label(other.number), f"{label(other.number)} {other.title or '(untitled)'}", said)
