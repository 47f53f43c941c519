"""Promises, and asking after a while whether what was resolved really works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.domain import calendar, instant, when
from deskmate.domain import row as at
from deskmate.domain.check_back import BAD, why_not_feedback
from deskmate.domain.due import moment_text
from deskmate.domain.promising import DropPromise, Feedback, KeepPromise, MakePromise, MovePromise
from deskmate.domain.row import Row
from deskmate.tui.actions.keys import title
from deskmate.tui.actions.reasons import Rule
from deskmate.tui.promises import last_words
from deskmate.tui.screens.queue.group import Group
from deskmate.tui.screens.queue.verbs import Check, about, status_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from deskmate.domain.commands import Command, Numbers, Outcome
    from deskmate.errors import DeskmateError

PROMISE, MOVE, CHECK = "promise", "move", "check"
"""The dialogs that ask for a date."""
RESOLVE = "check-"
"""The dialog that resolves, by when to check back: the name of a date with a key, or an instant."""
LINE = "feedback-"
"""The dialog that asks for a line, by the number before it."""
DATES = (*calendar.LATER, "typed")


def _promised(row: Row) -> str:
    return "" if row[at.PROMISED_AT] else "nothing is promised"


def _may_answer(row: Row) -> str:
    return why_not_feedback(row[at.STATUS])


RULES = {f"promise.{name}": Rule("promise something on") for name in (*DATES, "said")}
RULES |= {f"promise.{name}": Rule(f"{name} a promise of", _promised) for name in ("keep", "move", "drop")}
RULES |= {f"move.{name}": Rule("move a promise of", _promised) for name in DATES}
RULES |= {f"check.{name}": Rule("resolve", status_of("resolve")) for name in DATES}
RULES |= {f"feedback.{score}": Rule("take an answer down for", _may_answer) for score in range(1, 6)}


class Promising(Group):
    """``f``, ``X`` and ``F``."""

    rules = RULES

    def names(self, prefix: str) -> Mapping[str, str] | None:
        """What was promised in the last reply by its date; kept, move and drop where something is promised."""
        if prefix != "promise":
            return None
        screen = self.screen
        rows = [row for row in map(screen.row_of, screen.targets()) if row]
        found = self._written(screen.targets())
        names = {f"promise.{name}": title(f"promise.{name}") for name in DATES}
        if found:
            names["promise.said"] = f"{when.spoken(found[1], screen.now())}, as written"
        if promised := [row[at.PROMISED_AT] for row in rows if row[at.PROMISED_AT]]:
            names |= {f"promise.{name}": title(f"promise.{name}") for name in ("keep", "move", "drop")}
            now = screen.now()
            date = moment_text(instant.from_text(min(promised)).astimezone(now.tzinfo), now)
            names["promise.move"] = f"move that of {date}" if len(promised) == 1 else "move those open"
        return names

    async def run(self, action: str) -> bool:
        """Run what begins with promise, move, check or feedback."""
        verb, _, which = action.partition(".")
        verbs, numbers = self.screen.verbs, self.screen.targets()
        if action not in RULES:
            return False
        if verb == "feedback":
            self._ask_line(numbers, int(which))
        elif which == "typed":
            self.reopen(verb, numbers)
        elif verb == "promise" and which in calendar.LATER:
            verbs.do(lambda targets: MakePromise(targets, self._date(which)), numbers, then=self._made)
        elif verb == "promise" and which == "said":
            self._take_written(numbers)
        elif verb == "promise":
            verbs.do(KeepPromise if which == "keep" else DropPromise, numbers)
        elif verb == "move":
            verbs.do(lambda targets: MovePromise(targets, self._date(which)), numbers)
        else:
            self.reopen(f"{RESOLVE}{which}", numbers)
        return True

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Open one of the dialogs again."""
        if kind in (PROMISE, MOVE, CHECK):
            self._ask_date(kind, numbers, text)
        elif kind.startswith(RESOLVE):
            which = kind.removeprefix(RESOLVE)
            self.screen.verbs.ask_how_it_ended(numbers, text, Check(kind, lambda: self._moment(which)))
        elif kind.startswith(LINE):
            self._ask_line(numbers, int(kind.removeprefix(LINE)), text)
        else:
            return False
        return True

    # --- what was promised in a reply -----------------------------------------------------------------------

    def after_words(self, outcome: Outcome) -> None:
        """Something was told: say what of it is a promise, or that a promise may be kept by it."""
        said = self.offered(outcome.requests)
        if said:
            self.screen.say(f"{outcome.label}   {said}   {self.screen.keymap.key('undo')} undo")

    def offered(self, numbers: Numbers) -> str:
        """The word on what was just told to the requester of one request; empty when there is nothing to say."""
        screen = self.screen
        found = self._written(numbers)
        if found:
            key = screen.keymap.keys_of("promise.said")[0]
            return f"promised {moment_text(found[1], screen.now())}? {key} takes it"
        row = screen.row_of(numbers[0]) if len(numbers) == 1 else None
        if row is None or not row[at.PROMISED_AT]:
            return ""
        now = screen.now()
        date = moment_text(instant.from_text(row[at.PROMISED_AT]).astimezone(now.tzinfo), now)
        return f"{screen.keymap.keys_of('promise.keep')[0]} ticks what was promised for {date}"

    def _written(self, numbers: Numbers) -> tuple[str, datetime] | None:
        """What the last reply to this request promises, as long as nobody took it and it is to come."""
        if len(numbers) != 1:
            return None
        text, said_at, taken = last_words(self.screen.gateway, numbers[0])
        if not text or taken:
            return None
        from deskmate.domain.promised import promised

        now = self.screen.now()
        found = promised(
            text, instant.from_text(said_at).astimezone(now.tzinfo), lambda: self.screen.gateway.calendar
        )
        return found if found and found[1].timestamp() > now.timestamp() else None

    def _take_written(self, numbers: Numbers) -> None:
        found = self._written(numbers)
        if found is None:
            many = "of several requests" if len(numbers) > 1 else "to this one"
            self.screen.say(f"the last reply {many} promises nothing with a date", error=True)
            return
        text, moment = found
        self.screen.verbs.send(MakePromise(numbers, instant.to_text(moment), text), then=self._made)

    # --- dates ----------------------------------------------------------------------------------------------

    def _ask_date(self, kind: str, numbers: Numbers, text: str | None) -> None:
        from deskmate.tui.dialogs.date import DateDialog

        gateway = self.screen.gateway
        draft = f"{kind}:{numbers[0]}"
        kept, cursor = gateway.draft(draft)
        if text is not None and text != kept:
            kept, cursor = text, -1
        what = {PROMISE: "promised for", MOVE: "promised instead for", CHECK: "resolve, and check back"}[kind]
        more = "what" if kind == PROMISE else ""
        dialog = DateDialog(
            gateway, kind, numbers, f"{about(numbers)}: {what}", self.screen.now, more=more, text=kept, cursor=cursor
        )

        def dated(line: str | None) -> None:
            if line is None:
                return
            date, _, words = line.partition(",")
            moment = gateway.moment(date, self.screen.now()) or self.screen.now()
            if kind == CHECK:
                gateway.save_draft(draft, "", 0, numbers[0])
                self.reopen(f"{RESOLVE}{instant.to_text(moment)}", numbers)
                return

            def make(targets: Numbers) -> Command:
                until = instant.to_text(gateway.moment(date, self.screen.now()) or moment)
                return MakePromise(targets, until, words.strip()) if kind == PROMISE else MovePromise(targets, until)

            def back(error: DeskmateError) -> None:
                self._ask_date(kind, numbers, line)

            self.screen.verbs.do(make, numbers, draft=draft, back=back, then=self._made)

        self.screen.open_dialog(dialog, dated)

    def _made(self, outcome: Outcome) -> None:
        """Where one was open already, say so: two may be meant, or the other was to be moved."""
        screen, undo = self.screen, self.screen.keymap.key("undo")
        if outcome.notes:
            moves = screen.keymap.keys_of("promise.move")[0]
            screen.say(f"{outcome.label}   {undo} undo", f"{outcome.notes[0]}   {undo}, {moves} moves it")

    def _date(self, which: str) -> str:
        return instant.to_text(self._moment(which))

    def _moment(self, which: str) -> datetime:
        """The date of a key, as it is now, or the instant itself."""
        now = self.screen.now()
        if which in calendar.LATER:
            return self.screen.gateway.calendar.later(which, now)
        return instant.from_text(which).astimezone(now.tzinfo)

    # --- feedback -------------------------------------------------------------------------------------------

    def _ask_line(self, numbers: Numbers, score: int, text: str | None = None) -> None:
        """A line beside the number; enter alone takes the number down."""
        from deskmate.tui.dialogs.prompt import PromptDialog

        screen = self.screen
        if len(numbers) > 1:
            screen.say("one answer at a time; esc takes the marks away", error=True)
            return
        kind = f"{LINE}{score}"
        kept, cursor = screen.gateway.draft(f"{kind}:{numbers[0]}")
        if text is not None and text != kept:
            kept, cursor = text, -1

        def answered(line: str | None) -> None:
            if line is None:
                return

            def back(error: DeskmateError) -> None:
                self._ask_line(numbers, score, line)

            def then(outcome: Outcome) -> None:
                if score <= BAD:
                    keys = screen.keymap
                    screen.say(f"{outcome.label}   {keys.key('reopen')} reopens it   {keys.key('undo')} undo")

            screen.verbs.send(Feedback(numbers, score, line), draft=f"{kind}:{numbers[0]}", back=back, then=then)

        head, hint = f"{about(numbers)}: {score} of 5, in their words", "with this line, or none"
        screen.open_dialog(PromptDialog(screen.gateway, kind, numbers, head, hint, kept, cursor), answered)
