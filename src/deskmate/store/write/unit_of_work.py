"""One command, one transaction, one journal entry.

A unit of work loads requests as domain objects, takes the changes that the rules made of them, and
at its end writes rows, journal, events and search table together. "Saved" may be said once its
``with`` block has been left.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from enum import Enum
from types import TracebackType
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, col, select

from deskmate.domain.channel import Channel
from deskmate.domain.priority import Impact, Priority, Urgency, rank
from deskmate.domain.request import Change, Request
from deskmate.domain.row import label
from deskmate.domain.status import DropReason, Status, shelf
from deskmate.errors import DeskmateError
from deskmate.store import journal, search
from deskmate.store.capture import put_tag
from deskmate.store.connection import Writer, begin, not_saved
from deskmate.store.write.tables import DraftRow, NoteRow, RequestRow, RequestTagRow, TagRow

_COLUMNS = tuple(field.name for field in fields(Request) if field.name not in ("number", "tags", "version"))


def engine_over(writer: Writer) -> Engine:
    """SQLModel's engine on the one write connection, so that plain SQL and rows share a transaction."""
    engine = create_engine("sqlite://", creator=lambda: writer.conn, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # The driver opens no transaction for a SELECT: without this, two writers lose each other's
        # changes and nobody is told.
        begin(connection.connection.dbapi_connection)

    @event.listens_for(engine, "commit")
    def _commit(connection: Any) -> None:
        writer.check_still_there()

    return engine


class UnitOfWork:
    """``with UnitOfWork(...) as work:`` load, change, and ``finish`` with what was done in words."""

    def __init__(self, engine: Engine, writer: Writer, command: str, *, actor: str, at: str) -> None:
        self.conn = writer.conn
        self.at = at
        self._engine = engine
        self._command = command
        self._actor = actor
        self._changes: list[Change] = []
        self._notes: list[NoteRow] = []
        self._images: list[dict[str, Any]] = []
        self._facts: list[tuple[int, str, str, str | None, str | None]] = []
        self._touched: set[int] = set()

    def __enter__(self) -> UnitOfWork:
        self._session = Session(self._engine, autoflush=False)
        self.seq = journal.next_seq(self._session.connection().connection.dbapi_connection)  # type: ignore[arg-type]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A block that was left without finish() leaves nothing behind.
        self._session.close()
        if self.conn.in_transaction:  # a commit that was refused before it began
            self.conn.execute("ROLLBACK")
        # Rows fail as SQLAlchemy's error, the plain SQL beside them as the driver's own.
        failure = error.orig if isinstance(error, OperationalError) else error
        if isinstance(failure, sqlite3.OperationalError):
            raise not_saved(failure) from error

    def requests(self, numbers: Sequence[int]) -> list[Request]:
        """Load these requests in this order. Raises DeskmateError for one that is not there."""
        rows: dict[int, RequestRow] = {}
        tags: dict[int, list[str]] = {}
        for start in range(0, len(numbers), 500):
            part = numbers[start : start + 500]
            for row in self._session.exec(select(RequestRow).where(col(RequestRow.id).in_(part))):
                rows[row.id or 0] = row
            named = (
                select(RequestTagRow.request_id, TagRow.name)
                .where(RequestTagRow.tag_id == TagRow.id, col(RequestTagRow.request_id).in_(part))
                .order_by(col(TagRow.word))
            )
            for number, name in self._session.exec(named):
                tags.setdefault(number, []).append(name)
        for number in numbers:
            if number not in rows:
                raise DeskmateError(f"There is no {label(number)}.", "deskmate list shows what there is.")
            if rows[number].void:
                raise DeskmateError(f"{label(number)} was undone.", "deskmate redo brings it back.")
        return [_to_domain(rows[number], tags.get(number, [])) for number in numbers]

    def change(self, change: Change) -> None:
        """Take a change that a rule made."""
        after = change.after
        row = self._row(after.number)
        image_before, image_after = _images(change.before, after)
        if change.before.tags != after.tags:
            self._set_tags(after.number, after.tags, new=set(after.tags) - set(change.before.tags))
        for name in _COLUMNS:
            setattr(row, name, getattr(after, name))
        self._images.append(
            {
                "request": after.number,
                "before": image_before,
                "after": image_after,
                "version": [change.before.version, self.seq],
            }
        )
        self._facts.append((after.number, self.at, change.kind, change.old, change.new))
        self._stamp(row, self.seq)

    def add_note(self, request: Request, text: str) -> None:
        """Add an internal note to a request."""
        note = NoteRow(request_id=request.number, at=self.at, text=text)
        self._session.add(note)
        self._notes.append(note)

    def drop_draft(self, key: str) -> None:
        """Its text is stored for good now, so the draft goes in the same transaction."""
        draft = self._session.get(DraftRow, key)
        if draft is not None:
            self._session.delete(draft)

    def restore(self, images: Iterable[dict[str, Any]], notes: Sequence[int], *, undo: bool) -> list[int]:
        """Put requests and notes back to one side of their images; returns the requests.

        Refuses the whole when a request was changed since, so that nothing is half undone.
        """
        side, here, there = ("before", 1, 0) if undo else ("after", 0, 1)
        restored: list[int] = []
        for image in images:
            row = self._row(image["request"])
            if row.version != image["version"][here]:
                what = "undone" if undo else "redone"
                raise DeskmateError(
                    f"{label(image['request'])} was changed since, so this can not be {what}.",
                    "Nothing was changed. Undo the later change first.",
                )
            for name, value in image[side].items():
                if name == "tags":
                    self._set_tags(image["request"], value)
                else:
                    setattr(row, name, _typed(name, value))
            self._stamp(row, image["version"][there])
            self._facts.append((image["request"], self.at, "undone" if undo else "redone", None, None))
            restored.append(image["request"])
        for note in notes:
            self._session.get_one(NoteRow, note).void = undo
        return restored

    def finish(self, text: str, *, undoes: int | None = None, redoes: int | None = None) -> int:
        """Write everything and commit; returns the journal seq. ``text`` says in words what was done.

        ``undoes`` and ``redoes`` name the command that this one takes back or brings back.

        The ``with`` block raises Busy, Vanished or another DeskmateError when it could not be saved;
        then nothing was.
        """
        self._session.flush()
        payload: dict[str, Any] = {"label": text, "changes": self._images}
        if self._notes:
            payload["notes"] = [note.id for note in self._notes]
        journal.append(self.conn, self._command, payload, actor=self._actor, at=self.at, seq=self.seq)
        journal.add_events(self.conn, self.seq, self._facts)
        if undoes is not None:
            journal.set_undone(self.conn, undoes, self.seq)
        if redoes is not None:
            journal.set_undone(self.conn, redoes, None)
        search.refresh(self.conn, sorted(self._touched))
        self._session.commit()
        return self.seq

    def _row(self, number: int) -> RequestRow:
        return self._session.get_one(RequestRow, number)

    def _stamp(self, row: RequestRow, version: int) -> None:
        row.version = version
        row.updated_at = self.at
        row.shelf = shelf(row.status, void=bool(row.void))
        row.rank = rank(row.priority)
        row.due_key = row.due_at or "9999"
        self._touched.add(row.id or 0)

    def _set_tags(self, number: int, names: Sequence[str], new: Collection[str] = ()) -> None:
        self.conn.execute("DELETE FROM request_tag WHERE request_id = ?", (number,))
        for name in names:
            put_tag(self.conn, number, name, known=name in new)


def _to_domain(row: RequestRow, tags: Sequence[str]) -> Request:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return Request(number=row.id or 0, version=row.version, tags=tuple(tags), **values)


def _images(before: Request, after: Request) -> tuple[dict[str, Any], dict[str, Any]]:
    names = [name for name in (*_COLUMNS, "tags") if getattr(before, name) != getattr(after, name)]
    return (
        {name: _plain(getattr(before, name)) for name in names},
        {name: _plain(getattr(after, name)) for name in names},
    )


_ENUMS: dict[str, type[Enum]] = {
    "status": Status,
    "priority": Priority,
    "impact": Impact,
    "urgency": Urgency,
    "channel": Channel,
    "drop_reason": DropReason,
}


def _typed(name: str, value: Any) -> Any:
    if value is None or name not in _ENUMS:
        return value
    return _ENUMS[name](value)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
