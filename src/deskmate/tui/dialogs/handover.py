"""A longer text for somebody other than the requester: a handover, or what is for the supervisor alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from deskmate.tui.dialogs.long_text import LongTextDialog
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from deskmate.tui.gateway import Gateway


class TextFor(LongTextDialog):
    """Gives back the text. ``saves`` is what ctrl+o does with it, in words; ``why_not`` may say why it can not be."""

    DEFAULT_CSS = """
    TextFor TextArea { height: 14; }
    """

    def __init__(
        self,
        gateway: Gateway,
        kind: str,
        requests: tuple[int, ...],
        title: str,
        saves: str,
        text: str,
        cursor: int,
        why_not: Callable[[str], str] = lambda text: "",
    ) -> None:
        super().__init__(gateway, draft_key(kind, requests), requests[0], text, cursor)
        self.kind = kind
        self.requests = requests
        self.saves = saves
        self._title = title
        self._why_not = why_not

    def compose(self) -> ComposeResult:
        """The field and its keys."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            yield self.area()
            yield OneLine(id="keys", ground="field-ground")

    def may_go(self, text: str) -> bool:
        """Whether it can be; if not, it is said why."""
        why = self._why_not(text)
        if why:
            self.warn(why)
        return not why


def draft_key(kind: str, numbers: tuple[int, ...]) -> str:
    """Where such a text waits: one for these very requests."""
    return f"{kind}:{'+'.join(map(str, numbers))}"
