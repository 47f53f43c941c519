"""What every panel has that stands over the queue: a footer, a place, and verbs of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events
from textual.screen import Screen

from deskmate.tui.actions.keys import TAKEN
from deskmate.tui.widgets.footer import Footer

if TYPE_CHECKING:
    from datetime import datetime

    from deskmate.domain.availability import Availability
    from deskmate.domain.commands import Command
    from deskmate.tui.frame import Spans
    from deskmate.tui.screens.queue.screen import QueueScreen


class PanelScreen(Screen[None]):
    """Stands over the queue, which hands it the keys. To add one, name it in ``screens/queue/panels.py``."""

    scope = ""
    """The name of this panel in a place and in the tables of keys."""

    def __init__(self, queue: QueueScreen) -> None:
        super().__init__()
        self.queue = queue
        self.gateway = queue.gateway
        self.footer = Footer(queue.keymap.key("help"))

    @property
    def keys(self) -> str:
        """The table of keys in force: that of this panel, unless something narrower is going on in it."""
        return self.scope

    def on_mount(self) -> None:
        """Keep up with what time and others change. A panel's own focuses what takes the keys, before this."""
        self.set_interval(20, self.read)
        self.queue.look_for_news()
        self.call_after_refresh(self.queue.paint_news)

    def on_resize(self, event: events.Resize) -> None:
        """The top line is the queue's. A panel's own lays the rest out anew, before this."""
        self.queue.paint_news()

    def on_screen_suspend(self) -> None:
        """A dialog opened over this panel."""
        self.footer.step_aside(True)

    def on_screen_resume(self) -> None:
        """The keys are back."""
        self.footer.step_aside(False)

    def now(self) -> datetime:
        """This moment, in the zone of the hours."""
        return self.queue.now().astimezone(self.gateway.calendar.zone)

    def place(self) -> dict[str, Any]:
        """Where this panel is: enough to come back to it, and ``panel``, its name."""
        return {"panel": self.scope}

    def go(self, place: dict[str, Any]) -> None:
        """Come back to a place; without more than a name, to where it begins."""

    def left(self) -> None:
        """It is looked at no more: something else comes, or the app goes."""

    def read(self) -> None:
        """Something was written: show it as it is now."""

    def in_sight(self) -> set[int]:
        """The requests that are shown here, beside those of the queue beneath."""
        return set()

    def subject(self) -> int | None:
        """The request that is worked on here, which an interruption is taken down with; None where that is none."""
        return None

    @property
    def there(self) -> bool:
        """Whether this panel is: what a worker or a timer brings may come when it, or the app, is on its way out."""
        return self.is_mounted and self.queue.over is self and self.app.is_running

    @property
    def typing(self) -> bool:
        """Whether text is typed into this panel: then ``typed`` gets each key before the field does."""
        return False

    async def typed(self, key: str) -> bool:
        """Take a key while text is typed; False when it is for the text."""
        return False

    def paste(self, text: str) -> bool:
        """Take what is pasted or dropped; False when it is nothing for this panel."""
        return False

    def quiet(self) -> Command | None:
        """The do-not-disturb that the switch turns on here; None for the usual one."""
        return None

    def beside_door(self, found: Availability) -> Spans:
        """What the top line says here beside what the door says."""
        return []

    def own_why_not(self, action: str) -> str | None:
        """Why an action of this panel can do nothing now, empty when it can; None when it is none of its own."""
        return None

    async def run_verb(self, action: str) -> bool:
        """Run an action of this panel; False when it is none."""
        return False

    def reopen(self, kind: str, text: str | None = None) -> bool:
        """Open a dialog of this panel again, by the name it has in a place; False when it is none."""
        return False

    def why_not(self, action: str) -> str | None:
        """Why an action can do nothing now, empty when it can; None when this panel does not say."""
        own = self.own_why_not(action)
        if own is not None:
            return own
        if action in self.steps(1) or action in ("back", "close"):
            return ""
        group = self.queue.panels.why_not(action)
        if group is not None or action in self.queue.keymap.anywhere.values():
            return group
        if self.queue.keymap.shared(action):
            return None
        return f"this works on requests, {self.way_to('panel.queue', 'goes to them')}"

    def way_to(self, action: str, words: str) -> str:
        """The key that goes to another panel, with these words; the way back where its key means something here."""
        key = self.queue.keymap.key(action)
        return "esc goes back" if key in TAKEN.get(self.keys, ()) else f"{key} {words}"

    def say(self, text: str, hint: str = "", *, error: bool = False) -> None:
        """Say something on the bottom line, until the next key."""
        self.footer.say(text, hint, error=error)

    @staticmethod
    def steps(page: int, far: int = 1_000_000) -> dict[str, int]:
        """How far each of the moves goes, by lines, with so many in sight."""
        return {
            "down": 1,
            "up": -1,
            "half.down": max(1, page // 2),
            "half.up": -max(1, page // 2),
            "page.down": page,
            "page.up": -page,
            "top": -far,
            "bottom": far,
        }
