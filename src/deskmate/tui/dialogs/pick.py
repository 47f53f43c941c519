"""One line, and below it what may be meant: a cause used before, or another request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from deskmate.domain.text import safe
from deskmate.tui.dialogs.line import LineDialog
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import Lines, OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway

OFFERS = 6
"""Lines of what is offered; more than that scrolls."""
_STEPS = {"down": 1, "tab": 1, "up": -1, "shift+tab": -1}


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be meant: what it gives back, how it is shown, and what is said of it."""

    value: str
    shown: str
    said: str = ""


class OfferList(Lines):
    """The offers, the picked one with a bar."""

    def __init__(self) -> None:
        super().__init__(id="offers")
        self.offers: Sequence[Offer] = ()
        self.picked = -1

    def ground(self, y: int) -> str:
        """That of the dialog."""
        return "field-ground"

    def spans(self, y: int) -> Spans:
        """One offer."""
        index = y + max(0, self.picked - OFFERS + 1)
        if index >= len(self.offers):
            return []
        offer, picked = self.offers[index], index == self.picked
        line: Spans = [("▌ " if picked else "  ", "bar"), (safe(offer.shown), "bold" if picked else "")]
        return [*line, (f"   {safe(offer.said)}", "dim")] if offer.said else line


class PickDialog(LineDialog[str]):
    """Gives back the value of the picked offer, else what is typed.

    With ``only`` nothing but an offer counts: then the first that fits what is typed is picked by itself.
    """

    DEFAULT_CSS = f"PickDialog #offers {{ height: {OFFERS}; margin: 1 0 0 0; }} PickDialog #keys {{ margin: 0; }}"

    def __init__(
        self,
        gateway: Gateway,
        kind: str,
        requests: tuple[int, ...],
        title: str,
        hint: str,
        offers: Callable[[str], Sequence[Offer]],
        *,
        text: str = "",
        cursor: int = -1,
        stored: str = "",
        only: bool = False,
        picked: int = -1,
    ) -> None:
        """``stored`` is what the field begins with when no draft waits; ``picked`` the offer picked at first."""
        request = requests[0] if requests else None
        super().__init__(gateway, draft=f"{kind}:{request or 0}", request=request)
        self.kind = kind
        self.requests = requests
        self._title = title
        self._hint = hint
        self._offers = offers
        self._text = text or stored
        self._cursor = cursor
        self._stored = stored
        self._only = only
        self._first = picked
        self._kept = self._kept or stored

    def compose(self) -> ComposeResult:
        """The line, the offers, the keys."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            yield Input(self._text, id="field", select_on_focus=False, compact=True)
            yield OfferList()
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """Type at once. What is stored narrows nothing."""
        self.type_at_once(self._cursor, own=self._text != self._stored)
        self._offer("" if self._text == self._stored else self._text, self._first)
        if not self._only:  # what is typed brings no more than there are now
            self.query_one(OfferList).styles.height = min(max(len(self.query_one(OfferList).offers), 1), OFFERS)
        self.begun()

    async def press(self, key: str) -> bool:
        """Arrows and tab pick, enter takes it."""
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key == "enter":
            self._take()
        else:
            return await super().press(key)
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what fits, and keep it."""
        if event.value != self._text:
            self._text = event.value
            self._offer(event.value, -1)
            self.changed()

    def _offer(self, typed: str, picked: int) -> None:
        shown = self.query_one(OfferList)
        shown.offers = self._offers(typed)
        if self._only and typed.strip():
            picked = 0
        shown.picked = min(picked, len(shown.offers) - 1)
        shown.refresh()
        self._keys()

    def _step(self, step: int) -> None:
        shown = self.query_one(OfferList)
        if shown.offers:
            first = 0 if self._only else -1
            count = len(shown.offers) - first
            start = shown.picked if shown.picked >= first else first - (step > 0)
            shown.picked = (start + step - first) % count + first
            shown.refresh()

    def _take(self) -> None:
        shown = self.query_one(OfferList)
        typed = self.text()[0]
        if 0 <= shown.picked < len(shown.offers):
            typed = shown.offers[shown.picked].value
        elif self._only:
            found = (
                f"nothing is found for “{safe(typed)}”" if typed.strip() else "type a number or a word, or pick one"
            )
            self.warn(f"{found}; esc goes back")
            return
        self.finished()
        self.dismiss(typed)

    def _keys(self) -> None:
        keys: Spans = [("enter ", "key"), (f"{self._hint}   ", "dim")]
        if self.query_one(OfferList).offers:
            keys += [("↓ ↑ ", "key"), ("pick   ", "dim")]
        self.query_one("#keys", OneLine).show([*keys, ("esc ", "key"), ("back, nothing lost", "dim")])
