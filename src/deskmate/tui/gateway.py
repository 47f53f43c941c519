"""The two doors between the screen and the store: ``read`` and ``run``.

Reads that paint happen on the screen's own thread, because a worker would cost two frames; they are
stopped after four milliseconds, and what takes longer goes to a worker. Everything that writes goes
to the writer thread, in the order of the keys, and answers when it is on disk.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from contextvars import Context, copy_context
from dataclasses import dataclass
from datetime import UTC
from functools import cached_property, partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from deskmate.config import Config
from deskmate.domain import door, instant, local, when
from deskmate.domain.availability import outlook
from deskmate.domain.due import SOON
from deskmate.domain.views import COUNTED, OwnView, View
from deskmate.errors import DeskmateError
from deskmate.services.desk import Desk
from deskmate.store import drafts, files, hold, wake
from deskmate.store.connection import open_reader
from deskmate.store.read import (
    categories,
    changes,
    find,
    hours,
    letters,
    others,
    people,
    problems,
    queue,
    recent,
    theirs,
    views,
)
from deskmate.store.read.budget import Connection, Interrupted, P, Reading, T, interrupt, interruptible, within
from deskmate.store.read.context import context
from deskmate.store.read.detail import detail, restricted
from deskmate.store.read.focus import DEEPEST, focus, passed, stack
from deskmate.store.read.names import StoredNames
from deskmate.tui import early

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from deskmate.domain.availability import Availability
    from deskmate.domain.breakthrough import Rule
    from deskmate.domain.calendar import Calendar
    from deskmate.domain.canned import Canned
    from deskmate.domain.capture import Capture
    from deskmate.domain.category import Category
    from deskmate.domain.commands import Command, Outcome
    from deskmate.domain.context import Context as Surroundings
    from deskmate.domain.device import Device
    from deskmate.domain.files import Kept
    from deskmate.domain.focus import Focus, Frame
    from deskmate.domain.news import News
    from deskmate.domain.office import Office
    from deskmate.domain.person import Person
    from deskmate.domain.public import Letterhead
    from deskmate.domain.query import Query
    from deskmate.domain.reply import Parcel, Report
    from deskmate.domain.row import Row
    from deskmate.domain.timeline import Detail, Other
    from deskmate.tui.pictures import Pictures

READ_ONLY = "This window is read only."
"""Why nothing can be changed beside another window."""
BUDGET = 0.004
"""Seconds a read may take on the screen's thread."""
LAST_REPLIES = 3.0
"""Seconds that leaving waits for replies on their way; a report that comes later is lost, and looked up by hand."""
DEFAULTS = Config()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of something that was written: a value, or why it was not."""

    value: Any = None
    error: DeskmateError | None = None


Then = Callable[[Answer], None]
Told = Callable[["Report", Answer], None]
"""What became of a reply, and what came of taking that down."""


class Gateway:
    """Everything the screens may ask of the data folder. Create it on the screen's thread."""

    def __init__(self, folder: str, *, read_only: bool = False) -> None:
        """Raises NotOurs or FileNotFoundError when the folder's database can not be read."""
        self.folder = folder
        self.config = DEFAULTS
        """The settings; the app says which."""
        self.read_only = read_only
        self.unsaved: dict[str, str] = {}
        self._on_its_way: dict[str, tuple[str, int]] = {}
        self._conn = open_reader(folder)
        self.names = StoredNames(self._conn)
        self._version = changes.data_version(self._conn)
        self._seq = changes.last_seq(self._conn)
        self._calendar: Calendar | None = None
        self._jobs: SimpleQueue[tuple[Callable[[Desk], Any], Then | None, Context] | None] = SimpleQueue()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._writer: threading.Thread | None = None
        self._lanes: dict[str, Connection] = {}
        self._leaving: list[threading.Thread] = []

    def start(self) -> None:
        """Start the writer thread. Needs a running event loop, to which answers come."""
        self._loop = asyncio.get_running_loop()
        self._writer = threading.Thread(target=self._write, name="deskmate-writer", daemon=True)
        self._writer.start()

    def read(self, reading: Reading[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function of ``store.read`` within the budget. Raises Interrupted."""
        return within(BUDGET, self._conn, reading, *args, **kwargs)

    def read_whole(self, reading: Reading[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same without a budget, for the few reads that nothing can be shown without."""
        return reading(self._conn, *args, **kwargs)

    async def read_later(self, lane: str, reading: Reading[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Call it on a worker thread. A newer call in the same lane interrupts it, and it gives None."""
        running = self._lanes.pop(lane, None)
        if running is not None:
            interrupt(running)
        try:
            conn = open_reader(self.folder)
        except (FileNotFoundError, DeskmateError):  # deleted while open: what is open can still be read
            return reading(self._conn, *args, **kwargs)
        self._lanes[lane] = conn

        def job() -> T:
            # Closed where it is used: a cancelled wait does not stop the thread.
            try:
                return interruptible(conn, reading, *args, **kwargs)
            finally:
                conn.close()

        try:
            return await asyncio.to_thread(job)
        except Interrupted:
            return None
        except asyncio.CancelledError:
            interrupt(conn)
            raise
        finally:
            if self._lanes.get(lane) is conn:
                del self._lanes[lane]

    def detail(self, number: int, text_limit: int, entry_limit: int, now: datetime | None = None) -> Detail | None:
        """One request with its newest entries, texts cut at ``text_limit`` characters; its clocks with ``now``."""
        return detail(self._conn, number, text_limit=text_limit, entry_limit=entry_limit, now=now)

    def context(self, number: int) -> Surroundings | None:
        """What stands around a request; None when that takes long, or when there is no such request."""
        try:
            return self.read(context, number)
        except Interrupted:
            return None

    async def context_later(self, number: int) -> Surroundings | None:
        """The same from a worker; None when a newer one was asked for meanwhile."""
        return await self.read_later("context", context, number)

    def counts(self, most: int) -> dict[View | OwnView, int]:
        """How many requests the counted views show, up to ``most``."""
        return {view: queue.count(self._conn, view, most) for view in COUNTED}

    async def own_counts(self, views: Sequence[OwnView], now: datetime, most: int) -> list[int] | None:
        """How many requests each of these views shows, up to ``most``, from a worker: a query may take its time.

        None when a newer one was asked for meanwhile.
        """
        from deskmate.domain.query import parse

        queries = [parse(view.query, now) for view in views]
        return await self.read_later("views", find.counts, queries, most)

    def own_views(self) -> list[OwnView]:
        """The views of the technician's own, in the order of their tabs."""
        return views.own(self._conn)

    def rows(self, numbers: Sequence[int]) -> dict[int, Row]:
        """The rows of these few requests, by number; those that do not exist are left out."""
        return queue.rows(self._conn, numbers)

    def recently_changed(self) -> dict[int, str]:
        """The requests that the last commands touched, and when."""
        return recent.changed(self._conn)

    def found_now(self, query: Query, most: int) -> list[Row] | None:
        """The first that a query finds anywhere; None when that takes too long at once."""
        try:
            return self.read(find.rows, View.ALL, query, most)
        except Interrupted:
            return None

    async def found_later(self, query: Query, most: int) -> list[Row]:
        """The same from a worker; nothing when something newer was asked meanwhile."""
        return await self.read_later("anywhere", find.rows, View.ALL, query, most) or []

    def attention(self, now: datetime, most: int) -> News:
        """What calls for attention, each counted up to ``most``."""
        at, soon = (instant.to_text(moment) for moment in (now, now.astimezone(UTC) + SOON))
        closes = self.calendar.closes_today(now)
        return queue.news(self._conn, at, soon, instant.to_text(closes) if closes else "", most)

    def missing_zone(self) -> str:
        """The zone of the hours when this machine does not know it."""
        return hours.missing_zone(self._conn)

    @property
    def calendar(self) -> Calendar:
        """Office time as it is said now."""
        if self._calendar is None:
            self._calendar = hours.calendar(self._conn)
        return self._calendar

    def moment(self, typed: str, now: datetime) -> datetime | None:
        """What a typed date means, by the hours that are said; None when it is not understood."""
        return when.parse(typed, now, lambda: self.calendar)

    def availability(self, now: datetime) -> Availability:
        """What the door says at this moment."""
        return hours.availability(self._conn, now, self.calendar)

    def keep_door(self, now: datetime) -> None:
        """Keep what the door says next for the first frame of the next start, unless that is kept."""
        if self.read_only:
            return
        kept = door.kept(outlook(now, self.calendar, hours.overrides(self._conn)), now)
        before = self.place(door.PLACE)
        if before is None or before[0] != kept:
            self.save_place(door.PLACE, kept)

    def office(self, now: datetime) -> Office:
        """All that the panel of office time shows beside the week."""
        from deskmate.store.read.office import office  # only its panel needs it

        return office(self._conn, now, self.calendar)

    def setting(self, key: str) -> str:
        """One value the technician may say; empty when nothing was."""
        return hours.setting(self._conn, key)

    def notice(self, at: str) -> tuple[str, str | None]:
        """The notice that is up at a stored instant, empty when there is none, and when it ends."""
        return hours.notice(self._conn, at)

    def rules(self) -> list[Rule]:
        """What breaks through do-not-disturb, in order."""
        return hold.rules(self._conn)

    def focus(self) -> Focus | None:
        """What the clock runs for."""
        return focus(self._conn)

    def stack(self, most: int = DEEPEST) -> list[Frame]:
        """What was left for something else, the last one first."""
        return stack(self._conn, most)

    def passed(self, after: int | None = None) -> list[Frame]:
        """What was left after that frame, or after all that can be gone back to, and has ended meanwhile."""
        return passed(self._conn, after)

    def tell_hooks(self) -> None:
        """Tell the technician's programs what the door says, unless that is what they were told last."""
        from deskmate.services import hooks  # programs, and all that a sign is made of

        def claimed(answer: Answer) -> None:
            if answer.value is not None:
                self.aside(partial(hooks.tell, self.config.hooks.availability, answer.value, self.folder))

        self._put(hooks.claim, claimed)

    def highest(self) -> int:
        """The highest number given so far."""
        return queue.highest(self._conn)

    def person(self, key: int) -> Person | None:
        """A person; None when dropped."""
        return people.person(self._conn, key)

    def people_named(self, word: str) -> list[Person]:
        """Those who go by exactly this name, part of a name or address, a few."""
        return people.named(self._conn, word)

    def people_like(self, typed: str) -> list[str]:
        """Names of people who go by a word that begins so, a few."""
        return people.names(self._conn, typed)

    def network(self) -> list[Person]:
        """Those one can turn to."""
        return people.network(self._conn)

    def restricted(self, key: int) -> str:
        """The words of one note for the supervisor."""
        return restricted(self._conn, key)

    def device(self, key: int) -> Device | None:
        """A device; None when dropped."""
        return people.device(self._conn, key)

    def devices_named(self, name: str) -> list[Device]:
        """The devices that are called exactly this, a few."""
        return people.devices_named(self._conn, name)

    def devices_like(self, typed: str) -> list[str]:
        """Names of devices that begin so, a few."""
        return people.device_names(self._conn, typed)

    def causes(self, category: str | None) -> list[str]:
        """What has been the cause lately, first in this category; nothing when looking takes too long."""
        with suppress(Interrupted):
            return self.read(problems.recent_causes, category)
        return []

    def with_cause(self, cause: str) -> list[int]:
        """The requests of this cause that go on; nothing when looking takes too long."""
        with suppress(Interrupted):
            return self.read(problems.with_cause, cause, going_on=True)
        return []

    def suggested(self, number: int, typed: str, now: datetime, *, going_on: bool) -> list[Other]:
        """The requests that may be meant beside this one; nothing when looking takes too long."""
        with suppress(Interrupted):
            return self.read(others.suggested, number, typed, now, going_on=going_on)
        return []

    def others(self, numbers: Iterable[int]) -> list[Other]:
        """These requests as others name them."""
        return others.others(self._conn, numbers)

    def categories(self) -> list[Category]:
        """The kinds of trouble, in the technician's order."""
        return categories.categories(self._conn)

    def category(self, name: str | None) -> Category | None:
        """The one of this name; None for one nobody knows."""
        return categories.category(self._conn, name)

    def letterheads(self, numbers: Sequence[int]) -> tuple[Letterhead, ...]:
        """Whom replies to these requests go to, and what about."""
        found = (letters.letterhead(self._conn, number) for number in numbers)
        return tuple(head for head in found if head is not None)

    def last_reply(self, number: int) -> str:
        """The words of the newest reply that went out and was written down; empty when none was."""
        return letters.last_reply(self._conn, number)

    def canned(self) -> list[Canned]:
        """The texts to answer with."""
        return letters.canned(self._conn)

    def parcels(self, outcome: Outcome) -> list[Parcel]:
        """What a command has stored to leave now. Raises Refused for what has nobody to go to any more."""
        return [*letters.parcels(self._conn, outcome.replies), *letters.handovers(self._conn, outcome.handovers)]

    def to_undo(self) -> tuple[int, str, str, list[int]] | None:
        """What undo would take back: its seq, when, in words, and which requests."""
        return changes.to_undo(self._conn)

    def draft(self, key: str) -> tuple[str, int]:
        """Text waiting under ``key`` and the cursor in it; empty when there is none.

        What is on its way to the disk waits already: the next key may come before it is there.
        """
        found = self._on_its_way.get(key) or drafts.load(self._conn, key)
        return found if found and found[0] else ("", -1)

    def place(self, key: str) -> tuple[dict[str, Any], str] | None:
        """Where a screen was, and when."""
        return drafts.load_place(self._conn, key)

    async def settled(self) -> None:
        """Wait until everything asked so far is written and seen here."""
        if self._writer is None or self.read_only:
            return
        arrived = asyncio.Event()
        self._put(lambda desk: None, lambda answer: arrived.set())
        await arrived.wait()

    def news(self) -> tuple[bool, list[int] | None]:
        """Whether anything was written since the last look, and which requests; None when too many."""
        version = changes.data_version(self._conn)
        if version == self._version:
            return False, []
        self._version = version
        self._calendar = None
        before, self._seq = self._seq, changes.last_seq(self._conn)
        return True, changes.since(self._conn, before)

    def run(self, command: Command, then: Callable[[Command, Answer], None], *, draft: str = "") -> None:
        """Carry out a command on the writer thread; ``then`` gets the Outcome on the screen's thread.

        ``draft`` is where its text was kept while it was typed.
        """
        self._put(lambda desk: desk.run(command, draft=draft), lambda answer: then(command, answer))

    def preview(self, command: Command, then: Then) -> None:
        """What a command about office time would come to; ``then`` gets the Preview. Nothing is written."""
        self._put(lambda desk: desk.preview(command), then)

    def deliver(self, parcels: Sequence[Parcel], then: Told) -> None:
        """Let stored replies leave, one after the other on a thread of its own; ``then`` hears of each."""
        context = copy_context()

        def job() -> None:
            # Programs, files and mail: nothing of it is needed to start.
            from deskmate.domain.reply import Report
            from deskmate.domain.timeline import Delivery
            from deskmate.services import delivery

            for parcel in parcels:
                try:
                    report = delivery.deliver(parcel, self.config.reply, self.folder, local.now())
                except Exception as error:  # noqa: BLE001 - the reply must be accounted for, and the fault be seen
                    why = f"{type(error).__name__}; deskmate.log says more"
                    report = Report(parcel.id, Delivery.NOT_SENT, why, parcel.handover)
                    early.log_crash(self.folder, error)
                self._jobs.put((partial(_reported, report), partial(then, report), context))

        self._leaving = [thread for thread in self._leaving if thread.is_alive()]
        self._leaving.append(threading.Thread(target=job, name="deskmate-delivery", daemon=True))
        self._leaving[-1].start()

    def report(self, report: Report, then: Told) -> None:
        """Take down what became of a reply that left by the screen itself."""
        self._put(partial(_reported, report), partial(then, report))

    def capture(self, capture: Capture, body: str, draft: str, then: Then) -> None:
        """Store a new request; ``draft`` is where its text was kept, ``then`` gets its number."""
        self._put(lambda desk: desk.capture(capture, body, draft=draft), then)

    def receive(self, number: int, text: str, capture: Capture, draft: str, then: Then) -> None:
        """Keep what somebody said now as received on a request; ``then`` gets the number of the one that has it."""
        via, files, raw = capture.channel, capture.files, capture.raw
        self._put(
            lambda desk: desk.receive(number, text, via=via, files=files, raw=raw, unread=False, draft=draft),
            then,
        )

    def seen(self, number: int, then: Then, *, opened: bool = True) -> None:
        """What came in on this request has been looked at, in a list when it was not ``opened``.

        A window that only reads looks without a trace.
        """
        if not self.read_only:
            self._put(lambda desk: desk.seen(number, opened=opened), then)

    def joinable(self, person: int) -> list[theirs.Theirs]:
        """The requests of a person that more may be said about."""
        return theirs.joinable(self._conn, person)

    def keep_file(self, path: str, then: Then) -> None:
        """Copy a file into the data folder; ``then`` gets what was kept."""
        self.aside(lambda: files.keep(self.folder, path), then)

    def keep_text(self, name: str, text: str, then: Then) -> None:
        """The same for text that is too much for a field."""
        self.aside(lambda: files.keep_text(self.folder, name, text), then)

    def content(self, kept: Kept, then: Then) -> None:
        """What is in a kept file; ``then`` gets the bytes."""
        self.aside(lambda: files.content(self.folder, kept), then)

    @cached_property
    def pictures(self) -> Pictures:
        """Pictures of kept files, as cells."""
        from deskmate.tui.pictures import Pictures

        return Pictures(self)

    def aside(self, job: Callable[[], Any], then: Then | None = None) -> None:
        """Do something slow that is no writing to the database: a file on a dead network drive may never answer,
        and must hold up neither what is saved nor the end of the app."""
        context = copy_context()

        def run() -> None:
            answer = self._tried(job)
            if then is not None and self._loop is not None and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(then, answer, context=context)

        threading.Thread(target=run, name="deskmate-aside", daemon=True).start()

    def save_draft(self, key: str, text: str, cursor: int, request: int | None, then: Then | None = None) -> None:
        """Keep text that is being typed. What could not be kept is in ``unsaved`` until it can."""

        def job(desk: Desk) -> None:
            self.unsaved[key] = text
            desk.save_draft(key, text, cursor, request)
            del self.unsaved[key]

        kept = (text, cursor)

        def written(answer: Answer) -> None:
            if self._on_its_way.get(key) is kept:
                del self._on_its_way[key]
            if then is not None:
                then(answer)

        self._on_its_way[key] = kept
        self._put(job, written)

    def rescue(self) -> str:
        """Write the drafts the database would not take to a file and return its path; empty if there are none."""
        texts = {key: text for key, text in self.unsaved.items() if text.strip()}
        return drafts.rescue(self.folder, texts) if texts else ""

    def save_place(self, key: str, place: dict[str, Any]) -> None:
        """Keep where a screen is."""
        self._put(lambda desk: desk.save_place(key, place), None)

    def wake(self, at: str) -> None:
        """Have woken what is due at ``at``, if anything is."""
        if not self.read_only and wake.is_due(self._conn, at):
            self._put(lambda desk: desk.wake(), None)

    def warm_up(self, also: Callable[[], None]) -> None:
        """Bring SQLModel in now, while nobody is typing, so that the first command need not wait for it.

        ``also`` is called on the same thread, for what the screen will need.
        """

        def job(desk: Desk) -> None:
            also()
            desk.warm_up()

        self._put(job, None)

    @property
    def leaving(self) -> bool:
        """Whether a reply is on its way at this moment."""
        return any(thread.is_alive() for thread in self._leaving)

    def stop(self, timeout: float = 10.0) -> bool:
        """Finish what was asked, then close. False when the disk did not answer in ``timeout`` seconds."""
        self._loop = None  # nobody is there any more to hear what comes of it
        self._conn.close()  # first: the last one to close clears the journal away, and a reader may not
        if self._writer is not None and self._writer.is_alive():
            for thread in self._leaving:
                thread.join(LAST_REPLIES)
            self._jobs.put(None)
            self._writer.join(timeout)
            if self._writer.is_alive():
                return False
        return True

    def _put(self, job: Callable[[Desk], Any], then: Then | None) -> None:
        if self.read_only:
            if then is not None:
                then(Answer(error=DeskmateError(READ_ONLY, "Nothing was changed.")))
            return
        # The answer comes from another thread, and Textual finds its app by the context of a call.
        self._jobs.put((job, then, copy_context()))

    def _tried(self, job: Callable[[], Any]) -> Answer:
        """What a job gives, or why it gives nothing."""
        try:
            return Answer(job())
        except DeskmateError as error:
            return Answer(error=error)
        except Exception as error:  # noqa: BLE001 - the thread must outlive a fault, and the fault be seen
            early.log_crash(self.folder, error)
            return Answer(error=DeskmateError(f"Not saved: {type(error).__name__}.", "deskmate.log says more."))

    def _write(self) -> None:
        desk = Desk(self.folder, actor="technician")
        while (asked := self._jobs.get()) is not None:
            job, then, context = asked
            answer = self._tried(partial(job, desk))
            if then is not None and self._loop is not None and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(then, answer, context=context)
        desk.close()


def _reported(report: Report, desk: Desk) -> Any:
    """Take it down; what is no reply of a request has nowhere to be taken down."""
    if not report.id:
        return None
    from deskmate.domain.commands import Delivered

    return desk.run(Delivered(report))
