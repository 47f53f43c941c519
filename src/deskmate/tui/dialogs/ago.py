"""How long ago something began, in one line, and what was understood said back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual.widgets import Input

from deskmate.domain.due import moment_text
from deskmate.domain.focus import ago
from deskmate.domain.row import label
from deskmate.tui.dialogs.prompt import PromptDialog
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway

EXAMPLES = "12, 12m, 1h30m"


class AgoDialog(PromptDialog):
    """Gives back the line once it holds a length of time."""

    def __init__(
        self,
        gateway: Gateway,
        requests: tuple[int, ...],
        now: Callable[[], datetime],
        text: str = "",
        cursor: int = -1,
    ) -> None:
        title = f"{label(requests[0])} began how many minutes ago"
        super().__init__(gateway, "began", requests, title, "", text, cursor)
        self._now = now

    def on_mount(self) -> None:
        """Type at once."""
        super().on_mount()
        self._echo()

    async def press(self, key: str) -> bool:
        """Enter gives the line back, unless it says no time."""
        if key == "enter" and ago(self.text()[0]) is None:
            self._echo(asked=True)
            return True
        return await super().press(key)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep it, and say what it means."""
        super().on_input_changed(event)
        self._echo()

    def _echo(self, *, asked: bool = False) -> None:
        line, count = self.query_one("#keys", OneLine), ago(self.text()[0])
        if count is not None:
            now = self._now()
            line.show([("enter ", "key"), (f"at {moment_text(now - timedelta(minutes=count), now)}", "good")])
        else:
            line.show([("no length of time. " if asked else "", "error"), (EXAMPLES, "dim")])
