"""Capture: the one way a single request gets in, in plain SQL so that it is instant.

Every channel calls ``add``: the shell, the capture line, and what will arrive by mail or form. What belongs to a
request that is there already comes in through ``receive``.
"""

from __future__ import annotations

import sqlite3

from deskmate.domain import instant
from deskmate.domain.loose import quiet_at
from deskmate.domain.priority import from_matrix, rank
from deskmate.domain.row import label
from deskmate.domain.status import ENDED, Status, WaitingOn, after_received, clock_state, shelf
from deskmate.errors import DeskmateError
from deskmate.store import hold, journal, search
from deskmate.store.people import make_person

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from deskmate.domain.capture import Capture
    from deskmate.domain.files import Kept

    Fact = tuple[int, str, str, str | None, str | None]

NEVER = 0
"""The version of a request before its capture, and after the capture was undone."""


def add(conn: sqlite3.Connection, capture: Capture, *, at: str, actor: str, body: str = "") -> int:
    """Store what was understood of one line and return the new request's number.

    ``body`` is text beyond the title. Runs inside the caller's transaction.
    """
    seq = journal.next_seq(conn)
    number, images, facts = insert(conn, capture, at=at, seq=seq, body=body, typed=actor == hold.TYPED)
    payload = {"label": f"captured {label(number)}", "changes": [images]}
    journal.append(conn, "capture", payload, actor=actor, at=at, seq=seq)
    journal.add_events(conn, seq, facts)
    if from_matrix(capture.impact, capture.urgency) or capture.done:
        from deskmate.store import due  # office hours and all: only what was judged at once needs them

        due.refresh(conn, [number])
    search.refresh(conn, [number])
    return number


def insert(
    conn: sqlite3.Connection, capture: Capture, *, at: str, seq: int, body: str = "", typed: bool = True
) -> tuple[int, dict[str, Any], list[Fact]]:
    """The rows of a new request alone, for a command that does more: its number, images for undo, and its facts.

    What the technician did not have ``typed`` may be held.
    """
    status = Status.RESOLVED if capture.done else Status.NEW
    priority = from_matrix(capture.impact, capture.urgency)
    needed_by = instant.to_text(capture.needed_by) if capture.needed_by else None
    person_id = capture.person_id
    if person_id is None and capture.new_people:
        person_id = [make_person(conn, name, at) for name in capture.new_people][-1]
    asks = person_id is not None or capture.requester
    cursor = conn.execute(
        """
        INSERT INTO request (title, status, priority, impact, urgency, person_id, requester, channel,
                             needed_by, due_at, due_kind, soon_at, quiet_at, created_at, updated_at, resolved_at,
                             version, shelf, rank, due_key)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
            needed_by and _soon(needed_by),
            quiet_at(at, priority) if asks and not capture.done else None,
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
    facts: list[Fact] = [(number, at, "captured", None, None)]
    if not typed and not capture.done and hold.is_shut(conn, at):
        through, rule = hold.passes(conn, number, f"{capture.text}\n{body}", capture.channel, at, new=True)
        facts.append((number, at, "let through" if through else "held", None, rule or None))
        if not through:
            conn.execute("UPDATE request SET held = 1, held_at = ?, shelf = 'held' WHERE id = ?", (at, number))
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
    put_files(conn, number, at, capture.files)
    images = {"request": number, "before": {"void": 1}, "after": {"void": 0}, "version": [NEVER, seq]}
    if capture.done:
        spent = capture.spent_minutes
        # Whoever was served at once was answered at once.
        facts.append((number, at, "first response", None, "said"))
        facts.append((number, at, "resolved", Status.NEW, f"on the spot, {spent} min" if spent else "on the spot"))
        facts.append((number, at, "clock", "running", "ended"))
    return number, images, facts


_WAIT = {
    "waiting_on": None,
    "waiting_for": None,
    "waiting_since": None,
    "wake_at": None,
    "woken": 0,
    "chases": 0,
    "parked_reason": None,
}
_END = {"resolved_at": None, "drop_reason": None, "merged_into": None, "outcome": None, "resolution": None}
_KEPT = ("status", "unread", "held", "held_at", *_WAIT, *_END)


def _soon(at: str) -> str:
    """From when on what is needed then is due soon."""
    from deskmate.domain.due import SOON

    return instant.to_text(instant.from_text(at) - SOON)


def receive(
    conn: sqlite3.Connection,
    number: int,
    text: str,
    *,
    at: str,
    actor: str,
    via: str | None = None,
    files: tuple[Kept, ...] = (),
    raw: str = "",
    unread: bool = True,
) -> int:
    """Keep text and files as received on a request; returns its number, that of the one it was merged into.

    ``via`` is the channel, ``raw`` the untouched original, ``unread`` False when the technician took it down.
    Runs inside the caller's transaction. Raises DeskmateError for a request that is not there.
    """
    seq = journal.next_seq(conn)
    number, images, rows, facts = keep(
        conn, number, text, at=at, seq=seq, via=via, files=files, raw=raw, unread=unread, typed=actor == hold.TYPED
    )
    payload = {"label": f"received on {label(number)}", "changes": [images], "rows": rows}
    journal.append(conn, "receive", payload, actor=actor, at=at, seq=seq)
    journal.add_events(conn, seq, facts)
    if any(kind == "clock" for _number, _at, kind, _old, _new in facts):
        from deskmate.store import due

        due.refresh(conn, [number])
    search.refresh(conn, [number])
    return number


def keep(
    conn: sqlite3.Connection,
    number: int,
    text: str,
    *,
    at: str,
    seq: int,
    via: str | None = None,
    files: tuple[Kept, ...] = (),
    raw: str = "",
    unread: bool = True,
    typed: bool = True,
) -> tuple[int, dict[str, Any], list[dict[str, Any]], list[Fact]]:
    """What is received alone, for a command that does more: the request, images of it and its rows, and its facts."""
    number, before, version = _found(conn, number)
    clock, at = at, journal.after_all(conn, at, (number,))  # the door goes by the clock, a timeline by its order
    after = dict(before)
    waiting_on = before["waiting_on"] and WaitingOn(before["waiting_on"])
    status = after_received(Status(before["status"]), waiting_on)
    if status != before["status"]:
        after.update(_WAIT)
        after.update(_END)
        after["status"] = status.value
    if unread:
        after["unread"] = 1
    asleep = after["wake_at"] is not None and not after["woken"]
    comes_up = not asleep and (bool(before["held"]) or after["status"] != before["status"])
    decided: list[Fact] = []
    if typed:
        after["held"], after["held_at"] = 0, None  # whoever takes it down has looked at it
    elif comes_up and hold.is_shut(conn, clock):
        through, rule = hold.passes(conn, number, text, via, clock, new=False)
        decided = [(number, at, "let through" if through else "held", None, rule or None)]
        after["held"], after["held_at"] = (0, None) if through else (1, before["held_at"] or at)
    changed = [name for name in _KEPT if after[name] != before[name]]
    standing = shelf(status, asleep=asleep, held=bool(after["held"]))
    conn.execute(
        f"UPDATE request SET {''.join(f'{name} = ?, ' for name in changed)} shelf = ?, version = ?, updated_at = ?"
        " WHERE id = ?",
        (*(after[name] for name in changed), standing, seq, at, number),
    )
    rows = [("attachment", key) for key in put_files(conn, number, at, files)]
    facts: list[Fact] = []
    if text:
        cursor = conn.execute(
            "INSERT INTO message (request_id, kind, at, text, via) VALUES (?, 'received', ?, ?, ?)",
            (number, at, text, via),
        )
        rows.append(("message", int(cursor.lastrowid or 0)))
        facts.append((number, at, "received", None, via))
    conn.execute(KEEP, original(number, at, "line", raw or text))
    if files:
        facts.append((number, at, "attached", None, ", ".join(kept.name for kept in files)))
    if before["status"] in ENDED:
        facts.append((number, at, "reopened", before["status"], None))
    elif status != before["status"]:
        facts.append((number, at, "answered", before["status"], status.value))
    facts += decided
    was, is_now = (clock_state(Status(side["status"]), side["waiting_on"]) for side in (before, after))
    if was != is_now:
        facts.append((number, at, "clock", was, is_now))
    images = {
        "request": number,
        "before": {name: before[name] for name in changed},
        "after": {name: after[name] for name in changed},
        "version": [version, seq],
    }
    added = [{"table": table, "id": key, "before": {"void": 1}, "after": {"void": 0}} for table, key in rows]
    return number, images, added, facts


def seen(conn: sqlite3.Connection, number: int, at: str, *, opened: bool = True) -> None:
    """Somebody has looked at what came in. That is no change of the request, so undo goes past it.

    Not ``opened`` it was looked at in a list, which is enough for what was held until then.
    """
    if opened:
        conn.execute("UPDATE request SET unread = 0 WHERE id = ? AND unread = 1", (number,))
    hold.seen(conn, number, at, opened=opened)


def put_files(conn: sqlite3.Connection, number: int, at: str, files: Iterable[Kept]) -> list[int]:
    """Let files that are in the store belong to a request; returns the ids of the rows."""
    sql = "INSERT INTO attachment (request_id, at, name, size, digest) VALUES (?, ?, ?, ?, ?)"
    return [int(conn.execute(sql, (number, at, kept.name, kept.size, kept.digest)).lastrowid or 0) for kept in files]


def _found(conn: sqlite3.Connection, number: int) -> tuple[int, dict[str, Any], int]:
    """A request, or the one it was merged into: its number, the columns that may change, its version."""
    while True:
        found = conn.execute(
            f"SELECT void, version, {', '.join(_KEPT)} FROM request WHERE id = ?", (number,)
        ).fetchone()
        if found is None:
            raise DeskmateError(f"There is no {label(number)}.", "deskmate list shows what there is.")
        void, version, *values = found
        if void:
            raise DeskmateError(f"{label(number)} was undone.", "deskmate redo brings it back.")
        columns = dict(zip(_KEPT, values, strict=True))
        if columns["merged_into"] is None:
            return number, columns, version
        number = columns["merged_into"]


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
