"""The sign that fills a terminal, such as a second screen or a tablet by the door.

Plain escape sequences and nothing imported for them: it runs for weeks on whatever is at hand.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, NoReturn

from deskmate.cli import big_letters
from deskmate.domain.hours import State
from deskmate.domain.public import outward
from deskmate.domain.sign import SEPARATOR, SignState
from deskmate.domain.text import fit, fitting, safe, width
from deskmate.errors import DONE

try:
    import termios
except ImportError:  # Windows: it is left with ctrl+c
    termios = None  # type: ignore[assignment]

_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[0m\x1b[?25h\x1b[?1049l"
_PLAIN, _BOLD = "\x1b[0m", "\x1b[1m"
_TICK = 0.25
"""Seconds until a change is seen."""
_QUIT = b"qQ\x03\x04"
_GONE = (termios.error,) if termios is not None else ()
_SHAPES = {State.OPEN: "●", State.DND: "◼", State.AWAY: "◆", State.CLOSED: "○", None: "?"}
# Foreground on background of the 256 colours, each pair at 7:1 or more.
_COLOURS = {
    State.OPEN: "\x1b[38;5;231;48;5;22m",
    State.DND: "\x1b[38;5;231;48;5;88m",
    State.AWAY: "\x1b[38;5;16;48;5;220m",
    State.CLOSED: "\x1b[38;5;231;48;5;236m",
    None: "\x1b[38;5;231;48;5;54m",
}
_MARGIN = 1
_DASH = "–"

Block = list[str]
"""Lines that belong together."""


def fits() -> bool:
    """Whether there is a terminal that can be filled."""
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM", "dumb") not in ("", "dumb")


def fill(look: Callable[[], SignState]) -> int:
    """Show the sign until ``q``, ctrl+c or a signal. The terminal is as it was afterwards."""
    colour = not os.environ.get("NO_COLOR")
    before: object = None
    with _terminal() as pressed:
        while True:
            size, sign = os.get_terminal_size(sys.stdout.fileno()), look()
            said = size, sign.state, sign.headline, sign.lines, sign.message, sign.as_of, sign.tz
            if said != before:  # composing costs more than looking, and it runs all day
                _paint(screen(sign, size.columns, size.lines, colour=colour))
                before = said
            if pressed(_TICK):
                return DONE


@outward
def screen(sign: SignState, columns: int, rows: int, *, colour: bool = True) -> list[str]:
    """The lines of a terminal of that size, each with its colours and as wide as the terminal."""
    style = _COLOURS.get(sign.state, _COLOURS[None]) if colour else _BOLD
    room = max(1, columns - 2 * _MARGIN)
    lines = _composed(sign, room, rows - 1)
    left = max(0, columns - max(map(width, lines), default=0)) // 2
    above = max(0, rows - 1 - len(lines)) // 2
    body = [""] * above + [" " * left + line for line in lines]
    body = (body + [""] * rows)[: rows - 1]
    state = f"{_SHAPES.get(sign.state, '?')} {sign.state}   " if sign.state else ""
    foot = f"{' ' * _MARGIN}{state}as of {sign.as_of}, {sign.tz}"
    return [f"{_PLAIN}{style}{fit(safe(line), columns)}" for line in (*body, foot)][:rows]


def _composed(sign: SignState, room: int, rows: int) -> list[str]:
    """All of it as large as it fits: as many lines in big letters below a large headline as there is room for.

    The notice comes before the size of the headline, for it is as new to whoever reads it: in letters up to half as
    high, below lines that are no smaller.
    """
    shape = _SHAPES.get(sign.state, "?")
    words = [safe(line) for line in sign.lines]
    notice = safe(sign.message)
    message = _wrapped(notice, room) if notice else []
    largest = room // big_letters.HEIGHT
    drawn = cache(lambda text, scale: _big(text, scale, room))

    def composed(scales: Sequence[int], bigs: Iterable[int], below: Block) -> list[str] | None:
        for big in bigs:
            for headline in (f"{shape} {sign.headline}", sign.headline):
                for scale in scales:
                    heads = [drawn(headline, scale), *(drawn(each, max(1, scale // 2)) for each in words[:big])]
                    blocks = [each for each in heads if each]
                    found = _stacked([*blocks, _in_lines(words[big:], room), below])
                    if len(blocks) == len(heads) and len(found) <= rows:
                        return found
        return None

    ways: list[tuple[Sequence[int], Iterable[int], Block]] = []
    for size in range(largest // 2, 0, -1) if notice else ():
        below = drawn(notice, size)
        if below and len(below) < rows:
            ways.append((range(largest, 2 * size - 1, -1), (len(words),), below))
    if notice and (below := drawn(notice, 1)):
        ways.append((range(largest, 1, -1), range(len(words) - 1, -1, -1), below))
    everything = range(len(words), -1, -1)
    for way in (*ways, (range(largest, 1, -1), everything, message), ((1,), everything, message)):
        if found := composed(*way):
            return found
    head = _big(sign.headline, 1, room) or []
    squeezed = [*head, *_wrapped(SEPARATOR.join(words), room), *message]
    if head and len(squeezed) <= rows:
        return squeezed
    return _cut(_stacked([[f"{shape} {sign.headline}"], _in_lines(words, room), message]), rows, room)


def _cut(lines: list[str], rows: int, room: int) -> list[str]:
    """As many lines as there is room for; that there is more is seen."""
    if not 0 < rows < len(lines):
        return lines
    last = next(place for place in range(rows - 1, -1, -1) if lines[place])
    text = lines[last][: fitting(lines[last], room - 1)].rstrip()
    return [*lines[:last], f"{text}…"]


def _big(text: str, scale: int, room: int) -> Block | None:
    """A text in big letters, on as many lines as it needs; None where it has no letters or no room."""
    if not big_letters.known(text):
        return None
    lines: list[str] = []
    for word in text.split():
        if big_letters.width(word, scale) > room:
            return None
        if lines and big_letters.width(f"{lines[-1]} {word}", scale) <= room:
            lines[-1] += f" {word}"
        elif word != _DASH:  # where a line ends none is needed
            lines.append(word)
    found: Block = []
    for line in lines:
        found += ([""] * (scale // 2) if found else []) + big_letters.drawn(line.removesuffix(f" {_DASH}"), scale)
    return found


def _in_lines(words: list[str], room: int) -> Block:
    return [line for each in words for line in _wrapped(each, room)]


def _stacked(blocks: list[Block]) -> list[str]:
    """Blocks below each other, with an empty line between them."""
    found: list[str] = []
    for block in filter(None, blocks):
        found += [""] * bool(found) + block
    return found


def _wrapped(text: str, room: int) -> Block:
    """A text in lines that fit; a word that fits on none is cut where it has to be."""
    lines = [""]
    for word in text.split():
        while word:
            joined = f"{lines[-1]} {word}" if lines[-1] else word
            if width(joined) <= room:
                lines[-1], word = joined, ""
            elif lines[-1]:
                lines.append("")
            else:
                most = fitting(word, room)
                lines[-1], word = word[:most], word[most:]
                lines.append("")
    return [line for line in lines if line]


# --- the terminal --------------------------------------------------------------------------------------------


def _paint(lines: list[str]) -> None:
    """Write all of it: whatever else was written there is gone with the next minute."""
    sys.stdout.write("".join(f"\x1b[{row};1H{line}" for row, line in enumerate(lines, 1)))
    sys.stdout.flush()


@contextmanager
def _terminal() -> Iterator[Callable[[float], bool]]:
    """The terminal, empty and without echo, for as long as the block lasts.

    Gives a function that waits so many seconds and tells whether a key asked to leave.
    """
    keys = sys.stdin.fileno() if termios is not None and sys.stdin is not None and sys.stdin.isatty() else None
    before: list[Any] = []
    for number in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, number):
            signal.signal(getattr(signal, number), _end)
    if keys is not None:
        before, quiet = termios.tcgetattr(keys), termios.tcgetattr(keys)
        # All keys come as bytes: one that stopped the program would leave the terminal like this.
        quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
        termios.tcsetattr(keys, termios.TCSANOW, quiet)
    try:
        sys.stdout.write(_ENTER)
        yield lambda seconds: _pressed(keys, seconds)
    finally:
        try:
            sys.stdout.write(_LEAVE)
            sys.stdout.flush()
            if keys is not None:
                termios.tcsetattr(keys, termios.TCSANOW, before)
        except (OSError, *_GONE):
            pass  # there is no terminal any more


def _pressed(keys: int | None, seconds: float) -> bool:
    if keys is None:
        time.sleep(seconds)
        return False
    if not select.select([keys], [], [], seconds)[0]:
        return False
    try:
        typed = os.read(keys, 64)
    except OSError:
        return True
    return not typed or (typed[:1] != b"\x1b" and any(key in typed for key in _QUIT))


def _end(number: int, frame: object) -> NoReturn:
    raise SystemExit(DONE)
