"""A guide's own fields: what stands above its steps.

    form = GuideForm(gateway, "guides:fields:7", guide.content, text=text, cursor=cursor)
    screen.open_dialog(form, lambda changed: changed and save(form.made(changed)))

What it gives back is by field, as every form; ``made`` makes the whole content of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskmate.domain import guide_fields
from deskmate.domain.text import safe
from deskmate.domain.values import WrongValues
from deskmate.tui.dialogs.form import Changed, Field, FormDialog

if TYPE_CHECKING:
    from deskmate.domain.guide import Content
    from deskmate.tui.gateway import Gateway

LABELS = {
    "title": "Title",
    "summary": "Summary",
    "words": "Users say",
    "audience": "For",
    "language": "Language",
    "needs": "One needs",
    "minutes": "Minutes",
    "review_months": "Look again",
    "note": "INTERNAL note",
    "placeholders": "Placeholders",
}
HINTS = {
    "title": "what it is called in lists, files and links",
    "summary": "what it is good for, in a sentence or two",
    "words": "the words in which users tell the problem, apart by commas: it is found by them",
    "language": "such as en or de: the words around the steps are in it",
    "needs": "what one has to have first, one a line",
    "minutes": "how long it should take; may be empty",
    "review_months": "months until it is to be looked at again; 0 is never",
    "note": "for yourself: it never leaves",
    "placeholders": "one a line: name: who it is for; person; such as Ada Weber   (or device, request, secret)",
}
LINES = {"summary": 2, "needs": 2, "note": 2, "placeholders": 3}


class GuideForm(FormDialog):
    """Gives back what was changed, by field."""

    DEFAULT_CSS = "GuideForm #hint { margin: 0; }"

    def __init__(
        self,
        gateway: Gateway,
        kind: str,
        content: Content,
        *,
        text: str = "",
        cursor: int = -1,
        errors: Mapping[str, str] | None = None,
    ) -> None:
        """``kind`` names it in a place and is the key of its draft; ``text`` and ``cursor`` are that draft."""
        values = guide_fields.said(content)
        fields = [_field(name, values[name]) for name in guide_fields.FIELDS]
        title = safe(content.title) or "New guide"
        super().__init__(
            gateway, kind, (), title, fields, draft=kind, text=text, cursor=cursor, check=self._wrong, errors=errors
        )
        self._content = content

    def made(self, changed: Changed) -> Content:
        """The guide with what was changed. Raises WrongValues."""
        return guide_fields.read(changed, self._content)

    def _wrong(self, changed: Changed) -> Mapping[str, str]:
        try:
            self.made(changed)
        except WrongValues as wrong:
            return wrong.problems
        return {}


def _field(name: str, value: str) -> Field:
    """The field of one thing that is said."""
    if name == "audience":
        return Field(name, LABELS[name], value, tuple(guide_fields.AUDIENCES), only=True)
    return Field(name, LABELS[name], value, hint=HINTS[name], lines=LINES.get(name, 1))
