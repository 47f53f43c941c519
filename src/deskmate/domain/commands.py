"""Commands: what the technician wants done, as data. A service executes each as one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from deskmate.domain.capture import Capture
from deskmate.domain.files import Kept
from deskmate.domain.hours import Kind, State
from deskmate.domain.priority import Impact, Priority, Urgency
from deskmate.domain.promise import Fate
from deskmate.domain.reply import Report, Way
from deskmate.domain.status import DropReason, WaitingOn
from deskmate.domain.status import Outcome as Ending

Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Command:
    """Something to be done. ``name`` is what the journal calls it."""

    name: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class OnRequests(Command):
    """Something to be done to these requests, as one step."""

    requests: Numbers


@dataclass(frozen=True, slots=True)
class SetPriority(OnRequests):
    """Set the priority directly."""

    name = "priority"
    priority: Priority


@dataclass(frozen=True, slots=True)
class Judge(OnRequests):
    """Set impact and urgency; the priority follows from the matrix."""

    name = "priority"
    impact: Impact
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class ShiftPriority(OnRequests):
    """Raise (``steps`` -1) or lower (1) the priority."""

    name = "priority"
    steps: int


@dataclass(frozen=True, slots=True)
class AddNote(OnRequests):
    """An internal note. It never leaves."""

    name = "note"
    text: str


@dataclass(frozen=True, slots=True)
class Resolve(OnRequests):
    """Resolve, with what solved it and how it ended if the technician says so.

    ``promises`` and ``runs`` say what becomes of open ones, which stay open without it. ``check_at``, a stored
    instant, is when to ask whether it really works.
    """

    name = "resolve"
    resolution: str = ""
    outcome: Ending | None = None
    promises: Fate | None = None
    check_at: str | None = None
    runs: Fate | None = None


@dataclass(frozen=True, slots=True)
class Drop(OnRequests):
    """Put aside for good."""

    name = "drop"
    reason: DropReason


@dataclass(frozen=True, slots=True)
class Reopen(OnRequests):
    """Back to work."""

    name = "reopen"


@dataclass(frozen=True, slots=True)
class Tag(OnRequests):
    """Add and remove tags; unknown ones are made."""

    name = "tag"
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


# --- how requests belong together ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SetCause(OnRequests):
    """Say why it happened, in the known spelling if there is one; empty takes the cause away."""

    name = "cause"
    cause: str


@dataclass(frozen=True, slots=True)
class Link(OnRequests):
    """Say that these have to do with ``other``, or with ``remove`` that they have not any more."""

    name = "link"
    other: int
    remove: bool = False


@dataclass(frozen=True, slots=True)
class Merge(OnRequests):
    """Merge these into ``into``, which goes on for all of them."""

    name = "merge"
    into: int


@dataclass(frozen=True, slots=True)
class Unmerge(OnRequests):
    """Take these out of what they were merged into; each is again what it was."""

    name = "unmerge"


# --- what a request says ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EditRequest(OnRequests):
    """Change what is given: None leaves a field as it is, an empty text empties it.

    ``requester`` and ``device`` are names; who nobody knows is kept as typed, or made known with ``make_known``.
    ``judged`` is impact and urgency together. ``needed_by`` is a stored instant. ``answers`` are pairs of a
    question's short name and what was answered.
    """

    name = "edit"
    title: str | None = None
    requester: str | None = None
    make_known: bool = False
    category: str | None = None
    judged: tuple[Impact | None, Urgency | None] | None = None
    device: str | None = None
    needed_by: str | None = None
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EditCategory(Command):
    """Change the category ``category``, or make a new one when it is None. ``questions`` are lines."""

    name = "category"
    category: int | None
    title: str
    questions: str


@dataclass(frozen=True, slots=True)
class RemoveCategory(Command):
    """Take a category away. Requests keep its name."""

    name = "category"
    category: int


# --- views of the technician's own --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SaveView(Command):
    """Save a query under a name; with ``view`` change that one, which may be renamed by it."""

    name = "view"
    title: str
    query: str
    view: int | None = None


@dataclass(frozen=True, slots=True)
class DropView(Command):
    """Take a view off the tabs."""

    name = "view"
    view: int


# --- people and devices: ``said`` holds values as they were typed, by the name of the field ---


@dataclass(frozen=True, slots=True)
class AddPerson(Command):
    """Somebody new; these requests are theirs."""

    name = "person"
    said: Mapping[str, str]
    requests: Numbers = ()


@dataclass(frozen=True, slots=True)
class EditPerson(Command):
    """Change what is known of a person."""

    name = "person"
    person: int
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DropPerson(Command):
    """Take a person off the list. What he or she asked for keeps the name."""

    name = "person"
    person: int


@dataclass(frozen=True, slots=True)
class MergePeople(Command):
    """Two cards are of one person: ``person`` stays and gets what the ``other`` has."""

    name = "person"
    person: int
    other: int


@dataclass(frozen=True, slots=True)
class AddDevice(Command):
    """A device; these requests are about it."""

    name = "device"
    said: Mapping[str, str]
    requests: Numbers = ()


@dataclass(frozen=True, slots=True)
class EditDevice(Command):
    """Change what is known of a device."""

    name = "device"
    device: int
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DropDevice(Command):
    """Take a device off the list. Requests about it keep its name."""

    name = "device"
    device: int


# --- answering ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SendReply(OnRequests):
    """A reply to each requester alone, stored as on its way; the outcome names the replies to be delivered.

    ``way`` is how those with an address go. For one request the text goes out as it is; for several, what stands in
    it for a person or request is filled in for each.
    """

    name = "reply"
    text: str
    way: Way


@dataclass(frozen=True, slots=True)
class Say(OnRequests):
    """It was said in person or by phone, in these words or none. Counts as an answer."""

    name = "said"
    text: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmSent(OnRequests):
    """What was handed over has been sent: the technician saw to it."""

    name = "confirm"


@dataclass(frozen=True, slots=True)
class TryAgain(OnRequests):
    """What was not sent goes on its way again, and so does what nobody knows of after ``patience`` seconds."""

    name = "delivery"
    way: Way
    patience: int


@dataclass(frozen=True, slots=True)
class Delivered(Command):
    """What became of a reply on its way. A report, no act: undo passes it by."""

    name = "delivery"
    report: Report


@dataclass(frozen=True, slots=True)
class SaveCanned(Command):
    """A canned text as it shall be; a new one without ``id``. Whichever has its key gets the other's."""

    name = "canned"
    title: str
    position: int
    text: str
    id: int | None = None


@dataclass(frozen=True, slots=True)
class RemoveCanned(Command):
    """A canned text is not needed any more."""

    name = "canned"
    id: int


# --- waiting and sleeping ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wait(OnRequests):
    """Wait on somebody, ``who`` when it is someone by name. ``until``, a stored instant, is the date to chase.

    Without one it is after the usual three business days.
    """

    name = "wait"
    on: WaitingOn
    who: str = ""
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Park(OnRequests):
    """Sleep until ``until``, a stored instant; without one until the next business day."""

    name = "park"
    until: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Wake(OnRequests):
    """Back to work now, ahead of the date."""

    name = "wake"


@dataclass(frozen=True, slots=True)
class AddRestricted(OnRequests):
    """A note for the supervisor alone: no list, search or export shows its words."""

    name = "note"
    text: str


@dataclass(frozen=True, slots=True)
class Escalate(OnRequests):
    """Hand over to ``person``, one of the own network; then wait on them.

    ``texts`` are the words for each request, in their order. ``way`` is how they leave: the outcome names the
    handovers to be delivered. Without one the words are noted, and leave by other hands.
    """

    name = "escalate"
    person: int
    texts: tuple[str, ...]
    way: Way | None = None


# --- the door -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SetAvailability(Command):
    """What the door says from now on, until the stored instant ``until``; without one for the usual minutes.

    ``CLEAR`` goes back to the hours. No state turns the switch: do-not-disturb, or back to the hours when it or AWAY
    is on. ``public`` is for everybody to read, ``private`` for nobody else.
    """

    name = "availability"
    state: State | None = None
    until: str | None = None
    public: str = ""
    private: str = ""


# --- the clock and what was interrupted --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TakeNow(Command):
    """Take in what somebody wants and work on it now: the clock runs for it, what it interrupted is on the stack.

    ``place`` is where that was left, as JSON; ``subject`` the request that was worked on there, if any: the one the
    clock ran for counts first. ``join`` is the request that it is added to instead of being a new one.
    """

    name = "take"
    capture: Capture
    body: str
    place: str
    subject: int | None = None
    join: int | None = None


@dataclass(frozen=True, slots=True)
class Focus(Command):
    """The clock runs for this request from now on."""

    name = "clock"
    request: int


@dataclass(frozen=True, slots=True)
class StopClock(Command):
    """The clock stands still."""

    name = "clock"


@dataclass(frozen=True, slots=True)
class BackTo(Command):
    """Go back to a frame of the stack: what runs stops, and its clock goes on if it ran."""

    name = "back"
    frame: int


@dataclass(frozen=True, slots=True)
class Began(Command):
    """What the clock runs for began so many minutes ago: what ran then ends there."""

    name = "began"
    minutes: int


@dataclass(frozen=True, slots=True)
class CutIdle(Command):
    """Take the time between two instants out of a piece, or with ``whole`` the piece itself away."""

    name = "idle"
    piece: int
    starts: str
    ends: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class SaveRule(Command):
    """A rule of what breaks through do-not-disturb, at its place from 1 on; a new one without ``id``."""

    name = "rule"
    title: str
    kind: str
    channel: str = ""
    words: str = ""
    minutes: int | None = None
    passes: bool = True
    position: int = 1
    id: int | None = None


@dataclass(frozen=True, slots=True)
class RemoveRule(Command):
    """A rule is not needed any more."""

    name = "rule"
    id: int


# --- files ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attach(OnRequests):
    """Let files that are in the store already belong to these requests."""

    name = "attach"
    files: tuple[Kept, ...]


# --- office time --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SayHours(Command):
    """Say something about office time: values as they were typed, by the name of the field.

    ``key`` is what is changed, None what is new; ``said`` None takes it away; ``move`` moves what falls into leave.
    """

    name = "hours"
    kind: Kind
    said: Mapping[str, str] | None
    key: int | None = None
    move: bool = False


@dataclass(frozen=True, slots=True)
class FillHolidays(Command):
    """Copy the public holidays of the coming two years, of a country and perhaps a region of it."""

    name = "hours"
    country: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class MoveOutOfLeave(Command):
    """Move what falls into this leave to the first opening after it: promises, wakes, chases and check backs."""

    name = "hours"
    leave: int


# --- the sign -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SetNotice(Command):
    """Put a word to everybody on the sign until ``until``, a stored instant; an empty text takes it down.

    Without an end it stands until the door closes for the day.
    """

    name = "notice"
    text: str
    until: str | None = None


@dataclass(frozen=True, slots=True)
class SetSignWords(Command):
    """What always stands on the sign: how to reach somebody when it can not wait, and who stands in during leave.

    None leaves one as it is, an empty text takes it off.
    """

    name = "sign"
    urgent: str | None = None
    deputy: str | None = None


# --- history ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Undo(Command):
    """Take the last command back, or the last one of one request.

    ``seq`` is the command that was shown as the one to be taken back: if another is newest by now,
    nothing is.
    """

    request: int | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class Redo(Command):
    """Do again what was undone last."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command came to.

    ``label`` says it in words; ``requests`` are those that changed; ``refused`` holds a reason for
    each that did not, when some others did. ``made`` is the key of what is new and no request, such as a
    person; ``replies`` and ``handovers`` are those to be delivered now. ``notes`` is what else to know.
    """

    seq: int
    label: str
    requests: Numbers
    refused: tuple[str, ...] = ()
    made: int = 0
    replies: tuple[int, ...] = ()
    handovers: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
