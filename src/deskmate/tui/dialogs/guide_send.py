"""How a guide goes out: in which form, with which words filled in, and where to."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from deskmate.domain.person import Experience
from deskmate.domain.text import safe
from deskmate.tui import guide_sending
from deskmate.tui.dialogs.form import Changed, Field, FormDialog
from deskmate.tui.frame import Spans
from deskmate.tui.near_files import names_after
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway
    from deskmate.tui.guide_sending import Asked

FORM, LEVEL, TO, WORD = "form", "level", "to", "word:"
"""The names of the fields; a placeholder's is ``word:`` and its name."""


class SendForm(FormDialog):
    """Gives back what was said; ``form``, ``values``, ``level`` and ``target`` say what comes of it."""

    DEFAULT_CSS = "SendForm #result { margin: 1 0 0 0; } SendForm #hint { margin: 0; }"

    def __init__(
        self,
        gateway: Gateway,
        kind: str,
        requests: tuple[int, ...],
        asked: Asked,
        *,
        text: str = "",
        cursor: int = -1,
        errors: Mapping[str, str] | None = None,
    ) -> None:
        """``kind`` names it in a place and is the key of its draft; ``text`` and ``cursor`` are that draft."""
        last, folder, self._site = guide_sending.last(gateway)
        self._forms = guide_sending.forms()
        self._asked = asked
        self._folders: dict[str, list[str]] = {}
        title = next(title for title, form in self._forms.items() if form == last)
        to = self._site if last == guide_sending.SITE else os.path.join(folder, "")
        begun = {FORM: title, TO: to} | ({LEVEL: asked.level} if asked.levels else {})
        begun |= {WORD + name: value for name, value in asked.known.items()}
        fields = [Field(FORM, "Form", choices=tuple(self._forms), only=True)]
        for each in asked.placeholders:
            hint = f"such as {each.example}" if each.example else f"what stands for {{{each.name}}}"
            fields.append(Field(WORD + each.name, (each.label or each.name).capitalize(), hint=hint))
        if asked.levels:
            fields.append(Field(LEVEL, "Written for", choices=tuple(Experience), only=True))
        fields.append(Field(TO, "Write to", choices=self._names, hint="a file, or a folder; tab goes on"))
        names = {field.name for field in fields}
        about = f"{safe(asked.title)}, revision {asked.revision}"
        about += " without what was changed since" if asked.changed else ""
        super().__init__(
            gateway, kind, requests, f"Send {about}", fields, draft=kind, text=text, cursor=cursor,
            begun={name: value for name, value in begun.items() if name in names}, check=self._wrong, errors=errors,
            unchanged=True,
        )  # fmt: skip
        if not text:  # what is known stands there already
            empty = (place for place, field in enumerate(fields) if not begun.get(field.name))
            self._at = next(empty, 0)

    def beneath(self) -> ComposeResult:
        """Where it goes to."""
        yield OneLine(id="result", ground="field-ground")

    async def press(self, key: str) -> bool:
        """As every form, but enter writes it: all of it stands there already."""
        if key == "enter":
            self._save()
            return True
        return await super().press(key)

    def form(self, changed: Changed) -> str:
        """The name of the form that is chosen."""
        return self._forms[changed[FORM]]

    @staticmethod
    def values(changed: Changed) -> dict[str, str]:
        """The words for the placeholders."""
        return {name.removeprefix(WORD): value for name, value in changed.items() if name.startswith(WORD)}

    @staticmethod
    def level(changed: Changed) -> Experience | None:
        """For whom it is written; None where that makes no difference."""
        return Experience(changed[LEVEL]) if LEVEL in changed else None

    def _wrong(self, changed: Changed) -> Mapping[str, str]:
        chosen = self._forms.get(changed.get(FORM, ""))
        problems = {
            WORD + each.name: "still to be filled in"
            for each in self._asked.placeholders
            if chosen != guide_sending.SITE and not changed.get(WORD + each.name, "").strip()
        }
        if chosen is None or guide_sending.missing(chosen):
            problems[FORM] = guide_sending.missing(chosen) if chosen else "choose one with ↓"
        if not changed.get(TO, "").strip():
            problems[TO] = "a file or a folder"
        if LEVEL in {field.name for field in self._fields} and LEVEL not in changed:
            problems[LEVEL] = f"one of {', '.join(Experience)}"
        return problems

    def _names(self, typed: str) -> Sequence[str]:
        head = os.path.dirname(typed)
        names = [os.path.join(head, name) for name in names_after(typed, self._folders)[:6]] if typed else []
        return [self._site, *names] if self._site and self._chosen() == guide_sending.SITE else names

    def _chosen(self) -> str | None:
        return self._forms.get(self._changed().get(FORM, ""))

    def _show_offer(self) -> None:
        super()._show_offer()
        form = self._chosen()
        where = guide_sending.goes_to(self._asked, form, self._changed().get(TO, "")) if form else ""
        self.query_one("#result", OneLine).show([("→ ", "dim"), (safe(where), "bold")])

    def _keys(self) -> None:
        keys: Spans = [("enter ", "key"), ("write it   ", "dim"), ("tab ", "key"), ("next   ", "dim")]
        self.query_one("#keys", OneLine).show([*keys, ("esc ", "key"), ("back, kept as a draft", "dim")])
