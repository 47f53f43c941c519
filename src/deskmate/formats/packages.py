"""What a guide comes in: a file, a folder or an archive, read member by member and never unpacked.

Whoever sends an archive chooses its names and sizes. So there is a limit for each of them, a name that leads out of
it is refused, and nothing is written to disk.
"""

from __future__ import annotations

import os
import re
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

from deskmate.domain.files import size_text
from deskmate.errors import DeskmateError

MOST_MEMBERS = 500
MOST_BYTES = 25_000_000
"""Bytes one member may have."""
MOST_ALL = 200_000_000
"""Bytes all of them may have together."""
MOST_RATIO = 100
"""How many times smaller than it is a member may be packed."""


class NotTaken(DeskmateError):
    """A guide could not be read; the message says why. Nothing was changed."""

    def __init__(self, message: str, hint: str = "Nothing was changed.") -> None:
        super().__init__(message, hint)


@dataclass(frozen=True, slots=True)
class Package:
    """Files by name, with ``/`` between folders. ``read`` gives what is in one; ``name`` is how it came."""

    name: str
    names: tuple[str, ...]
    read: Callable[[str], bytes]
    _by_case: dict[str, str] = field(default_factory=dict)

    def find(self, source: str) -> str:
        """The member that a relative address names, in any case and with or without its folders; empty for none."""
        path = re.split("[?#]", source, maxsplit=1)[0]
        wanted = unquote(path).replace("\\", "/").lstrip("./").casefold()
        if not wanted:
            return ""
        if not self._by_case:
            for name in self.names:
                self._by_case[name.casefold()] = name
                self._by_case.setdefault(name.casefold().rpartition("/")[2], name)
        return self._by_case.get(wanted) or self._by_case.get(wanted.rpartition("/")[2], "")


def opened(path: str) -> Package:
    """The package at ``path``. Raises NotTaken for what is not there, too large or leads out of itself."""
    name = os.path.basename(os.path.abspath(path))
    try:
        if os.path.isdir(path):
            return _folder(path, name)
        if zipfile.is_zipfile(path) and not name.lower().endswith(".docx"):
            return _archive(path, name)
        size = os.stat(path).st_size
        _check_size(name, size, size)
    except OSError as error:
        raise NotTaken(f"{name} can not be read: {error.strerror or error}.") from error
    except zipfile.BadZipFile as error:
        raise NotTaken(f"{name} is damaged.") from error
    beside = _beside(path)
    return Package(name, (name, *beside), lambda member: _from_disk(os.path.join(os.path.dirname(path), member)))


def of_parts(name: str, parts: dict[str, bytes]) -> Package:
    """A package of what is in memory."""
    return Package(name, tuple(parts), parts.__getitem__)


def _folder(path: str, name: str) -> Package:
    names: list[str] = []
    total = 0
    for place, folders, files in os.walk(path):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for file in sorted(files):
            full = os.path.join(place, file)
            found = os.lstat(full)
            if not stat.S_ISREG(found.st_mode) or file.startswith("."):
                continue
            total += found.st_size
            names.append(os.path.relpath(full, path).replace(os.sep, "/"))
            _check_size(file, found.st_size, total)
            _check_count(name, len(names))
    return Package(name, tuple(names), lambda member: _from_disk(os.path.join(path, member)))


def _beside(path: str) -> tuple[str, ...]:
    """Pictures that lie beside a single page, in its folder or in one that belongs to it: ``page_files``."""
    place, name = os.path.split(os.path.abspath(path))
    stem = name.rpartition(".")[0]
    if not name.lower().endswith((".md", ".markdown", ".html", ".htm")):
        return ()
    found: list[str] = []
    for folder in ("", "images", f"{stem}_files", f"{stem}-files", f"{stem}.files", f"{stem}-Dateien"):
        try:
            with os.scandir(os.path.join(place, folder)) as entries:
                for _, entry in zip(range(MOST_MEMBERS), entries, strict=False):
                    if entry.is_file(follow_symlinks=False) and entry.name.lower().endswith(_PICTURES):
                        found.append(f"{folder}/{entry.name}".lstrip("/"))
        except OSError:
            continue
    return tuple(sorted(found)[:MOST_MEMBERS])


_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff")


def _archive(path: str, name: str) -> Package:
    total = 0
    members: dict[str, str] = {}
    with zipfile.ZipFile(path) as archive:
        for each in archive.infolist():
            if each.is_dir():
                continue
            member = each.filename.replace("\\", "/")
            if member.startswith("/") or ":" in member.split("/")[0] or ".." in member.split("/"):
                raise NotTaken(f"{name} has a file that leads out of it, so it was not opened.")
            if stat.S_ISLNK(each.external_attr >> 16):
                raise NotTaken(f"{name} has a link in it, so it was not opened.")
            if each.flag_bits & 1:
                raise NotTaken(f"{name} is locked with a password.", "Unpack it first.")
            total += each.file_size
            _check_size(member, each.file_size, total)
            if each.file_size > MOST_RATIO * max(each.compress_size, 1) + 100_000:
                raise NotTaken(f"{name} has a file that is packed too tightly to be what it says.")
            members[member] = each.filename
            _check_count(name, len(members))

    def read(member: str) -> bytes:
        try:
            with zipfile.ZipFile(path) as again, again.open(members[member]) as file:
                data = file.read(MOST_BYTES + 1)
        except (OSError, zipfile.BadZipFile, EOFError, RuntimeError, KeyError) as error:
            raise NotTaken(f"{member} in {name} is damaged.") from error
        except Exception as error:  # what a decompressor raises is its own
            raise NotTaken(f"{member} in {name} is damaged.") from error
        _check_size(member, len(data), len(data))
        return data

    return Package(name, tuple(sorted(members)), read)


def _from_disk(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotTaken(f"{os.path.basename(path)} can not be read: {error.strerror or error}.") from error
    _check_size(os.path.basename(path), len(data), len(data))
    return data


def _check_size(name: str, size: int, total: int) -> None:
    if size > MOST_BYTES:
        raise NotTaken(f"{name} has {size_text(size)}, and {size_text(MOST_BYTES)} is the most.")
    if total > MOST_ALL:
        raise NotTaken(f"That is more than {size_text(MOST_ALL)} together.")


def _check_count(name: str, count: int) -> None:
    if count > MOST_MEMBERS:
        raise NotTaken(f"{name} has more than {MOST_MEMBERS} files.", "Take the guide's own folder.")
