"""What goes with a reply of guides, and the words such a reply begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from deskmate.domain.guide_words import words_in
from deskmate.domain.person import Experience
from deskmate.domain.reply import first_name

ENCLOSED = ("html", "pdf", "docx")
"""The forms a guide can have that goes with a reply."""
USUAL = "html"
"""The form a guide goes out in unless another is chosen: it needs nothing but a browser."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A guide that goes with a reply, by its key: its form, for whom it is written, the words for its placeholders.

    ``experience`` is None where it makes no difference.
    """

    guide: int
    form: str = USUAL
    experience: Experience | None = None
    values: dict[str, str] = field(default_factory=dict)


def wording(name: str, titles: Sequence[str], language: str) -> str:
    """The words a reply with guides begins with, to somebody of this name."""
    said = words_in(language)
    named = ", ".join(f"“{title}”" for title in titles)
    return f"{said.hello.format(first_name(name))}\n\n{said.here_is.format(named)} {said.tick} {said.instead}"
