"""A guide as a PDF and as a document: whole, as typed, tagged, and the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from deskmate.domain.guide import Caution
from deskmate.domain.user_guide import UserBranch, UserGuide, UserPicture, UserStep
from deskmate.formats import guide_docx, guide_pdf
from tests.support.guides import window

TYPED = '[OK] *b* _i_ `c` <b> {x} {{ y }} C:\\[x] #read("/etc/passwd") $x$ @a // b'
WRITERS = (guide_pdf.write, guide_docx.write)


@pytest.fixture
def guide(tmp_path: Path) -> UserGuide:
    """Two steps, one with a picture, with what some of the makers would take for code."""
    picture = UserPicture(window(tmp_path / "a.png").read_bytes(), "image/png", 320, 200, "The VPN window")
    first = UserStep(1, f"{TYPED}\nsecond line", "Start menu", "a window", "more", Caution.STOP, pictures=(picture,))
    second = UserStep(2, "See https://vpn.example.org/a.", branches=(UserBranch("stays empty", "go to step 1", 1),))
    return UserGuide(
        "vpn",
        f"Title {TYPED}",
        (first, second),
        "Summary",
        ("x",),
        "de",
        ("a phone",),
        7,
        "2026-11-24",
        "it@x.example",
    )


def text_of_pdf(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).split())


def text_of_docx(data: bytes) -> str:
    body = docx.Document(io.BytesIO(data)).element.body
    words = [" " if each.tag == qn("w:br") else each.text or "" for each in body.iter(qn("w:t"), qn("w:br"))]
    return " ".join("".join(words).split())


@pytest.mark.parametrize(
    ("write", "name", "read"),
    [(guide_pdf.write, "vpn.pdf", text_of_pdf), (guide_docx.write, "vpn.docx", text_of_docx)],
    ids=["pdf", "docx"],
)
def test_all_of_it_is_there_as_it_was_typed_and_twice_the_same(
    guide: UserGuide, write: Callable[[UserGuide], dict[str, bytes]], name: str, read: Callable[[bytes], str]
) -> None:
    made = write(guide)
    assert list(made) == [name]
    said = read(made[name])
    for words in (TYPED, "Summary", "a phone", "Halt, erst sichergehen", "Schritt 2", "go to step 1", "it@x.example"):
        assert words in said
    assert write(guide) == made


def test_a_pdf_is_tagged_titled_and_links_to_addresses_alone(guide: UserGuide) -> None:
    reader = pypdf.PdfReader(io.BytesIO(guide_pdf.write(guide)["vpn.pdf"]))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "de"
    assert reader.metadata is not None
    assert reader.metadata.title == guide.title
    uris = {
        note.get_object()["/A"]["/URI"]
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    }
    assert uris == {"https://vpn.example.org/a", "mailto:it@x.example"}


def test_a_letter_that_no_font_has_is_said_and_not_left_out(guide: UserGuide) -> None:
    with pytest.raises(guide_pdf.NotSet, match="letter"):
        guide_pdf.write(replace(guide, summary="a cuneiform sign: \U0001242a"))


def test_a_document_says_what_its_pictures_show_and_nothing_of_who_made_it(guide: UserGuide) -> None:
    data = guide_docx.write(guide)["vpn.docx"]
    made = docx.Document(io.BytesIO(data))
    assert [shape._inline.docPr.get("descr") for shape in made.inline_shapes] == ["The VPN window"]
    assert made.core_properties.author == ""
    assert made.core_properties.language == "de"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rels = archive.read("word/_rels/document.xml.rels").decode()
    assert "https://vpn.example.org/a" in rels


@pytest.mark.parametrize("write", WRITERS, ids=["pdf", "docx"])
def test_a_guide_of_many_steps_and_one_of_none_can_be_made(
    guide: UserGuide, write: Callable[[UserGuide], dict[str, bytes]]
) -> None:
    many = tuple(UserStep(number, "Click") for number in range(1, 201))
    for steps in ((), many):
        assert len(write(replace(guide, steps=steps))) == 1
