"""Capture: the one way a single request gets in, in plain SQL so that it is instant.

Every channel calls ``add``: the shell, the capture line, and what will arrive by mail or form.
"""

from __future__ import annotations

import sqlite3

from deskmate.domain import instant
from deskmate.domain.priority import from_matrix, rank
from deskmate.domain.row import label
from deskmate.domain.status import Status, shelf
from deskmate.store import journal, search
from deskmate.store.people import make_person

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.domain.capture import Capture

NEVER = 0
"""The version of a request before its capture, and after the capture was undone."""


def add(conn: sqlite3.Connection, capture: Capture, *, at: str, actor: str, body: str = "") -> int:
    """Store what was understood of one line and return the new request's number.

    ``body`` is text beyond the title. Runs inside the caller's transaction.
    """
    seq = journal.next_seq(conn)
    status = Status.RESOLVED if capture.done else Status.NEW
    priority = from_matrix(capture.impact, capture.urgency)
    needed_by = instant.to_text(capture.needed_by) if capture.needed_by else None
    person_id = capture.person_id
    if person_id is None and capture.new_people:
        person_id = [make_person(conn, name, at) for name in capture.new_people][-1]
    cursor = conn.execute(
        """
        INSERT INTO request (title, status, priority, impact, urgency, person_id, requester, channel,
                             needed_by, due_at, due_kind, created_at, updated_at, resolved_at, version,
                             shelf, rank, due_key)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            capture.title,
            status,
            priority,
            capture.impact,
            capture.urgency,
            person_id,
            capture.requester if person_id is None else None,
            capture.channel,
            needed_by,
            needed_by,
            needed_by and "n",
            at,
            at,
            at if capture.done else None,
            seq,
            shelf(status),
            rank(priority),
            needed_by or instant.END_OF_TIME,
        ),
    )
    number = int(cursor.lastrowid or 0)
    for name in capture.tags:
        put_tag(conn, number, name, known=False)
    for name in capture.new_tags:
        put_tag(conn, number, name, known=True)
    conn.execute(KEEP, original(number, at, "line", capture.raw))
    if body:
        conn.execute(
            "INSERT INTO message (request_id, kind, at, text, via) VALUES (?, 'received', ?, ?, ?)",
            (number, at, body, capture.channel),
        )
    images = {"request": number, "before": {"void": 1}, "after": {"void": 0}, "version": [NEVER, seq]}
    payload = {"label": f"captured {label(number)}", "changes": [images]}
    journal.append(conn, "capture", payload, actor=actor, at=at, seq=seq)
    facts: list[tuple[int, str, str, str | None, str | None]] = [(number, at, "captured", None, None)]
    if capture.done:
        spent = capture.spent_minutes
        facts.append((number, at, "resolved", Status.NEW, f"on the spot, {spent} min" if spent else "on the spot"))
    journal.add_events(conn, seq, facts)
    search.refresh(conn, [number])
    return number


def put_tag(conn: sqlite3.Connection, number: int, name: str, *, known: bool) -> None:
    """Tag a request. A tag nobody has used yet is kept as typed, and known only when the technician made it."""
    word = name.casefold()
    conn.execute(
        "INSERT INTO tag (name, word, known) VALUES (?, ?, ?)"
        " ON CONFLICT (word) DO UPDATE SET known = max(known, excluded.known)",
        (name, word, int(known)),
    )
    conn.execute("INSERT OR IGNORE INTO request_tag SELECT ?, id FROM tag WHERE word = ?", (number, word))


KEEP = "INSERT INTO intake (request_id, at, form, packed, raw) VALUES (?, ?, ?, ?, ?)"


def original(number: int, at: str, form: str, text: str) -> tuple[int, str, str, int, bytes]:
    """The row of an untouched original for ``KEEP``, compressed when it is long."""
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) <= journal.PACK_OVER:
        return number, at, form, 0, raw
    import zlib

    return number, at, form, 1, zlib.compress(raw, 6)
