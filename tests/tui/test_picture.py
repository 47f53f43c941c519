"""A picture is prepared with keys and with the mouse: each mark is on disk, can be changed again, and is undone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from deskmate.domain.guide import Content, Step, unpacked
from deskmate.domain.picture import Mark, MarkKind, Picture, Review
from deskmate.store import files
from deskmate.tui.dialogs.prompt import PromptDialog
from deskmate.tui.screens.picture.screen import PictureScreen
from tests.support.desks import opened
from tests.support.guides import shot, window, written
from tests.support.pilots import Seat, seated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A guide with a picture of a whole screen in its first step, and two small ones."""
    with opened(tmp_path) as desk:
        screen = shot(desk, window(tmp_path / "screen.png", 1920, 1080), covered=False)
        small = shot(desk, window(tmp_path / "small.png"), "p2", covered=False)
        other = shot(desk, window(tmp_path / "other.png", secret="other"), "p3", alt="")
        steps = (Step("s1", "Open it.", pictures=(screen, small)), Step("s2", "Look.", pictures=(other,)))
        written(desk, Content("Connect to the VPN", steps=steps), published=False)
    return tmp_path


async def at(seat: Seat, picture: str = "p1") -> PictureScreen:
    """Go to a picture, and wait until it is seen."""
    seat.queue.panels.go({"panel": "picture", "guide": 1, "picture": picture, "from": {"panel": "guides"}})
    await seat.settle()
    found = seat.app.screen
    assert isinstance(found, PictureScreen)
    await seat.wait_until(lambda: found.seen is not None)
    return found


def picture(seat: Seat, key: str = "p1") -> Picture:
    """The picture as it is on disk."""
    content = unpacked(seat.ask("SELECT draft FROM guide")[0][0])
    return next(each for each in content.pictures if each.key == key)


async def test_five_presses_a_corner_cover_exactly_these_pixels(folder: Path) -> None:
    async with seated(folder) as seat:
        await at(seat)
        await seat.press("r", *"77777")
        assert "redact: one corner   0,0  7×4" in seat.lines()[1]
        await seat.press("enter", *"51379", "enter")
        box = Mark(MarkKind.REDACT, 0, 0, 805, 684)
        assert picture(seat).marks == (box,)
        assert "covered 805×684 pixels, step 1   u undo" in seat.footer()
        assert seat.queue.over is not None, "the digits led nowhere else"
        await seat.press("u")
        assert picture(seat).marks == ()
        await seat.press("U")
        assert picture(seat).marks == (box,)


async def test_letters_point_as_digits_do_and_back_takes_them_back(folder: Path) -> None:
    async with seated(folder) as seat:
        screen = await at(seat)
        await seat.press("f", "q", "c", "backspace", "enter", "x", "left", "shift+left", "K", "enter")
        assert picture(seat).marks == (Mark(MarkKind.FRAME, 0, 0, 640, 1079),)
        await seat.press("n", "enter")
        assert "first point" in seat.footer()
        await seat.press("escape")
        assert screen.at is None
        assert seat.queue.over is screen, "esc leaves the pointing alone"


async def test_marks_are_moved_ordered_renumbered_and_taken_away(folder: Path) -> None:
    async with seated(folder) as seat:
        screen = await at(seat)
        await seat.press("n", "7", "enter", "n", "9", "enter", "a", "1", "enter", "3", "enter")
        assert [each.number for each in picture(seat).marks] == [1, 2, 0]
        assert picture(seat).marks[2] == Mark(MarkKind.ARROW, 319, 899, 1599, 899)
        await seat.press("enter", "tab", "up", "enter")
        assert picture(seat).marks[2] == Mark(MarkKind.ARROW, 319, 894, 1599, 899), "its other end stays"
        await seat.press("k", "enter", "3", "enter", "K")
        assert [(each.number, each.y1) for each in picture(seat).marks] == [(2, 899), (1, 179), (0, 894)]
        await seat.press("e", *["backspace"] * 1, "7", "enter", "d")
        await seat.press("u")
        assert [each.number for each in picture(seat).marks] == [7, 1, 0]
        assert screen.list.cursor == 0
        await seat.press("j", "i")
        await seat.type("at the door")
        await seat.press("enter", "b")
        assert isinstance(seat.queue.over, PictureScreen), "back from what came between"
        assert seat.queue.over.list.cursor == 1
        await seat.press("k", "d")
        assert [each.number for each in picture(seat).marks] == [1, 0]


async def test_the_view_comes_nearer_with_the_grid_and_by_hand(folder: Path) -> None:
    async with seated(folder) as seat:
        screen = await at(seat)
        assert screen.seen == (0, 0, 1920, 1080)
        await seat.press("r", *"1111")
        await seat.wait_until(lambda: screen.seen and screen.seen[2] < 200)
        await seat.press("escape")
        await seat.wait_until(lambda: screen.seen == (0, 0, 1920, 1080))
        await seat.press("z", "3", "enter")
        await seat.wait_until(lambda: screen.seen and screen.seen[0] >= 1200)
        await seat.press("r", "5", "enter", "enter")
        left, top, right, bottom = picture(seat).marks[0].box
        assert left > 1200, "the grid lies on what is seen"
        assert (right - left, bottom - top) < (300, 200)
        await seat.press("escape")
        await seat.wait_until(lambda: screen.seen == (0, 0, 1920, 1080))
        assert seat.queue.over is screen


async def test_alt_text_is_asked_for_once_on_leaving(folder: Path) -> None:
    async with seated(folder) as seat:
        await at(seat, "p3")
        await seat.press("escape")
        assert isinstance(seat.app.screen, PromptDialog)
        await seat.type("The window")
        await seat.press("enter")
        assert picture(seat, "p3").alt == "The window"
        assert seat.queue.over is not None
        assert seat.queue.over.scope == "guides", "where it was come from"
        await at(seat, "p3")
        await seat.press("t")
        await seat.type(" of the VPN")
        await seat.press("ctrl+o", "escape")
        assert picture(seat, "p3").alt == "The window of the VPN"
        assert seat.queue.over.scope == "guides"


async def test_the_pictures_are_looked_at_one_after_the_other(folder: Path) -> None:
    async with seated(folder) as seat:
        await at(seat)
        await seat.press("c", "5", "enter", "enter", "y", "v", "y", "v")
        assert picture(seat).review is Review.COVERED
        assert picture(seat, "p2").review is Review.CLEAN
        assert "all pictures of this guide were looked at" in seat.footer()
        await seat.press("u", "u", "u")
        assert picture(seat).marks == ()
        await seat.press("v")
        assert "step 1, picture 1 of 2" in seat.lines()[1]


async def test_the_mouse_draws_boxes_and_selects_what_is_there(folder: Path) -> None:
    async with seated(folder, (120, 40)) as seat:
        screen = await at(seat)
        board = screen.board

        async def drawn(start: tuple[int, int], end: tuple[int, int]) -> None:
            await seat.pilot.mouse_down(board, offset=start)
            await seat.pilot.hover(board, offset=end)
            await seat.pilot.mouse_up(board, offset=end)
            await seat.settle()

        await drawn((11, 2), (31, 10))
        await seat.wait_until(lambda: picture(seat).marks)
        (box,) = picture(seat).marks
        assert box.kind is MarkKind.REDACT, "what hides is what the mouse draws first"
        sight = screen.sight(picture(seat))
        assert sight is not None
        x1, y1, x2, y2 = box.box
        assert sight.box(box.box)[:2] == (10, 4)
        assert (x2 - x1, y2 - y1) == pytest.approx((20 * 1920 / sight.columns, 16 * 1080 / sight.lines), abs=40)
        await seat.press("s")
        await drawn((41, 12), (61, 16))
        await seat.wait_until(lambda: len(picture(seat).marks) == 2)
        assert picture(seat).marks[1].kind is MarkKind.SPOTLIGHT
        await drawn((21, 6), (21, 6))
        await seat.wait_until(lambda: screen.list.cursor == 0)
        await seat.press("n")
        await drawn((71, 18), (71, 18))
        await seat.wait_until(lambda: len(picture(seat).marks) == 3)


async def test_a_picture_that_is_gone_is_left(folder: Path) -> None:
    async with seated(folder) as seat:
        await at(seat, "p2")
        with opened(folder) as desk:
            from deskmate.domain.guiding import SaveGuide

            desk.run(SaveGuide(Content("Connect to the VPN", steps=(Step("s1", "Open it."),)), 1))
        await seat.settle()
        assert seat.queue.over is not None
        assert seat.queue.over.scope == "guides"
        assert "this picture is not there any more" in seat.footer()


async def test_what_is_covered_is_removed_for_good_once_that_was_said(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("2", "y")
        assert seat.queue.over is not None
        assert seat.queue.over.scope == "picture"
        await seat.press("r", "5", "enter", "enter")
        before = picture(seat).file.digest
        for said in ("This can not be undone", "for good"):
            await seat.press("ctrl+p")
            await seat.type("remove what is cov")
            await seat.press("enter")
            assert said in "".join(seat.lines()[-2:])
        assert not Path(files.path_of(str(folder), before)).exists()
        panel = await at(seat)
        await seat.press("z", "5", "enter")
        await seat.wait_until(lambda: panel.seen and panel.seen[0] > 300)
        await seat.press("escape", "escape")
        assert seat.queue.over.scope == "guides"


READ = """#!/bin/sh
printf 'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n'
printf '5\t1\t1\t1\t1\t1\t20\t60\t60\t12\t93.2\tPassword:\n5\t1\t1\t1\t1\t2\t90\t60\t60\t12\t92.8\thunter2\n'
printf '5\t1\t2\t1\t1\t1\t20\t100\t90\t12\t91\tme@example.com\n'
"""
"""What tesseract would say of a picture, as it says it."""


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script of a shell")
async def test_what_looks_like_a_secret_is_pointed_out(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path_factory.mktemp("bin") / "tesseract"
    program.write_text(READ)
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    async with seated(folder) as seat:
        panel = await at(seat, "p2")
        await seat.wait_until(lambda: len(panel.proposals) == 2)
        assert panel.mark is None
        await seat.press("y")
        assert "first: this looks like a password; y covers it, n leaves it" in seat.footer()
        await seat.press("y")
        assert picture(seat, "p2").marks == (Mark(MarkKind.REDACT, 88, 58, 152, 74),)
        await seat.press("n", "y")
        assert picture(seat, "p2").review is Review.COVERED
        assert len(picture(seat, "p2").marks) == 1
