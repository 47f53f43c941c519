"""One app for each folder."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskmate.domain import instant, local
from deskmate.domain.due import moment_text
from deskmate.store.lock import AlreadyOpen, FolderLock
from tests.support.desks import SOURCE
from tests.support.waiting import PATIENCE

HOLD = """
import sys
sys.path.insert(0, sys.argv[1])
from deskmate.store.lock import FolderLock
lock = FolderLock(sys.argv[2])
lock.acquire()
print("held", flush=True)
for word in sys.stdin:
    if word == "asked?\\n":
        print(lock.asked_to_leave(), flush=True)
    else:
        lock.release()
        print("released", flush=True)
"""


class Holder:
    """Another process that holds the lock."""

    def __init__(self, folder: Path) -> None:
        words = [sys.executable, "-c", HOLD, SOURCE, str(folder)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True)
        assert self.read() == "held"

    def read(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def tell(self, word: str) -> str:
        assert self.process.stdin
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        return self.read()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[Holder]:
    holder = Holder(tmp_path)
    yield holder
    holder.kill()


def test_a_second_app_is_told_where_the_first_is(holder: Holder, tmp_path: Path) -> None:
    with pytest.raises(AlreadyOpen) as refusal:
        FolderLock(str(tmp_path)).acquire()
    found = refusal.value.holder
    assert found["pid"] == str(holder.process.pid)
    assert found["where"] == f"process {holder.process.pid}"
    assert found["since"].endswith("Z")
    now = local.now()
    since = moment_text(instant.from_text(found["since"]).astimezone(now.tzinfo), now)
    assert refusal.value.message == f"deskmate is already open in {found['where']} since {since}."


@pytest.mark.parametrize("note", [b"", b"{", b"[1]", b"\xff\xfe", None])
def test_a_spoilt_note_is_no_failure(holder: Holder, tmp_path: Path, note: bytes | None) -> None:
    path = tmp_path / "lock.json"
    path.unlink()
    if note is not None:
        path.write_bytes(note)
    with pytest.raises(AlreadyOpen, match="already open in another terminal"):
        FolderLock(str(tmp_path)).acquire()


def test_kill_9_frees_it(holder: Holder, tmp_path: Path) -> None:
    holder.kill()
    lock = FolderLock(str(tmp_path))
    lock.acquire()
    assert json.loads((tmp_path / "lock.json").read_text(encoding="utf-8"))["pid"] != str(holder.process.pid)
    lock.release()


def test_the_first_sees_that_it_is_asked_to_leave(holder: Holder, tmp_path: Path) -> None:
    second = FolderLock(str(tmp_path))
    assert holder.tell("asked?") == "False"
    second.ask_to_leave()
    assert holder.tell("asked?") == "True"
    with pytest.raises(AlreadyOpen):
        second.acquire()
    assert holder.tell("leave") == "released"
    second.acquire(timeout=PATIENCE)
    assert not second.asked_to_leave()
    second.release()


def test_a_wish_that_nobody_heard_is_not_meant_for_the_next(holder: Holder, tmp_path: Path) -> None:
    lock = FolderLock(str(tmp_path))
    lock.ask_to_leave()
    holder.kill()
    lock.acquire()
    assert not lock.asked_to_leave()
    lock.release()


def test_two_folders_do_not_mind_each_other(holder: Holder, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    lock = FolderLock(str(tmp_path / "other"))
    lock.acquire()
    lock.release()
    lock.release()  # once more than needed is fine
    lock.acquire()
    lock.release()
