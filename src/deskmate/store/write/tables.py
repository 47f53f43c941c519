"""The tables that interactive changes write, as SQLModel sees them.

The numbered SQL makes them; a test holds the two equal. Rows never leave this package.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Text
from sqlmodel import Field, SQLModel

from deskmate.domain.channel import Channel
from deskmate.domain.checklist import Mode, Verdict
from deskmate.domain.occurrence import Basis
from deskmate.domain.person import Experience, PersonKind
from deskmate.domain.priority import Impact, Priority, Urgency
from deskmate.domain.run import RunState
from deskmate.domain.schedule import CatchUp, Roll
from deskmate.domain.status import DropReason, Outcome, Shelf, Status, WaitingOn
from deskmate.domain.timeline import Delivery
from deskmate.store.write.types import Flag, Instant, Value


class PersonRow(SQLModel, table=True):
    """Somebody who asks for help, or whom one can turn to."""

    __tablename__ = "person"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Text)
    email: str | None = Field(default=None, sa_type=Text)
    phone: str | None = Field(default=None, sa_type=Text)
    room: str | None = Field(default=None, sa_type=Text)
    department: str | None = Field(default=None, sa_type=Text)
    kind: PersonKind = Field(default=PersonKind.REQUESTER, sa_column=Column(Value(PersonKind), nullable=False))
    vip: bool = Field(default=False, sa_type=Flag)
    experience: Experience | None = Field(default=None, sa_column=Column(Value(Experience)))
    details: str = Field(default="", sa_type=Text)
    created_at: str = Field(sa_type=Instant)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class DeviceRow(SQLModel, table=True):
    """A thing a request is about."""

    __tablename__ = "device"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Text)
    word: str = Field(sa_type=Text)
    kind: str | None = Field(default=None, sa_type=Text)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    room: str | None = Field(default=None, sa_type=Text)
    notes: str = Field(default="", sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class CategoryRow(SQLModel, table=True):
    """A kind of trouble and its questions."""

    __tablename__ = "category"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Text)
    word: str = Field(sa_type=Text)
    position: int
    questions: str = Field(default="", sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class CannedRow(SQLModel, table=True):
    """A text to answer with."""

    __tablename__ = "canned"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Text)
    position: int
    text: str = Field(sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class SavedViewRow(SQLModel, table=True):
    """A view of the technician's own."""

    __tablename__ = "saved_view"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Text)
    query: str = Field(sa_type=Text)
    position: int
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class TagRow(SQLModel, table=True):
    """A tag and the case-folded word it is found by."""

    __tablename__ = "tag"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Text)
    word: str = Field(sa_type=Text, unique=True)
    known: bool = Field(default=True, sa_type=Flag)


class RequestRow(SQLModel, table=True):
    """A request."""

    __tablename__ = "request"
    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(default="", sa_type=Text)
    status: Status = Field(default=Status.NEW, sa_column=Column(Value(Status), nullable=False))
    priority: Priority | None = Field(default=None, sa_column=Column(Value(Priority)))
    impact: Impact | None = Field(default=None, sa_column=Column(Value(Impact)))
    urgency: Urgency | None = Field(default=None, sa_column=Column(Value(Urgency)))
    person_id: int | None = Field(default=None, foreign_key="person.id")
    requester: str | None = Field(default=None, sa_type=Text)
    channel: Channel | None = Field(default=None, sa_column=Column(Value(Channel)))
    category: str | None = Field(default=None, sa_type=Text)
    device_id: int | None = Field(default=None, foreign_key="device.id")
    device: str | None = Field(default=None, sa_type=Text)
    needed_by: str | None = Field(default=None, sa_type=Instant)
    due_at: str | None = Field(default=None, sa_type=Instant)
    due_kind: str | None = Field(default=None, sa_type=Text)
    soon_at: str | None = Field(default=None, sa_type=Instant)
    response_due: str | None = Field(default=None, sa_type=Instant)
    resolve_due: str | None = Field(default=None, sa_type=Instant)
    promised_at: str | None = Field(default=None, sa_type=Instant)
    check_at: str | None = Field(default=None, sa_type=Instant)
    close_at: str | None = Field(default=None, sa_type=Instant)
    quiet_at: str | None = Field(default=None, sa_type=Instant)
    cause: str | None = Field(default=None, sa_type=Text)
    outcome: Outcome | None = Field(default=None, sa_column=Column(Value(Outcome)))
    resolution: str | None = Field(default=None, sa_type=Text)
    drop_reason: DropReason | None = Field(default=None, sa_column=Column(Value(DropReason)))
    merged_into: int | None = Field(default=None, foreign_key="request.id")
    waiting_on: WaitingOn | None = Field(default=None, sa_column=Column(Value(WaitingOn)))
    waiting_for: str | None = Field(default=None, sa_type=Text)
    waiting_since: str | None = Field(default=None, sa_type=Instant)
    wake_at: str | None = Field(default=None, sa_type=Instant)
    woken: bool = Field(default=False, sa_type=Flag)
    chases: int = 0
    parked_reason: str | None = Field(default=None, sa_type=Text)
    unread: bool = Field(default=False, sa_type=Flag)
    held: bool = Field(default=False, sa_type=Flag)
    held_at: str | None = Field(default=None, sa_type=Instant)
    created_at: str = Field(sa_type=Instant)
    updated_at: str = Field(sa_type=Instant)
    resolved_at: str | None = Field(default=None, sa_type=Instant)
    void: bool = Field(default=False, sa_type=Flag)
    version: int
    shelf: Shelf = Field(default=Shelf.NOW, sa_column=Column(Value(Shelf), nullable=False))
    rank: int = 1
    due_key: str = Field(default="9999", sa_type=Text)
    step_at: str | None = Field(default=None, sa_type=Instant)
    response_soon: str | None = Field(default=None, sa_type=Instant)
    resolve_soon: str | None = Field(default=None, sa_type=Instant)


class RequestTagRow(SQLModel, table=True):
    """Which request has which tag."""

    __tablename__ = "request_tag"
    request_id: int = Field(sa_column=Column(Integer, ForeignKey("request.id"), primary_key=True))
    tag_id: int = Field(sa_column=Column(Integer, ForeignKey("tag.id"), primary_key=True))


class LinkRow(SQLModel, table=True):
    """Two requests that have to do with each other."""

    __tablename__ = "link"
    low: int = Field(sa_column=Column(Integer, ForeignKey("request.id"), primary_key=True))
    high: int = Field(sa_column=Column(Integer, ForeignKey("request.id"), primary_key=True))


class AnswerRow(SQLModel, table=True):
    """What was answered to a question of the category."""

    __tablename__ = "answer"
    request_id: int = Field(sa_column=Column(Integer, ForeignKey("request.id"), primary_key=True))
    question: str = Field(sa_column=Column(Text, primary_key=True))
    text: str = Field(sa_type=Text)


class AttachmentRow(SQLModel, table=True):
    """A file that belongs to a request."""

    __tablename__ = "attachment"
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id")
    at: str = Field(sa_type=Instant)
    name: str = Field(sa_type=Text)
    size: int
    digest: str = Field(sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)


class MessageRow(SQLModel, table=True):
    """What came in from a requester, or went to one."""

    __tablename__ = "message"
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id")
    kind: str = Field(sa_type=Text)
    at: str = Field(sa_type=Instant)
    text: str = Field(sa_type=Text)
    via: str | None = Field(default=None, sa_type=Text)
    state: Delivery | None = Field(default=None, sa_column=Column(Value(Delivery)))
    address: str | None = Field(default=None, sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)


class NoteRow(SQLModel, table=True):
    """An internal note; with a state, one that was handed over to a person of the own network."""

    __tablename__ = "note"
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id")
    at: str = Field(sa_type=Instant)
    text: str = Field(sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    restricted: bool = Field(default=False, sa_type=Flag)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    via: str | None = Field(default=None, sa_type=Text)
    address: str | None = Field(default=None, sa_type=Text)
    state: Delivery | None = Field(default=None, sa_column=Column(Value(Delivery)))


class DraftRow(SQLModel, table=True):
    """Text on its way."""

    __tablename__ = "draft"
    key: str = Field(sa_type=Text, primary_key=True)
    text: str = Field(sa_type=Text)
    cursor: int
    request_id: int | None = Field(default=None, foreign_key="request.id")
    updated_at: str = Field(sa_type=Instant)


class SettingRow(SQLModel, table=True):
    """What the technician says in one value."""

    __tablename__ = "setting"
    id: str = Field(sa_type=Text, primary_key=True)
    value: str = Field(default="", sa_type=Text)
    version: int = 0


class WeeklyRow(SQLModel, table=True):
    """Office hours of one weekday, in minutes of the local day."""

    __tablename__ = "weekly"
    id: int | None = Field(default=None, primary_key=True)
    weekday: int
    opens: int
    closes: int
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class DayHoursRow(SQLModel, table=True):
    """A day that is unlike its weekday."""

    __tablename__ = "day_hours"
    id: int | None = Field(default=None, primary_key=True)
    day: str = Field(sa_type=Text)
    hours: str = Field(default="", sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class HolidayRow(SQLModel, table=True):
    """A public holiday."""

    __tablename__ = "holiday"
    id: int | None = Field(default=None, primary_key=True)
    day: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class LeaveRow(SQLModel, table=True):
    """Leave, in local days or times."""

    __tablename__ = "leave"
    id: int | None = Field(default=None, primary_key=True)
    starts: str = Field(sa_type=Text)
    ends: str = Field(sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class ExtraRow(SQLModel, table=True):
    """Open all the same, between local times."""

    __tablename__ = "extra"
    id: int | None = Field(default=None, primary_key=True)
    starts: str = Field(sa_type=Text)
    ends: str = Field(sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class SlotRow(SQLModel, table=True):
    """Time set aside within office hours."""

    __tablename__ = "slot"
    id: int | None = Field(default=None, primary_key=True)
    starts: str = Field(sa_type=Text)
    ends: str = Field(sa_type=Text)
    every: int = 0
    last: str | None = Field(default=None, sa_type=Text)
    state: str = Field(sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    public: str = Field(default="", sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class OverrideRow(SQLModel, table=True):
    """The availability switch as it was set."""

    __tablename__ = "override"
    id: int | None = Field(default=None, primary_key=True)
    at: str = Field(sa_type=Instant)
    state: str = Field(sa_type=Text)
    until: str | None = Field(default=None, sa_type=Instant)
    public: str = Field(default="", sa_type=Text)
    private: str = Field(default="", sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class NoticeRow(SQLModel, table=True):
    """A word to everybody."""

    __tablename__ = "notice"
    id: int | None = Field(default=None, primary_key=True)
    at: str = Field(sa_type=Instant)
    text: str = Field(sa_type=Text)
    until: str | None = Field(default=None, sa_type=Instant)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class RuleRow(SQLModel, table=True):
    """What breaks through do-not-disturb."""

    __tablename__ = "rule"
    id: int | None = Field(default=None, primary_key=True)
    position: int
    name: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    channel: str | None = Field(default=None, sa_type=Text)
    words: str = Field(default="", sa_type=Text)
    minutes: int | None = None
    passes: bool = Field(default=True, sa_type=Flag)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class TargetRow(SQLModel, table=True):
    """How soon requests of a priority shall be answered and solved."""

    __tablename__ = "target"
    id: int = Field(primary_key=True)
    response_minutes: int
    resolve_minutes: int
    round_the_clock: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class PromiseRow(SQLModel, table=True):
    """What was told to somebody, with a date."""

    __tablename__ = "promise"
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id")
    who: str = Field(default="", sa_type=Text)
    text: str = Field(sa_type=Text)
    due_at: str = Field(sa_type=Instant)
    made_at: str = Field(sa_type=Instant)
    moved: int = 0
    state: str = Field(default="open", sa_type=Text)
    ended_at: str | None = Field(default=None, sa_type=Instant)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class CheckBackRow(SQLModel, table=True):
    """Asking whether it really works, and the answer."""

    __tablename__ = "check_back"
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id")
    at: str = Field(sa_type=Instant)
    asked_at: str | None = Field(default=None, sa_type=Instant)
    score: int | None = None
    line: str = Field(default="", sa_type=Text)
    answered_at: str | None = Field(default=None, sa_type=Instant)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class PieceRow(SQLModel, table=True):
    """A piece of time spent; without an end it is running."""

    __tablename__ = "piece"
    id: int | None = Field(default=None, primary_key=True)
    request_id: int | None = Field(default=None, foreign_key="request.id")
    starts: str = Field(sa_type=Instant)
    ends: str | None = Field(default=None, sa_type=Instant)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class StackFrameRow(SQLModel, table=True):
    """What was left for something else."""

    __tablename__ = "stack_frame"
    id: int | None = Field(default=None, primary_key=True)
    request_id: int | None = Field(default=None, foreign_key="request.id")
    cause_id: int | None = Field(default=None, foreign_key="request.id")
    ran: bool = Field(default=False, sa_type=Flag)
    place: str = Field(sa_type=Text)
    left_at: str = Field(sa_type=Instant)
    back_at: str | None = Field(default=None, sa_type=Instant)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class ChecklistRow(SQLModel, table=True):
    """A checklist; what is on it is in its revisions."""

    __tablename__ = "checklist"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Text)
    word: str = Field(sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class RevisionRow(SQLModel, table=True):
    """What was on a checklist at a time."""

    __tablename__ = "revision"
    id: int | None = Field(default=None, primary_key=True)
    checklist_id: int = Field(foreign_key="checklist.id")
    number: int
    made_at: str = Field(sa_type=Instant)
    mode: Mode = Field(sa_column=Column(Value(Mode), nullable=False))
    about: str = Field(default="", sa_type=Text)
    pause_point: str = Field(default="", sa_type=Text)
    minutes: int | None = None
    dnd: bool = Field(default=False, sa_type=Flag)
    items: str = Field(sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class ScheduleRow(SQLModel, table=True):
    """When a checklist is due, from one local time to another."""

    __tablename__ = "schedule"
    id: int | None = Field(default=None, primary_key=True)
    checklist_id: int = Field(foreign_key="checklist.id")
    said: str = Field(sa_type=Text)
    kind: Basis = Field(sa_column=Column(Value(Basis), nullable=False))
    rule: str = Field(sa_type=Text)
    starts: str = Field(sa_type=Text)
    since: str = Field(sa_type=Text)
    ends: str | None = Field(default=None, sa_type=Text)
    timed: bool = Field(default=False, sa_type=Flag)
    zone: str = Field(default="", sa_type=Text)
    lead: int = 0
    grace: int
    roll: Roll = Field(sa_column=Column(Value(Roll), nullable=False))
    catch_up: CatchUp = Field(sa_column=Column(Value(CatchUp), nullable=False))
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class PauseRow(SQLModel, table=True):
    """Days on which a checklist, or every one, is not wanted."""

    __tablename__ = "pause"
    id: int | None = Field(default=None, primary_key=True)
    checklist_id: int | None = Field(default=None, foreign_key="checklist.id")
    first: str = Field(sa_type=Text)
    last: str | None = Field(default=None, sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class RunRow(SQLModel, table=True):
    """One performance of a checklist, or the word that there is none."""

    __tablename__ = "run"
    id: int | None = Field(default=None, primary_key=True)
    checklist_id: int = Field(foreign_key="checklist.id")
    revision_id: int = Field(foreign_key="revision.id")
    nominal: str | None = Field(default=None, sa_type=Text)
    request_id: int | None = Field(default=None, foreign_key="request.id")
    state: RunState = Field(default=RunState.OPEN, sa_column=Column(Value(RunState), nullable=False))
    started_at: str = Field(sa_type=Instant)
    ended_at: str | None = Field(default=None, sa_type=Instant)
    counted_at: str | None = Field(default=None, sa_type=Instant)
    note: str = Field(default="", sa_type=Text)
    signed: str = Field(default="", sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class ResultRow(SQLModel, table=True):
    """What came of one item of a run."""

    __tablename__ = "result"
    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="run.id")
    item: int
    verdict: Verdict | None = Field(default=None, sa_column=Column(Value(Verdict)))
    value: str = Field(default="", sa_type=Text)
    note: str = Field(default="", sa_type=Text)
    at: str = Field(sa_type=Instant)
    finding_id: int | None = Field(default=None, foreign_key="request.id")
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class EvidenceRow(SQLModel, table=True):
    """A file that shows what came of an item."""

    __tablename__ = "evidence"
    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="run.id")
    item: int
    at: str = Field(sa_type=Instant)
    name: str = Field(sa_type=Text)
    size: int
    digest: str = Field(sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class AbsenceRow(SQLModel, table=True):
    """A word on what was missed one after the other."""

    __tablename__ = "absence"
    id: int | None = Field(default=None, primary_key=True)
    checklist_id: int = Field(foreign_key="checklist.id")
    first: str = Field(sa_type=Text)
    last: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0
