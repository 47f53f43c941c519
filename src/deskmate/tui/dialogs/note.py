"""An internal note: as many lines as it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from deskmate.tui.dialogs.long_text import LongTextDialog
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway


class NoteDialog(LongTextDialog):
    """Gives back the text of the note."""

    DEFAULT_CSS = """
    NoteDialog TextArea { height: 8; }
    """

    kind = "note"

    def __init__(
        self, gateway: Gateway, requests: tuple[int, ...], about: str, text: str = "", cursor: int = -1
    ) -> None:
        super().__init__(gateway, f"note:{requests[0]}", requests[0], text, cursor)
        self.requests = requests
        self._about = about

    def compose(self) -> ComposeResult:
        """The field and its keys."""
        with Vertical(classes="box") as box:
            box.border_title = Content(f"INTERNAL note on {self._about}")
            yield self.area()
            yield OneLine(id="keys", ground="field-ground")
