"""One request whole: its fields, who asked, and its timeline."""

from __future__ import annotations

import sqlite3

from deskmate.domain.channel import Channel
from deskmate.domain.priority import Impact, Priority, Urgency
from deskmate.domain.request import Request
from deskmate.domain.status import DropReason, Status
from deskmate.domain.timeline import Detail, Entry, Event, Note, Received, Reply

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import Enum
    from typing import TypeVar

    E = TypeVar("E", bound=Enum)

WHOLE = 1 << 30
"""A ``text_limit`` that cuts nothing."""

_HEAD = """
    SELECT r.id, r.title, r.status, r.priority, r.impact, r.urgency, r.person_id, r.requester, r.channel,
           r.category, r.device, r.needed_by, r.due_at, r.due_kind, r.cause, r.resolution, r.drop_reason,
           r.created_at, r.resolved_at, r.void, r.version, r.updated_at, p.name
    FROM request r LEFT JOIN person p ON p.id = r.person_id WHERE r.id = ? AND r.void = 0
"""


def detail(conn: sqlite3.Connection, number: int, *, text_limit: int = WHOLE, entry_limit: int = -1) -> Detail | None:
    """The request ``number`` with its newest ``entry_limit`` entries, texts cut at ``text_limit`` characters.

    None when there is no such request. Events of undone commands are left out.
    """
    head = conn.execute(_HEAD, (number,)).fetchone()
    if head is None:
        return None
    names = conn.execute(
        "SELECT t.name, t.known FROM request_tag rt JOIN tag t ON t.id = rt.tag_id"
        " WHERE rt.request_id = ? ORDER BY t.word",
        (number,),
    ).fetchall()
    request = Request(
        number=head[0],
        title=head[1],
        status=Status(head[2]),
        priority=_enum(Priority, head[3]),
        impact=_enum(Impact, head[4]),
        urgency=_enum(Urgency, head[5]),
        person_id=head[6],
        requester=head[7],
        channel=_enum(Channel, head[8]),
        category=head[9],
        device=head[10],
        needed_by=head[11],
        due_at=head[12],
        due_kind=head[13],
        cause=head[14],
        resolution=head[15],
        drop_reason=_enum(DropReason, head[16]),
        created_at=head[17],
        resolved_at=head[18],
        void=bool(head[19]),
        version=head[20],
        tags=tuple(name for name, _known in names),
    )
    return Detail(
        request=request,
        who=head[22] or head[7] or "",
        known=head[22] is not None,
        entries=tuple(_entries(conn, number, text_limit, entry_limit)),
        updated_at=head[21],
        unknown_tags=frozenset(name for name, known in names if not known),
    )


def _entries(conn: sqlite3.Connection, number: int, text_limit: int, entry_limit: int) -> list[Entry]:
    dated: list[tuple[str, int, int, Entry]] = []
    texts = (
        "SELECT id, at, substr(text, 1, ?), length(text){} FROM {}"
        " WHERE request_id = ? AND void = 0 ORDER BY at DESC, id DESC LIMIT ?"
    )
    bound = (text_limit, number, entry_limit)
    for key, at, text, length, kind in conn.execute(texts.format(", kind", "message"), bound):
        dated.append((at, 0, key, Received(at, text, length) if kind == "received" else Reply(at, text, length)))
    for key, at, text, length in conn.execute(texts.format("", "note"), bound):
        dated.append((at, 1, key, Note(at, text, length)))
    events = """
        SELECT e.id, e.at, e.kind, e.old, e.new FROM event e JOIN journal j ON j.seq = e.seq
        WHERE e.request_id = ? AND j.undone_by IS NULL AND e.kind NOT IN ('note', 'undone', 'redone')
        ORDER BY e.at DESC, e.seq DESC LIMIT ?
    """
    for key, at, kind, old, new in conn.execute(events, (number, entry_limit)):
        dated.append((at, 2, key, Event(at, kind, old, new)))
    dated.sort(key=lambda item: item[:3])
    kept = dated if entry_limit < 0 else dated[-entry_limit:]
    return [entry for _at, _kind, _key, entry in kept]


def _enum(kind: type[E], value: object) -> E | None:
    return None if value is None else kind(value)
