"""Pictures on Windows: its clipboard, and its own tool for a region, which puts it there."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from deskmate.domain.grab import NO_PICTURE, REGION_SECONDS, Came, Cancelled, Failed, Got
from deskmate.services import programs

if TYPE_CHECKING:
    from deskmate.services.programs import Leash

_LOOK_AFTER = 0.2
"""Seconds between two looks at whether the clipboard has changed."""


def clipboard(place: str) -> Came:
    """The picture in the clipboard as a file in the folder ``place``, or the files that were copied."""
    from PIL import Image, ImageGrab

    try:
        found = ImageGrab.grabclipboard()
    except (OSError, ValueError) as error:
        return Failed(f"The clipboard can not be read: {error}.")
    if isinstance(found, Image.Image):
        path = os.path.join(place, "clipboard.png")
        found.save(path, "PNG")
        return Got((path,))
    return Got(tuple(found)) if found else NO_PICTURE


def region(place: str, leash: Leash) -> Came:
    """Let a region be drawn, and wait until it is in the clipboard."""
    if sys.platform == "win32":
        import ctypes

        changes = ctypes.windll.user32.GetClipboardSequenceNumber
        before = changes()
        try:
            programs.detach(["explorer.exe", "ms-screenclip:"])
        except OSError as error:
            return Failed(f"The tool of Windows can not be started: {error.strerror}.")
        until = time.monotonic() + REGION_SECONDS
        while time.monotonic() < until:
            if leash.pulled:
                return Cancelled()
            if changes() != before:
                return clipboard(place)
            time.sleep(_LOOK_AFTER)
    return Failed(f"Nothing came into the clipboard within {REGION_SECONDS:g} s.")
