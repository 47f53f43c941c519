"""A backup: a consistent copy, checked after it was written, and only then given its final name."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3

from deskmate.domain import instant
from deskmate.errors import DeskmateError
from deskmate.paths import database
from deskmate.store import files
from deskmate.store.connection import check_file, uri
from deskmate.store.filesystem import sync_folder

MIN_FREE = 200_000_000
"""Bytes that must stay free; a backup that fills the disk would stop the work it protects."""


def backup(folder: str, target: str | None = None, *, reason: str = "asked") -> str:
    """Copy the database of ``folder`` and its files into a new folder below ``target``; returns that folder's path.

    ``target`` is ``backups`` in the data folder unless named. Works while others write. Raises
    DeskmateError when the copy can not be made or does not pass its check; no half copy keeps a name.
    Files that are gone or damaged in ``folder`` itself are named in the manifest, see ``missing``.
    """
    source = database(folder)
    version = check_file(source)
    if version == 0:
        raise DeskmateError(f"There is nothing to back up: {source} does not exist.", "Capture something first.")
    parent = target or os.path.join(folder, "backups")
    try:
        os.makedirs(parent, mode=0o700, exist_ok=True)
        needed = os.path.getsize(source) + _size_of_files(source) + MIN_FREE
        if shutil.disk_usage(parent).free < needed:
            raise DeskmateError(
                f"No backup was made: {parent} has less than {needed // 1_000_000:,} MB free.",
                "Free some space or name another folder: deskmate backup DIR.",
            )
        now = instant.now()
        name = f"{now[:19].replace(':', '').replace('-', '')}Z-v{version}"
        final = _unused(os.path.join(parent, name))
        building = f"{final}.{os.getpid()}.part"
        os.mkdir(building, 0o700)
        try:
            copy = os.path.join(building, "deskmate.db")
            _copy(source, copy)
            counts = check(copy)
            whole, lost = _copy_files(folder, building)
            manifest = {
                "made_at": now,
                "reason": reason,
                "schema": version,
                "sha256": _sha256(copy),
                "bytes": os.path.getsize(copy),
                "rows": counts,
                "files": whole,
                "missing": lost,
            }
            manifest_path = os.path.join(building, "manifest.json")
            with open(manifest_path, "w", encoding="utf-8") as file:
                os.chmod(manifest_path, 0o600)
                json.dump(manifest, file, indent=2)
                file.flush()
                os.fsync(file.fileno())
            sync_folder(building)
            os.rename(building, final)
            sync_folder(parent)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    except (OSError, sqlite3.Error) as error:
        raise DeskmateError(
            f"No backup was made: {getattr(error, 'strerror', None) or error}.", "The data itself was not touched."
        ) from error
    return final


def missing(made: str) -> list[str]:
    """The names of the files that the backup ``made`` could not take: they were gone or damaged by then."""
    with open(os.path.join(made, "manifest.json"), encoding="utf-8") as file:
        return list(json.load(file)["missing"].values())


def check(path: str) -> dict[str, int]:
    """Prove a copy sound and count what is in it. Raises DeskmateError naming the first fault."""
    conn = sqlite3.connect(uri(path, "ro"), uri=True)
    try:
        for pragma in ("integrity_check", "foreign_key_check"):
            answer = conn.execute(f"PRAGMA {pragma}").fetchall()
            if answer not in ([], [("ok",)]):
                raise DeskmateError(f"The copy failed its {pragma}: {answer[0]}.", "Run deskmate doctor.")
        tables = conn.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            " AND name NOT LIKE 'request_fts%' ORDER BY name"
        ).fetchall()
        return {name: int(conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for (name,) in tables}
    finally:
        conn.close()


def _copy(source: str, target: str) -> None:
    conn = sqlite3.connect(source, isolation_level=None)
    try:
        conn.execute("VACUUM INTO ?", (target,))
    finally:
        conn.close()
    os.chmod(target, 0o600)
    with open(target, "rb+") as file:
        os.fsync(file.fileno())


_NAMING = ("attachment", "evidence")
"""The tables that name files. Also what was undone is copied: it can be redone."""


def _files(conn: sqlite3.Connection) -> list[tuple[str, int, str]]:
    """Digest, size and name of each file; a folder from before has not all of the tables."""
    there = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    named = " UNION ALL ".join(f"SELECT digest, size, name FROM {table}" for table in _NAMING if table in there)
    return conn.execute(f"SELECT digest, max(size), min(name) FROM ({named}) GROUP BY digest ORDER BY 1").fetchall()


def _size_of_files(path: str) -> int:
    conn = sqlite3.connect(uri(path, "ro"), uri=True)
    try:
        return sum(size for _digest, size, _name in _files(conn))
    finally:
        conn.close()


def _copy_files(folder: str, building: str) -> tuple[dict[str, int], dict[str, str]]:
    """Copy the files that the copied database names and read each copy back.

    Gives the size by digest of those that are whole, and the name by digest of those that are not.
    """
    conn = sqlite3.connect(uri(os.path.join(building, "deskmate.db"), "ro"), uri=True)
    try:
        wanted = _files(conn)
    finally:
        conn.close()
    whole: dict[str, int] = {}
    lost: dict[str, str] = {}
    shelves = set()
    for digest, size, name in wanted:
        source, copy = files.path_of(folder, digest), files.path_of(building, digest)
        if not os.path.isfile(source):
            lost[digest] = name
            continue
        os.makedirs(os.path.dirname(copy), mode=0o700, exist_ok=True)
        with open(source, "rb") as original, open(copy, "xb") as file:
            os.chmod(copy, 0o600)
            shutil.copyfileobj(original, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
        if _sha256(copy) == digest:
            whole[digest] = size
            shelves.add(os.path.dirname(copy))
        else:
            os.unlink(copy)
            lost[digest] = name
    for shelf in shelves:
        sync_folder(shelf)
    return whole, lost


def _sha256(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unused(path: str) -> str:
    candidate, count = path, 1
    while os.path.exists(candidate):
        count += 1
        candidate = f"{path}-{count}"
    return candidate
