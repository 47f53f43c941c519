"""The panels that stand over the queue, each imported when it is first opened."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from deskmate.tui.actions.keys import PANELS
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.screens.queue.group import Group

if TYPE_CHECKING:
    from deskmate.domain.commands import Numbers
    from deskmate.tui.screens.panel import PanelScreen

QUEUE = "panel.queue"
SCREENS = {
    "availability": ("deskmate.tui.screens.availability.screen", "AvailabilityScreen"),
    "guide": ("deskmate.tui.screens.guide.screen", "GuideScreen"),
    "guides": ("deskmate.tui.screens.guides.screen", "GuidesScreen"),
    "maintenance": ("deskmate.tui.screens.maintenance.screen", "MaintenanceScreen"),
    "run": ("deskmate.tui.screens.run.screen", "RunScreen"),
    "walk": ("deskmate.tui.screens.walk.screen", "WalkScreen"),
    "picture": ("deskmate.tui.screens.picture.screen", "PictureScreen"),
}
"""The panels by their names: the module of each, and its class."""
FORMS = {
    "hours": "availability",
    "checklist": "maintenance",
    "guides": "guides",
    "run": "run",
    "step": "guide",
    "walk": "walk",
    "picture": "picture",
}
"""Which panel has the dialogs whose kinds begin so, up to the first colon."""

WITHIN = {
    "guide": "this works while a guide is written",
    "run": "this works while a list is run",
    "walk": "this works in a walk-through",
    "picture": "this works on a picture of a guide",
    "proposal": "this works on what looks like something that must not be seen",
    "pointing": "this works while one points in a picture",
}
"""Why an action of a panel without a key of its own can do nothing elsewhere."""


class Panels(Group):
    """The keys of the panels, and what is asked there."""

    def why_not(self, action: str) -> str | None:
        """One is there already, or the one that knows the action is not."""
        over = self.screen.over
        if action == QUEUE or action.removeprefix("panel.") in SCREENS:
            here = QUEUE if over is None else f"panel.{over.scope}"
            name = action.removeprefix("panel.")
            return f"this is {'the queue' if action == QUEUE else name} already" if action == here else ""
        for name, table in PANELS.items():
            prefixes = [self.screen.keymap.prefixes[found[7:]] for found in table.values() if found[:7] == "prefix:"]
            if action in table.values() or any(action in prefix.values() for prefix in prefixes):
                key = self.screen.keymap.key(f"panel.{name}")
                if not key:
                    return WITHIN[name]
                way = over.way_to(f"panel.{name}", "goes there") if over else f"{key} goes there"
                return f"this works in another panel, {way}"
        return None

    async def run(self, action: str) -> bool:
        """Go to a panel."""
        name = action.removeprefix("panel.")
        if action == QUEUE:
            self.close()
        elif action.startswith("panel.") and name in SCREENS:
            self.go({"panel": name})
        else:
            return False
        return True

    def go(self, place: dict[str, Any]) -> None:
        """Put the panel of a place over the queue; a place of nothing but its name is where it begins."""
        screen, name = self.screen, place["panel"]
        if screen.over is not None and screen.over.scope != name:
            self.close()
        if screen.over is None:
            screen.search.end()
            module, of = SCREENS[name]
            over: PanelScreen = getattr(import_module(module), of)(screen)
            screen.over = over
            screen.app.push_screen(over)
        screen.over.go(place)
        screen.place.remember()

    def close(self) -> None:
        """Back to the queue, if something stands over it."""
        screen = self.screen
        if screen.over is not None:
            while isinstance(screen.app.screen, Dialog):  # what is being written stays as a draft
                screen.app.screen.leave()
            screen.over.left()
            screen.over.dismiss()
            screen.over = None
            screen.place.remember()

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> bool:
        """A form of one of the panels, over it."""
        name = FORMS.get(kind.partition(":")[0])
        if name is None:
            return False
        if self.screen.over is None or self.screen.over.scope != name:
            self.go({"panel": name})
        assert self.screen.over is not None
        return self.screen.over.reopen(kind, text)
