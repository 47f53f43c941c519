"""The views of the queue. A view is a query; its order is part of it."""

from enum import StrEnum


class View(StrEnum):
    """What a list of requests shows."""

    NOW = "now"
    NEW = "new"
    WAITING = "waiting"
    PARKED = "parked"
    RESOLVED = "resolved"
    ALL = "all"

    @property
    def tab(self) -> str:
        """The word on its tab."""
        return self.value.capitalize()


COUNTED = frozenset({View.NOW, View.NEW, View.WAITING, View.PARKED})
"""Views whose tab shows how many there are: those that are work to do."""
