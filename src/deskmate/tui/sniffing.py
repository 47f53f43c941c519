"""What tesseract points out on pictures, and what of it was looked at. It is read aside, once for each picture."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from deskmate.domain.picture import MarkKind, Picture, Review
from deskmate.domain.pointing import Box, union
from deskmate.services import sniff

if TYPE_CHECKING:
    from collections.abc import Callable

    from deskmate.domain.telltale import Sighting
    from deskmate.tui.gateway import Answer, Gateway

HOW = "with tesseract installed, what looks like a password is pointed out here"


class Sniffing:
    """Asks and remembers, until the panel goes."""

    def __init__(self, gateway: Gateway, came: Callable[[], None]) -> None:
        """``came`` is called when something was found."""
        self._gateway = gateway
        self._came = came
        self._found: dict[str, tuple[Sighting, ...]] = {}
        self._spared: set[tuple[str, Box]] = set()
        self.is_there = sniff.is_there()

    def look(self, picture: Picture) -> None:
        """Have a picture read that nobody looked at, unless it was."""
        digest = picture.file.digest
        if self.is_there and picture.review is Review.UNREVIEWED and digest not in self._found:
            self._found[digest] = ()
            self._gateway.aside(partial(sniff.look, self._gateway.folder, picture.file), partial(self._read, digest))

    def open(self, picture: Picture) -> tuple[Sighting, ...]:
        """What is neither covered, cut off nor said to be harmless; nothing once somebody looked at the picture."""
        if picture.review is not Review.UNREVIEWED:
            return ()
        covers = [mark.box for mark in picture.of_kind(MarkKind.REDACT)]
        return tuple(
            each
            for each in self._found.get(picture.file.digest, ())
            if (picture.file.digest, each.box) not in self._spared
            and not any(union(box, each.box) == box for box in covers)
            and _meets(each.box, picture.kept)
        )

    def spare(self, picture: Picture, sighting: Sighting) -> None:
        """It may be seen."""
        self._spared.add((picture.file.digest, sighting.box))

    def _read(self, digest: str, answer: Answer) -> None:
        if answer.error is None and answer.value:  # what could not be read is no news: it is only a hint
            self._found[digest] = answer.value
            self._came()


def _meets(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
