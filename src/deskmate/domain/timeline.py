"""One request with everything that happened to it.

Public and internal entries are different types: what goes to a user is built from the public ones,
and those have no field an internal word could sit in.
"""

from __future__ import annotations

from dataclasses import dataclass

from deskmate.domain.request import Request


@dataclass(frozen=True, slots=True)
class Received:
    """What came in from the requester. Public."""

    at: str
    text: str
    length: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What reached the requester. Public."""

    at: str
    text: str
    length: int


@dataclass(frozen=True, slots=True)
class Note:
    """The technician's own words. Internal."""

    at: str
    text: str
    length: int


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
        return f"{self.kind}: {self.new}" if self.new else self.kind


PublicEntry = Received | Reply
Entry = Received | Reply | Note | Event


@dataclass(frozen=True, slots=True)
class Detail:
    """A request, who asked, and its timeline in order of time.

    Texts may be cut to what a screen can use; ``length`` is their full length in characters.
    """

    request: Request
    who: str
    known: bool
    entries: tuple[Entry, ...]
    updated_at: str
    unknown_tags: frozenset[str] = frozenset()

    @property
    def body(self) -> str:
        """The text it began with, or nothing when the title said it all."""
        return next((entry.text for entry in self.entries if isinstance(entry, Received)), "")
