"""Where deskmate touches Textual's private parts: driver, key queue, paint, crash report. Nowhere else.

A test holds every private name used here against the installed Textual.
"""

import asyncio
import os
import re
import select
import signal
import sys
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any, Final, cast
from weakref import WeakSet

from rich.cells import cell_len, set_cell_size
from rich.console import RenderableType
from rich.segment import Segment
from textual import constants, events
from textual._compositor import LayoutUpdate
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.color import Color
from textual.driver import Driver as TextualDriver
from textual.filter import LineFilter
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from deskmate.tui import early

if "ESCDELAY" not in os.environ:
    # Long enough for an arrow key to arrive whole, which takes longer over a network.
    vars(constants)["ESCAPE_DELAY"] = 0.050 if "SSH_CONNECTION" in os.environ else 0.012

BURST_LENGTH: Final = 16
BURST_GAP: Final = 0.05
"""Seconds within which a read still belongs to the burst before it."""
NOBODY_TYPES: Final = 1_000
"""Characters that nobody types at once, whatever they are."""
PATIENCE: Final = 2.0
"""Seconds one key, an early frame and an orderly end may take at most before we go on without."""
BUILDING: Final = 20.0
"""Seconds for what is still being built, on however slow a machine. An app that waits without end is deaf."""
log_crash = early.log_crash
install_signal_handlers = early.install_signal_handlers
UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff]"
)
"""Controls, text direction, invisible spacing, tags, surrogates; not the joiners, which emoji need."""


REPORTS: Final = re.compile(
    "\x1b\\[(?:\\?[\\d;]*(?:\\$y|[cnu])|\\d+;\\d+R|\\d+(?:;\\d+)+t|[IO])|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)"
)
"""What a terminal says by itself: modes, kinds, positions, sizes, colours, the focus."""
UNFINISHED: Final = re.compile("\x1b(?:\\[[\\d;<>=?]*)?\\Z")
KEY_AFTER_ESC: Final = re.compile("[^][O\\\\\x1b\t\x7f]")
"""What begins no sequence after an esc, as arrows do, function keys, reports, and some send for shift and tab."""
AFTER_ESC: Final = re.compile(f"(?<=\x1b)(?={KEY_AFTER_ESC.pattern})")


class SafeFilter(LineFilter):
    """What every painted line passes last, whichever widget it came from: nothing steers the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, those with something unsafe replaced. Control segments are the app's own."""
        return [
            each if each.control or not UNSAFE.search(each.text) else Segment(disarm(each.text), each.style)
            for each in segments
        ]


def disarm(text: str) -> str:
    """Text without anything that could steer a terminal, exactly as wide as it was."""
    harmless = UNSAFE.sub(lambda found: "\ufffd" if "\ud800" <= found[0] <= "\udfff" else "", text)
    # Nothing left out was counted as a cell, but its neighbours may now join to something narrower.
    return set_cell_size(harmless, cell_len(text)) if harmless != text else text


class TypedBurst(events.Event, bubble=False):
    """Much plain text at once and no bracketed paste: rather pasted than typed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    @property
    def pasted(self) -> bool:
        """Whether nobody types so, not even into a text field: too much, or more than one line."""
        return len(self.text) >= NOBODY_TYPES or len(self.text.strip("\r\n").splitlines()) > 1

    def as_keys(self) -> list[events.Key]:
        """The same as keys, for a field that it was typed into."""
        return [each for each in XTermParser().feed(self.text) if isinstance(each, events.Key)]


class PasteReader:
    """Takes bracketed pastes out of what is read before the parser sees them: it looks at each character, and a
    megabyte would keep the keys after it waiting for a second.
    """

    START, END = "\x1b[200~", "\x1b[201~"

    def __init__(self, feed: Callable[[str], Iterable[Message]]) -> None:
        self._feed = feed
        self._parts: list[str] | None = None
        self._tail = ""

    @property
    def reading(self) -> bool:
        """Whether the end of a paste is still to come."""
        return self._parts is not None

    def read(self, text: str, *, within: bool) -> list[Message]:
        """What a read holds. ``within``: it goes on in a paste whose start came in two reads; the parser has that."""
        found: list[Message] = []
        while text:
            if self._parts is not None:
                inside, end, rest = (self._tail + text).partition(self.END)
                size = len(inside) if end else max(0, len(inside) - len(self.END) + 1)
                self._parts.append(inside[:size])
                self._tail, text = inside[size:], rest
                if end:
                    pasted, self._parts, self._tail = "".join(self._parts).replace("\x00", ""), None, ""
                    found += [events.Paste(pasted)] if pasted else []
            else:
                before, start, rest = (text, "", "") if within else text.partition(self.START)
                if before:
                    found += self._feed(before)
                if start:
                    self._parts = []
                text = rest
        return found


class EscapeReader:
    """Gives the parser what is read, so that esc and a key after it are two keys however fast they came.

    The parser takes what arrived together for alt, for a key of another make, or leaves the esc out; a lost esc
    would run the key on what esc was to leave. Alt and a key is the same to a terminal, and stands for nothing here.
    """

    def __init__(self, parser: XTermParser) -> None:
        self._parser = parser
        self._begun = False

    def feed(self, text: str) -> Iterator[Message]:
        """What the parser makes of a read; what it has begun may end in the next."""
        waits = self._begun and self._parser._timeout_time is not None
        apart = waits and KEY_AFTER_ESC.match(text) is not None
        for piece in AFTER_ESC.split(text):
            if apart:
                self._parser._timeout_time = 0.0  # no more of it comes
                yield from self._parser.tick()
            yield from self._parser.feed(piece)
            apart = True
        self._begun = text.endswith("\x1b")


class BurstGuard:
    """Tells pasted from typed by how it arrives, read by read."""

    def __init__(self) -> None:
        self._tail, self.bracketed = "", False

    def judge(self, text: str) -> str:
        """The text of a read that is a burst; else nothing. What the terminal itself says there is no part of it."""
        seen, within = self._tail + text, self.bracketed
        begun = UNFINISHED.search(self._tail)
        start, end = seen.rfind("\x1b[200~"), seen.rfind("\x1b[201~")
        self._tail, self.bracketed = seen[-5:], start > end if start != end else within
        text = REPORTS.sub("", text)
        if within or self.bracketed or begun or len(text) < BURST_LENGTH or "\x1b" in text:
            return ""
        apart = len(text) >= NOBODY_TYPES or set(text) & set(" \r\n")
        return text if apart and len(set(text)) > 1 else ""


if sys.platform == "win32":
    from textual.drivers.windows_driver import WindowsDriver as Driver
else:
    from textual.drivers.linux_driver import LinuxDriver

    class Driver(LinuxDriver):
        """Textual's driver without its polling, so that Esc and quitting are immediate.

        An early frame is taken over as it stands: not blanked, and the terminal's first state given back.
        """

        _file: Any

        def __init__(self, app: App[Any], **options: Any) -> None:
            super().__init__(app, **options)
            # Unbuffered, and untroubled by a terminal that is gone.
            self._file = SimpleNamespace(write=partial(early.write, 2), flush=lambda: None, fileno=lambda: 2)
            self._woken, self._bell = os.pipe()
            self._inherited = self._reading = False

        def start_application_mode(self) -> None:
            """Start, on top of an early frame if there is one."""
            self._inherited = early.active()
            if self._inherited and isinstance(self._app, TerminalApp):
                self._app.hold()
            super().start_application_mode()  # type: ignore[no-untyped-call]
            self.attrs_before = early.hand_over() or self.attrs_before
            self._reading = self._key_thread is not None and self._key_thread.is_alive()

        def write(self, data: str) -> None:
            """Write, except what would blank the early frame."""
            if self._inherited and data == early.ENTER:
                self._inherited = False
            else:
                super().write(data)

        def disable_input(self) -> None:
            """Stop reading; the thread that reads is woken for it."""
            self._reading = False
            if self._key_thread and self._key_thread.is_alive():
                os.write(self._bell, b"!")
            super().disable_input()
            self._unheard()

        def _unheard(self) -> None:
            """The thread may have ended without the bell: it is not for the next one."""
            if select.select([self._woken], [], [], 0)[0]:
                os.read(self._woken, 64)

        def _sigcont_application(self, *_: object) -> None:
            """Come back from a stop. Textual starts anew, as if it had always left the terminal before, as on ctrl+z.

            After a stop from outside that would be a second thread that reads, so that the end waits for the one
            that was not woken, and the terminal as we made it for its first state.
            """
            if self._reading and self._auto_restart and self._key_thread:
                first, self._reading = self.attrs_before, False
                os.write(self._bell, b"!")
                self.exit_event.set()
                self._key_thread.join()
                self.exit_event.clear()
                self._unheard()
                self.write("\x1b[<u")  # the keyboard protocol is a stack, and is put on it again
                self.close()
                self._must_signal_resume = True
                self.start_application_mode()
                self.attrs_before = first
            elif self._key_thread is None or self._must_signal_resume:
                super()._sigcont_application()

        def run_input_thread(self) -> None:
            """Sleep until there is input, a begun escape sequence falls due, or the app leaves."""
            parser, guard = XTermParser(self._debug), BurstGuard()
            pastes = PasteReader(EscapeReader(parser).feed)
            decode = getincrementaldecoder("utf-8")("replace").decode  # a key in latin-1 is no crash
            # What has been waiting here was not necessarily typed at once.
            arrived_at_once = not select.select([self.fileno], [], [], 0)[0]
            pieces: list[str] = []
            while not self.exit_event.is_set():
                due = parser._timeout_time
                wait = None if due is None else max(0.0, due - get_time())
                wait = BURST_GAP if pieces else wait
                ready, _, _ = select.select([self.fileno, self._woken], [], [], wait)
                if self._woken in ready:
                    os.read(self._woken, 64)
                    self.exit_event.wait(PATIENCE)  # it is set right after the bell
                elif self.fileno in ready:
                    text, within = decode(self._read()), guard.bracketed and not pastes.reading
                    if not text:
                        continue  # half a character: the rest comes
                    burst = guard.judge(text)
                    plain = REPORTS.sub("", text) if pieces else ""
                    if pieces and "\x1b" not in plain:
                        burst = plain  # however short, it goes on where the read before it ended
                    if burst and arrived_at_once and getattr(self._app, "burst_guard", False):
                        # The parser looks at each character, so it gets none of this: only what the terminal says.
                        pieces.append(burst)
                        text = "".join(REPORTS.findall(text))
                    elif pieces:
                        self._burst_ended(pieces)
                    for message in pastes.read(text, within=within):
                        self.process_message(message)
                    arrived_at_once = True
                elif pieces:
                    self._burst_ended(pieces)
                for message in parser.tick():
                    self.process_message(message)

        def _burst_ended(self, pieces: list[str]) -> None:
            """Nothing more of it comes: all of it is one event."""
            self.process_message(TypedBurst("".join(pieces)))
            pieces.clear()

        def _read(self) -> bytes:
            try:
                data = os.read(self.fileno, 4096)
            except OSError:
                data = b""
            if not data:  # the terminal is gone
                self._loop.call_soon_threadsafe(early.leave, cast(TerminalApp, self._app), signal.SIGHUP)
                self.exit_event.wait()
            return data

        def _run_input_thread(self) -> None:
            try:
                self.run_input_thread()
            except Exception as error:  # noqa: BLE001 - it must end the app, not just its keyboard
                self._loop.call_soon_threadsafe(self._app._handle_exception, error)


class NextKey(events.Event, bubble=False):
    """The key before is done with."""


Typed = events.Key | events.Paste | TypedBurst
Place = tuple[Screen[Any] | None, Widget | None]


class SerialKeys(App[None]):
    """Looks at a key only when the one before it has done all it does, opening a screen included.

    The app's own message loop is not held up by that.
    """

    burst_guard = True
    """Whether text that arrives at once is taken for a paste, except in a text field it may have been typed into."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._ahead: deque[Typed] = deque()
        self._before: Place = (None, None)
        self._stuck: WeakSet[MessagePump] = WeakSet()
        self._settling: asyncio.Task[None] | None = None

    async def press(self, event: events.Key) -> bool:
        """The app's own look at a key, before any widget's. True: it is dealt with.

        Screens are pushed right here, not from a worker: only then does the next key wait for them.
        """
        return False

    async def pasted(self, event: events.Paste) -> bool:
        """The app's own look at a paste, bracketed or not. True: it is dealt with."""
        return False

    def typing(self) -> bool:
        """Whether a letter would now land in a text field."""
        return self.focused is not None and self.focused.check_consume_key("a", "a")

    async def on_event(self, event: events.Event) -> None:
        """Line up what was typed; the rest is Textual's."""
        if isinstance(event, NextKey):
            await self._next()
        elif not isinstance(event, Typed) or event.is_forwarded:
            await super().on_event(event)
        else:
            self._ahead.append(event)
            if self._settling is None:
                queue: Any = self._message_queue
                if queue.empty() and self._place() == self._before and all(map(self._is_idle, self._pumps()[:-1])):
                    await self._next()
                else:
                    self._settling = asyncio.create_task(self._go_on())

    async def _go_on(self) -> None:
        try:
            while True:
                await self.settle(self._before)
                # It is handled in the app's own task, as any other message; an app that leaves takes none.
                if not self._ahead or not self.post_message(NextKey()):
                    break
        except Exception as error:  # noqa: BLE001 - better no app than one that is deaf
            self._handle_exception(error)
        finally:
            self._settling = None

    async def _next(self) -> None:
        event, self._before = self._ahead.popleft(), self._place()
        self.app_focus = True
        if isinstance(event, TypedBurst):
            if event.pasted or not self.typing():
                self._ahead.appendleft(events.Paste(event.text))
            else:
                self._ahead.extendleft(reversed(event.as_keys()))
            self._settling = self._settling or asyncio.create_task(self._go_on())
        elif not await (self.press(event) if isinstance(event, events.Key) else self.pasted(event)):
            await super().on_event(event)

    def _place(self) -> Place:
        screen = self._screen_stack[-1] if self._screen_stack else None
        return screen, screen.focused if screen else None

    def _pumps(self) -> list[MessagePump]:
        """Who may have to do with a key, from the inside out, as it bubbles."""
        screen, focused = self._place()
        pumps: list[MessagePump] = []
        pump: MessagePump | None = focused or screen
        while pump is not None and pump is not self:
            pumps.append(pump)
            pump = pump._parent
        return [*pumps, self]

    def _is_idle(self, pump: MessagePump) -> bool:
        """Whether a pump has nothing to do and does nothing; or cannot be waited for."""
        queue: Any = pump._message_queue
        # A pump sleeps on this event. One within a handler does not, nor one that is still being built.
        if sleeps := not queue.values and bool(queue.ready_event._waiters):
            self._stuck.discard(pump)
        return sleeps or pump._closing or pump._closed or pump in self._stuck

    async def settle(self, before: Place | None = None) -> bool:
        """Wait until the focused widget, what it lies in, the screen and the app have nothing left to do.

        Where screen or focus differ from `before`, what was put off until the next paint is waited for too.
        A handler that does not return (perhaps it waits for the very keys that wait here) is given
        `PATIENCE` once, and then left out until it does. False when that happens. What is still being built is
        given `BUILDING`: a key would reach for fields that are not there yet.
        """
        begun, turns = get_time(), 0
        while True:
            screen, _ = place = self._place()
            busy = [pump for pump in self._pumps() if not self._is_idle(pump)]
            put_off = place != before and screen is not None and screen.is_running and screen._callbacks
            if not busy and not put_off:
                return True
            built = all(getattr(pump, "is_mounted", True) for pump in busy)
            if get_time() >= begun + (PATIENCE if built else BUILDING):
                self._stuck.update(busy)
                return False
            turns += 1
            await asyncio.sleep(0 if turns < 50 else 0.002)


class TerminalApp(SerialKeys):
    """What the app is built on: safe text, keys in order, quiet crashes, a screen that is never blank."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe_filter = SafeFilter()
        self._held_until, self._last_words, self.leaving = 0.0, "", False
        self._sized = False
        self.on_signal: Callable[[], None] = lambda: None

    def log_folder(self) -> str | None:
        """The folder that crashes are logged in; None for none."""
        return None

    def on_resize(self, event: events.Resize) -> None:
        """A window that came back to its size before anyone looked has lost what was cut off: paint it all."""
        if self._sized:
            self.refresh(layout=True)
        self._sized = True  # the first one only says how large it is

    def content_ready(self) -> bool:
        """Whether a paint would now show the real thing. Until then an early frame stays."""
        return True

    def get_driver_class(self) -> type[TextualDriver]:
        """Our driver, unless the environment names another."""
        return super().get_driver_class() if constants.DRIVER else Driver

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and ours behind them."""
        return [*super().get_line_filters(), self._safe_filter]

    def _on_mount(self) -> None:
        # A task that fails unseen would have its message printed in the end.
        asyncio.get_running_loop().set_exception_handler(self._stray)
        # After ctrl+z and fg Textual's screen stays empty.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True), immediate=True)

    def tell_terminal(self, sequence: str) -> None:
        """Write a control sequence of our own that changes nothing on the screen."""
        if self._driver is not None:
            self._driver.write(sequence)

    def hold(self) -> None:
        """Leave what is on the screen until there is something to put in its place."""
        self._held_until = get_time() + PATIENCE
        self._held_timer = self.set_timer(PATIENCE, self.refresh)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if self._held_until and renderable is not None and not self._batch_count:
            shows = not isinstance(renderable, LayoutUpdate) or any(
                strip.text.strip() for row in renderable.strips for strip in row
            )
            if not (shows and self.content_ready()) and get_time() < self._held_until:
                return
            self._held_until = 0.0  # what was left out so far is painted now
            self._held_timer.stop()
            renderable = screen._compositor.render_update(True, self._background_screens)
        super()._display(screen, renderable)

    def _handle_exception(self, error: Exception) -> None:
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self.save_drafts()
            noticed: Any = self._exception_event
            noticed.set()
        self._report(error)
        self._close_messages_no_wait()

    def save_drafts(self) -> None:
        """What was asked to be done before a sudden end. Nothing it does keeps the app from ending."""
        try:
            self.on_signal()
        except Exception as error:  # noqa: BLE001 - it ends either way, and must restore the terminal
            self._report(error)

    def panic(self, *renderables: RenderableType) -> None:
        """End the app. What Textual would say may show contents: it is not said."""
        self._handle_exception(RuntimeError())

    def _report(self, error: BaseException) -> None:
        folder = self.log_folder()
        log = folder and log_crash(folder, error)
        if not self._last_words:
            cause = getattr(error, "error", error)  # a failed worker's own
            where = f"Where it happened, without any contents: {log}" if log else "There is no log."
            self._last_words = disarm(f"deskmate had to stop: {type(cause).__name__}. {where}")

    def _stray(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if (folder := self.log_folder()) and (error := context.get("exception")):
            log_crash(folder, error)
        else:
            loop.default_exception_handler(context)

    def _print_error_renderables(self) -> None:
        if self._last_words:
            self._exit_renderables.clear()
            early.write(2, self._last_words + "\n")
        super()._print_error_renderables()
        self._last_words = ""
