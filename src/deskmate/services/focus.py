"""The clock and the stack: what is worked on, what was left for it, and the way back. Each is one undo step."""

from __future__ import annotations

from collections.abc import Iterable

from deskmate.domain import focus as rules
from deskmate.domain import instant
from deskmate.domain.commands import BackTo, Began, CutIdle, Focus, Outcome, StopClock, TakeNow
from deskmate.domain.due import span
from deskmate.domain.focus import Piece
from deskmate.domain.request import Refused, Request, off_hands, why_not
from deskmate.domain.row import label
from deskmate.domain.text import excerpt
from deskmate.domain.when import duration
from deskmate.services.workspace import Workspace
from deskmate.store import files, walks
from deskmate.store.read import focus as read
from deskmate.store.write.tables import PieceRow, StackFrameRow
from deskmate.store.write.unit_of_work import UnitOfWork

SHOWN = 40
"""Characters of a title that a label repeats."""


def take_now(workspace: Workspace, command: TakeNow, draft: str = "") -> Outcome:
    """Take it in, let its clock run, and put what it interrupted on the stack."""
    for kept in command.capture.files:
        files.check(workspace.folder, kept)
    with workspace.unit_of_work(command.name) as work:
        if command.join is None:
            number = work.capture(command.capture, command.body)
        else:
            said = f"{command.capture.text}\n{command.body}".strip("\n")
            number = work.receive(command.join, said, command.capture)
        taken = work.requests((number,))[0]
        ran = _stop(work)
        walks.pause(work.conn, work.clock)
        subject = ran if ran is not None else command.subject
        if subject == number:
            subject = None
        frame = StackFrameRow(
            request_id=subject,
            cause_id=number,
            ran=ran is not None and ran != number,
            place=command.place,
            left_at=work.clock,
        )
        work.add(frame)
        if subject is not None:
            priority = f" ({taken.priority.label})" if taken.priority else ""
            work.fact(subject, "interrupted", None, f"{label(number)}{priority}")
        _run(work, number)
        work.drop_draft(draft)
        title = excerpt(taken.title, SHOWN) or "(untitled)"
        what = f"took {label(number)} {title}"
        made = frame.id or 0
        seq = work.finish(what)
    return Outcome(seq, what, (number,), made=made)


def start(workspace: Workspace, command: Focus, draft: str = "") -> Outcome:
    """Let the clock run for a request; whatever it ran for stops."""
    with workspace.unit_of_work(command.name) as work:
        found = work.requests((command.request,))[0]
        running = read.running(work.conn)
        if running is not None and running.request == found.number:
            raise Refused(f"The clock runs for {label(found.number)} already.")
        _check(found)
        left = _stop(work)
        _run(work, found.number)
        what = f"clock of {label(found.number)} runs{f', that of {label(left)} stands' if left is not None else ''}"
        seq = work.finish(what)
    return Outcome(seq, what, (found.number,))


def stop(workspace: Workspace, command: StopClock, draft: str = "") -> Outcome:
    """Let the clock stand still."""
    with workspace.unit_of_work(command.name) as work:
        running = read.running(work.conn)
        if running is None:
            raise Refused("No clock runs.")
        _stop(work)
        passed = duration(rules.seconds(running.starts, work.clock) // 60)
        what = f"stopped the clock of {label(running.request)} after {passed}"
        seq = work.finish(what)
    return Outcome(seq, what, (running.request,))


def back_to(workspace: Workspace, command: BackTo, draft: str = "") -> Outcome:
    """Take a frame off the stack. The screen goes to its place; here its clock goes on, if it ran."""
    with workspace.unit_of_work(command.name) as work:
        row = work.get(StackFrameRow, command.frame)
        if row is None or row.back_at is not None:
            raise Refused("That was gone back to already.")
        # Set back, the clock of this machine may be behind the moment of leaving.
        work.edit(row, back_at=max(work.clock, row.left_at))
        for frame in read.passed(work.conn, command.frame):
            if (over := work.get(StackFrameRow, frame.id)) is not None:
                work.edit(over, back_at=max(work.clock, over.left_at))
        left = _stop(work)
        touched: Iterable[int | None] = (row.request_id, left, row.cause_id)
        what = "back where you were"
        if row.request_id is not None:
            away = instant.from_text(row.back_at or work.clock) - instant.from_text(row.left_at)
            work.fact(row.request_id, "back", row.left_at, None)
            found = work.requests((row.request_id,))[0]
            if row.ran and not off_hands(found):
                _run(work, found.number)
            what = f"back to {label(found.number)} after {span(away)}"
        elif left is None and row.cause_id is not None:
            work.fact(row.cause_id, "focus", None, "left")
        seq = work.finish(what)
    return Outcome(seq, what, tuple(dict.fromkeys(number for number in touched if number is not None)))


def began(workspace: Workspace, command: Began, draft: str = "") -> Outcome:
    """Move the beginning of what runs back, and the end of what ran before with it.

    Raises Refused where it can not have begun then, rather than say another time than was asked for.
    """
    with workspace.unit_of_work(command.name) as work:
        running = read.running(work.conn)
        if running is None:
            raise Refused("No clock runs.", "Start one first: this says when it should have begun.")
        before = read.before(work.conn, running)
        wanted = instant.to_text(instant.from_text(work.clock) - rules.minutes(command.minutes))
        starts, ends = rules.began(running, before, read.near(work.conn, running.starts), wanted, work.clock)
        if why := rules.why_not_began(running, before, starts, wanted, work.clock):
            raise Refused(*why)
        if before is not None and ends != before.ends:
            _shorten(work, before, ends)
        work.edit(_row(work, running), starts=starts)
        work.fact(running.request, "focus", running.starts, starts)
        since = duration(rules.seconds(starts, work.clock) // 60)
        what = f"{label(running.request)} began {since} ago"
        if before is not None and ends != before.ends:
            what += f", {label(before.request)} ends there"
            work.fact(before.request, "focus", before.ends, ends)
        seq = work.finish(what)
    return Outcome(seq, what, tuple(dict.fromkeys((running.request, before.request if before else running.request))))


def cut_idle(workspace: Workspace, command: CutIdle, draft: str = "") -> Outcome:
    """Take time without a key out of a piece."""
    with workspace.unit_of_work(command.name) as work:
        row = work.get(PieceRow, command.piece)
        if row is None or row.request_id is None:
            raise Refused("That time is not counted any more.")
        piece = Piece(row.id, row.request_id, row.starts, row.ends)
        others = [other for other in read.near(work.conn, command.ends) if other.id != piece.id]
        parts = [
            (rules.begin(others, starts) if ends is None else starts, ends)
            for starts, ends in ([] if command.whole else rules.without(piece, command.starts, command.ends))
        ]
        if not parts:
            work.edit(row, void=True)
        else:
            work.edit(row, starts=parts[0][0], ends=parts[0][1])
        work.flush()
        for starts, ends in parts[1:]:
            work.add(PieceRow(request_id=piece.request, starts=starts, ends=ends))
        gone = duration(rules.seconds(command.starts, command.ends) // 60)
        what = f"took {'that piece' if command.whole else gone} off {label(piece.request)}"
        work.fact(piece.request, "focus", command.starts, command.ends)
        seq = work.finish(what)
    return Outcome(seq, what, (piece.request,))


def let_go(work: UnitOfWork, numbers: Iterable[int]) -> None:
    """What is worked on no more has no clock running: stop it, if it is that of one of these."""
    gone = set(numbers)
    running = read.running(work.conn) if gone else None
    if running is not None and running.request in gone:
        _stop(work)


def _run(work: UnitOfWork, number: int) -> None:
    starts = rules.begin(read.near(work.conn, work.clock), work.clock)
    work.add(PieceRow(request_id=number, starts=starts))
    work.fact(number, "focus", None, "runs")


def _stop(work: UnitOfWork) -> int | None:
    """End what runs, in the disk's order before another begins; gives its request."""
    running = read.running(work.conn)
    if running is None:
        return None
    _shorten(work, running, rules.end(running, read.near(work.conn, running.starts), work.clock))
    work.fact(running.request, "focus", None, "stands")
    work.flush()
    return int(running.request)


def _shorten(work: UnitOfWork, piece: Piece, ends: str | None) -> None:
    """End a piece there; one that took no time never was."""
    if ends is not None and ends <= piece.starts:
        work.edit(_row(work, piece), ends=piece.starts, void=True)
    else:
        work.edit(_row(work, piece), ends=ends)


def _row(work: UnitOfWork, piece: Piece) -> PieceRow:
    row = work.get(PieceRow, piece.id)
    assert row is not None
    return row


def _check(found: Request) -> None:
    why = why_not("clock", found.status)
    if why:
        raise Refused(f"{label(found.number)}: {why}.", "Reopen it to work on it.")
