"""When a checklist is due, and what became of each time: a pure function of its rules, its log and office hours.

An occurrence is known by its nominal time, on the wall and without a zone: the day a rule names, at the time of day
it names or at 00:00 where it names none. When it is due follows from that, as an instant: rolled off closed days,
at that time of day in the zone of the schedule, else at the opening of the day, else at 09:00.

Rules are expanded around the days that are asked for and nowhere else, so that it costs the same however long ago a
schedule began. An occurrence is open until the next one is due, of whatever schedule. One that is excused ends the
one before, too: who comes back from leave begins with what is due then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from deskmate.domain import schedule as rules
from deskmate.domain import zones
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import day_text
from deskmate.domain.schedule import CatchUp, Interval, Recurrence, Roll

KEPT_OPEN = timedelta(days=366)
"""How long one stays open where nothing is given up, and how far back what was missed is counted at least."""
_BACK = (16, 128, 400, 8192)
"""Days looked back, one after the other, until an occurrence is among them, and one that was done."""
_AHEAD = (16, 128, 1024, 8192)
"""Days looked ahead until one is among them that is wanted."""
_NOT_WANTED = 1024
"""Days after which one that is wanted is looked for no more where all are left out."""
_DAY = timedelta(days=1)
_AROUND = 3 * _DAY
"""Days that a moment may fall on somewhere in the world, with one to spare on either side."""


class Basis(StrEnum):
    """From where the next time is counted."""

    ANCHORED = "anchored"
    """From the calendar, whenever the last one was done."""
    AFTER = "after"
    """From the day on which it was last done."""


class Stage(StrEnum):
    """What an occurrence is at a moment."""

    UPCOMING = "upcoming"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    LATE = "late"
    """Done, but after the grace."""
    MISSED = "missed"
    SKIPPED = "skipped"
    EXCUSED = "excused"
    """In leave, in a pause, or on a closed day that is left out."""
    MERGED = "merged"
    """Done in the run of another on the same day."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rule and how it is kept. All times are on the wall in ``zone``, an empty one is that of the hours.

    ``rule`` is an RRULE from ``starts`` on, or for ``Basis.AFTER`` a span such as "2 months". It counts from
    ``since`` until ``ends``, which is open for the one that counts now.
    """

    id: int
    said: str
    basis: Basis
    rule: str
    starts: datetime
    since: datetime
    ends: datetime | None = None
    timed: bool = False
    zone: str = ""
    lead: timedelta = timedelta(0)
    grace: timedelta = timedelta(hours=8)
    roll: Roll = Roll.NONE
    catch_up: CatchUp = CatchUp.ONE


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which nothing is wanted; without ``last`` until it is taken up again."""

    first: date
    last: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """A run of an occurrence, or the word that it was skipped. ``at`` is when it was done, as an instant."""

    run: int
    nominal: datetime | None
    at: datetime | None
    """None while it is open."""
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All that decides when one checklist is due: its schedules in order, the last one counts now."""

    schedules: tuple[Schedule, ...]
    pauses: tuple[Pause, ...]
    log: tuple[Logged, ...]
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time a checklist is due. ``run`` is the key of its run, 0 where nothing was touched."""

    nominal: datetime
    begins: datetime
    due: datetime
    late: datetime
    stage: Stage
    run: int = 0
    schedule: int = 0
    into: datetime | None = None
    """For one that was merged, the nominal time of the run it is done in."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a checklist stands at a moment. ``open`` is in order; ``missed`` since it was last done."""

    open: tuple[Occurrence, ...]
    next: Occurrence | None
    missed: tuple[Occurrence, ...]
    stale_at: datetime | None
    """When another one comes due or closes the last, and this has to be counted again."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A time to come, as it is shown before a schedule is kept. ``clash`` says what moves it or leaves it out."""

    occurrence: Occurrence
    day: date
    clash: str = ""


_DONE = (Stage.DONE, Stage.LATE)
_OPEN = (Stage.DUE, Stage.OVERDUE)


def standing(plan: Plan, now: datetime) -> Standing:
    """Where a checklist stands at a moment.

    The log has to be whole from the last run that was done on; for a schedule that gives nothing up from a year back.
    """
    times = _Times(plan)
    today = now.astimezone(UTC).date()
    upcoming, following = times.ahead(today - _DAY, lambda each: each.due > now)
    reached: list[_Due] = []
    for back in _BACK:
        first = today - back * _DAY
        reached = [each for each in times.between(first, today + _AROUND) if each.due <= now]
        done = not times.keeps and any(times.done(each) for each in reached)
        if first <= times.since or (reached and (done or back * _DAY >= KEPT_OPEN)):
            break
    found = list(times.judged(reached, upcoming, now))
    last = max((index for index, (_due, each) in enumerate(found) if each.stage in _DONE), default=-1)
    still = [(due, each) for due, each in found if each.stage in _OPEN]
    changes = [upcoming.due] if upcoming else []
    changes += [turn for due, each in still for turn in times.turns(due)]
    return Standing(
        tuple(each for _due, each in still),
        None if following is None else times.occurrence(following, Stage.UPCOMING),
        tuple(each for _due, each in found[last + 1 :] if each.stage is Stage.MISSED),
        min((each for each in changes if each > now), default=None),
    )


def history(plan: Plan, start: date, end: date, now: datetime) -> tuple[Occurrence, ...]:
    """All that is due on days in ``[start, end)``, in order; what was merged comes before what it is in."""
    times = _Times(plan)
    after, _wanted = times.ahead(end)
    found: list[Occurrence] = []
    for due, occurrence in times.judged(times.between(start, end), after, now):
        found += (
            replace(occurrence, nominal=each, stage=Stage.MERGED, run=0, into=due.nominal) for each in due.with_
        )
        found.append(occurrence)
    return tuple(found)


def score(occurrences: Iterable[Occurrence]) -> float | None:
    """The share that was done as it should be, from 0 to 1. None where nothing counts, as all was excused."""
    stages = [each.stage for each in occurrences]
    return rules.compliance(*(stages.count(stage) for stage in (Stage.DONE, Stage.LATE, Stage.MISSED)))


def preview(
    schedule: Schedule,
    pauses: Sequence[Pause],
    calendar: Calendar,
    now: datetime,
    count: int = 6,
    past: Sequence[Logged] = (),
) -> tuple[Coming, ...]:
    """The next times of a schedule, with what each clashes with. After completion as if each was done on its day."""
    found: list[Coming] = []
    log = list(past)
    times = _Times(Plan((schedule,), tuple(pauses), tuple(log), calendar))
    first = max(now.astimezone(UTC).date() - _DAY, schedule.since.date())
    while len(found) < count:
        due, _wanted = times.ahead(first, lambda each: each.due > now)
        if due is None:
            break
        occurrence = times.occurrence(due, Stage.EXCUSED if due.excused else Stage.UPCOMING)
        found.append(Coming(occurrence, due.day, times.clash(due)))
        if schedule.basis is Basis.AFTER:
            log.append(Logged(0, due.nominal, due.due))
            times = _Times(Plan((schedule,), tuple(pauses), tuple(log), calendar))
        first = due.day + _DAY
    return tuple(found)


# --- within ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Due:
    """What is done on one day in one run: ``nominal`` names it, ``with_`` are the others that are merged into it."""

    nominal: datetime
    with_: tuple[datetime, ...]
    day: date
    due: datetime
    schedule: Schedule
    excused: bool = False


class _Times:
    """When a plan is due, expanded day by day as far as it is asked for."""

    def __init__(self, plan: Plan) -> None:
        self.calendar = plan.calendar
        self.schedules = plan.schedules
        self.pauses = plan.pauses
        self.log = {each.nominal: each for each in plan.log if each.nominal is not None}
        self.since = min((each.since.date() for each in plan.schedules), default=date.max)
        """Nothing was due before."""
        self.keeps = any(each.catch_up is CatchUp.ALL for each in plan.schedules)
        self._zones: dict[str, tzinfo] = {"": plan.calendar.zone}

    def zone(self, schedule: Schedule) -> tzinfo:
        """Where the times of a schedule are meant."""
        if schedule.zone not in self._zones:
            self._zones[schedule.zone] = zones.zone(schedule.zone)
        return self._zones[schedule.zone]

    def instant(self, schedule: Schedule, wall: datetime) -> datetime:
        """A time on the wall of a schedule, as an instant."""
        return zones.localised(wall, self.zone(schedule)).astimezone(UTC)

    def done(self, due: _Due) -> bool:
        """Whether somebody did it."""
        found = self.log.get(due.nominal)
        return found is not None and found.at is not None and not found.skipped

    # --- days ---

    def between(self, start: date, end: date) -> list[_Due]:
        """What is due on days in ``[start, end)``, in order."""
        found: list[_Due] = []
        named: set[datetime] = set()
        for schedule in self.schedules:
            if schedule.basis is Basis.AFTER:
                nominals = [each for each in self._after(schedule) if each not in named]
                found += (each for each in map(self._apart(schedule), nominals) if each and start <= each.day < end)
            else:
                nominals = [each for each in self._named(schedule, start, end) if each not in named]
                found += self._days(schedule, nominals, start, end)
            named.update(nominals)
        for nominal, logged in self.log.items():  # done early, and then another rule was said
            if logged.at is not None and nominal not in named and start <= nominal.date() < end and self.schedules:
                found.append(self._made((nominal,), nominal.date(), self._of(nominal)))
        return sorted(found, key=lambda each: (each.due, each.nominal))

    def ahead(self, start: date, when: Callable[[_Due], bool] = lambda _due: True) -> tuple[_Due | None, _Due | None]:
        """The first that is due from a day on, and the first that is also wanted and not done yet."""
        first: _Due | None = None
        endless = min((each.first for each in self.pauses if each.last is None), default=date.max)
        done = 0
        for days in _AHEAD:
            if first and done >= _NOT_WANTED:
                break
            for each in self.between(start + done * _DAY, start + days * _DAY):
                if not when(each):
                    continue
                first = first or each
                logged = self.log.get(each.nominal)
                if not each.excused and (logged is None or logged.at is None):
                    return first, each
                if each.day >= endless:
                    return first, None
            done = days
        return first, None

    def _named(self, schedule: Schedule, start: date, end: date) -> list[datetime]:
        """The nominal times of a rule that may come to a day in ``[start, end)``, whatever they are rolled over."""
        # What lies further off is on the other side of an open day.
        for _ in range(rules.ROLLED_DAYS if schedule.roll is Roll.NEXT else 0):
            if not self._closed(start - _DAY):
                break
            start -= _DAY
        for _ in range(rules.ROLLED_DAYS if schedule.roll is Roll.PREVIOUS else 0):
            if not self._closed(end):
                break
            end += _DAY
        low = max(_midnight(start), schedule.since)
        high = _midnight(end) if schedule.ends is None else min(_midnight(end), schedule.ends)
        return rules.between(Recurrence(schedule.starts, schedule.rule), low, high) if low < high else []

    def _days(self, schedule: Schedule, nominals: list[datetime], start: date, end: date) -> Iterator[_Due]:
        """Nominal times on their days, each day once; what was done by itself stays by itself."""
        together: dict[date, list[datetime]] = {}
        for nominal in nominals:
            day = rules.rolled(nominal.date(), schedule.roll, self._closed)
            if day is None:
                if start <= nominal.date() < end:
                    yield replace(self._made((nominal,), nominal.date(), schedule), excused=True)
            elif start <= day < end:
                together.setdefault(day, []).append(nominal)
        for day, meeting in together.items():
            apart = [each for each in meeting[:-1] if (logged := self.log.get(each)) and logged.at is not None]
            for nominal in apart:
                yield self._made((nominal,), day, schedule)
            yield self._made(tuple(each for each in meeting if each not in apart), day, schedule)

    def _after(self, schedule: Schedule) -> list[datetime]:
        """What was counted after completion while this schedule was in force, and what comes next."""
        interval, zone = interval_of(schedule.rule), self.zone(schedule)

        def counts(wall: datetime) -> bool:
            return schedule.ends is None or wall < schedule.ends

        past = [each for each in self.log if schedule.since <= each and counts(each)]
        closed = [logged.at.astimezone(zone) for logged in self.log.values() if logged.at is not None]
        days = [each.date() for each in closed if counts(each.replace(tzinfo=None))]
        day = schedule.starts.date()
        if days:
            day = max(day, rules.after_completion(max(days), interval))
        clock = schedule.starts.time() if schedule.timed else time()
        following = datetime.combine(day, clock)
        while (logged := self.log.get(following)) is not None and logged.at is not None:
            following = datetime.combine(rules.after_completion(following.date(), interval), clock)
        return (
            [*past, following]
            if following not in past and schedule.since <= following and counts(following)
            else past
        )

    def _apart(self, schedule: Schedule) -> Callable[[datetime], _Due | None]:
        """What is due after completion waits for the first day on which it is wanted."""

        def made(nominal: datetime) -> _Due | None:
            found = nominal.date()
            day = rules.rolled(found, schedule.roll, self._closed) or rules.rolled(found, Roll.NEXT, self._closed)
            for ahead in range(rules.ROLLED_DAYS):
                if not self._away((day or found) + ahead * _DAY):
                    return self._made((nominal,), (day or found) + ahead * _DAY, schedule)
            logged = self.log.get(nominal)
            return self._made((nominal,), day or found, schedule) if logged is not None else None

        return made

    def _made(self, nominals: tuple[datetime, ...], day: date, schedule: Schedule) -> _Due:
        nominal = nominals[-1]
        if schedule.timed:
            due = self.instant(schedule, datetime.combine(day, nominal.time()))
        else:
            due = self.calendar.morning(day, UTC)
        return _Due(nominal, nominals[:-1], day, due, schedule, self._away(day))

    def _of(self, nominal: datetime) -> Schedule:
        """The schedule that was in force at a nominal time."""
        return next((each for each in reversed(self.schedules) if each.since <= nominal), self.schedules[0])

    def _closed(self, day: date) -> bool:
        return not self.calendar.opens_on(day)

    def _away(self, day: date) -> bool:
        """Whether the whole of a day is leave or in a pause."""
        return self.calendar.on_leave(day) or any(
            each.first <= day and (each.last is None or day <= each.last) for each in self.pauses
        )

    # --- stages ---

    def judged(self, found: Sequence[_Due], after: _Due | None, now: datetime) -> Iterator[tuple[_Due, Occurrence]]:
        """Each with what it is at a moment; ``after`` is what follows the last one."""
        for each, following in zip(found, [*found, after][1:], strict=True):
            yield each, self.occurrence(each, self._stage(each, following.due if following else None, now))

    def occurrence(self, each: _Due, stage: Stage) -> Occurrence:
        """As others see it."""
        schedule, logged = each.schedule, self.log.get(each.nominal)
        begins, late = each.due - schedule.lead, each.due + schedule.grace
        run = logged.run if logged else 0
        return Occurrence(each.nominal, begins, each.due, late, stage, run, schedule.id)

    def _stage(self, each: _Due, closes: datetime | None, now: datetime) -> Stage:
        logged = self.log.get(each.nominal)
        late = each.due + each.schedule.grace
        if logged is not None and logged.at is not None:
            return Stage.SKIPPED if logged.skipped else Stage.DONE if logged.at <= late else Stage.LATE
        if each.excused:
            return Stage.EXCUSED
        if now < each.due:
            return Stage.UPCOMING
        given_up = self._given_up(each)
        if given_up is not None and given_up <= min(now, closes or now):
            return Stage.EXCUSED
        if each.schedule.catch_up is CatchUp.ALL:
            closes = each.due + KEPT_OPEN
        if (closes is not None and closes <= now) or not self._still(each, now):
            return Stage.MISSED
        return Stage.OVERDUE if now >= late else Stage.DUE

    def _given_up(self, each: _Due) -> datetime | None:
        """When its schedule ended without another that goes on from there."""
        ends = each.schedule.ends
        if ends is None:
            return None
        at = self.instant(each.schedule, ends)
        goes_on = any(self.instant(other, other.since) == at for other in self.schedules if other.since >= ends)
        return None if goes_on else at

    def _still(self, each: _Due, now: datetime) -> bool:
        """Whether it is still the day of what is only done on its day."""
        return each.schedule.catch_up is not CatchUp.SKIP or now < self._midnight_after(each)

    def _midnight_after(self, each: _Due) -> datetime:
        return self.instant(each.schedule, _midnight(each.day + _DAY))

    def turns(self, each: _Due) -> Iterator[datetime]:
        """When one that is open becomes something else by itself."""
        if each.schedule.catch_up is CatchUp.ALL:
            yield each.due + KEPT_OPEN
        elif each.schedule.catch_up is CatchUp.SKIP:
            yield self._midnight_after(each)

    # --- words ---

    def clash(self, each: _Due) -> str:
        """What is in the way of it, in words; empty when nothing is."""
        day = each.nominal.date()
        if any(pause.first <= each.day and (pause.last is None or each.day <= pause.last) for pause in self.pauses):
            return "in a pause: left out"
        if self.calendar.on_leave(each.day):
            return "leave: left out"
        if each.excused:
            return f"{self._why_closed(day)}: left out"
        found = []
        if each.day != day:
            found.append(f"{day_text(day)} {self._why_closed(day)}")
        elif self._closed(day):
            found.append(self._why_closed(day))
        if each.with_:
            found.append(f"with {' and '.join(day_text(other.date()) for other in each.with_)}")
        return "; ".join(found)

    def _why_closed(self, day: date) -> str:
        return "leave" if self.calendar.on_leave(day) else "closed"


def interval_of(rule: str) -> Interval:
    """The span of a schedule that is counted from when it was done, such as ``2 months``."""
    count, unit = rule.split()
    return Interval(**{unit if unit.endswith("s") else f"{unit}s": int(count)})


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
