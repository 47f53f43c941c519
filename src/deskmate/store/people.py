"""People in plain SQL, and the words they go by in a capture line."""

from __future__ import annotations

import sqlite3

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def make_person(conn: sqlite3.Connection, name: str, at: str, email: str | None = None) -> int:
    """Add a person and the words he or she can be called by; returns the id."""
    cursor = conn.execute("INSERT INTO person (name, email, created_at) VALUES (?, ?, ?)", (name, email, at))
    person_id = int(cursor.lastrowid or 0)
    conn.executemany(
        "INSERT OR IGNORE INTO handle VALUES (?, ?)", [(word, person_id) for word in handles(name, email)]
    )
    return person_id


def handles(name: str, email: str | None = None) -> set[str]:
    """The words a person answers to: the whole name, its parts of two letters or more, the address."""
    folded = name.casefold()
    words = {folded, folded.replace(" ", "")}
    words.update(part for part in folded.replace(",", " ").replace(".", " ").split() if len(part) > 1)
    if email:
        words.update({email.casefold(), email.casefold().partition("@")[0]})
    return {word for word in words if word}


def refresh(conn: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Make the words of these people true again after a change; who is void goes by none."""
    for person_id in ids:
        conn.execute("DELETE FROM handle WHERE person_id = ?", (person_id,))
        found = conn.execute("SELECT name, email FROM person WHERE id = ? AND void = 0", (person_id,)).fetchone()
        if found is not None:
            conn.executemany("INSERT INTO handle VALUES (?, ?)", [(word, person_id) for word in handles(*found)])


def requests_of(conn: sqlite3.Connection, ids: Iterable[int]) -> list[int]:
    """The requests these people have: their search rows hold the names."""
    sql = "SELECT id FROM request WHERE person_id = ?"
    return [number for person_id in ids for (number,) in conn.execute(sql, (person_id,))]
