"""What was made of kept files and can be made again, below ``cache/``: each under the digest of its file and a key.

Nothing depends on it. What is damaged is not there, and what can not be written is made anew the next time.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress

LIMIT = 200_000_000
"""Bytes all of it may have; what was not used for the longest time goes first."""
_SUM = 32
"""Bytes of the SHA-256 at the beginning of each, of all that follows."""


def get(folder: str, digest: str, key: str) -> bytes | None:
    """What was put there; None when it is not there any more, or not as it was."""
    path = _path(folder, digest, key)
    try:
        with open(path, "rb") as file:
            found = file.read()
        os.utime(path)
    except OSError:
        return None
    data = found[_SUM:]
    return data if hashlib.sha256(data).digest() == found[:_SUM] else None


def put(folder: str, digest: str, key: str, data: bytes) -> None:
    """Keep what was made of the file with this digest, all of it or nothing."""
    path = _path(folder, digest, key)
    place = os.path.dirname(path)
    building = os.path.join(place, f"{os.urandom(8).hex()}.part")
    with suppress(OSError):
        os.makedirs(place, mode=0o700, exist_ok=True)
        try:
            handle = os.open(building, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with open(handle, "wb") as file:
                file.write(hashlib.sha256(data).digest() + data)
            os.replace(building, path)
        except OSError:
            os.unlink(building)
            raise
        _make_room(place)


def forget(folder: str, digest: str) -> None:
    """Remove all that was made of the file with this digest."""
    place = os.path.join(folder, "cache")
    with suppress(FileNotFoundError), os.scandir(place) as entries:
        for entry in entries:
            if entry.name.startswith(digest) or entry.name.endswith(".part"):
                os.unlink(entry.path)


def _path(folder: str, digest: str, key: str) -> str:
    return os.path.join(folder, "cache", f"{digest}-{hashlib.sha256(key.encode()).hexdigest()[:32]}")


def _make_room(place: str) -> None:
    """Down to three quarters once it is too much, so that not every new one has to make room."""
    with os.scandir(place) as entries:
        found = sorted((entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in entries)
    left = sum(size for _at, size, _path in found)
    if left <= LIMIT:
        return
    for _at, size, path in found:
        if left <= LIMIT * 3 // 4:
            return
        os.unlink(path)
        left -= size
