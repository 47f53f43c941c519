"""Requests as lines of a table and as JSON, without Rich: this has to be fast."""

from __future__ import annotations

import os
import sys

from deskmate.domain import instant
from deskmate.domain.due import column_text, span
from deskmate.domain.row import label
from deskmate.domain.text import fit, safe, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from deskmate.domain.row import Row

    Tags = list[tuple[str, bool]]
    Found = tuple[Row, Tags]

_WHO_CELLS = 24
_TITLE_CELLS = 30
_LEAST_CELLS = 8
"""Cells in a terminal: the most a name gets, what a title gets before the name does, and the least of both."""


def table(page: list[Found], now: datetime) -> list[str]:
    """Aligned lines: number, priority, status, age, due, who, title and tags; empty columns are left out.

    In a terminal a line fits its width. Elsewhere nothing is cut, so that ``grep`` finds everything.
    """
    lines = [_cells(found, tags, now) for found, tags in page]
    if not lines:
        return []
    room = columns()
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    if room:
        before = sum(cells + 2 for cells in widths[:-2] if cells)
        for_who = room - before - min(widths[-1], _TITLE_CELLS) - 2
        widths[-2] = min(widths[-2], _WHO_CELLS, max(_LEAST_CELLS, for_who))
        before += widths[-2] and widths[-2] + 2
        widths[-1] = min(widths[-1], max(_LEAST_CELLS, room - before))
    shown = []
    for line in lines:
        padded = [fit(cell, cells) for cell, cells in zip(line, widths, strict=True) if cells]
        shown.append("  ".join(padded).rstrip())
    return shown


def as_json(found: Row, tags: Tags) -> dict[str, Any]:
    """The fields of a request that scripts may rely on."""
    number, priority, status, title, who, _known, due_at, _kind, _draft, created_at, channel, *_rest = found
    return {
        "number": label(number),
        "title": title,
        "status": status,
        "priority": f"P{priority}" if priority else None,
        "requester": who or None,
        "channel": channel,
        "tags": [name for name, _known in tags],
        "created_at": created_at,
        "due_at": due_at,
    }


def tag_words(tags: Tags) -> str:
    """``#printer #vpn?``: the question mark says that nobody made this tag on purpose."""
    return " ".join(f"#{name}{'' if known else '?'}" for name, known in tags)


def who_words(who: str, known: bool) -> str:
    """The requester, with a question mark when the address list has no such person."""
    return f"{who}?" if who and not known else who


def age(at: str, now: datetime) -> str:
    """How long ago, in its largest unit."""
    return span(max(now - instant.from_text(at), now - now))


def columns() -> int:
    """The width of the terminal that standard output is; 0 when it is none."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else 0
    except (AttributeError, OSError, ValueError):
        return 0


def _cells(found: Row, tags: Tags, now: datetime) -> list[str]:
    number, priority, status, title, who, known, _due_at, _due_kind, _draft, created_at, *_rest = found
    return [
        label(number),
        f"P{priority}" if priority else "–",
        status,
        age(created_at, now),
        column_text(found, now, _WHO_CELLS)[0],
        safe(who_words(who, bool(known))),
        " ".join(filter(None, [safe(title) or "(no title)", safe(tag_words(tags))])),
    ]
