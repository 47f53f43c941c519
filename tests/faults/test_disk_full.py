"""No room left: it is said in words, nothing is half saved, and what is there can be read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deskmate.domain.commands import AddNote, Redo, Resolve, Tag, Undo
from deskmate.errors import DeskmateError
from deskmate.services.desk import Desk
from tests.support.desks import SOURCE, assert_sound, line, looking, opened, state, whole

LONG = "a sentence that fills the page, and another one. " * 120

SAVES: dict[str, Callable[[Desk], object]] = {
    "capture": lambda desk: desk.capture(line("one more", new_tags=("x",)), body=LONG),
    "note": lambda desk: desk.run(AddNote((1, 2), LONG)),
    "resolve": lambda desk: desk.run(Resolve((1, 2, 3), LONG)),
    "tag": lambda desk: desk.run(Tag(tuple(range(1, 31)), add=tuple(f"tag number {n}" for n in range(12)))),
    "redo": lambda desk: desk.run(Redo()),
    "draft": lambda desk: desk.save_draft("note:1", LONG, 0, 1),
    "place": lambda desk: desk.save_place("queue", {"words": LONG}),
}


def refused(save: Callable[[Desk], object], desk: Desk) -> DeskmateError | None:
    try:
        save(desk)
    except DeskmateError as refusal:
        return refusal
    return None


@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES.keys())
def test_a_full_disk_is_said_wherever_in_the_save_it_comes(tmp_path: Path, save: Callable[[Desk], object]) -> None:
    with opened(tmp_path / "data") as desk:
        for number in range(1, 31):
            desk.capture(line(f"request {number}"), body="text")
        desk.run(AddNote(tuple(range(1, 31)), LONG))
        desk.run(Undo())
        conn = desk.writer.conn
        conn.execute("VACUUM")  # no free page within the file
        before = whole(conn)
        (pages,) = conn.execute("PRAGMA page_count").fetchone()
        failed = 0
        for room in range(200):  # one page more each time, so that it fails everywhere it can
            conn.execute(f"PRAGMA max_page_count = {pages + room}")
            refusal = refused(save, desk)
            if refusal is None:
                break
            assert refusal.message == "Not saved: the disk is full."
            assert refusal.hint
            assert not conn.in_transaction
            assert whole(conn) == before
            failed += 1
        else:
            pytest.fail("it never fitted")
        assert failed >= 1, "there was room enough from the start"
        assert whole(conn) != before
        assert_sound(conn)


FILL = """
import resource, signal, sys
sys.path.insert(0, sys.argv[1])
from deskmate.domain.capture import Capture
from deskmate.domain.commands import AddNote
from deskmate.errors import DeskmateError
from deskmate.services.desk import Desk
desk = Desk(sys.argv[2], actor="test")
desk.warm_up()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
said = 0
try:
    while True:
        if sys.argv[4] == "captures":
            said = desk.capture(Capture("x" * 500), body="words " * 200)
        else:
            said = desk.run(AddNote((1,), "words " * 200)).seq
except DeskmateError as refusal:
    print(said, refusal.message, flush=True)
print(desk.writer.conn.execute("SELECT count(*) FROM request").fetchone()[0] > 0)
desk.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs resource limits")
@pytest.mark.parametrize("kind", ["captures", "notes"])
@pytest.mark.parametrize("limit", [400_000, 700_001])
def test_a_file_that_may_not_grow_loses_nothing_said(tmp_path: Path, kind: str, limit: int) -> None:
    folder = tmp_path / "data"
    with opened(folder) as desk:
        desk.capture(line("first"))
    done = subprocess.run(
        [sys.executable, "-c", FILL, SOURCE, str(folder), str(limit), kind],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    failure, readable = done.stdout.splitlines()
    said, _, message = failure.partition(" ")
    assert int(said) > 3
    assert message.startswith("Not saved: ")
    assert readable == "True"
    with looking(folder) as conn:
        assert_sound(conn)
        stored = conn.execute("SELECT max(seq) FROM journal" if kind == "notes" else "SELECT max(id) FROM request")
        assert stored.fetchone() == (int(said),)
    with opened(folder) as desk:
        before = state(desk.writer.conn)
        desk.capture(line("room again"))
        assert len(state(desk.writer.conn)) == len(before) + 1
