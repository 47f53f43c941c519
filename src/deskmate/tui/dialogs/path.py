"""A path asked for, with completion of names and the newest screenshot."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from deskmate.domain.files import size_text
from deskmate.domain.grab import NO_SCREENSHOT
from deskmate.domain.text import excerpt, safe
from deskmate.tui import grabbing
from deskmate.tui.dialogs.line import LineDialog
from deskmate.tui.frame import Spans
from deskmate.tui.near_files import common_start, dropped, names_after, typed
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Answer, Gateway


NAME_ROOM = 14
"""Characters of the newest screenshot's name that have room beside the keys."""


class PathDialog(LineDialog[list[str]]):
    """Gives back the paths of files that are there."""

    DEFAULT_CSS = "PathDialog #keys { margin: 0; }"

    kind = "attach"

    def __init__(
        self,
        gateway: Gateway,
        requests: tuple[int, ...],
        about: str,
        text: str = "",
        cursor: int = -1,
        *,
        kind: str = "",
        verb: str = "attach",
    ) -> None:
        """``kind`` names it in a place, and its draft, where the files are for something else than requests.

        ``verb`` is what enter does with them.
        """
        request = requests[0] if requests else None
        super().__init__(gateway, draft=kind or f"attach:{request}", request=request)
        self.kind = kind or self.kind
        self.requests = requests
        self._about = about
        self._text = text
        self._cursor = cursor
        self._folders: dict[str, list[str]] = {}
        self._newest = ""
        self._verb = verb

    def compose(self) -> ComposeResult:
        """The line, the names that fit, the keys."""
        with Vertical(classes="box") as box:
            box.border_title = Content(self._about)
            yield Input(self._text, id="field", select_on_focus=False, compact=True)
            yield OneLine(id="names", ground="field-ground")
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """Type at once."""
        self.type_at_once(self._cursor)
        self._echo()
        self.begun()
        grabbing.newest(self.gateway, self._found)

    async def press(self, key: str) -> bool:
        """Enter attaches, tab completes, ctrl+f takes the newest screenshot."""
        text = self.text()[0]
        if key == "tab":
            self._complete()
        elif key == "ctrl+f":
            grabbing.newest(self.gateway, self._take)
        elif key != "enter":
            return await super().press(key)
        elif not text.strip():
            self.leave()
        else:
            paths = typed(text)
            missing = next((path for path in paths if not os.path.exists(path)), "")
            if missing:
                self.warn(f"there is no {excerpt(safe(os.path.basename(missing)), 40)} there; tab completes names")
            else:
                self.finished()
                self.dismiss(paths)
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep it and look what it could be."""
        super().on_input_changed(event)
        self._echo()

    def paste(self, text: str) -> bool:
        """A dropped file as its plain path; other text as it is."""
        paths = dropped(text)
        if len(paths) == 1:
            self._put(paths[0])
        else:
            return super().paste(text)
        return True

    def warn(self, text: str) -> None:
        """Say so where the names stand."""
        self.query_one("#names", OneLine).show([(text, "error")])

    def _found(self, answer: Answer) -> None:
        self._newest = answer.value or ""
        if self.is_mounted and not self._over:
            self._echo()

    def _take(self, answer: Answer) -> None:
        if self.is_mounted and not self._over:
            if answer.value:
                self._put(answer.value)
            else:
                self.warn(NO_SCREENSHOT)

    def _put(self, path: str) -> None:
        field = self.query_one("#field", Input)
        field.value = path
        field.cursor_position = len(path)

    def _complete(self) -> None:
        """As far as the names that fit agree."""
        text = self.text()[0]
        names = names_after(text, self._folders)
        if names:
            self._put(os.path.join(os.path.dirname(text), common_start(names)))

    def _echo(self) -> None:
        names = names_after(self.text()[0], self._folders) if self.text()[0] else []
        self.query_one("#names", OneLine).show([(safe("   ".join(names[:12])), "dim")])
        keys: Spans = [("enter ", "key"), (f"{self._verb}   ", "dim"), ("tab ", "key"), ("complete   ", "dim")]
        if self._newest:
            try:
                size = size_text(os.stat(self._newest).st_size)
            except OSError:
                size = "gone"
            name = excerpt(safe(os.path.basename(self._newest)), NAME_ROOM)
            keys += [("ctrl+f ", "key"), (f"newest screenshot: {name} {size}   ", "dim")]
        self.query_one("#keys", OneLine).show([*keys, ("esc ", "key"), ("back", "dim")])
