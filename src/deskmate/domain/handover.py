"""What somebody else needs to know of a request that is handed over to them.

The text is built from what the requester said, was told and answered, and from nothing else. What was found is for
the technician to fill in: a note of his own is never taken over by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from deskmate.domain import instant
from deskmate.domain.due import moment_text
from deskmate.domain.person import Person, PersonKind
from deskmate.domain.public import PublicRequest, outward
from deskmate.domain.reply import Outgoing
from deskmate.domain.request import Refused
from deskmate.domain.row import label
from deskmate.domain.timeline import Received

TRIED = "tried"
"""The question whose answer says what was tried."""

Answers = tuple[tuple[str, str], ...]


@outward
def handover(told: PublicRequest, answers: Answers, now: datetime, found: str = "") -> str:
    """What was asked, what is known, what was tried, and what was found, which is empty unless given.

    ``now`` is aware and local; times are said in its zone.
    """
    asked = [entry for entry in told.entries if isinstance(entry, Received)]
    answered = [entry for entry in told.entries if not isinstance(entry, Received)]
    parts = [
        ("Asked", [_said(entry.at, entry.text, now) for entry in asked] or [told.title]),
        ("Known", [f"{word}: {text}" for word, text in answers if word != TRIED]),
        (
            "Tried",
            [text for word, text in answers if word == TRIED]
            + [f"answered {_said(entry.at, entry.text, now)}" for entry in answered],
        ),
        ("Found", [found] if found else []),
    ]
    who = f"asked by {told.requester}, " if told.requester else ""
    head = f"{told.number} {told.title}\n{who}{moment_text(_local(told.created_at, now), now)}, {told.status}"
    return "\n\n".join([head, *("\n".join([f"{name}:", *lines]) for name, lines in parts)]) + "\n"


def joined(texts: Mapping[int, str]) -> str:
    """The texts of several requests as one to be edited, each below a line with its number."""
    return "\n".join(f"{_LINE} {label(number)} {_LINE}\n{text}" for number, text in texts.items())


def parted(whole: str, numbers: Sequence[int]) -> dict[int, str]:
    """The same apart again, by number; what stands above the first line goes with each.

    Raises Refused when a line with a number is gone or another has come: whose words are whose must be plain.
    """
    head, *parts = _LINES.split(whole)
    found = dict(zip(map(int, parts[::2]), parts[1::2], strict=True))
    lost = [number for number in numbers if number not in found]
    if lost or len(parts) != 2 * len(numbers):
        raise Refused(f"Each needs its line as it was: {_LINE} {label((lost or list(numbers))[0])} {_LINE}")
    before = f"{head.strip()}\n\n" if head.strip() else ""
    empty = next((number for number in numbers if not found[number].strip()), None)
    if empty is not None:
        raise Refused(f"There is nothing to hand over below {label(empty)}.")
    return {number: before + found[number].strip("\n") for number in numbers}


_LINE = "━━━"
_LINES = re.compile(rf"^{_LINE} D-(\d+) {_LINE}[ \t]*$", re.MULTILINE)


@outward
def sheet(number: str, title: str, to: Person, text: str) -> Outgoing:
    """The message to one of the own network. Raises Refused for anybody else."""
    if to.kind is PersonKind.REQUESTER:
        raise Refused(f"{to.name} is none of your contacts.", "Say what they are to the desk: person edit --kind.")
    return Outgoing(number, to.name, to.email.strip(), f"[{number}] {title}".rstrip(), text)


@outward
def for_supervisor(number: str, to: Person, text: str) -> Outgoing:
    """A note for the supervisor alone, to one. Raises Refused for anybody else."""
    if to.kind is not PersonKind.SUPERVISOR:
        raise Refused(f"{to.name} is no supervisor, and the note is for one alone.")
    return Outgoing(number, to.name, to.email.strip(), f"[{number}] for you alone", text)


def _said(at: str, text: str, now: datetime) -> str:
    return f"{moment_text(_local(at, now), now)}: {text}"


def _local(at: str, now: datetime) -> datetime:
    return instant.from_text(at).astimezone(now.tzinfo)
