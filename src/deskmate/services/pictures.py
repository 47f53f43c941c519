"""Pictures of guides: taken in untouched, shown in the terminal, and finished for whoever gets the guide.

What takes long is done once: what was made of an original is kept in the cache of the data folder.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deskmate.domain.picture import Mark, Picture
from deskmate.domain.user_guide import UserPicture
from deskmate.formats import picture_marks, pictures
from deskmate.formats.pictures import NoPicture
from deskmate.store import derived, files, purged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deskmate.store.read.budget import Connection

WIDTH = picture_marks.WIDTH


def keep(folder: str, path: str, key: str) -> Picture:
    """The file at ``path`` kept as a picture of a guide, which has yet to be looked at.

    Raises NotKept, and NoPicture for what can not be opened; the file stays where it was in either case.
    """
    kept = files.keep(folder, path)
    try:
        image = pictures.opened(files.path_of(folder, kept.digest))
    except NoPicture as error:
        raise NoPicture(f"{kept.name} was not taken: {error.message}.", error.hint) from error
    return Picture(key, kept, *image.size)


def moves(folder: str, picture: Picture) -> bool:
    """Whether there is more in its file than the first picture, which is all that is used."""
    return pictures.moves(files.path_of(folder, picture.file.digest))


def finished(folder: str, conn: Connection, picture: Picture, width: int = WIDTH) -> UserPicture:
    """What somebody gets of a picture. Raises NotKept, NoPicture, and Refused when the crop leaves nothing."""
    return made(folder, replace(picture, file=purged.standing(conn, picture.file)), width)


def made(folder: str, picture: Picture, width: int = WIDTH) -> UserPicture:
    """The same for one whose file is known to be there, on a thread without a connection."""
    digest = picture.file.digest
    key = f"finished {picture_marks.VERSION} {width} {_said(picture.marks)}"
    found = derived.get(folder, digest, key)
    if found is not None:
        head, _, data = found.partition(b"\n")
        media, across, down = head.decode().split()
        return UserPicture(data, media, int(across), int(down), picture.alt)
    one = picture_marks.finished(files.content(folder, picture.file), picture, width)
    derived.put(folder, digest, key, f"{one.media} {one.width} {one.height}\n".encode() + one.data)
    return one


def _said(marks: Sequence[Mark]) -> list[tuple[str, int, int, int, int, int]]:
    return [(mark.kind.value, mark.x1, mark.y1, mark.x2, mark.y2, mark.number) for mark in marks]
