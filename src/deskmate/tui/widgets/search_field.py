"""The line a search is typed into."""

from __future__ import annotations

from collections.abc import Callable

from textual.widgets import Input


class SearchField(Input):
    """Finds while it is typed: what is found is painted with the letter that found it, not a frame later."""

    def __init__(self, find: Callable[[str], None]) -> None:
        super().__init__(id="search", select_on_focus=False, compact=True)
        self._find = find

    def watch_value(self, value: str) -> None:
        """Called as the value changes, while a message would come after the next paint."""
        self._find(value)
