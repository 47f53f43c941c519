"""A guide with a reply: chosen, said how it goes, and sent with the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.domain.enclosing import draft_key, packed, unpacked, wording
from deskmate.domain.guiding import SendGuides
from deskmate.domain.row import label
from deskmate.errors import DeskmateError
from deskmate.tui import guide_sending
from deskmate.tui.actions.reasons import Rule
from deskmate.tui.screens.queue.group import Group
from deskmate.tui.screens.queue.replies import nobody

if TYPE_CHECKING:
    from deskmate.domain.commands import Numbers
    from deskmate.domain.enclosing import Chosen
    from deskmate.domain.reply import Way
    from deskmate.tui.dialogs.choose import Choice
    from deskmate.tui.dialogs.form import Changed

GUIDE = "reply.guide"
KIND = "enclose"
"""How the kind of its form begins; the keys of the guide and of the request follow."""


class Enclosing(Group):
    """``r g`` on a request, and what a reply needs of the guide that goes with it.

    Which guide that is waits as a draft beside the words of the reply, and means nothing without them.
    """

    rules = {GUIDE: Rule("answer", nobody)}

    def why_not(self, action: str) -> str | None:
        """There has to be somebody to answer, and a guide that may go out."""
        if action != GUIDE:
            return None
        if reason := super().why_not(action):
            return reason
        if guide_sending.is_any(self.screen.gateway):
            return ""
        return f"no guide for users is published yet; {self.screen.keymap.key('panel.guides')} goes to them"

    async def run(self, action: str) -> bool:
        """Ask which guide."""
        if action != GUIDE:
            return False
        numbers = self.screen.targets()
        if len(numbers) > 1:
            self.screen.say("a guide is made for one person: answer one request at a time", error=True)
            return True
        self._choose(numbers[0])
        return True

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Open the form of a guide again."""
        if not kind.startswith(f"{KIND}:"):
            return False
        self._ask(int(kind.split(":")[1]), numbers[0], text)
        return True

    def goes_with(self, numbers: Numbers, chosen: Chosen | None, *, fresh: bool) -> Chosen | None:
        """The guide that goes with a reply: the one just ``chosen``, else the one that waits with its words.

        With a ``fresh`` reply none waits: what is left of an earlier one is forgotten.
        """
        if len(numbers) > 1:
            return None
        key = draft_key(numbers[0])
        kept = self.screen.gateway.draft(key)[0]
        if chosen is None and not fresh:
            return unpacked(kept)
        wanted = packed(chosen) if chosen else ""
        if wanted != kept:
            self.screen.gateway.save_draft(key, wanted, 0, None)
        return chosen

    def said(self, chosen: Chosen) -> str:
        """Which guide goes along, and in which form."""
        asked = guide_sending.asked(self.screen.gateway, chosen.guide)
        form = next((title for title, name in guide_sending.enclosed_forms().items() if name == chosen.form), "")
        return f"{asked.title}, {form}" if asked else "a guide that is not published any more"

    def send(self, number: int, words: str, way: Way, chosen: Chosen) -> None:
        """Make the guide, then let it leave with these words; they wait as a draft until then."""
        from deskmate.tui.dialogs import reply

        gateway, draft = self.screen.gateway, reply.draft_key((number,))

        def back(error: DeskmateError) -> None:
            self.screen.replies.write((number,), words, chosen=chosen)

        async def made() -> None:
            try:
                guide = await guide_sending.made_later(gateway, number, chosen)
            except DeskmateError as error:
                back(error)
                self.screen.say(error.message, error.hint, error=True)
                return
            if guide is not None:
                self.screen.replies.on_its_way(SendGuides((number,), words, way, (guide,)), draft, back)

        gateway.save_draft(draft, words, len(words), number)
        self.screen.say("making the guide …")
        self.screen.run_worker(made(), group="sent")

    def _choose(self, number: int) -> None:
        from deskmate.tui.dialogs.choose import Choice
        from deskmate.tui.dialogs.reply import draft_key as words_of

        gateway = self.screen.gateway
        found = guide_sending.sendable(gateway, number)
        choices = [Choice("guide", each.key, "fits" if each.fits else "", each.title) for each in found]
        if gateway.draft(words_of((number,)))[0] and unpacked(gateway.draft(draft_key(number))[0]):
            choices.append(Choice("none", 0, "", "without a guide", "what is written goes alone"))

        def chosen(choice: Choice) -> None:
            if choice.what == "guide":
                self._ask(choice.value, number)
            else:
                gateway.save_draft(draft_key(number), "", 0, None)
                self.screen.replies.write((number,))

        words = {each.key: each.words for each in found}
        self.screen.walks.pick(f"Answer {label(number)} with a guide", choices, chosen, words)

    def _ask(self, guide: int, number: int, text: str | None = None) -> None:
        """Ask how it goes, with what is known filled in; then open the reply."""
        from deskmate.tui.dialogs.guide_enclose import EncloseForm

        gateway, kind = self.screen.gateway, f"{KIND}:{guide}:{number}"
        asked = guide_sending.asked(gateway, guide, number)
        heads = gateway.letterheads((number,))
        if asked is None or not heads:
            self.screen.say("nothing of this guide is published any more", error=True)
            return
        kept, cursor = gateway.draft(kind)
        if text is not None and text != kept:
            kept, cursor = text, -1
        form = EncloseForm(gateway, kind, number, asked, text=kept, cursor=cursor)

        def answered(changed: Changed | None) -> None:
            if changed is None:
                return
            gateway.save_draft(kind, "", 0, number)
            begun = wording(heads[0].name, [asked.title], asked.language)
            self.screen.replies.write((number,), canned=begun, chosen=form.chosen(changed))

        self.screen.open_dialog(form, answered)
