"""What was pasted or dropped: is it too much for a line, or does it name files?"""

from __future__ import annotations

import os
import re

TEXT_LIMIT = 20_000
"""Bytes of a paste that is still text of a request; more is kept as a file."""
LINE_LIMIT = 2_000
"""Characters one of its lines may have."""
NAMES_LIMIT = 16_000
"""Characters beyond which nobody dropped files."""

_WHOLE = re.compile(r"(?:/|~[\\/]|[A-Za-z]:[\\/]|\\\\[^\\]|file://)")


def is_large(text: str) -> bool:
    """Whether a paste is kept whole as a file instead of being put into a field."""
    if len(text) > TEXT_LIMIT or len(text.encode("utf-8", "replace")) > TEXT_LIMIT:
        return True
    return any(len(line) > LINE_LIMIT for line in text.splitlines())


def named_files(text: str) -> list[list[str]]:
    """The ways in which a paste can be the names of files, the likeliest first; whether they exist is not asked.

    Terminals and file managers put quotes around a name, a backslash before a space, ``file://`` before it with
    ``%20`` in it, several on a line or one on each, and a space or a line end behind them. Only whole paths count.
    """
    text = text.strip(" \t\r\n\0")
    if not text or len(text) > NAMES_LIMIT:
        return []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    ways = [lines, [_unquoted(line) for line in lines]]
    import shlex  # no start of the app has to wait for it

    try:
        ways.append(shlex.split(text))
    except ValueError:
        pass  # an apostrophe, not a quote
    found: list[list[str]] = []
    for way in ways:
        paths = [path_in(word) for word in way]
        if paths not in found and all(_WHOLE.match(word) for word in way):
            found.append(paths)
    return found


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


def _unquoted(line: str) -> str:
    return line[1:-1] if len(line) > 1 and line[0] == line[-1] and line[0] in "'\"" else line
