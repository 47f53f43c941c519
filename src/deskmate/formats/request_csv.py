"""Requests out of a table: which column holds what, and what other systems' words mean here.

One row is one request or one Failure with the reason; nothing is guessed. The row as it came stays with
the request in ``raw``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, tzinfo
from hashlib import sha256
from typing import TypeVar

from deskmate.domain import instant
from deskmate.domain.channel import Channel
from deskmate.domain.imported import Failure, ImportRow
from deskmate.domain.priority import Impact, Urgency
from deskmate.domain.status import Status
from deskmate.domain.text import TITLE_LIMIT, clean, excerpt
from deskmate.errors import UsageError
from deskmate.formats.csv_table import Table
from deskmate.formats.html import looks_like_html, to_text

_Value = TypeVar("_Value")

FIELDS = (
    "id", "title", "body", "created_at", "updated_at", "resolved_at", "status", "priority", "impact",
    "urgency", "requester", "email", "channel", "category", "device", "tags",
)  # fmt: skip
"""What a column can be mapped to."""

_NULL = ("", "?")


def _table(words: Mapping[_Value, str]) -> dict[str, _Value]:
    return {word: value for value, line in words.items() for word in line.split(", ")}


_STATUS = _table(
    {
        Status.NEW: "new, created, submitted, logged, unassigned, to do, todo, backlog",
        Status.OPEN: "open, opened, active, in progress, work in progress, assigned, started, reopened",
        Status.WAITING: "waiting, pending, on hold, hold, stalled, blocked",
        Status.RESOLVED: "resolved, solved, fixed, done, complete, completed",
        Status.CLOSED: "closed, closed complete, archived",
        Status.DROPPED: "dropped, spam, duplicate, cancelled, canceled, rejected, withdrawn, invalid, "
        "won't fix, wont fix, merged, deleted, closed incomplete, closed skipped",
    }
)
_WAITING = ("awaiting ", "waiting ", "pending ", "on hold ")
_PRIORITY = _table(
    {1: "p1, 1, critical, urgent, highest", 2: "p2, 2, high", 3: "p3, 3, moderate, medium, normal",
     4: "p4, 4, low, lowest, planning"}
)  # fmt: skip
_IMPACT = _table(
    {Impact.EVERYONE: "everyone, 1, high", Impact.SEVERAL: "several, 2, medium", Impact.ONE: "one, 3, low"}
)
_URGENCY = _table(
    {Urgency.STUCK: "stuck, 1, high", Urgency.SLOWED: "slowed, 2, medium", Urgency.WAIT: "can wait, 3, low"}
)
_CHANNEL = _table(
    {
        Channel.DOOR: "door, walk in, in person, onsite, on site, visit",
        Channel.PHONE: "phone, telephone, call, voice, voicemail",
        Channel.MAIL: "mail, email, e mail",
        Channel.CHAT: "chat, instant message, teams, slack",
        Channel.FORM: "form, web, web form, portal, self service, website",
        Channel.MONITORING: "monitoring, alert, event, event management",
        Channel.SELF: "self",
    }
)
_RANK = re.compile(r"^[1-9] ?- ?(?=\w)")
_TAG_ENDS = re.compile(r"[,;]")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d.*)?|\d{8}(?:T\d\d.*)?", re.ASCII)
_GAP_BEFORE_OFFSET = re.compile(r" (?=[+-]\d\d:?\d\d$)", re.ASCII)
_DAY_FIRST = re.compile(r"(\d\d?)-(\d\d?)-(\d{4})(?:[T ](\d\d?):(\d\d)(?::(\d\d))?)?", re.ASCII)


class _Unclear(ValueError):
    """A cell says something that has no meaning here."""


def check_mapping(mapping: Mapping[str, str], columns: Iterable[str]) -> None:
    """Raise UsageError for a field there is not, a column the file has not, or neither title nor body."""
    columns = tuple(columns)
    for field, column in mapping.items():
        if field not in FIELDS:
            raise UsageError(f"There is no field {field!r} to map to.", _nearest(field, FIELDS))
        if column not in columns:
            raise UsageError(f"The file has no column {column!r}.", _nearest(column, columns))
    if "title" not in mapping and "body" not in mapping:
        hint = f"Name the column with --map title=…: {', '.join(columns)}"
        raise UsageError("Nothing says which column holds the title or the text.", hint)


def guess_mapping(columns: Iterable[str]) -> dict[str, str]:
    """Columns that are called like a field, whatever their case; of two the first."""
    found: dict[str, str] = {}
    for column in columns:
        if (field := column.casefold()) in FIELDS:
            found.setdefault(field, column)
    return found


def requests(table: Table, mapping: Mapping[str, str], zone: tzinfo) -> tuple[list[ImportRow], list[Failure]]:
    """Every record as a request or as a failure, each in the order of the file.

    ``mapping`` leads from fields to columns; without one, columns called like a field are taken. ``zone``
    is where times without one were written. Origin, created_at and updated_at are empty where the record
    does not tell them. Raises UsageError like ``check_mapping``.
    """
    mapping = mapping or guess_mapping(table.columns)
    check_mapping(mapping, table.columns)
    reader = _Reader(table.columns, mapping, zone)
    found: list[ImportRow] = []
    failures: list[Failure] = []
    for line, cells in table.rows:
        try:
            found.append(reader.row(line, cells))
        except _Unclear as unclear:
            failures.append(Failure(line, str(unclear)))
    return found, failures


class _Reader:
    """Reads records of one table. Short cells repeat from row to row, so each is understood once."""

    def __init__(self, columns: tuple[str, ...], mapping: Mapping[str, str], zone: tzinfo) -> None:
        self.columns = columns
        # No column is -1, and reads as an empty cell.
        self.places = [columns.index(mapping[field]) if field in mapping else -1 for field in FIELDS]
        self.encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        self.time = _Known(lambda cell: _instant(cell, zone))
        self.status = _Known(_status)
        self.priority = _Known(lambda cell: _word(_PRIORITY, "priority", cell))
        self.impact = _Known(lambda cell: _word(_IMPACT, "impact", cell))
        self.urgency = _Known(lambda cell: _word(_URGENCY, "urgency", cell))
        self.channel = _Known(lambda cell: _word(_CHANNEL, "channel", cell))
        self.name, self.tags = _Known(_name), _Known(_tags)

    def row(self, line: int, cells: list[str]) -> ImportRow:
        """One record. Raises _Unclear."""
        raw = self.encode(dict(zip(self.columns, cells, strict=True)))
        (id_, title, body, created, updated, resolved, status, priority, impact, urgency, requester, email,
         channel, category, device, tags) = [cells[at] if at >= 0 else "" for at in self.places]  # fmt: skip
        title, body = _words(title, body)
        resolved_at = self.time[resolved]
        values = (
            _name(id_) or "", title, body, self.time[created] or "", self.time[updated] or "", resolved_at,
            self.status[status] or (Status.RESOLVED if resolved_at else Status.NEW),
            self.priority[priority], self.impact[impact], self.urgency[urgency],
            self.name[requester], self.name[email], self.channel[channel],
            self.name[category], self.name[device], self.tags[tags],
        )  # fmt: skip
        # Fields without a value are left out, so that a field added later changes no digest.
        said = {field: value for field, value in zip(FIELDS, values, strict=True) if value}
        digest = sha256(self.encode(said).encode()).hexdigest()
        return ImportRow(line, *values, raw, digest)


class _Known(dict[str, _Value]):
    """Answers by cell, each found once; emptied before it grows beyond all bounds."""

    def __init__(self, find: Callable[[str], _Value]) -> None:
        self.find = find

    def __missing__(self, cell: str) -> _Value:
        value = self.find(cell)
        if len(self) >= 20_000:
            self.clear()
        if len(cell) < 200:
            self[cell] = value
        return value


def _words(title: str, body: str) -> tuple[str, str]:
    """Title and body, cleaned; the one made from the other where it lacks or is too long."""
    if looks_like_html(body):
        body = to_text(body)
    body = clean(body, multiline=True)[0].strip()
    title = clean(title)[0]
    if not title:
        if not body:
            raise _Unclear("no title and no text")
        title = excerpt(body, TITLE_LIMIT)
    elif len(title) > TITLE_LIMIT:
        body = f"{title}\n\n{body}".rstrip()
        title = excerpt(title, TITLE_LIMIT)
    return title, body


def _name(cell: str) -> str | None:
    """A name in one line, or None."""
    name = clean(cell)[0]
    return None if name in _NULL else name


def _tags(cell: str) -> tuple[str, ...]:
    """The tags in a cell, in order, each once whatever its case."""
    found: dict[str, str] = {}
    for part in _TAG_ENDS.split(clean(cell)[0]):
        if (tag := part.strip().removeprefix("#")) not in _NULL:
            found.setdefault(tag.casefold(), tag)
    return tuple(found.values())


def _word(table: Mapping[str, _Value], what: str, cell: str) -> _Value | None:
    """What a cell means; None for an empty one. Of ``3 - Low`` the word counts: scales differ in length."""
    word = " ".join(cell.casefold().split())
    if word in (*_NULL, "-", "–", "none"):
        return None
    word = " ".join(_RANK.sub("", word).replace("_", " ").replace("-", " ").split())
    value = table.get(word)
    if value is None:
        raise _Unclear(f"{what} {_shown(cell)} is not known")
    return value


def _status(cell: str) -> Status | None:
    """What a cell says about the status; ``awaiting`` anything is waiting."""
    if " ".join(cell.casefold().split()).startswith(_WAITING):
        return Status.WAITING
    return _word(_STATUS, "status", cell)


def _instant(cell: str, zone: tzinfo) -> str | None:
    """The instant a cell names, in the stored form; a time without a zone is one of ``zone``.

    ISO 8601, with a blank before the offset too, and ``dd-mm-yyyy hh:mm``; a date alone begins with it.
    Forms in which day and month can be mistaken for each other are not read.
    """
    text = cell.strip()
    if text in _NULL:
        return None
    if text.endswith(" UTC"):
        text = f"{text[:-4]}Z"
    text = _GAP_BEFORE_OFFSET.sub("", text)
    try:
        if _ISO.fullmatch(text):
            moment = datetime.fromisoformat(text)
        elif day_first := _DAY_FIRST.fullmatch(text):
            day, month, year, hour, minute, second = (int(part or 0) for part in day_first.groups())
            moment = datetime(year, month, day, hour, minute, second, tzinfo=zone)
        else:
            raise ValueError
        return instant.to_text(moment if moment.tzinfo else moment.replace(tzinfo=zone))
    except (ValueError, OverflowError):
        raise _Unclear(f"time {_shown(cell)} is not one of 2025-02-28 16:00 or 28-02-2025 16:00") from None


def _shown(cell: str) -> str:
    """A foreign word as part of a reason."""
    return f'"{excerpt(clean(cell)[0], 40)}"'


def _nearest(word: str, known: tuple[str, ...]) -> str:
    """A hint: what comes nearest to ``word``, and all there is."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    return (f"Did you mean {near[0]}? " if near else "") + f"There are: {', '.join(known)}"
