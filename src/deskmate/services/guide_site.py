"""All published guides as a site in a folder: written, written again, and cleared of what is gone."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from deskmate.domain.guide import Audience, Content
from deskmate.domain.user_guide import UserGuide, wanted
from deskmate.errors import DeskmateError
from deskmate.formats import guide_site, replacing
from deskmate.services.guide_files import Taken, put, user_guide
from deskmate.store.read import guides

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.store.read.budget import Connection

_ROOM = "________"
"""Where everybody fills in their own word."""


class Written(NamedTuple):
    """The files of a site, the list first, and the pages of guides that are gone, as paths."""

    files: list[str]
    removed: list[str]


def site_guides(conn: Connection, folder: str, values: Mapping[str, str] = {}) -> list[UserGuide]:
    """The guides that a site has: those for users that are published and not put aside.

    A site is for everybody, so there is room for each word that is not among ``values``. Raises DeskmateError, which
    names the guide, when one can not be shown: half a site would look whole.
    """
    found = []
    for line in guides.guides(conn):
        newest = next(iter(guides.revisions(conn, line.key)), None)
        if newest is None or newest.content.audience is not Audience.USER:
            continue
        try:
            found.append(user_guide(conn, folder, line.key, values={**_room(newest.content), **values}))
        except DeskmateError as error:
            raise DeskmateError(f"“{line.title}”: {error.message}", "Nothing was written.") from error
    return found


def export_site(found: Sequence[UserGuide], target: str, *, replace: bool = False) -> Written:
    """Write the site into a folder. Pages that an earlier one had and this has not are removed, and nothing else.

    Raises Taken where something else has the name of a page, unless ``replace`` says that it goes.
    """
    target = os.path.expanduser(target)
    made = guide_site.write(found)
    places = {name: os.path.join(target, *name.split("/")) for name in made}
    taken = [
        path
        for name, path in places.items()
        if os.path.lexists(path) and not guide_site.is_own(name, replacing.read(path))
    ]
    if taken and not replace:
        raise Taken(taken)
    try:
        for name in sorted(made, key=lambda each: each == guide_site.INDEX):  # what the list names is there first
            put(places[name], made[name])
        removed = _remove_gone(target, made)
    except OSError as error:
        name = error.filename or target
        raise DeskmateError(f"{name} can not be written: {error.strerror or type(error).__name__}.") from error
    index = places.pop(guide_site.INDEX)
    return Written([index, *places.values()], removed)


def _remove_gone(target: str, made: Mapping[str, bytes]) -> list[str]:
    pages = os.path.join(target, guide_site.PAGES)
    gone = []
    for file in sorted(os.listdir(pages)) if os.path.isdir(pages) else ():
        name, path = f"{guide_site.PAGES}/{file}", os.path.join(pages, file)
        if name not in made and os.path.isfile(path) and guide_site.is_own(name, replacing.read(path)):
            os.unlink(path)
            gone.append(path)
    return gone


def _room(content: Content) -> dict[str, str]:
    labels = {each.name: each.label or each.name for each in content.placeholders}
    return {name: f"{_ROOM} ({labels[name]})" for name in wanted(content)}
