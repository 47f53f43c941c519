"""How a due time is said: relative when near, absolute when far, and loud only when it is past."""

from __future__ import annotations

from datetime import datetime, timedelta

from deskmate.domain import instant

SOON = timedelta(hours=1)


def due_text(due_at: str | None, kind: str | None, now: datetime) -> tuple[str, str]:
    """The words for a due time and its state, one of ``""``, ``"soon"`` and ``"overdue"``.

    ``now`` is aware and local; the words are in its zone. ``kind`` is the letter that says what binds:
    ``n`` needed by, ``p`` promise, ``r`` response, nothing for resolve.
    """
    if due_at is None:
        return "", ""
    due = instant.from_text(due_at).astimezone(now.tzinfo)
    left = instant.from_text(due_at) - now  # in UTC: two times of one zone would compare their clock faces
    letter = f" {kind}" if kind else ""
    if left < timedelta(0):
        return f"▲ {span(-left)}{letter}", "overdue"
    if left < SOON:
        return f"▲ {span(left)}{letter}", "soon"
    return f"{moment_text(due, now)}{letter}", ""


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


# Not strftime: its names follow the locale, and the screen's words do not.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
