"""What is typed to find something.

A query is words, ``"phrases"``, ``#tags`` or the number of a request. It is read while it is being typed, so
nothing half-typed is ever an error.
"""

from __future__ import annotations

from deskmate.domain.row import parse_label
from deskmate.domain.text import clean, width

# A pasted page must not become an expression of thousands of terms. Leaving out the rest of it finds more,
# never less.
_LONGEST = 1000
_MOST_TERMS = 16
_LONGEST_TERM = 64


class Query:
    """A query as understood.

    ``words`` in the order typed, each the beginning of a word; ``phrases`` to be found as they stand;
    ``tags`` without ``#``; ``number`` when the whole query is the number of a request, which may also be
    meant as a word.
    """

    __slots__ = ("number", "phrases", "tags", "words")

    def __init__(
        self,
        words: tuple[str, ...] = (),
        phrases: tuple[str, ...] = (),
        number: int | None = None,
        tags: tuple[str, ...] = (),
    ) -> None:
        self.words = words
        self.phrases = phrases
        self.number = number
        self.tags = tags

    @property
    def searchable(self) -> bool:
        """Whether a word or phrase has two letters, or one that is a word by itself, as in Chinese."""
        return any(map(_is_enough, self.words + self.phrases))

    @property
    def empty(self) -> bool:
        """Whether it leaves nothing out: nothing was typed, or not enough yet."""
        return self.number is None and not self.tags and not self.searchable


def parse(text: str) -> Query:
    """Read a query, finished or not. An open quote holds words."""
    text = clean(text[:_LONGEST])[0]
    number = parse_label(text)
    if number is not None:
        return Query(words=(text.removeprefix("#"),), number=number)
    *closed, tail = text.split('"')
    outside, inside = closed[::2], closed[1::2]
    words = " ".join([*outside, tail]).split()
    tags = tuple(word[1:] for word in words if _is_tag(word))
    phrases = tuple(filter(None, map(str.strip, inside)))
    return Query(tuple(word for word in words if not _is_tag(word)), phrases, None, tags)


def match(query: Query) -> str | None:
    """The FTS5 expression for words and phrases, all of which must occur; None when there is nothing to find.

    Everything is an FTS5 string, so no character of the query has a meaning of its own. Words are prefixes.
    A word of one letter counts only when there is nothing better.
    """
    terms = {_term(word, True): word for word in query.words if _letters(word)}
    terms |= {_term(phrase, False): phrase for phrase in query.phrases if _letters(phrase)}
    enough = [term for term, typed in terms.items() if _is_enough(typed)]
    return " ".join((enough or list(terms))[:_MOST_TERMS]) or None


def _term(text: str, prefix: bool) -> str:
    """The text as an FTS5 string, with a star when it is a beginning: meant as one, or cut to one."""
    star = "*" if prefix or len(text) > _LONGEST_TERM else ""
    return '"' + text[:_LONGEST_TERM].replace('"', '""') + '"' + star


def _is_tag(word: str) -> bool:
    return word[0] == "#" and _letters(word) != ""


def _is_enough(text: str) -> bool:
    """Two letters, or one as wide as two."""
    return width(_letters(text)[:2]) >= 2


def _letters(text: str) -> str:
    """The letters and digits in it, as far as a term goes."""
    return "".join(filter(str.isalnum, text[:_LONGEST_TERM]))
