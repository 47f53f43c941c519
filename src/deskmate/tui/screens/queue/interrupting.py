"""Interruptions: taking one now, going back to what was left, and the clock of what is worked on."""

from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from deskmate.domain import commands, instant
from deskmate.domain import row as at
from deskmate.domain.due import moment_text, span
from deskmate.domain.focus import Frame, Gap, ago, ended_text, frame_name
from deskmate.domain.request import why_not
from deskmate.domain.row import label
from deskmate.domain.views import View
from deskmate.domain.when import duration
from deskmate.tui.actions.reasons import Rule
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.screens.queue.group import Group
from deskmate.tui.screens.queue.stopwatch import length

if TYPE_CHECKING:
    from deskmate.domain.commands import Numbers, Outcome
    from deskmate.errors import DeskmateError
    from deskmate.tui.dialogs.capture import Captured
    from deskmate.tui.screens.queue.screen import QueueScreen

STACK, BEGAN, IDLE = "stack", "began", "idle"
"""The dialogs of this group."""
CUT, KEEP, DROP = "cut", "keep", "drop"
WRITES = {
    "reply": "a reply",
    "note": "a note",
    "said": "what was said",
    "resolve": "how it ended",
    "hours": "office time",
    "run": "in a checklist",
    "walk": "in a walk-through",
}
"""What a dialog that was left open is called; the others by their own name."""


class Interruptions(Group):
    """``i``, ``b``, ``B``, ``s``, ``S``, and what ``ctrl+n`` twice comes to."""

    rules = {"clock": Rule("start the clock of")}

    def __init__(self, screen: QueueScreen) -> None:
        super().__init__(screen)
        self._last: tuple[int, dict[str, Any]] = 0, {}

    def why_not(self, action: str) -> str | None:
        """What each needs beside a window that may write."""
        if action not in ("interrupt", "back.to", "stack", "clock", "began", "idle"):
            return None
        if self.screen.gateway.read_only:
            return READ_ONLY
        if action in ("back.to", "stack") and not self.screen.gateway.stack(1):
            why = ended_text(self.screen.gateway.passed()) or "nothing was interrupted"
            return f"{why}: there is nothing to go back to"
        if action == "began" and self.screen.stopwatch.focus is None:
            return f"no clock runs; {self.screen.keymap.key('clock')} starts one"
        if action == "idle" and not self.screen.stopwatch.gaps():
            return "no clock ran without a key for long"
        return super().why_not(action) or ""

    async def run(self, action: str) -> bool:
        """Run one of these."""
        screen = self.screen
        if action == "interrupt":
            screen.capturing.open(now=True)
        elif action == "back.to":
            await self._back(screen.gateway.stack(1)[0])
        elif action in (STACK, BEGAN, IDLE):
            self.reopen(action, ())
        elif action == "clock":
            self._clock()
        else:
            return False
        return True

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Open one of the dialogs of this group again."""
        if kind == STACK:
            self._show_stack()
        elif kind == BEGAN:
            self._ask_when(text)
        elif kind == IDLE:
            self._ask_about_idle()
        else:
            return False
        return True

    # --- there and back -------------------------------------------------------------------------------------

    async def take(self, result: Captured) -> None:
        """Keep where the technician is, and go to what was captured with its clock running."""
        screen = self.screen
        place = screen.place.whole()
        written = [number for dialog in place["dialogs"] for number in dialog["requests"]]
        here = screen.over.subject() if screen.over is not None else screen.listing.current if screen.opened else None
        subject = written[0] if written else here
        self._leave_dialogs()

        def back(error: DeskmateError) -> None:
            screen.place.go(place)
            screen.capturing.reopen(result.kind, (), result.draft)
            screen.say(error.message, error.hint, error=True)

        def taken(outcome: Outcome) -> None:
            self._last = outcome.seq, place
            self._taken(outcome)

        command = commands.TakeNow(result.capture, result.body, json.dumps(place), subject, result.join)
        screen.verbs.send(command, draft=result.kind, back=back, then=taken)
        await screen.verbs.settle()

    def undone(self, seq: int) -> None:
        """A command was taken back; if it was the last interruption, so is the way to it."""
        if seq == self._last[0]:
            self.screen.place.go(self._last[1])

    def _taken(self, outcome: Outcome) -> None:
        screen = self.screen
        (number,) = outcome.requests
        screen.panels.close()
        screen.search.end()
        screen.clear_marks()
        if screen.listing.line_of(number) < 0:
            screen.show(View.NOW)
        screen.go_to_request(number)
        left = screen.stopwatch.left
        row = screen.row_of(number)
        name = "" if row is None or row[at.TITLE] else f"   {screen.keymap.key('edit')} names it"
        back = f"   {screen.keymap.key('back.to')} back to {frame_name(left)}" if left is not None else ""
        screen.say(f"{outcome.label}{name}{back}   {screen.keymap.key('undo')} undo")

    async def _back(self, frame: Frame) -> None:
        screen = self.screen
        place = json.loads(frame.place)
        passed = ended_text(screen.gateway.passed(frame.id))

        def there(outcome: Outcome) -> None:
            screen.place.go(place)
            said = f"{passed}, {outcome.label}" if passed else outcome.label
            if frame.ended:
                said += f", {frame.ended} meanwhile"
                if place.get("dialogs") and not screen.dialogs:
                    said += "; what was written waits as a draft"
            screen.say(f"{said}   {screen.keymap.key('undo')} undo")

        screen.verbs.send(commands.BackTo(frame.id), then=there)
        await screen.verbs.settle()

    def _leave_dialogs(self) -> None:
        """What is written in them stays as drafts."""
        app = self.screen.app
        while isinstance(app.screen, Dialog):
            app.screen.leave()

    def _show_stack(self) -> None:
        from deskmate.tui.dialogs.choose import Choice, ChooseDialog

        screen = self.screen
        now = screen.now()
        choices = [
            Choice("request", frame, label(frame.number) if frame.number else "", frame.title or "the list", note)
            for frame in screen.gateway.stack()
            for note in [_at(frame, now)]
        ]

        def fitting(typed: str) -> tuple[list[Choice], None]:
            words = typed.casefold().split()
            held = ((choice, f"{choice.left} {choice.title} {choice.note}".casefold()) for choice in choices)
            return [choice for choice, text in held if all(word in text for word in words)], None

        async def chosen(choice: Choice | None) -> None:
            if choice is not None:
                await self._back(choice.value)

        screen.app.push_screen(ChooseDialog(screen.gateway, "Back to", fitting, lambda choice: ""), chosen)

    # --- the clock ------------------------------------------------------------------------------------------

    def _clock(self) -> None:
        screen = self.screen
        focus, here = screen.stopwatch.focus, screen.listing.current
        if here is None:
            return
        if focus is not None and focus.number == here:
            screen.verbs.send(commands.StopClock())
            return
        row = screen.row_of(here)
        why = why_not("clock", row[at.STATUS]) if row else ""
        if why:
            screen.say(f"{label(here)}: {why}; {screen.keymap.key('reopen')} reopens it", error=True)
        else:
            screen.verbs.send(commands.Focus(here))

    def _ask_when(self, text: str | None = None) -> None:
        from deskmate.tui.dialogs.ago import AgoDialog

        screen = self.screen
        focus = screen.stopwatch.focus
        if focus is None:
            return
        kept, cursor = screen.gateway.draft(f"{BEGAN}:{focus.number}")
        if text is not None and text != kept:
            kept, cursor = text, -1

        def answered(typed: str | None) -> None:
            count = ago(typed) if typed else None
            if count is not None:
                back = partial(self._again, typed or "")
                screen.verbs.send(commands.Began(count), draft=f"{BEGAN}:{focus.number}", back=back)

        screen.open_dialog(AgoDialog(screen.gateway, (focus.number,), screen.now, kept, cursor), answered)

    def _again(self, typed: str, error: DeskmateError) -> None:
        self._ask_when(typed)
        self.screen.say(error.message, error.hint, error=True)

    # --- time without a key ---------------------------------------------------------------------------------

    def _ask_about_idle(self) -> None:
        """Ask about the first of the gaps; the next one follows."""
        from deskmate.tui.dialogs.pick import Offer, PickDialog

        screen = self.screen
        gaps = screen.stopwatch.gaps()
        if not gaps:
            return
        gap = gaps[0]
        since = moment_text(instant.from_text(gap.starts).astimezone(screen.now().tzinfo), screen.now())
        offers = [
            Offer(KEEP, "keep", "it was work"),
            Offer(CUT, f"cut to {since}", "it was not"),
            Offer(DROP, "drop", "all of this piece"),
        ]
        long = duration(int(length(gap).total_seconds() // 60))
        title = f"{label(gap.number)} ran {long} without a key since {since}"

        def answered(value: str | None) -> None:
            if value is None:
                return
            if value == KEEP:
                self._settled(gap)
            else:
                cut = commands.CutIdle(gap.piece, gap.starts, gap.ends, whole=value == DROP)
                screen.verbs.send(cut, back=lambda error: self._settled(gap), then=lambda outcome: self._settled(gap))

        def fitting(typed: str) -> list[Offer]:
            return [offer for offer in offers if offer.shown.startswith(typed.casefold())]

        dialog = PickDialog(
            screen.gateway, IDLE, (gap.number,), title, "say what it was", fitting, only=True, picked=0
        )
        screen.open_dialog(dialog, answered)

    def _settled(self, gap: Gap) -> None:
        self.screen.stopwatch.settled(gap)
        self.screen.paint_top()
        self._ask_about_idle()


def _list(place: dict[str, Any]) -> str:
    view = View(place["view"]).tab if place.get("view") in list(View) else ""
    return f"{view} /{place['query']}" if place.get("query") else view


def _at(frame: Frame, now: datetime) -> str:
    """Where something was left, and how long ago."""
    place = json.loads(frame.place)
    kinds = [dialog["kind"].partition(":")[0] for dialog in place.get("dialogs", ())]
    if kinds:
        where = f"writing {WRITES.get(kinds[-1], kinds[-1])}"
    elif place.get("over"):
        where = place["panel"]
    else:
        where = "open" if place.get("opened") else _list(place)
    passed = max(now - instant.from_text(frame.left_at), now - now)
    return "  ".join(part for part in (where, f"{span(passed)} ago", frame.ended) if part)
