"""Filling a desk with the sample day, through the same use cases as everything else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from deskmate.domain import calendar, capture, instant, local, when
from deskmate.domain.channel import Channel
from deskmate.domain.commands import (
    AddDevice,
    AddPerson,
    Attach,
    Delivered,
    Link,
    Merge,
    OnRequests,
    Park,
    Say,
    SendReply,
)
from deskmate.domain.guiding import PublishGuide, SaveGuide
from deskmate.domain.maintenance import TakeStarters
from deskmate.domain.reply import Report, Way
from deskmate.domain.timeline import Delivery
from deskmate.services import sample_guides
from deskmate.services.desk import Desk
from deskmate.services.sample_day import (
    CASES,
    DEVICES,
    DONE,
    PEOPLE,
    WITHOUT_MAIL,
    Came,
    Case,
    Draft,
    File,
    LinkedTo,
    MergedInto,
    Parked,
    Sent,
    judge,
    solved,
)
from deskmate.store import files

MAIL_AT = "example.org"
HAVE_IT = "Thank you, I have it and will get to it today."
BEFORE_ALL = timedelta(days=30)
JUDGED = {1: ("several", "stuck"), 2: ("one", "stuck"), 3: ("one", "slowed"), 4: ("one", "wait")}


def fill(folder: str, now: datetime | None = None) -> None:
    """Put the sample day, counted back from now (aware, local), into an empty folder."""
    day = _Day(folder, now or local.now())
    try:
        day.fill()
    finally:
        day.desk.close()


class _Day:
    """The desk, and a clock that goes from one thing that happened to the next."""

    def __init__(self, folder: str, now: datetime) -> None:
        self.now = now
        self.moment = now - BEFORE_ALL
        self.desk = Desk(folder, actor="technician", clock=lambda: instant.to_text(self.moment.astimezone(UTC)))
        self.numbers: dict[str, int] = {}
        self.people: dict[str, int] = {}

    def fill(self) -> None:
        self._cards()
        self._guides()
        cases = [*map(_case, DONE), *CASES]
        numbers: dict[int, int] = {}
        for moment, index, step in sorted(self._happened(cases), key=lambda each: each[:2]):
            self.moment = moment
            case = cases[index]
            if step is None:
                numbers[index] = self._capture(case)
                self.numbers[case.key] = numbers[index]
            else:
                self._do(numbers[index], step)
        self.moment = self.now
        self.desk.run(TakeStarters(sample_guides.CHECKLISTS))

    def _guides(self) -> None:
        for content in (*sample_guides.PUBLISHED, *sample_guides.DRAFTS):
            key = self.desk.run(SaveGuide(sample_guides.illustrated(self.desk.folder, content))).made
            if content in sample_guides.PUBLISHED:
                self.desk.run(PublishGuide(key))

    def _cards(self) -> None:
        for name, phone, room, department, kind, vip, experience, details in PEOPLE:
            address = "" if name in WITHOUT_MAIL else f"{name.lower().replace(' ', '.')}@{MAIL_AT}"
            said = {"name": name, "email": address, "phone": phone, "room": room, "department": department}
            more = {"kind": kind, "vip": "yes" if vip else "no", "experience": experience, "details": details}
            self.people[name] = self.desk.run(AddPerson(said | more)).made
        for name, kind, owner, room, notes in DEVICES:
            self.desk.run(AddDevice({"name": name, "kind": kind, "owner": owner, "room": room, "notes": notes}))

    def _happened(self, cases: list[Case]) -> Iterator[tuple[datetime, int, object]]:
        """Everything that happened, with its moment; a case's own beginning comes as None."""
        for index, case in enumerate(cases):
            begun = back(self.now, case.ago)
            yield begun, index, None
            if case.steps and case.who and not any(isinstance(step, Say | Sent) for _ago, step in case.steps):
                # Whoever judged it told the requester, too.
                first = max(back(self.now, case.steps[0][0]), begun + timedelta(seconds=1))
                at_once = case.via in (Channel.DOOR, Channel.PHONE)
                yield first - timedelta(milliseconds=500), index, Say(()) if at_once else Sent(HAVE_IT)
            for number, (ago, step) in enumerate(case.steps, 1):
                # Of one case nothing comes before what came first, whatever the times say.
                yield max(back(self.now, ago), begun + timedelta(seconds=number)), index, step

    def _capture(self, case: Case) -> int:
        found = capture.parse(case.title, capture.Names(), self.now)
        found.title, found.channel = case.title, case.via
        found.tags = found.new_tags = case.tags
        if case.who:
            found.person_id, found.requester, found.known = self.people[case.who], case.who, True
        if case.needed:
            ago = case.needed.removeprefix("-")
            typed = case.needed == ago
            found.needed_by = when.parse(ago, self.now, when.built_in) if typed else back(self.now, ago)
        return self.desk.capture(found, case.body)

    def _do(self, number: int, step: object) -> None:
        desk = self.desk
        match step:
            case Came(text=text, via=via, unread=unread):
                desk.receive(number, text, via=via, unread=unread)
            case Sent(text=text):
                for reply in desk.run(SendReply((number,), text, Way.COMMAND)).replies:
                    desk.run(Delivered(Report(reply, Delivery.SENT)))
            case MergedInto(key=key):
                desk.run(Merge((number,), self.numbers[key]))
            case LinkedTo(key=key):
                desk.run(Link((number,), self.numbers[key]))
            case File(name=name, text=text):
                desk.run(Attach((number,), (files.keep_text(desk.folder, name, text),)))
            case Parked(when=typed, reason=reason):
                until = when.parse(typed, self.now, when.built_in) or self.now
                desk.run(Park((number,), instant.to_text(until.astimezone(UTC)), reason))
            case Draft(text=text):
                desk.save_draft(f"note:{number}", text, len(text), number)
            case OnRequests():
                desk.run(replace(step, requests=(number,)))


def _case(done: tuple[str, str, str, str, str, int, Channel]) -> Case:
    """One of the requests that are told in few words."""
    ago, who, title, solution, category, priority, via = done
    impact, urgency = JUDGED[priority]
    minutes = _minutes(ago)
    steps = ((f"{minutes - 25}m", judge(impact, urgency, category)), (f"{minutes - 50}m", solved(solution)))
    return Case(ago, who, title, via=via, steps=steps)


def back(now: datetime, ago: str) -> datetime:
    """The moment so long before now: ``1d 2h 10m`` of office time, or ``~9h`` by the clock."""
    if ago.startswith("~"):
        return now - timedelta(minutes=_minutes(ago[1:]))
    left = timedelta(minutes=_minutes(ago))
    moment = now
    while True:
        opens = moment.replace(hour=calendar.OPENS.hour, minute=0, second=0, microsecond=0)
        closes = moment.replace(hour=calendar.CLOSES.hour, minute=0, second=0, microsecond=0)
        end = min(moment, closes)
        if moment.weekday() in calendar.WORKDAYS and end > opens:
            if end - opens >= left:
                return end - left
            left -= end - opens
        moment = datetime.combine(moment.date() - timedelta(days=1), time(23, 59), now.tzinfo)


def _minutes(text: str) -> int:
    """Minutes in ``1d 2h 10m``, the day at eight hours."""
    size = {"d": 8 * 60, "h": 60, "m": 1}
    return sum(int(part[:-1]) * size[part[-1]] for part in text.split())
