"""What the keys of the queue do to requests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from deskmate.domain import commands, instant, when
from deskmate.domain import row as at
from deskmate.domain.commands import Command, Numbers, Outcome
from deskmate.domain.due import moment_text, span
from deskmate.domain.priority import Impact, Priority, Urgency
from deskmate.domain.request import Refused, offered_outcome, why_not
from deskmate.domain.row import label
from deskmate.domain.status import DropReason
from deskmate.domain.text import excerpt
from deskmate.errors import DeskmateError
from deskmate.tui.actions.reasons import Rule, Why
from deskmate.tui.dialogs.prompt import PromptDialog
from deskmate.tui.dialogs.resolve import Ended, ResolveDialog
from deskmate.tui.gateway import READ_ONLY, Answer
from deskmate.tui.promises import open_on
from deskmate.tui.screens.queue.group import Group

if TYPE_CHECKING:
    from deskmate.tui.screens.queue.screen import QueueScreen

Make = Callable[[Numbers], Command]
Back = Callable[[DeskmateError], None]
Then = Callable[[Outcome], None]

OFF_HANDS = (commands.Resolve, commands.Drop, commands.Park, commands.Wait)
"""What ends the work on a request, for now or for good."""


@dataclass(frozen=True, slots=True)
class Check:
    """When to ask whether it really works: ``kind`` names the dialog that a restart opens again."""

    kind: str
    moment: Callable[[], datetime]


PATIENCE = 1.0
"""Seconds that moving on waits for a change to be written; a lock held elsewhere must not stop the keys."""
AS_GOOD_AS_DUE = timedelta(hours=1)
"""Before then, resolving says nothing of a promise, unless the technician does."""
JUST_NOW = timedelta(minutes=1)
UNDO_ASKS_AFTER = timedelta(minutes=15)
"""An older change is named before it is taken back."""


def status_of(verb: str) -> Why:
    """What the domain says of the verb and the status of a request."""
    return lambda row: why_not(verb, row[at.STATUS])


DIRECT: dict[str, Make] = {
    "priority.1": lambda numbers: commands.SetPriority(numbers, Priority.P1),
    "priority.2": lambda numbers: commands.SetPriority(numbers, Priority.P2),
    "priority.3": lambda numbers: commands.SetPriority(numbers, Priority.P3),
    "priority.4": lambda numbers: commands.SetPriority(numbers, Priority.P4),
    "priority.raise": lambda numbers: commands.ShiftPriority(numbers, -1),
    "priority.lower": lambda numbers: commands.ShiftPriority(numbers, 1),
    "drop.spam": lambda numbers: commands.Drop(numbers, DropReason.SPAM),
    "drop.duplicate": lambda numbers: commands.Drop(numbers, DropReason.DUPLICATE),
    "drop.nothing": lambda numbers: commands.Drop(numbers, DropReason.NOTHING),
    "drop.rules": lambda numbers: commands.Drop(numbers, DropReason.RULES),
    "reopen": commands.Reopen,
}
ASKING = {"note": "note", "resolve": "resolve", "tags": "tag"}
RULES = {action: Rule(verb := action.partition(".")[0], status_of(verb)) for action in DIRECT}
RULES |= {action: Rule(kind, status_of(kind)) for action, kind in ASKING.items()}
RULES |= {"priority.matrix": Rule("judge"), "repeat": Rule("repeat it on")}
IMPACTS = {"impact.one": Impact.ONE, "impact.several": Impact.SEVERAL, "impact.everyone": Impact.EVERYONE}
URGENCIES = {"urgency.wait": Urgency.WAIT, "urgency.slowed": Urgency.SLOWED, "urgency.stuck": Urgency.STUCK}


class Verbs(Group):
    """Runs verbs on the marked requests, else on the one under the cursor, and remembers the last.

    The other groups send their commands through here, too: ``act``, ``do`` and ``send``.
    """

    rules = RULES

    def __init__(self, screen: QueueScreen) -> None:
        super().__init__(screen)
        self._last: Make | None = None
        self._impact = Impact.ONE
        self._asked_to_undo: int | None = None
        self._unanswered = 0

    def forget_question(self) -> None:
        """A key other than the asked one came."""
        self._asked_to_undo = None

    def why_not(self, action: str) -> str | None:
        """Beside the rules: what undo, redo and repeat need."""
        if action == "repeat" and self._last is None:
            return "there is no verb to repeat yet"
        if action in ("undo", "redo"):
            if self.screen.gateway.read_only:
                return READ_ONLY
            nothing = action == "undo" and self.screen.gateway.to_undo() is None
            return "there is nothing to undo" if nothing else ""
        return super().why_not(action)

    async def run(self, action: str) -> bool:
        """Run the verb ``action``; False when it is none of these."""
        if action in DIRECT:
            self.act(action.partition(".")[0], DIRECT[action])
        elif action in IMPACTS:
            self._impact = IMPACTS[action]
            self.screen.wait_for("urgency")
        elif action in URGENCIES:
            impact, urgency = self._impact, URGENCIES[action]
            self.act("judge", lambda numbers: commands.Judge(numbers, impact, urgency))
        elif action in ASKING:
            self.ask_targets(ASKING[action])
        elif action == "undo":
            self._undo()
        elif action == "repeat":
            self._repeat()
        elif action == "redo":
            self.send(commands.Redo())
        else:
            return False
        return True

    # --- for every group ------------------------------------------------------------------------------------

    def act(self, verb: str, make: Make, why: Why | None = None) -> None:
        """Run a verb on its targets at once, or say why it can do nothing here."""
        numbers = self.screen.targets()
        reason = self.reason(verb, numbers, why)
        if reason:
            self.screen.say(reason, error=True)
        else:
            self.do(make, numbers)

    def do(
        self, make: Make, numbers: Numbers, *, draft: str = "", back: Back | None = None, then: Then | None = None
    ) -> None:
        """Run a verb on these requests; ``.`` will repeat it. ``draft``, ``back`` and ``then`` as in ``send``."""
        self._last = make
        self.send(make(numbers), draft=draft, back=back, then=then)
        self.screen.clear_marks()

    def send(self, command: Command, *, draft: str = "", back: Back | None = None, then: Then | None = None) -> None:
        """Have a command carried out and say what came of it.

        ``draft`` is where its text was kept while it was typed. ``back`` is called with the error when nothing was
        saved, to give the text back; ``then`` with the outcome when it was.
        """

        def answered(command: Command, answer: Answer) -> None:
            screen = self.screen
            self._unanswered -= 1
            if answer.error is not None:
                screen.say(answer.error.message, answer.error.hint, error=True)
                if back is not None:
                    back(answer.error)
                return
            outcome: Outcome = answer.value
            screen.look_for_news()
            hint = (
                ""
                if isinstance(command, commands.Undo | commands.TryAgain)
                else f"   {screen.keymap.key('undo')} undo"
            )
            if isinstance(command, commands.Resolve):
                hint = f"   {screen.keymap.key('cause')} cause{hint}"
            if isinstance(command, OFF_HANDS) and len(outcome.requests) == 1:
                there = screen.stopwatch.way_back(screen.row_of(outcome.requests[0]))
                hint = "".join(f"   {screen.keymap.own(key)} {name}" for key, name in there) + hint
            more = f", {len(outcome.refused)} left alone: {outcome.refused[0]}" if outcome.refused else ""
            said = f"{outcome.label}{more}{hint}"
            screen.say(said)
            if isinstance(command, commands.Resolve):
                # Not the coroutine itself: an app that ends before the worker begins would leave it unawaited.
                look: Any = partial(screen.guiding.resolved, outcome, said)
                screen.run_worker(look)
            if then is not None:
                then(outcome)

        self._unanswered += 1
        self.screen.gateway.run(command, answered, draft=draft)

    def reason(self, verb: str, numbers: Numbers, why: Why | None = None) -> str:
        """Why ``verb`` can do nothing to these; empty when it can to at least one.

        ``why`` says it for one row; without it, what the domain says of the verb and the status.
        """
        return self.screen.reason(Rule(verb, why or status_of(verb)), numbers)

    async def settle(self) -> None:
        """Wait for what was sent, so that ``j`` moves in the same list however fast the keys come."""
        if self._unanswered:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.screen.gateway.settled(), PATIENCE)

    # --- verbs that ask for words ---------------------------------------------------------------------------

    def ask_targets(self, kind: str) -> None:
        """Open the dialog of a verb for its targets, or say why it can do nothing here."""
        numbers = self.screen.targets()
        reason = self.reason(kind, numbers)
        if reason:
            self.screen.say(reason, error=True)
        else:
            self.reopen(kind, numbers)

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Open the dialog of a verb that needs words; ``text`` instead of the draft that may wait."""
        if kind not in ASKING.values():
            return False
        kept, cursor = self.screen.gateway.draft(f"{kind}:{numbers[0]}")
        if text is not None and text != kept:
            kept, cursor = text, -1
        if kind == "note":
            from deskmate.tui.dialogs.note import NoteDialog  # its text editor would cost every start

            note = NoteDialog(self.screen.gateway, numbers, about(numbers), kept, cursor)
            self.screen.open_dialog(note, lambda words: self._answer(kind, numbers, words))
            return True
        if kind == "resolve":
            self.ask_how_it_ended(numbers, text)
            return True
        title, hint = ("tags", "set these tags") if len(numbers) == 1 else ("more tags", "add these tags")
        shown = self._tags_of(numbers)
        kept = kept or joined(shown)
        line = PromptDialog(self.screen.gateway, kind, numbers, f"{about(numbers)}: {title}", hint, kept, cursor)
        self.screen.open_dialog(line, lambda words: self._answer(kind, numbers, words, shown))
        return True

    def _tags_of(self, numbers: Numbers) -> tuple[str, ...]:
        """The tags of a single request, to be edited; of many, none."""
        found = self.screen.gateway.detail(numbers[0], 0, 1) if len(numbers) == 1 else None
        return found.request.tags if found else ()

    def _answer(self, kind: str, numbers: Numbers, words: str | None, shown: tuple[str, ...] = ()) -> None:
        if words is None or (kind == "note" and not words.strip()):
            return
        make: Make
        if kind == "note":
            make = lambda targets: commands.AddNote(targets, words)  # noqa: E731
        else:
            # Only what was shown can have been taken away: another window may have added some since.
            wanted = {tag.casefold(): tag for tag in separated(words)}
            had = {tag.casefold() for tag in shown}
            more = tuple(tag for word, tag in wanted.items() if word not in had)
            gone = tuple(tag for tag in shown if tag.casefold() not in wanted)
            if not (more or gone):
                self._forget_draft(kind, numbers)
                return
            make = lambda targets: commands.Tag(targets, add=more, remove=gone)  # noqa: E731

        def back(error: DeskmateError) -> None:
            if kind == "tag" and isinstance(error, Refused):
                self._forget_draft(kind, numbers)  # these are its tags already: nothing is left of what was typed
            elif words.strip():
                self.reopen(kind, numbers, words)

        self.do(make, numbers, draft=f"{kind}:{numbers[0]}", back=back)

    def ask_how_it_ended(self, numbers: Numbers, text: str | None = None, check: Check | None = None) -> None:
        """What solved it, how it ended, for one of a problem whether the others are resolved with it, and what
        becomes of what was promised. ``text`` instead of the draft; ``check`` is when to ask whether it works."""
        gateway = self.screen.gateway
        kept, cursor = gateway.draft(f"resolve:{numbers[0]}")
        if text is not None and text != kept:
            kept, cursor = text, -1
        found = gateway.detail(numbers[0], 0, 1) if len(numbers) == 1 else None
        offered = offered_outcome(found.request) if found else None
        cause = (found.request.cause if found else None) or ""
        others = tuple(number for number in gateway.with_cause(cause) if number not in numbers) if cause else ()

        def answered(ended: Ended | None) -> None:
            if ended is None:
                return

            def back(error: DeskmateError) -> None:
                self.ask_how_it_ended(numbers, f"{ended.text}\n{ended.outcome or ''}".rstrip("\n"), check)

            def make(targets: Numbers) -> Command:
                at = instant.to_text(check.moment()) if check else None
                return commands.Resolve(targets, ended.text, ended.outcome, ended.promises, at, ended.runs)

            wanted = (*numbers, *others) if ended.with_others else numbers
            self.do(make, wanted, draft=f"resolve:{numbers[0]}", back=back if ended.text.strip() else None)

        then = f"check back {when.spoken(check.moment(), self.screen.now())}" if check else ""
        promised, due = self._promised((*numbers, *others))
        going, done = self._going((*numbers, *others))
        dialog = ResolveDialog(
            gateway, numbers, about(numbers), kept, cursor, offered, others, cause,
            promised=promised, due=due, going=going, done=done, then=then, kind=check.kind if check else "resolve",
        )  # fmt: skip
        self.screen.open_dialog(dialog, answered)

    def _promised(self, numbers: Numbers) -> tuple[str, bool]:
        """What is promised still on these requests, in words, and whether all of it is as good as due."""
        rows = map(self.screen.row_of, numbers)
        found = open_on(self.screen.gateway, [row[at.NUMBER] for row in rows if row and row[at.PROMISED_AT]])
        if not found:
            return "", False
        now = self.screen.now()
        first = min(found, key=lambda each: each.due_at)
        date = moment_text(instant.from_text(first.due_at).astimezone(now.tzinfo), now)
        soon = instant.to_text(now + AS_GOOD_AS_DUE)
        what = "promised" if len(found) == 1 else f"{len(found)} promises, next"
        return f"{what} {date} “{excerpt(first.text, 30)}”", all(each.due_at <= soon for each in found)

    def _going(self, numbers: Numbers) -> tuple[str, bool]:
        """How far the checklists are that are run for these, in words, and whether nothing of them is open."""
        from deskmate.domain.steps import progress
        from deskmate.tui import runs

        found = [progress(run, ()) for run in runs.open_for(self.screen.gateway, numbers)]
        return "; ".join(each.rest for each in found), all(each.marked == each.total for each in found)

    def _forget_draft(self, kind: str, numbers: Numbers) -> None:
        self.screen.gateway.save_draft(f"{kind}:{numbers[0]}", "", 0, numbers[0])

    # --- undo and repeat ------------------------------------------------------------------------------------

    def _undo(self) -> None:
        """Take the last change back; an old one or one out of sight is named first."""
        screen = self.screen
        found = screen.gateway.to_undo()
        if found is None:
            return
        seq, recorded_at, what, touched = found
        age = screen.now() - instant.from_text(recorded_at)
        in_sight = not touched or bool(screen.in_sight() & set(touched))
        asked, self._asked_to_undo = self._asked_to_undo, None
        if asked != seq and (asked is not None or age > UNDO_ASKS_AFTER or not in_sight):
            self._asked_to_undo = seq
            ago = "just now" if age < JUST_NOW else f"{span(age)} ago"
            screen.say(f"{screen.keymap.key('undo')} again undoes: {what}, {ago}")
            return
        self.send(commands.Undo(seq=seq), then=lambda outcome: screen.interrupting.undone(seq))

    def _repeat(self) -> None:
        if self._last is not None:
            self.do(self._last, self.screen.targets())


def about(numbers: Numbers) -> str:
    """The requests a dialog is about, in words."""
    return label(numbers[0]) if len(numbers) == 1 else f"{len(numbers):,} requests"


def joined(tags: tuple[str, ...]) -> str:
    """Tags as a line to be edited: apart by spaces, or by commas when one of them has a space."""
    if any(" " in tag for tag in tags):
        return "".join(f"{tag}, " for tag in tags).rstrip()
    return " ".join(tags)


def separated(line: str) -> tuple[str, ...]:
    """The tags in such a line: where there is a comma, spaces belong to a tag."""
    parts = line.split(",") if "," in line else line.split()
    return tuple(tag for part in parts if (tag := " ".join(part.strip().removeprefix("#").split())))
