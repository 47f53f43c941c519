"""The clock: time spent in pieces that never overlap, one running at most.

Instants are in their stored form, whose text order is time order. Whatever the clock of the machine does, a piece is
neither negative nor longer than ``LONGEST``: set back, no time has passed yet; set forward, or asleep for days, no
more than that counts.
"""

from __future__ import annotations

from collections import namedtuple
from datetime import timedelta

from deskmate.domain import instant
from deskmate.domain.row import label

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST = timedelta(hours=12)
"""No piece is longer: whoever works that long looks at the clock once."""
IDLE = timedelta(minutes=30)
"""Without a key for so long, whether it was work is worth a question."""
SET_BACK = timedelta(hours=1)
"""A clock is corrected by so much at most without anybody noticing."""

Piece = namedtuple("Piece", "id request starts ends")
"""A piece of time: its key, the request, and two instants; ``ends`` is None while it runs."""
Focus = namedtuple("Focus", "piece number title since before")
"""What runs: the key of its piece, the request and its title, when it began, and the seconds of its other pieces."""
Frame = namedtuple("Frame", "id number title cause ran place left_at ended")
"""What was left for something else: the request if there was one, what interrupted it, whether its clock ran,
the place to go back to, as it was kept, and how the request has ended meanwhile, empty when it has not."""
Gap = namedtuple("Gap", "piece number title starts ends")
"""Time a clock ran without a key."""


def begin(near: Iterable[Piece], at: str) -> str:
    """When a piece that is started at ``at`` begins: not within one that is there, and nothing runs meanwhile.

    A clock that was set back a little has pieces ahead of it: they are passed, too, rather than run into.
    """
    for piece in sorted(near, key=lambda each: str(each.starts)):
        if piece.ends > at and piece.starts < _moved(at, SET_BACK):
            at = piece.ends
    return at


def end(running: Piece, near: Iterable[Piece], at: str) -> str:
    """When a piece that is stopped at ``at`` ends: as soon as another begins, and never before it began itself."""
    starts = str(running.starts)
    later = [str(piece.starts) for piece in near if piece.id != running.id and piece.starts >= starts]
    return max(starts, min(at, _moved(starts, LONGEST), *later))


def began(
    running: Piece, before: Piece | None, near: Iterable[Piece], wanted: str, at: str
) -> tuple[str, str | None]:
    """Where the boundary between two pieces lies when it is said at ``at`` that the running one began at ``wanted``.

    Gives when the running one begins and when the one before it ends, None when there is none. It takes over no more
    than that one ran, and gives back to it only what it had taken from it directly. Where a clock that was set back
    has left another piece between what runs and ``wanted``, nothing moves.
    """
    if any(running.starts < piece.starts <= wanted for piece in near):
        return str(running.starts), None if before is None else before.ends
    earliest = _moved(at, -LONGEST) if before is None else before.starts
    start = max(earliest, min(wanted, at))
    if before is None:
        return start, None
    touching = before.ends == running.starts
    return start, min(start, _moved(before.starts, LONGEST)) if touching else min(before.ends, start)


def why_not_began(running: Piece, before: Piece | None, starts: str, wanted: str, at: str) -> tuple[str, str] | None:
    """Why it can not be that the running one began at ``wanted``, and what can; None when it can.

    ``starts`` is what ``began`` made of it. Minutes are what is typed, so less than one is no difference.
    """
    apart = instant.from_text(starts) - instant.from_text(wanted)
    if abs(apart) < minutes(1):
        return None
    refused = f"{label(running.request)} can not have begun {_since(wanted, at)} ago"
    if apart < timedelta(0):
        return f"{refused}: by a clock that was set back, other time lies in between.", "It stays as it was."
    if before is None:
        return (
            f"{refused}: no piece of time is longer than {_since(starts, at)}.",
            f"Say {_since(starts, at)} or less.",
        )
    if instant.from_text(at) - instant.from_text(starts) < minutes(1):
        return (
            f"{refused}: {label(before.request)} before it began just now.",
            "It has no time to give, so nothing was changed.",
        )
    return (
        f"{refused}: {label(before.request)} before it began only {_since(starts, at)} ago.",
        f"Say {_since(starts, at)} or less.",
    )


def _since(then: str, at: str) -> str:
    from deskmate.domain.when import duration  # what the first frame needs of this module can do without

    return duration(int((instant.from_text(at) - instant.from_text(then)).total_seconds() // 60))


def without(piece: Piece, gap_starts: str, gap_ends: str) -> list[tuple[str, str | None]]:
    """What is left of a piece when a gap is taken out of it: two pieces at most, none of them empty."""
    parts: list[tuple[str, str | None]] = []
    if piece.starts < gap_starts:
        parts.append((piece.starts, gap_starts if piece.ends is None else min(gap_starts, piece.ends)))
    if piece.ends is None or gap_ends < piece.ends:
        parts.append((max(gap_ends, piece.starts), piece.ends))
    return parts


def seconds(starts: str, ends: str) -> int:
    """The whole seconds of a piece that ends or is looked at then."""
    length = instant.from_text(ends) - instant.from_text(starts)
    return int(max(timedelta(), min(length, LONGEST)).total_seconds())


def worked(pieces: Sequence[Piece], now: str) -> int:
    """The seconds that these come to; one that runs counts until ``now``."""
    return sum(seconds(piece.starts, piece.ends or now) for piece in pieces)


def clock_text(passed: int) -> str:
    """Seconds as a clock that runs: ``0:04:31``."""
    minutes, second = divmod(passed, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}"


def worked_text(pieces: Sequence[Piece], now: str) -> str:
    """``worked 1 h 12 min, 3 times``; empty when there are no pieces."""
    if not pieces:
        return ""
    hours, minutes = divmod(worked(pieces, now) // 60, 60)
    length = f"{hours} h {minutes} min" if hours and minutes else f"{hours} h" if hours else f"{minutes} min"
    return f"worked {length}{f', {len(pieces)} times' if len(pieces) > 1 else ''}"


def ago(typed: str) -> int | None:
    """Minutes in ``12``, ``12m`` or ``1h30m``, also with a word behind; None for anything else."""
    from deskmate.domain.when import parse_duration  # what the first frame needs of this module can do without

    word = "".join(typed.lower().split()).removesuffix("ago")
    word = word.removesuffix("utes").removesuffix("ute").removesuffix("in") if "min" in word else word
    if word.isascii() and word.isdigit() and len(word) <= 4:
        return int(word)
    return parse_duration(word)


def minutes(count: int) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=count)


def frame_name(frame: Frame) -> str:
    """What a frame is called: its request, else the panel it was left in."""
    return label(frame.number) if frame.number is not None else "where you were"


def ended_text(frames: Sequence[Frame]) -> str:
    """``D-1 is resolved meanwhile``, for frames that are passed over; empty when there are none."""
    if not frames:
        return ""
    more = f" and {len(frames) - 1} more ended" if len(frames) > 1 else ""
    return f"{frame_name(frames[0])} is {frames[0].ended}{more} meanwhile"


def _moved(at: str, by: timedelta) -> str:
    return instant.to_text(instant.from_text(at) + by)
