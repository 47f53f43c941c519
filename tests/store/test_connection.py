"""The connections: their rules, what they refuse to open, and that a save is never lost without a word."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskmate.domain.commands import AddNote
from deskmate.paths import database
from deskmate.services.desk import Desk
from deskmate.store import connection, migrate
from deskmate.store.connection import SCHEMA_VERSION, Busy, NotOurs, Vanished, check_file, open_reader
from tests.support.desks import SOURCE, assert_sound, fingerprint, line, looking, opened, state, whole


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with one request."""
    folder = tmp_path / "data"
    with opened(folder) as desk:
        desk.capture(line("first"))
    return folder


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    with opened(folder) as desk:
        yield desk


# --- rules --------------------------------------------------------------------------------------------------


def pragmas(conn: sqlite3.Connection, *names: str) -> list[object]:
    return [conn.execute(f"PRAGMA {name}").fetchone()[0] for name in names]


def test_the_write_connection_has_its_rules(desk: Desk) -> None:
    names = (
        "journal_mode foreign_keys synchronous busy_timeout trusted_schema cell_size_check secure_delete mmap_size"
    )
    assert pragmas(desk.writer.conn, *names.split()) == ["wal", 1, 2, 5000, 0, 1, 1, 0]


def test_where_the_journal_is_a_file_it_is_synced_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "journal_mode", lambda _folder: "delete")
    with opened(tmp_path / "data") as desk:
        assert pragmas(desk.writer.conn, "journal_mode", "synchronous") == ["delete", 3]


def test_the_reader_can_not_write(desk: Desk, folder: Path) -> None:
    desk.capture(line("second"))
    reader = open_reader(str(folder))
    assert pragmas(reader, "query_only", "busy_timeout", "mmap_size") == [1, 5000, 0]
    assert reader.execute("SELECT count(*) FROM request").fetchone() == (2,)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("UPDATE request SET title = 'x'")
    reader.close()


@pytest.mark.parametrize("name", ["50% off", "what?", "#1", "naïve ☃", "a b", "%41&mode=memory"])
def test_any_folder_name_will_do(tmp_path: Path, name: str) -> None:
    with opened(tmp_path / name) as desk:
        desk.capture(line("here"))
        reader = open_reader(str(tmp_path / name))
        assert reader.execute("SELECT title FROM request").fetchall() == [("here",)]
        reader.close()
    assert [path.name for path in (tmp_path / name).iterdir()] == ["deskmate.db"]


def test_no_file_is_no_error_and_makes_none(tmp_path: Path) -> None:
    assert check_file(database(str(tmp_path))) == 0
    with pytest.raises(FileNotFoundError):
        open_reader(str(tmp_path))
    assert list(tmp_path.iterdir()) == []


# --- refused, untouched -------------------------------------------------------------------------------------


def newer(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA user_version = 99")
    conn.close()


def foreign(path: Path) -> None:
    path.unlink()
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE bookmarks (id)")
    conn.close()


def foreign_in_wal(path: Path) -> None:
    foreign(path)
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA journal_mode = wal")
    conn.close()


def no_version(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA user_version = 0")
    conn.close()


def cut(size: int) -> object:
    return lambda path: os.truncate(path, size)


REFUSED = {
    "newer": (newer, r"newer deskmate \(schema 99, this one knows \d+\)"),
    "foreign": (foreign, "belongs to another program"),
    "foreign, in WAL mode": (foreign_in_wal, "belongs to another program"),
    "without a version": (no_version, "damaged or no database"),
    "empty": (cut(0), "is empty"),
    "garbage": (lambda path: path.write_bytes(os.urandom(40_000)), "damaged or no database"),
    "a web page": (lambda path: path.write_text("<!DOCTYPE html><title>502</title>" * 30), "damaged or no database"),
    "cut within the magic": (cut(7), "damaged or no database"),
    "cut within the header": (cut(60), "damaged or no database"),
    "nothing but the header": (cut(100), "damaged or no database"),
    "zeros": (lambda path: path.write_bytes(bytes(8192)), "damaged or no database"),
}


@pytest.mark.parametrize(("spoil", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_files_stay_as_they_are(folder: Path, spoil: object, said: str) -> None:
    spoil(folder / "deskmate.db")  # type: ignore[operator]
    before = fingerprint(folder)
    with pytest.raises(NotOurs, match=said) as refusal:
        check_file(database(str(folder)))
    assert refusal.value.hint
    assert refusal.value.exit_code == 1
    with pytest.raises(NotOurs, match=said):
        open_reader(str(folder))
    with pytest.raises(NotOurs, match=said), opened(folder) as desk:
        desk.capture(line("never"))
    assert fingerprint(folder) == before


@pytest.mark.parametrize("share", [0.3, 0.7])
def test_half_a_database_is_damaged_and_not_empty(folder: Path, share: float) -> None:
    path = folder / "deskmate.db"
    os.truncate(path, int(path.stat().st_size * share) // 4096 * 4096)
    before = fingerprint(folder)["deskmate.db"]
    with pytest.raises(NotOurs, match="is damaged"), opened(folder) as desk:
        desk.capture(line("never"))
    with pytest.raises(NotOurs, match="is damaged"):
        open_reader(str(folder))
    assert fingerprint(folder)["deskmate.db"] == before


def test_a_checkpoint_under_way_is_no_damage(folder: Path) -> None:
    path = folder / "deskmate.db"  # the header comes first and names pages that are still to be written
    os.truncate(path, path.stat().st_size - 4096)
    assert check_file(str(path)) == SCHEMA_VERSION


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "deskmate.db").mkdir()
    with pytest.raises(NotOurs):
        check_file(database(str(tmp_path)))


def test_a_newer_version_that_is_still_in_the_journal_is_seen(desk: Desk, folder: Path) -> None:
    desk.writer.conn.execute("PRAGMA user_version = 99")
    assert (folder / "deskmate.db").read_bytes()[60:64] == SCHEMA_VERSION.to_bytes(4), "else this proves nothing"
    with pytest.raises(NotOurs, match="newer deskmate"), opened(folder) as other:
        other.capture(line("never"))


@pytest.mark.skipif(sys.platform == "win32", reason="folders are protected in another way there")
def test_a_folder_that_may_not_be_written_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as base:  # not tmp_path: nobody but its owner may enter that
        folder = Path(base, "data")
        with opened(folder) as desk:
            desk.capture(line("readable"))
        for path, mode in ((Path(base), 0o755), (folder, 0o555), (folder / "deskmate.db", 0o444)):
            path.chmod(mode)
        before = fingerprint(folder)
        script = (
            "import os, sys; sys.path.insert(0, sys.argv[1]);"
            "from deskmate.store.connection import open_reader;"
            "os.getuid() or (os.setgid(65534), os.setuid(65534));"
            "assert not os.access(sys.argv[2], os.W_OK);"
            "print(open_reader(sys.argv[2]).execute('SELECT title FROM request').fetchall())"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, SOURCE, str(folder)], capture_output=True, text=True, check=False
        )
        assert (done.stdout, done.stderr) == ("[('readable',)]\n", "")
        assert fingerprint(folder) == before
        folder.chmod(0o755)


# --- the file goes away -------------------------------------------------------------------------------------


def delete(path: Path) -> None:
    path.unlink()


def replace(path: Path) -> None:
    other = path.parent.parent / "other"
    with opened(other) as desk:
        for title in ("theirs", "theirs too"):
            desk.capture(line(title))
    os.replace(other / "deskmate.db", path)


@pytest.mark.parametrize("go", [delete, replace])
@pytest.mark.parametrize("way", ["plain", "rows"])
def test_a_file_that_went_away_is_noticed_before_the_commit(desk: Desk, folder: Path, go: object, way: str) -> None:
    desk.capture(line("second"))
    desk.run(AddNote((1,), "all is well"))
    before = whole(desk.writer.conn)
    go(folder / "deskmate.db")  # type: ignore[operator]
    save = {"plain": lambda: desk.capture(line("third")), "rows": lambda: desk.run(AddNote((1,), "to nowhere"))}[way]
    with pytest.raises(Vanished, match=r"Not saved: .* was deleted or replaced") as refusal:
        save()
    assert "still here" in refusal.value.hint
    assert not desk.writer.conn.in_transaction
    assert whole(desk.writer.conn) == before


def test_the_journal_of_the_old_file_is_not_played_into_the_new_one(folder: Path) -> None:
    with opened(folder) as desk:
        for number in range(30):
            desk.capture(line(f"ours {number}"))  # in the journal, not yet in the file
        replace(folder / "deskmate.db")
        put_there = (folder / "deskmate.db").read_bytes()
        with pytest.raises(Vanished):
            desk.capture(line("too late"))
    assert (folder / "deskmate.db").read_bytes() == put_there
    with opened(folder) as desk:
        assert [row[1] for row in state(desk.writer.conn).values()] == ["theirs", "theirs too"]
        assert_sound(desk.writer.conn)


def test_closing_is_enough_to_keep_the_two_apart(folder: Path) -> None:
    with opened(folder) as desk:
        for number in range(30):
            desk.capture(line(f"ours {number}"))
        replace(folder / "deskmate.db")
    with opened(folder) as desk:
        assert [row[1] for row in state(desk.writer.conn).values()] == ["theirs", "theirs too"]
        assert_sound(desk.writer.conn)


def test_a_deleted_file_that_is_put_back_is_whole(folder: Path) -> None:
    path = folder / "deskmate.db"
    with opened(folder) as desk:
        desk.capture(line("second"))
        aside = path.rename(folder / "moved")
        with pytest.raises(Vanished):
            desk.capture(line("not saved"))
        aside.rename(path)
        assert desk.capture(line("third")) == 3
    with looking(folder) as conn:
        assert_sound(conn)
        assert [row[1] for row in state(conn).values()] == ["first", "second", "third"]


def test_a_journal_without_its_file_is_no_empty_queue(folder: Path) -> None:
    with opened(folder) as desk:
        desk.capture(line("second"))
        (folder / "deskmate.db").unlink()
        before = fingerprint(folder)
        assert "deskmate.db-wal" in before, "else this proves nothing"
        with pytest.raises(NotOurs, match="is gone, but its journal"):
            check_file(database(str(folder)))
        with pytest.raises(NotOurs, match="is gone, but its journal"), opened(folder) as other:
            other.capture(line("never"))
        assert fingerprint(folder) == before


# --- locks --------------------------------------------------------------------------------------------------

CAPTURE = """
import sys
sys.path.insert(0, sys.argv[1])
from deskmate.domain.capture import Capture
from deskmate.services.desk import Desk
desk = Desk(sys.argv[2], actor="shell")
capture = Capture("from the shell")
capture.title = "from the shell"
print(desk.capture(capture))
desk.close()
"""


def test_looking_at_the_file_does_not_drop_the_locks_of_this_process(desk: Desk, folder: Path) -> None:
    # Closing any descriptor of a file drops all POSIX locks a process has on it. Another process would
    # then believe it is the last one, delete the journal we write to, and our saves would be gone.
    desk.capture(line("second"))
    reader = open_reader(str(folder))
    check_file(database(str(folder)))
    said = subprocess.run(
        [sys.executable, "-c", CAPTURE, SOURCE, str(folder)], capture_output=True, text=True, check=False
    )
    assert (said.stdout, said.stderr) == ("3\n", "")
    assert (folder / "deskmate.db-wal").exists(), "the other process took away the journal"
    assert desk.capture(line("after")) == 4
    reader.close()
    shutil.copytree(folder, folder.parent / "copy")  # what a power cut would leave
    with looking(folder.parent / "copy") as conn:
        assert [row[1] for row in state(conn).values()] == ["first", "second", "from the shell", "after"]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_MS", 20)


@pytest.mark.parametrize("way", ["plain", "rows", "draft"])
def test_a_held_lock_is_said_and_costs_nothing(impatient: None, folder: Path, way: str) -> None:
    with opened(folder) as desk, looking(folder) as other:
        save = {
            "plain": lambda: desk.capture(line("second")),
            "rows": lambda: desk.run(AddNote((1,), "a note")),
            "draft": lambda: desk.save_draft("note:1", "a no", 4),
        }[way]
        before = whole(desk.writer.conn)
        other.execute("BEGIN IMMEDIATE")
        for _ in range(2):  # the refusal leaves nothing behind that the next one would trip over
            with pytest.raises(Busy, match="Not saved yet: another program is writing") as refusal:
                save()
            assert refusal.value.hint
            assert not desk.writer.conn.in_transaction
        assert whole(desk.writer.conn) == before
        other.execute("ROLLBACK")
        save()
        assert whole(desk.writer.conn) != before


def test_a_failing_block_is_rolled_back_whole(desk: Desk) -> None:
    before = whole(desk.writer.conn)
    with pytest.raises(ZeroDivisionError), desk.writer.transaction() as conn:
        conn.execute("UPDATE request SET title = 'half done'").fetchall()[1 // 0]
    with pytest.raises(ZeroDivisionError), desk.unit_of_work("note") as work:
        work.add_note(work.requests((1,))[0], str(1 // 0))
    with desk.unit_of_work("note") as work:  # left without finish()
        (found,) = work.requests((1,))
        work.add_note(found, "half done")
    assert whole(desk.writer.conn) == before
    assert not desk.writer.conn.in_transaction


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("database is locked", "Not saved yet: another program is writing to the database."),
        ("database or disk is full", "Not saved: the disk is full."),
        ("attempt to write a readonly database", "Not saved: the data folder is read-only."),
        ("disk I/O error", "Not saved: disk I/O error."),
    ],
)
def test_every_failure_says_that_nothing_was_saved(reason: str, said: str) -> None:
    failure = connection.not_saved(sqlite3.OperationalError(reason))
    assert failure.message == said
    assert failure.hint


INCREMENT = """
import sys
sys.path.insert(0, sys.argv[1])
from deskmate.store.connection import Busy, Writer
writer = Writer(sys.argv[2])
done = 0
while done < int(sys.argv[3]):
    try:
        with writer.transaction() as conn:
            value = int(conn.execute("SELECT value FROM place WHERE key = 'count'").fetchone()[0])
            conn.execute("UPDATE place SET value = ? WHERE key = 'count'", (value + 1,))
        done += 1
    except Busy:  # refused on a loaded machine, and nothing lost
        continue
writer.close()
"""


def test_four_processes_lose_no_update(desk: Desk, folder: Path) -> None:
    desk.writer.conn.execute("INSERT INTO place VALUES ('count', 0, ?)", (desk.clock(),))
    words = [sys.executable, "-c", INCREMENT, SOURCE, str(folder), "100"]
    running = [subprocess.Popen(words, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [process.communicate()[1] for process in running] == [""] * 4
    assert desk.writer.conn.execute("SELECT value FROM place").fetchone() == ("400",)


def test_four_units_of_work_at_once_lose_no_update(folder: Path) -> None:
    from dataclasses import replace as changed

    from deskmate.domain.request import Change

    failures: list[BaseException] = []

    def work_hundred() -> None:
        try:
            with opened(folder) as desk:
                done = 0
                while done < 100:
                    try:
                        with desk.unit_of_work("count") as work:
                            (found,) = work.requests((1,))
                            after = changed(found, title=str(int(found.title) + 1))
                            work.change(Change(found, after, "count", found.title, after.title))
                            work.finish("counted")
                        done += 1
                    except Busy:  # on a loaded machine its turn may not come in time: refused, and nothing lost
                        continue
        except BaseException as failure:  # noqa: BLE001 - to be shown by the test, whatever it is
            failures.append(failure)

    with opened(folder) as desk:
        desk.writer.conn.execute("UPDATE request SET title = '0'")
        desk.warm_up()
    threads = [threading.Thread(target=work_hundred) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with looking(folder) as conn:
        assert conn.execute("SELECT title FROM request").fetchone() == ("400",)
        assert conn.execute("SELECT count(*), max(seq) FROM journal WHERE command = 'count'").fetchone() == (400, 401)
