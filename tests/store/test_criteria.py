"""From a query to SQL: what it finds, against a plain reading of the same tree; and at what price."""

from __future__ import annotations

import operator
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from deskmate.domain.priority import rank
from deskmate.domain.query import All, Either, Is, Node, Not, Words, parse
from deskmate.domain.status import Status, shelf
from deskmate.domain.views import View
from deskmate.store import search
from deskmate.store.read import find, queue
from deskmate.store.read.criteria import Criteria, newest_first
from tests import nasty
from tests.support.desks import AT, line, opened

NOW = datetime(2026, 11, 20, 10, 47, tzinfo=ZoneInfo("Europe/Berlin"))
NASTY = [pytest.param(text, id=name) for name, text in nasty.entries()]


def hits(conn: sqlite3.Connection, typed: str, view: View = View.ALL) -> list[int]:
    return [number for piece in find.hits(conn, view, parse(typed, NOW)) for number in piece]


# --- what it finds, against a plain reading -------------------------------------------------------------------

ROOMS, DEVICES = {1: "2.14", 2: None, 3: "Room 1"}, {1: "HP Laser_4", 2: "Router"}
PEOPLE = {1: ("Ana Weber", 0), 2: ("Bo Lind", 1), 3: ("ana okafor", 0)}
INSTANTS = [f"2026-11-{day}T12:00:00.000Z" for day in (14, 17, 19, 20, 21, 27)]
TAGS = ("printer", "vpn", "floor 2")

rows = some.fixed_dictionaries(
    {
        "title": some.sampled_from(["paper jam", "jam on the table", "vpn drops", "", "mail 100%"]),
        "said": some.sampled_from(["", "the paper is wet", "vpn again"]),
        "noted": some.sampled_from(["", "fuser", "paper tray"]),
        "secret": some.booleans(),
        "status": some.sampled_from(list(Status)),
        "priority": some.none() | some.integers(1, 4),
        "person": some.none() | some.sampled_from([1, 2, 3]),
        "requester": some.none() | some.sampled_from(["ana", "somebody"]),
        "channel": some.none() | some.sampled_from(["mail", "phone"]),
        "category": some.none() | some.sampled_from(["Printing and scanning", "Programs"]),
        "device": some.none() | some.sampled_from([1, 2, "HP 5"]),
        "cause": some.none() | some.sampled_from(["fuser", "Fuser worn"]),
        "outcome": some.none() | some.sampled_from(["solved", "no answer"]),
        "due": some.none() | some.sampled_from(INSTANTS),
        "created": some.sampled_from(INSTANTS),
        "updated": some.sampled_from(INSTANTS),
        "wake": some.none() | some.sampled_from(INSTANTS),
        "for": some.none() | some.sampled_from(["ACME support"]),
        "unread": some.booleans(),
        "tags": some.sets(some.sampled_from(TAGS)),
        "file": some.booleans(),
        "reply": some.booleans(),
        "draft": some.booleans(),
        "void": some.integers(0, 9).map(lambda number: number == 0),
    }
)
terms = some.sampled_from(
    """
    paper jam vpn "paper jam" fuser pa* 100% @ana from:ana from:"ana weber" from:none title:paper title:none
    note:paper note:none status:open status:new,w status:resolved prio:1 prio:<=2 prio>2 prio:none prio:1..2
    prio:2,none #printer #vpn tag:"floor 2" tag:none due:today due:<fri due:none due>=2026-11-21 due:2h age:>3d
    age:<1d age:3d updated:today updated:<2d updated:tue via:mail via:none,ph category:scan category:none
    category=programs device:laser_ device:laser% device:hp device:none cause:worn cause=FUSER cause:none
    outcome:answer outcome:none room:2 room:1 room:none waiting:vendor waiting:acme on:none on:=vendor on:=x has:file
    has:note
    has:reply has:draft has:device has:due has:tag has:person has:cause has:category is:now is:new is:waiting
    is:parked is:resolved is:all is:dropped open waiting parked overdue unread vip draft id:<3 id:2..4 id:3
    """.split()  # phrases fall apart here
)
queries = some.recursive(
    terms,
    lambda inner: (
        some.tuples(inner, inner).map(" ".join)
        | some.tuples(inner, inner).map(lambda two: f"({two[0]} OR {two[1]})")
        | inner.map(lambda one: f"-({one})")
        | inner.map(lambda one: f"-{one}")
    ),
    max_leaves=6,
)


def fill(conn: sqlite3.Connection, found: list[dict[str, Any]]) -> None:
    for table in ("draft", "attachment", "note", "message", "request_tag", "request", "request_fts"):
        conn.execute(f"DELETE FROM {table}")
    for number, one in enumerate(found, 1):
        waits = one["status"] == "waiting"
        one["wake"] = one["wake"] or (AT if waits else None)
        one["id"], one["on"], one["for"] = number, "vendor" if waits else None, one["for"] if waits else None
        one["reason"] = "spam" if one["status"] == "dropped" else None
        one["shelf"] = shelf(one["status"], void=one["void"], asleep=one["wake"] is not None)
        typed = one["device"] if isinstance(one["device"], str) else None
        conn.execute(
            "INSERT INTO request (id, title, status, priority, person_id, requester, channel, category, device_id,"
            " device, cause, outcome, due_at, due_kind, created_at, updated_at, resolved_at, drop_reason, waiting_on,"
            " waiting_for, waiting_since, wake_at, unread, void, version, shelf, rank, due_key)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)",
            (
                number, one["title"], one["status"], one["priority"], one["person"], one["requester"], one["channel"],
                one["category"], None if typed else one["device"], typed, one["cause"], one["outcome"], one["due"],
                one["due"] and "n", one["created"], one["updated"], AT, one["reason"], one["on"], one["for"],
                AT if waits else None, one["wake"], one["unread"], one["void"], one["shelf"], rank(one["priority"]),
                one["due"] or "9999",
            ),
        )  # fmt: skip
        conn.executemany(
            "INSERT INTO request_tag SELECT ?, id FROM tag WHERE name = ?", [(number, tag) for tag in one["tags"]]
        )
        if one["said"]:
            conn.execute(
                "INSERT INTO message (request_id, kind, at, text) VALUES (?, 'received', ?, ?)",
                (number, AT, one["said"]),
            )
        if one["noted"]:
            conn.execute(
                "INSERT INTO note (request_id, at, text, restricted) VALUES (?, ?, ?, ?)",
                (number, AT, one["noted"], one["secret"]),
            )
        if one["file"]:
            conn.execute(
                "INSERT INTO attachment (request_id, at, name, size, digest) VALUES (?, ?, 'a', 1, ?)",
                (number, AT, "0" * 64),
            )
        if one["reply"]:
            conn.execute(
                "INSERT INTO message (request_id, kind, at, text, state) VALUES (?, 'reply', ?, '', 'said')",
                (number, AT),
            )
        if one["draft"]:
            conn.execute("INSERT INTO draft VALUES (?, 'half', 0, ?, ?)", (f"note:{number}", number, AT))
    search.refresh(conn, range(1, len(found) + 1))


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def holds(text: str, words: Words) -> bool:
    """Whether the words stand in the text one after the other, the last one perhaps going on."""
    wanted, there = words_of(words.text), words_of(text)
    for start in range(len(there) - len(wanted) + 1):
        *before, last = there[start : start + len(wanted)]
        if before == wanted[:-1] and (last == wanted[-1] if words.whole else last.startswith(wanted[-1])):
            return True
    return False


def begins(text: str | None, value: str) -> bool:
    return f" {value}".lower() in f" {text or ''}".lower()


OPERATORS = {"=": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def meant(node: Node, one: dict[str, Any]) -> bool:
    """The same tree, read plainly."""
    if isinstance(node, All):
        return all(meant(part, one) for part in node.parts)
    if isinstance(node, Either):
        return any(meant(part, one) for part in node.parts)
    if isinstance(node, Not):
        return not meant(node.part, one)
    noted = "" if one["secret"] else one["noted"]
    person = PEOPLE.get(one["person"])
    if isinstance(node, Words):
        who = person[0] if person else one["requester"] or ""
        columns = {"title": one["title"], "said": one["said"], "noted": f"{noted} {one['cause'] or ''}", "who": who,
                   "tagged": " ".join(sorted(one["tags"]))}  # fmt: skip
        return any(holds(text, node) for column, text in columns.items() if node.column in ("", column))
    assert isinstance(node, Is)
    device = DEVICES.get(one["device"], one["device"])
    texts = {"category": [one["category"]], "device": [device], "cause": [one["cause"]],
             "room": [ROOMS.get(one["person"])], "on": [one["on"], one["for"]]}  # fmt: skip
    if node.key in texts:
        if node.op == "none":
            return not any(texts[node.key])
        if node.op == "=":
            return any((text or "").lower() == str(node.value).lower() for text in texts[node.key])
        return any(begins(text, str(node.value)) for text in texts[node.key])
    if node.key == "view":
        return {
            View.NOW: one["shelf"] == "now", View.NEW: one["shelf"] == "now" and one["priority"] is None,
            View.WAITING: one["status"] == "waiting", View.PARKED: one["shelf"] == "parked", View.HELD: False,
            View.RESOLVED: one["status"] in ("resolved", "closed"), View.ALL: True,
        }[View(str(node.value))]  # fmt: skip
    if node.key == "tag":
        return not one["tags"] if node.op == "none" else node.value in one["tags"]
    flags = {
        "open": one["status"] in ("new", "open", "waiting"), "waiting": one["status"] == "waiting",
        "parked": one["shelf"] == "parked", "unread": one["unread"], "vip": bool(person and person[1]),
        "draft": one["draft"],
    }  # fmt: skip
    if node.key in flags:
        return bool(flags[node.key])
    if node.key == "has":
        return bool({"file": one["file"], "note": noted, "reply": one["reply"], "link": False}[str(node.value)])
    if node.op == "none" and node.key in ("from", "title", "note"):
        return not {"from": one["person"] or one["requester"], "title": one["title"], "note": noted}[node.key]
    value = one[{"prio": "priority", "via": "channel"}.get(node.key, node.key)]
    if node.op == "none":
        return value is None
    return value is not None and bool(OPERATORS[node.op](value, node.value))


@pytest.fixture(scope="module")
def filled() -> Iterator[sqlite3.Connection]:
    with opened(mkdtemp()) as desk:
        conn = desk.writer.conn
        conn.executemany(
            "INSERT INTO person (id, name, room, vip, created_at) VALUES (?, ?, ?, ?, ?)",
            [(number, name, ROOMS[number], vip, AT) for number, (name, vip) in PEOPLE.items()],
        )
        conn.executemany(
            "INSERT INTO device (id, name, word) VALUES (?, ?, lower(?))", [(n, d, d) for n, d in DEVICES.items()]
        )
        conn.executemany("INSERT INTO tag (name, word) VALUES (?, ?)", [(tag, tag) for tag in TAGS])
        yield conn


@settings(max_examples=30)
@given(found=some.lists(rows, max_size=7), typed=some.lists(queries, min_size=1, max_size=8))
def test_a_query_finds_what_it_means(
    filled: sqlite3.Connection, found: list[dict[str, Any]], typed: list[str]
) -> None:
    fill(filled, found)
    for text in typed:
        query = parse(text, NOW)
        for view in (View.ALL, View.NOW, View.RESOLVED):
            order = [number for piece in queue.ids(filled, view) for number in piece]
            wanted = [number for number in order if meant(query.root, found[number - 1])]
            if newest_first(query):
                wanted.sort(reverse=True)
            assert hits(filled, text, view) == wanted, text
            assert find.first(filled, view, query, 2) == wanted[:2]
            assert find.count(filled, view, query, 99) == len(wanted)
            for number in range(1, len(found) + 1):
                assert find.shows(filled, view, query, number) == (number in wanted)
                assert (find.key(filled, view, query, number) is not None) == (number in wanted)


# --- words ----------------------------------------------------------------------------------------------------


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    conn = sqlite3.connect(":memory:")
    conn.execute(
        "CREATE VIRTUAL TABLE found USING fts5"
        "(title, said, noted, who, tagged, tokenize='unicode61 remove_diacritics 2', prefix='2 3 4 5 6')"
    )
    conn.executemany(
        "INSERT INTO found(rowid, title, said) VALUES (?, ?, ?)",
        [
            (1, "Printer jams", "the paper jam is back, café on 2nd floor"),
            (2, "paper tray", "jam on the table"),
            (3, "VPN drops D-1042", "error 0x80070005 in C# and a-b"),
            (4, "漢字 印刷", "プリンタ"),
            (5, "zebra " * 20, "nothing"),
        ],
    )
    yield conn
    conn.close()


def matching(conn: sqlite3.Connection, text: str) -> list[int] | None:
    expression = Criteria(View.ALL, parse(text, NOW)).match
    if expression is None:
        return None
    found = conn.execute("SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid", (expression,))
    return [row[0] for row in found]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("print", [1]), ("paper jam", [1, 2]), ('"paper jam"', [1]), ('"paper jam', [1, 2]), ("CAFE", [1]),
        ("pap ja", [1, 2]), ('tray "the table"', [2]), ("0x8007", [3]), ("d-1042", [3]), ("#1042", [3]), ("a-b", [3]),
        ("漢", [4]), ("q jam", [1, 2]), ("( jam", [1, 2]), ("jam -", [1, 2]), ("jam #vpn", [1, 2]), ("AND", [3]),
        ("jam OR vpn", [1, 2, 3]), ("jam -tray", [1]), ("jam -(tray OR vpn)", [1]), ("(jam -tray) OR vpn", [1, 3]),
        ("jam NOT paper", []), ("title:paper", [2]), ("title:paper,vpn", [2, 3]), ("NEAR(", []), ("from:paper", []),
        ('"' + "zebra " * 15 + '"', [5]), ("#vpn", None), ("-jam", None), ("overdue OR jam", None), ("", None),
    ],
)  # fmt: skip
def test_words_lead_where_all_hits_hold_them(index: sqlite3.Connection, text: str, numbers: list[int] | None) -> None:
    assert matching(index, text) == numbers


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_is_only_text(index: sqlite3.Connection, text: str) -> None:
    for each in (text, f'jam "{text}', f'"{text}"', f'note:"{text}"'):
        matching(index, each)


ALPHABET = some.one_of(some.sampled_from('"*():^-+#{}\\\x00 ab漢é\ud800'), some.characters(codec=None))


@given(
    some.lists(some.text(ALPHABET, max_size=9), max_size=5),
    some.sampled_from(["", "cause:", "room:=", "tag:", "on:"]),
)
def test_no_text_is_an_error(filled: sqlite3.Connection, texts: list[str], key: str) -> None:
    hits(filled, " OR ".join(f'{key}"{text}"' for text in texts))
    hits(filled, " ".join(f"{key}{text}" for text in texts))


@given(some.text(ALPHABET, min_size=1, max_size=9).filter(lambda text: '"' not in text and text.strip()))
def test_what_is_typed_is_a_value_and_never_a_part_of_the_sql(text: str) -> None:
    for key in ("cause:", "room:=", "device:", "on:", "tag:", ""):
        safe, typed = (Criteria(View.NOW, parse(f'-{key}"{value}"', NOW)) for value in ("some words", text))
        assert (
            typed.where in (safe.where, Criteria(View.NOW, parse("", NOW)).where) or text.strip().casefold() == "none"
        )


def test_a_restricted_note_is_found_by_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        conn = desk.writer.conn
        desk.capture(line("complaint"))
        conn.execute("INSERT INTO note (request_id, at, text, restricted) VALUES (1, ?, 'harassment', 1)", (AT,))
        search.refresh(conn, [1])
        assert [hits(conn, text) for text in ("harassment", "note:harassment", "has:note", "note:none")] == [
            [],
            [],
            [],
            [1],
        ]


# --- price ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small() -> Iterator[sqlite3.Connection]:
    with opened(mkdtemp()) as desk:
        desk.capture(line("jam", new_tags=("vpn",), new_people=("Ana",)))
        yield desk.writer.conn


def plan(conn: sqlite3.Connection, typed: str, view: View) -> list[str]:
    """How SQLite carries out a search, step by step."""
    asked: list[str] = []
    conn.set_trace_callback(asked.append)
    try:
        hits(conn, typed, view)
    finally:
        conn.set_trace_callback(None)
    return [step[3] for step in conn.execute(f"EXPLAIN QUERY PLAN {asked[0]}").fetchall()]


@pytest.mark.parametrize("view", [View.NOW, View.RESOLVED, View.ALL])
@pytest.mark.parametrize(
    "typed",
    ["jam", "from:ana", "jam prio:<=2", "jam #vpn -paper", "jam OR vpn", "title:jam room:2", "jam due:<fri vip"],
)
def test_words_lead_and_nothing_is_sorted(small: sqlite3.Connection, typed: str, view: View) -> None:
    steps = plan(small, typed, view)
    assert steps[0].startswith("SCAN f VIRTUAL TABLE INDEX"), steps
    assert steps[1].startswith("SEARCH r USING INTEGER PRIMARY KEY"), steps
    assert not [step for step in steps if "TEMP B-TREE" in step or step.startswith("SCAN r ")], steps


@pytest.mark.parametrize("view", [view for view in View if view not in queue.OF_THE_DAY])
@pytest.mark.parametrize(
    "typed",
    ["prio:<=2", "#vpn", "-#vpn", "vip", "room:2", "draft", "-jam", "has:note", "due:none", "cause:x OR #vpn"],
)
def test_fields_read_a_view_in_its_order(small: sqlite3.Connection, typed: str, view: View) -> None:
    steps = plan(small, typed, view)
    assert steps[0].startswith("SEARCH r USING"), steps
    assert not [step for step in steps if "TEMP B-TREE" in step or step.startswith("SCAN r ")], steps


def test_in_all_a_tag_leads(small: sqlite3.Connection) -> None:
    steps = plan(small, "#vpn prio:none", View.ALL)
    assert steps[0] == "SEARCH r USING INTEGER PRIMARY KEY (rowid=?)", steps


@pytest.mark.parametrize("typed", ["overdue", "due:<fri"])
def test_what_is_due_is_read_by_its_date(small: sqlite3.Connection, typed: str) -> None:
    assert plan(small, typed, View.NOW)[0] == "SEARCH r USING INDEX request_due (shelf=? AND due_at<?)"
