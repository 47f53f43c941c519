"""Answering from the shell: the same reply, by the same means, as from the app."""

from __future__ import annotations

from deskmate import paths
from deskmate.cli.change import carry_out, check_there
from deskmate.cli.guide_files import guides_for, language_of
from deskmate.cli.output import narrate, say, say_json
from deskmate.cli.words import numbers, text_from_stdin
from deskmate.config import load
from deskmate.domain import commands, local
from deskmate.domain.canned import fill
from deskmate.domain.enclosing import wording
from deskmate.domain.guiding import SendGuides
from deskmate.domain.reply import Way, beside_text
from deskmate.domain.row import label
from deskmate.domain.timeline import Delivery
from deskmate.errors import DONE, REFUSED, DeskmateError
from deskmate.services.delivery import deliver
from deskmate.services.desk import Desk
from deskmate.store.read import letters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said
    from deskmate.domain.canned import Canned


def reply(said: Said, folder: str) -> int:
    """Store a reply, let it leave, and say what became of it: 1 when it was not sent."""
    wanted = numbers(said, said.words[:1])
    name = said.value("--canned")
    text = text_from_stdin() if said.words[1:] == ["-"] else " ".join(said.words[1:])
    if bool(text.strip()) + (name is not None) != 1 and not (said.has("--guide") and not text.strip() and not name):
        raise said.wrong("Say the text, or --canned with the name of one." if name is None else "Say one of the two.")
    for word in said.kept:
        narrate(f"“{word}” is no option of reply, so it is text.")
    check_there(wanted, said, folder)
    sending = load(paths.config_file()).reply
    desk = Desk(folder, actor="shell")
    try:
        conn = desk.writer.conn
        head = letters.letterhead(conn, wanted[0])
        if name is not None and head is not None:
            text = fill(_named(letters.canned(conn), name).text, head)
        guides = guides_for(said, folder, desk, wanted[0]) if head is not None and said.has("--guide") else ()
        if guides and head is not None and not text.strip():
            text = wording(head.name, [each.title for each in guides], language_of(conn, guides[0]))
        signature = sending.signature.strip("\n")
        text = f"{text.rstrip()}\n\n{signature}" if signature else text
        outcome = desk.run(SendGuides(wanted, text, Way(sending.deliver), tuple(guides)))
        report = deliver(letters.parcels(conn, outcome.replies)[0], sending, desk.folder, local.now())
        told = desk.run(commands.Delivered(report))
    finally:
        desk.close()
    failed = report.state is Delivery.NOT_SENT
    if said.has("--json"):
        say_json(
            {
                "requests": [label(number) for number in outcome.requests],
                "label": told.label,
                "refused": list(outcome.refused),
                "state": report.state,
                "via": sending.deliver,
                "reason": report.reason or None,
                "beside": list(report.beside),
            }
        )
    elif failed:
        narrate(f"{told.label}")
    else:
        say(told.label)
    if report.beside:
        narrate(f"The way it left takes no file: {beside_text(report.beside)}.")
    if failed:
        narrate("The text is kept; r t in the app tries again.")
    return REFUSED if failed else DONE


def said(said: Said, folder: str) -> int:
    """Note down what was said."""
    return carry_out(commands.Say(numbers(said, said.words[:1]), " ".join(said.words[1:])), said, folder)


def _named(texts: list[Canned], name: str) -> Canned:
    """The text of this name, or the one that begins so. Raises DeskmateError."""
    folded = name.casefold()
    exact = [each for each in texts if each.name.casefold() == folded]
    found = exact or [each for each in texts if each.name.casefold().startswith(folded)]
    if len(found) != 1:
        there = ", ".join(each.name for each in found or texts)
        raise DeskmateError(
            f"{'Several texts begin' if found else 'No text is called'} “{name}”.", f"There are: {there}"
        )
    return found[0]
