"""What the forms of a guide for browsers have in common: templates in which everything is shown as it was typed."""

from __future__ import annotations

import base64
import hashlib
import os
from functools import cache
from typing import TYPE_CHECKING, Any

from deskmate.domain.guide import Caution
from deskmate.domain.guide_words import words_in
from deskmate.domain.user_guide import UserGuide, UserPicture
from deskmate.formats.links import pieces

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_HERE = os.path.dirname(__file__)


def rendered(template: str, **what: Any) -> bytes:
    """A template of this package, filled in."""
    return _templates().get_template(template).render(**what).encode()


@cache
def inline(*names: str) -> Markup:
    """Style sheets or a script of this package, one after the other, to stand in a page."""
    from markupsafe import Markup

    parts = []
    for name in names:
        with open(os.path.join(_HERE, name), encoding="utf-8") as file:
            parts.append(file.read())
    return Markup("\n".join(parts))


def around(guide: UserGuide) -> dict[str, Any]:
    """What every template of a guide needs to say."""
    said = words_in(guide.language)
    about = [said.minutes.format(guide.minutes)] if guide.minutes else []
    if guide.checked_on:
        about.append(said.checked.format(guide.checked_on))
    return {
        "guide": guide,
        "said": said,
        "language": guide.language.replace("_", "-"),
        "about": " · ".join(about),
        "care": {Caution.CAUTION: ("⚠", said.caution), Caution.STOP: ("■", said.stop)},
    }


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined)
    made.filters.update(linked=_linked, inlined=_inlined, source=_source)
    return made


def _linked(text: str) -> Markup:
    """Text as it was typed, in which web and mail addresses lead somewhere."""
    from markupsafe import Markup, escape

    link = Markup('<a href="{}">{}</a>')
    return Markup("").join(
        link.format(piece.target, piece.text) if piece.target else escape(piece.text) for piece in pieces(text)
    )


def _inlined(picture: UserPicture) -> Markup:
    """A picture as an address that holds all of it."""
    from markupsafe import Markup

    return Markup(f"data:{picture.media};base64,{base64.b64encode(picture.data).decode('ascii')}")


def _source(inline: Markup) -> str:
    """What a content security policy calls an inline style or script: nothing but exactly this is allowed."""
    return f"sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}"
