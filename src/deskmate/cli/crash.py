"""The last net: a fault of ours is told in one line, and logged without a word of what was typed."""

from __future__ import annotations

import os

from deskmate import __version__
from deskmate.domain import instant

LOG_LIMIT = 1_000_000
"""Bytes after which the log is put aside once and begun anew."""


def report(error: BaseException, folder: str) -> tuple[str, str]:
    """Log the kind of ``error`` and where it arose; returns what to tell, and what to do about it.

    Neither its message nor any variable is kept: both may hold what people wrote.
    """
    name = type(error).__name__
    if type(error).__module__.partition(".")[0] == "sqlite3":
        code = getattr(error, "sqlite_errorname", name)
        said = f"the database could not be read or written ({code})"
        hint = "It was left as it is. deskmate backup says whether a sound copy can be made."
    else:
        said = f"something went wrong ({name}). Nothing typed was lost"
        hint = ""
    path = _log(error, folder)
    return f"{said}. The log is {path}" if path else f"{said}.", hint


def _log(error: BaseException, folder: str) -> str | None:
    """Append to the log of the data folder and return its path; None when that can not be written to."""
    path = os.path.join(folder, "deskmate.log")
    try:
        if os.path.exists(path) and os.path.getsize(path) > LOG_LIMIT:
            os.replace(path, f"{path}.1")
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        with open(os.open(path, flags, 0o600), "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write("\n".join([f"{instant.now()} deskmate {__version__}", *_frames(error), "", ""]))
    except OSError:
        return None
    return path


def _frames(error: BaseException) -> list[str]:
    """Type and frames of an error and of what led to it, the first cause first."""
    lines: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        part = [f"{type(link).__module__}.{type(link).__qualname__}"]
        trace = link.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            part.append(f"  {code.co_filename}:{trace.tb_lineno} {code.co_qualname}")
            trace = trace.tb_next
        lines[:0] = part
        link = link.__cause__ or link.__context__
    return lines
