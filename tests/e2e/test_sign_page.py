"""The page of the sign in a real browser, in every state, in light and in dark. Needs Chromium."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from deskmate.domain.availability import Override, State
from deskmate.domain.calendar import Calendar
from deskmate.domain.hours import Hours, Leave, parse_week
from deskmate.domain.sign import VALID, Board, SignState, sign_at, unknown
from deskmate.formats.sign_page import page

pytestmark = [pytest.mark.e2e, pytest.mark.prove]

NOW = datetime(2026, 3, 23, 14, 5, tzinfo=ZoneInfo("Europe/Berlin"))
HOURS = Hours(
    "Europe/Berlin", parse_week("Mon-Fri 9-12, 13-17")[0], leaves=(Leave(date(2026, 4, 1), date(2026, 4, 9)),)
)
BOARD = Board(Calendar(HOURS), urgent="ext. 99", deputy="R. Haas")
LONG = "The network on the second and third floor is slow. We look for the cause with the provider. " * 2


def by_hand(state: State) -> SignState:
    return sign_at(
        NOW, replace(BOARD, overrides=(Override(NOW, state, NOW + timedelta(minutes=25), "in room 2.14"),))
    )


SIGNS = {
    "open": (sign_at(NOW, BOARD), "def3e2", "0b3f1d"),
    "closing": (sign_at(NOW.replace(hour=16, minute=51), BOARD), "ffefc2", "4b3600"),
    "dnd": (by_hand(State.DND), "fbdfdf", "6a1010"),
    "away": (by_hand(State.AWAY), "ffefc2", "4b3600"),
    "closed": (sign_at(NOW.replace(hour=18), BOARD), "e7eaef", "1b1e24"),
    "leave": (sign_at(NOW + timedelta(days=10), BOARD), "e7eaef", "1b1e24"),
    "notice": (sign_at(NOW, replace(BOARD, notice=LONG)), "def3e2", "0b3f1d"),
    "stale": (unknown(sign_at(NOW, BOARD), NOW + timedelta(hours=1)), "eee1f6", "3d115c"),
}
"""Each state with the ground it has in light and in dark."""


def browser() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "This proof looks at the page in Chromium, and there is none: apt install chromium."
    return found


def picture(folder: Path, text: str, *, dark: bool = False, seconds: float = 1) -> Image.Image:
    """What is seen of a page so long after it was loaded, on a small wide screen."""
    (folder / "sign.html").write_text(text, encoding="utf-8")
    argv = [browser(), "--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,720"]
    argv += [f"--user-data-dir={folder / 'profile'}", f"--blink-settings=preferredColorScheme={int(not dark)}"]
    argv += [f"--virtual-time-budget={int(seconds * 1000)}", f"--screenshot={folder / 'seen.png'}"]
    subprocess.run([*argv, f"file://{folder / 'sign.html'}"], check=True, capture_output=True, timeout=60)
    with Image.open(folder / "seen.png") as seen:
        return seen.convert("RGB")


def colours(seen: Image.Image) -> list[str]:
    """The colours in a picture, the most frequent first."""
    found = sorted(seen.getcolors(seen.width * seen.height), reverse=True)
    return ["".join(f"{part:02x}" for part in colour) for _count, colour in found]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", SIGNS)
def test_each_state_has_its_colour_and_all_of_it_is_seen(name: str, dark: bool, tmp_path: Path) -> None:
    sign, light_ground, dark_ground = SIGNS[name]
    wanted = dark_ground if dark else light_ground
    seen = picture(tmp_path, page(sign), dark=dark)
    assert colours(seen)[0] == wanted
    # As of when stands in the last line with room around it: what is above was not too large for the screen.
    above, line, below = (
        colours(seen.crop((0, top, 1280, end))) for top, end in ((660, 674), (676, 706), (708, 720))
    )
    assert above == below == [wanted]
    assert len(line) > 1


def test_a_page_that_could_not_be_loaded_anew_says_so(tmp_path: Path) -> None:
    text = page(sign_at(NOW, BOARD)).replace('http-equiv="refresh"', 'name="off"')
    limit = VALID.total_seconds()
    assert colours(picture(tmp_path, text, seconds=limit - 30))[0] == SIGNS["open"][1]
    assert colours(picture(tmp_path, text, seconds=limit + 30))[0] == SIGNS["stale"][1]
