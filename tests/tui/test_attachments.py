"""Files and later words on the screen: dropped, pasted, attached, joined, opened, and kept over esc and a kill."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image
from textual import events

from deskmate.domain import commands
from deskmate.domain.timeline import Received
from deskmate.services.desk import Desk
from deskmate.store import files
from deskmate.tui import outside
from deskmate.tui.dialogs.path import PathDialog
from deskmate.tui.terminal import TypedBurst
from tests.support.desks import line
from tests.support.pilots import Seat, seated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """D-1 and D-2 of Ana Weber, the second resolved; D-3 of nobody."""
    folder = tmp_path / "data"
    desk = Desk(str(folder), actor="test")
    desk.capture(line("printer jams", new_people=("Weber",), requester="Weber"))
    desk.capture(line("login", person_id=1, done=True))
    desk.capture(line("something else"))
    desk.close()
    return folder


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "my scan.pdf"
    path.write_bytes(b"%PDF page")
    return path


async def paste(seat: Seat, text: str) -> None:
    seat.app.post_message(events.Paste(text))
    await seat.settle()


def attached(seat: Seat, number: int) -> list[str]:
    return [each.name for each in seat.detail(number).attachments]


def draft(seat: Seat) -> str:
    return seat.app.gateway.draft("capture")[0]


async def test_a_dropped_file_opens_capture_and_comes_with_the_request(folder: Path, scan: Path) -> None:
    async with seated(folder) as seat:
        await paste(seat, f"'{scan}' ")
        await seat.wait_until(lambda: "1 file: my scan.pdf 9 bytes" in seat.text())
        await seat.type("the scan ")
        await paste(seat, f"file://{str(scan).replace(' ', '%20')}.none")  # no such file: text
        await seat.press("escape")
        assert seat.queue.listing.current is not None
        kept = draft(seat)
        await seat.press("a")
        assert "1 file: my scan.pdf 9 bytes" in seat.text()
        await seat.press("enter")
        assert attached(seat, 4) == ["my scan.pdf"]
        assert seat.detail(4).request.title.startswith("the scan file:///")
        assert "\x1c" in kept
        assert draft(seat) == ""
        assert seat.ask("SELECT raw FROM intake ORDER BY id DESC LIMIT 1")[0][0].startswith(b"the scan")


async def test_a_file_that_can_not_be_kept_says_why_and_costs_no_text(
    folder: Path, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(folder) as seat:
        await seat.press("a")
        await seat.type("half a line")
        monkeypatch.setattr(files, "LIMIT", 3)
        await paste(seat, str(scan))
        await seat.wait_until(lambda: "my scan.pdf was not attached: it has 9 bytes" in seat.text())
        await seat.press("enter")
        assert (seat.detail(4).request.title, attached(seat, 4)) == ("half a line", [])


async def test_the_last_file_goes_with_backspace_at_the_start(folder: Path, scan: Path) -> None:
    async with seated(folder) as seat:
        await paste(seat, str(scan))
        await seat.wait_until(lambda: "1 file" in seat.text())
        await seat.press("backspace")
        assert "1 file" not in seat.text()
        await seat.press("enter")  # nothing is left to keep
        assert seat.ask("SELECT count(*) FROM request") == [(3,)]


@pytest.mark.parametrize("text", ["word " * 6_000, "x" * 3_000, "first line\n" + "y\n" * 15_000])
async def test_a_large_paste_is_kept_whole_as_a_file(folder: Path, text: str) -> None:
    async with seated(folder) as seat:
        await paste(seat, text)
        await seat.press("enter")  # at once: it waits for the copy
        await seat.wait_until(lambda: seat.ask("SELECT count(*) FROM request") == [(4,)])
        (found,) = seat.detail(4).attachments
        assert found.name.startswith("pasted ")
        assert Path(files.path_of(str(folder), found.digest)).read_text(encoding="utf-8") == text
        assert seat.detail(4).request.title[:4] == text[:4]
        await seat.press("n")
        await paste(seat, text)
        await seat.type("see the file")
        await seat.press("ctrl+o")
        await seat.wait_until(lambda: seat.ask("SELECT count(*) FROM attachment WHERE request_id < 4") == [(1,)])
        await seat.press("/")
        await paste(seat, text)
        assert "too large" in seat.text()


async def test_more_is_said_about_a_request_of_that_person(folder: Path, scan: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("a")
        await seat.type("@weber it is tray 2 !mail")
        assert "↓ add it to D-1 ○ printer jams   or 1 more" in seat.text()
        await paste(seat, str(scan))
        await seat.wait_until(lambda: "1 file" in seat.text())
        await seat.press("down", "down")
        assert "added to D-2 ✓ login   2 of 2" in seat.text()
        await seat.press("up", "up")
        assert "↓ add it to D-1" in seat.text()
        await seat.press("down", "enter")
        assert "received on D-1" in seat.footer()
        found = seat.detail(1)
        said = [(entry.text, entry.via) for entry in found.entries if isinstance(entry, Received)]
        assert said == [("it is tray 2", "mail")]
        assert (attached(seat, 1), found.request.unread) == (["my scan.pdf"], False)
        assert seat.ask("SELECT count(*) FROM request") == [(3,)]
        await seat.press("u")
        assert seat.detail(1).entries[-1].text == "captured"
        assert attached(seat, 1) == []


@pytest.mark.parametrize(("typed", "made"), [("@weber", 1), ("!phone", 1), (">mon", 1), ("!done 5m", 1), ("", 0)])
async def test_without_words_a_mark_is_enough(folder: Path, typed: str, made: int) -> None:
    async with seated(folder) as seat:
        await seat.press("a")
        await seat.type(typed)
        await seat.press("enter")
        assert seat.ask("SELECT count(*) FROM request WHERE title = ''") == [(made,)]
        if made:
            assert "D-4 (untitled)" in seat.footer()


async def test_a_path_is_asked_for_and_completed(folder: Path, scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shots = scan.parent / "Pictures" / "Screenshots"
    shots.mkdir(parents=True)
    (shots / "old.png").write_bytes(b"old")
    (shots / "new.png").write_bytes(b"newer")
    for age, name in enumerate(("new.png", "old.png")):
        os.utime(shots / name, (9 - age, 9 - age))  # long written
    monkeypatch.setattr("platformdirs.user_pictures_dir", lambda: str(scan.parent / "Pictures"))
    async with seated(folder) as seat:
        await seat.press("A")
        await seat.wait_until(lambda: "newest screenshot: new.png 5 bytes" in seat.text())
        await seat.type(f"{scan.parent}/my")
        await seat.press("tab", "escape")
        await seat.press("A", "enter")
        await seat.wait_until(lambda: attached(seat, 1) == ["my scan.pdf"])
        await seat.settle()
        assert "attached my scan.pdf to D-1" in seat.footer()
        await seat.press("A", "ctrl+f")
        await seat.wait_until(lambda: f"{shots}/new.png"[:40] in seat.text())
        await seat.press("enter")
        await seat.wait_until(lambda: attached(seat, 1) == ["my scan.pdf", "new.png"])
        await seat.press("A")
        await seat.type("/nowhere/at all")
        await seat.press("enter")
        assert "there is no at all there" in seat.text()
        await seat.press("escape", "a", "ctrl+f")
        await seat.wait_until(lambda: "1 file: new.png" in seat.text())


async def test_what_can_not_be_attached_comes_back(folder: Path, scan: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("A")
        await paste(seat, f'"{scan.parent}"')
        await seat.press("enter")
        await seat.wait_until(lambda: "is a folder" in seat.text())
        assert isinstance(seat.app.screen, PathDialog)


async def test_files_are_opened_as_copies(folder: Path, scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, bytes]] = []
    monkeypatch.setattr(outside, "open_copy", lambda name, content: opened.append((name, content)))
    desk = Desk(str(folder), actor="test")
    one, two = (files.keep_text(str(folder), name, f"in {name}") for name in ("a.txt", "run me.exe"))
    desk.receive(1, "", files=(one, two))
    desk.receive(3, "", files=(one,))
    desk.close()
    async with seated(folder) as seat:
        await seat.press("g", "o")
        assert seat.footer() == "open   1 a.txt   2 run me.exe"
        await seat.press("1")
        await seat.wait_until(lambda: opened == [("a.txt", b"in a.txt")])
        await seat.press("o", "2")
        assert "may be a program" in seat.footer()
        await seat.press("o", "3")
        assert "there are 2 files" in seat.footer()
        await seat.press("o", "2")
        await seat.wait_until(lambda: len(opened) == 2)
        await seat.press("j", "o")
        await seat.wait_until(lambda: len(opened) == 3)
        Path(files.path_of(str(folder), one.digest)).unlink()
        await seat.press("o")
        await seat.wait_until(lambda: "a.txt is not among the kept files any more" in seat.text())


async def test_what_came_in_is_read_once_its_request_is_open(folder: Path) -> None:
    desk = Desk(str(folder), actor="shell")
    for number in (1, 3):
        desk.receive(number, "more", via="mail")
    desk.close()
    unread = "SELECT id FROM request WHERE unread = 1"
    async with seated(folder, (160, 40)) as seat:
        await seat.press("g", "j", "k")  # beside the list it is only rested on
        assert seat.ask(unread) == [(1,), (3,)]
        before = seat.ask("SELECT max(seq) FROM journal")
        await seat.press("enter")
        assert seat.ask(unread) == [(3,)]
        await seat.press("J")
        assert seat.ask(unread) == []
        assert seat.ask("SELECT max(seq) FROM journal") == before
    async with seated(folder, read_only=True) as seat:
        await seat.press("enter")


def test_a_copy_to_be_opened_is_read_only_and_has_a_plain_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert outside.safe_name("-rf $(x);\u202e.pdf") == "rf __x__⟨202e⟩.pdf".replace("⟨", "_").replace("⟩", "_")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":0")
    tool = tmp_path / "xdg-open"
    tool.write_text('#!/bin/sh\n[ "$(cat "$1")" = fine ] && [ ! -w "$1" -o "$(id -u)" = 0 ]\n')
    tool.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    outside.open_copy("a b.txt", b"fine")
    with pytest.raises(outside.DeskmateError, match="No program of this system opens a b"):
        outside.open_copy("a b.txt", b"else")
    copies = sorted(tmp_path.glob("deskmate-*/a b.txt"))
    assert [copy.stat().st_mode & 0o777 for copy in copies] == [0o400, 0o400]
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(outside.DeskmateError, match="no desktop") as refused:
        outside.open_copy("c.txt", b"fine")
    assert "c.txt" in refused.value.hint


async def test_an_unbracketed_paste_is_one_like_any_other_and_runs_nothing(folder: Path) -> None:
    async with seated(folder) as seat:
        seat.app.post_message(TypedBurst("hello there\rx d s and more\rp1 x\rx\ry"))
        await seat.settle()
        seat.app.post_message(TypedBurst("one more line\rx"))  # into the field that is open now
        await seat.settle()
        seat.app.post_message(TypedBurst("no end of it " * 80_000))
        await seat.settle()
        await seat.wait_until(lambda: "1 file" in seat.text())
        await seat.press("enter")
        found = seat.detail(4)
        assert found.request.title == "hello thereone more line"
        assert found.body == "x d s and more\np1 x\nx\ny\nx"
        assert [file.size for file in found.attachments] == [1_040_000]
        assert seat.ask("SELECT DISTINCT command FROM journal WHERE actor = 'technician'") == [("capture",)]


# --- pictures -------------------------------------------------------------------------------------------------


def with_pictures(folder: Path, *made: Path) -> None:
    """Attach these to D-3."""
    desk = Desk(str(folder), actor="test")
    desk.run(commands.Attach((3,), tuple(files.keep(str(folder), str(path)) for path in made)))
    desk.close()


def screenshot(tmp_path: Path, name: str = "shot.png", size: tuple[int, int] = (640, 400)) -> Path:
    path = tmp_path / name
    image = Image.new("RGB", size, (250, 10, 10))
    image.paste((10, 10, 250), (0, size[1] // 2, *size))
    image.save(path)
    return path


def half_blocks(seat: Seat) -> list[str]:
    return [line for line in seat.lines() if "▀" in line]


@pytest.mark.parametrize("size", [(80, 24), (160, 40)])
async def test_an_open_request_shows_its_pictures(folder: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    with_pictures(folder, screenshot(tmp_path))
    async with seated(folder, size) as seat:
        await seat.press("'", "a", "g")
        assert seat.current == 3
        assert not half_blocks(seat)
        assert "previews" not in vars(seat.queue), "moving about in the list comes to no picture"
        await seat.press("enter")
        await seat.wait_until(lambda: half_blocks(seat))
        rows = len(half_blocks(seat))
        assert size[1] // 6 < rows <= seat.queue.detail.page // 3
        region = seat.queue.detail.region
        strips = seat.app.screen._compositor.render_strips()[region.y : region.bottom]
        styles = [segment.style for strip in strips for segment in strip if "▀" in segment.text]
        assert [str(styles[0].color.triplet.hex), str(styles[-1].bgcolor.triplet.hex)] == ["#fa0a0a", "#0a0afa"]
        await seat.press("escape", "enter")
        await seat.wait_until(lambda: len(half_blocks(seat)) == rows)
        await seat.press("J")
        assert not half_blocks(seat)
        await seat.press("K")
        assert len(half_blocks(seat)) == rows, "it is known by now"
        seat.queue.place.keep_now()
        await seat.settle()
    async with seated(folder, size) as seat:
        await seat.wait_until(lambda: len(half_blocks(seat)) == rows)


async def test_pictures_stand_side_by_side_and_a_broken_one_says_why(folder: Path, tmp_path: Path) -> None:
    broken, gone = tmp_path / "broken.jpg", screenshot(tmp_path, "gone.png", (9, 9))
    broken.write_bytes(b"\xff\xd8\xff\xe0 nothing of the kind")
    with_pictures(folder, screenshot(tmp_path), broken, gone)
    kept = files.keep(str(folder), str(gone))
    os.unlink(files.path_of(str(folder), kept.digest))
    async with seated(folder) as seat:
        await seat.press("'", "a", "g", "enter")
        await seat.wait_until(lambda: "▀" in seat.text() and "3 no preview" in seat.text())
        await seat.wait_until(lambda: "2 no preview: it is damaged or cut short" in seat.text())
        assert "3 no preview: gone.png is not among the kept files any more." in seat.text()
        assert half_blocks(seat)[0].startswith(" 1 ▀")
        assert seat.ask("SELECT count(*) FROM attachment") == [(3,)]


async def test_without_colours_there_is_the_line_alone(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with_pictures(folder, screenshot(tmp_path))
    async with seated(folder) as seat:
        await seat.press("'", "a", "g", "enter")
        assert "1 shot.png" in seat.text()
        assert seat.queue.previews._timer is None
        assert not half_blocks(seat)
