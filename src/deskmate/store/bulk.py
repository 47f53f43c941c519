"""The bulk writer: many requests in one transaction, one journal entry, the search table filled at the end.

Everything was parsed and checked before. A row is known by its origin: the system it came from and
its id there. Importing it again touches only what nobody edited since. Undo takes back what nobody
touched and names the rest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from deskmate.domain.imported import ImportRow
from deskmate.domain.priority import rank
from deskmate.domain.row import label
from deskmate.domain.status import ENDED, SERVED, Status, WaitingOn, shelf
from deskmate.errors import DeskmateError
from deskmate.store import due, journal, search
from deskmate.store.capture import KEEP, NEVER, original
from deskmate.store.people import handles

_FIELDS = (
    "title status priority impact urgency person_id requester channel category device"
    " waiting_on waiting_since wake_at created_at updated_at resolved_at void version shelf rank"
).split()
_PLAIN = [name for name in _FIELDS if name not in ("version", "shelf", "rank")]
_INSERT = f"INSERT INTO request (id, {', '.join(_FIELDS)}) VALUES ({', '.join('?' * (len(_FIELDS) + 1))})"
_UPDATE = f"UPDATE request SET {', '.join(f'{name} = ?' for name in _FIELDS)}, held = 0, held_at = NULL WHERE id = ?"


@dataclass(slots=True)
class Plan:
    """What an import would do: new rows, changed rows by request, how many stay, and those edited here since.

    Of the changed, ``returned`` are requests of an undone import, which this one brings back.
    """

    new: list[ImportRow] = field(default_factory=list)
    changed: dict[int, ImportRow] = field(default_factory=dict)
    returned: int = 0
    unchanged: int = 0
    edited: list[int] = field(default_factory=list)


def plan(conn: sqlite3.Connection, source: str, rows: Iterable[ImportRow]) -> Plan:
    """Compare the rows with what an earlier import of the same source left here."""
    known = {
        key: (number, digest, version, current, void)
        for key, number, digest, version, current, void in conn.execute(
            """
            SELECT o.key, o.request_id, o.digest, o.version, r.version, r.void
            FROM origin o JOIN request r ON r.id = o.request_id WHERE o.source = ?
            """,
            (source,),
        )
    }
    found = Plan()
    for row in rows:
        if row.origin not in known:
            found.new.append(row)
            continue
        number, digest, version, current, void = known[row.origin]
        if void:
            found.changed[number] = row  # its import was undone: this one brings it back
            found.returned += 1
        elif digest == row.digest:
            found.unchanged += 1
        elif version != current:
            found.edited.append(number)
        else:
            found.changed[number] = row
    return found


def write(conn: sqlite3.Connection, source: str, work: Plan, *, at: str, chase_at: str, actor: str) -> int:
    """Carry the plan out inside the caller's transaction; returns the journal seq.

    ``chase_at`` is when what waits for somebody is to be chased: the file does not say.
    """
    seq = journal.next_seq(conn)
    everything = [*work.new, *work.changed.values()]
    people = _people(conn, everything, at)
    tags = _tags(conn, everything)
    first = _next_number(conn)
    last = first + len(work.new) - 1
    changes = [_image(conn, number) for number in work.changed]

    numbered = list(enumerate(work.new, first))
    conn.executemany(_INSERT, ((number, *_values(row, people, seq, chase_at)) for number, row in numbered))
    conn.executemany(
        _UPDATE, ((*_values(row, people, seq, chase_at), number) for number, row in work.changed.items())
    )
    for number in work.changed:
        conn.execute("DELETE FROM request_tag WHERE request_id = ?", (number,))
        conn.execute("DELETE FROM message WHERE request_id = ? AND kind = 'received'", (number,))
    all_numbered = [*numbered, *work.changed.items()]
    conn.executemany(
        "INSERT INTO message (request_id, kind, at, text) VALUES (?, 'received', ?, ?)",
        ((number, row.created_at or at, row.body) for number, row in all_numbered if row.body),
    )
    conn.executemany(
        "INSERT OR IGNORE INTO request_tag VALUES (?, ?)",
        ((number, tags[tag.casefold()]) for number, row in all_numbered for tag in row.tags),
    )
    conn.executemany(KEEP, (original(number, at, "row", row.raw) for number, row in all_numbered))
    conn.executemany(
        "INSERT OR REPLACE INTO origin VALUES (?, ?, ?, ?, ?)",
        ((source, row.origin, number, row.digest, seq) for number, row in all_numbered),
    )

    for image, (number, _row) in zip(changes, work.changed.items(), strict=True):
        image["after"] = _image(conn, number)["before"]
        image["version"][1] = seq
    count = len(all_numbered)
    payload = {
        "label": f"imported {count:,} request{'' if count == 1 else 's'}",
        "created": [first, last],
        "changes": changes,
    }
    journal.append(conn, "import", payload, actor=actor, at=at, seq=seq)
    journal.add_events(conn, seq, _facts(numbered, work.changed, at))
    measured = [number for number, row in numbered if row.priority and row.status not in ENDED]
    due.refresh(conn, [*measured, *work.changed])
    if work.new:
        search.add_range(conn, first, last)
    search.refresh(conn, list(work.changed))
    return seq


def undo(conn: sqlite3.Connection, seq: int, payload: dict[str, Any], at: str) -> tuple[list[int], list[int]]:
    """Take an import back where nobody touched it since; returns (taken back, left as they are)."""
    return _flip(conn, seq, payload, at, back=True)


def redo(conn: sqlite3.Connection, seq: int, payload: dict[str, Any], at: str) -> tuple[list[int], list[int]]:
    """Bring an undone import back; returns (brought back, left as they are)."""
    return _flip(conn, seq, payload, at, back=False)


def _flip(
    conn: sqlite3.Connection, seq: int, payload: dict[str, Any], at: str, *, back: bool
) -> tuple[list[int], list[int]]:
    here, there = (seq, NEVER) if back else (NEVER, seq)
    first, last = payload["created"]
    versions = dict(conn.execute("SELECT id, version FROM request WHERE id BETWEEN ? AND ?", (first, last)))
    moved = [number for number, version in versions.items() if version == here]
    left = [number for number, version in versions.items() if version != here]
    conn.executemany(
        "UPDATE request SET void = ?, version = ?, updated_at = ?, shelf = CASE WHEN ? THEN 'void'"
        " WHEN status IN ('resolved', 'closed') THEN 'done' WHEN status = 'dropped' THEN 'dropped'"
        " WHEN wake_at IS NULL OR woken THEN 'now' WHEN status = 'waiting' THEN 'waiting'"
        " ELSE 'parked' END WHERE id = ?",
        ((int(back), there, at, int(back), number) for number in moved),
    )
    for image in payload["changes"]:
        number = image["request"]
        found = conn.execute("SELECT version FROM request WHERE id = ?", (number,)).fetchone()
        if found is None or found[0] != image["version"][1 if back else 0]:
            left.append(number)
            continue
        _put_back(conn, number, image["before" if back else "after"], image["version"][0 if back else 1])
        moved.append(number)
    due.refresh(conn, [image["request"] for image in payload["changes"]])
    search.refresh(conn, moved)
    return moved, left


def _put_back(conn: sqlite3.Connection, number: int, image: dict[str, Any], version: int) -> None:
    columns = ", ".join(f"{name} = ?" for name in _PLAIN)
    status, void = Status(image["status"]), bool(image["void"])
    conn.execute(
        f"UPDATE request SET {columns}, version = ?, shelf = ?, rank = ?, held = 0, held_at = NULL WHERE id = ?",
        (
            *(image[name] for name in _PLAIN),
            version,
            shelf(status, void=void, asleep=image["wake_at"] is not None),
            rank(image["priority"]),
            number,
        ),
    )
    conn.execute("DELETE FROM message WHERE request_id = ? AND kind = 'received'", (number,))
    conn.executemany(
        "INSERT INTO message (request_id, kind, at, text) VALUES (?, 'received', ?, ?)",
        ((number, at, text) for at, text in image["received"]),
    )
    conn.execute("DELETE FROM request_tag WHERE request_id = ?", (number,))
    conn.executemany("INSERT INTO request_tag VALUES (?, ?)", ((number, tag) for tag in image["tag_ids"]))
    # What the next import compares with has to be what stands here now.
    conn.executemany(
        "UPDATE origin SET digest = ?, version = ? WHERE source = ? AND key = ?",
        ((digest, seen, source, key) for source, key, digest, seen in image["origins"]),
    )


def _image(conn: sqlite3.Connection, number: int) -> dict[str, Any]:
    row = conn.execute(f"SELECT {', '.join(_PLAIN)}, version FROM request WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise DeskmateError(f"{label(number)} is missing.", "Nothing was imported. Run deskmate doctor.")
    before: dict[str, Any] = dict(zip(_PLAIN, row, strict=False))
    before["received"] = conn.execute(
        "SELECT at, text FROM message WHERE request_id = ? AND kind = 'received' ORDER BY id", (number,)
    ).fetchall()
    tagged = conn.execute("SELECT tag_id FROM request_tag WHERE request_id = ?", (number,))
    before["tag_ids"] = [tag for (tag,) in tagged]
    before["origins"] = conn.execute(
        "SELECT source, key, digest, version FROM origin WHERE request_id = ?", (number,)
    ).fetchall()
    return {"request": number, "before": before, "version": [row[-1], 0]}


def _values(row: ImportRow, people: dict[str, int], seq: int, chase_at: str) -> tuple[Any, ...]:
    person = people.get((row.email or row.requester or "").casefold())
    waits = row.status is Status.WAITING
    return (
        row.title,
        row.status,
        row.priority,
        row.impact,
        row.urgency,
        person,
        None if person else row.requester,
        row.channel,
        row.category,
        row.device,
        WaitingOn.SOMEONE if waits else None,
        row.updated_at if waits else None,
        chase_at if waits else None,
        row.created_at,
        row.updated_at,
        row.resolved_at or (row.updated_at if row.status in SERVED else None),  # the view sorts by it
        0,
        seq,
        shelf(row.status, asleep=waits),
        rank(row.priority),
    )


def _facts(
    numbered: Sequence[tuple[int, ImportRow]], changed: dict[int, ImportRow], at: str
) -> Iterator[tuple[int, str, str, str | None, str | None]]:
    for number, row in numbered:
        yield number, row.created_at, "captured", None, "import"
        if row.status in SERVED and row.resolved_at:
            yield number, row.resolved_at, "resolved", None, None
    for number in changed:
        yield number, at, "imported again", None, None


def _next_number(conn: sqlite3.Connection) -> int:
    found = conn.execute("SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'request'").fetchone()
    return int(found[0])


def newcomers(conn: sqlite3.Connection | None, work: Plan) -> tuple[int, int]:
    """How many people and how many tags the plan would make. Without a connection nobody is known."""
    rows = [*work.new, *work.changed.values()]
    people = {key for row in rows if (key := (row.email or row.requester or "").casefold())}
    tags = {tag.casefold() for row in rows for tag in row.tags}
    if conn is not None:
        people -= _known_people(conn).keys()
        tags -= {word for (word,) in conn.execute("SELECT word FROM tag")}
    return len(people), len(tags)


def _known_people(conn: sqlite3.Connection) -> dict[str, int]:
    """Ids by case-folded name and address; of two with one name the earlier."""
    known: dict[str, int] = {}
    for number, name, email in conn.execute("SELECT id, name, email FROM person ORDER BY id DESC"):
        known[name.casefold()] = number
        if email:
            known[email.casefold()] = number
    return known


def _people(conn: sqlite3.Connection, rows: Iterable[ImportRow], at: str) -> dict[str, int]:
    """Ids by case-folded address, or name where there is no address; people nobody knew are made."""
    known = _known_people(conn)
    made: list[tuple[int, str, str | None, str]] = []
    found = conn.execute("SELECT coalesce(max(id), 0) + 1 FROM person").fetchone()
    for row in rows:
        key = (row.email or row.requester or "").casefold()
        if key and key not in known:
            known[key] = int(found[0]) + len(made)
            made.append((known[key], row.requester or row.email or key, row.email, at))
    conn.executemany("INSERT INTO person (id, name, email, created_at) VALUES (?, ?, ?, ?)", made)
    conn.executemany(
        "INSERT OR IGNORE INTO handle VALUES (?, ?)",
        ((word, number) for number, name, email, _at in made for word in handles(name, email)),
    )
    return known


def _tags(conn: sqlite3.Connection, rows: Iterable[ImportRow]) -> dict[str, int]:
    wanted = {tag.casefold(): tag for row in rows for tag in row.tags}
    conn.executemany(
        "INSERT INTO tag (name, word, known) VALUES (?, ?, 1) ON CONFLICT (word) DO UPDATE SET known = 1",
        ((name, word) for word, name in wanted.items()),
    )
    return dict(conn.execute("SELECT word, id FROM tag"))
