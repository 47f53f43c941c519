"""Marks on a picture: what is hidden is gone before anything is drawn, and what leaves is made of pixels alone."""

from __future__ import annotations

import random
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, PngImagePlugin

from deskmate.domain.files import Kept
from deskmate.domain.picture import Mark, MarkKind, Picture
from deskmate.domain.request import Refused
from deskmate.formats.picture_marks import DIMMED, HIDDEN, MARKED, drawn, finished

CROP, REDACT, FRAME, ARROW, BADGE, SPOTLIGHT = MarkKind
KEPT = Kept("shot.png", 1, "0" * 64)
GREY = (200, 200, 210)


def picture(*marks: Mark, size: tuple[int, int] = (60, 40)) -> Picture:
    return Picture("p1", KEPT, *size, "what it shows", marks)


def as_file(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    stream = BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def read(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def plain(width: int = 60, height: int = 40) -> Image.Image:
    return Image.new("RGB", (width, height), GREY)


X, Y = st.integers(-10, 70), st.integers(-10, 50)
MARKS = st.lists(st.builds(Mark, st.sampled_from(MarkKind), X, Y, X, Y, st.integers(0, 120)), max_size=6)


@settings(max_examples=60)
@given(MARKS, st.integers(0, 1 << 30), st.sampled_from([1280, 25]))
def test_nothing_that_is_hidden_has_a_part_in_what_leaves(marks: list[Mark], seed: int, width: int) -> None:
    chance = random.Random(seed)
    one = Image.frombytes("RGB", (60, 40), chance.randbytes(60 * 40 * 3))
    crops = [mark.box for mark in marks if mark.kind is CROP]
    other = Image.frombytes("RGB", (60, 40), chance.randbytes(60 * 40 * 3)) if crops else one.copy()
    if crops:
        other.paste(one.crop(crops[-1]), crops[-1][:2])
    for mark in marks:
        if mark.kind is REDACT:
            left, top, right, bottom = mark.box
            if left < right and top < bottom:
                noise = chance.randbytes((right - left) * (bottom - top) * 3)
                other.paste(Image.frombytes("RGB", (right - left, bottom - top), noise), (left, top))
    try:
        made = finished(as_file(one), picture(*marks), width)
    except Refused:
        return
    assert finished(as_file(other), picture(*marks), width) == made
    assert read(made.data).size == (made.width, made.height)
    assert made.width <= width


def test_a_box_hides_wherever_it_stands_in_the_list_and_is_of_one_colour() -> None:
    image = plain()
    ImageDraw.Draw(image).text((12, 12), "hunter2", fill="black")
    box = Mark(REDACT, 10, 10, 55, 25)
    marks = Mark(SPOTLIGHT, 0, 0, 60, 30), box
    made = finished(as_file(image), picture(*marks))
    assert set(read(made.data).crop(box.box).get_flattened_data()) == {HIDDEN}
    assert finished(as_file(plain()), picture(*reversed(marks))) == made
    assert (made.media, made.alt) == ("image/png", "what it shows")


def test_nothing_but_pixels_leaves() -> None:
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", "CANARY")
    exif = Image.Exif()
    exif[0x010E] = "CANARY"
    image = plain()
    files = (
        as_file(image, pnginfo=said, exif=exif, icc_profile=b"CANARY") + b"CANARY",
        as_file(image, "JPEG", comment=b"CANARY", exif=exif, icc_profile=b"CANARY"),
    )
    for data in files:
        made = finished(data, picture())
        assert b"CANARY" in data
        assert b"CANARY" not in made.data
        with Image.open(BytesIO(made.data)) as found:
            assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    clear = Image.new("RGBA", (60, 40), (255, 0, 0, 0))  # a colour nobody saw
    assert set(read(finished(as_file(clear), picture()).data).get_flattened_data()) == {(255, 255, 255)}


def test_each_mark_is_where_it_was_put() -> None:
    image = Image.new("RGB", (800, 600), GREY)
    marks = (
        Mark(CROP, 100, 100, 700, 500),
        Mark(SPOTLIGHT, 120, 120, 600, 480),
        Mark(FRAME, 150, 150, 300, 250),
        Mark(ARROW, 320, 300, 450, 300),
        Mark(BADGE, 500, 400, number=3),
    )
    found = drawn(image, marks)
    dim = tuple(int(value * DIMMED) for value in GREY)
    assert found.size == (600, 400)
    assert [found.getpixel(place) for place in ((5, 5), (30, 30), (53, 80), (100, 100))] == [dim, GREY, MARKED, GREY]
    assert [found.getpixel(place) for place in ((300, 200), (340, 200), (355, 200), (280, 240))] == [
        *(MARKED, MARKED, GREY),
        GREY,
    ]
    assert found.getpixel((390, 300)) == MARKED
    number = set(found.crop((395, 292, 406, 309)).get_flattened_data())
    assert {MARKED, (255, 255, 255)} <= number
    whole = drawn(image, marks, whole=True)
    assert (whole.size, whole.getpixel((105, 105))) == ((800, 600), dim)
    assert whole.getpixel((5, 5)) < dim
    assert whole.getpixel((153, 180)) == MARKED
    small = drawn(image.resize((200, 150)), marks, scale=0.25)
    assert small.size == (150, 100)
    assert small.getpixel((7, 7)) == GREY


def test_what_lies_outside_is_brought_to_the_edge_or_left_out_and_a_crop_of_nothing_is_refused() -> None:
    far = 10_000
    assert drawn(plain(), [Mark(CROP, -far, -far, far, far)]).size == (60, 40)
    assert set(drawn(plain(), [Mark(REDACT, far, far, -far, -far)]).get_flattened_data()) == {HIDDEN}
    outside = [Mark(kind, far, far, far + 9, far + 9, 1) for kind in (REDACT, FRAME, SPOTLIGHT)]
    assert drawn(plain(), outside).tobytes() == plain().tobytes()
    assert drawn(plain(), [Mark(BADGE, far, 20, number=1)]).getpixel((57, 20)) != GREY
    beside = [Mark(CROP, 0, 0, 20, 20), Mark(FRAME, 30, 30, 40, 40), Mark(BADGE, 50, 30, number=1)]
    assert drawn(plain(), beside).tobytes() == plain(20, 20).tobytes()
    for nothing in (Mark(CROP, 5, 5, 5, 30), Mark(CROP, 100, 100, 200, 200)):
        with pytest.raises(Refused, match="leaves nothing"):
            drawn(plain(), [nothing])


def test_few_colours_stay_as_they_are_and_a_photo_becomes_a_jpeg() -> None:
    screen = Image.new("RGB", (400, 300), "white")
    draw = ImageDraw.Draw(screen)
    for n in range(200):
        draw.rectangle((2 * n, n, 2 * n + 1, n + 9), fill=(n, 255 - n, n // 2))
    made = finished(as_file(screen), picture(size=(400, 300)))
    assert (made.media, read(made.data).tobytes()) == ("image/png", screen.tobytes())
    photo = Image.frombytes("RGB", (160, 90), random.Random(1).randbytes(160 * 90 * 3)).resize((1600, 900))
    made = finished(as_file(photo, "JPEG"), picture(size=photo.size))
    assert (made.media, made.width, made.height) == ("image/jpeg", 1280, 720)
