"""When requests are due: a cache of what events, promises and office hours come to, kept by whoever writes.

Every writer calls ``refresh`` for the requests it touched, in its own transaction, as it does for the search table;
whoever changes the hours or the targets calls ``refresh_open``. Events of undone commands do not count.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from deskmate.domain import instant
from deskmate.domain.due import SOON
from deskmate.domain.priority import Priority
from deskmate.domain.sla import SOON_AT, Clock, Event, Happened, Kind, Running, Target, Targets, clock
from deskmate.store.read import hours

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from deskmate.domain.calendar import Calendar
    from deskmate.domain.hours_preview import DueMoves

CLOSES_AFTER = 5
"""Business days after which what is resolved counts as closed. What an import brings stays as its source says."""
_PART = 500
_BOUND = """
    SELECT r.id, r.void OR r.status IN ('resolved', 'closed', 'dropped'), r.priority, r.created_at, r.needed_by,
           (SELECT min(p.due_at) FROM promise p WHERE p.request_id = r.id AND p.state = 'open' AND p.void = 0),
           (SELECT min(c.at) FROM check_back c WHERE c.request_id = r.id AND c.asked_at IS NULL
             AND c.answered_at IS NULL AND c.void = 0 AND r.void = 0),
           iif(r.status = 'resolved' AND NOT r.void, r.resolved_at, NULL)
    FROM request r WHERE r.id IN ({})
"""
_HAPPENED = """
    SELECT e.request_id, e.at, e.kind, e.old, e.new FROM event e JOIN journal j ON j.seq = e.seq
    WHERE e.request_id IN ({}) AND j.undone_by IS NULL AND e.kind IN ('clock', 'first response', 'resolved')
    ORDER BY e.at, e.seq, e.id
"""
_KEPT = (
    "due_at",
    "due_kind",
    "due_key",
    "soon_at",
    "response_due",
    "resolve_due",
    "response_soon",
    "resolve_soon",
    "promised_at",
    "check_at",
    "close_at",
    "step_at",
)
_KEEP = f"""
    UPDATE request SET {", ".join(f"{name} = ?{number}" for number, name in enumerate(_KEPT, 1))}
    WHERE id = ?{len(_KEPT) + 1}
      AND ({" OR ".join(f"{name} IS NOT ?{number}" for number, name in enumerate(_KEPT, 1))})
"""
_CLOCK = {"paused": Happened.PAUSED, "ended": Happened.ENDED}


def refresh(conn: sqlite3.Connection, ids: Sequence[int], calendar: Calendar | None = None) -> None:
    """Count anew when these requests are due; ``calendar`` spares reading the hours again.

    What has ended is due for its promises alone, what was not triaged has no targets. A checklist that is run for a
    request may make it needed before, or after, its own time.
    """
    targets: dict[Priority, Targets] = {}
    for start in range(0, len(ids), _PART):
        part = ids[start : start + _PART]
        marks = ", ".join("?" * len(part))
        found = conn.execute(_BOUND.format(marks), part).fetchall()
        measured = {number for number, ended, priority, *_rest in found if priority and not ended}
        if measured or any(row[-1] for row in found):
            calendar = calendar or hours.calendar(conn)
            targets = targets or targets_of(conn)
        steps = _steps(conn, {row[0]: row[4] for row in found if row[4] and not row[1]}, calendar)
        happened = events(conn, [row[0] for row in found if row[0] in measured])
        kept = []
        for number, ended, priority, created_at, needed_by, promised_at, check_at, resolved_at in found:
            binding: list[tuple[str, str, str]] = []
            response_due = resolve_due = response_soon = resolve_soon = close_at = None
            if resolved_at and calendar:
                close_at = instant.to_text(calendar.business_days_later(instant.from_text(resolved_at), CLOSES_AFTER))
            if promised_at:
                binding.append((promised_at, "p", _before(promised_at)))
            step_at = None
            if needed_by and not ended:
                needed_by, step_at = steps.get(number, (needed_by, None))
                binding.append((needed_by, "n", _before(needed_by)))
            if number in measured and calendar:
                of, seen = targets[Priority(priority)], [created(created_at), *happened.get(number, ())]
                if response := _measured(seen, of.response, calendar, Kind.RESPONSE):
                    response_due, _letter, response_soon = response
                    binding.append(response)
                if resolve := _measured(seen, of.resolve, calendar, Kind.RESOLVE):
                    resolve_due, _letter, resolve_soon = resolve
                    binding.append(resolve)
            due_at, kind, soon_at = min(binding, default=(None, None, None))
            key = due_at or instant.END_OF_TIME
            targets_due = response_due, resolve_due, response_soon, resolve_soon
            kept.append((due_at, kind, key, soon_at, *targets_due, promised_at, check_at, close_at, step_at, number))
        conn.executemany(_KEEP, kept)


def _steps(
    conn: sqlite3.Connection, needed: Mapping[int, str], calendar: Calendar | None
) -> dict[int, tuple[str, str | None]]:
    """What the runs for requests come to; few requests have one, and for the others nothing is imported."""
    marks = ", ".join("?" * len(needed))
    going = f"SELECT request_id FROM run WHERE request_id IN ({marks}) AND state = 'open' AND void = 0"
    for_these = {number: needed[number] for (number,) in conn.execute(going, list(needed))} if needed else {}
    if not for_these:
        return {}
    from deskmate.store import steps

    return steps.standing(conn, for_these, calendar)


def refresh_open(conn: sqlite3.Connection, calendar: Calendar | None = None, *, at: str = "") -> DueMoves:
    """Count anew when whatever goes on is due, because the hours or the targets are others now; says what that moved.

    Each date that moves counts, not only the one that binds a request; what was promised does not move by hours.

    ``at`` is the stored instant that tells what is overdue; without one nothing is called so.
    """
    from deskmate.domain.hours_preview import DueMoves

    open_ones = (
        "SELECT id, response_due, resolve_due FROM request WHERE shelf IN ('now', 'held', 'waiting', 'parked')"
    )
    before = {number: dates for number, *dates in conn.execute(open_ones)}
    closing = [number for (number,) in conn.execute("SELECT id FROM request WHERE close_at > ''")]
    refresh(conn, [*before, *closing], calendar)
    moved = [
        (was or instant.END_OF_TIME, now or instant.END_OF_TIME)
        for number, *dates in conn.execute(open_ones)
        for was, now in zip(before[number], dates, strict=True)
        if was != now
    ]
    return DueMoves(
        len(moved), sum(was > at >= now for was, now in moved), sum(now > at >= was for was, now in moved)
    )


def targets_of(conn: sqlite3.Connection) -> dict[Priority, Targets]:
    """The targets as they are said, by priority."""
    sql = "SELECT id, response_minutes, resolve_minutes, round_the_clock FROM target"
    return {
        Priority(priority): Targets(
            Target(timedelta(minutes=response), bool(always)), Target(timedelta(minutes=resolve), bool(always))
        )
        for priority, response, resolve, always in conn.execute(sql)
    }


def events(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, list[Event]]:
    """What happened to the clocks of these requests since they came in, in order of time."""
    marks = ", ".join("?" * len(ids))
    rows: dict[int, list[tuple[str, str, str | None, str | None]]] = {}
    for number, *row in conn.execute(_HAPPENED.format(marks), ids):
        rows.setdefault(number, []).append((row[0], row[1], row[2], row[3]))
    return {number: list(_events(found)) for number, found in rows.items()}


def clocks(conn: sqlite3.Connection, number: int, now: datetime) -> tuple[tuple[Kind, Clock], ...]:
    """How a request stands with its targets now: with those whose clock has not ended."""
    sql = "SELECT priority, created_at FROM request WHERE id = ? AND priority AND status NOT IN ('closed', 'dropped')"
    found = conn.execute(sql, (number,)).fetchone()
    if found is None:
        return ()
    of, calendar = targets_of(conn)[Priority(found[0])], hours.calendar(conn)
    seen = [created(found[1]), *events(conn, [number]).get(number, ())]
    standing = (
        (kind, clock(seen, of.of(kind).time, None if of.of(kind).round_the_clock else calendar, now, kind))
        for kind in Kind
    )
    return tuple((kind, each) for kind, each in standing if each.running is not Running.ENDED)


def created(at: str) -> Event:
    """The event that starts the clocks."""
    return Event(instant.from_text(at), Happened.CREATED)


def _events(rows: Sequence[tuple[str, str, str | None, str | None]]) -> Iterator[Event]:
    begun = False
    resolved: datetime | None = None
    for at, kind, old, new in rows:
        moment = instant.from_text(at)
        if kind == "first response":
            yield Event(moment, Happened.ANSWERED)
        elif kind == "resolved":
            resolved = resolved or moment
        else:
            if old == "ended" and not begun and resolved:  # it was served elsewhere, before it came here
                yield Event(resolved, Happened.ENDED)
            begun = True
            yield Event(moment, _CLOCK.get(new or "") or (Happened.REOPENED if old == "ended" else Happened.RESUMED))


def _measured(
    seen: Sequence[Event], target: Target, calendar: Calendar | None, kind: Kind
) -> tuple[str, str, str] | None:
    """When a target is due, its letter, and from when on that is soon; None while its clock does not run."""
    used = None if target.round_the_clock else calendar
    now = max(event.at for event in seen)
    due = clock(seen, target.time, used, now, kind).due
    if due is None:
        return None
    soon = clock(seen, target.time * SOON_AT, used, now, kind).due or due
    return instant.to_text(due), kind.value, instant.to_text(soon)


def _before(at: str) -> str:
    """From when on a date that was told to somebody is soon."""
    return instant.to_text(instant.from_text(at) - SOON)
