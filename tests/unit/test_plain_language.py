"""Plain language: what is hinted at, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.domain.plain_language import INSIDE, JARGON, LONG_SENTENCE, hint, hints


@pytest.mark.parametrize("word", [*INSIDE, *JARGON])
def test_words_of_the_inside_are_named_however_they_are_written(word: str) -> None:
    assert len(hints(f"Your {word.upper()}, please.")) == 1
    assert hints(f"{word.replace(' ', chr(10))}") != []


@pytest.mark.parametrize("text", ["a frontier", "ticketing", "Slavic", "vendor-free", "re-queue_2", "cached", ""])
def test_a_part_of_a_word_is_no_word(text: str) -> None:
    assert hints(text) == []


def test_each_word_is_said_once_with_what_to_say_instead() -> None:
    assert hints("The ticket. A TICKET! The SLA.") == ["“ticket”: request", "“sla” is a word of ours"]


def test_a_long_sentence_is_counted_in_words_and_a_list_is_none() -> None:
    assert hints("word " * LONG_SENTENCE) == [f"a sentence of {LONG_SENTENCE} words"]
    assert hints("word " * (LONG_SENTENCE - 1)) == []
    assert hints("five words are not long. " * 20) == []
    assert hints("\n- five words are not long" * 20) == []


def test_the_line_stays_short() -> None:
    assert hint("ticket, SLA, vendor, tier and queue").endswith(" · 2 more")
    assert hint("I will look at it.") == ""


@given(st.text())
def test_any_text_gets_one_line(text: str) -> None:
    assert "\n" not in hint(text)
