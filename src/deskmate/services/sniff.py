"""Reading a picture for what must not be seen, with tesseract where that is installed. Nothing leaves the machine."""

from __future__ import annotations

import os
import shutil
import tempfile

from deskmate.domain.files import Kept
from deskmate.domain.telltale import Sighting, Word, sightings
from deskmate.errors import DeskmateError
from deskmate.formats import pictures
from deskmate.services import programs
from deskmate.store import files

PROGRAM = "tesseract"
PATIENCE = 30.0
"""Seconds it may take; a full screen takes two."""
MOST_BYTES = 5_000_000
SURE = 30.0
"""Of a hundred, how sure a word must be: signs and lines are read as words, too."""


def is_there() -> bool:
    """Whether pictures can be read here."""
    return shutil.which(PROGRAM) is not None


def look(folder: str, kept: Kept) -> tuple[Sighting, ...]:
    """What of a kept picture looks like a password, an address or a number, in its pixels the way up it is shown.

    Raises NotRun, NotKept and NoPicture.
    """
    files.check(folder, kept)
    image = pictures.opened(files.path_of(folder, kept.digest))
    with tempfile.TemporaryDirectory(prefix="deskmate-") as place:
        given, read = os.path.join(place, "picture.png"), os.path.join(place, "words.tsv")
        pictures.on_ground(image, "white").save(given, "PNG", compress_level=1)
        leash = programs.Leash()
        code, last_words = programs.written([PROGRAM, given, "stdout", "tsv"], read, PATIENCE, MOST_BYTES, leash)
        if code:
            raise DeskmateError(f"{PROGRAM} could not read it{f': {last_words}' if last_words else ''}.")
        with open(read, encoding="utf-8", errors="replace") as lines:
            return sightings(_words(lines.read()))


def _words(table: str) -> list[Word]:
    """The words of the table that tesseract writes; level 5 of it are words, above are lines and blocks."""
    found = []
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != "5" or not cells[11].strip() or float(cells[10]) < SURE:
            continue
        left, top, width, height = map(int, cells[6:10])
        found.append(Word(cells[11].strip(), (left, top, left + width, top + height), tuple(map(int, cells[1:5]))))
    return found
