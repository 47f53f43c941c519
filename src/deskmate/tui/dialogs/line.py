"""A dialog around one line of text: what the field does in each of them."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.widgets import Input

from deskmate.domain.text import clean
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.widgets.lines import OneLine

R = TypeVar("R")


class LineDialog(Dialog[R], Generic[R]):
    """Has one field, ``#field``, and says in ``#keys`` what the keys do."""

    def type_at_once(self, cursor: int = -1, *, own: bool = True) -> None:
        """Put the cursor into the line: where it was left, else at its end.

        What is not the technician's own typing is selected, so that typing replaces it.
        """
        field = self.query_one("#field", Input)
        field.cursor_position = len(field.value) if cursor < 0 else cursor
        if not own:
            field.select_all()
        field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep it."""
        self.changed()

    def text(self) -> tuple[str, int]:
        """The line so far."""
        field = self.query_one("#field", Input)
        return field.value, field.cursor_position

    def paste(self, text: str) -> bool:
        """All of it on the one line: the field by itself would take its first line only."""
        field = self.query_one("#field", Input)
        field.replace(clean(text)[0], *field.selection)
        return True

    def warn(self, text: str) -> None:
        """Say so in the line of keys."""
        self.query_one("#keys", OneLine).show([(text, "error")])
