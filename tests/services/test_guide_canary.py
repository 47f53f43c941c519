"""Nothing internal leaves: a guide with a mark in every internal place, sent in every form there is.

What was written is taken apart down to texts and pixels. No internal mark may be in any of it, and each public one
has to be found, or the taking apart would be blind. A form whose files are not understood here fails.
"""

from __future__ import annotations

import ast
import base64
import email
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import policy
from html import unescape
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from PIL import ExifTags, Image, ImageDraw, ImageFont, PngImagePlugin
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

import deskmate
from deskmate.domain.commands import SetSignWords
from deskmate.domain.guide import Audience, Branch, Content, Placeholder, Step, Then
from deskmate.domain.guiding import PublishGuide, RecordSent, SaveGuide
from deskmate.domain.picture import Mark, MarkKind, Picture, Review
from deskmate.domain.user_guide import UserGuide
from deskmate.services.desk import Desk
from deskmate.services.guide_files import FORMS, export, user_guide
from deskmate.services.guide_site import export_site, site_guides
from deskmate.services.pictures import keep
from deskmate.store import drafts
from deskmate.store.people import make_person
from tests.support.desks import AT, line, ticking

INTERNAL, PUBLIC = "kanarie", "vogel"
HIDDEN, CUT_OFF, SEEN = (19, 199, 169), (231, 33, 151), (250, 165, 0)
"""Colours under each box that hides, outside of each crop, and where everybody may look."""
BOX, CROP, SPOT = (40, 50, 200, 90), (20, 30, 300, 180), (220, 120, 270, 160)
"""Where those are, in pixels of the original; all outside of the crop is cut off."""
REQUEST = 987_654_321
WAYS = (*FORMS, "site")


# --- a guide with a mark in every place ----------------------------------------------------------------------


def original(path: Path, kind: str) -> None:
    """A picture with marks in its pixels and beside them: text, comment, camera data, and behind its end."""
    image = (
        Image.effect_noise((320, 200), 90).convert("RGB") if kind == "JPEG" else Image.new("RGB", (320, 200), "white")
    )
    draw = ImageDraw.Draw(image)
    left, top, right, bottom = CROP
    for box in ((0, 0, 320, top), (0, bottom, 320, 200), (0, 0, left, 200), (right, 0, 320, 200)):
        draw.rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill=CUT_OFF)
    draw.rectangle((BOX[0], BOX[1], BOX[2] - 1, BOX[3] - 1), fill=HIDDEN)
    draw.text((BOX[0] + 6, BOX[1] + 8), INTERNAL, fill="black", font=ImageFont.load_default(20))
    draw.rectangle(SPOT, fill=SEEN)
    stream = BytesIO()
    if kind == "PNG":
        said = PngImagePlugin.PngInfo()
        said.add_text("Comment", f"{INTERNAL}pngtext")
        said.add_text("Author", f"{INTERNAL}pngzipped", zip=True)
        image.save(stream, "PNG", pnginfo=said)
    else:
        exif = Image.Exif()
        exif[ExifTags.Base.ImageDescription] = f"{INTERNAL}exif"
        exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSAreaInformation] = f"{INTERNAL}gps"
        image.save(stream, "JPEG", exif=exif, comment=f"{INTERNAL}comment", quality=95)
    path.write_bytes(stream.getvalue() + f"{INTERNAL}behind".encode())


def picture(desk: Desk, name: str, kind: str, folder: Path) -> Picture:
    path = folder / f"{INTERNAL}{name}.{kind.lower()}"
    original(path, kind)
    marks = (Mark(MarkKind.FRAME, *SPOT), Mark(MarkKind.REDACT, *BOX), Mark(MarkKind.CROP, *CROP))
    kept = keep(desk.folder, str(path), f"{INTERNAL}{name}key")
    return replace(kept, alt=f"{PUBLIC}alt{name}", marks=marks, review=Review.COVERED)


def content(desk: Desk, folder: Path) -> Content:
    first = Step(
        f"{INTERNAL}stepone",
        f"{PUBLIC}action {{name}} {{pin}}",
        where=f"{PUBLIC}where",
        expect=f"{PUBLIC}expect",
        detail=f"{PUBLIC}detail",
        branches=(
            Branch(f"{PUBLIC}symptom", Then.CONTACT, f"{PUBLIC}contact"),
            Branch("else", Then.GUIDE, f"{INTERNAL}log"),
            Branch("or", Then.STEP, f"{INTERNAL}steptwo"),
        ),
        pictures=(picture(desk, "png", "PNG", folder),),
        note=f"{INTERNAL}stepnote",
    )
    second = Step(f"{INTERNAL}steptwo", "Do it.", pictures=(picture(desk, "jpeg", "JPEG", folder),))
    return Content(
        f"{PUBLIC}title",
        summary=f"{PUBLIC}summary",
        needs=(f"{PUBLIC}need",),
        placeholders=(
            Placeholder("name", example=f"{INTERNAL}example"),
            Placeholder("pin", f"{PUBLIC}room", example=f"{INTERNAL}pinexample", secret=True),
        ),
        note=f"{INTERNAL}guidenote",
        steps=(first, second),
    )


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, int]]:
    folder = tmp_path_factory.mktemp(INTERNAL)
    desk = Desk(str(folder / "desk"), actor=f"{INTERNAL}actor", clock=ticking())
    conn = desk.writer.conn
    person = make_person(conn, f"{INTERNAL}person", AT, f"{INTERNAL}@example.org")
    conn.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'request'", (REQUEST - 1,))
    assert desk.capture(line(f"{INTERNAL}request", person_id=person), f"{INTERNAL}said") == REQUEST
    desk.run(SetSignWords(f"{PUBLIC}ask", None))
    log = Content(f"{INTERNAL}log", audience=Audience.TECHNICIAN, steps=(Step("s", "look"),))
    desk.run(PublishGuide(desk.run(SaveGuide(log)).made or 0))
    whole = content(desk, folder)
    key = desk.run(SaveGuide(whole)).made or 0
    desk.run(PublishGuide(key, f"{INTERNAL}reason"))
    desk.run(RecordSent(key, "html", REQUEST))
    changed = replace(whole.steps[0], action=f"{INTERNAL}draft")
    desk.run(SaveGuide(replace(whole, summary=f"{INTERNAL}unpublished", steps=(changed, whole.steps[1])), key))
    drafts.save(conn, f"guide:{key}", f"{INTERNAL}typed", 0, AT)
    yield desk, key
    desk.close()


def sent(desk: Desk, key: int, way: str, target: Path) -> dict[str, bytes]:
    """The files that somebody gets, by name, written as the app writes them."""
    conn = desk.writer.conn
    values = {"name": f"{PUBLIC}name", "pin": f"{INTERNAL}pin"}
    if way == "site":
        export_site(site_guides(conn, desk.folder, values), str(target))
    else:
        made = user_guide(conn, desk.folder, key, values=values)
        export(made, FORMS[way], str(target / f"made{FORMS[way].ending}"))
    return {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*") if path.is_file()}


# --- taking apart --------------------------------------------------------------------------------------------


@dataclass
class Parts:
    """All that is in some files: texts, with every encoding undone, and pictures."""

    texts: list[str] = field(default_factory=list)
    pictures: list[Image.Image] = field(default_factory=list)

    def has(self, word: str) -> bool:
        """Whether it is in there, whatever blanks and capitals stand in it."""
        return any(word.casefold() in "".join(text.split()).casefold() for text in self.texts)

    def take(self, name: str, data: bytes) -> None:
        """Take a file apart, and what is in it. Raises AssertionError for a kind of file not known here."""
        self.texts += [
            name,
            *(data.decode(code, "replace") for code in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")),
        ]
        kind = f".{name.rpartition('.')[2].lower()}"
        assert kind in _KINDS, f"{name}: this test does not know how to look into such a file"
        _KINDS[kind](self, data)

    def text(self, data: bytes) -> None:
        """Nothing but text."""

    def markup(self, data: bytes) -> None:
        text = data.decode()
        self.texts.append(unescape(re.sub(r"<[^>]*>", "", text)))  # a word may be cut by tags
        self.texts += map(unescape, re.findall(r"[\w:-]+=\"([^\"]*)\"", text))
        for media, encoded in re.findall(r"data:image/(\w+);base64,([\w+/=]+)", text):
            self.take(f"inline.{media}", base64.b64decode(encoded))
        self.texts += [
            str(json.loads(each)) for each in re.findall(r'<script type="application/json"[^>]*>(.*?)<', text)
        ]

    def image(self, data: bytes) -> None:
        with Image.open(BytesIO(data)) as image:
            image.load()
            self.texts += [repr(image.info), repr(getattr(image, "text", "")), repr(image.getexif())]
            self.texts += [repr(image.getexif().get_ifd(each)) for each in ExifTags.IFD]
            self.pictures.append(image.convert("RGB"))

    def mail(self, data: bytes) -> None:
        for part in email.message_from_bytes(data, policy=policy.default).walk():
            self.texts += [f"{name}: {value}" for name, value in part.items()]
            if not part.is_multipart():
                ending = {"text/plain": "txt"}.get(part.get_content_type(), part.get_content_subtype())
                self.take(f"part.{ending}", part.get_payload(decode=True))

    def archive(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as found:
            self.texts += [repr(found.comment), *(repr(each) for each in found.infolist())]
            for each in found.infolist():
                self.texts += [repr(each.comment), repr(each.extra)]
                self.take(each.filename, found.read(each))

    def pdf(self, data: bytes) -> None:
        reader = pypdf.PdfReader(BytesIO(data))
        for page in reader.pages:
            self.texts.append(page.extract_text())
            for each in page.images:
                self.take(each.name, each.data)
        for number in range(1, int(reader.trailer["/Size"])):
            self._object(reader.get_object(IndirectObject(number, 0, reader)))

    def _object(self, found: object) -> None:
        if isinstance(found, StreamObject):
            self.texts.append(found.get_data().decode("latin-1"))
        if isinstance(found, DictionaryObject):
            for name, value in found.items():
                self.texts.append(str(name))
                self._object(value)
        elif isinstance(found, ArrayObject):
            for value in found:
                self._object(value)
        elif not isinstance(found, IndirectObject):
            self.texts.append(str(found))


_KINDS = {
    **dict.fromkeys((".md", ".txt"), Parts.text),
    **dict.fromkeys((".html", ".xml", ".rels"), Parts.markup),
    **dict.fromkeys((".png", ".jpg", ".jpeg"), Parts.image),
    **{".eml": Parts.mail, ".docx": Parts.archive, ".pdf": Parts.pdf},
}
"""How each kind of file is taken apart."""


def apart(files: dict[str, bytes]) -> Parts:
    parts = Parts()
    for name, data in files.items():
        parts.take(name, data)
    return parts


def near(image: Image.Image, colour: tuple[int, int, int]) -> int:
    """How many pixels have a colour, or nearly: a JPEG is a little off."""
    return sum(
        count
        for count, found in image.getcolors(image.width * image.height)
        if all(abs(one - other) < 24 for one, other in zip(found, colour, strict=True))
    )


# --- the tests -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
def test_nothing_internal_leaves_in_any_form(guide: tuple[Desk, int], way: str, tmp_path: Path) -> None:
    desk, key = guide
    parts = apart(sent(desk, key, way, tmp_path))
    public = "title summary need action name room where expect detail symptom contact ask altpng altjpeg".split()
    assert [word for word in public if not parts.has(PUBLIC + word)] == [], "what everybody may see is not found"
    internal = {match for text in parts.texts for match in re.findall(rf"(?i){INTERNAL}\w*", "".join(text.split()))}
    assert internal == set()
    assert not parts.has(str(REQUEST))
    assert not any(parts.has(each.file.digest) for each in content_of(desk, key).pictures)
    shown = [image for image in parts.pictures if near(image, SEEN)]
    assert {image.size for image in shown} == {(CROP[2] - CROP[0], CROP[3] - CROP[1])}
    assert len(shown) == 2
    for image in parts.pictures:
        assert near(image, HIDDEN) == near(image, CUT_OFF) == 0
    for image in shown:
        box = [value - CROP[place % 2] for place, value in enumerate(BOX)]
        inner = image.crop((box[0] + 8, box[1] + 8, box[2] - 8, box[3] - 8))
        assert all(high - low <= 4 for low, high in inner.getextrema()), "what is hidden is of one colour"


def content_of(desk: Desk, key: int) -> Content:
    from deskmate.store.read import guides

    found = guides.guide(desk.writer.conn, key)
    assert found is not None
    return found.content


@pytest.mark.parametrize(
    ("kind", "beside"), [("PNG", ["pngtext", "pngzipped", "behind"]), ("JPEG", ["exif", "gps", "comment", "behind"])]
)
def test_the_marks_are_in_the_originals_and_would_be_found(kind: str, beside: list[str], tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind.lower()}"
    original(path, kind)
    parts = apart({path.name: path.read_bytes()})
    assert [word for word in beside if not parts.has(INTERNAL + word)] == []
    assert near(parts.pictures[0], HIDDEN) > 1_000 < near(parts.pictures[0], CUT_OFF)


def test_a_new_form_has_to_be_taken_apart_here_and_no_writer_is_left_out() -> None:
    with pytest.raises(AssertionError, match="does not know"):
        apart({"guide.pptx": b""})
    package = Path(deskmate.__file__).parent
    ways = "".join(
        (package / "services" / name).read_text(encoding="utf-8") for name in ("guide_files.py", "guide_site.py")
    )
    for path in (package / "formats").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name == "write":
                given = " ".join(ast.unparse(each.annotation) for each in node.args.args if each.annotation)
                assert UserGuide.__name__ not in given or f"import {path.stem}" in ways, (
                    f"{path.name} is not tried here"
                )
