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
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel, col, select

from deskmate.domain import door
from deskmate.domain.calendar import Calendar
from deskmate.domain.capture import Capture
from deskmate.domain.hours_preview import DueMoves
from deskmate.domain.priority import rank
from deskmate.domain.request import Change, Request
from deskmate.domain.row import label
from deskmate.domain.status import clock_state, shelf
from deskmate.domain.timeline import LEFT, Delivery
from deskmate.errors import DeskmateError
from deskmate.store import agenda, drafts, due, guides, hold, journal, people, quiet, search
from deskmate.store.capture import insert, keep, put_tag
from deskmate.store.connection import Writer, begin, not_saved
from deskmate.store.read import hours
from deskmate.store.read.detail import answers, links
from deskmate.store.write.guide_tables import (
    GuideRevisionRow,
    GuideRow,
    GuideSentRow,
    TermRow,
    WalkedStepRow,
    WalkRow,
)
from deskmate.store.write.tables import (
    AbsenceRow,
    AttachmentRow,
    CannedRow,
    CategoryRow,
    CheckBackRow,
    ChecklistRow,
    DayHoursRow,
    DeviceRow,
    DraftRow,
    EvidenceRow,
    ExtraRow,
    HolidayRow,
    LeaveRow,
    MessageRow,
    NoteRow,
    NoticeRow,
    OverrideRow,
    PauseRow,
    PersonRow,
    PieceRow,
    PromiseRow,
    RequestRow,
    RequestTagRow,
    ResultRow,
    RevisionRow,
    RuleRow,
    RunRow,
    SavedViewRow,
    ScheduleRow,
    SettingRow,
    SlotRow,
    StackFrameRow,
    TagRow,
    TargetRow,
    WeeklyRow,
)
from deskmate.store.write.types import Value

_BESIDE = ("tags", "links", "answers")
"""What belongs to a request but stands in tables of its own."""
_CACHED = ("due_at", "due_kind", "soon_at", "response_due", "resolve_due", "promised_at", "check_at")
"""What ``store.due`` counts anew for every request that was touched."""
_READ = tuple(field.name for field in fields(Request) if field.name not in ("number", "version", *_BESIDE))
_COLUMNS = tuple(name for name in _READ if name not in _CACHED)
_TABLES: dict[str, type[SQLModel]] = {
    "person": PersonRow,
    "device": DeviceRow,
    "category": CategoryRow,
    "canned": CannedRow,
    "saved_view": SavedViewRow,
    "message": MessageRow,
    "note": NoteRow,
    "attachment": AttachmentRow,
    "setting": SettingRow,
    "weekly": WeeklyRow,
    "day_hours": DayHoursRow,
    "holiday": HolidayRow,
    "leave": LeaveRow,
    "extra": ExtraRow,
    "slot": SlotRow,
    "override": OverrideRow,
    "notice": NoticeRow,
    "rule": RuleRow,
    "target": TargetRow,
    "promise": PromiseRow,
    "check_back": CheckBackRow,
    "piece": PieceRow,
    "stack_frame": StackFrameRow,
    "checklist": ChecklistRow,
    "revision": RevisionRow,
    "schedule": ScheduleRow,
    "pause": PauseRow,
    "run": RunRow,
    "result": ResultRow,
    "evidence": EvidenceRow,
    "absence": AbsenceRow,
    "guide": GuideRow,
    "guide_revision": GuideRevisionRow,
    "walk": WalkRow,
    "walked_step": WalkedStepRow,
    "guide_sent": GuideSentRow,
    "term": TermRow,
}
"""What a command may add or edit besides requests; undo finds the rows by these names."""
_DOOR = (OverrideRow, WeeklyRow, DayHoursRow, HolidayRow, LeaveRow, ExtraRow, SlotRow, SettingRow)
"""What the door says follows from these."""
_OFFICE_TIME = (WeeklyRow, DayHoursRow, HolidayRow, LeaveRow, ExtraRow, TargetRow)
"""What decides when requests are due, beside the zone. Slots do not: they only turn the sign."""
_NAMED = {
    "piece": "The clock",
    "stack_frame": "The stack",
    "revision": "The checklist",
    "schedule": "When it is due",
    "run": "The run",
    "result": "That item",
    "evidence": "That file",
    "absence": "That word",
    "guide": "The guide",
    "guide_revision": "What was published",
    "walk": "The walk-through",
    "walked_step": "That step",
    "term": "That word",
}
"""What rows without a name are called when they were changed since."""

R = TypeVar("R", bound=SQLModel)
Fact = tuple[int, str, str, str | None, str | None]
"""Of a request: when it happened, what kind, old and new."""


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
        """The moment all of it happens: now, or where a clock was set back, when its requests changed last."""
        self.clock = at
        """What the clock says: for spans of time, which see to it themselves that they do not overlap."""
        self._engine = engine
        self._command = command
        self._actor = actor
        self._changes: list[Change] = []
        self._rows: list[tuple[SQLModel, dict[str, Any], dict[str, Any], int]] = []
        self._images: list[dict[str, Any]] = []
        self._plain_rows: list[dict[str, Any]] = []
        self._facts: list[Fact] = []
        self._touched: set[int] = set()
        self._people: set[int] = set()
        self._checklists: set[int | None] = set()
        self._guides: set[int] = set()
        self._calendar: Calendar | None = None
        self._moves: DueMoves | None = None
        self._office_time = self._door = False
        self.retracted = 0
        """Replies and handovers that had left before they were undone."""

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

    @property
    def calendar(self) -> Calendar:
        """Office time as it is said now."""
        if self._calendar is None:
            self._calendar = hours.calendar(self.conn)
        return self._calendar

    def requests(self, numbers: Sequence[int]) -> list[Request]:
        """Load these requests in this order. Raises DeskmateError for one that is not there."""
        rows: dict[int, RequestRow] = {}
        tags: dict[int, list[str]] = {}
        for start in range(0, len(numbers), 500):
            part = numbers[start : start + 500]
            self.at = journal.after_all(self.conn, self.at, part)
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
        return [self._to_domain(rows[number], tags.get(number, [])) for number in numbers]

    def change(self, change: Change, *, looked: bool = True) -> None:
        """Take a change that a rule made; with ``looked`` False nobody has looked at the request for it."""
        after = change.after
        row = self._row(after.number)
        image_before, image_after = _images(change.before, after)
        if change.before.tags != after.tags:
            self._set_tags(after.number, after.tags, new=set(after.tags) - set(change.before.tags))
        if change.before.links != after.links:
            self._set_links(after.number, after.links)
        if change.before.answers != after.answers:
            self._set_answers(after.number, after.answers)
        for name in _COLUMNS:
            setattr(row, name, getattr(after, name))
        if looked:
            row.unread = False  # whoever did something to it has looked at it; that is no part of undo
        if row.held_at is not None:  # also of what was let go and not looked at: undo makes it so again
            image_before |= {"held": bool(row.held), "held_at": row.held_at}
            image_after |= {"held": False, "held_at": None}
            row.held, row.held_at = False, None
        self._images.append(
            {
                "request": after.number,
                "before": image_before,
                "after": image_after,
                "version": [change.before.version, self.seq],
            }
        )
        was, is_now = (clock_state(side.status, side.waiting_on) for side in (change.before, after))
        if was != is_now:
            self._facts.append((after.number, self.at, "clock", was, is_now))
        self._facts.append((after.number, self.at, change.kind, change.old, change.new))
        self._stamp(row, self.seq)

    def add(self, row: R) -> R:
        """Add a row of another table, which has its id then.

        Undo makes it void, or retracted when it is a reply or a handover that has left by then.
        """
        if hasattr(row, "version"):
            row.version = self.seq
        self._session.add(row)
        self._session.flush()
        self._rows.append((row, {"void": 1}, {"void": 0}, 0))
        return row

    def edit(self, row: SQLModel, **values: Any) -> bool:
        """Change a row of another table; False when it is like that already."""
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not changed:
            return False
        before = {name: _plain(getattr(row, name)) for name in changed}
        for name, value in changed.items():
            setattr(row, name, value)
        self._rows.append(
            (row, before, {name: _plain(value) for name, value in changed.items()}, getattr(row, "version", 0))
        )
        if hasattr(row, "version"):
            row.version = self.seq
        return True

    def capture(self, line: Capture, body: str) -> int:
        """Store a new request as part of this step; returns its number."""
        number, images, facts = insert(self.conn, line, at=self.at, seq=self.seq, body=body)
        self._taken_in(number, images, facts)
        return number

    def receive(self, number: int, text: str, line: Capture) -> int:
        """Keep what was said on a request as part of this step; returns the number of the one that has it."""
        number, images, rows, facts = keep(
            self.conn,
            number,
            text,
            at=self.at,
            seq=self.seq,
            via=line.channel,
            files=line.files,
            raw=line.raw,
            unread=False,
        )
        self._plain_rows += rows
        self._taken_in(number, images, facts)
        return number

    def _taken_in(self, number: int, images: dict[str, Any], facts: Iterable[Fact]) -> None:
        self._images.append(images)
        self._facts += facts
        self._touched.add(number)

    def flush(self) -> None:
        """Let what was changed so far be on its way: rows that were added have their keys then."""
        self._session.flush()

    def get(self, model: type[R], key: int, *, void: bool = False) -> R | None:
        """A row of another table; None for one that is not there, or undone unless ``void`` asks for those too."""
        row = self._session.get(model, key)
        return None if row is None or (getattr(row, "void", False) and not void) else row

    def fact(self, number: int, kind: str, old: str | None = None, new: str | None = None) -> None:
        """Record a fact of a request beside those that its changes bring."""
        self._facts.append((number, self.at, kind, old, new))

    def add_note(self, request: Request, text: str, *, restricted: bool = False) -> None:
        """Add an internal note to a request; a restricted one is for the supervisor alone."""
        self.add(NoteRow(request_id=request.number, at=self.at, text=text, restricted=restricted))

    def recount(self) -> DueMoves:
        """Count anew when every open request is due, once all is said about office time; says what that moves.

        ``finish`` sees to it where this was not asked for.
        """
        self._session.flush()
        self._calendar = None
        self._moves = due.refresh_open(self.conn, self.calendar, at=self.at)
        return self._moves

    def drop_draft(self, key: str) -> None:
        """Its text is stored for good now, so the draft goes in the same transaction."""
        draft = self._session.get(DraftRow, key)
        if draft is not None:
            self._session.delete(draft)

    def restore(self, payload: dict[str, Any], *, undo: bool) -> list[int]:
        """Put requests and rows back to one side of their images; returns the requests.

        Refuses the whole when one of them was changed since, so that nothing is half undone.
        """
        side, here, there, word = ("before", 1, 0, "undone") if undo else ("after", 0, 1, "redone")
        restored: list[int] = []
        for image in payload["changes"]:
            row = self._row(image["request"])
            self._check_version(label(image["request"]), row.version, image["version"][here], undo=undo)
            for name, value in image[side].items():
                if name in _BESIDE:
                    getattr(self, f"_set_{name}")(image["request"], value)
                else:
                    setattr(row, name, _typed(RequestRow, name, value))
            self._stamp(row, image["version"][there])
            self._facts.append((image["request"], self.at, word, None, None))
            restored.append(image["request"])
        images = payload.get("rows", ())
        for image in reversed(images) if undo else images:
            model = _TABLES[image["table"]]
            other = self._session.get_one(model, image["id"])
            if "version" in image:
                name = getattr(other, "name", _NAMED.get(image["table"], image["table"]))
                self._check_version(name, other.version, image["version"][here], undo=undo)  # type: ignore[attr-defined]
                other.version = image["version"][there]
            if isinstance(other, MessageRow | NoteRow) and "void" in image[side] and other.state in LEFT:
                # What left the desk can not be taken back, and must not vanish from it either.
                again = Delivery.SAID if other.via == Delivery.SAID else Delivery.HANDED_OVER
                other.state = Delivery.RETRACTED if undo else again
                self.retracted += undo
            elif isinstance(other, GuideSentRow) and self._left(other.message_id):
                pass  # it went with a reply that has left
            else:
                for name, value in image[side].items():
                    setattr(other, name, _typed(model, name, value))
            try:
                self._session.flush()  # in this order: of two clocks one stops before the other runs
            except IntegrityError as error:
                raise DeskmateError(
                    f"The clock runs for something else by now, so this can not be {word}.", "Stop it first."
                ) from error
            self._touch_row(other)
            number = self._worked_for(other)
            if number is not None and number not in restored:
                self._facts.append((number, self.at, word, None, None))
                restored.append(number)
        return restored

    def _left(self, message: int | None) -> bool:
        return message is not None and self._session.get_one(MessageRow, message).state in LEFT

    def hold_again(self, target: int) -> list[int]:
        """Hold again what was let go since command ``target``, if turning that shut the door; gives the requests."""
        found = hold.again(self.conn, target, self.clock) if self._door else []
        for number in found:
            self.fact(number, "held")
        return found

    def _check_version(self, what: str, found: int, wanted: int, *, undo: bool) -> None:
        if found != wanted:
            raise DeskmateError(
                f"{what} was changed since, so this can not be {'undone' if undo else 'redone'}.",
                "Nothing was changed. Undo the later change first.",
            )

    def finish(self, text: str, *, undoes: int | None = None, redoes: int | None = None) -> int:
        """Write everything and commit; returns the journal seq. ``text`` says in words what was done.

        ``undoes`` and ``redoes`` name the command that this one takes back or brings back.

        The ``with`` block raises Busy, Vanished or another DeskmateError when it could not be saved;
        then nothing was.
        """
        self._session.flush()
        payload: dict[str, Any] = {"label": text, "changes": self._images}
        rows = [*self._plain_rows, *(self._row_image(*image) for image in self._rows)]
        if rows:
            payload["rows"] = rows
        journal.append(self.conn, self._command, payload, actor=self._actor, at=self.clock, seq=self.seq)
        journal.add_events(self.conn, self.seq, self._facts)
        if undoes is not None:
            journal.set_undone(self.conn, undoes, self.seq)
        if redoes is not None:
            journal.set_undone(self.conn, redoes, None)
        people.refresh(self.conn, sorted(self._people))
        self._touched.update(people.requests_of(self.conn, sorted(self._people)))
        if self._office_time and self._moves is None:
            self.recount()
        due.refresh(self.conn, sorted(self._touched), self._calendar)
        if self._touched:
            quiet.refresh(self.conn, sorted(self._touched), self.calendar)
        search.refresh(self.conn, sorted(self._touched))
        self._refresh_agenda()
        guides.refresh(self.conn, sorted(self._guides))
        self._session.commit()
        return self.seq

    def _refresh_agenda(self) -> None:
        """Count anew where checklists stand; a pause of all of them is one of none in particular."""
        if self._office_time or None in self._checklists:
            agenda.refresh_all(self.conn, self._calendar, at=self.clock)
        elif self._checklists:
            agenda.refresh(self.conn, [each for each in self._checklists if each], self._calendar, at=self.clock)

    def _row(self, number: int) -> RequestRow:
        return self._session.get_one(RequestRow, number)

    def _row_image(
        self, row: SQLModel, before: dict[str, Any], after: dict[str, Any], version: int
    ) -> dict[str, Any]:
        self._touch_row(row)
        image = {"table": row.__tablename__, "id": row.id, "before": before, "after": after}  # type: ignore[attr-defined]
        return image | {"version": [version, self.seq]} if hasattr(row, "version") else image

    def _touch_row(self, row: SQLModel) -> None:
        """What else has to be made true again when this row changes: search rows, words for a person, due times."""
        if isinstance(row, PersonRow):
            self._people.add(row.id or 0)
        elif isinstance(row, MessageRow | NoteRow | PromiseRow | CheckBackRow):
            self._touched.add(row.request_id)
        elif isinstance(row, ResultRow):
            self._touched.update(filter(None, [self._worked_for(row)]))
        elif isinstance(row, ChecklistRow):
            self._checklists.add(row.id or 0)
        elif isinstance(row, ScheduleRow | PauseRow | RunRow):
            self._checklists.add(row.checklist_id)
            self._touched.update(filter(None, [self._worked_for(row)]))
        elif isinstance(row, GuideRow):
            self._guides.add(row.id or 0)
        elif isinstance(row, WalkRow):
            self._touched.update(filter(None, [row.request_id]))
        elif isinstance(row, _DOOR):
            drafts.forget_place(self.conn, door.PLACE)
            self._door = True
        if isinstance(row, _OFFICE_TIME) or (isinstance(row, SettingRow) and row.id == "zone"):
            self._office_time = True

    def _worked_for(self, row: SQLModel) -> int | None:
        """The request that a piece of work, a walk-through, a run or what came of one of its items is for."""
        if isinstance(row, ResultRow):
            row = self._session.get_one(RunRow, row.run_id)
        return row.request_id if isinstance(row, PieceRow | RunRow | WalkRow) else None

    def _stamp(self, row: RequestRow, version: int) -> None:
        row.version = version
        row.updated_at = self.at
        asleep = row.wake_at is not None and not row.woken
        row.shelf = shelf(row.status, void=bool(row.void), asleep=asleep, held=bool(row.held))
        row.rank = rank(row.priority)
        self._touched.add(row.id or 0)

    def _set_tags(self, number: int, names: Sequence[str], new: Collection[str] = ()) -> None:
        self.conn.execute("DELETE FROM request_tag WHERE request_id = ?", (number,))
        for name in names:
            put_tag(self.conn, number, name, known=name in new)

    def _set_links(self, number: int, others: Sequence[int]) -> None:
        self.conn.execute("DELETE FROM link WHERE low = ? OR high = ?", (number, number))
        self.conn.executemany(
            "INSERT INTO link VALUES (?, ?)", (sorted((number, other)) for other in others if other != number)
        )

    def _set_answers(self, number: int, pairs: Iterable[Sequence[str]]) -> None:
        self.conn.execute("DELETE FROM answer WHERE request_id = ?", (number,))
        self.conn.executemany("INSERT INTO answer VALUES (?, ?, ?)", ((number, *pair) for pair in pairs))

    def _to_domain(self, row: RequestRow, tags: Sequence[str]) -> Request:
        number = row.id or 0
        return Request(
            number=number,
            version=row.version,
            tags=tuple(tags),
            links=tuple(links(self.conn, number)),
            answers=tuple(answers(self.conn, number)),
            **{name: getattr(row, name) for name in _READ},
        )


def _images(before: Request, after: Request) -> tuple[dict[str, Any], dict[str, Any]]:
    names = [name for name in (*_COLUMNS, *_BESIDE) if getattr(before, name) != getattr(after, name)]
    names = [name for name in names if name != "unread"]
    if "wake_at" in names and "woken" not in names:
        names.append("woken")  # the clock may wake it in between, which is no command and has no image
    return (
        {name: _plain(getattr(before, name)) for name in names},
        {name: _plain(getattr(after, name)) for name in names},
    )


def _typed(model: type[SQLModel], name: str, value: Any) -> Any:
    """A value from an image as the row has it: an image holds enums as their values."""
    kind = model.__table__.columns[name].type  # type: ignore[attr-defined]
    return kind.kind(value) if value is not None and isinstance(kind, Value) else value


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
