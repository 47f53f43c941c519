"""The tags of the requests on a page."""

from __future__ import annotations

import sqlite3

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_PAGE = 64
_SQL = f"""
    SELECT rt.request_id, t.name, t.known FROM request_tag rt JOIN tag t ON t.id = rt.tag_id
    WHERE rt.request_id IN ({", ".join("?" * _PAGE)}) ORDER BY t.word
"""


def of(conn: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, list[tuple[str, bool]]]:
    """Names by request, in order, each with whether it is a known tag; requests without tags are left out."""
    found: dict[int, list[tuple[str, bool]]] = {}
    for start in range(0, len(numbers), _PAGE):
        part = list(numbers[start : start + _PAGE])
        part += [-1] * (_PAGE - len(part))  # one statement for every page, prepared once
        for number, name, known in conn.execute(_SQL, part):
            found.setdefault(number, []).append((name, bool(known)))
    return found
