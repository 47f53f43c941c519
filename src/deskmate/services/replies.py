"""Replies: stored as on their way before anything leaves, and what became of each reported afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from deskmate.domain import instant, waiting
from deskmate.domain.canned import fill, unfilled
from deskmate.domain.commands import ConfirmSent, Delivered, Outcome, Say, SendReply, TryAgain
from deskmate.domain.guiding import SendGuides
from deskmate.domain.public import Letterhead, outward
from deskmate.domain.reply import ADDRESSED, TEXT_LIMIT, Way, settled_address
from deskmate.domain.request import Change, Refused, Request
from deskmate.domain.row import label
from deskmate.domain.status import WaitingOn
from deskmate.domain.text import clean, excerpt
from deskmate.domain.timeline import LEFT, Delivery
from deskmate.errors import DeskmateError
from deskmate.services import guide_sending
from deskmate.services.promising import asked
from deskmate.services.requests import Rule, apply
from deskmate.services.workspace import Workspace
from deskmate.store.read import letters, people
from deskmate.store.write.guide_tables import GuideSentRow
from deskmate.store.write.tables import MessageRow, NoteRow
from deskmate.store.write.unit_of_work import UnitOfWork

REASON_LIMIT = 200
R = TypeVar("R", MessageRow, NoteRow)


def send(workspace: Workspace, command: SendReply, draft: str = "") -> Outcome:
    """Store a reply to each requester; the outcome names those that now have to be delivered."""
    text = reply_text(command.text)
    if not text:
        raise Refused("There is nothing to send.", "Type the reply first.")
    many = len(command.requests) > 1
    if many and command.way is Way.CLIPBOARD:
        raise Refused("The clipboard holds one reply.", "Answer them one by one, or set deliver in the settings.")
    guides = command.guides if isinstance(command, SendGuides) else ()
    if guides and many:
        raise Refused("A guide is made for one person.", "Answer them one by one.")
    keys: list[int] = []

    def prepare(work: UnitOfWork) -> tuple[Rule, str]:
        def answer(found: Request) -> Change:
            head = _head(work, found)
            words, address = addressed(head, text, command.way, template=many)
            keys.append(_add(work, found, words, command.way, Delivery.SENDING, address))
            for each in guides:
                guide_sending.enclose(work, workspace.folder, found.number, found.person_id, keys[-1], each)
            return _answer(work, found, command.way)

        return answer, "reply to"

    outcome = apply(workspace, command, prepare, draft)
    return Outcome(outcome.seq, outcome.label, outcome.requests, outcome.refused, replies=tuple(keys))


@outward
def addressed(head: Letterhead, text: str, way: Way, *, template: bool) -> tuple[str, str]:
    """The words and the address of one reply; placeholders are filled in for a ``template``. Raises Refused."""
    address = settled_address(head, way)
    words = fill(text, head) if template else text
    why = unfilled(words, head)
    if why:
        raise Refused(f"{head.number} was not answered. {why}", "The text is still here.")
    return words, address


def reply_text(typed: str) -> str:
    """A reply as it goes out: cleaned, without blank ends. Raises Refused for one that is too long."""
    text = clean(typed, multiline=True)[0].strip("\n").rstrip()
    if len(text) > TEXT_LIMIT:
        raise Refused(f"A reply of {len(text):,} characters is too long.", f"Up to {TEXT_LIMIT:,} can be sent.")
    return text


def say(workspace: Workspace, command: Say, draft: str = "") -> Outcome:
    """Note down that it was said; that is an answer like any other."""
    text = reply_text(command.text)

    def prepare(work: UnitOfWork) -> tuple[Rule, str]:
        def answer(found: Request) -> Change:
            settled_address(_head(work, found), Way.SAID)
            _add(work, found, text, Way.SAID, Delivery.SAID)
            _reached(work, found.number, Way.SAID)
            return _answer(work, found, Way.SAID)

        return answer, "told the requester of"

    return apply(workspace, command, prepare, draft)


def confirm(workspace: Workspace, command: ConfirmSent, draft: str = "") -> Outcome:
    """What was handed over was sent."""

    def prepare(work: UnitOfWork) -> tuple[Rule, str]:
        def sent(found: Request) -> Change:
            rows = _in_state(work, MessageRow, letters.replies(work.conn, found.number), Delivery.HANDED_OVER)
            notes = _in_state(work, NoteRow, letters.handed_over(work.conn, found.number), Delivery.HANDED_OVER)
            if not rows and not notes:
                raise Refused(f"{label(found.number)}: nothing waits to be confirmed.")
            for row in (*rows, *notes):
                work.edit(row, state=Delivery.SENT)
            if rows:
                _reached(work, found.number, rows[-1].via)
            return Change(found, found, "delivery", Delivery.HANDED_OVER, Delivery.SENT)

        return sent, "confirmed as sent:"

    return apply(workspace, command, prepare, draft)


def try_again(workspace: Workspace, command: TryAgain, draft: str = "") -> Outcome:
    """Put what did not leave on its way again, to the address of today. No undo step: the reply is the step."""
    with workspace.unit_of_work(command.name) as work:
        since = instant.to_text(instant.from_text(work.clock) - timedelta(seconds=command.patience))
        again: list[tuple[int, int]] = []
        handed: list[tuple[int, int]] = []
        refused: list[Refused] = []
        for found in work.requests(tuple(dict.fromkeys(command.requests))):
            try:
                written, given = _again(work, found, command, since)
            except Refused as reason:
                refused.append(reason)
            else:
                again += [(found.number, key) for key in written]
                handed += [(found.number, key) for key in given]
        if not again and not handed:
            raise refused[0] if refused else DeskmateError("No request was named.")
        numbers = tuple(dict.fromkeys(number for number, _key in (*again, *handed)))
        kind = "reply to" if again else "handover of"
        what = f"trying again: {kind} {', '.join(map(label, numbers[:3]))}"
        seq = work.finish(what)
    reasons = tuple(reason.message for reason in refused)
    keys, given_on = (tuple(key for _number, key in found) for found in (again, handed))
    return Outcome(seq, what, numbers, reasons, replies=keys, handovers=given_on)


def _in_state(work: UnitOfWork, model: type[R], known: list[tuple[int, str, str]], state: Delivery) -> list[R]:
    return [row for key, found, _at in known if found == state and (row := work.get(model, key))]


def _again(work: UnitOfWork, found: Request, command: TryAgain, since: str) -> tuple[list[int], list[int]]:
    """Put what is stuck of one request on its way again: the keys of replies, and of handovers."""
    known = letters.replies(work.conn, found.number), letters.handed_over(work.conn, found.number)
    stuck, given = (
        [key for key, state, at in each if state == Delivery.NOT_SENT or (state == "sending" and at < since)]
        for each in known
    )
    if not stuck and not given:
        busy = any(state == Delivery.SENDING for each in known for _key, state, _at in each)
        why = (
            f"it may still be on its way; try again in {command.patience} seconds"
            if busy
            else "nothing is left unsent"
        )
        raise Refused(f"{label(found.number)}: {why}.")
    if stuck:
        head = _head(work, found)
        way = command.way if head.address or command.way not in ADDRESSED else Way.CLIPBOARD
        address = settled_address(head, way)
        for key in stuck:
            row = work.get(MessageRow, key)
            if row is not None:
                work.edit(row, state=Delivery.SENDING, at=work.at, via=way.value, address=address or None)
    for key in given:
        _hand_again(work, found, key, command.way)
    work.fact(found.number, "delivery", Delivery.NOT_SENT, Delivery.SENDING)
    return stuck, given


def _hand_again(work: UnitOfWork, found: Request, key: int, wanted: Way) -> None:
    """Put a handover on its way again, to the address its contact has today."""
    note = work.get(NoteRow, key)
    to = people.person(work.conn, note.person_id or 0) if note else None
    if note is None or to is None:
        raise Refused(f"{label(found.number)}: who it was handed to is not on the list any more.")
    way = wanted if to.email.strip() or wanted not in ADDRESSED else Way.CLIPBOARD
    work.edit(note, state=Delivery.SENDING, at=work.at, via=way.value, address=to.email.strip() or None)


def delivered(workspace: Workspace, command: Delivered, draft: str = "") -> Outcome:
    """Take down what became of a reply or a handover. Undone on its way and left all the same, it is retracted."""
    report = command.report
    reason = excerpt(clean(report.reason)[0], REASON_LIMIT)
    with workspace.unit_of_work(command.name) as work:
        row: MessageRow | NoteRow | None
        row = (work.get(NoteRow, report.id, void=True) if report.handover
               else work.get(MessageRow, report.id, void=True))  # fmt: skip
        if row is None or row.state is not Delivery.SENDING:
            raise DeskmateError("What became of this message is known already.")
        number = row.request_id
        if row.void:
            state = Delivery.RETRACTED if report.state in LEFT else report.state
            work.edit(row, state=state, void=state is not Delivery.RETRACTED)
            for key in () if report.handover else letters.enclosed_with(work.conn, report.id):
                sent = work.get(GuideSentRow, key, void=True)
                if sent is not None:
                    work.edit(sent, void=state is not Delivery.RETRACTED)
        else:
            state = report.state
            work.edit(row, state=state)
        if state is Delivery.NOT_SENT:
            work.fact(number, "not sent", None, reason)
        else:
            work.fact(number, "delivery", Delivery.SENDING, state)
        if report.state is Delivery.SENT and not report.handover:
            _reached(work, number, row.via)
        kind = "handover of" if report.handover else "reply to"
        what = f"{state}: {kind} {label(number)}{f', {reason}' if reason else ''}"
        seq = work.finish(what)
    return Outcome(seq, what, (number,))


def _answer(work: UnitOfWork, found: Request, way: Way) -> Change:
    if waiting.reminder(found):
        work.fact(found.number, "chased", None, WaitingOn.REQUESTER)
    asked(work, found.number)
    return waiting.answer(found, way, work.calendar.chase_at(work.clock))


def _add(work: UnitOfWork, found: Request, text: str, way: Way, state: Delivery, address: str = "") -> int:
    row = work.add(
        MessageRow(
            request_id=found.number,
            kind="reply",
            at=work.at,
            text=text,
            via=way.value,
            state=state,
            address=address or None,
        )
    )
    work.flush()
    return row.id or 0


def _reached(work: UnitOfWork, number: int, via: str | None) -> None:
    """An answer reached the requester: the first one is the first response."""
    if not letters.was_answered(work.conn, number):
        work.fact(number, "first response", None, via)


def _head(work: UnitOfWork, found: Request) -> Letterhead:
    head = letters.letterhead(work.conn, found.number)
    if head is None:
        raise Refused(f"There is no {label(found.number)}.")
    return head
