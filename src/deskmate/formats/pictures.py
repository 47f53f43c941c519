"""The one door through which pictures are opened, and a picture as cells of a terminal.

Whoever sends a file chooses what is in it. So its size and its pixels are limited before anything is decoded, only
a few formats are tried, and whatever goes wrong is a reason and never a crash.
"""

from __future__ import annotations

import os
import threading
import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from deskmate.domain.files import size_text
from deskmate.domain.picture import PIXELS, SIDE
from deskmate.errors import DeskmateError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

LIMIT = 30_000_000
"""Bytes a file may have to be looked at."""
PHOTO_PIXELS = 60_000_000
"""Pixels of a JPEG that is only looked at in small: a camera makes larger ones, and they need not be decoded in full.
Whatever is to be decoded whole has at most PIXELS of domain/picture.py."""
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
"""What is tried. Other decoders are rarely needed and less looked after; one of them would start Ghostscript."""
MOVES = ("PNG", "GIF", "WEBP", "TIFF")
"""Those that may hold more than one picture. What a JPEG has behind its first are previews and depths."""

_one_at_a_time = threading.Lock()
"""A large one takes some hundred megabytes while it is decoded."""

Cell = tuple[str, str]
"""The colours of the upper and the lower half, as ``#rrggbb``."""
Cells = list[list[Cell]]
Box = tuple[int, int, int, int]
"""Left, top, right and bottom, the last two not included."""


class NoPicture(DeskmateError):
    """Nothing can be shown of a file; the message says why, as the end of a sentence, and the hint what helps."""


def opened(source: bytes | str, *, within: tuple[int, int] | None = None) -> Image:
    """The picture in ``source``, its bytes or its path, in RGB or RGBA and the way up it was taken.

    Of what moves, the first picture. It carries nothing but its pixels. ``within`` says how many of them are needed
    at most, when it is only to be looked at; it is never blown up. Raises NoPicture.
    """
    from PIL import Image

    # What Pillow warns of is refused below or does no harm.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    head = b""
    try:
        head = _head(source)
        with _one_at_a_time:
            with Image.open(_stream(source), formats=FORMATS) as image:
                _check_size(image, within)
                if image.format == "PNG":
                    image.verify()  # its sums, which decoding does not look at; it can not be decoded after that
            with Image.open(_stream(source), formats=FORMATS) as image:
                found = _upright(image, within)
            found.info = {}
            return found
    except DeskmateError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many(f"more than {2 * (Image.MAX_IMAGE_PIXELS or 0) // 1_000_000} megapixels") from error
    except OSError as error:
        if error.errno is not None:  # of the disk, not of what is in the file
            raise NoPicture(f"it can not be read ({error.strerror})", "Check that it is still there.") from error
        raise _damaged(head) from error
    except MemoryError as error:
        raise NoPicture("there is not enough memory for it", "Save it smaller, and try again.") from error
    except Exception as error:  # decoders raise nearly anything
        raise _damaged(head) from error


def moves(source: bytes | str) -> bool:
    """Whether there is more in a picture than the first one, which is all that is ever shown."""
    from PIL import Image

    try:
        with _one_at_a_time, Image.open(_stream(source), formats=MOVES) as image:
            return bool(getattr(image, "is_animated", False))
    except Exception:  # noqa: BLE001 - whether it is a picture at all is said by ``opened``
        return False


def encoded(image: Image) -> bytes:
    """An opened picture as a file for ourselves, quick to make and to read."""
    stream = BytesIO()
    image.save(stream, "PNG", compress_level=1)
    return stream.getvalue()


def decoded(data: bytes) -> Image:
    """What was encoded."""
    from PIL import Image

    with Image.open(BytesIO(data), formats=("PNG",)) as image:
        image.load()
        return image


def part(image: Image, region: Box, window: Box, size: tuple[int, int]) -> Image:
    """The ``region`` of a picture that shows the ``window``, which has another scale than it, with its pixels in
    so many points. Each point is one pixel."""
    from PIL import Image as images

    x, y = image.width / (window[2] - window[0]), image.height / (window[3] - window[1])
    left, top, right, bottom = (side - first for side, first in zip(region, window[:2] * 2, strict=True))
    box = left * x, top * y, min(right * x, image.width), min(bottom * y, image.height)
    return image.resize(size, images.Resampling.NEAREST, box)


def cells(source: bytes | str, columns: int, rows: int, ground: str) -> Cells:
    """The picture in ``source`` as cells, as large as fits and no larger than it is.

    What is transparent shows ``ground``, a colour as ``#rrggbb``. Raises NoPicture.
    """
    return halves(opened(source, within=(columns, 2 * rows)), ground)


def halves(image: Image, ground: str) -> Cells:
    """An opened picture as cells, two of its pixels in each."""
    image = on_ground(image, ground)
    data, width = image.tobytes(), 3 * image.width
    rows = (data[first : first + width].hex(",", 3) for first in range(0, len(data), width))
    lines = [f"#{row.replace(',', ',#')}".split(",") for row in rows]
    if len(lines) % 2:
        lines.append([ground] * image.width)
    return [list(zip(upper, lower, strict=True)) for upper, lower in zip(lines[::2], lines[1::2], strict=True)]


def on_ground(image: Image, ground: str) -> Image:
    """An opened picture with nothing transparent: that shows the colour ``ground``, never what was left below it."""
    from PIL import Image as images

    if image.mode == "RGB":
        return image
    below = images.new("RGBA", image.size, ground)
    return images.alpha_composite(below, image).convert("RGB")


def _head(source: bytes | str) -> bytes:
    """Its first bytes, once it is known not to have too many."""
    size = len(source) if isinstance(source, bytes) else os.stat(source).st_size
    if size > LIMIT:
        raise NoPicture(f"it has {size_text(size)}, and {size_text(LIMIT)} are the most", "Save it smaller.")
    if isinstance(source, bytes):
        return source[:1024]
    with open(source, "rb") as file:
        return file.read(1024)


def _stream(source: bytes | str) -> BytesIO | str:
    return BytesIO(source) if isinstance(source, bytes) else source


def _check_size(image: Image, within: tuple[int, int] | None) -> None:
    is_photo = image.format in ("JPEG", "MPO")  # the second is a JPEG with more pictures behind it
    most = PHOTO_PIXELS if is_photo and within else PIXELS
    if image.width * image.height > most or max(image.size) > SIDE:
        raise _too_many(f"{image.width:,} × {image.height:,} pixels")


def _upright(image: Image, within: tuple[int, int] | None) -> Image:
    from PIL import Image as images

    if image.format == "TIFF":
        image.load()  # which puts it upright, so that nothing is said of that any more
    orientation = _orientation(image)
    if within:
        within = within if orientation < _ON_ITS_SIDE else (within[1], within[0])
        image.draft("RGB", (2 * within[0], 2 * within[1]))  # of a JPEG alone
    plain = _plain(image)
    if within:
        plain.thumbnail(within)
    turn = _TURNS[orientation]
    return plain if turn is None else plain.transpose(images.Transpose[turn])


def _plain(image: Image) -> Image:
    """In RGB, or in RGBA where something may be transparent."""
    if image.mode.startswith("I"):  # sixteen bits of grey, which a plain conversion would cut off
        image = image.convert("I").point([value // 257 for value in range(1 << 16)], "L")
    clear = "transparency" in image.info or image.mode in ("RGBA", "LA", "PA", "La", "RGBa")
    wanted = "RGBA" if clear else "RGB"
    return image.copy() if image.mode == wanted else image.convert(wanted)


_TURNS = (
    *(None, None, "FLIP_LEFT_RIGHT", "ROTATE_180", "FLIP_TOP_BOTTOM"),
    *("TRANSPOSE", "ROTATE_270", "TRANSVERSE", "ROTATE_90"),
)
"""What brings a picture of each orientation the right way up (EXIF 2.32, 4.6.4 A)."""
_ON_ITS_SIDE = 5
"""The first of the orientations whose rows are columns."""


def _orientation(image: Image) -> int:
    """How the camera was held; 1 when nothing sensible is said of that, which is no reason to show nothing."""
    try:
        found = image.getexif().get(0x0112)
    except Exception:  # noqa: BLE001 - readers of EXIF raise nearly anything, too
        return 1
    return found if isinstance(found, int) and 1 <= found < len(_TURNS) else 1


def _too_many(size: str) -> NoPicture:
    most = f"{PIXELS // 1_000_000} megapixels and {SIDE:,} a side are the most"
    return NoPicture(f"it has {size}, and {most}", "Save it smaller, and try again.")


_HEADS: Sequence[tuple[str, tuple[bytes, ...]]] = (
    ("", (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")),
    ("HTML", (b"<!doctype html", b"<html", b"<head", b"<body")),
    ("SVG", (b"<svg",)),
    ("PostScript", (b"%!ps", b"\xc5\xd0\xd3\xc6")),
    ("PDF", (b"%pdf",)),
    ("a ZIP archive", (b"pk\x03\x04",)),
    ("XML", (b"<?xml",)),
    ("an icon", (b"\0\0\x01\0",)),
)
"""What a file begins with, and what it is then; nothing for those that are pictures."""
_BRANDS = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC", b"hevc": "HEIC", b"avif": "AVIF"}
"""What may stand behind ``ftyp``; everything else there is a film."""


def _damaged(head: bytes) -> NoPicture:
    """Why nothing could be made of a file that begins like this."""
    if head[4:8] == b"ftyp":
        kind = _BRANDS.get(head[8:12])
        if kind is None:
            return NoPicture("it is not a picture (looks like a film)", "Take a picture of it.")
        hint = "Save it as JPEG or PNG. A phone does so by itself once its camera is set to “most compatible”."
        return NoPicture(f"it is a picture in the form {kind}, which can not be opened here", hint)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    found = next((kind for kind, heads in _HEADS if text.startswith(tuple(each.lower() for each in heads))), None)
    if found == "XML" and b"<svg" in text:
        found = "SVG"
    if found == "" or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return NoPicture("it is damaged or cut short", "Save or copy it once more, and try again.")
    if found is None:
        found = "text" if head and _is_text(head) else ""
    looks = f" (looks like {found})" if found else " of a kind that is known here"
    return NoPicture(f"it is not a picture{looks}", "Pictures are PNG, JPEG, GIF, WebP, BMP and TIFF.")


def _is_text(head: bytes) -> bool:
    try:
        return "\0" not in head[:1000].decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        return error.start > 900  # a character that was cut in two
