"""A form: a few labelled lines, perhaps one longer text below them, saved together or kept as one draft.

    form = FormDialog(gateway, "person:7", (), "A. Weber", fields, draft="person:7", text=text, cursor=cursor)
    screen.open_dialog(form, lambda changed: ...)

It gives back what was changed, by the name of the field, or None when it was left. When that could not be saved,
``as_draft(changed)`` is the ``text`` with which the form opens again as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, TextArea

from deskmate.domain.text import clean, safe, width
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.frame import Spans
from deskmate.tui.widgets.lines import OneLine

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway

Changed = dict[str, str]
Offer = Callable[[str], Sequence[str]]
Check = Callable[[Changed], Mapping[str, str]]

ERROR_MOST = 44
"""Cells that what is wrong with a field may take beside it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form, or with ``lines`` above 1 the longer text at its end.

    ``value`` is what is stored now. ``choices`` are offered while it is typed: all there are, or a function from what
    is typed to those that fit. ``only`` says that nothing but a choice, or nothing at all, may stand there; the clear
    beginning of one is enough. ``hint`` is said while the cursor is in it and there are no choices; it may be a
    function that says what is understood of what is typed.
    """

    name: str
    label: str
    value: str = ""
    choices: tuple[str, ...] | Offer = ()
    only: bool = False
    hint: str | Callable[[str], str] = ""
    lines: int = 1

    def offered(self, typed: str) -> Sequence[str]:
        """The choices for what is typed."""
        return self.choices if isinstance(self.choices, tuple) else self.choices(typed)

    def said(self, typed: str) -> str:
        """The hint for what is typed."""
        return self.hint if isinstance(self.hint, str) else self.hint(typed)

    def settled(self, typed: str) -> str:
        """What is typed, or the one choice it begins where only those count."""
        if not (self.only and typed):
            return typed
        found = [choice for choice in self.offered(typed) if choice.casefold().startswith(typed.casefold())]
        exact = [choice for choice in found if choice.casefold() == typed.casefold()]
        return exact[0] if exact else found[0] if len(found) == 1 else typed


class FormDialog(Dialog[Changed]):
    """Gives back the changed values. ``check`` may say what is wrong with them, by field, before it closes."""

    DEFAULT_CSS = """
    FormDialog .box { max-height: 100%; }
    FormDialog #fields { height: auto; max-height: 70vh; }
    FormDialog .row { height: 1; }
    FormDialog .row.long { height: auto; }
    FormDialog OneLine { margin: 0; }
    FormDialog .row Input { width: 1fr; }
    FormDialog .row TextArea { width: 1fr; padding: 0; }
    FormDialog #hint { margin: 1 0 0 0; }
    """

    def __init__(
        self,
        gateway: Gateway,
        kind: str,
        requests: tuple[int, ...],
        title: str,
        fields: Sequence[Field],
        *,
        draft: str,
        text: str = "",
        cursor: int = -1,
        begun: Mapping[str, str] | None = None,
        check: Check | None = None,
        errors: Mapping[str, str] | None = None,
        others: Mapping[str, str] | None = None,
        unchanged: bool = False,
    ) -> None:
        """``kind`` and ``requests`` name it in a place, as for every dialog. ``text`` and ``cursor`` are the draft.

        ``begun`` is what something new begins with where no draft waits: proposed, and no draft by itself.
        ``errors`` are shown beside their fields from the start. ``others`` are keys that leave the form for something
        else, with its name: which one it was is in ``asked`` then, and what was typed stays as a draft.
        With ``unchanged`` there is something to save even where nothing was changed.
        """
        super().__init__(gateway, draft=draft, request=requests[0] if requests else None)
        self.kind = kind
        self.requests = requests
        self._title = title
        self._fields = tuple(fields)
        self._check = check
        self._errors = dict(errors or {})
        self._others = dict(others or {})
        self._unchanged = unchanged
        self.asked = ""
        typed, at = from_draft(text)
        self._begun = dict(begun or {})
        start = typed or self._begun
        names = [field.name for field in self._fields]
        wrong = next((name for name in names if name in self._errors), at)
        self._at = names.index(wrong) if wrong in names else 0
        self._cursor = cursor
        self._seen = [start.get(field.name, field.value) for field in self._fields]
        # The fields that the technician has typed into; what stands in the others is replaced by what is typed.
        self._own = {
            place for place, name in enumerate(names) if name in typed and typed[name] != self._begun.get(name)
        }
        self._offered: Sequence[str] = ()
        self._stepped: str | None = None

    def compose(self) -> ComposeResult:
        """A row for each field, what is offered, the keys."""
        room = max(width(field.label) for field in self._fields) + 2
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            with VerticalScroll(id="fields", can_focus=False):
                for place, field in enumerate(self._fields):
                    with Horizontal(classes="row long" if field.lines > 1 else "row"):
                        label = OneLine(id=f"label-{place}", ground="field-ground")
                        label.styles.width = room
                        yield label
                        value = self._seen[place]
                        if field.lines > 1:
                            area = TextArea(
                                value,
                                id=f"field-{place}",
                                show_line_numbers=False,
                                highlight_cursor_line=False,
                                compact=True,
                            )
                            area.styles.height = field.lines
                            yield area
                        else:
                            yield Input(value, id=f"field-{place}", select_on_focus=False, compact=True)
                        yield OneLine(id=f"error-{place}", ground="field-ground")
            yield OneLine(id="hint", ground="field-ground")
            yield from self.beneath()
            yield OneLine(id="keys", ground="field-ground")

    def beneath(self) -> ComposeResult:
        """What some forms show above the keys."""
        yield from ()

    def on_mount(self) -> None:
        """Type at once, where it was left."""
        for place in range(len(self._fields)):
            self._show_error(place)
        self._go(self._at, self._cursor)
        self._keys()
        self.begun()

    async def press(self, key: str) -> bool:
        """tab and enter move on, arrows move or step through what is offered, ctrl+o saves."""
        field = self._fields[self._at]
        if key == "ctrl+o":
            self._save()
        elif key in self._others:
            self.asked = key
            self.leave()
        elif key == "tab" or (key == "enter" and field.lines == 1):
            self._leave_field(1)
        elif key == "shift+tab":
            self._leave_field(-1)
        elif key in ("up", "down") and field.lines == 1:
            step = 1 if key == "down" else -1
            if self._offered:
                self._step(step)
            else:
                self._leave_field(step)
        else:
            return await super().press(key)
        return True

    def refuse(self, errors: Mapping[str, str]) -> None:
        """Say beside each field what is wrong with it, and put the cursor into the first of them."""
        self._errors |= errors
        wrong = [place for place, field in enumerate(self._fields) if field.name in errors]
        for place in wrong:
            self._show_error(place)
        if wrong:
            self._go(wrong[0])

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep it, offer anew, and take back what was said against it."""
        if event.input.is_attached:  # else its field is gone, and another may have its place
            self._edited(event.input.id, event.value)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep it."""
        self._edited(event.text_area.id, event.text_area.text)

    def on_descendant_focus(self) -> None:
        """A click may have moved on to another field."""
        focused = self.focused.id if self.focused else None
        for place in range(len(self._fields)):
            if focused == f"field-{place}" and place != self._at:
                self._at = place
                self._offer()

    def text(self) -> tuple[str, int]:
        """What differs from what is stored, and the cursor in its field; empty when nothing was typed."""
        changed = self._changed()
        typed = bool(changed) and changed != self._begun
        return as_draft(changed, self._fields[self._at].name) if typed else "", self._cursor_in_field()

    def paste(self, text: str) -> bool:
        """All of it on the one line: the field by itself would take its first line only."""
        field = self.query_one(f"#field-{self._at}")
        if isinstance(field, Input):
            field.replace(clean(text)[0], *field.selection)
            return True
        return False

    def warn(self, text: str) -> None:
        """Say so in the line of keys."""
        self.query_one("#keys", OneLine).show([(text, "error")])

    # --- fields ---------------------------------------------------------------------------------------------

    def _value(self, place: int) -> str:
        field = self.query_one(f"#field-{place}")
        return field.value if isinstance(field, Input) else field.text if isinstance(field, TextArea) else ""

    def _changed(self) -> Changed:
        values = {field.name: self._value(place) for place, field in enumerate(self._fields)}
        return {field.name: values[field.name] for field in self._fields if values[field.name] != field.value}

    def _go(self, place: int, cursor: int = -1) -> None:
        """Put the cursor into a field: where it was left, else at its end.

        What was not typed by the technician is selected, so that typing replaces it.
        """
        self._at = place
        field = self.query_one(f"#field-{place}")
        if isinstance(field, Input):
            end = len(field.value)
            field.cursor_position = end if cursor < 0 else cursor
            if place not in self._own and field.cursor_position == end:
                field.select_all()
        elif isinstance(field, TextArea):
            before = field.text if cursor < 0 else field.text[:cursor]
            field.move_cursor((before.count("\n"), len(before) - (before.rfind("\n") + 1)))
        self.set_focus(field)
        self._offer()

    def _cursor_in_field(self) -> int:
        field = self.query_one(f"#field-{self._at}")
        if isinstance(field, TextArea):
            row, column = field.cursor_location
            return sum(len(line) + 1 for line in field.text.split("\n")[:row]) + column
        return field.cursor_position if isinstance(field, Input) else 0

    def _leave_field(self, step: int) -> None:
        self._settle(self._at)
        self._go((self._at + step) % len(self._fields))

    def _settle(self, place: int) -> None:
        """Complete the beginning of a choice, where only choices count."""
        field, box = self._fields[place], self.query_one(f"#field-{place}")
        if isinstance(box, Input):
            settled = field.settled(box.value.strip() if field.only else box.value)
            if settled != box.value:
                box.value = settled

    def _edited(self, box: str | None, value: str) -> None:
        place = next(place for place in range(len(self._fields)) if box == f"field-{place}")
        if value == self._seen[place]:
            return  # a field says so of what it began with, too
        self._seen[place] = value
        self._own.add(place)
        if self._errors.pop(self._fields[place].name, None):
            self._show_error(place)
        if place == self._at and value != self._stepped:
            self._offer()
        self._keys()
        self.changed()

    def _step(self, step: int) -> None:
        """Put the next choice into the field; the first that fits where what is typed is none yet."""
        field = self.query_one(f"#field-{self._at}", Input)
        typed, offered = field.value, list(self._offered)
        if typed in offered:
            found = offered[(offered.index(typed) + step) % len(offered)]
        else:
            fitting = [choice for choice in offered if choice.casefold().startswith(typed.casefold())]
            found = (fitting or offered)[0 if step > 0 else -1]
        self._stepped = field.value = found
        field.cursor_position = len(found)
        self._show_offer()

    # --- what is said ---------------------------------------------------------------------------------------

    def _offer(self) -> None:
        self._stepped = None
        field = self._fields[self._at]
        self._offered = field.offered(self._value(self._at)) if field.choices else ()
        self._show_offer()

    def _show_offer(self) -> None:
        for place, each in enumerate(self._fields):
            style = "key" if place == self._at else "dim"
            self.query_one(f"#label-{place}", OneLine).show([(safe(each.label), style)])
        field, value = self._fields[self._at], self._value(self._at)
        why = self._errors.get(field.name, "")
        spans: Spans = [(safe(field.said(value)), "dim")]
        if width(why) >= ERROR_MOST:  # beside its field it is cut
            spans = [(why, "error")]
        elif self._offered:
            spans = [("↓ ↑ ", "key")]
            for choice in self._offered:
                spans += [(safe(choice) or "none", "bold" if choice == value else "dim"), ("   ", "")]
        self.query_one("#hint", OneLine).show(spans)

    def _show_error(self, place: int) -> None:
        why = self._errors.get(self._fields[place].name, "")
        beside = self.query_one(f"#error-{place}", OneLine)
        beside.styles.width = min(width(why) + 1, ERROR_MOST) if why else 0
        beside.show([(f" {why}", "error")] if why else [])

    def _keys(self) -> None:
        keys: Spans = [("ctrl+o ", "key"), ("save   ", "dim"), ("tab ", "key"), ("next   ", "dim")]
        for key, name in self._others.items():
            keys += [(f"{key} ", "key"), (f"{name}   ", "dim")]
        self.query_one("#keys", OneLine).show([*keys, ("esc ", "key"), ("back, kept as a draft", "dim")])

    # --- the end --------------------------------------------------------------------------------------------

    def _save(self) -> None:
        for place in range(len(self._fields)):
            self._settle(place)
        changed = self._changed()
        if not changed and not self._unchanged:
            self.leave()
            return
        wrong = {
            field.name: f"one of {', '.join(choice for choice in field.offered('') if choice)}"
            for field in self._fields
            if field.only and (typed := changed.get(field.name)) and typed not in field.offered(typed)
        }
        wrong |= self._check(changed) if self._check else {}
        if wrong:
            self.refuse(wrong)
        else:
            self.finished()
            self.dismiss(changed)


def as_draft(changed: Mapping[str, str], at: str = "") -> str:
    """Changed values as the text of a draft; ``at`` is the field with the cursor."""
    return json.dumps({"at": at, "typed": dict(changed)}, ensure_ascii=False)


def from_draft(text: str) -> tuple[Changed, str]:
    """The values in the text of a draft and the field with the cursor. What is no draft holds none."""
    try:
        kept = json.loads(text) if text else {}
    except ValueError:
        kept = {}
    typed = kept.get("typed") if isinstance(kept, dict) else None
    if not isinstance(typed, dict):
        return {}, ""
    return {str(name): str(value) for name, value in typed.items()}, str(kept.get("at") or "")
