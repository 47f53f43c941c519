"""Opening a file with whatever program this system has for it."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile

from deskmate.domain.files import file_name
from deskmate.errors import DeskmateError

PATIENCE = 3.0
"""Seconds in which a program that can not open it says so."""

_copies: list[str] = []


def open_copy(name: str, content: bytes) -> None:
    """Open a read-only copy of a file with the program this system has for its kind.

    The copy has a name no program stumbles over, and goes when the app does. Raises DeskmateError with the place of
    the copy when nothing could open it.
    """
    path = _copy(name, content)
    if sys.platform == "win32":
        os.startfile(path)
        return
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    seat = sys.platform == "darwin" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    where = f"A copy is in {path} until you quit."
    if not seat:
        raise DeskmateError("There is no desktop here to open it on.", where)
    if shutil.which(opener) is None:
        raise DeskmateError(f"{opener} is not installed, so nothing can open it.", where)
    try:
        running = subprocess.Popen(
            [opener, path],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        code = running.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return  # the program itself, still open
    except OSError as error:
        raise DeskmateError(f"{opener} could not be started: {error.strerror}.", where) from error
    if code:
        raise DeskmateError(f"No program of this system opens {name}.", where)


def safe_name(name: str) -> str:
    """A file name that is no option, hides nothing and means the same to every program."""
    plain = "".join(char if char.isalnum() or char in "._-+@ " else "_" for char in file_name(name))
    return plain.strip(". -") or "file"


def _copy(name: str, content: bytes) -> str:
    folder = tempfile.mkdtemp(prefix="deskmate-")  # for this user alone
    if not _copies:
        atexit.register(_clear)
    _copies.append(folder)
    path = os.path.join(folder, safe_name(name))
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with open(handle, "wb") as file:
        file.write(content)
    return path


def _clear() -> None:
    for folder in _copies:
        shutil.rmtree(folder, ignore_errors=True)
