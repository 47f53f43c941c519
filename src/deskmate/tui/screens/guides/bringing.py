"""Bringing guides in: a path is asked for, what it holds is read aside, and made as one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.domain.guiding import ImportGuides
from deskmate.tui import guide_importing

if TYPE_CHECKING:
    from deskmate.domain.commands import Outcome
    from deskmate.tui.gateway import Answer
    from deskmate.tui.guide_importing import Brought
    from deskmate.tui.screens.guides.verbs import Verbs

KIND = "guides:import:0"


def ask(verbs: Verbs, text: str | None = None) -> None:
    """Ask for a file, a folder or an archive. ``text`` instead of the draft that may wait."""
    from deskmate.tui.dialogs.path import PathDialog

    panel = verbs.panel
    kept, cursor = panel.gateway.draft(KIND)
    about = "Bring in a guide: Markdown, HTML, DOCX, or a recording of steps"
    dialog = PathDialog(panel.gateway, (), about, text or kept, cursor, kind=KIND, verb="bring in")

    def closed(paths: list[str] | None) -> None:
        if paths:
            panel.say("reading …")
            guide_importing.read(panel.gateway, paths, lambda answer: _read(verbs, paths, answer))

    panel.queue.open_dialog(dialog, closed)


def _read(verbs: Verbs, paths: list[str], answer: Answer) -> None:
    if answer.error is not None:
        verbs.panel.queue.say(answer.error.message, answer.error.hint, error=True)
        return
    brought: Brought = answer.value

    panel = verbs.panel

    def made(outcome: Outcome) -> None:
        panel.read()
        left_out = f"   {brought.notes[0]}" if brought.notes else ""
        more = f", and {len(brought.notes) - 1} more" if len(brought.notes) > 1 else ""
        said = f"{'; '.join(outcome.notes[:2])}{left_out}{more}"
        undo = f"{panel.queue.keymap.key('undo')} undo"
        panel.queue.say(f"{outcome.label}   {undo}", f"{said}   look at each step before it goes out")

    command = ImportGuides(brought.contents)
    panel.queue.verbs.send(command, draft=KIND, back=lambda error: ask(verbs, " ".join(paths)), then=made)
