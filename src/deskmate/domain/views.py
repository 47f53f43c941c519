"""The views of the queue. A view is a query; its order is part of it."""

from __future__ import annotations

from enum import StrEnum


class View(StrEnum):
    """What a list of requests shows."""

    NOW = "now"
    NEW = "new"
    WAITING = "waiting"
    PARKED = "parked"
    PROMISED = "promised"
    TODAY = "today"
    HELD = "held"
    LOOSE = "loose"
    RESOLVED = "resolved"
    ALL = "all"

    @property
    def tab(self) -> str:
        """The word on its tab."""
        return "Loose ends" if self is View.LOOSE else self.value.capitalize()


class OwnView:
    """A view of the technician's own: the name on its tab, and the query it stands for.

    ``number`` tells it from others of the same name and never changes.
    """

    __slots__ = ("number", "query", "tab")

    def __init__(self, number: int, tab: str, query: str) -> None:
        self.number = number
        self.tab = tab
        self.query = query

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OwnView) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return self.number

    def _parts(self) -> tuple[int, str, str]:
        return self.number, self.tab, self.query


COUNTED = frozenset(View) - {View.RESOLVED, View.ALL}
"""Views whose tab shows how many there are: those that are work to do."""
