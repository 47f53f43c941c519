"""A guide is written with its screenshots, published, sent in every form and walked through, in a real terminal."""

from __future__ import annotations

import base64
import io
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from PIL import Image

from deskmate.domain.guide import Content, unpacked
from deskmate.domain.picture import MarkKind, Review
from tests.e2e.test_life import ask, quit_from, start
from tests.support.guides import PASSWORD, window
from tests.support.terminal import Terminal, python

pytestmark = pytest.mark.e2e

FORMS = {"html": "html", "pdf": "pdf", "docx": "docx", "eml": "eml", "md": ""}
STEPS = (
    "Open Explorer and click [OK].",
    "Type your name.",
    "Click [Connect].",
    r"Open C:\[x].",
    "Look for your drives.",
)


class Desk:
    """The folder, its screenshots, and what the draft of its guide says by now."""

    def __init__(self, place: Path) -> None:
        self.data, self.shots, self.place = place / "data", place / "shots", place
        self.shots.mkdir()
        config = place / "config.toml"
        config.write_text(f"[guides]\nscreenshots = '{self.shots}'\n", encoding="utf-8")
        self.env = {"DESKMATE_CONFIG": str(config), "HOME": str(place)}

    def open(self) -> Terminal:
        return start(self.data, (100, 30), **self.env)

    def draft(self) -> Content:
        found = ask(self.data, "SELECT draft FROM guide WHERE void = 0")
        return unpacked(found[0][0]) if found else Content("")

    def taken(self, name: str) -> Path:
        """A screenshot that was taken this moment; it is the newest, however coarse the clock of the disk is."""
        path = window(self.shots / name, secret=name)
        newest = time.time() + len(list(self.shots.iterdir())) / 10
        os.utime(path, (newest, newest))
        return path

    def shell(self, *words: str) -> None:
        command = python("-m", "deskmate", "--data", str(self.data), *words)
        subprocess.run(command, env={**os.environ, **self.env}, check=True, timeout=120, capture_output=True)


def write(terminal: Terminal, desk: Desk) -> None:
    """Five steps; it dies while the last is typed."""
    terminal.wait_for("? more")
    terminal.send("2")
    terminal.wait_for("a new guide")
    terminal.send("a")
    terminal.wait_for("New guide: its title")
    terminal.send("Map the drive\r")
    terminal.wait_for("no step yet")
    terminal.send("a")
    for number, words in enumerate(STEPS, start=1):
        terminal.wait_for(f"step {number} of {number}")
        terminal.wait_for("esc done")
        terminal.send(words if number < len(STEPS) else words[:-4])
        if number == 1:
            terminal.wait_for(words)
            terminal.send("\t")
            terminal.wait_for("▌where")
            terminal.send("Start menu")
            terminal.wait_for("Start menu")
            terminal.send("\t")
            terminal.wait_for("▌see")
            terminal.send("The window says Ready.")
            terminal.wait_for("says Ready.")
        if number < len(STEPS):
            terminal.wait_for(words.split()[-1])
            terminal.send("\x0f")
            terminal.wait_for(lambda number=number: len(desk.draft().steps) == number)
    half = STEPS[-1][:-4]
    terminal.wait_for(lambda: any(half in text for (text,) in ask(desk.data, "SELECT text FROM draft")))
    terminal.kill(signal.SIGKILL)
    terminal.wait_exit()


def illustrate(terminal: Terminal, desk: Desk) -> None:
    """The newest screenshot by one key, the next by the dialog, the third by its path."""
    terminal.wait_for(STEPS[-1][:-4])
    terminal.wait_for("step 5 of 5")
    terminal.send(STEPS[-1][-4:])
    terminal.wait_for(STEPS[-1])
    terminal.send("\x1b")
    terminal.wait_for(lambda: [step.action for step in desk.draft().steps] == list(STEPS))
    terminal.send("g")
    terminal.wait_for("step 1 of 5")
    desk.taken("one.png")
    terminal.send("\x06")
    terminal.wait_for(lambda: len(desk.draft().pictures) == 1)
    terminal.send("j")
    terminal.wait_for("step 2 of 5")
    desk.taken("two.png")
    terminal.send("i")
    terminal.wait_for("new since you began")
    terminal.send("i")
    terminal.wait_for(lambda: len(desk.draft().pictures) == 2)
    terminal.send("j")
    terminal.wait_for("step 3 of 5")
    third = window(desk.place / "by its path.png", secret="three")
    terminal.send("i")
    terminal.wait_for("by its path; or drop it here")
    terminal.send("p")
    terminal.wait_for("tab complete")
    terminal.send(str(third))
    terminal.wait_for("its path.png")
    terminal.send("\r")
    terminal.wait_for(lambda: len(desk.draft().pictures) == 3)


def prepare(terminal: Terminal, desk: Desk) -> None:
    """One is covered, one numbered, one cropped; each gets words and is looked at."""
    terminal.send("p")
    terminal.wait_for("was not looked at")
    terminal.wait_for("step 1 of 5")
    terminal.send("l")
    terminal.wait_for("▌do")
    terminal.send("G")
    terminal.wait_for("▌picture")
    terminal.send("\r")
    terminal.wait_for("nothing on it yet")
    box(terminal, "r", "7", "5")
    terminal.wait_for(lambda: desk.draft().pictures[0].of_kind(MarkKind.REDACT))
    looked_at(terminal, desk, 0, "The window that is ready")
    terminal.send("v")
    terminal.wait_for("nothing on it yet")
    for number, place in enumerate("79", start=1):
        terminal.send("n")
        terminal.wait_for(f"number {number}: where")
        terminal.send(place)
        terminal.send("\r")
        terminal.wait_for(lambda number=number: len(desk.draft().pictures[1].of_kind(MarkKind.BADGE)) == number)
    looked_at(terminal, desk, 1, "Where the name goes")
    terminal.send("v")
    terminal.wait_for("nothing on it yet")
    box(terminal, "c", "4", "3")
    terminal.wait_for(lambda: desk.draft().pictures[2].of_kind(MarkKind.CROP))
    looked_at(terminal, desk, 2, "The button to click")
    terminal.send("\x1b")
    terminal.wait_for("▌picture")
    terminal.send("\x1b")
    terminal.wait_for("▌ 1 Open Explorer")


def box(terminal: Terminal, kind: str, first: str, second: str) -> None:
    """A box from one ninth of the picture to another."""
    terminal.send(kind)
    terminal.wait_for("one corner")
    terminal.send(first)
    terminal.send("\r")
    terminal.wait_for("the other corner")
    terminal.send(second)
    terminal.send("\r")


def looked_at(terminal: Terminal, desk: Desk, place: int, alt: str) -> None:
    terminal.send("t")
    terminal.wait_for("esc back")
    terminal.send(f"{alt}\r")
    terminal.wait_for(lambda: desk.draft().pictures[place].alt == alt)
    terminal.send("y")
    terminal.wait_for(lambda: desk.draft().pictures[place].review is not Review.UNREVIEWED)


def publish_and_send(terminal: Terminal, desk: Desk) -> None:
    """From the panel as a page, from the shell in every form, and all as a site."""
    terminal.send("p")
    terminal.wait_for("publish revision 1")
    terminal.send("first\r")
    terminal.wait_for(lambda: ask(desk.data, "SELECT reason FROM guide_revision") == [("first",)])
    terminal.send("\x1b")
    terminal.wait_for("✓ published")
    terminal.send("S")
    terminal.wait_for("write it")
    terminal.send("\r")
    terminal.wait_for((desk.place / "map-the-drive.html").exists)
    (desk.place / "out").mkdir()
    for form in FORMS:
        desk.shell("guide", "export", "map", "--format", form, "--to", str(desk.place / "out"))
    desk.shell("guide", "site", str(desk.place / "site"))


def walk_through(terminal: Terminal, desk: Desk) -> None:
    """With a request, interrupted at the second step, failing there."""
    terminal.send("1")
    terminal.wait_for("Loose ends")
    terminal.send("a")
    terminal.wait_for("Capture")
    terminal.send("the drive is gone\r")
    terminal.wait_for(lambda: ask(desk.data, "SELECT title FROM request") == [("the drive is gone",)])
    terminal.wait_for("D-1")
    terminal.send("W")
    terminal.wait_for("Walk through with D-1")
    terminal.send("\r")
    terminal.wait_for("1 of 5")
    terminal.send(" ")
    terminal.wait_for("2 of 5")
    terminal.send("i")
    terminal.wait_for("Interrupted")
    terminal.send("smoke in the cellar\r")
    terminal.wait_for("▶ D-2")
    terminal.send("b")
    terminal.wait_for("2 of 5")
    terminal.send("x")
    terminal.wait_for("esc back")
    terminal.send("no field there\r")
    terminal.wait_for(lambda: ask(desk.data, "SELECT note FROM walked_step WHERE verdict = 'failed' AND void = 0"))
    terminal.send("f")
    terminal.wait_for("was stopped")
    terminal.send("f")
    terminal.wait_for("failed, a word on it")
    terminal.send("\r")
    terminal.wait_for(lambda: ask(desk.data, "SELECT outcome FROM walk") == [("failed",)])


def test_a_guide_from_its_first_word_to_a_step_that_fails(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with desk.open() as terminal:
        write(terminal, desk)
    with desk.open() as terminal:
        illustrate(terminal, desk)
        prepare(terminal, desk)
        publish_and_send(terminal, desk)
        walk_through(terminal, desk)
        quit_from(terminal)

    content = desk.draft()
    assert [len(step.pictures) for step in content.steps] == [1, 1, 1, 0, 0]
    assert [each.review for each in content.pictures] == [Review.COVERED, Review.CLEAN, Review.COVERED]
    for form, ending in FORMS.items():
        made = tmp_path / "out" / ("map-the-drive" + (f".{ending}" if ending else "/guide.md"))
        assert made.stat().st_size > 400, form
    assert (tmp_path / "site" / "index.html").exists()
    page = (tmp_path / "out" / "map-the-drive.html").read_text()
    assert r"Open C:\[x]." in page
    covered = re.search(r'src="data:image/\w+;base64,([^"]+)"', page)
    assert covered
    with Image.open(io.BytesIO(base64.b64decode(covered[1]))) as image:
        assert len(image.convert("RGB").crop(PASSWORD).getcolors() or ()) == 1

    steps = ask(desk.data, "SELECT verdict, note FROM walked_step WHERE void = 0 ORDER BY id")
    assert steps == [("done", ""), ("failed", "no field there")]
    facts = [kind for (kind,) in ask(desk.data, "SELECT kind FROM event WHERE request_id = 1 ORDER BY at, seq, id")]
    assert [kind for kind in facts if kind in ("walk", "interrupted", "back", "step failed", "walked")] == [
        *("walk", "interrupted", "back", "step failed", "walked"),
    ]
