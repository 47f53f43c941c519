"""The journal: one row for each command, append-only, chained by digests.

A row's ``digest`` covers the row before it and its own payload's digest, so a change by hand shows.
The payload (what is needed to undo) lies apart with its salt: it can be erased and the chain still
holds. The chain shows accidents, not a determined attacker.
"""

from __future__ import annotations

import os
import sqlite3

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from typing import Any

    Payload = dict[str, Any]

CLOCK = "clock"
"""The actor of what happens by itself when its time has come. Nobody did it, so nobody undoes it."""
PACK_OVER = 4_096
"""Payloads of more bytes than this are compressed."""

_PASSED_BY = "('undo', 'redo', 'delivery', 'purge')"
"""Commands that undo and redo do not see: themselves, reports of what has become of something, and what is gone."""


def append(
    conn: sqlite3.Connection, command: str, payload: Payload, *, actor: str, at: str, seq: int | None = None
) -> int:
    """Write the row of one command and return its seq. Runs inside the caller's transaction.

    ``payload`` holds ``label`` (what the command did, for people), ``changes`` (images of each
    request before and after) and whatever the command adds. ``seq`` is one got from ``next_seq``.
    """
    if seq is None:
        seq = next_seq(conn)
    salt = os.urandom(16)
    body = _dumps(payload).encode()
    payload_digest = _sha256(salt + body)
    last = conn.execute("SELECT digest FROM journal WHERE seq = ?", (seq - 1,)).fetchone()
    digest = _digest(last[0] if last else "", seq, at, actor, command, payload_digest)
    conn.execute(
        "INSERT INTO journal (seq, recorded_at, actor, command, payload_digest, digest) VALUES (?, ?, ?, ?, ?, ?)",
        (seq, at, actor, command, payload_digest, digest),
    )
    conn.execute("INSERT INTO journal_payload VALUES (?, ?, ?)", (seq, salt, _packed(body)))
    return seq


def next_seq(conn: sqlite3.Connection) -> int:
    """The seq the next row will have; stays true while the caller's transaction holds the write lock."""
    found = conn.execute("SELECT coalesce(max(seq), 0) + 1 FROM journal").fetchone()
    return int(found[0])


def payload(conn: sqlite3.Connection, seq: int) -> Payload | None:
    """What the command ``seq`` kept for its undo; None when it was erased."""
    found = conn.execute("SELECT body FROM journal_payload WHERE seq = ?", (seq,)).fetchone()
    if found is None:
        return None
    import json

    loaded: Payload = json.loads(_unpacked(found[0]))
    return loaded


def bodies(conn: sqlite3.Connection) -> Iterator[str]:
    """What every command kept for its undo, as text."""
    for (body,) in conn.execute("SELECT body FROM journal_payload"):
        yield _unpacked(body).decode("utf-8", "replace")


def add_events(
    conn: sqlite3.Connection, seq: int, facts: Iterable[tuple[int, str, str, str | None, str | None]]
) -> None:
    """Record facts of command ``seq``: (request, at, kind, old, new), ``at`` being when it happened."""
    conn.executemany(
        "INSERT INTO event (request_id, at, kind, old, new, seq) VALUES (?, ?, ?, ?, ?, ?)",
        ((*fact, seq) for fact in facts),
    )


_NEWEST = """
    SELECT max((SELECT e.at FROM event e JOIN journal j ON j.seq = e.seq
                WHERE e.request_id = r.id AND j.undone_by IS NULL ORDER BY e.at DESC LIMIT 1))
    FROM request r WHERE r.id IN ({})
"""


def after_all(conn: sqlite3.Connection, at: str, requests: Collection[int]) -> str:
    """A stored instant, or where these requests, a few hundred at most, have a later fact, the moment after that.

    A clock that was set back must not put what is done now before what was done then: what a request is follows from
    its facts in order. The journal keeps what the clock said.
    """
    found = conn.execute(_NEWEST.format(", ".join("?" * len(requests))), (*requests,)).fetchone()[0]
    if found is None or found <= at:
        return at
    from datetime import timedelta

    from deskmate.domain import instant

    return instant.to_text(instant.from_text(found) + timedelta(milliseconds=1))


def set_undone(conn: sqlite3.Connection, seq: int, by: int | None) -> None:
    """Say that command ``seq`` was undone by command ``by``; None when it was redone."""
    conn.execute("UPDATE journal SET undone_by = ? WHERE seq = ?", (by, seq))


def is_undone(conn: sqlite3.Connection, seq: int) -> bool:
    """Whether command ``seq`` counts no longer."""
    return conn.execute("SELECT undone_by FROM journal WHERE seq = ?", (seq,)).fetchone()[0] is not None


def to_undo(conn: sqlite3.Connection, request: int | None = None) -> int | None:
    """The seq of the newest command that still counts, of one request if named; None if there is none."""
    only = "" if request is None else "AND seq IN (SELECT seq FROM event WHERE request_id = ?)"
    found = conn.execute(
        f"""
        SELECT seq FROM journal
        WHERE undone_by IS NULL AND command NOT IN {_PASSED_BY} AND actor <> '{CLOCK}' {only}
        ORDER BY seq DESC LIMIT 1
        """,
        () if request is None else (request,),
    ).fetchone()
    return None if found is None else int(found[0])


def to_redo(conn: sqlite3.Connection) -> int | None:
    """The seq of the command undone last; None when nothing was undone since the last new command."""
    found = conn.execute(
        f"""
        SELECT seq FROM journal
        WHERE undone_by > coalesce((SELECT seq FROM journal
                                    WHERE command NOT IN {_PASSED_BY} AND actor <> '{CLOCK}'
                                    ORDER BY seq DESC LIMIT 1), 0)
        ORDER BY undone_by DESC LIMIT 1
        """
    ).fetchone()
    return None if found is None else int(found[0])


def newest_of(conn: sqlite3.Connection, request: int, kind: str) -> int | None:
    """The seq of the newest command that left this kind of fact on a request and still counts."""
    found = conn.execute(
        """
        SELECT e.seq FROM event e JOIN journal j ON j.seq = e.seq
        WHERE e.request_id = ? AND e.kind = ? AND j.undone_by IS NULL ORDER BY e.at DESC, e.seq DESC LIMIT 1
        """,
        (request, kind),
    ).fetchone()
    return None if found is None else int(found[0])


def first_broken(conn: sqlite3.Connection) -> int | None:
    """The first row whose digest does not follow from what is stored; None when the chain holds."""
    before = ""
    rows = conn.execute(
        """
        SELECT j.seq, j.recorded_at, j.actor, j.command, j.payload_digest, j.digest, p.salt, p.body
        FROM journal j LEFT JOIN journal_payload p ON p.seq = j.seq ORDER BY j.seq
        """
    )
    for seq, at, actor, command, payload_digest, digest, salt, body in rows:
        if digest != _digest(before, seq, at, actor, command, payload_digest):
            return int(seq)
        if body is not None and not _matches(salt, body, payload_digest):
            return int(seq)
        before = digest
    return None


def _matches(salt: bytes, body: bytes, payload_digest: str) -> bool:
    import zlib

    try:
        return _sha256(salt + _unpacked(body)) == payload_digest
    except zlib.error:
        return False


def _digest(before: str, *parts: object) -> str:
    return _sha256(_dumps([before, *parts]).encode())


def _sha256(data: bytes) -> str:
    """The digest in hex. ``hashlib`` loads all of OpenSSL, which takes about as long as storing a capture,
    so this asks Python's own module, under the name it has since 3.12 or the one before."""
    try:
        from _sha2 import sha256  # type: ignore[import-not-found]
    except ImportError:
        try:
            from _sha256 import sha256  # type: ignore[import-not-found]
        except ImportError:
            from hashlib import sha256
    return str(sha256(data).hexdigest())


def _dumps(value: object) -> str:
    """Compact JSON. The ``json`` package imports ``re`` for its reader, which costs more than storing a
    capture, so this asks the encoder below it, where there is one."""
    try:
        from _json import encode_basestring, make_encoder
    except ImportError:
        import json

        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    encode = make_encoder(None, _refuse, encode_basestring, None, ":", ",", False, False, False)
    return "".join(encode(value, 0))


def _refuse(value: object) -> None:
    raise TypeError(f"{type(value).__name__} is no JSON")


def _packed(body: bytes) -> bytes:
    if len(body) <= PACK_OVER:
        return body
    import zlib

    return zlib.compress(body, 6)


def _unpacked(body: bytes) -> bytes:
    if body[:1] == b"{":
        return body
    import zlib

    return zlib.decompress(body)
