"""One line asked for by a verb: which tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from deskmate.tui.dialogs.line import LineDialog
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway


class PromptDialog(LineDialog[str]):
    """Gives back the line; enter on an empty one gives an empty text."""

    def __init__(
        self,
        gateway: Gateway,
        kind: str,
        requests: tuple[int, ...],
        title: str,
        hint: str,
        text: str = "",
        cursor: int = -1,
    ) -> None:
        request = requests[0] if requests else None
        super().__init__(gateway, draft=f"{kind}:{request or 0}", request=request)
        self.kind = kind
        self.requests = requests
        self._title = title
        self._hint = hint
        self._text = text
        self._cursor = cursor
        if kind == "tag" and not self._kept:
            self._kept = text  # the tags as they are: nothing was typed yet

    def compose(self) -> ComposeResult:
        """The line and its keys."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            yield Input(self._text, id="field", select_on_focus=False, compact=True)
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """Type at once."""
        self.type_at_once(self._cursor)
        self._show_keys()
        self.begun()

    async def press(self, key: str) -> bool:
        """Enter gives the line back; so does the key that saves everywhere else."""
        if key in ("enter", "ctrl+o"):
            text, _cursor = self.text()
            self.finished()
            self.dismiss(text)
            return True
        return await super().press(key)

    def _show_keys(self) -> None:
        self.query_one("#keys", OneLine).show(
            [("enter ", "key"), (f"{self._hint}   ", "dim"), ("esc ", "key"), ("back, nothing lost", "dim")]
        )
