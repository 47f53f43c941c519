"""What was published of a guide, and the words that keep it true: looked at again, and the glossary."""

from __future__ import annotations

from itertools import pairwise

from deskmate.cli.desks import reading
from deskmate.cli.guides import carry_out, the_guide, the_key, the_revision
from deskmate.cli.output import narrate, say, say_json, say_json_array
from deskmate.domain import guide_changes, instant, local, when
from deskmate.domain.guiding import DropTerm, PublishGuide, RestoreRevision, ReviewGuide, SaveTerm
from deskmate.domain.text import fit, width
from deskmate.errors import DONE, DeskmateError
from deskmate.formats.guide_text import write
from deskmate.store.read import guides, true_guides

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said
    from deskmate.domain.guide import Guide

_TERM = 32
"""Cells the words of the glossary may take."""


def publish(said: Said, folder: str) -> int:
    """Keep the draft as a new revision."""
    key = the_key(said, folder, " ".join(said.words))
    carry_out(said, folder, PublishGuide(key, said.value("--reason") or ""), key)
    return DONE


def revisions(said: Said, folder: str) -> int:
    """What was published, the newest first, and what was new in each."""
    found = the_guide(said, folder, " ".join(said.words))
    with reading(folder) as conn:
        ever = guides.revisions(conn, found.id)
    changes = [guide_changes.changes(old.content, new.content) for new, old in pairwise(ever)] + [[]]
    if said.has("--json"):
        say_json_array(
            {
                "revision": each.number,
                "published_at": each.made_at,
                "reason": each.reason or None,
                "title": each.content.title,
                "sha256": each.digest,
                "changes": lines,
            }
            for each, lines in zip(ever, changes, strict=False)
        )
        return DONE
    for each, lines in zip(ever, changes, strict=False):
        at = instant.from_text(each.made_at).astimezone(local.Local())
        say(f"revision {each.number}, {at:%Y-%m-%d %H:%M}{f': {each.reason}' if each.reason else ''}")
        for line in lines:
            say(f"  {line}")
    if not ever:
        narrate("Nothing was published yet.")
    elif found.changed:
        narrate("The draft says something else: deskmate guide diff shows what.")
    return DONE


def diff(said: Said, folder: str) -> int:
    """What differs between what was published and the draft, or between two revisions."""
    found, numbers = _with_numbers(said, folder)
    if len(numbers) > 2:
        raise said.wrong("Two revisions are compared.")
    if not numbers and not found.revision:
        raise DeskmateError("Nothing was published yet.", "deskmate guide show prints the draft.")
    old = the_revision(said, folder, found, numbers[0] if numbers else str(found.revision))
    new = the_revision(said, folder, found, numbers[1]) if len(numbers) > 1 else None
    after = new.content if new else found.content
    words = guide_changes.changes(old.content, after)
    lines = guide_changes.lines(write(old.content, bare=True), write(after, bare=True))
    if said.has("--json"):
        say_json(
            {
                "from": old.number,
                "to": new.number if new else None,
                "changes": words,
                "lines": [{"sign": each.sign, "text": each.text} for each in lines],
            }
        )
        return DONE
    for word in words:
        say(word)
    if lines:
        say("")
    for each in lines:
        say(str(each))
    if not words:
        narrate(f"Revision {old.number} and {f'revision {new.number}' if new else 'the draft'} say the same.")
    return DONE


def restore(said: Said, folder: str) -> int:
    """Make the draft what a revision says."""
    if len(said.words) < 2 or not said.words[-1].isdecimal():
        raise said.wrong("Say which guide, and the number of the revision.")
    found = the_guide(said, folder, " ".join(said.words[:-1]))
    old = the_revision(said, folder, found, said.words[-1])
    carry_out(said, folder, RestoreRevision(found.id, old.number), found.id)
    return DONE


def review(said: Said, folder: str) -> int:
    """Somebody looked, and it is still true."""
    typed = said.value("--by")
    day = None if typed is None else when.day(typed, local.now())
    if typed is not None and (day is None or day < local.now().date()):
        raise said.wrong(f"“{typed}” is no day to come, such as fri, “4 dec” or 2027-01-31.")
    key = the_key(said, folder, " ".join(said.words))
    carry_out(said, folder, ReviewGuide(key, day.isoformat() if day else None), key)
    return DONE


def glossary(said: Said, folder: str) -> int:
    """Words of the trade and how to say them: all of them, or one that is said anew or taken off."""
    if said.words:
        word, plain = said.words[0], " ".join(said.words[1:])
        if said.has("--drop") and plain:
            raise said.wrong("--drop takes one word off; in quotes where it is several.")
        carry_out(said, folder, DropTerm(word) if said.has("--drop") else SaveTerm(word, plain))
        return DONE
    if said.has("--drop"):
        raise said.wrong("Say which word.")
    with reading(folder) as conn:
        terms = true_guides.terms(conn) if conn else []
    if said.has("--json"):
        say_json_array({"word": term, "plain": plain or None} for term, plain in terms)
        return DONE
    column = min(max((width(term) for term, _plain in terms), default=0), _TERM)
    for term, plain in terms:
        say(f"{fit(term, column)}  {plain or 'needs no plain words'}")
    if not terms:
        narrate("The glossary is empty: deskmate guide glossary WORD PLAIN… puts a word in.")
    return DONE


def _with_numbers(said: Said, folder: str) -> tuple[Guide, list[str]]:
    """A guide, and the numbers behind its name. A number belongs to the name where that is one with it."""
    end = len(said.words)
    while True:
        try:
            return the_guide(said, folder, " ".join(said.words[:end])), said.words[end:]
        except DeskmateError:
            if end < 2 or not said.words[end - 1].isdecimal():
                raise
        end -= 1
