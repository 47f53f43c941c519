"""Kinds of trouble, and what one has to ask about each before it can be solved."""

from __future__ import annotations

from dataclasses import dataclass

from deskmate.domain.request import Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ASKED_AT_ONCE = 3
"""More questions than this in one message are not answered."""
DEVICE, BY_WHEN = "device", "by when"
"""Questions whose answer is a field of the request itself."""
WORD_LIMIT = 40
"""Characters the short name of a question may have."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to find out. ``word`` is its short name, ``text`` the question as a requester reads it."""

    word: str
    text: str

    @property
    def short(self) -> str:
        """What is missing while it is not answered."""
        return "which device" if self.word == DEVICE else self.word


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of trouble. Its questions come in the order in which they matter."""

    name: str
    questions: tuple[Question, ...] = ()
    id: int = 0


def parse_questions(text: str) -> tuple[Question, ...]:
    """Questions from lines ``short name: question``. A line without a name is asked by its own words.

    Blank lines are left out, and so is a second question of the same name.
    """
    found: dict[str, Question] = {}
    for line in text.split("\n"):
        word, colon, question = (part.strip() for part in line.partition(":"))
        if not colon or not question:
            word, question = line.strip().rstrip("?:").strip(), line.strip().rstrip(":").strip()
        word = " ".join(word[:WORD_LIMIT].split())
        if word:
            found.setdefault(word.casefold(), Question(word, question))
    return tuple(found.values())


def questions_lines(questions: Iterable[Question]) -> str:
    """The same as lines again."""
    return "\n".join(f"{question.word}: {question.text}" for question in questions)


def answered(request: Request) -> frozenset[str]:
    """The short names, case-folded, of all that is known of a request: by an answer, or by a field of its own."""
    words = {word.casefold() for word, _text in request.answers}
    if request.device or request.device_id is not None:
        words.add(DEVICE)
    if request.needed_by:
        words.add(BY_WHEN)
    return frozenset(words)


def gaps(category: Category | None, answered: Iterable[str], limit: int = ASKED_AT_ONCE) -> tuple[Question, ...]:
    """The ``limit`` questions that matter most of those not ``answered``; none without a category."""
    known = {word.casefold() for word in answered}
    left = (category.questions if category else ()) if limit > 0 else ()
    return tuple(question for question in left if question.word.casefold() not in known)[:limit]


def questions_text(gaps: Sequence[Question]) -> str:
    """The questions as they stand in a message to the requester, a line each; empty when nothing is missing."""
    return "\n".join(f"- {question.text}" for question in gaps)
