"""A region or the whole screen as a picture, taken by the technician's own programs.

Each way gives what came of it: a file in the folder it was given, that it was cancelled, why it failed, or what is
missing. None raises, none waits longer than its time, and no shell is between us and a program.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

from deskmate.domain.grab import (
    BOX,
    FILE,
    MOST_BYTES,
    REGION_SECONDS,
    SCREEN_SECONDS,
    Came,
    Cancelled,
    Failed,
    Got,
    Guides,
    Missing,
    Session,
    Tool,
    gave_up,
    session,
    tools,
)
from deskmate.services import programs, windows_pictures
from deskmate.services.programs import Leash

NO_DESKTOP = Failed("No desktop can be reached from here: neither WAYLAND_DISPLAY nor DISPLAY is set.")
WAYLAND_SAYS = "Under Wayland a program may not look at the screen by itself"


def here() -> Session:
    """The desktop this program stands on."""
    return session(sys.platform, os.environ)


def not_there(settings: Guides) -> list[str]:
    """What the settings name and this machine does not have, a sentence each."""
    said = []
    for tool in tools(here(), settings.region) if settings.region else ():
        lacking = [name for name in (tool.program, tool.also) if name and not shutil.which(name)]
        said += [f"“guides.region” needs {name}, which is not installed." for name in lacking]
    if settings.screenshots and not os.path.isdir(os.path.expanduser(settings.screenshots)):
        said.append(f"“guides.screenshots” names {settings.screenshots}, which is no folder.")
    return said


def region_tool(settings: Guides) -> Tool | None:
    """The program that will take a region; None when none is installed."""
    return next(iter(_installed(tools(here(), settings.region))), None)


def why_no_region(settings: Guides) -> Failed | Missing | None:
    """Why no region can be taken here; None when a program for it is installed."""
    if here() is Session.WINDOWS and not settings.region:
        return None
    if here() is Session.NONE and not settings.region:
        return NO_DESKTOP
    offered = tools(here(), settings.region)
    if _installed(offered):
        return None
    return Missing(f"Nothing that takes a region is installed: {_names(offered)} would do.")


def region(place: str, settings: Guides, leash: Leash) -> Came:
    """Let a region be drawn with the first program that works; the picture is a file in the folder ``place``."""
    lacking = why_no_region(settings)
    if lacking is not None:
        return lacking
    if here() is Session.WINDOWS and not settings.region:
        return windows_pictures.region(place, leash)
    why: list[str] = []
    until = time.monotonic() + REGION_SECONDS
    for tool in _installed(tools(here(), settings.region)):
        came = _region_by(tool, os.path.join(place, "region.png"), until, leash)
        if not isinstance(came, Failed):
            return came
        why.append(came.why)
        if time.monotonic() >= until:
            break
    return Failed(" ".join(why))


def screen(place: str, leash: Leash) -> Came:
    """The whole screen, all of it where there are several; under Wayland by a program, as nothing else may look."""
    desktop = here()
    path = os.path.join(place, "screen.png")
    if desktop is Session.NONE:
        return NO_DESKTOP
    if desktop is not Session.WAYLAND:
        # In a process of its own, because a display that does not answer can not be given up otherwise.
        words = [sys.executable, "-P", "-m", "deskmate.services.whole_screen", path]
        return _came(words, path, SCREEN_SECONDS, leash, called="mss")
    offered = tuple(tool for tool in tools(desktop) if tool.screen)
    why: list[str] = []
    for tool in offered:
        if not shutil.which(tool.program):
            continue
        came = _came([path if word == FILE else word for word in tool.screen], path, SCREEN_SECONDS, leash)
        if came == Cancelled() and not leash.pulled:  # nobody was asked for anything
            came = Failed(f"{tool.name} gave no picture.")
        if not isinstance(came, Failed):
            return came
        why.append(came.why)
    if why:
        return Failed(" ".join(why))
    return Missing(f"{WAYLAND_SAYS}, and nothing that may is installed: {_names(offered, 'screen')} would do.")


def _installed(offered: Sequence[Tool]) -> list[Tool]:
    """Those with which a region can be taken here."""
    return [tool for tool in offered if all(map(shutil.which, filter(None, (tool.program, tool.also))))]


def _names(offered: Sequence[Tool], what: str = "region") -> str:
    together = [f"{tool.name} with {tool.also}" if tool.also and what == "region" else tool.name for tool in offered]
    names = list(dict.fromkeys(together))
    return " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _region_by(tool: Tool, path: str, until: float, leash: Leash) -> Came:
    words = list(tool.region)
    if BOX in words:
        box = _box(tool, f"{path}.box", until, leash)
        if not isinstance(box, str):
            return box
        words = [box if word == BOX else word for word in words]
    return _came([word.replace(FILE, path) for word in words], path, until - time.monotonic(), leash)


def _box(tool: Tool, path: str, until: float, leash: Leash) -> str | Came:
    """The region as slurp says it: ``10,20 300x200``."""
    came = _came([tool.also], path, until - time.monotonic(), leash)
    if not isinstance(came, Got):
        return came
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read(100).strip()


def _came(words: list[str], path: str, seconds: float, leash: Leash, called: str = "") -> Came:
    """Run a program that makes the file ``path``, and say what came of it."""
    name = called or programs.name(words)
    with suppress(FileNotFoundError):
        os.unlink(path)  # of one that failed before
    try:
        code, last_words = programs.written(words, path, seconds, MOST_BYTES, leash)
    except programs.Pulled:
        return Cancelled()
    except programs.NotRun as error:
        return Failed(error.message)
    if os.path.exists(path) and os.path.getsize(path):
        return Got((path,))
    if gave_up(code, last_words):
        return Cancelled()
    return Failed(f"{name} gave no picture: {last_words.rstrip('.')}.")
