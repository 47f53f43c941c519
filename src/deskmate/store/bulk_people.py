"""The bulk writer for people: a directory in one transaction, one journal entry, one undo step.

Who is there already is known by address, else by name. A field that the technician set by hand stays as it is;
what a directory does not say is left alone. Undo takes back whoever nobody touched since and names the rest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from deskmate.domain.imported import Failure, ImportPerson
from deskmate.store import journal, people, search

COMMAND = "import people"
FIELDS = ("name", "email", "phone", "room", "department")
_VALUES = "name, coalesce(email, ''), coalesce(phone, ''), coalesce(room, ''), coalesce(department, '')"
_KNOWN = f"SELECT id, version, {_VALUES} FROM person WHERE void = 0"
NEVER = 0
"""The version of somebody whose import was undone."""


@dataclass(slots=True)
class Plan:
    """What an import would do: who is new, which fields change by person, how many stay as they are.

    ``edited`` are those with a field that differs in the file and was set here by hand, ``failed`` rows that mean
    nobody in particular.
    """

    new: list[ImportPerson] = field(default_factory=list)
    changed: dict[int, dict[str, str]] = field(default_factory=dict)
    unchanged: int = 0
    edited: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)


class _Known:
    """Everybody who is here, by address and by name."""

    def __init__(self, conn: sqlite3.Connection | None) -> None:
        self.cards: dict[int, dict[str, str]] = {}
        self.by_email: dict[str, int] = {}
        self.by_name: dict[str, list[int]] = {}
        for key, _version, *values in conn.execute(_KNOWN) if conn else ():
            card = dict(zip(FIELDS, values, strict=True))
            self.cards[key] = card
            if card["email"]:
                self.by_email.setdefault(card["email"].casefold(), key)
            self.by_name.setdefault(card["name"].casefold(), []).append(key)

    def means(self, row: ImportPerson) -> list[int]:
        """Who a row may mean: one, nobody, or several."""
        if row.email and (key := self.by_email.get(row.email.casefold())) is not None:
            return [key]
        called = self.by_name.get(row.name.casefold(), [])
        return [key for key in called if not self.cards[key]["email"]] if row.email else called


def plan(conn: sqlite3.Connection | None, rows: Iterable[ImportPerson]) -> Plan:
    """Compare the rows with who is here; without a connection nobody is."""
    known = _Known(conn)
    by_hand: dict[int, set[str]] | None = None
    found = Plan()
    lines: dict[object, int] = {}
    for row in rows:
        keys = known.means(row)
        if len(keys) > 1:
            found.failed.append(
                Failure(row.line, f"several people are called {row.name}: an e-mail address is needed")
            )
            continue
        who: object = keys[0] if keys else row.email.casefold() or row.name.casefold()
        if who in lines:
            found.failed.append(Failure(row.line, f"{row.email or row.name} is on line {lines[who]} already"))
            continue
        lines[who] = row.line
        if not keys:
            found.new.append(row)
            continue
        card = known.cards[keys[0]]
        differs = {name: value for name in FIELDS if (value := getattr(row, name)) and value != card[name]}
        if differs and conn:
            by_hand = _set_by_hand(conn) if by_hand is None else by_hand
            kept = {name for name in differs if card[name] and name in by_hand.get(keys[0], ())}
            if kept:
                found.edited.append(card["name"])
            differs = {name: value for name, value in differs.items() if name not in kept}
            if not differs and kept:
                continue
        if differs:
            found.changed[keys[0]] = differs
        else:
            found.unchanged += 1
    return found


def write(conn: sqlite3.Connection, work: Plan, *, at: str, actor: str) -> int:
    """Carry the plan out inside the caller's transaction; returns the journal seq."""
    seq = journal.next_seq(conn)
    first = int(conn.execute("SELECT coalesce(max(id), 0) + 1 FROM person").fetchone()[0])
    made = list(enumerate(work.new, first))
    conn.executemany(
        "INSERT INTO person (id, name, email, phone, room, department, created_at, version)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (key, row.name, row.email or None, row.phone or None, row.room or None, row.department or None, at, seq)
            for key, row in made
        ),
    )
    images = []
    for key, after in work.changed.items():
        version, *values = conn.execute(f"SELECT version, {_VALUES} FROM person WHERE id = ?", (key,)).fetchone()
        card = dict(zip(FIELDS, values, strict=True))
        before = {name: card[name] for name in after}
        images.append({"id": key, "before": before, "after": after, "version": [version, seq]})
        _put(conn, key, after, seq)
    count = len(made) + len(images)
    payload = {
        "label": f"imported {count:,} {'person' if count == 1 else 'people'}",
        "changes": [],
        "people": {"created": [first, first + len(made) - 1], "changed": images},
    }
    journal.append(conn, COMMAND, payload, actor=actor, at=at, seq=seq)
    _refresh(conn, [*(key for key, _row in made), *work.changed])
    return seq


def undo(conn: sqlite3.Connection, seq: int, payload: dict[str, Any]) -> list[str]:
    """Take an import back where nobody touched it since; returns the names of those who stay as they are."""
    return _flip(conn, seq, payload["people"], back=True)


def redo(conn: sqlite3.Connection, seq: int, payload: dict[str, Any]) -> list[str]:
    """Bring an undone import back; returns the names of those who stay as they are."""
    return _flip(conn, seq, payload["people"], back=False)


def _flip(conn: sqlite3.Connection, seq: int, images: dict[str, Any], *, back: bool) -> list[str]:
    here, there = (seq, NEVER) if back else (NEVER, seq)
    first, last = images["created"]
    made = conn.execute("SELECT id, name, version FROM person WHERE id BETWEEN ? AND ?", (first, last)).fetchall()
    moved = [key for key, _name, version in made if version == here]
    left = [name for _key, name, version in made if version != here]
    conn.executemany(
        "UPDATE person SET void = ?, version = ? WHERE id = ?", ((int(back), there, key) for key in moved)
    )
    for image in images["changed"]:
        name, version = conn.execute("SELECT name, version FROM person WHERE id = ?", (image["id"],)).fetchone()
        if version != image["version"][1 if back else 0]:
            left.append(name)
            continue
        _put(conn, image["id"], image["before" if back else "after"], image["version"][0 if back else 1])
        moved.append(image["id"])
    _refresh(conn, moved)
    return left


def _put(conn: sqlite3.Connection, key: int, values: dict[str, str], version: int) -> None:
    columns = ", ".join(f"{name} = ?" for name in values)
    conn.execute(
        f"UPDATE person SET {columns}, version = ? WHERE id = ?",
        (*(value or None for value in values.values()), version, key),
    )


def _refresh(conn: sqlite3.Connection, keys: list[int]) -> None:
    people.refresh(conn, keys)
    search.refresh(conn, people.requests_of(conn, keys))


def _set_by_hand(conn: sqlite3.Connection) -> dict[int, set[str]]:
    """The fields that the technician set, by person: those of cards made here, and those changed here."""
    found: dict[int, set[str]] = {}
    sql = "SELECT seq, command FROM journal WHERE command IN ('person', ?) AND undone_by IS NULL ORDER BY seq"
    for seq, command in conn.execute(sql, (COMMAND,)).fetchall():
        kept = journal.payload(conn, seq) or {}
        if command == COMMAND:
            for image in kept["people"]["changed"]:
                found.get(image["id"], set()).difference_update(image["after"])
            continue
        for image in kept.get("rows", ()):
            if image["table"] == "person":
                made = image["before"] == {"void": 1}
                found.setdefault(image["id"], set()).update(FIELDS if made else image["after"])
    return found
