"""Simulated power cuts: an SQLite that writes down every write and sync, and disks as they may be found after.

What was synced is there. Of what was not, any part may be, torn at 512 bytes. The order of what changes
folders (making, deleting) is taken as kept. After the method of SQLite's own crash tests
(sqlite.org/testing.html, 3.2).
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import apsw

SECTOR = 512


@dataclass
class Step:
    """One thing that was done to a file: write, cut, sync or delete."""

    kind: str
    path: str
    at: int = 0
    data: bytes = b""


class _File(apsw.VFSFile):
    def __init__(self, steps: list[Step], name: Any, flags: list[int]) -> None:
        self.steps = steps
        self.path = name.filename() if hasattr(name, "filename") else str(name)
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self.steps.append(Step("write", self.path, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self.steps.append(Step("cut", self.path, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self.steps.append(Step("sync", self.path))
        super().xSync(flags)


class Recorder(apsw.VFS):
    """A file layer that remembers all it is asked to do."""

    def __init__(self, name: str) -> None:
        self.steps: list[Step] = []
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> _File:
        return _File(self.steps, name, flags)

    def xDelete(self, name: str, sync_folder: bool) -> None:
        self.steps.append(Step("delete", name))
        super().xDelete(name, sync_folder)


class Cursor:
    """As much of sqlite3.Cursor as the store asks for."""

    def __init__(self, found: Any, lastrowid: int) -> None:
        self._found = found
        self.lastrowid = lastrowid

    def fetchone(self) -> Any:
        return self._found.fetchone()

    def fetchall(self) -> Any:
        return self._found.fetchall()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._found)


class Connection:
    """An apsw connection that the store's own functions take for one of sqlite3."""

    def __init__(self, path: str, layer: str) -> None:
        self._conn = apsw.Connection(path, vfs=layer, flags=apsw.SQLITE_OPEN_READWRITE)

    @property
    def in_transaction(self) -> bool:
        return bool(self._conn.in_transaction)

    def execute(self, sql: str, bound: Any = ()) -> Cursor:
        found = self._conn.execute(sql, bound)
        return Cursor(found, self._conn.last_insert_rowid())

    def executemany(self, sql: str, bound: Any) -> Cursor:
        found = self._conn.executemany(sql, bound)
        return Cursor(found, self._conn.last_insert_rowid())

    def close(self) -> None:
        self._conn.close()


def disk_after(before: dict[str, bytes], steps: list[Step], chance: random.Random) -> dict[str, bytes]:
    """The files as they may be found when the power went after ``steps``."""
    files = {path: bytearray(data) for path, data in before.items()}
    synced = {step.path: place for place, step in enumerate(steps) if step.kind == "sync"}
    mood = chance.choice(["nothing", "some", "some", "everything"])
    for place, step in enumerate(steps):
        if step.kind == "sync":
            continue
        if step.kind == "delete":
            files.pop(step.path, None)
        elif place < synced.get(step.path, -1) or mood == "everything":
            _apply(files, step)
        elif mood == "some":
            for part in _survivors(step, chance):
                _apply(files, part)
    return {path: bytes(data) for path, data in files.items()}


def _survivors(step: Step, chance: random.Random) -> list[Step]:
    fate = chance.random()
    if fate < 0.4:
        return []
    if step.kind != "write" or fate > 0.7 or len(step.data) < 2 * SECTOR:
        return [step]
    return [
        Step("write", step.path, step.at + begin, step.data[begin : begin + SECTOR])
        for begin in range(0, len(step.data), SECTOR)
        if chance.random() < 0.5
    ]


def _apply(files: dict[str, bytearray], step: Step) -> None:
    data = files.setdefault(step.path, bytearray())
    end = step.at + len(step.data)
    if len(data) < end or step.kind == "cut":
        data.extend(bytes(max(0, end - len(data))))
    if step.kind == "cut":
        del data[step.at :]
    else:
        data[step.at : end] = step.data


def lay_down(files: dict[str, bytes], source: str, target: str) -> None:
    """Write the files of a disk beside each other under another name; shared memory never outlives power."""
    for suffix in ("", "-wal", "-journal", "-shm"):
        if os.path.exists(target + suffix):
            os.unlink(target + suffix)
    for path, data in files.items():
        if not path.endswith("-shm"):
            with open(path.replace(source, target), "wb") as file:
                file.write(data)
