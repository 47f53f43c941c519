"""The words beside a picture that is prepared: its head, its marks, and what is known of it.

Nothing here knows Textual.
"""

from __future__ import annotations

from deskmate.domain.guide import Content
from deskmate.domain.marks import name_of, size_of, where_of
from deskmate.domain.picture import Mark, Picture, Review
from deskmate.domain.pointing import Pointing
from deskmate.domain.telltale import Sighting
from deskmate.domain.text import safe
from deskmate.domain.text import width as cells
from deskmate.tui.detail_lines import wrap
from deskmate.tui.frame import Spans, cut, end_with

LOOKED: dict[Review, tuple[str, str]] = {
    Review.UNREVIEWED: ("○ not looked at yet", "soon"),
    Review.CLEAN: ("✓ nothing to hide", "good"),
    Review.COVERED: ("✓ covered", "good"),
}
WHERE_FROM = 34
"""Cells of a line from which it says where a mark is, too."""


def title_line(content: Content, picture: Picture, width: int) -> Spans:
    """Which picture of which step of which guide, and whether somebody looked."""
    step = next(number for number, each in enumerate(content.steps, 1) if picture in each.pictures)
    pictures = content.steps[step - 1].pictures
    which = f", picture {pictures.index(picture) + 1} of {len(pictures)}" if len(pictures) > 1 else ""
    size = f"{picture.width}×{picture.height}"
    left = [(f" {safe(content.title)}", "tab-on"), (f"   step {step}{which}   {size}", "dim")]
    words, style = LOOKED[picture.review]
    return end_with(left, width, [(f"  {words} ", style)])


def mark_line(mark: Mark, width: int, *, cursor: bool) -> Spans:
    """A mark in the list: its kind, where it is, how large."""
    left: Spans = [("▌" if cursor else " ", "bar"), (f" {name_of(mark)}", "bold" if cursor else "")]
    where, size = where_of(mark), size_of(mark)
    if width < WHERE_FROM and size:
        where = ""
    return end_with(left, width, [(f" {where}", "dim"), (f" {size:>9} ", "")])


def proposal_line(found: Sighting, width: int, *, cursor: bool) -> Spans:
    """What looks like something that must not be seen, in the list below the marks."""
    left: Spans = [("▌" if cursor else " ", "bar"), (" ? ", "soon"), (found.what, "bold" if cursor else "")]
    x1, y1, x2, y2 = found.box
    where = f"{x1},{y1}" if width >= WHERE_FROM else ""
    return end_with(left, width, [(f" {where}", "dim"), (f" {f'{x2 - x1}×{y2 - y1}':>9} ", "")])


def about_lines(picture: Picture, mark: Mark | None, key_of_alt: str, how: str, width: int) -> list[Spans]:
    """What is known of the picture, and of the mark under the cursor where its line says too little.

    ``how`` says how more would be known, where that is so.
    """
    lines: list[Spans] = []
    if mark is not None and width < WHERE_FROM:
        lines += [[(f" {name_of(mark)} at {where_of(mark)}", "dim")], []]
    if picture.alt:
        lines.append([(" alt text", "dim")])
        lines += [[(f" {line}", "")] for line in wrap(safe(picture.alt), width - 2)]
    else:
        lines += [[(" no alt text, ", "soon"), (key_of_alt, "key"), (" writes it", "dim")]]
    if how:
        lines += [[], *([(f" {line}", "dim")] for line in wrap(how, width - 2))]
    return lines


def pointing_line(at: Pointing, name: str, width: int) -> Spans:
    """What one points at now, in pixels: stands in the place of the head."""
    if at.kind is None:
        asked = "look closer"
    elif at.single:
        asked = f"{name}: where"
    elif at.first is None:
        asked = f"{name}: {'from where' if at.kind == 'arrow' else 'one corner'}"
    else:
        asked = f"{name}: {'both move' if at.whole else 'where to' if at.kind == 'arrow' else 'the other corner'}"
    x1, y1, x2, y2 = at.cell
    left: Spans = [(f" {asked}", "tab-on")]
    if at.pointed or at.kind is None:
        left.append((f"   {x1},{y1}  {x2 - x1}×{y2 - y1}", "dim"))
    right: Spans = []
    if at.first and at.kind != "arrow":
        x1, y1, x2, y2 = at.box
        right = [(f"{x2 - x1}×{y2 - y1} pixels at {x1},{y1} ", "")]
    return end_with(left, width, right) if sum(cells(text) for text, _ in right) < width // 2 else cut(left, width)
