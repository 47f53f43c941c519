"""A file that is kept for a request, before and after it belongs to one."""

from __future__ import annotations

from deskmate.domain.text import NAME_LIMIT, clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

SEPARATOR = "\x1c"
"""What parts files from text in a draft. Text that was cleaned has none."""

PROGRAMS = frozenset(
    "exe com bat cmd msi msp scr pif cpl hta lnk reg inf vbs vbe js jse wsf wsh ps1 psm1 jar sh bash zsh csh fish"
    " command app desktop run bin appimage deb rpm apk py pyw pl rb php docm xlsm pptm dotm xltm".split()
)
"""Endings of files that do something by themselves when they are opened."""

PICTURES = frozenset("png jpg jpeg jpe jfif gif webp bmp tif tiff".split())
"""Endings of pictures that can be shown."""


class Kept:
    """A file that is in the store: the ``name`` it came with, ``size`` in bytes, ``digest`` (SHA-256, hex)."""

    __slots__ = ("digest", "name", "size")

    def __init__(self, name: str, size: int, digest: str) -> None:
        self.name = name
        self.size = size
        self.digest = digest

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept) and _parts(self) == _parts(other)

    def __hash__(self) -> int:
        return hash(_parts(self))


def _parts(kept: Kept) -> tuple[str, int, str]:
    return kept.name, kept.size, kept.digest


def file_name(path: str) -> str:
    """The name of a file as it may be kept and shown: cleaned, no longer than NAME_LIMIT, its ending kept."""
    name = clean(path.replace("\\", "/").rstrip("/").rpartition("/")[2])[0] or "file"
    if len(name) <= NAME_LIMIT:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 12:
        return name[:NAME_LIMIT]
    return stem[: NAME_LIMIT - len(ending) - 1] + dot + ending


def size_text(size: int) -> str:
    """A size as people say it: ``48 bytes``, ``212 kB``, ``1.4 MB``."""
    if size < 1_000:
        return f"{size} byte{'' if size == 1 else 's'}"
    for unit, name in ((1_000, "kB"), (1_000_000, "MB"), (1_000_000_000, "GB")):
        if size < 999.5 * unit:
            return f"{size / unit:.1f} {name}" if size < 9.95 * unit else f"{size / unit:.0f} {name}"
    return f"{size / 1_000_000_000_000:.1f} TB"


def named(files: Iterable[Kept]) -> str:
    """Files in one line of words: ``scan.pdf 212 kB, log.txt 3.1 kB``."""
    return ", ".join(f"{kept.name} {size_text(kept.size)}" for kept in files)


def is_program(name: str) -> bool:
    """Whether opening a file of this name may run it. Windows drops dots and spaces at the end of a name."""
    return name.rstrip(". ").rpartition(".")[2].lower() in PROGRAMS


def is_picture(name: str) -> bool:
    """Whether a file of this name is a picture that can be shown."""
    return name.rpartition(".")[2].lower() in PICTURES


def with_files(text: str, files: Iterable[Kept]) -> str:
    """Text and the files that belong to it as one draft."""
    return text + "".join(f"{SEPARATOR}{kept.digest} {kept.size} {kept.name}" for kept in files)


def parted(draft: str) -> tuple[str, tuple[Kept, ...]]:
    """A draft as the text and the files it was made of."""
    text, *records = draft.split(SEPARATOR)
    files = []
    for record in records:
        digest, _, rest = record.partition(" ")
        size, _, name = rest.partition(" ")
        if size.isdigit() and name:
            files.append(Kept(name, int(size), digest))
    return text, tuple(files)
