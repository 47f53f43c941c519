"""What has passed and was not announced yet.

Nothing depends on somebody having looked at the right moment: what is asked for are all moments since a mark, without
those whose key is in ``fired``. A key stays there for ever, so a clock that is set back announces nothing again.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from deskmate.domain.attention import Kind, Reminder
from deskmate.store import journal
from deskmate.store.hold import TYPED
from deskmate.store.read import changes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

MOST = 1_000
"""So many of each kind are found at once; after ten years on a large desk the rest is seen in the lists."""

_COLUMNS = "r.id, r.title, r.priority, coalesce(p.vip, 0), r.channel"
_THERE = "shelf IN ('now', 'waiting', 'parked', 'held', 'done', 'dropped')"
_ASLEEP = "shelf IN ('now', 'waiting', 'parked')"
# Half open, so that no moment is found twice or left out between two looks.
_PASSED = {
    Kind.OVERDUE: ("due_at", "due_kind", f"r.{_THERE} AND r.due_at >= :since AND r.due_at < :now"),
    Kind.SOON: ("due_at", "due_kind", "r.void = 0 AND r.soon_at >= :since AND r.soon_at < :now AND r.due_at >= :now"),
    Kind.CHECK: ("check_at", "''", "r.void = 0 AND r.check_at >= :since AND r.check_at < :now"),
    Kind.WOKEN: ("wake_at", "''", f"r.{_ASLEEP} AND r.wake_at >= :since AND r.wake_at < :now"),
}
_SQL = {
    kind: f"""
    SELECT {_COLUMNS}, r.{about}, {letter} FROM request r LEFT JOIN person p ON p.id = r.person_id
    WHERE {where} AND NOT EXISTS (SELECT 1 FROM fired WHERE key = '{kind}:' || r.id || ':' || r.{about}) LIMIT {MOST}
    """
    for kind, (about, letter, where) in _PASSED.items()
}
# What the technician typed or imported is no news to anybody.
_ARRIVED = f"""
    SELECT {_COLUMNS}, j.seq, e.kind, e.new FROM journal j
    JOIN event e INDEXED BY event_seq ON e.seq = j.seq
    JOIN request r ON r.id = e.request_id LEFT JOIN person p ON p.id = r.person_id
    WHERE j.seq > :seq AND j.actor NOT IN ('{TYPED}', '{journal.CLOCK}') AND j.command <> 'import'
      AND j.undone_by IS NULL AND r.shelf = 'now'
      AND (e.kind = 'let through' OR (e.kind IN ('captured', 'priority') AND r.rank = 0)) LIMIT {MOST}
"""


def passed(conn: sqlite3.Connection, since: str, now: str, seq: int) -> tuple[list[Reminder], int]:
    """All that is to be announced of the time between two stored instants, and of what came in after ``seq``.

    The second is the seq up to which that is. Of a request that is P1 only this is said.
    """
    last = changes.last_seq(conn)
    found: dict[str, Reminder] = {}
    for *who, at, came, rule in conn.execute(_ARRIVED, {"seq": seq}).fetchall() if seq < last else ():
        of = str(at) if came == "let through" else ""
        made = _reminder(Kind.P1 if who[2] == 1 else Kind.THROUGH, who, of, rule=rule or "")
        if made.kind is Kind.P1 and of and _fired(conn, made.key):  # it has come again
            made = replace(made, kind=Kind.THROUGH)
        if not _fired(conn, made.key):
            found[made.key] = made
    for which, sql in _SQL.items():
        for *who, about, letter in conn.execute(sql, {"since": since, "now": now}):
            made = _reminder(which, who, about, letter=letter)
            found[made.key] = made
    return list(found.values()), last


def _reminder(kind: Kind, who: Sequence[Any], of: str = "", *, letter: str = "", rule: str = "") -> Reminder:
    number, title, priority, vip, channel = who
    return Reminder(kind, number, title, priority, bool(vip), channel, of, letter, rule)


def _fired(conn: sqlite3.Connection, key: str) -> bool:
    return conn.execute("SELECT 1 FROM fired WHERE key = ?", (key,)).fetchone() is not None
