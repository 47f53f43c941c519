"""What goes out to a requester, and how.

A reply is built from a ``Letterhead`` and the words the technician sees, and from nothing else: no type here has a
field for what is internal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from deskmate.domain.files import Kept
from deskmate.domain.public import Letterhead, outward
from deskmate.domain.request import Refused
from deskmate.domain.text import clean
from deskmate.domain.timeline import Delivery, Handover, Reply

TEXT_LIMIT = 100_000
"""Characters a reply may have; beyond that it is a document and no answer."""


class Way(StrEnum):
    """How a reply leaves the desk."""

    SAID = "said"
    COMMAND = "command"
    EML = "eml"
    MAILTO = "mailto"
    CLIPBOARD = "clipboard"


WRITTEN = (Way.COMMAND, Way.EML, Way.MAILTO, Way.CLIPBOARD)
ADDRESSED = frozenset({Way.COMMAND, Way.EML, Way.MAILTO})
"""Ways that need to know where to."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How written replies leave, as the technician set it up.

    ``command`` is an argument list: the message is on its standard input, or in a file where an argument holds
    ``{file}``. ``sender`` is the From line, ``folder`` where .eml files go. ``timeout`` is how many seconds a command
    may take. ``signature`` is put below each new draft.
    """

    deliver: str = field(default=Way.CLIPBOARD.value, metadata={"one_of": tuple(way.value for way in WRITTEN)})
    command: tuple[str, ...] = ()
    sender: str = field(default="", metadata={"name": "from"})
    folder: str = ""
    timeout: int = 60
    signature: str = ""

    def way(self, address: str) -> Way:
        """How a reply to this address leaves: without one, only the clipboard is left."""
        wanted = Way(self.deliver)
        return wanted if address or wanted not in ADDRESSED else Way.CLIPBOARD

    def way_of_several(self) -> Way:
        """How several messages leave together: the clipboard holds one, so there they become mail files."""
        wanted = Way(self.deliver)
        return Way.EML if wanted is Way.CLIPBOARD else wanted


class NoAddress(Refused):
    """There is no address a message could be sent to, or not one that is a single address."""


NO_REQUESTER = "no reply possible: no requester yet, press e"


def settled_address(head: Letterhead, way: Way) -> str:
    """Where a reply goes that way; empty for a way that needs no address. Raises Refused with the reason."""
    if not head.name:
        raise Refused(f"{head.number}: {NO_REQUESTER}")
    if way not in ADDRESSED:
        return head.address
    if not head.address:
        raise NoAddress(f"{head.number}: no address for {head.name}: press C")
    mail_address(head.address)
    return head.address


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes with a message, of media type ``media``, under the name it has for whoever gets it."""

    name: str
    media: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one person: exactly what leaves. A way that carries no file leaves ``files`` behind."""

    number: str
    name: str
    address: str
    subject: str
    text: str
    files: tuple[Enclosed, ...] = ()


@dataclass(frozen=True, slots=True)
class Parcel:
    """A reply, or with ``handover`` a handover, that is stored and has to leave now; ``id`` is its place there.

    ``files`` are kept ones that go with it. ``short`` is its text without what is in them, for where all of it has no
    room.
    """

    id: int
    request: int
    way: Way
    message: Outgoing
    handover: bool = False
    files: tuple[Kept, ...] = ()
    short: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a parcel, named as it is: how far it came, and why not further.

    ``beside`` are the paths of files that could not go with it, for the technician to add.
    """

    id: int
    state: Delivery
    reason: str = ""
    handover: bool = False
    beside: tuple[str, ...] = ()


@outward
def outgoing(head: Letterhead, text: str, address: str | None = None) -> Outgoing:
    """The message to the requester of ``head``. ``address`` where it was settled before, else the one of today."""
    where = head.address if address is None else address
    return Outgoing(head.number, head.name, where, subject(head), text)


@outward
def with_steps(words: str, steps: Sequence[tuple[str, str]]) -> str:
    """A text with guides below it, each a line that says which file has the pictures, and its steps."""
    return "\n\n".join([words, *(f"{'─' * 40}\n{line}\n\n{each.strip()}" for line, each in steps)])


def beside_text(paths: Sequence[str]) -> str:
    """``add /home/ada/outbox/D-17-vpn.html yourself``; empty where everything went along."""
    return f"add {' and '.join(paths)} yourself" if paths else ""


@outward
def subject(head: Letterhead) -> str:
    """``Re: [D-1042] title``, in one line."""
    title = clean(head.title)[0]
    while title[:3].casefold() == "re:":
        title = title[3:].lstrip()
    return f"Re: [{head.number}] {title or 'your request'}"


def mail_address(typed: str) -> str:
    """One mail address in the form that mail programs take: a domain beyond ASCII becomes its xn-- form.

    Raises NoAddress for what is none, for more than one, and for what could be read as an option or a header.
    """
    address = typed.strip()
    local, at, domain = address.rpartition("@")
    try:
        host = domain.encode("idna").decode("ascii") if domain else ""
    except UnicodeError:
        host = ""
    plain = local.isascii() and all(char.isalnum() or char in _LOCAL for char in local)
    named = all(char.isalnum() or char in "-." for char in host)
    if not (at and local and host and plain and named) or address[0] in "-." or host[0] in "-.":
        raise NoAddress(f"“{clean(typed)[0]}” is no mail address.", "Press C to correct it.")
    return f"{local}@{host}"


_LOCAL = "!#$%&'*+-/=?^_`{|}~."


def first_name(name: str) -> str:
    """The name to greet somebody by: ``Anna`` for ``Dr. Anna Weber`` and ``Weber, Anna``; in doubt, all of it."""
    last, _comma, first = (part.strip() for part in name.partition(","))
    words = (first or name).split()
    while len(words) > 1 and words[0].rstrip(".").casefold() in ("dr", "prof"):
        words = words[1:]
    if not words:
        return ""
    if words[0].rstrip(".").casefold() in ("mr", "mrs", "ms", "herr", "frau") or len(words[0].rstrip(".")) < 2:
        return f"{words[0]} {last}" if first else " ".join(words)
    return words[0]


_WAYS = {
    Way.COMMAND: "by mail",
    Way.EML: "as a mail file",
    Way.MAILTO: "with the mail program",
    Way.CLIPBOARD: "by the clipboard",
}


def how(via: str) -> str:
    """The way of a reply in words; nothing for one that was said."""
    return _WAYS.get(Way(via), "") if via in list(Way) else via


def progress(entry: Reply | Handover) -> tuple[str, str]:
    """How a reply or a handover went, and how far it came where that is not all: ``("by mail", "not sent")``."""
    return how(entry.via), _STATES[entry.state]


_STATES = {
    Delivery.SAID: "",
    Delivery.SENDING: "sending: not known yet whether it left",
    Delivery.HANDED_OVER: "handed over, not confirmed yet",
    Delivery.SENT: "sent",
    Delivery.NOT_SENT: "not sent",
    Delivery.RETRACTED: "retracted, but it had left",
}
