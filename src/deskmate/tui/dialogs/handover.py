"""A longer text for somebody other than the requester: a handover, or what is for the supervisor alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from deskmate.tui.dialogs.long_text import LongTextDialog
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway


class TextFor(LongTextDialog):
    """Gives back the text. ``saves`` is what ctrl+o does with it, in words."""

    DEFAULT_CSS = """
    TextFor TextArea { height: 14; }
    """

    def __init__(
        self, gateway: Gateway, kind: str, requests: tuple[int, ...], title: str, saves: str, text: str, cursor: int
    ) -> None:
        super().__init__(gateway, f"{kind}:{requests[0]}", requests[0], text, cursor)
        self.kind = kind
        self.requests = requests
        self.saves = saves
        self._title = title

    def compose(self) -> ComposeResult:
        """The field and its keys."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            yield self.area()
            yield OneLine(id="keys", ground="field-ground")
