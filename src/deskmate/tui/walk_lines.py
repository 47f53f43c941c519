"""The lines of a walk-through: the step one is at, large and calm, and beneath it what was done so far.

Nothing here knows Textual.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from deskmate.domain import instant
from deskmate.domain import walk as rules
from deskmate.domain.due import moment_text
from deskmate.domain.guide import Step
from deskmate.domain.row import label
from deskmate.domain.text import safe
from deskmate.domain.text import width as cells
from deskmate.domain.walk import StepVerdict, Walk, WalkedStep
from deskmate.tui.detail_lines import wrap
from deskmate.tui.frame import Spans, cut, end_with
from deskmate.tui.guide_lines import CAUTIONS, leads_to, picture_words

GLYPHS = {
    StepVerdict.DONE: ("✓", "good"),
    StepVerdict.TOGETHER: ("✓", "good"),
    StepVerdict.FAILED: ("✗", "p1"),
    StepVerdict.SKIPPED: ("–", "dim"),
}
WIDEST = 100
"""Cells of a line: what is longer is hard to follow while one talks."""
MARGIN = 3
"""Cells left of what is to be said."""


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a walk-through is painted from. ``who`` is whom it is with, ``titles`` those of guides by slug."""

    walk: Walk
    who: str
    titles: Mapping[str, str]
    now: datetime


def title_line(shown: Shown, width: int) -> Spans:
    """The guide, whom with, where one is, and how long it has taken."""
    walk = shown.walk
    with_ = " ".join(filter(None, (label(walk.request) if walk.request else "", safe(shown.who))))
    took = rules.took_text(rules.total(walk, instant.to_text(shown.now)))
    minutes = walk.content.minutes
    right = f"{rules.place_text(walk)} · {took}{f' of {minutes} min' if minutes else ''} "
    left: Spans = [(f" {safe(walk.guide.title)}", "bold")]
    left += [(f"   with {with_}", "dim")] if with_ else []
    return end_with(left, width, [("  ", ""), (right, "dim")])


def step_lines(shown: Shown, width: int, finish: str) -> list[Spans]:
    """The step it is at with all that helps there, or that it was the last; ``finish`` is the key that ends it."""
    walk, step = shown.walk, shown.walk.here
    whole = len(walk.content.steps)
    room = min(max(width - MARGIN - 2, 10), WIDEST)
    lines: list[Spans] = [[]]
    if step is None:
        lines += [[("That was the last step.", "bold")], [], [(f"{finish} ", "key"), ("says what came of it", "dim")]]
    else:
        place = (walk.content.position(step.key) or 0) + 1
        number: Spans = [(f"{place}", "bold"), (f" of {whole}", "dim")]
        lines.append([*number, ("   ", ""), CAUTIONS[step.caution]] if step.caution in CAUTIONS else number)
        lines += [[], *_about(shown, step, room)]
    if walk.steps:
        lines += [[], [("So far", "dim")]]
        for entry in walk.steps:
            lines += _entry(walk, entry, room, shown.now)
    return [lines[0], *([(" " * MARGIN, ""), *line] if line else [] for line in lines[1:])]


def _about(shown: Shown, step: Step, room: int) -> list[Spans]:
    walk = shown.walk
    lines: list[Spans] = [
        [(line, "bold")] for line in wrap(safe(step.action or "(nothing is said)", multiline=True), room)
    ]
    if step.where:
        lines += _said("where    ", step.where, room)
    if step.expect:
        lines += [[], *_said("they see ", step.expect, room)]
    if step.detail:
        lines += [[], *_said("         ", step.detail, room, "dim")]
    for picture in step.pictures:
        words, style = picture_words(picture)
        lines += _said("▣        ", words, room, style)
    for number, branch in enumerate(step.branches, start=1):
        lines += [[]] if number == 1 else []
        leads = leads_to(branch, walk.content, shown.titles)
        lines += _said(f"{number} ", f"if not: {branch.symptom}  → {leads}", room, head="key")
    if step.note:
        lines += [[], *_said("INTERNAL ", step.note, room, "internal", head="internal")]
    if walk.noted:
        lines += [[], *_said("noted    ", walk.noted, room, "internal")]
    return lines


def _entry(walk: Walk, entry: WalkedStep, room: int, now: datetime) -> list[Spans]:
    """What came of a step: how, how long it took, when, and beneath it why."""
    glyph, style = GLYPHS[entry.verdict]
    moment = moment_text(instant.from_text(entry.at).astimezone(now.tzinfo), now)
    word = "together  " if entry.verdict is StepVerdict.TOGETHER else ""
    right: Spans = [(f"  {word}{rules.took_text(entry.seconds):>6}  {moment:>9}", "dim")]
    lines = [end_with([(f"{glyph} ", style), (safe(rules.name_of(walk, entry.step)), "")], room, right)]
    lines += _said("    ", entry.symptom, room, "p1") if entry.symptom else []
    lines += _said("    ", entry.note, room, "internal") if entry.note else []
    return lines


def _said(lead: str, text: str, room: int, style: str = "", head: str = "dim") -> list[Spans]:
    """A text behind its head, its further lines beneath the first word."""
    first, *rest = wrap(safe(text, multiline=True), room - cells(lead))
    indent = " " * cells(lead)
    lines: list[Spans] = [[(lead, head), (first, style)], *([(indent, ""), (line, style)] for line in rest)]
    return [cut(line, room) for line in lines]
