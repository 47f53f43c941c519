"""What is being worked on, what was left for it, and the time that went into requests. Plain SQL, all by index."""

from __future__ import annotations

import sqlite3

from deskmate.domain.focus import Focus, Frame, Piece, seconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_PIECE = "SELECT id, request_id, starts, ends FROM piece"
_RUNNING = """
    SELECT p.id, p.request_id, coalesce(r.title, ''), p.starts FROM piece p LEFT JOIN request r ON r.id = p.request_id
    WHERE p.ends IS NULL AND p.void = 0
"""
_STACK = """
    SELECT f.id, f.request_id, coalesce(r.title, ''), f.cause_id, f.ran, f.place, f.left_at,
      CASE WHEN r.merged_into IS NOT NULL THEN 'merged into D-' || r.merged_into
           WHEN r.status IN ('resolved', 'closed', 'dropped') THEN r.status ELSE '' END AS ended
    FROM stack_frame f LEFT JOIN request r ON r.id = f.request_id
    WHERE f.back_at IS NULL AND f.void = 0 AND (r.id IS NULL OR r.void = 0)
      AND (ended = '' OR EXISTS (SELECT 1 FROM draft d WHERE d.request_id = r.id OR d.request_id IN (
        SELECT value FROM json_each(f.place, '$.dialogs[0].requests')))) = ?
      AND f.id > ?
    ORDER BY f.id DESC LIMIT ?
"""
DEEPEST = 100
"""Frames that are looked at: nobody comes back to more."""


def focus(conn: sqlite3.Connection) -> Focus | None:
    """What the clock runs for; None when it stands still."""
    found = conn.execute(_RUNNING).fetchone()
    if found is None:
        return None
    key, number, title, since = found
    others = (piece for piece in pieces(conn, (number,)) if piece.id != key)
    return Focus(key, number, title, since, sum(seconds(piece.starts, piece.ends) for piece in others))


def running(conn: sqlite3.Connection) -> Piece | None:
    """The piece that runs."""
    found = conn.execute(f"{_PIECE} WHERE ends IS NULL AND void = 0").fetchone()
    return None if found is None else Piece(*found)


def pieces(conn: sqlite3.Connection, numbers: Sequence[int]) -> list[Piece]:
    """The time that went into these requests, in order of each."""
    sql = f"{_PIECE} WHERE request_id = ? AND void = 0 ORDER BY starts"
    return [Piece(*row) for number in numbers for row in conn.execute(sql, (number,))]


def near(conn: sqlite3.Connection, at: str) -> list[Piece]:
    """The piece that may hold an instant, and all after it."""
    sql = f"""
        {_PIECE} WHERE void = 0 AND starts >=
          coalesce((SELECT starts FROM piece WHERE starts <= ? AND void = 0 ORDER BY starts DESC LIMIT 1), ?)
    """
    return [Piece(*row) for row in conn.execute(sql, (at, at))]


def before(conn: sqlite3.Connection, piece: Piece) -> Piece | None:
    """The piece before this one."""
    sql = f"{_PIECE} WHERE starts <= ? AND id <> ? AND void = 0 ORDER BY starts DESC LIMIT 1"
    found = conn.execute(sql, (piece.starts, piece.id)).fetchone()
    return None if found is None else Piece(*found)


def stack(conn: sqlite3.Connection, most: int = DEEPEST) -> list[Frame]:
    """What was left and is not finished, or waits with words half written; the last one first."""
    return [Frame(*row) for row in conn.execute(_STACK, (True, 0, most))]


def passed(conn: sqlite3.Connection, after: int | None = None) -> list[Frame]:
    """What was left after this frame, without it after all that can be gone back to, and has ended without a word."""
    if after is None:
        after = max((frame.id for frame in stack(conn, 1)), default=0)
    return [Frame(*row) for row in conn.execute(_STACK, (False, after, DEEPEST))]
