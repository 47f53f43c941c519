"""Maintenance: the checklists with what is due, one of them in detail, and the calendar of all."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.timer import Timer

from deskmate.domain import instant
from deskmate.tui import checklists, maintenance_lines
from deskmate.tui.frame import WIDE, Spans, list_columns
from deskmate.tui.screens.maintenance.calendar import LIST, MONTH, YEAR, Calendar
from deskmate.tui.screens.maintenance.verbs import Verbs
from deskmate.tui.screens.panel import PanelScreen
from deskmate.tui.widgets.footer import Pairs
from deskmate.tui.widgets.lines import OneLine
from deskmate.tui.widgets.listed import Listed, Pane

if TYPE_CHECKING:
    from deskmate.domain.agenda import Line
    from deskmate.domain.check_record import Record
    from deskmate.domain.checklist import Checklist
    from deskmate.tui.screens.queue.screen import QueueScreen

RECORD_AFTER = 0.06
"""Seconds the cursor rests on a checklist until its past is counted."""
DAY_MOVES = {"down": 7, "up": -7, "half.down": 14, "half.up": -14}
TURNS = {"page.down": 1, "page.up": -1}
ENDS = {"bottom": 1, "top": -1}


class MaintenanceScreen(PanelScreen):
    """Stands over the queue, which hands it the keys."""

    DEFAULT_CSS = """
    MaintenanceScreen { background: $background; }
    MaintenanceScreen #panes { height: 1fr; layout: vertical; }
    MaintenanceScreen #checks { height: 1fr; width: 100%; }
    MaintenanceScreen #calendar { display: none; width: 100%; }
    MaintenanceScreen #detail { height: 10; width: 100%; }
    MaintenanceScreen.month #calendar, MaintenanceScreen.year #calendar { display: block; }
    MaintenanceScreen.month #detail { display: none; }
    MaintenanceScreen.year #detail { height: 5; }
    MaintenanceScreen.-wide.list #panes { layout: horizontal; }
    MaintenanceScreen.-wide.list #checks { height: 100%; }
    MaintenanceScreen.-wide.list #detail { width: 1fr; height: 100%; }
    MaintenanceScreen.alone #checks { display: none; }
    MaintenanceScreen.alone #detail { height: 1fr; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    scope = "maintenance"

    def __init__(self, queue: QueueScreen) -> None:
        super().__init__(queue)
        self.heading = OneLine(id="title")
        self.lines: list[Line] = []
        self.alone = False
        """Whether one checklist has the whole screen."""
        self.list = Listed(id="checks")
        self.above = Pane(id="calendar")
        self.above.alone = True
        self.detail = Pane(id="detail")
        self.calendar = Calendar(self)
        self.verbs = Verbs(self)
        self._records: dict[int, Record] = {}
        self._fresh: set[int] = set()
        """The records that were counted since something was written."""
        self._shown: int | None = None
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Top line, heading, the calendar or none, the list, one checklist, footer."""
        yield OneLine(id="top")
        yield self.heading
        yield OneLine(id="across")
        with Container(id="panes"):
            yield self.above
            yield self.list
            yield self.detail
        yield self.footer

    def on_mount(self) -> None:
        """Take the keys."""
        self.list.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew."""
        self._lay_out()
        self.paint()

    @property
    def today(self) -> date:
        """The date where the hours are."""
        return self.now().date()

    @property
    def current(self) -> Line | None:
        """The checklist that the cursor is on; in a month the one of the time under it."""
        if self.calendar.view == MONTH:
            falls = self.calendar.of_day() if self.calendar.inside else []
            return falls[self.list.cursor][0] if self.list.cursor < len(falls) else None
        return self.lines[self.list.cursor] if self.lines else None

    def index_of(self, key: int | None) -> int:
        """Where a checklist stands in the list; -1 when it does not."""
        return next((index for index, line in enumerate(self.lines) if line.key == key), -1)

    # --- where it is ----------------------------------------------------------------------------------------

    def place(self) -> dict[str, Any]:
        """Where this panel is: enough to come back to it."""
        current = self.current
        return {
            "panel": self.scope,
            **self.calendar.place(),
            "key": None if current is None else current.key,
            "alone": self.alone,
            "scroll": self.detail.top,
        }

    def go(self, place: dict[str, Any]) -> None:
        """Come back to a place; without one, to what needs doing first."""
        self.gateway.wake(instant.to_text(self.now()))  # what stands there may be of yesterday
        self.calendar.go(place)
        self.alone = bool(place.get("alone")) and self.calendar.view == LIST
        self.lines = checklists.lines(self.gateway, self.now())
        self.list.cursor = max(self.index_of(place.get("key")), 0)
        self.show()
        self.detail.top = int(place.get("scroll") or 0)

    # --- what is shown --------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read anew; the cursor stays on what it is on."""
        before = self.current
        self.lines = checklists.lines(self.gateway, self.now())
        self._fresh.clear()
        self.calendar.forget()
        if self.calendar.view != MONTH and before is not None:
            found = self.index_of(before.key)
            self.list.cursor = found if found >= 0 else self.list.cursor
        self.show()

    def show(self) -> None:
        """Show the view as it is now."""
        self._lay_out()
        self.calendar.look()
        self.paint()

    def look_at(self, view: str) -> None:
        """Show another view; the cursor stays on its checklist."""
        key = self.current.key if self.current else self._shown
        self.calendar.view, self.calendar.inside, self.alone = view, False, False
        self.list.cursor = 0 if view == MONTH else max(self.index_of(key), 0)
        self.show()
        self.queue.place.remember()

    def paint(self) -> None:
        """Paint what has come."""
        if not self.is_mounted:
            return
        view, columns = self.calendar.view, self.size.width
        self.list.inside = view != MONTH or self.calendar.inside
        if view == LIST:
            begin = (self.queue.keymap.key(f"checklist.{verb}") for verb in ("starters", "new"))
            self.list.empty = maintenance_lines.welcome(columns, *begin)
            self.list.show(len(self.lines), self._check_line, self.list.cursor)
            named = columns < WIDE and columns >= maintenance_lines.LAST_FROM and not self.alone
            title = maintenance_lines.heading(self.lines, instant.to_text(self.now()), columns, named=named)
        elif view == MONTH:
            self.list.empty = []
            self.list.show(len(self.calendar.of_day()), self.calendar.day_line, self.list.cursor)
            title = self.calendar.title(columns)
        else:
            self.list.show(len(self.lines), self.calendar.year_line, self.list.cursor)
            title = self.calendar.title(columns)
        self.heading.show(title)
        if view != LIST:
            self.above.show(self.calendar.lines)
        self._paint_detail()
        self.footer.verbs(self._verbs())

    def _check_line(self, index: int, columns: int, cursor: bool) -> Spans:
        return maintenance_lines.check_line(self.lines[index], columns, self.now(), cursor=cursor)

    def _paint_detail(self) -> None:
        line = self.current
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.calendar.view == YEAR:
            self.detail.show(partial(self.calendar.week_lines, line), top=0)
            return
        checklist = checklists.checklist(self.gateway, line.key) if line else None
        if line is None or checklist is None:
            self.detail.show(lambda columns: [])
            return
        record = self._records.get(line.key)
        if line.key not in self._fresh:
            self._timer = self.set_timer(RECORD_AFTER, partial(self._count, line.key))
        same, self._shown = line.key == self._shown, line.key
        self.detail.show(partial(self._detail_lines, line, checklist, record), top=None if same else 0)

    def _detail_lines(self, line: Line, checklist: Checklist, record: Record | None, columns: int) -> list[Spans]:
        roomy = self.alone or self.size.width >= WIDE
        return maintenance_lines.checklist_lines(line, checklist, record, columns, self.now(), beside=roomy)

    def _count(self, key: int) -> None:
        self._timer = None
        self.run_worker(self._record(key), exclusive=True, group="record")

    async def _record(self, key: int) -> None:
        found = await checklists.record_later(self.gateway, key, self.now())
        if found is not None:
            self._records[key] = found
            self._fresh.add(key)
            if self.current is not None and self.current.key == key:
                self._paint_detail()
                self.footer.verbs(self._verbs())

    @property
    def record(self) -> Record | None:
        """The past of the checklist under the cursor, once it is counted."""
        return self._records.get(self.current.key) if self.current else None

    def _lay_out(self) -> None:
        view, wide = self.calendar.view, self.size.width >= WIDE
        for name in (LIST, MONTH, YEAR):
            self.set_class(view == name, name)
        self.set_class(self.alone, "alone")
        self.above.styles.height = self.calendar.height
        self.detail.beside = wide and view == LIST and not self.alone
        self.detail.alone = self.alone
        self.list.styles.width = list_columns(self.size.width) if view == LIST and wide else "100%"
        self.detail.display = view != MONTH and bool(self.lines)

    def _verbs(self) -> Pairs:
        """What one would do next here."""
        key = self.queue.keymap.key
        if self.calendar.view == MONTH and not self.calendar.inside:
            pairs = [("h j k l", "day"), ("pgup pgdn", "month"), (key("checklist.go"), "into the day")]
        elif self.calendar.view == YEAR:
            pairs = [("h l", "week"), ("pgup pgdn", "year"), (key("checklist.go"), "its month")]
        else:
            return self.verbs.best()
        return [*pairs, (key("checklist.today"), "today"), ("esc", "list")]

    # --- keys -----------------------------------------------------------------------------------------------

    def own_why_not(self, action: str) -> str | None:
        """What the verbs say; the calendar has moves of its own."""
        if action in ("checklist.left", "checklist.right", "checklist.pane", "checklist.month", "checklist.year"):
            return "" if self.lines else "there is no checklist yet"
        if action == "checklist.today":
            if self.calendar.view == LIST:
                return f"this is no calendar, {self.queue.keymap.key('checklist.month')} shows it"
            return "this is today already" if self.calendar.day == self.today else ""
        if action == "checklist.go" and self.calendar.view != LIST:
            empty = self.calendar.view == MONTH and not self.calendar.of_day()
            return "nothing is due on this day" if empty else ""
        return self.verbs.why_not(action)

    async def run_verb(self, action: str) -> bool:
        """Run an action of this panel; False when it is none."""
        calendar = self.calendar
        moves = self.steps(self.detail.page if self.alone else self.list.page)
        if action == "back":
            self._back()
        elif action == "close":
            self.queue.panels.close()
        elif action in moves:
            self._move(action, moves[action])
        elif action == "checklist.month":
            self.look_at(LIST if calendar.view == MONTH else MONTH)
        elif action == "checklist.year":
            self.look_at(LIST if calendar.view == YEAR else YEAR)
        elif action == "checklist.today":
            calendar.inside = False
            self._moved(calendar.move((self.today - calendar.day).days))
        elif action in ("checklist.left", "checklist.right"):
            self._sideways(1 if action == "checklist.right" else -1)
        elif action == "checklist.pane":
            self._sideways(-1 if self.alone or calendar.inside else 1, pane=True)
        elif action == "checklist.go":
            self._go_to()
        else:
            return await self.verbs.run(action)
        return True

    def reopen(self, kind: str, text: str | None = None) -> bool:
        """One of the dialogs of this panel."""
        return self.verbs.reopen(kind, text)

    def on_listed_clicked(self, event: Listed.Clicked) -> None:
        """Move there; a second click opens it."""
        if self.calendar.view == MONTH:
            self.calendar.inside = True
        self.list.move_to(event.index)
        self._moved()
        if event.again:
            self._go_to()

    def on_listed_wheel(self, event: Listed.Wheel) -> None:
        """Move the cursor."""
        self.list.move_to(self.list.cursor + event.lines)
        self._moved()

    def _back(self) -> None:
        """One step out."""
        if self.calendar.inside:
            self.calendar.inside = False
            self._moved()
        elif self.alone:
            self._sideways(-1)
        elif self.calendar.view != LIST:
            self.look_at(LIST)
        else:
            self.queue.panels.close()

    def _move(self, action: str, lines: int) -> None:
        calendar = self.calendar
        if self.alone:
            self.detail.scroll(lines)
            self.queue.place.remember()
        elif calendar.view == YEAR and action in TURNS:
            self._moved(calendar.turn(TURNS[action]))
        elif calendar.view == MONTH and not calendar.inside:
            if action in DAY_MOVES:
                self._moved(calendar.move(DAY_MOVES[action]))
            else:
                self._moved(calendar.turn(TURNS[action]) if action in TURNS else calendar.end(ENDS[action]))
        else:
            self.list.move_to(self.list.cursor + lines)
            self._moved()

    def _sideways(self, step: int, *, pane: bool = False) -> None:
        """Into what the cursor is on and out again; in the calendar a day or a week on or back."""
        calendar = self.calendar
        if calendar.view == LIST:
            self.alone = step > 0
            self._lay_out()
            self.paint()
            self.queue.place.remember()
        elif pane or calendar.inside:
            calendar.inside = calendar.view == MONTH and step > 0 and bool(calendar.of_day())
            self._moved()
        else:
            self._moved(calendar.move(step * (7 if calendar.view == YEAR else 1)))

    def _go_to(self) -> None:
        """Run it; in the calendar from a week to its month, from a day into it, from a time to its checklist."""
        calendar, line = self.calendar, self.current
        if calendar.view == LIST:
            if line is not None:
                self.queue.runs.begin(line.key)
        elif calendar.view == YEAR:
            falls = calendar.of_week(line) if line else []
            calendar.day = falls[0].due.date() if falls else calendar.day
            self.look_at(MONTH)
        elif not calendar.inside:
            self._sideways(1, pane=True)
        elif line is not None:
            self.look_at(LIST)

    def _moved(self, near: bool = True) -> None:
        if not near:
            self.say("that is too far off to say anything about", error=True)
            return
        if self.calendar.view == LIST:
            self._paint_detail()
            self.footer.verbs(self._verbs())
        else:
            if self.calendar.view == MONTH and not self.calendar.inside:
                self.list.cursor = 0
            self.paint()
        self.queue.place.remember()
