"""The search line of the queue: what its keys do, and what the bottom line says meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.tui.frame import count_text
from deskmate.tui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from deskmate.tui.screens.queue.screen import QueueScreen


class Searching:
    """Typing into the search line of a screen."""

    def __init__(self, screen: QueueScreen) -> None:
        self._screen = screen
        self.field = SearchField(self._find)

    @property
    def now(self) -> bool:
        """Whether the line is being typed into."""
        return self._screen.has_class("searching")

    def start(self) -> None:
        """Open the line with what is searched for now."""
        screen, field = self._screen, self.field
        screen.set_class(True, "searching")
        field.value = screen.listing.query
        field.cursor_position = len(field.value)
        screen.set_focus(field)
        screen.paint_verbs()

    def end(self) -> None:
        """Back to the list; what is searched for stays."""
        if self.now:
            self._screen.set_class(False, "searching")
            self._screen.set_focus(self._screen.list)
            self._screen.paint_tabs()
            self._screen.paint_verbs()

    async def press(self, key: str) -> bool:
        """Take a key; False when it is for the text."""
        screen = self._screen
        if key in ("down", "up"):
            screen.move_to(screen.listing.cursor + (1 if key == "down" else -1))
        elif key == "ctrl+o":
            await screen.run_action_id("view.save")
        elif key in ("escape", "enter", "tab"):
            if key == "escape":
                screen.show(screen.listing.tab, "")
            self.end()
        else:
            return False
        return True

    def verbs(self) -> list[tuple[str, str]]:
        """For the bottom line: how much is found, and the keys."""
        listing = self._screen.listing
        found = listing.position() + ("" if listing.sorted else ", newest first")
        if listing.hidden:
            found += f", {count_text(listing.hidden)} more in All"
        if listing.unclear:
            found = f"{listing.unclear[0]} is not understood"
        return [("", found), ("enter", "keep"), ("ctrl+o", "save as view"), ("esc", "back")]

    def _find(self, text: str) -> None:
        if self.now and text != self._screen.listing.query:
            self._screen.show(self._screen.listing.tab, text)
