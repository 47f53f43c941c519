"""What the keys of the panel do to the checklist under the cursor. Each is a command, and one step of undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from deskmate.domain.hours import day_text
from deskmate.domain.maintenance import (
    DropChecklist,
    SkipRun,
)
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.screens.maintenance import editing
from deskmate.tui.screens.maintenance.calendar import MONTH
from deskmate.tui.screens.maintenance.editing import Editing

if TYPE_CHECKING:
    from deskmate.domain.agenda import Line
    from deskmate.domain.commands import Command, Outcome
    from deskmate.errors import DeskmateError
    from deskmate.tui.screens.maintenance.screen import MaintenanceScreen
    from deskmate.tui.widgets.footer import Pairs

KIND = "checklist"
"""How the kinds of the dialogs begin; the verb and the key of the checklist follow."""
WRITES = frozenset("skip drop".split()) | editing.VERBS
WALL = "%Y-%m-%dT%H:%M"
"""A nominal time as it is stored."""


class Verbs:
    """The verbs of the panel."""

    def __init__(self, panel: MaintenanceScreen) -> None:
        self._panel = panel
        self._editing = Editing(self)

    @property
    def panel(self) -> MaintenanceScreen:
        """Where they are pressed."""
        return self._panel

    def why_not(self, action: str) -> str | None:
        """Why a verb can do nothing now, empty when it can; None for what is none of these."""
        kind, _dot, verb = action.partition(".")
        if kind != KIND:
            return None
        if verb in WRITES and self._panel.gateway.read_only:
            return READ_ONLY
        line, key = self._panel.current, self._panel.queue.keymap.key
        if verb == editing.NEW:
            return ""
        if line is None:
            if not self._panel.lines:
                return "there is no checklist yet"
            return f"no checklist is chosen, {key('checklist.pane')} goes into the day"
        if verb == "skip" and self._nominal(line) is None:
            return "it is not due: it has no schedule"
        return ""

    def best(self) -> Pairs:
        """What one would do next with the checklist under the cursor."""
        panel = self._panel
        key, line = panel.queue.keymap.key, panel.current
        if line is None:
            return [] if panel.lines else [(key("checklist.new"), "new")]
        pairs: Pairs = [("esc", "list")] if panel.alone else []
        pairs.append((key("checklist.go"), "go on" if line.open_run else "run"))
        if line.nominal is not None:
            pairs.append((key("checklist.skip"), "skip"))
        return [*pairs, (key("checklist.edit"), "edit"), (key("checklist.month"), "month"), (key("undo"), "undo")]

    async def run(self, action: str) -> bool:
        """Run a verb; False when it is none of these."""
        kind, _dot, verb = action.partition(".")
        if kind != KIND or verb not in WRITES:
            return False
        line = self._panel.current
        if verb in editing.VERBS:
            self._editing.open(verb, line.key if line and verb != editing.NEW else 0)
        elif line is None:
            return False
        elif verb == "drop":
            self.send(DropChecklist(line.key))
        else:
            self.reopen(f"{KIND}:{verb}:{line.key}")
        return True

    def reopen(self, kind: str, text: str | None = None) -> bool:
        """Open a dialog by the name it has in a place."""
        _kind, verb, rest = kind.split(":", 2)
        number, _colon, more = rest.partition(":")
        if verb in editing.VERBS:
            self._editing.open(verb, int(number), text)
            return True
        index = self._panel.index_of(int(number))
        if index < 0:
            self._panel.say("this checklist is not there any more", error=True)
            return True
        line = self._panel.lines[index]
        if verb == "skip":
            self._ask_why(line, more, text)
        return True

    # --- skip, and what was missed --------------------------------------------------------------------------

    def _nominal(self, line: Line) -> str | None:
        """The time that is meant: in a month the one under the cursor, else what is open or next."""
        panel = self._panel
        if panel.calendar.view == MONTH and panel.calendar.inside:
            return panel.calendar.of_day()[panel.list.cursor][1].nominal.strftime(WALL)
        return line.nominal

    def _ask_why(self, line: Line, nominal: str, text: str | None) -> None:
        nominal = nominal or self._nominal(line) or ""
        if not nominal:
            return
        day = day_text(datetime.fromisoformat(nominal).date())
        make = partial(SkipRun, line.key, nominal)
        self._ask(f"skip:{line.key}:{nominal}", f"{line.name}, {day}: why is it skipped?", "skip it", make, text)

    def _ask(
        self, kind: str, title: str, hint: str, make: Callable[[str], Command], text: str | None, stored: str = ""
    ) -> None:
        """Ask for one line that may not be empty."""
        from deskmate.tui.dialogs.prompt import PromptDialog

        panel = self._panel
        kind = f"{KIND}:{kind}"
        draft = f"{kind}:0"
        kept, cursor = panel.gateway.draft(draft)
        if text is not None and text != kept:
            kept, cursor = text, -1

        def answered(words: str | None) -> None:
            if words is None:
                return
            if not words.strip():
                panel.say("nothing was said, so nothing was changed", error=True)
                return
            self.send(make(words.strip()), draft, lambda error: self._again(kind, words))

        panel.queue.open_dialog(PromptDialog(panel.gateway, kind, (), title, hint, kept or stored, cursor), answered)

    def _again(self, kind: str, text: str) -> None:
        self.reopen(kind, text)

    def send(self, command: Command, draft: str = "", back: Callable[[DeskmateError], None] | None = None) -> None:
        """Have it done, and say what came of it."""
        panel = self._panel

        def done(outcome: Outcome) -> None:
            panel.read()
            words = "; ".join((outcome.label, *outcome.refused, *outcome.notes))
            panel.say(f"{words}   {panel.queue.keymap.key('undo')} undo")

        panel.queue.verbs.send(command, draft=draft, back=back, then=done)
