"""The technician's own editor for long texts. Whatever it does, a text comes back."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

from deskmate.domain.text import clean

USUAL = ("sensible-editor", "nano", "vi")
"""Tried in this order where nobody says which."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The text to go on with, and what is to be said when it is the old one."""

    text: str
    said: str = ""


def chosen(settings: Sequence[str]) -> list[str]:
    """The editor as an argument list: of the settings, else VISUAL, else EDITOR, else a usual one; empty if none."""
    if settings:
        return list(settings)
    for variable in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(os.environ.get(variable, ""))
        except ValueError:  # an open quote: somebody's editor all the same
            words = os.environ[variable].split()
        if words:
            return words
    return [found for found in USUAL if shutil.which(found)][:1]


def edit(text: str, editor: Sequence[str], folder: str) -> Edited:
    """Run the editor on a file of our own, 0600 in ``folder``, until it ends; the terminal has to be free for it.

    An editor that is missing, fails, or leaves nothing changes nothing. What it had written by then stays in the
    file, which is named.
    """
    if not editor:
        return Edited(text, "no editor is set: EDITOR in the environment, or editor in the settings")
    try:
        handle, path = tempfile.mkstemp(prefix="text-", suffix=".txt", dir=folder)
    except OSError as error:
        return Edited(text, f"the editor can not be opened: {error.strerror}")
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write(text)
    name = clean(os.path.basename(editor[0]))[0]
    try:
        code = subprocess.run([*editor, path], check=False).returncode
    except (OSError, ValueError) as error:
        _forget(path)
        missing = isinstance(error, FileNotFoundError)
        return Edited(text, f"{name} {'was not found' if missing else 'can not be run'}; your text is as it was")
    found = _read(path)
    if code and found not in (None, "", text):
        return Edited(text, f"{name} ended with {code}; your text is as it was, its own is in {path}")
    _forget(path)
    if code:
        return Edited(text, f"{name} ended with {code}; your text is as it was")
    if not (found or "").strip() and text.strip():
        return Edited(text, f"{name} left {'no file' if found is None else 'it empty'}; your text is as it was")
    return Edited(found or "")


def _read(path: str) -> str | None:
    """What is in the file, without the line end that editors put last; None when it is gone."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return clean(file.read(), multiline=True)[0].removesuffix("\n")
    except OSError:
        return None


def _forget(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass  # it is gone already
