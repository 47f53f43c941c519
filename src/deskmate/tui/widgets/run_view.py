"""The items of a run, one under the cursor with all about it, painted from lines that are made once."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import Lines, Pressed, Turned

Make = Callable[[int], tuple[list[Spans], list[int]]]
"""For so many cells: the lines, and for each the item it is of, -1 for none."""


class RunView(Lines, can_focus=True):
    """Shows lines from ``top`` on; keeps those of the item ``cursor`` in sight."""

    DEFAULT_CSS = "RunView { height: 1fr; }"

    class Clicked(Pressed):
        """An item was clicked; ``again`` when the cursor was there already."""

    class Wheel(Turned):
        """The wheel was turned by so many lines."""

    def __init__(self, *, id: str = "run") -> None:
        super().__init__(id=id)
        self.cursor = 0
        self.fresh = -1
        """The item that was ticked just now."""
        self.top = 0
        self._make: Make = lambda width: ([], [])
        self._lines: list[Spans] = []
        self._of: list[int] = []

    @property
    def page(self) -> int:
        """Lines in sight."""
        return max(1, self.size.height)

    def show(self, make: Make, cursor: int) -> None:
        """Show these, with the cursor on this item."""
        self._make, self.cursor = make, cursor
        self._lay_out()

    def spans(self, y: int) -> Spans:
        """A line of an item, or above them."""
        index = self.top + y
        return self._lines[index] if index < len(self._lines) else []

    def ground(self, y: int) -> str:
        """The item under the cursor stands out a little, and for a moment what was ticked."""
        index = self.top + y
        item = self._of[index] if index < len(self._of) else -1
        return "cursor-ground" if item >= 0 and item in (self.cursor, self.fresh) else "ground"

    def on_resize(self) -> None:
        """Lay out anew."""
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Move there, or tick what is there already."""
        index = self.top + event.y
        if index < len(self._of) and self._of[index] >= 0:
            self.post_message(self.Clicked(self._of[index], self._of[index] == self.cursor))

    def on_mouse_scroll_down(self) -> None:
        """Three lines down."""
        self.post_message(self.Wheel(3))

    def on_mouse_scroll_up(self) -> None:
        """Three lines up."""
        self.post_message(self.Wheel(-3))

    def _lay_out(self) -> None:
        self._lines, self._of = self._make(self.size.width) if self.size.width else ([], [])
        mine = [line for line, item in enumerate(self._of) if item == self.cursor]
        if mine:
            first = 0 if self.cursor == 0 else mine[0]  # what stands above the first item is seen with it
            self.top = max(min(self.top, first), mine[-1] - self.page + 1, 0)
            self.top = min(self.top, mine[0])  # what has more lines than there are begins at its first
        self.top = max(0, min(self.top, len(self._lines) - self.page))
        self.refresh()
