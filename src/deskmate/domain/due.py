"""What the last column of a list says: when a request is due, how long it has waited, or what woke it.

A due time is relative when near, absolute when far, and loud only when it is past.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from deskmate.domain import instant
from deskmate.domain import row as at
from deskmate.domain.row import Row
from deskmate.domain.status import CHASED_ENOUGH, ENDED, Status, WaitingOn
from deskmate.domain.text import fit, safe, width

SOON = timedelta(hours=1)


def due_text(due_at: str | None, kind: str | None, now: datetime, soon_at: str | None = None) -> tuple[str, str]:
    """The words for a due time and its state, one of ``""``, ``"soon"`` and ``"overdue"``.

    ``now`` is aware and local; the words are in its zone. ``kind`` is the letter that says what binds:
    ``n`` needed by, ``p`` promise, ``r`` response, nothing for resolve. From ``soon_at`` on it is soon, without
    one in its last hour.
    """
    if due_at is None:
        return "", ""
    due = instant.from_text(due_at).astimezone(now.tzinfo)
    left = instant.from_text(due_at) - now  # in UTC: two times of one zone would compare their clock faces
    letter = f" {kind}" if kind else ""
    if left < timedelta(0):
        return f"▲ {span(-left)}{letter}", "overdue"
    words = span(left) if left < SOON else moment_text(due, now)
    soon = left < SOON if soon_at is None else instant.to_text(now) >= soon_at
    return (f"▲ {words}{letter}", "soon") if soon else (f"{words}{letter}", "")


def column_text(row: Row, now: datetime, room: int) -> tuple[str, str]:
    """What the last column says of a request in ``room`` cells, and the state as for ``due_text``.

    What waits says for whom and how long already, what is parked when it wakes. What the clock has woken says what
    is to be done, unless it is due within the hour or overdue. What has ended says what is still promised.
    """
    if row[at.STATUS] == "void":
        return "", ""
    if row[at.STATUS] in ENDED:
        return _after_the_end(row, now)
    due, state = due_text(row[at.DUE_AT], row[at.DUE_KIND], now, row[at.SOON_AT])
    if row[at.WAKE_AT] is None or (state and row[at.WOKEN]):
        return due, state
    waits = row[at.STATUS] == Status.WAITING
    if row[at.WOKEN] and row[at.WAKE_AT] > instant.to_text(now):
        return due or "its list", ""  # not the date it waits for has come, but an item of its checklist
    if row[at.WOKEN]:
        return (chase_text(row[at.WAITING_ON], row[at.CHASES]) if waits else due or "woken"), ""
    if not waits:
        return moment_text(instant.from_text(row[at.WAKE_AT]).astimezone(now.tzinfo), now), ""
    age = span(max(now - instant.from_text(row[at.WAITING_SINCE]), timedelta(0)))
    return f"{_whose_turn(row, room - width(age) - 1)} {age}".lstrip(), ""


def _after_the_end(row: Row, now: datetime) -> tuple[str, str]:
    """What is left to do for what has ended: a promise, or to check back once its day has come."""
    if row[at.PROMISED_AT]:
        return due_text(row[at.PROMISED_AT], "p", now)
    if not row[at.CHECK_AT]:
        return "", ""
    check = instant.from_text(row[at.CHECK_AT]).astimezone(now.tzinfo)
    if check <= now:
        return "check back", "soon"
    return (f"check {check:%H:%M}", "") if check.date() == now.date() else ("", "")


def chase_text(on: str, chases: int) -> str:
    """What the date of a wait asks for: ``chase``, ``chase, 2nd``, and of a requester at last ``no answer?``."""
    if no_answer(on, chases):
        return "no answer?"
    return f"chase, {_NTH.get(chases, f'{chases + 1}th')}" if chases else "chase"


def no_answer(on: str | None, chases: int) -> bool:
    """Whether one who was asked so often may be taken not to answer any more."""
    return on == WaitingOn.REQUESTER and chases >= CHASED_ENOUGH


_NTH = {1: "2nd", 2: "3rd"}


def _whose_turn(row: Row, room: int) -> str:
    """Who it waits for in at most so many cells, as far as there is room; the glyph says the rest."""
    if row[at.WAITING_ON] == WaitingOn.SOMEONE:
        name = safe(row[at.WAITING_FOR] or "someone")
        return name if width(name) <= room else fit(name, room)
    names = ("their answer", "answer") if row[at.WAITING_ON] == WaitingOn.REQUESTER else ("vendor",)
    return next((name for name in names if len(name) <= room), "")


def span(length: timedelta) -> str:
    """A length of time in its largest unit: ``22 min``, ``3 h``, ``6 d``."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} d"


def moment_text(moment: datetime, now: datetime) -> str:
    """A moment as short as it can be without doubt: ``16:40``, ``Mon 10:15``, ``4 Dec``, ``4 Dec 2027``.

    Both are aware; ``moment`` is shown in its own zone.
    """
    days = (moment.date() - now.date()).days
    if days == 0:
        return f"{moment:%H:%M}"
    if -6 <= days <= 6:
        return f"{_DAYS[moment.weekday()]} {moment:%H:%M}"
    short = f"{moment.day} {_MONTHS[moment.month - 1]}"
    return short if moment.year == now.year else f"{short} {moment.year}"


def until_text(moment: datetime, now: datetime) -> str:
    """An end that was just said, with its day and time: ``tomorrow 14:00`` when today's 14:00 is past."""
    days = (moment.date() - now.date()).days
    if days == 1:
        return f"tomorrow {moment:%H:%M}"
    words = moment_text(moment, now)
    return words if -6 <= days <= 6 else f"{words} {moment:%H:%M}"


def happened_text(at: str, now: datetime) -> str:
    """When something happened, in the zone of ``now``. A time that has not come yet is flagged.

    A clock was ahead then or is behind now, and nobody can know which.
    """
    moment = instant.from_text(at)
    words = moment_text(moment.astimezone(now.tzinfo), now)
    return f"{words} (by a clock ahead of this one)" if moment - now > _AHEAD else words


_AHEAD = timedelta(seconds=90)

# Not strftime: its names follow the locale, and the screen's words do not.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
