"""What was seen where a step failed: a line that may be empty, and which of the branches it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from deskmate.tui.dialogs.line import LineDialog
from deskmate.tui.dialogs.pick import Offer, OfferList
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway

STEPS = {"down": 1, "tab": 1, "up": -1, "shift+tab": -1}


class StepFailedDialog(LineDialog[tuple[str, int | None]]):
    """Gives back the line and the number of the branch, None for none of them."""

    DEFAULT_CSS = "StepFailedDialog #offers { margin: 1 0 0 0; } StepFailedDialog #keys { margin: 0; }"

    def __init__(
        self,
        gateway: Gateway,
        kind: str,
        title: str,
        branches: Sequence[tuple[str, str]],
        text: str = "",
        cursor: int = -1,
    ) -> None:
        """``branches`` are pairs: what is seen, and where that leads."""
        super().__init__(gateway, draft=kind)
        self.kind = kind
        self._title = title
        self._branches = branches
        self._text = text
        self._cursor = cursor

    def compose(self) -> ComposeResult:
        """The line, the branches, the keys."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            yield Input(self._text, id="field", select_on_focus=False, compact=True)
            if self._branches:
                yield OfferList()
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """Type at once; none of the branches is taken by itself."""
        self.type_at_once(self._cursor)
        keys: Spans = [("enter ", "key"), ("takes it down   ", "dim")]
        if self._branches:
            offers = self.query_one(OfferList)
            seen = [
                Offer(str(number), f"{number} {symptom}", f"→ {leads}")
                for number, (symptom, leads) in enumerate(self._branches, start=1)
            ]
            offers.offers = [Offer("", "none of these", "stays at this step"), *seen]
            offers.picked = 0
            offers.styles.height = min(len(offers.offers), 6)
            keys += [("↓ ↑ ", "key"), ("what is seen   ", "dim")]
        self.query_one("#keys", OneLine).show([*keys, ("esc ", "key"), ("back, nothing lost", "dim")])
        self.begun()

    async def press(self, key: str) -> bool:
        """Arrows pick a branch, enter takes it down."""
        if key in STEPS and self._branches:
            offers = self.query_one(OfferList)
            offers.picked = (offers.picked + STEPS[key]) % len(offers.offers)
            offers.refresh()
        elif key == "enter":
            self.finished()
            self.dismiss((self.text()[0], self._picked()))
        else:
            return await super().press(key)
        return True

    def _picked(self) -> int | None:
        if not self._branches:
            return None
        return self.query_one(OfferList).picked or None
