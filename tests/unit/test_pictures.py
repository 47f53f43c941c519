"""Pictures as half blocks: the right way up, on the ground, bounded; and whatever a file holds, no crash."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from deskmate.formats import pictures
from deskmate.formats.pictures import NoPicture, cells, moves, opened

GROUND = "#102030"
RED, BLUE = (255, 0, 0), (0, 0, 255)


def saved(path: Path, image: Image.Image, kind: str = "PNG", **options: Any) -> str:
    image.save(path, kind, **options)
    return str(path)


def halved(width: int = 40, height: int = 20, mode: str = "RGB") -> Image.Image:
    """Red above, blue below."""
    image = Image.new("RGB", (width, height), BLUE)
    image.paste(RED, (0, 0, width, height // 2))
    return image.convert(mode)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG that says it is that large, whatever is in it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def looks(colour: str) -> str:
    red, _green, blue = bytes.fromhex(colour[1:])
    return "red" if red > 200 and blue < 60 else "blue" if blue > 200 and red < 60 else colour


@pytest.mark.parametrize("kind", pictures.FORMATS)
def test_each_kind_is_shown(tmp_path: Path, kind: str) -> None:
    found = cells(saved(tmp_path / "p", halved(400, 200), kind), 20, 10, GROUND)
    assert [len(row) for row in found] == [20] * 5
    assert {looks(colour) for cell in found[0] for colour in cell} == {"red"}
    assert {looks(colour) for cell in found[-1] for colour in cell} == {"blue"}


@pytest.mark.parametrize(
    ("mode", "kind"), [("P", "PNG"), ("L", "PNG"), ("1", "BMP"), ("CMYK", "JPEG"), ("PA", "TIFF"), ("LA", "PNG")]
)
def test_each_way_to_keep_colours_is_read(tmp_path: Path, mode: str, kind: str) -> None:
    found = opened(saved(tmp_path / "p", halved(10, 10, mode), kind))
    assert (found.size, found.mode) == ((10, 10), "RGBA" if "A" in mode else "RGB")
    top = found.convert("RGB").getpixel((5, 2))
    assert top == pytest.approx(halved(10, 10, mode).convert("RGB").getpixel((5, 2)), abs=12)


def test_sixteen_bits_of_grey_are_scaled_and_not_cut_off(tmp_path: Path) -> None:
    image = Image.new("I;16", (3, 1))
    for x, value in enumerate((0, 128 * 257, 65_535)):
        image.putpixel((x, 0), value)
    found = opened(saved(tmp_path / "p", image))
    assert [found.getpixel((x, 0)) for x in range(3)] == [(0,) * 3, (128,) * 3, (255,) * 3]


@pytest.mark.parametrize(("size", "room", "shape"), [
    ((400, 200), (80, 6), (24, 6)),
    ((10, 300), (80, 6), (1, 6)),
    ((300, 1), (80, 6), (80, 1)),
    ((4, 3), (80, 6), (4, 2)),
])  # fmt: skip
def test_it_keeps_its_shape_and_is_never_blown_up(
    tmp_path: Path, size: tuple[int, int], room: tuple[int, int], shape: tuple[int, int]
) -> None:
    found = cells(saved(tmp_path / "p", Image.new("RGB", size, RED)), *room, GROUND)
    assert (len(found[0]), len(found)) == shape
    if size[1] % 2 and size[1] < room[1]:
        assert found[-1][0] == ("#ff0000", GROUND)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize(("orientation", "top"), [(1, "red"), (2, "red"), (3, "blue"), (4, "blue")])
def test_it_stands_as_it_was_taken(tmp_path: Path, kind: str, orientation: int, top: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = cells(saved(tmp_path / "p", halved(400, 200), kind, exif=exif), 20, 10, GROUND)
    assert (len(found[0]), len(found)) == (20, 5)
    assert (looks(found[0][0][0]), looks(found[0][-1][0])) == (top, top)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
@pytest.mark.parametrize(("orientation", "left"), [(5, "red"), (6, "blue"), (7, "blue"), (8, "red")])
def test_what_was_taken_on_its_side_is_put_upright(tmp_path: Path, kind: str, orientation: int, left: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = cells(saved(tmp_path / "p", halved(400, 200), kind, exif=exif), 20, 10, GROUND)
    assert (len(found[0]), len(found)) == (10, 10)
    assert {looks(row[0][0]) for row in found} == {left}
    assert looks(found[0][-1][0]) == ("blue" if left == "red" else "red")
    whole = opened(str(tmp_path / "p"))
    assert (whole.size, whole.info, dict(whole.getexif())) == ((200, 400), {}, {})


def test_a_broken_word_on_how_it_was_taken_is_no_reason_to_show_nothing(tmp_path: Path) -> None:
    path = saved(tmp_path / "p", halved(), "JPEG", exif=b"Exif\0\0nothing of the kind")
    assert looks(cells(path, 8, 4, GROUND)[0][0][0]) == "red"


def test_what_is_transparent_shows_the_ground(tmp_path: Path) -> None:
    image = Image.new("RGBA", (2, 2), (0, 0, 0, 0))
    image.putpixel((1, 0), (255, 255, 255, 255))
    assert cells(saved(tmp_path / "p", image), 9, 9, GROUND) == [[(GROUND, GROUND), ("#ffffff", GROUND)]]
    keyed = Image.new("P", (2, 2), 0)
    assert cells(saved(tmp_path / "k", keyed, "GIF", transparency=0), 9, 9, GROUND)[0][0] == (GROUND, GROUND)


def test_of_what_moves_the_first_is_shown(tmp_path: Path) -> None:
    first, second = Image.new("RGB", (4, 4), RED), Image.new("RGB", (4, 4), BLUE)
    path = saved(tmp_path / "p", first, "GIF", save_all=True, append_images=[second])
    assert looks(cells(path, 9, 9, GROUND)[0][0][0]) == "red"
    assert moves(path)
    assert not moves(saved(tmp_path / "still", first, "GIF"))
    assert not moves(b"nothing")


def grown(image: bytes, kind: bytes, data: bytes) -> bytes:
    """A PNG with one more chunk behind its head."""
    return image[:33] + chunk(kind, data) + image[33:]


def whole_png() -> bytes:
    stream = BytesIO()
    noise = Image.effect_noise((64, 64), 90)
    noise.save(stream, "PNG")
    return stream.getvalue()


def changed(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]


WHOLE = whole_png()


@pytest.mark.parametrize(
    ("data", "why", "hint"),
    [
        (b"", "it is not a picture of a kind that is known", "PNG, JPEG"),
        (b"\x81\x82\0\0" * 99, "it is not a picture of a kind that is known", "PNG, JPEG"),
        (b"%PDF-1.4 page", "not a picture (looks like PDF)", "PNG, JPEG"),
        (b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>sign in first", "not a picture (looks like HTML)", "PNG, JPEG"),
        (b'<?xml version="1.0"?>\n<svg xmlns="x">', "not a picture (looks like SVG)", "PNG, JPEG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9", "not a picture (looks like PostScript)", "PNG, JPEG"),
        ("a list of prices in €".encode() * 60, "not a picture (looks like text)", "PNG, JPEG"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 99, "a picture in the form HEIC", "Save it as JPEG or PNG"),
        (b"\0\0\0\x18ftypisom" + b"\0" * 99, "not a picture (looks like a film)", ""),
        (
            png(20_000, 20_000),
            "more than 178 megapixels, and 40 megapixels and 12,000 a side are the most",
            "smaller",
        ),
        (png(60_000, 1), "it has 60,000 × 1 pixels, and 40 megapixels and 12,000 a side are the most", "smaller"),
        (png(9_400, 9_400), "it has 9,400 × 9,400 pixels", "smaller"),
        (png((1 << 31) - 1, (1 << 31) - 1), "megapixels", "smaller"),
        (png(100, 100, b"\0" * 50), "damaged or cut short", "once more"),
        (b"\x89PNG\r\n\x1a\n", "damaged or cut short", "once more"),
        (WHOLE[: len(WHOLE) // 2], "damaged or cut short", "once more"),
        (changed(WHOLE, 30), "damaged or cut short", "once more"),  # the sum of the head
        (changed(WHOLE, len(WHOLE) // 2), "damaged or cut short", "once more"),
        (
            grown(WHOLE, b"zTXt", b"k\0\0" + zlib.compress(b"\0" * 20_000_000, 9)),
            "damaged or cut short",
            "once more",
        ),
    ],
    ids=range(19),
)
def test_a_file_that_is_no_sound_picture_says_so(data: bytes, why: str, hint: str) -> None:
    with pytest.raises(NoPicture) as refused:
        opened(data)
    assert why in refused.value.message
    assert hint in refused.value.hint


def test_a_picture_of_another_kind_is_not_tried(tmp_path: Path) -> None:
    with pytest.raises(NoPicture, match="not a picture"):
        cells(saved(tmp_path / "p.png", halved(), "PPM"), 20, 10, GROUND)


def test_what_is_behind_a_picture_is_left_alone() -> None:
    assert opened(WHOLE + b"PK\x03\x04 and an archive").size == (64, 64)


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of memory")
def test_the_largest_that_is_opened_takes_no_more_than_some_hundred_megabytes(tmp_path: Path) -> None:
    path = saved(tmp_path / "p", Image.new("I;16", (8_000, 5_000)))
    code = (
        "import resource, sys; from deskmate.formats.pictures import opened; import PIL.Image, PIL.PngImagePlugin;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; opened(sys.argv[1]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", code, path], stdout=subprocess.PIPE, text=True, check=True)
    assert int(done.stdout) / (1 if sys.platform == "linux" else 1024) < 450_000


def test_a_photo_may_be_larger_as_it_is_not_decoded_in_full(tmp_path: Path) -> None:
    assert len(cells(saved(tmp_path / "p", Image.new("L", (7_000, 6_000)), "JPEG"), 20, 3, GROUND)) == 3


def test_a_huge_file_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "p"
    path.touch()
    os.truncate(path, pictures.LIMIT + 1)
    with pytest.raises(NoPicture, match="30 MB"):
        cells(str(path), 20, 10, GROUND)


@pytest.mark.parametrize("kind", pictures.FORMATS)
def test_cut_short_or_with_bytes_changed_it_is_shown_or_refused(
    tmp_path_factory: pytest.TempPathFactory, kind: str
) -> None:
    path = tmp_path_factory.mktemp("hostile") / "p"
    exif = Image.Exif()
    exif[0x0112] = 6
    whole = Path(saved(path, halved(), kind, exif=exif)).read_bytes()

    @given(st.integers(0, len(whole)), st.lists(st.tuples(st.integers(0, len(whole) - 1), st.binary(min_size=1))))
    def run(length: int, changes: list[tuple[int, bytes]]) -> None:
        data = bytearray(whole)
        for place, put in changes:
            data[place : place + len(put)] = put
        path.write_bytes(data[:length])
        try:
            found = cells(str(path), 8, 4, GROUND)
        except NoPicture:
            return
        assert 1 <= len(found) <= 4
        assert all(1 <= len(row) <= 8 for row in found)

    run()
