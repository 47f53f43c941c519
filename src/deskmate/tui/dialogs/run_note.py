"""A note on an item of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from deskmate.tui.dialogs.long_text import LongTextDialog
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway


class RunNoteDialog(LongTextDialog):
    """Gives back the text of the note."""

    DEFAULT_CSS = "RunNoteDialog TextArea { height: 6; }"

    def __init__(self, gateway: Gateway, kind: str, about: str, text: str = "", cursor: int = -1) -> None:
        super().__init__(gateway, kind, None, text, cursor)
        self.kind = kind
        self._about = about

    def compose(self) -> ComposeResult:
        """The field and its keys."""
        with Vertical(classes="box") as box:
            box.border_title = Content(f"Note on {self._about}")
            yield self.area()
            yield OneLine(id="keys", ground="field-ground")
