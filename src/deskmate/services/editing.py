"""Changing what a request says of itself."""

from __future__ import annotations

from deskmate.domain.commands import EditRequest, Outcome
from deskmate.domain.edit import Edits
from deskmate.domain.edit import edit as apply_edits
from deskmate.domain.request import Refused
from deskmate.domain.text import NAME_LIMIT, TITLE_LIMIT, clean
from deskmate.services.requests import Rule, apply
from deskmate.services.workspace import Workspace
from deskmate.store.read import categories, people
from deskmate.store.write.tables import PersonRow
from deskmate.store.write.unit_of_work import UnitOfWork


def edit(workspace: Workspace, command: EditRequest, draft: str = "") -> Outcome:
    """Change what is given. Whoever is made known by it is made in the same step."""

    def prepare(work: UnitOfWork) -> tuple[Rule, str]:
        edits = Edits(
            title=_title(command.title),
            requester=_requester(work, command),
            category=_category(work, command.category),
            judged=command.judged,
            device=_device(work, command.device),
            needed_by=command.needed_by,
            answers=tuple((word, clean(text, multiline=True)[0].strip()) for word, text in command.answers),
        )
        return (lambda found: apply_edits(found, edits)), "edited"

    return apply(workspace, command, prepare, draft)


def _title(typed: str | None) -> str | None:
    if typed is None:
        return None
    title = clean(typed)[0]
    if len(title) > TITLE_LIMIT:
        raise Refused(f"A title has room for {TITLE_LIMIT} characters, this one has {len(title)}.")
    return title


def _name(typed: str) -> str:
    return clean(clean(typed)[0][:NAME_LIMIT])[0]


def _requester(work: UnitOfWork, command: EditRequest) -> tuple[int | None, str | None] | None:
    if command.requester is None:
        return None
    name = _name(command.requester)
    known = people.named(work.conn, name) if name else []
    if len(known) == 1:
        return known[0].key, None
    if name and command.make_known:
        return work.add(PersonRow(name=name, created_at=work.at)).id, None
    return None, name or None


def _category(work: UnitOfWork, typed: str | None) -> str | None:
    if not typed:
        return typed
    name = _name(typed)
    known = categories.category(work.conn, name)
    return known.name if known else name


def _device(work: UnitOfWork, typed: str | None) -> tuple[int | None, str | None] | None:
    if typed is None:
        return None
    name = _name(typed)
    known = people.devices_named(work.conn, name) if name else []
    return (known[0].key, None) if len(known) == 1 else (None, name or None)
