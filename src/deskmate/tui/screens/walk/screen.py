"""A walk-through: one step at a time, each word on disk when it is shown."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from deskmate.domain import walk as rules
from deskmate.domain.guiding import GoOnWalk, PauseWalk
from deskmate.domain.row import label
from deskmate.domain.walk import Walk
from deskmate.tui import guides, walks
from deskmate.tui.frame import WIDE, Spans
from deskmate.tui.screens.panel import PanelScreen
from deskmate.tui.screens.walk.walking import Walking
from deskmate.tui.walk_lines import Shown, step_lines, title_line
from deskmate.tui.widgets.footer import Pairs
from deskmate.tui.widgets.lines import OneLine
from deskmate.tui.widgets.listed import Pane
from deskmate.tui.widgets.picture_view import PictureView

if TYPE_CHECKING:
    from deskmate.domain.commands import Command
    from deskmate.tui.gateway import Answer
    from deskmate.tui.screens.queue.screen import QueueScreen


FRAME = 6
"""Lines of the screen above and below the step, and between it and its picture."""
LEAST = 6
"""Lines that a picture below the step has at least."""


class WalkScreen(PanelScreen):
    """Stands over the queue, and goes back to the panel it came from. The time of a step runs while it is here."""

    DEFAULT_CSS = """
    WalkScreen { background: $background; }
    WalkScreen #panes { height: 1fr; layout: vertical; }
    WalkScreen #walk { height: 1fr; }
    WalkScreen #picture { display: none; margin: 0 3; }
    WalkScreen.-wide #panes { layout: horizontal; }
    WalkScreen.-wide #picture { width: 1fr; margin: 1 2; }
    WalkScreen.pictured #picture { display: block; }
    WalkScreen.-wide #walk { width: 1fr; height: 1fr; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]

    scope = "walk"

    def __init__(self, queue: QueueScreen) -> None:
        super().__init__(queue)
        self.heading = OneLine(id="title")
        self.view = WalkPane(id="walk")
        self.view.alone = True
        self.picture = PictureView(self.gateway.pictures, id="picture")
        self.shown: Shown | None = None
        self.walking = Walking(self)
        self._key = 0
        self._from: dict[str, Any] | None = None
        self._step = ""

    def compose(self) -> ComposeResult:
        """Top line, which guide and with whom, the step, footer."""
        yield OneLine(id="top")
        yield self.heading
        yield OneLine(id="across")
        with Container(id="panes"):
            yield self.view
            yield self.picture
        yield self.footer

    def on_mount(self) -> None:
        """Take the keys."""
        self.view.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew."""
        self._paint()

    @property
    def walk(self) -> Walk | None:
        """The walk-through as it was read last."""
        return self.shown.walk if self.shown else None

    # --- where it is ----------------------------------------------------------------------------------------

    def place(self) -> dict[str, Any]:
        """Which walk-through, and where one came from. The step is on disk anyway."""
        return {"panel": self.scope, "walk": self._key, "top": self.view.top, "from": self._from}

    def go(self, place: dict[str, Any]) -> None:
        """Come back to a walk-through, and let its time run."""
        self._from = place.get("from") or None
        key = int(place.get("walk") or 0)
        if key != self._key:
            self.left()
        self._key = key
        self._read()
        self.view.top = int(place.get("top") or 0)
        self._paint()
        if self.walk is None or self.walk.outcome is not None:
            self.call_after_refresh(self.read)  # which leaves it and says so
        elif not self.gateway.read_only:
            self.gateway.run(GoOnWalk(key), _heard)

    def left(self) -> None:
        """Nobody looks at it any more: the time of its step stands."""
        if self._key and not self.gateway.read_only:
            self.gateway.run(PauseWalk(self._key), _heard)

    def leave(self) -> None:
        """Back to where it was begun from. It goes on another time."""
        back = self._from
        if back is None:
            self.queue.panels.close()
        else:
            self.queue.panels.go(back)

    # --- what is shown --------------------------------------------------------------------------------------

    def read(self) -> None:
        """Show it as it is now; one that is not there any more, or has ended, is left."""
        self._read()
        walk = self.walk
        if walk is None or walk.outcome is not None:
            if self.queue.over is self:
                self.leave()
                gone = "is not there any more" if walk is None else "has ended"
                self.queue.say(f"this walk-through {gone}")
            return
        self._paint()

    def _read(self) -> None:
        walk = walks.walk(self.gateway, self._key)
        if walk is None:
            self.shown = None
            return
        self.shown = Shown(walk, self._who(walk), guides.titles(self.gateway, walk.content), self.queue.now())
        if walk.step != self._step:
            self._step = walk.step
            self.view.top = 0

    def _who(self, walk: Walk) -> str:
        person = self.gateway.person(walk.person) if walk.person is not None else None
        if person is not None:
            return person.name
        found = self.gateway.detail(walk.request, 0, 0) if walk.request is not None else None
        return found.who if found else ""

    def _paint(self) -> None:
        shown = self.shown
        if shown is None or not self.is_mounted or self.queue.over is not self:
            return  # it may have been left by what comes late
        self.heading.show(title_line(shown, self.size.width))
        self.view.show(partial(self._lines, shown))
        self.footer.verbs(self._verbs(shown.walk))
        self._paint_picture(shown)

    def _paint_picture(self, shown: Shown) -> None:
        """The first picture of the step: beside it, else in the room below; without any its words do."""
        step = shown.walk.here
        first = step.pictures[0] if step and step.pictures and not self.gateway.pictures.off else None
        room: int | str = "1fr"
        if first is not None and self.size.width < WIDE:
            alone = replace(shown, walk=replace(shown.walk, steps=()))
            room = self.size.height - FRAME - len(self._lines(alone, self.size.width))
            first = first if room >= LEAST else None
        self.set_class(first is not None, "pictured")
        self.picture.styles.height = room
        self.picture.show(first)

    def _lines(self, shown: Shown, width: int) -> list[Spans]:
        return step_lines(shown, width, self.queue.keymap.key("prefix:finish"))

    def _verbs(self, walk: Walk) -> Pairs:
        """What one would do next here."""
        key = self.queue.keymap.key
        step = walk.here
        finish, undo, later = (key("prefix:finish"), "finish"), (key("undo"), "undo"), ("esc", "later")
        if step is None:
            return [(f"{key('walk.solved')}", "it helped"), finish, (key("walk.before"), "back"), undo, later]
        pairs: Pairs = [(key("walk.done"), "they did it"), (key("walk.together"), "together")]
        if step.branches:
            many = len(step.branches)
            pairs.append(("1" if many == 1 else f"1-{min(many, 9)}", "if not"))
        pairs += [(key("walk.fail"), "failed"), (key("walk.skip"), "skip"), (key("walk.note"), "note"), finish]
        return [*pairs, undo, later]

    # --- for the queue beneath ------------------------------------------------------------------------------

    def in_sight(self) -> set[int]:
        """The request it is with."""
        walk = self.walk
        return {walk.request} if walk and walk.request is not None else set()

    def subject(self) -> int | None:
        """The request it is with."""
        return self.walk.request if self.walk else None

    # --- keys -----------------------------------------------------------------------------------------------

    def own_why_not(self, action: str) -> str | None:
        """Why an action of a walk-through can do nothing now."""
        return self.walking.why_not(action) if action.startswith("walk.") else None

    async def run_verb(self, action: str) -> bool:
        """Mark, or move."""
        steps = self.steps(self.view.page)
        if action in ("back", "close"):
            self.leave()
            self.queue.say(f"it goes on; {self.way_back()}")
        elif action in steps:
            self.view.scroll(steps[action])
            self.queue.place.remember()
        elif action.startswith("walk."):
            await self.walking.run(action)
        else:
            return False
        return True

    def way_back(self) -> str:
        """How one comes back to what was left, in words."""
        walk, key = self.walk, self.queue.keymap.key
        if walk is None or walk.request is None:
            return f"{key('guides.walk')} on the guide comes back"
        return f"{key('walkthrough')} on {label(walk.request)} comes back to {rules.place_text(walk)}"

    def reopen(self, kind: str, text: str | None = None) -> bool:
        """Open one of its dialogs again, for the walk-through that it names."""
        _scope, what, key, step = kind.split(":", 3)
        if int(key) != self._key:
            self.go({"walk": int(key)})
        return self.walking.reopen(what, step, text)


class WalkPane(Pane, can_focus=True):
    """The step; the wheel moves it."""

    def on_mouse_scroll_down(self) -> None:
        """Three lines down."""
        self.scroll(3)

    def on_mouse_scroll_up(self) -> None:
        """Three lines up."""
        self.scroll(-3)


def _heard(command: Command, answer: Answer) -> None:
    """Nothing is said of time that stands or runs."""
