"""What goes with a reply of guides, and the words such a reply begins with."""

from __future__ import annotations

import json
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


def draft_key(number: int) -> str:
    """Where is kept which guide goes with the reply that is being written to a request."""
    return f"reply guide:{number}"


def packed(chosen: Chosen) -> str:
    """The text in which it is kept."""
    return json.dumps([chosen.guide, chosen.form, chosen.experience, chosen.values], ensure_ascii=False)


def unpacked(text: str) -> Chosen | None:
    """The other way; None for what is empty or no such text."""
    try:
        key, form, level, values = json.loads(text or "[]")
        said = {str(name): str(word) for name, word in values.items()}
        return Chosen(int(key), str(form), Experience(level) if level else None, said)
    except (ValueError, TypeError, AttributeError):
        return None


def wording(name: str, titles: Sequence[str], language: str) -> str:
    """The words a reply with guides begins with, to somebody of this name."""
    said = words_in(language)
    named = ", ".join(f"“{title}”" for title in titles)
    return f"{said.hello.format(first_name(name))}\n\n{said.here_is.format(named)} {said.tick} {said.instead}"
