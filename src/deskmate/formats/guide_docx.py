"""A guide as a document for word processors: headings, a numbered title for each step, pictures with their words."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from deskmate.domain.guide import Caution
from deskmate.domain.guide_words import GuideWords, words_in
from deskmate.domain.user_guide import UserGuide, UserPicture, UserStep
from deskmate.errors import DeskmateError
from deskmate.formats.links import pieces

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

WIDTH = 5_400_000
"""How wide a picture may be, in the unit of the format: 15 cm, what an A4 page has between its margins."""
HEIGHT = 7_200_000
"""How high: 20 cm, so that its step and what one should see stand on the page with it."""
_PIXEL = 9_525
"""A pixel at 96 to the inch in that unit."""


class NotMade(DeskmateError):
    """No document could be made; the message says why."""


def write(guide: UserGuide) -> dict[str, bytes]:
    """One file, the same bytes for the same guide. Raises NotMade without the library for it."""
    try:
        import docx
    except ImportError as error:
        raise NotMade(
            "A document needs one more library.", "pip install 'deskmate[docx]' brings it; the HTML page needs none."
        ) from error
    said = words_in(guide.language)
    made = docx.Document()
    _begin(made, guide)
    made.add_heading(guide.title, 0)
    about = [said.minutes.format(guide.minutes)] if guide.minutes else []
    if guide.checked_on:
        about.append(said.checked.format(guide.checked_on))
    if about:
        made.add_paragraph(" · ".join(about))
    if guide.summary:
        _words(made.add_paragraph(), guide.summary)
    if guide.needs:
        made.add_heading(said.needs, 1)
        for need in guide.needs:
            _words(made.add_paragraph(style="List Bullet"), need)
    made.add_heading(said.steps, 1)
    for step in guide.steps:
        _step(made, step, said)
    if guide.contact:
        made.add_heading(said.contact, 1)
        _words(made.add_paragraph(), guide.contact)
    file = io.BytesIO()
    made.save(file)
    return {f"{guide.slug}.docx": _the_same_each_time(file.getvalue())}


def _begin(made: Document, guide: UserGuide) -> None:
    """Paper, language, and nothing of the template or of whoever made this in what is said of it."""
    from datetime import datetime

    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    said: Any = made.core_properties
    for (
        name
    ) in "author category comments content_status identifier keywords last_modified_by subject version".split():
        setattr(said, name, "")
    said.title, said.language = guide.title, guide.language
    said.created = said.modified = datetime(2000, 1, 1)  # noqa: DTZ001 - of the file, and none of ours
    said.revision = 1
    made.styles["Normal"].font.name = "Arial"
    normal = made.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), guide.language)
    normal.append(language)


def _step(made: Document, step: UserStep, said: GuideWords) -> None:
    heading = made.add_heading(said.step.format(step.number), 2)
    _mark(heading, f"step{step.number}", step.number)
    care = {Caution.CAUTION: f"⚠ {said.caution}", Caution.STOP: f"■ {said.stop}"}.get(step.caution)
    if care:
        made.add_paragraph().add_run(care).bold = True
    if step.where:
        _labelled(made, said.where, step.where)
    _words(made.add_paragraph(), step.action)
    if step.detail:
        _words(made.add_paragraph(), step.detail)
    for picture in step.pictures:
        _picture(made, picture, picture.alt or said.picture.format(step.number))
    if step.expect:
        _labelled(made, said.expect, step.expect)
    for branch in step.branches:
        paragraph = _labelled(made, said.if_not, f"{branch.symptom} → ")
        if branch.step is None:
            _words(paragraph, branch.words)
        else:
            _link(paragraph, branch.words, anchor=f"step{branch.step}")
    _hold_together(heading)


def _hold_together(heading: Paragraph) -> None:
    """Keep what was added since with it on one page, as far as that goes: each paragraph with the next."""
    from docx.text.paragraph import Paragraph

    paragraph: Any = heading._p
    while paragraph is not None and paragraph.tag == heading._p.tag:
        follows = paragraph.getnext()
        if follows is not None and follows.tag == paragraph.tag:
            Paragraph(paragraph, heading._parent).paragraph_format.keep_with_next = True
        paragraph = follows


def _labelled(made: Document, label: str, text: str) -> Paragraph:
    paragraph = made.add_paragraph()
    paragraph.add_run(f"{label}: ").bold = True
    _words(paragraph, text)
    return paragraph


def _words(paragraph: Paragraph, text: str) -> None:
    for piece in pieces(text):
        if piece.target:
            _link(paragraph, piece.text, target=piece.target)
        else:
            paragraph.add_run(piece.text)  # a line break in it becomes one there


def _link(paragraph: Paragraph, text: str, *, target: str = "", anchor: str = "") -> None:
    """A link to an address or to a step."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    link = OxmlElement("w:hyperlink")
    if anchor:
        link.set(qn("w:anchor"), anchor)
    else:
        link.set(qn("r:id"), paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.font.underline = True
    run.font.color.rgb = RGBColor(0x1F, 0x4E, 0x8C)
    link.append(run._r)
    paragraph._p.append(link)


def _mark(paragraph: Paragraph, name: str, number: int) -> None:
    """A place that a link leads to."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for each in (start, end):
        each.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.append(start)
    paragraph._p.append(end)


def _picture(made: Document, picture: UserPicture, alt: str) -> None:
    scale = min(1, WIDTH / (picture.width * _PIXEL), HEIGHT / (picture.height * _PIXEL))
    shape = made.add_picture(io.BytesIO(picture.data), width=int(picture.width * _PIXEL * scale))
    said = shape._inline.docPr
    said.set("descr", alt)
    said.set("name", alt[:40])


def _the_same_each_time(data: bytes) -> bytes:
    """The archive with the dates of its members set alike."""
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            member = zipfile.ZipInfo(each.filename, (2000, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(each))
    return made.getvalue()
