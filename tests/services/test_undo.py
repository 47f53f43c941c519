"""Undo and redo: whatever was done, all of it can be taken back and brought back, or it is refused whole."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from deskmate.domain.commands import (
    AddNote,
    Command,
    Delivered,
    Drop,
    EditRequest,
    Escalate,
    Judge,
    Link,
    Merge,
    Park,
    Redo,
    Reopen,
    Resolve,
    Say,
    SendReply,
    SetCause,
    SetPriority,
    ShiftPriority,
    Tag,
    Undo,
    Unmerge,
    Wait,
    Wake,
)
from deskmate.domain.priority import Impact, Priority, Urgency, rank
from deskmate.domain.reply import Report, Way
from deskmate.domain.status import DropReason, Status, WaitingOn, shelf
from deskmate.domain.timeline import Delivery
from deskmate.errors import DeskmateError
from deskmate.services.desk import Desk
from deskmate.services.history import NothingLeft
from deskmate.store import journal, search
from deskmate.store.people import make_person
from tests.support.desks import AT, line, opened, state, ticking, whole

State = dict[int, tuple[Any, ...]]
VERSION = 20  # where the version stands in a state

some_numbers = some.lists(some.integers(1, 6), min_size=1, max_size=4).map(tuple)
some_words = some.text(alphabet="ab é\n%'\"", max_size=6)
some_tags = some.lists(some.sampled_from(["vpn", "VPN", "net", "Print", "ß"]), max_size=2).map(tuple)
some_dates = some.sampled_from([f"202{year}-11-20T09:00:00.000Z" for year in (5, 7, 8)])
some_command = some.one_of(
    some.builds(SetPriority, some_numbers, some.sampled_from(Priority)),
    some.builds(Judge, some_numbers, some.sampled_from(Impact), some.sampled_from(Urgency)),
    some.builds(ShiftPriority, some_numbers, some.sampled_from([-1, 1])),
    some.builds(AddNote, some_numbers, some_words),
    some.builds(Resolve, some_numbers, some_words),
    some.builds(
        Drop, some_numbers, some.sampled_from([reason for reason in DropReason if reason is not DropReason.MERGED])
    ),
    some.builds(Reopen, some_numbers),
    some.builds(Tag, some_numbers, some_tags, some_tags),
    some.builds(Wait, some_numbers, some.sampled_from(WaitingOn), some.just("Ana"), some_dates),
    some.builds(Park, some_numbers, some_dates, some_words),
    some.builds(Wake, some_numbers),
    some.builds(SetCause, some_numbers, some.sampled_from(["fuser", "FUSER", "Öl", "öl", ""])),
    some.builds(Link, some_numbers, some.integers(1, 6), some.booleans()),
    some.builds(Merge, some_numbers, some.integers(1, 6)),
    some.builds(Unmerge, some_numbers),
    some.builds(Say, some_numbers, some_words),
    some.builds(SendReply, some_numbers, some_words, some.just(Way.MAILTO)),
    some.builds(
        lambda numbers, text: Escalate(numbers, 1, (text,) * len(numbers), Way.EML), some_numbers, some_words
    ),
    some.builds(
        EditRequest,
        some_numbers,
        title=some.none() | some_words,
        requester=some.none() | some.sampled_from(["Ana", "Bo", ""]),
        make_known=some.booleans(),
        category=some.none() | some.sampled_from(["programs", "Toner", ""]),
        answers=some.just(()) | some.just((("since when", "Monday"),)) | some.just((("since when", ""),)),
    ),
)


class Done:
    """A command that was carried out: each request it touched before and after; None where there was none."""

    def __init__(self, before: State, after: State) -> None:
        touched = {number for number in before | after if before.get(number) != after.get(number)}
        self.before = {number: before.get(number) for number in touched}
        self.after = {number: after.get(number) for number in touched}
        self.undone = False


class History(RuleBasedStateMachine):
    """Commands at random beside a model that keeps a picture of every request before and after each."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.desk = Desk(self.folder, actor="test", clock=ticking())
        self.now: State = {}
        self.done: list[Done] = []
        self.ahead: list[Done] = []

    @property
    def conn(self) -> Any:
        return self.desk.writer.conn

    @initialize(count=some.integers(1, 3))
    def begin(self, count: int) -> None:
        make_person(self.conn, "Petra", AT, "petra@example.org")
        self.conn.execute("UPDATE person SET kind = 'vendor'")
        for number in range(count):
            self.capture("a", new_tags=("net",) if number else (), done=number == 2)

    def capture(self, title: str, **marks: Any) -> None:
        self.desk.capture(line(title, **marks), body="body")
        self.carried_out()

    def carried_out(self) -> None:
        after = state(self.conn)
        self.done.append(Done(self.now, after))
        self.ahead.clear()
        self.now = after

    @rule(title=some_words, tags=some_tags, done=some.booleans(), new=some.booleans())
    def captures(self, title: str, tags: tuple[str, ...], done: bool, new: bool) -> None:
        self.capture(title, done=done, impact="one", urgency="stuck", **{"new_tags" if new else "tags": tags})

    @rule(command=some_command)
    def runs(self, command: Command) -> None:
        try:
            outcome = self.desk.run(command)
        except DeskmateError:
            assert state(self.conn) == self.now
            return
        before = self.now
        self.carried_out()
        touched = set(self.done[-1].after)
        other_side = touched if isinstance(command, Link | Merge | Unmerge) else set()
        assert touched - other_side <= set(outcome.requests) <= touched, "a command says what it touched"
        assert all(before[number] != self.now[number] for number in outcome.requests)

    @rule(state=some.sampled_from([Delivery.SENT, Delivery.HANDED_OVER, Delivery.NOT_SENT]))
    def hears_of_a_delivery(self, state: Delivery) -> None:
        """No step of undo, and it may come for what was undone meanwhile."""
        for handover, table in enumerate(("message", "note")):
            for (key,) in self.conn.execute(f"SELECT id FROM {table} WHERE state = 'sending' LIMIT 1").fetchall():
                self.desk.run(Delivered(Report(key, state, handover=bool(handover))))

    @rule()
    def undoes(self) -> None:
        self.turn(Undo(), next((one for one in reversed(self.done) if not one.undone), None))

    @rule(number=some.integers(1, 6))
    def undoes_one(self, number: int) -> None:
        found = (one for one in reversed(self.done) if not one.undone and number in one.after)
        self.turn(Undo(number), next(found, None))

    @rule()
    def redoes(self) -> None:
        self.turn(Redo(), self.ahead[-1] if self.ahead else None)

    def turn(self, command: Undo | Redo, target: Done | None) -> None:
        back = isinstance(command, Undo)
        if target is None:
            with pytest.raises(NothingLeft):
                self.desk.run(command)
            return
        here, there = (target.after, target.before) if back else (target.before, target.after)
        if any(self.now.get(number) != picture for number, picture in here.items()):
            with pytest.raises(DeskmateError, match="was changed since"):
                self.desk.run(command)
            return  # the invariant sees that nothing was changed
        outcome = self.desk.run(command)
        assert set(outcome.requests) == set(target.after)
        self.now = {number: there.get(number, picture) for number, picture in (self.now | there).items()}
        self.now = {number: picture for number, picture in self.now.items() if picture is not None}
        target.undone = back
        if back:
            self.ahead.append(target)
        else:
            self.ahead.pop()

    @precondition(lambda self: len(self.done) > 3)
    @rule()
    def goes_back_to_the_beginning_and_forth(self) -> None:
        end, steps = self.now, sum(not one.undone for one in self.done)
        for _ in range(steps):
            self.undoes()
        assert state(self.conn) == {}
        with pytest.raises(NothingLeft):
            self.desk.run(Undo())
        for _ in range(steps):
            self.redoes()
        assert state(self.conn) == end

    @rule()
    def starts_anew(self) -> None:
        self.desk.close()
        self.desk = Desk(self.folder, actor="shell", clock=self.desk.clock)

    @invariant()
    def is_as_the_model_says(self) -> None:
        found = state(self.conn)
        assert list(found) == sorted(self.now)
        assert found == self.now

    @invariant()
    def is_found(self) -> None:
        assert search.differs(self.conn) == []

    @invariant()
    def has_true_sort_keys(self) -> None:
        rows = self.conn.execute(
            "SELECT status, void, priority, due_at, wake_at, shelf, rank, due_key FROM request"
        ).fetchall()
        for status, void, priority, due_at, wake_at, *keys in rows:
            assert keys == [
                shelf(Status(status), void=bool(void), asleep=wake_at is not None),
                rank(priority),
                due_at or "9999",
            ]

    @invariant()
    def has_a_whole_journal(self) -> None:
        assert journal.first_broken(self.conn) is None
        assert self.conn.execute("PRAGMA foreign_key_check").fetchall() == []

    def teardown(self) -> None:
        assert self.conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        self.desk.close()
        shutil.rmtree(self.folder)


TestHistory = History.TestCase
TestHistory.settings = settings(
    max_examples=20, stateful_step_count=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.mark.prove
class TestLongHistory(History.TestCase):  # type: ignore[misc]
    """The same at length: 500 steps each."""

    settings = settings(max_examples=6, stateful_step_count=500, suppress_health_check=list(HealthCheck))


def test_undo_after_a_later_edit_is_refused_whole(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        for title in ("one", "two", "three"):
            desk.capture(line(title))
        desk.run(Resolve((1, 2, 3), "all"))
        desk.run(Reopen((2,)))
        before = whole(desk.writer.conn)
        with pytest.raises(DeskmateError, match="D-2 was changed since, so this can not be undone") as refusal:
            desk.run(Undo(1))
        assert "Nothing was changed" in refusal.value.hint
        assert whole(desk.writer.conn) == before
        assert desk.run(Undo()).label == "undid: reopened D-2"
        assert desk.run(Undo(1)).requests == (1, 2, 3)


def test_an_undone_capture_keeps_its_number_and_is_gone(tmp_path: Path) -> None:
    from deskmate.store.read.detail import detail

    with opened(tmp_path) as desk:
        desk.capture(line("one"), body="the body")
        outcome = desk.run(Undo())
        assert (outcome.label, outcome.requests) == ("undid: captured D-1", (1,))
        conn = desk.writer.conn
        assert detail(conn, 1) is None
        assert conn.execute("SELECT count(*), max(void) FROM request").fetchone() == (1, 1)
        assert desk.capture(line("two")) == 2
        with pytest.raises(NothingLeft, match="nothing to redo"):
            desk.run(Redo())


def test_an_undone_note_is_kept_out_of_sight(tmp_path: Path) -> None:
    from deskmate.domain.timeline import Note
    from deskmate.store.read.detail import detail

    with opened(tmp_path) as desk:
        desk.capture(line("one"))
        desk.run(AddNote((1,), "a secret"))
        desk.run(Undo())
        conn = desk.writer.conn
        found = detail(conn, 1)
        assert found is not None
        assert [entry for entry in found.entries if isinstance(entry, Note)] == []
        assert found.request.status == "new"
        assert conn.execute("SELECT count(*) FROM request_fts WHERE request_fts MATCH 'secret'").fetchone() == (0,)
        assert conn.execute("SELECT text FROM note").fetchall() == [("a secret",)]
        desk.run(Redo())
        assert conn.execute("SELECT count(*) FROM request_fts WHERE request_fts MATCH 'secret'").fetchone() == (1,)


def test_events_of_what_was_undone_count_nowhere(tmp_path: Path) -> None:
    from deskmate.store.read.detail import detail

    with opened(tmp_path) as desk:
        desk.capture(line("one"))
        desk.run(Resolve((1,)))

        def kinds() -> list[str]:
            found = detail(desk.writer.conn, 1)
            assert found is not None
            return [entry.kind for entry in found.entries if hasattr(entry, "kind")]

        assert kinds() == ["captured", "resolved"]
        desk.run(Undo())
        assert kinds() == ["captured"]
        desk.run(Redo())
        assert kinds() == ["captured", "resolved"]
        (count,) = desk.writer.conn.execute("SELECT count(*) FROM event").fetchone()
        assert count == 5, "the audit keeps all, the clock of the request too"


def test_two_windows_share_one_history(tmp_path: Path) -> None:
    with opened(tmp_path, actor="app") as app, opened(tmp_path, actor="shell") as shell:
        app.capture(line("one"))
        shell.run(SetPriority((1,), Priority.P1))
        assert app.run(Undo()).label == "undid: P1 for D-1"
        assert shell.run(Redo()).label == "redid: P1 for D-1"
        assert app.run(Undo()).label == "undid: P1 for D-1"
        shell.run(AddNote((1,), "a new path"))
        with pytest.raises(NothingLeft):
            app.run(Redo())


def test_who_is_too_late_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path) as app, opened(tmp_path) as shell:
        app.capture(line("one"))
        app.run(SetPriority((1,), Priority.P1))
        look = journal.payload

        def look_and_lose_a_moment(conn: Any, seq: int) -> Any:
            monkeypatch.setattr(journal, "payload", look)
            found = look(conn, seq)
            shell.run(Undo())
            return found

        monkeypatch.setattr(journal, "payload", look_and_lose_a_moment)
        with pytest.raises(DeskmateError, match="Somebody else just undid this"):
            app.run(Undo())
        assert journal.to_undo(app.writer.conn) == 1


@pytest.mark.parametrize("command", [Undo(), Undo(1), Undo(99), Redo()], ids=str)
def test_there_may_be_nothing_to_turn(tmp_path: Path, command: Command) -> None:
    with opened(tmp_path) as desk, pytest.raises(NothingLeft, match="There is nothing to"):
        desk.run(command)
