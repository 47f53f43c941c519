"""The dialog that gets pictures, over a panel: each way by its key, and what it says when there is nothing."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskmate.config import Config
from deskmate.domain.commands import Attach
from deskmate.domain.grab import Guides
from deskmate.store import files
from deskmate.tui import grabbing
from deskmate.tui.dialogs.get_picture import GetPicture
from deskmate.tui.grabbing import Taken
from tests.support.desks import line, opened
from tests.support.pilots import Seat, seated
from tests.support.stand_ins import desktop, given, only, picture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with opened(tmp_path / "data") as desk:
        desk.capture(line("printer jams"))
        sizes = {"whole.png": (9, 9), "two.png": (8, 8)}
        kept = [files.keep(desk.folder, str(picture(tmp_path / name, *size))) for name, size in sizes.items()]
        desk.run(Attach((1,), tuple(kept)))
    return tmp_path / "data"


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Three screenshots: one of an hour ago, two that came in the last minute."""
    place = tmp_path / "shots"
    place.mkdir()
    for age, name, width in ((3_600, "old.png", 10), (50, "it's first.png", 11), (20, "second.png", 12)):
        picture(place / name, width)
        os.utime(place / name, (time.time() - age, time.time() - age))
    return place


async def ask(seat: Seat, request: int | None = None) -> list[Taken | None]:
    """Open it, for a step that was begun five minutes ago; what it gives comes into the list."""
    taken: list[Taken | None] = []
    since = datetime.fromtimestamp(time.time() - 300, UTC)
    seat.queue.open_dialog(GetPicture(seat.app.gateway, "Step 3", since=since, request=request), taken.append)
    await seat.settle()
    await seat.wait_until(lambda: "looking…" not in seat.text())
    return taken


def widths(taken: list[Taken | None]) -> list[int]:
    assert taken[0] is not None
    return [each.width for each in taken[0].pictures]


async def test_new_screenshots_are_counted_and_taken_by_one_key(folder: Path, shots: Path) -> None:
    config = Config(guides=Guides(screenshots=str(shots)))
    async with seated(folder, config=config) as seat:
        taken = await ask(seat)
        assert "2 new since you began" in seat.text()
        assert "newest: second.png" in seat.text()
        await seat.press("i")
        await seat.wait_until(lambda: taken)
        assert widths(taken) == [12]
        taken = await ask(seat)
        picture(shots / "third.png", 13)  # while it is open
        await seat.wait_until(lambda: "3 new since you began" in seat.text())
        await seat.press("a")
        await seat.wait_until(lambda: taken)
        assert widths(taken) == [11, 12, 13]
        taken = await ask(seat)
        await seat.press("escape")
        assert taken == [None]
        answers: list[Taken] = []
        grabbing.take_newest(seat.app.gateway, lambda answer: answers.append(answer.value))
        await seat.wait_until(lambda: answers)
        assert widths(list(answers)) == [13]
        kept = answers[0].pictures[0].file
        assert (shots / "third.png").read_bytes() == files.content(str(folder), kept)


async def test_pictures_of_the_request_and_files_by_their_path(folder: Path, shots: Path) -> None:
    async with seated(folder, config=Config(guides=Guides(screenshots=str(shots)))) as seat:
        taken = await ask(seat, request=1)
        assert "picture of D-1" in seat.text()
        await seat.press("2")
        await seat.wait_until(lambda: taken)
        assert widths(taken) == [9]
        assert taken[0] is not None
        assert taken[0].pictures[0].file.name == "whole.png"
        await seat.press("s")  # it is worked on
        taken = await ask(seat)
        assert "picture of D-1" in seat.text()
        await seat.press("p")
        await seat.type(str(shots / "old"))
        await seat.press("tab", "enter")
        await seat.wait_until(lambda: taken)
        assert widths(taken) == [10]
        (shots / "fake.png").write_text("<svg/>", encoding="utf-8")
        taken = await ask(seat)
        await seat.app.pasted(Pasted(str(shots / "fake.png")))
        await seat.wait_until(lambda: "fake.png was not taken" in seat.text())
        assert taken == []
        await seat.app.pasted(Pasted(f"{shots}/fake.png\n{shots}/it's first.png\n"))
        await seat.wait_until(lambda: taken)
        assert widths(taken) == [11]
        assert taken[0] is not None
        assert taken[0].refused[0].startswith("fake.png was not taken: it is not a picture (looks like SVG)")
        assert (shots / "fake.png").exists()


class Pasted:
    def __init__(self, text: str) -> None:
        self.text = text


async def test_a_program_is_waited_for_cancelled_and_ended(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop(monkeypatch, x11=True)
    shot = picture(tmp_path / "region.png", 20)
    left = tmp_path / "left"
    left.mkdir()
    async with seated(folder, config=Config(guides=Guides(screenshots=str(left)))) as seat:
        only(monkeypatch, tmp_path)
        taken = await ask(seat)
        assert "nothing for it is installed" in seat.text()
        await seat.press("r")
        assert "flameshot, maim, spectacle or" in seat.text()
        await seat.press("escape")
        only(monkeypatch, tmp_path, maim="exit 1")
        taken = await ask(seat)
        assert "maim, in 3 seconds" in seat.text()
        await seat.press("i")
        assert "guides.screenshots" in seat.text()
        await seat.press("r")
        assert "the region in" in seat.text()
        await seat.press("escape")
        assert "cancelled" in seat.text()
        await seat.press("r", "enter")  # now
        await seat.wait_until(lambda: "cancelled" in seat.text())
        only(monkeypatch, tmp_path, maim=f": > '{left}/began'; /bin/sleep 60")
        await seat.press("r", "enter")
        await seat.wait_until((left / "began").exists)
        await seat.press("i", "escape")
        await seat.wait_until(lambda: "cancelled" in seat.text())
        await seat.press("c")
        await seat.wait_until(lambda: "xclip is not installed" in seat.text())
        monkeypatch.setattr("deskmate.tui.dialogs.get_picture.SECOND", 0.01)
        only(monkeypatch, tmp_path, maim=f'{given(shot)} > "$2"')
        await seat.press("r")  # the countdown comes to its end by itself
        await seat.wait_until(lambda: taken)
        assert widths(taken) == [20]
