"""Several of a few: marked with space, taken together with enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from deskmate.domain.text import fit, safe, width
from deskmate.tui.detail_lines import wrap
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.frame import Spans, cut
from deskmate.tui.widgets.lines import Lines, OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway

ABOUT = 3
"""Lines of what is said of the one under the cursor."""
STEPS = {"j": 1, "down": 1, "tab": 1, "k": -1, "up": -1, "shift+tab": -1}


@dataclass(frozen=True, slots=True)
class Many:
    """One of them: what it is called, what stands beside it, what is said of it under the cursor.

    ``why_not`` says why it can not be taken.
    """

    name: str
    note: str = ""
    about: str = ""
    why_not: str = ""


class ManyList(Lines):
    """All of them, with marks."""

    def __init__(self, offers: Sequence[Many], marked: set[str]) -> None:
        super().__init__(id="many")
        self.offers = offers
        self.cursor = 0
        self.marked = marked
        self.styles.height = len(offers)

    @property
    def current(self) -> Many:
        """The one under the cursor."""
        return self.offers[self.cursor]

    def move(self, step: int) -> None:
        """Move the cursor."""
        self.cursor = min(max(self.cursor + step, 0), len(self.offers) - 1)
        self.refresh()

    def spans(self, y: int) -> Spans:
        """One of them."""
        if y >= len(self.offers):
            return []
        each, here = self.offers[y], y == self.cursor
        room = max(width(safe(other.name)) for other in self.offers)
        return cut(
            [
                ("▌" if here else " ", "bar"),
                ("◆ " if each.name in self.marked else "  ", "mark"),
                (fit(safe(each.name), room), "dim" if each.why_not else "bold" if here else ""),
                (f"   {safe(each.why_not or each.note)}", "dim"),
            ],
            self.size.width,
        )

    def ground(self, y: int) -> str:
        """The cursor's line stands out a little."""
        return "cursor-ground" if y == self.cursor else "field-ground"


class AboutLines(Lines):
    """What is said of the one under the cursor."""

    DEFAULT_CSS = f"AboutLines {{ height: {ABOUT}; margin: 1 0 0 0; }}"

    def __init__(self) -> None:
        super().__init__(id="about")
        self.text = ""

    def spans(self, y: int) -> Spans:
        """A line of it; what does not fit is cut."""
        lines = wrap(safe(self.text), max(self.size.width, 10))
        if y == ABOUT - 1 and len(lines) > ABOUT:
            return [(fit(f"{lines[y]} {lines[y + 1]}", self.size.width), "dim")]
        return [(lines[y], "dim")] if y < len(lines) else []

    def ground(self, y: int) -> str:
        """That of the dialog."""
        return "field-ground"


class PickManyDialog(Dialog[tuple[str, ...]]):
    """Gives back the names of those that are marked, else of the one under the cursor."""

    DEFAULT_CSS = "PickManyDialog OneLine { margin: 1 0 0 0; }"

    def __init__(self, gateway: Gateway, kind: str, title: str, offers: Sequence[Many], marked: set[str]) -> None:
        """``marked`` are the names that are marked; whoever gives it has them when the dialog is left, too."""
        super().__init__(gateway)
        self.kind = kind
        self._title = title
        self._list = ManyList(offers, marked)

    def compose(self) -> ComposeResult:
        """The list, what is said of one, the keys."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            yield self._list
            yield AboutLines()
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """Begin at the first."""
        self._moved()

    async def press(self, key: str) -> bool:
        """Move, mark, take, leave; nothing else does anything."""
        listed = self._list
        if key in STEPS:
            listed.move(STEPS[key])
        elif key == "space":
            if listed.current.why_not:
                self.warn(listed.current.why_not)
                return True
            listed.marked ^= {listed.current.name}
            listed.move(1)
        elif key == "*":
            every = {each.name for each in listed.offers if not each.why_not}
            listed.marked ^= every if listed.marked in (set(), every) else every - listed.marked
            listed.refresh()
        elif key == "enter":
            self._take()
            return True
        else:
            await super().press(key)
            return True
        self._moved()
        return True

    def warn(self, text: str) -> None:
        """Say so in the line of keys."""
        self.query_one("#keys", OneLine).show([(safe(text), "error")])

    def _take(self) -> None:
        listed = self._list
        names = tuple(each.name for each in listed.offers if each.name in listed.marked)
        if not names and listed.current.why_not:
            self.warn(listed.current.why_not)
            return
        self.dismiss(names or (listed.current.name,))

    def _moved(self) -> None:
        about = self.query_one(AboutLines)
        about.text = self._list.current.about
        about.refresh()
        count = len(self._list.marked)
        take = f"take {'this one' if not count else f'the {count} marked' if count > 1 else 'the marked one'}   "
        keys: Spans = [("space ", "key"), ("mark   ", "dim"), ("* ", "key"), ("all   ", "dim")]
        keys += [("enter ", "key"), (take, "dim"), ("esc ", "key"), ("back", "dim")]
        self.query_one("#keys", OneLine).show(keys)
