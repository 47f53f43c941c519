"""A terminal that measures: a command on a real pty, its queries answered, every read with its time.

Unlike a terminal for people it keeps no screen: looking at bytes must not take time from the command.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path

_QUERY = re.compile(rb"\x1b\[(?:(6n)|(0?c)|\?(\d+)\$p|(16t)|(14t))|\x1b\](1[01]);\?")
QUIET = 0.045
"""Seconds without a byte after which a paint is over: nearly three frames at 60 a second."""


class Gone(Exception):
    """The command ended, or wrote nothing more, before what was waited for."""


class Terminal:
    """A command at 80×24. Leave the ``with`` block and it is killed if it still runs."""

    def __init__(self, argv: Sequence[str], env: dict[str, str], size: tuple[int, int] = (80, 24)) -> None:
        self._size = size
        self._master, slave = os.openpty()
        columns, lines = size
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, columns * 10, lines * 20))
        self.written = bytearray()
        self._seen = 0
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            argv,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=env,
            # No preexec_fn to make it the controlling terminal: that would fork this whole process, which takes the
            # longer the larger the desks are that it has just made.
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)

    def until(self, marker: bytes | re.Pattern[bytes], since: int = 0, timeout: float = 60) -> float:
        """Read until the bytes from ``since`` on hold the marker; the time of the read that brought it."""
        pattern = re.compile(re.escape(marker)) if isinstance(marker, bytes) else marker
        at = time.perf_counter()
        end = at + timeout
        while not pattern.search(self.written, since):
            read = self._read(0.5)
            at = read or at
            if (read is None and self.process.poll() is not None) or time.perf_counter() > end:
                raise Gone(f"{pattern.pattern!r} was not written; the last was {bytes(self.written[-300:])!r}")
        return at

    def quiet(self, seconds: float = QUIET) -> float:
        """Read until nothing came for so long; the time of the last read, or of the call when there was none."""
        last = time.perf_counter()
        while (at := self._read(seconds)) is not None:
            last = at
        return last

    def send(self, data: bytes) -> float:
        """Type; the time just before."""
        at = time.perf_counter()
        os.write(self._master, data)
        return at

    def key(self, data: bytes) -> float:
        """Seconds from a key to the last byte of the paint that answers it."""
        start = self.send(data)
        first = self._read(3)
        if first is None:
            raise Gone(f"nothing answers {data!r}")
        return max(first, self._rest(first)) - start

    def key_until(self, data: bytes, marker: bytes, timeout: float = 10) -> float:
        """Seconds from a key to the last byte of the paint that brings the marker."""
        since = len(self.written)
        start = self.send(data)
        at = self.until(marker, since, timeout)
        while (more := self._read(0.004)) is not None:  # the rest of the same paint
            at = more
        self.quiet()
        return at - start

    def quit(self, data: bytes) -> float:
        """Seconds from a key to the end of the process."""
        start = self.send(data)
        while self.process.poll() is None:
            self._read(0.001)
            if time.perf_counter() > start + 10:
                raise Gone(f"{data!r} does not end it")
        return time.perf_counter() - start

    def memory(self, field: str = "VmHWM") -> float:
        """MiB: the most the process had so far, or with ``VmRSS`` what it has now."""
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
                if line.startswith(field):
                    return int(line.split()[1]) / 1024
        return float("nan")

    def _rest(self, last: float) -> float:
        while (at := self._read(QUIET)) is not None:
            last = at
        return last

    def _read(self, timeout: float) -> float | None:
        if not select.select([self._master], [], [], timeout)[0]:
            return None
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # the other end is closed
            time.sleep(min(timeout, 0.001))
            return None
        at = time.perf_counter()
        self.written += data
        for query in _QUERY.finditer(self.written, self._seen):
            self._seen = query.end()
            self._answer(query)
        return at

    def _answer(self, query: re.Match[bytes]) -> None:
        cursor, kind, mode, cell, pixels, colour = query.groups()
        columns, lines = self._size
        if cursor:
            answer = b"\x1b[1;1R"
        elif kind:
            answer = b"\x1b[?62;22c"
        elif mode:
            answer = b"\x1b[?%b;0$y" % mode
        elif cell:
            answer = b"\x1b[6;20;10t"
        elif pixels:
            answer = b"\x1b[4;%d;%dt" % (lines * 20, columns * 10)
        else:
            answer = b"\x1b]%b;rgb:0000/0000/0000\x07" % colour
        os.write(self._master, answer)
