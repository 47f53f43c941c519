"""``sign`` and ``notice``: what everybody may read, on a screen and in files."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from dataclasses import replace

from deskmate.cli import change, sign_screen
from deskmate.cli.output import narrate, say, say_json
from deskmate.cli.waiting import until
from deskmate.domain import commands, instant, local
from deskmate.domain.public import outward
from deskmate.domain.sign import EVERY, SignState, as_json, in_lines, unknown
from deskmate.domain.timetable import Timetable
from deskmate.errors import DONE, DeskmateError
from deskmate.formats.replacing import read
from deskmate.formats.replacing import replace as put
from deskmate.store.connection import open_reader
from deskmate.store.read import hours
from deskmate.store.signpost import Signpost

TYPE_CHECKING = False
if TYPE_CHECKING:
    from deskmate.cli.words import Said

_FORMATS = ("--html", "--json", "--ics")
_TICK = 0.5
"""Seconds after which files follow a change."""
_STDOUT = "-"


def sign(said: Said, folder: str) -> int:
    """Show the sign in the terminal, or write it to files, once or for as long as it runs."""
    if said.words:
        return _set_words(said, folder)
    files = {name: said.value(name) or "" for name in _FORMATS if said.has(name)}
    for name, path in files.items():
        if not path or (path == _STDOUT and name != "--json"):
            raise said.wrong(f"{name} needs a file.")
    written = [os.path.realpath(path) for name, path in files.items() if path != _STDOUT]
    if "--ics" in files:
        written.append(os.path.realpath(_free_busy(files["--ics"])))
    if len(set(written)) < len(written):
        raise said.wrong("Two outputs can not go to one file: one would be written over the other.")
    if said.has("--watch") and not files:
        raise said.wrong("--watch needs a file to keep: --html, --json or --ics.")
    post = Signpost(folder)
    try:
        now = post.look(local.now())
        if "--ics" in files and not post.desk:
            raise DeskmateError(
                f"There is no desk in {folder} that dates could come from.", "Start deskmate there once."
            )
        if said.has("--watch"):
            return _watch(post, files)
        if files:
            _write(now, post, files)
        elif sign_screen.fits():
            return sign_screen.fill(lambda: post.look(local.now()))
        else:
            say("\n".join(in_lines(now)))
    finally:
        post.close()
    return DONE


def notice(said: Said, folder: str) -> int:
    """Put a notice up, take it down, or say which one is up."""
    if not said.words:
        return _show_notice(said, folder)
    text = " ".join(said.words)
    if not text.strip():
        raise said.wrong("There is nothing to put up.")
    off = text.strip().lower() == "off"
    if not off and said.words[0].strip().lower() == "off":
        raise said.wrong(f"off stands alone; to put up “{text}”, quote all of it.")
    if off and said.has("--until"):
        raise said.wrong("A notice that is taken down has no end.")
    for word in said.kept:
        narrate(f"“{word}” is no option of notice, so it is text.")
    return change.run(commands.SetNotice("" if off else text, until(said, folder)), said, folder)


def _set_words(said: Said, folder: str) -> int:
    """What always stands on the sign: ``urgent`` or ``deputy``, and then the words."""
    key, text = said.words[0], " ".join(said.words[1:])
    if key not in ("urgent", "deputy"):
        raise said.wrong(f"sign knows no “{key}”: say urgent or deputy; deskmate notice TEXT puts a notice up.")
    if not text.strip() or any(map(said.has, (*_FORMATS, "--watch"))):
        raise said.wrong(f"Say the words, or off: deskmate sign {key} TEXT.")
    text = "" if text.strip().lower() == "off" else text
    command = commands.SetSignWords(text, None) if key == "urgent" else commands.SetSignWords(None, text)
    return change.run(command, said, folder)


def _show_notice(said: Said, folder: str) -> int:
    try:
        conn = open_reader(folder)
    except FileNotFoundError:
        text, end = "", None
    else:
        try:
            text, end = hours.notice(conn, instant.now())
        finally:
            conn.close()
    if said.has("--json"):
        say_json({"text": text, "until": end} if text else None)
    elif text:
        say(text)
    else:
        narrate("There is no notice up.")
    return DONE


# --- files -------------------------------------------------------------------------------------------------


def _watch(post: Signpost, files: dict[str, str]) -> int:
    """Keep the files as the sign is, until a signal; what they say then is that nobody knows any more."""
    ended: list[int] = []
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, _frame: ended.append(number))
    now = post.look(local.now())
    written = _write(now, post, files)
    complained = False
    while not ended:
        time.sleep(_TICK)
        now = post.look(local.now())
        age = now.generated_at - written.generated_at
        if _content(now) == _content(written) and not (age >= EVERY or age < -EVERY):
            continue
        try:
            _write(now, post, files)
            complained = False
        except OSError as error:
            if not complained:
                narrate(f"deskmate: {error.strerror or type(error).__name__}: {error.filename}; trying on.")
            complained = True
        written = now
    _write(unknown(now, local.now()), post, {name: path for name, path in files.items() if name != "--ics"})
    return DONE


def _content(sign: SignState) -> SignState:
    """The sign without the times at which it was made."""
    return replace(sign, generated_at=_EPOCH, valid_until=_EPOCH)


_EPOCH = instant.from_text("1970-01-01T00:00:00.000Z")


def _write(sign: SignState, post: Signpost, files: dict[str, str]) -> SignState:
    for name, path in files.items():
        if name == "--json" and path == _STDOUT:
            say_json(as_json(sign))
            sys.stdout.flush()
        elif name == "--ics":
            for file, data in calendars(post.timetable(sign.generated_at), post.desk, path).items():
                put(file, data)
        else:
            put(path, document(sign, name.removeprefix("--")))
    return sign


@outward
def document(sign: SignState, kind: str) -> bytes:
    """The sign as a file of a kind, ``html`` or ``json``."""
    if kind == "html":
        from deskmate.formats.sign_page import page

        return page(sign).encode()
    return f"{json.dumps(as_json(sign), ensure_ascii=False, indent=2)}\n".encode()


@outward
def calendars(timetable: Timetable, desk: str, path: str) -> dict[str, bytes]:
    """The coming weeks as calendar files: at ``path`` the events, beside it the free and busy time."""
    from deskmate.formats import ics  # it costs more than all the rest

    return {path: ics.events(timetable, desk, read(path)), _free_busy(path): ics.free_busy(timetable, desk)}


def _free_busy(path: str) -> str:
    """The file beside the one with the events."""
    stem, ending = os.path.splitext(path)
    return f"{stem}-freebusy{ending or '.ics'}"
