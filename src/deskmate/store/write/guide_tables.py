"""The tables of guides and walk-throughs, as SQLModel sees them; the others are in ``tables``."""

from __future__ import annotations

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from deskmate.domain.person import Experience
from deskmate.domain.walk import StepVerdict, WalkMode, WalkOutcome
from deskmate.store.write.types import Flag, Instant, Value


class GuideRow(SQLModel, table=True):
    """A guide with its draft; what was published of it is in its revisions."""

    __tablename__ = "guide"
    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(sa_type=Text)
    word: str = Field(sa_type=Text)
    slug: str = Field(sa_type=Text)
    draft: str = Field(sa_type=Text)
    archived: bool = Field(default=False, sa_type=Flag)
    checked_at: str | None = Field(default=None, sa_type=Instant)
    review_by: str | None = Field(default=None, sa_type=Text)
    made_at: str = Field(sa_type=Instant)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class GuideRevisionRow(SQLModel, table=True):
    """What was published of a guide at a time."""

    __tablename__ = "guide_revision"
    id: int | None = Field(default=None, primary_key=True)
    guide_id: int = Field(foreign_key="guide.id")
    number: int
    made_at: str = Field(sa_type=Instant)
    reason: str = Field(default="", sa_type=Text)
    title: str = Field(sa_type=Text)
    content: str = Field(sa_type=Text)
    digest: str = Field(sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class WalkRow(SQLModel, table=True):
    """One performance of a guide."""

    __tablename__ = "walk"
    id: int | None = Field(default=None, primary_key=True)
    guide_id: int = Field(foreign_key="guide.id")
    revision_id: int = Field(foreign_key="guide_revision.id")
    request_id: int | None = Field(default=None, foreign_key="request.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    mode: WalkMode = Field(sa_column=Column(Value(WalkMode), nullable=False))
    step: str = Field(sa_type=Text)
    since: str | None = Field(default=None, sa_type=Instant)
    spent: int = 0
    outcome: WalkOutcome | None = Field(default=None, sa_column=Column(Value(WalkOutcome)))
    started_at: str = Field(sa_type=Instant)
    ended_at: str | None = Field(default=None, sa_type=Instant)
    note: str = Field(default="", sa_type=Text)
    noted: str = Field(default="", sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class WalkedStepRow(SQLModel, table=True):
    """What came of one step of a walk-through."""

    __tablename__ = "walked_step"
    id: int | None = Field(default=None, primary_key=True)
    walk_id: int = Field(foreign_key="walk.id")
    step: str = Field(sa_type=Text)
    verdict: StepVerdict = Field(sa_column=Column(Value(StepVerdict), nullable=False))
    symptom: str = Field(default="", sa_type=Text)
    seconds: int
    note: str = Field(default="", sa_type=Text)
    at: str = Field(sa_type=Instant)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class GuideSentRow(SQLModel, table=True):
    """That a guide went out."""

    __tablename__ = "guide_sent"
    id: int | None = Field(default=None, primary_key=True)
    guide_id: int = Field(foreign_key="guide.id")
    revision_id: int = Field(foreign_key="guide_revision.id")
    request_id: int | None = Field(default=None, foreign_key="request.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    form: str = Field(sa_type=Text)
    experience: Experience | None = Field(default=None, sa_column=Column(Value(Experience)))
    at: str = Field(sa_type=Instant)
    message_id: int | None = Field(default=None, foreign_key="message.id")
    name: str | None = Field(default=None, sa_type=Text)
    size: int | None = None
    digest: str | None = Field(default=None, sa_type=Text)
    said: str = Field(default="", sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0


class TermRow(SQLModel, table=True):
    """A word of the trade, and how to say it."""

    __tablename__ = "term"
    id: int | None = Field(default=None, primary_key=True)
    term: str = Field(sa_type=Text)
    word: str = Field(sa_type=Text)
    plain: str = Field(default="", sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)
    version: int = 0
