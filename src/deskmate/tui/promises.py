"""What the screens ask of the store about promises, and about what was begun: a few indexed rows each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.store.read import promises, queue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deskmate.domain.promise import Promise
    from deskmate.tui.gateway import Gateway


def open_on(gateway: Gateway, numbers: Iterable[int]) -> list[Promise]:
    """The open promises of these requests."""
    return gateway.read_whole(promises.open_of_all, numbers)


def last_words(gateway: Gateway, number: int) -> tuple[str, str, bool]:
    """The newest reply to a request, when it was, and whether a promise was made since."""
    return gateway.read_whole(promises.last_words, number)


def begun(gateway: Gateway, most: int) -> int:
    """How many requests were begun and are not finished, counted up to ``most``."""
    return gateway.read_whole(queue.begun, most)
