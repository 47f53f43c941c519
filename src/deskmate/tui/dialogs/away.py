"""Away: a word for everybody and when one is back, in one line that is said back while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from textual.widgets import Input

from deskmate.domain import away, when
from deskmate.domain.text import safe
from deskmate.tui.dialogs.prompt import PromptDialog
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway


class AwayDialog(PromptDialog):
    """Gives back the line, unless the end it names has passed."""

    def __init__(self, gateway: Gateway, now: Callable[[], datetime], text: str = "", cursor: int = -1) -> None:
        super().__init__(gateway, "away", (), "Away: a word for everybody, back when", "", text, cursor)
        self._now = now

    def on_mount(self) -> None:
        """Type at once."""
        super().on_mount()
        self._echo()

    async def press(self, key: str) -> bool:
        """Enter gives the line back."""
        if key == "enter" and self._echo() is False:
            return True
        return await super().press(key)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep it, and say what it means."""
        super().on_input_changed(event)
        self._echo()

    def _echo(self) -> bool:
        """Say what is understood; whether that can be."""
        now = self._now()
        public, end = away.parse(self.text()[0], now, lambda: self.gateway.calendar)
        past = end is not None and end.timestamp() <= now.timestamp()
        spans: Spans = [("enter ", "key")]
        if end is None:
            spans += [("for the usual time; end with “back 10:40” to say when   ", "dim")]
        elif past:
            spans = [(f"{when.echo(end, now)} has passed   ", "error")]
        else:
            spans += [(f"until {when.echo(end, now)}   ", "good")]
        spans += [(f"“{safe(public)}”", "")] if public else [("esc ", "key"), ("back, nothing lost", "dim")]
        self.query_one("#keys", OneLine).show(spans)
        return not past
