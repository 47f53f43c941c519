"""Putting requests aside: waiting on somebody, and parking until a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.domain import calendar, commands, instant
from deskmate.domain import row as at
from deskmate.domain.row import Row
from deskmate.domain.status import WaitingOn
from deskmate.domain.waiting import whom, why_not_wait, why_not_wake
from deskmate.tui.actions.reasons import Rule, Why
from deskmate.tui.dialogs.prompt import PromptDialog
from deskmate.tui.screens.queue.group import Group
from deskmate.tui.screens.queue.verbs import Make, about, status_of

if TYPE_CHECKING:
    from deskmate.domain.commands import Numbers
    from deskmate.errors import DeskmateError
    from deskmate.tui.screens.queue.screen import QueueScreen

USUAL = "usual"
"""The choice of three business days."""
NAME = "someone"
"""The dialog that asks who it is that one waits for."""
PARK = "park"
WAIT = "wait-"
"""The dialogs that ask for a date: that of a wait goes by whom it is on."""


def _may_wait(on: WaitingOn) -> Why:
    return lambda row: why_not_wait(row[at.STATUS], on, row[at.WHO])


def _may_wake(row: Row) -> str:
    return why_not_wake(row[at.STATUS], row[at.WAKE_AT])


RULES = {f"wait.{on}": Rule("wait", _may_wait(on)) for on in WaitingOn}
RULES |= {f"park.{date}": Rule("park", status_of("park")) for date in (*calendar.LATER, "typed")}
RULES |= {"park.wake": Rule("wake", _may_wake)}


class Waits(Group):
    """``w`` and ``z``. A wait is asked for in two steps: on whom, then until when."""

    rules = RULES

    def __init__(self, screen: QueueScreen) -> None:
        super().__init__(screen)
        self._on = WaitingOn.REQUESTER
        self._who = ""

    async def run(self, action: str) -> bool:
        """Run what puts aside or takes up again."""
        verb, _, which = action.partition(".")
        if verb == "wait":
            self._on, self._who = WaitingOn(which), ""
            if self._on is WaitingOn.SOMEONE:
                self._ask(NAME)
            else:
                self.screen.wait_for("chase")
        elif verb == "chase":
            if which == "typed":
                self._ask(WAIT + self._on)
            else:
                self._wait(which)
        elif action == "park.wake":
            self.screen.verbs.act("wake", commands.Wake, _may_wake)
        elif action == "park.typed":
            self._ask(PARK)
        elif verb == "park":
            self.screen.verbs.act("park", lambda numbers: commands.Park(numbers, self._date(which)))
        else:
            return False
        return True

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Ask for the name or the date again."""
        if kind not in (NAME, PARK) and not kind.startswith(WAIT):
            return False
        kept, cursor = self.screen.gateway.draft(f"{kind}:{numbers[0]}")
        if text is not None and text != kept:
            kept, cursor = text, -1
        if kind == NAME:
            title = f"{about(numbers)}: waiting on whom"
            prompt = PromptDialog(self.screen.gateway, NAME, numbers, title, "then a date", kept, cursor)
            self.screen.open_dialog(prompt, lambda name: self._named(numbers, name))
            return True
        from deskmate.tui.dialogs.date import DateDialog

        title, more = f"{about(numbers)}: park until", "why"
        if kind != PARK:
            self._on, more = WaitingOn(kind.removeprefix(WAIT)), ""
            if self._on is WaitingOn.SOMEONE and not self._who:  # after a restart
                self._who = self.screen.gateway.draft(f"{NAME}:{numbers[0]}")[0]
            title = f"{about(numbers)}: waiting on {whom(self._on, self._who)}, chase"
        asked = DateDialog(
            self.screen.gateway, kind, numbers, title, self.screen.now, more=more, text=kept, cursor=cursor
        )
        self.screen.open_dialog(asked, lambda line: self._dated(kind, numbers, line))
        return True

    def _ask(self, kind: str) -> None:
        numbers = self.screen.targets()
        verb = "park" if kind == PARK else "wait"
        reason = self.screen.verbs.reason(verb, numbers, None if kind == PARK else _may_wait(self._on))
        if reason:
            self.screen.say(reason, error=True)
        else:
            self.reopen(kind, numbers)

    def _named(self, numbers: Numbers, name: str | None) -> None:
        """The name is known; it stays as a draft until the date is."""
        if name is None:
            return
        if not name.strip():
            self.screen.say("nobody was named, so it waits for nobody", error=True)
            return
        self._on, self._who = WaitingOn.SOMEONE, name.strip()
        self.screen.gateway.save_draft(f"{NAME}:{numbers[0]}", name, len(name), numbers[0])
        self.screen.wait_for("chase")

    def _dated(self, kind: str, numbers: Numbers, line: str | None) -> None:
        if line is None:
            return
        make: Make
        if kind == PARK:
            reason = line.partition(",")[2].strip()
            make = lambda targets: commands.Park(targets, self._typed(line), reason)  # noqa: E731
        else:
            on, who = self._on, self._who
            make = lambda targets: commands.Wait(targets, on, who, self._typed(line))  # noqa: E731

        def back(error: DeskmateError) -> None:
            self.reopen(kind, numbers, line)

        then = (lambda outcome: self._forget_name(numbers)) if kind == WAIT + WaitingOn.SOMEONE else None
        self.screen.verbs.do(make, numbers, draft=f"{kind}:{numbers[0]}", back=back, then=then)

    def _wait(self, which: str) -> None:
        """Wait until the date of a key, the name that was typed for it being done with."""
        on, who, numbers = self._on, self._who, self.screen.targets()
        reason = self.screen.verbs.reason("wait", numbers, _may_wait(on))
        if reason:
            self.screen.say(reason, error=True)
            return

        def make(targets: Numbers) -> commands.Command:
            return commands.Wait(targets, on, who, None if which == USUAL else self._date(which))

        self.screen.verbs.do(make, numbers, draft=f"{NAME}:{numbers[0]}" if who else "")

    def _date(self, which: str) -> str:
        """The date of a key, as it is now: a verb may be repeated later."""
        return instant.to_text(self.screen.gateway.calendar.later(which, self.screen.now()))

    def _typed(self, line: str) -> str:
        now = self.screen.now()
        return instant.to_text(self.screen.gateway.moment(line.partition(",")[0], now) or now)

    def _forget_name(self, numbers: Numbers) -> None:
        self.screen.gateway.save_draft(f"{NAME}:{numbers[0]}", "", 0, numbers[0])
