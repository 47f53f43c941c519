"""The lines of the panel of maintenance: where each checklist stands, and all that is to be known of one.

Nothing here knows Textual.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from deskmate.domain import instant, measure
from deskmate.domain.agenda import Line, State, state
from deskmate.domain.check_record import gap_text
from deskmate.domain.due import due_text, moment_text
from deskmate.domain.hours import day_text
from deskmate.domain.row import label
from deskmate.domain.text import fit, safe, width
from deskmate.tui.detail_lines import wrap
from deskmate.tui.frame import Spans, cut, end_with, fit_right
from deskmate.tui.trend_lines import learned_lines, trend_lines

if TYPE_CHECKING:
    from deskmate.domain.check_record import Record
    from deskmate.domain.checklist import Checklist, Item
    from deskmate.domain.occurrence import Coming

STATES = {
    State.OVERDUE: ("▲", "error"),
    State.RUNNING: ("▶", "key"),
    State.DUE: ("●", "bold"),
    State.MISSED: ("×", "error"),
    State.UPCOMING: ("○", ""),
    State.DONE: ("✓", "good"),
    State.PAUSED: ("◷", "dim"),
    State.UNSCHEDULED: ("·", "dim"),
}
"""What stands before a checklist, and how it looks."""
WORD, WHEN, LAST = 11, 13, 9
"""Cells of the word, of when it is due, and of when it was last done."""
NAME = 16
"""Cells that a name keeps in a list, whatever else is to be said there."""
GAPS_SHOWN = 2
"""So many absences have a line each."""
LAST_FROM = 60
"""Columns from which a list has room for when each was last done."""
WELCOME = (
    "Checklists hold what has to be looked at again and again: backups, updates.",
    "Each says when it is due, and keeps the proof that it was done.",
    "What does not pass becomes a request with one key.",
)


def heading(lines: Sequence[Line], at: str, columns: int, *, named: bool) -> Spans:
    """How many there are and how many want something; ``named`` with the names of the columns beneath."""
    states = [state(line, at) for line in lines]
    counts = [(each, states.count(each)) for each in (State.OVERDUE, State.DUE, State.MISSED)]
    spans: Spans = [(" Maintenance", "tab-on"), ("   ", "")]
    for each, count in counts:
        spans += [(f"{count} {each.value}", STATES[each][1]), (" · ", "dim")] if count else []
    spans.append((f"{len(lines)} {'checklist' if len(lines) == 1 else 'checklists'}", "dim"))
    names = f"{fit_right('due', WHEN)} {fit_right('last done', LAST)} " if named and lines else ""
    return end_with(spans, columns, [(names, "dim")])


def check_line(line: Line, columns: int, now: datetime, *, cursor: bool) -> Spans:
    """One checklist and where it stands, exactly ``columns`` cells wide."""
    at = instant.to_text(now)
    found = state(line, at)
    glyph, style = STATES[found]
    word, more = _word(line, found)
    when, loud = when_text(line, found, now)
    last = ""
    if columns >= LAST_FROM:
        last = f" {fit_right(_short(line.last_done_at, now) or 'never', LAST)}"
    due = fit(when, min(width(when), WHEN))
    room = columns - 3 - WORD - 1 - max(width(due), WHEN if last else 0) - width(last) - 2
    name = safe(line.name)
    # A name gives way down to what tells it from others; then the rest does, the last of it first.
    beside = [part for part in more.split(", ") if part]
    while beside and width(", ".join(beside)) + 2 > room - min(width(name), NAME):
        beside.pop()
    more = f"  {', '.join(beside)}" if beside else ""
    shown = fit(name, min(width(name), max(room - width(more), 0)))
    due = fit_right(due, columns - 3 - WORD - 1 - room - width(last) - 2)
    quiet = found in (State.PAUSED, State.UNSCHEDULED)
    return cut(
        [
            ("▌" if cursor else " ", "bar"),
            (f"{glyph} ", style),
            (f"{word:<{WORD}} ", {State.RUNNING: style, State.MISSED: style, State.DUE: ""}.get(found, "dim")),
            (shown, "bold" if cursor else "dim" if quiet else ""),
            (more, "soon"),
            (" " * max(room - width(shown) - width(more), 0), ""),
            (" ", ""),
            (due[: len(due) - len(due.lstrip())], ""),
            (due.lstrip(), loud or "dim"),
            (last, "dim"),
            (" ", ""),
        ],
        columns,
    )  # fmt: skip


def _word(line: Line, found: State) -> tuple[str, str]:
    """The word of a state, and what else is to be said beside the name."""
    missed = f"{line.missed} missed" if line.missed else ""
    if found is State.RUNNING and line.open_run is not None:
        return f"run {line.open_run.marked}/{line.open_run.items}", missed
    if found is State.MISSED:
        return missed, ""
    if found is State.OVERDUE and line.open_run is not None:
        return "overdue", ", ".join(filter(None, (f"run {line.open_run.marked}/{line.open_run.items}", missed)))
    return found.value, missed


def when_text(line: Line, found: State, now: datetime) -> tuple[str, str]:
    """When it is due, relative when near, and the style of that."""
    if found is State.PAUSED:
        return (f"until {_day(date.fromisoformat(line.paused_until))}" if line.paused_until else ""), ""
    if line.due_at is None:
        return "", ""
    if found is State.OVERDUE:
        return due_text(line.due_at, None, now)
    if line.due_at <= instant.to_text(now) and line.late_at is not None:
        words, loud = due_text(line.late_at, None, now)
        return (words if loud else f"by {words}"), loud
    return due_text(line.due_at, None, now)[0].removeprefix("▲ "), ""


def welcome(columns: int, starters: str, new: str) -> list[Spans]:
    """What the panel is for, where it holds nothing yet, and the keys that begin it."""
    lines: list[Spans] = [[], *([("   ", ""), (text, "")] for text in WELCOME), []]
    lines.append(
        [("   ", ""), (f"{starters} ", "key"), ("starters: lists that are ready, each with its schedule", "dim")]
    )
    lines.append([("   ", ""), (f"{new} ", "key"), ("a checklist of your own", "dim")])
    return [cut(line, columns) for line in lines]


# --- one checklist ------------------------------------------------------------------------------------------


def item_lines(items: Sequence[Item], columns: int) -> list[Spans]:
    """The items with what each asks for, as far as it does not say so itself."""
    lines: list[Spans] = []
    digits = len(str(len(items)))
    for number, item in enumerate(items, 1):
        asks = asked(item)
        room = columns - digits - 1 - (width(asks) + 3 if asks else 0)
        beside = room >= columns // 2
        first, *rest = wrap(safe(item.text), room if beside else columns - digits - 1)
        head: Spans = [(f"{number:>{digits}} ", "dim"), (first, "")]
        lines.append(end_with(head, columns, [(asks, "dim")]) if beside and asks else cut(head, columns))
        lines += [[(" " * (digits + 1), ""), (part, "")] for part in rest]
        if asks and not beside:
            lines += [[(" " * (digits + 1), ""), (part, "dim")] for part in wrap(asks, columns - digits - 1)]
        if item.expected:
            lines += [[(" " * (digits + 1), ""), (part, "dim")] for part in
                      wrap(f"expected: {safe(item.expected)}", columns - digits - 1)]  # fmt: skip
    return lines


def asked(item: Item) -> str:
    """What an item asks for: its kind with limits, evidence, guide, and its day in a run for a request."""
    parts = []
    if item.kind == "value":
        parts.append(f"value {'in ' if item.unit else ''}{safe(measure.said(measure.of(item)))}".rstrip())
    elif item.kind == "choice":
        parts.append(f"one of {safe(', '.join(item.choices))}")
    elif item.kind == "note":
        parts.append("note")
    if item.evidence:
        parts.append("evidence")
    if item.guide:
        parts.append(f"guide: {safe(item.guide)}")
    if item.days is not None:
        parts.append(f"{item.days:+} d" if item.days else "on the day")
    return ", ".join(parts)


def _short(at: str | None, now: datetime) -> str:
    return moment_text(instant.from_text(at).astimezone(now.tzinfo), now) if at else ""


def _day(day: date) -> str:
    """``30 Nov``."""
    return day_text(day).split(maxsplit=1)[1].rpartition(" ")[0]


def checklist_lines(
    line: Line, checklist: Checklist, record: Record | None, columns: int, now: datetime, *, beside: bool
) -> list[Spans]:
    """All that is to be known of a checklist. ``record`` comes a moment later; ``beside`` there is room for it."""
    inner = max(columns - 2, 10)
    content = checklist.content
    facts = " · ".join(
        filter(None, (content.mode.value, f"{content.minutes} min" if content.minutes else "",
                      "asks for DND" if content.dnd else "", f"revision {checklist.revision}"))
    )  # fmt: skip
    name = safe(line.name)
    if width(name) + 2 + width(facts) <= inner:
        lines: list[Spans] = [end_with([(name, "bold")], inner, [(facts, "dim")])]
    else:
        lines = [[(part, style)] for words, style in ((name, "bold"), (facts, "dim")) for part in wrap(words, inner)]
    kept = f": {record.kept}" if record is not None and record.kept and beside else ""
    lines += [[(part, "")] for part in wrap(safe(line.said + kept) or "no schedule yet", inner)]
    lines += _standing(line, record, inner, now)
    if record is not None:
        lines += _coming(record, inner, now, beside=beside)
    for before, text in (("", content.about), ("pause point: ", content.pause_point)):
        lines += [[(part, "dim")] for part in wrap(f"{before}{safe(text, multiline=True)}", inner) if text]
    lines += [[], *item_lines(content.items, inner)] if content.items else [[], [("nothing is on it yet", "dim")]]
    if record is not None:
        lines += learned_lines(line.name, record.suggestions, inner)
        lines += trend_lines(record.trends, inner)
    return [[(" ", ""), *each] for each in lines]


def _standing(line: Line, record: Record | None, columns: int, now: datetime) -> list[Spans]:
    """Where it stands, what was missed, and how well it was kept."""
    found = state(line, instant.to_text(now))
    glyph, style = STATES[found]
    word, _more = _word(line, found)
    when, _loud = when_text(line, found, now)
    stands: Spans = [(f"{glyph} {word}", style), (f"  {when.removeprefix('▲ ')}" if when else "", "")]
    kept = [f"last verified {_short(line.last_done_at, now)}" if line.last_done_at else "never verified"]
    share = record.score.share if record is not None else None
    if record is not None and share is not None:
        counted = record.score.on_time + record.score.late + record.score.missed
        in_a_row = f", {record.row} in a row" if record.row > 1 else ""
        kept.append(f"{round(100 * share)} % in time of {counted}{in_a_row}")
    words = "   ".join(kept)
    if sum(width(text) for text, _style in stands) + 3 + width(words) <= columns:
        lines = [cut([*stands, (f"   {words}", "dim")], columns)]
    else:
        lines = [cut(stands, columns), cut([(words, "dim")], columns)]
    for gap in record.gaps[:GAPS_SHOWN] if record is not None else ():
        lines += [[(part, "dim" if gap.note else "error")] for part in wrap(safe(gap_text(gap)), columns)]
    if record is not None and len(record.gaps) > GAPS_SHOWN:
        lines.append([(f"and {len(record.gaps) - GAPS_SHOWN} absences before", "dim")])
    for number, title in record.findings if record is not None else ():
        lines.append(cut([("found ", "dim"), (f"{label(number)} ", "key"), (safe(title), "")], columns))
    return lines


def _coming(record: Record, columns: int, now: datetime, *, beside: bool) -> list[Spans]:
    """The next dates with their clashes: a line each where there is room, else in one paragraph."""
    if not record.coming:
        return []
    if beside:
        return [[], [("Next", "dim")], *coming_lines(record.coming, columns, now), []]
    dates = [_moment(each.occurrence.due, now) + (f" ({each.clash})" if each.clash else "") for each in record.coming]
    return [[(part, "")] for part in _joined("next ", dates, columns)]


def _joined(title: str, parts: Sequence[str], columns: int) -> list[str]:
    """Parts with dots between them, broken between two of them where they fit a line."""
    lines = [title]
    for number, part in enumerate(parts):
        dot = " · " if number else ""
        if number and width(lines[-1] + dot + part) > columns:
            lines.append(" " * width(title))
            dot = ""
        lines[-1] += dot + part
    return [cutoff for line in lines for cutoff in ([line] if width(line) <= columns else wrap(line, columns))]


def coming_lines(coming: Sequence[Coming], columns: int, now: datetime) -> list[Spans]:
    """Dates that come, a line each, with what is in the way of them."""
    dates = [_moment(each.occurrence.due, now) for each in coming]
    room = max(map(len, dates), default=0)
    return [
        cut([(f"  {words:<{room}}", ""), (f"   {each.clash}", "soon")], columns)
        for words, each in zip(dates, coming, strict=True)
    ]


def _moment(due: datetime, now: datetime) -> str:
    """``Tue 24 Nov 09:00``, with the year where it is another."""
    local = due.astimezone(now.tzinfo)
    words = day_text(local.date())
    return f"{words if local.year != now.year else words.rpartition(' ')[0]} {local:%H:%M}"
