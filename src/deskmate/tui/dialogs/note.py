"""An internal note: as many lines as it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import TextArea

from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway


class NoteDialog(Dialog[str]):
    """Gives back the text of the note."""

    DEFAULT_CSS = """
    NoteDialog TextArea { height: 8; }
    """

    kind = "note"

    def __init__(
        self, gateway: Gateway, requests: tuple[int, ...], about: str, text: str = "", cursor: int = -1
    ) -> None:
        super().__init__(gateway, draft=f"note:{requests[0]}", request=requests[0])
        self.requests = requests
        self._about = about
        self._text = text
        self._cursor = cursor

    def compose(self) -> ComposeResult:
        """The field and its keys."""
        with Vertical(classes="box") as box:
            box.border_title = Content(f"INTERNAL note on {self._about}")
            yield TextArea(self._text, id="field", show_line_numbers=False, highlight_cursor_line=False, compact=True)
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """Type at once, where it was left."""
        field = self.query_one("#field", TextArea)
        before = self._text if self._cursor < 0 else self._text[: self._cursor]
        field.move_cursor((before.count("\n"), len(before) - (before.rfind("\n") + 1)))
        field.focus()
        self._keys()
        self.begun()

    async def press(self, key: str) -> bool:
        """ctrl+o saves and closes."""
        if key == "ctrl+o":
            text, _cursor = self.text()
            if not text.strip():
                self.leave()
            else:
                self.finished()
                self.dismiss(text)
            return True
        return await super().press(key)

    def on_text_area_changed(self) -> None:
        """Keep it."""
        self.changed()

    def text(self) -> tuple[str, int]:
        """The note so far."""
        field = self.query_one("#field", TextArea)
        row, column = field.cursor_location
        lines = field.text.split("\n")
        return field.text, sum(len(line) + 1 for line in lines[:row]) + column

    def warn(self, text: str) -> None:
        """Say so in the line of keys."""
        self.query_one("#keys", OneLine).show([(text, "error")])

    def _keys(self) -> None:
        self.query_one("#keys", OneLine).show(
            [("ctrl+o ", "key"), ("save and close   ", "dim"), ("esc ", "key"), ("back, kept as a draft", "dim")]
        )
