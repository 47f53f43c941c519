"""What the screens ask of this machine when a picture is wanted: what is there, and to have it kept.

All of it may take its time, so it is done aside, and the answer comes by message.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from deskmate.domain.files import Kept, is_picture
from deskmate.domain.grab import NO_SCREENSHOT, Cancelled, Failed, Missing, Session, Shot
from deskmate.errors import DeskmateError
from deskmate.services import clipboard, grab, screenshots
from deskmate.services.programs import Leash
from deskmate.store import files
from deskmate.store.read.detail import attachments

if TYPE_CHECKING:
    from deskmate.domain.picture import Picture
    from deskmate.tui.gateway import Gateway, Then

__all__ = [
    "CLIPBOARD",
    "REGION",
    "SCREEN",
    "Leash",
    "Looked",
    "Taken",
    "look",
    "newest",
    "pictures_of",
    "take",
    "take_files",
    "take_kept",
    "take_newest",
]

CLIPBOARD, REGION, SCREEN = "clipboard", "region", "screen"


@dataclass(frozen=True, slots=True)
class Taken:
    """Pictures that are kept now, and for each that could not be a sentence that says why: it is where it was.

    ``moving`` says of which kept ones only the first picture is used.
    """

    pictures: tuple[Picture, ...] = ()
    refused: tuple[str, ...] = ()
    moving: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """What is there to be taken: the newest screenshot, its ``age`` in seconds, those that are new, newest first,
    the program that takes a region or why none can (a sentence; one of the two is empty), and the kind of desktop."""

    newest: Shot | None
    age: float
    new: tuple[Shot, ...]
    region: str
    no_region: str
    session: Session


def look(gateway: Gateway, since: float, then: Then) -> None:
    """What is there; new is what came after ``since`` (seconds since 1970). ``then`` gets a Looked."""

    def job() -> Looked:
        settings = gateway.config.guides
        found = screenshots.new_since(screenshots.folders(settings.screenshots))
        new = tuple(shot for shot in found if shot.taken > since)
        desktop = grab.here()
        tool, lacking = grab.region_tool(settings), grab.why_no_region(settings)
        name = tool.name if tool else "" if lacking else "the tool of Windows"
        why = lacking.what if isinstance(lacking, Missing) else lacking.why if lacking else ""
        first = found[0] if found else None
        return Looked(first, time.time() - first.taken if first else 0, new, name, why, desktop)

    gateway.aside(job, then)


def newest(gateway: Gateway, then: Then) -> None:
    """The path of the newest screenshot, empty when there is none."""
    gateway.aside(lambda: screenshots.newest(screenshots.folders(gateway.config.guides.screenshots)), then)


def take_newest(gateway: Gateway, then: Then) -> None:
    """Keep the newest screenshot as a picture; ``then`` gets a Taken, or why there is none."""

    def job() -> Taken:
        path = screenshots.newest(screenshots.folders(gateway.config.guides.screenshots))
        if not path:
            raise DeskmateError(NO_SCREENSHOT, "The setting guides.screenshots names another folder.")
        return _taken(gateway.folder, [path])

    gateway.aside(job, then)


def take_files(gateway: Gateway, paths: Sequence[str], then: Then) -> None:
    """Keep these files as pictures; ``then`` gets a Taken."""
    gateway.aside(partial(_taken, gateway.folder, paths), then)


def take_kept(gateway: Gateway, kept: Kept, then: Then) -> None:
    """Make a picture of a file that is kept already; ``then`` gets a Taken."""

    def job() -> Taken:
        found = _taken(gateway.folder, [files.path_of(gateway.folder, kept.digest)], kept.name)
        return replace(found, pictures=tuple(replace(each, file=kept) for each in found.pictures))

    gateway.aside(job, then)


def take(gateway: Gateway, way: str, leash: Leash, then: Then) -> None:
    """Take what the clipboard holds, a region or the screen, and keep it.

    ``then`` gets a Taken, None when it was cancelled, or an error that says what failed or is missing. Nothing is
    left behind outside the data folder.
    """

    def job() -> Taken | None:
        with tempfile.TemporaryDirectory(prefix="deskmate-", ignore_cleanup_errors=True) as place:
            if way == CLIPBOARD:
                came = clipboard.picture(place, leash)
            elif way == REGION:
                came = grab.region(place, gateway.config.guides, leash)
            else:
                came = grab.screen(place, leash)
            if isinstance(came, Cancelled):
                return None
            if isinstance(came, Failed):
                raise DeskmateError(came.why)
            if isinstance(came, Missing):
                raise DeskmateError(came.what)
            return _taken(gateway.folder, came.paths)

    gateway.aside(job, then)


def pictures_of(gateway: Gateway, request: int) -> tuple[Kept, ...]:
    """The pictures that belong to a request, newest first."""
    found = gateway.read_whole(attachments, [request])
    return tuple(Kept(each.name, each.size, each.digest) for each in reversed(found) if is_picture(each.name))


def _taken(folder: str, paths: Sequence[str], name: str = "") -> Taken:
    """``name`` is what a file is called that is kept, and lies under its digest."""
    from deskmate.services import pictures  # guides and drawing, which a mere path needs nothing of

    kept: list[Picture] = []
    refused: list[str] = []
    for path in paths:
        try:
            kept.append(pictures.keep(folder, path, os.urandom(6).hex()))
        except DeskmateError as error:
            said = f"{error.message} {error.hint}".strip()
            refused.append(said.replace(os.path.basename(path), name) if name else said)
    moving = [
        f"Of {name or each.file.name} only the first picture is used."
        for each in kept
        if pictures.moves(folder, each)
    ]
    return Taken(tuple(kept), tuple(refused), tuple(moving))
