"""Office time, week by week: what the door does, what is said about it, and the keys that change that."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult

from deskmate.domain.hours import DAYS
from deskmate.domain.week import monday, week
from deskmate.tui.screens.availability.editing import Editing
from deskmate.tui.screens.panel import PanelScreen
from deskmate.tui.week_lines import items, title_line
from deskmate.tui.widgets.footer import Pairs
from deskmate.tui.widgets.lines import OneLine
from deskmate.tui.widgets.week import WeekView

if TYPE_CHECKING:
    from deskmate.tui.screens.queue.screen import QueueScreen

WEEK = timedelta(7)
FAR = 400 * WEEK
"""How far from today a week may be looked at."""


class AvailabilityScreen(PanelScreen):
    """The week of the door over what is said about it."""

    DEFAULT_CSS = "AvailabilityScreen { background: $background; }"

    scope = "availability"

    def __init__(self, queue: QueueScreen) -> None:
        super().__init__(queue)
        self.editing = Editing(self)
        self.first = monday(self.today)
        self.office = self.gateway.office(self._now())
        self.view = WeekView(self._now)

    def compose(self) -> ComposeResult:
        """Top line, which week, the week with what is said, footer."""
        yield OneLine(id="top")
        yield OneLine(id="title")
        yield OneLine(id="across")
        yield self.view
        yield self.footer

    def on_mount(self) -> None:
        """Take the keys."""
        self.view.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew."""
        self._paint()

    @property
    def today(self) -> date:
        """The date where the hours are."""
        return self._now().date()

    @property
    def day(self) -> date | None:
        """The date under the cursor; None in the list beneath."""
        return None if self.view.item else self.first + timedelta(self.view.cursor)

    def _now(self) -> datetime:
        return self.queue.now().astimezone(self.gateway.calendar.zone)

    # --- where it is ----------------------------------------------------------------------------------------

    def place(self) -> dict[str, Any]:
        """Where this panel is: enough to come back to it."""
        item = self.view.item
        return {
            "panel": self.scope,
            "week": self.first.isoformat(),
            "item": item.id if item else None,
            "cursor": self.view.cursor,
        }

    def go(self, place: dict[str, Any]) -> None:
        """Come back to a place; without one, to today."""
        today = self.today
        self.first = monday(date.fromisoformat(place["week"])) if place.get("week") else monday(today)
        self.read()
        found = [index for index, each in enumerate(self.view.items) if each.id == place.get("item")]
        cursor = int(place.get("cursor", today.weekday()))
        self.view.move_to(len(DAYS) + found[0] if found else cursor)
        self._paint()

    # --- what is shown --------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read anew what is said; the cursor stays on what it is on."""
        now, calendar = self._now(), self.gateway.calendar
        item, cursor = self.view.item, self.view.cursor
        self.office = self.gateway.office(now)
        said = items(
            self.office,
            calendar.hours,
            self.gateway.availability(now),
            now,
            min(now.date(), self.first),
        )
        if item is not None:
            ids = [each.id for each in said]
            cursor = len(DAYS) + ids.index(item.id) if item.id in ids else cursor
        self.view.show(week(calendar, self.first), said, cursor)
        self._paint()

    def _paint(self) -> None:
        if not self.is_mounted or not self.view.days:
            return
        zone = self.gateway.calendar.hours.zone
        self.query_one("#title", OneLine).show(title_line(self.size.width, self.first, self.today, zone))
        self.footer.verbs(self._verbs())

    def _verbs(self) -> Pairs:
        """What one would do next here."""
        key, item = self.queue.keymap.key, self.view.item
        pairs: Pairs = []
        if not self.why_not("hours.edit"):
            pairs.append((key("hours.edit"), f"edit {DAYS[self.view.cursor]}" if item is None else "edit"))
        if not self.why_not("hours.move"):
            pairs.append((key("hours.move"), "move dates"))
        pairs.append((key("prefix:hours"), "add"))
        if not self.why_not("hours.remove"):
            pairs.append((key("hours.remove"), "remove"))
        week_keys = f"{key('week.previous')} {key('week.next')}"
        today = [] if self.why_not("week.today") else [(key("week.today"), "today")]
        return [*pairs, (week_keys, "week"), *today, (key("undo"), "undo")]

    # --- keys -----------------------------------------------------------------------------------------------

    def own_why_not(self, action: str) -> str | None:
        """What the verbs say; today is no place to go to from today."""
        if action.startswith("hours."):
            return self.editing.why_not(action)
        if action == "week.today" and self.first == monday(self.today) and self.day == self.today:
            return "this is today already"
        return "" if action.startswith("week.") else None

    def reopen(self, kind: str, text: str | None = None) -> bool:
        """One of the forms."""
        return self.editing.reopen(kind, text)

    async def run_verb(self, action: str) -> bool:
        """Run an action of this panel; False when it is none."""
        if action in ("back", "close"):
            self.queue.panels.close()
        elif action in (steps := self.steps(self.view.page, len(self.view))):
            self._move_to(self.view.cursor + steps[action])
        elif action == "week.today":
            self.go({})
        elif action.startswith("week."):
            self._week(WEEK if action == "week.next" else -WEEK)
        elif action.startswith("hours."):
            await self.editing.run(action)
        else:
            return False
        return True

    async def on_week_view_clicked(self, event: WeekView.Clicked) -> None:
        """Move there; a second click changes it."""
        if event.again and not self.why_not("hours.edit"):
            await self.editing.run("hours.edit")
        else:
            self._move_to(event.index)

    def on_week_view_wheel(self, event: WeekView.Wheel) -> None:
        """Move the cursor."""
        self._move_to(self.view.cursor + event.lines)

    def _week(self, step: timedelta) -> None:
        first = self.first + step
        if abs(first - self.today) > FAR:
            self.say("that is too far off to say anything about", error=True)
            return
        self.first = first
        self.read()
        self.queue.place.remember()

    def _move_to(self, index: int) -> None:
        self.view.move_to(index)
        self._paint()
        self.queue.place.remember()
