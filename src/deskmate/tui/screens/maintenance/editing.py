"""Checklists written in the panel: a new one, another of the same, and the next revision of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.domain.maintenance import SaveChecklist
from deskmate.formats import checklist_text
from deskmate.tui import checklists

if TYPE_CHECKING:
    from deskmate.errors import DeskmateError
    from deskmate.tui.screens.maintenance.verbs import Verbs

NEW, EDIT, COPY = "new", "edit", "copy"
VERBS = frozenset({NEW, EDIT, COPY})
"""The ends of the names of the actions."""


class Editing:
    """Opens the text of a checklist, and has it saved."""

    def __init__(self, verbs: Verbs) -> None:
        self._verbs = verbs

    def open(self, verb: str, key: int, text: str | None = None) -> None:
        """Open the text. ``text`` is to be shown instead of the draft that may wait."""
        from deskmate.tui.dialogs.checklist import NEW as BEGINNING
        from deskmate.tui.dialogs.checklist import ChecklistDialog

        panel = self._verbs.panel
        found = checklists.checklist(panel.gateway, key) if key else None
        if verb != NEW and found is None:
            panel.say("this checklist is not there any more", error=True)
            return
        title, about, begin, stored = "New checklist", "", BEGINNING, BEGINNING
        if found is not None:
            begin = stored = checklists.as_text(panel.gateway, found)
            title = f"{found.name}, revision {found.revision}"
            about = "a run that goes on keeps its revision until it switches"
        if found is not None and verb == COPY:
            title, about = f"Another of {found.name}", ""
            begin, stored = begin.replace(f"# {found.name}\n", f"# {found.name} (copy)\n", 1), ""
        kind = f"checklist:{verb}:{key}"
        kept, cursor = panel.gateway.draft(kind)
        if text is not None and text != kept:
            kept, cursor = text, -1

        def written(typed: str | None) -> None:
            if typed is not None:
                self._save(typed, verb, key, kind)

        took = checklists.took(panel.gateway, key) if verb == EDIT else None
        dialog = ChecklistDialog(
            panel.gateway, kind, title, begin, stored=stored, text=kept, cursor=cursor, about=about, took=took
        )
        panel.queue.open_dialog(dialog, written)

    def _save(self, typed: str, verb: str, key: int, kind: str) -> None:
        (written,) = checklist_text.read(typed)

        def back(error: DeskmateError) -> None:
            self.open(verb, key, typed)

        command = SaveChecklist(written.name, written.content, key if verb == EDIT else None, written.schedule)
        self._verbs.send(command, kind, back)
