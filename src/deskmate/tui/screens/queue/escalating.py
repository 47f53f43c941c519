"""Handing a request over to somebody of the own network, and what is for the supervisor alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.domain import commands
from deskmate.domain import row as at
from deskmate.domain.handover import for_supervisor, handover, joined, parted
from deskmate.domain.person import PersonKind
from deskmate.domain.public import public
from deskmate.domain.reply import Outgoing, Parcel, Report, Way, how
from deskmate.domain.request import Refused, why_not
from deskmate.domain.row import label
from deskmate.domain.timeline import Delivery, Restricted
from deskmate.tui.actions.reasons import Rule
from deskmate.tui.screens.queue.group import Group
from deskmate.tui.screens.queue.verbs import about, status_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deskmate.domain.commands import Numbers
    from deskmate.domain.person import Person
    from deskmate.errors import DeskmateError
    from deskmate.tui.dialogs.pick import Offer
    from deskmate.tui.gateway import Answer

ESCALATE, RESTRICTED = "escalate", "restricted"
"""The dialog that asks to whom, and the one with a note for the supervisor."""
HANDOVER = "handover-"
"""The dialog with the text, by the key of whom it goes to."""
READ, HAND = "read-", "hand-"
MOST_AT_ONCE = 50
NOBODY = "nobody to hand it to yet; a card says who is"


class Escalations(Group):
    """``E``: to whom, then the text; what was sent waits on them."""

    rules = {"escalate": Rule("escalate", status_of("wait"))}

    async def run(self, action: str) -> bool:
        """Ask to whom."""
        if action != "escalate":
            return False
        rows = map(self.screen.row_of, self.screen.targets())
        numbers = tuple(row[at.NUMBER] for row in rows if row and not why_not("wait", row[at.STATUS]))
        if len(numbers) > MOST_AT_ONCE:
            self.screen.say(
                f"{len(numbers):,} are too many to hand over at once; the most is {MOST_AT_ONCE}", error=True
            )
        elif numbers:
            self.reopen(ESCALATE, numbers)
        return True

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Open one of the dialogs again."""
        if kind == ESCALATE:
            self._ask_whom(numbers, text)
        elif kind == RESTRICTED:
            self._ask_restricted(numbers, text)
        elif kind.startswith(HANDOVER):
            to = self.screen.gateway.person(int(kind.removeprefix(HANDOVER)))
            if to is not None:
                self._ask_text(numbers, to, text)
        else:
            return False
        return True

    def _ask_whom(self, numbers: Numbers, text: str | None) -> None:
        from deskmate.tui.dialogs.pick import Offer, PickDialog

        gateway = self.screen.gateway
        network = gateway.network()
        found = gateway.detail(numbers[0], 0, -1) if len(numbers) == 1 else None
        notes = [entry for entry in found.entries if isinstance(entry, Restricted)] if found else []
        known = [Offer(str(each.key), each.name, _card(each)) for each in network]
        known.append(Offer(RESTRICTED, "a note for the supervisor alone", "complaints and breaches of conduct"))
        known += [Offer(f"{READ}{note.id}", f"read note {place} for the supervisor", "it is shown here")
                  for place, note in enumerate(notes, 1)]  # fmt: skip
        known += [Offer(f"{HAND}{note.id}-{each.key}", f"hand note {place} to {each.name}", "supervisor")
                  for place, note in enumerate(notes, 1)
                  for each in network if each.kind is PersonKind.SUPERVISOR]  # fmt: skip

        def offers(typed: str) -> Sequence[Offer]:
            words = typed.casefold().split()
            return [each for each in known if all(word in f"{each.shown} {each.said}".casefold() for word in words)]

        kept, cursor = gateway.draft(f"{ESCALATE}:{numbers[0]}")
        title = f"{about(numbers)}: hand over to" if network else f"{about(numbers)}: {NOBODY}"
        dialog = PickDialog(
            gateway, ESCALATE, numbers, title, "go on", offers,
            text=kept if text is None else text, cursor=cursor, only=True, picked=0,
        )  # fmt: skip
        self.screen.open_dialog(dialog, lambda value: self._picked(numbers, value))

    def _picked(self, numbers: Numbers, value: str | None) -> None:
        if value is None:
            return
        self.screen.gateway.save_draft(f"{ESCALATE}:{numbers[0]}", "", 0, numbers[0])
        if value.startswith(READ):
            from deskmate.tui.dialogs.read import ReadDialog

            text = self.screen.gateway.restricted(int(value.removeprefix(READ)))
            title = f"RESTRICTED, for the supervisor alone: {label(numbers[0])}"
            self.screen.open_dialog(ReadDialog(self.screen.gateway, title, text), lambda result: None)
        elif value.startswith(HAND):
            note, _, person = value.removeprefix(HAND).partition("-")
            self._hand_note(numbers, int(note), int(person))
        else:
            self.reopen(value if value == RESTRICTED else f"{HANDOVER}{value}", numbers)

    def _ask_text(self, numbers: Numbers, to: Person, text: str | None) -> None:
        """The text for one, or those for several below each other; each goes out alone."""
        from deskmate.tui.dialogs.handover import TextFor, draft_key

        gateway, many = self.screen.gateway, len(numbers) > 1
        kind = f"{HANDOVER}{to.key}"
        kept, cursor = gateway.draft(draft_key(kind, numbers))
        if text is not None and text != kept:
            kept, cursor = text, -1
        if not kept:
            found = {number: gateway.detail(number, 1 << 20, -1) for number in numbers}
            texts = {number: handover(public(each), each.request.answers, self.screen.now())
                     for number, each in found.items() if each}  # fmt: skip
            kept, cursor = (joined(texts), 0) if many else ("".join(texts.values()), -1)
        sending = gateway.config.reply
        way = sending.way_of_several() if many else sending.way(to.email)
        if many and not to.email.strip():
            self.screen.say(
                f"no address for {to.name}: {len(numbers)} messages need one, or go one by one", error=True
            )
            return
        goes = f"{about(numbers)} to {to.name}, {how(way)}: exactly this goes out{', each alone' if many else ''}"

        def wrong(words: str) -> str:
            try:
                parted(words, numbers)
            except Refused as refused:
                return refused.message
            return ""

        def written(words: str | None) -> None:
            if words is not None:
                texts = tuple(parted(words, numbers).values()) if many else (words,)
                command = commands.Escalate(numbers, to.key, texts, way)
                back = lambda error: self._ask_text(numbers, to, words)  # noqa: E731
                self.screen.replies.on_its_way(command, draft_key(kind, numbers), back)
                self.screen.clear_marks()

        check = {"why_not": wrong} if many else {}
        dialog = TextFor(gateway, kind, numbers, goes, "hand it over", kept, cursor, **check)
        self.screen.open_dialog(dialog, written)

    def _leave(self, number: int, message: Outgoing, way: Way) -> None:
        """Let a note for the supervisor leave. It is no handover: what became of it is said and not kept."""
        screen = self.screen
        if way is Way.CLIPBOARD:
            screen.app.copy_to_clipboard(message.text)
            screen.say(f"{label(number)} to {message.name} is in the clipboard: paste it to them")
            return

        def told(report: Report, answer: Answer) -> None:
            what = f"{report.state}: {label(number)} to {message.name}"
            if report.state is Delivery.NOT_SENT:
                hint = f"its text is kept; {screen.keymap.key('escalate')} hands it over again"
                screen.say(f"{what}, {report.reason}", hint, error=True)
            else:
                screen.say(what)

        screen.gateway.deliver([Parcel(0, number, way, message)], told)

    def _hand_note(self, numbers: Numbers, note: int, person: int) -> None:
        """Hand a restricted note to a supervisor, and keep that it was."""
        gateway, number = self.screen.gateway, numbers[0]
        to, text = gateway.person(person), gateway.restricted(note)
        if to is not None and text:
            message = for_supervisor(label(number), to, text)
            kept = commands.AddNote(numbers, f"Note for the supervisor handed to {to.name}")
            way = gateway.config.reply.way(to.email)
            self.screen.verbs.send(kept, then=lambda outcome: self._leave(number, message, way))

    def _ask_restricted(self, numbers: Numbers, text: str | None) -> None:
        from deskmate.tui.dialogs.handover import TextFor, draft_key

        draft = draft_key(RESTRICTED, numbers)
        kept, cursor = self.screen.gateway.draft(draft)
        if text is not None and text != kept:
            kept, cursor = text, -1
        title = f"RESTRICTED note on {about(numbers)}, for the supervisor alone"
        dialog = TextFor(self.screen.gateway, RESTRICTED, numbers, title, "keep it", kept, cursor)

        def back(error: DeskmateError) -> None:
            self._ask_restricted(numbers, words_of[0])

        words_of = [""]

        def written(words: str | None) -> None:
            if words is not None:
                words_of[0] = words
                self.screen.verbs.send(commands.AddRestricted(numbers, words), draft=draft, back=back)

        self.screen.open_dialog(dialog, written)


def _card(person: Person) -> str:
    kind = "HR" if person.kind is PersonKind.HR else person.kind.value
    return " · ".join(part for part in (kind, person.email or person.phone, person.room) if part)
