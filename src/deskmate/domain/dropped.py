"""The names of files in what was dropped or pasted.

A drop reaches a program in a terminal as a paste, and each terminal writes the names in its own way: in the quotes
of a shell (GNOME's and all built on VTE, foot, kitty's newer ones), with a backslash before what is special (macOS,
Ghostty, WezTerm), as they are with a line for each (kitty), as they are with blanks between (Konsole, Alacritty), in
double quotes only where there is a blank (Windows Terminal), or as a list of ``file:`` addresses. Nothing says which.
So all ways are tried, and one counts only when each of its files is there.
"""

from __future__ import annotations

import os
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LIMIT = 16_000
"""Characters beyond which nobody dropped files."""
MOST = 200
"""Files beyond which nobody meant one after the other."""

MOST_INSIDE = 3
"""Times that one name may hold what looks like the beginning of another: each costs a look at the disk."""

_WHOLE = r"(?:/|~[\\/]|[A-Za-z]:[\\/]|\\\\[^\\]|file://)"
_IS_WHOLE = re.compile(_WHOLE)
_BEGINS = re.compile(rf"(?<=\s)(?={_WHOLE})")
_DRIVE = re.compile(r"([A-Za-z]):[\\/]")
_OF_LINUX = re.compile(r"\\\\wsl(?:\$|\.localhost)\\[^\\]+")
"""How Windows names the files of a Linux beside it."""
_MIXED = re.compile(r"\"([^\"]*)\"|'((?:[^']|'')*)'|(\S+)")
"""A word as a Windows shell takes it: a backslash is nothing special, two single quotes in single ones are one."""


def named_files(text: str, is_there: Callable[[str], bool], *, relative: bool = False) -> list[str]:
    """The files a text names when it names nothing else and all of them are there; otherwise none.

    ``is_there`` is asked about each path, a leading ``~`` still in it. Only whole paths count, so that a word never
    becomes a file that happens to lie here; with ``relative`` all do, for what somebody typed as a path.
    """
    if not text.strip(" \t\r\n\0") or len(text) > LIMIT:
        return []
    known: dict[str, bool] = {}

    def there(path: str) -> bool:
        if path not in known:
            known[path] = "\0" not in path and is_there(path)
        return known[path]

    for words in _ways(text.strip("\r\n\0")):
        if words and len(words) <= MOST and (relative or all(_IS_WHOLE.match(word) for word in words)):
            paths = [_first_there(word, there) for word in words]
            if all(paths):
                return paths
    return _side_by_side(text.strip(" \t\r\n\0"), there)


def path_in(word: str) -> str:
    """A path, or the path that a ``file:`` address stands for."""
    if not word.startswith("file://"):
        return word
    from urllib.parse import unquote_to_bytes

    host, slash, path = word.removeprefix("file://").partition("/")
    if host not in ("", "localhost"):
        return word
    path = os.fsdecode(unquote_to_bytes(slash + path))
    return path[1:] if re.match(r"/[A-Za-z]:/", path) else path


def quoted(paths: list[str]) -> str:
    """Paths as ``named_files`` reads them again, whatever is in them."""
    import shlex

    return " ".join(map(shlex.quote, paths))


def _ways(text: str) -> Iterator[list[str]]:
    """The words a text may consist of, the likeliest way first: a name that looks quoted may really be so."""
    lines = [line.rstrip("\r") for line in text.split("\n") if line.strip()]
    yield [text]
    yield [line.strip() for line in lines]
    yield [line for line in lines if line[:1] != "#" and line not in ("copy", "cut")]  # lists of file managers
    yield [_bare(line) for line in lines]
    yield from _shell_words(text)
    yield ["".join(found.groups("")).replace("''", "'") for found in _MIXED.finditer(_called(text))]
    yield re.split(r"'\s+'", text.strip(" \t").strip("'"))  # an apostrophe inside that nobody took care of


def _shell_words(text: str) -> Iterator[list[str]]:
    import shlex  # no start of the app has to wait for it

    try:
        yield shlex.split(text)
    except ValueError:
        return  # an apostrophe, not a quote


def _called(text: str) -> str:
    """PowerShell puts its sign for calling before what is quoted."""
    return text.strip().removeprefix("&").strip()


def _bare(line: str) -> str:
    """A line without the quotes around it."""
    line = _called(line)
    return line[1:-1] if len(line) > 1 and line[0] == line[-1] and line[0] in "'\"" else line


def _first_there(word: str, there: Callable[[str], bool]) -> str:
    """The path a word means here; empty when there is no such file.

    A Linux inside Windows has its drives below ``/mnt`` and is itself a share of it.
    """
    path = path_in(word)
    if there(path):
        return path
    drive, linux = _DRIVE.match(path), _OF_LINUX.match(path)
    if drive:
        path = f"/mnt/{drive[1].lower()}/{path[drive.end() :]}".replace("\\", "/")
    elif linux:
        path = path[linux.end() :].replace("\\", "/")
    else:
        return ""
    return path if there(path) else ""


def _side_by_side(text: str, there: Callable[[str], bool]) -> list[str]:
    """Names as they are with blanks between, and blanks in them: a new one may begin wherever a whole path does."""
    pieces = _BEGINS.split(text)
    if not _IS_WHOLE.match(text) or not 1 < len(pieces) <= MOST:
        return []
    rest: list[list[str] | None] = [None] * len(pieces) + [[]]  # what the pieces from here on are
    for first in reversed(range(len(pieces))):
        for last in range(min(first + MOST_INSIDE + 1, len(pieces)), first, -1):
            behind = rest[last]
            if behind is not None and (path := _first_there("".join(pieces[first:last]).rstrip(), there)):
                rest[first] = [path, *behind]
                break
    return rest[0] or []
