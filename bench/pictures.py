"""What it costs to open a step with a picture that is in the cache, beside decoding what lies there."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bench.figure import Figure, Run, middle, milliseconds
from deskmate.domain.picture import Mark, MarkKind
from deskmate.formats.pictures import decoded
from deskmate.services import pictures
from deskmate.services.pictures import Look
from deskmate.tui.pictures import lines

SIZE = (1920, 1080)
ROOMS = ((60, 36), (80, 44))
"""Columns and lines of points: beside the words of a step, and over all of a small terminal."""
MARKS = (
    Mark(MarkKind.REDACT, 100, 100, 400, 200),
    Mark(MarkKind.FRAME, 500, 500, 900, 700),
    Mark(MarkKind.ARROW, 100, 900, 600, 700),
    Mark(MarkKind.BADGE, 1000, 500, number=3),
)


def picture_steps(run: Run) -> list[Figure]:
    """Turn by turn, in time of the processor: nothing here waits for anything."""
    turns = 4 * run.rounds
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "screen.png")
        _screen().save(path)
        kept = pictures.keep(folder, str(path), "p").file
        looks = [Look(kept, *room, "#000000", SIZE, MARKS) for room in ROOMS]
        lines(pictures.cells(folder, looks[0]))  # which puts it into the cache
        (entry,) = Path(folder, "cache").iterdir()
        data = entry.read_bytes()[32:]
        bare: list[float] = []
        taken: list[list[float]] = [[] for _ in looks]
        for _ in range(turns):
            bare.append(_timed(lambda: decoded(data)))
            for place, look in enumerate(looks):
                pictures.small.cache_clear()  # as at the first look of the day
                taken[place].append(_timed(lambda look=look: lines(pictures.cells(folder, look))))
    unit = middle(bare)
    return [
        Figure(
            "pictures",
            f"a step with a cached picture, {look.columns} × {look.lines // 2} cells",
            "decoding what is cached",
            middle(times) / unit,
            1.3,
            note=f"{milliseconds(middle(times))}; decoding {milliseconds(unit)}",
        )
        for look, times in zip(looks, taken, strict=True)
    ]


def _timed(work: Callable[[], object]) -> float:
    start = time.thread_time()
    work()
    return time.thread_time() - start


def _screen() -> Image.Image:
    """Something like a screen: windows, and text with smooth edges."""
    chance = random.Random(1)
    image = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(18)
    for _ in range(300):
        x, y, grey = chance.randrange(1900), chance.randrange(1000), chance.randrange(256)
        draw.rectangle((x, y, x + chance.randrange(200), y + chance.randrange(90)), fill=(grey,) * 3)
        draw.text((chance.randrange(1800), y), "Some text on the screen", fill=(grey, 20, 60), font=font)
    return image
