"""The week and what is said about it: seven days on top, a list beneath, one cursor through both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual import events

from deskmate.domain.week import Day
from deskmate.tui.frame import Spans, rule
from deskmate.tui.week_lines import Item, item_line, week_lines
from deskmate.tui.widgets.lines import Lines, Pressed, Turned

DAYS = 7
BEFORE = 1
"""Lines above the first day."""
HEAD = BEFORE + DAYS + 3
"""Lines of the week: the hours, the days, the line of now, the glyphs, and one across."""


class WeekView(Lines, can_focus=True):
    """``cursor`` counts the days first, then the items."""

    DEFAULT_CSS = "WeekView { height: 1fr; }"

    class Clicked(Pressed):
        """A day or an item was clicked; ``again`` when the cursor was there already."""

    class Wheel(Turned):
        """The wheel was turned by so many lines."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(id="week")
        self._now = now
        self.days: tuple[Day, ...] = ()
        self.items: list[Item] = []
        self.cursor = 0
        self._top = 0
        self._head: list[Spans] = []

    def __len__(self) -> int:
        return DAYS + len(self.items)

    @property
    def item(self) -> Item | None:
        """The item under the cursor; None on a day."""
        return self.items[self.cursor - DAYS] if self.cursor >= DAYS else None

    @property
    def page(self) -> int:
        """How many items are in sight."""
        return max(1, self.size.height - HEAD)

    def show(self, days: tuple[Day, ...], items: list[Item], cursor: int) -> None:
        """Show these."""
        self.days, self.items = days, items
        self.move_to(cursor)

    def move_to(self, cursor: int) -> None:
        """Put the cursor on a day or an item, and keep it in sight."""
        self.cursor = min(max(cursor, 0), len(self) - 1)
        line = max(0, self.cursor - DAYS)
        self._top = max(min(self._top, line, max(0, len(self.items) - self.page)), line - self.page + 1, 0)
        self._head = []
        self.refresh()

    def spans(self, y: int) -> Spans:
        """A line of the week, or an item."""
        width = self.size.width
        if not self.days:
            return []
        if y < HEAD:
            if not self._head:
                self._head = [*week_lines(self.days, self._now(), width, self.cursor), rule(width)]
            return self._head[y]
        index = self._top + y - HEAD
        if index >= len(self.items):
            return []
        before = self.items[index - 1] if y > HEAD else None
        return item_line(self.items[index], before, width, cursor=index + DAYS == self.cursor)

    def ground(self, y: int) -> str:
        """The cursor's line stands out a little."""
        return "cursor-ground" if self.days and self._at(y) == self.cursor else "ground"

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.move_to(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Move there, or open what is there already."""
        index = self._at(event.y)
        if index is not None and index < len(self):
            self.post_message(self.Clicked(index, index == self.cursor))

    def on_mouse_scroll_down(self) -> None:
        """Three lines down."""
        self.post_message(self.Wheel(3))

    def on_mouse_scroll_up(self) -> None:
        """Three lines up."""
        self.post_message(self.Wheel(-3))

    def _at(self, y: int) -> int | None:
        """What stands on a line of the screen."""
        if y >= HEAD:
            return DAYS + self._top + y - HEAD
        return y - BEFORE if BEFORE <= y < BEFORE + DAYS else None
