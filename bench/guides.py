"""What it costs to send a guide: twelve steps, a picture of a whole screen with each, some of it covered."""

from __future__ import annotations

import base64
import io
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import typst
from jinja2 import Environment
from PIL import Image, ImageDraw, ImageFont

from bench.figure import Figure, Run, middle
from deskmate.domain.guide import Content, Step
from deskmate.domain.guiding import PublishGuide, SaveGuide
from deskmate.domain.picture import Mark, MarkKind, Picture, Review
from deskmate.domain.user_guide import UserGuide
from deskmate.formats import guide_page, guide_pdf
from deskmate.formats.picture_marks import WIDTH
from deskmate.services import pictures
from deskmate.services.desk import Desk
from deskmate.services.guide_files import user_guide

STEPS = 12
SCREEN = (1920, 1080)
COVERED = (200, 300, 700, 340)
BADGE = (1400, 800)
_PAGE = Environment(autoescape=True).from_string(
    "<!doctype html><title>{{ title }}</title>{% for action, picture in steps %}<h2>{{ action }}</h2>"
    '<img src="{{ picture | safe }}">{% endfor %}'
)


def guides(run: Run) -> list[Figure]:
    """A guide as a page, its pictures made from their originals, and again once that is done."""
    steps = 2 if run.quick else STEPS
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(str(Path(folder) / "desk"), actor="bench")
        kept = [_picture(desk, Path(folder), number) for number in range(steps)]
        content = Content(
            "Connect to the VPN",
            steps=tuple(Step(f"s{place}", "Click [OK].", pictures=(each,)) for place, each in enumerate(kept)),
        )
        key = desk.run(SaveGuide(content)).made or 0
        desk.run(PublishGuide(key))
        cache = Path(desk.folder) / "cache"

        def made() -> UserGuide:
            return user_guide(desk.writer.conn, desk.folder, key)

        def anew() -> None:
            shutil.rmtree(cache, ignore_errors=True)
            guide_page.write(made())

        media = [step.pictures[0].media for step in made().steps]
        paths = [Path(desk.folder) / "files" / each.file.digest[:2] / each.file.digest for each in kept]
        kinds: dict[str, Callable[[], object]] = {
            "anew": anew,
            "bare": lambda: _page([_bare(path, kind) for path, kind in zip(paths, media, strict=True)]),
            "again": lambda: guide_page.write(made()),
            "pdf": lambda: (shutil.rmtree(cache, ignore_errors=True), guide_pdf.write(made())),
            "bare pdf": lambda: _pdf([_bare(path, kind) for path, kind in zip(paths, media, strict=True)]),
        }
        times: dict[str, list[float]] = {kind: [] for kind in kinds}
        for _ in range(run.rounds):
            for kind, work in kinds.items():
                began = time.perf_counter()
                work()
                times[kind].append(time.perf_counter() - began)
        desk.close()
    took = {kind: middle(taken) for kind, taken in times.items()}
    bare = "the same pictures by bare Pillow, base64, Jinja2"
    figures = (
        (f"{steps} steps with pictures of 1920×1080 to HTML", "anew", bare, "bare", 1.3),
        ("the same again, pictures from the cache", "again", bare, "bare", 0.3),
        ("the same to PDF", "pdf", "the same pictures by bare Pillow and Typst", "bare pdf", 1.3),
    )
    return [
        Figure("guides", what, of, took[kind] / took[against], goal, note=f"{took[kind] * 1e3:,.1f} ms")
        for what, kind, of, against, goal in figures
    ]


def _picture(desk: Desk, folder: Path, number: int) -> Picture:
    """A screen: every other one with a wallpaper that no few colours can show, the others plain windows."""
    image = Image.effect_noise(SCREEN, 60).convert("RGB") if number % 2 else Image.new("RGB", SCREEN, "#20405a")
    draw = ImageDraw.Draw(image)
    draw.rectangle((160, 120, 1500, 900), fill="#f0f0f4")
    for line in range(24):
        draw.text(
            (200, 180 + 28 * line), f"Line {line} of window {number}: password", "black", ImageFont.load_default(20)
        )
    path = folder / f"{number}.png"
    image.save(path, "PNG", compress_level=1)
    marks = (Mark(MarkKind.REDACT, *COVERED), Mark(MarkKind.BADGE, *BADGE, number=number + 1))
    kept = pictures.keep(desk.folder, str(path), f"p{number}")
    return Picture(kept.key, kept.file, *SCREEN, "A window", marks, Review.COVERED)


def _bare(path: Path, media: str) -> tuple[str, bytes]:
    """What one would write for this by hand: decoded, covered, marked, made smaller, encoded as ours is."""
    with Image.open(path) as found:
        image = found.convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.rectangle(COVERED, fill="black")
    draw.ellipse((BADGE[0] - 20, BADGE[1] - 20, BADGE[0] + 20, BADGE[1] + 20), fill="#c8143c")
    draw.text(BADGE, "1", "white", ImageFont.load_default(24), anchor="mm")
    image = image.resize((WIDTH, WIDTH * SCREEN[1] // SCREEN[0]), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    if media == "image/png":
        image.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(stream, "PNG")
    else:
        image.save(stream, "JPEG", quality=85)
    return media, stream.getvalue()


def _pdf(found: list[tuple[str, bytes]]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        text = "= Connect to the VPN\n"
        for number, (kind, data) in enumerate(found):
            name = f"{number}.{'png' if kind == 'image/png' else 'jpg'}"
            Path(folder, name).write_bytes(data)
            text += f'== Click [OK].\n#image("{name}", alt: "A window")\n'
        Path(folder, "guide.typ").write_text(text)
        made = typst.compile(str(Path(folder, "guide.typ")), root=folder, format="pdf")
    assert isinstance(made, bytes)
    return made


def _page(found: list[tuple[str, bytes]]) -> bytes:
    steps = [("Click [OK].", f"data:{kind};base64,{base64.b64encode(data).decode()}") for kind, data in found]
    return _PAGE.render(title="Connect to the VPN", steps=steps).encode()
