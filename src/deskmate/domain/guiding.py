"""Commands on guides, their pictures, and walk-throughs."""

from __future__ import annotations

from dataclasses import dataclass

from deskmate.domain.commands import Command, SendReply
from deskmate.domain.files import Kept
from deskmate.domain.guide import Content
from deskmate.domain.person import Experience
from deskmate.domain.walk import StepVerdict, WalkMode, WalkOutcome


@dataclass(frozen=True, slots=True)
class SaveGuide(Command):
    """Make a guide, or change the draft of one; ``made`` of the outcome is its key.

    ``version`` is that of the guide this was made on: when it was changed since, this is refused. ``what`` says what
    was done, as undo repeats it ("moved step 3").
    """

    name = "guide"
    content: Content
    key: int | None = None
    version: int | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class ImportGuides(Command):
    """Make guides of texts that came in, or change the drafts of those with these titles, as one step.

    ``notes`` of the outcome say of each what it came to.
    """

    name = "guides"
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class MakeGuide(Command):
    """Begin a guide with what solved a request, its pictures too; ``made`` of the outcome is its key."""

    name = "guide"
    request: int


@dataclass(frozen=True, slots=True)
class PublishGuide(Command):
    """Keep the draft as a new revision, which never changes; ``reason`` says what is new in it."""

    name = "publish"
    key: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RestoreRevision(Command):
    """Make the draft what a revision says, by its number."""

    name = "guide"
    key: int
    number: int


@dataclass(frozen=True, slots=True)
class ArchiveGuide(Command):
    """Put a guide aside, or take it up again: an archived one is not offered and not on the site."""

    name = "archive"
    key: int
    archived: bool = True


@dataclass(frozen=True, slots=True)
class DropGuide(Command):
    """Take a guide away; undo brings it back."""

    name = "guide"
    key: int


@dataclass(frozen=True, slots=True)
class ReviewGuide(Command):
    """Somebody looked and it is still true. ``review_by`` is the local date of the next look, by default counted."""

    name = "review"
    key: int
    review_by: str | None = None


@dataclass(frozen=True, slots=True)
class SaveTerm(Command):
    """Say a word of the trade in plain words; without any, it needs none."""

    name = "glossary"
    word: str
    plain: str = ""


@dataclass(frozen=True, slots=True)
class DropTerm(Command):
    """Take a word off the glossary."""

    name = "glossary"
    word: str


@dataclass(frozen=True, slots=True)
class PurgeOriginal(Command):
    """Remove the covered pixels of a picture for good, wherever it is used. Can not be undone."""

    name = "purge"
    digest: str


@dataclass(frozen=True, slots=True)
class StartWalk(Command):
    """Begin a walk-through of the newest published revision, or go on with the open one for the same request.

    ``made`` of the outcome is its key. ``person`` is the requester's when a request is named.
    """

    name = "walk"
    guide: int
    request: int | None = None
    person: int | None = None
    mode: WalkMode = WalkMode.TOGETHER


@dataclass(frozen=True, slots=True)
class MarkStep(Command):
    """Say what came of the step a walk-through is at and go on: to the next, or along a branch, by its number.

    ``note`` None is what was noted on it before. ``made`` of the outcome is the walk-through, 0 when it ended there.
    """

    name = "step"
    walk: int
    verdict: StepVerdict
    note: str | None = None
    branch: int | None = None


@dataclass(frozen=True, slots=True)
class NoteStep(Command):
    """Write a note on the step a walk-through is at; it goes with what is said of that next."""

    name = "step"
    walk: int
    note: str


@dataclass(frozen=True, slots=True)
class GoToStep(Command):
    """Go to another step of a walk-through, without a word on the one it is at."""

    name = "step"
    walk: int
    step: str


@dataclass(frozen=True, slots=True)
class PauseWalk(Command):
    """The time of the step stands still. As a place it is no step of undo: one leaves, and comes back."""

    walk: int


@dataclass(frozen=True, slots=True)
class GoOnWalk(Command):
    """The time of the step runs again. As a place it is no step of undo."""

    walk: int


@dataclass(frozen=True, slots=True)
class EndWalk(Command):
    """Write down what came of a walk-through, and who did it: by default what was said of the steps tells."""

    name = "walk"
    walk: int
    outcome: WalkOutcome
    note: str = ""
    mode: WalkMode | None = None


@dataclass(frozen=True, slots=True)
class DropWalk(Command):
    """Take a walk-through away that was begun by mistake."""

    name = "walk"
    walk: int


@dataclass(frozen=True, slots=True)
class MadeGuide:
    """A guide as somebody gets it with a reply: the finished file is kept, and ``said`` is all of it as plain text.

    ``revision`` is the key of the published text, and ``title`` its title.
    """

    guide: int
    revision: int
    title: str
    form: str
    experience: Experience | None
    kept: Kept
    said: str


@dataclass(frozen=True, slots=True)
class SendGuides(SendReply):
    """A reply to one request with guides that go with it."""

    name = "reply"
    guides: tuple[MadeGuide, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordSent(Command):
    """Write down that a guide went out as ``form`` (html, pdf, …), and for which request.

    ``person`` is the requester's when a request is named, ``revision`` the number of the newest one unless said.
    """

    name = "guide sent"
    guide: int
    form: str
    request: int | None = None
    person: int | None = None
    experience: Experience | None = None
    revision: int | None = None
