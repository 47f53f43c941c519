"""A picture out of the clipboard, or the files whose names are in it.

Programs of the system are asked, with a limit for time and size and for a short list of types. Pillow asks the same
ones without any of these; only on Windows, where there is no program to ask, it does.
"""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass

from deskmate.domain.dropped import named_files
from deskmate.domain.grab import (
    CLIPBOARD_SECONDS,
    MOST_BYTES,
    NO_PICTURE,
    Came,
    Cancelled,
    Failed,
    Got,
    Missing,
    Session,
)
from deskmate.services import programs, windows_pictures
from deskmate.services.grab import NO_DESKTOP, here
from deskmate.services.programs import Leash

PICTURES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/tiff": "tiff",
}
"""The types of pictures that are taken, the best first, and their endings."""
NAMES = ("text/uri-list", "x-special/gnome-copied-files", "text/plain;charset=utf-8", "UTF8_STRING", "text/plain")
"""Types of text that may name files."""
NAMES_BYTES = 100_000
EMPTY = Failed("The clipboard is empty.")

_TYPE = "{type}"


@dataclass(frozen=True, slots=True)
class _Reader:
    """A program that reads the clipboard: how it names what is there, and how it gives one type of it."""

    types: tuple[str, ...]
    content: tuple[str, ...]


_WAYLAND = _Reader(("wl-paste", "--list-types"), ("wl-paste", "--no-newline", "--type", _TYPE))
_X11 = _Reader(
    ("xclip", "-selection", "clipboard", "-target", "TARGETS", "-out"),
    ("xclip", "-selection", "clipboard", "-target", _TYPE, "-out"),
)
_NOTHING_THERE = ("not available", "nothing is copied", "no selection", "no suitable type")

_APPLE = (
    "on run argv",
    "set there to open for access POSIX file (item 1 of argv) with write permission",
    "write (the clipboard as «class PNGf») to there",
    "close access there",
    "end run",
)
_APPLE_NAMES = ("POSIX path of (the clipboard as «class furl»)",)


def picture(place: str, leash: Leash) -> Came:
    """What the clipboard holds: a picture as a file in the folder ``place``, or files that are named in it."""
    desktop = here()
    until = time.monotonic() + CLIPBOARD_SECONDS
    if desktop is Session.WINDOWS:
        return windows_pictures.clipboard(place)
    if desktop is Session.MACOS:
        return _of_macos(place, until, leash)
    if desktop is Session.NONE:
        return NO_DESKTOP
    readers = [_WAYLAND, _X11] if desktop is Session.WAYLAND else [_X11]
    reader = next((each for each in readers if shutil.which(each.types[0])), None)
    if reader is None:
        what = "wl-paste, which comes with wl-clipboard, is" if desktop is Session.WAYLAND else "xclip is"
        return Missing(f"{what} not installed, and nothing else reads the clipboard here.")
    return _read(reader, place, until, leash)


def _read(reader: _Reader, place: str, until: float, leash: Leash) -> Came:
    found = _asked(reader.types, os.path.join(place, "types"), NAMES_BYTES, until, leash)
    if not isinstance(found, str):
        return found
    types = _text(found).split()
    wanted = next((each for each in (*PICTURES, *NAMES) if each in types), None)
    if wanted is None:
        return NO_PICTURE if types else EMPTY
    path = os.path.join(place, f"clipboard.{PICTURES.get(wanted, 'txt')}")
    most = MOST_BYTES if wanted in PICTURES else NAMES_BYTES
    got = _asked(tuple(wanted if word == _TYPE else word for word in reader.content), path, most, until, leash)
    if not isinstance(got, str):
        return got
    return Got((path,)) if wanted in PICTURES else _named(_text(path))


def _asked(words: tuple[str, ...], path: str, most: int, until: float, leash: Leash) -> str | Came:
    """The path of the file that now holds what a program said."""
    try:
        seconds = max(0.1, until - time.monotonic())
        code, last_words = programs.written(words, path, seconds, most, leash)
    except programs.Pulled:
        return Cancelled()
    except programs.NotRun as error:
        return Failed(error.message)
    if code and not any(word in last_words.casefold() for word in _NOTHING_THERE):
        return Failed(f"{programs.name(words)} could not read the clipboard: {last_words.rstrip('.') or code}.")
    return path if not code and os.path.getsize(path) else EMPTY


def _named(text: str) -> Came:
    """The files a text names."""
    paths = named_files(text, lambda path: os.path.isfile(os.path.expanduser(path)))
    return Got(tuple(map(os.path.expanduser, paths))) if paths else NO_PICTURE


def _text(path: str) -> str:
    with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:
        return file.read(NAMES_BYTES)


def _of_macos(place: str, until: float, leash: Leash) -> Came:
    path = os.path.join(place, "clipboard.png")
    script = [word for line in _APPLE for word in ("-e", line)]
    words = ["pngpaste", path] if shutil.which("pngpaste") else ["osascript", *script, path]
    try:
        programs.written(words, path, max(0.1, until - time.monotonic()), MOST_BYTES, leash)
        if os.path.exists(path) and os.path.getsize(path):
            return Got((path,))
        names = os.path.join(place, "names")
        script = [word for line in _APPLE_NAMES for word in ("-e", line)]
        left = max(0.1, until - time.monotonic())
        programs.written(["osascript", *script], names, left, NAMES_BYTES, leash)
    except programs.Pulled:
        return Cancelled()
    except programs.NotRun as error:
        return Failed(error.message)
    return _named(_text(names))
