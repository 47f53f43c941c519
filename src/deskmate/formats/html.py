"""HTML as it comes in mails and exports, turned into text a person can read.

The tokenizer is our own: that of ``html.parser`` takes quadratic time on unfinished tags, minutes for a
hostile cell of a megabyte. This one looks at every character a bounded number of times, keeps no tree and
does not recurse. What it cannot read as markup stays text: no word is lost to a missing bracket.
"""

import re
from dataclasses import dataclass
from html import unescape

_DEEPEST = 8
"""Levels of lists and quotes that still indent; deeper ones would only grow the text."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SPACED = _words("p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre figure hr")
_LINES = _words(
    """html body div section article header footer main nav aside address form fieldset legend center details
    summary figcaption dt dd caption option optgroup select hgroup search menu dir noscript frameset tr"""
)
_HIDDEN = _words("script style head title template svg")
_INLINE = _words(
    """a abbr acronym applet area audio b base basefont bdi bdo big blink br button canvas cite code col
    colgroup data datalist del dfn em embed font frame i iframe img input ins kbd keygen label li link map
    mark marquee math meta meter nobr noframes object output param picture progress q rp rt ruby s samp
    slot small source span strike strong sub sup tbody td textarea tfoot th thead time track tt u var
    video wbr xmp"""
)
_KNOWN = _SPACED | _LINES | _HIDDEN | _INLINE
_OWN_ROWS = _words("table tr ul ol blockquote pre hr")
"""What ends a row of a table when it begins: a table around such things is there for the layout only."""

# Possessive throughout: no way back means no second look.
_NAME = re.compile(r"<(/?)([a-zA-Z][\w:-]{0,40}+)(?=[\s/>])", re.ASCII)
_QUOTED_TAG = re.compile(r"""((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)>""")
_TAG = re.compile(r"([^>]*+)>")
_COMMENT = re.compile(r"(?s:.*?)-->")
_VALUE = r"""(?:"([^"]*+)"|'([^']*+)'|([^\s]*+))"""
_ATTRIBUTE = re.compile(rf"[\s/]*+(?:([^\s/][^\s=/]*+)(?:\s*+=\s*+{_VALUE})?+)?+")
_SPACES = re.compile(r"[ \t\f\xa0]{2,}+|[\t\f\xa0]")
_UNPRINTED = re.compile(r"[\x00-\x20\x7f\xa0]+")
_LINK = re.compile(r"(?:https?://|mailto:)[^/]", re.IGNORECASE)
_BARE = re.compile(r"^(?:https?://|mailto:)|/$", re.IGNORECASE)
_CLOSING = {name: re.compile(rf"(?si:.*?)(?i:</{name})(?=[\s/>])[^>]*+>") for name in _HIDDEN}

_BLOCKS = "html|head|body|p|div|table|ul|ol|dl|h[1-6]|pre|blockquote|section|article|center|style"
_PARTS = "tr|td|th|li|a|b|i|u|em|strong|span|font|code|sup|sub"
_START = re.compile(rf"\s*+<(?:!doctype\s++html|(?:{_BLOCKS}|br|hr|img)(?=[\s/>]))", re.IGNORECASE)
_HELD = re.compile(rf"</(?:{_BLOCKS}|{_PARTS})\s*+>|<(?:br|hr)\s*+/?>|<img\s[^<>]*+>", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Whether ``text`` was written as HTML: it starts with a block tag, or holds a closing or void one.

    Cheap, and careful the other way: ``a < b``, ``<me@example.org>`` and ``List<String>`` are plain text.
    """
    return "<" in text and (_START.match(text) is not None or _HELD.search(text) is not None)


def _is_tag(name: str) -> bool:
    """Whether it means markup to HTML or a word processor; ``<enter>`` and ``<me@example.org>`` are words."""
    return name in _KNOWN or ":" in name or "-" in name


def to_text(html: str) -> str:
    """``html`` as plain text: paragraphs apart by one blank line, no trailing spaces, no final newline.

    Never raises and takes linear time, whatever the markup. Links are written as ``text (url)`` for http,
    https and mailto; every other target is left out.
    """
    text = html.replace("\r\n", "\n").replace("\r", "\n") if "\r" in html else html
    page = _Page()
    absent: set[re.Pattern[str]] = set()

    def upto(end: re.Pattern[str], position: int) -> re.Match[str] | None:
        """Read on to ``end``. What was missing once is missing later too, and is not looked for again."""
        match = None if absent and end in absent else end.match(text, position)
        if match is None:
            absent.add(end)
        return match

    position = 0
    while (start := text.find("<", position)) >= 0:
        page.text(text[position:start])
        end = None
        if text.startswith(("<!", "<?"), start):
            end = upto(_COMMENT if text.startswith("<!--", start) else _TAG, start + 2)
        elif (name := _NAME.match(text, start)) and _is_tag(tag := name[2].lower()):
            # Once quotes do not pair up to the end, they are not believed any more.
            end = upto(_QUOTED_TAG, name.end()) or upto(_TAG, name.end())
            if end and name[1]:
                page.close(tag)
            elif end and tag in _HIDDEN:
                end = upto(_CLOSING[tag], end.end()) or end
            elif end:
                page.open(tag, end[1])
        if end is None:
            page.text("<")
        position = end.end() if end else start + 1
    page.text(text[position:])
    return page.finish()


def _attributes(text: str) -> dict[str, str]:
    """The attributes of a tag by lower-case name; the first of a name counts, as in browsers."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(text):
        if name:
            found.setdefault(name.lower(), _decoded("".join(values)))
    return found


def _decoded(text: str) -> str:
    """``text`` with its character references resolved."""
    if "&" not in text:
        return text
    try:
        return unescape(text)
    except ValueError:  # a number too long for Python to read is no character either
        return text


def _number(attributes: str, name: str, default: int) -> int:
    """The number an attribute gives to a list, or ``default``."""
    text = _attributes(attributes).get(name, "") if attributes else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default


@dataclass(slots=True)
class _List:
    """One open list: the columns where its items and their text begin, and the next number."""

    ordered: bool
    base: int
    inner: int
    next: int = 1
    started: bool = False


class _Page:
    """The text as it grows: finished lines, and the pieces of the line being written."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.pieces: list[str] = []
        self.blank = self.row_blank = False  # a blank line is due before the next one, before the row
        self.marker = ""  # of a list item that has no text yet
        self.lists: list[_List] = []
        self.quotes = self.last_quotes = self.pre = 0
        self.link: tuple[str, int] | None = None  # address, and the piece its text began with
        self.cells: list[list[str]] | None = None  # of the table row being read

    def text(self, text: str) -> None:
        """Take text between two tags."""
        if text:
            self.pieces.append(_decoded(text) if self.pre else _decoded(text).replace("\n", " "))

    def open(self, tag: str, attributes: str) -> None:
        """Take an opening tag."""
        if tag == "br":
            self.pieces.append("\n")
        elif tag == "a":
            self._end_link()
            url = _UNPRINTED.sub("", _attributes(attributes).get("href", ""))
            if _LINK.match(url):
                self.link = url, len(self.pieces)
        elif tag == "img":
            if alt := " ".join(_attributes(attributes).get("alt", "").split()):
                self.pieces.append(f"[{alt}]")
        elif tag == "li":
            self._item(attributes)
        elif tag in ("td", "th"):
            self._cell()
        elif tag in _OWN_ROWS:
            self._end_row()
            # A list in a list belongs to its item and takes no blank line.
            self._break(spaced=tag in _SPACED and not (self.lists and tag in ("ul", "ol")))
            if tag in ("ul", "ol"):
                self._list(tag == "ol", attributes)
            elif tag == "hr":
                self._put("---")
                self.blank = True
            else:
                self.quotes += tag == "blockquote"
                self.pre += tag == "pre"
        elif tag in _SPACED or tag in _LINES:
            self._break(spaced=tag in _SPACED)

    def close(self, tag: str) -> None:
        """Take a closing tag, whether or not anything of that name is open."""
        if tag == "a":
            self._end_link()
        elif tag in ("td", "th"):
            self._flush()
        elif tag in ("tr", "table"):
            self._end_row()
            self._break(spaced=tag == "table")
        elif tag in ("ul", "ol", "li"):
            self._flush()
            self.marker = ""
            if tag != "li" and self.lists:
                self.lists.pop()
            self._break(spaced=not self.lists)
        elif tag in _SPACED or tag in _LINES:
            self._break(spaced=tag in _SPACED)
            self.quotes = max(0, self.quotes - (tag == "blockquote"))
            self.pre = max(0, self.pre - (tag == "pre"))

    def finish(self) -> str:
        """The whole text."""
        self._end_link()
        self._end_row()
        return "\n".join(self.lines)

    def _break(self, *, spaced: bool) -> None:
        """End the line; ``spaced``: a blank one follows, but never between an item's mark and its text."""
        self._flush()
        self.blank = self.blank or (spaced and not self.marker)

    def _list(self, ordered: bool, attributes: str) -> None:
        above = self.lists[-1] if self.lists else _List(False, 0, 0)
        base = above.inner if len(self.lists) < _DEEPEST else above.base
        self.lists.append(_List(ordered, base, base, _number(attributes, "start", 1)))

    def _item(self, attributes: str) -> None:
        self._end_row()
        if not self.lists:
            self._list(False, "")
        top = self.lists[-1]
        number = _number(attributes, "value", top.next)
        self.marker = " " * top.base + (f"{number}. " if top.ordered else "- ")
        self.blank = self.blank and not top.started
        top.next, top.inner, top.started = number + 1, len(self.marker), True

    def _end_link(self) -> None:
        if self.link is None:
            return
        (url, first), self.link = self.link, None
        text = "".join(self.pieces[first:])
        shown = " ".join(text.split())
        if _BARE.sub("", shown) != _BARE.sub("", url):
            self.pieces.append(f" ({url})" if shown else url)
            self.pieces.append(" " if text[-1:].isspace() else "")

    def _cell(self) -> None:
        self._flush()
        if self.cells is None:
            self.cells, self.row_blank = [], self.blank
        self.cells.append([])
        self.blank = False

    def _end_row(self) -> None:
        """Write the row: on one line when no cell has more than one, else a cell after the other."""
        self._flush()
        cells, self.cells = self.cells, None
        if cells is None:
            return
        self.blank = self.row_blank
        if all(len(cell) < 2 for cell in cells):
            if row := " ".join(" | ".join("".join(cell) for cell in cells).split()).strip(" |"):
                self._put(row)
            return
        for cell in cells:
            for line in cell:
                if line:
                    self._put(line)
                self.blank = not line
            self.blank = True

    def _flush(self) -> None:
        """End the line being written. An empty one only asks for a blank line, but for the last."""
        if not self.pieces:
            return
        if self.link is not None:
            self.link = self.link[0], 0
        lines, self.pieces = "".join(self.pieces).split("\n"), []
        for place, raw in enumerate(lines, 1):
            if line := raw.replace("\xa0", " ").rstrip() if self.pre else _SPACES.sub(" ", raw).strip():
                self._put(line)
            elif place < len(lines):
                self.blank = True

    def _put(self, line: str) -> None:
        if self.cells:
            cell = self.cells[-1]
            cell.extend(["", line] if self.blank and cell else [line])
        else:
            quotes = min(self.quotes, _DEEPEST)
            if self.blank and self.lines:
                self.lines.append(("> " * min(quotes, self.last_quotes)).rstrip())
            indent = self.marker or " " * (self.lists[-1].inner if self.lists else 0)
            self.lines.append("> " * quotes + indent + line)
            self.marker, self.last_quotes = "", quotes
        self.blank = False
