"""What a request says of itself, changed by hand: only what is given, all of it at once."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from deskmate.domain.priority import Impact, Urgency, from_matrix
from deskmate.domain.request import Change, Refused, Request
from deskmate.domain.row import label

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@dataclass(frozen=True, slots=True)
class Edits:
    """New values; None leaves a field as it is, an empty one empties it.

    ``requester`` and ``device`` are an id where somebody or something of that name is known, and the name as typed
    where not. ``answers`` are pairs of a question's short name and what was answered.
    """

    title: str | None = None
    requester: tuple[int | None, str | None] | None = None
    category: str | None = None
    judged: tuple[Impact | None, Urgency | None] | None = None
    device: tuple[int | None, str | None] | None = None
    needed_by: str | None = None
    answers: tuple[tuple[str, str], ...] = ()


def edit(request: Request, edits: Edits) -> Change:
    """Take these values over. The priority follows from impact and urgency once both are known."""
    values: dict[str, Any] = {}
    if edits.title is not None:
        values["title"] = edits.title
    if edits.category is not None:
        values["category"] = edits.category or None
    if edits.requester is not None:
        values["person_id"], values["requester"] = edits.requester
    if edits.device is not None:
        values["device_id"], values["device"] = edits.device
    if edits.judged is not None and edits.judged != (request.impact, request.urgency):
        values["impact"], values["urgency"] = edits.judged
        values["priority"] = from_matrix(*edits.judged) or request.priority
    if edits.needed_by is not None:
        values["needed_by"] = edits.needed_by or None
    if edits.answers:
        known = {word.casefold(): (word, text) for word, text in request.answers}
        known |= {word.casefold(): (word, text) for word, text in edits.answers}
        values["answers"] = tuple(sorted((word, text) for word, text in known.values() if text))
    after = replace(request, **values)
    if after == request:
        raise Refused(f"{label(request.number)} says all this already.")
    return Change(request, after, "edited", None, ", ".join(_changed(request, after)))


def _changed(before: Request, after: Request) -> list[str]:
    """The names of what differs, as people call them; no value, for the timeline shows those elsewhere."""
    differing = [field.name for field in fields(Request) if getattr(before, field.name) != getattr(after, field.name)]
    return list(dict.fromkeys(_NAMES[name] for name in differing if name in _NAMES))


_NAMES = {
    "title": "title",
    "person_id": "requester",
    "requester": "requester",
    "category": "category",
    "impact": "impact",
    "urgency": "urgency",
    "priority": "priority",
    "device_id": "device",
    "device": "device",
    "needed_by": "needed by",
    "answers": "answers",
}
