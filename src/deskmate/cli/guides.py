"""``guide``: guides made, listed, shown, changed as text and taken away."""

from __future__ import annotations

from deskmate.cli import typing_texts
from deskmate.cli.desks import opened, reading
from deskmate.cli.output import narrate, say, say_json, say_json_array
from deskmate.cli.words import nearest
from deskmate.domain.guide import Content, word_of
from deskmate.domain.guiding import ArchiveGuide, DropGuide, SaveGuide
from deskmate.domain.text import fit, width
from deskmate.errors import DONE, REFUSED, DeskmateError
from deskmate.store.read import guides

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from deskmate.cli.words import Said
    from deskmate.domain.commands import Command
    from deskmate.domain.guide import Guide, Revision
    from deskmate.domain.picture import Picture
    from deskmate.formats.annotating import Problem
    from deskmate.store.read.guides import GuideLine

_TITLE = 48
"""Cells the titles of a list may take."""


def new(said: Said, folder: str) -> int:
    """Make a guide of a title, or of a text that comes in."""
    if not said.words:
        raise said.wrong("Say how the guide is called, or - for a text on standard input.")
    if said.words != [typing_texts.STDIO]:
        carry_out(said, folder, SaveGuide(Content(" ".join(said.words))))
        return DONE
    content, problems = _read(typing_texts.text_of(typing_texts.STDIO), None)
    if typing_texts.complain(typing_texts.STDIO, problems):
        narrate("Nothing was changed.")
        return REFUSED
    carry_out(said, folder, SaveGuide(content))
    return DONE


def show_list(said: Said, folder: str) -> int:
    """Every guide by its title, or those that are found."""
    typed = " ".join(said.words)
    with reading(folder) as conn:
        found = guides.found(conn, typed, archived=said.has("--archived")) if conn else []
    if said.has("--json"):
        say_json_array(map(_line_json, found))
        return DONE
    column = min(max((width(each.title) for each in found), default=0), _TITLE)
    for each in found:
        look = f"look by {each.review_by}" if each.review_by else ""
        say(f"{fit(each.title, column)}  {_state(each):22}  {look}".rstrip())
    if not found:
        narrate(
            f"No guide has “{typed}” in it."
            if typed
            else "There are no guides yet: deskmate guide new TITLE makes one."
        )
    return DONE


def show(said: Said, folder: str) -> int:
    """A guide as text, or as data."""
    from deskmate.formats.guide_text import write

    found = the_guide(said, folder, " ".join(said.words))
    content, told = found.content, f"{found.state}, revision {found.revision}" if found.revision else found.state
    number = said.value("--revision")
    if number is not None:
        old = the_revision(said, folder, found, number)
        content, told = old.content, f"revision {old.number}, {old.made_at[:10]}"
    if said.has("--json"):
        say_json(_json(found, content, int(number) if number else found.revision))
        return DONE
    say(write(content, bare=True).rstrip("\n"))
    narrate(told)
    return DONE


def edit(said: Said, folder: str) -> int:
    """Change the draft of a guide as text in the technician's editor."""
    from deskmate.formats.guide_text import write

    found = the_guide(said, folder, " ".join(said.words))
    return typing_texts.edit(
        write(found.content),
        "guide",
        folder,
        lambda text: _read(text, found.content),
        lambda content: carry_out(said, folder, SaveGuide(content, found.id, found.version), found.id),
    )


def archive(said: Said, folder: str) -> int:
    """Put a guide aside, or take it up again."""
    key = the_key(said, folder, " ".join(said.words))
    carry_out(said, folder, ArchiveGuide(key, not said.has("--back")), key)
    return DONE


def drop(said: Said, folder: str) -> int:
    """Take a guide away."""
    key = the_key(said, folder, " ".join(said.words))
    carry_out(said, folder, DropGuide(key), key)
    return DONE


# --- what the other words of guides need, too --------------------------------------------------------------


def the_key(said: Said, folder: str, name: str) -> int:
    """The guide of this title or name, or the one that has it in it. Raises DeskmateError for none and several."""
    if not name:
        raise said.wrong("Say which guide.")
    with reading(folder) as conn:
        found = guides.named(conn, name) if conn else []
        titles = [each.title for each in guides.guides(conn)] if conn and not found else []
    begins = [(key, title) for key, title in found if word_of(title).startswith(word_of(name))]
    for named in (found, begins):
        if len(named) == 1:
            return named[0][0]
    if found:
        several = ", ".join(f"“{title}”" for _key, title in found)
        raise DeskmateError(f"“{name}” is in several: {several}.", "Say more of the title.")
    raise DeskmateError(
        f"No guide goes by “{name}”.{nearest(name, titles)}", "deskmate guide list shows what there is."
    )


def the_guide(said: Said, folder: str, name: str) -> Guide:
    """The same, as it is now."""
    key = the_key(said, folder, name)
    with reading(folder) as conn:
        found = guides.guide(conn, key)
    if found is None:
        raise DeskmateError("This guide is not there any more.")
    return found


def the_revision(said: Said, folder: str, found: Guide, number: str) -> Revision:
    """What was published of a guide under a number. Raises UsageError for one there is not."""
    with reading(folder) as conn:
        ever = guides.revisions(conn, found.id)
    for each in ever:
        if str(each.number) == number:
            return each
    there = (
        f"there is {', '.join(str(each.number) for each in reversed(ever))}" if ever else "nothing was published yet"
    )
    raise said.wrong(f"“{found.title}” has no revision {number}: {there}.")


def carry_out(said: Said, folder: str, command: Command, key: int = 0) -> None:
    """Do it, and print what was done."""
    with opened(folder) as desk:
        outcome = desk.run(command)
    if said.has("--json"):
        say_json({"id": key or outcome.made or None, "label": outcome.label, "notes": list(outcome.notes)})
        return
    say(outcome.label)
    for note in outcome.notes:
        narrate(note)


# --- within ------------------------------------------------------------------------------------------------


def _read(text: str, before: Content | None) -> tuple[Content, Sequence[Problem]]:
    from deskmate.formats.guide_text import read
    from deskmate.formats.new_key import new_key

    written = read(text, before, new_key)
    return written.content, written.problems


def _state(line: GuideLine) -> str:
    return f"{line.state}, revision {line.revision}" if line.revision else line.state


def _line_json(line: GuideLine) -> dict[str, Any]:
    return {
        "id": line.key,
        "slug": line.slug,
        "title": line.title,
        "state": line.state,
        "revision": line.revision or None,
        "published_at": line.at if line.revision else None,
        "review_by": line.review_by,
    }


def _json(found: Guide, content: Content, revision: int) -> dict[str, Any]:
    return {
        "id": found.id,
        "slug": found.slug,
        "title": content.title,
        "state": found.state,
        "revision": revision or None,
        "summary": content.summary or None,
        "users_say": list(content.words),
        "for": content.audience,
        "language": content.language,
        "needs": list(content.needs),
        "minutes": content.minutes,
        "review_months": content.review_months,
        "checked_at": found.checked_at,
        "review_by": found.review_by,
        "placeholders": [
            {
                "name": each.name,
                "asks_for": each.label or None,
                "from": each.source,
                "example": each.example or None,
                "secret": each.secret,
            }
            for each in content.placeholders
        ],
        "internal_note": content.note or None,
        "steps": [
            {
                "key": step.key,
                "action": step.action,
                "where": step.where or None,
                "see": step.expect or None,
                "more": step.detail or None,
                "minutes": step.minutes,
                "care": step.caution,
                "if_not": [{"if": each.symptom, "then": each.then, "to": each.to or None} for each in step.branches],
                "pictures": list(map(_picture_json, step.pictures)),
                "internal_note": step.note or None,
                "looked_at": step.reviewed,
            }
            for step in content.steps
        ],
    }


def _picture_json(picture: Picture) -> dict[str, Any]:
    return {
        "key": picture.key,
        "alt": picture.alt or None,
        "review": picture.review,
        "sha256": picture.file.digest,
        "size": picture.file.size,
        "width": picture.width,
        "height": picture.height,
        "marks": [
            {"kind": mark.kind, "x1": mark.x1, "y1": mark.y1, "x2": mark.x2, "y2": mark.y2, "number": mark.number}
            for mark in picture.marks
        ],
    }
