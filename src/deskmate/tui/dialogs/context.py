"""What stands around a request, to be walked through: every line that leads somewhere can be entered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size

from deskmate.domain.context import Context
from deskmate.domain.row import label
from deskmate.tui.context_lines import Line, Target, context_lines
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway

FAR = 10_000


class ContextList(Lines, can_focus=True):
    """The lines, with a cursor on one that leads somewhere."""

    def __init__(self) -> None:
        super().__init__(id="around")
        self.context: Context | None = None
        self.cursor = 0
        self.top = 0

    def show(self, context: Context | None) -> None:
        """Show this; the cursor stays on what it is on, as far as that is there."""
        before = self.target
        self.context = context
        places = self._places()
        same = [place for place in places if self._lines()[place][1] == before]
        self.cursor = same[0] if same else places[0] if places else 0
        self.refresh(layout=True)
        self._into_sight()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as it has lines."""
        return max(1, len(context_lines(self.context, max(width - 1, 10), whole=True)))

    @property
    def target(self) -> Target | None:
        """What the line under the cursor leads to."""
        lines = self._lines()
        return lines[self.cursor][1] if self.cursor < len(lines) else None

    def move(self, steps: int) -> None:
        """Put the cursor so many lines that lead somewhere further."""
        places = self._places()
        if places:
            here = places.index(self.cursor) if self.cursor in places else 0
            self.cursor = places[max(0, min(here + steps, len(places) - 1))]
            if self.cursor == places[0]:
                self.top = 0
            self._into_sight()

    def spans(self, y: int) -> Spans:
        """One line, with the bar of the cursor."""
        lines, index = self._lines(), self.top + y
        if index >= len(lines):
            return []
        here = index == self.cursor and lines[index][1] is not None
        return [("▌" if here else " ", "bar"), *lines[index][0]]

    def ground(self, y: int) -> str:
        """The cursor's line stands out a little."""
        return "cursor-ground" if self.top + y == self.cursor and self.target else "ground"

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._into_sight()

    def _lines(self) -> list[Line]:
        return context_lines(self.context, max(self.size.width - 1, 10), whole=True)

    def _places(self) -> list[int]:
        return [place for place, (_spans, target) in enumerate(self._lines()) if target]

    def _into_sight(self) -> None:
        height = max(1, self.size.height)
        self.top = max(0, min(self.top, self.cursor, len(self._lines()) - 1))
        if self.cursor >= self.top + height:
            self.top = self.cursor - height + 1
        self.refresh()


KEYS = "enter open   e edit who asks   d drop   m merge   esc back"
CARDS = ("person", "device")


@dataclass(frozen=True, slots=True)
class Ways:
    """What can be done with the card that a line leads to."""

    card: Callable[[Target], None]
    drop: Callable[[Target], None]
    merge: Callable[[Target], None]


class ContextDialog(Dialog[Target]):
    """Gives back a request to go to. Cards are opened over it, merged and dropped, by the ``ways``."""

    DEFAULT_CSS = """
    ContextDialog { align: center middle; }
    ContextDialog ContextList { height: auto; max-height: 100%; border: round $border; max-width: 110; }
    """

    kind = "context"

    def __init__(self, gateway: Gateway, number: int, ways: Ways) -> None:
        super().__init__(gateway)
        self.requests = (number,)
        self._ways = ways
        self._known: Context | None = None

    def compose(self) -> ComposeResult:
        """The list."""
        around = ContextList()
        around.border_title = Content(f"Around {label(self.requests[0])}")
        around.border_subtitle = KEYS
        yield around

    def on_mount(self) -> None:
        """Show what is known by now."""
        self.query_one(ContextList).show(self._known)

    def show(self, context: Context | None) -> None:
        """What stands around the request, now or as it has become."""
        self._known = context
        if self.is_mounted:
            self.query_one(ContextList).show(context)

    async def press(self, key: str) -> bool:
        """Move, open, or back out with whatever else."""
        around = self.query_one(ContextList)
        steps = {"j": 1, "down": 1, "k": -1, "up": -1, "g": -FAR, "home": -FAR, "G": FAR, "end": FAR}
        target = around.target
        around.border_subtitle = KEYS
        if key in steps:
            around.move(steps[key])
        elif key == "e":
            self._ways.card(("asker", self.requests[0]))
        elif key == "enter" and target and target[0] in CARDS:
            self._ways.card(target)
        elif key in ("d", "m"):
            self._change(key, target)
        elif key == "enter" and target:
            self.dismiss(target)
        elif key in ("escape", "q", "C"):
            self.leave()
        return True

    def warn(self, text: str) -> None:
        """Say so where the keys stand, until the next one."""
        self.query_one(ContextList).border_subtitle = text

    def _change(self, key: str, target: Target | None) -> None:
        what, card = target or ("", 0)
        if what not in CARDS or not card:
            self.warn("only a card can be: go to a person or a device that has one")
        elif key == "d":
            self._ways.drop((what, card))
        elif what == "person":
            self._ways.merge((what, card))
        else:
            self.warn("only people are merged; a device is edited or dropped")
