"""The page of the sign: readable, without a script, and nothing of it but text."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskmate.domain.availability import Override, State
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import Hours, parse_week
from deskmate.domain.sign import Board, sign_at, unknown
from deskmate.formats import sign_page
from deskmate.formats.sign_page import page

NOW = datetime(2026, 3, 23, 14, 5, tzinfo=ZoneInfo("Europe/Berlin"))
BOARD = Board(Calendar(Hours("Europe/Berlin", parse_week("Mon-Fri 9-12, 13-17")[0])))
PAIR = re.compile(r"--ground: #([0-9a-f]{6}); --ink: #([0-9a-f]{6})")


class Tags(HTMLParser):
    """Every tag with its attributes, and all text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_ink_on_ground_is_seven_to_one_or_more() -> None:
    pairs = PAIR.findall(Path(sign_page._TEMPLATE).read_text(encoding="utf-8"))
    assert len(pairs) == 13, "six looks in light and in dark, and paper"
    assert min(contrast(*pair) for pair in pairs) >= 7


def contrast(one: str, other: str) -> float:
    """As WCAG 2 counts it."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("state", "at", "look"),
    [(None, 14, "open"), (State.DND, 14, "dnd"), (State.AWAY, 14, "away"), (None, 18, "closed")],
)
def test_it_needs_nothing_but_itself(state: State | None, at: int, look: str) -> None:
    words = () if state is None else (Override(NOW, state, NOW + timedelta(minutes=25)),)
    tags = Tags(page(sign_at(NOW.replace(hour=at), replace(BOARD, overrides=words, notice="Mail is down"))))
    assert not {"script", "link", "img", "iframe"} & {name for name, _attributes in tags.found}
    assert not [each for _name, each in tags.found if {"src", "href", "style"} & set(each)]
    assert ("meta", {"http-equiv": "refresh", "content": "30"}) in tags.found
    assert next(each for name, each in tags.found if name == "section")["class"] == f"live {look} little"
    for said in ("Mail is down", "valid until", "times in Europe/Berlin", "Status unknown", "Mon 23 March"):
        assert said in tags.text


def test_what_somebody_wrote_is_text() -> None:
    hostile = "</p><script>alert(1)</script> ${headline} & \" '"
    board = replace(BOARD, notice=hostile, overrides=(Override(NOW, State.DND, NOW + timedelta(1), hostile),))
    tags = Tags(page(sign_at(NOW, board)))
    assert tags.text.count(hostile) == 3, "title, line, notice"
    assert "script" not in dict(tags.found)


def test_what_is_not_known_is_trusted_until_no_time() -> None:
    text = page(unknown(sign_at(NOW, BOARD), NOW + timedelta(hours=1)))
    assert 'class="live unknown little"' in text
    assert "valid until" not in text
    assert "Office hours" in text
