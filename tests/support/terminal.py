"""A terminal for tests: a command on a real pty, its queries answered, and what a person would see.

Linux only. Nothing sleeps for a fixed time: every wait reads what the command writes until it holds.
"""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pyte
from wcwidth import wcwidth

from tests.support.waiting import PATIENCE

ROOT = Path(__file__).parents[2]

_QUERIES = re.compile(
    rb"\x1b\[(?:(?P<cursor>6n)|(?P<kind>0?c)|\?(?P<mode>\d+)\$p|(?P<cell>16t)|(?P<pixels>14t))"
    rb"|\x1b\](?P<colour>1[01]);\?(?:\x07|\x1b\\)"
)
# What pyte would print as letters: private sequences of the keyboard protocol and the like.
_FOREIGN = re.compile(rb"\x1b\[[<>=][0-9;]*[A-Za-z]|\x1b\[\?[0-9;]*\$[a-z]")
_UNFINISHED = re.compile(rb"\x1b(?:\[[<>=?0-9;$]*)?\Z")


SYNCHRONIZED = 2026
"""The mode of a terminal that shows a frame when all of it is there."""
BEGIN, END = b"\x1b[?2026h", b"\x1b[?2026l"
_FRAME = re.compile(b"(%b|%b)" % (re.escape(BEGIN), re.escape(END)))


class Screen(pyte.Screen):
    """A pyte screen that knows the alternate screen, as far as tests need it: turning to it empties it."""

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        if kwargs.get("private") and 1049 in modes:
            self.alternate = True
            self.erase_in_display(2)
        super().set_mode(*modes, **kwargs)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        if kwargs.get("private") and 1049 in modes:
            self.alternate = False
            self.erase_in_display(2)
            self.cursor_position()
        super().reset_mode(*modes, **kwargs)

    alternate = False

    @property
    def display(self) -> list[str]:
        """The rows. Half a wide character, the other half written over, is a blank, as in a terminal."""
        return ["".join(self._cells(self.buffer[row])) for row in range(self.lines)]

    def _cells(self, line: Any) -> Iterator[str]:
        covered = False
        for column in range(self.columns):
            char = line[column].data
            if not covered:
                yield char or " "
            covered = not covered and bool(char) and wcwidth(char[0]) == 2


class Terminal:
    """A command in a terminal of its own.

    Args:
        argv: The command; the tests' own Python as ``sys.executable``.
        size: Columns and rows.
        env: Variables on top of the plain ones (``TERM``, ``PYTHONPATH`` and what the process has).
        modes: What the terminal says about its modes (DECRPM): 0 unknown, 1 set, 2 reset. Unless told it knows
            synchronized output and nothing else: no resize reports, no kitty keyboard. With ``{}`` it is a
            simple xterm, and a read may end in the middle of a frame.
        watch: Called with the screen after every read, at whatever byte the read ended.
    """

    def __init__(
        self,
        argv: Sequence[str],
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        *,
        cwd: str | Path | None = None,
        modes: Mapping[int, int] | None = None,
        watch: Callable[[list[str]], None] | None = None,
    ) -> None:
        self.raw = bytearray()
        """Every byte the command wrote."""
        self.reads: list[tuple[float, int]] = []
        """When each read came, and how long `raw` was then."""
        self._modes = {SYNCHRONIZED: 2} if modes is None else dict(modes)
        self._before: list[str] | None = None
        self._watch = watch
        self._kept = b""
        self._screen = Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._master, self._slave = os.openpty()
        self._gone = False
        self._set_size(*size)
        os.set_blocking(self._master, False)
        plain = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("TEXTUAL") and name not in ("COLUMNS", "LINES", "NO_COLOR", "ESCDELAY")
        }
        plain |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        plain["PYTHONPATH"] = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
        self.before = self.attributes()
        """The terminal's attributes before the command ran."""
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            list(argv),
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            cwd=cwd,
            env=plain | dict(env or {}),
            start_new_session=True,
            # Only the child itself can take the terminal as its own.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
        )

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The command's process."""
        return self.process.pid

    def send(self, data: str | bytes) -> None:
        """Type or paste, in one write as far as the terminal takes it."""
        left = data.encode() if isinstance(data, str) else data
        while left:
            try:
                left = left[os.write(self._master, left) :]
            except BlockingIOError:
                self._pump(0.01)

    def wait_for(self, what: str | Callable[[], object], timeout: float = PATIENCE) -> None:
        """Read until a text is on the screen or a condition holds. Raises AssertionError with the screen."""
        holds = what if callable(what) else lambda: any(what in line for line in self.screen())
        end = time.perf_counter() + timeout
        while not holds():
            ended = self.process.poll() is not None
            if not self._pump(0.05) and (ended or time.perf_counter() > end):
                if holds():
                    return
                why = f"ended with {self.process.returncode}" if ended else f"nothing after {timeout} s"
                raise AssertionError(f"{what!r}: {why}\n" + "\n".join(self.screen()))

    def wait_quiet(self, quiet: float = 0.1, timeout: float = PATIENCE) -> None:
        """Read until nothing came for a while."""
        end = time.perf_counter() + timeout
        while self._pump(quiet):
            assert time.perf_counter() < end, "the command does not stop writing"

    def time_to_output(self, data: str | bytes, timeout: float = PATIENCE) -> float:
        """Seconds from sending something to the first byte of the answer. Compare, do not assert."""
        length = len(self.raw)
        start = time.perf_counter()
        self.send(data)
        self.wait_for(lambda: len(self.raw) > length, timeout)
        return self.reads[-1][0] - start

    def wait_exit(self, timeout: float = PATIENCE) -> int:
        """Read until the command has ended; its exit code, negative for a signal that killed it."""
        end = time.perf_counter() + timeout
        while self.process.poll() is None:
            self._pump(0.002)
            assert time.perf_counter() < end, "still running\n" + "\n".join(self.screen())
        while self._pump(0):
            pass
        self._before = None  # a frame that was cut off is seen as far as it came
        return self.process.returncode

    def screen(self) -> list[str]:
        """What is on the screen, row by row, without the blanks at the ends of the rows.

        While a synchronized frame is on its way that is what was there before.
        """
        return self._before if self._before is not None else self._now()

    def _now(self) -> list[str]:
        return [line.rstrip() for line in self._screen.display]

    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.screen())

    @property
    def alternate(self) -> bool:
        """Whether the alternate screen is shown."""
        return self._screen.alternate

    @property
    def cursor_hidden(self) -> bool:
        """Whether the cursor is hidden."""
        return self._screen.cursor.hidden

    def attributes(self) -> list[Any]:
        """The terminal's attributes as they are now; after the command has ended, what it left behind."""
        return termios.tcgetattr(self._slave)

    @property
    def stopped(self) -> bool:
        """Whether the command is stopped, as by ctrl+z."""
        return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"

    def cpu_seconds(self) -> float:
        """CPU time the command has used, all of its threads."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def resize(self, columns: int, rows: int) -> None:
        """Change the window's size; the kernel tells the command."""
        self._screen.resize(rows, columns)
        self._set_size(columns, rows)

    def kill(self, number: signal.Signals) -> None:
        """Send a signal to the command."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the window: the kernel sends SIGHUP, and the terminal is gone for good."""
        if not self._gone:
            self._gone = True
            os.close(self._master)

    def close(self) -> None:
        """End the command, however it does."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()
        if self._slave >= 0:
            os.close(self._slave)
            self._slave = -1

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, columns * 10, rows * 20))

    def _pump(self, timeout: float) -> bool:
        """Read once; whether anything came."""
        if self._gone:
            time.sleep(min(timeout, 0.01))
            return False
        if not select.select([self._master], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            return False
        self.raw += data
        self.reads.append((time.perf_counter(), len(self.raw)))
        data = self._kept + data
        unfinished = _UNFINISHED.search(data)
        self._kept = unfinished[0] if unfinished else b""
        whole = data[: len(data) - len(self._kept)]
        for part in _FRAME.split(whole):
            if part == BEGIN:
                self._before = self.screen()
            elif part == END:
                self._before = None
            else:
                self._stream.feed(_FOREIGN.sub(b"", part))
        for query in _QUERIES.finditer(whole):
            self._answer(query)
        if self._watch is not None:
            self._watch(self.screen())
        return True

    def _answer(self, query: re.Match[bytes]) -> None:
        cursor = self._screen.cursor
        if query["cursor"]:
            self.send(f"\x1b[{cursor.y + 1};{cursor.x + 1}R")
        elif query["kind"]:
            self.send(b"\x1b[?62;22c")
        elif query["mode"]:
            self.send(b"\x1b[?%b;%d$y" % (query["mode"], self._modes.get(int(query["mode"]), 0)))
        elif query["cell"]:
            self.send(b"\x1b[6;20;10t")
        elif query["pixels"]:
            self.send(b"\x1b[4;%d;%dt" % (self._screen.lines * 20, self._screen.columns * 10))
        else:
            self.send(b"\x1b]%b;rgb:%b\x07" % (query["colour"], b"/".join([b"0000"] * 3)))


def python(*words: str) -> list[str]:
    """A command line that runs this Python."""
    return [sys.executable, *words]
