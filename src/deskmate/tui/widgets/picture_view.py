"""One picture of a guide in half blocks, with its marks, as large as fits; and a region of it, larger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.domain.picture import Picture, fitted
from deskmate.domain.text import safe
from deskmate.tui.detail_lines import wrap
from deskmate.tui.pictures import Look, lines
from deskmate.tui.themes import palette
from deskmate.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from deskmate.formats.pictures import Box
    from deskmate.tui.frame import Spans
    from deskmate.tui.gateway import Answer
    from deskmate.tui.pictures import Pictures

LEAST = (12, 3)
"""Columns and rows below which nothing could be made out."""
COMING = "…"
"""Stands there while the picture is made."""


class PictureView(Lines):
    """Shows what it was given last. Its words stand where there is no room for a picture, or none can be shown."""

    DEFAULT_CSS = "PictureView { height: 1fr; }"

    def __init__(self, pictures: Pictures, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pictures = pictures
        self._picture: Picture | None = None
        self._region: Box | None = None
        self._whole = False
        self._lines: list[Spans] = []

    def show(self, picture: Picture | None, *, region: Box | None = None, whole: bool = False) -> None:
        """Show a picture, or a ``region`` of its original; ``whole`` shows what is cut off, too, but dim."""
        shown = self._picture, self._region, self._whole
        if shown == (picture, region, whole):
            return
        if picture is None or self._picture is None or picture.file != self._picture.file:
            self._lines = []  # nothing of another one stays; of the same one what was there, until the new is
        self._picture, self._region, self._whole = picture, region, whole
        self._look()

    def zoom(self, region: Box | None) -> None:
        """Show this region of the original, as large as it gets; all of the picture with None."""
        self.show(self._picture, region=region, whole=self._whole)

    def spans(self, y: int) -> Spans:
        """A line of the picture, or of the words."""
        return self._lines[y] if y < len(self._lines) else []

    def on_resize(self) -> None:
        """It fits in another way now."""
        self._look()

    def on_unmount(self) -> None:
        """Nobody waits any more."""
        self._pictures.leave(self)

    def _look(self) -> None:
        self._pictures.leave(self)
        picture, (columns, rows) = self._picture, self.size
        if picture is None or not columns or not rows:
            self._put([])
        elif self._pictures.off or columns < LEAST[0] or rows < LEAST[1]:
            self._put(self._words(picture.alt or "a picture"))
        else:
            room = columns, 2 * rows
            if self._region:
                left, top, right, bottom = self._region
                room = fitted((right - left, bottom - top), room, grow=True)
            size = picture.width, picture.height
            ground = palette()["ground"]
            look = Look(picture.file, *room, ground, size, picture.marks, self._region, self._whole)
            known = self._pictures.known(look)
            if known is not None:
                self._put(lines(known))
                return
            self._put(self._lines or [[(COMING, "dim")]])
            self._pictures.ask(self, look, self._came)

    def _came(self, answer: Answer) -> None:
        if answer.error is None:
            self._put(lines(answer.value))
        else:
            alt = self._picture.alt if self._picture else ""
            self._put(self._words(f"{alt}: {answer.error.message}" if alt else answer.error.message))

    def _words(self, text: str) -> list[Spans]:
        return [[(line, "dim")] for line in wrap(safe(f"▒ {text}"), self.size.width)[: self.size.height]]

    def _put(self, found: list[Spans]) -> None:
        self._lines = found
        self.refresh()
