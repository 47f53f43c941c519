"""``add``: capture a request. The path everything else is measured by, so it imports next to nothing."""

from __future__ import annotations

from deskmate.cli import choices
from deskmate.cli.office import calendar_of
from deskmate.cli.output import narrate, say
from deskmate.cli.words import choice, numbers, text_from_stdin
from deskmate.domain import local
from deskmate.domain.capture import parse
from deskmate.domain.channel import Channel
from deskmate.domain.row import label
from deskmate.domain.text import NAME_LIMIT, TAG_LIMIT, TITLE_LIMIT, clean
from deskmate.errors import DONE, DeskmateError
from deskmate.paths import database
from deskmate.services.desk import Desk
from deskmate.store.connection import check_file
from deskmate.store.read.names import StoredNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said
    from deskmate.domain.capture import Capture, Names
    from deskmate.domain.files import Kept


def add(said: Said, folder: str) -> int:
    """Store what was said and print the number. A name or tag nobody knows never keeps a request out."""
    impact = choice(said, "--impact", choices.IMPACT)
    urgency = choice(said, "--urgency", choices.URGENCY)
    channel = choice(said, "--via", choices.VIA)
    joined = _joined(said, folder)
    piped = said.words == ["-"]
    raw = text_from_stdin() if piped else " ".join(said.words)
    whole = clean(raw, multiline=True)[0].strip("\n")
    if not clean(whole)[0]:
        raise said.wrong("Say what it is about: there is no text.")
    lines = [line for line in whole.split("\n") if clean(line)[0]]
    first, more = lines[0], len(lines) > 1

    desk = Desk(folder, actor="shell")
    try:
        # The write connection reads as well as any; on a new folder there is nobody to find.
        names = StoredNames(desk.writer.conn)
        capture = parse(first, names, local.now(), calendar=calendar_of(folder))
        capture.raw = raw
        capture.impact = impact or capture.impact
        capture.urgency = urgency or capture.urgency
        hints = [f"“{word}” is no option of add, so it is text." for word in said.kept]
        capture.files = _kept(said.values("--attach"), folder)
        hints += [f"“{mark}” is not known, so it stayed text." for mark in capture.unknown]
        hints += _asked_by(capture, said.value("--from") or "", names)
        hints += _tagged(capture, said.values("--tag"), names)
        capture.channel = channel or capture.channel
        if joined is not None:
            text = f"{capture.text}{whole.partition(first)[2]}".strip("\n")
            number = desk.receive(joined, text, via=capture.channel, files=capture.files, raw=raw)
        else:
            if capture.channel is None and capture.requester is None:
                capture.channel = Channel.SELF
            number = desk.capture(capture, _body(capture, first, whole, piped=piped, more=more))
    finally:
        desk.close()
    say(label(number))
    for hint in hints:
        narrate(hint)
    return DONE


def _joined(said: Said, folder: str) -> int | None:
    """The request that ``--join`` names; None without it."""
    if not said.has("--join"):
        return None
    for option in ("--from", "--impact", "--urgency", "--tag"):
        if said.has(option):
            raise said.wrong(f"{option} is for a new request; --join adds to one that is there.")
    wanted = numbers(said, said.values("--join"))
    if len(wanted) > 1:
        raise said.wrong("A text can be joined to one request.")
    if check_file(database(folder)) == 0:  # a request that is not there makes no database
        raise DeskmateError(f"There is no {label(wanted[0])}.", "Nothing was captured here so far.")
    return wanted[0]


def _kept(paths: list[str], folder: str) -> tuple[Kept, ...]:
    """The files, copied into the data folder."""
    if not paths:
        return ()
    from deskmate.store import files

    return tuple(files.keep(folder, path) for path in paths)


def _body(capture: Capture, first: str, whole: str, *, piped: bool, more: bool) -> str:
    """The text beyond the title: all of it, where the title is only its beginning."""
    if len(first) > TITLE_LIMIT and capture.title.endswith("…"):
        return whole
    if not more:
        return ""
    return whole.partition(first)[2].strip("\n") if piped else whole


def _asked_by(capture: Capture, typed: str, names: Names) -> list[str]:
    """Who asks, known or not; returns what to tell about it."""
    who = clean(clean(typed)[0][:NAME_LIMIT])[0]
    if not who:
        return []
    person = names.person(who) or names.person(who.removeprefix("@"))
    capture.known = person is not None
    capture.person_id, capture.requester = person or (None, who)
    if person:
        return []
    return [f"Nobody, or more than one person, goes by “{who}”, so the name is kept as typed."]


def _tagged(capture: Capture, typed: list[str], names: Names) -> list[str]:
    """The tags, known or not; returns what to tell about them."""
    hints = []
    for text in typed:
        name = clean(clean(text)[0].lstrip("#")[:TAG_LIMIT])[0]
        known = names.tag(name)
        name = known or name
        if not name or name.casefold() in map(str.casefold, capture.tags):
            continue
        capture.tags = (*capture.tags, name)
        if known is None:
            hints.append(f"No tag is called “{name}” yet, so it is kept as typed.")
    return hints
