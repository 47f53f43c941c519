"""Questions: read from lines, and which of them still matter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from deskmate.domain.category import Category, Question, gaps, parse_questions, questions_lines, questions_text

PRINTING = Category(
    "Printing",
    parse_questions(
        "device: Which printer?\nexact message: What does it say?\n\nsince when: Since when?\ntried: What?"
    ),
)


def test_lines_are_read_as_name_and_question() -> None:
    assert parse_questions(" Exact  message : What: exactly? \nWho else?\nnote:\n:\nWHO ELSE: again\n") == (
        Question("Exact message", "What: exactly?"),
        Question("Who else", "Who else?"),
        Question("note", "note"),
    )


@given(some.text(alphabet="ab:? \n", max_size=40))
def test_what_was_read_is_written_and_read_the_same(text: str) -> None:
    found = parse_questions(text)
    assert parse_questions(questions_lines(found)) == found


def test_the_first_that_are_not_answered_are_missing() -> None:
    assert [gap.short for gap in gaps(PRINTING, ())] == ["which device", "exact message", "since when"]
    assert [gap.short for gap in gaps(PRINTING, ("DEVICE", "since when"))] == ["exact message", "tried"]
    assert gaps(None, ()) == gaps(PRINTING, (), limit=0) == ()


def test_a_message_asks_for_them_a_line_each() -> None:
    assert questions_text(gaps(PRINTING, (), limit=2)) == "- Which printer?\n- What does it say?"
    assert questions_text(()) == ""
