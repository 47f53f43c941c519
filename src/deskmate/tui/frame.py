"""Every line of the queue, as spans of text and style name.

The early frame and the widgets both draw from here, so that nothing moves when Textual takes over.
Nothing here knows Textual.
"""

from __future__ import annotations

from datetime import datetime

from deskmate.domain import row as at
from deskmate.domain.due import column_text, due_text, moment_text
from deskmate.domain.focus import clock_text, seconds
from deskmate.domain.row import Row, label
from deskmate.domain.text import fit, safe
from deskmate.domain.text import width as cells
from deskmate.domain.views import OwnView, View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deskmate.domain.availability import Availability
    from deskmate.domain.door import Door
    from deskmate.domain.focus import Focus
    from deskmate.domain.news import News

Spans = list[tuple[str, str]]

UNCOUNTED = "…"
MANY = 1_000
"""Counts are read up to here; beyond, a tab says 999+."""

GLYPHS = {"new": "○", "open": "●", "waiting": "◐", "resolved": "✓", "closed": "✓", "dropped": "×", "void": "×"}
ANSWERED, DRAFT, ASKED, PARKED, FAILED = "↩", "✎", "?", "◷", "!"
NOT_SENT = "not sent"
"""Stands where else the due time does: until this has left, no other date matters."""
PRIORITIES = {None: ("– ", "dim"), 1: ("P1", "p1"), 2: ("P2", "p2"), 3: ("P3", ""), 4: ("P4", "dim")}

WIDE = 100  # columns from which list and request stand side by side
CONTEXT_FROM = 160  # columns from which what stands around the request has a pane, too
WHO_FROM = 72  # columns from which a list has room for the requester
WHO_WIDTH = 12
DUE_WIDTH = 11  # "Mon 10:15 n"
AGE_WIDTH = 16  # "their answer 4 d"


def request_line(
    row: Row,
    width: int,
    number_width: int,
    now: datetime,
    *,
    cursor: bool,
    marked: bool,
    view: View = View.NOW,
) -> Spans:
    """One request in a list, exactly ``width`` cells wide. The column of *Waiting* has more room for an age."""
    ended = row[at.STATUS] in ("resolved", "closed", "dropped", "void")
    glyph = glyph_of(row)
    priority, priority_style = PRIORITIES[row[at.PRIORITY]]
    column = AGE_WIDTH if view is View.WAITING and width >= WHO_FROM else DUE_WIDTH
    due, state = (NOT_SENT, "error") if unsent(row) else column_text(row, now, column)
    if view is View.PROMISED:
        due, state = due_text(row[at.PROMISED_AT], "p", now)
    # Beside a request the list is narrow, so a title may have the room of a due time that is not there.
    if cells(due) > column:  # a date of another year: rather it than its letter
        due = due.rpartition(" ")[0]
    due = fit_right(due, column if due or width >= WHO_FROM else 0)
    who = ""
    if width >= WHO_FROM:
        name = safe(row[at.WHO]) + ("" if row[at.KNOWN] or not row[at.WHO] else "?")
        star = " ★" if row[at.VIP] else ""
        room_for_name = WHO_WIDTH - cells(star)
        who = " " + fit((name if cells(name) <= room_for_name else fit(name, room_for_name)) + star, WHO_WIDTH)
    lead = 7 + number_width + 1
    title = safe(row[at.TITLE]) or "(untitled)"
    room = width - lead - cells(who) - cells(due) - 2
    body = "dim" if ended else "bold" if cursor else ""
    spans = [
        ("▌" if cursor else " ", "bar"),
        ("◆" if marked else " ", "mark"),
        (priority, "dim" if ended else priority_style),
        (f" {glyph} ", "good" if glyph == "✓" else "dim" if ended else ""),
        (f"{label(row[at.NUMBER]):<{number_width}} ", "dim"),
        (fit(title, max(room, 0)), body),
        (f"{who} ", "dim"),
        (due[: len(due) - len(due.lstrip())], ""),
        (due.lstrip(), state or "dim"),
        (" ", ""),
    ]
    return spans if room >= 0 else cut(spans, width)


def unsent(row: Row) -> bool:
    """Whether something that was to leave for this request did not."""
    return bool(row[at.UNSENT]) and row[at.STATUS] != "void"


def glyph_of(row: Row) -> str:
    """What a request wants or where it stands: what did not leave, what came in, what is half written, its status."""
    status = row[at.STATUS]
    if unsent(row):
        return FAILED
    if row[at.UNREAD] and status != "void":
        return ANSWERED
    if row[at.DRAFT]:
        return DRAFT
    if status in ("new", "open") and row[at.WAKE_AT] and not row[at.WOKEN]:
        return PARKED
    return ASKED if row[at.WAITING_ON] == "requester" else GLYPHS[status]


def list_columns(width: int) -> int:
    """Cells of the list on a screen this wide: all of it, or the left part when other panes stand beside it."""
    return width if width < WIDE else width * 9 // 20 if width < CONTEXT_FROM else width * 3 // 8


def number_width(highest: int) -> int:
    """Cells for the number column when ``highest`` is the highest number there is."""
    return max(6, len(label(highest)))


def tabs_line(
    width: int,
    tabs: Sequence[View | OwnView],
    current: View | OwnView,
    counts: Mapping[View | OwnView, int],
    position: str,
    query: str,
    hidden: str,
) -> Spans:
    """The views with their counts, and where the cursor is.

    A search in force is always shown, and takes the place of the other views. The current view is always there:
    where they do not all fit, some on the left or on the right are left out.
    """
    names = [_tab(tab, counts) for tab in tabs]
    here = tabs.index(current) if current in tabs else 0
    if query:
        tabs, names, here = [current], [_tab(current, counts)], 0
    room = width - cells(position) - 4
    start = 0
    while start < here and sum(cells(name) + 3 for name in names[start : here + 1]) > room:
        start += 1
    spans: Spans = [("‹" if start else " ", "dim")]
    room = width - cells(position) - 2
    for tab, name in zip(tabs[start:], names[start:], strict=True):
        before = "   " if len(spans) > 1 else ""
        if cells(before + name) > room and tab != current:
            spans.append((" ›" if room > 1 else "", "dim"))
            break
        spans += [(before, ""), (name, "tab-on" if tab == current else "tab")]
        room -= cells(before + name)
    if query:
        spans += [("   ", ""), (f"/{safe(query)}", "key")]
        spans.append((f"  {hidden}" if hidden else "", "dim"))
    return end_with(spans, width, [(f"{position} ", "dim")])


def _tab(tab: View | OwnView, counts: Mapping[View | OwnView, int]) -> str:
    """A view with its count. That of one's own may take a moment, which has room meanwhile."""
    if tab in counts:
        return f"{safe(tab.tab)} {count_text(counts[tab])}"
    return tab.tab if isinstance(tab, View) else f"{safe(tab.tab)} {UNCOUNTED}"


_DOOR = {"OPEN": ("●", "good"), "DND": ("◼", "overdue"), "AWAY": ("◆", "soon"), "CLOSED": ("○", "dim")}


def door(found: Availability | Door, now: datetime) -> Spans:
    """What the door says, as the top line has it: ``● OPEN until 12:00``. ``now`` is aware and local."""
    glyph, style = _DOOR[found.state]
    until = "" if found.until is None else f" until {moment_text(found.until.astimezone(now.tzinfo), now)}"
    return [(f"{glyph} {found.state}", style), (until, "dim")]


CHECK_DUE = "check due"
_NEWS = (
    ("P1", "p1"),
    ("overdue", "overdue"),
    ("promise due", "soon"),
    ("due today", ""),
    ("untriaged", ""),
    ("held", ""),
    (CHECK_DUE, ""),
)
_MANY = {"promise due": "promises due", CHECK_DUE: "checks due"}
_NEWS_SHOWN = 3
FOCUS_TITLE = 30  # cells of a title beside its clock


def top_line(width: int, news: News, availability: Spans, focus: Sequence[tuple[str, str]] = ()) -> Spans:
    """What stands on top of every panel: the door, what is being worked on, and what calls for attention.

    Of the last no more than three, the most pressing first.
    """
    right: Spans = []
    for count, (word, style) in zip(news, _NEWS, strict=True):
        if count and len(right) < 2 * _NEWS_SHOWN - 1:
            if right:
                right.append((" · ", "dim"))
            right.append((counted(count, word), style))
    between: Spans = [("   ", "")] if focus else []
    return end_with([(" ", ""), *availability, *between, *focus], width, [*right, (" ", "")])


def focus_spans(focus: Focus | None, now: str, width: int) -> Spans:
    """What is worked on and its clock at a stored instant, as the top line has it: ``▶ D-1047 0:04:31``."""
    if focus is None:
        return []
    title = f" {fit(safe(focus.title), min(cells(safe(focus.title)), FOCUS_TITLE))}" if width >= WIDE else ""
    passed = clock_text(focus.before + seconds(focus.since, now))
    return [(f"▶ {label(focus.number)}", "key"), (title.rstrip(), ""), (f" {passed}", "bold")]


def rule(width: int, words: str = "", style: str = "dim") -> Spans:
    """A quiet line across, with a few words near its end."""
    if not words:
        return [("─" * width, "rule")]
    words = f" {words if cells(words) <= width - 6 else fit(words, width - 6)} "
    return [("─" * (width - cells(words) - 2), "rule"), (words, style), ("──", "rule")]


def counted(count: int, word: str) -> str:
    """So many of what the top line counts: ``1 check due``, ``2 checks due``."""
    return f"{count_text(count)} {_MANY.get(word, word) if count > 1 else word}"


def count_text(count: int) -> str:
    """A count as a tab shows it."""
    return str(count) if count < MANY else f"{MANY - 1}+"


def end_with(spans: Spans, width: int, right: Spans) -> Spans:
    """Left and right parts on one line; what does not fit is cut from the left part."""
    taken = sum(cells(text) for text, _style in right)
    return [*cut(spans, max(width - taken, 0)), *right] if taken <= width else cut(right, width)


def cut(spans: Spans, width: int) -> Spans:
    """Crop or pad spans to exactly ``width`` cells."""
    kept: Spans = []
    left = width
    for text, style in spans:
        taken = cells(text)
        if taken > left:
            kept.append((fit(text, left), style))
            left = 0
            break
        kept.append((text, style))
        left -= taken
    if left:
        kept.append((" " * left, ""))
    return kept


def fit_right(text: str, width: int) -> str:
    """Right-aligned in ``width`` cells."""
    return " " * (width - cells(text)) + text if cells(text) <= width else fit(text, width)
