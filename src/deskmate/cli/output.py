"""What the shell prints: data to standard output, narration to standard error.

Whatever is printed passes ``safe`` here, so no text can steer the terminal or make up a line.
"""

from __future__ import annotations

import sys

from deskmate.domain.text import safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TextIO


def say(text: str) -> None:
    """Data: one or more lines to standard output. Tabs become spaces."""
    _write(sys.stdout, safe(text, multiline=True).expandtabs())


def narrate(text: str) -> None:
    """Narration: one line to standard error."""
    _write(sys.stderr, safe(text))


def say_json(value: Any) -> None:
    """One JSON value, in the order its keys were given."""
    _write(sys.stdout, _dumps(value))


def say_json_array(values: Iterable[Any]) -> None:
    """A JSON array, written as it comes: a million requests need no memory."""
    before = "[\n"
    for value in values:
        _write(sys.stdout, before + _dumps(value), end="")
        before = ",\n"
    _write(sys.stdout, "[]" if before == "[\n" else "\n]")


def _dumps(value: Any) -> str:
    import json

    # Escapes are for the eyes of no one: they stay where the encoding can not say it plainly.
    plain = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
    return json.dumps(value, ensure_ascii=not plain)


def _write(stream: TextIO | None, text: str, end: str = "\n") -> None:
    if stream is not None:  # None when it was closed before we started
        stream.write(text + end)
