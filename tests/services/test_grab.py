"""Regions, the screen and the clipboard, by programs that do what the real ones may do."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from deskmate.domain.grab import Cancelled, Failed, Got, Guides, Missing, Session, session, tools
from deskmate.services import clipboard, grab
from deskmate.services.programs import Leash
from tests.support.stand_ins import desktop, given, only, picture
from tests.support.waiting import PATIENCE

DEFAULT = Guides()


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    return picture(tmp_path / "shot.png")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


def test_which_program_is_asked_on_which_desktop() -> None:
    assert session("linux", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}) is Session.WAYLAND
    assert session("linux", {"DISPLAY": ":0", "WAYLAND_DISPLAY": ""}) is Session.X11
    assert session("linux", {}) is Session.NONE
    assert session("darwin", {}) is Session.MACOS
    assert [tool.name for tool in tools(Session.X11)] == ["flameshot", "maim", "spectacle", "gnome-screenshot"]
    assert tools(Session.X11, ("grim",)) == (tools(Session.WAYLAND)[0],)
    assert tools(Session.NONE, ("mine", "{file}"))[0].region == ("mine", "{file}")


def test_a_region_comes_on_standard_output_or_in_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: Path, shot: Path
) -> None:
    desktop(monkeypatch, x11=True)
    only(monkeypatch, tmp_path, flameshot=f'[ "$1 $2" = "gui --raw" ] && {given(shot)}')
    assert grab.region(str(place), DEFAULT, Leash()) == Got((str(place / "region.png"),))
    assert (place / "region.png").read_bytes() == shot.read_bytes()
    (place / "region.png").unlink()
    only(monkeypatch, tmp_path, maim=f'[ "$1" = -s ] && {given(shot)} > "$2"')
    assert grab.region(str(place), DEFAULT, Leash()) == Got((str(place / "region.png"),))
    desktop(monkeypatch, wayland=True)
    only(monkeypatch, tmp_path, slurp="echo '1,2 30x20'", grim=f'[ "$2" = "1,2 30x20" ] && {given(shot)} > "$3"')
    assert isinstance(grab.region(str(place), DEFAULT, Leash()), Got)


@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        "exit 0",
        ': > "$2"',
        "echo 'Selection was cancelled by keystroke or right-click.' >&2; exit 1",
    ],
)
def test_cancelled_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: Path, shot: Path, script: str
) -> None:
    desktop(monkeypatch, x11=True)
    only(monkeypatch, tmp_path, maim=script, spectacle=f"{given(shot)} > $2")
    assert grab.region(str(place), DEFAULT, Leash()) == Cancelled()


def test_what_fails_leaves_it_to_the_next_and_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: Path, shot: Path
) -> None:
    desktop(monkeypatch, x11=True)
    broken = "echo 'Unable to capture\x1b[2J screen' >&2; exit 1"
    only(monkeypatch, tmp_path, flameshot=broken, maim="echo no display >&2; exit 1")
    came = grab.region(str(place), DEFAULT, Leash())
    assert isinstance(came, Failed)
    assert "flameshot gave no picture: Unable to capture" in came.why
    assert "maim gave no picture: no display." in came.why
    assert "\x1b" not in came.why
    only(monkeypatch, tmp_path, flameshot=broken, maim=f'{given(shot)} > "$2"')
    assert isinstance(grab.region(str(place), DEFAULT, Leash()), Got)


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: Path) -> None:
    only(monkeypatch, tmp_path)
    desktop(monkeypatch, x11=True)
    came = grab.region(str(place), DEFAULT, Leash())
    assert came == Missing(
        "Nothing that takes a region is installed: flameshot, maim, spectacle or gnome-screenshot would do."
    )
    assert grab.region(str(place), Guides(region=("mine", "-x")), Leash()) == Missing(
        "Nothing that takes a region is installed: mine would do."
    )
    assert clipboard.picture(str(place), Leash()) == Missing(
        "xclip is not installed, and nothing else reads the clipboard here."
    )
    desktop(monkeypatch, wayland=True)
    came = grab.screen(str(place), Leash())
    assert isinstance(came, Missing)
    assert "Under Wayland" in came.what
    assert "grim" in came.what
    assert isinstance(clipboard.picture(str(place), Leash()), Missing)
    desktop(monkeypatch)
    for came in (
        grab.region(str(place), DEFAULT, Leash()),
        grab.screen(str(place), Leash()),
        clipboard.picture(str(place), Leash()),
    ):
        assert came is grab.NO_DESKTOP


def test_one_that_hangs_or_floods_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: Path, shot: Path
) -> None:
    desktop(monkeypatch, x11=True)
    only(monkeypatch, tmp_path, flameshot="/bin/sleep 60", maim=f'{given(shot)} > "$2"')
    with monkeypatch.context() as soon:
        soon.setattr(grab, "REGION_SECONDS", 0.1)
        came = grab.region(str(place), DEFAULT, Leash())
    assert isinstance(came, Failed)
    assert "did not end within" in came.why
    only(monkeypatch, tmp_path, flameshot="while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done")
    with monkeypatch.context() as small:
        small.setattr(grab, "MOST_BYTES", 1_000)
        came = grab.region(str(place), DEFAULT, Leash())
    assert isinstance(came, Failed)
    assert "wrote more than" in came.why


def test_esc_ends_the_program_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: Path) -> None:
    desktop(monkeypatch, x11=True)
    began = tmp_path / "began"
    only(monkeypatch, tmp_path, flameshot=f"echo $$ > '{began}.new'; /bin/mv '{began}.new' '{began}'; /bin/sleep 60")
    leash, came = Leash(), []
    waiting = threading.Thread(target=lambda: came.append(grab.region(str(place), DEFAULT, leash)))
    waiting.start()
    until = time.monotonic() + PATIENCE
    while not began.exists():
        assert time.monotonic() < until
        time.sleep(0.002)
    leash.pull()
    with pytest.raises(ProcessLookupError):  # the app may be on its way out, and nobody waits any more
        os.kill(int(began.read_text(encoding="utf-8")), 0)
    waiting.join(PATIENCE)
    assert came == [Cancelled()]
    assert grab.region(str(place), DEFAULT, leash) == Cancelled(), "also one that is only about to start"


XCLIP = """
[ -z "$DISPLAY" ] && {{ echo "Error: Can't open display: (null)" >&2; exit 1; }}
case "$4" in
  TARGETS) printf '{types}' ;;
  {wanted}) {gives} ;;
  *) echo "Error: target $4 not available" >&2; exit 1 ;;
esac
"""


def test_the_clipboard_gives_a_picture_or_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: Path, shot: Path
) -> None:
    desktop(monkeypatch, x11=True)
    types = r"TARGETS\nimage/bmp\nimage/png\ntext/html\n"
    only(monkeypatch, tmp_path, xclip=XCLIP.format(types=types, wanted="image/png", gives=given(shot)))
    assert clipboard.picture(str(place), Leash()) == Got((str(place / "clipboard.png"),))
    assert (place / "clipboard.png").read_bytes() == shot.read_bytes()

    def holding(wanted: str, text: str) -> None:
        gives = f"printf '{text}'"
        only(monkeypatch, tmp_path, xclip=XCLIP.format(types=wanted, wanted=wanted, gives=gives))

    holding("text/uri-list", rf"file://{shot}\r\n".replace("%", "%%"))
    assert clipboard.picture(str(place), Leash()) == Got((str(shot),))
    holding("UTF8_STRING", str(shot))
    assert clipboard.picture(str(place), Leash()) == Got((str(shot),))
    holding("UTF8_STRING", "only words")
    assert clipboard.picture(str(place), Leash()) is clipboard.NO_PICTURE
    holding("image/svg+xml", "<svg/>")
    assert clipboard.picture(str(place), Leash()) is clipboard.NO_PICTURE


def test_the_clipboard_says_why_it_gives_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: Path
) -> None:
    desktop(monkeypatch, wayland=True)
    only(monkeypatch, tmp_path, wl_paste="echo 'Nothing is copied' >&2; exit 1")
    assert clipboard.picture(str(place), Leash()) is clipboard.EMPTY
    only(monkeypatch, tmp_path, wl_paste="echo 'Failed to connect to a Wayland server' >&2; exit 1")
    assert clipboard.picture(str(place), Leash()) == Failed(
        "wl-paste could not read the clipboard: Failed to connect to a Wayland server."
    )
    only(monkeypatch, tmp_path, wl_paste="/bin/sleep 60")
    monkeypatch.setattr(clipboard, "CLIPBOARD_SECONDS", 0.1)
    came = clipboard.picture(str(place), Leash())
    assert isinstance(came, Failed)
    assert "did not end within" in came.why


def test_the_screen_is_taken_by_a_program_under_wayland_and_says_why_not_without_a_display(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: Path, shot: Path
) -> None:
    desktop(monkeypatch, wayland=True)
    only(monkeypatch, tmp_path, grim="exit 0", gnome_screenshot=f'[ "$1" = -f ] && {given(shot)} > "$2"')
    assert isinstance(grab.screen(str(place), Leash()), Got)
    only(monkeypatch, tmp_path, grim="exit 0")
    assert grab.screen(str(place), Leash()) == Failed("grim gave no picture."), (
        "nobody was asked, so nobody cancelled"
    )
    desktop(monkeypatch, x11=True)
    came = grab.screen(str(place), Leash())
    assert isinstance(came, Failed)
    assert "mss gave no picture" in came.why
