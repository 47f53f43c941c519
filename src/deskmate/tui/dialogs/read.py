"""A text that is only read, and only while this is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content

from deskmate.domain.text import safe
from deskmate.tui.detail_lines import wrap
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway

_STEPS = {"j": 1, "down": 1, "k": -1, "up": -1, "space": 10, "pagedown": 10, "pageup": -10}


class TextLines(Lines):
    """The text from line ``top`` on."""

    def __init__(self, text: str) -> None:
        super().__init__(id="text")
        self._text = safe(text, multiline=True)
        self.top = 0

    def ground(self, y: int) -> str:
        """That of the dialog."""
        return "field-ground"

    def spans(self, y: int) -> Spans:
        """One line of it."""
        lines = self.lines()
        return [(lines[self.top + y], "")] if self.top + y < len(lines) else []

    def lines(self) -> list[str]:
        """All of it, as wide as there is room."""
        return wrap(self._text, self.size.width)


class ReadDialog(Dialog[None]):
    """Shows it until a key closes it."""

    DEFAULT_CSS = """
    ReadDialog TextLines { height: 14; width: 100%; max-width: 120; margin: 0 2 3 2; padding: 0 1;
        background: $panel; border: round $border; border-title-style: bold; }
    """

    def __init__(self, gateway: Gateway, title: str, text: str) -> None:
        super().__init__(gateway)
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """The text."""
        lines = TextLines(self._text)
        lines.border_title = Content(self._title)
        lines.border_subtitle = "j k scroll   esc back"
        yield lines

    async def press(self, key: str) -> bool:
        """Scroll, or close."""
        lines = self.query_one(TextLines)
        if key in _STEPS:
            lines.top = max(0, min(lines.top + _STEPS[key], len(lines.lines()) - lines.size.height))
            lines.refresh()
        elif key in ("escape", "q", "enter"):
            self.dismiss(None)
        return True
