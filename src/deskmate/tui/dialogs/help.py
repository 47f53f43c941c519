"""All keys, from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from deskmate.domain.actions import ACTIONS
from deskmate.tui.actions.keys import keys_of
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway


class KeyList(Lines, can_focus=True):
    """The keys, scrolled."""

    def __init__(self) -> None:
        super().__init__(id="help")
        self.top = 0

    def spans(self, y: int) -> Spans:
        """One action: its keys, its name, what it does."""
        index = self.top + y
        if index >= len(ACTIONS):
            return []
        action = ACTIONS[index]
        return [
            (f" {', '.join(keys_of(action.id)):<22.22} ", "key"),
            (f"{action.title:<18.18} ", ""),
            (action.help, "dim"),
        ]

    def scroll(self, lines: int) -> None:
        """Move by so many lines."""
        self.top = max(0, min(self.top + lines, len(ACTIONS) - self.size.height))
        self.refresh()


class HelpDialog(Dialog[None]):
    """Every key there is."""

    DEFAULT_CSS = """
    HelpDialog { align: center middle; }
    HelpDialog KeyList { height: 100%; margin: 1 2; border: round $border; max-width: 120; }
    """

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)

    def compose(self) -> ComposeResult:
        """The list."""
        keys = KeyList()
        keys.border_title = "Keys"
        keys.border_subtitle = "j k scroll   esc back"
        yield keys

    async def press(self, key: str) -> bool:
        """Scroll, or back out with whatever else."""
        keys = self.query_one(KeyList)
        steps = {
            "j": 1,
            "down": 1,
            "k": -1,
            "up": -1,
            "space": keys.size.height,
            "pagedown": keys.size.height,
            "pageup": -keys.size.height,
            "g": -len(ACTIONS),
            "home": -len(ACTIONS),
            "G": len(ACTIONS),
            "end": len(ACTIONS),
        }
        if key in steps:
            keys.scroll(steps[key])
        elif key in ("escape", "q", "?", "f1", "enter"):
            self.dismiss(None)
        return True
