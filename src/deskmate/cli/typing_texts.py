"""Texts that are typed for a word of the shell: read from a file, or changed in the technician's editor."""

from __future__ import annotations

import os

from deskmate.cli.output import narrate
from deskmate.cli.words import from_stdin
from deskmate.errors import DONE, REFUSED, DeskmateError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from deskmate.formats.annotating import Problem

    T = TypeVar("T")

STDIO = "-"


def text_of(name: str) -> str:
    """What is in a file, or comes in on standard input for ``-``. Raises DeskmateError for what can not be read."""
    if name == STDIO:
        data = from_stdin()
    else:
        try:
            with open(name, "rb") as file:
                data = file.read()
        except OSError as error:
            raise DeskmateError(f"{name} can not be read: {error.strerror}.", "Nothing was changed.") from None
    return data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")


def complain(name: str, problems: Sequence[Problem]) -> int:
    """Tell of every line that was not understood; how many there are."""
    for problem in problems:
        narrate(f"{name}, {problem}")
    return len(problems)


def edit(
    text: str, kind: str, folder: str, read: Callable[[str], tuple[T, Sequence[Problem]]], save: Callable[[T], None]
) -> int:
    """Have a text changed in the technician's editor, which opens again until each line is understood, and save it.

    Nothing typed is lost: what is refused, and what is left as it is with lines that are not understood, stays in a
    file of ``folder`` that is named, and begins with ``kind``.
    """
    from deskmate import config, paths
    from deskmate.formats import annotating, editor

    chosen = editor.chosen(config.load(paths.config_file()).editor)
    before = text
    while True:
        edited = editor.edit(text, chosen, folder)
        typed = annotating.unannotated(edited.text)
        try:
            if edited.said:
                raise DeskmateError(f"{edited.said[0].upper()}{edited.said[1:]}.", "Nothing was changed.")
            found, problems = read(typed)
            if not problems and found == read(before)[0]:
                narrate("Nothing was changed.")
                return DONE
            if not problems:
                save(found)
                return DONE
        except BaseException:  # ctrl+c, too, must not cost what was typed
            _keep(typed, before, kind, folder)
            raise
        again = annotating.annotated(typed, problems)
        if again == text:  # it was left as it is: whoever does that wants out
            complain("your text", problems)
            _keep(typed, before, kind, folder)
            return REFUSED
        text = again


def _keep(text: str, before: str, kind: str, folder: str) -> None:
    if text.strip() == before.strip():
        return
    import tempfile

    handle, path = tempfile.mkstemp(prefix=f"{kind}-", suffix=".md", dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
        file.write(text)
    narrate(f"Your text is in {path}.")
