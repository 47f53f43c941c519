"""The search table says what is there, and a search finds it whatever was typed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskmate.domain import local, query
from deskmate.domain.commands import AddNote, Drop, Resolve, SetPriority, Tag, Undo
from deskmate.domain.priority import Priority
from deskmate.domain.status import DropReason
from deskmate.domain.text import clean
from deskmate.domain.views import View
from deskmate.services.desk import Desk
from deskmate.store import search
from deskmate.store.read import find, queue
from tests.nasty import entries
from tests.support.desks import AT, assert_sound, line, opened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path / "data") as desk:
        yield desk


def hits(conn: sqlite3.Connection, typed: str, view: View = View.ALL, limit: int = -1) -> list[int]:
    return [number for piece in find.hits(conn, view, query.parse(typed, local.now()), limit) for number in piece]


def whole(conn: sqlite3.Connection, view: View, typed: str) -> tuple[list[int], int]:
    found = query.parse(typed, local.now())
    numbers, hidden = find.whole(conn, view, found, found, 999)
    return list(numbers), hidden


# --- the table ----------------------------------------------------------------------------------------------


def test_every_writer_keeps_the_table_true(desk: Desk) -> None:
    conn = desk.writer.conn
    desk.capture(line("paper jam", new_people=("Ana Weber",), new_tags=("printer",)), body="on floor two")
    desk.capture(line("no network", requester="somebody"))
    for command in (
        AddNote((1, 2), "seen before"), Tag((2,), add=("vpn",)), SetPriority((1,), Priority.P3),
        Resolve((1,), "pulled it out"), Undo(), Tag((1,), remove=("printer",)), Undo(), Drop((2,), DropReason.SPAM),
    ):  # fmt: skip
        desk.run(command)
        assert search.differs(conn) == []
    assert [hits(conn, word) for word in ("jam", "floor", "seen", "weber", "printer", "somebody", "vpn")] == [
        [1], [1], [2, 1], [1], [1], [2], [2],
    ]  # fmt: skip


SPOILT = {
    "a title": ("UPDATE request SET title = 'other' WHERE id = 2", [2]),
    "a body": ("UPDATE message SET text = 'other' WHERE request_id = 3", [3]),
    "a void body": ("UPDATE message SET void = 1 WHERE request_id = 3", [3]),
    "a note": ("INSERT INTO note (request_id, at, text) VALUES (1, '" + AT + "', 'new')", [1]),
    "a name": ("UPDATE person SET name = 'Eva'", [1, 3]),
    "an address": ("UPDATE person SET email = 'eva@example.org'", [1, 3]),
    "a tag": ("UPDATE tag SET name = 'VPN'", [1, 2, 3]),
    "a tag taken off": ("DELETE FROM request_tag WHERE request_id = 2", [2]),
    "void": ("UPDATE request SET void = 1, shelf = 'void' WHERE id = 3", [3]),
    "a row missing": ("DELETE FROM request_fts WHERE rowid = 1", [1]),
    "a row left over": ("INSERT INTO request_fts (rowid, title) VALUES (77, 'ghost')", [77]),
    "all missing": ("DELETE FROM request_fts", [1, 2, 3]),
}


@pytest.mark.parametrize(("spoil", "wrong"), SPOILT.values(), ids=SPOILT.keys())
def test_what_differs_is_found_and_mended(desk: Desk, spoil: str, wrong: list[int]) -> None:
    conn = desk.writer.conn
    desk.capture(line("one", new_people=("Ana",), new_tags=("vpn",)))
    desk.capture(line("two", requester="Bo", tags=("vpn",)))
    desk.capture(line("three", person_id=1, tags=("vpn",)), body="the body")
    assert search.differs(conn) == []
    conn.execute(spoil)
    assert search.differs(conn) == wrong
    search.refresh(conn, wrong)
    assert search.differs(conn) == []
    assert_sound(conn)


def test_a_range_is_filled_like_one_by_one(desk: Desk) -> None:
    conn = desk.writer.conn
    for number in range(1, 8):
        desk.capture(line(f"request {number}", new_tags=(f"tag{number}",)), body="words")
    desk.run(Undo())
    conn.execute("DELETE FROM request_fts WHERE rowid >= 3")
    assert search.differs(conn) == [3, 4, 5, 6]
    search.add_range(conn, 3, 5)
    assert search.differs(conn) == [6]
    search.add_range(conn, 6, 7)  # the last is void
    assert search.differs(conn) == []


# --- hits ---------------------------------------------------------------------------------------------------


def test_the_newest_come_first_in_every_view(desk: Desk) -> None:
    conn = desk.writer.conn
    for number in range(1, 7):
        desk.capture(line(f"printer {number}"))
    desk.run(SetPriority((1, 2), Priority.P1))
    desk.run(Resolve((3,)))
    desk.run(Drop((4,), DropReason.DUPLICATE))
    desk.capture(line("printer, undone"))
    desk.run(Undo())
    assert {view: hits(conn, "printer", view) for view in View if view not in queue.OF_THE_DAY} == {
        View.NOW: [6, 5, 2, 1], View.NEW: [6, 5], View.WAITING: [], View.PARKED: [], View.HELD: [],
        View.RESOLVED: [3], View.ALL: [6, 5, 4, 3, 2, 1], View.PROMISED: [],
    }  # fmt: skip
    assert hits(conn, "printer", View.ALL, limit=2) == [6, 5]
    assert hits(conn, "scanner") == []
    assert [find.exists(conn, number) for number in (1, 4, 7, 8, -1)] == [True, True, False, False, False]


def test_tags_narrow_it_and_stand_alone(desk: Desk) -> None:
    conn = desk.writer.conn
    desk.capture(line("jam", new_tags=("Printer", "Floor2")))
    desk.capture(line("jam", new_tags=("vpn",)))
    desk.capture(line("dark", tags=("Printer",)))
    assert hits(conn, "#printer") == [3, 1]
    assert hits(conn, "#PRINTER jam") == [1]
    assert hits(conn, "#printer #floor2") == [1]
    assert hits(conn, "#prin") == []
    assert hits(conn, "#vpn #printer") == []
    desk.run(Tag((1,), remove=("printer",)))
    assert hits(conn, "#printer") == [3]


def test_a_number_is_found_first_wherever_it_is(desk: Desk) -> None:
    conn = desk.writer.conn
    for title in ("one", "about 1 and 3", "three", "number 1 again"):
        desk.capture(line(title))
    desk.run(Resolve((1,)))
    assert hits(conn, "D-1", View.NOW)[0] == 1
    assert hits(conn, "d-3") == [3]
    assert hits(conn, "#4", View.RESOLVED) == [4]
    assert hits(conn, "D-99") == []
    for limit in (1, 2, 9):
        assert find.first(conn, View.ALL, query.parse("D-1", local.now()), limit) == hits(conn, "D-1")[:limit]


def test_what_a_view_hides_is_counted(desk: Desk) -> None:
    conn = desk.writer.conn
    for number in range(5):
        desk.capture(line(f"printer {number}"))
    desk.run(Resolve((2, 4)))
    numbers, hidden = whole(conn, View.NOW, "printer")
    assert (list(numbers), hidden) == ([5, 3, 1], 2)
    numbers, hidden = whole(conn, View.NOW, "")
    assert (list(numbers), hidden) == ([1, 3, 5], 0)
    numbers, hidden = whole(conn, View.ALL, "printer")
    assert (list(numbers), hidden) == ([5, 4, 3, 2, 1], 0)


def test_many_hits_come_in_pieces(desk: Desk) -> None:
    conn = desk.writer.conn
    with desk.writer.transaction():
        conn.executemany(
            "INSERT INTO request (id, title, created_at, updated_at, version) VALUES (?, 'same', ?, ?, 1)",
            [(number, AT, AT) for number in range(1, 601)],
        )
        search.add_range(conn, 1, 600)
    pieces = list(find.hits(conn, View.NOW, query.parse("same", local.now())))
    assert [len(piece) for piece in pieces] == [256, 256, 88]
    assert [number for piece in pieces for number in piece] == list(range(600, 0, -1))


@pytest.mark.parametrize(
    "words", ["won't", "C++", '"', "*", "100%", "a-b", "NEAR(", "title:x", "AND", "(", "'; --", "^x"]
)
def test_ordinary_signs_are_never_an_error(desk: Desk, words: str) -> None:
    number = desk.capture(line(f"so {words} it is"))
    assert hits(desk.writer.conn, words) == [number]
    assert hits(desk.writer.conn, f'"{words}"') == [number]
    assert hits(desk.writer.conn, f"{words} zebra") == []


def test_nasty_texts_are_kept_and_searched_without_an_error(desk: Desk) -> None:
    conn = desk.writer.conn
    texts = [text for _name, text in entries() if len(text) < 20_000]
    assert len(texts) > 100
    for text in texts:
        title, _ = clean(text)
        body, _ = clean(text, multiline=True)
        with desk.writer.transaction():
            number = int(
                conn.execute(
                    "INSERT INTO request (title, requester, created_at, updated_at, version) VALUES (?, ?, ?, ?, 1)",
                    (title, title, AT, AT),
                ).lastrowid
                or 0
            )
            conn.execute(
                "INSERT INTO message (request_id, kind, at, text) VALUES (?, 'received', ?, ?)", (number, AT, body)
            )
            search.refresh(conn, [number])
        assert conn.execute("SELECT title FROM request WHERE id = ?", (number,)).fetchone() == (title,)
        hits(conn, text)
        hits(conn, f'"{text}"')
    assert search.differs(conn) == []
    assert conn.execute("SELECT count(*) FROM request").fetchone() == (len(texts),)


def test_nasty_captures_go_through_the_door_and_the_original_is_kept(desk: Desk) -> None:
    from datetime import UTC, datetime

    from deskmate.domain.capture import Names, parse

    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    for name, text in entries():
        if len(text) > 20_000:
            continue
        number = desk.capture(parse(text, Names(), now))
        packed, raw = desk.writer.conn.execute(
            "SELECT packed, raw FROM intake WHERE request_id = ?", (number,)
        ).fetchone()
        if packed:
            import zlib

            raw = zlib.decompress(raw)
        assert raw.decode("utf-8", "surrogatepass") == text, name
        desk.save_draft(f"note:{number}", text, 0, number)
        desk.run(AddNote((number,), text + "."), draft=f"note:{number}")
    assert_sound(desk.writer.conn)
    assert desk.writer.conn.execute("SELECT count(*) FROM draft").fetchone() == (0,)
