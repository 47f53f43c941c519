"""What calls for attention by itself: a line, the bell, and what the technician set up outside.

It has no timer of its own. The screen asks it with every look for news; between those it waits for the end of typing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from deskmate.config import TERMINAL
from deskmate.domain import instant
from deskmate.domain.attention import MOVED, TYPING, Kind, Watch, announcement, missed_text, spoken
from deskmate.domain.text import fit
from deskmate.domain.text import width as cells
from deskmate.tui.reminders import Reminders, sequence

if TYPE_CHECKING:
    from deskmate.domain.attention import Announcement, Reminder
    from deskmate.tui.gateway import Answer
    from deskmate.tui.screens.queue.screen import QueueScreen

PLACE = "attention"
"""Where it is kept up to when everything was announced."""
SHOWN = 8.0
"""Seconds that a line stays at least; after that the next key takes it away."""
NOTHING = timedelta(0)
ASIDE = 6
"""Cells of the line across that no word takes."""


class Attention:
    """Looks at what has passed since the last time, and says it once."""

    steady: Callable[[], float] = staticmethod(monotonic)
    """Seconds that no one sets."""

    def __init__(self, screen: QueueScreen) -> None:
        self.screen = screen
        self._reminders = Reminders(screen.gateway)
        now = screen.now()
        kept = screen.gateway.place(PLACE)
        self._mark = (instant.to_text(now), self._reminders.last())
        if kept is not None:
            self._mark = (str(kept[0]["since"]), int(kept[0]["seq"]))
        # When the missed checks were said last, and how many they were.
        self._missed = (self._mark[0], int(kept[0].get("missed", 0)) if kept is not None else 0)
        self._watch = Watch(now, self.steady())
        # What was looked at then can not lie ahead, unless the clock was set back since.
        behind = now - instant.from_text(self._mark[0])
        self._moved = behind if behind < -MOVED else NOTHING
        self._stale = True
        self._typed = self._shown = -TYPING - SHOWN
        self._standing: list[Reminder] = []
        """What the line says that stands now."""

    def typed(self) -> None:
        """A key was pressed."""
        self._typed = self.steady()
        if self._typed - self._shown >= SHOWN:
            self._standing = []
            self._toast("")

    def look(self, *, news: bool) -> bool:
        """Say what there is to say, unless somebody types: then it is found again later. Whether the clock moved.

        ``news``: something may have come in, or it is time to look.
        """
        now, steady = self.screen.now(), self.steady()
        moved = self._watch.moved(now, steady)
        self._moved += moved
        self._stale = self._stale or news or bool(moved)
        if self._stale and steady - self._typed >= TYPING and not self.screen.gateway.read_only:
            self._stale = False
            self._say(now)
        return bool(moved)

    def keep(self) -> None:
        """Keep up to when everything was announced, for the next start."""
        since, seq = self._mark
        self.screen.gateway.save_place(PLACE, {"since": since, "seq": seq, "missed": self._missed[1]})

    def _say(self, now: datetime) -> None:
        gateway, at = self.screen.gateway, instant.to_text(now)
        # A clock that was set back begins anew there. What was said stays said.
        since, seq = min(self._mark[0], at), self._mark[1]
        door = gateway.availability(now)
        found, waiting, last = self._reminders.passed(since, at, seq, door.state)
        mark = (since, seq) if waiting else (at, last)
        moved, self._moved = self._moved, NOTHING
        if not found and not moved:
            self._mark = mark
            return

        missed, total = "", None
        if any(each.kind is Kind.CHECKLIST for each in found):
            total = self._reminders.missed(at)
            away = now - instant.from_text(self._missed[0])
            missed = "" if total is None else missed_text(max(total - self._missed[1], 0), away)

        def words(reminders: list[Reminder]) -> Announcement:
            flagged = moved < NOTHING and door.flagged
            passed = len(reminders) + len(waiting)
            return announcement(reminders, door.state, now, moved, passed, flagged=flagged, missed=missed)

        def written(answer: Answer) -> None:
            if answer.error is not None:  # nothing was said, so all of it is found again
                self._moved += moved
                self._stale = True
                return
            self._mark = mark
            self._missed = (at, total) if total is not None else self._missed
            self.keep()
            new = [each for each in found if each.key in answer.value]
            if new or moved:
                self._announce(words(new), new)

        self._reminders.fire(
            [key for each in found for key in each.keys], written, words(found).text if moved else ""
        )

    def _shown_by(self, said: list[Reminder]) -> str:
        """The key that shows what was said, where it is out of sight: nothing moves by itself."""
        screen, key = self.screen, self.screen.keymap.key
        urgent = [each.number for each in said if each.kind is Kind.P1]
        if urgent:
            line = screen.listing.line_of(urgent[0])
            if screen.over is not None:
                return f", {key('panel.queue')} shows the queue"
            if line < 0:
                return f", {key('view.now')} shows it"
            return f", {key('top')} shows it" if line < screen.list.top else ""
        if said and all(each.kind is Kind.CHECKLIST for each in said):
            return (
                f", {key('panel.maintenance')} shows {'it' if len(said) == 1 else 'them'}"
                if screen.over is None
                else ""
            )
        held = sum(each.kind is Kind.HELD for each in said)
        return f", {key('view.held')} shows {'it' if held == 1 else 'them'}" if held else ""

    def _announce(self, said: Announcement, new: list[Reminder]) -> None:
        settings = self.screen.gateway.config.attention
        self.screen.look_for_news()  # so that the list knows it, too
        if settings.toast:
            self._stand(said, new)
        if said.bell and settings.bell:
            self.screen.app.bell()
        if said.notification and settings.notify in TERMINAL:
            self.screen.tell_terminal(sequence(settings.notify, said.notification))
        if said.notification and settings.command:
            self._reminders.notify(settings.command, said.notification, self._told)

    def _stand(self, said: Announcement, new: list[Reminder]) -> None:
        """Say it on the line, with what was said there a moment ago."""
        steady, text = self.steady(), said.text
        if self._standing and new and steady - self._shown < SHOWN:
            new = [*self._standing, *new]
            text = spoken(new, self.screen.now()) + (f", {said.missed}" if said.missed else "")
        self._standing, self._shown = new, steady
        shown = self._shown_by(new)
        room = self.screen.size.width - ASIDE - cells(shown)
        urgent = any(each.priority == 1 for each in new)
        self._toast((text if cells(text) <= room else fit(text, room).rstrip()) + shown, "p1" if urgent else "bold")

    def _toast(self, text: str, style: str = "") -> None:
        for panel in (self.screen, self.screen.over):
            if panel is not None:
                panel.footer.toast(text, style)

    def _told(self, answer: Answer) -> None:
        if answer.error is not None:
            self.screen.say(f"not notified: {answer.error.message}", answer.error.hint, error=True)
