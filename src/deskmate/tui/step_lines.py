"""The lines of a guide that is being written: its head, its outline, and one step with all that is said in it.

Nothing here knows Textual.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from deskmate.domain import guide_check, step_fields
from deskmate.domain.files import size_text
from deskmate.domain.guide import Audience, Caution, Content, Guide, Step
from deskmate.domain.guide_check import Finding
from deskmate.domain.picture import Picture, Review
from deskmate.domain.text import fit, safe
from deskmate.tui.detail_lines import wrap
from deskmate.tui.frame import DRAFT, Spans, cut, end_with
from deskmate.tui.guide_lines import CAUTIONS, leads_to

LABEL = 12
"""Cells of the names of the parts, with the bar before them."""
BRANCH, PICTURE = "branch:", "picture:"
"""Begin the names of the parts of a step that are no texts: the place of a branch, the key of a picture."""
LABELS = {
    "action": "do",
    "where": "where",
    "expect": "see",
    "detail": "in detail",
    "minutes": "minutes",
    "note": "INTERNAL",
}
EMPTY = {
    "action": "what to do: one thing, as you would say it",
    "where": "the window or the menu it happens in",
    "expect": "what one should see then",
    "detail": "more words, for those who are new to this",
    "minutes": "how long it takes, when that is long",
    "note": "a note for technicians; it never leaves",
}
WORDS = {
    "action": "what to do",
    "where": "where",
    "expect": "what one should see",
    "detail": "in detail",
    "minutes": "minutes",
    "note": "internal note",
}
"""The texts as undo repeats them."""
PICTURED, IF_NOT, NOTED, UNSEEN = "▣", "↪", "¶", "?"
"""What stands in the outline for a picture, a way out, an internal note, and what nobody has looked at yet."""

PictureLines = Callable[[Picture, int], list[Spans]]
"""The lines of a picture that is decoded, for so many cells; none while it is on its way."""


class Row(NamedTuple):
    """A line of a step, and the part it belongs to; empty for none."""

    part: str
    spans: Spans
    picture: bool = False
    """Whether it stands below the words of its part: facts of a picture, and the picture."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the lines of a step need beside the guide: titles of guides by slug and those that are
    published, plain words for those of the trade, and its pictures."""

    titles: Mapping[str, str] = field(default_factory=dict)
    glossary: Mapping[str, str] = field(default_factory=dict)
    published: Collection[str] = ()
    picture: PictureLines = lambda picture, columns: []


def title_line(guide: Guide, number: int, width: int) -> Spans:
    """Its name, how far it is, and where one is."""
    content = guide.content
    state = {
        "draft": "draft",
        "changed": f"changed since revision {guide.revision}",
        "published": f"revision {guide.revision}",
        "archived": "put aside",
    }[guide.state]
    whom = ["for technicians"] if content.audience is Audience.TECHNICIAN else []
    minutes = [f"{content.minutes} min"] if content.minutes else []
    count = len(content.steps)
    where = f"step {number} of {count}" if count else "no step yet"
    left: Spans = [(f" {safe(content.title)}", "tab-on"), (f"   {' · '.join((state, *whom, *minutes))}", "dim")]
    return end_with(left, width, [(f"  {where} ", "")])


def outline_line(content: Content, index: int, width: int, *, cursor: bool, inside: bool, waits: bool) -> Spans:
    """A step in the outline. ``inside``: the cursor is in its parts. ``waits``: something typed is not saved."""
    step = content.steps[index]
    room = max(2, len(str(len(content.steps))))
    glyph, style = CAUTIONS.get(step.caution, (" ", ""))
    marks = [
        (PICTURED if step.pictures else " ", "dim"),
        (glyph[0], style),
        (IF_NOT if step.branches else " ", "dim"),
        (NOTED if step.note else " ", "internal"),
        (DRAFT if waits else UNSEEN if not_looked_at(step) else " ", "soon"),
    ]
    words = first_line(step)
    look = "dim" if not step.action else "bold" if cursor else ""
    left: Spans = [
        ("▌" if cursor and not inside else " ", "bar"),
        (f"{index + 1:>{room}} ", "key" if cursor else "dim"),
        (words, look),
    ]
    return end_with(left, width, [("  ", ""), *marks, (" ", "")])


def first_line(step: Step) -> str:
    """What a step is called where there is one line for it."""
    return safe(step.action.split("\n")[0]) or "nothing is said yet"


def not_looked_at(step: Step) -> bool:
    """Whether it, or a picture of it, has to be looked at before it goes out."""
    return not step.reviewed or any(each.review is Review.UNREVIEWED for each in step.pictures)


def parts(step: Step) -> list[str]:
    """All that the cursor can be on in a step, in order."""
    texts = list(step_fields.TEXTS)
    branches = [f"{BRANCH}{place}" for place in range(len(step.branches))]
    pictures = [f"{PICTURE}{picture.key}" for picture in step.pictures]
    return [*texts[:-1], *branches, texts[-1], *pictures]


def field_of(part: str) -> str:
    """What one types into who types into a part; empty for a branch, which is asked for."""
    if part.startswith(PICTURE):
        return step_fields.ALT + part.removeprefix(PICTURE)
    return "" if part.startswith(BRANCH) else part


def part_of(name: str) -> str:
    """The part in which a text is."""
    return PICTURE + name.removeprefix(step_fields.ALT) if name.startswith(step_fields.ALT) else name


def label_of(content: Content, step: Step, name: str) -> str:
    """How a text is called beside it."""
    if name.startswith(step_fields.ALT):
        place = [each.key for each in step.pictures].index(name.removeprefix(step_fields.ALT))
        return f"picture {place + 1}" if len(step.pictures) > 1 else "picture"
    return LABELS[name]


def step_rows(content: Content, step: Step, width: int, seen: Seen, at: str = "") -> list[Row]:
    """A step, part by part; ``at`` is the part that the cursor is on."""
    rows = [Row("", cut(line, width)) for line in _head(step)]
    for part in parts(step):
        here = at == part
        rows += [Row(part, line) for line in _words(content, step, part, width, seen, here)]
        if part.startswith(PICTURE):
            picture = next(each for each in step.pictures if each.key == part.removeprefix(PICTURE))
            below = [[(picture_facts(picture), "dim")], *seen.picture(picture, max(1, width - LABEL - 1))]
            margin: Spans = [*_edge(here), (" " * (LABEL - 1), "")]
            rows += [Row(part, cut([*margin, *line], width), picture=True) for line in below]
    return [*rows, *(Row("", line) for line in _advice(content, step, width, seen))]


def head(content: Content, step: Step, seen: Seen) -> str:
    """What the line above a step says: which it is, and whether more is said at its end."""
    count = len(_findings(content, step, seen))
    number = (content.position(step.key) or 0) + 1
    return f"step {number}{f' · {count} could be plainer' if count else ''}"


def _findings(content: Content, step: Step, seen: Seen) -> list[Finding]:
    """What a lay person may stumble over in a step that says something; what would leak is said at its head."""
    place = content.position(step.key)
    if place is None or not step.action:
        return []
    found = guide_check.of_step(content, place, seen.glossary, seen.published)
    return [finding for finding in found if not finding.leaks]


def _advice(content: Content, step: Step, width: int, seen: Seen) -> list[Spans]:
    """The same with the reasons."""
    lines: list[Spans] = []
    for finding in _findings(content, step, seen):
        words = wrap(f"{finding.text}. {finding.reason}", max(1, width - LABEL - 2))
        lines += [[(" " * LABEL, ""), (line, "dim")] for line in words]
    if lines:
        lines[0] = [(" ", ""), (fit("plainer?", LABEL - 1), "soon"), *lines[0][1:]]
        lines.insert(0, [])
    return lines


def _head(step: Step) -> list[Spans]:
    margin = (" " * LABEL, "")
    lines: list[Spans] = [[margin, CAUTIONS[step.caution]]] if step.caution is not Caution.NONE else []
    if not step.reviewed:
        lines.append([margin, (f"{UNSEEN} imported, and nobody has looked at it", "soon")])
    return lines


def _words(content: Content, step: Step, part: str, width: int, seen: Seen, here: bool) -> list[Spans]:
    if part.startswith(BRANCH):
        branch = step.branches[int(part.removeprefix(BRANCH))]
        text = f"{branch.symptom} → {leads_to(branch, content, seen.titles)}"
        return _texts("if not" if part == f"{BRANCH}0" else "", safe(text), "", width, here)
    name = field_of(part)
    text = safe(step_fields.value(step, name), multiline=True)
    empty = "nothing says yet what it shows" if part.startswith(PICTURE) else EMPTY[name]
    style = "internal" if name == step_fields.NOTE else "bold" if name == step_fields.ACTION else ""
    return _texts(label_of(content, step, name), text or empty, style if text else "dim", width, here)


def _texts(label: str, text: str, style: str, width: int, here: bool) -> list[Spans]:
    lines: list[Spans] = []
    for place, words in enumerate(wrap(text, max(1, width - LABEL - 2))):
        named = label if place == 0 else ""
        lines.append([*_edge(here), (fit(named, LABEL - 1), "key" if here else "dim"), (words, style)])
    return lines


def _edge(here: bool) -> Spans:
    return [("▌" if here else " ", "bar")]


def picture_facts(picture: Picture) -> str:
    """What is known of a picture in a line."""
    looked = {
        Review.UNREVIEWED: "not looked at yet for what must not be seen",
        Review.CLEAN: "nothing to hide",
        Review.COVERED: "covered",
    }[picture.review]
    marks = [f"{len(picture.marks)} mark{'s' if len(picture.marks) > 1 else ''}"] if picture.marks else []
    size = f"{picture.width} × {picture.height}, {size_text(picture.file.size)}"
    return " · ".join((size, *marks, looked))
