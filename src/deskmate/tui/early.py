"""The terminal before Textual is there: the first rows are on the screen while Textual is still being imported.

`begin` switches echo and line mode off, `paint` turns to the alternate screen and writes lines. Whoever draws next
takes the terminal over as it stands (`hand_over`); if nobody does, `restore` puts everything back, at exit at the
latest. Everything goes to file descriptor 2, because that is where Textual draws.

This module is paid for before the first row: it imports what the interpreter has loaded anyway, and termios.
"""

import atexit
import os
import sys

try:
    import termios
except ImportError:  # Windows: there is no early frame
    termios = None  # type: ignore[assignment]

ENTER = "\x1b[?1049h\x1b[?25l"
"""Alternate screen, cursor hidden."""
LEAVE = "\x1b[0m\x1b[?25h\x1b[?1049l"

_fd_in = 0
_fd_out = 2
_attributes: list[object] | None = None
_painted = False


def active() -> bool:
    """Whether an early frame is on the screen and nobody has taken it over."""
    return _painted


def original_attributes() -> list[object] | None:
    """The terminal's attributes as `begin` found them, or None when there is nothing to give back."""
    return _attributes


def begin(fd_in: int = 0, fd_out: int = 2) -> tuple[int, int] | None:
    """Make the terminal ready: no echo, no line mode, return stays return. Keys typed from now on wait for the app.

    Returns:
        Columns and rows, or None (and nothing touched) where no frame can be drawn: not a terminal on both ends,
        a dumb one, or a system without termios.
    """
    global _attributes, _fd_in, _fd_out
    if termios is None or os.environ.get("TERM", "dumb") in ("", "dumb"):
        return None
    if not (os.isatty(fd_in) and os.isatty(fd_out)):
        return None
    try:
        size = os.get_terminal_size(fd_out)
        found = termios.tcgetattr(fd_in)
        quiet = termios.tcgetattr(fd_in)
        # A return typed now must still be a return when Textual reads it.
        quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON)
        # Ctrl+C still stops a start-up that hangs: ISIG stays.
        quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        quiet[6][termios.VMIN] = 1
        quiet[6][termios.VTIME] = 0
        termios.tcsetattr(fd_in, termios.TCSANOW, quiet)
    except (OSError, termios.error):
        return None
    _attributes, _fd_in, _fd_out = found, fd_in, fd_out
    atexit.register(restore)
    # The two variables count first, as they do for Textual: both frames must have one size.
    return _wanted("COLUMNS") or size.columns or 80, _wanted("LINES") or size.lines or 24


def paint(lines: list[str]) -> None:
    """Write finished lines (colours included, at most one per row) from the top left.

    The first call turns to the alternate screen in the same write, so that no empty screen is ever seen.
    """
    global _painted
    if _attributes is None:
        return
    out = [] if _painted else [ENTER]
    # Erase first, then write: erasing behind a line that fills the row would take its last character.
    out += [f"\x1b[{row};1H\x1b[0m\x1b[2K{line}" for row, line in enumerate(lines, 1)]
    _write("".join(out) + "\x1b[0m")
    _painted = True


def hand_over() -> list[object] | None:
    """Someone else draws from here on: `restore` does nothing any more.

    Returns:
        The original attributes; giving them back at the end is now the caller's duty. None without `begin`.
    """
    global _attributes, _painted
    original, _attributes, _painted = _attributes, None, False
    atexit.unregister(restore)
    return original


def restore() -> None:
    """Give the terminal back as it was found. Does nothing when there is nothing to give back."""
    painted = _painted
    original = hand_over()
    if original is None:
        return
    if painted:
        _write(LEAVE)
    try:
        termios.tcsetattr(_fd_in, termios.TCSANOW, original)  # type: ignore[arg-type]
    except (OSError, termios.error):
        pass  # the terminal is gone


def _wanted(name: str) -> int:
    value = os.environ.get(name, "")
    return int(value) if value.isdecimal() else 0


def _write(text: str) -> None:
    data = text.encode(getattr(sys.__stderr__, "encoding", None) or "utf-8", "replace")
    try:
        while data:
            data = data[os.write(_fd_out, data) :]
    except OSError:
        pass  # the terminal is gone: the app finds out by itself
