"""A guide as one page for a browser: no script, nothing to load, to be read, ticked off and printed."""

from __future__ import annotations

from collections.abc import Collection

from deskmate.domain.user_guide import UserGuide
from deskmate.formats.guide_html import around, inline, rendered

MARK = "deskmate"
"""Says in a page what made it."""


def write(guide: UserGuide) -> dict[str, bytes]:
    """One file."""
    return {f"{guide.slug}.html": page(guide)}


def page(guide: UserGuide, *, mark: str = MARK, home: str = "", pages: Collection[str] = ()) -> bytes:
    """The page. ``home`` is where a list of all guides is, ``pages`` are the slugs of those that lie beside it."""
    return rendered(
        "guide_page.html",
        **around(guide),
        style=inline("guide.css", "guide_page.css"),
        mark=mark,
        home=home,
        pages=pages,
    )
