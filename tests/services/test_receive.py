"""What a requester says about a request that is there already."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskmate.domain.commands import AddNote, Redo, Resolve, SetPriority, Undo
from deskmate.domain.priority import Priority
from deskmate.domain.timeline import Received
from deskmate.errors import DeskmateError
from deskmate.services.desk import Desk
from deskmate.store import files
from deskmate.store.read.detail import detail
from tests.support.desks import AT, assert_sound, line, opened, state, whole

CASES = {
    "new": ("status = 'new'", "new", "now"),
    "open": ("status = 'open'", "open", "now"),
    "for the requester": (
        f"status = 'waiting', waiting_on = 'requester', waiting_since = '{AT}', wake_at = '{AT}', chases = 1,"
        " shelf = 'waiting'",
        "open",
        "now",
    ),
    "for the vendor": (
        f"status = 'waiting', waiting_on = 'vendor', waiting_since = '{AT}', wake_at = '{AT}', shelf = 'waiting'",
        "waiting",
        "waiting",
    ),
    "parked": (f"status = 'open', wake_at = '{AT}', parked_reason = 'later', shelf = 'parked'", "open", "parked"),
    "resolved": (f"status = 'resolved', resolved_at = '{AT}', outcome = 'solved', shelf = 'done'", "open", "now"),
    "dropped": ("status = 'dropped', drop_reason = 'spam', shelf = 'dropped'", "open", "now"),
}


def put(desk: Desk, number: int, values: str) -> None:
    with desk.writer.transaction() as conn:
        conn.execute(f"UPDATE request SET {values} WHERE id = ?", (number,))


def unread(desk: Desk, number: int = 1) -> int:
    return int(desk.writer.conn.execute("SELECT unread FROM request WHERE id = ?", (number,)).fetchone()[0])


@pytest.mark.parametrize("case", CASES)
def test_it_is_added_marked_and_can_be_taken_back(tmp_path: Path, case: str) -> None:
    values, status, shelf = CASES[case]
    with opened(tmp_path) as desk:
        desk.capture(line("printer jams"))
        put(desk, 1, values)
        conn = desk.writer.conn
        before = state(conn)
        kept = files.keep_text(str(tmp_path), "log.txt", "words")
        assert desk.receive(1, "it is tray 2", via="mail", files=(kept,)) == 1
        found = detail(conn, 1)
        assert found is not None
        assert (found.request.status, found.request.unread) == (status, True)
        assert conn.execute("SELECT shelf FROM request WHERE id = 1").fetchone() == (shelf,)
        said = [(entry.text, entry.via) for entry in found.entries if isinstance(entry, Received)]
        assert said == [("it is tray 2", "mail")]
        assert [each.name for each in found.attachments] == ["log.txt"]
        assert_sound(conn)
        after = state(conn)
        desk.seen(1)  # looking at it disturbs no undo
        assert desk.run(Undo()).label == "undid: received on D-1"
        assert state(conn) == before
        assert unread(desk) == 0
        desk.run(Redo())
        assert state(conn) == after
        assert_sound(conn)


def test_whatever_is_done_to_it_is_seen_and_undo_goes_past_that(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        desk.capture(line("printer jams"))
        desk.run(AddNote((1,), "first"))
        desk.receive(1, "and now?", unread=False)
        assert unread(desk) == 0
        desk.receive(1, "and now?")
        assert unread(desk) == 1
        desk.run(SetPriority((1,), Priority.P2))
        assert unread(desk) == 0
        desk.receive(1, "hello?")
        before = whole(desk.writer.conn)
        desk.seen(1)
        assert unread(desk) == 0
        desk.seen(1)
        put(desk, 1, "unread = 1")
        assert whole(desk.writer.conn) == before
        for _ in range(5):
            desk.run(Undo())
        assert [entry.text for entry in detail(desk.writer.conn, 1).entries] == ["captured"]  # type: ignore[union-attr]


def test_it_goes_where_its_request_was_merged_into(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        desk.capture(line("one"))
        desk.capture(line("the same"))
        put(desk, 2, "status = 'dropped', drop_reason = 'merged', merged_into = 1, shelf = 'dropped'")
        assert desk.receive(2, "me too") == 1
        assert (unread(desk, 1), unread(desk, 2)) == (1, 0)


def test_where_there_is_none_nothing_is_written(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        desk.capture(line("one"))
        desk.run(Resolve((1,)))
        desk.capture(line("two"))
        desk.run(Undo())
        before = whole(desk.writer.conn)
        with pytest.raises(DeskmateError, match="no D-9"):
            desk.receive(9, "lost?")
        with pytest.raises(DeskmateError, match="D-2 was undone"):
            desk.receive(2, "lost?")
        assert whole(desk.writer.conn) == before


def test_done_on_the_spot_is_served_and_was_answered_at_once(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        desk.capture(line("password reset", done=True, spent_minutes=5))
        facts = desk.writer.conn.execute("SELECT kind, old, new FROM event ORDER BY id").fetchall()
        assert facts == [
            ("captured", None, None),
            ("first response", None, "said"),
            ("resolved", "new", "on the spot, 5 min"),
            ("clock", "running", "ended"),
        ]
        found = detail(desk.writer.conn, 1)
        assert found is not None
        assert [entry.text for entry in found.entries] == ["captured", "resolved: on the spot, 5 min"]
