"""The line a search is typed into."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from textual.geometry import Region
from textual.widgets import Input


class SearchField(Input):
    """Finds while it is typed: what is found is painted with the letter that found it, not a frame later."""

    def __init__(self, find: Callable[[str], None]) -> None:
        super().__init__(id="search", select_on_focus=False, compact=True)
        self._find = find

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """One line, whatever is typed: never a reason to lay the screen out anew."""
        return super().refresh(*regions, repaint=repaint, recompose=recompose)

    def watch_value(self, value: str) -> None:
        """Called as the value changes, while a message would come after the next paint."""
        self._find(value)
