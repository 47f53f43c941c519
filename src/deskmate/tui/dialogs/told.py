"""What a form says of a change before it is saved, beneath its fields."""

from __future__ import annotations

from textwrap import wrap

from deskmate.domain.text import width
from deskmate.tui.frame import Spans, cut
from deskmate.tui.widgets.lines import Lines


class Told(Lines):
    """What the change would come to, line by line."""

    DEFAULT_CSS = "Told { height: auto; max-height: 10; margin: 1 0 0 0; }"

    def __init__(self) -> None:
        super().__init__(id="told")
        self.lines: list[Spans] = []
        self.styles.height = 1

    def show(self, lines: list[Spans]) -> None:
        """Show these."""
        self.lines = lines
        self.styles.height = max(1, len(lines))
        self.refresh(layout=True)

    def spans(self, y: int) -> Spans:
        """One of them."""
        return cut(self.lines[y], self.size.width) if y < len(self.lines) else []

    def ground(self, y: int) -> str:
        """That of the box."""
        return "field-ground"


def wrapped(line: Spans, room: int) -> list[Spans]:
    """A line as it is where it fits, else its words on several lines."""
    text = "".join(words for words, _style in line)
    if width(text) <= room:
        return [line]
    return [[(part, line[-1][1])] for part in wrap(text, max(room, 20), subsequent_indent="  ")]
