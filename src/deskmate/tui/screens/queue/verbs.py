"""What the keys of the queue do to requests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from deskmate.domain import commands, instant
from deskmate.domain import row as at
from deskmate.domain.commands import Command, Numbers, Outcome
from deskmate.domain.due import span
from deskmate.domain.priority import Impact, Priority, Urgency
from deskmate.domain.request import Refused, why_not
from deskmate.domain.row import label
from deskmate.domain.status import DropReason
from deskmate.tui.dialogs.prompt import PromptDialog
from deskmate.tui.gateway import READ_ONLY, Answer

if TYPE_CHECKING:
    from deskmate.tui.screens.queue.screen import QueueScreen

Make = Callable[[Numbers], Command]

PATIENCE = 1.0
"""Seconds that moving on waits for a change to be written; a lock held elsewhere must not stop the keys."""
JUST_NOW = timedelta(minutes=1)
UNDO_ASKS_AFTER = timedelta(minutes=15)
"""An older change is named before it is taken back."""

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
QUESTIONS = {"resolve": ("what solved it", "resolve"), "tag": ("tags", "set these tags")}
IMPACTS = {"impact.one": Impact.ONE, "impact.several": Impact.SEVERAL, "impact.everyone": Impact.EVERYONE}
URGENCIES = {"urgency.wait": Urgency.WAIT, "urgency.slowed": Urgency.SLOWED, "urgency.stuck": Urgency.STUCK}


class Verbs:
    """Runs verbs on the marked requests, else on the one under the cursor, and remembers the last."""

    def __init__(self, screen: QueueScreen) -> None:
        self._screen = screen
        self._last: Make | None = None
        self._impact = Impact.ONE
        self._asked_to_undo: int | None = None
        self._unanswered = 0

    def forget_question(self) -> None:
        """A key other than the asked one came."""
        self._asked_to_undo = None

    def run(self, action: str) -> bool:
        """Run the verb ``action``; False when it is none of these."""
        if action in DIRECT:
            self._on_targets(action, DIRECT[action])
        elif action in IMPACTS:
            self._impact = IMPACTS[action]
            self._screen.wait_for("urgency")
        elif action in URGENCIES:
            impact, urgency = self._impact, URGENCIES[action]
            self._on_targets(action, lambda numbers: commands.Judge(numbers, impact, urgency))
        elif action in ASKING:
            self._ask_targets(ASKING[action])
        elif action == "repeat":
            self._repeat()
        elif action == "redo":
            self._send(commands.Redo())
        else:
            return False
        return True

    async def undo(self) -> None:
        """Take the last change back; an old one or one out of sight is named first."""
        screen = self._screen
        await screen.gateway.settled()
        found = screen.gateway.to_undo()
        if found is None:
            screen.say("there is nothing to undo")
            return
        seq, recorded_at, what, touched = found
        age = screen.now() - instant.from_text(recorded_at)
        in_sight = bool(screen.in_sight() & set(touched))
        asked, self._asked_to_undo = self._asked_to_undo, None
        if asked != seq and (asked is not None or age > UNDO_ASKS_AFTER or not in_sight):
            self._asked_to_undo = seq
            ago = "just now" if age < JUST_NOW else f"{span(age)} ago"
            screen.say(f"u again undoes: {what}, {ago}")
            return
        self._send(commands.Undo(seq=seq))

    def ask(self, kind: str, numbers: Numbers, text: str | None = None) -> None:
        """Open the dialog of a verb that needs words; ``text`` instead of the draft that may wait."""
        if not numbers:
            self._screen.say(self._reason(kind, numbers), error=True)
            return
        kept, cursor = self._screen.gateway.draft(f"{kind}:{numbers[0]}")
        if text is not None and text != kept:
            kept, cursor = text, -1
        if kind == "note":
            from deskmate.tui.dialogs.note import NoteDialog  # its text editor would cost every start

            note = NoteDialog(self._screen.gateway, numbers, about(numbers), kept, cursor)
            self._screen.open_dialog(note, lambda words: self._answer(kind, numbers, words))
            return
        title, hint = QUESTIONS[kind] if kind != "tag" or len(numbers) == 1 else ("more tags", "add these tags")
        shown = self._screen.tags_of(numbers) if kind == "tag" else ()
        kept = kept or joined(shown)
        line = PromptDialog(self._screen.gateway, kind, numbers, f"{about(numbers)}: {title}", hint, kept, cursor)
        self._screen.open_dialog(line, lambda words: self._answer(kind, numbers, words, shown))

    def _answer(self, kind: str, numbers: Numbers, words: str | None, shown: tuple[str, ...] = ()) -> None:
        if words is None or (kind == "note" and not words.strip()):
            return
        make: Make
        if kind == "note":
            make = lambda targets: commands.AddNote(targets, words)  # noqa: E731
        elif kind == "resolve":
            make = lambda targets: commands.Resolve(targets, words)  # noqa: E731
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
        self._run(make, numbers, draft=f"{kind}:{numbers[0]}")

    def _ask_targets(self, kind: str) -> None:
        numbers = self._screen.targets()
        reason = self._reason(kind, numbers)
        if reason:
            self._screen.say(reason, error=True)
        else:
            self.ask(kind, numbers)

    def _on_targets(self, action: str, make: Make) -> None:
        numbers = self._screen.targets()
        reason = self._reason(action.partition(".")[0], numbers)
        if reason:
            self._screen.say(reason, error=True)
            return
        self._run(make, numbers)

    def _repeat(self) -> None:
        if self._last is None:
            self._screen.say("there is no verb to repeat yet")
            return
        numbers = self._screen.targets()
        if numbers:
            self._run(self._last, numbers)

    def _run(self, make: Make, numbers: Numbers, draft: str = "") -> None:
        self._last = make
        self._send(make(numbers), draft)
        self._screen.clear_marks()

    def _send(self, command: Command, draft: str = "") -> None:
        self._unanswered += 1
        self._screen.gateway.run(command, self._answered, draft=draft)

    async def settle(self) -> None:
        """Wait for what was sent, so that ``j`` moves in the same list however fast the keys come."""
        if self._unanswered:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._screen.gateway.settled(), PATIENCE)

    def _reason(self, verb: str, numbers: Numbers) -> str:
        """Why ``verb`` can do nothing here; empty when it can for at least one."""
        if self._screen.gateway.read_only:
            return READ_ONLY
        if not numbers:
            return f"nothing to {verb} here: the list is empty"
        if verb not in ("resolve", "drop", "reopen"):
            return ""
        reasons = []
        for number in numbers:
            row = self._screen.row_of(number)
            reason = why_not(verb, row[at.STATUS]) if row else ""
            if not reason:
                return ""
            reasons.append(f"{label(number)}: {reason}")
        return reasons[0] if len(reasons) == 1 else f"none of the {len(numbers)} can be: {reasons[0]}"

    def _answered(self, command: Command, answer: Answer) -> None:
        screen = self._screen
        self._unanswered -= 1
        if answer.error is not None:
            screen.say(answer.error.message, answer.error.hint, error=True)
            self._give_back(command, refused=isinstance(answer.error, Refused))
            return
        outcome: Outcome = answer.value
        screen.look_for_news()
        hint = "" if isinstance(command, commands.Undo) else "   u undo"
        more = f", {len(outcome.refused)} left alone: {outcome.refused[0]}" if outcome.refused else ""
        screen.say(f"{outcome.label}{more}{hint}")

    def _forget_draft(self, kind: str, numbers: Numbers) -> None:
        self._screen.gateway.save_draft(f"{kind}:{numbers[0]}", "", 0, numbers[0])

    def _give_back(self, command: Command, *, refused: bool) -> None:
        """It was not saved: the text goes back into its field, whatever became of the draft."""
        match command:
            case commands.AddNote(requests=numbers, text=text):
                self.ask("note", numbers, text)
            case commands.Resolve(requests=numbers, resolution=text) if text:
                self.ask("resolve", numbers, text)
            case commands.Tag(requests=numbers) if refused:
                # These are its tags already: nothing is left of what was typed.
                self._forget_draft("tag", numbers)
            case commands.Tag(requests=numbers, add=add) if add:
                self.ask("tag", numbers, joined(add))


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
