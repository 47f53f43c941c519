"""Rows and plain SQL write the same bytes and read each other's, and the tables refuse anything else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, UniqueConstraint
from sqlalchemy.dialects import sqlite as dialect
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, SQLModel, select

from deskmate.domain.channel import Channel
from deskmate.domain.checklist import Mode, Verdict
from deskmate.domain.occurrence import Basis
from deskmate.domain.person import Experience, PersonKind
from deskmate.domain.priority import Impact, Priority, Urgency
from deskmate.domain.run import RunState
from deskmate.domain.schedule import CatchUp, Roll
from deskmate.domain.status import DropReason, Outcome, Shelf, Status
from deskmate.domain.timeline import Delivery
from deskmate.domain.walk import StepVerdict, WalkMode, WalkOutcome
from deskmate.services.desk import Desk
from deskmate.store.write import guide_tables, tables
from deskmate.store.write.unit_of_work import engine_over
from tests.support.desks import AT, line, opened

LATER = "2026-12-24T17:30:00.250Z"

# One row of each mapped table: as the model has it, and as it must stand on disk.
AS_MODEL: dict[str, dict[str, Any]] = {
    "person": {
        "id": 7, "name": "Ana Weber", "email": "ana@example.org", "phone": "117", "room": "2.14",
        "department": "accounting", "kind": PersonKind.VENDOR, "vip": True, "experience": Experience.EXPERT,
        "details": "rather a visit", "created_at": AT, "void": False, "version": 3,
    },
    "device": {
        "id": 4, "name": "Laser 2", "word": "laser 2", "kind": "printer", "person_id": 7, "room": "2.14",
        "notes": "by the stairs", "void": True, "version": 5,
    },
    "category": {
        "id": 90, "name": "Door", "word": "door", "position": 11, "questions": "who: Who?",
        "void": False, "version": 0,
    },
    "canned": {"id": 91, "name": "Hello", "position": 0, "text": "Hello", "void": True, "version": 2},
    "saved_view": {"id": 2, "name": "Mine", "query": "#vpn", "position": 1, "void": False, "version": 1},
    "tag": {"id": 3, "name": "VPN", "word": "vpn", "known": False},
    "request": {
        "id": 40, "title": "no network", "status": Status.DROPPED, "priority": Priority.P2,
        "impact": Impact.EVERYONE, "urgency": Urgency.WAIT, "person_id": 7, "requester": "Ana",
        "channel": Channel.PHONE, "category": "net", "device_id": 4, "device": "switch 2", "needed_by": LATER,
        "due_at": LATER, "due_kind": "n", "soon_at": AT, "response_due": LATER, "resolve_due": LATER,
        "promised_at": LATER, "check_at": LATER, "close_at": LATER, "quiet_at": AT,
        "held": False, "held_at": AT, "cause": "cable",
        "outcome": Outcome.NO_FAULT, "resolution": "new cable",
        "drop_reason": DropReason.RULES, "merged_into": None, "waiting_on": None, "waiting_for": None,
        "waiting_since": None, "wake_at": LATER, "woken": True, "chases": 2, "parked_reason": "part is coming",
        "unread": True, "created_at": AT, "updated_at": AT, "resolved_at": LATER,
        "void": False, "version": 12, "shelf": Shelf.DROPPED, "rank": 2, "due_key": LATER,
        "step_at": LATER,
        "response_soon": AT, "resolve_soon": AT,
    },
    "request_tag": {"request_id": 40, "tag_id": 3},
    "link": {"low": 40, "high": 41},
    "answer": {"request_id": 40, "question": "since", "text": "Monday"},
    "attachment": {
        "id": 6, "request_id": 40, "at": AT, "name": "a.png", "size": 12, "digest": "0" * 64, "void": False,
    },
    "message": {
        "id": 8, "request_id": 40, "kind": "reply", "at": AT, "text": "on my way", "via": "mail",
        "state": Delivery.HANDED_OVER, "address": "ana@example.org", "void": False,
    },
    "note": {"id": 5, "request_id": 40, "at": AT, "text": "seen it before", "void": True, "restricted": True},
    "setting": {"id": "greeting", "value": "hello", "version": 4},
    "weekly": {"id": 90, "weekday": 6, "opens": 600, "closes": 120, "void": False, "version": 4},
    "day_hours": {"id": 1, "day": "2026-12-31", "hours": "9-11", "note": "year's end", "void": True, "version": 4},
    "holiday": {"id": 1, "day": "2026-12-25", "name": "Christmas", "void": False, "version": 4},
    "leave": {"id": 1, "starts": "2026-08-03", "ends": "2026-08-14", "note": "away", "void": False, "version": 4},
    "extra": {
        "id": 1, "starts": "2026-11-28T10:00", "ends": "2026-11-28T12:00", "note": "", "void": False, "version": 4,
    },
    "slot": {
        "id": 1, "starts": "2026-11-24T14:00", "ends": "2026-11-24T15:00", "every": 7, "last": "2027-03-01",
        "state": "AWAY", "reason": "mentor", "public": "in a meeting", "void": False, "version": 4,
    },
    "override": {
        "id": 1, "at": AT, "state": "DND", "until": LATER, "public": "", "private": "dentist", "void": True,
        "version": 4,
    },
    "notice": {"id": 1, "at": AT, "text": "Mail is down", "until": LATER, "void": False, "version": 4},
    "rule": {
        "id": 90, "position": 9, "name": "again", "kind": "again", "channel": "mail", "words": "", "minutes": 5,
        "passes": False, "void": False, "version": 4,
    },
    "target": {"id": 2, "response_minutes": 60, "resolve_minutes": 480, "round_the_clock": True, "version": 4},
    "promise": {
        "id": 1, "request_id": 40, "who": "Ana", "text": "call back", "due_at": LATER, "made_at": AT, "moved": 1,
        "state": "kept", "ended_at": LATER, "void": False, "version": 4,
    },
    "check_back": {
        "id": 1, "request_id": 40, "at": LATER, "asked_at": LATER, "score": 4, "line": "works", "answered_at": LATER,
        "void": False, "version": 4,
    },
    "piece": {"id": 1, "request_id": 40, "starts": AT, "ends": LATER, "void": False, "version": 4},
    "stack_frame": {
        "id": 1, "request_id": 40, "cause_id": None, "ran": True, "place": "{}", "left_at": AT, "back_at": LATER,
        "void": False, "version": 4,
    },
    "checklist": {"id": 1, "name": "Patch round", "word": "patch round", "void": False, "version": 4},
    "revision": {
        "id": 1, "checklist_id": 1, "number": 2, "made_at": AT, "mode": Mode.IN_ORDER, "about": "monthly",
        "pause_point": "after the notice", "minutes": 60, "dnd": True, "items": "[]", "void": False, "version": 4,
    },
    "schedule": {
        "id": 1, "checklist_id": 1, "said": "tuesdays", "kind": Basis.ANCHORED, "rule": "FREQ=WEEKLY;BYDAY=TU",
        "starts": "2026-11-24T00:00", "since": "2026-11-24T00:00", "ends": "2027-01-01T00:00", "timed": False,
        "zone": "Europe/Berlin", "lead": 60, "grace": 480, "roll": Roll.PREVIOUS, "catch_up": CatchUp.ALL,
        "void": False, "version": 4,
    },
    "pause": {
        "id": 1, "checklist_id": None, "first": "2026-12-24", "last": None, "note": "closed", "void": False,
        "version": 4,
    },
    "run": {
        "id": 1, "checklist_id": 1, "revision_id": 1, "nominal": "2026-11-24T00:00", "request_id": None,
        "state": RunState.DONE, "started_at": AT, "ended_at": LATER, "counted_at": AT, "note": "all well",
        "signed": "tech", "void": False, "version": 4,
    },
    "result": {
        "id": 1, "run_id": 1, "item": 3, "verdict": Verdict.FAILED, "value": "7", "note": "hangs", "at": AT,
        "finding_id": 40, "void": False, "version": 4,
    },
    "evidence": {
        "id": 1, "run_id": 1, "item": 3, "at": AT, "name": "a.png", "size": 12, "digest": "0" * 64, "void": False,
        "version": 4,
    },
    "absence": {
        "id": 1, "checklist_id": 1, "first": "2026-11-03T00:00", "last": "2026-11-19T00:00", "note": "ill",
        "void": False, "version": 4,
    },
    "guide": {
        "id": 1, "title": "Connect to the VPN", "word": "connect to the vpn", "slug": "connect-to-the-vpn",
        "draft": "{}", "archived": True, "checked_at": AT, "review_by": "2027-11-24", "made_at": AT, "void": False,
        "version": 4,
    },
    "guide_revision": {
        "id": 1, "guide_id": 1, "number": 2, "made_at": AT, "reason": "new menu", "title": "Connect", "content": "{}",
        "digest": "0" * 64, "void": False, "version": 4,
    },
    "walk": {
        "id": 1, "guide_id": 1, "revision_id": 1, "request_id": 40, "person_id": 7, "mode": WalkMode.FOR_THEM,
        "step": "a1", "since": None, "spent": 12, "outcome": WalkOutcome.FAILED, "started_at": AT, "ended_at": LATER,
        "note": "no rights", "noted": "asked", "void": False, "version": 4,
    },
    "walked_step": {
        "id": 1, "walk_id": 1, "step": "a1", "verdict": StepVerdict.TOGETHER, "symptom": "no window", "seconds": 40,
        "note": "", "at": AT, "void": False, "version": 4,
    },
    "guide_sent": {
        "id": 1, "guide_id": 1, "revision_id": 1, "request_id": 40, "person_id": 7, "form": "html",
        "experience": Experience.BEGINNER, "at": AT, "message_id": 8, "name": "vpn.html", "size": 9,
        "digest": "d" * 64, "said": "Step 1", "void": False, "version": 4,
    },
    "term": {"id": 1, "term": "VPN", "word": "vpn", "plain": "the tunnel", "void": False, "version": 4},
    "draft": {"key": "note:40", "text": "half a", "cursor": 6, "request_id": 40, "updated_at": AT},
}  # fmt: skip
VOIDABLE = (
    *("holiday", "leave", "extra", "slot", "notice", "promise", "check_back", "piece"),
    *("checklist", "pause", "evidence", "absence", "guide_revision", "term"),
)
ON_DISK = {
    **AS_MODEL,
    "person": {**AS_MODEL["person"], "kind": "vendor", "vip": 1, "experience": "expert", "void": 0},
    "device": {**AS_MODEL["device"], "void": 1},
    "category": {**AS_MODEL["category"], "void": 0},
    "canned": {**AS_MODEL["canned"], "void": 1},
    "saved_view": {**AS_MODEL["saved_view"], "void": 0},
    "attachment": {**AS_MODEL["attachment"], "void": 0},
    "message": {**AS_MODEL["message"], "state": "handed over", "void": 0},
    "tag": {**AS_MODEL["tag"], "known": 0},
    "request": {
        **AS_MODEL["request"], "status": "dropped", "priority": 2, "impact": "everyone", "urgency": "can wait",
        "channel": "phone", "drop_reason": "against the rules", "outcome": "no fault found", "void": 0,
        "woken": 1, "unread": 1, "held": 0, "shelf": "dropped",
    },
    "weekly": {**AS_MODEL["weekly"], "void": 0},
    "day_hours": {**AS_MODEL["day_hours"], "void": 1},
    "override": {**AS_MODEL["override"], "void": 1},
    "rule": {**AS_MODEL["rule"], "passes": 0, "void": 0},
    "target": {**AS_MODEL["target"], "round_the_clock": 1},
    **{name: {**AS_MODEL[name], "void": 0} for name in VOIDABLE},
    "stack_frame": {**AS_MODEL["stack_frame"], "ran": 1, "void": 0},
    "note": {**AS_MODEL["note"], "void": 1, "restricted": 1},
    "revision": {**AS_MODEL["revision"], "mode": "in order", "dnd": 1, "void": 0},
    "schedule": {
        **AS_MODEL["schedule"], "kind": "anchored", "timed": 0, "roll": "previous", "catch_up": "all", "void": 0,
    },
    "run": {**AS_MODEL["run"], "state": "done", "void": 0},
    "result": {**AS_MODEL["result"], "verdict": "failed", "void": 0},
    "guide": {**AS_MODEL["guide"], "archived": 1, "void": 0},
    "walk": {**AS_MODEL["walk"], "mode": "for them", "outcome": "failed", "void": 0},
    "walked_step": {**AS_MODEL["walked_step"], "verdict": "together", "void": 0},
    "guide_sent": {**AS_MODEL["guide_sent"], "experience": "beginner", "void": 0},
}  # fmt: skip

MODELS: dict[str, type[SQLModel]] = {
    model.__tablename__: model  # type: ignore[misc]
    for model in (*vars(tables).values(), *vars(guide_tables).values())
    if isinstance(model, type) and issubclass(model, SQLModel) and model is not SQLModel
}
NAMES = list(AS_MODEL)
SEEDED = ("category", "canned", "setting", "weekly", "rule", "target")
"""Tables that a new database has rows in."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path / "data") as desk:
        yield desk


@pytest.fixture
def engine(desk: Desk) -> Engine:
    return engine_over(desk.writer)


def put(conn: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    marks = ", ".join("?" * len(row))
    conn.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


def put_all_before(conn: sqlite3.Connection, table: str) -> None:
    conn.execute("DELETE FROM target")  # its keys are the four priorities
    for name in NAMES[: NAMES.index(table)]:
        put(conn, name, ON_DISK[name])
        if name == "request":  # one more, for what needs two
            put(conn, name, {**ON_DISK[name], "id": 41})
    if table in SEEDED:
        conn.execute(f"DELETE FROM {table}")


def test_every_mapped_table_has_a_row_here() -> None:
    assert sorted(MODELS) == sorted(AS_MODEL)


@pytest.mark.parametrize("table", NAMES)
def test_what_rows_write_plain_sql_reads(desk: Desk, engine: Engine, table: str) -> None:
    put_all_before(desk.writer.conn, table)
    with Session(engine) as session:
        session.add(MODELS[table](**AS_MODEL[table]))
        session.commit()
    wanted = ON_DISK[table]
    (found,) = desk.writer.conn.execute(f"SELECT {', '.join(wanted)} FROM {table}").fetchall()
    assert found == tuple(wanted.values())
    # Equal is not enough: True equals 1, and an enum member equals its value.
    assert [type(value) for value in found] == [type(value) for value in wanted.values()]


@pytest.mark.parametrize("table", NAMES)
def test_what_plain_sql_writes_rows_read(desk: Desk, engine: Engine, table: str) -> None:
    put_all_before(desk.writer.conn, table)
    put(desk.writer.conn, table, ON_DISK[table])
    with Session(engine) as session:
        row = session.exec(select(MODELS[table])).one()
        found = {name: getattr(row, name) for name in AS_MODEL[table]}
    assert found == AS_MODEL[table]
    assert {name: type(value) for name, value in found.items()} == {
        name: type(value) for name, value in AS_MODEL[table].items()
    }


def test_a_capture_is_a_row(desk: Desk, engine: Engine) -> None:
    from datetime import UTC, datetime

    needed = datetime(2026, 12, 4, 9, tzinfo=UTC)
    number = desk.capture(
        line("paper jam", impact=Impact.ONE, urgency=Urgency.STUCK, channel=Channel.CHAT, needed_by=needed)
    )
    with Session(engine) as session:
        row = session.get_one(tables.RequestRow, number)
        assert (row.status, row.priority, row.impact, row.urgency, row.channel, row.void, row.shelf) == (
            Status.NEW, Priority.P2, Impact.ONE, Urgency.STUCK, Channel.CHAT, False, Shelf.NOW,
        )  # fmt: skip
        assert row.needed_by == "2026-12-04T09:00:00.000Z"
        assert row.due_at == row.due_key < row.needed_by, "an answer is due before"


def test_every_stored_instant_has_24_characters(desk: Desk) -> None:
    from deskmate.domain.commands import AddNote, Resolve

    number = desk.capture(line("one"), body="a body")
    desk.run(AddNote((number,), "a note"))
    desk.run(Resolve((number,)))
    desk.save_draft("note:1", "text", 4, number)
    desk.save_place("queue", {"row": 1})
    seen = 0
    conn = desk.writer.conn
    for (table,) in conn.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%STRICT%'").fetchall():
        for column in conn.execute(f"PRAGMA table_info({table})").fetchall():
            if column[1] == "at" or column[1].endswith("_at"):
                for (value,) in conn.execute(
                    f"SELECT {column[1]} FROM {table} WHERE {column[1]} IS NOT NULL"
                ).fetchall():
                    assert (len(value), value[-1]) == (24, "Z"), f"{table}.{column[1]}"
                    seen += 1
    assert seen >= 12


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("request", {"status": "NEW"}),
    ("request", {"status": "done"}),
    ("request", {"priority": 5}),
    ("request", {"priority": 0}),
    ("request", {"priority": "high"}),
    ("request", {"impact": "EVERYONE"}),
    ("request", {"urgency": "WAIT"}),
    ("request", {"channel": "fax"}),
    ("request", {"drop_reason": "RULES"}),
    ("request", {"void": 2}),
    ("request", {"void": "yes"}),
    ("request", {"version": None}),
    ("request", {"version": "one"}),
    ("request", {"person_id": 99}),
    ("request", {"title": b"bytes"}),
    ("request", {"created_at": "2026-11-20"}),
    ("request", {"needed_by": "2026-11-20 09:00:00"}),
    ("request", {"due_at": None}),
    ("request", {"due_kind": "x"}),
    ("request", {"shelf": "now"}),
    ("request", {"rank": 0}),
    ("request", {"due_key": "9999"}),
    ("tag", {"known": 7}),
    ("tag", {"name": ""}),
    ("tag", {"word": None}),
    ("person", {"name": ""}),
    ("person", {"name": None}),
    ("person", {"created_at": 1_700_000_000}),
    ("person", {"kind": "VENDOR"}),
    ("person", {"experience": "some"}),
    ("person", {"vip": 2}),
    ("device", {"person_id": 99}),
    ("device", {"name": ""}),
    ("category", {"name": ""}),
    ("canned", {"position": 10}),
    ("saved_view", {"query": None}),
    ("request", {"drop_reason": "merged"}),
    ("request", {"merged_into": 40}),
    ("request", {"waiting_on": "vendor"}),
    ("request", {"waiting_since": AT}),
    ("request", {"status": "waiting", "shelf": "now"}),
    ("request", {"outcome": "SOLVED"}),
    ("request", {"device_id": 99}),
    ("request", {"chases": -1}),
    ("link", {"low": 41}),
    ("link", {"low": 42}),
    ("answer", {"text": ""}),
    ("answer", {"request_id": 99}),
    ("attachment", {"digest": "short"}),
    ("attachment", {"size": -1}),
    ("message", {"state": "on its way"}),
    ("message", {"state": None}),
    ("message", {"kind": "received"}),
    ("note", {"restricted": 2}),
    ("note", {"request_id": 99}),
    ("note", {"text": None}),
    ("note", {"at": "yesterday"}),
    ("draft", {"cursor": "six"}),
    ("draft", {"request_id": 99}),
    ("request_tag", {"tag_id": 99}),
]


@pytest.mark.parametrize(("table", "wrong"), WRONG, ids=str)
def test_the_tables_refuse_what_is_wrong(desk: Desk, table: str, wrong: dict[str, Any]) -> None:
    conn = desk.writer.conn
    put_all_before(conn, table)
    with pytest.raises(sqlite3.IntegrityError):
        put(conn, table, {**ON_DISK[table], **wrong})
    put(conn, table, ON_DISK[table])  # it was the wrong value and nothing else


@pytest.mark.parametrize(
    "odd",
    [
        "2026-11-20T09:00:00",
        "2026-11-20T09:00:00Z",
        "2026-11-20T09:00:00.000",
        "2026-11-20T09:00:00+00:00",
        "2026-11-20T10:00:00.0+01",
        "2026-11-20 09:00:00.000Z",
        "2026-11-20T09:00:00,000Z",
        "2026-W47-5T09:00:00.000Z",
        "2026-11-20t09:00:00.000z",
        "2026-13-20T09:00:00.000Z",
        "２026-11-20T09:00:00.000Z",
        "",
    ],
)
def test_rows_refuse_an_odd_instant(desk: Desk, engine: Engine, odd: str) -> None:
    with Session(engine) as session:
        session.add(tables.PersonRow(name="Ana", created_at=odd))
        with pytest.raises(StatementError, match=r"not an instant|isoformat|must be in"):
            session.commit()
    assert desk.writer.conn.execute("SELECT count(*) FROM person").fetchone() == (0,)


def test_rows_refuse_what_is_no_member(desk: Desk, engine: Engine) -> None:
    with Session(engine) as session:
        session.add(tables.RequestRow(created_at=AT, updated_at=AT, version=1, status="finished"))
        with pytest.raises(StatementError, match="finished"):
            session.commit()
    assert desk.writer.conn.execute("SELECT count(*) FROM request").fetchone() == (0,)


def test_rows_keep_foreign_keys(engine: Engine) -> None:
    with Session(engine) as session:
        session.add(tables.NoteRow(request_id=99, at=AT, text="to nobody"))
        with pytest.raises(IntegrityError):
            session.commit()


@pytest.mark.parametrize("table", NAMES)
def test_the_numbered_sql_and_the_models_agree(desk: Desk, table: str) -> None:
    conn = desk.writer.conn
    model = SQLModel.metadata.tables[table]
    on_disk = {
        name: (kind, bool(required or key), bool(key))
        for _, name, kind, required, _, key in conn.execute(f"PRAGMA table_info({table})")
    }
    in_model = {
        column.name: (
            str(column.type.compile(dialect=dialect.dialect())),
            not column.nullable,
            column.primary_key,
        )
        for column in model.columns
    }
    assert in_model == on_disk
    assert list(in_model) == list(on_disk), "the order of columns"

    points = {(row[3], row[2], row[4]) for row in conn.execute(f"PRAGMA foreign_key_list({table})")}
    assert points == {
        (column.name, key.column.table.name, key.column.name)
        for column in model.columns
        for key in column.foreign_keys
    }

    unique = {
        tuple(column[2] for column in conn.execute(f"PRAGMA index_info({row[1]})"))
        for row in conn.execute(f"PRAGMA index_list({table})").fetchall()
        if row[3] == "u"
    }
    in_constraints = {
        tuple(column.name for column in constraint.columns)
        for constraint in model.constraints
        if isinstance(constraint, UniqueConstraint)
    } | {tuple(column.name for column in index.columns) for index in model.indexes if index.unique}
    assert in_constraints == unique


def test_every_table_is_strict(desk: Desk) -> None:
    rows = desk.writer.conn.execute("PRAGMA table_list").fetchall()
    loose = [
        name
        for schema, name, kind, _columns, _rowid, strict in rows
        if schema == "main" and kind == "table" and not strict and not name.startswith("sqlite_")
    ]
    assert loose == []
