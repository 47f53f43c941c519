"""Pictures for the screen: made aside, one at a time, and remembered as they were looked at.

Whoever shows one asks with what is known at once, and is told of the rest. Who moves on leaves: what waits for it is
dropped then, and what is being decoded tells nobody.
"""

from __future__ import annotations

import os
from collections.abc import Hashable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from deskmate.services import pictures
from deskmate.store import purged

if TYPE_CHECKING:
    from deskmate.domain.picture import Picture
    from deskmate.formats.pictures import Cell, Cells
    from deskmate.tui.frame import Spans
    from deskmate.tui.gateway import Answer, Gateway, Then

Look = pictures.Look
REMEMBERED = 24
"""So many looks are remembered; one that fills a large screen has a megabyte."""


class Pictures:
    """The one of the app, on the screen's thread."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._known: dict[Look, Cells] = {}
        self._asked: dict[tuple[Hashable, Look], Then] = {}
        self._busy = False

    @property
    def off(self) -> bool:
        """Whether words stand in the place of pictures: by the settings, or where there are no colours."""
        return not self._gateway.config.pictures or "NO_COLOR" in os.environ

    def known(self, look: Look) -> Cells | None:
        """The cells of a look when they are known."""
        found = self._known.pop(look, None)
        if found is not None:
            self._known[look] = found  # the last to go again
        return found

    def ask(self, owner: Hashable, look: Look, then: Then) -> None:
        """Make the cells of a look; ``then`` gets them, or why there are none, unless ``owner`` leaves before."""
        self._asked[owner, look] = then
        self._next()

    def leave(self, owner: Hashable) -> None:
        """What this one asked for is not wanted any more."""
        for asked in [each for each in self._asked if each[0] == owner]:
            del self._asked[asked]

    def forget(self) -> None:
        """An original was removed for good: nothing of it stays in memory."""
        self._known.clear()
        pictures.forget()

    def finished(self, picture: Picture, then: Then) -> None:
        """What somebody gets of a picture; ``then`` gets a UserPicture."""
        standing = replace(picture, file=self._gateway.read_whole(purged.standing, picture.file))
        self._gateway.aside(lambda: pictures.made(self._gateway.folder, standing), then)

    def _next(self) -> None:
        if self._asked and not self._busy:
            self._busy = True
            _owner, look = next(iter(self._asked))
            self._gateway.aside(lambda: pictures.cells(self._gateway.folder, look), partial(self._made, look))

    def _made(self, look: Look, answer: Answer) -> None:
        self._busy = False
        if answer.error is None:
            self._known[look] = answer.value
            while len(self._known) > REMEMBERED:
                del self._known[next(iter(self._known))]
        told = [self._asked.pop(asked) for asked in list(self._asked) if asked[1] == look]
        self._next()
        for then in told:
            then(answer)


def lines(cells: Cells) -> list[Spans]:
    """A picture as lines of half blocks."""
    return [_line(row) for row in cells]


def _line(row: Sequence[Cell]) -> Spans:
    """By hand, for it is half of what a picture costs here."""
    spans: Spans = []
    start = 0
    for place, cell in enumerate(row):
        if cell != row[start]:
            spans.append(("▀" * (place - start), " ".join(row[start])))
            start = place
    spans.append(("▀" * (len(row) - start), " ".join(row[start])))
    return spans
