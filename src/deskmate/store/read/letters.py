"""What a reply is built from, and what waits to leave.

These queries read public columns only: a note, a cause or a remembered detail can not come in by them.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from deskmate.domain.canned import Canned
from deskmate.domain.category import BY_WHEN, DEVICE, gaps
from deskmate.domain.files import Kept
from deskmate.domain.guide_words import words_in
from deskmate.domain.handover import sheet
from deskmate.domain.public import Letterhead, outward
from deskmate.domain.reply import Parcel, Way, outgoing, with_steps
from deskmate.domain.row import label
from deskmate.domain.timeline import LEFT
from deskmate.store.read.categories import category
from deskmate.store.read.people import person

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


@outward
def letterhead(conn: sqlite3.Connection, number: int) -> Letterhead | None:
    """Whom a reply to this request goes to, and what about; None when there is no such request."""
    found = conn.execute(
        "SELECT r.title, coalesce(p.name, r.requester, ''), coalesce(p.email, ''), r.category,"
        " r.device_id IS NOT NULL OR r.device IS NOT NULL, r.needed_by IS NOT NULL"
        " FROM request r LEFT JOIN person p ON p.id = r.person_id WHERE r.id = ? AND r.void = 0",
        (number,),
    ).fetchone()
    if found is None:
        return None
    title, name, address, kind, device, needed = found
    known = [word for (word,) in conn.execute("SELECT question FROM answer WHERE request_id = ?", (number,))]
    known += [DEVICE] * device + [BY_WHEN] * needed
    questions = tuple(question.text for question in gaps(category(conn, kind), known))
    return Letterhead(label(number), title, name, address.strip(), questions)


@outward
def parcels(conn: sqlite3.Connection, ids: Sequence[int]) -> list[Parcel]:
    """These replies as they have to leave; those that are not on their way are left out."""
    found = []
    for key in ids:
        row = conn.execute(
            "SELECT request_id, text, coalesce(via, ''), coalesce(address, '') FROM message"
            " WHERE id = ? AND state = 'sending' AND void = 0",
            (key,),
        ).fetchone()
        head = letterhead(conn, row[0]) if row else None
        if head is not None:
            number, text, via, address = row
            steps, files = _enclosed(conn, key)
            message = outgoing(head, with_steps(text, steps), address)
            short = "\n\n".join([text, *(line for line, _said in steps)])
            found.append(Parcel(key, number, Way(via), message, files=files, short=short))
    return found


def _enclosed(conn: sqlite3.Connection, message: int) -> tuple[list[tuple[str, str]], tuple[Kept, ...]]:
    """The guides that go with a reply: a line on the file and the steps of each, and the files."""
    rows = conn.execute(
        "SELECT s.name, s.size, s.digest, s.said, coalesce(json_extract(r.content, '$.language'), 'en')"
        " FROM guide_sent s JOIN guide_revision r ON r.id = s.revision_id"
        " WHERE s.message_id = ? AND s.void = 0 ORDER BY s.id",
        (message,),
    ).fetchall()
    steps = [(words_in(language).pictures_in.format(name), said) for name, _size, _digest, said, language in rows]
    return steps, tuple(Kept(name, size, digest) for name, size, digest, *_ in rows)


def enclosed_with(conn: sqlite3.Connection, message: int) -> list[int]:
    """The keys of the guides that went with a reply, also where it was undone."""
    return [key for (key,) in conn.execute("SELECT id FROM guide_sent WHERE message_id = ?", (message,))]


@outward
def handovers(conn: sqlite3.Connection, ids: Sequence[int]) -> list[Parcel]:
    """These handovers as they have to leave; those that are not on their way are left out. Raises Refused."""
    found = []
    for key in ids:
        row = conn.execute(
            "SELECT n.request_id, r.title, n.text, coalesce(n.via, ''), coalesce(n.address, ''), n.person_id"
            " FROM note n JOIN request r ON r.id = n.request_id"
            " WHERE n.id = ? AND n.state = 'sending' AND n.restricted = 0 AND n.void = 0",
            (key,),
        ).fetchone()
        to = person(conn, row[5]) if row else None
        if to is not None:
            number, title, text, via, address, _key = row
            out = sheet(label(number), title, replace(to, email=address), text)
            found.append(Parcel(key, number, Way(via), out, handover=True))
    return found


def handed_over(conn: sqlite3.Connection, number: int) -> list[tuple[int, str, str]]:
    """What was handed over of this request, oldest first: id, how far it has come, and since when."""
    sql = "SELECT id, state, at FROM note WHERE request_id = ? AND state IS NOT NULL AND void = 0 ORDER BY at, id"
    return conn.execute(sql, (number,)).fetchall()


def replies(conn: sqlite3.Connection, number: int) -> list[tuple[int, str, str]]:
    """The replies to this request, oldest first: id, how far it has come, and since when."""
    sql = "SELECT id, state, at FROM message WHERE request_id = ? AND kind = 'reply' AND void = 0 ORDER BY at, id"
    return conn.execute(sql, (number,)).fetchall()


@outward
def last_reply(conn: sqlite3.Connection, number: int) -> str:
    """The words of the newest reply that went out for this request and was written down; empty when none was."""
    states = ", ".join(f"'{state}'" for state in sorted(LEFT))
    sql = f"""
        SELECT text FROM message
         WHERE request_id = ? AND kind = 'reply' AND void = 0 AND text <> '' AND state IN ({states})
         ORDER BY at DESC, id DESC
    """
    found = conn.execute(sql, (number,)).fetchone()
    return found[0] if found else ""


def was_answered(conn: sqlite3.Connection, number: int) -> bool:
    """Whether an answer has reached the requester already."""
    sql = """
        SELECT EXISTS (SELECT 1 FROM event e JOIN journal j ON j.seq = e.seq
          WHERE e.request_id = ? AND e.kind = 'first response' AND j.undone_by IS NULL)
    """
    return bool(conn.execute(sql, (number,)).fetchone()[0])


def canned(conn: sqlite3.Connection) -> list[Canned]:
    """The texts to answer with: those with a key in its order, then the others by name."""
    sql = "SELECT id, name, position, text FROM canned WHERE void = 0 ORDER BY position = 0, position, name, id"
    return [Canned(*row) for row in conn.execute(sql)]
