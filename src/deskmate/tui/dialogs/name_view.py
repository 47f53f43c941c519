"""The name for a view of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from deskmate.domain.text import clean, safe
from deskmate.tui.dialogs.line import LineDialog
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway


class NameViewDialog(LineDialog[str]):
    """Gives back the name; ``known`` are the names that saving would replace."""

    DEFAULT_CSS = "NameViewDialog #keys { margin: 0; }"

    def __init__(
        self, gateway: Gateway, title: str, query: str, name: str, known: tuple[str, ...], draft: str = ""
    ) -> None:
        super().__init__(gateway, draft)
        self._title = title
        self._query = query
        self._shown = name
        self._known = {each.casefold(): each for each in known}

    def compose(self) -> ComposeResult:
        """The name, the query it stands for, the keys."""
        with Vertical(classes="box") as box:
            box.border_title = self._title
            yield Input(self._shown, id="field", select_on_focus=False, compact=True)
            yield OneLine(id="query", ground="field-ground")
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """Type at once."""
        self.type_at_once()
        self.query_one("#query", OneLine).show([(f"/{safe(self._query)}", "dim")])
        self._say()
        self.begun()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep it, and say what enter will do."""
        super().on_input_changed(event)
        self._say()

    def _say(self) -> None:
        taken = self._known.get(self.text()[0].strip().casefold())
        does = f"replace {safe(taken)}" if taken else "save"
        self.query_one("#keys", OneLine).show(
            [("enter ", "key"), (f"{does}   ", "dim"), ("esc ", "key"), ("back", "dim")]
        )

    async def press(self, key: str) -> bool:
        """Enter and ctrl+o give the name back."""
        if key in ("enter", "ctrl+o"):
            name = clean(self.text()[0])[0].strip()
            if name:
                self.finished()
            self.dismiss(name or None)
            return True
        return await super().press(key)
