"""The list of requests: a window on a list of any length."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual import events
from textual.geometry import Region

from deskmate.tui.frame import Spans, request_line
from deskmate.tui.listing import Listing
from deskmate.tui.widgets.lines import Lines, Pressed, Turned


class RequestList(Lines, can_focus=True):
    """Paints what is in sight of a Listing. The screen moves the cursor and says what changed."""

    DEFAULT_CSS = "RequestList { height: 1fr; }"

    class Clicked(Pressed):
        """A line was clicked; ``again`` when it was the cursor's already."""

    class Wheel(Turned):
        """The wheel was turned by so many lines."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(id="list")
        self.listing: Listing | None = None
        self.marked: set[int] = set()
        self.top = 0
        self.number_width = 6
        self.empty: list[Spans] = []
        self._now = now
        self._painted = -1

    def show(self, listing: Listing, top: int | None = None) -> None:
        """Show this list, from line ``top`` on if that keeps the cursor in sight."""
        self.listing = listing
        if top is not None:
            self.top = top
        self._into_sight()
        self.refresh()

    def moved(self) -> None:
        """The cursor moved: paint the two lines it concerns, or all when the window moved too."""
        before_top, before = self.top, self._painted
        self._into_sight()
        if self.top != before_top or self.listing is None:
            self.refresh()
            return
        for index in {before, self.listing.cursor}:
            if 0 <= index - self.top < self.size.height:
                self.refresh(Region(0, index - self.top, self.size.width, 1))
        self._painted = self.listing.cursor

    def line_of_cursor(self) -> int:
        """The screen line the cursor is on, counted from the top of the list."""
        return self.listing.cursor - self.top if self.listing else 0

    def hold(self, line: int) -> None:
        """Keep the cursor on this screen line when rows came or went above it."""
        if self.listing is not None:
            self.top = self.listing.cursor - line
            self._into_sight()
            self.refresh()

    def spans(self, y: int) -> Spans:
        """A request, or the words for an empty list."""
        listing = self.listing
        if listing is None or not len(listing):
            return self.empty[y] if y < len(self.empty) else []
        index = self.top + y
        row = listing.row(index)
        if row is None:
            return []
        if index == listing.cursor:
            self._painted = index
        return request_line(
            row,
            self.size.width,
            self.number_width,
            self._now(),
            cursor=index == listing.cursor,
            marked=row[0] in self.marked,
            view=listing.view,
        )

    def ground(self, y: int) -> str:
        """The cursor's line stands out a little."""
        listing = self.listing
        return "cursor-ground" if listing and len(listing) and self.top + y == listing.cursor else "ground"

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._into_sight()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Move there, or open what is there already."""
        if self.listing is not None and self.top + event.y < len(self.listing):
            index = self.top + event.y
            self.post_message(self.Clicked(index, index == self.listing.cursor))

    def on_mouse_scroll_down(self) -> None:
        """Three lines down."""
        self.post_message(self.Wheel(3))

    def on_mouse_scroll_up(self) -> None:
        """Three lines up."""
        self.post_message(self.Wheel(-3))

    def _into_sight(self) -> None:
        height = self.size.height
        if self.listing is None or not height:
            return
        cursor = self.listing.cursor
        last = max(0, len(self.listing) - height)
        self.top = max(0, min(self.top, last))
        if cursor < self.top:
            self.top = cursor
        elif cursor >= self.top + height:
            self.top = cursor - height + 1
