"""The five verbs that fit best now, for the bottom line."""

from __future__ import annotations

from deskmate.domain import instant
from deskmate.domain import row as at
from deskmate.domain.due import no_answer
from deskmate.domain.row import Row
from deskmate.tui.frame import unsent

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
    if row is not None and not row[at.TITLE]:
        return [("e", "name it"), *_best(row, opened=opened)]
    if row is not None and unsent(row):
        return [("r t", "send it again"), *(pair for pair in _best(row, opened=opened) if pair[0] != "r")]
    return _best(row, opened=opened)


def _best(row: Row | None, *, opened: bool) -> Pairs:
    if row is None:
        return [("a", "capture"), ("h l", "views"), ("/", "search")]
    look = ("esc", "back") if opened else ("enter", "open")
    note, park, wait, resolve = ("n", "note"), ("z", "park"), ("w", "wait"), ("x", "resolve")
    if row[at.STATUS] in ("resolved", "closed", "dropped"):
        if row[at.CHECK_AT] and row[at.CHECK_AT] <= instant.now():
            return [("r r", "ask if it works"), ("F", "feedback"), ("R", "reopen"), note, look]
        if row[at.PROMISED_AT]:
            return [("f k", "promise kept"), ("f m", "move it"), ("R", "reopen"), note, look]
        return [("R", "reopen"), note, ("c", "cause"), look, ("u", "undo")]
    if row[at.STATUS] == "waiting":
        return _waiting(row, look)
    if row[at.WAKE_AT] and not row[at.WOKEN]:
        return [("z", "wake or later"), look, note, wait, resolve]
    reply = [("r", "reply")] if row[at.WHO] else []
    if row[at.PRIORITY] is None:
        return [("p", "priority"), *reply, note, park, resolve, ("d", "drop")]
    return [look, *reply, note, park, wait, resolve]


def _waiting(row: Row, look: tuple[str, str]) -> Pairs:
    """For one that waits: until its date comes there is little to do, then whoever was asked is asked again."""
    note, resolve = ("n", "note"), ("x", "resolve")
    if not row[at.WOKEN]:
        return [look, note, ("z", "wake or later"), ("w", "wait on"), resolve]
    if no_answer(row[at.WAITING_ON], row[at.CHASES]):
        return [("x", "no answer"), ("r r", "remind"), ("w", "asked again"), ("z", "later"), look]
    first = [("r r", "remind")] if row[at.WAITING_ON] == "requester" else []
    return [*first, ("w", "asked again"), ("z", "later"), note, resolve, look]
