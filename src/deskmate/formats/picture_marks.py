"""Marks drawn on a picture, and the file that somebody gets of it.

What is to be hidden is burnt in before anything else happens, so that nothing drawn later can show it again; what
leaves is made anew of the pixels that are left, and of nothing else the original had.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from math import atan2, cos, hypot, pi, sin
from typing import TYPE_CHECKING

from deskmate.domain.picture import Mark, MarkKind, Picture
from deskmate.domain.request import Refused
from deskmate.domain.user_guide import UserPicture
from deskmate.formats.pictures import Box, on_ground, opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

VERSION = 1
"""To be raised when the same picture would become another file: what was made before is made anew then."""
WIDTH = 1280
"""Pixels a finished picture is wide at most: as wide as a page shows it."""
HIDDEN = (0, 0, 0)
MARKED = (200, 20, 60)
"""Frames, arrows and badges; each has a white edge, so that it is seen on any ground."""
EDGE = (255, 255, 255)
DIMMED = 0.4
"""How much of the light is left outside of a spotlight."""
JPEG_QUALITY = 85
NEAR = 12
"""Steps of 255 that a colour may be off without anybody seeing it where it stands alone."""


def finished(data: bytes, picture: Picture, width: int = WIDTH) -> UserPicture:
    """What somebody gets of an original and the marks on it, at most ``width`` pixels wide.

    Raises NoPicture for an original that can not be opened, and Refused when the crop leaves nothing.
    """
    image = drawn(opened(data), picture.marks, width=width)
    if image.width > width:
        image = image.resize((width, max(round(image.height * width / image.width), 1)))
    media, made = _encoded(image)
    return UserPicture(made, media, *image.size, picture.alt)


def drawn(
    image: Image, marks: Sequence[Mark], *, scale: float = 1.0, whole: bool = False, width: int = WIDTH
) -> Image:
    """An opened picture with its marks, in RGB. What lies outside of it is left out.

    ``scale`` is how large it is beside its original, in whose pixels the marks are. ``whole`` dims what the crop cuts
    off and leaves it there, for whoever moves marks about. Marks are drawn to be seen ``width`` pixels wide. Raises
    Refused when the crop leaves nothing.
    """
    image = covered(image, marks, scale)
    crop = _crop(image.size, marks, scale)
    at = _Place(scale, image.size, crop if crop and not whole else (0, 0, *image.size))
    seen = crop[2] - crop[0] if crop else image.width
    if crop and not whole:
        image = image.crop(crop)
    image = _spotlights(image, at.boxes(marks, MarkKind.SPOTLIGHT))
    if crop and whole:
        image = _spotlights(image, [crop])
    from PIL import ImageDraw

    draw = ImageDraw.Draw(image)
    unit = max(seen / width, scale)  # so thick that they are the same on every picture once it is seen
    for box in at.boxes(marks, MarkKind.FRAME):
        _frame(draw, box, unit)
    for mark in _of(marks, MarkKind.ARROW):
        if at.is_seen(end := at.point(mark.x2, mark.y2)):
            _arrow(draw, at.point(mark.x1, mark.y1), end, unit)
    for mark in _of(marks, MarkKind.BADGE):
        if at.is_seen(middle := at.point(mark.x1, mark.y1)):
            _badge(draw, middle, mark.number, unit)
    return image


def covered(image: Image, marks: Iterable[Mark], scale: float = 1.0) -> Image:
    """A copy in RGB, with nothing but what must not be seen hidden: boxes of one colour, on the pixels themselves."""
    found = on_ground(image, "white").copy()
    for mark in _of(marks, MarkKind.REDACT):
        box = _outward(mark, scale, found.size)
        if box:
            found.paste(HIDDEN, box)
    return found


def _of(marks: Iterable[Mark], kind: MarkKind) -> list[Mark]:
    return [mark for mark in marks if mark.kind is kind]


def window(size: tuple[int, int], marks: Sequence[Mark]) -> Box:
    """What is shown of a picture of that size. Raises Refused when the crop leaves nothing."""
    return _crop(size, marks, 1.0) or (0, 0, *size)


def _crop(size: tuple[int, int], marks: Sequence[Mark], scale: float) -> Box | None:
    crops = _of(marks, MarkKind.CROP)
    if not crops:
        return None
    box = _outward(crops[-1], scale, size)
    if box is None:
        raise Refused("The crop leaves nothing of the picture.", "Make it larger, or take it away.")
    return box


def _outward(mark: Mark, scale: float, size: tuple[int, int]) -> Box | None:
    """Its box in a picture of that size; None when nothing of it is in there. A pixel that is touched is in it."""
    x1, y1, x2, y2 = mark.box
    if x1 == x2 or y1 == y2:
        return None
    left, top = max(int(x1 * scale // 1), 0), max(int(y1 * scale // 1), 0)
    right, bottom = min(int(-(-x2 * scale // 1)), size[0]), min(int(-(-y2 * scale // 1)), size[1])
    return (left, top, right, bottom) if left < right and top < bottom else None


class _Place:
    """Where marks stand in what is left of a picture. Out of the picture means at its edge."""

    def __init__(self, scale: float, size: tuple[int, int], window: Box) -> None:
        self._scale, self._size, self._window = scale, size, window

    def point(self, x: int, y: int) -> tuple[float, float]:
        """A point, which may lie outside of what the crop leaves."""
        width, height = self._size
        left, top = self._window[:2]
        return min(max(x * self._scale, 0), width - 1) - left, min(max(y * self._scale, 0), height - 1) - top

    def is_seen(self, point: tuple[float, float]) -> bool:
        """Whether the crop leaves it."""
        left, top, right, bottom = self._window
        return 0 <= point[0] < right - left and 0 <= point[1] < bottom - top

    def boxes(self, marks: Iterable[Mark], kind: MarkKind) -> list[Box]:
        """What is left of the boxes of a kind."""
        left, top, right, bottom = self._window
        found = []
        for mark in _of(marks, kind):
            box = _outward(mark, self._scale, self._size)
            if box and box[0] < right and box[2] > left and box[1] < bottom and box[3] > top:
                inner = max(box[0], left), max(box[1], top), min(box[2], right), min(box[3], bottom)
                found.append((inner[0] - left, inner[1] - top, inner[2] - left, inner[3] - top))
        return found


def _spotlights(image: Image, boxes: Sequence[Box]) -> Image:
    if not boxes:
        return image
    dim = image.point([int(value * DIMMED) for value in range(256)] * 3)
    for box in boxes:
        dim.paste(image.crop(box), box)
    return dim


def _frame(draw: ImageDraw, box: Box, unit: float) -> None:
    left, top, right, bottom = box
    edge, line = max(round(unit), 1), max(round(4 * unit), 1)
    shape = (left, top, right - 1, bottom - 1)
    draw.rectangle(shape, outline=EDGE, width=line + 2 * edge)
    inner = (left + edge, top + edge, right - 1 - edge, bottom - 1 - edge)
    if inner[0] <= inner[2] and inner[1] <= inner[3]:
        draw.rectangle(inner, outline=MARKED, width=line)


def _arrow(draw: ImageDraw, start: tuple[float, float], end: tuple[float, float], unit: float) -> None:
    length = hypot(end[0] - start[0], end[1] - start[1])
    if not length:
        return
    angle = atan2(end[1] - start[1], end[0] - start[0])
    head = min(22 * unit, length)
    neck = (end[0] - 0.8 * head * cos(angle), end[1] - 0.8 * head * sin(angle))
    for colour, more in ((EDGE, unit), (MARKED, 0.0)):
        draw.line((*start, *neck), fill=colour, width=max(round(5 * unit + 2 * more), 1))
        wing, tip = head + 1.5 * more, 1.5 * more
        point = (end[0] + tip * cos(angle), end[1] + tip * sin(angle))
        wings = [(end[0] - wing * cos(angle + turn), end[1] - wing * sin(angle + turn)) for turn in (pi / 7, -pi / 7)]
        draw.polygon([point, *wings], fill=colour)


def _badge(draw: ImageDraw, middle: tuple[float, float], number: int, unit: float) -> None:
    x, y = middle
    words = str(number)
    font = _font(max(round(20 * unit), 6))
    radius = max(16 * unit, font.getlength(words) / 2 + 6 * unit)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=EDGE)
    radius -= max(2 * unit, 1)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=MARKED)
    draw.text((x, y), words, fill=EDGE, font=font, anchor="mm")


@lru_cache(16)
def _font(size: int) -> FreeTypeFont | ImageFont:
    from PIL import ImageFont

    return ImageFont.load_default(size)


def _encoded(image: Image) -> tuple[str, bytes]:
    """The type and bytes of a file: with few colours when nobody sees the difference, otherwise as a photo."""
    from PIL import Image as images

    stream = BytesIO()
    sample = image.resize((-(-image.width // 4), -(-image.height // 4)), images.Resampling.NEAREST)
    few = _in_few_colours(image) if _in_few_colours(sample) else None  # a photo takes seconds to be counted whole
    if few is not None:
        few.save(stream, "PNG")
        return "image/png", stream.getvalue()
    image.save(stream, "JPEG", quality=JPEG_QUALITY)
    return "image/jpeg", stream.getvalue()


def _in_few_colours(image: Image) -> Image | None:
    """The same in 256 colours; None when that would be seen."""
    from PIL import Image as images
    from PIL import ImageChops

    few = image.quantize(256, images.Quantize.MEDIANCUT, dither=images.Dither.NONE)
    if image.getcolors(256) is not None:
        return few
    off = ImageChops.difference(image, few.convert("RGB")).histogram()
    seen = sum(count for place, count in enumerate(off) if place % 256 > NEAR)
    return few if seen * 1000 <= image.width * image.height else None
