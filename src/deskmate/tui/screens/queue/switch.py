"""What the door says by hand: the switch, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from deskmate.domain import away, instant
from deskmate.domain.calendar import HORIZON
from deskmate.domain.commands import Numbers, SetAvailability
from deskmate.domain.due import moment_text
from deskmate.domain.hours import State
from deskmate.tui.actions.keys import title
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.screens.queue.group import Group

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deskmate.errors import DeskmateError

TYPED, AWAY = "dnd", "away"
"""The dialogs that ask until when, and what to say about it."""
PREFIX = "dnd"
CLOSED = "the door is closed now; another end can be said"
OPEN = "the door does not close; another end can be said"
NEVER = "the door does not open again; another end can be said"


class Switch(Group):
    """``D``, and ``ctrl+t``, which works anywhere, so the app runs it."""

    def turn(self) -> None:
        """On for the usual time, or back to the hours."""
        if self.screen.gateway.read_only:
            self.screen.say(READ_ONLY, error=True)
        else:
            asked = self.screen.over.quiet() if self.screen.over is not None else None
            self.screen.verbs.send(asked or SetAvailability())

    def why_not(self, action: str) -> str | None:
        """Nothing in a window that only reads; an end that follows from the hours needs them."""
        if action.partition(".")[0] != PREFIX:
            return None
        if self.screen.gateway.read_only:
            return READ_ONLY
        if action in ("dnd.closing", "dnd.opening") and self._end(action) is None:
            if action == "dnd.opening":
                return NEVER
            return OPEN if self.screen.gateway.calendar.is_open(self.screen.now()) else CLOSED
        return ""

    def names(self, prefix: str) -> Mapping[str, str] | None:
        """Until when exactly, where that follows from the hours."""
        if prefix != PREFIX:
            return None
        now = self.screen.now()
        found = {action: title(action) for action in self.screen.keymap.prefixes[prefix].values()}
        for action in ("dnd.closing", "dnd.opening"):
            end = self._end(action)
            if end is None:
                del found[action]
            else:
                found[action] = f"until {moment_text(end, now)}"
        return found

    async def run(self, action: str) -> bool:
        """Turn the switch, or ask until when."""
        _, _, how = action.partition(".")
        if not action.startswith(f"{PREFIX}."):
            return False
        if how == "typed":
            self.reopen(TYPED, ())
        elif how == "away":
            self.reopen(AWAY, ())
        elif how == "off":
            self.screen.verbs.send(SetAvailability(State.CLEAR))
        else:
            end = self._end(action)
            self.screen.verbs.send(SetAvailability(State.DND, None if end is None else instant.to_text(end)))
        return True

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Ask for the time, or for the word about being away."""
        if kind not in (TYPED, AWAY):
            return False
        from deskmate.tui.dialogs.away import AwayDialog
        from deskmate.tui.dialogs.date import DateDialog

        screen = self.screen
        kept, cursor = screen.gateway.draft(f"{kind}:0")
        if text is not None and text != kept:
            kept, cursor = text, -1
        if kind == TYPED:
            asked = DateDialog(screen.gateway, kind, (), "Do not disturb until", screen.now, text=kept, cursor=cursor)
            screen.open_dialog(asked, lambda line: self._said(kind, State.DND, line))
        else:
            screen.open_dialog(
                AwayDialog(screen.gateway, screen.now, kept, cursor), lambda line: self._said(kind, State.AWAY, line)
            )
        return True

    def _said(self, kind: str, state: State, line: str | None) -> None:
        if line is None:
            return
        now = self.screen.now()
        gateway = self.screen.gateway
        if kind == TYPED:
            public, end = "", gateway.moment(line, now)
        else:
            public, end = away.parse(line, now, lambda: gateway.calendar)

        def back(error: DeskmateError) -> None:
            self.reopen(kind, (), line)

        command = SetAvailability(state, None if end is None else instant.to_text(end), public)
        self.screen.verbs.send(command, draft=f"{kind}:0", back=back)

    def _end(self, action: str) -> datetime | None:
        """The end that a key stands for; None where the hours give none."""
        now, calendar = self.screen.now(), self.screen.gateway.calendar
        _, _, how = action.partition(".")
        if how == "closing":
            found = calendar.open_span(now)
            # Followed so far and no end found: whatever was said then would be made up.
            return found[1] if found and found[1].timestamp() < (now + HORIZON).timestamp() else None
        if how == "opening":
            return calendar.next_opening(now)
        return (now.astimezone(UTC) + timedelta(minutes=int(how))).astimezone(now.tzinfo)
