"""Tables in CSV files. They are read strictly: what is not whole and unmistakable is refused as a whole."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from deskmate.domain.text import safe
from deskmate.errors import DeskmateError

FIELD_LIMIT = 16 * 1024 * 1024
"""Characters a cell may have."""

DELIMITERS = ",;\t"
"""What may stand between two cells; of equally frequent ones in the header the first is taken."""

_MARKS = (  # the longer first: the mark of UTF-32 begins with that of UTF-16
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
_SEPARATOR_LINE = re.compile(r'"?sep=([^\w\s"]|\t)"?(?:\r\n|\r|\n|$)', re.IGNORECASE)
_NEWLINE = re.compile(r"\r\n|\r|\n")
_QUOTED = re.compile(r'"[^"]*+"?+')
_FORMULA = re.compile(r"\s*+(?![-+]?\d+(?:\.\d+)?$)[=+\-@＝＋－＠]|[\t\r\n]", re.ASCII)
_SNIFFED = 65536
_SAVE_AGAIN = "Save it again as CSV in UTF-8."
_limit_lock = Lock()


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its records. Every record is as wide as the header."""

    columns: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    """Line of the file, from 1, on which the record begins, and its cells."""
    encoding: str
    delimiter: str


def read(data: bytes) -> Table:
    """Read a CSV file: a header and at least one record. Blank lines and all-empty records are left out.

    UTF-8, UTF-16 and UTF-32 with a mark, UTF-8 without, else Windows-1252. A record may end early; the
    cells it lacks are empty. Raises DeskmateError naming the line and what is wrong with it for everything
    that would leave doubt: bytes that fit no encoding, NUL, an open quote, a cell too many or too long, a
    column without a name or with another's.
    """
    text, encoding = decode(data)
    if (nul := text.find("\0")) >= 0:
        raise _refused(text[:nul], "there is a NUL character, which no text has", _SAVE_AGAIN)
    separator = _SEPARATOR_LINE.match(text)
    if separator:
        text = text[separator.end() :]
    delimiter = separator[1] if separator else _sniff(text)
    with _lifted_limit():
        columns, rows = _parse(text, delimiter, 2 if separator else 1)
    if not rows:
        what = "There is no record below the header." if columns else "The file is empty."
        raise DeskmateError(f"{what} Nothing was imported.", "Export it again, with its records.")
    return Table(columns, rows, encoding, delimiter)


def write(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A CSV file of a header and records, with commas, as spreadsheets and scripts read it.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front, which it takes for text; numbers
    stay numbers. (OWASP, "CSV Injection")
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([f"'{cell}" if _FORMULA.match(cell) else cell for cell in row] for row in rows)
    return out.getvalue()


def decode(data: bytes) -> tuple[str, str]:
    """The text, and the name of its encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                before = data[: error.start].decode(encoding, "ignore")
                raise _refused(before, f"this is no valid {encoding.upper()}", _SAVE_AGAIN) from None
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        byte, before = data[error.start], data[: error.start].decode("utf-8")
    # Letters of Windows-1252 hardly ever form UTF-8 by chance: where most do, this is UTF-8 with damage,
    # and reading it as anything else would garble it without a word.
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if len(text) - len(text.encode("ascii", "ignore")) >= 2 * damaged:
        raise _refused(before, f"byte 0x{byte:02x} does not fit the UTF-8 of the rest", _SAVE_AGAIN)
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as error:
        byte, before = data[error.start], data[: error.start].decode("cp1252")
    raise _refused(before, f"byte 0x{byte:02x} is neither UTF-8 nor Windows-1252", _SAVE_AGAIN)


def _sniff(text: str) -> str:
    """The delimiter that is most frequent in the header, outside of quotes."""
    start = _QUOTED.sub("", text[:_SNIFFED].lstrip("\r\n"))
    header = _NEWLINE.split(start, maxsplit=1)[0]
    return max(DELIMITERS, key=header.count)


@contextmanager
def _lifted_limit() -> Iterator[None]:
    """Cells up to FIELD_LIMIT. The csv module has one limit for the whole process, so it is given back."""
    with _limit_lock:
        before = csv.field_size_limit(FIELD_LIMIT)
        try:
            yield
        finally:
            csv.field_size_limit(before)


def _parse(text: str, delimiter: str, line: int) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    """The header and the records of a text that begins on ``line`` of the file."""
    # StringIO ends lines at CR and LF alone; str.splitlines would cut cells at rarer characters.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: tuple[str, ...] = ()
    width, first = 0, line
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            if any(cells):
                if not width:
                    columns = _columns(line, cells)
                    width = len(columns)
                else:
                    if len(cells) != width:
                        _fill(line, cells, width)
                    rows.append((line, cells))
            line = first + reader.line_num
    except csv.Error as error:
        raise _broken(line, str(error)) from None
    return columns, rows


def _fill(line: int, cells: list[str], width: int) -> None:
    """Add the cells that are missing at the end of a record; refuse one that has too many."""
    if len(cells) > width:
        what = f"there are {len(cells)} cells, but the header has {width}"
        raise _refused(line, what, "Put quotes around a cell that holds the delimiter.")
    cells.extend([""] * (width - len(cells)))


def _columns(line: int, header: list[str]) -> tuple[str, ...]:
    """The names of the columns, each once and none empty."""
    columns = tuple(name.strip() for name in header)
    for place, name in enumerate(columns, 1):
        if not name:
            raise _refused(line, f"column {place} of the header has no name", "Name it or leave it out.")
        if name in columns[: place - 1]:
            raise _refused(line, f"two columns are called {safe(name)}", "Rename one of them.")
    return columns


def _broken(line: int, error: str) -> DeskmateError:
    """What the csv module found, in words that help. The line is where the record begins."""
    if "field limit" in error:
        what = f"a cell is longer than {FIELD_LIMIT} characters"
        return _refused(line, what, "Is a quote left open there?")
    if "end of data" in error:
        return _refused(line, "a quote is opened and never closed", "Close it, or export the file again.")
    what = "a quote ends before its cell does"
    return _refused(line, what, "Double every quote inside a quoted cell, and close those before this line.")


def _refused(where: int | str, what: str, hint: str) -> DeskmateError:
    """The refusal of the whole file; ``where`` is the line, or all the text before the place."""
    line = where if isinstance(where, int) else len(_NEWLINE.findall(where)) + 1
    return DeskmateError(f"Line {line}: {what}. Nothing was imported.", hint)
