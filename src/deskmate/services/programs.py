"""Programs of the technician's own: run by an argument list, without a shell, and ended when their time is over."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO

from deskmate.domain.hook import LIMIT
from deskmate.domain.public import outward
from deskmate.domain.text import clean, excerpt
from deskmate.errors import DeskmateError

_LAST_WORDS = 2_000
_LOOK_AFTER = 0.05
"""Seconds between two looks at whether a program has to be stopped."""


class NotRun(DeskmateError):
    """It could not be run, or was ended because its time was over; the message says which."""


class Leash:
    """Ends a program from another thread, also one that is only about to start."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self.pulled = False
        """Whether the program was to end."""

    def pull(self) -> None:
        """End it, at once: there may be no later when the app is on its way out."""
        with self._lock:
            self.pulled = True
            self._end()

    def hold(self, process: subprocess.Popen[bytes]) -> None:
        """This is the program."""
        with self._lock:
            self._process = process
            if self.pulled:
                self._end()

    def _end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            _end(self._process)


class Pulled(NotRun):
    """It was ended by its leash."""


def finished(
    words: Sequence[str], given: int, timeout: float, *, stays: bool = False, env: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Run a program and return its exit code and last words. ``given`` is the descriptor of its standard input.

    ``stays``: one still there after the time is well. What it starts itself ends with it when the time is over.
    ``env`` is added to the environment. Raises NotRun.
    """
    # Files and not pipes: what the program leaves running behind it must not keep us waiting.
    with tempfile.TemporaryFile() as said:
        process = _started(words, given, subprocess.DEVNULL, said, env)
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            if stays:
                return 0, ""
            _end(process)
            raise NotRun(f"{name(words)} did not end within {timeout:g} s and was stopped.") from None
        return code, _last_words(said)


def written(words: Sequence[str], path: str, timeout: float, most: int, leash: Leash) -> tuple[int, str]:
    """The same for a program whose standard output goes to the file ``path``, or that writes it when told to.

    One that writes more than ``most`` bytes is stopped. Raises NotRun, Pulled when the leash was pulled.
    """
    nothing = os.open(os.devnull, os.O_RDONLY)
    try:
        by_itself = path in words
        with open(os.devnull if by_itself else path, "wb") as out, tempfile.TemporaryFile() as said:
            process = _started(words, nothing, out, said, None)
            leash.hold(process)
            until = time.monotonic() + timeout
            while True:
                with suppress(subprocess.TimeoutExpired):
                    code = process.wait(_LOOK_AFTER)
                    break
                why = ""
                if time.monotonic() >= until:
                    why = f"did not end within {timeout:g} s"
                elif _size(path) > most:
                    why = f"wrote more than {most // 1_000_000} MB"
                if why:
                    _end(process)
                    raise NotRun(f"{name(words)} {why} and was stopped.")
            if leash.pulled:
                raise Pulled(f"{name(words)} was stopped.")
            return code, _last_words(said)
    finally:
        os.close(nothing)


def _started(
    words: Sequence[str], given: int, out: IO[bytes] | int, said: IO[bytes], env: Mapping[str, str] | None
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            list(words),
            stdin=given,
            stdout=out,
            stderr=said,
            start_new_session=True,
            env=None if env is None else {**os.environ, **env},
        )
    except FileNotFoundError:
        raise NotRun(f"{name(words)} was not found.") from None
    except (OSError, ValueError) as error:
        raise NotRun(f"{name(words)} can not be run: {getattr(error, 'strerror', error)}.") from None


def _last_words(said: IO[bytes]) -> str:
    said.seek(max(0, said.seek(0, os.SEEK_END) - _LAST_WORDS))
    lines = said.read().decode("utf-8", "replace").strip().split("\n")
    return excerpt(clean(lines[-1])[0], 160)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


@outward
def notify(words: Sequence[str], text: str) -> None:
    """Run a program that shows a text, its last argument. Raises NotRun, also for one that says it could not."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    try:
        code, last_words = finished([*words, text], nothing, LIMIT)
    finally:
        os.close(nothing)
    if code:
        raise NotRun(f"{name(words)} ended with {code}{f': {last_words}' if last_words else ''}")


def detach(words: Sequence[str]) -> None:
    """Start a program that outlives this one and says nothing. Raises OSError."""
    nothing = subprocess.DEVNULL
    subprocess.Popen(list(words), stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)


def name(words: Sequence[str]) -> str:
    """What a program is called, without its folder."""
    return clean(os.path.basename(words[0]) or words[0])[0]


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
