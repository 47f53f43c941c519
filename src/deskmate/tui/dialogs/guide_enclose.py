"""How a guide goes with a reply: in which form, with which words filled in, for whom it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskmate.domain.enclosing import USUAL, Chosen
from deskmate.domain.person import Experience
from deskmate.domain.text import safe
from deskmate.tui import guide_sending
from deskmate.tui.dialogs.form import Changed, Field, FormDialog
from deskmate.tui.dialogs.guide_send import FORM, LEVEL, WORD
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway
    from deskmate.tui.guide_sending import Asked


class EncloseForm(FormDialog):
    """Gives back what was said; ``chosen`` says what comes of it. Only words that nothing gives are asked for."""

    def __init__(
        self, gateway: Gateway, kind: str, number: int, asked: Asked, *, text: str = "", cursor: int = -1
    ) -> None:
        """``kind`` names it in a place and is the key of its draft; ``text`` and ``cursor`` are that draft."""
        self._forms = guide_sending.enclosed_forms()
        names = [each.name for each in asked.placeholders]
        self._known = {name: asked.known[name] for name in names if asked.known.get(name, "").strip()}
        self._open = [each for each in asked.placeholders if each.name not in self._known]
        self._asked = asked
        begun = {FORM: next(title for title, name in self._forms.items() if name == USUAL)}
        fields = []
        for each in self._open:
            hint = f"such as {each.example}" if each.example else f"what stands for {{{each.name}}}"
            fields.append(Field(WORD + each.name, (each.label or each.name).capitalize(), hint=hint))
        fields.append(Field(FORM, "Form", choices=tuple(self._forms), only=True))
        if asked.levels:
            begun[LEVEL] = asked.level
            fields.append(Field(LEVEL, "Written for", choices=tuple(Experience), only=True))
        super().__init__(
            gateway, kind, (number,), f"With the reply: {safe(asked.title)}", fields, draft=kind, text=text,
            cursor=cursor, begun=begun, check=self._wrong, unchanged=True,
        )  # fmt: skip

    async def press(self, key: str) -> bool:
        """As every form, but enter takes it: all but the open words stands there already."""
        if key == "enter":
            self._save()
            return True
        return await super().press(key)

    def chosen(self, changed: Changed) -> Chosen:
        """How the guide goes."""
        values = {each.name: changed[WORD + each.name].strip() for each in self._open}
        level = Experience(changed[LEVEL]) if self._asked.levels else None
        return Chosen(self._asked.key, self._forms[changed[FORM]], level, self._known | values)

    def _wrong(self, changed: Changed) -> Mapping[str, str]:
        problems = {
            WORD + each.name: "still to be filled in"
            for each in self._open
            if not changed.get(WORD + each.name, "").strip()
        }
        form = self._forms.get(changed.get(FORM, ""))
        if form is None or guide_sending.missing(form):
            problems[FORM] = guide_sending.missing(form) if form else "choose one with ↓"
        if self._asked.levels and LEVEL not in changed:
            problems[LEVEL] = f"one of {', '.join(Experience)}"
        return problems

    def _keys(self) -> None:
        keys: Spans = [("enter ", "key"), ("goes with it   ", "dim"), ("tab ", "key"), ("next   ", "dim")]
        self.query_one("#keys", OneLine).show([*keys, ("esc ", "key"), ("back, kept as a draft", "dim")])
