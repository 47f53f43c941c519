"""Getting a picture from this machine: with which program, and what may come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FILE = "{file}"
"""Stands in an argument for the file a picture goes to; without it the picture comes on standard output."""
BOX = "{box}"
"""Stands for what slurp gave: the region as one argument."""

CLIPBOARD_SECONDS = 5.0
REGION_SECONDS = 120.0
SCREEN_SECONDS = 15.0
"""How long each may take."""
MOST_BYTES = 100_000_000
"""More is no picture; whatever writes it is stopped."""
COUNTDOWN = 3
"""Seconds until a region or the screen is taken: the terminal covers what is to be seen."""


class Session(StrEnum):
    """What kind of desktop this is."""

    WAYLAND = "wayland"
    X11 = "x11"
    MACOS = "macos"
    WINDOWS = "windows"
    NONE = "none"
    """None that can be reached, as over a plain ssh."""


def session(platform: str, environment: Mapping[str, str]) -> Session:
    """The desktop that a program started from here would reach; ``platform`` as ``sys.platform`` has it."""
    if platform == "win32":
        return Session.WINDOWS
    if platform == "darwin":
        return Session.MACOS
    if environment.get("WAYLAND_DISPLAY"):
        return Session.WAYLAND
    return Session.X11 if environment.get("DISPLAY") else Session.NONE


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that takes pictures, as argument lists: ``region`` lets one draw it, ``screen`` takes all.

    An empty list: it can not do that here. ``also`` is a second program it needs.
    """

    name: str
    region: tuple[str, ...] = ()
    screen: tuple[str, ...] = ()
    also: str = ""

    @property
    def program(self) -> str:
        """What has to be installed for it."""
        return (self.region or self.screen)[0]


def _tool(name: str, region: str = "", screen: str = "", also: str = "") -> Tool:
    return Tool(name, tuple(region.split()), tuple(screen.split()), also)


_GRIM = _tool("grim", f"grim -g {BOX} {FILE}", f"grim {FILE}", also="slurp")
_SPECTACLE = _tool("spectacle", f"spectacle -rbno {FILE}", f"spectacle -fbno {FILE}")
_GNOME = _tool("gnome-screenshot", f"gnome-screenshot -a -f {FILE}", f"gnome-screenshot -f {FILE}")
_FLAMESHOT = _tool("flameshot", "flameshot gui --raw", "flameshot full --raw")
_MAIM = _tool("maim", f"maim -s {FILE}", f"maim {FILE}")
_APPLE = _tool("screencapture", f"screencapture -i -x {FILE}", f"screencapture -x {FILE}")

TOOLS: dict[Session, tuple[Tool, ...]] = {
    Session.WAYLAND: (_GRIM, _SPECTACLE, _GNOME, _FLAMESHOT),
    Session.X11: (_FLAMESHOT, _MAIM, _SPECTACLE, _GNOME),
    Session.MACOS: (_APPLE,),
}
"""What is tried on each desktop, in order: the one that annotates first where it works."""


def tools(here: Session, chosen: tuple[str, ...] = ()) -> tuple[Tool, ...]:
    """The programs for this desktop. ``chosen`` is what somebody wants: the name of one of them, or arguments."""
    offered = TOOLS.get(here, ())
    if not chosen:
        return offered
    known = {tool.name: tool for tools in TOOLS.values() for tool in tools}
    if len(chosen) == 1 and chosen[0] in known:
        return (known[chosen[0]],)
    return (Tool(chosen[0], region=chosen),)


@dataclass(frozen=True, slots=True)
class Guides:
    """The section of the settings: with what a region is taken, and where screenshots are put by this machine.

    ``region`` is the name of a known program or an argument list, see ``tools``.
    """

    region: tuple[str, ...] = ()
    screenshots: str = ""


@dataclass(frozen=True, slots=True)
class Got:
    """Pictures are there, as files."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The technician thought better of it, and nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not work; ``why`` is a sentence."""

    why: str


NO_SCREENSHOT = "There is no screenshot where this system keeps them."
NO_PICTURE = Failed("There is no picture in the clipboard, and no name of a file.")


@dataclass(frozen=True, slots=True)
class Missing:
    """Something has to be installed first; ``what`` is a sentence that names it."""

    what: str


Came = Got | Cancelled | Failed | Missing
"""What came of trying to get a picture."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture in the folder of screenshots: ``taken`` in seconds since 1970, ``size`` in bytes."""

    path: str
    taken: float
    size: int


def gave_up(code: int, words: str) -> bool:
    """Whether a program that gave no picture was cancelled: it ended well, said so, or said nothing at all."""
    said = words.casefold()
    return code == 0 or not said or any(word in said for word in ("cancel", "abort", "dismissed"))
