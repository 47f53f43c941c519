"""Kept files: there once, whole before they have a name, and a reason for whatever can not be one."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import time
from pathlib import Path

import pytest

from deskmate.domain.commands import Attach, Undo
from deskmate.domain.files import Kept, file_name, parted, size_text, with_files
from deskmate.store import backup, files
from deskmate.store.files import NotKept
from tests.support.desks import assert_sound, line, opened


def stored(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "files").rglob("*") if path.is_file())


def test_a_file_is_kept_once_and_privately(tmp_path: Path) -> None:
    (tmp_path / "scan 1.pdf").write_bytes(b"%PDF page")
    (tmp_path / "again.pdf").write_bytes(b"%PDF page")
    folder = tmp_path / "data"
    kept = files.keep(str(folder), str(tmp_path / "scan 1.pdf"))
    digest = hashlib.sha256(b"%PDF page").hexdigest()
    assert kept == Kept("scan 1.pdf", 9, digest)
    assert files.keep(str(folder), str(tmp_path / "again.pdf")).digest == digest
    assert stored(folder) == [digest]
    path = Path(files.path_of(str(folder), digest))
    assert path.relative_to(folder).as_posix() == f"files/{digest[:2]}/{digest}"
    assert path.stat().st_mode & 0o777 == 0o600
    assert files.content(str(folder), kept) == b"%PDF page"
    path.write_bytes(b"%PDF pagf")
    with pytest.raises(NotKept, match="damaged"):
        files.content(str(folder), kept)
    path.write_bytes(b"%PDF")
    files.keep(str(folder), str(tmp_path / "again.pdf"))  # whoever brings it again mends it
    assert path.read_bytes() == b"%PDF page"
    path.unlink()
    with pytest.raises(NotKept, match="not among the kept files"):
        files.content(str(folder), kept)


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and links")
def test_what_is_no_file_says_so_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "round").symlink_to(tmp_path / "round")
    (tmp_path / "dead").symlink_to(tmp_path / "nowhere")
    (tmp_path / "secret").write_text("x")
    (tmp_path / "large").write_text("x" * 50)
    monkeypatch.setattr(files, "LIMIT", 49)
    wanted = {
        "pipe": "is a pipe",
        "empty.txt": "is empty",
        "round": "in a circle",
        "dead": "not there",
        "none\0": "not there",
        "large": "50 bytes",
        "x" * 300: "too long",
        ".": "is a folder",
    }
    for name, reason in wanted.items():
        with pytest.raises(NotKept, match=reason) as refused:
            files.keep(str(tmp_path / "data"), str(tmp_path) + "/" + name)
        assert refused.value.hint
    with pytest.raises(NotKept, match="is a device"):
        files.keep(str(tmp_path / "data"), "/dev/null")
    assert not (tmp_path / "data" / "files").exists()


def test_a_copy_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "log.txt"
    source.write_bytes(b"y" * 5000)
    folder = tmp_path / "data"
    read, fsync = os.read, os.fsync

    def shrinks(handle: int, size: int) -> bytes:
        os.truncate(source, 100)
        return read(handle, size)

    def is_full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "read", shrinks)
    with pytest.raises(NotKept, match="became shorter"):
        files.keep(str(folder), str(source))
    monkeypatch.setattr(os, "read", read)
    monkeypatch.setattr(os, "fsync", is_full)
    with pytest.raises(NotKept, match="disk is full"):
        files.keep(str(folder), str(source))
    monkeypatch.setattr(os, "fsync", fsync)
    assert stored(folder) == []
    old, new = folder / "files" / "1.part", folder / "files" / "2.part"
    old.touch()
    new.touch()
    os.utime(old, (time.time() - 90_000,) * 2)
    files.keep(str(folder), str(source))  # what a kill left behind goes some time
    assert not old.exists()
    assert new.exists()


def test_a_backup_takes_the_files_and_names_those_it_can_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "MIN_FREE", 0)
    folder = tmp_path / "data"
    good, undone, broken, gone = (files.keep_text(str(folder), f"{n}.txt", f"text {n}") for n in range(4))
    with opened(folder) as desk:
        desk.capture(line("with files", files=(good, broken, gone)))
        desk.run(Attach((1,), (undone,)))
        desk.run(Undo())
    Path(files.path_of(str(folder), broken.digest)).write_bytes(b"text 9")
    Path(files.path_of(str(folder), gone.digest)).unlink()
    made = Path(backup.backup(str(folder)))
    assert stored(made) == sorted((good.digest, undone.digest))
    assert sorted(backup.missing(str(made))) == ["2.txt", "3.txt"]
    assert files.content(str(made), undone) == b"text 1"
    with opened(made) as copy:
        assert_sound(copy.writer.conn)


def test_names_sizes_and_drafts() -> None:
    assert file_name("/home/a/scan\x1b[31m.pdf") == "scan␛[31m.pdf"
    assert file_name("C:\\Users\\a\\") == "a"
    assert file_name("/tmp/" + "x" * 300 + ".pdf") == "x" * 116 + ".pdf"
    assert file_name("/") == "file"
    sizes = {1: "1 byte", 48: "48 bytes", 999: "999 bytes", 1_000: "1.0 kB", 212_400: "212 kB", 999_600: "1.0 MB"}
    assert {size: size_text(size) for size in sizes} == sizes
    kept = (Kept("a b.txt", 3, "0" * 64), Kept("c", 1, "f" * 64))
    assert parted(with_files("line\nbody", kept)) == ("line\nbody", kept)
    assert parted("line") == ("line", ())
    assert parted("line\x1cnonsense") == ("line", ())
