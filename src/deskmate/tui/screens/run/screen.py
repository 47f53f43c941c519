"""A run: ticked item by item with single keys, each on disk when it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.timer import Timer

from deskmate.domain import run as rules
from deskmate.domain.checklist import Item, Kind
from deskmate.domain.hours import State
from deskmate.domain.row import label
from deskmate.domain.run import Run, RunState
from deskmate.tui import runs
from deskmate.tui.frame import Spans
from deskmate.tui.run_lines import Shown, banner, item_lines, title_line
from deskmate.tui.screens.panel import PanelScreen
from deskmate.tui.screens.run.ticking import Ticking
from deskmate.tui.widgets.footer import Pairs
from deskmate.tui.widgets.lines import OneLine
from deskmate.tui.widgets.run_view import RunView

if TYPE_CHECKING:
    from deskmate.domain.availability import Availability
    from deskmate.domain.commands import Command
    from deskmate.tui.screens.queue.screen import QueueScreen

FLASH = 0.35
"""Seconds that what was ticked stands out."""


class RunScreen(PanelScreen):
    """Stands over the queue, and goes back to the panel it came from."""

    DEFAULT_CSS = "RunScreen { background: $background; }"

    scope = "run"

    def __init__(self, queue: QueueScreen) -> None:
        super().__init__(queue)
        self.heading = OneLine(id="title")
        self.shown: Shown | None = None
        self.view = RunView()
        self.ticking = Ticking(self)
        self._key = 0
        self._from: dict[str, Any] | None = None
        self._past = False
        """Whether it had ended when it was opened: to be looked at, and not left by itself."""
        self._flash: Timer | None = None

    def compose(self) -> ComposeResult:
        """Top line, which run, its items, footer."""
        yield OneLine(id="top")
        yield self.heading
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
    def run_shown(self) -> Run | None:
        """The run as it was read last."""
        return self.shown.run if self.shown else None

    @property
    def item(self) -> Item | None:
        """The item under the cursor."""
        run = self.run_shown
        return run.items[self.view.cursor] if run and self.view.cursor < len(run.items) else None

    # --- where it is ----------------------------------------------------------------------------------------

    def place(self) -> dict[str, Any]:
        """Which run, where in it, and where one came from."""
        item = self.item
        return {
            "panel": self.scope,
            "run": self._key,
            "item": item.id if item else None,
            "top": self.view.top,
            "from": self._from,
        }

    def go(self, place: dict[str, Any]) -> None:
        """Come back to an item of a run; without one to the first that is open."""
        self._from = place.get("from") or None
        self.show_run(int(place.get("run") or 0), place.get("item"))
        self.view.top = int(place.get("top") or 0)
        self._paint()
        if self.run_shown is None:
            self.call_after_refresh(self.read)  # which leaves it and says so

    def show_run(self, key: int, item: int | None = None) -> None:
        """Show a run, with the cursor on this item or on the first that is open."""
        self._key = key
        self._read()
        run = self.run_shown
        self._past = run is not None and run.state is not RunState.OPEN
        if run is not None:
            found = item if item is not None else (first.id if (first := rules.next_item(run)) else 0)
            self.view.cursor = max(0, rules.place_of(run, found) - 1)

    def leave(self) -> None:
        """Back to where it was begun from. The run goes on."""
        back = self._from
        if back is None:
            self.queue.panels.close()
        else:
            self.queue.panels.go(back)

    # --- what is shown --------------------------------------------------------------------------------------

    def read(self) -> None:
        """Show it as it is now; one that is not there any more, or has ended, is left."""
        before = self.item
        self._read()
        run = self.run_shown
        if run is not None and run.state is RunState.OPEN:
            self._past = False
        elif run is None or not self._past:
            if self.queue.over is self:
                self.leave()
                self.queue.say("this run is not there any more" if run is None else "this run has ended")
            return
        if before is not None and (place := rules.place_of(run, before.id)):
            self.view.cursor = place - 1
        self._paint()

    def _read(self) -> None:
        found = runs.shown(self.gateway, self._key)
        if found is None:
            self.shown = None
            return
        run, steps, needed_by = found
        led = [result.finding for result in run.results if result.finding is not None]
        self.shown = Shown(
            run,
            runs.said(self.gateway, run.checklist.id),
            self.gateway.rows(led) if led else {},
            runs.lost(self.gateway, run),
            self.queue.now(),
            {step.item.id: step.day for step in steps},
            needed_by,
        )

    def _paint(self) -> None:
        shown = self.shown
        if shown is None or not self.is_mounted or self.queue.over is not self:
            return  # it may have been left by what comes late
        item = self.item
        self.heading.show(title_line(shown, item.id if item else 0, self.size.width))
        self.view.show(self._lines, min(self.view.cursor, max(0, len(shown.run.items) - 1)))
        self.footer.verbs(self._verbs())

    def _lines(self, width: int) -> tuple[list[Spans], list[int]]:
        assert self.shown is not None
        key = self.queue.keymap.key
        lines = banner(
            self.shown,
            width,
            "" if self.own_why_not("run.switch") else key("run.switch"),
            key("dnd") if self.quiet() else "",
        )
        of = [-1] * len(lines)
        for index, item in enumerate(self.shown.run.items):
            cursor = index == self.view.cursor
            more = item_lines(self.shown, item, width, cursor=cursor, fresh=index == self.view.fresh)
            lines += more
            of += [index] * len(more)
        return lines, of

    def _verbs(self) -> Pairs:
        """What one would do next here."""
        run, item, key = self.run_shown, self.item, self.queue.keymap.key
        if run is None or item is None:
            return []
        if run.state is not RunState.OPEN:
            leads = [] if self.own_why_not("run.request") else [(key("run.request"), "its request")]
            return [*leads, (key("undo"), "undo"), ("esc", "back")]
        pairs: Pairs = []
        if not rules.why_not_finish(run):
            pairs.append((key("run.finish"), "finish"))
        else:
            pairs.append(("0-9", "value") if item.kind is Kind.VALUE else (key("run.tick"), "done"))
        pairs += [(key("run.none"), "not applicable"), (key("run.fail"), "failed"), (key("run.note"), "note")]
        pairs.append((key("run.evidence"), "evidence"))
        if not self.own_why_not("run.request"):
            pairs.append((key("run.request"), "its request"))
        return [*pairs, (key("undo"), "undo"), ("esc", "later")]

    def flash(self, item: int) -> None:
        """Let an item stand out for a moment."""
        run = self.run_shown
        self.view.fresh = rules.place_of(run, item) - 1 if run else -1
        if self._flash is not None:
            self._flash.stop()
        self._flash = self.set_timer(FLASH, self._settled)
        self._paint()

    def _settled(self) -> None:
        self.view.fresh = -1
        self._paint()

    # --- for the queue beneath ------------------------------------------------------------------------------

    def in_sight(self) -> set[int]:
        """The request it is for, and those that its items led to."""
        run = self.run_shown
        mine = {run.request} if run and run.request is not None else set()
        return mine | set(self.shown.rows) if self.shown else set()

    def quiet(self) -> Command | None:
        """The do-not-disturb that this list asks for; None where it asks for none, or the door is shut anyway."""
        return self.ticking.quiet()

    def beside_door(self, found: Availability) -> Spans:
        """What do-not-disturb is for, while it is for this run."""
        run = self.run_shown
        mine = run is not None and found.private == rules.quiet_words(run.checklist.name)
        return [(f" {found.private}", "dim")] if mine and found.state is State.DND else []

    # --- keys -----------------------------------------------------------------------------------------------

    def own_why_not(self, action: str) -> str | None:
        """Why an action of a run can do nothing now."""
        return self.ticking.why_not(action) if action.startswith("run.") and action != "run.choose" else None

    async def run_verb(self, action: str) -> bool:
        """Tick, or move."""
        steps = self.steps(self.view.page)
        if action in steps:
            self.ticking.forget_question()
        if action in ("back", "close"):
            key = self.queue.keymap.key
            listed = self._from is not None and self._from.get("panel") == "maintenance"
            run = self.run_shown
            self.leave()
            way = f"{key('checklist.go')} comes back" if listed else f"{key('palette')} finds it by its name"
            if run is not None and run.request is not None and not listed:
                way = f"{key('checks')} on {label(run.request)} comes back"
            if not self._past:
                self.queue.say(f"the run goes on; {way}")
        elif action in steps:
            self.move_to(self.view.cursor + steps[action])
        elif action.startswith("run.") and action != "run.choose":
            await self.ticking.run(action)
        else:
            return False
        return True

    def reopen(self, kind: str, text: str | None = None) -> bool:
        """Open one of its dialogs again, for the run that it names."""
        _scope, what, key, *rest = kind.split(":")
        if int(key) != self._key:
            self.show_run(int(key))
            self._paint()
        return self.ticking.reopen(what, int(rest[0]) if rest else 0, text)

    def move_to(self, index: int) -> None:
        """Put the cursor on an item."""
        run = self.run_shown
        if run is not None:
            self.view.cursor = min(max(index, 0), len(run.items) - 1)
            self._paint()
            self.queue.place.remember()

    async def on_run_view_clicked(self, event: RunView.Clicked) -> None:
        """Move there; a second click ticks it."""
        if event.again:
            await self.queue.run_action_id("run.tick")
        else:
            self.move_to(event.index)

    def on_run_view_wheel(self, event: RunView.Wheel) -> None:
        """Move the cursor."""
        self.move_to(self.view.cursor + event.lines)
