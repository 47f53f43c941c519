"""The text door."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from deskmate.domain.text import PILE_LIMIT, clean, excerpt, fit, safe, width
from tests import nasty

NASTY = [pytest.param(text, id=name) for name, text in nasty.entries()]
EVERY_CHARACTER = [chr(point) for point in range(sys.maxunicode + 1)]

# Mostly what breaks things, so that short examples already do.
AWKWARD = (
    "\x00\x07\x1b\x7f\x85\x9b\r\n\t\v\u2028\u202e\u2066\u200b\ufeff\u00ad\ufffe\U000e0041\ud800\udfff\u2800\u3164"
)
WIDE = "aé漢字👩🏽💻🖨⚠✔1#️\u200d\u200c\u0301\u0308ー한\u1112\u1161\u11ab🇩🇪न्म"
WIDE_TEXTS = st.text(st.sampled_from(WIDE), max_size=12)
texts = st.text(st.one_of(st.sampled_from(AWKWARD + WIDE + " \xa0"), st.characters(codec=None)))


def is_dangerous(char: str) -> bool:
    """By Unicode's own words: controls, surrogates and invisible formatting but for the two joiners."""
    if char in "\u200c\u200d":
        return False
    return unicodedata.category(char) in ("Cc", "Cs") or char in "\u2028\u2029" or is_hidden_format(ord(char))


def is_hidden_format(point: int) -> bool:
    listed = {0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2060, 0x2070)}
    return point in listed or 0xFFF9 <= point <= 0xFFFB or 0xE0000 <= point <= 0xE007F


@pytest.mark.parametrize(
    ("typed", "kept", "changed"),
    [
        ("Printer on 2nd floor", "Printer on 2nd floor", 0),
        ("Größe „falsch“ – 5 €", "Größe „falsch“ – 5 €", 0),
        ("  outer \xa0\u3000", "outer", 0),
        ("\xa0", "", 0),
        ("a\r\nb\rc\nd\x85e\u2028f\u2029g\vh\fi", "a b c d e f g h i", 0),
        ("a\tb", "a b", 0),
        ("\x1b[2J", "␛[2J", 1),
        ("\x9b2J", "⟨9b⟩2J", 1),
        ("a\x7f\x00\ud800", "a␡\ufffd\ufffd", 3),
        ("\x1c\x1d", "␜␝", 2),
        ("invoice\u202efdp.exe", "invoice⟨202e⟩fdp.exe", 1),
        ("\ufeffJane", "⟨feff⟩Jane", 1),
        ("pass\u200bword\u00ad", "pass⟨200b⟩word⟨ad⟩", 2),
        ("\U000e0041\ufdd0\U0010ffff", "⟨e0041⟩⟨fdd0⟩⟨10ffff⟩", 3),
        ("\u2800\u3164\u115f\u1160\uffa0", "␣␣␣␣␣", 5),
        ("👩\u200d💻 می\u200cخواهم", "👩\u200d💻 می\u200cخواهم", 0),
        ("\u200d \u200d", "", 0),
        ("[/] [red]x[/red]", "[/] [red]x[/red]", 0),
    ],
)
def test_a_line_is_kept_as_it_can_be_read(typed: str, kept: str, changed: int) -> None:
    assert clean(typed) == (kept, changed)


@pytest.mark.parametrize(
    ("typed", "kept", "changed"),
    [
        ("a\r\nb\rc\x85d\u2028e\u2029f\vg\fh", "a\nb\nc\nd\ne\nf\ng\nh", 0),
        ("\r\r\n", "\n\n", 0),
        ("\tindented\n\n", "\tindented\n\n", 0),
        ("a\n\x1b[2J", "a\n␛[2J", 1),
    ],
)
def test_several_lines_stay_several_lines(typed: str, kept: str, changed: int) -> None:
    assert clean(typed, multiline=True) == (kept, changed)


def test_a_pile_of_marks_is_cut_and_what_is_missing_is_counted() -> None:
    kept, changed = clean("e" + "\u0301" * 500 + "x" + "\u0301" * PILE_LIMIT)
    assert kept == "e" + "\u0301" * PILE_LIMIT + "x" + "\u0301" * PILE_LIMIT
    assert changed == 500 - PILE_LIMIT


def test_joiners_do_not_hide_a_pile() -> None:
    kept, _ = clean("e" + "\u0301\u200d" * 500 + "x")
    assert len(kept) == PILE_LIMIT + 2


@pytest.mark.parametrize(
    "text", ["Schöne Grüße", "ภาษาไทย ที่นี่", "हिन्दी में", "שָׁלוֹם", "한국어", "người Việt", "🇩🇪 👍🏽 1️⃣"]
)
def test_living_scripts_pass_unchanged(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert clean(unicodedata.normalize(form, text)) == (unicodedata.normalize(form, text), 0)


@given(texts, st.booleans())
def test_cleaning_twice_changes_nothing_more(text: str, multiline: bool) -> None:
    once, _ = clean(text, multiline)
    assert clean(once, multiline) == (once, 0)


@given(texts, st.booleans())
def test_what_is_cleaned_is_safe_as_it_is(text: str, multiline: bool) -> None:
    once, _ = clean(text, multiline)
    assert safe(once, multiline) == once


@given(texts, st.booleans())
def test_nothing_dangerous_gets_out(text: str, multiline: bool) -> None:
    out = safe(text, multiline)
    allowed = "\n\t" if multiline else ""
    assert [char for char in out if is_dangerous(char) and char not in allowed] == []
    out.encode()


def test_nothing_dangerous_is_overlooked_in_all_of_unicode() -> None:
    kept = [char for char in EVERY_CHARACTER if is_dangerous(char) and safe(f"a{char}b") == f"a{char}b"]
    assert kept == []


def test_letters_and_signs_of_all_of_unicode_pass() -> None:
    blank = set("\u115f\u1160\u2800\u3164\uffa0")
    lost = [
        char
        for char in EVERY_CHARACTER
        if unicodedata.category(char)[0] in "LMNPS" and char not in blank and safe(f"a{char}b") != f"a{char}b"
    ]
    assert lost == []


def test_outer_white_space_is_only_kept_on_the_way_out() -> None:
    assert safe("  two  ") == "  two  "
    assert safe("a\n\tb\x1b", multiline=True) == "a\n\tb␛"


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("multiline", [False, True])
def test_nasty_text_becomes_harmless(text: str, multiline: bool) -> None:
    kept, changed = clean(text, multiline)
    assert not [char for char in set(kept) if is_dangerous(char) and not (multiline and char in "\n\t")]
    assert clean(kept, multiline) == (kept, 0)
    assert changed or len(kept) <= len(text)
    assert width(kept.replace("\n", " ")) == cell_len(kept.replace("\n", " "), "latest")


def test_every_character_is_as_wide_as_the_screen_takes_it() -> None:
    # Planes 4 to 13 are empty, 15 and 16 private: their ends stand for them.
    planes = [*range(0x40000), 0xD0000, *range(0xE0000, 0xE1001), 0xF0000, 0x10FFFF]
    wrong = [
        text
        for point in planes
        for text in (chr(point), f"{chr(point)}\ufe0f")
        if width(text) != cell_len(text, "latest")
    ]
    assert wrong == []


@given(st.one_of(texts, WIDE_TEXTS))
def test_a_text_is_as_wide_as_the_screen_takes_it(text: str) -> None:
    assert width(text) == cell_len(text, "latest")
    kept = clean(text)[0]
    assert width(kept) == cell_len(kept, "latest")


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("abc", 5, "abc  "),
        ("abcdef", 4, "abc…"),
        ("abc", 3, "abc"),
        ("漢字件", 5, "漢字…"),
        ("漢字件", 4, "漢 …"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("", 2, "  "),
        ("⚠\ufe0f down", 3, "⚠\ufe0f…"),
    ],
)
def test_fit_fills_exactly(text: str, cells: int, shown: str) -> None:
    assert fit(text, cells) == shown


def test_a_family_is_as_wide_as_one() -> None:
    assert width("👩\u200d👩\u200d👧") == 2


def test_a_joiner_at_the_end_does_not_swallow_what_fit_adds() -> None:
    assert fit("a\u200d", 3) == "a  "


def test_fit_without_room_for_the_ellipsis_leaves_it_out() -> None:
    assert fit("abcdef", 2, "...") == "ab"


@given(st.one_of(texts, WIDE_TEXTS), st.integers(0, 12), st.sampled_from(["…", "", "...", "→漢"]))
def test_fit_always_fills_exactly(text: str, cells: int, ellipsis: str) -> None:
    line = fit(clean(text)[0], cells, ellipsis)
    assert width(line) == cell_len(line, "latest") == cells


@given(texts, st.integers(1, 30))
def test_an_excerpt_is_one_short_line(text: str, limit: int) -> None:
    kept = clean(text, multiline=True)[0]
    line = excerpt(kept, limit)
    assert len(line) <= limit
    assert "\n" not in line
    assert bool(line) == bool(kept.strip())


def test_an_excerpt_is_the_first_line_that_says_something() -> None:
    assert excerpt("\n  \n Printer jams \nsince Monday", 20) == "Printer jams"
    assert excerpt("Printer jams", 8) == "Printer…"
