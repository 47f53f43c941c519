"""The tables that interactive changes write, as SQLModel sees them.

The numbered SQL makes them; a test holds the two equal. Rows never leave this package.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Text
from sqlmodel import Field, SQLModel

from deskmate.domain.channel import Channel
from deskmate.domain.priority import Impact, Priority, Urgency
from deskmate.domain.status import DropReason, Shelf, Status
from deskmate.store.write.types import Flag, Instant, Value


class PersonRow(SQLModel, table=True):
    """Somebody who asks for help."""

    __tablename__ = "person"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Text)
    email: str | None = Field(default=None, sa_type=Text)
    created_at: str = Field(sa_type=Instant)


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
    device: str | None = Field(default=None, sa_type=Text)
    needed_by: str | None = Field(default=None, sa_type=Instant)
    due_at: str | None = Field(default=None, sa_type=Instant)
    due_kind: str | None = Field(default=None, sa_type=Text)
    cause: str | None = Field(default=None, sa_type=Text)
    resolution: str | None = Field(default=None, sa_type=Text)
    drop_reason: DropReason | None = Field(default=None, sa_column=Column(Value(DropReason)))
    created_at: str = Field(sa_type=Instant)
    updated_at: str = Field(sa_type=Instant)
    resolved_at: str | None = Field(default=None, sa_type=Instant)
    void: bool = Field(default=False, sa_type=Flag)
    version: int
    shelf: Shelf = Field(default=Shelf.NOW, sa_column=Column(Value(Shelf), nullable=False))
    rank: int = 1
    due_key: str = Field(default="9999", sa_type=Text)


class RequestTagRow(SQLModel, table=True):
    """Which request has which tag."""

    __tablename__ = "request_tag"
    request_id: int = Field(sa_column=Column(Integer, ForeignKey("request.id"), primary_key=True))
    tag_id: int = Field(sa_column=Column(Integer, ForeignKey("tag.id"), primary_key=True))


class NoteRow(SQLModel, table=True):
    """An internal note."""

    __tablename__ = "note"
    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id")
    at: str = Field(sa_type=Instant)
    text: str = Field(sa_type=Text)
    void: bool = Field(default=False, sa_type=Flag)


class DraftRow(SQLModel, table=True):
    """Text on its way."""

    __tablename__ = "draft"
    key: str = Field(sa_type=Text, primary_key=True)
    text: str = Field(sa_type=Text)
    cursor: int
    request_id: int | None = Field(default=None, foreign_key="request.id")
    updated_at: str = Field(sa_type=Instant)
