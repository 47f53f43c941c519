"""What looks like something that must not be seen, from the words of a picture."""

from __future__ import annotations

import pytest

from deskmate.domain.telltale import ADDRESS, NUMBER, PASSWORD, Sighting, Word, sightings


def words(*lines: str) -> list[Word]:
    """Words of ten pixels a letter, a line every twenty."""
    found = []
    for number, line in enumerate(lines):
        x = 0
        for text in line.split(" "):
            found.append(Word(text, (x, 20 * number, x + 10 * len(text), 20 * number + 12), (number,)))
            x += 10 * len(text) + 10
    return found


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("Password: hunter2", [(PASSWORD, "hunter2")]),
        ("Kennwort correct horse", [(PASSWORD, "correct horse")]),
        ("Your password has expired", [(PASSWORD, "has expired")]),
        ("write to alice@example.com today", [(ADDRESS, "alice@example.com")]),
        ("the server is 192.168.10.4", [(ADDRESS, "192.168.10.4")]),
        (r"open \\files\staff now", [(ADDRESS, r"\\files\staff")]),
        ("call 0151 234 5678 please", [(NUMBER, "0151 234 5678")]),
        ("Xk7#pQ9!z", [(PASSWORD, "Xk7#pQ9!z")]),
        ("on 2026-11-20 at 10:47", []),
        ("Version 12.4 of 2026", []),
        ("click [OK] in the Start menu", []),
        ("Password", []),
    ],
)
def test_it_points_at_the_words_and_nothing_else(line: str, seen: list[tuple[str, str]]) -> None:
    expected = []
    for what, text in seen:
        start = 10 * line.index(text)
        expected.append(Sighting(what, (max(start - 2, 0), 0, start + 10 * len(text) + 2, 14)))
    assert list(sightings(words(line))) == expected


def test_each_line_is_read_by_itself_in_order() -> None:
    found = sightings(words("Password:", "a@example.com 12345678"))
    assert [each.what for each in found] == [ADDRESS, NUMBER]
