"""The lines of the panel of guides: the list, and one guide as it reads, with what is internal in it.

Nothing here knows Textual.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from deskmate.domain import instant
from deskmate.domain.due import moment_text
from deskmate.domain.guide import Audience, Branch, Caution, Content, Guide, Step, Then
from deskmate.domain.guide_changes import Sign
from deskmate.domain.hours import day_text
from deskmate.domain.picture import Review
from deskmate.domain.text import fit, safe, width
from deskmate.tui.detail_lines import wrap
from deskmate.tui.frame import Spans, cut, end_with, fit_right

if TYPE_CHECKING:
    from deskmate.domain.guide import Revision
    from deskmate.domain.picture import Picture
    from deskmate.store.read.guides import GuideLine
    from deskmate.tui.guides import Difference, Known

STATES = {
    "draft": ("○", ""),
    "published": ("✓", "good"),
    "changed": ("✎", "key"),
    "archived": ("·", "dim"),
}
"""What stands before a guide, and how it looks."""
CAUTIONS = {Caution.CAUTION: ("▲ Caution", "soon"), Caution.STOP: ("■ Stop", "error")}
"""How much care a step asks for, in a glyph and a word."""
TO_LOOK_AT = "▲ look"
"""Stands beside a guide whose day to be looked at again has come."""
WORD = 9
"""Cells of the word of a state."""
TAKES, USED = 9, 7
"""Cells of how long it takes and how often it was used."""
ROOMY = 60
"""Columns from which a list has room for all of it."""
SIGNS = {Sign.SAME: "dim", Sign.GONE: "soon", Sign.NEW: "good", Sign.LEFT_OUT: "dim"}
"""How a line of a difference looks."""
STEPS_SHOWN = 40
"""Steps beside a list; more are shown where the guide has the screen for itself."""
WELCOME = (
    "Guides are instructions, one step after the other, for somebody who is no technician.",
    "Written once, walked through together, sent in a form that can be followed alone.",
)


def heading(lines: Sequence[GuideLine], known: Known, typed: str, columns: int, *, named: bool) -> Spans:
    """How many there are, how many want a look, and what is searched for; ``named`` with the names of columns."""
    due = sum(line.key in known.looks for line in lines)
    spans: Spans = [(" Guides", "tab-on"), ("   ", "")]
    spans += [(f"{due} to be looked at", "soon"), (" · ", "dim")] if due else []
    spans.append((f"{len(lines)} {'found' if typed else 'guide' if len(lines) == 1 else 'guides'}", "dim"))
    if typed:
        spans += [("   ", ""), (f"/{safe(typed)}", "key")]
    names = f"{fit_right('takes', TAKES)}{fit_right('used', USED)} " if named and lines else ""
    return end_with(spans, columns, [(names, "dim")])


def guide_line(line: GuideLine, known: Known, columns: int, *, cursor: bool) -> Spans:
    """One guide of the list, exactly ``columns`` cells wide."""
    glyph, style = STATES[line.state]
    roomy = columns >= ROOMY
    look = "" if line.key not in known.looks else f" {TO_LOOK_AT}" if roomy else f" {TO_LOOK_AT[0]}"
    minutes, used = known.minutes.get(line.key), known.usage.get(line.key, (0, 0))[0]
    takes = fit_right(f"{minutes} min" if minutes else "", TAKES)
    often = fit_right(f"{used:,}×" if used else "", USED) if roomy else ""
    room = columns - 3 - WORD - 1 - width(look + takes + often) - 1
    quiet = line.state == "archived"
    return cut(
        [
            ("▌" if cursor else " ", "bar"),
            (f"{glyph} ", style),
            (f"{line.state:<{WORD}} ", "dim"),
            (fit(safe(line.title), max(room, 0)), "bold" if cursor else "dim" if quiet else ""),
            (look, "soon"),
            (takes + often, "dim"),
            (" ", ""),
        ],
        columns,
    )


def welcome(columns: int, typed: str, new: str) -> list[Spans]:
    """What is said where the list holds nothing: that nothing is found, or what the panel is for."""
    if typed:
        return [[], cut([("   ", ""), (f"No guide has “{safe(typed)}” in it.", "dim")], columns)]
    lines: list[Spans] = [[], *([("   ", ""), (part, "")] for text in WELCOME for part in wrap(text, columns - 4))]
    return [*lines, [], *([[("   ", ""), (f"{new} ", "key"), ("a new guide", "dim")]] if new else [])]


# --- one guide ----------------------------------------------------------------------------------------------


def guide_lines(
    guide: Guide,
    titles: Mapping[str, str],
    columns: int,
    now: datetime,
    *,
    looks: Sequence[str] = (),
    record: Sequence[str] = (),
    most: int = STEPS_SHOWN,
) -> list[Spans]:
    """All that is in a guide, in a pane of this many cells; of its steps the first ``most``.

    ``titles`` are those of the guides that a branch may lead to, by slug; ``looks`` says why it is to be looked at,
    ``record`` what walk-throughs say of it.
    """
    inner = max(columns - 2, 10)
    lines = _head(guide, inner, now, looks)
    lines += [[(part, "dim")] for part in wrap(" · ".join(record), inner) if part]
    lines += _about(guide.content, inner)
    for number, step in enumerate(guide.content.steps[:most], 1):
        lines += [[], *step_lines(number, step, guide.content, titles, inner)]
    if not guide.content.steps:
        lines += [[], [("There is no step in it yet.", "dim")]]
    elif len(guide.content.steps) > most:
        lines += [[], [(f"{len(guide.content.steps) - most} more steps", "dim")]]
    return [[(" ", ""), *line] for line in lines]


def _head(guide: Guide, columns: int, now: datetime, looks: Sequence[str]) -> list[Spans]:
    glyph, style = STATES[guide.state]
    word = guide.state
    if guide.state == "changed":
        word = f"changed since revision {guide.revision}"
    elif guide.revision:
        word = f"{guide.state}, revision {guide.revision}"
    lines: list[Spans] = [[(part, "bold")] for part in wrap(safe(guide.title), columns)]
    facts: Spans = [(f"{glyph} ", style), (word, "")]
    content = guide.content
    for text in (
        f"{content.minutes} min" if content.minutes else "",
        "for technicians" if content.audience is Audience.TECHNICIAN else "",
        "" if content.language == "en" else f"in {safe(content.language)}",
    ):
        facts += [("   ", ""), (text, "dim")] if text else []
    lines.append(cut(facts, columns))
    looked = []
    if guide.checked_at:
        moment = instant.from_text(guide.checked_at).astimezone(now.tzinfo)
        looked.append(f"looked at {moment_text(moment, now)}")
    if guide.review_by and not looks:
        looked.append(f"next look {day_text(date.fromisoformat(guide.review_by))}")
    lines += [[(part, "dim")] for part in wrap(" · ".join(looked), columns) if part]
    return lines + [[(part, "soon")] for part in wrap(f"▲ {', '.join(looks)}", columns) if looks]


def _about(content: Content, columns: int) -> list[Spans]:
    lines: list[Spans] = []
    if content.summary:
        lines += [[], *_said("", content.summary, columns)]
    if content.words:
        lines += _said("users say: ", " · ".join(content.words), columns, "dim")
    if content.note:
        lines += _said("INTERNAL ", content.note, columns, "internal")
    if content.needs:
        lines += [[], [("You need", "dim")]]
        lines += [line for need in content.needs for line in _said("· ", need, columns)]
    if content.placeholders:
        named = (f"{each.name}{' (secret)' if each.secret else ''}" for each in content.placeholders)
        lines += _said("filled in when sent: ", ", ".join(named), columns, "dim")
    return lines


def step_lines(number: int, step: Step, content: Content, titles: Mapping[str, str], columns: int) -> list[Spans]:
    """One step with all that belongs to it, in so many cells."""
    lead = f"{number} "
    indent = " " * len(lead)
    inner = columns - len(lead)
    lines: list[Spans] = []
    if step.caution in CAUTIONS:
        lines.append([CAUTIONS[step.caution]])
    lines += _said("", step.action or "(nothing is said yet)", inner, "" if step.action else "dim")
    lines += _said("where: ", step.where, inner, "dim")
    lines += _said("", step.detail, inner, "dim")
    lines += _said("You should see: ", step.expect, inner)
    for branch in step.branches:
        lines += _said("If not: ", f"{branch.symptom} → {leads_to(branch, content, titles)}", inner)
    for picture in step.pictures:
        words, style = picture_words(picture)
        lines += _said("▣ ", words, inner, style)
    lines += _said("INTERNAL ", step.note, inner, "internal")
    if not step.reviewed:
        lines.append([("imported, not looked at yet", "soon")])
    return [[(lead if place == 0 else indent, "dim"), *line] for place, line in enumerate(lines)]


def picture_words(picture: Picture) -> tuple[str, str]:
    """What a picture shows in words, and whether somebody has looked at it."""
    words = picture.alt or "a picture without words for it"
    if picture.review is Review.UNREVIEWED:
        return f"{words} (not looked at yet)", "soon"
    return words, "dim"


def leads_to(branch: Branch, content: Content, titles: Mapping[str, str]) -> str:
    """Where a branch leads: ``step 3``, ``“Clear a jam”``, ``ask the helpdesk``, ``stop: switch it off``."""
    if branch.then is Then.STEP:
        place = content.position(branch.to)
        return "a step that is not there" if place is None else f"step {place + 1}"
    if branch.then is Then.GUIDE:
        return f"“{titles.get(branch.to, branch.to)}”"
    if branch.then is Then.CONTACT:
        return f"ask {branch.to or 'us'}"
    return f"stop: {branch.to}" if branch.to else "stop and ask us"


# --- what was published -------------------------------------------------------------------------------------


def revision_line(revision: Revision, columns: int, now: datetime, *, cursor: bool) -> Spans:
    """One revision: its number, when it was published, and what was said to be new."""
    moment = moment_text(instant.from_text(revision.made_at).astimezone(now.tzinfo), now)
    damaged: Spans = [] if revision.whole else [("  is not what was published", "error")]
    return cut(
        [
            ("▌" if cursor else " ", "bar"),
            (f"{revision.number:>3}  ", "dim"),
            (f"{moment:<14}", "dim"),
            (safe(revision.reason) or "nothing was said", "bold" if cursor else "" if revision.reason else "dim"),
            *damaged,
        ],
        columns,
    )


def difference_lines(number: int, found: Difference, columns: int) -> list[Spans]:
    """What the draft says otherwise than a revision, in words and then line by line."""
    if not found.words:
        return [[], [(f" The draft says what revision {number} does.", "dim")]]
    lines: list[Spans] = [[], [(f" Since revision {number}, in the draft", "bold")]]
    lines += [[(" · ", "dim"), *line] for words in found.words for line in _said("", words, columns - 4)]
    lines.append([])
    for each in found.lines:
        style = SIGNS[each.sign]
        first, *rest = wrap(safe(each.text), columns - 5)
        lines.append([(f" {each.sign} ", style or "dim"), (first, style)])
        lines += [[("   ", ""), (part, style)] for part in rest]
    return lines


def _said(head: str, text: str, columns: int, style: str = "") -> list[Spans]:
    """A text behind its head, its further lines beneath the first word; nothing where there is no text."""
    if not text:
        return []
    lead = style if style in ("internal", "soon") else "dim"
    first, *rest = wrap(safe(text, multiline=True), columns - width(head))
    indent = " " * width(head)
    return [[(head, lead), (first, style)], *([(indent, ""), (part, style)] for part in rest)]
