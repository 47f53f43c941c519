"""The text door: whatever comes from outside passes ``clean``, whatever goes to a terminal passes ``safe``.

Nothing invisible stays invisible. What could steer a terminal, reorder a line or hide in it is replaced by a
mark that can be read: control pictures (``␛``), ``␣`` for letters that look blank, and the code point in
angle brackets (``⟨202e⟩``) for the rest. The joiners U+200C and U+200D stay, because Persian and emoji need
them.
"""

from __future__ import annotations

TITLE_LIMIT = 200
"""Characters a title may have."""
NAME_LIMIT = 120
"""Characters the name of a person or device may have."""
TAG_LIMIT = 40
"""Characters a tag may have."""

PILE_LIMIT = 8
"""Characters without a width that may sit on one base. No living script needs more; a pile of hundreds
covers its neighbours' lines."""

_JOINERS = "\u200c\u200d"
_JOINER = "\u200d"
_EMOJI_FORM = "\ufe0f"
_LINE_ENDS = "\r\v\f\x85\u2028\u2029"
_OUTER = " \xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))) + _JOINERS
_BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
_HIDDEN = (
    (0x80, 0x9F),  # C1 controls
    (0xAD, 0xAD),  # soft hyphen: shown by one terminal, hidden by the next
    (0x61C, 0x61C),  # Arabic letter mark
    (0x180E, 0x180E),  # Mongolian vowel separator
    (0x200B, 0x200B),  # zero width space
    (0x200E, 0x200F),  # left-to-right and right-to-left marks
    (0x2028, 0x202E),  # separators; embeddings and overrides
    (0x2060, 0x206F),  # word joiner, invisible operators, isolates, deprecated format characters
    (0xFDD0, 0xFDEF),  # noncharacters
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFF0, 0xFFFB),  # interlinear annotation
    (0x1BCA0, 0x1BCA3),  # shorthand format controls
    (0x1D173, 0x1D17A),  # musical format controls
    (0xE0000, 0xE00FF),  # tags: a whole second text nobody sees
    (0xE01F0, 0xE0FFF),  # reserved as ignorable
)


def clean(text: str, multiline: bool = False) -> tuple[str, int]:
    """Text as it may be kept, and how many characters had to be changed or left out for that.

    Line ends of every kind become ``\\n`` when ``multiline``, else a space; a tab is kept when ``multiline``,
    else a space. A single line loses its outer white space and joiners. None of this counts as a change.
    NUL and lone surrogates become U+FFFD; what is hidden becomes a mark; of a pile of combining marks
    PILE_LIMIT stay. Cleaning cleaned text changes nothing.
    """
    text, changed = _marked(text, multiline)
    return (text if multiline else text.strip(_OUTER)), changed


def safe(text: str, multiline: bool = False) -> str:
    """Text as it may be written to a terminal: marked like ``clean`` does, but outer white space stays.

    Leaves cleaned text as it is.
    """
    return _marked(text, multiline)[0]


def excerpt(text: str, limit: int) -> str:
    """The first line of cleaned text that is not blank, in at most ``limit`` characters, ``…`` where cut."""
    line = text.lstrip().partition("\n")[0].rstrip()
    return line if len(line) <= limit else line[: max(0, limit - 1)].rstrip(" " + _JOINERS) + "…"


def width(text: str) -> int:
    """Terminal cells that cleaned text without line ends fills: exactly what Rich 15.0.0 counts."""
    if _is_narrow(text):
        return len(text)
    return _measure(text, 2 * len(text))[1]


def fitting(text: str, cells: int) -> int:
    """How many characters of cleaned text without line ends fit in ``cells`` cells; at least one."""
    return cells if _is_narrow(text[: cells + 1]) else max(1, _measure(text, cells)[0])


def fit(text: str, cells: int, ellipsis: str = "…") -> str:
    """One line of cleaned text in exactly ``cells`` cells: padded with spaces, or cut with ``ellipsis``.

    A character of two cells with room for one leaves a space. Without room for the ellipsis it is left out.
    """
    if cells <= 0:
        return ""
    text = text.rstrip(_JOINER)  # a joiner would swallow the space or the ellipsis after it
    used = width(text)
    if used <= cells:
        return text + " " * (cells - used)
    room = cells - width(ellipsis)
    if room < 0:
        ellipsis, room = "", cells
    end, used = _measure(text, room)
    return text[:end].rstrip(_JOINER) + " " * (room - used) + ellipsis


def _is_narrow(text: str) -> bool:
    """Whether every character certainly fills one cell and needs no mark: Latin letters, digits, signs."""
    return text.isprintable() and (text.isascii() or max(text) < "\u0300")


def _marked(text: str, multiline: bool) -> tuple[str, int]:
    """The text with everything hidden marked, and how many characters that changed."""
    if _is_narrow(text):
        return text, 0
    text = text.replace("\r\n", "\n")
    for end in _LINE_ENDS if multiline else _LINE_ENDS + "\n\t":
        text = text.replace(end, "\n" if multiline else " ")
    # A megabyte of text has few different characters: judge each once and let C count and replace.
    seen = set(text)
    marks = {char: mark for char in seen if (mark := _mark(ord(char)))}
    changed = sum(map(text.count, marks))
    if marks:
        text = text.translate({ord(char): mark for char, mark in marks.items()})
    if seen and max(seen) >= "\u0300":
        piling = {char for char in seen - marks.keys() if _CELLS[ord(char)] == 0 and char not in "\n\t"}
        if piling:
            thinned = _thinned(text, piling)
            changed += len(text) - len(thinned)
            text = thinned
    return text, changed


def _mark(point: int) -> str | None:
    """What stands for a code point that must not be kept, or None when it may stay."""
    if point < 0x80:
        if point == 0:
            return "\ufffd"
        if point < 0x20:
            return None if point in (0x09, 0x0A) else chr(0x2400 + point)
        return "␡" if point == 0x7F else None
    if 0xD800 <= point <= 0xDFFF:
        return "\ufffd"
    if chr(point) in _BLANKS:
        return "␣"
    if point & 0xFFFE == 0xFFFE or any(first <= point <= last for first, last in _HIDDEN):
        return f"⟨{point:x}⟩"
    return None


def _thinned(text: str, piling: set[str]) -> str:
    """The text without what exceeds PILE_LIMIT characters of ``piling`` in a row."""
    kept, pile = [], 0
    for char in text:
        pile = pile + 1 if char in piling else 0
        if pile <= PILE_LIMIT:
            kept.append(char)
    return "".join(kept)


def _measure(text: str, room: int) -> tuple[int, int]:
    """The longest beginning of the text that fits in ``room`` cells: its length in characters and in cells.

    Rich's rules: what follows a joiner adds nothing, and U+FE0F widens the symbol before it once.
    """
    used, joined, last = 0, False, ""
    for index, char in enumerate(text):
        if joined:
            joined = False
            continue
        step = 0
        if char == _JOINER:
            joined = True
        elif char == _EMOJI_FORM:
            step = 1 if last and ord(last) in _CELLS.widened else 0
            last = ""
        else:
            step = _CELLS[ord(char)]
            last = char if step else last
        if used + step > room:
            return index, used
        used += step
    return len(text), used


class _Cells(dict[int, int]):
    """Cells by code point. The table is read at the first question, each character looked up once."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.spans: list[tuple[int, int]] = []
        self.widened: frozenset[int] = frozenset()

    def __missing__(self, point: int) -> int:
        from bisect import bisect

        if not self.starts:
            self._load()
        last, cells = self.spans[bisect(self.starts, point) - 1]
        if point < 0x20 or 0x7F <= point < 0xA0:
            cells = 0
        elif point > last:
            cells = 1
        self[point] = cells
        return cells

    def _load(self) -> None:
        from deskmate.domain import cell_table

        ranges = [(*span, 0) for span in _ranges(cell_table.NONE)]
        ranges += [(*span, 2) for span in _ranges(cell_table.TWO)]
        ranges.sort()
        self.spans = [(last, cells) for _, last, cells in ranges]
        self.widened = frozenset(
            point for first, last in _ranges(cell_table.WIDENED) for point in range(first, last + 1)
        )
        self.starts = [first for first, _, _ in ranges]


def _ranges(table: str) -> list[tuple[int, int]]:
    """Read ``300-36f 5bf`` as pairs of first and last."""
    pairs = [part.partition("-") for part in table.split()]
    return [(int(first, 16), int(last or first, 16)) for first, _, last in pairs]


_CELLS = _Cells()
