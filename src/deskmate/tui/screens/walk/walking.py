"""What the keys of a walk-through do: commands that are one step of undo each, and what is asked for them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from deskmate.domain import walk as rules
from deskmate.domain.guide import Branch, Then
from deskmate.domain.guiding import DropWalk, EndWalk, GoToStep, MarkStep, NoteStep
from deskmate.domain.row import label
from deskmate.domain.text import excerpt, safe
from deskmate.domain.walk import StepVerdict, Walk, WalkMode, WalkOutcome
from deskmate.tui import guides, walks
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.guide_lines import leads_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from deskmate.domain.commands import Command, Outcome
    from deskmate.errors import DeskmateError
    from deskmate.tui.gateway import Answer
    from deskmate.tui.screens.walk.screen import WalkScreen

MARKS = {
    "walk.done": StepVerdict.DONE,
    "walk.together": StepVerdict.TOGETHER,
    "walk.skip": StepVerdict.SKIPPED,
}
ENDS = {"walk.failed": WalkOutcome.FAILED, "walk.stopped": WalkOutcome.STOPPED}
"""Outcomes that a word may be said of."""
ON_STEP = (*MARKS, "walk.fail", "walk.note", "walk.branch", "walk.picture")
TITLE = 50


class Walking:
    """The verbs of a walk-through."""

    def __init__(self, panel: WalkScreen) -> None:
        self._panel = panel

    def why_not(self, action: str) -> str:
        """Why an action can do nothing now; empty when it can."""
        panel = self._panel
        walk, key = panel.walk, panel.queue.keymap.key
        if walk is None:
            return "there is no walk-through here"
        if action in ("walk.request", "walk.resolve") and walk.request is None:
            return "this is with no request"
        if action == "walk.request":
            return ""
        step = walk.here
        if action == "walk.picture":
            return "" if step and step.pictures else "this step has no picture"
        if panel.gateway.read_only:
            return READ_ONLY
        if step is None and action in ON_STEP:
            return (
                f"that was the last step; {key('prefix:finish')} says what came of it, {key('walk.before')} goes back"
            )
        if action == "walk.branch" and step is not None and not self._branch(walk):
            many = len(step.branches)
            return f"this step has {many} branch{'es' if many > 1 else ''}" if many else "this step has no branches"
        if action == "walk.before" and rules.step_before(walk) is None:
            return "this is the first step"
        if action == "walk.after" and rules.step_after(walk) is None:
            return f"say what came of this step first; {key('walk.skip')} skips it"
        return ""

    async def run(self, action: str) -> None:
        """Do it, or ask for what it needs."""
        panel = self._panel
        walk = panel.walk
        if walk is None:
            return
        if action in MARKS:
            self._send(MarkStep(walk.id, MARKS[action]))
        elif action == "walk.branch":
            number = int(panel.queue.pressed)
            self._mark_failed(walk, None, number)
        elif action in ("walk.fail", "walk.note"):
            self.reopen(action.removeprefix("walk."), walk.step)
        elif action in ENDS:
            self.reopen(action.removeprefix("walk."), "")
        elif action in ("walk.before", "walk.after"):
            to = rules.step_before(walk) if action == "walk.before" else rules.step_after(walk)
            self._send(GoToStep(walk.id, to or ""))
        elif action == "walk.drop":
            self._send(DropWalk(walk.id))
        elif action == "walk.solved":
            self._send(EndWalk(walk.id, WalkOutcome.SOLVED))
        elif action == "walk.for_them":
            self._send(EndWalk(walk.id, WalkOutcome.SOLVED, mode=WalkMode.FOR_THEM))
        elif action == "walk.resolve":
            self._send(EndWalk(walk.id, WalkOutcome.SOLVED), then=lambda outcome: self._resolve(walk))
        elif action == "walk.request":
            self._to_request(walk)
        elif action == "walk.picture":
            self._open_picture(walk)
        await panel.queue.verbs.settle()

    # --- commands -------------------------------------------------------------------------------------------

    def _send(
        self,
        command: Command,
        draft: str = "",
        back: Callable[[DeskmateError], None] | None = None,
        then: Callable[[Outcome], None] | None = None,
    ) -> None:
        self._panel.queue.verbs.send(command, draft=draft, back=back, then=then)

    def _branch(self, walk: Walk) -> Branch | None:
        """The branch of the digit that was pressed."""
        pressed, step = self._panel.queue.pressed, walk.here
        if step is None or not pressed.isdecimal() or not 1 <= int(pressed) <= len(step.branches):
            return None
        return step.branches[int(pressed) - 1]

    def _mark_failed(
        self,
        walk: Walk,
        note: str | None,
        number: int | None,
        draft: str = "",
        back: Callable[[DeskmateError], None] | None = None,
    ) -> None:
        """It failed; along the branch of this number, which may lead to another guide."""
        step = walk.here
        branch = step.branches[number - 1] if step and number else None

        def done(outcome: Outcome) -> None:
            if branch is None or branch.then is not Then.GUIDE:
                return
            queue = self._panel.queue
            other = walks.key_of(queue.gateway, branch.to)
            if other is None:
                queue.say(f"{outcome.label}; that guide is not published", f"{queue.keymap.key('undo')} undo")
            else:
                queue.walks.begin(other, walk.request, walk.person)

        self._send(MarkStep(walk.id, StepVerdict.FAILED, note, number), draft, back, done)

    def _resolve(self, walk: Walk) -> None:
        """Ask how the request ended, with the guide as what solved it; nothing is resolved by itself."""
        queue, number = self._panel.queue, walk.request
        found = walks.walk(queue.gateway, walk.id)
        if number is None or found is None:
            return
        queue.panels.close()
        queue.go_to_request(number)
        written = queue.gateway.draft(f"resolve:{number}")[0]
        queue.verbs.ask_how_it_ended((number,), None if written else rules.resolution(found))

    def _to_request(self, walk: Walk) -> None:
        if walk.request is not None:
            queue, way = self._panel.queue, self._panel.way_back()
            queue.panels.close()
            queue.go_to_request(walk.request)
            queue.say(f"it goes on; {way}")

    def _open_picture(self, walk: Walk) -> None:
        step, queue = walk.here, self._panel.queue
        if step is None or not step.pictures:
            return
        picture = step.pictures[0]

        def heard(answer: Answer) -> None:
            if answer.error is not None:
                queue.say(answer.error.message, answer.error.hint, error=True)

        queue.say(f"opening the picture{f': {safe(picture.alt)}' if picture.alt else ''}")
        walks.open_picture(queue.gateway, picture, heard)

    # --- what is asked --------------------------------------------------------------------------------------

    def reopen(self, what: str, step: str, text: str | None = None) -> bool:
        """Open a dialog; ``text`` instead of the draft that may wait."""
        panel = self._panel
        walk = panel.walk
        if walk is None:
            return True
        kind = f"walk:{what}:{walk.id}:{step}"
        kept, cursor = panel.gateway.draft(kind)
        if text is not None and text != kept:
            kept, cursor = text, -1
        if step and step != walk.step:
            panel.say("it is at another step by now", error=True)
        elif what == "note":
            self._ask_note(walk, kind, kept, cursor)
        elif what == "fail":
            self._ask_why(walk, kind, kept, cursor)
        elif f"walk.{what}" in ENDS:
            self._ask_last_word(walk, what, kind, kept, cursor)
        return True

    def _ask_note(self, walk: Walk, kind: str, text: str, cursor: int) -> None:
        from deskmate.tui.dialogs.run_note import RunNoteDialog

        def closed(words: str | None) -> None:
            if words is not None:
                self._send(NoteStep(walk.id, words), kind, partial(self._again, "note", walk.step, words))

        queue = self._panel.queue
        name = excerpt(rules.name_of(walk, walk.step), TITLE)
        queue.open_dialog(RunNoteDialog(queue.gateway, kind, name, text or walk.noted, cursor), closed)

    def _ask_why(self, walk: Walk, kind: str, text: str, cursor: int) -> None:
        from deskmate.tui.dialogs.step_failed import StepFailedDialog

        queue = self._panel.queue
        branches = walk.here.branches if walk.here else ()
        titles = guides.titles(queue.gateway, walk.content)
        leads = [(each.symptom, leads_to(each, walk.content, titles)) for each in branches]

        def closed(found: tuple[str, int | None] | None) -> None:
            if found is not None:
                words, number = found
                self._mark_failed(walk, words, number, kind, partial(self._again, "fail", walk.step, words))

        title = f"{excerpt(rules.name_of(walk, walk.step), TITLE)}: failed, what was seen"
        dialog = StepFailedDialog(queue.gateway, kind, title, leads, text or walk.noted, cursor)
        queue.open_dialog(dialog, closed)

    def _ask_last_word(self, walk: Walk, what: str, kind: str, text: str, cursor: int) -> None:
        from deskmate.tui.dialogs.step_failed import StepFailedDialog

        def closed(found: tuple[str, int | None] | None) -> None:
            if found is not None:
                command = EndWalk(walk.id, ENDS[f"walk.{what}"], found[0])
                self._send(command, kind, partial(self._again, what, "", found[0]))

        queue = self._panel.queue
        with_ = f" with {label(walk.request)}" if walk.request is not None else ""
        title = f"{excerpt(walk.guide.title, TITLE)}{with_}: {what}, a word on it"
        queue.open_dialog(StepFailedDialog(queue.gateway, kind, title, (), text or walk.noted, cursor), closed)

    def _again(self, what: str, step: str, text: str, error: DeskmateError) -> None:
        """What was typed comes back."""
        self.reopen(what, step, text)
