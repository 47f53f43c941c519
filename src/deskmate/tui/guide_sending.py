"""How a guide goes out from the screen: in which forms, what has to be filled in, and writing it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskmate.domain.guide import Audience
from deskmate.domain.person import Experience
from deskmate.domain.user_guide import wanted
from deskmate.services import guide_files
from deskmate.services.guide_files import FORMS
from deskmate.store.read import detail, guides, people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deskmate.domain.guide import Content, Placeholder
    from deskmate.domain.user_guide import UserGuide
    from deskmate.store.read.budget import Connection
    from deskmate.tui.gateway import Gateway

PLACE = "guide sending"
"""Where is kept which form was written last, and where to."""
Form = guide_files.Form
Taken = guide_files.Taken


@dataclass(frozen=True, slots=True)
class Asked:
    """What has to be said before a guide goes out, of its newest published text.

    ``known`` are the words for placeholders that the request and the person give; ``levels`` says whether it makes a
    difference how much at home somebody is with computers, and ``level`` is that of the person.
    """

    key: int
    title: str
    slug: str
    revision: int
    changed: bool
    audience: Audience
    placeholders: tuple[Placeholder, ...]
    known: Mapping[str, str]
    levels: bool
    level: Experience
    person: int | None = None


def asked(gateway: Gateway, key: int, request: int | None = None, person: int | None = None) -> Asked | None:
    """What has to be said; None when nothing of the guide is published, or it is not there any more."""
    return gateway.read_whole(_asked, key, request, person)


def forms() -> tuple[Form, ...]:
    """The forms a guide can have."""
    return tuple(FORMS.values())


def last(gateway: Gateway) -> tuple[str, str]:
    """The name of the form that was written last, and the folder; at first the page, in the folder of documents."""
    kept, _at = gateway.place(PLACE) or ({}, "")
    form, folder = str(kept.get("form") or ""), str(kept.get("to") or "")
    if form not in FORMS:
        form = next(iter(FORMS))
    return form, folder or next(
        (each for each in ("~/Documents", "~") if os.path.isdir(os.path.expanduser(each))), "."
    )


def keep(gateway: Gateway, form: Form, target: str) -> None:
    """Begin with these the next time."""
    folder = target if os.path.isdir(os.path.expanduser(target)) else os.path.dirname(target)
    gateway.save_place(PLACE, {"form": form.name, "to": folder})


def goes_to(asked: Asked, form: Form, target: str) -> str:
    """The path of what would be written to a file or a folder that is typed."""
    path = os.path.abspath(os.path.expanduser(target.strip() or "."))
    return os.path.join(path, asked.slug + form.ending) if os.path.isdir(path) else path


async def write_later(
    gateway: Gateway,
    asked: Asked,
    form: Form,
    values: Mapping[str, str],
    experience: Experience | None,
    target: str,
    *,
    replace: bool = False,
) -> list[str] | None:
    """Write it, from a worker, and give the paths of its files, the main one first.

    Raises Refused, OpenPlaceholders, Taken unless ``replace``, and DeskmateError for what can not be written.
    """
    return await gateway.read_later(
        "guide sending", _write, gateway.folder, asked, form, values, experience, target, replace
    )


async def page_later(gateway: Gateway, key: int, experience: Experience | None) -> tuple[str, bytes] | None:
    """The draft of a guide as the page somebody would get, its name and its bytes, from a worker.

    A word that is still to be filled in stands as ``‹what it is›``. Raises Refused for what must not go out.
    """
    return await gateway.read_later("guide page", _page, gateway.folder, key, experience)


def open_words(content: Content) -> dict[str, str]:
    """What stands in a preview for each word that is still to be filled in."""
    return {each.name: f"‹{each.label or each.name}›" for each in content.placeholders}


def _asked(conn: Connection, key: int, request: int | None, person: int | None) -> Asked | None:
    found, published = guides.guide(conn, key), guides.revisions(conn, key)
    if found is None or not published:
        return None
    content, revision = published[0].content, published[0].number
    if request is not None and person is None:
        about = detail.detail(conn, request)
        person = about.request.person_id if about else None
    who = people.person(conn, person) if person is not None else None
    names = wanted(content)
    return Asked(
        key,
        content.title,
        found.slug,
        revision,
        found.changed,
        content.audience,
        tuple(each for each in content.placeholders if each.name in names),
        guide_files.known_values(conn, content, request=request, person=person),
        any(step.detail for step in content.steps),
        who.experience if who is not None and who.experience else Experience.EVERYDAY,
        person,
    )


def _write(
    conn: Connection,
    folder: str,
    asked: Asked,
    form: Form,
    values: Mapping[str, str],
    experience: Experience | None,
    target: str,
    replace: bool,
) -> list[str]:
    made: UserGuide = guide_files.user_guide(
        conn, folder, asked.key, values=values, experience=experience, revision=asked.revision
    )
    return guide_files.export(made, form, target, replace=replace)


def _page(conn: Connection, folder: str, key: int, experience: Experience | None) -> tuple[str, bytes]:
    found = guides.guide(conn, key)
    content = found.content if found else None
    made = guide_files.user_guide(
        conn,
        folder,
        key,
        values=open_words(content) if content else {},
        experience=experience,
        audience=content.audience if content else Audience.USER,
        revision=guide_files.DRAFT,
    )
    return next(iter(FORMS["html"].write(made).items()))
