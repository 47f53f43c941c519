"""The app: one panel at a time, its dialogs, and every key on its way to one of them."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from textual import events
from textual.screen import Screen
from textual.theme import Theme

from deskmate.config import Config
from deskmate.domain.pasted import is_large
from deskmate.tui.actions.own_keys import own_keys
from deskmate.tui.dialogs.base import CAPTURES, Dialog
from deskmate.tui.screens.queue.screen import QueueScreen
from deskmate.tui.terminal import TerminalApp, install_signal_handlers
from deskmate.tui.themes import LIGHT, palette

if TYPE_CHECKING:
    from deskmate.store.lock import FolderLock
    from deskmate.tui.gateway import Gateway

DEFAULTS = Config()
WARM_UP_AFTER = 1.0
"""Seconds without a key after which SQLModel is brought in."""


class DeskmateApp(TerminalApp):
    """deskmate in a terminal."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "* { scrollbar-size: 0 0; }"

    def __init__(
        self, gateway: Gateway, lock: FolderLock | None, config: Config = DEFAULTS, greeting: str = ""
    ) -> None:
        """``greeting`` stands on the bottom line until the first key."""
        super().__init__()
        self.gateway = gateway
        self.gateway.config = config
        self.lock = lock
        self.greeting = greeting
        self.keymap, remarks = own_keys(config.keys)
        self.remarks = (*config.remarks, *remarks)
        self.queue = QueueScreen(gateway, self.keymap, self.run_anywhere)
        self.farewell = ""
        self._warm = False
        colours = palette()
        self.register_theme(
            Theme(
                name="deskmate",
                primary=colours["accent"],
                background=colours["ground"],
                surface=colours["ground"],
                panel=colours["field-ground"],
                foreground=colours["text"],
                dark=colours is not LIGHT,
                variables={"border": colours["rule"]},
            )
        )
        self.theme = "deskmate"
        self.animation_level = "none"

    def get_default_screen(self) -> QueueScreen:
        """The queue is the first panel; it lies beneath the others and hands them its keys."""
        return self.queue

    def log_folder(self) -> str:
        """Where a fault is written down."""
        return self.gateway.folder

    def content_ready(self) -> bool:
        """Whether the queue has its rows."""
        return self.queue.ready

    def on_mount(self) -> None:
        """Open the door to the writer, and watch for signals and for whoever wants the folder."""
        self.gateway.start()
        install_signal_handlers(self, self.keep_everything)
        self.set_interval(0.25, self._look_at_lock)
        self._warm_timer = self.set_timer(WARM_UP_AFTER, self._warm_up)
        gc.enable()
        gc.freeze()
        if self.greeting:
            self.queue.say(self.greeting)
        if zone := self.gateway.missing_zone():
            self.queue.say(
                f"the zone “{zone}” is not known here, so this machine's counts: 4 sets another", error=True
            )
        if self.remarks:
            more = f" and {len(self.remarks) - 1} more" if len(self.remarks) > 1 else ""
            self.queue.say(f"ignored: {self.remarks[0]}{more}", "deskmate config check says all", error=True)

    async def press(self, event: events.Key) -> bool:
        """Every key comes here first, one after the other."""
        if not self._warm:
            self._warm_timer.reset()
        key = key_name(event)
        self.queue.stopwatch.touched()
        if self.queue.has("attention"):
            self.queue.attention.typed()
        if self.queue.waiting and not isinstance(self.screen, Dialog):
            return await self.queue.press(key)
        if self.run_anywhere(self.keymap.anywhere.get(key, "")):
            return True
        if isinstance(self.screen, Dialog):
            self.screen.moved()
            return await self.screen.press(self.keymap.standard(key))
        return await self.queue.press(key)

    def run_anywhere(self, action: str) -> bool:
        """Run what works over every dialog; False when the dialog or the panel has to."""
        if action == "quit":
            self.leave()
        elif action == "redraw":
            self.refresh(layout=True)
        elif action == "capture" and not any(kind_of(screen) in CAPTURES for screen in self.screen_stack):
            self.queue.capturing.open()
        elif action == "dnd":
            self.queue.switch.turn()
        elif action in ("palette", "recent") and kind_of(self.screen) not in ("choose", "help"):
            self.queue.finding.open(action)
        elif action == "help" and kind_of(self.screen) != "help":
            self.queue.finding.open_help()
        else:
            return False
        return True

    async def pasted(self, event: events.Paste) -> bool:
        """A paste on a list is something to capture; none of it runs. Dialogs know what to do with its lines."""
        if not self._takes_any(event.text):
            return True
        if isinstance(self.screen, Dialog):
            return self.screen.paste(event.text)
        if self.queue.searching:
            return False
        if self.queue.over is None or not self.queue.over.paste(event.text):
            self.queue.capturing.open(pasted=event.text)
        return True

    def _takes_any(self, text: str) -> bool:
        """Whether a paste can go where the cursor is; too large for that, it is attached to what is written about."""
        screen = self.screen
        on_panel = not isinstance(screen, Dialog) and not self.queue.searching
        capturing = kind_of(screen) in CAPTURES or on_panel
        if capturing or not is_large(text):
            return True
        if isinstance(screen, Dialog) and screen.requests:
            self.queue.attachments.keep_paste(screen.requests, text)
            screen.warn("too large for here, so it is attached as a file")
        else:
            self.queue.say("too large for here; capture takes it, or a note does", error=True)
        return False

    def on_queue_screen_leave(self) -> None:
        """The last pane was closed."""
        self.leave()

    def leave(self) -> None:
        """Quit; the next start is where this one was, dialog and all."""
        self.farewell = self.farewell or self.queue.stopwatch.leave()
        self.keep_everything()
        if self.queue.over is not None:
            self.queue.over.left()
        self.exit()

    def keep_everything(self) -> None:
        """Drafts and place, now."""
        for screen in self.screen_stack:
            if isinstance(screen, Dialog):
                screen.keep()
        self.queue.place.keep_now()
        if self.queue.has("attention"):
            self.queue.attention.keep()
        self.gateway.keep_door(self.queue.now())

    def _look_at_lock(self) -> None:
        if self.lock is not None and self.lock.asked_to_leave():
            self.farewell = "Another window took over. Everything is saved."
            self.leave()

    def _warm_up(self) -> None:
        self._warm = True
        self.gateway.warm_up(self.queue.bring_in)
        self.gateway.keep_door(self.queue.now())
        self.queue.attention.look(news=True)

    async def on_unmount(self) -> None:
        """Everything asked for is on disk before the terminal is given back."""
        if not self.gateway.stop():
            self.farewell = "The disk did not answer in time; the last change may be missing."
        if self.gateway.leaving:
            self.farewell = "A reply was still on its way; r t sends it again if it did not leave."
        kept = self.gateway.rescue()
        if kept:
            self.farewell = f"The database could not be written to. What you typed is in {kept}"


def kind_of(screen: Screen[Any]) -> str:
    """What kind of dialog this is, by name: importing them all would cost every start. Empty for a panel."""
    return screen.kind if isinstance(screen, Dialog) else ""


def key_name(event: events.Key) -> str:
    """A key as the key tables name it: its character where it has one."""
    character = event.character
    if character and event.is_printable and len(character) == 1:
        return "space" if character == " " else character
    return event.key
