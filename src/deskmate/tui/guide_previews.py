"""What somebody would get of the draft of a guide: its words at once, its pictures from a worker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deskmate.domain import instant
from deskmate.domain.guide import Then, why_not_published
from deskmate.domain.picture import MarkKind, Review
from deskmate.domain.request import Refused
from deskmate.domain.user_guide import UserGuide, UserPicture, project
from deskmate.store.read import guides, hours
from deskmate.tui.guide_sending import open_words
from deskmate.tui.user_guide_lines import room_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from deskmate.domain.guide import Content
    from deskmate.domain.person import Experience
    from deskmate.domain.picture import Picture
    from deskmate.formats.pictures import Cells
    from deskmate.store.read.budget import Connection
    from deskmate.tui.gateway import Gateway

Places = dict[tuple[int, int], "Picture"]
"""The pictures of a guide by the number of their step and their place in it."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What somebody would get; None where nothing can be shown. ``why`` it can not go out like this yet, if so."""

    guide: UserGuide | None
    why: str = ""
    pictures: Mapping[tuple[int, int], Picture] | None = None
    levels: bool = False
    """Whether it makes a difference how much at home somebody is with computers."""


def preview(gateway: Gateway, key: int, experience: Experience | None) -> Preview:
    """The draft of a guide as somebody would get it. A word that is still to be filled in stands as ``‹what it is›``.

    Pictures have their size and no pixels; those nobody has looked at are left out.
    """
    return gateway.read_whole(_preview, key, experience, gateway.calendar.zone)


async def cells_later(gateway: Gateway, picture: Picture, columns: int, ground: str) -> Cells | None:
    """A finished picture as cells, from a worker; None when another was asked for meanwhile."""
    return await gateway.read_later("guide picture", _cells, gateway.folder, picture, columns, ground)


def _preview(conn: Connection, key: int, experience: Experience | None, zone: tzinfo) -> Preview:
    found = guides.guide(conn, key)
    if found is None:
        return Preview(None, "This guide is not there any more.")
    why, content = why_not_published(found.content), _looked_at(found.content)
    pictures = {picture.key: _unseen(picture) for picture in content.pictures}
    leads_on = any(branch.then is Then.GUIDE for step in content.steps for branch in step.branches)
    try:
        guide = project(
            content,
            slug=found.slug,
            pictures=pictures,
            values=open_words(content),
            experience=experience,
            titles=guides.titles(conn, content.audience) if leads_on else {},
            checked_on=_day(found.checked_at, zone),
            contact=hours.setting(conn, "urgent"),
            audience=content.audience,
        )
    except Refused as refused:
        return Preview(None, refused.message)
    places = {
        (number, place): picture
        for number, step in enumerate(content.steps, 1)
        for place, picture in enumerate(step.pictures)
    }
    return Preview(guide, why, places, any(step.detail for step in content.steps))


def _day(at: str | None, zone: tzinfo) -> str:
    return instant.from_text(at).astimezone(zone).date().isoformat() if at else ""


def _looked_at(content: Content) -> Content:
    """The same without the pictures that nobody has looked at."""
    return replace(
        content,
        steps=tuple(
            replace(
                step,
                reviewed=True,
                pictures=tuple(each for each in step.pictures if each.review is not Review.UNREVIEWED),
            )
            for step in content.steps
        ),
    )


def _unseen(picture: Picture) -> UserPicture:
    """A picture with the size it will have, before its pixels are made."""
    left, top, right, bottom = next(
        (mark.box for mark in reversed(picture.of_kind(MarkKind.CROP))), (0, 0, picture.width, picture.height)
    )
    return UserPicture(b"", "", right - left, bottom - top, picture.alt)


def _cells(conn: Connection, folder: str, picture: Picture, columns: int, ground: str) -> Cells:
    from deskmate.formats.pictures import cells
    from deskmate.services import pictures

    return cells(pictures.finished(folder, conn, picture).data, *room_for(columns), ground)
