"""How a guide goes out from the screen: in which forms, what has to be filled in, and writing it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from deskmate.domain.enclosing import ENCLOSED
from deskmate.domain.guide import Audience
from deskmate.domain.person import Experience
from deskmate.domain.user_guide import wanted
from deskmate.services import guide_files, guide_site
from deskmate.services.guide_files import FORMS
from deskmate.store.read import detail, fitting_guides, guides, people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deskmate.domain.enclosing import Chosen
    from deskmate.domain.guide import Content, Placeholder
    from deskmate.domain.guiding import MadeGuide
    from deskmate.domain.reply import Parcel, Report
    from deskmate.store.read.budget import Connection
    from deskmate.tui.gateway import Gateway, Then

PLACE = "guide sending"
"""Where is kept which form was written last, and where to."""
SITE = "site"
"""The name of the form that all guides have together."""
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
    language: str = "en"


def asked(gateway: Gateway, key: int, request: int | None = None, person: int | None = None) -> Asked | None:
    """What has to be said; None when nothing of the guide is published, or it is not there any more."""
    return gateway.read_whole(_asked, key, request, person)


class Sendable(NamedTuple):
    """A guide that may go to users: its key and title, the words it is found by, and whether it fits a request."""

    key: int
    title: str
    words: str
    fits: bool


def sendable(gateway: Gateway, number: int) -> list[Sendable]:
    """What may go with a reply to a request: what fits it first, then the others by title."""
    return gateway.read_whole(_sendable, number)


def is_any(gateway: Gateway) -> bool:
    """Whether there is a guide that may go to users."""
    return bool(gateway.read_whole(guides.sendable))


async def made_later(gateway: Gateway, number: int, chosen: Chosen) -> MadeGuide | None:
    """Make and keep what goes with the reply to a request, from a worker; None when it was begun anew meanwhile.

    Raises Refused for what must not go out, OpenPlaceholders, and DeskmateError for what is missing.
    """
    return await gateway.read_later(f"guide for {number}", _made, gateway.folder, chosen)


def enclosed_forms() -> dict[str, str]:
    """The forms a guide can have that goes with a reply, by what they are called."""
    return {FORMS[name].title: name for name in ENCLOSED}


def lay_out(gateway: Gateway, parcel: Parcel, then: Then) -> None:
    """Put the files of a reply that is on the clipboard where they are found; ``then`` hears how far it came."""

    def job() -> Report:
        from deskmate.services import delivery

        return delivery.lay_out(parcel, gateway.config.reply, gateway.folder)

    gateway.aside(job, then)


def forms() -> dict[str, str]:
    """The forms by what they are called: those of one guide, and the site of all."""
    return {form.title: form.name for form in FORMS.values()} | {"site of all guides": SITE}


def missing(form: str) -> str:
    """What has to be installed first for a form; empty when nothing has."""
    return FORMS[form].missing if form in FORMS else ""


def last(gateway: Gateway) -> tuple[str, str, str]:
    """The form that was written last, the folder of files, and that of the site.

    At first the page, the folder of documents, and none.
    """
    kept, _at = gateway.place(PLACE) or ({}, "")
    form, folder, site = (str(kept.get(name) or "") for name in ("form", "to", SITE))
    usual = (each for each in ("~/Documents", "~") if os.path.isdir(os.path.expanduser(each)))
    return form if form in forms().values() else next(iter(FORMS)), folder or next(usual, "."), site


def keep(gateway: Gateway, asked: Asked, form: str, target: str) -> None:
    """Begin with these the next time. To be called before it is written: a folder may be made then."""
    _form, folder, site = last(gateway)
    if form == SITE:
        site = target
    else:
        folder = os.path.dirname(goes_to(asked, form, target))
    gateway.save_place(PLACE, {"form": form, "to": folder, SITE: site})


def goes_to(asked: Asked, form: str, target: str) -> str:
    """The path of what would be written to a file or a folder that is typed."""
    path = os.path.abspath(os.path.expanduser(target.strip() or "."))
    return os.path.join(path, asked.slug + FORMS[form].ending) if form in FORMS and os.path.isdir(path) else path


async def write_later(
    gateway: Gateway,
    asked: Asked,
    form: str,
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
        content.language,
    )


def _sendable(conn: Connection, number: int) -> list[Sendable]:
    order = {each.key: place for place, each in enumerate(fitting_guides.fitting(conn, number))}
    found = [Sendable(key, title, words, key in order) for key, title, words in guides.sendable(conn)]
    return sorted(found, key=lambda each: order.get(each.key, len(order)))


def _made(conn: Connection, folder: str, chosen: Chosen) -> MadeGuide:
    from deskmate.services import guide_sending  # it brings in what writes, which no start may pay for

    return guide_sending.made(conn, folder, chosen)


def _write(
    conn: Connection,
    folder: str,
    asked: Asked,
    form: str,
    values: Mapping[str, str],
    experience: Experience | None,
    target: str,
    replace: bool,
) -> list[str]:
    if form == SITE:
        return guide_site.export_site(guide_site.site_guides(conn, folder), target, replace=replace).files
    made = guide_files.user_guide(
        conn, folder, asked.key, values=values, experience=experience, revision=asked.revision
    )
    return guide_files.export(made, FORMS[form], target, replace=replace)


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
