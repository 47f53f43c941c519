"""A step of a guide, typed in place: one text of it at a time, where it stands, saved when it is left."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, VerticalScroll
from textual.widgets import TextArea

from deskmate.domain import step_fields
from deskmate.domain.text import safe, width
from deskmate.tui.detail_lines import wrap
from deskmate.tui.dialogs.long_text import LongTextDialog
from deskmate.tui.frame import Spans
from deskmate.tui.step_lines import LABEL
from deskmate.tui.widgets.lines import Lines, OneLine

if TYPE_CHECKING:
    from textual.geometry import Region

    from deskmate.tui.gateway import Gateway

AT_LEAST = 24
"""Cells that a text is typed into at least."""


class StepTexts(Protocol):
    """What is typed into: the step under the cursor of its panel."""

    @property
    def draft(self) -> str:
        """The key of the draft of this step."""

    @property
    def kind(self) -> str:
        """The name of this dialog in a place."""

    @property
    def room(self) -> Region:
        """Where the step stands on the screen."""

    def names(self) -> tuple[str, ...]:
        """The texts one can type into, in order."""

    def label(self, name: str) -> str:
        """How one is called."""

    def is_line(self, name: str) -> bool:
        """Whether it is one line."""

    def stored(self, name: str) -> str | None:
        """What is stored there now; None when the step is not there any more."""

    def around(self, name: str, columns: int, typed: str) -> tuple[list[Spans], list[Spans]]:
        """The lines above a text and below it."""

    async def save(self, name: str, text: str, over: str | None, draft: str) -> str | None:
        """Save it over what was stored there; gives why that was refused, empty when it was not.

        None while it is still being written. ``draft`` is where it was kept while it was typed.
        """

    async def split(self, text: str, position: int, draft: str) -> str | None:
        """Save what is done, and make two steps of it at a position in it, going to the second; as ``save``."""

    def go_on(self) -> bool:
        """To the next step, or to a new one at the end; False when there is nothing to go on to."""

    def came(self, name: str) -> None:
        """Another text is typed into now."""

    def screenshot(self) -> None:
        """Put the newest screenshot into the step."""

    def take_files(self, text: str) -> bool:
        """Put the pictures that a paste names into the step; False when it names none."""


class Stack(Lines):
    """Lines that are given; as high as they are many."""

    DEFAULT_CSS = "Stack { height: auto; }"

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._lines: list[Spans] = []

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._lines)

    def show(self, lines: list[Spans]) -> None:
        """Show these."""
        self._lines = lines
        self.styles.height = len(lines)
        self.refresh()

    def spans(self, y: int) -> Spans:
        """One of them."""
        return self._lines[y] if y < len(self._lines) else []


class StepDialog(LongTextDialog):
    """Lies over the step. Leaving a text saves it as one step of undo; what is refused stays, and is a draft."""

    DEFAULT_CSS = """
    StepDialog { align: left top; }
    StepDialog #frame { background: $background; }
    StepDialog #texts { height: 1fr; }
    StepDialog #here { height: auto; }
    StepDialog OneLine { margin: 0; }
    StepDialog TextArea { width: 1fr; height: 1; padding: 0; }
    """

    def __init__(self, gateway: Gateway, writing: StepTexts, name: str, text: str | None = None) -> None:
        """``name`` is the text to type into, unless a draft says another. ``text`` instead of the draft."""
        kept, cursor = gateway.draft(writing.draft)
        at, typed, base = from_draft(kept)
        if text is not None and text != kept:
            (at, typed, base), cursor = from_draft(text), -1
        self._at = at if at in writing.names() else name
        stored = writing.stored(self._at)
        super().__init__(gateway, writing.draft, None, typed if at == self._at else stored or "", cursor)
        self.kind = writing.kind
        self._writing = writing
        self._base: str | None = base if at == self._at else stored
        """What was stored when this was begun; None for a step that was not there."""
        self._theirs: str | None = None
        """What somebody else made of it meanwhile, once that is known and said."""
        self._saving = False
        self._asked = False

    def compose(self) -> ComposeResult:
        """What stands above, the text, what stands below, the keys."""
        with Container(id="frame"):
            with VerticalScroll(id="texts", can_focus=False):
                yield Stack("above")
                with Horizontal(id="here"):
                    label = OneLine(id="label")
                    label.styles.width = LABEL
                    yield label
                    yield self.area()
                yield Stack("under")
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """Type at once, where it was left."""
        self._lie_over()
        super().on_mount()
        self._lay_out()

    def on_resize(self, event: events.Resize) -> None:
        """Lie over the step again."""
        self._lie_over()
        self._lay_out()

    # --- keys -----------------------------------------------------------------------------------------------

    async def press(self, key: str) -> bool:
        """Save and go on, to another text, to the next step, or back to the outline."""
        line = self._writing.is_line(self._at)
        asked, self._asked = self._asked, False
        if key == "escape":
            if await self._saved(ours=False):
                self._done()
            elif asked:
                self.leave()
            else:
                self._asked = True  # once more leaves it as a draft
        elif key == "ctrl+o":
            if await self._saved(ours=self._theirs is not None) and not self._go_on():
                self._done()
        elif key == "f2" and self._theirs is not None:
            self._take_theirs()
        elif key == "f2":
            await self._split()
        elif key == "tab" or (line and key in ("enter", "down")):
            await self._go(1)
        elif key == "shift+tab" or (line and key == "up"):
            await self._go(-1)
        elif key == "ctrl+f":
            self._writing.screenshot()
        elif key == "f4":
            self._edit()
        else:
            return False
        return True

    async def _go(self, step: int) -> None:
        """To another text of the step."""
        if not await self._saved(ours=False):
            return
        names = self._writing.names()
        place = names.index(self._at) if self._at in names else 0
        self._open(names[(place + step) % len(names)])

    def _go_on(self) -> bool:
        """To the step below, or to a new one."""
        if not self._writing.go_on():
            return False
        self.kind, self.draft = self._writing.kind, self._writing.draft
        self._kept, self._kept_at = self.gateway.draft(self.draft)
        at, typed, base = from_draft(self._kept)
        if at in self._writing.names():
            self._open(at, typed, base, self._kept_at)
        else:
            self._open(step_fields.ACTION)
        return True

    def _done(self) -> None:
        """Nothing is left to save."""
        self.finished()
        self.dismiss(None)

    def _open(self, name: str, text: str | None = None, base: str | None = None, cursor: int = -1) -> None:
        """Type into this one; ``text`` is a draft of it."""
        stored = self._writing.stored(name)
        self._at, self._theirs = name, None
        self._base = stored if text is None else base
        self._writing.came(name)
        shown = (stored or "") if text is None else text
        field = self.query_one("#field", TextArea)
        field.load_text(shown)
        self._put_cursor(shown if cursor < 0 else shown[:cursor])
        self._lay_out()
        self.show_keys()

    # --- saving ---------------------------------------------------------------------------------------------

    async def _saved(self, *, ours: bool) -> bool:
        """Save the text if there is anything to save. ``ours``: whatever somebody else made of it meanwhile."""
        text = self.typed()[0]
        if self._saving:
            self.warn("this is still being written")
            return False
        stored = self._writing.stored(self._at)
        if text == (self._base or "") or text == stored:
            self._settled(stored)
            return True
        if stored != self._base and not ours:
            self._say_theirs(stored)
            return False
        return await self._ask(lambda: self._writing.save(self._at, text, stored, self.draft))

    async def _ask(self, what: Callable[[], Awaitable[str | None]]) -> bool:
        """Have it saved; what is refused is said and stays."""
        self._hold()
        self._saving = True
        try:
            why = await what()
        finally:
            self._saving = False
        if why == "":
            self._settled(self._writing.stored(self._at))
            return True
        self._kept = ""  # the text goes on being a draft
        self.changed()
        stored = self._writing.stored(self._at)
        if why is None:
            self.warn("another program is writing to the folder; this is saved when that ends")
        elif stored != self._base:
            self._say_theirs(stored)
        else:
            self.warn(why)
        return False

    def _settled(self, stored: str | None) -> None:
        """What is typed is what is stored: no draft of it is left."""
        self._base, self._theirs = stored, None
        self._move_draft()

    def _move_draft(self) -> None:
        """What is typed belongs to the step as it is called now; nothing of it waits anywhere else."""
        if self._kept and self.gateway.draft(self.draft)[0]:
            self.gateway.save_draft(self.draft, "", 0, None)
        self.kind, self.draft = self._writing.kind, self._writing.draft
        self._kept, self._kept_at = "", -1

    async def _split(self) -> None:
        """Two steps of what is done, at the cursor."""
        if self._at != step_fields.ACTION:
            self.warn("a step is split in what is done")
            return
        text, cursor = self.typed()
        if not text[:cursor].strip() or not text[cursor:].strip():
            self.warn("put the cursor where the second step begins")
            return
        if await self._ask(lambda: self._writing.split(text, cursor, self.draft)):
            self._open(step_fields.ACTION, cursor=0)

    # --- what others do -------------------------------------------------------------------------------------

    def read(self) -> None:
        """Something was written: show it, unless it is this that is typed."""
        if not self.is_mounted or self._over or self._saving:
            return
        stored = self._writing.stored(self._at)
        if stored != self._base and self.typed()[0] == (self._base or "") and stored is not None:
            self._open(self._at)  # nothing was typed: theirs is shown at once
        elif stored is not None and self.typed()[0] == stored:
            self._settled(stored)
        elif stored != self._base:
            if stored is None and self._theirs is None:
                self._move_draft()  # to where a new step finds it
                self.changed()
            self._say_theirs(stored)
        self._lay_out()

    def pictured(self) -> None:
        """A picture of the step has come."""
        if self.is_mounted and not self._over:
            self._lay_out()

    def _say_theirs(self, stored: str | None) -> None:
        self._theirs = stored if stored is not None else ""
        self._lay_out()
        gone = stored is None
        words: Spans = [("taken away elsewhere  " if gone else "changed elsewhere  ", "error")]
        theirs = [] if gone else [("f2", "take theirs")]
        mine = "make a step of yours" if gone else "keep yours"
        self._say_keys(words, [("ctrl+o", mine), *theirs, ("esc esc", "later")])

    def _take_theirs(self) -> None:
        stored = self._writing.stored(self._at)
        self._settled(stored)
        self._open(self._at)

    # --- text -----------------------------------------------------------------------------------------------

    def text(self) -> tuple[str, int]:
        """What is typed and into what, and the cursor in it; empty where nothing differs from what is stored."""
        typed, cursor = self.typed()
        base = self._base if self._writing.stored(self._at) is not None else None
        return (as_draft(self._at, typed, base) if typed != (self._base or "") else ""), cursor

    def keep(self) -> None:
        """Write the draft, unless its text is on its way to where it stays."""
        if not self._saving:
            super().keep()
            if self.is_mounted:
                self._show_around()  # what could be plainer follows what is typed

    def _hold(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def on_text_area_changed(self) -> None:
        """Keep it, and make room for it."""
        super().on_text_area_changed()
        self._make_room()

    def replace(self, text: str) -> None:
        """Put another text in its place; one line stays one."""
        super().replace(" ".join(text.split()) if self._writing.is_line(self._at) else text)

    def paste(self, text: str) -> bool:
        """Pictures as pictures, lines into a line, anything else as it will be kept."""
        if self._writing.take_files(text):
            return True
        return super().paste(" ".join(text.split()) if self._writing.is_line(self._at) else text)

    def show_keys(self) -> None:
        """What can be done from here."""
        split = [("f2", "split")] if self._at == step_fields.ACTION else []
        pairs = [("esc", "done"), ("tab", "next"), ("ctrl+o", "next step"), *split]
        self._say_keys([], [*pairs, ("ctrl+f", "screenshot"), ("f4", "editor")])

    def _say_keys(self, words: Spans, pairs: list[tuple[str, str]]) -> None:
        """Words, and as many keys as there is room for."""
        line: Spans = [(" ", ""), *words]
        room = self._writing.room.width - sum(width(text) for text, _style in line)
        for key, name in pairs:
            room -= width(key) + width(name) + 3
            if room >= -2:
                line += [(f"{key} ", "key"), (f"{name}  ", "dim")]
        self.query_one("#keys", OneLine).show(line)

    # --- where it stands ------------------------------------------------------------------------------------

    def _lie_over(self) -> None:
        room = self._writing.room
        frame = self.query_one("#frame")
        frame.styles.offset = room.offset
        frame.styles.width, frame.styles.height = room.size

    def _show_around(self) -> None:
        """What stands around the text, as it is typed now."""
        columns = max(self._writing.room.width, AT_LEAST)
        above, under = self._writing.around(self._at, columns, self.typed()[0])
        if self._theirs:
            theirs = wrap(safe(self._theirs, multiline=True), columns - LABEL - 2)
            under = [[(f" {'elsewhere':<{LABEL - 1}}", "soon"), (line, "")] for line in theirs] + under
        self.query_one("#above", Stack).show(above)
        self.query_one("#under", Stack).show(under)

    def _lay_out(self) -> None:
        """The text and what stands around it, as it is now."""
        self._show_around()
        label = self._writing.label(self._at)
        self.query_one("#label", OneLine).show([("▌", "bar"), (safe(label), "key")])
        self._make_room()

    def _make_room(self) -> None:
        """As many lines as the text has, and its cursor in sight."""
        field = self.query_one("#field", TextArea)
        height = max(1, field.wrapped_document.height)
        field.styles.height = self.query_one("#here").styles.height = height
        self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        """Scroll so that the cursor is in sight."""
        if not self.is_mounted:
            return
        field, texts = self.query_one("#field", TextArea), self.query_one("#texts")
        height = max(1, field.wrapped_document.height)
        if field.styles.height is None or field.size.height != height:
            field.styles.height = self.query_one("#here").styles.height = height
        line = self.query_one("#above", Stack).count
        line += field.wrapped_document.location_to_offset(field.cursor_location).y
        top, page = round(texts.scroll_y), texts.size.height
        if not top <= line < top + page:
            texts.scroll_to(y=line if line < top else line - page + 1, animate=False)


def as_draft(name: str, text: str, base: str | None) -> str:
    """What is typed as the text of a draft, with what was stored when it was begun."""
    return json.dumps({"at": name, "typed": text, "base": base}, ensure_ascii=False)


def from_draft(text: str) -> tuple[str, str, str | None]:
    """Into what was typed, what, and what was stored; what is no draft is typed into nothing."""
    try:
        kept = json.loads(text) if text else {}
    except ValueError:
        kept = {}
    if not isinstance(kept, dict) or not isinstance(kept.get("at"), str):
        return "", "", None
    base = kept.get("base")
    return kept["at"], str(kept.get("typed") or ""), None if base is None else str(base)
