"""Typing into the steps of a guide, where they stand. Each text is a draft while it is typed, and saved when left."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from deskmate.domain import guide_edit, step_fields
from deskmate.domain.guide import Content, Guide, Step
from deskmate.domain.guiding import SaveGuide
from deskmate.domain.request import Refused
from deskmate.domain.text import excerpt
from deskmate.domain.values import Wrong
from deskmate.errors import DeskmateError
from deskmate.tui import step_lines

if TYPE_CHECKING:
    from textual.geometry import Region

    from deskmate.domain.commands import Outcome
    from deskmate.tui.dialogs.step import StepDialog
    from deskmate.tui.frame import Spans
    from deskmate.tui.screens.guide.screen import GuideScreen

NEW = "new"
"""Stands for the key of a step that is not saved yet, in its draft and its place."""
PATIENCE = 1.0
"""Seconds that a text waits to be saved before one can go on."""
TRIES = 3
"""So often a text is saved anew when somebody else was faster, with something else."""
Change = Callable[[Content], Content]


def label(guide: Guide, what: str) -> str:
    """What was done to which guide, as undo repeats it."""
    return f"“{excerpt(guide.title, 30)}”: {what}"


def new_key() -> str:
    """A key for a step or a picture that no other has."""
    return secrets.token_hex(6)


class Writing:
    """What the dialog types into: the step under the cursor."""

    def __init__(self, panel: GuideScreen) -> None:
        self._panel = panel
        self._dialog: StepDialog | None = None
        self._was = ""
        """The step that the cursor was on when a new one was begun."""

    # --- opening --------------------------------------------------------------------------------------------

    def open(self, name: str, text: str | None = None) -> None:
        """Type into a text of the step under the cursor."""
        panel = self._panel
        if panel.step is None:
            self.begin(None)
        else:
            self._show(name, text)

    def begin(self, below: str | None, text: str | None = None) -> None:
        """Type a new step, below another or above all. It is there once something of it is saved."""
        panel = self._panel
        self._was = panel.step.key if panel.step else ""
        panel.begun = Step(new_key()), below
        panel.to_step(panel.begun[0].key)
        self._show(step_fields.ACTION, text)

    def reopen(self, key: str, text: str | None = None) -> None:
        """Go on typing into a step, or into a new one: ``new``, and the key of the one above."""
        panel = self._panel
        what, _at, below = key.partition("@")
        if what == NEW:
            self.begin(below if panel.content.position(below) is not None else self._last(below), text)
        elif panel.content.position(key) is None:
            panel.say("that step is not there any more", error=True)
        else:
            panel.to_step(key)
            self.open(step_fields.ACTION, text)

    def _last(self, below: str) -> str | None:
        """Where a new step goes whose step above was taken away: to the end; above all if it was begun there."""
        steps = self._panel.content.steps
        return steps[-1].key if below and steps else None

    def _show(self, name: str, text: str | None) -> None:
        from deskmate.tui.dialogs.step import StepDialog

        panel = self._panel
        panel.view.top = 0
        self._dialog = dialog = StepDialog(panel.gateway, self, name, text)

        def closed(result: str | None) -> None:
            if self._dialog is dialog:
                self._dialog = None
            self._closed()

        panel.queue.open_dialog(dialog, closed)

    def _closed(self) -> None:
        """Back in the outline, or on the part that was typed into."""
        panel = self._panel
        if panel.begun is not None and panel.guide is not None:
            key, panel.begun = panel.begun[0].key, None
            if panel.guide.content.position(key) is None:
                panel.to_step(self._was)
        panel.paint()

    def gone(self, step: Step, before: Content, after: Content) -> None:
        """Somebody took a step away. If it is typed into, it stays to be seen as one that is not saved."""
        panel = self._panel
        if self._dialog is None or panel.begun is not None:
            return
        place = before.position(step.key) or 0
        above = [each.key for each in before.steps[:place] if after.position(each.key) is not None]
        self._was = above[-1] if above else ""
        panel.begun = step, self._was or None

    def waits(self, key: str) -> bool:
        """Whether something was typed into a step that is not saved; what is typed now is seen anyway."""
        here = self._panel.step
        if self._dialog is not None and here is not None and here.key == key:
            return False
        return bool(self._panel.gateway.draft(self._draft_of(key))[0])

    def read(self) -> None:
        """The guide was read anew."""
        if self._dialog is not None:
            self._dialog.read()

    def pictured(self) -> None:
        """A picture has come."""
        if self._dialog is not None:
            self._dialog.pictured()

    # --- for the dialog -------------------------------------------------------------------------------------

    @property
    def draft(self) -> str:
        """The key of the draft: a new step has one that is found again whatever key it will have."""
        begun, step = self._panel.begun, self._panel.step
        new = begun is not None and step is not None and step.key == begun[0].key
        return self._draft_of(NEW if new else step.key if step else "")

    def _draft_of(self, key: str) -> str:
        return f"step:{self._panel.guide.id if self._panel.guide else 0}:{key}"

    @property
    def kind(self) -> str:
        """The name in a place: of a new step with the one above."""
        guide, begun, step = self._panel.guide, self._panel.begun, self._panel.step
        of = f"step:type:{guide.id if guide else 0}"
        if begun is not None and step is not None and step.key == begun[0].key:
            return f"{of}:{NEW}@{begun[1] or ''}"
        return f"{of}:{step.key if step else ''}"

    @property
    def room(self) -> Region:
        """Where the step stands."""
        pane, edge = self._panel.pane, self._panel.edge
        return pane.shrink((0, 0, 0, edge))

    def names(self) -> tuple[str, ...]:
        """The texts of the step."""
        step = self._panel.step
        return step_fields.names(step) if step else step_fields.TEXTS

    def label(self, name: str) -> str:
        """How one is called."""
        step = self._panel.step
        return step_lines.label_of(self._panel.content, step, name) if step and name in self.names() else ""

    def is_line(self, name: str) -> bool:
        """Whether it is one line."""
        return step_fields.is_line(name)

    def stored(self, name: str) -> str | None:
        """What is stored there now."""
        guide, step = self._panel.guide, self._panel.step
        found = guide.content.step(step.key) if guide and step else None
        return None if found is None else step_fields.value(found, name)

    def around(self, name: str, columns: int, typed: str) -> tuple[list[Spans], list[Spans]]:
        """The lines above the text and below it, with what is typed; those of a picture stay below what is said of
        it."""
        panel = self._panel
        content, step = panel.content, panel.step
        if step is None:
            return [], []
        with suppress(Wrong):
            step = step_fields.typed(step, name, typed)
            content = guide_edit.put(content, step)
        part = step_lines.part_of(name)
        rows = step_lines.step_rows(content, step, columns, panel.seen)
        first = next((place for place, row in enumerate(rows) if row.part == part), len(rows))
        own = [row for row in rows if row.part == part]
        under = [row.spans for row in own if row.picture]
        return [row.spans for row in rows[:first]], under + [row.spans for row in rows[first + len(own) :]]

    def came(self, name: str) -> None:
        """Another text is typed into: the place says so."""
        self._panel.queue.place.keep_now()

    def go_on(self) -> bool:
        """To the next step; behind the last to a new one, unless that would be the second without a word."""
        panel = self._panel
        here = panel.step
        if here is None:
            return False
        if panel.begun is not None:
            if panel.guide is None or panel.guide.content.position(here.key) is None:
                return False  # nothing was typed into this one
            panel.begun = None
        steps = panel.content.steps
        place = panel.list.cursor
        if place + 1 < len(steps):
            panel.to_step(steps[place + 1].key)
        else:
            self._was = here.key
            panel.begun = Step(new_key()), here.key
            panel.to_step(panel.begun[0].key)
        panel.queue.place.keep_now()
        return True

    async def save(self, name: str, text: str, over: str | None, draft: str) -> str | None:
        """Save a text of the step over what was stored there, or the step with it where there was none."""
        panel = self._panel
        step, begun = panel.step, panel.begun
        if step is None or panel.guide is None:
            return "this guide is not there any more"
        try:
            step_fields.typed(step, name, text)
        except Wrong as wrong:
            return str(wrong)
        number = panel.list.cursor + 1
        fresh = panel.guide.content.position(step.key) is None

        def change(content: Content) -> Content:
            there = content.step(step.key)
            if (None if there is None else step_fields.value(there, name)) != over:
                raise Refused("This was changed elsewhere meanwhile.")
            if there is not None:
                return guide_edit.put(content, step_fields.typed(there, name, text))
            below = begun[1] if begun else None
            if below is not None and content.position(below) is None:
                below = content.steps[-1].key if content.steps else None
            return guide_edit.insert(content, step_fields.typed(step, name, text), below)

        label = step_lines.WORDS.get(name, "what a picture shows")
        return await self._save(change, f"wrote step {number}" if fresh else f"step {number}, {label}", draft)

    async def split(self, text: str, position: int, draft: str) -> str | None:
        """Make two steps of what is typed."""
        panel = self._panel
        step, new = panel.step, new_key()
        if step is None:
            return "this step is not there any more"

        def change(content: Content) -> Content:
            there = content.step(step.key)
            if there is None:
                below = panel.begun[1] if panel.begun else None
                content, there = guide_edit.insert(content, step, below), step
            written = guide_edit.put(content, step_fields.typed(there, step_fields.ACTION, text))
            # What is stored is without the blanks at its beginning.
            at = position - (len(text) - len(text.lstrip()))
            return guide_edit.split(written, step.key, max(at, 0), new)

        why = await self._save(change, f"split step {panel.list.cursor + 1}", draft)
        if why == "":
            panel.begun = None
            panel.to_step(new)
        return why

    def screenshot(self) -> None:
        """The newest screenshot, into this step."""
        self._panel.verbs.pictures.newest()

    def take_files(self, text: str) -> bool:
        """The pictures that a paste names, into this step."""
        return self._panel.verbs.pictures.take_named(text)

    async def _save(self, change: Change, what: str, draft: str) -> str | None:
        """Have it saved, anew where somebody else was faster, with something else in the guide."""
        panel, why = self._panel, ""
        for _try in range(TRIES):
            guide = panel.guide
            if guide is None:
                return "this guide is not there any more"
            try:
                content = change(guide.content)
            except Refused as refused:
                return refused.message
            if content == guide.content:
                return ""
            sent: asyncio.Future[DeskmateError | None] = asyncio.get_running_loop().create_future()
            panel.queue.verbs.send(
                SaveGuide(content, guide.id, guide.version, label(guide, what)),
                draft=draft,
                back=partial(_told, sent),
                then=partial(_done, sent),
            )
            await asyncio.wait((sent,), timeout=PATIENCE)
            if not sent.done():
                return None
            error = sent.result()
            if error is None:
                return ""
            why = error.message
            newer = panel.look()
            if newer is None or newer.version == guide.version:
                break
        return why


def _told(sent: asyncio.Future[DeskmateError | None], error: DeskmateError) -> None:
    if not sent.done():
        sent.set_result(error)


def _done(sent: asyncio.Future[DeskmateError | None], outcome: Outcome) -> None:
    if not sent.done():
        sent.set_result(None)
