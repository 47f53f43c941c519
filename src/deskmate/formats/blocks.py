"""Pages as a run of blocks: headings, items, paragraphs and pictures. What a guide is made of when it comes in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser

from deskmate.formats.packages import NotTaken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from markdown_it.token import Token

MOST_TAGS = 20_000
"""Tags of one page. Deep nesting costs more than its length, and no guide has so many."""


class BlockKind(StrEnum):
    """What a block is."""

    TITLE = "title"
    HEADING = "heading"
    ITEM = "item"
    """Of a numbered list."""
    POINT = "point"
    """Of a list without numbers."""
    TEXT = "text"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its words, which of a picture are those for it. ``level`` is that of a heading or a list, ``source``
    where a picture is."""

    kind: BlockKind
    text: str = ""
    level: int = 0
    source: str = ""


_TAGS = frozenset(
    "title h1 h2 h3 h4 h5 h6 p div section article header footer main aside figure figcaption table tr td th ul ol li"
    " dl dt dd blockquote pre br hr img".split()
)
_HIDDEN = frozenset("script style svg template noscript iframe object canvas".split())
_WITHIN = frozenset(("br", "img"))


def of_html(page: str) -> list[Block]:
    """The blocks of an HTML page. Scripts, styles and frames are gone, and addresses but those of pictures, too.

    Raises NotTaken for a page with too much markup.
    """
    import nh3

    if page.count("<") > MOST_TAGS:
        raise NotTaken(f"The page has more than {MOST_TAGS:,} tags.", "Export it in parts.")
    clean = nh3.clean(
        page,
        tags=set(_TAGS),
        clean_content_tags=set(_HIDDEN),
        attributes={"img": {"src", "alt"}},
        url_schemes={"http", "https", "data", "cid", "file"},
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(clean)
    reader.close()
    reader.flush()
    return reader.blocks


class _Reader(HTMLParser):
    """Reads what nh3 has written: every tag is one that we know, and closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._kind, self._level = BlockKind.TEXT, 0
        self._lists: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag == "img":
            said = dict(attrs)
            self._picture(said.get("src") or "", said.get("alt") or "")
            return
        if tag == "br":
            self._words.append("\n")
            return
        self.flush()
        if tag in ("ul", "ol"):
            self._lists.append(tag)
        if tag == "title":
            self._kind = BlockKind.TITLE
        elif tag[0] == "h" and tag[1:].isdigit():
            self._kind, self._level = BlockKind.HEADING, int(tag[1])
        elif tag == "li" and self._lists:
            self._kind = BlockKind.ITEM if self._lists[-1] == "ol" else BlockKind.POINT
            self._level = len(self._lists)

    def handle_endtag(self, tag: str) -> None:
        if tag in _WITHIN:
            return
        self.flush()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        self._words.append(re.sub(r"\s+", " ", data))

    def flush(self) -> None:
        """End the block that is being read."""
        text = "\n".join(line.strip() for line in "".join(self._words).split("\n")).strip()
        self._words.clear()
        if text:
            self.blocks.append(Block(self._kind, text, self._level))
            # What follows in the same item or heading belongs to it and is none of its own.
            self._kind, self._level = BlockKind.TEXT, 0
        elif self._kind is not BlockKind.ITEM and self._kind is not BlockKind.POINT:
            self._kind, self._level = BlockKind.TEXT, 0

    def _picture(self, source: str, alt: str) -> None:
        self.flush()
        self.blocks.append(Block(BlockKind.PICTURE, " ".join(alt.split()), 0, source))


def of_markdown(text: str) -> list[Block]:
    """The blocks of a Markdown text (CommonMark); HTML in it is text."""
    from markdown_it import MarkdownIt

    blocks: list[Block] = []
    lists: list[str] = []
    fresh = False  # whether the next words are the first of an item
    heading = 0
    for token in MarkdownIt("commonmark", {"html": False}).parse(text):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append(token.type)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            fresh = True
        elif token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type in ("fence", "code_block"):
            blocks.append(Block(BlockKind.TEXT, token.content.rstrip("\n")))
        elif token.type == "inline":
            for part in _inline(token.children or ()):
                if isinstance(part, Block):
                    blocks.append(part)
                elif heading:
                    blocks.append(Block(BlockKind.HEADING, part, heading))
                elif fresh:
                    numbered = lists[-1] == "ordered_list_open"
                    blocks.append(Block(BlockKind.ITEM if numbered else BlockKind.POINT, part, len(lists)))
                    fresh = False
                else:
                    blocks.append(Block(BlockKind.TEXT, part))
            heading = 0
    return blocks


def _inline(tokens: Sequence[Token]) -> Iterator[Block | str]:
    """Words and pictures of a line, in order."""
    words: list[str] = []
    for token in tokens:
        if token.type == "image":
            if text := _stripped(words):
                yield text
            words.clear()
            alt = "".join(each.content for each in token.children or ())
            yield Block(BlockKind.PICTURE, alt, 0, str(token.attrs.get("src", "")))
        elif token.type in ("softbreak", "hardbreak"):
            words.append("\n")
        elif token.type in ("text", "code_inline"):
            words.append(token.content)
    if text := _stripped(words):
        yield text


def _stripped(words: Sequence[str]) -> str:
    return "\n".join(line.strip() for line in "".join(words).split("\n")).strip()
