"""One app for each data folder: a lock held while it runs, and a note of who holds it.

The kernel lets the lock go however the process ends, so a crash never leaves one behind. A second
app can ask the first to make room by leaving a file; the first looks for it while it runs.
"""

from __future__ import annotations

import json
import os

from filelock import FileLock, Timeout

from deskmate.domain import instant, local
from deskmate.domain.due import moment_text
from deskmate.errors import DeskmateError


class AlreadyOpen(DeskmateError):
    """Another app has this folder open; ``holder`` says since when and where."""

    def __init__(self, holder: dict[str, str]) -> None:
        where = holder.get("where", "another terminal")
        super().__init__(f"deskmate is already open in {where}{_since(holder.get('since', ''))}.")
        self.holder = holder


class FolderLock:
    """The lock of one data folder. ``acquire`` it, ``asked_to_leave`` from time to time, ``release`` it."""

    def __init__(self, folder: str) -> None:
        self._lock = FileLock(os.path.join(folder, "lock"), thread_local=False)
        self._note = os.path.join(folder, "lock.json")
        self._ask = os.path.join(folder, "lock.leave")

    def acquire(self, timeout: float = 0) -> None:
        """Take the lock within ``timeout`` seconds. Raises AlreadyOpen."""
        try:
            self._lock.acquire(timeout=timeout)
        except Timeout:
            raise AlreadyOpen(self._holder()) from None
        self._forget_request()
        temporary = f"{self._note}.{os.getpid()}"
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump({"since": instant.now(), "where": _where(), "pid": str(os.getpid())}, file)
        os.replace(temporary, self._note)

    def ask_to_leave(self) -> None:
        """Ask whoever holds the lock to save everything and quit."""
        with open(self._ask, "w", encoding="utf-8") as file:
            file.write(instant.now())

    def asked_to_leave(self) -> bool:
        """Whether somebody asked. Cheap enough for every quarter of a second."""
        return os.path.exists(self._ask)

    def release(self) -> None:
        """Let go, last of all."""
        if self._lock.is_locked:
            self._forget_request()
            self._lock.release()

    def _forget_request(self) -> None:
        if os.path.exists(self._ask):
            os.unlink(self._ask)

    def _holder(self) -> dict[str, str]:
        try:
            with open(self._note, encoding="utf-8") as file:
                found = json.load(file)
        except (OSError, ValueError):
            return {}
        return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _since(at: str) -> str:
    try:
        now = local.now()
        return f" since {moment_text(instant.from_text(at).astimezone(now.tzinfo), now)}"
    except ValueError:
        return ""


def _where() -> str:
    try:
        return os.ttyname(2)
    except OSError:
        return f"process {os.getpid()}"
