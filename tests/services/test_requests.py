"""What is done to requests: what comes of it, what is refused, and that one command is one journal row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deskmate.domain import commands
from deskmate.domain.commands import (
    AddNote,
    Command,
    Drop,
    Judge,
    Redo,
    Reopen,
    Resolve,
    SetPriority,
    ShiftPriority,
    Tag,
    Undo,
)
from deskmate.domain.priority import Impact, Priority, Urgency
from deskmate.domain.request import Refused
from deskmate.domain.status import DropReason, Status
from deskmate.domain.text import TAG_LIMIT
from deskmate.domain.timeline import Note
from deskmate.errors import DeskmateError
from deskmate.services import dispatch
from deskmate.services.desk import Desk
from deskmate.store import drafts, journal
from deskmate.store.read.detail import detail
from tests.support.desks import assert_sound, line, opened, state, whole


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Requests 1 to 3, new; 4 resolved; 5 dropped; 6 undone."""
    with opened(tmp_path / "data") as desk:
        for title in ("one", "two", "three", "four", "five", "six"):
            desk.capture(line(title))
        desk.run(Undo())
        desk.run(Resolve((4,)))
        desk.run(Drop((5,), DropReason.SPAM))
        yield desk
        assert_sound(desk.writer.conn)


def fields(desk: Desk, number: int, *names: str) -> tuple[Any, ...]:
    found = detail(desk.writer.conn, number)
    assert found is not None
    return tuple(getattr(found.request, name) for name in names)


def events(desk: Desk, number: int) -> list[tuple[str, str | None, str | None]]:
    return desk.writer.conn.execute(
        "SELECT kind, old, new FROM event WHERE request_id = ? ORDER BY seq", (number,)
    ).fetchall()


def rows(conn: sqlite3.Connection) -> int:
    return int(conn.execute("SELECT count(*) FROM journal").fetchone()[0])


DONE: list[tuple[Command, str, str, dict[str, Any], tuple[str, str | None, str | None]]] = [
    (SetPriority((1,), Priority.P2), "priority", "P2 for D-1", {"priority": Priority.P2}, ("priority", None, "P2")),
    (
        Judge((1,), Impact.EVERYONE, Urgency.STUCK), "priority", "everyone · stuck for D-1",
        {"priority": Priority.P1, "impact": Impact.EVERYONE, "urgency": Urgency.STUCK}, ("priority", None, "P1"),
    ),
    (ShiftPriority((1,), -1), "priority", "raised D-1", {"priority": Priority.P2}, ("priority", None, "P2")),
    (ShiftPriority((1,), 1), "priority", "lowered D-1", {"priority": Priority.P3}, ("priority", None, "P3")),
    (AddNote((1,), "seen"), "note", "note on D-1", {"status": Status.OPEN}, ("note", None, None)),
    (
        Resolve((1,)), "resolve", "resolved D-1",
        {"status": Status.RESOLVED, "resolution": None}, ("resolved", "new", None),
    ),
    (
        Resolve((1,), "new cable"), "resolve", "resolved D-1",
        {"status": Status.RESOLVED, "resolution": "new cable"}, ("resolved", "new", "new cable"),
    ),
    (
        Drop((1,), DropReason.RULES), "drop", "dropped as against the rules: D-1",
        {"status": Status.DROPPED, "drop_reason": DropReason.RULES, "resolved_at": None},
        ("dropped", "new", "against the rules"),
    ),
    (
        Reopen((4,)), "reopen", "reopened D-4",
        {"status": Status.OPEN, "resolved_at": None}, ("reopened", "resolved", None),
    ),
    (
        Reopen((5,)), "reopen", "reopened D-5",
        {"status": Status.OPEN, "drop_reason": None}, ("reopened", "dropped", None),
    ),
    (
        Tag((1,), add=("vpn", "Floor2")), "tag", "tags of D-1",
        {"tags": ("Floor2", "vpn")}, ("tags", None, "Floor2, vpn"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("command", "name", "label", "after", "event"), DONE, ids=lambda value: str(value)[:40])
def test_what_a_command_does(
    desk: Desk, command: Any, name: str, label: str, after: dict[str, Any], event: tuple[str, str | None, str | None]
) -> None:
    conn = desk.writer.conn
    (number,) = command.requests
    others = {key: value for key, value in state(conn).items() if key != number}
    count = rows(conn)
    outcome = desk.run(command)
    assert (outcome.label, outcome.requests, outcome.refused) == (label, (number,), ())
    assert rows(conn) == count + 1
    assert conn.execute("SELECT command, actor FROM journal WHERE seq = ?", (outcome.seq,)).fetchone() == (
        name,
        "test",
    )
    assert dict(zip(after, fields(desk, number, *after), strict=True)) == after
    assert fields(desk, number, "version") == (outcome.seq,)
    assert events(desk, number)[-1] == event
    assert {key: value for key, value in state(conn).items() if key != number} == others


def test_resolving_says_when(desk: Desk) -> None:
    outcome = desk.run(Resolve((1,)))
    (at,) = desk.writer.conn.execute("SELECT recorded_at FROM journal WHERE seq = ?", (outcome.seq,)).fetchone()
    assert fields(desk, 1, "resolved_at") == (at,)


def test_what_did_not_solve_it_after_all_is_said_no_longer(desk: Desk) -> None:
    for said, kept in (("cable", "cable"), ("", None), ("switch", "switch")):
        desk.run(Resolve((1,), said))
        assert fields(desk, 1, "resolution") == (kept,)
        desk.run(Reopen((1,)))
        assert fields(desk, 1, "resolution") == (None,)


REFUSED: list[tuple[Command, str]] = [
    (Resolve((4,)), "D-4 can not be resolved: it is resolved already."),
    (Resolve((5,)), "D-5 can not be resolved: it is dropped already."),
    (Drop((4,), DropReason.SPAM), "D-4 can not be dropped: it is resolved already."),
    (Reopen((1,)), "D-1 can not be reopened: it is new, not closed."),
    (AddNote((1,), ""), "There is nothing to note."),
    (AddNote((1,), " \n\t "), "There is nothing to note."),
    (Tag((1,), add=("#",)), "A tag needs a name."),
    (Tag((1,), remove=("vpn",)), "D-1 has these tags already."),
    (SetPriority((99,), Priority.P1), "There is no D-99."),
    (SetPriority((1, 99), Priority.P1), "There is no D-99."),
    (SetPriority((6,), Priority.P1), "D-6 was undone."),
    (SetPriority((), Priority.P1), "No request was named."),
    (Resolve((4, 5)), "D-4 can not be resolved: it is resolved already."),
]


@pytest.mark.parametrize(("command", "reason"), REFUSED, ids=str)
def test_what_is_refused_changes_nothing(desk: Desk, command: Command, reason: str) -> None:
    before = whole(desk.writer.conn)
    with pytest.raises(DeskmateError) as refusal:
        desk.run(command)
    assert refusal.value.message == reason
    assert whole(desk.writer.conn) == before
    assert not desk.writer.conn.in_transaction
    desk.run(SetPriority((1,), Priority.P1))  # the next command is not held up by it


@pytest.mark.parametrize("command", [SetPriority((1,), Priority.P1), ShiftPriority((1,), -1)], ids=str)
def test_no_change_is_refused(desk: Desk, command: Command) -> None:
    desk.run(SetPriority((1,), Priority.P1))
    with pytest.raises(Refused, match="D-1 is P1 already"):
        desk.run(command)


def test_judging_anew_counts_even_where_the_priority_stays(desk: Desk) -> None:
    desk.run(Judge((1,), Impact.SEVERAL, Urgency.STUCK))
    desk.run(Judge((1,), Impact.EVERYONE, Urgency.SLOWED))
    assert fields(desk, 1, "priority", "impact") == (Priority.P1, Impact.EVERYONE)
    with pytest.raises(Refused):
        desk.run(Judge((1,), Impact.EVERYONE, Urgency.SLOWED))


def test_many_at_once_are_one_row_and_one_step_back(desk: Desk) -> None:
    conn = desk.writer.conn
    before, count = state(conn), rows(conn)
    outcome = desk.run(Resolve((3, 1, 2), "all of them"))
    assert (outcome.label, outcome.requests) == ("resolved 3 requests", (3, 1, 2))
    assert rows(conn) == count + 1
    assert [fields(desk, number, "version") for number in (1, 2, 3)] == [(outcome.seq,)] * 3
    assert desk.run(Undo()).requests == (3, 1, 2)
    assert state(conn) == before


def test_of_many_only_those_that_can_not_be_are_left(desk: Desk) -> None:
    count = rows(desk.writer.conn)
    outcome = desk.run(Resolve((4, 1, 5, 2)))
    assert (outcome.label, outcome.requests) == ("resolved 2 requests", (1, 2))
    assert outcome.refused == (
        "D-4 can not be resolved: it is resolved already.",
        "D-5 can not be resolved: it is dropped already.",
    )
    assert rows(desk.writer.conn) == count + 1
    assert desk.run(Resolve((4, 3))).label == "resolved D-3"


def test_named_twice_is_done_once_and_can_be_undone(desk: Desk) -> None:
    before = state(desk.writer.conn)
    assert desk.run(AddNote((1, 2, 1), "once")).requests == (1, 2)
    assert desk.writer.conn.execute("SELECT count(*) FROM note WHERE request_id = 1").fetchone() == (1,)
    desk.run(Undo())
    assert desk.run(ShiftPriority((1, 1, 1), -1)).requests == (1,)
    assert fields(desk, 1, "priority") == (Priority.P2,)
    desk.run(Undo())
    assert state(desk.writer.conn) == before


def test_hundreds_at_once(desk: Desk) -> None:
    for number in range(7, 608):
        assert desk.capture(line(f"request {number}", new_tags=("bulk",))) == number
    numbers = tuple(range(607, 6, -1))
    outcome = desk.run(Tag(numbers, add=("more",)))
    assert (outcome.label, outcome.requests) == ("tags of 601 requests", numbers)
    assert desk.writer.conn.execute("SELECT count(*) FROM request_tag").fetchone() == (1202,)
    assert len(desk.run(Undo()).requests) == 601
    assert desk.writer.conn.execute("SELECT count(*) FROM request_tag").fetchone() == (601,)


# --- notes and drafts ---------------------------------------------------------------------------------------


def test_a_note_opens_a_new_request_and_no_other(desk: Desk) -> None:
    desk.run(AddNote((1, 4, 5), "looked at it"))
    assert [fields(desk, number, "status")[0].value for number in (1, 4, 5)] == ["open", "resolved", "dropped"]
    found = detail(desk.writer.conn, 1)
    assert found is not None
    assert [entry.text for entry in found.entries if isinstance(entry, Note)] == ["looked at it"]


def test_a_note_is_cleaned_and_keeps_its_lines(desk: Desk) -> None:
    desk.run(AddNote((1,), "\n\nfirst\r\n\tsecond\x1b[31m\x00\n\n"))
    (text,) = desk.writer.conn.execute("SELECT text FROM note").fetchone()
    assert text == "first\n\tsecond␛[31m\ufffd"


def test_the_draft_goes_when_the_note_is_kept(desk: Desk) -> None:
    desk.save_draft("note:1", "half", 4, 1)
    desk.save_draft("note:2", "other", 5, 2)
    desk.run(AddNote((1,), "from elsewhere"))
    conn = desk.writer.conn
    assert drafts.load(conn, "note:1") == ("half", 4), "only whoever typed it lets it go"
    desk.run(AddNote((1,), "whole"), draft="note:1")
    assert (drafts.load(conn, "note:1"), drafts.load(conn, "note:2")) == (None, ("other", 5))


def test_a_note_that_fails_keeps_its_draft(desk: Desk) -> None:
    desk.save_draft("note:1", "half", 4, 1)
    with pytest.raises(DeskmateError):
        desk.run(AddNote((1, 99), "whole"))
    with pytest.raises(DeskmateError):
        desk.run(AddNote((1,), "\n"))
    assert drafts.load(desk.writer.conn, "note:1") == ("half", 4)


def test_the_draft_of_a_capture_goes_with_it(desk: Desk) -> None:
    desk.save_draft("capture", "pap", 3)
    desk.capture(line("from elsewhere"))
    assert drafts.load(desk.writer.conn, "capture") == ("pap", 3), "only whoever typed it lets it go"
    desk.capture(line("paper jam"), draft="capture")
    assert drafts.load(desk.writer.conn, "capture") is None


def test_an_emptied_draft_is_forgotten_and_a_broken_character_costs_one(desk: Desk) -> None:
    desk.save_draft("note:1", "a\ud83dz\x00", 2, 1)
    assert drafts.load(desk.writer.conn, "note:1") == ("a\ufffdz\x00", 2)
    desk.save_draft("note:1", "", 0, 1)
    assert drafts.load(desk.writer.conn, "note:1") is None


def test_drafts_and_places_are_no_events(desk: Desk) -> None:
    count = rows(desk.writer.conn)
    desk.save_draft("note:1", "a", 1, 1)
    desk.save_draft("note:1", "ab", 2, 1)
    desk.save_place("queue", {"number": 3, "word": "größe"})
    desk.save_place("queue", {"number": 2})
    assert rows(desk.writer.conn) == count
    found = drafts.load_place(desk.writer.conn, "queue")
    assert found is not None
    assert found[0] == {"number": 2}
    assert drafts.load_place(desk.writer.conn, "other") is None


# --- tags ---------------------------------------------------------------------------------------------------


def tags(desk: Desk, number: int) -> list[tuple[str, int]]:
    return desk.writer.conn.execute(
        "SELECT t.name, t.known FROM request_tag JOIN tag t ON t.id = tag_id WHERE request_id = ? ORDER BY word",
        (number,),
    ).fetchall()


def test_tags_are_told_apart_by_letters_and_not_by_capitals(desk: Desk) -> None:
    desk.run(Tag((1,), add=("VPN",)))
    desk.run(Tag((2,), add=("vpn", "#Home Office", "vPn")))
    assert tags(desk, 1) == [("VPN", 1)]
    assert tags(desk, 2) == [("Home Office", 1), ("VPN", 1)]
    with pytest.raises(Refused, match="already"):
        desk.run(Tag((1,), add=("vpn",)))
    desk.run(Tag((2,), add=("abc",), remove=("#VPN",)))
    assert tags(desk, 2) == [("abc", 1), ("Home Office", 1)]


def test_the_same_tags_are_no_change_whatever_their_capitals(desk: Desk) -> None:
    desk.run(Tag((1,), add=("a", "B", "c")))
    with pytest.raises(Refused, match="already"):
        desk.run(Tag((1,), add=("b",)))


def test_a_tag_nobody_made_stays_unknown_until_somebody_does(desk: Desk) -> None:
    number = desk.capture(line("typed", tags=("fooo",)))
    assert tags(desk, number) == [("fooo", 0)]
    desk.run(Tag((number,), add=("vpn",)))
    assert tags(desk, number) == [("fooo", 0), ("vpn", 1)]
    desk.run(Undo())
    assert tags(desk, number) == [("fooo", 0)]
    desk.run(Redo())
    assert tags(desk, number) == [("fooo", 0), ("vpn", 1)]
    desk.run(Tag((1,), add=("fooo",)))
    assert tags(desk, number) == [("fooo", 1), ("vpn", 1)]


def test_a_long_tag_is_cut_and_a_hidden_sign_shown(desk: Desk) -> None:
    desk.run(Tag((1,), add=("x" * 500, "a\u202eb")))
    assert [name for name, _known in tags(desk, 1)] == ["a⟨202e⟩b", "x" * TAG_LIMIT]


# --- capture ------------------------------------------------------------------------------------------------


def test_a_capture_that_is_done_is_resolved_on_the_spot(desk: Desk) -> None:
    number = desk.capture(line("password reset", done=True, spent_minutes=5))
    assert fields(desk, number, "status") == (Status.RESOLVED,)
    assert events(desk, number) == [
        ("captured", None, None),
        ("first response", None, "said"),
        ("resolved", "new", "on the spot, 5 min"),
        ("clock", "running", "ended"),
    ]
    quick = desk.capture(line("again", done=True))
    assert events(desk, quick)[-2] == ("resolved", "new", "on the spot")
    created, resolved = fields(desk, number, "created_at", "resolved_at")
    assert created == resolved


def test_a_capture_makes_the_person_it_names_and_the_words_for_it(desk: Desk) -> None:
    from deskmate.store.read.names import StoredNames

    number = desk.capture(line("no network", new_people=("Ana Weber",)))
    names = StoredNames(desk.writer.conn)
    assert [names.person(word) for word in ("ana", "WEBER", "anaweber", "ana weber", "web")] == [
        (1, "Ana Weber"), (1, "Ana Weber"), (1, "Ana Weber"), (1, "Ana Weber"), None,
    ]  # fmt: skip
    found = detail(desk.writer.conn, number)
    assert found is not None
    assert (found.who, found.known, found.request.requester) == ("Ana Weber", True, None)
    desk.capture(line("other", new_people=("Bea Weber",)))
    assert names.person("weber") is None, "two answer to it"


def test_every_kind_of_command_is_tried() -> None:
    """The plain ones here; those with a use case of their own in a test that names them."""
    known = {
        command
        for command in vars(commands).values()
        if isinstance(command, type) and issubclass(command, commands.Command) and command.name
    }
    own = {command for command in known if command in dispatch._USE_CASES}
    assert {type(command) for command, *_ in DONE} - own == known - own
    texts = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    assert [command for command in own if f"{command.__name__}(" not in texts] == []


def test_the_chain_holds_after_all_of_it(desk: Desk) -> None:
    for command, *_ in DONE:
        try:
            desk.run(command)
        except Refused:
            continue
    assert journal.first_broken(desk.writer.conn) is None
