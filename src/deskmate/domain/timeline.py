"""One request with everything that happened to it.

Public and internal entries are different types: what goes to a user is built from the public ones,
and those have no field an internal word could sit in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskmate.domain import instant
from deskmate.domain.category import Question
from deskmate.domain.check_back import CheckBack
from deskmate.domain.due import moment_text, span
from deskmate.domain.focus import Piece
from deskmate.domain.promise import Promise
from deskmate.domain.request import Request
from deskmate.domain.waiting import whom

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.domain.sla import Clock, Kind
    from deskmate.domain.steps import Progress


class Delivery(StrEnum):
    """How far a reply has come on its way to the requester, or a handover to a contact."""

    SAID = "said"
    SENDING = "sending"
    HANDED_OVER = "handed over"
    SENT = "sent"
    NOT_SENT = "not sent"
    RETRACTED = "retracted"


LEFT = frozenset({Delivery.SAID, Delivery.HANDED_OVER, Delivery.SENT, Delivery.RETRACTED})
"""What has left the desk, as far as anybody can tell: whom it was for may know of it."""
STUCK = frozenset({Delivery.SENDING, Delivery.NOT_SENT})
"""What may have to be sent again."""


@dataclass(frozen=True, slots=True)
class Received:
    """What came in from the requester, and by which channel if that is known. Public.

    ``merged`` is the request it belongs to when that was merged into the one shown, ``who`` its requester then.
    """

    at: str
    text: str
    length: int
    via: str = ""
    merged: int = 0
    who: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What was said or written to the requester. Public.

    ``via`` is how it went (said, mail, chat, …), ``address`` where to, ``id`` its place in the store.
    ``merged`` and ``who`` are as those of what came in.
    """

    at: str
    text: str
    length: int
    state: Delivery = Delivery.SAID
    via: str = ""
    address: str = ""
    id: int = 0
    merged: int = 0
    who: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """The technician's own words. Internal."""

    at: str
    text: str
    length: int


@dataclass(frozen=True, slots=True)
class Handover:
    """What was handed over to somebody of the own network, ``to`` by name, and how far it has come. Internal."""

    at: str
    text: str
    length: int
    state: Delivery
    to: str = ""
    via: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Restricted:
    """That there is a note for the supervisor alone. Its words are not here. Internal."""

    at: str
    id: int

    @property
    def text(self) -> str:
        """What is shown in place of its words."""
        return "a note for the supervisor alone"

    @property
    def length(self) -> int:
        """Of what is shown."""
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a request. ``digest`` is the SHA-256 it is kept under, ``size`` is in bytes."""

    id: int
    at: str
    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Event:
    """A fact: what kind, and the old and new value if it has them. Internal."""

    at: str
    kind: str
    old: str | None
    new: str | None

    @property
    def text(self) -> str:
        """The fact in words: what it was and what changed. Not cleaned."""
        if self.kind == "captured":
            return "imported" if self.new == "import" else "captured"
        if self.kind in ("priority", "tags"):
            return f"{self.kind} {self.old or '–'} → {self.new or '–'}"
        if self.kind == "back" and self.old:
            return f"back after {span(instant.from_text(self.at) - instant.from_text(self.old))}"
        words = _WORDS.get(self.kind)
        if words:
            return words.format(self=self)
        if self.kind in ("waiting", "chased"):
            on, _, name = (self.new or "").partition(": ")
            return f"{'waiting on' if self.kind == 'waiting' else 'chased'} {whom(on, name)}"
        return self._dated(self.new or "")

    def said(self, now: datetime) -> str:
        """The same for the eye: with a date as it is said here and now."""
        if self.kind not in _DATED or not self.new:
            return self.text
        return self._dated(moment_text(instant.from_text(self.new).astimezone(now.tzinfo), now))

    def _dated(self, date: str) -> str:
        """The fact with its date or other new value said so."""
        if self.kind in _DATED and date:
            said = f"{_DATED[self.kind]} {date}"
            return f"{said}: {self.old}" if self.kind == "promised" and self.old else said
        late = ", late" if (self.kind, self.old) == ("promise kept", "late") else ""
        return f"{self.kind}{late}: {date}" if date else self.kind


_DATED = {
    "parked": "parked until",
    "promised": "promised",
    "promise moved": "promise moved to",
    "check back": "check back",
    "check back moved": "check back moved to",
}
"""Kinds of facts whose new value is an instant."""
_WORDS = {
    "answered": "answered, open again",
    "interrupted": "interrupted by {self.new}",
    "attached": "attached {self.new}",
    "merged": "merged into {self.new}",
    "taken apart": "taken out of {self.old} again",
    "took in": "{self.new} merged into this",
    "let go": "{self.new} taken out again",
    "today": "today: {self.new} ({self.old})",
    "found": "found by the checklist {self.new}",
    "guide made": "the guide “{self.new}” was begun with it",
    "guide sent": "sent the guide {self.new} as {self.old}",
    "checklist": "the checklist {self.new} was begun for it",
    "walk": "walking through “{self.new}”",
    "step failed": "“{self.old}” failed at {self.new}",
    "walked": "walked through {self.new}",
    "has done": "{self.new}",
}


PublicEntry = Received | Reply
Entry = Received | Reply | Note | Handover | Restricted | Event


COUNTED_TO = 100
"""The requests of a problem are counted up to here, so that a common cause costs no more than a rare one."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another request that this one names."""

    number: int
    title: str
    status: str


@dataclass(frozen=True, slots=True)
class Detail:
    """A request, who asked, and its timeline in order of time.

    Texts may be cut to what a screen can use; ``length`` is their full length in characters. ``vip`` and ``room``
    are those of the requester, ``device`` its name whether known or as typed, ``merged`` the requests merged
    into this one, whose entries are here too, ``into`` the one that this was merged into.

    ``missing`` are the questions to ask next and ``problem`` says how many requests have its cause and how many of
    those go on, counted up to ``COUNTED_TO``. ``pieces`` is the time that went into it, ``clocks`` how it stands with
    its targets where that was asked for.
    ``promises`` are the open ones, ``check`` is the newest check back, ``runs`` are the checklists run for it,
    ``walks`` the walk-throughs that go on with it, by key and in words.
    """

    request: Request
    who: str
    known: bool
    entries: tuple[Entry, ...]
    updated_at: str
    unknown_tags: frozenset[str] = frozenset()
    attachments: tuple[Attachment, ...] = ()
    vip: bool = False
    room: str = ""
    device: str = ""
    merged: tuple[int, ...] = ()
    into: Other | None = None
    linked: tuple[Other, ...] = ()
    category_known: bool = True
    missing: tuple[Question, ...] = ()
    problem: tuple[int, int] = (0, 0)
    promises: tuple[Promise, ...] = ()
    check: CheckBack | None = None
    pieces: tuple[Piece, ...] = ()
    clocks: tuple[tuple[Kind, Clock], ...] = ()
    runs: tuple[Progress, ...] = ()
    walks: tuple[tuple[int, str], ...] = ()

    @property
    def body(self) -> str:
        """The text it began with, or nothing when the title said it all."""
        own = (entry.text for entry in self.entries if isinstance(entry, Received) and not entry.merged)
        return next(own, "")

    @property
    def problem_text(self) -> str:
        """The problem it belongs to, in words; empty when nothing else has its cause."""
        whole, going_on = self.problem
        if whole < 2:
            return ""
        if whole >= COUNTED_TO:
            return f"problem: {COUNTED_TO - 1}+ with this cause"
        return f"problem: {whole} with this cause, {going_on} open"

    @property
    def asked(self) -> bool:
        """Whether the requester was asked for what is missing, as far as the entries here show."""
        said = [entry.text for entry in self.entries if isinstance(entry, Reply)]
        return any(question.text in text for question in self.missing for text in said)
