"""Guides that come in: Markdown folders, HTML exports, documents, and what the Windows Steps Recorder writes.

Nothing is fetched and nothing is unpacked to disk. Whatever comes in is marked as not looked at: the texts of a
recorder quote windows and keys, and a picture may show anything.
"""

from __future__ import annotations

import base64
import binascii
import email
import email.policy
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from email.message import EmailMessage

from deskmate.domain.guide import Branch, Content, Step, Then, tidy
from deskmate.domain.text import NAME_LIMIT
from deskmate.domain.values import LINE_LIMIT
from deskmate.errors import DeskmateError
from deskmate.formats import packages
from deskmate.formats.blocks import Block, BlockKind, of_html, of_markdown
from deskmate.formats.packages import MOST_BYTES, NotTaken, Package

MOST_PICTURES = 500

_STEP = re.compile(r"^(?:step|schritt|étape|etape|paso)\s*\d+\s*[:.)–-]?\s*", re.IGNORECASE)
_NUMBER = re.compile(r"^\d{1,3}[.)]\s+")
_LABELS = (
    ("where", re.compile(r"^(?:where|wo|où|dónde)\s*:\s*", re.I)),
    ("expect", re.compile(r"^(?:you should see|expected|result|das sollten sie sehen|ergebnis)\s*:\s*", re.I)),
    ("note", re.compile(r"^(?:internal note|note to self|intern)\s*:\s*", re.I)),
    ("branch", re.compile(r"^(?:if not|wenn nicht|sinon|si no)\s*:\s*", re.I)),
)
_NEEDS = re.compile(
    r"^(?:what you need|you need|prerequisites|requirements|das brauchen sie|voraussetzungen)\b", re.I
)
_TAIL = re.compile(r"^(?:additional details|zusätzliche details|weitere details)\b", re.I)
_TIME = re.compile(r"^\([\s\d/.:,\u200e\u200f-]+(?:AM|PM)?\s*\)\s*", re.I)
"""When the recorder saw it, with the marks of direction that Windows puts into dates."""
_LANGUAGE = re.compile(r"""<html\b[^>]*\slang=["']?([a-z]{2,3}(?:-[a-z]{2,4})?)\b""", re.I)
_HEAD = 4_096
"""Characters of a page in which it says its language."""
_DATA = re.compile(r"data:image/(?:png|jpeg|jpg|gif|webp|bmp);base64,", re.I)


@dataclass(frozen=True, slots=True)
class BroughtPicture:
    """A picture of the step at that place, from 0, as it came."""

    step: int
    name: str
    data: bytes
    alt: str = ""


@dataclass(slots=True)
class Brought:
    """A guide that came in, its pictures beside it, and what was left out, in words."""

    content: Content
    pictures: list[BroughtPicture] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(path: str) -> list[Brought]:
    """The guides at ``path``, which is a file, a folder or an archive. Raises NotTaken."""
    package = packages.opened(path)
    pages = [name for name in package.names if _reader(name)]
    if package.names and not pages:
        raise NotTaken(
            f"{package.name} has no guide that can be read.",
            "Markdown, HTML, DOCX, and the .zip or .mht of the Steps Recorder can be.",
        )
    if not pages:
        raise NotTaken(f"{package.name} is empty.")
    if package.names[0] == package.name:  # a single file; what lies beside it are its pictures
        pages = [package.name]
    found = [_brought(package, name, reader) for name in pages if (reader := _reader(name))]
    whole = [each for each in found if each.content.steps]
    if not whole:
        raise NotTaken(f"{package.name} has no step in it.", "A guide has numbered items, or headings for its steps.")
    return whole


def _brought(package: Package, name: str, reader: Callable[[Package, str], Brought]) -> Brought:
    """What a reader makes of a page. Whoever wrote it may have nested it without end, or put a list for a number."""
    try:
        return reader(package, name)
    except DeskmateError:
        raise
    except Exception as error:  # parsers raise nearly anything
        raise NotTaken(f"{name} is damaged, or no guide that can be read.") from error


def _reader(name: str) -> Callable[[Package, str], Brought] | None:
    """What reads a file of this name; None for what is no page."""
    return _READERS.get(name.lower().rpartition(".")[2])


def _markdown(package: Package, name: str) -> Brought:
    text = package.read(name).decode("utf-8-sig", "replace").replace("\r\n", "\n")
    from deskmate.formats import guide_markdown_read  # brings the reader of Markdown, so not before one is read

    if not guide_markdown_read.is_ours(text):
        return _guide(of_markdown(text), package, name)
    found = guide_markdown_read.read(text)
    brought = Brought(tidy(found.content))
    place = name.rpartition("/")[0]
    pictures = [
        (step, Block(BlockKind.PICTURE, alt, 0, f"{place}/{source}" if place else source))
        for step, source, alt in found.pictures
    ]
    _take_pictures(brought, pictures, package)
    return brought


def _html(package: Package, name: str) -> Brought:
    page = _decoded(package.read(name))
    brought = _guide(of_html(page), package, name)
    said = _LANGUAGE.search(page[:_HEAD])
    if said:
        brought.content = replace(brought.content, language=said[1].lower())
    return brought


def _docx(package: Package, name: str) -> Brought:
    """A document of a word processor; mammoth turns it into simple HTML with its pictures in it."""
    try:
        import mammoth  # type: ignore[import-untyped]
    except ImportError as error:
        raise NotTaken("A document needs one more library.", "pip install 'deskmate[docx]' brings it.") from error
    import io

    data = package.read(name)
    _check_document(name, data)
    try:
        page = mammoth.convert_to_html(io.BytesIO(data)).value
    except Exception as error:  # a document is a hundred formats, and its reader says so in as many ways
        raise NotTaken(f"{name} is no document that can be read.") from error
    return _guide(of_html(page), package, name)


def _check_document(name: str, data: bytes) -> None:
    """A document is an archive, too: with the same limits."""
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(data)
        file.flush()
        try:
            package = packages.opened(file.name)
        except NotTaken as error:
            raise NotTaken(str(error).replace(file.name.rpartition("/")[2], name)) from error
    if "word/document.xml" not in package.names:
        raise NotTaken(f"{name} is no document that can be read.")


def _mht(package: Package, name: str) -> Brought:
    """A page with its pictures in one message (RFC 2557), as browsers and the Steps Recorder save them."""
    message = email.message_from_bytes(package.read(name), policy=email.policy.default)
    parts: dict[str, bytes] = {}
    page = ""
    for part in message.walk():
        if part.is_multipart() or not isinstance(part, EmailMessage):
            continue
        try:
            body = part.get_payload(decode=True)
        except (ValueError, LookupError, binascii.Error):
            continue
        if not isinstance(body, bytes) or len(parts) >= packages.MOST_MEMBERS:
            continue
        if part.get_content_type() == "text/html" and not page:
            page = _decoded(body, part.get_content_charset() or "")
        elif part.get_content_maintype() == "image":
            location = str(part.get("Content-Location", "")) or part.get_filename() or f"{len(parts)}"
            parts[location.replace("\\", "/")] = body
            if content_id := str(part.get("Content-ID", "")).strip("<> "):
                parts[f"cid:{content_id}"] = body
    if not page:
        raise NotTaken(f"{name} has no page in it.")
    return _guide(of_html(page), packages.of_parts(name, parts), name)


_READERS = {
    "md": _markdown,
    "markdown": _markdown,
    "html": _html,
    "htm": _html,
    "docx": _docx,
    "mht": _mht,
    "mhtml": _mht,
}


def _decoded(data: bytes, charset: str = "") -> str:
    """A page as text, by its mark, by what it says of itself, or as what it can be."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(name, "replace")
    said = re.search(rb"charset=[\"']?([\w-]+)", data[:2048])
    for name in (charset, said[1].decode("ascii") if said else "", "utf-8"):
        if name:
            try:
                return data.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    return data.decode("cp1252", "replace")


# --- from blocks to steps ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Step:
    """A step while it is being read."""

    action: list[str] = field(default_factory=list)
    where: str = ""
    expect: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)


def _guide(blocks: Sequence[Block], package: Package, name: str) -> Brought:
    """A guide of the blocks of a page: its title, what stands before its steps, and the steps."""
    title = _title(blocks, name)
    begins = _beginnings(blocks, title)
    steps: list[_Step] = []
    summary: list[str] = []
    needs: list[str] = []
    found: list[tuple[int, Block]] = []
    notes: list[str] = []
    in_needs = False
    for place, block in enumerate(blocks):
        if _TAIL.match(block.text):
            notes.append("what the recorder wrote about programs at its end was left out")
            break
        if block.kind is BlockKind.TITLE or (block.kind is BlockKind.HEADING and block.text == title):
            continue
        if place in begins:
            steps.append(_begun(block))
        elif block.kind is BlockKind.PICTURE:
            found.append((len(steps) - 1, block))
        elif steps:
            _add(steps[-1], block)
        elif block.kind is BlockKind.HEADING:
            in_needs = bool(_NEEDS.match(block.text))
        else:
            (needs if in_needs and len(block.text) <= LINE_LIMIT else summary).append(block.text)
    content = Content(
        title, "\n".join(summary), needs=tuple(needs), steps=tuple(map(_made, range(len(steps)), steps))
    )
    brought = Brought(tidy(content), notes=notes)
    _take_pictures(brought, found, package)
    return brought


def _title(blocks: Sequence[Block], name: str) -> str:
    """The first heading if it is the only one of its level and no step, else what the page or the file is called."""
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    first = [block for block in headings[:1] if sum(each.level == block.level for each in headings) == 1]
    for block in (*first, *(block for block in blocks if block.kind is BlockKind.TITLE)):
        if not _STEP.match(block.text):
            return block.text.split("\n")[0][:NAME_LIMIT]
    return re.sub(r"[_-]+", " ", name.rpartition("/")[2].rpartition(".")[0]).strip() or "Guide"


def _beginnings(blocks: Sequence[Block], title: str) -> set[int]:
    """Where the steps begin: at “Step 3”, else at the items of numbered lists, else at headings of one level, else at
    paragraphs that begin with a number, else at each paragraph."""
    kinds = (BlockKind.PICTURE, BlockKind.TITLE)
    words = [(place, block) for place, block in enumerate(blocks) if block.kind not in kinds and block.text != title]
    headings = [
        [
            place
            for place, block in words
            if block.kind is BlockKind.HEADING and block.level == level and not _NEEDS.match(block.text)
        ]
        for level in range(1, 7)
    ]
    said = [place for place, block in words if _STEP.match(block.text) and block.kind is not BlockKind.POINT]
    items = [place for place, block in words if block.kind is BlockKind.ITEM and block.level == 1]
    numbered = [place for place, block in words if block.kind is BlockKind.TEXT and _NUMBER.match(block.text)]
    for way in (said, items, *(way for way in headings if len(way) > 1), numbered):
        if way:
            return set(way)
    return {place for place, block in words if block.kind in (BlockKind.TEXT, BlockKind.POINT)}


def _begun(block: Block) -> _Step:
    text = _STEP.sub("", block.text, count=1)
    if block.kind is BlockKind.TEXT:
        text = _NUMBER.sub("", text, count=1)
    step = _Step()
    _add(step, Block(BlockKind.TEXT, _TIME.sub("", text, count=1)))
    return step


def _add(step: _Step, block: Block) -> None:
    """Put a block into the step it follows: each line where its label says, else to what one does."""
    for line in filter(None, block.text.split("\n")):
        name, rest = next(
            ((name, label.sub("", line, count=1)) for name, label in _LABELS if label.match(line)), ("action", line)
        )
        if name == "where" and len(rest) <= LINE_LIMIT:
            step.where = rest
        elif name == "branch":
            symptom, _, then = rest.partition("→")
            step.branches.append(Branch(symptom.strip(), Then.STOP, then.strip()))
        else:
            lines = {"expect": step.expect, "note": step.note}.get(name, step.action)
            lines.append(f"- {rest}" if block.kind is BlockKind.POINT else rest)


def _made(place: int, said: _Step) -> Step:
    """A step with a key of its own in this guide; whoever keeps it gives it one for good."""
    return Step(
        f"step{place + 1}",
        "\n".join(said.action),
        said.where,
        "\n".join(said.expect),
        branches=tuple(said.branches),
        note="\n".join(said.note),
        reviewed=False,
    )


def _take_pictures(brought: Brought, found: Sequence[tuple[int, Block]], package: Package) -> None:
    """Give each step its pictures; those before the first go to it. What can not be had is said."""
    outside = missing = 0
    for step, block in found:
        data = b""
        source = block.source.strip()
        name = package.find(source) if not source.lower().startswith("data:") else ""
        try:
            if inline := _DATA.match(source):
                name = f"picture{len(brought.pictures) + 1}"
                data = base64.b64decode(source[inline.end() :], validate=False)
            elif name:
                data = package.read(name)
        except (NotTaken, binascii.Error):
            name = ""
        if not name and re.match(r"(?:https?:)?//", source, re.I):
            outside += 1
        elif not name or not data or len(data) > MOST_BYTES or len(brought.pictures) >= MOST_PICTURES:
            missing += 1
        else:
            brought.pictures.append(BroughtPicture(max(step, 0), name.rpartition("/")[2], data, block.text))
    if outside:
        brought.notes.append(f"{_count(outside)} on the internet left out: nothing is fetched")
    if missing:
        brought.notes.append(f"{_count(missing)} left out: not there, or no picture")


def _count(number: int) -> str:
    return "1 picture" if number == 1 else f"{number} pictures"
