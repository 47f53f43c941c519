"""One request as lines of spans: its head, then its timeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from deskmate.domain import instant
from deskmate.domain.check_back import BAD, CheckBack
from deskmate.domain.due import due_text, happened_text, moment_text, span
from deskmate.domain.files import size_text
from deskmate.domain.focus import worked, worked_text
from deskmate.domain.promise import Promise
from deskmate.domain.reply import progress
from deskmate.domain.row import label
from deskmate.domain.text import PILE_LIMIT, fitting, safe, width
from deskmate.domain.timeline import STUCK, Detail, Entry, Event, Handover, Note, Other, Received, Reply, Restricted
from deskmate.domain.waiting import standing
from deskmate.tui.frame import GLYPHS, PRIORITIES, Spans, cut, end_with

Span = tuple[str, str]

MINUTE = 60
LINKS_SHOWN = 3
"""So many links have a line each; more share the last one."""
WHOLE = {"not sent": "error", "step failed": "dim", "walked": "dim"}
"""Facts of which one needs the reason, all of it, and how they look; the others have a line each."""
ROOMY = 70
"""Columns from which short words stand on the line that says whose they are."""


def detail_lines(detail: Detail, columns: int, now: datetime, pictures: Sequence[Spans] = ()) -> list[Spans]:
    """The lines for a pane of this many cells. ``pictures`` are lines that stand below those of the files."""
    inner = max(columns - 2, 10)
    return [[(" ", ""), *line] for line in (*_head(detail, inner, now), *pictures, *_timeline(detail, inner, now))]


def _head(detail: Detail, columns: int, now: datetime) -> list[Spans]:
    request = detail.request
    number = label(request.number)
    who = safe(detail.who) + ("" if detail.known or not detail.who else "?")
    star, room = " ★" if detail.vip else "", f" room {safe(detail.room)}" if detail.room else ""
    if width(who + star + room) > columns // 3:
        room = ""  # it stands in the context
    who, long = (who, "") if width(who + star) <= columns // 3 else ("", who + star)
    asker: Spans = [(who, ""), (star, "soon"), (room, "dim")] if who else []
    title = safe(request.title) or "(untitled)"
    first, *rest = wrap(title, columns - len(number) - 1 - (width(who + star + room) + 3 if who else 0))
    lines = [end_with([(f"{number} ", "dim"), (first, "bold")], columns, asker)]
    lines += [[(" " * (len(number) + 1), ""), (line, "bold")] for line in rest]
    lines += [[(line, "")] for line in wrap(long, columns) if line]
    word, style = PRIORITIES[request.priority]
    facts: Spans = [(word.strip(), style)]
    judged = " · ".join(part for part in (request.impact, request.urgency) if part)
    moment = moment_text(_local(request.created_at, now), now)
    due, state = due_text(request.due_at, request.due_kind, now, request.soon_at)
    for text, look in (
        (judged, ""),
        (f"{GLYPHS[request.status]} {request.status}", "good" if request.status == "resolved" else ""),
        (f"{request.channel} {moment}" if request.channel else moment, "dim"),
        (due, state or "dim"),
        (", ".join(safe(tag) + ("?" if tag in detail.unknown_tags else "") for tag in request.tags), "key"),
    ):
        if text:
            facts += [("   ", ""), (text, look)]
    lines.append(cut(facts, columns))
    if detail.clocks:
        from deskmate.domain.sla import words

        told = [words(kind, clock, now) for kind, clock in detail.clocks]
        spans = [span for text, look in told for span in ((text, look or "dim"), ("   ", ""))]
        lines.append(cut(spans, columns))
    stands = standing(request, now)
    if stands:
        lines += [[(line, "key" if request.woken else "")] for line in wrap(safe(stands), columns)]
    if worked(detail.pieces, instant.to_text(now)) >= MINUTE:
        lines.append(cut([(worked_text(detail.pieces, instant.to_text(now)), "")], columns))
    lines += [cut(line, columns) for line in (*_promises(detail.promises, now), *_check(detail.check, now))]
    lines += _runs(detail, columns, now)
    lines += [[(line, "key")] for _key, said in detail.walks for line in wrap(f"walking: {safe(said)}", columns)]
    lines += _about(detail, columns)
    ended = ": ".join(safe(part) for part in (request.outcome or "solved", request.resolution) if part)
    if request.outcome or request.resolution:
        lines += [[(line, "good")] for line in wrap(ended, columns)]
    return lines + _files(detail, columns)


def _promises(promises: Iterable[Promise], now: datetime) -> list[Spans]:
    """What is promised and open, a line each: ``▲ promised 10:00, 1 h ago  “word by then”``."""
    lines: list[Spans] = []
    for each in promises:
        date = moment_text(_local(each.due_at, now), now)
        text, state = due_text(each.due_at, None, now)
        past = f", {text.removeprefix('▲ ')} ago" if state == "overdue" else ""
        whom = f" to {safe(each.who)}" if each.who else ""
        head = f"{'▲ ' if state else ''}promised {date}{past}{whom}"
        lines.append([(head, state), (f"  “{safe(each.text)}”", "" if state else "dim")])
    return lines


def _runs(detail: Detail, columns: int, now: datetime) -> Iterator[Spans]:
    """The checklists run for it: how far, and what is next."""
    if not detail.runs:
        return
    from deskmate.domain.steps import progress_text

    for each in detail.runs:
        text, late = progress_text(each, now.date())
        for line in wrap(safe(text), columns):
            yield [(line, "overdue" if late else "")]


def _check(check: CheckBack | None, now: datetime) -> list[Spans]:
    """When to check back, that it was done, or what was answered."""
    if check is None:
        return []
    if check.answered_at is not None:
        line = f": {safe(check.line)}" if check.line else ""
        return [[(f"feedback {check.score} of 5{line}", "good" if (check.score or 0) > BAD else "overdue")]]
    if check.asked_at is not None:
        return [[(f"asked {moment_text(_local(check.asked_at, now), now)} whether it works", "dim")]]
    come = check.at <= instant.to_text(now)
    return [[(f"check back {moment_text(_local(check.at, now), now)}", "soon" if come else "dim")]]


def _about(detail: Detail, columns: int) -> list[Spans]:
    """What it is about, what is still to be asked, and which others it has to do with."""
    request = detail.request
    lines: list[Spans] = []
    what = [(safe(request.category) + ("" if detail.category_known else "?"), "")] if request.category else []
    if detail.device:
        what.append((f"device {safe(detail.device)}" + ("" if request.device_id is not None else "?"), ""))
    why: Spans = []
    if request.cause:
        why.append((f"cause: {safe(request.cause)}", ""))
    if detail.problem_text:
        why.append((detail.problem_text, "key"))
    lines += [cut([span for each in line for span in (each, ("   ", ""))], columns) for line in (what, why) if line]
    known = " · ".join(f"{safe(word)}: {safe(text)}" for word, text in request.answers)
    lines += [[(line, "")] for line in wrap(known, columns) if line]
    if detail.missing:
        names = ", ".join(safe(question.short) for question in detail.missing)
        head = "asked, not yet known: " if detail.asked else "not yet known: "
        lines.append(cut([(head, "dim"), (names, "")], columns))
    if detail.into is not None:
        lines.append(cut([("merged into ", "dim"), *_other(detail.into)], columns))
    shown = detail.linked if len(detail.linked) <= LINKS_SHOWN else detail.linked[: LINKS_SHOWN - 1]
    lines += [cut([("linked ", "dim"), *_other(other)], columns) for other in shown]
    if len(shown) < len(detail.linked):
        rest = ", ".join(label(other.number) for other in detail.linked[len(shown) :])
        lines.append(cut([("linked ", "dim"), (rest, "dim")], columns))
    return lines


def _other(other: Other) -> Spans:
    glyph = GLYPHS[other.status]
    return [
        (f"{label(other.number)} ", "dim"),
        (f"{glyph} ", "good" if glyph == "✓" else ""),
        (safe(other.title), ""),
    ]


def _files(detail: Detail, columns: int) -> list[Spans]:
    """The attached files by the digit that opens each."""
    named = [
        f"{index} {safe(each.name)} {size_text(each.size)}" if index < 10 else f"{safe(each.name)}"
        for index, each in enumerate(detail.attachments, 1)
    ]
    return [[(line, "key")] for line in wrap("   ".join(named), columns) if line]


def _timeline(detail: Detail, columns: int, now: datetime) -> list[Spans]:
    lines: list[Spans] = []
    received = [entry for entry in detail.entries if isinstance(entry, Received)]
    unread = received[-1] if received and detail.request.unread else None
    since = ""
    for entry in detail.entries:
        if isinstance(entry, Event):
            if entry.kind == "captured" and detail.body:
                continue  # the text that came in says as much
            said = safe(entry.said(now))
            if entry.kind == "answered" and since:
                said = f"back after {span(_local(entry.at, now) - _local(since, now))}"
            since = entry.at if entry.kind in ("waiting", "parked") else since
            fact = f"{_moment(entry, now)}  {said}"
            if entry.kind in WHOLE:
                lines += [[(line, WHOLE[entry.kind])] for line in wrap(fact, columns)]
            else:
                lines.append(cut([(fact, "dim")], columns))
        else:
            lines += _words(entry, columns, now, detail, unread=entry is unread)
    return lines


def _words(
    entry: Received | Reply | Note | Handover | Restricted,
    columns: int,
    now: datetime,
    detail: Detail,
    *,
    unread: bool,
) -> list[Spans]:
    """What somebody said: who, how and when, then the words. Short ones share the line where there is room."""
    body = "internal" if isinstance(entry, Note | Handover | Restricted) else ""
    head, far = _heading(entry, detail, unread=unread)
    who: Spans = [(f"{_moment(entry, now)}  ", "dim"), head]
    taken = sum(width(part) for part, _style in who)
    here = far[0] and taken + 2 + width(far[0]) <= columns
    if here:
        who.append((f", {far[0]}", far[1]))
        taken += 2 + width(far[0])
    lines = [cut(who, columns)]
    if far[0] and not here:
        lines.append(cut([(f"  {far[0]}", far[1])], columns))
    text, whole = safe(entry.text, multiline=True), entry.length <= len(entry.text)
    if not text:
        return lines  # said, and not written down
    if isinstance(entry, Received):
        text = f"“{text}”" if whole else f"“{text}"
    short = whole and "\n" not in text and taken + 2 + width(text) <= columns
    if columns >= ROOMY and short and len(lines) == 1:
        return [cut([*who, ("  ", ""), (text, body)], columns)]
    lines += [[("  ", ""), (line, body)] for line in wrap(text, columns - 2)]
    if not whole:
        more = f"  {entry.length - len(entry.text):,} more characters: deskmate show {label(detail.request.number)}"
        lines.append(cut([(more, "dim")], columns))
    return lines


def _heading(
    entry: Received | Reply | Note | Handover | Restricted, detail: Detail, *, unread: bool
) -> tuple[Span, Span]:
    """Who said it to whom and how; and how far that came, where it is worth a word."""
    if isinstance(entry, Note | Restricted):
        return ("INTERNAL", "internal"), ("", "")
    if isinstance(entry, Handover):
        way, far = progress(entry)
        given = f"INTERNAL, handed over to {safe(entry.to)}{f' {way}' if way else ''}"
        return (given, "internal"), (far, "error" if entry.state in STUCK else "dim")
    name = safe(entry.who if entry.merged else detail.who)
    merged = f", {label(entry.merged)}" if entry.merged else ""
    if isinstance(entry, Received):
        way = _WAYS.get(entry.via, f" by {safe(entry.via)}" if entry.via else "")
        return (f"{name or 'received'}{way}{merged}", "dim"), ("unread" if unread else "", "soon")
    way, far = progress(entry)
    said = f"{f'reply {way}' if way else 'said'}{f' to {name}' if name else ''}{merged}"
    return (said, "dim"), (far, "error" if entry.state in STUCK else "dim")


_WAYS = {"door": " at the door", "self": "", "monitoring": " from monitoring"}
"""How something came, where that is not said with “by”."""


def _moment(entry: Entry, now: datetime) -> str:
    return happened_text(entry.at, now)


def wrap(text: str, columns: int) -> list[str]:
    """Break text into lines of at most ``columns`` cells, at spaces where there are any."""
    columns = max(columns, 2)  # a character may be that wide
    lines: list[str] = []
    for paragraph in text.replace("\t", "    ").split("\n"):
        line, room = "", columns
        for word in paragraph.split(" "):
            cells = width(word)
            if cells <= room - bool(line):
                room -= cells + bool(line)
                line = f"{line} {word}" if line else word
                continue
            if line:
                lines.append(line.rstrip())
            if cells > columns:
                *pieces, word = _pieces(word, columns)
                lines += pieces
                cells = width(word)
            line, room = word, columns - cells
        lines.append(line.rstrip())
    return lines


def _pieces(word: str, columns: int) -> list[str]:
    """A long word in pieces of at most ``columns`` cells, each character looked at once."""
    pieces: list[str] = []
    start = 0
    while start < len(word):
        # Of what is cleaned no more than this can stand in so many cells.
        taken = fitting(word[start : start + (2 + PILE_LIMIT) * columns], columns)
        pieces.append(word[start : start + taken])
        start += taken
    return pieces


def _local(at: str, now: datetime) -> datetime:
    return instant.from_text(at).astimezone(now.tzinfo)
