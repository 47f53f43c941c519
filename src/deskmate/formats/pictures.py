"""A picture as cells of a terminal: two colours each, the upper and the lower half.

Whoever sends a file chooses what is in it. So its size and its pixels are limited before anything is decoded, only
a few formats are tried, and whatever goes wrong is a reason and never a crash.
"""

from __future__ import annotations

import os
import threading
import warnings
from typing import TYPE_CHECKING

from deskmate.domain.files import size_text
from deskmate.errors import DeskmateError

if TYPE_CHECKING:
    from PIL.Image import Image

LIMIT = 30_000_000
"""Bytes a file may have to be looked at."""
PIXELS = 30_000_000
"""Pixels that may be decoded: three large screens side by side."""
PHOTO_PIXELS = 60_000_000
"""The same for a JPEG, which a camera makes larger and which need not be decoded in full."""
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
"""What is tried. Other decoders are rarely needed and less looked after."""

_one_at_a_time = threading.Lock()
"""A large one takes some hundred megabytes while it is decoded."""

Cell = tuple[str, str]
"""The colours of the upper and the lower half, as ``#rrggbb``."""
Cells = list[list[Cell]]


class NoPreview(DeskmateError):
    """Nothing can be shown of a picture; the message says why."""


def cells(path: str, columns: int, rows: int, ground: str) -> Cells:
    """The picture in the file at ``path``, as large as fits and no larger than it is.

    Of what moves, the first picture. What is transparent shows ``ground``, a colour as ``#rrggbb``. Raises NoPreview.
    """
    from PIL import Image, UnidentifiedImageError

    # What Pillow warns of is refused below or does no harm.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    try:
        size = os.stat(path).st_size
        if size > LIMIT:
            raise NoPreview(f"it has {size_text(size)}")
        with _one_at_a_time, Image.open(path, formats=FORMATS) as image:
            return _halves(_on_ground(_small(image, columns, 2 * rows), ground), ground)
    except DeskmateError:
        raise
    except Image.DecompressionBombError as error:
        raise NoPreview("it has far too many pixels") from error
    except UnidentifiedImageError as error:
        raise NoPreview("it is not the picture its name says") from error
    except Exception as error:  # decoders raise nearly anything
        raise NoPreview("it is damaged or cut short") from error


def _small(image: Image, width: int, height: int) -> Image:
    """The picture the way up it was taken, in no more pixels than that."""
    from PIL import Image as images

    is_photo = image.format in ("JPEG", "MPO")  # the second is a JPEG with more pictures behind it
    if image.width * image.height > (PHOTO_PIXELS if is_photo else PIXELS):
        raise NoPreview(f"it has {image.width:,} × {image.height:,} pixels")
    orientation = _orientation(image)
    box = (width, height) if orientation < _ON_ITS_SIDE else (height, width)
    image.draft("RGB", (2 * box[0], 2 * box[1]))  # of a JPEG alone
    if image.mode not in ("L", "RGB") or "transparency" in image.info:
        image = image.convert("RGBA")
    image.thumbnail(box)
    turn = _TURNS[orientation]
    return image if turn is None else image.transpose(images.Transpose[turn])


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
    except Exception:  # noqa: BLE001 - as decoders do
        return 1
    return found if isinstance(found, int) and 1 <= found < len(_TURNS) else 1


def _on_ground(image: Image, ground: str) -> Image:
    from PIL import Image as images

    below = images.new("RGBA", image.size, ground)
    return images.alpha_composite(below, image.convert("RGBA")).convert("RGB")


def _halves(image: Image, ground: str) -> Cells:
    digits, width = image.tobytes().hex(), 6 * image.width
    lines = [
        [f"#{digits[start : start + 6]}" for start in range(first, first + width, 6)]
        for first in range(0, len(digits), width)
    ]
    if len(lines) % 2:
        lines.append([ground] * image.width)
    return [list(zip(upper, lower, strict=True)) for upper, lower in zip(lines[::2], lines[1::2], strict=True)]
