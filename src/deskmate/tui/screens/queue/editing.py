"""Changing what requests say of themselves, and the categories they are sorted by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskmate.domain import commands, instant, when
from deskmate.domain.category import BY_WHEN, DEVICE, Category, questions_lines
from deskmate.domain.commands import Numbers
from deskmate.domain.priority import Impact, Urgency
from deskmate.tui.actions.reasons import Rule
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.screens.queue.group import Group
from deskmate.tui.screens.queue.verbs import about

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from deskmate.domain.timeline import Detail
    from deskmate.errors import DeskmateError
    from deskmate.tui.dialogs.edit import Build
    from deskmate.tui.dialogs.form import Changed, Field
    from deskmate.tui.dialogs.pick import Offer
    from deskmate.tui.screens.queue.verbs import Make

ASKED = "asks "
"""Before the short name of a question in the name of its field."""
NEW = " (new)"
"""Behind a name that is to be made known."""
OWN_FIELDS = {DEVICE: "device", BY_WHEN: "needed_by"}
"""Questions that are answered in a field of the request itself."""
NEW_CATEGORY = "new:"
"""Before the name of a category that is to be made."""
NOT_UNDERSTOOD = "not understood; fri, tomorrow 3pm, 4 dec, +3d and eod are"


class Editing(Group):
    """The form of a request, and from there the forms of the categories."""

    rules = {"edit": Rule("edit")}

    def why_not(self, action: str) -> str | None:
        """Beside the rule of the form: the categories need no request."""
        if action == "categories":
            return READ_ONLY if self.screen.gateway.read_only else ""
        return super().why_not(action)

    async def run(self, action: str) -> bool:
        """Open the form, or the list of categories."""
        if action == "categories":
            return self.reopen("categories", ())
        return action == "edit" and self.reopen("edit", self.screen.targets())

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """Open the form of requests, the list of categories or the form of one."""
        name, _, key = kind.partition(":")
        if name == "edit":
            self._edit(numbers, text)
        elif name == "categories":
            self._choose_category(numbers)
        elif name == "category":
            self._edit_category(numbers, int(key), text)
        else:
            return False
        return True

    # --- requests -------------------------------------------------------------------------------------------

    def _edit(self, numbers: Numbers, text: str | None) -> None:
        from deskmate.tui.dialogs.edit import CATEGORIES, EditDialog
        from deskmate.tui.dialogs.form import as_draft

        gateway = self.screen.gateway
        found = gateway.detail(numbers[0], 0, 1)
        if found is None:
            return
        kept, cursor = gateway.draft(f"edit:{numbers[0]}")
        if text is not None and text != kept:
            kept, cursor = text, -1
        one = found if len(numbers) == 1 else None
        kept = kept or as_draft({}, _first_gap(one) if one else "category")
        build = self._fields_of(one) if one else self._fields_of_many

        def check(changed: Changed) -> Mapping[str, str]:
            return self._wrong(changed)

        def edited(changed: Changed | None) -> None:
            if dialog.asked == CATEGORIES:
                self._choose_category(numbers)
            if changed is None:
                return

            def back(error: DeskmateError) -> None:
                self.reopen("edit", numbers, as_draft(changed))

            self.screen.verbs.do(self._command(changed, one), numbers, draft=f"edit:{numbers[0]}", back=back)

        dialog = EditDialog(gateway, numbers, f"Edit {about(numbers)}", build, text=kept, cursor=cursor, check=check)
        self.screen.open_dialog(dialog, edited)

    def _fields_of(self, found: Detail) -> Build:
        """The fields of one request, for what is typed into them so far."""
        from deskmate.tui.dialogs.form import Field

        request, gateway = found.request, self.screen.gateway
        answers = {word.casefold(): text for word, text in request.answers}

        def build(typed: Mapping[str, str]) -> Sequence[Field]:
            category = gateway.category(typed.get("category", request.category or ""))
            asked = {question.word: question.text for question in category.questions} if category else {}
            fields = [
                Field("title", "title", request.title),
                Field("requester", "requester", found.who, self._people),
                self._category_field(request.category or ""),
                Field("impact", "who is stuck", request.impact or "", ("", *Impact), only=True),
                Field("urgency", "how badly", request.urgency or "", ("", *Urgency), only=True),
                self._device_field(found.device, asked.get(DEVICE)),
                Field("needed_by", "needed by", self._local(request.needed_by), hint=self._understood),
            ]
            # What was answered or typed stays in sight, whatever the category asks.
            more = [word for word, _text in request.answers] + [
                name.removeprefix(ASKED) for name, text in typed.items() if name.startswith(ASKED) and text
            ]
            known = {word.casefold() for word in asked}
            asked |= {word: "" for word in more if word.casefold() not in known}
            return fields + [
                Field(ASKED + word, word, answers.get(word.casefold(), ""), hint=question)
                for word, question in asked.items()
                if word.casefold() not in OWN_FIELDS
            ]

        return build

    def _fields_of_many(self, typed: Mapping[str, str]) -> Sequence[Field]:
        return [self._category_field(""), self._device_field("", None)]

    def _category_field(self, value: str) -> Field:
        from deskmate.tui.dialogs.form import Field

        names = [category.name for category in self.screen.gateway.categories()]

        def fitting(typed: str) -> Sequence[str]:
            folded = typed.casefold()
            found = [name for name in names if folded in name.casefold()]
            return found if found and typed not in names else ["", *names]

        return Field("category", "category", value, fitting, only=True)

    def _device_field(self, value: str, question: str | None) -> Field:
        from deskmate.tui.dialogs.form import Field

        hint = question or "its name; one that nobody knows is kept as typed"
        return Field("device", "device", value, self.screen.gateway.devices_like, hint=hint)

    def _people(self, typed: str) -> Sequence[str]:
        """Names that begin so, and at the end to make this one known."""
        if not typed.strip():
            return ()
        name = typed.removesuffix(NEW)
        unknown = not self.screen.gateway.people_named(name)
        return [*self.screen.gateway.people_like(name), *([f"{name.strip()}{NEW}"] if unknown else [])]

    def _local(self, at: str | None) -> str:
        return "" if at is None else f"{instant.from_text(at).astimezone(self.screen.now().tzinfo):%Y-%m-%d %H:%M}"

    def _understood(self, typed: str) -> str:
        if not typed.strip():
            return "a day, perhaps a time: fri, tomorrow 3pm, 4 dec, +3d"
        moment = self._moment(typed)
        return NOT_UNDERSTOOD if moment is None else when.echo(moment, self.screen.now())

    def _moment(self, typed: str) -> datetime | None:
        return self.screen.gateway.moment(typed, self.screen.now())

    def _wrong(self, changed: Changed) -> dict[str, str]:
        wrong: dict[str, str] = {}
        if changed.get("needed_by", "").strip() and self._moment(changed["needed_by"]) is None:
            wrong["needed_by"] = "not understood: try fri or 4 dec 15:00"
        named = self.screen.gateway.people_named(changed.get("requester", ""))
        if len(named) > 1:
            wrong["requester"] = f"which: {' or '.join(person.name for person in named)}?"
        return wrong

    def _command(self, changed: Changed, found: Detail | None) -> Make:
        """The command for what was changed."""
        requester = changed.get("requester")
        judged = None
        if found is not None and ("impact" in changed or "urgency" in changed):
            impact = changed.get("impact", found.request.impact or "")
            urgency = changed.get("urgency", found.request.urgency or "")
            judged = (Impact(impact) if impact else None, Urgency(urgency) if urgency else None)
        needed_by = changed.get("needed_by")
        if needed_by is not None:
            moment = self._moment(needed_by)
            needed_by = instant.to_text(moment) if moment else ""
        asked = {name.removeprefix(ASKED): text for name, text in changed.items() if name.startswith(ASKED)}
        return lambda numbers: commands.EditRequest(
            numbers,
            title=changed.get("title"),
            requester=requester.removesuffix(NEW) if requester is not None else None,
            make_known=bool(requester and requester.endswith(NEW)),
            category=changed.get("category"),
            judged=judged,
            device=changed.get("device"),
            needed_by=needed_by,
            answers=tuple(asked.items()),
        )

    # --- categories -----------------------------------------------------------------------------------------

    def _choose_category(self, numbers: Numbers) -> None:
        from deskmate.tui.dialogs.pick import Offer, PickDialog

        gateway = self.screen.gateway
        known = gateway.categories()

        def offers(typed: str) -> Sequence[Offer]:
            folded = typed.strip().casefold()
            found = [each for each in known if folded in each.name.casefold()]
            listed = [Offer(str(each.id), each.name, f"{len(each.questions)} questions") for each in found]
            new = folded and not any(each.name.casefold() == folded for each in known)
            return [*listed, Offer(f"{NEW_CATEGORY}{typed.strip()}", f"new: {typed.strip()}")] if new else listed

        def chosen(picked: str | None) -> None:
            number = numbers[0] if numbers else None
            gateway.save_draft(f"categories:{number or 0}", "", 0, number)
            if picked is None:
                self._back_to(numbers)
            elif picked.startswith(NEW_CATEGORY):
                self._edit_category(numbers, 0, None, picked.removeprefix(NEW_CATEGORY))
            else:
                self._edit_category(numbers, int(picked), None)

        title = "Categories: which one to change? a new name makes one"
        kind = "categories"
        self.screen.open_dialog(PickDialog(gateway, kind, numbers, title, "change", offers, only=True), chosen)

    def _back_to(self, numbers: Numbers) -> None:
        """To the form the categories were opened from, if they were."""
        if numbers:
            self._edit(numbers, None)

    def _edit_category(self, numbers: Numbers, key: int, text: str | None, name: str = "") -> None:
        from deskmate.tui.dialogs.form import Field, FormDialog, as_draft

        gateway = self.screen.gateway
        found = next((each for each in gateway.categories() if each.id == key), Category(""))
        draft = f"category:{key}"
        kept, cursor = gateway.draft(draft) if text is None else (text, -1)
        kept = kept or (as_draft({"name": name}, "questions") if name else "")
        questions = questions_lines(found.questions)
        fields = [
            Field("name", "name", found.name, hint="an empty name takes the category away"),
            Field("questions", "it asks", questions, lines=8, hint="short name: question, what matters most first"),
        ]

        def edited(changed: Changed | None) -> None:
            if changed is not None:

                def back(error: DeskmateError) -> None:
                    self.reopen(f"category:{key}", numbers, as_draft(changed))

                title = changed.get("name", found.name)
                command: commands.Command = commands.EditCategory(
                    key or None, title, changed.get("questions", questions)
                )
                if key and not title.strip():
                    command = commands.RemoveCategory(key)
                self.screen.verbs.send(command, draft=draft, back=back, then=lambda done: self._back_to(numbers))
            else:
                self._back_to(numbers)

        title = f"Category {found.name or name}"
        form = FormDialog(gateway, draft, numbers, title, fields, draft=draft, text=kept, cursor=cursor)
        self.screen.open_dialog(form, edited)


def _first_gap(found: Detail) -> str:
    """The field where there is most to say."""
    request = found.request
    asked = [OWN_FIELDS.get(question.word.casefold(), ASKED + question.word) for question in found.missing]
    fields = {"title": request.title, "requester": found.who, "category": request.category}
    return next((name for name, value in fields.items() if not value), next(iter(asked), "title"))
