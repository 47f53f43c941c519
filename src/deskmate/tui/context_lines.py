"""What stands around a request, as lines: for the pane beside it and for the overlay.

Nothing here knows Textual.
"""

from __future__ import annotations

from collections.abc import Iterable

from deskmate.domain import instant, local
from deskmate.domain.context import COUNTED, Brief, Context
from deskmate.domain.due import moment_text
from deskmate.domain.person import PersonKind
from deskmate.domain.row import label
from deskmate.domain.text import excerpt, safe, width
from deskmate.tui.detail_lines import wrap
from deskmate.tui.frame import Spans, cut

Target = tuple[str, int]
"""What a line leads to: ("person", key), ("device", key), ("request", number), ("run", key), ("walk", key) or
("guide", key); key 0 is a new card. ("asker", number) is the card of whoever asks, known or not."""
Line = tuple[Spans, Target | None]

SOLUTION_LIMIT = 120
"""Characters of what solved a request that are shown."""
DETAILS_LIMIT = 2_000
"""Characters of remembered details that are shown; the card has all of them."""


def context_lines(context: Context | None, columns: int, *, whole: bool = False) -> list[Line]:
    """The lines, ``columns`` cells wide. ``whole`` adds the ways to new cards, for where they can be taken."""
    if context is None:
        return []
    lines = _who(context, columns, whole=whole)
    lines += _requests("Open", context.open, columns)
    lines += _requests("Earlier", context.earlier, columns)
    lines += _requests("Solved before", context.similar, columns, solutions=True)
    lines += _promises(context, columns)
    lines += _runs(context, columns)
    lines += _guides(context, columns)
    lines += _devices(context, columns, whole=whole)
    lines += _requests("Linked", context.linked, columns)
    if context.person:
        lines += _requests(f"Room {context.person.room}", context.nearby, columns)
    return lines


def _who(context: Context, columns: int, *, whole: bool) -> list[Line]:
    person = context.person
    if person is None:
        if not context.who:
            return [(cut([("nobody is named", "dim")], columns), None)]
        add: Spans = [("  enter makes a card", "dim")] if whole else []
        return [(cut([(f"{safe(context.who)}?", "bold"), *add], columns), ("person", 0))]
    where = ", ".join(part for part in (person.department, person.room and f"room {person.room}") if part)
    head: Spans = [(safe(person.name), "bold"), (" ★" if person.vip else "", "soon"), (f"  {safe(where)}", "dim")]
    lines: list[Line] = [(cut(head, columns), ("person", person.key))]
    kind = "" if person.kind is PersonKind.REQUESTER else str(person.kind)
    facts = (kind, f"{person.experience} user" if person.experience else "", person.phone, person.email)
    shown = [*wrap(safe(person.details[:DETAILS_LIMIT], multiline=True), columns - 2)] if person.details else []
    shown += _joined([safe(fact) for fact in facts if fact], columns - 2)
    many = f"{COUNTED - 1}+" if context.asked >= COUNTED else str(context.asked)
    shown.append(f"{many} request{'' if context.asked == 1 else 's'}")
    return lines + [
        ([("  ", ""), (text, "" if place < len(shown) - 1 else "dim")], None) for place, text in enumerate(shown)
    ]


def _devices(context: Context, columns: int, *, whole: bool) -> list[Line]:
    lines: list[Line] = []
    for device in context.devices:
        facts = "  ".join(safe(part) for part in (device.kind, device.notes and excerpt(device.notes, 60)) if part)
        lines.append(
            (cut([("  ", ""), (safe(device.name), ""), (f"  {facts}", "dim")], columns), ("device", device.key))
        )
    if context.device and context.device.casefold() not in {each.name.casefold() for each in context.devices}:
        add: Spans = [("  enter makes a card", "dim")] if whole else []
        lines.append((cut([("  ", ""), (f"{safe(context.device)}?", ""), *add], columns), ("device", 0)))
    elif whole:
        lines.append((cut([("  another device", "dim")], columns), ("device", 0)))
    return [*_head("Devices", columns), *lines] if lines else []


def _promises(context: Context, columns: int) -> list[Line]:
    """What was promised and is open: on this request, and on what else the person asked for."""
    lines: list[Line] = []
    for each in context.promises:
        date = moment_text(instant.from_text(each.due_at).astimezone(local.Local()), local.now())
        number = "" if each.request == context.number else f" {label(each.request)}"
        spans: Spans = [("  ", ""), (date, "key"), (number, "dim"), (f"  “{safe(each.text)}”", "")]
        lines.append((cut(spans, columns), ("request", each.request)))
    return [*_head("Promised", columns), *lines] if lines else []


def _runs(context: Context, columns: int) -> list[Line]:
    """The checklists run for it, and those that found it; each line leads to its run."""
    from deskmate.domain.steps import progress_text

    lines: list[Line] = []
    for each in context.runs:
        text, late = progress_text(each, local.now().date())
        lines += [
            ([("  ", ""), (line, "soon" if late else "")], ("run", each.run))
            for line in wrap(safe(text), columns - 2)
        ]
    lines += [
        (cut([("  found by ", "dim"), (safe(words), "")], columns), ("run", key)) for key, words in context.found_by
    ]
    return [*_head("Checklists", columns), *lines] if lines else []


def _guides(context: Context, columns: int) -> list[Line]:
    """What goes on with it and what fits it, each line leading there, and what the person has done before."""
    lines: list[Line] = [
        ([("  ", ""), (line, "")], ("walk", key))
        for key, said in context.walks
        for line in wrap(safe(said), columns - 2)
    ]
    lines += [
        (
            cut([("  ", ""), (safe(each.title), ""), (f"  {each.usage}" if each.usage else "", "dim")], columns),
            ("guide", each.key),
        )
        for each in context.guides
    ]
    lines += [
        ([("  ", ""), (line, "dim")], None)
        for said in context.done
        for line in wrap(f"has done: {safe(said)}", columns - 2)
    ]
    return [*_head("Guides", columns), *lines] if lines else []


def _joined(facts: Iterable[str], columns: int) -> list[str]:
    """The facts on as few lines as it takes, none broken where it fits on one."""
    lines: list[str] = []
    for fact in facts:
        if lines and width(f"{lines[-1]} · {fact}") <= columns:
            lines[-1] += f" · {fact}"
        else:
            lines += wrap(fact, columns)
    return lines


def _requests(title: str, briefs: Iterable[Brief], columns: int, *, solutions: bool = False) -> list[Line]:
    """A request on each line; with ``solutions`` what solved it below, where that was written down."""
    lines: list[Line] = []
    for brief in briefs:
        number = f"{label(brief.number)} "
        what = safe(brief.title) or "(untitled)"
        spans: Spans = [("  ", ""), (number, "dim"), (what, "dim" if brief.ended else "")]
        lines.append((cut(spans, columns), ("request", brief.number)))
        if solutions and brief.solved:
            before = " " * (2 + len(number))
            solved = wrap(safe(excerpt(brief.solved, SOLUTION_LIMIT)), columns - len(before))
            lines += [([(before, ""), (line, "good")], None) for line in solved]
    return [*_head(title, columns), *lines] if lines else []


def _head(title: str, columns: int) -> list[Line]:
    return [([], None), (cut([(safe(title), "bold")], columns), None)]
