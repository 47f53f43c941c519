"""Answering: replies written and said, canned texts, and what became of what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.domain import commands, instant
from deskmate.domain import row as at
from deskmate.domain.canned import PLACEHOLDERS, Canned, fill, wrong
from deskmate.domain.check_back import QUESTION, to_ask
from deskmate.domain.reply import NO_REQUESTER, Parcel, Report, Way, beside_text
from deskmate.domain.row import Row, label
from deskmate.domain.text import safe
from deskmate.domain.timeline import LEFT, Delivery
from deskmate.domain.waiting import reminder
from deskmate.errors import DeskmateError
from deskmate.tui import guide_sending
from deskmate.tui.actions.keys import title
from deskmate.tui.actions.reasons import Rule
from deskmate.tui.dialogs.prompt import PromptDialog
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.screens.queue.group import Group
from deskmate.tui.screens.queue.verbs import Back, about

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deskmate.domain.commands import Command, Numbers, Outcome
    from deskmate.domain.enclosing import Chosen
    from deskmate.tui.dialogs.form import Changed
    from deskmate.tui.gateway import Answer

CANNED, TEXT = "reply.canned.", "text."
POSITIONS = range(1, 10)
ONE_AT_A_TIME = "the clipboard holds one at a time"
MOST_AT_ONCE = 200
"""More replies at once are a newsletter."""


def nobody(row: Row) -> str:
    """Why nobody can be answered."""
    return "" if row[at.WHO] else NO_REQUESTER


class Replies(Group):
    """Replies of a request or of several, each requester alone."""

    rules = {
        **{f"reply.{name}": Rule("answer", nobody) for name in ("write", "said", "all")},
        **{f"{CANNED}{position}": Rule("answer", nobody) for position in POSITIONS},
        "reply.confirm": Rule("confirm"),
        "reply.retry": Rule("send"),
    }

    def why_not(self, action: str) -> str | None:
        """Beside the rules: the texts need no request."""
        if action == "reply.texts":
            return READ_ONLY if self.screen.gateway.read_only else ""
        return super().why_not(action)

    def names(self, prefix: str) -> Mapping[str, str] | None:
        """The canned texts by their names."""
        if prefix not in ("reply", "text"):
            return None
        start = CANNED if prefix == "reply" else TEXT
        texts = {f"{start}{each.position}": safe(each.name) for each in self.screen.gateway.canned()}
        if prefix == "text":
            return texts | {"text.new": "a new one"}
        own = [action for action in self.screen.keymap.prefixes[prefix].values() if not action.startswith(CANNED)]
        return {action: title(action) for action in own} | {"reply.texts": "texts"} | texts

    async def run(self, action: str) -> bool:
        """Run what begins with reply, or a choice of the text to be edited."""
        screen = self.screen
        if action == "reply.write":
            self.reopen("reply", screen.targets())
        elif action.startswith(CANNED):
            self._canned(int(action.removeprefix(CANNED)), screen.targets())
        elif action == "reply.said":
            self.reopen("said", screen.targets())
        elif action == "reply.all":
            self._all()
        elif action == "reply.confirm":
            screen.verbs.act("confirm", commands.ConfirmSent, lambda row: "")
        elif action == "reply.retry":
            self._retry(screen.targets())
        elif action.startswith(TEXT):
            self._edit_text(action.removeprefix(TEXT))
        else:
            return False
        return True

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Open what is being written again; ``text`` instead of the draft that may wait."""
        if kind == "reply":
            self.write(numbers, text)
        elif kind == "said":
            self._ask_said(numbers, text)
        elif kind.startswith("text:"):
            known = {each.id: each for each in self.screen.gateway.canned()}
            found = known.get(int(kind.removeprefix("text:")))
            self._form(found) if found else self._edit_text("new")
        else:
            return False
        return True

    # --- written --------------------------------------------------------------------------------------------

    def write(
        self, numbers: Numbers, text: str | None = None, canned: str = "", chosen: Chosen | None = None
    ) -> None:
        """Open a reply: with what waits as a draft, else with a canned text, else empty.

        ``chosen`` is the guide that goes with it, instead of the one that waits with the draft.
        """
        from deskmate.tui.dialogs.reply import ReplyDialog, draft_key  # its text editor would cost every start

        screen = self.screen
        if len(numbers) > MOST_AT_ONCE:
            screen.say(f"{len(numbers):,} are too many to answer at once; the most is {MOST_AT_ONCE}", error=True)
            return
        sending = screen.gateway.config.reply
        heads = screen.gateway.letterheads(numbers)
        if not heads:
            return
        kept, cursor = screen.gateway.draft(draft_key(numbers))
        if text is not None and text != kept:
            kept, cursor = text, -1
        fresh = not kept
        if fresh:
            canned = canned or self._reminder(numbers)
            signature = sending.signature.strip("\n")
            kept, cursor = f"{canned}\n\n{signature}" if signature else canned, len(canned)
        chosen = screen.enclosing.goes_with(numbers, chosen, fresh=fresh)
        enclosed = screen.enclosing.said(chosen) if chosen else ""
        dialog = ReplyDialog(screen.gateway, numbers, heads, sending, kept, cursor, fresh=fresh, enclosed=enclosed)
        screen.open_dialog(dialog, lambda words: self._send(numbers, words, dialog.way, chosen))

    def _reminder(self, numbers: Numbers) -> str:
        """The text to chase this one with, or to ask whether it works, when the date has come; empty otherwise."""
        gateway = self.screen.gateway
        found = gateway.detail(numbers[0], 0, 1) if len(numbers) == 1 else None
        name = reminder(found.request) if found else ""
        if found and to_ask(found.request.status, found.request.check_at, instant.to_text(self.screen.now())):
            name = QUESTION
        text = next((each.text for each in gateway.canned() if each.name == name), "")
        return fill(text, gateway.letterheads(numbers)[0]) if text else ""

    def _canned(self, position: int, numbers: Numbers) -> None:
        from deskmate.tui.dialogs.reply import draft_key

        screen = self.screen
        found = next((each for each in screen.gateway.canned() if each.position == position), None)
        if found is None:
            keys = screen.keymap.keys_of("reply.texts")[0]
            screen.say(f"there is no text {position}; {keys} makes one", error=True)
        elif screen.gateway.draft(draft_key(numbers))[0]:
            keys = screen.keymap.keys_of("reply.write")[0]
            screen.say(f"a reply to {label(numbers[0])} is half written: {keys} goes on with it", error=True)
        else:
            heads = screen.gateway.letterheads(numbers)
            self.write(numbers, canned=fill(found.text, heads[0]) if len(heads) == 1 else found.text)

    def _all(self) -> None:
        screen = self.screen
        here = screen.listing.current
        found = screen.gateway.detail(here, 0, 1) if here is not None else None
        if here is None or found is None:
            return
        if not found.request.cause:
            screen.say(
                f"{label(here)} has no cause yet; {screen.keymap.key('cause')} says why it happened", error=True
            )
            return
        numbers = tuple(screen.gateway.with_cause(found.request.cause))
        if set(numbers) <= {here}:
            screen.say(f"no other open request has the cause of {label(here)}", error=True)
        else:
            self.write(numbers)

    def _send(self, numbers: Numbers, words: str | None, way: Way, chosen: Chosen | None) -> None:
        if words is None:
            return
        from deskmate.tui.dialogs.reply import draft_key

        def back(error: DeskmateError) -> None:
            self.write(numbers, words)

        if chosen is not None:
            self.screen.enclosing.send(numbers[0], words, way, chosen)
        else:
            self.on_its_way(commands.SendReply(numbers, words, way), draft_key(numbers), back)
        self.screen.clear_marks()

    def _retry(self, numbers: Numbers) -> None:
        sending = self.screen.gateway.config.reply
        way = Way(sending.deliver) if len(numbers) == 1 else sending.way_of_several()
        self.on_its_way(commands.TryAgain(numbers, way, sending.timeout))

    def on_its_way(self, command: Command, draft: str = "", back: Back | None = None) -> None:
        """Have replies or handovers stored, then let them leave."""
        gateway = self.screen.gateway

        def stored(outcome: Outcome) -> None:
            parcels = gateway.parcels(outcome)
            if isinstance(command, commands.SendReply):
                self.screen.promising.after_words(outcome)
            away = [parcel for parcel in parcels if parcel.way is not Way.CLIPBOARD]
            if away:
                gateway.deliver(away, self._told)
            copied, *waiting = [parcel for parcel in parcels if parcel.way is Way.CLIPBOARD] or (None,)
            for parcel in waiting:
                late = Report(parcel.id, Delivery.NOT_SENT, ONE_AT_A_TIME, parcel.handover)
                gateway.report(late, self._told)
            if copied is not None:  # the terminal's own, which only the screen can reach
                self.screen.app.copy_to_clipboard(copied.message.text)
                self._beside(copied)

        self.screen.verbs.send(command, draft=draft, back=back, then=stored)

    def _beside(self, copied: Parcel) -> None:
        """Report a reply that is on the clipboard, once the files that go with it are where they are found."""
        gateway = self.screen.gateway
        if not copied.files:
            gateway.report(Report(copied.id, Delivery.HANDED_OVER, handover=copied.handover), self._told)
            return

        def laid(answer: Answer) -> None:
            gateway.report(answer.value, self._told)

        guide_sending.lay_out(gateway, copied, laid)

    def _told(self, report: Report, answer: Answer) -> None:
        """Say what became of a reply or a handover."""
        screen = self.screen
        screen.look_for_news()
        if answer.error is not None:
            screen.say(answer.error.message, answer.error.hint, error=True)
            return
        hint = ""
        if report.state in _NEXT:
            action, does = _NEXT[report.state]
            hint = f"{screen.keymap.keys_of(action)[0]} {does}"
        if report.state in LEFT and not report.handover:
            hint = "   ".join(part for part in (hint, screen.promising.offered(answer.value.requests)) if part)
        said = "; ".join(filter(None, (answer.value.label, beside_text(report.beside))))
        screen.say(said, hint, error=report.state is Delivery.NOT_SENT)

    # --- said -----------------------------------------------------------------------------------------------

    def _ask_said(self, numbers: Numbers, text: str | None = None) -> None:
        screen = self.screen
        draft = f"said:{numbers[0]}"
        kept, cursor = screen.gateway.draft(draft)
        if text is not None and text != kept:
            kept, cursor = text, -1

        def answered(words: str | None) -> None:
            if words is not None:
                screen.verbs.send(
                    commands.Say(numbers, words),
                    draft=draft,
                    back=lambda error: again(words),
                    then=screen.promising.after_words,
                )
                screen.clear_marks()

        def again(words: str) -> None:
            if words.strip():
                self._ask_said(numbers, words)

        head, hint = f"{about(numbers)}: what you told them", "told them, in these words or none"
        screen.open_dialog(PromptDialog(screen.gateway, "said", numbers, head, hint, kept, cursor), answered)

    # --- canned texts ---------------------------------------------------------------------------------------

    def _edit_text(self, which: str) -> None:
        """Change the text with this key, or make one with the first key that is free."""
        screen = self.screen
        texts = {each.position: each for each in screen.gateway.canned()}
        if which != "new":
            found = texts.get(int(which))
            if found is None:
                screen.say(f"there is no text {which}", error=True)
                return
        else:
            free = next((position for position in POSITIONS if position not in texts), None)
            if free is None:
                screen.say("all nine keys have a text; change one of them", error=True)
                return
            found = Canned(0, "", free, "")
        self._form(found)

    def _form(self, found: Canned, text: str | None = None, errors: Mapping[str, str] | None = None) -> None:
        from deskmate.tui.dialogs.form import Field, FormDialog, as_draft

        screen = self.screen
        kind = f"text:{found.id}"
        kept, cursor = screen.gateway.draft(kind)
        if text is not None and text != kept:
            kept, cursor = text, -1
        holes = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        emptied = ", and without words it is removed" if found.id else ""
        fields = (
            Field("name", "Name", found.name, hint="what the strip shows"),
            Field("key", "Key", str(found.position), hint="r and 1 to 9; whichever has it now gets the other"),
            Field("text", "Text", found.text, lines=9, hint=f"filled in: {holes}{emptied}"),
        )

        def check(changed: Changed) -> Mapping[str, str]:
            values = _values(found, changed)
            said = {
                "name": "" if values["name"].strip() else "it needs a name",
                "key": "" if values["key"].strip() in map(str, POSITIONS) else "1 to 9",
                "text": wrong(values["text"]) if values["text"].strip() or found.id else "it needs some words",
            }
            return {name: why for name, why in said.items() if why}

        def answered(changed: Changed | None) -> None:
            if not changed:
                return
            values = _values(found, changed)
            command: Command = commands.SaveCanned(
                values["name"], int(values["key"]), values["text"], found.id or None
            )
            if not values["text"].strip():
                command = commands.RemoveCanned(found.id)

            def back(error: DeskmateError) -> None:
                self._form(found, as_draft(changed))

            screen.verbs.send(command, draft=kind, back=back)

        head = f"Text to answer with: {found.name}" if found.id else "A new text to answer with"
        form = FormDialog(
            screen.gateway, kind, (), safe(head), fields, draft=kind, text=kept, cursor=cursor, check=check
        )
        screen.open_dialog(form, answered)


def _values(found: Canned, changed: Changed) -> Changed:
    return {"name": found.name, "key": str(found.position), "text": found.text} | changed


_NEXT = {
    Delivery.NOT_SENT: ("reply.retry", "tries again"),
    Delivery.HANDED_OVER: ("reply.confirm", "once it is sent"),
}
"""What one would do next, by what became of a reply."""
