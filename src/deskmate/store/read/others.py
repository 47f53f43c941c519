"""Which other request may be meant: by number, by words, or because it looks like the same thing."""

from __future__ import annotations

import sqlite3
from functools import partial

from deskmate.domain.query import parse
from deskmate.domain.row import parse_label
from deskmate.domain.status import ENDED
from deskmate.domain.timeline import Other
from deskmate.domain.views import View
from deskmate.store.read import find, hours, people

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_LOOKED_AT = 300
"""So many of the newest requests are compared by their titles."""
_TELLING = 4
"""Words shorter than this say nothing about what a title means."""
_ONE = "SELECT id, title, status FROM request WHERE id = ? AND void = 0"


def others(conn: sqlite3.Connection, numbers: Iterable[int]) -> list[Other]:
    """These requests as others name them; undone captures are left out."""
    return [Other(*row) for number in numbers for row in conn.execute(_ONE, (number,))]


def suggested(
    conn: sqlite3.Connection, number: int, typed: str, now: datetime, *, going_on: bool = False, most: int = 6
) -> list[Other]:
    """The requests that may be meant beside ``number``: by what is typed, else by requester, by title, the newest.

    With ``going_on``, for what has to be the same thing, not the newest and none that has ended, except for a number
    that was typed.
    """
    named = parse_label(typed)
    if named is not None:
        return others(conn, (named,))
    if typed.strip():
        query = parse(typed, now, partial(hours.calendar, conn))
        found = [] if query.empty else find.first(conn, View.ALL, query, 4 * most)
    else:
        found = [*_same_requester(conn, number, most), *_like(conn, number, most)]
        if not going_on:
            newest = conn.execute("SELECT id FROM request WHERE void = 0 ORDER BY id DESC LIMIT ?", (most + 1,))
            found += [each for (each,) in newest]
    listed = others(conn, dict.fromkeys(each for each in found if each != number))
    return [other for other in listed if not going_on or other.status not in ENDED][:most]


def _same_requester(conn: sqlite3.Connection, number: int, most: int) -> list[int]:
    asked = conn.execute("SELECT person_id FROM request WHERE id = ?", (number,)).fetchone()
    return people.open_of(conn, asked[0], most) if asked and asked[0] is not None else []


def _like(conn: sqlite3.Connection, number: int, most: int) -> list[int]:
    """Those of the newest whose titles share the most telling words with this one's: two, if it has so many."""
    title = next((other.title for other in others(conn, (number,))), "")
    words = _telling(title)
    rows = conn.execute("SELECT id, title FROM request WHERE void = 0 ORDER BY id DESC LIMIT ?", (_LOOKED_AT,))
    shared = [(len(words & _telling(other)), each) for each, other in rows if each != number] if words else []
    return [each for count, each in sorted(shared, reverse=True) if count >= min(2, len(words))][:most]


def _telling(title: str) -> set[str]:
    words = "".join(char if char.isalnum() else " " for char in title.casefold()).split()
    return {word for word in words if len(word) >= _TELLING}
