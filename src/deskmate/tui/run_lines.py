"""The lines of a run: its head, its items, and beneath the one under the cursor all that belongs to it.

Nothing here knows Textual.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from deskmate.domain import instant
from deskmate.domain import row as at
from deskmate.domain import run as rules
from deskmate.domain.checklist import Item, Kind, Verdict
from deskmate.domain.due import moment_text
from deskmate.domain.files import size_text
from deskmate.domain.row import Row, label
from deskmate.domain.run import Result, Run, RunState
from deskmate.domain.steps import day_text, has_days
from deskmate.domain.text import fit, safe
from deskmate.domain.text import width as cells
from deskmate.tui.detail_lines import wrap
from deskmate.tui.frame import PRIORITIES, Spans, cut, end_with

GLYPHS = {
    Verdict.DONE: ("✓", "good"),
    Verdict.FAILED: ("✗", "p1"),
    Verdict.NOT_APPLICABLE: ("–", "dim"),
}
BEYOND = "▲"
"""Done, and yet worth a look."""
AHEAD = "ahead"
DAY_WIDTH, TIME_WIDTH = 12, 9
"""Cells of the last column, with days and without."""
MOST_BESIDE = 2
"""What stands beside an item has at most this part of the line: one half."""


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a run is painted from. ``rows`` are of the requests it led to, ``lost`` digests of files not there.

    ``days`` are those of its items, ``needed_by`` is the stored instant by when its request is needed.
    """

    run: Run
    said: str
    rows: Mapping[int, Row]
    lost: frozenset[str]
    now: datetime
    days: Mapping[int, date] = field(default_factory=dict)
    needed_by: str | None = None


def title_line(shown: Shown, item: int, width: int) -> Spans:
    """The name, when it is due, how it is gone through, and where one is."""
    run = shown.run
    content = run.checklist.content
    said = shown.said if run.nominal else _for(shown, run.request) if run.request else "ad hoc"
    where = f"item {rules.place_of(run, item)} of {len(run.items)}" if item else f"{len(run.items)} items"
    if run.state is not RunState.OPEN:
        where = rules.state_text(run)
    minutes = f" · {content.minutes} min" if content.minutes else ""
    left = [(f" {safe(run.checklist.name)}", "tab-on"), (f"   {safe(said)}" if said else "", "dim")]
    return end_with([*left, (f"   {content.mode}", "dim")], width, [(f"  {where}{minutes} ", "")])


def _for(shown: Shown, number: int) -> str:
    """Which request it is run for, and by when that is needed."""
    if shown.needed_by is None:
        return f"for {label(number)}"
    day, _late = day_text(instant.from_text(shown.needed_by).astimezone(shown.now.tzinfo).date(), shown.now.date())
    return f"for {label(number)}, {day}"


def banner(shown: Shown, width: int, switch: str, quiet: str) -> list[Spans]:
    """What is to be known before the first item.

    ``switch`` and ``quiet`` are the keys that do something about it, empty where there is nothing to do.
    """
    run, content = shown.run, shown.run.checklist.content
    lines: list[Spans] = []
    if run.newer and switch:
        lines.append([(" a newer revision of this list: ", "soon"), (switch, "key"), (" switches", "dim")])
    if run.request is not None and shown.needed_by is None and has_days(run.items):
        lines.append([(f" {label(run.request)} says no day it is needed by, so its items have none", "soon")])
    if quiet:
        lines.append([(" this list asks for do-not-disturb: ", "soon"), (quiet, "key")])
    if content.pause_point and not run.marked:
        lines += [[(f" {line}", "dim")] for line in wrap(f"pause point: {safe(content.pause_point)}", width - 2)]
    return [cut(line, width) for line in lines]


def item_lines(shown: Shown, item: Item, width: int, *, cursor: bool, fresh: bool = False) -> list[Spans]:
    """An item; with the cursor on it, all about it beneath. ``fresh`` is what was ticked just now."""
    run = shown.run
    result = run.result(item.id)
    verdict = result.verdict if result else None
    room = max(2, len(str(len(run.items))) + 1)
    glyph, style = GLYPHS[verdict] if verdict else (str(rules.place_of(run, item.id)), "key" if cursor else "dim")
    text = "bold" if cursor or fresh else "dim" if verdict else ""
    beside, beside_style = _beside(shown, item, result)
    far, late = "", False
    if verdict and result:
        far = moment_text(instant.from_text(result.at).astimezone(shown.now.tzinfo), shown.now)
    elif (day := shown.days.get(item.id)) and run.state is RunState.OPEN:
        far, late = day_text(day, shown.now.date())
    far = f"{far:>{DAY_WIDTH if shown.days else TIME_WIDTH}}" if far else ""
    beside = fit(beside, width // MOST_BESIDE) if cells(beside) > width // MOST_BESIDE else beside
    right: Spans = [(f"  {beside}", beside_style), (f"  {far} " if far else " ", "overdue" if late else "dim")]
    left: Spans = [
        ("▌" if cursor else " ", "bar"),
        (f"{glyph:>{room - 1}}", style),
        (f" {_one_line(item.text)}", text),
    ]
    lines = [end_with(left, width, right)]
    if not cursor:
        return lines
    whole = sum(cells(words) for words, _style in (*left, *right)) <= width
    if not whole:
        lines += [[("   ", ""), (line, "")] for line in wrap(_one_line(item.text), width - 5)]
    return [*lines, *(cut(line, width) for line in _about(shown, item, result, width))]


def _beside(shown: Shown, item: Item, result: Result | None) -> tuple[str, str]:
    """What came of it, or what it asks for."""
    run = shown.run
    files = run.files(item.id)
    lost = any(each.digest in shown.lost for each in files)
    parts = [f"evidence {len(files)}{', gone' if lost else ''}"] if files else []
    style = "error" if lost else "dim"
    if result is None or result.verdict is None:
        if item.kind is Kind.VALUE:
            parts.insert(0, f"____ {safe(item.unit)}".strip())
        elif item.kind is Kind.CHOICE:
            parts.insert(0, " / ".join(map(safe, item.choices)))
        elif item.kind is Kind.NOTE:
            parts.insert(0, "a note")
        if item.evidence and not files:
            parts.append("wants a file")
        if result is not None and result.note:
            parts.append("noted")
        return "   ".join(parts), style
    if result.value:
        parts.insert(0, rules.value_text(item, _one_line(result.value)))
        if rules.worth_a_look(item, result.value):
            parts[0] = f"{BEYOND} {parts[0]}"
            style = "soon"
    elif result.note:
        parts.insert(0, _one_line(result.note))
    if result.finding is not None:
        parts.append(f"→ {label(result.finding)}{_priority(shown.rows.get(result.finding))}")
        style = "p1" if result.verdict is Verdict.FAILED and not lost else style
    if rules.ahead(run, item.id):
        parts.append(AHEAD)
    return "   ".join(parts), style


def _about(shown: Shown, item: Item, result: Result | None, width: int) -> list[Spans]:
    """All about the item under the cursor."""
    run, room = shown.run, width - 5
    value = result.value if result else ""
    lines: list[Spans] = []

    def say(words: str, style: str = "dim") -> None:
        lines.extend([("   ", ""), (line, style)] for line in wrap(words, room))

    if item.expected:
        say(f"expected: {safe(item.expected)}")
    if item.kind is Kind.VALUE and (limits := rules.limits_text(item)):
        outside = bool(value) and run.verdict(item.id) is Verdict.FAILED
        say(f"limits: {limits}", "p1" if outside else "soon" if rules.worth_a_look(item, value) else "dim")
    if item.kind is Kind.CHOICE:
        say("   ".join(f"{place} {safe(choice)}" for place, choice in enumerate(item.choices, 1)))
    if item.guide:
        say(f"guide: {safe(item.guide)}")
    if result is not None and result.note:
        for line in safe(result.note, multiline=True).split("\n"):
            say(line, "internal")
    for each in run.files(item.id):
        gone = each.digest in shown.lost
        why = "is not among the kept files any more; a backup may have it" if gone else size_text(each.size)
        say(f"{safe(each.name)}  {why}  {each.digest[:12]}", "error" if gone else "dim")
    if result is not None and result.finding is not None:
        row = shown.rows.get(result.finding)
        named = f" {row[at.STATUS]}  {safe(row[at.TITLE])}" if row else ""
        say(f"{label(result.finding)}{_priority(row)}{named}")
    if rules.ahead(run, item.id):
        say("done ahead of one that comes first", "soon")
    return lines


def _priority(row: Row | None) -> str:
    return f" {PRIORITIES[row[at.PRIORITY]][0].strip()}" if row is not None and row[at.PRIORITY] else ""


def _one_line(text: str) -> str:
    return safe(" ".join(text.split()))
