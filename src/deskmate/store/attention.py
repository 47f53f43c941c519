"""What has passed and was not announced yet.

Nothing depends on somebody having looked at the right moment: what is asked for are all moments since a mark, without
those whose key is in ``fired``. A key stays there for ever, so a clock that is set back announces nothing again.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from deskmate.domain import instant
from deskmate.domain.attention import Kind, Reminder
from deskmate.domain.due import SOON
from deskmate.store import agenda, journal
from deskmate.store.hold import TYPED
from deskmate.store.read import changes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

MOST = 1_000
"""So many of each kind are found at once; after ten years on a large desk the rest is seen in the lists."""

_COLUMNS = "r.id, r.title, r.priority, coalesce(p.vip, 0), r.channel"
_REQUEST = "request r"
_PROMISE = "promise o JOIN request r ON r.id = o.request_id"
# The plus keeps these from being taken for the way to the rows: the moments are.
_OPEN = "o.state = 'open' AND o.void = 0 AND +r.void = 0"
_GOES_ON = "+r.shelf IN ('now', 'waiting', 'parked', 'held')"
# Once its checklist is done as far as the day, what comes after that is due instead.
_NEEDED = f"{_GOES_ON} AND +r.due_at <= r.needed_by"
_ASLEEP = "r.shelf IN ('now', 'waiting', 'parked')"


def _within(moment: str, since: str = ":since", now: str = ":now") -> str:
    """Half open, so that no moment is found twice or left out between two looks."""
    return f"{moment} >= {since} AND {moment} < {now}"


def _soon(due: str) -> str:
    """What is told to somebody is soon a fixed time ahead."""
    return f"{_within(due, ':since_ahead', ':now_ahead')} AND {due} >= :now"


# Each target of a request warns for itself: what binds first must not hide the next. The targets are null where
# their clocks have ended. Of two that fall on one moment the first here is named.
_PASSED = (
    (Kind.OVERDUE, "o.due_at", "p", _PROMISE, f"{_within('o.due_at')} AND {_OPEN}"),
    (Kind.OVERDUE, "r.needed_by", "n", _REQUEST, f"{_within('r.needed_by')} AND {_NEEDED}"),
    (Kind.OVERDUE, "r.response_due", "r", _REQUEST, _within("r.response_due")),
    (Kind.OVERDUE, "r.resolve_due", "", _REQUEST, _within("r.resolve_due")),
    (Kind.SOON, "o.due_at", "p", _PROMISE, f"{_soon('o.due_at')} AND {_OPEN}"),
    (Kind.SOON, "r.needed_by", "n", _REQUEST, f"{_soon('r.needed_by')} AND {_NEEDED}"),
    (Kind.SOON, "r.response_due", "r", _REQUEST, f"{_within('r.response_soon')} AND r.response_due >= :now"),
    (Kind.SOON, "r.resolve_due", "", _REQUEST, f"{_within('r.resolve_soon')} AND r.resolve_due >= :now"),
    (Kind.CHECK, "r.check_at", "", _REQUEST, f"+r.void = 0 AND {_within('r.check_at')}"),
    (Kind.WOKEN, "r.wake_at", "", _REQUEST, f"{_ASLEEP} AND {_within('r.wake_at')}"),
)
_SQL = [
    (
        kind,
        letter,
        f"""
        SELECT {_COLUMNS}, {moment} FROM {table} LEFT JOIN person p ON p.id = r.person_id
        WHERE {where} AND NOT EXISTS (SELECT 1 FROM fired WHERE key = '{kind}:' || r.id || ':' || {moment})
        LIMIT {MOST}
        """,
    )
    for kind, moment, letter, table, where in _PASSED
]
# What the technician typed or imported is no news to anybody.
_ARRIVED = f"""
    SELECT {_COLUMNS}, j.seq, e.kind, e.new FROM journal j
    JOIN event e INDEXED BY event_seq ON e.seq = j.seq
    JOIN request r ON r.id = e.request_id LEFT JOIN person p ON p.id = r.person_id
    WHERE j.seq > :seq AND j.actor NOT IN ('{TYPED}', '{journal.CLOCK}') AND j.command <> 'import'
      AND j.undone_by IS NULL AND r.shelf = 'now'
      AND (e.kind = 'let through' OR (e.kind IN ('captured', 'priority') AND r.rank = 0)) LIMIT {MOST}
"""

# Whoever goes back to the hours at this desk is told at once, and what was looked at needs no word.
_RELEASED = f"""
    SELECT {_COLUMNS}, j.seq FROM journal j
    JOIN event e INDEXED BY event_seq ON e.seq = j.seq
    JOIN request r ON r.id = e.request_id LEFT JOIN person p ON p.id = r.person_id
    WHERE j.seq > :seq AND j.command = 'release' AND e.kind = 'released' AND e.new IS NULL
      AND r.held_at IS NOT NULL AND r.held = 0 AND r.void = 0 AND NOT EXISTS (
        SELECT 1 FROM journal b WHERE b.seq = j.seq - 1 AND b.command = 'availability' AND b.actor = '{TYPED}'
      ) LIMIT {MOST}
"""

# The day of an item of a checklist that is run for a request.
_COME = f"""
    SELECT {_COLUMNS}, e.at FROM journal j
    JOIN event e INDEXED BY event_seq ON e.seq = j.seq
    JOIN request r ON r.id = e.request_id LEFT JOIN person p ON p.id = r.person_id
    WHERE j.seq > :seq AND j.command = 'wake' AND e.kind = 'today' AND r.void = 0 LIMIT {MOST}
"""


# Of a checklist that was begun already nobody needs to hear.
_CHECKS = f"""
    SELECT c.id, c.name, t.nominal FROM standing t INDEXED BY standing_due JOIN checklist c ON c.id = t.checklist_id
    WHERE t.due_at <= :now AND (t.stale_at IS NULL OR t.stale_at > :now)
      AND NOT EXISTS (SELECT 1 FROM run r WHERE r.checklist_id = c.id AND r.nominal = t.nominal AND r.void = 0)
      AND NOT EXISTS (SELECT 1 FROM fired WHERE key = '{Kind.CHECKLIST}:' || c.id || ':' || t.nominal) LIMIT {MOST}
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
    for *who, at in conn.execute(_RELEASED, {"seq": seq}).fetchall() if seq < last else ():
        made = _reminder(Kind.HELD, who, str(at))
        if not _fired(conn, made.key):
            found[made.key] = made
    for *who, at in conn.execute(_COME, {"seq": seq}).fetchall() if seq < last else ():
        made = _reminder(Kind.WOKEN, who, str(at))
        if not _fired(conn, made.key):
            found[made.key] = made
    times = {"since": since, "now": now, "since_ahead": _ahead(since), "now_ahead": _ahead(now)}
    for which, letter, sql in _SQL:
        for *who, about in conn.execute(sql, times):
            made = _reminder(which, who, about, letter=letter)
            found.setdefault(made.key, made)
    for key, name, nominal in conn.execute(_CHECKS, {"now": now}):
        made = Reminder(Kind.CHECKLIST, key, name, of=nominal)
        found[made.key] = made
    return list(found.values()), last


def _ahead(at: str) -> str:
    return instant.to_text(instant.from_text(at) + SOON)


def missed(conn: sqlite3.Connection, now: str) -> int | None:
    """How much of all checklists was missed since each was last done; None where that has to be counted first."""
    if agenda.is_stale(conn, now):
        return None
    return int(conn.execute("SELECT total(missed) FROM standing").fetchone()[0])


def _reminder(kind: Kind, who: Sequence[Any], of: str = "", *, letter: str = "", rule: str = "") -> Reminder:
    number, title, priority, vip, channel = who
    return Reminder(kind, number, title, priority, bool(vip), channel, of, letter, rule)


def _fired(conn: sqlite3.Connection, key: str) -> bool:
    return conn.execute("SELECT 1 FROM fired WHERE key = ?", (key,)).fetchone() is not None
