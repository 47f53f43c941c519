"""The pane that shows one request: a preview below the list, the detail beside it, or alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from textual.geometry import Region
from textual.message import Message

from deskmate.domain.timeline import Detail
from deskmate.tui.detail_lines import detail_lines
from deskmate.tui.frame import Spans, rule
from deskmate.tui.widgets.lines import Lines


class DetailPane(Lines):
    """Shows a Detail from line ``top`` on. ``beside`` draws the line at its left, else one above.

    ``alone`` it needs none above; the line at its left is the cursor then, for the keys move this pane.
    """

    class Resized(Message):
        """The pane has another size than before."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(id="detail")
        self._now = now
        self._lines: list[Spans] = []
        self.detail: Detail | None = None
        """What is shown. Change it with ``show``."""
        self._pictures: Sequence[Spans] = ()
        self._columns = 0
        self.top = 0
        self.beside = False
        self.alone = False

    def show(self, detail: Detail | None, pictures: Sequence[Spans] = ()) -> None:
        """Show this request, with lines that picture its files; the same one keeps its place."""
        same = detail and self.detail and detail.request.number == self.detail.request.number
        if detail == self.detail and pictures == self._pictures:
            return
        before = self._in_sight()
        self.detail = detail
        self._pictures = pictures
        self._columns = 0
        if not same:
            self.top = 0
        size = self.size
        pairs = enumerate(zip(before, self._in_sight(), strict=True))
        self.refresh(*[Region(0, y, size.width, 1) for y, (old, new) in pairs if old != new])

    def scroll(self, lines: int) -> None:
        """Move by so many lines."""
        self._lay_out()
        last = max(0, len(self._lines) - self.page)
        top = max(0, min(self.top + lines, last))
        if top != self.top:
            self.top = top
            self.refresh()

    @property
    def page(self) -> int:
        """Lines of the request in sight."""
        return max(1, self.size.height - self._edge)

    @property
    def room(self) -> tuple[int, int]:
        """The columns and rows that pictures may take: never so much that the words are pushed out of sight."""
        return max(self.size.width - (3 if self.beside else 2), 0), self.page // 3

    def spans(self, y: int) -> Spans:
        """The line at the edge, or a line of the request."""
        self._lay_out()
        if self.beside:
            return [("▌", "bar") if self.alone else ("│", "rule"), *self._line(y)]
        return self._line(y - self._edge) if y >= self._edge else rule(self.size.width)

    @property
    def _edge(self) -> int:
        """Lines that the line above takes."""
        return 0 if self.beside or self.alone else 1

    def on_resize(self) -> None:
        """Wrap anew; pictures have another room now."""
        self._columns = 0
        self.post_message(self.Resized())

    def _in_sight(self) -> list[Spans]:
        return [self.spans(y) for y in range(self.size.height)]

    def _line(self, y: int) -> Spans:
        index = self.top + y
        return self._lines[index] if index < len(self._lines) else []

    def _lay_out(self) -> None:
        columns = self.size.width - (1 if self.beside else 0)
        if columns != self._columns:
            self._columns = columns
            self._lines = detail_lines(self.detail, columns, self._now(), self._pictures) if self.detail else []
