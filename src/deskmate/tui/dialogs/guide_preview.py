"""A guide as somebody would get it, over the whole screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from deskmate.domain.person import Experience
from deskmate.domain.text import safe
from deskmate.errors import DeskmateError
from deskmate.tui import guide_previews, user_guide_lines
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.frame import Spans, cut
from deskmate.tui.pictures import lines as picture_lines
from deskmate.tui.themes import palette
from deskmate.tui.widgets.lines import OneLine
from deskmate.tui.widgets.listed import Pane

if TYPE_CHECKING:
    from deskmate.tui.gateway import Gateway
    from deskmate.tui.user_guide_lines import Shown

OPEN, SEND = "o", "S"
"""The keys that leave it for something else: which one it was is what it gives back."""
LEVELS = tuple(Experience)
_LINES = {"j": 1, "down": 1, "k": -1, "up": -1}
_PAGES = {"space": 1.0, "pagedown": 1.0, "pageup": -1.0, "ctrl+d": 0.5, "ctrl+u": -0.5, "g": -1e6, "home": -1e6,
          "G": 1e6, "end": 1e6}  # fmt: skip
_STEPS = {"l": 1, "right": 1, "h": -1, "left": -1}


class Page(Pane):
    """The pane, on the ground of a dialog."""

    def ground(self, y: int) -> str:
        """That of the dialog."""
        return "field-ground"


class GuidePreview(Dialog[str]):
    """Gives back the key that left it, or None. ``level`` is for whom it is shown, from then on."""

    DEFAULT_CSS = """
    GuidePreview > .box { height: 1fr; margin: 0; max-width: 100%; }
    GuidePreview Page { height: 1fr; width: 100%; }
    GuidePreview #why { margin: 0; }
    """

    def __init__(self, gateway: Gateway, kind: str, key: int, level: Experience = Experience.EVERYDAY) -> None:
        super().__init__(gateway)
        self.kind = kind
        self.level = level
        self._key = key
        self._preview = guide_previews.preview(gateway, key, level)
        self._cells: dict[tuple[int, int], list[Spans]] = {}
        self._asked = 0
        """The columns that the pictures are asked for."""

    def compose(self) -> ComposeResult:
        """Why it can not go out yet, the guide, the keys."""
        with Vertical(classes="box") as box:
            box.border_title = Content("As the user sees it")
            yield OneLine(id="why", ground="field-ground")
            page = Page(id="page")
            page.alone = True
            yield page
            yield OneLine(id="keys", ground="field-ground")

    def on_mount(self) -> None:
        """Show it."""
        self._show(top=0)

    def on_resize(self, event: events.Resize) -> None:
        """The pictures have another room now."""
        self.call_after_refresh(self._picture)

    async def press(self, key: str) -> bool:
        """Scroll, show it for somebody else, or go on to what is done with it."""
        page = self.query_one(Page)
        if key in _LINES:
            page.scroll(_LINES[key])
        elif key in _PAGES:
            page.scroll(round(_PAGES[key] * page.page))
        elif key in _STEPS and self._preview.levels:
            self.level = LEVELS[(LEVELS.index(self.level) + _STEPS[key]) % len(LEVELS)]
            self._preview = guide_previews.preview(self.gateway, self._key, self.level)
            self._show()
        elif key in (OPEN, SEND) and self._preview.guide is not None:
            self.dismiss(key)
        elif key in ("q", "P"):
            self.leave()
        else:
            await super().press(key)
        return True

    def _show(self, top: int | None = None) -> None:
        found = self._preview
        why: Spans = [(f"Not as it would go out yet: {safe(found.why)}", "soon")] if found.why else []
        self.query_one("#why", OneLine).show(why)
        self.query_one("#why", OneLine).display = bool(why) and found.guide is not None
        if found.guide is None:
            self.query_one(Page).show(lambda columns: [[], cut([(f" {safe(found.why)}", "soon")], columns)], top=0)
        else:
            shown: Shown = self._cells
            self.query_one(Page).show(partial(user_guide_lines.lines, found.guide, shown), top=top)
        self._keys()

    def _picture(self) -> None:
        columns = self.query_one(Page).size.width
        if columns and columns != self._asked and self._preview.pictures:
            self._asked = columns
            self._cells.clear()
            self._picture_all(columns)

    @work(exclusive=True, group="pictures")
    async def _picture_all(self, columns: int) -> None:
        """One picture after the other, in the order one reads them."""
        for place, picture in (self._preview.pictures or {}).items():
            try:
                found = await guide_previews.cells_later(self.gateway, picture, columns, palette()["field-ground"])
            except DeskmateError as error:
                self._cells[place] = [[(f"no preview: {safe(error.message)}", "dim")]]
            else:
                if found is None or not self.app.is_running:
                    return
                self._cells[place] = picture_lines(found)
            self._show()

    def _keys(self) -> None:
        keys: Spans = []
        if self._preview.levels and self._preview.guide is not None:
            keys += [("h l ", "key"), ("for  ", "dim")]
            for level in LEVELS:
                keys += [(level, "bold" if level is self.level else "dim"), ("  ", "")]
            keys.append((" ", ""))
        if self._preview.guide is not None:
            keys += [(f"{OPEN} ", "key"), ("browser   ", "dim"), (f"{SEND} ", "key"), ("send   ", "dim")]
        self.query_one("#keys", OneLine).show([*keys, ("esc ", "key"), ("back", "dim")])
