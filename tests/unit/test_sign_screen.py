"""The sign in a terminal: as large as it fits, and nothing lost where it does not."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deskmate.cli import big_letters
from deskmate.cli.sign_screen import screen
from deskmate.domain.availability import Override, State
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import Hours, parse_week
from deskmate.domain.sign import Board, SignState, sign_at, unknown
from deskmate.domain.text import width

NOW = datetime(2026, 3, 23, 14, 5, tzinfo=ZoneInfo("Europe/Berlin"))
BOARD = Board(
    Calendar(Hours("Europe/Berlin", parse_week("Mon-Fri 9-12, 13-17")[0])), notice="Mail ist langsam, Wörter später"
)
STYLE = re.compile(r"\x1b\[[0-9;]*m")


def by_hand(state: State) -> SignState:
    word = Override(NOW, state, NOW + timedelta(minutes=25), "in room 2.14")
    return sign_at(NOW, replace(BOARD, overrides=(word,), urgent="ext. 99"))


SIGNS = {
    "open": sign_at(NOW, BOARD),
    "closing": sign_at(NOW.replace(hour=16, minute=51), replace(BOARD, notice="")),
    "dnd": by_hand(State.DND),
    "away": by_hand(State.AWAY),
    "closed": sign_at(NOW.replace(hour=18), BOARD),
    "unknown": unknown(sign_at(NOW, BOARD), NOW + timedelta(hours=1)),
}


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (200, 60), (20, 3), (1, 1)], ids=str)
@pytest.mark.parametrize("name", SIGNS)
def test_it_fills_the_terminal_and_no_more(name: str, size: tuple[int, int]) -> None:
    lines = screen(SIGNS[name], *size)
    assert [width(STYLE.sub("", line)) for line in lines] == [size[0]] * size[1]


def stands_big(words: str, lines: list[str]) -> bool:
    """Whether it begins a line of big letters."""
    tops = [big_letters.drawn(words.split(maxsplit=1)[0], scale)[0].strip() for scale in range(1, 9)]
    return any(top in line for top in tops for line in lines)


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (200, 60)], ids=str)
@pytest.mark.parametrize("name", SIGNS)
def test_the_headline_is_in_big_letters_and_nothing_is_left_out(name: str, size: tuple[int, int]) -> None:
    sign = SIGNS[name]
    lines = [STYLE.sub("", line) for line in screen(sign, *size)]
    text = " ".join(" ".join(lines).split())
    assert sign.headline not in text
    for words in sign.lines:
        assert words in text or stands_big(words, lines)
    assert sign.message in text or stands_big(sign.message, lines)
    if size[0] >= 80:
        assert not sign.message or stands_big(sign.message, lines), "it is to be read from across the room"


def test_that_there_is_more_is_seen() -> None:
    long = replace(SIGNS["open"], message="all about the mail " * 10)
    for rows in range(3, 9):
        lines = [STYLE.sub("", line).rstrip() for line in screen(long, 40, rows)]
        assert next(line for line in reversed(lines[:-1]) if line).endswith("…")


def test_colour_is_left_out_where_none_is_wanted() -> None:
    assert "[38;5;" in screen(SIGNS["dnd"], 80, 24)[0]
    plain = "".join(screen(SIGNS["dnd"], 80, 24, colour=False))
    assert set(STYLE.findall(plain)) == {"\x1b[0m", "\x1b[1m"}
    assert "◼ DND" in plain


def test_every_letter_is_whole() -> None:
    for char in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:.,-–()●◼◆○?ÄÖÜ!'’\"“”;/+& ":
        for scale in (1, 2, 3):
            lines = big_letters.drawn(char, scale)
            assert len(lines) == big_letters.height(scale)
            assert {len(line) for line in lines} == {big_letters.width(char, scale)}
    assert not big_letters.known("日本")
