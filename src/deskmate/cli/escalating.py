"""``escalate``: hand a request over to somebody of the own network."""

from __future__ import annotations

from deskmate.cli.output import narrate, say, say_json
from deskmate.cli.words import numbers
from deskmate.domain import commands, local
from deskmate.domain.handover import handover, sheet
from deskmate.domain.person import PersonKind
from deskmate.domain.public import public
from deskmate.domain.row import label
from deskmate.domain.timeline import Delivery
from deskmate.errors import DONE, DeskmateError
from deskmate.services.desk import Desk
from deskmate.store.connection import open_reader
from deskmate.store.read import letters, people
from deskmate.store.read.detail import detail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said
    from deskmate.domain.person import Person
    from deskmate.domain.timeline import Detail


def escalate(said: Said, folder: str) -> int:
    """Hand over, print the text, and with ``--send`` let it leave."""
    (number,) = numbers(said, said.words)[:1]
    if len(said.words) > 1:
        raise said.wrong("escalate takes one request at a time.")
    name = said.value("--to")
    if not name:
        raise said.wrong("Say to whom: --to NAME.")
    found, to = _look(folder, number, name)
    text = handover(public(found), found.request.answers, local.now(), said.value("--found") or "")
    message = sheet(label(number), found.request.title, to, text)
    sending = None
    if said.has("--send"):
        from deskmate import paths
        from deskmate.config import load

        sending = load(paths.config_file()).reply
    state, reason = None, ""
    desk = Desk(folder, actor="shell")
    try:
        way = sending.way(message.address) if sending else None
        outcome = desk.run(commands.Escalate((number,), to.key, (text,), way))
        if sending:
            from deskmate.services.delivery import deliver

            report = deliver(letters.handovers(desk.writer.conn, outcome.handovers)[0], sending, folder, local.now())
            desk.run(commands.Delivered(report))
            state, reason = report.state, report.reason
    finally:
        desk.close()
    if said.has("--json"):
        say_json(
            {
                "requests": [label(number)],
                "label": outcome.label,
                "refused": [],
                "text": text,
                "delivery": state,
                "reason": reason or None,
            }
        )
    else:
        narrate(outcome.label)
        say(text.rstrip())
    if state is Delivery.NOT_SENT:
        raise DeskmateError(
            f"Not sent: {reason}", "It is escalated all the same and its text is kept; r t in the app tries again."
        )
    if state is not None:
        narrate(f"{state}: {message.address or to.name}")
    return DONE


def _look(folder: str, number: int, name: str) -> tuple[Detail, Person]:
    """The request, and the one of the own network who goes by that name. Raises DeskmateError."""
    try:
        conn = open_reader(folder)
    except FileNotFoundError:
        raise DeskmateError(f"There is no {label(number)}.", "Nothing was captured here so far.") from None
    try:
        found = detail(conn, number)
        if found is None:
            raise DeskmateError(f"There is no {label(number)}.", "deskmate list --view all shows what there is.")
        known = [each for each in people.named(conn, name) if each.kind is not PersonKind.REQUESTER]
        offered = ", ".join(each.name for each in people.network(conn)[:5])
    finally:
        conn.close()
    if len(known) != 1:
        what = f"More than one of your contacts goes by “{name}”" if known else f"“{name}” is none of your contacts"
        hint = f"There are: {offered}." if offered else "deskmate person add NAME --kind vendor adds one."
        raise DeskmateError(f"{what}.", hint)
    return found, known[0]
