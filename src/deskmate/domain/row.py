"""The shape of one line of a list: a plain tuple, and the names of its places.

Lists are painted from tuples because building objects for every row would cost more than
reading it. The store selects in this order; the screen and the shell read by these names.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

NUMBER: Final = 0  # int, shown as D-<number>
PRIORITY: Final = 1  # int 1 to 4, or None until triaged
STATUS: Final = 2  # a Status value
TITLE: Final = 3  # one line, cleaned; may be empty
WHO: Final = 4  # requester as shown, or ""
KNOWN: Final = 5  # 1 when WHO is a person in the address list, 0 when kept as typed
DUE_AT: Final = 6  # instant or None
DUE_KIND: Final = 7  # "n" needed by, "p" promise, "r" response, "" resolve, or None
DRAFT: Final = 8  # 1 when text typed for it waits unsaved
CREATED_AT: Final = 9  # instant
CHANNEL: Final = 10  # a Channel value or None
VERSION: Final = 11  # journal seq of the last change
VIP: Final = 12  # 1 when the requester is one
UNREAD: Final = 13  # 1 when something came in that nobody has looked at
WAITING_ON: Final = 14  # a WaitingOn value or None
WAITING_FOR: Final = 15  # a name or None
WAITING_SINCE: Final = 16  # instant or None
WAKE_AT: Final = 17  # instant or None: when to chase, or when a parked one wakes
WOKEN: Final = 18  # 1 when that has come
CHASES: Final = 19  # how often the one it waits for was reminded
SOON_AT: Final = 20  # instant or None: from when on DUE_AT is soon
HELD_AT: Final = 21  # instant or None: kept back by do-not-disturb then, and not looked at since
UNSENT: Final = 22  # 1 when a reply or a handover was not sent
PROMISED_AT: Final = 23  # instant or None: the next open promise
CHECK_AT: Final = 24  # instant or None: when to ask whether it really works

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Row = tuple[Any, ...]
else:
    Row = tuple


def label(number: int) -> str:
    """The number as people write it: ``D-1042``."""
    return f"D-{number}"


def parse_label(text: str) -> int | None:
    """Read ``D-1042``, ``d1042``, ``#1042`` or ``1042``; None for anything else."""
    digits = text.strip()
    if digits[:1] in ("#", "d", "D"):
        digits = digits[1:].removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 15:
        return None
    return int(digits)
