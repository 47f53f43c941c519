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
from datetime import datetime

from deskmate.domain.public import outward
from deskmate.domain.reply import Outgoing, Parcel, Report, Sending, Way
from deskmate.domain.timeline import Delivery
from deskmate.errors import DeskmateError
from deskmate.formats import eml
from deskmate.services.programs import finished, name

FILE = "{file}"
"""Stands for the file with the message in an argument of the command."""
OUTBOX = "outbox"
OPENS_WITHIN = 3
"""Seconds after which a program that opens a link and is still there counts as opened."""


class Undelivered(DeskmateError):
    """It did not leave; the message says why."""


@outward
def deliver(parcel: Parcel, sending: Sending, folder: str, now: datetime) -> Report:
    """Let one reply leave and say how far it came. ``folder`` is the data folder, ``now`` aware.

    Never raises for what a program, a file system or an address does: that is the reason in the report.
    """
    try:
        if parcel.way is Way.COMMAND:
            run(
                sending.command, eml.message(parcel.message, sender=sending.sender, date=now), folder, sending.timeout
            )
            return Report(parcel.id, Delivery.SENT, handover=parcel.handover)
        if parcel.way is Way.EML:
            data = eml.message(parcel.message, sender=sending.sender, date=now, draft=True)
            put(data, sending.folder or os.path.join(folder, OUTBOX), f"{parcel.message.number}-{parcel.id}")
        elif parcel.way is Way.MAILTO:
            open_link(eml.mailto(parcel.message))
        else:
            to_clipboard(parcel.message)
    except DeskmateError as error:
        return Report(parcel.id, Delivery.NOT_SENT, error.message, parcel.handover)
    except OSError as error:
        reason = f"{error.strerror or type(error).__name__}."
        return Report(parcel.id, Delivery.NOT_SENT, reason, parcel.handover)
    return Report(parcel.id, Delivery.HANDED_OVER, handover=parcel.handover)


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


def put(data: bytes, folder: str, name: str) -> str:
    """Write a message to a new file ``name``.eml, a number added where there is one; returns its path."""
    folder = os.path.expanduser(folder)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    for attempt in range(1, 1_000):
        path = os.path.join(folder, f"{name}{f'-{attempt}' if attempt > 1 else ''}.eml")
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
