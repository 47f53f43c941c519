"""What is announced, and what waits: reminders, the state of the door, and a clock that moved.

Nothing here knows how often somebody looks. A reminder is a moment that has passed, named by a key that is taken down
when it is announced, so it comes once whatever the clock does. At the end of do-not-disturb, and when the door opens,
what may not have been said before is found again by the same question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from deskmate.domain import instant
from deskmate.domain.breakthrough import Arrival, Rule, may_notify
from deskmate.domain.due import span
from deskmate.domain.hours import State
from deskmate.domain.public import outward
from deskmate.domain.row import label
from deskmate.domain.text import safe

MOVED = timedelta(seconds=90)
"""A wall clock that goes apart from the steady one by more than this was moved, or the machine slept."""
TYPING = 5.0
"""Seconds after a key in which nothing is announced."""
ABSENCE = timedelta(days=2)
"""After so long without a look what was missed is said in one line."""
NAMED = 3
"""So many requests are named on the line about the clock."""


class Kind(StrEnum):
    """What a reminder is about, the most pressing first."""

    P1 = "p1"
    THROUGH = "through"
    OVERDUE = "due"
    SOON = "soon"
    HELD = "held"
    CHECK = "check"
    CHECKLIST = "checklist"
    WOKEN = "woken"


_SHUT = (State.DND, State.AWAY)
_COUNTED = {
    Kind.P1: ("P1", "P1"),
    Kind.THROUGH: ("let through", "let through"),
    Kind.OVERDUE: ("overdue", "overdue"),
    Kind.SOON: ("due soon", "due soon"),
    Kind.HELD: ("was held", "were held"),
    Kind.CHECK: ("check back due", "checks back due"),
    Kind.CHECKLIST: ("check due", "checks due"),
    Kind.WOKEN: ("back", "back"),
}


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that came in or a moment that has passed, of one request; or a checklist that is due.

    Of a checklist ``number`` is its key, ``title`` its name, and ``of`` the nominal time.
    ``of`` tells it from others of its kind: the stored instant it is about, or the seq of what broke through or let
    it go.
    ``letter`` says what is due, as in the lists; ``rule`` by what it broke through.
    """

    kind: Kind
    number: int
    title: str
    priority: int | None = None
    vip: bool = False
    channel: str | None = None
    of: str = ""
    letter: str = ""
    rule: str = ""

    @property
    def named(self) -> str:
        """What it is about, as short as can be."""
        return safe(self.title) if self.kind is Kind.CHECKLIST else label(self.number)

    @property
    def key(self) -> str:
        """Its name for ever. A P1 comes in once."""
        return _key(self.kind, self.number, "" if self.kind is Kind.P1 else self.of)

    @property
    def keys(self) -> tuple[str, ...]:
        """What is taken down with it.

        What is overdue is not going to be due soon, even if the clock is set back. A P1 that broke through is not
        said to have done so, too.
        """
        too = {Kind.OVERDUE: Kind.SOON, Kind.P1: Kind.THROUGH}.get(self.kind)
        return (self.key, _key(too, self.number, self.of)) if too and self.of else (self.key,)


def _key(kind: Kind, number: int, of: str) -> str:
    return f"{kind}:{number}:{of}" if of else f"{kind}:{number}"


def may_come(reminder: Reminder, state: State, rules: Iterable[Rule]) -> bool:
    """Whether it may be announced while the door says this.

    What came in while it was shut was judged by the rules when it came. The others are judged here.
    """
    if state in _SHUT and reminder.kind in (Kind.P1, Kind.THROUGH):
        return True
    if reminder.kind is Kind.CHECKLIST:  # it waits for nobody
        return state is State.OPEN
    known = Arrival(
        reminder.title, priority=reminder.priority, vip=reminder.vip, channel=reminder.channel, since=None
    )
    return may_notify(state, rules, known)


@dataclass(frozen=True, slots=True)
class Announcement:
    """One line for all that is to be said now.

    ``text`` is for the app's own screen. ``notification`` is for what others may see, a pop-up of the desktop: while
    the door is shut it only counts, and it is empty where there is nothing to say but that the clock moved.
    """

    text: str
    notification: str
    bell: bool
    missed: str = ""


def announcement(
    reminders: Sequence[Reminder],
    state: State,
    now: datetime,
    moved: timedelta = timedelta(0),
    passed: int = 0,
    *,
    flagged: bool = False,
    missed: str = "",
) -> Announcement:
    """What to say of these now, the most pressing first.

    A clock that ``moved`` is said in their place, with how many reminders ``passed`` meanwhile. ``flagged``: what was
    said about the door for later does not count yet. ``missed`` is what was missed of checklists in an absence.
    """
    text = spoken(reminders, now)
    outside = counted(reminders) if state in _SHUT else text
    if moved:
        text = _moved_text(moved, passed, [each.named for each in reminders], flagged=flagged)
    text += f", {missed}" if missed else ""
    return Announcement(text, outside, bell=any(each.priority == 1 for each in reminders), missed=missed)


@outward
def spoken(reminders: Sequence[Reminder], now: datetime) -> str:
    """One reminder in words, several counted; a single P1 is named all the same."""
    if len(reminders) == 1:
        return _one(reminders[0], now)
    urgent = [each for each in reminders if each.kind is Kind.P1]
    if len(urgent) != 1:
        return counted(reminders)
    return f"{_one(urgent[0], now)} · {counted([each for each in reminders if each is not urgent[0]])}"


@outward
def counted(reminders: Iterable[Reminder]) -> str:
    """How many there are of each kind, and nothing about any of them."""
    counts = Counter(each.kind for each in reminders)
    return " · ".join(f"{counts[kind]} {_COUNTED[kind][counts[kind] > 1]}" for kind in Kind if counts[kind])


def _one(reminder: Reminder, now: datetime) -> str:
    which, title = label(reminder.number), safe(reminder.title) or "(untitled)"
    if reminder.kind is Kind.CHECKLIST:
        return f"{title} is due"
    if reminder.kind is Kind.P1:
        return f"P1 {which} {title}"
    if reminder.kind is Kind.THROUGH:
        return f"{which} came through ({safe(reminder.rule)}): {title}"
    if reminder.kind is Kind.HELD:
        return f"{which} was held: {title}"
    if reminder.kind is Kind.WOKEN:
        return f"{which} is back: {title}"
    if reminder.kind is Kind.CHECK:
        return f"{which}, ask whether it works now: {title}"
    what = {"p": f"promise for {which}", "r": f"first answer to {which}"}.get(reminder.letter, which)
    needed = reminder.letter == "n"
    if reminder.kind is Kind.OVERDUE:
        return f"{what} {'was needed by now' if needed else 'is overdue'}: {title}"
    left = span(max(instant.from_text(reminder.of) - now, timedelta(0)))
    return f"{what} is {'needed' if needed else 'due'} in {left}: {title}"


def missed_text(count: int, away: timedelta) -> str:
    """What was missed of checklists while nobody looked: ``41 missed in 3 weeks``; nothing where that was short."""
    if not count or away < ABSENCE:
        return ""
    weeks = round(away / timedelta(weeks=1))
    return f"{count:,} missed in {f'{weeks} weeks' if weeks > 1 else length(away)}"


# --- a clock that moved ---------------------------------------------------------------------------------------


class Watch:
    """Compares the wall clock with a steady one.

    The steady clock may stand still while the machine sleeps, so sleep looks like a clock that was set forward, and
    is treated the same.
    """

    def __init__(self, wall: datetime, steady: float) -> None:
        """``wall`` is aware; ``steady`` are seconds that no one sets."""
        self._wall, self._steady = wall, steady

    def moved(self, wall: datetime, steady: float) -> timedelta:
        """How far the wall clock went apart since the last look; zero for what drift or a slow turn explains."""
        # In UTC: two times of one zone would compare their clock faces.
        apart = wall.astimezone(UTC) - self._wall.astimezone(UTC) - timedelta(seconds=steady - self._steady)
        self._wall, self._steady = wall, steady
        return apart if abs(apart) > MOVED else timedelta(0)


def _moved_text(moved: timedelta, passed: int, named: Sequence[str], *, flagged: bool) -> str:
    text = f"the clock moved {length(abs(moved))} {'forward' if moved > timedelta(0) else 'back'}"
    if passed:
        which = ", ".join(dict.fromkeys(named[:NAMED]))
        more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
        text += f"; {passed} {'reminder' if passed == 1 else 'reminders'} passed meanwhile"
        text += f": {which}{more}" if which else ""
    if flagged:
        text += "; the door ignores what was said later"
    return text


_UNITS = (("year", 365 * 86_400), ("day", 86_400), ("hour", 3_600), ("minute", 60))


def length(of: timedelta) -> str:
    """A length of time in words, in the largest unit there is two of: ``3 days``, ``26 hours``, ``1 minute``."""
    seconds = round(of.total_seconds())
    unit, size = next(((unit, size) for unit, size in _UNITS if seconds >= 2 * size), _UNITS[-1])
    count = round(seconds / size)
    return f"{count} {unit}{'' if count == 1 else 's'}"
