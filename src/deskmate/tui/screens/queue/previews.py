"""Pictures of the open request, small, below the line of its files.

Decoding takes its time and may fail in every way, so it happens aside, once the request has been open for a moment;
moving about in the list never comes to it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.timer import Timer

from deskmate.domain.files import Kept, is_picture
from deskmate.domain.text import safe
from deskmate.tui.detail_lines import wrap
from deskmate.tui.pictures import Look, lines
from deskmate.tui.themes import palette

if TYPE_CHECKING:
    from deskmate.domain.timeline import Attachment, Detail
    from deskmate.tui.frame import Spans
    from deskmate.tui.gateway import Answer
    from deskmate.tui.screens.queue.screen import QueueScreen

REST = 0.15
"""Seconds a request has to be open before its pictures are decoded; by then the pane has its size, too."""
SHOWN = 3
"""So many pictures stand side by side."""
GAP = 2
LEAST = 2
"""Rows below which nothing could be made out."""
KEPT = 24
"""So many pictures are remembered."""

Key = tuple[str, int, int]
"""The digest of a file, and the columns and rows it may take."""


class Previews:
    """Decodes pictures aside and remembers them, each for its file and size."""

    def __init__(self, screen: QueueScreen) -> None:
        self._screen = screen
        self._found: dict[Key, list[Spans] | str | None] = {}
        """The lines of each; or why there are none; or None while it is on its way."""
        self._number = 0
        self._timer: Timer | None = None

    def of(self, detail: Detail) -> list[Spans]:
        """The lines that picture the files of this request, as far as they are known; the rest comes by itself."""
        if not _pictures(detail) or self._screen.gateway.pictures.off:
            return []
        if detail.request.number != self._number:  # what could not be shown may be mended by now
            self._number = detail.request.number
            self._screen.gateway.pictures.leave(self)
            self._found = {key: found for key, found in self._found.items() if isinstance(found, list)}
        keys = self._keys(detail)
        if not keys or any(key not in self._found for key in keys):  # the pane may not have its size yet
            if self._timer is None:
                self._timer = self._screen.set_timer(REST, self._rested)
            self._timer.reset()
        return self._lines(detail)

    def _lines(self, detail: Detail) -> list[Spans]:
        several = len(detail.attachments) > 1
        shown: list[list[Spans]] = []
        said: list[Spans] = []
        for key, (digit, _each) in self._keys(detail).items():
            found = self._found.get(key)
            mark = f"{digit} " if several else ""
            if isinstance(found, str):
                columns = self._screen.detail.room[0]
                said += [[(line, "dim")] for line in wrap(safe(f"{mark}no preview: {found}"), columns)]
            elif found:
                shown.append([[(mark if y == 0 else " " * len(mark), "dim"), *row] for y, row in enumerate(found)])
        return [*beside(shown), *said]

    def _keys(self, detail: Detail) -> dict[Key, tuple[int, Attachment]]:
        """What there is room for, each with the digit that opens it."""
        pictures = _pictures(detail)
        columns, rows = self._screen.detail.room
        if rows < LEAST:
            return {}
        each_columns = max((columns + GAP) // len(pictures) - GAP - len("1 "), 1)
        return {(each.digest, each_columns, rows): (digit, each) for digit, each in pictures}

    def _rested(self) -> None:
        self._timer = None
        detail = self._screen.detail.detail
        if not self._screen.opened or detail is None:
            return
        for key, (_digit, each) in self._keys(detail).items():
            if key not in self._found:
                self._found[key] = None
                columns, rows = key[1:]
                kept = Kept(each.name, each.size, each.digest)
                look = Look(kept, columns, 2 * rows, palette()["ground"])
                self._screen.gateway.pictures.ask(self, look, partial(self._decoded, key))
        self._show()

    def _decoded(self, key: Key, answer: Answer) -> None:
        self._found[key] = answer.error.message if answer.error is not None else lines(answer.value)
        while len(self._found) > KEPT:
            del self._found[next(iter(self._found))]
        self._show()

    def _show(self) -> None:
        pane = self._screen.detail
        if self._screen.opened and pane.detail is not None:
            pane.show(pane.detail, self._lines(pane.detail))


def _pictures(detail: Detail) -> list[tuple[int, Attachment]]:
    """What may be shown, each with the digit that opens it."""
    digits = enumerate(detail.attachments[:9], 1)
    return [(digit, each) for digit, each in digits if is_picture(each.name)][:SHOWN]


def beside(pictures: list[list[Spans]]) -> list[Spans]:
    """Pictures side by side, all from the same line on."""
    found: list[Spans] = []
    widths = [sum(len(text) for text, _style in picture[0]) for picture in pictures]
    for y in range(max(map(len, pictures), default=0)):
        line: Spans = []
        for picture, columns in zip(pictures, widths, strict=True):
            line += [*(picture[y] if y < len(picture) else [(" " * columns, "")]), (" " * GAP, "")]
        found.append(line[:-1])
    return found
