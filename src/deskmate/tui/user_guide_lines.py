"""A guide as somebody gets it, in a terminal. Made of a ``UserGuide`` alone: what is not in it can not be seen here.

Nothing here knows Textual.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from deskmate.domain.guide import Caution
from deskmate.domain.guide_words import GuideWords, words_in
from deskmate.domain.hours import day_text
from deskmate.domain.text import safe, width
from deskmate.domain.user_guide import UserGuide, UserPicture, UserStep
from deskmate.tui.detail_lines import wrap
from deskmate.tui.frame import Spans

Shown = Mapping[tuple[int, int], list[Spans]]
"""Pictures as lines of cells, by the number of their step and their place in it from 0."""
COLUMNS = 72
"""Cells that text and pictures take at most: longer lines are hard to read."""
ROWS = 14
"""Lines that a picture takes at most."""


def room_for(columns: int) -> tuple[int, int]:
    """The columns and rows of a picture in a pane of this many cells."""
    return max(min(columns - 5, COLUMNS), 10), ROWS


def rows_of(picture: UserPicture, columns: int, rows: int) -> int:
    """The lines that a picture takes, two of its pixels in each cell, no larger than it is."""
    if not picture.width or not picture.height:
        return 0
    scale = min(columns / picture.width, 2 * rows / picture.height, 1)
    return max(1, -(-round(picture.height * scale) // 2))


def lines(guide: UserGuide, shown: Shown, columns: int) -> list[Spans]:
    """All of it, in a pane of this many cells. A picture that has not come yet has its room already."""
    said = words_in(guide.language)
    inner = max(min(columns - 2, COLUMNS), 10)
    made: list[Spans] = [[(part, "bold")] for part in wrap(safe(guide.title), inner)]
    facts = [said.minutes.format(guide.minutes)] if guide.minutes else []
    facts += [said.checked.format(_day(guide.checked_on))] if guide.checked_on else []
    made += [[(part, "dim")] for part in wrap(" · ".join(facts), inner) if part]
    if guide.summary:
        made += [[], *_said("", guide.summary, inner)]
    if guide.needs:
        made += [[], [(said.needs, "bold")]]
        made += [line for need in guide.needs for line in _said("· ", need, inner)]
    for step in guide.steps:
        made += [[], *_step(step, said, shown, inner)]
    if guide.contact:
        made += [[], *_said(f"{said.contact}: ", guide.contact, inner)]
    return [[(" ", ""), *line] for line in made]


def _step(step: UserStep, said: GuideWords, shown: Shown, columns: int) -> list[Spans]:
    lead = f"{step.number}  "
    inner = columns - len(lead)
    made: list[Spans] = []
    if step.caution is not Caution.NONE:
        stop = step.caution is Caution.STOP
        made.append([(f"■ {said.stop}" if stop else f"▲ {said.caution}", "error" if stop else "soon")])
    made += _said("", step.action, inner, "bold")
    made += _said(f"{said.where}: ", step.where, inner)
    made += _said("", step.detail, inner)
    for place, picture in enumerate(step.pictures):
        made += _picture(picture, shown.get((step.number, place)), inner)
    made += _said(f"{said.expect}: ", step.expect, inner)
    for branch in step.branches:
        made += _said(f"{said.if_not}: ", f"{branch.symptom} → {branch.words}", inner)
    return [[(lead if place == 0 else " " * len(lead), "key"), *line] for place, line in enumerate(made)]


def _picture(picture: UserPicture, cells: list[Spans] | None, columns: int) -> list[Spans]:
    rows = rows_of(picture, *room_for(columns + 5))
    there = cells or []
    blank: list[Spans] = [[] for _ in range(rows - len(there))]
    return [*there, *blank, *_said("▣ ", picture.alt, columns, "dim")]


def _said(head: str, text: str, columns: int, style: str = "") -> list[Spans]:
    if not text:
        return []
    first, *rest = wrap(safe(text, multiline=True), columns - width(head))
    indent = " " * width(head)
    return [[(head, "dim"), (first, style)], *([(indent, ""), (part, style)] for part in rest)]


def _day(iso: str) -> str:
    return day_text(date.fromisoformat(iso))
