"""Text on its way and the place of each screen: saved often, and never an event."""

from __future__ import annotations

import os
import sqlite3

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def save(conn: sqlite3.Connection, key: str, text: str, cursor: int, at: str, request: int | None = None) -> None:
    """Keep what is being typed under ``key``; an empty text forgets it."""
    if not text:
        conn.execute("DELETE FROM draft WHERE key = ?", (key,))
        return
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character from a broken paste must not cost the rest
        text = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    conn.execute(
        "INSERT INTO draft (key, text, cursor, request_id, updated_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET text = excluded.text, cursor = excluded.cursor,"
        " updated_at = excluded.updated_at",
        (key, text, cursor, request, at),
    )


def drop(conn: sqlite3.Connection, key: str) -> None:
    """Let a draft go, in the transaction that stores its text for good."""
    conn.execute("DELETE FROM draft WHERE key = ?", (key,))


def load(conn: sqlite3.Connection, key: str) -> tuple[str, int] | None:
    """Text and cursor kept under ``key``, or None."""
    found = conn.execute("SELECT text, cursor FROM draft WHERE key = ?", (key,)).fetchone()
    return None if found is None else (found[0], found[1])


def save_place(conn: sqlite3.Connection, key: str, place: dict[str, Any], at: str) -> None:
    """Keep where the screen ``key`` was."""
    import json  # not above: a capture imports this module and must not pay for it

    conn.execute(
        "INSERT INTO place VALUES (?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
        (key, json.dumps(place, ensure_ascii=False), at),
    )


def forget_place(conn: sqlite3.Connection, key: str) -> None:
    """What is kept there is not true any more."""
    conn.execute("DELETE FROM place WHERE key = ?", (key,))


def load_place(conn: sqlite3.Connection, key: str) -> tuple[dict[str, Any], str] | None:
    """The place of a screen and when it was kept, or None."""
    found = conn.execute("SELECT value, updated_at FROM place WHERE key = ?", (key,)).fetchone()
    if found is None:
        return None
    import json

    return json.loads(found[0]), found[1]


def glance_at_place(conn: sqlite3.Connection, key: str) -> dict[str, Any]:
    """The plain values of a screen's place, as SQLite sees them; empty when there is none.

    For the first frame: importing ``json`` would cost as much as reading all it shows.
    """
    sql = "SELECT e.key, e.value FROM place p, json_each(p.value) e WHERE p.key = ?"
    return dict(conn.execute(sql, (key,)).fetchall())


def rescue(folder: str, texts: dict[str, str]) -> str:
    """Write drafts that the database would not take to a file of their own and return its path.

    In ``folder``, or where that can not be written to, in the system's folder for temporary files.
    Raises OSError when neither takes them.
    """
    import tempfile

    body = "".join(f"--- {key}\n{text}\n\n" for key, text in texts.items())
    for place in (folder, tempfile.gettempdir()):
        try:
            handle, path = tempfile.mkstemp(prefix="unsaved-", suffix=".txt", dir=place)
        except OSError:
            continue
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(body)
        return path
    raise OSError("no folder takes the text")
