"""One request whole: its fields, who asked, and its timeline."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from deskmate.domain.category import answered, gaps
from deskmate.domain.request import ENUMS, FLAGS, Request
from deskmate.domain.status import ENDED
from deskmate.domain.timeline import (
    COUNTED_TO,
    Attachment,
    Delivery,
    Detail,
    Entry,
    Event,
    Handover,
    Note,
    Received,
    Reply,
    Restricted,
)
from deskmate.store.due import clocks
from deskmate.store.read import promises
from deskmate.store.read.categories import category
from deskmate.store.read.focus import pieces
from deskmate.store.read.others import others
from deskmate.store.read.problems import size
from deskmate.store.read.runs import progress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

WHOLE = 1 << 30
"""A ``text_limit`` that cuts nothing."""

_FIELDS = (
    "number title status priority impact urgency person_id requester channel"
    " category device_id device needed_by due_at due_kind soon_at response_due resolve_due"
    " promised_at check_at cause outcome resolution"
    " drop_reason merged_into waiting_on waiting_for waiting_since wake_at woken chases"
    " parked_reason unread created_at resolved_at void version"
).split()
_HEAD = """
    SELECT r.id, r.title, r.status, r.priority, r.impact, r.urgency, r.person_id, r.requester, r.channel,
           r.category, r.device_id, r.device, r.needed_by, r.due_at, r.due_kind, r.soon_at, r.response_due,
           r.resolve_due, r.promised_at, r.check_at, r.cause, r.outcome, r.resolution,
           r.drop_reason, r.merged_into, r.waiting_on, r.waiting_for, r.waiting_since, r.wake_at, r.woken, r.chases,
           r.parked_reason, r.unread, r.created_at, r.resolved_at, r.void, r.version,
           r.updated_at, p.name, p.vip, p.room, d.name
    FROM request r LEFT JOIN person p ON p.id = r.person_id LEFT JOIN device d ON d.id = r.device_id
    WHERE r.id = ? AND r.void = 0
"""


def detail(
    conn: sqlite3.Connection,
    number: int,
    *,
    text_limit: int = WHOLE,
    entry_limit: int = -1,
    now: datetime | None = None,
) -> Detail | None:
    """The request ``number`` with its newest ``entry_limit`` entries, texts cut at ``text_limit`` characters.

    None when there is no such request. Events of undone commands are left out. How it stands with its targets is
    counted only for a ``now``.
    """
    head = conn.execute(_HEAD, (number,)).fetchone()
    if head is None:
        return None
    names = conn.execute(
        "SELECT t.name, t.known FROM request_tag rt JOIN tag t ON t.id = rt.tag_id"
        " WHERE rt.request_id = ? ORDER BY t.word",
        (number,),
    ).fetchall()
    values = dict(zip(_FIELDS, head, strict=False))
    for name, kind in ENUMS.items():
        values[name] = None if values[name] is None else kind(values[name])
    for name in FLAGS:
        values[name] = bool(values[name])
    request = Request(
        **values,
        tags=tuple(name for name, _known in names),
        links=tuple(links(conn, number)),
        answers=tuple(answers(conn, number)),
    )
    updated_at, known_as, vip, room, device = head[len(_FIELDS) :]
    merged = tuple(merged_into(conn, number))
    kind_of_trouble = category(conn, request.category)
    return Detail(
        request=request,
        who=known_as or request.requester or "",
        known=known_as is not None,
        entries=tuple(_entries(conn, number, merged, text_limit, entry_limit)),
        updated_at=updated_at,
        unknown_tags=frozenset(name for name, known in names if not known),
        attachments=tuple(attachments(conn, (number, *merged))),
        vip=bool(vip),
        room=room or "",
        device=device or request.device or "",
        merged=merged,
        into=None if request.merged_into is None else next(iter(others(conn, (request.merged_into,))), None),
        linked=tuple(others(conn, request.links)),
        category_known=not request.category or kind_of_trouble is not None,
        missing=() if request.status in ENDED else gaps(kind_of_trouble, answered(request)),
        clocks=clocks(conn, number, now) if now else (),
        promises=tuple(promises.open_of(conn, number)) if request.promised_at else (),
        check=promises.check_back(conn, number) if request.resolved_at else None,
        problem=size(conn, request.cause, COUNTED_TO) if request.cause else (0, 0),
        pieces=tuple(pieces(conn, (number, *merged))),
        runs=progress(conn, number, request.needed_by),
        walks=walking(conn, number),
    )


def walking(conn: sqlite3.Connection, number: int) -> tuple[tuple[int, str], ...]:
    """The walk-throughs that go on with a request, by key and in words; for one that has none nothing is imported."""
    there = "SELECT 1 FROM walk INDEXED BY walk_request WHERE request_id = ? AND outcome IS NULL AND void = 0 LIMIT 1"
    if conn.execute(there, (number,)).fetchone() is None:
        return ()
    from deskmate.domain.walk import said
    from deskmate.store.read import walks

    return tuple((each.id, said(each)) for each in walks.going_on(conn, number))


def restricted(conn: sqlite3.Connection, key: int) -> str:
    """The words of a note for the supervisor, for whoever asks for this very one; empty when it is gone."""
    found = conn.execute("SELECT text FROM note WHERE id = ? AND restricted = 1 AND void = 0", (key,)).fetchone()
    return str(found[0]) if found else ""


def links(conn: sqlite3.Connection, number: int) -> list[int]:
    """The requests that have to do with this one."""
    sql = "SELECT high FROM link WHERE low = ? UNION ALL SELECT low FROM link WHERE high = ? ORDER BY 1"
    return [other for (other,) in conn.execute(sql, (number, number))]


def answers(conn: sqlite3.Connection, number: int) -> list[tuple[str, str]]:
    """What was answered to the questions of its category."""
    return conn.execute(
        "SELECT question, text FROM answer WHERE request_id = ? ORDER BY question", (number,)
    ).fetchall()


def merged_into(conn: sqlite3.Connection, number: int) -> list[int]:
    """The requests that were merged into this one, and those merged into them."""
    found, waiting = [number], [number]
    while waiting:
        sql = "SELECT id FROM request WHERE merged_into = ? AND void = 0 ORDER BY id"
        more = [other for (other,) in conn.execute(sql, (waiting.pop(),)) if other not in found]
        found += more
        waiting += more
    return found[1:]


def attachments(conn: sqlite3.Connection, numbers: Sequence[int]) -> list[Attachment]:
    """The files of these requests, oldest first."""
    sql = "SELECT id, at, name, size, digest FROM attachment WHERE request_id = ? AND void = 0 ORDER BY id"
    return [Attachment(*row) for number in numbers for row in conn.execute(sql, (number,))]


def _entries(
    conn: sqlite3.Connection, number: int, merged: Sequence[int], text_limit: int, entry_limit: int
) -> list[Entry]:
    """The newest entries of a request and of those merged into it, in order of time."""
    dated = _dated(conn, number, text_limit, entry_limit)
    for other in merged:
        who = str(conn.execute(_WHO, (other,)).fetchone()[0])
        for at, kind, key, entry in _dated(conn, other, text_limit, entry_limit):
            if isinstance(entry, Received | Reply):
                dated.append((at, kind, key, replace(entry, merged=other, who=who)))
            elif not isinstance(entry, Event):  # its own facts, such as being merged, are read at itself
                dated.append((at, kind, key, entry))
    dated.sort(key=lambda item: item[:3])
    kept = dated if entry_limit < 0 else dated[-entry_limit:]
    return [entry for _at, _kind, _key, entry in kept]


_WHO = """
    SELECT coalesce(p.name, r.requester, '') FROM request r LEFT JOIN person p ON p.id = r.person_id WHERE r.id = ?
"""
_TEXTS = (
    "SELECT id, at, substr(text, 1, ?), length(text), {} FROM {}"
    " WHERE request_id = ? AND void = 0 ORDER BY at DESC, id DESC LIMIT ?"
)
_MESSAGES = _TEXTS.format("kind, state, coalesce(via, ''), coalesce(address, '')", "message")
_NOTES = _TEXTS.format(
    "restricted, state, coalesce(via, ''), (SELECT p.name FROM person p WHERE p.id = person_id)", "note"
)
_EVENTS = """
    SELECT e.id, e.at, e.kind, e.old, e.new FROM event e JOIN journal j ON j.seq = e.seq
    WHERE e.request_id = ? AND j.undone_by IS NULL AND e.kind NOT IN
      ('note', 'reply', 'received', 'delivery', 'first response', 'undone', 'redone', 'clock', 'focus', 'step')
    ORDER BY e.at DESC, e.seq DESC LIMIT ?
"""


def _dated(
    conn: sqlite3.Connection, number: int, text_limit: int, entry_limit: int
) -> list[tuple[str, int, int, Entry]]:
    dated: list[tuple[str, int, int, Entry]] = []
    bound = (text_limit, number, entry_limit)
    for key, at, text, length, kind, state, via, address in conn.execute(_MESSAGES, bound):
        if kind == "received":
            dated.append((at, 0, key, Received(at, text, length, via)))
        else:
            dated.append((at, 0, key, Reply(at, text, length, Delivery(state), via, address, key)))
    for key, at, text, length, restricted, state, via, to in conn.execute(_NOTES, bound):
        entry: Entry = Restricted(at, key) if restricted else Note(at, text, length)
        if state is not None:
            entry = Handover(at, text, length, Delivery(state), to or "", via, key)
        dated.append((at, 1, key, entry))
    for key, at, kind, old, new in conn.execute(_EVENTS, (number, entry_limit)):
        dated.append((at, 2, key, Event(at, kind, old, new)))
    return dated
