"""What stands around a request, read for the eye: a few of each, the newest first."""

from __future__ import annotations

import sqlite3

from deskmate.domain.context import COUNTED, Brief, Context, FittingGuide
from deskmate.domain.device import Device
from deskmate.store.read import people, promises, runs
from deskmate.store.read.alike import SIMILAR, like
from deskmate.store.read.detail import links, walking
from deskmate.store.read.fitting_guides import fitting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

FEW = 5

_HEAD = """
    SELECT r.title, r.person_id, coalesce(p.name, r.requester, ''), r.device_id, coalesce(d.name, r.device, ''),
           r.needed_by
    FROM request r LEFT JOIN person p ON p.id = r.person_id LEFT JOIN device d ON d.id = r.device_id
    WHERE r.id = ? AND r.void = 0
"""
_COUNT = """
    SELECT count(*) FROM
    (SELECT 1 FROM request INDEXED BY request_person WHERE person_id = ? AND void = 0 LIMIT ?)
"""
_BRIEF = "SELECT id, title, shelf IN ('done', 'dropped'), coalesce(resolution, '') FROM request WHERE void = 0 AND id"
_NEARBY = """
    SELECT r.id FROM person p INDEXED BY person_room
    CROSS JOIN request r INDEXED BY request_person ON r.person_id = p.id
    WHERE p.room = ? AND p.id <> ? AND r.shelf IN ('now', 'waiting', 'parked') ORDER BY r.id DESC LIMIT ?
"""


def context(conn: sqlite3.Connection, number: int) -> Context | None:
    """What stands around the request ``number``; None when there is no such request."""
    head = conn.execute(_HEAD, (number,)).fetchone()
    if head is None:
        return None
    title, key, who, device_id, device, needed_by = head
    person = None if key is None else people.person(conn, key)
    similar = like(conn, number, title)
    seen = {number, *(brief.number for brief in similar)}
    open_ = [] if key is None else people.open_of(conn, key, FEW + 1)
    ended = [] if key is None else people.ended_of(conn, key, FEW + SIMILAR)
    room = person.room if person else ""
    nearby = conn.execute(_NEARBY, (room, key, FEW)).fetchall() if room else []
    return Context(
        number=number,
        who=who,
        person=person,
        asked=0 if key is None else int(conn.execute(_COUNT, (key, COUNTED)).fetchone()[0]),
        open=tuple(_briefs(conn, [each for each in open_ if each != number][:FEW])),
        earlier=tuple(_briefs(conn, [each for each in ended if each not in seen][:FEW])),
        similar=tuple(similar),
        devices=tuple(_devices(conn, key, device_id)),
        device=device,
        linked=tuple(_briefs(conn, links(conn, number)[:FEW])),
        nearby=tuple(_briefs(conn, [each for (each,) in nearby])),
        runs=runs.progress(conn, number, needed_by),
        found_by=runs.led_to(conn, number),
        walks=walking(conn, number),
        guides=_guides(conn, number),
        done=() if key is None else has_done(conn, key, FEW),
        promises=tuple(promises.open_of_all(conn, dict.fromkeys((number, *open_)))[:FEW]),
    )


def _guides(conn: sqlite3.Connection, number: int) -> tuple[FittingGuide, ...]:
    """The guides that fit it, with how they have done; where none does nothing is imported."""
    found = fitting(conn, number)
    if not found:
        return ()
    from deskmate.domain.guide_record import usage_text
    from deskmate.store.read import walks

    return tuple(FittingGuide(each.key, each.title, usage_text(*walks.usage_of(conn, each.key))) for each in found)


def has_done(conn: sqlite3.Connection, person: int, most: int) -> tuple[str, ...]:
    """The guides that somebody has done, in words, the newest first; for who has done none nothing is imported."""
    there = (
        "SELECT 1 FROM walk INDEXED BY walk_person WHERE person_id = ? AND outcome = 'solved' AND void = 0 LIMIT 1"
    )
    if conn.execute(there, (person,)).fetchone() is None:
        return ()
    from deskmate.domain import local
    from deskmate.domain.guide_record import record_text
    from deskmate.store.read import walks

    return tuple(record_text(each, local.now()) for each in walks.of_person(conn, person, most))


def _devices(conn: sqlite3.Connection, person: int | None, about: int | None) -> list[Device]:
    """The device the request is about, then the others of who asks."""
    first = people.device(conn, about) if about is not None else None
    owned = people.devices_of(conn, person, FEW) if person is not None else []
    return ([first] if first else []) + [device for device in owned if device.key != about]


def _briefs(conn: sqlite3.Connection, numbers: Sequence[int]) -> list[Brief]:
    """These requests in this order; undone ones are left out."""
    if not numbers:
        return []
    rows = conn.execute(f"{_BRIEF} IN ({', '.join('?' * len(numbers))})", numbers)
    found = {row[0]: Brief(row[0], row[1], bool(row[2]), row[3]) for row in rows}
    return [found[number] for number in numbers if number in found]
