"""``guide``: guides made, listed and shown."""

from __future__ import annotations

from dataclasses import asdict

from deskmate.cli.desks import opened, reading
from deskmate.cli.output import narrate, say, say_json, say_json_array
from deskmate.cli.words import nearest
from deskmate.domain.guide import Content, word_of
from deskmate.domain.guiding import SaveGuide
from deskmate.domain.text import fit, width
from deskmate.errors import DONE, DeskmateError
from deskmate.store.read import guides

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from deskmate.cli.words import Said
    from deskmate.domain.commands import Command
    from deskmate.domain.guide import Guide
    from deskmate.store.read.guides import GuideLine

_TITLE = 48
"""Cells the titles of a list may take."""


def new(said: Said, folder: str) -> int:
    """Make a guide."""
    if not said.words:
        raise said.wrong("Say how the guide is called.")
    carry_out(said, folder, SaveGuide(Content(" ".join(said.words))))
    return DONE


def show_list(said: Said, folder: str) -> int:
    """Every guide by its title."""
    with reading(folder) as conn:
        found = guides.guides(conn, archived=said.has("--archived")) if conn else []
    if said.has("--json"):
        say_json_array(map(_line_json, found))
        return DONE
    column = min(max((width(each.title) for each in found), default=0), _TITLE)
    for each in found:
        title = fit(each.title, column)
        look = f"look by {each.review_by}" if each.review_by else ""
        say(f"{title}{' ' * (column - width(title))}  {_state(each):22}  {look}".rstrip())
    if not found:
        narrate("There are no guides yet: deskmate guide new TITLE makes one.")
    return DONE


def show(said: Said, folder: str) -> int:
    """A guide with its steps, or as data."""
    found = the_guide(said, folder, " ".join(said.words))
    if said.has("--json"):
        say_json(_json(found))
        return DONE
    say(found.title)
    for number, step in enumerate(found.content.steps, start=1):
        say(f"{number}. {step.action}")
    return DONE


# --- what the other words of guides need, too --------------------------------------------------------------


def the_key(said: Said, folder: str, name: str) -> int:
    """The guide of this title or name, or the one that has it in it. Raises DeskmateError for none and several."""
    if not name:
        raise said.wrong("Say which guide.")
    with reading(folder) as conn:
        found = guides.named(conn, name) if conn else []
        known = {title: key for key, title in found} or (
            {each.title: each.key for each in guides.guides(conn)} if conn else {}
        )
    begins = [key for key, title in found if word_of(title).startswith(word_of(name))]
    if len(found) == 1 or len(begins) == 1:
        return begins[0] if len(begins) == 1 else found[0][0]
    if found:
        raise DeskmateError(f"Several go by “{name}”: {', '.join(known)}.", "Say more of the title.")
    raise DeskmateError(
        f"No guide goes by “{name}”.{nearest(name, known)}", "deskmate guide list shows what there is."
    )


def the_guide(said: Said, folder: str, name: str) -> Guide:
    """The same, as it is now."""
    key = the_key(said, folder, name)
    with reading(folder) as conn:
        found = guides.guide(conn, key)
    if found is None:
        raise DeskmateError("This guide is not there any more.")
    return found


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


# --- saying ------------------------------------------------------------------------------------------------


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


def _json(found: Guide) -> dict[str, Any]:
    content = _plain(asdict(found.content))
    return {
        "id": found.id,
        "slug": found.slug,
        "title": content.pop("title"),
        "state": found.state,
        "revision": found.revision or None,
        "checked_at": found.checked_at,
        "review_by": found.review_by,
        **content,
    }


def _plain(value: Any) -> Any:
    """As JSON has it: what is empty is null."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return None if value == "" else value
