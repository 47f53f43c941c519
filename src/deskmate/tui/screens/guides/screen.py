"""Guides: the list, searched as it is typed, and the one under the cursor as it reads."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.timer import Timer

from deskmate.tui import guide_lines, guides
from deskmate.tui.frame import WIDE, Spans, list_columns
from deskmate.tui.screens.guides.verbs import Verbs
from deskmate.tui.screens.panel import PanelScreen
from deskmate.tui.widgets.footer import Pairs
from deskmate.tui.widgets.lines import OneLine
from deskmate.tui.widgets.listed import Listed, Pane
from deskmate.tui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from deskmate.tui.guides import GuideLine
    from deskmate.tui.screens.queue.screen import QueueScreen

RECORD_AFTER = 0.06
"""Seconds the cursor rests on a guide until what walk-throughs say of it is counted."""


class GuidesScreen(PanelScreen):
    """Stands over the queue, which hands it the keys."""

    DEFAULT_CSS = """
    GuidesScreen { background: $background; }
    GuidesScreen #panes { height: 1fr; layout: vertical; }
    GuidesScreen #guides { height: 1fr; width: 100%; }
    GuidesScreen #detail { height: 10; width: 100%; }
    GuidesScreen.-wide #panes { layout: horizontal; }
    GuidesScreen.-wide #guides { height: 100%; }
    GuidesScreen.-wide #detail { width: 1fr; height: 100%; }
    GuidesScreen.alone #guides { display: none; }
    GuidesScreen.alone #detail { height: 1fr; }
    GuidesScreen #search { display: none; height: 1; border: none; padding: 0 1; background: $panel; }
    GuidesScreen.searching #search { display: block; }
    GuidesScreen.searching #title { display: none; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    scope = "guides"

    def __init__(self, queue: QueueScreen) -> None:
        super().__init__(queue)
        self.heading = OneLine(id="title")
        self.field = SearchField(self._find)
        self.lines: list[GuideLine] = []
        self.sought = ""
        """What the list is searched for."""
        self.alone = False
        """Whether one guide has the whole screen."""
        self.list = Listed(id="guides")
        self.detail = Pane(id="detail")
        self.verbs = Verbs(self)
        self.known = guides.Known({}, {}, {})
        self._records: dict[int, list[str]] = {}
        """What walk-throughs say of those that were looked at since something was written."""
        self._timer: Timer | None = None
        self._asking: Timer | None = None
        self._shown: int | None = None
        self._key: int | None = None
        """The guide that the cursor is to be on once it has been found."""

    def compose(self) -> ComposeResult:
        """Top line, heading or what is searched for, the list, one guide, footer."""
        yield OneLine(id="top")
        yield self.heading
        yield self.field
        yield OneLine(id="across")
        with Container(id="panes"):
            yield self.list
            yield self.detail
        yield self.footer

    def on_mount(self) -> None:
        """Take the keys."""
        self.list.focus()
        self._ask_more()

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew."""
        self._lay_out()
        self.paint()

    @property
    def current(self) -> GuideLine | None:
        """The guide that the cursor is on."""
        return self.lines[self.list.cursor] if self.list.cursor < len(self.lines) else None

    def index_of(self, key: int | None) -> int:
        """Where a guide stands in the list; -1 when it does not."""
        return next((index for index, line in enumerate(self.lines) if line.key == key), -1)

    # --- where it is ----------------------------------------------------------------------------------------

    def place(self) -> dict[str, Any]:
        """Where this panel is: enough to come back to it."""
        return {
            "panel": self.scope,
            "sought": self.sought,
            "key": self.current.key if self.current else self._key,
            "alone": self.alone,
            "scroll": self.detail.top,
        }

    def go(self, place: dict[str, Any]) -> None:
        """Come back to a place; without one, to the first guide."""
        self.alone = bool(place.get("alone"))
        self.look_for(str(place.get("sought") or ""), key=place.get("key"))
        self.detail.top = int(place.get("scroll") or 0)

    # --- what is shown --------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read anew; the cursor stays on what it is on."""
        self._records.clear()
        self.look_for(self.sought, key=self.current.key if self.current else self._key)
        self._ask_more()

    def _ask_more(self) -> None:
        if self._asking is None:
            self._asking = self.set_timer(RECORD_AFTER, self._ask_now)

    def _ask_now(self) -> None:
        self._asking = None
        if self.there:
            self._know_more()

    @work(exclusive=True, group="known")
    async def _know_more(self) -> None:
        found = await guides.known_later(self.gateway, self.now().date())
        if found is not None and found != self.known and self.there:
            self.known = found
            self.paint()

    def look_for(self, typed: str, *, key: int | None = None) -> None:
        """Show what fits, at once or as soon as it is found; with the cursor on this guide, if it is among them."""
        self.sought, self._key = typed, key
        found = guides.found_now(self.gateway, typed)
        if found is not None:
            self._found(found)
        else:
            self._look_further(typed)

    @work(exclusive=True, group="guides")
    async def _look_further(self, typed: str) -> None:
        found = await guides.found_later(self.gateway, typed)
        if found is not None and typed == self.sought and self.there:
            self._found(found)

    def _found(self, found: list[GuideLine]) -> None:
        before = self.list.cursor
        self.lines = found
        index = self.index_of(self._key)
        self.list.cursor = index if index >= 0 else 0 if self._key is None else min(before, max(len(found) - 1, 0))
        self._lay_out()
        self.paint()

    def paint(self) -> None:
        """Paint what has come."""
        if not self.is_mounted:
            return
        new = self.queue.keymap.key("guides.new")
        room = list_columns(self.size.width) if self.size.width >= WIDE else self.size.width
        self.list.empty = guide_lines.welcome(room, self.sought, new)
        self.list.show(len(self.lines), self._line, self.list.cursor)
        named = guide_lines.ROOMY <= self.size.width < WIDE and not self.alone
        self.heading.show(guide_lines.heading(self.lines, self.known, self.sought, self.size.width, named=named))
        self._paint_detail()
        self.paint_verbs()

    def paint_verbs(self) -> None:
        """The bottom line as it is while nothing else is said there."""
        self.footer.verbs(self._search_verbs() if self.typing else self.verbs.best())

    def _line(self, index: int, columns: int, cursor: bool) -> Spans:
        return guide_lines.guide_line(self.lines[index], self.known, columns, cursor=cursor)

    def _count(self, key: int) -> None:
        self._timer = None
        if self.there:
            self._record(key)

    @work(exclusive=True, group="record")
    async def _record(self, key: int) -> None:
        found = await guides.record_later(self.gateway, key)
        if found is not None and self.there:
            self._records[key] = found
            if found and self.current is not None and self.current.key == key:
                self._paint_detail()

    def _paint_detail(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        line = self.current
        guide = guides.guide(self.gateway, line.key) if line else None
        if line is None or guide is None:
            self._shown = None
            self.detail.show(lambda columns: [])
            return
        if line.key not in self._records:
            self._timer = self.set_timer(RECORD_AFTER, partial(self._count, line.key))
        most = len(guide.content.steps) if self.alone else guide_lines.STEPS_SHOWN
        make = partial(
            guide_lines.guide_lines,
            guide,
            guides.titles(self.gateway, guide.content),
            now=self.now(),
            looks=self.known.looks.get(line.key, ()),
            record=self._records.get(line.key, ()),
            most=most,
        )
        same, self._shown = line.key == self._shown, line.key
        self.detail.show(make, top=None if same else 0)

    def _lay_out(self) -> None:
        wide = self.size.width >= WIDE
        self.set_class(self.alone, "alone")
        self.detail.beside = wide and not self.alone
        self.detail.alone = self.alone
        self.list.styles.width = list_columns(self.size.width) if wide else "100%"
        self.detail.display = bool(self.lines)

    # --- the line of a search -------------------------------------------------------------------------------

    @property
    def typing(self) -> bool:
        """Whether the line of the search is being typed into."""
        return self.has_class("searching")

    async def typed(self, key: str) -> bool:
        """Take a key of the search; False when it is for the text."""
        if key in ("down", "up"):
            self._move(1 if key == "down" else -1)
        elif key in ("escape", "enter", "tab"):
            self.set_class(False, "searching")
            self.set_focus(self.list)
            if key == "escape":
                self.look_for("", key=self.current.key if self.current else None)
            self.paint()
            self.queue.place.remember()
        else:
            return False
        return True

    def _search(self) -> None:
        """Open the line, with what is searched for now."""
        self.alone = False
        self._lay_out()
        self.set_class(True, "searching")
        self.field.value = self.sought
        self.field.cursor_position = len(self.field.value)
        self.set_focus(self.field)
        self.paint_verbs()

    def _find(self, typed: str) -> None:
        if self.typing and typed != self.sought:
            self.look_for(typed)

    def _search_verbs(self) -> Pairs:
        count = len(self.lines)
        return [("", f"{count} found"), ("↓ ↑", "move"), ("enter", "keep"), ("esc", "all")]

    # --- keys -----------------------------------------------------------------------------------------------

    def own_why_not(self, action: str) -> str | None:
        """What the verbs say; the panel has moves of its own."""
        if action == "guides.search":
            return ""
        if action in ("guides.into", "guides.out", "guides.pane"):
            return "" if self.lines else "there is nothing to go into"
        return self.verbs.why_not(action)

    async def run_verb(self, action: str) -> bool:
        """Run an action of this panel; False when it is none."""
        moves = self.steps(self.detail.page if self.alone else self.list.page)
        if action == "back":
            self._back()
        elif action == "close":
            self.queue.panels.close()
        elif action in moves:
            self._move(moves[action])
        elif action == "guides.search":
            self._search()
        elif action in ("guides.into", "guides.out", "guides.pane"):
            self._sideways(action == "guides.into" or (action == "guides.pane" and not self.alone))
        else:
            return await self.verbs.run(action)
        return True

    def reopen(self, kind: str, text: str | None = None) -> bool:
        """One of the dialogs of this panel."""
        return self.verbs.reopen(kind, text)

    def on_listed_clicked(self, event: Listed.Clicked) -> None:
        """Move there; a second click opens it."""
        self._move(event.index - self.list.cursor)
        if event.again and self.current is not None:
            self.verbs.edit(self.current.key)

    def on_listed_wheel(self, event: Listed.Wheel) -> None:
        """Move the cursor."""
        self._move(event.lines)

    def _back(self) -> None:
        """One step out."""
        if self.alone:
            self._sideways(False)
        elif self.sought:
            self.look_for("", key=self.current.key if self.current else None)
            self.queue.place.remember()
        else:
            self.queue.panels.close()

    def _move(self, lines: int) -> None:
        if self.alone:
            self.detail.scroll(lines)
        else:
            self.list.move_to(self.list.cursor + lines)
            self._paint_detail()
            self.paint_verbs()
        self.queue.place.remember()

    def _sideways(self, into: bool) -> None:
        """Into the guide, which has the screen for itself then, and out again."""
        self.alone = into
        self._lay_out()
        self.paint()
        self.queue.place.remember()
