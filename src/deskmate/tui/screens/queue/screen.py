"""The queue: views of requests, the one under the cursor, and the keys that work on them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from deskmate.domain import hook, instant, local
from deskmate.domain.news import News
from deskmate.domain.row import HELD_AT, Row, label
from deskmate.domain.views import OwnView, View
from deskmate.errors import DeskmateError
from deskmate.tui.actions import keys
from deskmate.tui.actions.keymap import Keyboard, Keymap
from deskmate.tui.actions.keys import ASKS_ON, LEADS_TO
from deskmate.tui.actions.reasons import Rule, reason_against
from deskmate.tui.dialogs.base import Dialog
from deskmate.tui.frame import (
    CHECK_DUE,
    CONTEXT_FROM,
    MANY,
    WIDE,
    Spans,
    count_text,
    counted,
    door,
    list_columns,
    number_width,
    rule,
    tabs_line,
    top_line,
)
from deskmate.tui.gateway import READ_ONLY
from deskmate.tui.listing import Listing
from deskmate.tui.promises import begun
from deskmate.tui.screens.queue import welcome
from deskmate.tui.screens.queue.best import best_verbs
from deskmate.tui.screens.queue.groups import Groups
from deskmate.tui.screens.queue.moves import MOVES, Moves
from deskmate.tui.screens.queue.own_views import PREFIX
from deskmate.tui.screens.queue.place import PlaceKeeper
from deskmate.tui.screens.queue.searching import Searching
from deskmate.tui.screens.queue.stopwatch import Stopwatch
from deskmate.tui.terminal import TerminalApp
from deskmate.tui.widgets.detail_pane import DetailPane
from deskmate.tui.widgets.footer import Footer
from deskmate.tui.widgets.lines import OneLine
from deskmate.tui.widgets.request_list import RequestList

if TYPE_CHECKING:
    from deskmate.domain.commands import Numbers
    from deskmate.tui.gateway import Gateway
    from deskmate.tui.screens.panel import PanelScreen

PREVIEW_TEXT, OPEN_TEXT = 2_000, 50_000
"""Characters of each text that a preview and an open request read."""
PREVIEW_ENTRIES, OPEN_ENTRIES = 12, 500
LOAD_AFTER = 0.4
"""Seconds that the rest of a list waits, so that it slows neither the start nor the next letter of a search."""


class QueueScreen(Groups, Screen[None]):
    """One list and one request. ``press`` gets every key that no dialog took."""

    DEFAULT_CSS = """
    QueueScreen { background: $background; }
    QueueScreen #panes { height: 1fr; layout: vertical; }
    QueueScreen #detail { height: 8; width: 100%; }
    QueueScreen.opened #list { display: none; }
    QueueScreen.opened #detail { height: 1fr; }
    QueueScreen.-wide #panes { layout: horizontal; }
    QueueScreen.-wide #list { height: 100%; display: block; }
    QueueScreen.-wide #detail { width: 1fr; height: 100%; }
    QueueScreen #context { height: 100%; display: none; }
    QueueScreen #search { display: none; height: 1; border: none; padding: 0 1; background: $panel; }
    QueueScreen.searching #search { display: block; }
    QueueScreen.searching #tabs { display: none; }
    """

    class Leave(Message):
        """The technician closed the last pane."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]

    def __init__(self, gateway: Gateway, keymap: Keymap, run_anywhere: Callable[[str], bool]) -> None:
        """``run_anywhere`` is the app's own way to run what works in every place; False when it does not."""
        super().__init__()
        self.gateway = gateway
        self.keymap = keymap
        self._run_anywhere = run_anywhere
        self.listing = Listing(gateway)
        self.opened = False
        self.ready = False
        self.pressed = ""
        """The key that came last: for what digits begin."""
        self._keyboard = Keyboard(keymap)
        self._moves = Moves(self)
        self.place = PlaceKeeper(self)
        self.search = Searching(self)
        self._counts: dict[View | OwnView, int] = {}
        self.stopwatch = Stopwatch(self)
        self._top: tuple[News, Spans] = News(0), []
        self._door_until: datetime | None = None
        self._door_said: tuple[object, ...] | None = None
        self._kindly = ""
        self._hooks: Timer | None = None
        self.dialogs: list[Dialog[Any]] = []
        self.over: PanelScreen | None = None
        """The panel that stands over this one."""
        self.list = RequestList(self.now)
        self.detail = DetailPane(self.now)
        self.footer = Footer(keymap.key("help"))

    def compose(self) -> ComposeResult:
        """Top line, tabs, list and detail, footer."""
        yield OneLine(id="top")
        yield OneLine(id="tabs")
        yield self.search.field
        yield OneLine(id="across")
        with Container(id="panes"):
            yield self.list
            yield self.detail
            yield self.around.pane
        yield self.footer

    def now(self) -> datetime:
        """This moment, aware, in the local zone."""
        return local.now()

    def on_mount(self) -> None:
        """Come back to where it was left."""
        self.place.restore()
        self.list.focus()
        self.set_interval(0.25, self.look_for_news)
        self.set_interval(20, self._tick)

    # --- keys ---------------------------------------------------------------------------------------------

    async def press(self, key: str) -> bool:
        """Run what ``key`` means here. False when a text field should have it."""
        self.pressed = key
        over = self.over
        if self.searching:
            return await (over.typed(key) if over is not None else self.search.press(key))
        footer = self.footer if over is None else over.footer
        footer.quiet()
        own = self.own_views.reached_by(key) if self._keyboard.prefix == PREFIX else None
        if own is not None:
            self._keyboard.prefix = ""
            footer.strip("", None)
            self.go_to_tab(own)
            return True
        found = self._keyboard.press(key, opened=self.opened, panel="" if over is None else over.keys)
        if found is None or found.action != "undo":
            self._forget_question()
        if found is None:
            self.say(self._dead(key))
            return True
        if found.prefix:
            self.wait_for(found.prefix)
            return True
        footer.strip("", None)
        if found.reason:
            self.say(found.reason, error=True)
        if found.action:
            await self.run_action_id(found.action)
        return True

    def _dead(self, key: str) -> str:
        """Why a key does nothing here."""
        if self.over is not None and self.keymap.meaning(key):
            return f"{keys.shown(key)} works on requests, {self.over.way_to('panel.queue', 'goes to them')}"
        return f"{keys.shown(key)} does nothing here, {self.keymap.key('help')} shows the keys"

    async def run_action_id(self, action: str) -> None:
        """Run one action of the registry, or say why it can do nothing now."""
        if not len(self.listing):
            await self.loaded()  # it may be on its way
        if action in ("undo", "redo"):
            await self.gateway.settled()
        reason = "" if action in ASKS_ON else self.disabled_reason(action)
        if reason:
            self.say(reason, error=True)
            return
        if action in LEADS_TO:
            self.wait_for(LEADS_TO[action])
            return
        if self._run_anywhere(action):
            return
        if self.over is not None and await self.over.run_verb(action):
            return
        if action not in MOVES:
            for group in self.groups:
                if await group.run(action):
                    return
        if self.has("verbs"):
            await self.verbs.settle()
        await self._moves.run(action)

    def disabled_reason(self, action: str) -> str:
        """Why an action of the registry can do nothing now; empty when it can."""
        if action == "capture" and self.gateway.read_only:
            return READ_ONLY
        if self.over is not None:
            reason = self.over.why_not(action)
            if reason is not None:
                return reason
        for group in self.groups if action not in MOVES else ():
            reason = group.why_not(action)
            if reason is not None:
                return reason
        return self._moves.why_not(action)

    def _forget_question(self) -> None:
        if self.has("verbs"):
            self.verbs.forget_question()

    def reason(self, rule: Rule, numbers: Numbers | None = None) -> str:
        """Why what needs ``rule`` can do nothing to these requests; without any, to those a verb works on."""
        rows = map(self.row_of, self.targets() if numbers is None else numbers)
        return reason_against(rule, (row for row in rows if row), read_only=self.gateway.read_only)

    def reopen(self, kind: str, numbers: Numbers, text: str | None = None) -> None:
        """Open a dialog again, after a restart or when its text was not saved."""
        any(group.reopen(kind, numbers, text) for group in self.groups)

    def wait_for(self, prefix: str) -> None:
        """Show the strip of a prefix and let the next key answer it."""
        self._keyboard.wait(prefix)
        own = self.own_views.strip() if prefix == PREFIX else []
        names = next((found for group in self.groups if (found := group.names(prefix)) is not None), None)
        footer = self.footer if self.over is None else self.over.footer
        footer.strip(keys.TITLES[prefix], [*own, *self.keymap.after(prefix, names)])

    @property
    def waiting(self) -> bool:
        """Whether the next key belongs to a prefix."""
        return bool(self._keyboard.prefix)

    @property
    def searching(self) -> bool:
        """Whether text is typed: into the search line, or into the panel over this one."""
        return self.search.now if self.over is None else self.over.typing

    def go_to_tab(self, tab: View | OwnView) -> None:
        """Show another view, with what is searched for."""
        if tab == self.listing.tab:
            self.say(f"this is {tab.tab} already")
            return
        self._to_list()
        self.list.top = 0
        self.show(tab, self.listing.query)

    # --- what is shown ------------------------------------------------------------------------------------

    def show(
        self, tab: View | OwnView, query: str = "", *, top: int | None = None, near: tuple[int, ...] = ()
    ) -> None:
        """Show a view, or what a query finds in it. Without the query the cursor stays on its request."""
        if (tab, query) != (self.listing.tab, self.listing.query):
            self.clear_marks()
        before = self.listing.current
        self.listing.open(tab, query, top)
        self.listing.go_to(*near)
        self._shown(was=before)
        if not self.listing.complete:
            self.run_worker(self._load_the_rest(), exclusive=True, group="list")

    async def _load_the_rest(self) -> None:
        if not len(self.listing) and self.listing.query and await self.listing.load_hits():
            self._shown()
        await asyncio.sleep(LOAD_AFTER)
        await self.loaded()

    async def _load(self) -> None:
        line = self.list.line_of_cursor()
        if await self.listing.load():
            self._shown(line)

    async def loaded(self) -> None:
        """Wait until the whole list is known."""
        if not self.listing.complete:
            await self._load()

    def _shown(self, line: int | None = None, was: int | None = None) -> None:
        """The list is another; ``was`` was under the cursor before."""
        if was != self.listing.current and was is not None:
            self._to_list()  # nobody opened the one that is there now, so nobody has read it
        self.list.number_width = number_width(self.gateway.highest())
        self.list.empty = welcome.lines(
            self.listing.tab, self.listing.query, self.gateway.highest() == 0, self.keymap
        )
        if self.list.marked and self.listing.complete:
            self.list.marked &= set(self.listing.numbers)  # what left the list is acted on no more
        self.list.show(self.listing)
        if line is not None:
            self.list.hold(line)
        self.paint_news()
        self._cursor_moved()

    def move_to(self, index: int) -> None:
        """Put the cursor on a line of the list."""
        before = len(self.listing)
        line = self.list.line_of_cursor()
        self.listing.go(index)
        if len(self.listing) != before:
            self.list.hold(line)
        else:
            self.list.moved()
        self._moves.extend_range()
        self._cursor_moved()

    def _cursor_moved(self) -> None:
        if self.opened and self.listing.current is not None:
            self.finding.remember(self.listing.current)
        self._paint_detail()
        self.paint_tabs()
        self.paint_verbs()
        self.around.moved()
        self.place.remember()

    def _paint_detail(self) -> None:
        number = self.listing.current
        limits = (OPEN_TEXT, OPEN_ENTRIES) if self.opened else (PREVIEW_TEXT, PREVIEW_ENTRIES)
        now = self.now() if self.opened else None
        found = None if number is None else self.gateway.detail(number, *limits, now)
        pictures = self.previews.of(found) if self.opened and found is not None and found.attachments else ()
        self.detail.show(found, pictures)
        row = self.listing.row(self.listing.cursor)
        held = row is not None and row[HELD_AT] and (self.opened or self.listing.tab is View.HELD)
        if found is not None and ((self.opened and found.request.unread) or held):
            # Looked at now. Nothing has changed, so no news of it will come.
            seen = (found.request.number,)
            self.gateway.seen(*seen, lambda answer: self._forget(seen), opened=self.opened)

    def paint_tabs(self) -> None:
        """The views, or what is searched for."""
        hidden = f"{count_text(self.listing.hidden)} more in All  " if self.listing.hidden else ""
        query = self.listing.query
        order = "" if self.listing.sorted else ", newest first"
        count = begun(self.gateway, MANY) if self.listing.tab in (View.TODAY, View.LOOSE) else 0
        said = [f"{count_text(count)} begun and not finished"] if count else []
        if self.listing.tab is View.TODAY and (checks := self._top[0].checks):
            said.append(f"{counted(checks, CHECK_DUE)}: {self.keymap.key('panel.maintenance')}")
        self._kindly = " · ".join(said)
        self.query_one("#across", OneLine).show(rule(self.size.width, self._kindly))
        self.query_one("#tabs", OneLine).show(
            tabs_line(
                self.size.width,
                self.own_views.tabs,
                self.listing.tab,
                self._counts | self.own_views.counts,
                self.listing.position() + order,
                query,
                hidden,
            )
        )

    def paint_news(self) -> None:
        self._counts = self.gateway.counts(MANY)
        self.own_views.count_soon()
        now = self.now()
        news = self.gateway.attention(now, MANY)
        found = self.gateway.availability(now)
        self._door_until = found.until
        self._door_moved((found.state, found.until, found.public))
        standing = door(found, now)
        standing += self.over.beside_door(found) if self.over is not None else []
        if self.gateway.read_only:
            standing.append(("   read only", "dim"))
        changed = news.checks != self._top[0].checks
        self._top = news, standing
        if changed and self.listing.tab is View.TODAY:
            self.paint_tabs()
        self.stopwatch.look(closed=found.state == "CLOSED")
        self.paint_top()

    def paint_top(self) -> None:
        """The top line with its clock as it is now; nothing is read for that."""
        top = top_line(self.size.width, *self._top, self.stopwatch.spans(self.now()))
        self.query_one("#top", OneLine).show(top)
        self.query_one("#across", OneLine).show(rule(self.size.width, self._kindly))
        if self.over is not None and self.over.is_mounted:  # one that comes paints when it is there
            self.over.query_one("#top", OneLine).show(top)
            self.over.query_one("#across", OneLine).show(rule(self.size.width))

    def _door_moved(self, said: tuple[object, ...]) -> None:
        """What was held may go; and once it has said so for a moment, hooks are told: no slip that is undone is."""
        before, self._door_said = self._door_said, said
        if said == before or self.gateway.read_only:
            return
        if before is not None:
            self.gateway.wake(instant.to_text(self.now()))
        if self.gateway.config.hooks.availability:
            if self._hooks is not None:
                self._hooks.stop()
            self._hooks = self.set_timer(hook.WAIT, self.gateway.tell_hooks)

    def paint_verbs(self) -> None:
        """The bottom line as it is while nothing else is said there."""
        if self.search.now:
            self.footer.verbs(self.search.verbs())
            return
        row = self.listing.row(self.listing.cursor)
        verbs = best_verbs(row, marked=len(self.list.marked), opened=self.opened)
        back = self.stopwatch.way_back(row)
        self.footer.verbs([(self.keymap.own(key), name) for key, name in (*back, *verbs)])

    def on_detail_pane_resized(self) -> None:
        """What is shown of an open request depends on its room."""
        if self.opened:
            self._paint_detail()

    def on_screen_suspend(self) -> None:
        """A dialog opened over this panel."""
        self.footer.step_aside(True)

    def on_screen_resume(self) -> None:
        """The keys are back."""
        self.footer.step_aside(False)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew."""
        self.detail.beside = event.size.width >= WIDE
        self.list.styles.width = list_columns(event.size.width)
        self.around.pane.display = event.size.width >= CONTEXT_FROM
        self.around.pane.styles.width = event.size.width // 4
        self.detail.refresh()
        if self.ready:
            self.around.moved()
            self._paint_detail()
            self.paint_news()
            self.paint_tabs()

    def _tick(self) -> None:
        """Relative times move on by themselves, and what sleeps wakes."""
        self.gateway.wake(instant.to_text(self.now()))
        self.list.refresh()
        self.paint_news()
        self.gateway.keep_door(self.now())
        self.attention.look(news=True)

    # --- news ---------------------------------------------------------------------------------------------

    def look_for_news(self) -> None:
        """Patch in what was written since the last look, here or elsewhere."""
        news, numbers = self.gateway.news()
        turned = self._door_until is not None and self.now() >= self._door_until
        if self.has("attention") and self.attention.look(news=news or turned):
            self._tick()
        elif turned:
            self.paint_news()
        if not news:
            return
        if self.over is not None:
            self.over.read()
        self.own_views.look()
        if numbers is None or (numbers and not self.listing.sorted):
            # What is there stays, with its rows read anew, until the whole has been found again.
            self.listing.forget(numbers)
            self._shown(self.list.line_of_cursor())
            self.run_worker(self._load(), exclusive=True, group="list")
        elif numbers:
            line = self.list.line_of_cursor()
            before = self.listing.current
            self.listing.changed(numbers)
            self._shown(line, before)
        else:
            self.paint_news()

    # --- for verbs and moves ------------------------------------------------------------------------------

    def targets(self) -> Numbers:
        """The marked requests in list order, else the one under the cursor."""
        marked = self.list.marked
        if marked:
            listed = [number for number in self.listing.numbers if number in marked]
            return (*listed, *sorted(marked.difference(listed)))
        return () if self.listing.current is None else (self.listing.current,)

    def go_to_request(self, number: int) -> None:
        """Open a request: where it stands in this list, or found by its number in All."""
        line = self.listing.line_of(number)
        if line >= 0:
            self.move_to(line)
        else:
            self.show(View.ALL, label(number))
        if self.listing.current == number:
            self.set_opened(True)

    def row_of(self, number: int) -> Row | None:
        """The row of a request as it is now."""
        return self.listing.row_of(number)

    def in_sight(self) -> set[int]:
        """The requests on the screen."""
        top = self.list.top
        shown = set(self.listing.numbers[top : top + self.list.size.height])
        shown |= set() if self.over is None else self.over.in_sight()
        return shown if self.listing.current is None else shown | {self.listing.current}

    def clear_marks(self) -> None:
        """No request is marked any more."""
        self._moves.end_range()
        if self.list.marked:
            self.list.marked.clear()
            self.list.refresh()
            self.paint_verbs()

    def mark(self, numbers: set[int]) -> None:
        """These requests are the marked ones."""
        self.list.marked = numbers
        self.list.refresh()
        self.paint_verbs()

    def set_opened(self, opened: bool) -> None:
        """Show the request alone, or go back to the list."""
        if opened and self.listing.current is None:
            return
        self._lay_out(opened)
        self._cursor_moved()

    def _to_list(self) -> None:
        """The list is seen again once it is painted next."""
        if self.opened:
            self._lay_out(False)

    def _lay_out(self, opened: bool) -> None:
        self.opened = opened
        self.set_class(opened, "opened")
        self.detail.alone = opened
        self.detail.top = 0
        self.detail.refresh()

    def say(self, text: str, hint: str = "", *, error: bool = False) -> None:
        """Say something on the bottom line, until the next key."""
        footer = self.footer if self.over is None else self.over.footer
        footer.say(text, hint, error=error)

    def tell_terminal(self, sequence: str) -> None:
        """Have the terminal do something beside the screen."""
        cast(TerminalApp, self.app).tell_terminal(sequence)

    # --- dialogs ------------------------------------------------------------------------------------------

    def open_dialog(self, dialog: Dialog[Any], then: Callable[[Any], Awaitable[None] | None]) -> None:
        """Put a dialog over this panel. A restart comes back to it."""

        async def closed(result: Any) -> None:
            self.dialogs.remove(dialog)
            self.place.keep_now()
            if (more := then(result)) is not None:
                await more
            self.run_worker(self._reread(dialog.requests))

        def lost(text: str, error: DeskmateError) -> None:
            self.reopen(dialog.kind, dialog.requests, text)
            self.say(error.message, error.hint, error=True)

        dialog.lost = lost
        # A paste or a click may come between a prefix and its key, or between a question and its answer.
        self._keyboard.prefix = ""
        for panel in (self, self.over):
            if panel is not None:
                panel.footer.strip("", None)
        self._forget_question()
        self.dialogs.append(dialog)
        self.app.push_screen(dialog, closed)
        self.place.keep_now()

    async def _reread(self, numbers: Numbers) -> None:
        """A draft may have come or gone, which is no event."""
        await self.gateway.settled()
        self._forget(numbers)

    def _forget(self, numbers: Numbers) -> None:
        """Read these rows anew: what happened to them is no event."""
        self.listing.forget(numbers)
        self.list.refresh()

    def leave(self) -> None:
        """Quit the app in good order."""
        self.post_message(self.Leave())
