"""What the keys of the queue do besides verbs: move, mark, change the view, open and close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.domain import row as at
from deskmate.domain.row import label
from deskmate.domain.views import View

if TYPE_CHECKING:
    from deskmate.tui.screens.queue.screen import QueueScreen

MARK_MOST = 5_000
"""More than this is not marked at once: nobody means it."""


MOVES = frozenset(
    {
        *(f"view.{view.value}" for view in View),
        *("view.next", "view.previous", "copy.number", "copy.title", "copy.reply", "search"),
        *("request.next", "request.previous"),
        *("open", "pane", "back", "close", "mark", "mark.all", "range", "down", "up", "top", "bottom"),
        *("half.down", "half.up", "page.down", "page.up"),
    }
)
"""What changes nothing but what is seen. All else is a verb, and some group runs it."""

ONE_NEEDED = {
    "open": "open",
    "pane": "open",
    "copy.number": "copy",
    "copy.title": "copy",
    "copy.reply": "copy",
    "mark": "mark",
    "range": "mark",
    "mark.all": "mark",
    "request.next": "go to",
    "request.previous": "go to",
}
"""What needs a request under the cursor, and how to say that there is none."""


class Moves:
    """Moves about in the queue screen."""

    def __init__(self, screen: QueueScreen) -> None:
        self._screen = screen
        self._range_from: int | None = None
        self._range_before: set[int] = set()

    def why_not(self, action: str) -> str:
        """Why ``action`` can do nothing now; empty when it can."""
        screen = self._screen
        if action in ONE_NEEDED and screen.listing.current is None:
            return f"there is nothing to {ONE_NEEDED[action]}"
        if action == "copy.reply" and not self._last_reply():
            return f"nothing has been replied on {label(screen.listing.current or 0)} yet"
        if action.removeprefix("view.") == screen.listing.tab:
            return f"this is {screen.listing.tab.tab} already"
        return ""

    async def run(self, action: str) -> None:
        """Run an action that changes nothing but what is seen."""
        screen = self._screen
        if action.startswith("view."):
            self._view(action.removeprefix("view."))
        elif action.startswith("copy."):
            self._copy(action)
        elif action in ("request.next", "request.previous"):
            screen.move_to(screen.listing.cursor + (1 if action == "request.next" else -1))
        elif action == "search":
            screen.search.start()
        elif action == "open":
            screen.set_opened(True)
        elif action == "pane":
            screen.set_opened(not screen.opened)
        elif action == "back":
            self._back()
        elif action == "close":
            if screen.opened:
                screen.set_opened(False)
            else:
                screen.leave()
        elif action in ("mark", "mark.all", "range"):
            await self._mark(action)
        else:
            await self._scroll(action)

    def extend_range(self) -> None:
        """The cursor moved while a range is being marked."""
        if self._range_from is None:
            return
        listing = self._screen.listing
        start = listing.line_of(self._range_from)
        low, high = sorted((start if start >= 0 else listing.cursor, listing.cursor))
        self._screen.mark(self._range_before | set(listing.numbers[low : high + 1]))

    def end_range(self) -> None:
        """Moving marks nothing any more."""
        self._range_from = None

    async def _scroll(self, action: str) -> None:
        screen = self._screen
        listing = screen.listing
        if screen.opened:
            page = screen.detail.page
            far = 1 << 30
        else:
            page = max(1, screen.list.size.height - 1)
            far = len(listing)
            if action == "bottom":
                await screen.loaded()
                far = len(listing)
        step = {
            "down": 1,
            "up": -1,
            "half.down": max(1, page // 2),
            "half.up": -max(1, page // 2),
            "page.down": page,
            "page.up": -page,
            "top": -far,
            "bottom": far,
        }.get(action)
        if step is None:
            return
        if screen.opened:
            screen.detail.scroll(step)
            screen.place.remember()
        else:
            if listing.cursor + step >= len(listing):
                await screen.loaded()
            screen.move_to(listing.cursor + step)

    def _view(self, which: str) -> None:
        screen = self._screen
        if which in ("next", "previous"):
            tabs = screen.own_views.tabs
            here = tabs.index(screen.listing.tab) if screen.listing.tab in tabs else 0
            target = tabs[(here + (1 if which == "next" else -1)) % len(tabs)]
        else:
            target = View(which)
        screen.go_to_tab(target)

    def _back(self) -> None:
        screen = self._screen
        if screen.list.marked:
            screen.clear_marks()
        elif screen.opened:
            screen.set_opened(False)
        elif screen.listing.query:
            screen.show(screen.listing.tab, "")

    async def _mark(self, action: str) -> None:
        screen = self._screen
        listing = screen.listing
        if action == "mark" and listing.current is not None:
            self.end_range()
            screen.mark(screen.list.marked ^ {listing.current})
            screen.move_to(listing.cursor + 1)
        elif action == "range":
            if self._range_from is None:
                self._range_from = listing.current
                self._range_before = set(screen.list.marked)
                self.extend_range()
            else:
                self.end_range()
        else:
            await screen.loaded()
            if len(listing) > MARK_MOST:
                screen.say(f"{len(listing):,} are too many to mark at once; search first", error=True)
            else:
                screen.mark(set(listing.numbers))

    def _copy(self, action: str) -> None:
        screen = self._screen
        row = screen.listing.row(screen.listing.cursor)
        if row is None:
            return
        text = label(row[at.NUMBER]) if action == "copy.number" else row[at.TITLE]
        said = text
        if action == "copy.reply":
            text, said = self._last_reply(), "the last reply"
        screen.app.copy_to_clipboard(text)
        screen.say(f"copied {said}")

    def _last_reply(self) -> str:
        number = self._screen.listing.current
        return "" if number is None else self._screen.gateway.last_reply(number)
