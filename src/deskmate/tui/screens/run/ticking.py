"""What the keys of a run do: commands that are one step of undo each, and what is asked for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from deskmate.domain import instant, past
from deskmate.domain import run as rules
from deskmate.domain.checklist import Item, Kind, Verdict
from deskmate.domain.commands import Command, Outcome, SetAvailability
from deskmate.domain.dropped import quoted
from deskmate.domain.due import moment_text
from deskmate.domain.grab import NO_SCREENSHOT
from deskmate.domain.hours import State, day_text
from deskmate.domain.maintenance import (
    AddEvidence,
    DropRun,
    FinishRun,
    MarkItem,
    ReportFinding,
    SkipRun,
    SwitchRevision,
)
from deskmate.domain.run import Run, RunState
from deskmate.domain.text import excerpt, width
from deskmate.tui import runs
from deskmate.tui.gateway import READ_ONLY

if TYPE_CHECKING:
    from deskmate.domain.files import Kept
    from deskmate.errors import DeskmateError
    from deskmate.tui.dialogs.form import Changed
    from deskmate.tui.gateway import Answer
    from deskmate.tui.screens.run.screen import RunScreen

TICK, FAIL = "run.tick", "run.fail"
ASKS = {"run.none": "none", "run.value": "value", "run.note": "note", "run.evidence": "evidence"}
"""What is asked for an item, by its action."""
OF_RUN = {"run.finish": "finish", "run.skip": "skip"}
"""And for the run."""
TITLE = 50


class Ticking:
    """The verbs of a run."""

    def __init__(self, panel: RunScreen) -> None:
        self._panel = panel
        self._asked: tuple[str, int] | None = None
        self._ahead: set[int] = set()

    # --- what can be done -----------------------------------------------------------------------------------

    def why_not(self, action: str) -> str:
        """Why an action can do nothing to the run, or to the item under the cursor; empty when it can."""
        panel = self._panel
        run, item = panel.run_shown, panel.item
        if action == "run.request":
            return "" if run and item and self._leads_to(run, item) else "this item led to no request"
        if panel.gateway.read_only:
            return READ_ONLY
        if run is None or item is None:
            return "there is no run here"
        if run.state is not RunState.OPEN:
            return "this run has ended"
        if action == "run.another":
            return "" if run.request is not None else "this run is for no request"
        if action == "run.finish":
            return rules.why_not_finish(run)
        if action == "run.skip" and run.nominal is None:
            return f"this run is for no date; {panel.queue.keymap.key('run.drop')} takes it away"
        if action == "run.switch" and not run.newer:
            return "this is the newest revision"
        if action == "run.value" and item.kind not in (Kind.VALUE, Kind.CHOICE):
            return f"digits start a value, and this is a {item.kind}"
        if action == "run.open" and run.verdict(item.id) is None:
            return "nothing was said of this item"
        return ""

    def quiet(self) -> Command | None:
        """The do-not-disturb that this list asks for."""
        panel = self._panel
        run, now = panel.run_shown, panel.queue.now()
        if run is None or run.state is not RunState.OPEN or not run.checklist.content.dnd or panel.gateway.read_only:
            return None
        if panel.gateway.availability(now).state in (State.DND, State.AWAY):
            return None
        minutes = run.checklist.content.minutes
        until = instant.to_text(now + timedelta(minutes=minutes)) if minutes else None
        return SetAvailability(State.DND, until, private=rules.quiet_words(run.checklist.name))

    async def run(self, action: str) -> None:
        """Do it, or ask for what it needs."""
        panel = self._panel
        run, item = panel.run_shown, panel.item
        asked = self._asked
        self.forget_question()
        if run is None or item is None:
            return
        if action in OF_RUN:
            self.reopen(OF_RUN[action], 0)
        elif action == "run.drop":
            self._send(DropRun(run.id))
        elif action == "run.another" and run.request is not None:
            panel.queue.runs.choose_for(run.request)
        elif action == "run.switch":
            self._send(SwitchRevision(run.id))
        elif action == "run.open":
            self._send(MarkItem(run.id, item.id, None), item)
        elif action == "run.request":
            await self._to_request(run, item)
        elif action == "run.screenshot":
            from deskmate.tui import grabbing  # not before a picture is wanted

            grabbing.newest(panel.gateway, partial(self._found, run, item))
        elif action == "run.note" or action == "run.evidence":
            self.reopen(ASKS[action], item.id)
        elif self._comes_first(action, asked, run, item):
            return
        elif action == TICK and run.verdict(item.id) is Verdict.DONE:
            self._move_on(run, item)
        elif action == TICK and self._wants_value(run, item):
            self.reopen("value", item.id)
        elif action == TICK and item.kind is Kind.NOTE and rules.missing(run, item.id):
            self.reopen("note", item.id)
        elif action == TICK and item.evidence and rules.missing(run, item.id):
            key = panel.queue.keymap.key
            panel.say(
                f"this needs a file: {key('run.evidence')} names one,"
                f" {key('run.screenshot')} takes the newest screenshot",
                error=True,
            )
        elif action == TICK:
            self._send(MarkItem(run.id, item.id, Verdict.DONE, jump=item.id in self._ahead), item)
        elif action == FAIL:
            self._send(ReportFinding(run.id, item.id, jump=item.id in self._ahead), item)
        elif action == "run.value":
            digit = panel.queue.pressed if panel.queue.pressed.isdecimal() else ""
            if digit and item.kind is Kind.CHOICE:
                self._send(MarkItem(run.id, item.id, Verdict.DONE, digit, jump=item.id in self._ahead), item)
            else:
                self.reopen("value", item.id, digit or None)
        else:
            self.reopen(ASKS[action], item.id)
        await panel.queue.verbs.settle()

    def _wants_value(self, run: Run, item: Item) -> bool:
        """Whether there is none yet, or one that is outside its limits."""
        result = run.result(item.id)
        failed = result is not None and result.verdict is Verdict.FAILED
        return item.kind in (Kind.VALUE, Kind.CHOICE) and (failed or not (result and result.value))

    def _move_on(self, run: Run, item: Item) -> None:
        """To the next item that nothing was said of."""
        following = rules.next_item(run, item.id)
        if following is not None:
            self._panel.move_to(rules.place_of(run, following.id) - 1)

    def forget_question(self) -> None:
        """A key other than the asked one came."""
        self._asked = None

    def _comes_first(self, action: str, asked: tuple[str, int] | None, run: Run, item: Item) -> bool:
        """Whether another item comes first, which is said; the same key again goes ahead all the same."""
        first = rules.comes_first(run, item.id)
        if first is None or item.id in self._ahead:
            return False
        if asked == (action, item.id):
            self._ahead.add(item.id)
            return False
        self._asked = (action, item.id)
        place = rules.place_of(run, first.id)
        words = f"{place} {excerpt(first.text, 40)} comes first"
        self._panel.say(words, "the same key again goes ahead, and that stays visible", error=True)
        return True

    # --- commands -------------------------------------------------------------------------------------------

    def _send(
        self,
        command: Command,
        item: Item | None = None,
        draft: str = "",
        back: Callable[[DeskmateError], None] | None = None,
    ) -> None:
        """Have it done, show it, and go on to the next item."""

        def done(outcome: Outcome) -> None:
            self._done(command, item, outcome)

        self._panel.queue.verbs.send(command, draft=draft, back=back, then=done)

    def _done(self, command: Command, item: Item | None, outcome: Outcome) -> None:
        panel = self._panel
        if panel.queue.over is not panel:
            return
        run, key = panel.run_shown, panel.queue.keymap.key
        if run is None or item is None or not isinstance(command, MarkItem | ReportFinding):
            return
        verdict = run.verdict(item.id)
        panel.flash(item.id)
        hints = [f"{key('undo')} undo"]
        if verdict is None or (
            isinstance(command, MarkItem) and command.verdict is not None and verdict is not command.verdict
        ):
            hints[:0] = [f"{key(FAIL)} makes a request"] if verdict is Verdict.FAILED else []
        else:
            self._move_on(run, item)
        if not rules.why_not_finish(run):
            hints.insert(-1, f"{key('run.finish')} finishes the list")
        whole = "   ".join((outcome.label, *hints))
        if width(whole) < panel.size.width:
            panel.say(whole)
        else:
            panel.say(outcome.label, "   ".join(hints))

    async def _to_request(self, run: Run, item: Item) -> None:
        number = self._leads_to(run, item)
        if number is not None:
            queue = self._panel.queue
            queue.panels.close()
            queue.go_to_request(number)
            way = f"{queue.keymap.key('checks')} comes back" if number == run.request else ""
            way = way or f"{queue.keymap.key('palette')} finds it by its name"
            if run.state is RunState.OPEN:
                queue.say(f"the run goes on; {way}")

    def _leads_to(self, run: Run, item: Item) -> int | None:
        """The request that came of an item, else the one it is run for."""
        result = run.result(item.id)
        return result.finding if result is not None and result.finding is not None else run.request

    # --- what is asked --------------------------------------------------------------------------------------

    def reopen(self, what: str, key: int, text: str | None = None) -> bool:
        """Open a dialog; ``text`` instead of the draft that may wait."""
        run = self._panel.run_shown
        if run is None:
            return True
        item = run.item(key)
        kind = f"run:{what}:{run.id}" + (f":{key}" if key else "")
        kept, cursor = self._panel.gateway.draft(f"{kind}:0" if what in ("none", "value", "skip") else kind)
        if text is not None and text != kept:
            kept, cursor = text, -1
        if what == "finish":
            self._ask_how_it_ended(run, kind, kept, cursor)
        elif what == "skip":
            self._ask_line(
                kind, f"Skip {run.checklist.name}", "skips it: why", kept, cursor, partial(self._skip, run)
            )
        elif item is None:
            self._panel.say("that is not on this list any more", error=True)
        elif what == "note":
            self._ask_note(run, item, kind, kept, cursor)
        elif what == "evidence":
            self._ask_files(run, item, kind, kept, cursor)
        else:
            title = excerpt(item.text, TITLE)
            unit = f", in {item.unit}" if item.unit else ""
            limits = rules.limits_text(item)
            if what == "none":
                title, hint = f"{title}: not applicable, because", "takes it down"
            elif item.kind is Kind.CHOICE:
                hint = "one of " + ", ".join(item.choices)
            else:
                title, hint = f"{title}{unit}", f"takes it down{f' ({limits})' if limits else ''}"
            self._ask_line(kind, title, hint, kept, cursor, partial(self._said, run, item, what))
        return True

    def _ask_line(
        self, kind: str, title: str, hint: str, text: str, cursor: int, then: Callable[[str, str], None]
    ) -> None:
        from deskmate.tui.dialogs.prompt import PromptDialog

        def closed(line: str | None) -> None:
            if line is not None:
                then(kind, line)

        queue = self._panel.queue
        queue.open_dialog(PromptDialog(queue.gateway, kind, (), title, hint, text, cursor), closed)

    def _said(self, run: Run, item: Item, what: str, kind: str, line: str) -> None:
        jump = item.id in self._ahead
        if what == "none":
            command = MarkItem(run.id, item.id, Verdict.NOT_APPLICABLE, note=line, jump=jump)
        else:
            command = MarkItem(run.id, item.id, Verdict.DONE, line, jump=jump)
        self._send(command, item, f"{kind}:0", partial(self._again, what, item.id, line))

    def _skip(self, run: Run, kind: str, line: str) -> None:
        command = SkipRun(run.checklist.id, run.nominal or "", line)
        self._send(command, None, f"{kind}:0", partial(self._again, "skip", 0, line))

    def _again(self, what: str, key: int, text: str, error: DeskmateError) -> None:
        """What was typed comes back."""
        self.reopen(what, key, text)

    def _ask_note(self, run: Run, item: Item, kind: str, text: str, cursor: int) -> None:
        from deskmate.tui.dialogs.run_note import RunNoteDialog

        result = run.result(item.id)

        def closed(words: str | None) -> None:
            if words is None:
                return
            verdict = result.verdict if result else None
            turn = item.id in self._ahead or rules.comes_first(run, item.id) is None
            if item.kind is Kind.NOTE and verdict is None and turn:
                verdict = Verdict.DONE
            command = MarkItem(run.id, item.id, verdict, result.value if result else "", words, jump=True)
            self._send(command, item, kind, partial(self._again, "note", item.id, words))

        queue = self._panel.queue
        dialog = RunNoteDialog(
            queue.gateway, kind, excerpt(item.text, TITLE), text or (result.note if result else ""), cursor
        )
        queue.open_dialog(dialog, closed)

    # --- evidence -------------------------------------------------------------------------------------------

    def _ask_files(self, run: Run, item: Item, kind: str, text: str, cursor: int) -> None:
        from deskmate.tui.dialogs.path import PathDialog

        queue = self._panel.queue
        title = f"{excerpt(item.text, TITLE)}: evidence"
        dialog = PathDialog(queue.gateway, (), title, text, cursor, kind=kind)
        queue.open_dialog(dialog, lambda paths: self._take(run, item, kind, paths or [], ()))

    def _take(self, run: Run, item: Item, kind: str, paths: list[str], before: tuple[Kept, ...]) -> None:
        """Keep one file after the other, then add them all as one step."""
        queue = self._panel.queue
        if len(before) < len(paths):

            def kept(answer: Answer) -> None:
                if answer.error is None:
                    self._take(run, item, kind, paths, (*before, answer.value))
                    return
                queue.say(answer.error.message, answer.error.hint, error=True)
                if kind:
                    self.reopen("evidence", item.id, _typed(paths))

            queue.gateway.keep_file(paths[len(before)], kept)
        elif before:
            back = partial(self._again, "evidence", item.id, _typed(paths)) if kind else None
            self._send(AddEvidence(run.id, item.id, before), item, kind, back)

    def _found(self, run: Run, item: Item, answer: Answer) -> None:
        """The newest screenshot shows it."""
        if answer.value:
            self._take(run, item, "", [answer.value], ())
        else:
            self._panel.queue.say(NO_SCREENSHOT, error=True)

    # --- the end --------------------------------------------------------------------------------------------

    def _ask_how_it_ended(self, run: Run, kind: str, text: str, cursor: int) -> None:
        from deskmate.tui.dialogs.form import Field, FormDialog, as_draft

        panel = self._panel
        queue, gateway = panel.queue, panel.gateway
        now = queue.now()
        count = None if run.nominal or run.request else runs.standing(gateway, run.checklist.id)
        counts = "yes" if count and instant.to_text(now) >= count[1] else "no"

        def understood(typed: str) -> str:
            at = past.parse(typed, now)
            return moment_text(at, now) if at else f"now, unless you say such as {past.EXAMPLES}"

        fields = [
            Field("note", "Last word", "", hint="what the next one should know; may be empty"),
            Field("signed", "Signed by", "", hint="who signs it off; may be empty"),
            Field("done", "Really done", "", hint=understood),
        ]
        if count:
            day = day_text(date.fromisoformat(count[0][:10]))
            fields.append(Field("count", f"Count it for {day}", counts, ("yes", "no"), only=True))

        def check(changed: Changed) -> dict[str, str]:
            typed = changed.get("done", "").strip()
            if not typed or past.parse(typed, now):
                return {}
            return {"done": f"a time that has passed, such as {past.EXAMPLES.partition(',')[0]}"}

        def closed(changed: Changed | None) -> None:
            if changed is None:
                return
            at = past.parse(changed.get("done", ""), now)
            counted = changed.get("count", counts) == "yes"
            command = FinishRun(
                run.id,
                changed.get("note", ""),
                changed.get("signed", ""),
                instant.to_text(at) if at else None,
                count[0] if count and counted else None,
            )
            self._send(command, None, kind, partial(self._again, "finish", 0, as_draft(changed)))

        title = f"{run.checklist.name}: {rules.state_text(run)}"
        if run.findings:
            title += f", {run.findings} finding{'s' if run.findings > 1 else ''}"
        if rules.in_bulk(run.results):
            title += ", ticked in bulk"
        title += f", since {moment_text(instant.from_text(run.started_at).astimezone(now.tzinfo), now)}"
        form = FormDialog(
            gateway, kind, (), title, fields, draft=kind, text=text, cursor=cursor, check=check, unchanged=True
        )
        queue.open_dialog(form, closed)


def _typed(paths: list[str]) -> str:
    return paths[0] if len(paths) == 1 else quoted(paths)
