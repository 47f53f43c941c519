"""The people and tags a capture line may name."""

from __future__ import annotations

import sqlite3

from deskmate.domain.capture import Names


class StoredNames(Names):
    """Looks words up in the database, one indexed query each."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def person(self, word: str) -> tuple[int, str] | None:
        """The one person who answers to ``word``; None when nobody or more than one does.

        Whose whole name it is comes before those for whom it is a part of it.
        """
        folded = word.casefold()
        found = self._conn.execute(
            "SELECT p.id, p.name FROM handle h JOIN person p ON p.id = h.person_id WHERE h.word = ? LIMIT 20",
            (folded,),
        ).fetchall()
        if len(found) > 1:
            found = [one for one in found if one[1].casefold() == folded]
        return found[0] if len(found) == 1 else None

    def tag(self, word: str) -> str | None:
        """The known tag of this word, as it is written."""
        found = self._conn.execute("SELECT name FROM tag WHERE word = ? AND known = 1", (word.casefold(),)).fetchone()
        return None if found is None else found[0]

    def people(self, prefix: str) -> list[str]:
        """Words that begin with ``prefix`` and name people, a few."""
        return self._words("SELECT DISTINCT word FROM handle WHERE word >= ? AND word < ?", prefix)

    def tags(self, prefix: str) -> list[str]:
        """Known tags that begin with ``prefix``, a few."""
        return self._words("SELECT word FROM tag WHERE known = 1 AND word >= ? AND word < ?", prefix)

    def _words(self, sql: str, prefix: str) -> list[str]:
        folded = prefix.casefold()
        rows = self._conn.execute(
            f"{sql} AND instr(word, ' ') = 0 ORDER BY 1 LIMIT 5", (folded, folded + "\U0010ffff")
        )
        return [row[0] for row in rows]
