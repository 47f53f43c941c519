"""The views of the technician's own."""

from __future__ import annotations

import sqlite3

from deskmate.domain.views import OwnView


def own(conn: sqlite3.Connection) -> list[OwnView]:
    """All of them, in the order of their tabs."""
    found = conn.execute("SELECT id, name, query FROM saved_view WHERE void = 0 ORDER BY position, id")
    return [OwnView(*row) for row in found]
