"""The form of a request: its own fields, then what its category asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.widgets import Input

from deskmate.tui.dialogs.form import Check, Field, FormDialog, from_draft

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway

CATEGORIES = "f2"
"""The key that leaves the form for the categories themselves."""

Build = Callable[[Mapping[str, str]], Sequence[Field]]


class EditDialog(FormDialog):
    """A form whose questions follow the category that stands in it."""

    def __init__(
        self,
        gateway: Gateway,
        requests: tuple[int, ...],
        title: str,
        build: Build,
        *,
        text: str = "",
        cursor: int = -1,
        check: Check | None = None,
    ) -> None:
        """``build`` gives the fields for what is typed so far."""
        fields = build(from_draft(text)[0])
        draft = f"edit:{requests[0]}"
        super().__init__(
            gateway, "edit", requests, title, fields, draft=draft, text=text, cursor=cursor, check=check,
            others={CATEGORIES: "categories"},
        )  # fmt: skip
        self._build = build
        self._between: tuple[str, int] | None = None
        """What is typed, while the fields are made anew and none is there to ask."""

    async def press(self, key: str) -> bool:
        """As every form; then ask what the category asks."""
        done = await super().press(key)
        if done and not self._over:
            await self._follow()
        return done

    def text(self) -> tuple[str, int]:
        """As every form."""
        return self._between or super().text()

    def on_input_changed(self, event: Input.Changed) -> None:
        """As every form, which Textual calls next; a field that is going away or coming says nothing new."""
        if self._between is not None:
            event.prevent_default()

    def _offer(self) -> None:
        if self._between is None:
            super()._offer()

    async def _follow(self) -> None:
        """Ask what the category asks that stands there now. What was typed stays."""
        changed = self._changed()
        fields = tuple(self._build(changed))
        if [field.name for field in fields] == [field.name for field in self._fields]:
            return
        here = self._fields[self._at].name
        self._between = self.text()
        self._fields = fields
        self._seen = [changed.get(field.name, field.value) for field in fields]
        await self.recompose()
        self._between = None
        for place in range(len(fields)):
            self._show_error(place)
        names = [field.name for field in fields]
        self._go(names.index(here) if here in names else 0)
        self._keys()
