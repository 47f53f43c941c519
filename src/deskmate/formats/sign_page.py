"""The sign as a web page: one file, no script, for a screen by the door, a browser anywhere, and for printing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from html import escape
from string import Template

from deskmate.domain.hours import State
from deskmate.domain.public import outward
from deskmate.domain.sign import SEPARATOR, VALID, Day, SignState

REFRESH = 30
"""Seconds after which the page loads itself anew."""

_HEADLINE, _LINE, _NOTICE = 14, 30, 36
"""Characters that go on a line of a wide screen."""
_LITTLE, _MORE = 7, 9
_TEMPLATE = os.path.join(os.path.dirname(__file__), "sign.html")
_SHAPES = {
    State.OPEN: '<circle cx="12" cy="12" r="12"/>',
    State.DND: '<rect x="1" y="1" width="22" height="22"/>',
    State.AWAY: '<path d="M12 0 24 12 12 24 0 12z"/>',
    State.CLOSED: '<path fill-rule="evenodd" d="M12 0a12 12 0 1 1 0 24a12 12 0 1 1 0-24zM12 4.5a7.5 7.5 0 1 0 0 15'
    'a7.5 7.5 0 1 0 0-15z"/>',
    None: '<path d="M12 1 24 23H0zM10.6 9l.5 7.2h1.8l.5-7.2zM10.8 18v2.4h2.4V18z" fill-rule="evenodd"/>',
}


@outward
def page(sign: SignState) -> str:
    """The whole page."""
    with open(_TEMPLATE, encoding="utf-8") as file:
        template = Template(file.read())
    return template.substitute(
        refresh=REFRESH,
        patience=int(VALID.total_seconds()),
        title=escape(SEPARATOR.join((sign.headline, *sign.lines))),
        look=_look(sign),
        size=_size(sign),
        shape=_shape(sign.state),
        unknown_shape=_shape(None),
        headline=escape(sign.headline),
        lines="".join(f"<li>{escape(line)}</li>" for line in sign.lines),
        notice=f'<p class="notice">{escape(sign.message)}</p>' if sign.message else "",
        as_of=escape(sign.as_of),
        trusted=escape(f"as of {sign.as_of}, valid until {sign.trusted_until} ·") if sign.state else "",
        zone=escape(sign.tz),
        hours=_rows(sign.hours),
        later=f"<h3>Changes ahead</h3>\n<table>{_rows(sign.later)}</table>" if sign.later else "",
    )


def _look(sign: SignState) -> str:
    if sign.state is None:
        return "unknown"
    return "closing" if sign.closing_soon else sign.state.lower()


def _size(sign: SignState) -> str:
    """How large it can be written, by about how many lines a wide screen needs for it."""
    lines = 2 * -(-len(sign.headline) // _HEADLINE)
    lines += sum(-(-len(line) // _LINE) for line in sign.lines) + -(-len(sign.message) // _NOTICE)
    return "little" if lines <= _LITTLE else "more" if lines <= _MORE else "much"


def _shape(state: State | None) -> str:
    return f'<svg viewBox="0 0 24 24" aria-hidden="true">{_SHAPES.get(state, _SHAPES[None])}</svg>'


def _rows(days: Iterable[Day]) -> str:
    return "".join(
        f"<tr><th>{escape(each.day)}</th><td>{_unbroken(each.hours)}</td><td>{escape(each.note)}</td></tr>"
        for each in days
    )


def _unbroken(hours: str) -> str:
    """No line ends within a span."""
    return escape(hours).replace("–", "&#8288;–&#8288;")
