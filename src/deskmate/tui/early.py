"""The terminal where Textual does not help: before it is there, and when it has to go.

The first rows are shown while Textual is still being imported. `begin` switches echo and line mode off,
`paint` turns to the alternate screen and writes lines. Whoever draws next takes the terminal over as it stands
(`hand_over`); if nobody does, `restore` puts everything back, at exit at the latest. Everything goes to
descriptor 2, because that is where Textual draws.

This module is paid for before the first row is seen: it imports what the interpreter has loaded anyway,
and termios.
"""

import atexit
import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    from deskmate.tui.terminal import TerminalApp

try:
    import termios
except ImportError:  # Windows: there is no early frame
    termios = None  # type: ignore[assignment]

ENTER = "\x1b[?1049h"
"""Turn to the alternate screen, which is empty then. Textual writes the same, as one piece."""
HIDE_CURSOR = "\x1b[?25l"
LOG = "deskmate.log"
PATIENCE = 2.0
"""Seconds an orderly end may take."""
RESETS = "\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?7h\x1b[<u"
"""What Textual switches on, switched off: mouse, focus, paste, no wrapping, keyboard protocol."""
LEAVE = "\x1b[0m\x1b[?25h\x1b[?1049l"


class _Frame:
    fd_in = 0
    fd_out = 2
    attributes: list[object] | None = None
    painted = False


_frame = _Frame()


def active() -> bool:
    """Whether an early frame is on the screen and nobody has taken it over."""
    return _frame.painted


def original_attributes() -> list[object] | None:
    """The terminal's attributes as `begin` found them; None when there is nothing to give back."""
    return _frame.attributes


def begin(fd_in: int = 0, fd_out: int = 2) -> tuple[int, int] | None:
    """No echo, no line mode, and return stays return: keys typed from now on wait for the app.

    Returns:
        Columns and rows. None, and nothing touched, where no frame can be drawn: no terminal at both ends,
        a dumb one, or a system without termios.
    """
    if termios is None or os.environ.get("TERM", "dumb") in ("", "dumb"):
        return None
    try:
        if not (os.isatty(fd_in) and os.isatty(fd_out)):
            return None
        size = os.get_terminal_size(fd_out)
        found, quiet = termios.tcgetattr(fd_in), termios.tcgetattr(fd_in)
        quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON)
        # Ctrl+C still stops a start that hangs: ISIG stays.
        quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
        termios.tcsetattr(fd_in, termios.TCSANOW, quiet)
    except (OSError, termios.error):
        return None
    _frame.attributes, _frame.fd_in, _frame.fd_out = found, fd_in, fd_out
    atexit.register(restore)
    # The two variables come first, as they do for Textual: both frames must be of one size.
    return _wanted("COLUMNS") or size.columns or 80, _wanted("LINES") or size.lines or 24


def paint(lines: list[str]) -> None:
    """Write finished lines (with their colours, one per row at most) from the top left.

    The first call turns to the alternate screen in the same write: an empty screen is never seen.
    """
    if _frame.attributes is None:
        return
    # Erase, then write: erasing behind a line that fills its row would take the last character.
    rows = "".join(f"\x1b[{row};1H\x1b[0m\x1b[2K{line}" for row, line in enumerate(lines, 1))
    write(_frame.fd_out, ("" if _frame.painted else ENTER + HIDE_CURSOR) + rows + "\x1b[0m")
    _frame.painted = True


def hand_over() -> list[object] | None:
    """Someone else draws from here on, and `restore` has nothing to do any more.

    Returns:
        The original attributes, which it is now the caller's duty to give back. None without `begin`.
    """
    original, _frame.attributes, _frame.painted = _frame.attributes, None, False
    atexit.unregister(restore)
    return original


def restore() -> None:
    """Give the terminal back as `begin` found it, if that is still to be done."""
    painted = _frame.painted
    original = hand_over()
    if original is not None:
        give_back(_frame.fd_in, original, _frame.fd_out, LEAVE if painted else "")


def give_back(fd_in: int, attributes: list[object], fd_out: int, last: str) -> None:
    """Write something last and set the attributes, on a terminal that may be gone."""
    write(fd_out, last)
    try:
        termios.tcsetattr(fd_in, termios.TCSANOW, attributes)  # type: ignore[arg-type]
    except (OSError, termios.error):
        pass


def write(fd: int, text: str) -> None:
    """Write all of the text, past every buffer. A terminal that is gone swallows it."""
    data = text.encode((sys.__stderr__ and sys.__stderr__.encoding) or "utf-8", "replace")
    try:
        while data:
            data = data[os.write(fd, data) :]
    except OSError:
        pass


def install_signal_handlers(app: "TerminalApp", on_signal: "Callable[[], None]") -> None:
    """In the running app: SIGTERM and SIGHUP call `on_signal` (save the drafts) and leave in good order.

    A crash calls it, too, before the app goes down.
    """
    app.on_signal = on_signal
    if sys.platform != "win32":
        import asyncio
        import signal

        for number in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, leave, app, number)


def leave(app: "TerminalApp", number: int) -> None:
    """Save what is being written and go, as a signal asks; the app's return code is then 128 + its number.

    When the app does not get round to it in time, the terminal is given back by force.
    """
    import asyncio

    def force() -> None:
        if found := getattr(app._driver, "attrs_before", None):
            give_back(0, found, 2, RESETS + LEAVE)
        os._exit(128 + number)

    if not app.leaving:  # a closed window says so twice: by a signal and by the end of its input
        app.leaving = True
        app.save_drafts()
        app.exit(return_code=128 + number)
        asyncio.get_running_loop().call_later(PATIENCE, force)


def log_crash(folder: str, error: BaseException) -> str:
    """Append to the log where an exception came from: classes, files, lines, functions.

    No message and no variable: both may hold what someone wrote. The file is 0600. Nothing of Textual's is
    needed, so that a start that fails can be logged too.

    Returns:
        The log's path, or nothing when it could not be written.
    """
    lines, waiting, seen = [time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())], [error], set[int]()
    for each in waiting:
        if id(each) in seen:
            continue
        seen.add(id(each))
        lines.append(f"{type(each).__module__}.{type(each).__qualname__}")
        trace = each.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            lines.append(f"  {code.co_filename}:{trace.tb_lineno} in {code.co_name}")
            trace = trace.tb_next
        # Textual's failed worker keeps what it failed with in `error`, a group its parts in `exceptions`.
        inner = [each.__cause__, each.__context__, getattr(each, "error", None)]
        inner += getattr(each, "exceptions", ())
        waiting += [found for found in inner if isinstance(found, BaseException)]
    path = os.path.join(folder, LOG)
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        with open(os.open(path, flags, 0o600), "a", encoding="utf-8", errors="replace") as file:
            os.chmod(path, 0o600)
            file.write("\n".join([*lines, "", ""]))
    except OSError:
        return ""
    return path


def end(code: int) -> "NoReturn":
    """End the process, once everything is closed.

    Exit functions run, the standard streams are flushed. Only the interpreter is not taken apart, which takes
    longer than everything else about quitting.
    """
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(code)


def _wanted(name: str) -> int:
    value = os.environ.get(name, "")
    return int(value) if value.isdecimal() else 0
