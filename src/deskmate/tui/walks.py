"""What the screens ask of the store about walk-throughs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from deskmate.store.read import fitting_guides, guides, walks
from deskmate.tui import outside

if TYPE_CHECKING:
    from deskmate.domain.guide_record import Figures
    from deskmate.domain.picture import Picture
    from deskmate.domain.walk import Walk
    from deskmate.store.read.budget import Connection
    from deskmate.tui.gateway import Answer, Gateway, Then


class Offered(NamedTuple):
    """A guide that can be walked through: its key and title, the words it is found by, how often it was used and
    how often that solved it, and whether it fits the request it is offered for."""

    key: int
    title: str
    words: str
    used: int
    solved: int
    fits: bool


def walk(gateway: Gateway, key: int) -> Walk | None:
    """A walk-through with all that came of it; None when it is not there any more."""
    return gateway.read_whole(walks.walk, key)


def going_on(gateway: Gateway, number: int) -> tuple[Walk, ...]:
    """Those with a request that go on."""
    return gateway.read_whole(walks.going_on, number)


def open_of_guide(gateway: Gateway, guide: int) -> list[Walk]:
    """Those of a guide that go on, the one begun last first."""
    return [each for each in gateway.read_whole(walks.open_walks) if each.guide.id == guide]


def figures(gateway: Gateway, guide: int) -> Figures:
    """How often a guide was used, how long it takes, and which step fails."""
    return gateway.read_whole(walks.figures, guide)


def key_of(gateway: Gateway, slug: str) -> int | None:
    """The guide of this slug, where it is published and not put aside."""
    key = gateway.read_whole(guides.slugs).get(slug)
    return key if any(each == key for each, _title, _words in gateway.read_whole(walks.can_be_walked)) else None


def offered(gateway: Gateway, number: int | None = None) -> list[Offered]:
    """What can be walked through: for a request what fits it first, then the others by title."""
    return gateway.read_whole(_offered, number)


def is_any(gateway: Gateway) -> bool:
    """Whether there is anything to walk through."""
    return gateway.read_whole(walks.can_any)


def open_picture(gateway: Gateway, picture: Picture, then: Then) -> None:
    """Open a picture outside, as whoever gets the guide sees it; ``then`` hears what came of it."""

    def made(answer: Answer) -> None:
        if answer.error is not None:
            then(answer)
            return
        name = f"picture.{answer.value.media.rpartition('/')[2]}"
        gateway.aside(partial(outside.open_copy, name, answer.value.data), then)

    gateway.pictures.finished(picture, made)


def _offered(conn: Connection, number: int | None) -> list[Offered]:
    used = walks.usage(conn)
    first = [each.key for each in fitting_guides.fitting(conn, number)] if number is not None else []
    found = [
        Offered(key, title, words, *used.get(key, (0, 0)), key in first)
        for key, title, words in walks.can_be_walked(conn)
    ]
    order = {key: place for place, key in enumerate(first)}
    return sorted(found, key=lambda each: order.get(each.key, len(order)))
