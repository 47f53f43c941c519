"""The journal: the chain, what can not be changed, and the line of history."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskmate.domain.commands import AddNote, Redo, Resolve, SetPriority, Tag, Undo
from deskmate.domain.priority import Priority
from deskmate.services.desk import Desk
from deskmate.services.history import NothingLeft
from deskmate.store import journal
from tests.support.desks import line, opened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two requests and six commands, one with a payload long enough to be packed."""
    with opened(tmp_path / "data") as desk:
        desk.capture(line("one"))
        desk.capture(line("two"))
        desk.run(SetPriority((1,), Priority.P2))
        desk.run(AddNote((2,), "a note"))
        desk.run(Resolve((1, 2), "x" * 3 * journal.PACK_OVER))
        desk.run(Tag((1,), add=("vpn",)))
        yield desk


@pytest.fixture
def by_hand(desk: Desk) -> sqlite3.Connection:
    """The connection without what keeps the journal as it is, as somebody with an editor has it."""
    conn = desk.writer.conn
    for name in ("journal_kept", "journal_fixed", "event_kept", "event_fixed"):
        conn.execute(f"DROP TRIGGER {name}")
    conn.execute("PRAGMA foreign_keys = OFF")
    return conn


def test_the_chain_holds(desk: Desk) -> None:
    assert desk.writer.conn.execute("SELECT count(*) FROM journal").fetchone() == (6,)
    assert journal.first_broken(desk.writer.conn) is None


def test_one_payload_is_packed_and_is_read_back(desk: Desk) -> None:
    packed = desk.writer.conn.execute("SELECT seq FROM journal_payload WHERE substr(body, 1, 1) <> x'7b'").fetchall()
    assert packed == [(5,)]
    kept = journal.payload(desk.writer.conn, 5)
    assert kept is not None
    assert kept["changes"][0]["after"]["resolution"] == "x" * 3 * journal.PACK_OVER


EDITS = {
    "actor": (3, "UPDATE journal SET actor = 'somebody else' WHERE seq = 3"),
    "time": (2, "UPDATE journal SET recorded_at = replace(recorded_at, '2026', '2025') WHERE seq = 2"),
    "command": (4, "UPDATE journal SET command = 'reply' WHERE seq = 4"),
    "digest": (1, "UPDATE journal SET digest = digest || '0' WHERE seq = 1"),
    "two rows": (2, "UPDATE journal SET actor = 'x' WHERE seq IN (5, 2)"),
    "a row taken out": (4, "DELETE FROM journal WHERE seq = 3"),
    "the first taken out": (2, "DELETE FROM journal WHERE seq = 1"),
    "payload": (3, "UPDATE journal_payload SET body = replace(body, 'P2', 'P3') WHERE seq = 3"),
    "packed payload": (5, "UPDATE journal_payload SET body = zeroblob(40) WHERE seq = 5"),
    "packed payload cut": (5, "UPDATE journal_payload SET body = substr(body, 1, 20) WHERE seq = 5"),
    "empty payload": (5, "UPDATE journal_payload SET body = zeroblob(0) WHERE seq = 5"),
    "salt": (6, "UPDATE journal_payload SET salt = randomblob(16) WHERE seq = 6"),
    "payloads exchanged": (
        1,
        "UPDATE journal_payload SET body = (SELECT body FROM journal_payload WHERE seq = 2) WHERE seq = 1",
    ),
}


@pytest.mark.parametrize(("row", "edit"), EDITS.values(), ids=EDITS.keys())
def test_a_change_by_hand_is_found_where_it_begins(by_hand: sqlite3.Connection, row: int, edit: str) -> None:
    # payloads are blobs: replace() needs text and gives text, which a STRICT table refuses
    edit = edit.replace("replace(body, 'P2', 'P3')", "CAST(replace(CAST(body AS TEXT), 'P2', 'P3') AS BLOB)")
    assert by_hand.execute(edit).rowcount > 0
    assert journal.first_broken(by_hand) == row


def test_erasing_a_payload_keeps_the_chain(desk: Desk) -> None:
    conn = desk.writer.conn
    conn.execute("DELETE FROM journal_payload WHERE seq IN (1, 5)")
    assert journal.first_broken(conn) is None
    assert journal.payload(conn, 5) is None
    assert desk.run(Undo()).label.startswith("undid: tags")
    with pytest.raises(Exception, match="erased") as refusal:
        desk.run(Undo())
    assert not isinstance(refusal.value, NothingLeft)
    assert journal.first_broken(conn) is None


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM journal WHERE seq = 6",
        "DELETE FROM journal",
        "UPDATE journal SET actor = 'x' WHERE seq = 1",
        "UPDATE journal SET recorded_at = recorded_at",
        "UPDATE journal SET command = 'undo'",
        "UPDATE journal SET seq = seq + 10",
        "UPDATE journal SET digest = ''",
        "UPDATE journal SET payload_digest = ''",
        "DELETE FROM event",
        "UPDATE event SET at = at",
        "UPDATE event SET request_id = 2 WHERE request_id = 1",
        "UPDATE event SET seq = 1",
    ],
)
def test_journal_and_events_only_grow(desk: Desk, change: str) -> None:
    before = list(desk.writer.conn.iterdump())
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), desk.writer.transaction() as conn:
        conn.execute(change)
    assert list(desk.writer.conn.iterdump()) == before


def test_there_is_nothing_in_a_new_journal(tmp_path: Path) -> None:
    with opened(tmp_path / "new") as desk:
        conn = desk.writer.conn
        assert (journal.next_seq(conn), journal.to_undo(conn), journal.to_redo(conn)) == (1, None, None)
        assert journal.first_broken(conn) is None


def history(desk: Desk) -> tuple[int | None, int | None]:
    return journal.to_undo(desk.writer.conn), journal.to_redo(desk.writer.conn)


def test_history_is_one_line(desk: Desk) -> None:
    assert history(desk) == (6, None)
    desk.run(Undo())
    assert history(desk) == (5, 6)
    desk.run(Undo())
    assert history(desk) == (4, 5)
    desk.run(Redo())
    assert history(desk) == (5, 6)
    desk.run(Undo())
    assert history(desk) == (4, 5)
    desk.run(AddNote((2,), "something new"))  # from here on there is no way forward
    assert history(desk) == (11, None)
    desk.run(Undo())
    assert history(desk) == (4, 11)


def test_the_last_of_one_request_is_undone_out_of_turn(desk: Desk) -> None:
    conn = desk.writer.conn
    assert [journal.to_undo(conn, number) for number in (1, 2, 3)] == [6, 5, None]
    desk.run(Undo(1))
    assert [journal.to_undo(conn, number) for number in (1, 2, 3)] == [5, 5, None]
    desk.run(Undo(2))  # both were resolved in one: they are open again together
    assert [journal.to_undo(conn, number) for number in (1, 2)] == [3, 4]
    desk.run(Undo(1))
    assert [journal.to_undo(conn, number) for number in (1, 2)] == [1, 4]
    assert history(desk) == (4, 3)
    for expected in (3, 5, 6):
        assert history(desk)[1] == expected
        desk.run(Redo())
    assert history(desk) == (6, None)


def test_history_outlives_the_process(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        desk.capture(line("one"))
        desk.run(SetPriority((1,), Priority.P1))
    with opened(tmp_path) as desk:
        assert desk.run(Undo()).label == "undid: P1 for D-1"
    with opened(tmp_path, actor="shell") as desk:
        assert desk.run(Redo()).label == "redid: P1 for D-1"
        assert desk.writer.conn.execute("SELECT actor, command FROM journal").fetchall() == [
            ("test", "capture"), ("test", "priority"), ("test", "undo"), ("shell", "redo"),
        ]  # fmt: skip


def test_a_caller_that_rolls_back_leaves_no_row(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError), desk.writer.transaction() as conn:
        1 // (journal.append(conn, "test", {"label": "never"}, actor="test", at=desk.clock()) - 7)
    assert journal.next_seq(desk.writer.conn) == 7
