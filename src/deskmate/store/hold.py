"""Holding back what arrives while the door says do not disturb or away, and letting it go afterwards.

Plain SQL, and hardly an import, because a capture asks. As with waking nothing depends on a timer having fired:
whoever is about to show a list asks whether the time is over. What is let go is a fact with a row in the journal, but
no command that somebody gave, and the version of a request stays.
"""

from __future__ import annotations

import sqlite3

from deskmate.domain.row import label
from deskmate.store import journal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from deskmate.domain.breakthrough import Arrival, Rule

TYPED = "technician"
"""The actor whose words are never held: what is typed in the app."""

_NEWEST = "SELECT state, until FROM override WHERE void = 0 AND at <= ? ORDER BY at DESC, id DESC LIMIT 1"
_SLOTS = """
    SELECT 1 FROM slot WHERE void = 0 AND starts < :after
      AND (CASE WHEN every THEN coalesce(last, '9999') ELSE ends END) >= :before LIMIT 1
"""


def is_shut(conn: sqlite3.Connection, at: str) -> bool:
    """Whether the door says do not disturb or away at a stored instant."""
    found = conn.execute(_NEWEST, (at,)).fetchone()
    if found is not None and found[0] != "CLEAR" and (found[1] is None or at < found[1]):
        return found[0] in ("DND", "AWAY")
    # A local time is less than a day off, a slot that comes again began before its last day.
    days = conn.execute("SELECT date(?1, '+2 days'), date(?1, '-2 days')", (at,)).fetchone()
    if conn.execute(_SLOTS, {"after": days[0], "before": days[1]}).fetchone() is None:
        return False
    from deskmate.domain import instant, local
    from deskmate.store.read import hours

    return hours.availability(conn, instant.from_text(at).astimezone(local.Local())).state in ("DND", "AWAY")


def rules(conn: sqlite3.Connection) -> list[Rule]:
    """What breaks through, in order."""
    from deskmate.domain.breakthrough import Rule

    sql = "SELECT id, name, kind, channel, words, minutes, passes FROM rule WHERE void = 0 ORDER BY position, id"
    return [Rule(*row) for row in conn.execute(sql)]


def arrival(conn: sqlite3.Connection, number: int, text: str, channel: str | None, at: str, *, new: bool) -> Arrival:
    """What came in on a request, or made it when that is ``new``, as the rules look at it before it is kept."""
    from deskmate.domain.breakthrough import Arrival

    priority, vip, person, name = conn.execute(
        "SELECT r.priority, coalesce(p.vip, 0), r.person_id, r.requester"
        " FROM request r LEFT JOIN person p ON p.id = r.person_id WHERE r.id = ?",
        (number,),
    ).fetchone()
    since = _since(conn, number if new else 0, person, name, at)
    return Arrival(text, priority=priority, vip=bool(vip), channel=channel, since=since)


def passes(
    conn: sqlite3.Connection, number: int, text: str, channel: str | None, at: str, *, new: bool
) -> tuple[bool, str]:
    """Whether that breaks through, and by which rule."""
    from deskmate.domain.breakthrough import decide

    return decide(rules(conn), arrival(conn, number, text, channel, at, new=new))


def waits(conn: sqlite3.Connection, at: str) -> bool:
    """Whether something is held although the door is not shut any more."""
    return conn.execute("SELECT 1 FROM request WHERE shelf = 'held' LIMIT 1").fetchone() is not None and not is_shut(
        conn, at
    )


def release(conn: sqlite3.Connection, at: str) -> list[int]:
    """Let everything go that is held, if it is time; inside the caller's transaction. Gives the requests."""
    if not waits(conn, at):
        return []
    held = [number for (number,) in conn.execute("SELECT id FROM request WHERE shelf = 'held'")]
    let_go(conn, held, at)
    return held


def let_go(conn: sqlite3.Connection, numbers: Sequence[int], at: str, why: str | None = None) -> None:
    """Put what is held where it belongs. ``held_at`` stays until somebody has looked at it."""
    conn.executemany(
        "UPDATE request SET held = 0, shelf = CASE WHEN wake_at IS NULL OR woken THEN 'now'"
        " WHEN status = 'waiting' THEN 'waiting' ELSE 'parked' END WHERE id = ? AND shelf = 'held'",
        [(number,) for number in numbers],
    )
    what = label(numbers[0]) if len(numbers) == 1 else f"{len(numbers):,} requests"
    payload = {"label": f"released {what}", "changes": []}
    seq = journal.append(conn, "release", payload, actor=journal.CLOCK, at=at)
    facts = [(number, journal.after_all(conn, at, (number,)), "released", None, why) for number in numbers]
    journal.add_events(conn, seq, facts)


_LET_GO = """
    SELECT id FROM request r WHERE void = 0 AND held_at IS NOT NULL AND shelf IN ('now', 'waiting', 'parked')
      AND EXISTS (SELECT 1 FROM event e WHERE e.request_id = r.id AND e.kind = 'released' AND e.seq > ?)
"""


def again(conn: sqlite3.Connection, since: int, at: str) -> list[int]:
    """Hold again what was let go after journal seq ``since``, where the door is shut after all; gives the requests.

    The command ``since`` was taken back, or brought back. What somebody has looked at by then stays where it is. Runs
    inside the caller's transaction.
    """
    if not is_shut(conn, at):
        return []
    found = [number for (number,) in conn.execute(_LET_GO, (since,))]
    conn.executemany("UPDATE request SET held = 1, shelf = 'held' WHERE id = ?", [(number,) for number in found])
    return found


def seen(conn: sqlite3.Connection, number: int, at: str, *, opened: bool) -> None:
    """Somebody has looked at what was held; one that was opened is held no more."""
    sql = "SELECT shelf = 'held' FROM request WHERE id = ? AND held_at IS NOT NULL"
    found = conn.execute(sql, (number,)).fetchone()
    if found is None or (found[0] and not opened):
        return
    if found[0]:
        let_go(conn, [number], at, "opened")
    conn.execute("UPDATE request SET held_at = NULL WHERE id = ? AND held = 0", (number,))


_LOOKED_AT = 20
"""So many of the newest requests of a person are looked at for when they came before."""
_BEFORE = """
    SELECT (julianday(:at) - julianday(max(at))) * 1440 FROM (
      SELECT created_at AS at FROM ({theirs}) WHERE id <> :but
      UNION ALL
      SELECT m.at FROM message m JOIN ({theirs}) r ON r.id = m.request_id
      WHERE m.kind = 'received' AND m.void = 0
    ) WHERE at <= :at
"""
_BY_CARD = f"""
    SELECT id, created_at FROM request WHERE person_id = :who AND +void = 0 ORDER BY id DESC LIMIT {_LOOKED_AT}
"""
_BY_NAME = f"""
    SELECT id, created_at FROM (SELECT * FROM request WHERE void = 0 ORDER BY id DESC LIMIT {_LOOKED_AT * 10})
    WHERE person_id IS NULL AND requester = :who COLLATE NOCASE
"""


def _since(conn: sqlite3.Connection, but: int, person: int | None, name: str | None, at: str) -> float | None:
    """Minutes since a person, or somebody of that name, came before, as far as that is near; ``but`` is left out."""
    if person is None and not name:
        return None
    sql = _BEFORE.format(theirs=_BY_CARD if person is not None else _BY_NAME)
    found = conn.execute(sql, {"who": name if person is None else person, "but": but, "at": at}).fetchone()
    return None if found[0] is None else float(found[0])
