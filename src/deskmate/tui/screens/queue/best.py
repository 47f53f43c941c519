"""The five verbs that fit best now, for the bottom line."""

from __future__ import annotations

from deskmate.domain import row as at
from deskmate.domain.row import Row

Pairs = list[tuple[str, str]]


def best_verbs(row: Row | None, *, marked: int, opened: bool) -> Pairs:
    """Key and name of what one would do next with this request, or with so many marked ones."""
    if marked:
        return [
            ("", f"{marked} marked:"),
            ("p", "priority"),
            ("n", "note"),
            ("x", f"resolves {marked}"),
            ("esc", "unmark"),
        ]
    if row is None:
        return [("a", "capture"), ("h l", "views"), ("/", "search")]
    look = ("esc", "back") if opened else ("enter", "open")
    if row[at.STATUS] in ("resolved", "closed", "dropped"):
        return [("R", "reopen"), ("c", "cause"), ("n", "note"), look, ("u", "undo")]
    first = ("p", "priority") if row[at.PRIORITY] is None else look
    return [first, ("n", "note"), ("x", "resolve"), ("d", "drop"), ("a", "capture")]
