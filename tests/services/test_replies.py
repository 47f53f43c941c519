"""Replies: what is stored before anything leaves, what became of it, and what undo makes of that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskmate.domain.canned import Canned
from deskmate.domain.commands import (
    ConfirmSent,
    Delivered,
    Redo,
    RemoveCanned,
    SaveCanned,
    Say,
    SendReply,
    SetPriority,
    TryAgain,
    Undo,
)
from deskmate.domain.priority import Priority
from deskmate.domain.reply import Parcel, Report, Way
from deskmate.domain.request import Refused
from deskmate.domain.status import Status
from deskmate.domain.timeline import Delivery, Detail, Reply
from deskmate.errors import DeskmateError
from deskmate.services.desk import Desk
from deskmate.store import search
from deskmate.store.people import make_person
from deskmate.store.read import letters
from deskmate.store.read.detail import detail
from tests.support.desks import AT, assert_sound, line, opened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """D-1 of Anna, who has an address; D-2 of Ben, who has none; D-3 of nobody; D-4 of Anna again."""
    with opened(tmp_path) as desk:
        conn = desk.writer.conn
        anna = make_person(conn, "Anna Weber", AT, "anna@example.org")
        desk.capture(line("Printer jams", person_id=anna))
        desk.capture(line("Scanner", new_people=("Ben",)))
        desk.capture(line("Lamp"))
        desk.capture(line("Mouse", person_id=anna))
        yield desk
        assert_sound(conn)


def elsewhere(desk: Desk, sql: str) -> None:
    """What other parts of the desk do."""
    desk.writer.conn.execute(sql)
    search.refresh(desk.writer.conn, (1, 2, 3, 4))


def whole(desk: Desk, number: int) -> Detail:
    found = detail(desk.writer.conn, number)
    assert found is not None
    return found


def replies(desk: Desk, number: int) -> list[tuple[str, str, str, str]]:
    return [
        (each.state.value, each.via, each.address, each.text)
        for each in whole(desk, number).entries
        if isinstance(each, Reply)
    ]


def facts(desk: Desk, number: int) -> list[tuple[str, str | None]]:
    sql = """SELECT e.kind, e.new FROM event e JOIN journal j ON j.seq = e.seq WHERE e.request_id = ?
             AND j.undone_by IS NULL AND e.kind IN ('first response', 'not sent') ORDER BY e.id"""
    return desk.writer.conn.execute(sql, (number,)).fetchall()


def send(desk: Desk, *numbers: int, text: str = "It works.", way: Way = Way.COMMAND) -> tuple[int, ...]:
    return desk.run(SendReply(numbers, text, way)).replies


def test_a_reply_is_on_disk_before_it_leaves(desk: Desk) -> None:
    desk.save_draft("reply:1", "It works.", 3, 1)
    (key,) = desk.run(SendReply((1,), "\n It works.\x1b[2J \n\n", Way.COMMAND), draft="reply:1").replies
    assert replies(desk, 1) == [("sending", "command", "anna@example.org", " It works.␛[2J")]
    assert whole(desk, 1).request.status is Status.OPEN
    assert desk.writer.conn.execute("SELECT count(*) FROM draft").fetchone() == (0,)
    (parcel,) = letters.parcels(desk.writer.conn, (key,))
    assert (parcel.request, parcel.way, parcel.message.address) == (1, Way.COMMAND, "anna@example.org")
    assert facts(desk, 1) == []  # it has not reached anybody yet


def test_a_reply_clears_what_was_unread(desk: Desk) -> None:
    elsewhere(desk, "UPDATE request SET unread = 1 WHERE id = 1")
    send(desk, 1)
    assert not whole(desk, 1).request.unread
    desk.run(Undo())
    assert not whole(desk, 1).request.unread, "having looked is nothing to undo"


def test_what_became_of_it_is_no_step_of_its_own(desk: Desk) -> None:
    (key,) = send(desk, 1)
    desk.run(Delivered(Report(key, Delivery.SENT)))
    assert replies(desk, 1)[0][0] == "sent"
    assert facts(desk, 1) == [("first response", "command")]
    assert desk.run(Undo()).label == ("undid: reply to D-1; it had left already, so it stays and is marked retracted")
    assert replies(desk, 1)[0][0] == "retracted"
    assert whole(desk, 1).request.status is Status.NEW
    desk.run(Redo())
    assert replies(desk, 1)[0][0] == "handed over"


def test_the_first_that_reaches_somebody_is_the_first_response(desk: Desk) -> None:
    (key,) = send(desk, 1)
    desk.run(Delivered(Report(key, Delivery.NOT_SENT, "no route\x1b")))
    assert facts(desk, 1) == [("not sent", "no route␛")]
    desk.run(Say((1,)))
    desk.run(Say((1,), "again"))
    assert facts(desk, 1)[1:] == [("first response", "said")]
    assert replies(desk, 1)[1:] == [("said", "said", "", ""), ("said", "said", "", "again")]


def test_a_said_one_that_is_undone_was_never_a_response(desk: Desk) -> None:
    desk.run(Say((1,), "done"))
    desk.run(Undo())
    assert facts(desk, 1) == []
    assert replies(desk, 1) == [("retracted", "said", "", "done")]
    desk.run(Redo())
    assert replies(desk, 1) == [("said", "said", "", "done")]


def test_undone_on_its_way_it_is_gone_unless_it_left_all_the_same(desk: Desk) -> None:
    (key,) = send(desk, 1)
    desk.run(Undo())
    assert replies(desk, 1) == []
    assert letters.parcels(desk.writer.conn, (key,)) == []
    desk.run(Delivered(Report(key, Delivery.SENT)))
    assert replies(desk, 1)[0][0] == "retracted"
    with pytest.raises(DeskmateError):
        desk.run(Delivered(Report(key, Delivery.NOT_SENT)))


def test_what_was_not_sent_is_tried_again_at_the_address_of_today(desk: Desk) -> None:
    (key,) = send(desk, 1)
    with pytest.raises(Refused, match="may still be on its way"):
        desk.run(TryAgain((1,), Way.COMMAND, 600))
    desk.run(Delivered(Report(key, Delivery.NOT_SENT, "no route")))
    elsewhere(desk, "UPDATE person SET email = 'a2@example.org' WHERE id = 1")
    assert desk.run(TryAgain((1,), Way.EML, 600)).replies == (key,)
    assert replies(desk, 1) == [("sending", "eml", "a2@example.org", "It works.")]
    desk.run(Delivered(Report(key, Delivery.HANDED_OVER)))
    with pytest.raises(Refused, match="D-1: nothing is left unsent"):
        desk.run(TryAgain((1,), Way.EML, 600))
    assert desk.run(Undo()).label.startswith("undid: reply to D-1; it had left")


def test_one_that_nobody_knows_of_is_tried_again_when_its_time_is_over(desk: Desk) -> None:
    (key,) = send(desk, 1)
    assert desk.run(TryAgain((1,), Way.COMMAND, 0)).replies == (key,)


def test_what_was_handed_over_is_confirmed_and_that_can_be_undone(desk: Desk) -> None:
    (key,) = send(desk, 2, way=Way.CLIPBOARD)
    desk.run(Delivered(Report(key, Delivery.HANDED_OVER)))
    assert facts(desk, 2) == []
    desk.run(ConfirmSent((2,)))
    assert (replies(desk, 2)[0][0], facts(desk, 2)) == ("sent", [("first response", "clipboard")])
    desk.run(Undo())
    assert (replies(desk, 2)[0][0], facts(desk, 2)) == ("handed over", [])
    desk.run(Redo())
    with pytest.raises(Refused, match="nothing waits to be confirmed"):
        desk.run(ConfirmSent((2,)))


def test_each_requester_gets_a_message_alone(desk: Desk) -> None:
    outcome = desk.run(SendReply((1, 2, 3, 4), "Hello {first_name}, {number} works.", Way.COMMAND))
    assert outcome.requests == (1, 4)
    assert outcome.refused == (
        "D-2: no address for Ben: press C",
        "D-3: no reply possible: no requester yet, press e",
    )
    messages = [parcel.message for parcel in letters.parcels(desk.writer.conn, outcome.replies)]
    assert [(each.number, each.text, each.address) for each in messages] == [
        ("D-1", "Hello Anna, D-1 works.", "anna@example.org"),
        ("D-4", "Hello Anna, D-4 works.", "anna@example.org"),
    ]
    desk.run(Undo())
    assert replies(desk, 1) == replies(desk, 4) == []


@pytest.mark.parametrize(
    ("numbers", "text", "way", "why"),
    [
        ((1,), " \n", Way.COMMAND, "There is nothing to send."),
        ((1,), "Hello {first_name}", Way.COMMAND, "was not filled in"),
        ((1,), "Hello {frist_name}", Way.COMMAND, "is no placeholder"),
        ((1, 4), "{questions}", Way.COMMAND, r"D-1 was not answered. \{questions\} is empty"),
        ((2,), "x", Way.COMMAND, "no address for Ben: press C"),
        ((3,), "x", Way.CLIPBOARD, "no requester yet, press e"),
        ((1, 4), "x", Way.CLIPBOARD, "The clipboard holds one reply."),
        pytest.param((1,), "x" * 100_001, Way.COMMAND, "too long", id="too long"),
    ],
)
def test_what_can_not_be_sent_is_refused_and_nothing_is_stored(
    desk: Desk, numbers: tuple[int, ...], text: str, way: Way, why: str
) -> None:
    desk.save_draft("reply:1", "kept", 0, 1)
    with pytest.raises(Refused, match=why):
        desk.run(SendReply(numbers, text, way), draft="reply:1")
    assert desk.writer.conn.execute("SELECT count(*) FROM message WHERE kind = 'reply'").fetchone() == (0,)
    assert desk.writer.conn.execute("SELECT count(*) FROM draft").fetchone() == (1,)


def test_questions_are_those_without_an_answer(desk: Desk) -> None:
    conn = desk.writer.conn
    elsewhere(desk, "UPDATE request SET category = 'printing and Scanning' WHERE id = 1")
    conn.execute("INSERT INTO answer VALUES (1, 'device', 'tray 2')")
    head = letters.letterhead(conn, 1)
    assert head is not None
    assert head.questions[0] == "What does its display say exactly?"
    assert len(head.questions) == 3


def text_of(desk: Desk, position: int) -> Canned | None:
    return next((each for each in letters.canned(desk.writer.conn) if each.position == position), None)


def test_canned_texts_are_saved_swapped_removed_and_all_of_it_undone(desk: Desk) -> None:
    before = letters.canned(desk.writer.conn)
    first, second = before[0], before[1]
    desk.run(SaveCanned("Mine", 2, "Hello {first_name}", first.id))
    assert text_of(desk, 2) == Canned(first.id, "Mine", 2, "Hello {first_name}")
    assert text_of(desk, 1) == Canned(second.id, second.name, 1, second.text)
    desk.run(RemoveCanned(first.id))
    assert text_of(desk, 2) is None
    desk.run(SaveCanned("New", 2, "Bye"))
    desk.run(SetPriority((1,), Priority.P2))
    for _ in range(4):
        desk.run(Undo())
    assert letters.canned(desk.writer.conn) == before


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [("", "x", "needs a name"), ("x", " \n", "needs some words"), ("x", "{nam}", r"is no placeholder"),
     ("x", "Hello {name", "has no brace after it")],
)  # fmt: skip
def test_a_canned_text_that_could_never_be_sent_is_refused(desk: Desk, name: str, text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        desk.run(SaveCanned(name, 0, text))


def test_every_text_that_is_there_to_begin_with_can_be_sent(desk: Desk) -> None:
    elsewhere(desk, "UPDATE request SET category = 'Programs' WHERE id = 1")
    for each in letters.canned(desk.writer.conn):
        outcome = desk.run(SendReply((1, 4), each.text, Way.EML)) if "{questions}" not in each.text else None
        assert outcome is None or outcome.refused == ()
    assert isinstance(letters.parcels(desk.writer.conn, (1,)), list)
    assert all(isinstance(parcel, Parcel) for parcel in letters.parcels(desk.writer.conn, (1, 2)))
