"""A list with a cursor and a pane with a scroll, both painted line by line by whoever fills them."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.geometry import Region

from deskmate.tui.frame import Spans, rule
from deskmate.tui.widgets.lines import Lines, Pressed, Turned

Paint = Callable[[int, int, bool], Spans]
"""The line of an item: its index, the cells there are, whether the cursor is on it."""


class Listed(Lines, can_focus=True):
    """So many items, a line each. ``empty`` is shown where there are none."""

    class Clicked(Pressed):
        """An item was clicked; ``again`` when the cursor was there already."""

    class Wheel(Turned):
        """The wheel was turned by so many lines."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.count = 0
        self.cursor = 0
        self.empty: list[Spans] = []
        self.inside = True
        """Whether the cursor is in this list; else its line does not stand out."""
        self._paint: Paint = lambda index, width, cursor: []
        self._top = 0

    @property
    def page(self) -> int:
        """How many items are in sight."""
        return max(1, self.size.height)

    def show(self, count: int, paint: Paint, cursor: int) -> None:
        """Show these."""
        self.count, self._paint = count, paint
        self.move_to(cursor)
        self.refresh()

    def move_to(self, cursor: int) -> None:
        """Put the cursor on an item, and keep it in sight."""
        before = self.cursor, self._top
        self.cursor = min(max(cursor, 0), max(self.count - 1, 0))
        top = min(self._top, self.cursor, max(0, self.count - self.page))
        self._top = max(top, self.cursor - self.page + 1, 0)
        if self._top != before[1]:
            self.refresh()
        elif self.cursor != before[0]:
            width = self.size.width
            self.refresh(*(Region(0, index - self._top, width, 1) for index in (before[0], self.cursor)))

    def spans(self, y: int) -> Spans:
        """One item."""
        if not self.count:
            return self.empty[y] if y < len(self.empty) else []
        index = self._top + y
        return self._paint(index, self.size.width, index == self.cursor) if index < self.count else []

    def ground(self, y: int) -> str:
        """The cursor's line stands out a little."""
        here = self.inside and self.count and self._top + y == self.cursor
        return "cursor-ground" if here else "ground"

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.move_to(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Move there, or open what is there already."""
        index = self._top + event.y
        if index < self.count:
            self.post_message(self.Clicked(index, index == self.cursor))

    def on_mouse_scroll_down(self) -> None:
        """Three lines down."""
        self.post_message(self.Wheel(3))

    def on_mouse_scroll_up(self) -> None:
        """Three lines up."""
        self.post_message(self.Wheel(-3))


class Pane(Lines):
    """Lines from ``top`` on. ``beside`` draws the line at its left, else one above unless it is ``alone``."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.top = 0
        self.beside = False
        self.alone = False
        self._make: Callable[[int], list[Spans]] = lambda width: []
        self._lines: list[Spans] = []
        self._columns = 0

    @property
    def page(self) -> int:
        """Lines in sight."""
        return max(1, self.size.height - self._edge)

    def show(self, make: Callable[[int], list[Spans]], *, top: int | None = None) -> None:
        """Show what ``make`` gives for so many cells; from ``top`` on, else from where it was."""
        self._make = make
        self._columns = 0
        if top is not None:
            self.top = top
        self.refresh()

    def scroll(self, lines: int) -> None:
        """Move by so many lines."""
        self._lay_out()
        top = max(0, min(self.top + lines, len(self._lines) - self.page))
        if top != self.top:
            self.top = top
            self.refresh()

    def spans(self, y: int) -> Spans:
        """The line at the edge, or one of what is shown."""
        self._lay_out()
        if self.beside:
            return [("│", "rule"), *self._line(y)]
        return self._line(y - self._edge) if y >= self._edge else rule(self.size.width)

    def on_resize(self) -> None:
        """Wrap anew."""
        self._columns = 0
        self.refresh()

    @property
    def _edge(self) -> int:
        return 0 if self.beside or self.alone else 1

    def _line(self, y: int) -> Spans:
        index = self.top + y
        return self._lines[index] if 0 <= index < len(self._lines) else []

    def _lay_out(self) -> None:
        columns = self.size.width - (1 if self.beside else 0)
        if columns != self._columns:
            self._columns = columns
            self._lines = self._make(columns)
            self.top = max(0, min(self.top, len(self._lines) - self.page))
