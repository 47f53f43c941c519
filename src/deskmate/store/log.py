"""The log of a data folder: lines about faults and programs, never a word of what was typed."""

from __future__ import annotations

import os

from deskmate.domain import instant

NAME = "deskmate.log"


def append(folder: str, line: str) -> None:
    """Add a line with the time. A log that can not be written to keeps nobody from anything."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(os.path.join(folder, NAME), flags, 0o600)
        with open(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{instant.now()} {line}\n")
    except OSError:
        pass
