"""The board a picture lies on while one works on it: lines that are given, and where the mouse is on them."""

from __future__ import annotations

from textual import events
from textual.message import Message

from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import Lines


class PictureBoard(Lines, can_focus=True):
    """Shows lines as they are. Points are counted as the half blocks are: two in each line."""

    DEFAULT_CSS = "PictureBoard { width: 1fr; height: 100%; }"

    class Pointed(Message):
        """The mouse went down and up again: on one point, or drawn from one to another."""

        def __init__(self, start: tuple[int, int], end: tuple[int, int]) -> None:
            super().__init__()
            self.start, self.end = start, end

    class Drawing(Message):
        """The button is held, and the mouse went on."""

        def __init__(self, start: tuple[int, int], end: tuple[int, int]) -> None:
            super().__init__()
            self.start, self.end = start, end

    def __init__(self) -> None:
        super().__init__(id="picture")
        self._lines: list[Spans] = []
        self._start: tuple[int, int] | None = None

    def show(self, lines: list[Spans]) -> None:
        """Show these."""
        self._lines = lines
        self.refresh()

    def spans(self, y: int) -> Spans:
        """A line of the picture, or of what is said in its place."""
        return self._lines[y] if y < len(self._lines) else []

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A box may begin here."""
        if event.button == 1:
            self._start = event.x, 2 * event.y
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """It goes to here."""
        if self._start is not None:
            self.post_message(self.Drawing(self._start, (event.x, 2 * event.y)))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """It ends here."""
        if self._start is not None:
            start, self._start = self._start, None
            self.release_mouse()
            self.post_message(self.Pointed(start, (event.x, 2 * event.y)))
