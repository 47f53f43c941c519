"""What the keys of the panel do to the guide under the cursor. Each is a command, and one step of undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from deskmate.domain.guiding import ArchiveGuide, DropGuide
from deskmate.tui.gateway import READ_ONLY

if TYPE_CHECKING:
    from deskmate.domain.commands import Command, Outcome
    from deskmate.errors import DeskmateError
    from deskmate.tui.screens.guides.screen import GuidesScreen
    from deskmate.tui.widgets.footer import Pairs

KIND = "guides"
"""How the kinds of the dialogs begin; the verb and the key of the guide follow."""
WRITES = frozenset("archive drop".split())


class Verbs:
    """The verbs of the panel."""

    def __init__(self, panel: GuidesScreen) -> None:
        self._panel = panel

    def why_not(self, action: str) -> str | None:
        """Why a verb can do nothing now, empty when it can; None for what is none of these."""
        kind, _dot, verb = action.partition(".")
        if kind != KIND:
            return None
        if verb in WRITES and self._panel.gateway.read_only:
            return READ_ONLY
        if self._panel.current is None:
            return f"nothing is found for “{self._panel.sought}”" if self._panel.sought else "there is no guide yet"
        return ""

    def best(self) -> Pairs:
        """What one would do next with the guide under the cursor."""
        key, line = self._panel.queue.keymap.key, self._panel.current
        if line is None:
            return []
        pairs: Pairs = [("esc", "list")] if self._panel.alone else [(key("guides.pane"), "read it")]
        pairs.append((key("guides.search"), "search"))
        pairs.append((key("guides.archive"), "take up" if line.state == "archived" else "put aside"))
        return [*pairs, (key("undo"), "undo")]

    async def run(self, action: str) -> bool:
        """Run a verb; False when it is none of these."""
        kind, _dot, verb = action.partition(".")
        line = self._panel.current
        if kind != KIND or line is None:
            return False
        if verb == "drop":
            self.send(DropGuide(line.key))
        elif verb == "archive":
            self.send(ArchiveGuide(line.key, line.state != "archived"))
        else:
            return False
        return True

    def reopen(self, kind: str, text: str | None = None) -> bool:
        """Open a dialog by the name it has in a place; False when it is none of these."""
        return False

    def send(
        self,
        command: Command,
        draft: str = "",
        back: Callable[[DeskmateError], None] | None = None,
        then: Callable[[Outcome], None] = lambda outcome: None,
    ) -> None:
        """Have it done, and say what came of it. ``back`` is called when nothing was saved, ``then`` when it was."""
        panel = self._panel

        def done(outcome: Outcome) -> None:
            panel.read()
            panel.say(f"{outcome.label}   {panel.queue.keymap.key('undo')} undo")
            then(outcome)

        panel.queue.verbs.send(command, draft=draft, back=back, then=done)
