"""The files that belong to requests, below the data folder by what is in them: ``files/ab/<sha256>``.

A file is on disk under its final name before any row names it. The same content is there once. Nothing here
deletes one: what was undone may be redone. ``sweep`` removes those that nothing names any more.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat

from deskmate.domain.files import Kept, file_name, size_text
from deskmate.errors import DeskmateError
from deskmate.store.filesystem import sync_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LIMIT = 200_000_000
"""Bytes one file may have."""

_CHUNK = 1 << 20
_LEFT_OVER = 24 * 60 * 60
"""Seconds after which an unfinished copy is one that a kill has left behind."""
_KINDS = (
    (stat.S_ISDIR, "is a folder"),
    (stat.S_ISFIFO, "is a pipe"),
    (stat.S_ISSOCK, "is a socket"),
    (lambda mode: stat.S_ISCHR(mode) or stat.S_ISBLK(mode), "is a device"),
)
_REASONS = {
    errno.ENOENT: ("it is not there (any more)", "Check its name."),
    errno.ENOTDIR: ("it is not there (any more)", "Check its name."),
    errno.EACCES: ("it may not be read", "Check who owns it."),
    errno.EPERM: ("it may not be read", "Check who owns it."),
    errno.ELOOP: ("its link leads in a circle", "Name the file itself."),
    errno.ENAMETOOLONG: ("its name is too long", "Check its name."),
    errno.ENOSPC: ("the disk is full", "Free some space and try again."),
    errno.EDQUOT: ("the disk is full", "Free some space and try again."),
    errno.EFBIG: ("the disk is full", "Free some space and try again."),
    errno.EROFS: ("the data folder is read-only", "Check who owns the folder."),
}


class NotKept(DeskmateError):
    """A file could not be taken; nothing was changed."""


def path_of(folder: str, digest: str) -> str:
    """Where the file with this digest lies in the data folder ``folder``."""
    return os.path.join(folder, "files", digest[:2], digest)


def keep(folder: str, path: str) -> Kept:
    """Copy the file at ``path`` into ``folder``; it is on disk when this returns.

    Raises NotKept with the reason: what is no ordinary file, empty, too large or changes meanwhile.
    """
    name = file_name(path)
    try:
        # Looked at before it is opened: opening a pipe waits, and opening a device may do something.
        _check_kind(name, os.stat(path))
        with open(path, "rb", buffering=0, opener=_without_waiting) as source:
            found = os.fstat(source.fileno())
            _check_kind(name, found)
            return _store(folder, name, _pieces(source.fileno(), name, found.st_size))
    except (OSError, ValueError) as error:  # a NUL in the path is a ValueError
        raise _not_kept(name, error) from error


def keep_text(folder: str, name: str, text: str) -> Kept:
    """The same for text that is too much for a line. Raises NotKept."""
    return keep_data(folder, name, text.encode("utf-8", "replace"))


def keep_data(folder: str, name: str, data: bytes) -> Kept:
    """The same for what is in memory. Raises NotKept."""
    try:
        if len(data) > LIMIT:
            raise _too_large(name, len(data))
        return _store(folder, name, [data])
    except OSError as error:
        raise _not_kept(name, error) from error


def check(folder: str, kept: Kept) -> None:
    """Raise NotKept unless the file is there as it was: no row may name what is not."""
    try:
        size = os.stat(path_of(folder, kept.digest)).st_size
    except OSError:
        size = -1
    if size != kept.size:
        raise NotKept(f"{kept.name} is not among the kept files any more.", "Attach it again.")


def content(folder: str, kept: Kept) -> bytes:
    """What is in a kept file. Raises NotKept when it vanished or is not what it was."""
    check(folder, kept)
    try:
        with open(path_of(folder, kept.digest), "rb") as file:
            data = file.read()
    except OSError as error:
        raise _not_kept(kept.name, error) from error
    if hashlib.sha256(data).hexdigest() != kept.digest:
        raise NotKept(f"{kept.name} is damaged on disk.", "A backup may still have it.")
    return data


def _store(folder: str, name: str, pieces: Iterable[bytes]) -> Kept:
    place = os.path.join(folder, "files")
    os.makedirs(place, mode=0o700, exist_ok=True)
    _clear_left_overs(place)
    building = os.path.join(place, f"{os.urandom(8).hex()}.part")
    try:
        digest, size = hashlib.sha256(), 0
        handle = os.open(building, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with open(handle, "wb", buffering=0) as file:
            for piece in pieces:
                view = memoryview(piece)
                while view:
                    view = view[file.write(view) or 0 :]
                digest.update(piece)
                size += len(piece)
            os.fsync(file.fileno())
        if not size:
            raise NotKept(f"{name} was not attached: it is empty.", "There is nothing in it.")
        kept = Kept(name, size, digest.hexdigest())
        final = path_of(folder, kept.digest)
        if _size(final) != size:  # also when a damaged one is there
            shelf = os.path.dirname(final)
            os.makedirs(shelf, mode=0o700, exist_ok=True)
            os.replace(building, final)
            sync_folder(shelf)
            sync_folder(place)
        else:
            os.utime(final)  # it is young again: whoever sweeps leaves it to us
        return kept
    finally:
        if os.path.exists(building):
            os.unlink(building)


def _pieces(handle: int, name: str, size: int) -> Iterator[bytes]:
    """What the file held when it was opened; a log that grows on does no harm."""
    left = size
    while left:
        piece = os.read(handle, min(_CHUNK, left))
        if not piece:
            raise NotKept(f"{name} was not attached: it became shorter while it was read.", "Try again.")
        left -= len(piece)
        yield piece


def _check_kind(name: str, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        what = next((words for is_one, words in _KINDS if is_one(found.st_mode)), "is no ordinary file")
        hint = "Attach the files in it, or pack it first." if stat.S_ISDIR(found.st_mode) else "Only files can be."
        raise NotKept(f"{name} was not attached: it {what}.", hint)
    if found.st_size == 0:
        raise NotKept(f"{name} was not attached: it is empty.", "There is nothing in it.")
    if found.st_size > LIMIT:
        raise _too_large(name, found.st_size)


def _too_large(name: str, size: int) -> NotKept:
    return NotKept(
        f"{name} was not attached: it has {size_text(size)}, and {size_text(LIMIT)} is the most.",
        "Note where it lies instead.",
    )


def _not_kept(name: str, error: OSError | ValueError) -> NotKept:
    number = error.errno if isinstance(error, OSError) else errno.ENOENT
    strerror = getattr(error, "strerror", None) or type(error).__name__
    reason, hint = _REASONS.get(number or 0, (strerror, "Try again."))
    return NotKept(f"{name} was not attached: {reason}.", hint)


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return -1


def _clear_left_overs(place: str) -> None:
    import time

    with os.scandir(place) as entries:
        for entry in entries:
            if entry.name.endswith(".part") and time.time() - entry.stat().st_mtime > _LEFT_OVER:
                os.unlink(entry.path)
