"""The base of everything that is painted line by line from spans."""

from __future__ import annotations

from functools import lru_cache
from typing import Self

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from deskmate.tui.frame import Spans
from deskmate.tui.themes import STYLES, palette


@lru_cache(8192)
def rich_style(name: str, ground: str) -> Style:
    """The look of a style name on a ground. Two colours ``#rrggbb #rrggbb``, as pictures have, are their own look."""
    if name.startswith("#"):
        upper, lower = name.split()
        return Style(color=upper, bgcolor=lower)
    text, own_ground, bold = STYLES[name]
    colours = palette()
    return Style(color=colours[text], bgcolor=colours[own_ground or ground], bold=bold)


class Pressed(Message):
    """Something at ``index`` was clicked; ``again`` when the cursor was there already. Each widget has its own."""

    def __init__(self, index: int, again: bool) -> None:
        super().__init__()
        self.index = index
        self.again = again


class Turned(Message):
    """The wheel was turned by so many lines. Each widget has its own."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.lines = lines


class Lines(Widget):
    """Paints each line from ``spans(y)``; nothing else, so that a key costs as little as it can."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._painted_lines: dict[int, Strip] = {}
        self._painted_size = Size(0, 0)

    def spans(self, y: int) -> Spans:
        """The line ``y`` of this widget."""
        return []

    def ground(self, y: int) -> str:
        """The colour name that line ``y`` stands on."""
        return "ground"

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines as they are. What Textual does for borders, padding and opacity takes longer than they do.

        A paint asks for every line between its first and its last, so those that did not change are kept.
        """
        if self.gutter:
            return super().render_lines(crop)
        if self.size != self._painted_size:
            self._painted_size = self.size
            self._painted_lines.clear()
        painted = self._painted_lines
        missing = [y for y in crop.line_range if y not in painted]
        if missing:
            background, filters = self.background_colors[1], self.get_line_filters()
            for y in missing:
                strip = self.render_line(y)
                for each in filters:
                    strip = strip.apply_filter(each, background)
                painted[y] = strip
        strips = [painted[y] for y in crop.line_range]
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def refresh(self, *regions: Region, **what: bool) -> Self:
        """Textual's own: these regions have changed, or everything has."""
        for region in regions:
            for y in region.line_range:
                self._painted_lines.pop(y, None)
        if not regions:
            self._painted_lines.clear()
        return super().refresh(*regions, **what)

    def render_line(self, y: int) -> Strip:
        """Textual's Line API."""
        width = self.size.width
        ground = self.ground(y)
        segments = [Segment(text, rich_style(name, ground)) for text, name in self.spans(y) if text]
        return Strip(segments).adjust_cell_length(width, rich_style("", ground))


class OneLine(Lines):
    """A widget of one line that shows what it was last given."""

    DEFAULT_CSS = "OneLine { height: 1; }"

    def __init__(self, *, id: str | None = None, ground: str = "ground") -> None:
        """``ground`` is the colour name of what it stands on."""
        super().__init__(id=id)
        self._spans: Spans = []
        self._ground = ground

    def ground(self, y: int) -> str:
        """The one it was given."""
        return self._ground

    def show(self, spans: Spans) -> None:
        """Show these spans; nothing is painted when they are the same."""
        if spans != self._spans:
            self._spans = spans
            self.refresh()

    def spans(self, y: int) -> Spans:
        """The one line."""
        return self._spans
