"""Commands on checklists, on when they are due, and on their runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from deskmate.domain.checklist import Content, Verdict
from deskmate.domain.commands import Command
from deskmate.domain.files import Kept


@dataclass(frozen=True, slots=True)
class SaveChecklist(Command):
    """Make a checklist, or a new revision of one; ``made`` of the outcome is its key.

    ``schedule`` is when it is due, as ``SetSchedule`` takes it: None leaves that as it is, an empty one ends it.
    """

    name = "checklist"
    title: str
    content: Content
    key: int | None = None
    schedule: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ImportChecklists(Command):
    """Make checklists, or new revisions of those that have these names, as one step.

    ``notes`` of the outcome say of each what it came to.
    """

    name = "checklists"
    lists: tuple[SaveChecklist, ...]


@dataclass(frozen=True, slots=True)
class DropChecklist(Command):
    """Take a checklist away. Its history stays readable, and undo brings it back."""

    name = "checklist"
    key: int


@dataclass(frozen=True, slots=True)
class SetSchedule(Command):
    """Say when a checklist is due: values as they were typed, by the name of the field.

    The fields are ``when``, ``at``, ``from``, ``zone``, ``lead``, ``grace``, ``closed`` and ``absence``. What the
    rule before named in the past stays. ``said`` None ends it.
    """

    name = "schedule"
    checklist: int
    said: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class PauseChecklist(Command):
    """Nothing is wanted from ``first`` to ``last``, dates as stored; of every checklist where none is named."""

    name = "pause"
    checklist: int | None
    first: str
    last: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TakeUp(Command):
    """End the pause that goes on now: today is wanted again."""

    name = "pause"
    checklist: int | None


@dataclass(frozen=True, slots=True)
class StartRun(Command):
    """Begin a run, or go on with the open one of the same occurrence; ``made`` of the outcome is its key.

    Of the occurrence of that nominal time, or for a request, or else ad hoc. ``needed_by``, a stored instant, is by
    when that request is needed, if this is said with it.
    """

    name = "run"
    checklist: int
    nominal: str | None = None
    request: int | None = None
    needed_by: str | None = None


@dataclass(frozen=True, slots=True)
class MarkItem(Command):
    """Say what came of an item; a verdict of None takes it back and keeps the note. ``value`` is as typed.

    ``jump`` goes ahead of what comes first in a list that is done in order.
    """

    name = "tick"
    run: int
    item: int
    verdict: Verdict | None
    value: str = ""
    note: str | None = None
    jump: bool = False


@dataclass(frozen=True, slots=True)
class AddEvidence(Command):
    """Keep files as evidence of an item."""

    name = "evidence"
    run: int
    item: int
    files: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class ReportFinding(Command):
    """Say that an item failed and make a request of it, or add to the one that is open for it already.

    ``requests`` of the outcome names it. ``note`` and ``jump`` as in MarkItem.
    """

    name = "finding"
    run: int
    item: int
    note: str | None = None
    jump: bool = False


@dataclass(frozen=True, slots=True)
class FinishRun(Command):
    """Write a run down as done, with a last word and who signs it off.

    ``counted_at`` is a stored instant in the past when it was really done; ``count_for`` the nominal time of an
    occurrence that an ad hoc run is to count for.
    """

    name = "finish"
    run: int
    note: str = ""
    signed: str = ""
    counted_at: str | None = None
    count_for: str | None = None


@dataclass(frozen=True, slots=True)
class SkipRun(Command):
    """Say that an occurrence is not done, and why."""

    name = "skip"
    checklist: int
    nominal: str
    reason: str


@dataclass(frozen=True, slots=True)
class DropRun(Command):
    """Take a run away that was begun by mistake."""

    name = "run"
    run: int


@dataclass(frozen=True, slots=True)
class SwitchRevision(Command):
    """Go on with the newest revision; results go along by item."""

    name = "run"
    run: int


@dataclass(frozen=True, slots=True)
class ExplainAbsence(Command):
    """A word on the occurrences that were missed from ``first`` to ``last``, nominal times."""

    name = "absence"
    checklist: int
    first: str
    last: str
    note: str


@dataclass(frozen=True, slots=True)
class TakeStarters(Command):
    """Make checklists of the starter set by their names, scheduled as they say, or as ``schedules`` says by name."""

    name = "checklist"
    names: tuple[str, ...]
    schedules: Mapping[str, str] = field(default_factory=dict)
