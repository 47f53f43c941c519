"""Making a database, and bringing an older one to the present."""

from __future__ import annotations

import gzip
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from deskmate.domain.commands import Undo
from deskmate.errors import DeskmateError
from deskmate.paths import database
from deskmate.store import backup, migrate
from deskmate.store.connection import APPLICATION_ID, SCHEMA_VERSION, NotOurs, check_file, open_reader
from tests.support.desks import SOURCE, assert_sound, line, opened, whole


def dump(conn: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """The schema as SQLite keeps it."""
    return conn.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()


def version(conn: sqlite3.Connection) -> int:
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


# --- a new database -----------------------------------------------------------------------------------------


def test_a_new_database_is_what_the_numbered_sql_says(tmp_path: Path) -> None:
    with opened(tmp_path / "a") as one, opened(tmp_path / "b") as other:
        plain = sqlite3.connect(":memory:")
        for name in sorted(os.listdir(migrate.SCHEMA)):
            if name.endswith(".sql"):
                plain.executescript(Path(migrate.SCHEMA, name).read_text(encoding="utf-8"))
        assert dump(one.writer.conn) == dump(other.writer.conn) == dump(plain)
        plain.close()
        conn = one.writer.conn
        assert version(conn) == SCHEMA_VERSION
        assert conn.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        ids = [
            desk.writer.conn.execute("SELECT value FROM meta WHERE key = 'folder'").fetchone()[0]
            for desk in (one, other)
        ]
        assert ids[0] != ids[1]
        assert all(len(found) == 36 and found[14] == "4" and found[19] in "89ab" for found in ids)
        assert_sound(conn)


def test_the_schema_number_is_that_of_the_last_file() -> None:
    numbers = sorted(int(name[:4]) for name in os.listdir(migrate.SCHEMA) if name.endswith(".sql"))
    assert numbers == list(range(1, SCHEMA_VERSION + 1))


def test_with_the_mask_of_the_program_files_are_for_the_owner_alone(tmp_path: Path) -> None:
    os.umask(0o077)
    with opened(tmp_path / "data") as desk:
        desk.capture(line("private"))
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "data").iterdir()}
        assert modes == {"deskmate.db": 0o600, "deskmate.db-wal": 0o600, "deskmate.db-shm": 0o600}
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_a_failure_while_making_it_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "SCHEMA", str(tmp_path / "none"))
    with pytest.raises(FileNotFoundError):
        migrate.create(str(tmp_path / "data"))
    assert list((tmp_path / "data").iterdir()) == []


def test_without_hard_links_it_is_made_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_names: str) -> None:
        raise PermissionError("no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    with opened(tmp_path) as desk:
        assert desk.capture(line("one")) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["deskmate.db"]


CAPTURE = """
import sys
sys.path.insert(0, sys.argv[1])
from deskmate.domain.capture import Capture
from deskmate.services.desk import Desk
sys.stdin.readline()
for number in range(5):
    desk = Desk(sys.argv[2], actor="shell")
    capture = Capture("x")
    print(desk.capture(capture))
    desk.close()
"""


def test_processes_that_make_one_folder_at_once_share_it(tmp_path: Path) -> None:
    for attempt in range(3):
        folder = tmp_path / f"data {attempt}"
        words = [sys.executable, "-c", CAPTURE, SOURCE, str(folder)]
        pipe = subprocess.PIPE
        running = [subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(3)]
        for process in running:  # all have imported by now or wait: let them go together
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [process.communicate() for process in running]
        assert [error for _out, error in said] == ["", "", ""]
        numbers = sorted(int(number) for out, _error in said for number in out.split())
        assert numbers == list(range(1, 16))
        assert [path.name for path in folder.iterdir()] == ["deskmate.db"]


# --- from one schema to the next ----------------------------------------------------------------------------

NOW, NEXT, LAST = SCHEMA_VERSION, SCHEMA_VERSION + 1, SCHEMA_VERSION + 2
STEP = """
-- a made-up step
ALTER TABLE tag ADD COLUMN colour TEXT;
CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
INSERT INTO room (name) SELECT DISTINCT channel FROM request WHERE channel IS NOT NULL;
CREATE TRIGGER room_kept BEFORE DELETE ON room BEGIN
  SELECT raise(ABORT, 'rooms; stay');
END;
"""
STEP_AFTER = """
CREATE TABLE desk (id INTEGER PRIMARY KEY, room_id INTEGER NOT NULL REFERENCES room (id)) STRICT;
INSERT INTO desk (room_id) SELECT id FROM room;
"""
BAD_STEPS = {
    "a word that is no SQL": STEP_AFTER + "FROBNICATE;",
    "a table there is already": STEP_AFTER + "CREATE TABLE room (id);",
    "a row that points nowhere": STEP_AFTER + "INSERT INTO desk (room_id) VALUES (999);",
    "no end": STEP_AFTER + "CREATE TABLE half (id",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of today's schema with something in it."""
    with opened(tmp_path / "data") as desk:
        for channel in ("phone", "chat", None):
            desk.capture(line(f"by {channel}", channel=channel, new_tags=("vpn",)))
    return tmp_path / "data"


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    """A schema folder with a step more."""
    schema = tmp_path / "schema"
    schema.mkdir()
    for name in os.listdir(migrate.SCHEMA):
        if name.endswith(".sql"):
            (schema / name).write_text(Path(migrate.SCHEMA, name).read_text(encoding="utf-8"), encoding="utf-8")
    (schema / f"{NEXT:04}_rooms.sql").write_text(STEP, encoding="utf-8")
    (schema / "notes.txt").write_text("no step", encoding="utf-8")
    return schema


def test_an_upgrade_copies_first_and_keeps_everything(folder: Path, schema: Path) -> None:
    (schema / f"{LAST:04}_desks.sql").write_text(STEP_AFTER, encoding="utf-8")
    with sqlite3.connect(database(str(folder))) as conn:
        before = whole(conn)
    conn.close()
    migrate.upgrade(str(folder), NOW, to=LAST, schema=str(schema))

    conn = sqlite3.connect(database(str(folder)))
    assert version(conn) == LAST
    assert conn.execute("SELECT count(*) FROM desk").fetchone() == (2,)
    conn.execute("ALTER TABLE tag DROP COLUMN colour")
    made = {"room", "desk"}
    assert [table for table in whole(conn) if table[0] not in made] == before
    with pytest.raises(sqlite3.IntegrityError, match="rooms; stay"):
        conn.execute("DELETE FROM room")
    conn.close()

    (kept,) = (folder / "backups").iterdir()
    assert kept.name.endswith(f"-v{NOW}")
    assert '"reason": "upgrade"' in (kept / "manifest.json").read_text(encoding="utf-8")
    conn = sqlite3.connect(kept / "deskmate.db")
    assert (version(conn), whole(conn)) == (NOW, before)
    conn.close()


@pytest.mark.parametrize("bad", BAD_STEPS.values(), ids=BAD_STEPS.keys())
def test_a_failing_step_leaves_everything_as_it_was(folder: Path, schema: Path, bad: str) -> None:
    (schema / f"{LAST:04}_bad.sql").write_text(bad, encoding="utf-8")
    conn = sqlite3.connect(database(str(folder)))
    before = dump(conn), whole(conn)
    with pytest.raises(DeskmateError, match=f"could not be upgraded from schema {NOW} to {LAST}") as refusal:
        migrate.upgrade(str(folder), NOW, to=LAST, schema=str(schema))
    assert (dump(conn), whole(conn)) == before
    assert version(conn) == NOW
    conn.close()
    (kept,) = (folder / "backups").iterdir()
    assert str(kept) in refusal.value.hint
    backup.check(str(kept / "deskmate.db"))
    with opened(folder) as desk:  # the version that made it goes on
        assert desk.capture(line("on we go")) == 4


def test_without_a_copy_there_is_no_upgrade(folder: Path, schema: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "MIN_FREE", 1 << 62)
    with pytest.raises(DeskmateError, match="No backup was made"):
        migrate.upgrade(str(folder), NOW, to=NEXT, schema=str(schema))
    assert check_file(database(str(folder))) == NOW


def test_who_comes_second_to_an_upgrade_finds_it_done(folder: Path, schema: Path) -> None:
    other = sqlite3.connect(database(str(folder)))  # keeps the new version in the journal, not in the header
    other.execute("SELECT * FROM meta").fetchall()
    migrate.upgrade(str(folder), NOW, to=NEXT, schema=str(schema))
    assert check_file(database(str(folder))) == NOW, "else this proves nothing"
    migrate.upgrade(str(folder), NOW, to=NEXT, schema=str(schema))
    assert version(other) == NEXT
    assert other.execute("SELECT count(*) FROM room").fetchone() == (2,)
    other.close()


def test_an_older_file_is_upgraded_when_it_is_opened(
    folder: Path, schema: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[tuple[str, int]] = []
    monkeypatch.setattr(migrate, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr(migrate, "upgrade", lambda folder, version: called.append((folder, version)))
    migrate.ready(str(folder)).close()
    assert called == [(str(folder), NOW)]


DATA = Path(__file__).parent.parent / "data"


@pytest.mark.parametrize("schema", range(1, SCHEMA_VERSION))
def test_what_an_earlier_version_wrote_is_all_there_and_goes_on(tmp_path: Path, schema: int) -> None:
    tmp_path.chmod(0o700)
    packed = gzip.decompress((DATA / f"schema-{schema}.db.gz").read_bytes())
    (tmp_path / "deskmate.db").write_bytes(packed)
    before = sqlite3.connect(":memory:")
    before.deserialize(packed[:18] + b"\1\1" + packed[20:])  # not WAL: memory has no journal file
    kept = "title, status, requester, waiting_on, wake_at, parked_reason, merged_into, resolved_at, void, version"
    facts = f"SELECT id, {kept} FROM request"
    with opened(tmp_path) as desk, opened(tmp_path / "new") as fresh:
        conn = desk.writer.conn
        assert_sound(conn)
        assert dump(conn) == dump(fresh.writer.conn)
        assert conn.execute(facts).fetchall() == before.execute(facts).fetchall()
        for table in ("message", "note", "intake", "journal", "category", "canned"):
            columns = ", ".join(name for _id, name, *_more in before.execute(f"PRAGMA table_info({table})"))
            everything = f"SELECT {columns} FROM {table}" + " WHERE name <> 'Feedback'" * (table == "canned")
            assert conn.execute(everything).fetchall() == before.execute(everything).fetchall()
        paused = conn.execute("SELECT request_id, old, new FROM event WHERE kind = 'clock'").fetchall()
        assert paused == [(1, "running", "paused")]
        (triaged,) = conn.execute("SELECT count(*) FROM request WHERE priority > 0 AND due_at IS NOT NULL").fetchone()
        assert triaged == 1, "what is due is counted at once"
        assert desk.run(Undo()).label.startswith("undid: resolved D-2")
        assert desk.capture(line("on we go")) == 8, "a number is never given twice"


def test_whoever_only_reads_upgrades_first(tmp_path: Path) -> None:
    (tmp_path / "deskmate.db").write_bytes(gzip.decompress((DATA / "schema-1.db.gz").read_bytes()))
    conn = open_reader(str(tmp_path))
    assert version(conn) == SCHEMA_VERSION
    open_reader(str(tmp_path)).close()  # with the new version in the journal only
    conn.close()
    assert len(list((tmp_path / "backups").iterdir())) == 1


# --- splitting a script -------------------------------------------------------------------------------------


def test_a_script_is_split_at_its_ends() -> None:
    script = """-- a comment; with a semicolon
CREATE TABLE a (x TEXT DEFAULT ';');  -- more
CREATE TRIGGER t AFTER INSERT ON a BEGIN
  UPDATE a SET x = 'one;';
  SELECT raise(ABORT, 'end;');
END;
/* several
   lines; */
INSERT INTO a VALUES ('two
lines;');
-- the end
"""
    found = migrate.statements(script)
    assert [words.strip().rpartition("\n")[2][:30] for words in found] == [
        "CREATE TABLE a (x TEXT DEFAULT",
        "END;",
        "lines;');",
    ]
    assert "".join(found) + "-- the end\n" == script


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE a (x)",
        "SELECT 1;\nSELECT 2",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  SELECT 1;\n",
        "SELECT 'open;\n",
        "SELECT 1;\n-- a comment\nDROP TABLE a",
    ],
)
def test_an_unfinished_script_is_refused(script: str) -> None:
    with pytest.raises(sqlite3.OperationalError, match="has no end"):
        migrate.statements(script)


@pytest.mark.parametrize("script", ["", "\n\n", "-- only words\n-- and more\n", "SELECT 1;\n\n"])
def test_nothing_left_over_is_no_fault(script: str) -> None:
    assert len(migrate.statements(script)) == script.count("SELECT")


def test_a_database_missing_beside_its_backups_is_no_empty_desk(tmp_path: Path) -> None:
    folder = str(tmp_path)
    migrate.ready(folder).close()
    kept = backup.backup(folder)
    os.unlink(database(folder))
    with pytest.raises(NotOurs, match="there are backups"):
        migrate.ready(folder)
    assert os.listdir(os.path.dirname(kept)) == [os.path.basename(kept)]
    assert not os.path.exists(database(folder))
