"""Backups: checked before they have a name, private, and equal to one commit."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from deskmate.domain.commands import AddNote
from deskmate.errors import DeskmateError
from deskmate.paths import database
from deskmate.store import backup
from deskmate.store.connection import SCHEMA_VERSION
from tests.support.desks import SOURCE, assert_sound, fingerprint, line, opened, whole


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    with opened(folder) as desk:
        for number in range(1, 41):
            desk.capture(line(f"request {number}", new_tags=("vpn",)), body="text " * 40)
        desk.run(AddNote((1, 2, 3), "noted"))
    return folder


@pytest.fixture(autouse=True)
def room_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "MIN_FREE", 0)


def test_a_backup_is_the_whole_and_is_proven(folder: Path) -> None:
    with opened(folder) as desk:  # while it is open
        made = Path(backup.backup(str(folder)))
        before = whole(desk.writer.conn)
    assert made.parent == folder / "backups"
    assert made.name.endswith(f"Z-v{SCHEMA_VERSION}")
    assert sorted(path.name for path in made.iterdir()) == ["deskmate.db", "manifest.json"]
    copy = made / "deskmate.db"
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["sha256"] == hashlib.sha256(copy.read_bytes()).hexdigest()
    assert manifest["bytes"] == copy.stat().st_size
    assert (manifest["schema"], manifest["reason"], manifest["made_at"][-1]) == (SCHEMA_VERSION, "asked", "Z")
    rows = manifest["rows"]
    assert (rows["request"], rows["journal"], rows["note"], rows["message"], rows["intake"]) == (40, 41, 3, 40, 40)
    conn = sqlite3.connect(copy)
    assert whole(conn) == before
    assert_sound(conn)
    assert {name: conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in rows} == rows
    conn.close()


def test_a_backup_is_opened_like_any_folder(folder: Path) -> None:
    made = backup.backup(str(folder))
    with opened(made) as desk:
        assert desk.capture(line("goes on")) == 41


def test_whatever_the_mask_a_backup_is_private(folder: Path) -> None:
    os.umask(0o022)
    made = Path(backup.backup(str(folder)))
    assert {path.name: path.stat().st_mode & 0o777 for path in (made.parent, made)} == {
        "backups": 0o700, made.name: 0o700,
    }  # fmt: skip
    assert {path.name: path.stat().st_mode & 0o777 for path in made.iterdir()} == {
        "deskmate.db": 0o600, "manifest.json": 0o600,
    }  # fmt: skip


def test_two_in_a_second_have_two_names(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup.instant, "now", lambda: "2026-11-20T09:00:00.000Z")
    names = [Path(backup.backup(str(folder))).name for _ in range(3)]
    assert names == [f"20261120T090000Z-v{SCHEMA_VERSION}{again}" for again in ("", "-2", "-3")]


@pytest.mark.parametrize("name", ["100% off", "what?", "#1", "%41", "naïve ☃"])
def test_any_target_name_will_do(folder: Path, tmp_path: Path, name: str) -> None:
    made = backup.backup(str(folder), str(tmp_path / name))
    assert Path(made).parent == tmp_path / name


STAGES = {
    "while it copies": "backup._copy = die",
    "while it checks": "backup.check = die",
    "before the digest": "backup._sha256 = die",
    "before it has its name": "os.rename = die",
}
DIE = """
import os, sys
sys.path.insert(0, sys.argv[1])
from deskmate.store import backup
backup.MIN_FREE = 0
def die(*_):
    os.kill(os.getpid(), 9)
{}
backup.backup(sys.argv[2])
"""


@pytest.mark.parametrize("stage", STAGES.values(), ids=STAGES.keys())
def test_an_interrupted_backup_has_no_final_name(folder: Path, stage: str) -> None:
    good = Path(backup.backup(str(folder)))
    before = fingerprint(good)
    words = [sys.executable, "-c", DIE.format(stage), SOURCE, str(folder)]
    assert subprocess.run(words, check=False).returncode == -9
    names = [path.name for path in good.parent.iterdir() if not path.name.endswith(".part")]
    assert names == [good.name]
    assert fingerprint(good) == before
    backup.backup(str(folder))  # what was left behind is in nobody's way


def test_a_failed_backup_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: str) -> dict[str, int]:
        raise DeskmateError("The copy failed its integrity_check: row 3 missing.")

    monkeypatch.setattr(backup, "check", fail)
    with pytest.raises(DeskmateError, match="failed its integrity_check"):
        backup.backup(str(folder))
    assert list((folder / "backups").iterdir()) == []


def spoil(path: Path, share: float) -> None:
    """Overwrite one page with noise."""
    pages = path.stat().st_size // 4096
    with path.open("rb+") as file:
        file.seek(int(pages * share) * 4096)
        file.write(os.urandom(4096))


def page_of(path: Path, table: str) -> float:
    conn = sqlite3.connect(path)
    page = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    count = conn.execute("PRAGMA page_count").fetchone()[0]
    conn.close()
    return (page - 1 + 0.5) / count


@pytest.mark.parametrize("table", ["request", "journal", "message", "tag", "event", "request_fts_data"])
def test_a_damaged_source_is_refused_and_not_touched(folder: Path, table: str) -> None:
    path = folder / "deskmate.db"
    spoil(path, page_of(path, table))
    before = path.read_bytes()
    with pytest.raises(DeskmateError, match=r"No backup was made|failed its"):
        backup.backup(str(folder))
    assert path.read_bytes() == before
    assert list((folder / "backups").iterdir()) == []


def test_a_copy_that_points_nowhere_is_refused(folder: Path) -> None:
    conn = sqlite3.connect(folder / "deskmate.db", isolation_level=None)
    conn.execute("INSERT INTO request_tag VALUES (999, 1)")
    conn.close()
    with pytest.raises(DeskmateError, match="failed its foreign_key_check"):
        backup.backup(str(folder))


def test_a_copy_with_a_word_missing_in_the_index_is_refused(folder: Path, tmp_path: Path) -> None:
    made = Path(backup.backup(str(folder))) / "deskmate.db"
    spoil(made, page_of(made, "request_now"))
    with pytest.raises((DeskmateError, sqlite3.DatabaseError)):
        backup.check(str(made))


def test_nothing_to_back_up_is_said(tmp_path: Path) -> None:
    with pytest.raises(DeskmateError, match="nothing to back up") as refusal:
        backup.backup(str(tmp_path))
    assert refusal.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_disk_too_small_is_not_filled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "MIN_FREE", 1 << 62)
    with pytest.raises(DeskmateError, match=r"less than .* MB free"):
        backup.backup(str(folder))
    assert list((folder / "backups").iterdir()) == []


def test_a_target_that_is_a_file_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DeskmateError, match="No backup was made: File exists"):
        backup.backup(str(folder), str(tmp_path / "file"))


def test_a_backup_beside_a_writer_is_one_commit_point(folder: Path) -> None:
    begun, enough = threading.Event(), threading.Event()
    failures: list[BaseException] = []

    def write() -> None:
        try:
            with opened(folder) as desk:
                count = 40
                while not enough.is_set():
                    count = desk.capture(line(f"request {count + 1}", new_tags=("vpn", f"t{count}")), body="text")
                    desk.run(AddNote((count, 1), "noted"))
                    begun.set()
        except BaseException as failure:  # noqa: BLE001 - to be shown by the test, whatever it is
            failures.append(failure)
            begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait()
    made = [backup.backup(str(folder)) for _ in range(4)]
    enough.set()
    writer.join()
    assert failures == []
    sizes = []
    for path in made:
        conn = sqlite3.connect(database(path))
        assert_sound(conn)
        count = conn.execute("SELECT count(*) FROM request").fetchone()[0]
        (commands,) = conn.execute("SELECT count(*) FROM journal").fetchone()
        (notes,) = conn.execute("SELECT count(*) FROM note").fetchone()
        # 40 captures and a note on three; then by turns a capture and a note on two.
        captures, noted = divmod(commands - 41, 2)
        assert count == 40 + captures + noted
        assert notes == 3 + 2 * captures
        for table in ("intake", "message"):
            assert conn.execute(f"SELECT count(*) FROM {table}").fetchone() == (count,)
        conn.close()
        sizes.append(commands)
    assert sizes == sorted(sizes)
    assert sizes[-1] > 42, "nobody wrote meanwhile"
