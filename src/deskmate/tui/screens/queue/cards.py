"""The cards of people and devices, opened from what stands around a request and from the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deskmate.domain import commands
from deskmate.domain import device as devices
from deskmate.domain import person as persons
from deskmate.domain.commands import Command, Numbers
from deskmate.domain.values import WrongValues
from deskmate.errors import DeskmateError
from deskmate.tui.dialogs.form import Field, FormDialog, as_draft
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.screens.queue.group import Group

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from deskmate.tui.context_lines import Target
    from deskmate.tui.dialogs.pick import Offer

SAME = "same"
"""The dialog that asks who is the same person."""
MERGE, DROP = "f2", "f8"
"""Keys that leave a card for these."""


class Cards(Group):
    """Opens a card, and keeps what was changed on it."""

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Open a card again. Its kind is ``person:7:0``: whose, and for which request."""
        what, _, rest = kind.partition(":")
        if what not in ("person", "device", SAME):
            return False
        key, _, number = rest.partition(":")
        if what == SAME:
            self._ask_same(int(key), int(number))
        else:
            self.card((what, int(key)), int(number), text)
        return True

    def card(self, target: Target, number: int, text: str | None = None) -> None:
        """Open a card; a new one for the request ``number`` when its key is 0. ``text`` instead of the draft."""
        if self.screen.gateway.read_only:
            self.screen.say(READ_ONLY, error=True)
            return
        self._open_card(target, number, text, {})

    def named(self, what: str, name: str, do: Callable[[Target, int], None]) -> None:
        """Do something with the person or device of this name; of several, ask which one."""
        from deskmate.tui.dialogs.pick import Offer, PickDialog

        gateway = self.screen.gateway
        if what == "device":
            for device in gateway.devices_named(name):  # no two have one name
                do(("device", device.key), 0)
            return
        found = gateway.people_named(name)
        if len(found) == 1:
            do(("person", found[0].key), 0)
            return
        known = [Offer(str(each.key), each.name, _told_apart(each)) for each in found]

        def offers(typed: str) -> Sequence[Offer]:
            return [each for each in known if typed.casefold() in f"{each.shown} {each.said}".casefold()]

        def picked(key: str | None) -> None:
            if key is not None:
                do(("person", int(key)), 0)

        title = f"Which {name}?"
        self.screen.open_dialog(
            PickDialog(gateway, "which", (), title, "this one", offers, only=True, picked=0), picked
        )

    def drop(self, target: Target, number: int = 0) -> None:
        """Take a card off the list; requests keep the name."""
        what, key = target
        command = commands.DropPerson(key) if what == "person" else commands.DropDevice(key)
        self.screen.verbs.send(command, then=lambda outcome: self.screen.around.moved())

    def merge(self, target: Target, number: int = 0) -> None:
        """Ask who else this person is, and make one card of the two."""
        self._ask_same(target[1], number)

    def _open_card(self, target: Target, number: int, text: str | None, errors: dict[str, str]) -> None:
        what, key = target
        if what == "asker":
            detail = self.screen.gateway.detail(number, 0, 0)
            what, key = "person", (detail.request.person_id if detail else None) or 0
        found = self._found(what, key)
        if found is None:
            self.screen.say(f"this {what} is not on the list any more", error=True)
            return
        card, begun = found, {} if key else self._begun(what, number)
        # A new device belongs to its owner; the request is about it only where it says so.
        theirs = (number,) if "name" in begun else ()
        kind = f"{what}:{key}:{0 if key else number}"
        kept, cursor = self.screen.gateway.draft(kind)
        if text is not None and text != kept:
            kept, cursor = text, -1
        typed = persons.typed if what == "person" else devices.typed
        fields = self._fields(what, typed(card))
        title = card.name or f"A new {what}"
        form = FormDialog(
            self.screen.gateway, kind, (), title, fields, draft=kind, text=kept, cursor=cursor,
            begun=begun, check=lambda said: _problems(what, card, said), errors=errors,
            others=({MERGE: "merge"} if what == "person" else {}) | {DROP: "drop"} if key else {},
        )  # fmt: skip

        def closed(said: dict[str, str] | None) -> None:
            if form.asked == DROP:
                self.drop((what, key))
            elif form.asked == MERGE:
                self._ask_same(key, number)
            if not said:
                return

            def back(error: DeskmateError) -> None:
                problems = error.problems if isinstance(error, WrongValues) else {}
                self._open_card(target, number, as_draft(said), problems)

            command = _command(what, key, said, theirs)
            self.screen.verbs.send(command, draft=kind, back=back, then=lambda outcome: self.screen.around.moved())

        self.screen.open_dialog(form, closed)

    def _ask_same(self, key: int, number: int) -> None:
        """Who is the same person as ``key``. What the other card has comes to this one."""
        from deskmate.tui.dialogs.pick import Offer, PickDialog

        gateway = self.screen.gateway
        kept = gateway.person(key)
        if kept is None:
            return
        kind = f"{SAME}:{key}:{number}"

        def offers(typed: str) -> Sequence[Offer]:
            names = gateway.people_like(typed)
            found = {each.key: each for name in names for each in gateway.people_named(name)}
            return [Offer(str(each.key), each.name, _told_apart(each)) for each in found.values() if each.key != key]

        def picked(other: str | None) -> None:
            gateway.save_draft(f"{kind}:0", "", 0, None)
            if other is not None:
                command = commands.MergePeople(key, int(other))
                self.screen.verbs.send(command, then=lambda outcome: self.screen.around.moved())

        title = f"{kept.name} stays. Whose card is the same person's?"
        self.screen.open_dialog(PickDialog(gateway, kind, (), title, "one card of both", offers, only=True), picked)

    def _found(self, what: str, key: int) -> Any:
        gateway = self.screen.gateway
        if what == "person":
            return gateway.person(key) if key else persons.Person()
        return gateway.device(key) if key else devices.Device()

    def _begun(self, what: str, number: int) -> dict[str, str]:
        """What a new card begins with: as the request says it."""
        detail = self.screen.gateway.detail(number, 0, 0) if number else None
        if detail is None:
            return {}
        if what == "person":
            return {"name": detail.who} if detail.who and not detail.known else {}
        begun = {"owner": detail.who} if detail.known else {}
        return begun | ({"name": detail.device} if detail.device and not detail.request.device_id else {})

    def _fields(self, what: str, values: dict[str, str]) -> list[Field]:
        gateway = self.screen.gateway
        if what == "person":
            return [
                Field("name", "Name", values["name"]),
                Field("email", "E-mail", values["email"]),
                Field("phone", "Phone", values["phone"]),
                Field("room", "Room", values["room"]),
                Field("department", "Department", values["department"]),
                Field("kind", "Kind", values["kind"], tuple(persons.PersonKind), only=True),
                Field("vip", "VIP ★", values["vip"], ("no", "yes"), only=True),
                Field("experience", "Experience", values["experience"], ("", *persons.Experience), only=True),
                Field("details", "To remember", values["details"], lines=4),
            ]
        return [
            Field("name", "Name", values["name"]),
            Field("kind", "Kind", values["kind"], hint="what it is, such as laptop or printer"),
            Field("owner", "Whose", values["owner"], gateway.people_like, hint="somebody known, or nobody"),
            Field("room", "Room", values["room"]),
            Field("notes", "Notes", values["notes"], lines=4),
        ]


def _told_apart(person: persons.Person) -> str:
    return " · ".join(part for part in (person.email or person.phone, person.department, person.room) if part)


def _problems(what: str, card: Any, said: dict[str, str]) -> dict[str, str]:
    """What is wrong with a card, before it is sent."""
    try:
        persons.changed(card, said) if what == "person" else devices.changed(card, said)
    except WrongValues as wrong:
        return wrong.problems
    return {}


def _command(what: str, key: int, said: dict[str, str], numbers: Numbers) -> Command:
    if what == "person":
        return commands.EditPerson(key, said) if key else commands.AddPerson(said, numbers)
    return commands.EditDevice(key, said) if key else commands.AddDevice(said, numbers)
