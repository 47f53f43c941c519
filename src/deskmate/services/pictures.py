"""Pictures of guides: taken in untouched, shown in the terminal, and finished for whoever gets the guide.

What takes long is done once: what was made of an original is kept in the cache of the data folder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from deskmate.domain.picture import Mark, Picture, fitted
from deskmate.domain.user_guide import UserPicture
from deskmate.formats import picture_marks, pictures
from deskmate.formats.pictures import NoPicture
from deskmate.store import derived, files, purged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

    from deskmate.domain.files import Kept
    from deskmate.formats.pictures import Box, Cells
    from deskmate.store.read.budget import Connection

WIDTH = picture_marks.WIDTH
SMALL = 800
"""Pixels of the longer side of what is kept for the terminal: no pane has more points, and a zoom has some, too."""
LARGE = 4_000
"""Pixels of the longer side of what a deep zoom shows a part of."""
_SEEN = 320
"""Marks in the terminal are as thick as on a finished picture that is seen so many points wide."""
_KEY = f"small {SMALL} 1"


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


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a kept picture in a terminal, on at most so many ``columns`` and ``lines`` of points, two in a cell.

    ``ground`` is the colour behind it. ``size`` is that of the original, which is needed for all that follows:
    ``marks``; ``region``, a box in its pixels that is to fill all of the points, while without one the picture keeps
    its shape and is no larger than it is; ``whole``, which shows what the crop cuts off, too, but dim.
    """

    file: Kept
    columns: int
    lines: int
    ground: str
    size: tuple[int, int] | None = None
    marks: tuple[Mark, ...] = ()
    region: Box | None = None
    whole: bool = False


def cells(folder: str, look: Look) -> Cells:
    """A picture as it is looked at. Raises NotKept, NoPicture, and Refused when its crop leaves nothing."""
    image = small(folder, look.file)
    size = look.size or image.size
    if look.region and look.columns * size[0] > (look.region[2] - look.region[0]) * image.width < size[0] ** 2:
        image = _large(folder, look.file)
    cropped = picture_marks.window(size, look.marks)
    window = (0, 0, *size) if look.whole else cropped
    region = _meeting(look.region, window) if look.region else window
    across, down = region[2] - region[0], region[3] - region[1]
    room = look.columns, look.lines
    columns, lines = room if look.region else fitted((across, down), room)
    # Never finer than the pixels that are there: what is enlarged shows each of them.
    scale = min(columns / across, image.width / size[0])
    image = image.resize((max(round(size[0] * scale), 1), max(round(size[1] * scale), 1)), reducing_gap=1.5)
    if look.marks:
        seen = max(round(_SEEN * (cropped[2] - cropped[0]) / across), 1)
        image = picture_marks.drawn(image, look.marks, scale=scale, whole=look.whole, width=seen)
    return pictures.halves(pictures.part(image, region, window, (columns, lines)), look.ground)


def forget() -> None:
    """Let go of what is in memory: an original was removed for good."""
    small.cache_clear()
    _large.cache_clear()


@lru_cache(12)  # those of a guide, while one works on its marks
def small(folder: str, file: Kept) -> Image:
    """A picture no larger than SMALL, made once."""
    found = derived.get(folder, file.digest, _KEY)
    if found is not None:
        return pictures.decoded(found)
    files.check(folder, file)
    image = pictures.opened(files.path_of(folder, file.digest), within=(SMALL, SMALL))
    if max(image.size) == SMALL:  # or it is no larger than that, and as soon decoded
        derived.put(folder, file.digest, _KEY, pictures.encoded(image))
    return image


@lru_cache(1)  # the next look will be at the same
def _large(folder: str, file: Kept) -> Image:
    """The whole of it, as far as it may be held."""
    files.check(folder, file)
    image = pictures.opened(files.path_of(folder, file.digest))
    image.thumbnail((LARGE, LARGE))
    return image


def _meeting(box: Box, other: Box) -> Box:
    """What two boxes have in common; the second when that is nothing."""
    left, top = max(box[0], other[0]), max(box[1], other[1])
    right, bottom = min(box[2], other[2]), min(box[3], other[3])
    return (left, top, right, bottom) if left < right and top < bottom else other
