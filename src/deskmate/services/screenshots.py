"""Pictures in the folder where this machine puts its screenshots: what is new there since an instant.

Nothing watches the folder: whoever wants to know looks. That works on every system and needs no permission.
"""

from __future__ import annotations

import os
import sys
import time

from deskmate.domain.files import is_picture
from deskmate.domain.grab import Shot

LOOKED_AT = 5_000
"""Entries of a folder that are looked at; nobody waits for more."""
SETTLED = 2.0
"""Seconds without a change after which a file is taken to be whole even though it does not look so."""
_NAMES = (
    *(
        "Screenshots",
        "screenshots",
        "Bildschirmfotos",
        "Captures d’écran",
        "Capturas de pantalla",
        "Capturas de tela",
    ),
    *("Schermate", "Schermafdrukken", "Skærmbilleder", "Skärmbilder", "Skjermbilder", "Kuvakaappaukset"),
    *("Zrzuty ekranu", "Snímky obrazovky", "Képernyőképek", "Capturi de ecran", "Ekran Görüntüleri"),
    *("Снимки экрана", "Знімки екрана", "スクリーンショット", "截图", "屏幕截图"),
)
"""What desktops call the folder inside of the pictures, each in the language of who sits there."""
_ENDS = {b"\x89PNG": b"IEND\xaeB`\x82", b"\xff\xd8\xff": b"\xff\xd9", b"GIF8": b"\x3b"}
"""How a picture of each kind begins, and how it ends when all of it is there."""


def folders(chosen: str = "") -> list[str]:
    """Where screenshots are looked for: in the folder somebody chose, else where systems put them."""
    if chosen:
        return [os.path.expanduser(chosen)]
    from platformdirs import user_desktop_dir, user_pictures_dir

    pictures = user_pictures_dir()
    return [*_of_macos(), *(os.path.join(pictures, name) for name in _NAMES), pictures, user_desktop_dir()]


def new_since(places: list[str], instant: float = 0.0, most: int = 20) -> list[Shot]:
    """The pictures that came into these folders after an instant (seconds since 1970), newest first.

    One that is still being written is not there yet.
    """
    found: dict[str, Shot] = {}
    for place in dict.fromkeys(places):
        try:
            with os.scandir(place) as entries:
                for _, entry in zip(range(LOOKED_AT), entries, strict=False):
                    if not is_picture(entry.name) or not entry.is_file():
                        continue
                    about = entry.stat()
                    if about.st_mtime > instant:
                        # A file system that makes no difference between large and small lists one folder twice.
                        found[os.path.realpath(entry.path)] = Shot(entry.path, about.st_mtime, about.st_size)
        except OSError:
            continue  # not there, or not ours
    newest_first = sorted(found.values(), key=lambda shot: shot.taken, reverse=True)
    whole: list[Shot] = []
    for shot in newest_first:
        if len(whole) == most:
            break
        if _is_whole(shot):
            whole.append(shot)
    return whole


def newest(places: list[str]) -> str:
    """The path of the newest of all; empty when there is none."""
    return next((shot.path for shot in new_since(places, most=1)), "")


def _is_whole(shot: Shot) -> bool:
    """Whether all of it is written. One that never gets its end is offered after a while: its kind may have none."""
    if not shot.size:
        return False
    if abs(time.time() - shot.taken) > SETTLED:
        return True
    try:
        with open(shot.path, "rb") as file:
            begin = file.read(16)
            file.seek(-min(shot.size, 16), os.SEEK_END)
            end = file.read()
    except OSError:
        return False
    if begin[:4] == b"RIFF":
        return shot.size >= int.from_bytes(begin[4:8], "little") + 8
    if begin[:2] == b"BM":
        return shot.size >= int.from_bytes(begin[2:6], "little")
    return any(begin.startswith(first) and end.endswith(last) for first, last in _ENDS.items())


def _of_macos() -> list[str]:
    """Where somebody told macOS to put them."""
    if sys.platform == "darwin":
        import plistlib

        try:
            with open(os.path.expanduser("~/Library/Preferences/com.apple.screencapture.plist"), "rb") as file:
                place = plistlib.load(file).get("location")
        except (OSError, ValueError, plistlib.InvalidFileException):
            return []
        return [os.path.expanduser(place)] if isinstance(place, str) else []
    return []
