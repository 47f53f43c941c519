"""Where the queue screen is: written down as it moves, and come back to after a restart."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from textual.timer import Timer

from deskmate.domain import instant
from deskmate.domain.views import OwnView, View

if TYPE_CHECKING:
    from deskmate.tui.screens.queue.screen import QueueScreen

PANEL = "queue"
"""What this screen is called in a place; a panel over it gives its own name."""
PLACE_AFTER = 0.4
"""Seconds after a move until the place is written down."""
FILTER_KEPT = timedelta(hours=8)
"""A filter older than this is not restored: nobody remembers it."""


class PlaceKeeper:
    """Keeps the place of a queue screen: view, search, cursor, scroll and open dialogs."""

    def __init__(self, screen: QueueScreen) -> None:
        self._screen = screen
        self._timer: Timer | None = None
        self._kept: dict[str, Any] = {}

    def now(self) -> dict[str, Any]:
        """Where the screen is: enough to come back to it."""
        screen, listing = self._screen, self._screen.listing
        here, top = listing.cursor, screen.list.top
        # The request under the cursor may belong elsewhere by now: then the next one marks the spot.
        top += listing.astray and top == here
        return {
            "panel": PANEL if screen.over is None else screen.over.scope,
            "view": listing.view.value,
            "own": listing.tab.number if isinstance(listing.tab, OwnView) else None,
            "query": listing.query,
            "number": listing.current,
            "near": [*listing.numbers[here + 1 : here + 4], *listing.numbers[max(0, here - 1) : here]],
            "top": listing.numbers[top] if top < len(listing) else None,
            "opened": screen.opened,
            "scroll": screen.detail.top,
            "over": None if screen.over is None else screen.over.place(),
            "dialogs": [{"kind": dialog.kind, "requests": list(dialog.requests)} for dialog in screen.dialogs],
        }

    def remember(self) -> None:
        """Write the place down soon."""
        if self._screen.ready and self._timer is None:
            self._timer = self._screen.set_timer(PLACE_AFTER, self.keep_now)

    def keep_now(self) -> None:
        """Write the place down at once, when a dialog opens or the app goes."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._screen.has("finding"):
            self._screen.finding.keep()
        place = self.now()
        if self._screen.ready and place != self._kept:
            self._kept = place
            self._screen.gateway.save_place("queue", place)

    def whole(self) -> dict[str, Any]:
        """Where the screen is with all that a restart may do without, to come back to it exactly."""
        screen = self._screen
        typed = screen.search.field.cursor_position if screen.searching else None
        return {**self.now(), "marked": sorted(screen.list.marked), "typing": typed}

    def go(self, place: dict[str, Any]) -> None:
        """Come back to a place exactly: with its filter, and to its request wherever that stands by now."""
        screen = self._screen
        screen.search.end()
        number, top = place.get("number"), place.get("top")
        screen.show(*self._tab(place), top=top, near=tuple(place.get("near", ())))
        if number is not None:
            screen.listing.stay(number)
        screen.mark(set(place.get("marked", ())))
        screen.set_opened(bool(place.get("opened")))
        line = -1 if top is None else screen.listing.line_of(top)
        screen.list.show(screen.listing, line if line >= 0 else None)
        screen.detail.top = int(place.get("scroll") or 0)
        screen.detail.refresh()
        if place.get("typing") is not None:
            screen.search.start()
            screen.search.field.cursor_position = int(place["typing"])
        if place.get("over"):
            screen.panels.go(place["over"])
        else:
            screen.panels.close()
        for dialog in place.get("dialogs", ()):
            screen.reopen(dialog["kind"], tuple(dialog["requests"]))
        self.remember()

    def _tab(self, place: dict[str, Any]) -> tuple[View | OwnView, str]:
        """The view of a place and what was searched for in it."""
        view = View(place["view"]) if place.get("view") in list(View) else View.NOW
        return self._screen.own_views.numbered(place.get("own")) or view, str(place.get("query") or "")

    def restore(self) -> None:
        """Come back to where the screen was left, dialogs and all."""
        screen = self._screen
        place, kept_at = screen.gateway.place("queue") or ({}, "")
        screen.own_views.read()
        tab, query = self._tab(place)
        if query and screen.now() - instant.from_text(kept_at) > FILTER_KEPT:
            query = ""
        self._kept = place
        near = (number for number in (place.get("number"), *place.get("near", ())) if number is not None)
        screen.show(tab, query, top=place.get("top"), near=tuple(near))
        if place.get("top") in screen.listing.numbers:
            screen.list.show(screen.listing, screen.listing.numbers.index(place["top"]))
        if place.get("opened"):
            screen.set_opened(True)
            screen.detail.top = int(place.get("scroll") or 0)
        screen.ready = True
        if place.get("over"):
            screen.call_after_refresh(screen.panels.go, place["over"])
        for dialog in () if screen.gateway.read_only else place.get("dialogs", ()):
            screen.call_after_refresh(screen.reopen, dialog["kind"], tuple(dialog["requests"]))
