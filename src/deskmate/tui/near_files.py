"""Files on the technician's side: those a paste names, and those a half-typed path may mean."""

from __future__ import annotations

import os

from deskmate.domain.dropped import named_files, path_in

LOOKED_AT = 5_000
"""Entries of a folder that are looked at; nobody waits for more."""


def dropped(text: str) -> list[str]:
    """The files a paste names, when it names nothing else and all of them can be read; otherwise none."""
    return [os.path.expanduser(path) for path in named_files(text, _is_readable)]


def typed(text: str) -> list[str]:
    """What somebody means who types a path: one with spaces in it, or several with quotes; first what is there."""
    found = named_files(text, lambda path: os.path.exists(os.path.expanduser(path)), relative=True)
    return [os.path.abspath(os.path.expanduser(path)) for path in found or [path_in(text.strip())]]


def names_after(text: str, folders: dict[str, list[str]]) -> list[str]:
    """Names in the folder that a half-typed path ends in, which begin like its end; folders end in a slash.

    ``folders`` remembers what was found from one key to the next.
    """
    head, tail = os.path.split(text)
    if not head and not text.startswith(("~", ".")):
        head = "."
    place = os.path.abspath(os.path.expanduser(head))
    if place not in folders:
        folders[place] = _names_in(place)
    hidden = tail.startswith(".")
    return [
        name
        for name in folders[place]
        if name.casefold().startswith(tail.casefold()) and (hidden or not name.startswith("."))
    ]


def common_start(names: list[str]) -> str:
    """What all these begin with."""
    first, last = min(names), max(names)
    size = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[:size]


def _names_in(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            found = [
                entry.name + ("/" if entry.is_dir() else "")
                for _, entry in zip(range(LOOKED_AT), entries, strict=False)
                if entry.name.isprintable()
            ]
    except OSError:
        return []
    return sorted(found, key=str.casefold)


def _is_readable(path: str) -> bool:
    path = os.path.expanduser(path)
    try:
        return os.path.isfile(path) and os.access(path, os.R_OK)
    except ValueError:  # nothing a system takes for a path
        return False
