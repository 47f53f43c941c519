"""What stands around a request: who asks and what else they asked for, what was like it, what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

from deskmate.domain.device import Device
from deskmate.domain.person import Person
from deskmate.domain.promise import Promise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.domain.steps import Progress

COUNTED = 100
"""Requests of a person are counted up to here."""
_MOST_WORDS = 8
_LEAST_LETTERS = 3
# Words that say nothing of what a request is about.
_EMPTY = frozenset(
    """
    about after again all always and any are but can cannot cant could des der die das dem den does doesnt dont ein
    eine einen every for from geht get gets has have hello help how ich into ist its kann kein keine mehr mein meine
    mit need needs new nicht not now off one only our out please since some still that the their them there this und
    von was when where which who why will with wont work working works your zum zur not auf bei bitte
    """.split()
)


@dataclass(frozen=True, slots=True)
class Brief:
    """A request in a line. ``solved`` is what solved it, where that was written down."""

    number: int
    title: str
    ended: bool = False
    solved: str = ""


@dataclass(frozen=True, slots=True)
class FittingGuide:
    """A published guide that fits a request, and how often it was used and worked, in words."""

    key: int
    title: str
    usage: str


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around the request ``number``. ``who`` is its requester as shown, ``person`` the card, if known.

    ``asked`` counts all requests of that person up to COUNTED. ``device`` is the one the request is about, by name.
    ``nearby`` are open requests of others in the person's room, ``promises`` the open ones of this request and of the
    ``open`` ones. ``runs`` are the checklists run for it, ``found_by`` the runs of which an item led to it, in words.
    ``walks`` are the walk-throughs that go on with it, ``guides`` those that fit it, ``done`` the guides that the
    person has done, each in words.
    """

    number: int
    who: str = ""
    person: Person | None = None
    asked: int = 0
    open: tuple[Brief, ...] = ()
    earlier: tuple[Brief, ...] = ()
    similar: tuple[Brief, ...] = ()
    devices: tuple[Device, ...] = ()
    device: str = ""
    linked: tuple[Brief, ...] = ()
    nearby: tuple[Brief, ...] = ()
    promises: tuple[Promise, ...] = ()
    runs: tuple[Progress, ...] = ()
    walks: tuple[tuple[int, str], ...] = ()
    guides: tuple[FittingGuide, ...] = ()
    done: tuple[str, ...] = ()
    found_by: tuple[tuple[int, str], ...] = ()


def telling(title: str) -> tuple[str, ...]:
    """The words of a title that say what it is about, each once and case-folded, the first few."""
    words = "".join(char if char.isalnum() else " " for char in title.casefold()).split()
    return tuple(dict.fromkeys(w for w in words if len(w) >= _LEAST_LETTERS and w not in _EMPTY))[:_MOST_WORDS]


def likeness(words: tuple[str, ...], title: str) -> int:
    """How many of a title's telling ``words`` another title has, or 0 when that is too few to be like it.

    A word counts when one begins with the other and three letters at most are left: printer, printers.
    """
    others = telling(title)
    shared = sum(any(_kin(word, other) for other in others) for word in words)
    return shared if shared >= 2 or 2 * shared >= len(words) else 0


def _kin(one: str, other: str) -> bool:
    return (one.startswith(other) or other.startswith(one)) and abs(len(one) - len(other)) <= 3
