"""What breaks through do-not-disturb: its list, and the form of one rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.domain import breakthrough
from deskmate.domain.breakthrough import KINDS, Rule
from deskmate.domain.channel import Channel
from deskmate.domain.commands import Command, Numbers, RemoveRule, SaveRule
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.screens.queue.group import Group

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deskmate.errors import DeskmateError
    from deskmate.tui.dialogs.form import Changed
    from deskmate.tui.dialogs.pick import Offer

LIST, ONE = "rules", "rule:"
"""The dialogs."""
NEW = "new:"
"""Before the name of a rule that is to be made."""
PASSES, HOLDS = "let it through", "hold it"


class Breaking(Group):
    """Found by its name, as rare things are."""

    def why_not(self, action: str) -> str | None:
        """Nothing can be changed in a window that only reads."""
        if action != LIST:
            return None
        return READ_ONLY if self.screen.gateway.read_only else ""

    async def run(self, action: str) -> bool:
        """Open the list."""
        return action == LIST and self.reopen(LIST, ())

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Open the list, or the form of one."""
        if kind == LIST:
            self._choose()
        elif kind.startswith(ONE):
            self._form(int(kind.removeprefix(ONE)), text)
        else:
            return False
        return True

    def _choose(self) -> None:
        from deskmate.tui.dialogs.pick import Offer, PickDialog

        gateway = self.screen.gateway
        rules = gateway.rules()

        def offers(typed: str) -> Sequence[Offer]:
            folded = typed.strip().casefold()
            found = [
                Offer(str(rule.id), f"{place} {rule.name}", breakthrough.spoken(rule))
                for place, rule in enumerate(rules, 1)
                if folded in rule.name.casefold()
            ]
            new = folded and not any(rule.name.casefold() == folded for rule in rules)
            return [*found, Offer(f"{NEW}{typed.strip()}", f"new: {typed.strip()}")] if new else found

        def chosen(picked: str | None) -> None:
            gateway.save_draft(f"{LIST}:0", "", 0, None)
            if picked is None:
                return
            if picked.startswith(NEW):
                self._form(0, None, picked.removeprefix(NEW))
            else:
                self._form(int(picked), None)

        title = "What breaks through: which one? a new name makes one"
        self.screen.open_dialog(PickDialog(gateway, LIST, (), title, "change", offers, only=True), chosen)

    def _form(self, key: int, text: str | None, name: str = "") -> None:
        from deskmate.tui.dialogs.form import Field, FormDialog, as_draft

        gateway = self.screen.gateway
        rules = gateway.rules()
        found = next((rule for rule in rules if rule.id == key), Rule(0, "", ""))
        place = rules.index(found) + 1 if found.id else len(rules) + 1
        draft = f"{ONE}{found.id}"
        kept, cursor = gateway.draft(draft) if text is None else (text, -1)
        kept = kept or (as_draft({"name": name}, "kind") if name else "")
        emptied = "; without a name it is removed" if found.id else ""
        fields = (
            Field("name", "name", found.name, hint=f"what the timeline shows{emptied}"),
            Field("kind", "it looks at", found.kind, tuple(KINDS), only=True),
            Field("channel", "channel", found.channel or "", ("", *Channel), only=True),
            Field("words", "words", found.words, hint="parted by commas; *ausfall is any word that ends so"),
            Field("minutes", "minutes", _number(found.minutes), hint="for “again”: how soon the same person is back"),
            Field("passes", "then", PASSES if found.passes else HOLDS, (PASSES, HOLDS), only=True),
            Field("position", "place", str(place), hint="1 is asked first"),
        )
        values = {field.name: field.value for field in fields}

        def read(changed: Changed) -> SaveRule:
            said = {name: value.strip() for name, value in {**values, **changed}.items()}
            return SaveRule(
                said["name"],
                said["kind"],
                said["channel"],
                said["words"],
                int(said["minutes"]) if said["minutes"].isdecimal() else None,
                said["passes"] != HOLDS,
                int(said["position"]),
                found.id or None,
            )

        def check(changed: Changed) -> Mapping[str, str]:
            said = {**values, **changed}
            if found.id and not said["name"].strip():
                return {}
            wrong = {
                name: "a number"
                for name in ("minutes", "position")
                if (typed := said[name].strip()) and not (typed.isdecimal() and typed.isascii() and len(typed) < 6)
            }
            if not said["position"].strip():
                wrong["position"] = f"1 to {len(rules) + 1}"
            if wrong:
                return wrong
            command = read(changed)
            others = [rule for rule in rules if rule.id != found.id]
            before = max(0, command.position - 1)
            rule = Rule(
                0,
                command.title,
                command.kind,
                command.channel or None,
                command.words,
                command.minutes,
                command.passes,
            )
            return breakthrough.problems(rule, others[:before], list(Channel), others[before:])

        def edited(changed: Changed | None) -> None:
            if changed is None:
                return

            def back(error: DeskmateError) -> None:
                self._form(key, as_draft(changed))

            command: Command = RemoveRule(found.id)
            if {**values, **changed}["name"].strip():
                command = read(changed)
            self.screen.verbs.send(command, draft=draft, back=back)

        title = f"Rule {found.name or name}"
        form = FormDialog(gateway, draft, (), title, fields, draft=draft, text=kept, cursor=cursor, check=check)
        self.screen.open_dialog(form, edited)


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
