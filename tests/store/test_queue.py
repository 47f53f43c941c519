"""The lists: their order, and that every way of asking for it gives the same answer at the same price."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from deskmate.domain import instant, local, row
from deskmate.domain.priority import rank
from deskmate.domain.status import Status, shelf
from deskmate.domain.views import View
from deskmate.services.desk import Desk
from deskmate.store.read import queue
from tests.support.desks import AT, line, opened

MANY = 1_000_000
MIDNIGHT, MIDDAY, TOMORROW = "2026-11-22T00:00:00.000Z", "2026-11-22T12:00:00.000Z", "2026-11-23T00:00:00.000Z"
PLAIN_VIEWS = [view for view in View if view not in queue.OF_THE_DAY]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is half a minute past midday on a Sunday, in UTC."""
    monkeypatch.setattr(local, "now", lambda: instant.from_text(MIDDAY) + timedelta(seconds=30))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path / "data") as desk:
        yield desk


# --- order --------------------------------------------------------------------------------------------------

instants = some.integers(0, 5).map(lambda day: f"2026-11-2{day}T09:00:00.000Z")
requests = some.lists(
    some.fixed_dictionaries(
        {
            "status": some.sampled_from(Status),
            "priority": some.none() | some.integers(1, 4),
            "due_at": some.none() | instants,
            "resolved_at": instants,
            "void": some.booleans(),
            "since": instants,
            "wake": some.none() | instants,
            "woken": some.booleans(),
            "promised": some.none() | instants,
            "check": some.none() | instants,
            "quiet": some.none() | instants,
            "updated": instants,
            "unread": some.booleans(),
        }
    ),
    max_size=40,
)


PLAIN: dict[str, Any] = {
    "status": Status.OPEN, "due_at": AT, "resolved_at": AT, "void": False, "since": AT, "wake": None, "woken": False,
    "promised": None, "check": None, "quiet": None, "updated": AT, "unread": False,
}  # fmt: skip


def fill(conn: sqlite3.Connection, found: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    conn.execute("DELETE FROM request")
    conn.executemany(
        "INSERT INTO request (id, status, priority, due_at, due_kind, resolved_at, void, created_at, updated_at,"
        " waiting_on, waiting_since, wake_at, woken, version, shelf, rank, due_key,"
        " promised_at, check_at, quiet_at, unread)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                number, one["status"], one["priority"], one["due_at"], one["due_at"] and "n", one["resolved_at"],
                int(one["void"]), AT, one["updated"], "vendor" if waits(one) else None,
                one["since"] if waits(one) else None, wakes(one), int(one["woken"]),
                shelf(one["status"], void=one["void"], asleep=asleep(one)),
                rank(one["priority"]),
                one["due_at"] or "9999", one["promised"], one["check"], one["quiet"], int(one["unread"]),
            )
            for number, one in enumerate(found, 1)
        ],
    )  # fmt: skip
    return dict(enumerate(found, 1))


def waits(one: dict[str, Any]) -> bool:
    return bool(one["status"] == "waiting")


def wakes(one: dict[str, Any]) -> str | None:
    return one["wake"] or (AT if waits(one) else None)


def asleep(one: dict[str, Any]) -> bool:
    return wakes(one) is not None and not one["woken"]


def shown(view: View, one: dict[str, Any]) -> bool:
    """What a view holds, said once more and in other words."""
    if one["void"]:
        return False
    goes_on = one["status"] in ("new", "open", "waiting")
    open_now = goes_on and not asleep(one)
    begun_today = open_now and one["status"] == "open" and one["updated"] >= MIDNIGHT
    binds = [one["due_at"], wakes(one)] if goes_on else []
    return {
        View.PROMISED: one["promised"] is not None,
        View.TODAY: begun_today
        or any(each is not None and each < TOMORROW for each in (*binds, one["promised"], one["check"])),
        View.LOOSE: (begun_today and not one["unread"] and one["promised"] is None)
        or (one["quiet"] is not None and one["quiet"] <= MIDDAY),
        View.NOW: open_now,
        View.NEW: open_now and one["priority"] is None,
        View.WAITING: waits(one),
        View.PARKED: one["status"] in ("new", "open") and asleep(one),
        View.HELD: False,
        View.RESOLVED: one["status"] in ("resolved", "closed"),
        View.ALL: True,
    }[view]


def naive(view: View, found: dict[int, dict[str, Any]]) -> list[int]:
    """The order of a view by plain sorting: P1, untriaged, P2 to P4, then due, then number."""
    numbers = [number for number, one in found.items() if shown(view, one)]
    if view is View.ALL:
        return sorted(numbers, reverse=True)
    if view is View.RESOLVED:
        return sorted(numbers, key=lambda number: (found[number]["resolved_at"] or "", number), reverse=True)
    if view is View.PROMISED:
        return sorted(numbers, key=lambda number: (found[number]["promised"], number))
    if view in (View.WAITING, View.PARKED):
        field = "since" if view is View.WAITING else "wake"
        return sorted(numbers, key=lambda number: (found[number][field], number))
    places = {1: 0, None: 1, 2: 2, 3: 3, 4: 4}

    def key(number: int) -> tuple[int, bool, str, int]:
        due = found[number]["due_at"]
        return places[found[number]["priority"]], due is None, due or "", number

    return sorted(numbers, key=key)


def check_view(conn: sqlite3.Connection, view: View, found: dict[int, dict[str, Any]]) -> None:
    order = naive(view, found)
    assert [number for piece in queue.ids(conn, view) for number in piece] == order
    for limit in (0, 1, 7, 100):
        assert [one[row.NUMBER] for one in queue.first(conn, view, limit)] == order[:limit]
    assert queue.count(conn, view, MANY) == len(order)
    assert queue.count(conn, view, 3) == min(3, len(order))

    keys = {number: queue.sort_key(conn, view, number) for number in found}
    for number in found:
        assert queue.key(conn, view, number) == (keys[number] if number in order else None)
    for upper, lower in pairwise(order):
        assert queue.comes_after(view, keys[lower], keys[upper])
        assert not queue.comes_after(view, keys[upper], keys[lower])
        assert not queue.comes_after(view, keys[upper], keys[upper])
    for place, number in enumerate(order):
        rows = queue.starting_at(conn, view, number, 5)
        assert [one[row.NUMBER] for one in rows] == order[place : place + 5]
    for number in found.keys() - set(order):
        assert queue.starting_at(conn, view, number, 5) == queue.first(conn, view, 5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=requests)
def test_every_question_has_the_same_order(desk: Desk, found: list[dict[str, Any]]) -> None:
    conn = desk.writer.conn
    with_numbers = fill(conn, found)
    for view in View:
        check_view(conn, view, with_numbers)
    pages = queue.rows(conn, [*with_numbers, 9_999, -5])
    assert sorted(pages) == sorted(with_numbers)
    assert all(number == one[row.NUMBER] for number, one in pages.items())


def test_the_order_of_the_queue(desk: Desk) -> None:
    conn = desk.writer.conn
    early, late = "2026-11-20T09:00:00.000Z", "2026-11-21T09:00:00.000Z"
    wanted = [
        (1, early), (1, late), (1, None), (None, early), (None, None), (2, early), (2, None),
        (3, None), (4, early), (4, late), (4, None),
    ]  # fmt: skip
    made = [{**PLAIN, "priority": priority, "due_at": due, "resolved_at": None} for priority, due in reversed(wanted)]
    fill(conn, made)
    found = [(one[row.PRIORITY], one[row.DUE_AT]) for one in queue.first(conn, View.NOW, 50)]
    assert found == wanted


def test_with_all_else_equal_the_older_comes_first_and_waits_shortest(desk: Desk) -> None:
    for title in ("first", "second", "third"):
        desk.capture(line(title))
    assert [one[row.TITLE] for one in queue.first(desk.writer.conn, View.NEW, 9)] == ["first", "second", "third"]
    assert [one[row.TITLE] for one in queue.first(desk.writer.conn, View.ALL, 9)] == ["third", "second", "first"]


def test_a_row_holds_what_is_painted(desk: Desk) -> None:
    from datetime import UTC, datetime

    conn = desk.writer.conn
    needed = datetime(2026, 12, 4, 9, tzinfo=UTC)
    desk.capture(line("known", new_people=("Ana Weber",), channel="phone", needed_by=needed))
    desk.capture(line("typed", requester="somebody"))
    desk.capture(line(""))
    desk.save_draft("note:2", "half a note", 3, 2)
    rows = queue.rows(conn, [1, 2, 3])
    one, two, three = rows[1], rows[2], rows[3]
    assert (one[row.TITLE], one[row.WHO], one[row.KNOWN], one[row.CHANNEL]) == ("known", "Ana Weber", 1, "phone")
    assert (one[row.DUE_AT], one[row.DUE_KIND], one[row.DRAFT]) == ("2026-12-04T09:00:00.000Z", "n", 0)
    assert (two[row.WHO], two[row.KNOWN], two[row.DRAFT], two[row.DUE_AT]) == ("somebody", 0, 1, None)
    assert (three[row.TITLE], three[row.WHO], three[row.KNOWN], three[row.PRIORITY]) == ("", "", 0, None)
    assert [found[row.VERSION] for found in (one, two, three)] == [1, 2, 3]
    assert one[row.STATUS] == "new"
    assert len(one) == 25
    assert one[row.VIP : row.CHASES + 1] == (0, 0, None, None, None, None, 0, 0)
    assert queue.first(conn, View.NOW, 1) == [one]


def test_the_news_of_the_top_line(desk: Desk) -> None:
    conn = desk.writer.conn
    early, late = "2026-11-20T09:00:00.000Z", "2026-11-22T09:00:00.000Z"
    base = {**PLAIN, "priority": None, "due_at": None}
    fill(
        conn,
        [
            {**base, "priority": 1}, {**base, "priority": 1, "due_at": early}, {**base, "due_at": early},
            {**base, "due_at": late}, {**base, "priority": 3, "due_at": early}, {**base, "void": True},
            {**base, "status": Status.RESOLVED, "resolved_at": late, "priority": 1, "due_at": early},
        ],
    )  # fmt: skip
    conn.execute("UPDATE request SET held_at = ? WHERE id IN (1, 6)", (early,))
    for at, state in ((early, "open"), (late, "open"), (early, "kept")):
        ended = None if state == "open" else late
        promised = (
            "INSERT INTO promise (request_id, text, due_at, made_at, state, ended_at) VALUES (1, 'x', ?, ?, ?, ?)"
        )
        conn.execute(promised, (at, early, state, ended))
    now, soon = "2026-11-21T00:00:00.000Z", "2026-11-21T01:00:00.000Z"
    assert queue.news(conn, now, soon, late, 99) == (2, 3, 1, 1, 2, 1, 0)
    assert queue.news(conn, now, soon, late, 1) == (1, 1, 1, 1, 1, 1, 0)
    assert queue.news(conn, now, soon, "", 99).closing == 0, "the door is closed for today"
    assert queue.due_before(conn, now) == [2, 3, 5]
    assert queue.news(conn, early, soon, late, 99).overdue == 0, "due is not overdue"
    conn.execute("UPDATE request SET promised_at = ? WHERE id IN (5, 6, 7)", (late,))
    assert queue.news(conn, now, soon, late, 99).closing == 2, "what is done has to be kept, what is void not"
    assert queue.due_before(conn, late) == [2, 7, 3, 4, 5]


def test_the_highest_number_is_never_given_again(desk: Desk) -> None:
    from deskmate.domain.commands import Undo

    conn = desk.writer.conn
    assert queue.highest(conn) == 0
    desk.capture(line("one"))
    desk.capture(line("two"))
    desk.run(Undo())
    assert queue.highest(conn) == 2
    assert desk.capture(line("three")) == 3


def test_many_ids_come_in_pieces(desk: Desk) -> None:
    conn = desk.writer.conn
    base = {**PLAIN, "priority": None, "due_at": None}
    fill(conn, [base] * 4_100)
    pieces = list(queue.ids(conn, View.NOW))
    assert [len(piece) for piece in pieces] == [2_000, 2_000, 100]
    assert len(queue.rows(conn, pieces[0][:150])) == 150


# --- price --------------------------------------------------------------------------------------------------


def plans(conn: sqlite3.Connection, ask: Any) -> list[str]:
    """How SQLite carries out every statement that ``ask`` runs, one line for each step."""
    asked: list[str] = []
    conn.set_trace_callback(asked.append)
    try:
        ask()
    finally:
        conn.set_trace_callback(None)
    assert asked
    return [step[3] for sql in asked for step in conn.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]


def is_dear(step: str) -> bool:
    """Whether a step reads a whole table or sorts. A scan of a subquery reads what its LIMIT let through."""
    return "TEMP B-TREE" in step or (
        step.startswith("SCAN") and not step.startswith(("SCAN (subquery", "SCAN CONSTANT ROW"))
    )


@pytest.fixture
def filled(desk: Desk) -> sqlite3.Connection:
    conn = desk.writer.conn
    base = {**PLAIN, "priority": 2}
    waiting, parked = {**base, "status": Status.WAITING}, {**base, "wake": AT}
    promised = {**base, "promised": AT, "quiet": AT}
    fill(conn, [base, {**base, "status": Status.RESOLVED}, {**base, "priority": None}, waiting, parked, promised])
    conn.execute("UPDATE request SET held_at = ? WHERE id = 1", (AT,))
    return conn


@pytest.mark.parametrize("view", View)
def test_no_page_sorts_or_reads_a_whole_table(filled: sqlite3.Connection, view: View) -> None:
    number = next(iter(queue.ids(filled, view)))[0]
    for ask in (
        lambda: queue.first(filled, view, 20),
        lambda: list(queue.ids(filled, view)),
        lambda: queue.rows(filled, [1, 2, 3]),
        lambda: queue.key(filled, view, number),
        lambda: queue.sort_key(filled, view, 1),
        lambda: queue.starting_at(filled, view, number, 20),
        lambda: queue.count(filled, view, 1_000),
    ):
        steps = plans(filled, ask)
        # What a view of the day holds has to be sorted, and nothing else is read for it.
        sorts = ["USE TEMP B-TREE FOR ORDER BY"] if view in queue.OF_THE_DAY else []
        assert [step for step in steps if is_dear(step) and step not in sorts] == []


@pytest.mark.parametrize("view", PLAIN_VIEWS)
def test_the_middle_of_a_list_is_sought_and_not_counted_to(filled: sqlite3.Connection, view: View) -> None:
    number = next(iter(queue.ids(filled, view)))[0]
    (step,) = [
        step for step in plans(filled, lambda: queue.starting_at(filled, view, number, 20)) if "request_" in step
    ][:1]
    assert "<" in step or ">" in step, step


@pytest.mark.parametrize("view", PLAIN_VIEWS)
def test_ids_and_counts_read_the_index_alone(filled: sqlite3.Connection, view: View) -> None:
    for ask in (
        lambda: list(queue.ids(filled, view)),
        lambda: queue.count(filled, view, 1_000),
    ):
        steps = [step for step in plans(filled, ask) if step.startswith("SEARCH r ")]
        assert steps
        assert all("USING COVERING INDEX request_" in step for step in steps), steps


@pytest.mark.parametrize("view", sorted(queue.OF_THE_DAY))
def test_to_count_the_day_sorts_nothing(filled: sqlite3.Connection, view: View) -> None:
    steps = plans(filled, lambda: (queue.count(filled, view, 1_000), queue.begun(filled, 1_000)))
    assert [step for step in steps if is_dear(step)] == []
    assert all(" USING " in step for step in steps if step.startswith("SEARCH r"))


def test_the_news_read_indexes_alone(filled: sqlite3.Connection) -> None:
    steps = [step for step in plans(filled, lambda: queue.news(filled, AT, AT, AT, 99)) if "INDEX" in step]
    assert len(steps) == 8
    dear = [step for step in steps if "COVERING" not in step]
    assert all("promise_open" in step or "request_promised" in step for step in dear), "few by nature"


def test_a_dear_plan_would_be_noticed(filled: sqlite3.Connection) -> None:
    steps = plans(filled, lambda: filled.execute("SELECT id FROM request r ORDER BY title").fetchall())
    assert len([step for step in steps if is_dear(step)]) == 2
