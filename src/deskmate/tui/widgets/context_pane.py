"""The pane at the right edge of a wide screen: what stands around the request under the cursor."""

from __future__ import annotations

from textual.geometry import Region

from deskmate.domain.context import Context
from deskmate.tui.context_lines import Line, context_lines
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import Lines


class ContextPane(Lines):
    """Shows a Context, as much of it as there is room for."""

    def __init__(self) -> None:
        super().__init__(id="context")
        self.context: Context | None = None
        self._lines: list[Line] = []
        self._columns = 0

    def show(self, context: Context | None) -> None:
        """Show this, and paint the lines that differ."""
        if context == self.context:
            return
        before = self._in_sight()
        self.context = context
        self._columns = 0
        pairs = enumerate(zip(before, self._in_sight(), strict=True))
        self.refresh(*[Region(0, y, self.size.width, 1) for y, (old, new) in pairs if old != new])

    def spans(self, y: int) -> Spans:
        """The line at the edge, and a line of the context."""
        columns = self.size.width - 2
        if columns != self._columns:
            self._columns = columns
            self._lines = context_lines(self.context, columns)
        return [("│ ", "rule"), *(self._lines[y][0] if y < len(self._lines) else [])]

    def _in_sight(self) -> list[Spans]:
        return [self.spans(y) for y in range(self.size.height)]
