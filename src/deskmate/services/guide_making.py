"""A guide begun with what solved a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deskmate.domain.commands import Outcome
from deskmate.domain.files import Kept, is_picture
from deskmate.domain.guide import Content
from deskmate.domain.guide_making import lines_of, made_of
from deskmate.domain.guiding import MakeGuide
from deskmate.domain.picture import Picture
from deskmate.domain.request import Refused
from deskmate.domain.row import label
from deskmate.domain.timeline import Attachment, Detail, Note, Reply
from deskmate.formats.new_key import new_key
from deskmate.formats.pictures import NoPicture, opened
from deskmate.services import guides
from deskmate.services.workspace import Workspace
from deskmate.store import files
from deskmate.store.read import people
from deskmate.store.read.detail import detail
from deskmate.store.write.unit_of_work import UnitOfWork


def make(workspace: Workspace, command: MakeGuide, draft: str = "") -> Outcome:
    """Make the draft of a guide of a request: its steps and pictures are marked as not looked at.

    Raises Refused when nothing is written down about what was done.
    """
    with workspace.unit_of_work(command.name) as work:
        found = detail(work.conn, command.request)
        if found is None:
            raise Refused(f"{label(command.request)} is not there any more.")
        content, notes = _content(workspace, work, found)
        key, title = guides.add(workspace, work, content)
        work.fact(command.request, "guide made", None, title)
        work.drop_draft(draft)
        what = f"new guide “{title}” of {label(command.request)}"
        return Outcome(work.finish(what), what, (command.request,), made=key, notes=notes)


def _content(workspace: Workspace, work: UnitOfWork, found: Detail) -> tuple[Content, tuple[str, ...]]:
    text = _what_was_done(found)
    if not text:
        raise Refused(
            f"Nothing is written down about what was done for {label(found.request.number)}.",
            "Write it as a note or when resolving, or begin a guide in its panel.",
        )
    content = made_of(found.request.title, text, _names(work, found), iter(new_key, ""))
    shown, notes = _pictures(workspace, found.attachments)
    last = len(content.steps) - 1
    steps = tuple(
        replace(step, pictures=tuple(shown[place:] if place == last else shown[place : place + 1]))
        for place, step in enumerate(content.steps)
    )
    return replace(content, steps=steps), notes


def _pictures(workspace: Workspace, attachments: Sequence[Attachment]) -> tuple[list[Picture], tuple[str, ...]]:
    """The pictures of the request, in order, and what was left out and why."""
    found: list[Picture] = []
    notes: list[str] = []
    for each in attachments:
        if is_picture(each.name):
            kept = Kept(each.name, each.size, each.digest)
            try:
                image = opened(files.content(workspace.folder, kept))
            except (NoPicture, files.NotKept) as error:
                notes.append(f"{each.name} was left out: {error.message}")
                continue
            found.append(Picture(new_key(), kept, *image.size))
    return found, tuple(notes)


def _what_was_done(found: Detail) -> str:
    """What solved it; where that is a word and no way, what was noted and answered before it, too."""
    solved = (found.request.resolution or "").strip()
    if len(lines_of(solved)) > 1:
        return solved
    before = [entry.text.strip() for entry in found.entries if isinstance(entry, Note | Reply)]
    return "\n".join(filter(None, [*before, solved]))


def _names(work: UnitOfWork, found: Detail) -> dict[str, str]:
    key = found.request.person_id
    person = people.person(work.conn, key) if key is not None else None
    return {
        "name": person.name if person else found.who,
        "email": person.email if person else "",
        "room": person.room if person else found.room,
        "device": found.device,
    }
