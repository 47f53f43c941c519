"""Capture: one line, what was understood of it, and enter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from deskmate.domain import capture
from deskmate.domain.capture import Capture
from deskmate.domain.channel import Channel
from deskmate.domain.text import TITLE_LIMIT, clean, excerpt
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway

Captured = tuple[Capture, str]


class CaptureDialog(Dialog[Captured]):
    """Gives back what was captured and the text beyond its first line."""

    DEFAULT_CSS = "CaptureDialog #keys { margin: 0; }"

    kind = "capture"

    def __init__(
        self, gateway: Gateway, now: Callable[[], datetime], text: str = "", cursor: int = -1, pasted: str = ""
    ) -> None:
        super().__init__(gateway, draft="capture")
        self._now = now
        self._names = gateway.names
        self._line, _, self._body = text.partition("\n")
        self._cursor = cursor
        self._pasted = pasted
        self._created: set[str] = set()

    def compose(self) -> ComposeResult:
        """The line, the echo, the keys."""
        with Vertical(classes="box") as box:
            box.border_title = "Capture"
            yield Input(self._line, id="field", select_on_focus=False, compact=True)
            yield OneLine(id="echo", ground="field-ground")
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """Type at once."""
        field = self.query_one("#field", Input)
        field.cursor_position = len(self._line) if self._cursor < 0 else self._cursor
        field.focus()
        if self._pasted:
            if self._line and not self._line[: field.cursor_position].endswith(" "):
                field.insert_text_at_cursor(" ")
            self.paste(self._pasted)
        self._echo()
        self.begun()

    async def press(self, key: str) -> bool:
        """Enter keeps it for later, tab accepts what is offered, esc backs out."""
        if key == "enter":
            self._finish()
        elif key == "tab":
            self._accept()
        elif key != "ctrl+n":
            return await super().press(key)
        return True

    def on_input_changed(self) -> None:
        """Understand it anew."""
        self._echo()
        self.changed()

    def text(self) -> tuple[str, int]:
        """The line, and below it what was pasted with it."""
        field = self.query_one("#field", Input)
        return (f"{field.value}\n{self._body}" if self._body else field.value), field.cursor_position

    def paste(self, text: str) -> bool:
        """Take a paste: one line goes in at the cursor, more is kept below it."""
        cleaned, _changed = clean(text, multiline=True)
        line, _, body = cleaned.strip("\n").partition("\n")
        field = self.query_one("#field", Input)
        if len(line) > TITLE_LIMIT:
            body, line = cleaned.strip("\n"), excerpt(line, TITLE_LIMIT)
        field.insert_text_at_cursor(line)
        if body:
            self._body = f"{self._body}\n{body}" if self._body else body
        self._echo()
        self.changed()
        return True

    def _understand(self) -> Capture:
        line = self.query_one("#field", Input).value
        return capture.parse(line, self._names, self._now(), frozenset(self._created))

    def _finish(self) -> None:
        found = self._understand()
        body = self._body
        if not found.title and body:
            first, _, body = body.strip("\n").partition("\n")
            found.title = excerpt(first, TITLE_LIMIT)
        if len(found.title) >= TITLE_LIMIT and found.title.endswith("…"):
            body = f"{found.raw}\n{body}".strip("\n")
        if not found.title:
            self.leave()
            return
        found.raw = self.text()[0]
        if found.channel is None:
            found.channel = Channel.DOOR
        self.finished()
        self.dismiss((found, body))

    def _accept(self) -> None:
        field = self.query_one("#field", Input)
        rest = capture.complete(field.value, field.cursor_position, self._names)
        if rest:
            field.insert_text_at_cursor(rest)
            return
        self._created.update(self._understand().unknown)
        self._echo()

    def _echo(self) -> None:
        found = self._understand()
        field = self.query_one("#field", Input)
        rest = capture.complete(field.value, field.cursor_position, self._names)
        spans: Spans = []
        for part in capture.understood(found, self._now()):
            spans += [(part, "soon" if part.endswith("?") else "good"), ("   ", "")]
        if self._body:
            spans.append((f"and {self._body.count(chr(10)) + 1} more lines", "dim"))
        self.query_one("#echo", OneLine).show(spans or [("@who #tag !stuck !several !phone >when", "dim")])
        keys: Spans = [("enter ", "key"), ("keep for later   ", "dim")]
        if rest:
            keys += [("tab ", "key"), (f"…{rest}   ", "dim")]
        elif found.unknown:
            keys += [("tab ", "key"), (f"make {', '.join(found.unknown)} known   ", "dim")]
        keys += [("esc ", "key"), ("back, nothing lost", "dim")]
        self.query_one("#keys", OneLine).show(keys)

    def warn(self, text: str) -> None:
        """Say so where the echo stands."""
        self.query_one("#echo", OneLine).show([(text, "error")])
