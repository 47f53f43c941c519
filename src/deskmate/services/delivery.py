"""Delivery: a stored reply leaves the desk. Slow, so it never runs on the screen's or the writer's thread.

The argument list is the technician's own and no shell is involved. Nothing of a message becomes part of it: a command
gets the message on its standard input or in a file whose name is made here.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from deskmate.domain.public import outward
from deskmate.domain.reply import Enclosed, Outgoing, Parcel, Report, Sending, Way
from deskmate.domain.timeline import Delivery
from deskmate.errors import DeskmateError
from deskmate.formats import eml, replacing
from deskmate.services.programs import finished, name
from deskmate.store import files

FILE = "{file}"
"""Stands for the file with the message in an argument of the command."""
OUTBOX = "outbox"
MEDIA = {
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The media types of what may go with a message, by their endings."""
OPENS_WITHIN = 3
"""Seconds after which a program that opens a link and is still there counts as opened."""


class Undelivered(DeskmateError):
    """It did not leave; the message says why."""


@outward
def deliver(parcel: Parcel, sending: Sending, folder: str, now: datetime) -> Report:
    """Let one reply leave and say how far it came. ``folder`` is the data folder, ``now`` aware.

    Never raises for what a program, a file system or an address does: that is the reason in the report.
    """
    outbox = sending.folder or os.path.join(folder, OUTBOX)
    beside: tuple[str, ...] = ()
    try:
        message = _with_files(parcel, folder)
        if parcel.way is Way.COMMAND:
            run(sending.command, eml.message(message, sender=sending.sender, date=now), folder, sending.timeout)
            return Report(parcel.id, Delivery.SENT, handover=parcel.handover)
        if parcel.way is Way.EML:
            data = eml.message(message, sender=sending.sender, date=now, draft=True)
            put(data, outbox, f"{message.number}-{parcel.id}")
        else:
            beside = lay_beside(message, outbox)
            if parcel.way is Way.MAILTO:
                open_link(_link(message, parcel.short))
            else:
                to_clipboard(message)
    except DeskmateError as error:
        return Report(parcel.id, Delivery.NOT_SENT, error.message, parcel.handover)
    except OSError as error:
        reason = f"{error.strerror or type(error).__name__}."
        return Report(parcel.id, Delivery.NOT_SENT, reason, parcel.handover)
    return Report(parcel.id, Delivery.HANDED_OVER, handover=parcel.handover, beside=beside)


@outward
def lay_out(parcel: Parcel, sending: Sending, folder: str) -> Report:
    """Put the files of a reply, whose text the screen itself put on the clipboard, where they are found.

    Never raises for what a file system does: that is the reason in the report.
    """
    try:
        message = _with_files(parcel, folder)
        beside = lay_beside(message, sending.folder or os.path.join(folder, OUTBOX))
    except DeskmateError as error:
        return Report(parcel.id, Delivery.NOT_SENT, error.message, parcel.handover)
    except OSError as error:
        return Report(parcel.id, Delivery.NOT_SENT, f"{error.strerror or type(error).__name__}.", parcel.handover)
    return Report(parcel.id, Delivery.HANDED_OVER, handover=parcel.handover, beside=beside)


@outward
def lay_beside(message: Outgoing, folder: str) -> tuple[str, ...]:
    """Write the files of a message to ``folder``, for one who adds them by hand; returns their paths."""
    folder = os.path.abspath(os.path.expanduser(folder))
    made = []
    for each in message.files:
        stem, ending = os.path.splitext(each.name)
        made.append(put(each.data, folder, f"{message.number}-{stem}", ending))
    return tuple(made)


@outward
def _with_files(parcel: Parcel, folder: str) -> Outgoing:
    """The message with what is in its files. Raises NotKept for one that is not there, or not as it was."""
    made = tuple(Enclosed(each.name, _media(each.name), files.content(folder, each)) for each in parcel.files)
    return replace(parcel.message, files=made)


def _media(name: str) -> str:
    return MEDIA.get(os.path.splitext(name)[1], "application/octet-stream")


@outward
def _link(message: Outgoing, short: str) -> str:
    """The link with all of the text, or where that is too long, without what is in the files."""
    try:
        return eml.mailto(message)
    except eml.TooLong:
        if not message.files:
            raise
        return eml.mailto(replace(message, text=short))


def run(command: Sequence[str], data: bytes, folder: str, timeout: float) -> None:
    """Give a message to the technician's own command. Raises Undelivered unless it exits with 0 in time.

    What it starts itself ends with it when the time is over. The message lies in a file of ours, 0600, until then.
    """
    if not command:
        raise Undelivered("No command is set.", 'Set command = ["msmtp", "-t"] in the [reply] section.')
    # Lines end as they do on this system: a program that takes mail on its standard input makes them CR LF.
    data = data.replace(b"\r\n", os.linesep.encode())
    with _private(folder, data) as message:
        named = any(FILE in word for word in command)
        words = [word.replace(FILE, message.name) for word in command]
        with open(os.devnull if named else message.name, "rb") as given:
            code, last_words = finished(words, given.fileno(), timeout)
    if code:
        raise Undelivered(f"{name(command)} ended with {code}{f': {last_words}' if last_words else ''}")


def put(data: bytes, folder: str, name: str, ending: str = ".eml") -> str:
    """Write a message, or what goes with one, to a new file, a number added where there is one; returns its path.

    What is there already with the same bytes is not written again, unless it is a message.
    """
    folder = os.path.expanduser(folder)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    for attempt in range(1, 1_000):
        path = os.path.join(folder, f"{name}{f'-{attempt}' if attempt > 1 else ''}{ending}")
        if ending != ".eml" and replacing.read(path) == data:
            return path
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return path
    raise Undelivered(f"There are too many files called {name} in {folder}.")


def open_link(link: str) -> None:
    """Have the system open a ``mailto:`` link. Raises Undelivered."""
    if sys.platform == "win32":
        os.startfile(link)
        return
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    nothing = os.open(os.devnull, os.O_RDONLY)
    try:
        code, last_words = finished([opener, link], nothing, OPENS_WITHIN, stays=True)
    finally:
        os.close(nothing)
    if code:
        raise Undelivered(f"{opener} ended with {code}{f': {last_words}' if last_words else ''}")


CLIPBOARDS = (
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("xsel", "--clipboard", "--input"),
    ("pbcopy",),
    ("clip.exe",),
)
"""Programs that put their standard input on the clipboard, tried in this order."""


@outward
def to_clipboard(out: Outgoing) -> None:
    """Put the text of a reply on the clipboard of the system. Raises Undelivered."""
    found = [words for words in CLIPBOARDS if shutil.which(words[0])]
    if not found:
        raise Undelivered("No program that sets the clipboard was found, such as wl-copy, xclip or pbcopy.")
    with _private(None, out.text.encode("utf-8", "replace")) as message, open(message.name, "rb") as given:
        code, last_words = finished(found[0], given.fileno(), OPENS_WITHIN, stays=True)
    if code:
        raise Undelivered(f"{found[0][0]} ended with {code}{f': {last_words}' if last_words else ''}")


def _private(folder: str | None, data: bytes) -> tempfile._TemporaryFileWrapper[bytes]:
    """A file that nobody else can read and that is gone after its ``with`` block."""
    file = tempfile.NamedTemporaryFile(prefix="reply-", suffix=".eml", dir=folder)  # noqa: SIM115 - the caller's block
    file.write(data)
    file.flush()
    return file
