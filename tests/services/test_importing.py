"""Imports: the same file twice, changed files, edits in between, undo, redo, and all of it through real files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from deskmate.domain.commands import AddNote, Redo, Resolve, Undo
from deskmate.domain.imported import ImportRow
from deskmate.domain.status import Status
from deskmate.services import importing
from deskmate.services.importing import Report
from tests.support.desks import assert_sound, looking, opened, state

SOURCE = "csv:test"


def row(number: int, title: str, **more: object) -> ImportRow:
    """A row on line ``number`` + 1 with the id of that number."""
    plain = ImportRow(
        line=number + 1,
        origin=str(number),
        title=title,
        body=f"about {title}",
        created_at=f"2026-01-0{number}T08:00:00.000Z",
        updated_at=f"2026-01-0{number}T09:00:00.000Z",
        resolved_at=None,
        status=Status.NEW,
        priority=None,
        impact=None,
        urgency=None,
        requester=f"Person {number % 2}",
        email=None,
        channel=None,
        category=None,
        device=None,
        tags=("old", f"t{number}"),
        raw="{}",
        digest="",
    )
    changed = replace(plain, **more)  # type: ignore[arg-type]
    return replace(changed, digest=repr((changed.title, changed.body, changed.status, changed.tags)))


ROWS = [row(1, "one"), row(2, "two"), row(3, "three")]


def run(folder: Path, rows: list[ImportRow], *, dry_run: bool = False) -> Report:
    with opened(folder) as desk:
        return importing.run(desk, SOURCE, rows, dry_run=dry_run)


def counts(report: Report) -> tuple[int, int, int]:
    return report.created, report.updated, report.unchanged


def titles(folder: Path) -> dict[int, str]:
    with looking(folder) as conn:
        assert_sound(conn)
        return {number: found[1] for number, found in state(conn).items()}


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    assert counts(run(tmp_path, ROWS)) == (3, 0, 0)
    with looking(tmp_path) as conn:
        before = state(conn)
    assert counts(run(tmp_path, ROWS)) == (0, 0, 3)
    with looking(tmp_path) as conn:
        assert state(conn) == before
        assert conn.execute("SELECT count(*) FROM journal").fetchone() == (1,)


def test_what_changed_is_updated_and_nothing_else(tmp_path: Path) -> None:
    run(tmp_path, ROWS)
    changed = [ROWS[0], row(2, "two, worse", tags=("new",)), ROWS[2], row(4, "four")]
    assert counts(run(tmp_path, changed)) == (1, 1, 2)
    assert titles(tmp_path) == {1: "one", 2: "two, worse", 3: "three", 4: "four"}


def test_what_was_edited_here_stays(tmp_path: Path) -> None:
    run(tmp_path, ROWS)
    with opened(tmp_path) as desk:
        desk.run(AddNote((2,), "mine"))
    report = run(tmp_path, [row(1, "uno"), row(2, "dos"), row(3, "three")])
    assert (counts(report), report.edited) == ((0, 1, 1), (2,))
    assert titles(tmp_path) == {1: "uno", 2: "two", 3: "three"}


def test_an_edit_that_was_undone_is_none(tmp_path: Path) -> None:
    run(tmp_path, ROWS)
    with opened(tmp_path) as desk:
        desk.run(Resolve((2,)))
        desk.run(Undo())
    assert counts(run(tmp_path, [row(2, "dos")])) == (0, 1, 0)


def test_an_import_is_one_step_back_and_forth(tmp_path: Path) -> None:
    run(tmp_path, ROWS)
    with looking(tmp_path) as conn:
        before = state(conn)
    with opened(tmp_path) as desk:
        outcome = desk.run(Undo())
    assert (outcome.label, outcome.requests) == ("undid: imported 3 requests", (1, 2, 3))
    assert titles(tmp_path) == {}
    with opened(tmp_path) as desk:
        desk.run(Redo())
    with looking(tmp_path) as conn:
        assert state(conn) == before
    assert counts(run(tmp_path, ROWS)) == (0, 0, 3)


def test_undo_leaves_what_was_touched_since(tmp_path: Path) -> None:
    run(tmp_path, ROWS)
    with opened(tmp_path) as desk:
        desk.run(AddNote((2,), "mine"))
        desk.run(Resolve((2,)))
        desk.run(Undo())
        desk.run(Undo(2))
        desk.run(AddNote((3,), "mine"))
        seq = desk.run(Undo(1))
    assert seq.requests == (1, 2)
    assert seq.refused == ("D-3 was changed since and stays as it is.",)
    assert titles(tmp_path) == {3: "three"}


def test_an_undone_import_can_be_made_again(tmp_path: Path) -> None:
    run(tmp_path, ROWS)
    with opened(tmp_path) as desk:
        desk.run(Undo())
    assert counts(run(tmp_path, ROWS)) == (3, 0, 0)
    assert titles(tmp_path) == {1: "one", 2: "two", 3: "three"}
    assert counts(run(tmp_path, ROWS)) == (0, 0, 3)
    with opened(tmp_path) as desk:
        desk.run(Undo())
    assert titles(tmp_path) == {}


def test_undoing_an_update_undoes_what_the_next_import_compares_with(tmp_path: Path) -> None:
    run(tmp_path, ROWS)
    newer = [row(1, "uno", status=Status.RESOLVED, resolved_at="2026-02-01T00:00:00.000Z"), *ROWS[1:]]
    with looking(tmp_path) as conn:
        before = state(conn)
    assert counts(run(tmp_path, newer)) == (0, 1, 2)
    with opened(tmp_path) as desk:
        desk.run(Undo())
    with looking(tmp_path) as conn:
        assert state(conn) == before
    assert counts(run(tmp_path, ROWS)) == (0, 0, 3)
    assert counts(run(tmp_path, newer)) == (0, 1, 2)
    with opened(tmp_path) as desk:
        desk.run(Undo())
        desk.run(Redo())
    assert counts(run(tmp_path, newer)) == (0, 0, 3)
    assert titles(tmp_path)[1] == "uno"


def test_rows_without_an_id_are_known_by_what_they_say(tmp_path: Path) -> None:
    anonymous = [replace(found, origin="") for found in (*ROWS, replace(ROWS[0], line=9))]
    assert counts(run(tmp_path, anonymous)) == (4, 0, 0)
    assert counts(run(tmp_path, anonymous)) == (0, 0, 4)
    assert counts(run(tmp_path, [*reversed(anonymous), replace(anonymous[0], line=10)])) == (1, 0, 4)


def test_the_later_of_two_with_one_id_fails(tmp_path: Path) -> None:
    report = run(tmp_path, [*ROWS, replace(ROWS[1], line=9, title="again")])
    assert counts(report) == (3, 0, 0)
    assert [(failure.line, failure.reason) for failure in report.failed] == [(9, 'id "2" is on line 3 already')]


def test_missing_times_are_the_first_import_and_stay(tmp_path: Path) -> None:
    def stored() -> object:
        with looking(tmp_path) as conn:
            return conn.execute("SELECT created_at FROM request WHERE id = 1").fetchone()[0]

    run(tmp_path, [replace(ROWS[0], created_at="", updated_at="")])
    first = stored()
    with opened(tmp_path) as desk:
        desk.run(AddNote((1,), "x"))
        desk.run(Undo())
    assert counts(run(tmp_path, [replace(row(1, "uno"), created_at="", updated_at="")])) == (0, 1, 0)
    assert stored() == first
    with looking(tmp_path) as conn:
        assert conn.execute("SELECT updated_at FROM request WHERE id = 1").fetchone()[0] >= str(first)


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    report = run(folder, ROWS, dry_run=True)
    assert (counts(report), report.new_people, report.new_tags) == ((3, 0, 0), 2, 4)
    assert not folder.exists()
    run(folder, ROWS)
    with looking(folder) as conn:
        before = list(conn.iterdump())
    report = run(folder, [row(1, "uno", requester="Nobody"), *ROWS[1:]], dry_run=True)
    assert (counts(report), report.new_people, report.new_tags) == ((0, 1, 2), 1, 0)
    with looking(folder) as conn:
        assert list(conn.iterdump()) == before


def test_people_are_made_once_and_the_report_says_how_many(tmp_path: Path) -> None:
    rows = [row(1, "one", email="Ann@x.org", requester="Ann"), row(2, "two", email="ann@x.org", requester="A. W.")]
    assert run(tmp_path, rows).new_people == 1
    with looking(tmp_path) as conn:
        assert conn.execute("SELECT name, email FROM person").fetchall() == [("Ann", "Ann@x.org")]


def test_one_bad_row_in_the_database_means_none(tmp_path: Path) -> None:
    run(tmp_path, ROWS[:1])
    with pytest.raises(Exception, match="CHECK"):
        run(tmp_path, [ROWS[1], replace(ROWS[2], priority=9)])
    assert titles(tmp_path) == {1: "one"}


def test_the_same_id_that_began_at_another_time_is_another_systems(tmp_path: Path) -> None:
    run(tmp_path, ROWS)
    stranger = row(1, "somebody else's", created_at="2025-07-01T08:00:00.000Z")
    for dry_run in (True, False):
        report = run(tmp_path, [stranger, ROWS[1]], dry_run=dry_run)
        assert (counts(report), [failure.line for failure in report.failed]) == ((0, 0, 1), [2])
        assert "another time" in report.failed[0].reason
    assert titles(tmp_path)[1] == "one"
