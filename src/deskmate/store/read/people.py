"""People and their devices, and who or what a word means."""

from __future__ import annotations

import sqlite3

from deskmate.domain.device import Device
from deskmate.domain.person import Experience, Person, PersonKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

LAST = "\U0010ffff"
"""Comes after every letter: words that begin with ``x`` lie between ``x`` and ``x`` + LAST."""

_PERSON = """
    SELECT p.id, p.name, coalesce(p.email, ''), coalesce(p.phone, ''), coalesce(p.room, ''),
           coalesce(p.department, ''), p.kind, p.vip, p.experience, p.details FROM person p
"""
_DEVICE = """
    SELECT d.id, d.name, coalesce(d.kind, ''), d.person_id, coalesce(p.name, ''), coalesce(d.room, ''), d.notes
    FROM device d LEFT JOIN person p ON p.id = d.person_id
"""


def person(conn: sqlite3.Connection, key: int) -> Person | None:
    """A person; None for one that is not there, or dropped."""
    found = conn.execute(f"{_PERSON} WHERE p.id = ? AND p.void = 0", (key,)).fetchone()
    return None if found is None else _person(found)


def people(conn: sqlite3.Connection) -> Iterator[Person]:
    """Everybody, in no order."""
    return map(_person, conn.execute(f"{_PERSON} WHERE p.void = 0"))


def network(conn: sqlite3.Connection) -> list[Person]:
    """Those one can turn to, by what they are and their name."""
    sql = f"{_PERSON} WHERE p.kind <> 'requester' AND p.void = 0 ORDER BY p.kind, p.name"
    return [_person(row) for row in conn.execute(sql)]


def named(conn: sqlite3.Connection, word: str, most: int = 5) -> list[Person]:
    """Those who go by exactly this: name, address, part of the name. A whole name or address comes before a part."""
    folded = " ".join(word.split()).casefold()
    found = [
        _person(row)
        for row in conn.execute(
            f"{_PERSON} JOIN handle h ON h.person_id = p.id WHERE h.word = ? AND p.void = 0 LIMIT ?", (folded, most)
        )
    ]
    whole = [each for each in found if folded in (each.name.casefold(), each.email.casefold())]
    return whole or found


def names(conn: sqlite3.Connection, prefix: str, most: int = 8) -> list[str]:
    """Names of people who go by a word that begins with ``prefix``."""
    folded = prefix.casefold()
    sql = """
        SELECT DISTINCT p.name FROM handle h JOIN person p ON p.id = h.person_id
        WHERE h.word >= ? AND h.word < ? AND p.void = 0 ORDER BY h.word LIMIT ?
    """
    return [name for (name,) in conn.execute(sql, (folded, folded + LAST, most))] if folded else []


def asked_for(conn: sqlite3.Connection, person: int) -> list[int]:
    """All requests of a person, undone captures aside."""
    sql = "SELECT id FROM request INDEXED BY request_person WHERE person_id = ? AND void = 0 ORDER BY id"
    return [number for (number,) in conn.execute(sql, (person,))]


def open_of(conn: sqlite3.Connection, person: int, most: int) -> list[int]:
    """The requests of a person that are not done, newest first."""
    return _asked(conn, person, "IN ('now', 'waiting', 'parked')", most)


def ended_of(conn: sqlite3.Connection, person: int, most: int) -> list[int]:
    """The requests of a person that are done or dropped, newest first."""
    return _asked(conn, person, "IN ('done', 'dropped')", most)


def _asked(conn: sqlite3.Connection, person: int, shelf: str, most: int) -> list[int]:
    # The index of one person's requests, not that of a shelf: it may hold hundreds of thousands.
    sql = f"SELECT id FROM request INDEXED BY request_person WHERE person_id = ? AND shelf {shelf}"
    return [number for (number,) in conn.execute(f"{sql} ORDER BY id DESC LIMIT ?", (person, most))]


def device(conn: sqlite3.Connection, key: int) -> Device | None:
    """A device; None for one that is not there, or dropped."""
    found = conn.execute(f"{_DEVICE} WHERE d.id = ? AND d.void = 0", (key,)).fetchone()
    return None if found is None else Device(*found)


def devices(conn: sqlite3.Connection) -> Iterator[Device]:
    """All devices, in no order."""
    return (Device(*row) for row in conn.execute(f"{_DEVICE} WHERE d.void = 0"))


def devices_of(conn: sqlite3.Connection, person: int, most: int = -1) -> list[Device]:
    """The devices of a person, by name."""
    sql = f"{_DEVICE} WHERE d.person_id = ? AND d.void = 0 ORDER BY d.word LIMIT ?"
    return [Device(*row) for row in conn.execute(sql, (person, most))]


def devices_named(conn: sqlite3.Connection, word: str, most: int = 5) -> list[Device]:
    """The devices that are called exactly this."""
    sql = f"{_DEVICE} WHERE d.word = ? AND d.void = 0 LIMIT ?"
    return [Device(*row) for row in conn.execute(sql, (" ".join(word.split()).casefold(), most))]


def device_names(conn: sqlite3.Connection, prefix: str, most: int = 8) -> list[str]:
    """Names of devices that begin with ``prefix``."""
    folded = prefix.casefold()
    sql = "SELECT DISTINCT name FROM device WHERE word >= ? AND word < ? AND void = 0 ORDER BY word LIMIT ?"
    return [name for (name,) in conn.execute(sql, (folded, folded + LAST, most))] if folded else []


def _person(row: tuple[Any, ...]) -> Person:
    key, name, email, phone, room, department, kind, vip, experience, details = row
    return Person(
        key,
        name,
        email,
        phone,
        room,
        department,
        PersonKind(kind),
        bool(vip),
        None if experience is None else Experience(experience),
        details,
    )
