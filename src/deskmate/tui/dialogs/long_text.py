"""A dialog around a text of as many lines as it takes: a note, a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported
from textual.widgets import TextArea

from deskmate.domain.text import clean
from deskmate.formats import editor
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway


class LongTextDialog(Dialog[str]):
    """Gives back the text. Who extends it composes ``area()`` and a line with the id ``keys``."""

    saves = "save and close"
    """What ctrl+o does, in words."""

    def __init__(self, gateway: Gateway, draft: str, request: int | None, text: str = "", cursor: int = -1) -> None:
        super().__init__(gateway, draft=draft, request=request)
        self._text = text
        self._cursor = cursor

    def area(self) -> TextArea:
        """The field."""
        return TextArea(self._text, id="field", show_line_numbers=False, highlight_cursor_line=False, compact=True)

    def on_mount(self) -> None:
        """Type at once, where it was left."""
        self._put_cursor(self._text if self._cursor < 0 else self._text[: self._cursor])
        self.query_one("#field", TextArea).focus()
        self.show_keys()
        self.begun()

    async def press(self, key: str) -> bool:
        """ctrl+o saves and closes, f4 opens an editor."""
        if key == "ctrl+o":
            text, _cursor = self.text()
            if not text.strip():  # of a text that is kept already: nothing was changed
                self.leave()
            elif self.may_go(text):
                self.finished()
                self.dismiss(text)
            return True
        if key == "f4":
            self._edit()
            return True
        return await super().press(key)

    def may_go(self, text: str) -> bool:
        """Whether the text can be taken as it is; if not, it is said why."""
        return True

    def on_text_area_changed(self) -> None:
        """Keep it."""
        self.changed()

    def for_editor(self, text: str) -> str:
        """What an editor is given."""
        return text

    def from_editor(self, text: str) -> str:
        """What of an editor's text is taken."""
        return text

    def text(self) -> tuple[str, int]:
        """What becomes a draft, and where the cursor is in it."""
        return self.typed()

    def typed(self) -> tuple[str, int]:
        """What is written so far, and where the cursor is in it."""
        field = self.query_one("#field", TextArea)
        row, column = field.cursor_location
        lines = field.text.split("\n")
        return field.text, sum(len(line) + 1 for line in lines[:row]) + column

    def replace(self, text: str) -> None:
        """Put another text in its place."""
        field = self.query_one("#field", TextArea)
        field.load_text(text)
        self._put_cursor(text)

    def paste(self, text: str) -> bool:
        """Take a paste as it will be kept: what is hidden in it is seen at once."""
        field = self.query_one("#field", TextArea)
        field.replace(clean(text, multiline=True)[0], *field.selection, maintain_selection_offset=False)
        return True

    def warn(self, text: str) -> None:
        """Say so in the line of keys."""
        self.query_one("#keys", OneLine).show([(text, "error")])

    def show_keys(self) -> None:
        """What can be done from here."""
        keys: Spans = [("ctrl+o ", "key"), (f"{self.saves}   ", "dim"), ("f4 ", "key"), ("editor   ", "dim")]
        self.query_one("#keys", OneLine).show([*keys, ("esc ", "key"), ("back, kept as a draft", "dim")])

    def _put_cursor(self, before: str) -> None:
        field = self.query_one("#field", TextArea)
        field.move_cursor((before.count("\n"), len(before) - (before.rfind("\n") + 1)))

    def _edit(self) -> None:
        """Give the terminal to the editor. Nothing else runs meanwhile; the text is on its way to disk before."""
        self.keep()
        text, _cursor = self.typed()
        given = self.for_editor(text)
        try:
            with self.app.suspend():
                edited = editor.edit(given, editor.chosen(self.gateway.config.editor), self.gateway.folder)
        except SuspendNotSupported:
            self.warn("this terminal can not make room for an editor")
            return
        if edited.text != given:
            self.replace(self.from_editor(edited.text))
        if edited.said:
            self.warn(edited.said)
        else:
            self.show_keys()
