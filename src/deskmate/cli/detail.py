"""``show``: one request whole, or as much of it as its requester may see."""

from __future__ import annotations

from deskmate.cli import rows
from deskmate.cli.output import say, say_json
from deskmate.cli.words import numbers
from deskmate.domain import instant, local
from deskmate.domain.due import due_text, happened_text, moment_text
from deskmate.domain.files import size_text
from deskmate.domain.focus import worked, worked_text
from deskmate.domain.public import PublicRequest, outward, public
from deskmate.domain.reply import progress
from deskmate.domain.row import label
from deskmate.domain.sla import words
from deskmate.domain.text import safe
from deskmate.domain.timeline import Detail, Event, Handover, Note, Received, Reply, Restricted
from deskmate.domain.waiting import standing
from deskmate.errors import DONE, DeskmateError
from deskmate.store import wake
from deskmate.store.connection import open_reader
from deskmate.store.read.detail import detail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from deskmate.cli.words import Said
    from deskmate.domain.timeline import Entry

_KINDS = {
    Received: "received", Reply: "reply", Note: "note", Handover: "handover",
    Restricted: "restricted", Event: "event",
}  # fmt: skip


def show(said: Said, folder: str) -> int:
    """Print one request. Raises DeskmateError when there is none of that number."""
    wanted = numbers(said, said.words)
    if len(wanted) > 1:
        raise said.wrong("show takes one request at a time.")
    found = _find(folder, wanted[0], for_them=said.has("--public"))
    if said.has("--public"):
        told = public(found)
        if said.has("--json"):
            say_json(_public_json(told))
        else:
            say("\n".join(_public_lines(told, local.now())))
    elif said.has("--json"):
        say_json(_json(found))
    else:
        say("\n".join(_lines(found, local.now())))
    return DONE


def _find(folder: str, number: int, *, for_them: bool) -> Detail:
    found = None
    try:
        conn = open_reader(folder)
    except FileNotFoundError:
        pass
    else:
        try:
            wake.look(folder, conn)
            if not for_them:
                wake.opened(folder, conn, number)
            found = detail(conn, number, now=local.now())
        finally:
            conn.close()
    if found is None:
        raise DeskmateError(f"There is no {label(number)}.", "deskmate list --view all shows what there is.")
    return found


def _json(found: Detail) -> dict[str, Any]:
    request = found.request
    return {
        "number": label(request.number),
        "title": request.title,
        "status": request.status,
        "priority": request.priority.label if request.priority else None,
        "requester": found.who or None,
        "channel": request.channel,
        "tags": list(request.tags),
        "created_at": request.created_at,
        "due_at": request.due_at,
        "response_due": request.response_due,
        "resolve_due": request.resolve_due,
        "promised_at": request.promised_at,
        "check_at": request.check_at,
        "body": found.body,
        "impact": request.impact,
        "urgency": request.urgency,
        "cause": request.cause,
        "category": request.category,
        "device": request.device,
        "needed_by": request.needed_by,
        "updated_at": found.updated_at,
        "resolved_at": request.resolved_at,
        "outcome": request.outcome,
        "resolution": request.resolution,
        "drop_reason": request.drop_reason,
        "waiting_on": request.waiting_on,
        "waiting_for": request.waiting_for,
        "waiting_since": request.waiting_since,
        "wake_at": request.wake_at,
        "woken": request.woken,
        "chases": request.chases,
        "promises": [
            {"text": each.text, "to": each.who or found.who or None, "due_at": each.due_at, "moved": each.moved}
            for each in found.promises
        ],
        "runs": [
            {
                "run": each.run,
                "checklist": each.name,
                "state": each.state,
                "marked": each.marked,
                "items": each.total,
                "next": each.next or None,
                "day": each.day.isoformat() if each.day else None,
            }
            for each in found.runs
        ],
        "feedback": found.check.score if found.check else None,
        "parked_reason": request.parked_reason,
        "merged_into": label(request.merged_into) if request.merged_into else None,
        "merged": [label(number) for number in found.merged],
        "links": [label(number) for number in request.links],
        "answers": dict(request.answers),
        "worked_minutes": worked(found.pieces, instant.now()) // 60,
        "missing": [question.short for question in found.missing],
        "entries": [_whole_json(entry) for entry in found.entries],
        "attachments": [{"name": file.name, "size": file.size, "digest": file.digest} for file in found.attachments],
    }


@outward
def _public_json(told: PublicRequest) -> dict[str, Any]:
    return {
        "number": told.number,
        "title": told.title,
        "status": told.status,
        "requester": told.requester or None,
        "created_at": told.created_at,
        "entries": [_entry_json(entry) for entry in told.entries],
        "attachments": [],
    }


def _entry_json(entry: Entry) -> dict[str, str]:
    return {"kind": _KINDS[type(entry)], "at": entry.at, "text": entry.text}


def _whole_json(entry: Entry) -> dict[str, str]:
    gone = {"state": entry.state.value, "via": entry.via} if isinstance(entry, Reply | Handover) else {}
    return _entry_json(entry) | gone | ({"to": entry.to} if isinstance(entry, Handover) else {})


def _kind_words(entry: Entry) -> str:
    """What an entry is called; of a reply also how it went."""
    if isinstance(entry, Note):
        return "INTERNAL note"
    words = (part for part in progress(entry) if part) if isinstance(entry, Reply | Handover) else ()
    what = f"INTERNAL handover to {safe(entry.to)}" if isinstance(entry, Handover) else _KINDS[type(entry)]
    return ", ".join((what, *words))


def _lines(found: Detail, now: datetime) -> list[str]:
    request = found.request
    tags = [(name, name not in found.unknown_tags) for name in request.tags]
    facts = [
        request.priority.label if request.priority else "not triaged",
        request.status if request.drop_reason is None else f"{request.status}: {request.drop_reason}",
        request.impact,
        request.urgency,
        rows.who_words(found.who, found.known),
        request.channel and f"by {request.channel}",
        request.category,
        request.device,
        rows.tag_words(tags),
    ]
    due, _state = due_text(request.due_at, request.due_kind, now, request.soon_at)
    lines = [
        f"{label(request.number)}  {safe(request.title) or '(no title)'}",
        " · ".join(safe(fact) for fact in facts if fact),
        f"since {_moment(request.created_at, now)}, {rows.age(request.created_at, now)}"
        + (f" · due {due}" if due else ""),
    ]
    if found.clocks:
        lines.append(" · ".join(words(kind, clock, now)[0] for kind, clock in found.clocks))
    stands = standing(request, now)
    lines += [safe(stands)] if stands else []
    lines += [worked_text(found.pieces, instant.now())] if found.pieces else []
    lines += [f"cause: {safe(request.cause)}"] if request.cause else []
    if found.problem_text:
        lines[-1] += f" · {found.problem_text}"
    if request.outcome:
        lines.append(f"outcome: {request.outcome}")
    lines += [f"{safe(word)}: {safe(text)}" for word, text in request.answers]
    for each in found.promises:
        lines.append(f"promised {_moment(each.due_at, now)}: {safe(each.text)}")
    if found.runs:
        from deskmate.domain.steps import progress_text

        lines += [safe(progress_text(each, now.date())[0]) for each in found.runs]
    if found.missing:
        lines.append(f"not yet known: {', '.join(safe(question.short) for question in found.missing)}")
    if found.into:
        lines.append(f"merged into {label(found.into.number)} {safe(found.into.title)}")
    lines += [f"linked {label(other.number)} {safe(other.title)}" for other in found.linked]
    lines += [f"file: {safe(file.name)}  {size_text(file.size)}" for file in found.attachments]
    for entry in found.entries:
        head = f"{happened_text(entry.at, now)}  "
        if isinstance(entry, Event):
            lines += ["", head + safe(entry.said(now))]
        else:
            lines += ["", head + _kind_words(entry), *_indented(entry.text)]
    return lines


@outward
def _public_lines(told: PublicRequest, now: datetime) -> list[str]:
    who = f" · {safe(told.requester)}" if told.requester else ""
    lines = [
        f"{told.number}  {safe(told.title) or '(no title)'}",
        f"{told.status} · since {_moment(told.created_at, now)}{who}",
    ]
    for entry in told.entries:
        lines += ["", f"{_moment(entry.at, now)}  {_KINDS[type(entry)]}", *_indented(entry.text)]
    return lines


def _moment(at: str, now: datetime) -> str:
    return moment_text(instant.from_text(at).astimezone(now.tzinfo), now)


def _indented(text: str) -> list[str]:
    return [f"  {line}".rstrip() for line in safe(text, multiline=True).split("\n")]
