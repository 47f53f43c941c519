"""The terminal as a person has it: a real pty, a tiny app, and no assertion on absolute times."""

import asyncio
import inspect
import itertools
import json
import os
import re
import signal
import stat
import statistics
import termios
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from rich.cells import cell_len
from rich.segment import Segment
from textual import constants, events
from textual._compositor import Compositor, LayoutUpdate
from textual._parser import Parser
from textual._queue import Queue
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.color import Color
from textual.driver import Driver as TextualDriver
from textual.drivers.linux_driver import LinuxDriver
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.worker import WorkerFailed

from deskmate.tui import early, terminal
from deskmate.tui.terminal import BurstGuard, EscapeReader, PasteReader, SafeFilter, TypedBurst, disarm
from tests.support.terminal import ROOT, Terminal, python
from tests.support.tiny_app import EARLY, Tiny
from tests.support.waiting import PATIENCE

PAYLOADS = {
    "osc52": "\x1b]52;c;UFdORUQ=\x07",
    "title": "\x1b]0;PWNED\x07",
    "osc8": "\x1b]8;;file:///etc/passwd\x1b\\",
    "clear": "\x1b[2JPWN",
    "reset": "\x1bcPWN",
    "report": "\x1b[6n",
    "dcs": "\x1bP$qPWN\x1b\\",
    "c1-csi": "\x9b2JPWN",
    "c1-osc": "\x9d0;PWN\x9c",
    "c1-dcs": "\x90PWN\x9c",
    "nul": "\x00P",
    "bell": "\x07P",
    "back": "\x08P",
    "delete": "\x7fP",
    "return": "AA\rP",
    "vertical": "\x0bP",
    "feed": "\x0cP",
    "shift": "\x0e\x0fP",
    "next-line": "\x85P",
    "override": "\u202eP\u202c",
    "isolate": "\u2066P\u2069",
    "mark": "\u200f\u061cP",
    "zero": "\u200bP\ufeff\u2060",
    "separator": "\u2028P\u2029",
    "tags": "\U000e0041\U000e0042P",
    "surrogate": "\udc9bP",
    "alternate": "\x1b[?1049lPWN",
    "paste-end": "\x1b[201~PWN",
}
FORBIDDEN = [chr(code) for code in range(0x80, 0xA0)] + list(
    "\x00\x07\x0b\x0c\x0e\x0f\x7f\u061c\u200b\u200f\u2028\u2029\u202c\u202e\u2060\u2066\u2069\ufeff\U000e0041\U000e0042"
)
SEQUENCES = [
    b"\x1b[201~",
    b"\x1b[?1049l",
    b"\x1bcP",
    b"\x1b]52",
    b"\x1b]0;",
    b"\x1b]8;",
    b"\x1b[2J",
    b"\x1b[6n",
    b"\x1bP",
    b"AA\rP",
]


def tiny(kind: str = "tiny", *words: str, **options: Any) -> Terminal:
    return Terminal(python("-m", "tests.support.tiny_app", kind, *words), cwd=ROOT, **options)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Terminal]:
    with tiny(env={"TINY_FOLDER": str(tmp_path)}) as running:
        running.wait_for("READY-MARK")
        yield running


# --- safe text ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["static", "rich", "label", "input", "options", "title"])
def test_no_foreign_byte_reaches_the_terminal(kind: str, tmp_path: Path) -> None:
    texts = tmp_path / "texts.json"
    texts.write_text(json.dumps([f"<{name}>{text}" for name, text in PAYLOADS.items()]), encoding="utf-8")
    with tiny("hostile", kind, str(texts), size=(120, 100)) as running:
        running.wait_for("READY-MARK")
        running.wait_quiet()
        for name in PAYLOADS:
            assert f"<{name}>" in running.text()
        # Textual's own word about the shape of the mouse pointer ends with a bell.
        written = re.sub("\x1b]22;[a-z-]*\x07", "", running.raw.decode("utf-8"))
    assert [hex(ord(char)) for char in FORBIDDEN if char in written] == []
    assert [each for each in SEQUENCES if each in running.raw] == []


@pytest.mark.parametrize(
    "text", [*PAYLOADS.values(), "a\u200b\u0301e", "\u260e\u2060\ufe0f", "\U0001f469\u200b\u200d\U0001f4bb"]
)
def test_disarmed_text_is_as_wide_as_before(text: str) -> None:
    assert cell_len(disarm(text)) == cell_len(text)
    assert not terminal.UNSAFE.search(disarm(text))


def test_harmless_text_and_control_segments_pass_untouched() -> None:
    family = "\U0001f469\u200d\U0001f4bb \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    segments = [Segment("plain"), Segment(family), Segment("\x1b[1m", None, [(0,)])]  # type: ignore[list-item]
    assert SafeFilter().apply(segments, Color(0, 0, 0)) == segments


# --- one key at a time ----------------------------------------------------------------------------------------


def test_keys_typed_ahead_are_taken_in_order(app: Terminal) -> None:
    for number, mark in enumerate("BCDEFGHIJKLMNOPQRSUV"):
        opening = "A" if number % 2 else "a"
        app.send(f"p2j{opening}jam {mark}\rjp1")  # shorter than what is taken for a paste
        app.wait_for(f"p2 j <jam {mark}> j p1")
        app.send(f"p4xp4p4{mark}")
        app.wait_for(f"p1 p4 x p4 p4 {mark}")


def test_escape_leaves_a_field_and_the_next_key_is_a_verb_again(app: Terminal) -> None:
    for mark in "BCDEFGHIJKLMNOPQRSUV":
        app.send("ahalf written")
        app.wait_for("half written")
        app.send("\x1b")
        app.wait_for(lambda: "half written" not in app.text())
        app.send(f"p3k{mark}")
        app.wait_for(f"<> p3 k {mark}")


async def test_a_handler_that_never_returns_does_not_stop_the_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "PATIENCE", 0.1)
    app = Tiny()
    async with app.run_test() as pilot:
        await pilot.pause()
        state, gate = app.query_one("#state"), asyncio.Event()
        state.can_focus = True
        state.focus()
        await pilot.pause()
        state.call_later(gate.wait)
        try:
            for key in "jkx":
                app.post_message(events.Key(key, key))
            async with asyncio.timeout(PATIENCE):
                while app.seen != ["j", "k", "x"]:
                    await asyncio.sleep(0.01)
        finally:
            gate.set()
        await pilot.press("y")
        assert app.seen[-1] == "y"
        assert not app._stuck


def test_a_paste_keeps_its_place_among_the_keys(app: Terminal) -> None:
    app.send("j\x1b[200~two words and more\r\x1b[201~x")
    app.wait_for("j pasted:19 x")


def test_unbracketed_paste_runs_no_command(app: Terminal) -> None:
    app.send("y")  # what the app reads first may have been waiting for it, which is no burst
    app.wait_for("y")
    app.send("please reset my password\r")
    app.wait_for("y pasted:25")
    app.wait_quiet()
    app.send("x")
    app.wait_for("pasted:25 x")


def test_what_comes_in_pieces_without_a_gap_is_one_paste(app: Terminal) -> None:
    app.send("y")
    app.wait_for("y")
    for piece in ("please reset my password\r", "x", "qq\x1b[I", "y" * 9_000):
        app.send(piece)
    app.wait_for("y pasted:9028")


def test_a_burst_in_a_text_field_is_typed(app: Terminal) -> None:
    app.send("a")
    app.wait_for("capture")
    app.send("please reset my password\r")
    app.wait_for("<please reset my password>")


def test_what_nobody_types_is_pasted_into_a_field_too() -> None:
    assert not TypedBurst("please reset my password\r").pasted
    assert TypedBurst("please reset\rmy password").pasted, "its end would close the field, and the rest run"
    assert TypedBurst("0123456789" * 100).pasted
    assert [key.key for key in TypedBurst("a B\r").as_keys()] == ["a", "space", "B", "enter"]


def test_what_is_a_burst() -> None:
    def judge(*reads: str) -> list[str]:
        guard = BurstGuard()
        return ["burst" if guard.judge(read) else "" for read in reads]

    assert judge("x" * 3_000, " " * 30, "abc def", "abcdefghijklmnop") == ["", "", "", ""]
    assert judge("sixteen letters.", "d") == ["burst", ""]
    assert judge("c2VjcmV0" * 200) == ["burst"]
    assert judge("\x1b[200~a line of some text", "and another line of it", "\x1b[201~") == ["", "", ""]
    assert judge("\x1b[200~one two three four\x1b[20", "1~", "one two three four") == ["", "", "burst"]
    assert judge("\x1b[B\x1b[B\x1b[B and so on and on") == [""]
    assert judge("\x1b[B", "a line of some text\r") == ["", "burst"]
    assert judge("\x1b[", "B and so on and on") == ["", ""]


def read(*reads: str) -> list[str]:
    """The keys that come of these reads, each right after the one before."""
    parser = XTermParser()
    reader = EscapeReader(parser)
    found = [event for text in reads for event in reader.feed(text)]
    if parser._timeout_time is not None:
        parser._timeout_time = 0.0
        found += parser.tick()
    return [event.key for event in found if isinstance(event, events.Key)]


def test_esc_and_the_next_key_are_two_however_fast() -> None:
    for key in [*map(chr, range(0x20, 0x7F)), "\r", "\x0e", "é"]:
        if key not in "[]O\\":
            alone = read(key)
            assert read(f"\x1b{key}j") == read("\x1b", f"{key}j") == ["escape", *alone, "j"]
            assert read(f"\x1b\x1b{key}") == ["escape", "escape", *alone]


@pytest.mark.parametrize(
    ("sent", "key"),
    [("\x1b[B", "down"), ("\x1b[1;3D", "alt+left"), ("\x1bOS", "f4"), ("\x1b\t", "shift+tab"),
     ("\x1b[Z", "shift+tab"), ("\x1b\x7f", "ctrl+w"), ("\x1b[97;5u", "ctrl+a"), ("\x1b", "escape")],
)  # fmt: skip
def test_one_key_stays_one_wherever_a_read_ends(sent: str, key: str) -> None:
    for cut in range(len(sent)):
        reads = [part for part in (sent[:cut], sent[cut:]) if part]
        assert read(*reads) == [key]
        assert read(*reads, "j") == [key, "j"]


@pytest.mark.parametrize(
    "report",
    ["\x1b[?2026;0$y", "\x1b[?2026;2$y\x1b[?2048;0$y", "\x1b[?62;22c", "\x1b[6;20;10t", "\x1b[24;80R", "\x1b[I",
     "\x1b]11;rgb:0000/0000/0000\x07", "\x1b]10;rgb:ffff/ffff/ffff\x1b\\"],
)  # fmt: skip
@pytest.mark.parametrize("before", [True, False])
def test_what_the_terminal_says_hides_no_burst(report: str, before: bool) -> None:
    words = "please reset my password\r"
    assert BurstGuard().judge(report + words if before else words + report) == words
    assert BurstGuard().judge(report) == ""


# --- the end --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_saves_drafts_and_gives_the_terminal_back(
    number: signal.Signals, app: Terminal, tmp_path: Path
) -> None:
    app.send("jk")
    app.wait_for("j k")
    assert app.attributes() != app.before
    app.kill(number)
    assert app.wait_exit() == 128 + number
    assert app.attributes() == app.before
    assert not app.alternate
    assert not app.cursor_hidden
    assert (tmp_path / "draft").read_text(encoding="utf-8") == "j k"


def test_a_closed_window_saves_drafts(app: Terminal, tmp_path: Path) -> None:
    app.send("jk")
    app.wait_for("j k")
    app.hang_up()
    assert app.wait_exit() == 128 + signal.SIGHUP
    assert (tmp_path / "draft").read_text(encoding="utf-8") == "j k"


@pytest.mark.parametrize(("key", "kind"), [("!", "RuntimeError"), ("W", "ValueError")])
def test_a_crash_shows_and_logs_no_contents(key: str, kind: str, app: Terminal, tmp_path: Path) -> None:
    app.send("j" + key)
    assert app.wait_exit() == 1
    log = tmp_path / "deskmate.log"
    written = log.read_text(encoding="utf-8")
    assert b"CANARY" not in app.raw
    assert "CANARY" not in written
    assert f"{kind}. " in app.text()
    assert str(log) in app.text().replace("\n", "")
    assert kind in written
    assert "tiny_app.py:" in written
    assert stat.S_IMODE(os.stat(log).st_mode) == 0o600
    assert app.attributes() == app.before
    assert (tmp_path / "draft").exists()


def test_a_task_that_fails_unseen_is_logged_without_contents(app: Terminal, tmp_path: Path) -> None:
    app.send("T")
    app.wait_for("stray")
    app.send("q")
    assert app.wait_exit() == 0
    assert b"CANARY" not in app.raw


def test_the_log_names_every_cause_and_no_message(tmp_path: Path) -> None:
    def fail() -> None:
        try:
            raise KeyError("CANARY")
        except KeyError as error:
            raise ExceptionGroup("CANARY", [OSError("CANARY"), ValueError("CANARY")]) from error

    with pytest.raises(ExceptionGroup) as caught:
        fail()
    path = early.log_crash(str(tmp_path), caught.value)
    written = Path(path).read_text(encoding="utf-8")
    assert "CANARY" not in written
    for kind in ("KeyError", "ExceptionGroup", "OSError", "ValueError", "in fail"):
        assert kind in written
    assert early.log_crash(str(tmp_path / "nowhere"), caught.value) == ""


def test_the_screen_is_back_after_suspend(app: Terminal) -> None:
    app.send("j")
    app.wait_for("j")
    app.send("Z")
    app.wait_for(lambda: app.stopped and not app.alternate)
    assert app.attributes() == app.before
    app.kill(signal.SIGCONT)
    app.wait_for("READY-MARK")
    app.send("k")
    app.wait_for("j k")


def test_a_stop_from_outside_loses_no_key_and_leaves_the_terminal_as_it_was(app: Terminal) -> None:
    app.send("j")
    app.wait_for("j")
    for number in range(1, 4):
        app.kill(signal.SIGSTOP)
        app.wait_for(lambda: app.stopped)
        termios.tcsetattr(app._slave, termios.TCSANOW, app.before)  # as a shell does that is in front meanwhile
        app.send("k")
        app.kill(signal.SIGCONT)
        app.wait_for(" ".join(["j", *["k"] * number]))
        app.wait_for("READY-MARK")
    app.send("q")
    assert app.wait_exit() == 0
    assert app.attributes() == app.before
    assert not app.alternate


def test_escape_and_quit_are_quicker_than_textuals_own() -> None:
    escape: dict[str, list[float]] = {"plain": [], "hello": []}
    quitting: dict[str, list[float]] = {"plain": [], "hello": []}
    for _ in range(3):
        for kind, latencies in escape.items():
            with tiny(kind) as running:
                running.wait_for("READY-MARK")
                running.wait_quiet()
                for _ in range(3):
                    latencies.append(running.time_to_output("\x1b"))
                    running.wait_quiet()
                started = running.reads[-1][0]
                running.send("q")
                running.wait_exit()
                quitting[kind].append(running.reads[-1][0] - started)
    assert statistics.median(escape["hello"]) < statistics.median(escape["plain"])
    assert statistics.median(quitting["hello"]) < statistics.median(quitting["plain"])


# --- the early frame ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "modes"), [("early", {}), ("early", {2026: 2}), ("earlyplain", {})])
def test_taking_over_never_shows_a_blank_screen(kind: str, modes: dict[int, int]) -> None:
    seen: list[list[str]] = []
    with tiny(kind, modes=modes, watch=seen.append) as running:
        running.wait_for("READY-MARK")
        running.wait_quiet()
        raw = bytes(running.raw)
        if kind == "early":
            # The app painted twice, without rows and with them. Only the second is ever seen.
            shown = [screen for screen in seen if any(screen)]
            assert all(EARLY[0] in "\n".join(screen) for screen in shown)
        running.send("q")
        running.wait_exit()
        assert running.attributes() == running.before
        assert not running.alternate
    first = next(number for number, screen in enumerate(seen) if any(screen))
    assert all(any(screen) for screen in seen[first : seen.index(next(s for s in seen if "READY-MARK" in str(s)))])
    assert raw.count(b"\x1b[?1049h") == 1
    assert b"\x1b[2J" not in raw


def test_keys_typed_before_textual_is_there_are_not_lost() -> None:
    with tiny("early") as running:
        running.wait_for(EARLY[0])
        running.send("japrinter\r")
        running.wait_for("j <printer>")


def test_an_early_frame_nobody_takes_over_is_undone() -> None:
    code = "from deskmate.tui import early; print(early.begin()); early.paint(['row']); print(early.active())"
    with Terminal(python("-c", code)) as running:
        assert running.wait_exit() == 0
        assert running.attributes() == running.before
        assert not running.alternate
        assert not running.cursor_hidden
        assert b"(80, 24)" in running.raw
        assert b"True" in running.raw


@pytest.mark.parametrize("name", ["dumb", ""])
def test_no_early_frame_on_a_terminal_that_cannot(name: str) -> None:
    code = (
        "from deskmate.tui import early; print(early.begin(), early.active()); early.paint(['row']); early.restore()"
    )
    with Terminal(python("-c", code), env={"TERM": name}) as running:
        assert running.wait_exit() == 0
        assert bytes(running.raw) == b"None False\r\n"


# --- Textual underneath ---------------------------------------------------------------------------------------


def _takes(function: Any, *names: str) -> None:
    assert list(inspect.signature(function).parameters)[: len(names)] == list(names)


def test_private_parts_are_where_we_think() -> None:
    """When this fails, Textual has changed: read `deskmate/tui/terminal.py` against it before anything else."""
    _takes(App._display, "self", "screen", "renderable")
    _takes(App._handle_exception, "self", "error")
    _takes(App._print_error_renderables, "self")
    _takes(App._close_messages_no_wait, "self")
    _takes(App.panic, "self", "renderables")
    _takes(App.get_line_filters, "self")
    _takes(App.on_event, "self", "event")
    _takes(Compositor.render_update, "self", "full", "screen_stack", "simplify")
    _takes(LayoutUpdate.__init__, "self", "strips", "region")
    _takes(XTermParser.__init__, "self", "debug")
    _takes(Parser.tick, "self")
    _takes(LinuxDriver.run_input_thread, "self")
    _takes(LinuxDriver._run_input_thread, "self")
    _takes(LinuxDriver.disable_input, "self")
    _takes(LinuxDriver.start_application_mode, "self")
    _takes(LinuxDriver.write, "self", "data")
    _takes(TextualDriver.process_message, "self", "message")
    assert isinstance(inspect.getattr_static(App, "_background_screens"), property)
    assert isinstance(inspect.getattr_static(App, "_screen_stack"), property)
    assert inspect.iscoroutinefunction(App.on_event)
    assert "ESCAPE_DELAY" in vars(constants)
    assert "constants.ESCAPE_DELAY" in inspect.getsource(XTermParser.parse), "read at each use, not at import"
    assert '"\\x1b[?1049h"' in inspect.getsource(LinuxDriver.start_application_mode)
    assert early.ENTER == "\x1b[?1049h"
    starts = inspect.getsource(LinuxDriver.__init__) + inspect.getsource(LinuxDriver.start_application_mode)
    for name in ("self._file", "self.fileno", "self.attrs_before", "self.exit_event", "self._key_thread"):
        assert f"{name} =" in starts or f"{name}:" in starts
    assert "target=self._run_input_thread" in starts
    assert "self.exit_event.set()" in inspect.getsource(LinuxDriver.disable_input)
    assert "MessagePumpClosed" in inspect.getsource(MessagePump._get_message)
    assert "self.error" in inspect.getsource(WorkerFailed.__init__)
    assert "_timeout_time" in vars(XTermParser())
    queue: Queue[int] = Queue()
    assert not queue.values
    assert not queue.ready_event._waiters  # type: ignore[attr-defined]


async def test_private_state_of_a_running_app_is_where_we_think() -> None:
    app = Tiny()
    async with app.run_test() as pilot:
        await pilot.pause()
        screen: Screen[Any] = app.screen
        for name in ("_parent", "_closing", "_closed", "_message_queue"):
            assert hasattr(screen, name)
        for name in (
            "_exception",
            "_exception_event",
            "_exit_renderables",
            "_return_code",
            "_driver",
            "_batch_count",
        ):
            assert hasattr(app, name)
        assert isinstance(screen._callbacks, list)
        assert app._is_idle(screen), "a pump with nothing to do waits on its queue's event"
        assert app._settling is None
        assert threading.get_ident() == app._thread_id


@given(
    some.text(alphabet="ab\n\x1b[~20", max_size=40),
    some.lists(some.integers(0, 70), max_size=5),
)
def test_a_paste_comes_out_whole_however_it_is_read(pasted: str, cuts: list[int]) -> None:
    pasted = pasted.replace("\x1b", "")
    sent = f"x\x1b[200~{pasted}\x1b[201~y"
    parser, guard, found = XTermParser(), BurstGuard(), []
    pastes = PasteReader(parser.feed)
    edges = [0, *sorted(min(cut, len(sent)) for cut in cuts), len(sent)]
    for start, end in itertools.pairwise(edges):
        read = sent[start:end]
        if read:
            got = pastes.read(read, within=guard.bracketed and not pastes.reading)
            guard.judge(read)
            found += [event.text if isinstance(event, events.Paste) else event.key for event in got]
    assert [text for text in found if text] == ["x", *([pasted] if pasted else []), "y"]
