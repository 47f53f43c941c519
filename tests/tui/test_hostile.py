"""Foreign text on the screen: it is shown as text, it steers nothing, and nothing falls over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual import events
from textual.widgets import Input, TextArea

from deskmate.domain import capture, commands
from deskmate.domain.local import now
from deskmate.domain.text import clean, safe
from deskmate.services.desk import Desk
from deskmate.tui.dialogs.capture import CaptureDialog
from deskmate.tui.dialogs.note import NoteDialog
from deskmate.tui.dialogs.prompt import PromptDialog
from deskmate.tui.dialogs.resolve import ResolveDialog
from tests import nasty
from tests.support.pilots import Seat, seated
from tests.support.terminal import Terminal, python

NASTY = [text for _id, text in nasty.entries()]
SHORT = [text[:3_000] for text in NASTY]


def storable(text: str) -> str:
    """What a database can hold of it."""
    return text.encode("utf-8", "replace").decode()


def came_in(folder: Path, texts: list[str]) -> None:
    """Each text by the doors there are: as a line with a requester and a tag, as its body, and as a note."""
    desk = Desk(str(folder), actor="test")
    for text in texts:
        found = capture.parse(text, capture.Names(), now())
        found.requester = clean(text)[0][:120] or None
        found.tags = (clean(text)[0][:40] or "none",)
        number = desk.capture(found, clean(text, multiline=True)[0])
        note = clean(text, multiline=True)[0].strip() or "none"
        desk.run(commands.AddNote((number,), note))
    desk.close()


def was_put_there(folder: Path, texts: list[str]) -> None:
    """The same, but past every door: as another program, or a fault of ours, may have left it."""
    came_in(folder, ["harmless"] * len(texts))
    desk = Desk(str(folder), actor="test")
    with desk.writer.transaction() as conn:
        for number, text in enumerate(map(storable, texts), 1):
            short = text[:3_000]
            conn.execute(
                "UPDATE request SET title = ?, requester = ?, resolution = ? WHERE id = ?",
                (short, short, short, number),
            )
            conn.execute("UPDATE note SET text = ? WHERE request_id = ?", (text, number))
            conn.execute("UPDATE message SET text = ? WHERE request_id = ?", (text, number))
            conn.execute("INSERT INTO tag (name, word) VALUES (?, ?)", (short or "-", f"{number} {short}"))
            conn.execute("UPDATE request_tag SET tag_id = last_insert_rowid() WHERE request_id = ?", (number,))
    desk.close()


def assert_shown_as_text(seat: Seat) -> None:
    """Every line is as wide as the screen and holds nothing but text."""
    for y, strip in enumerate(seat.queue._compositor.render_strips()):
        if y == 1 and seat.queue.searching:
            continue  # the field as it is typed; what leaves the app is looked at below
        assert cell_len(strip.text) == seat.app.size.width
        assert safe(strip.text) == strip.text


@pytest.mark.parametrize(
    ("filled", "size"), [(came_in, (80, 24)), (was_put_there, (80, 24)), (was_put_there, (160, 40))]
)
async def test_every_text_is_shown_everywhere(tmp_path: Path, filled: object, size: tuple[int, int]) -> None:
    assert callable(filled)
    filled(tmp_path, NASTY)
    async with seated(tmp_path, size) as seat:
        await seat.press("'", "a")
        assert len(seat.numbers()) == len(NASTY)
        while seat.queue.listing.cursor < len(NASTY) - 1:
            assert_shown_as_text(seat)
            await seat.send("pagedown")
        await seat.press("enter")
        for _ in NASTY:
            assert_shown_as_text(seat)
            await seat.send("K")
        assert seat.queue.listing.cursor == 0


async def test_every_text_is_searched_for(tmp_path: Path) -> None:
    came_in(tmp_path, SHORT)
    async with seated(tmp_path) as seat:
        await seat.press("/")
        field = seat.queue.query_one("#search", Input)
        for text in SHORT:
            field.value = text
            await seat.send()
            assert seat.queue.listing.query == text
            assert_shown_as_text(seat)
            seat.queue.place.keep_now()
        await seat.press("enter")
        await seat.settle()
        assert_shown_as_text(seat)


@pytest.mark.parametrize(("key", "dialog"), [("n", NoteDialog), ("t", PromptDialog), ("x", ResolveDialog)])
async def test_every_text_stands_in_every_dialog(tmp_path: Path, key: str, dialog: type) -> None:
    came_in(tmp_path, SHORT[:3])
    async with seated(tmp_path) as seat:
        await seat.press(key)
        field = seat.app.screen.query_one("#field")
        assert isinstance(field, Input | TextArea)
        for text in SHORT:
            if isinstance(field, Input):
                field.value = text
            else:
                field.text = text
            await seat.send("end", "a", "home", "delete")
            assert isinstance(seat.app.screen, dialog)
        await seat.press("escape")
        # What was left there is the draft that comes back.
        await seat.press(key)
        assert isinstance(seat.app.screen, dialog)
        await seat.press("escape")


async def test_every_text_is_understood_as_a_capture_line(tmp_path: Path) -> None:
    came_in(tmp_path, SHORT)
    async with seated(tmp_path) as seat:
        await seat.press("a")
        field = seat.app.screen.query_one("#field", Input)
        for text in SHORT:
            field.value = text
            await seat.send("end", "tab")
            assert isinstance(seat.app.screen, CaptureDialog)
        await seat.press("escape")


@pytest.mark.parametrize("key", ["", "a", "n", "t", "x", "/"])
async def test_every_text_is_pasted(tmp_path: Path, key: str) -> None:
    came_in(tmp_path, ["harmless"])
    async with seated(tmp_path) as seat:
        if key:
            await seat.press(key)
        for text in SHORT:
            seat.app.post_message(events.Paste(text))
            await seat.send()
        assert key == "/" or seat.app.screen is not seat.queue
        await seat.press("escape")
        assert seat.app.screen is seat.queue
        assert seat.ask("SELECT count(*) FROM request") == [(1,)], "nothing of it ran as a command"


# --- in a real terminal: what reaches it, byte by byte ----------------------------------------------------------

_SEQUENCE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[ -/]*[0-~])")


def kinds(raw: bytes) -> set[bytes]:
    """The sequences in it, those that carry positions and colours without their numbers."""
    found = set()
    for sequence in _SEQUENCE.findall(raw):
        plain = re.fullmatch(rb"\x1b\[[0-9;]*([A-Za-z])", sequence)
        found.add(b"\x1b[" + plain[1] if plain else sequence)
    return found


def paged_through(folder: Path, count: int) -> tuple[bytes, list[str]]:
    """Every page of the list, every request open, and the dialogs of some: all bytes, and all that was seen."""
    seen: list[str] = []
    with Terminal(python("-m", "deskmate", "--data", str(folder)), (80, 24)) as terminal:
        terminal.wait_for(f" 1/{count}")
        terminal.wait_quiet()
        seen += terminal.screen()
        at = 1
        while at < count:
            at = min(at + 10, count)
            terminal.send(b"\x1b[6~")
            terminal.wait_for(f" {at}/{count}")
            terminal.wait_quiet(0.03)
            seen += terminal.screen()
        terminal.send("\r")
        for number in range(count - 1, 0, -1):
            terminal.send("K")
            terminal.wait_for(f" {number}/{count}")
        for key in "ntxa":
            terminal.send(key)
            terminal.wait_for("╰")
            terminal.send(b"\x1b")
            terminal.wait_for(lambda: "╰" not in terminal.text())
        terminal.send("qq")
        assert terminal.wait_exit() == 0
        return bytes(terminal.raw), seen


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> set[bytes]:
    """The kinds of sequences that harmless texts of the same shape bring about."""
    folder = tmp_path_factory.mktemp("harmless")
    came_in(folder, [f"harmless {index} " + "x" * min(len(text), 100) for index, text in enumerate(SHORT)])
    desk = Desk(str(folder), actor="test")
    desk.save_draft("note:1", "harmless", 0, 1)
    desk.close()
    raw, _seen = paged_through(folder, len(SHORT))
    return kinds(raw)


@pytest.mark.parametrize("filled", [came_in, was_put_there])
def test_no_foreign_byte_reaches_the_terminal(tmp_path: Path, filled: object, harmless: set[bytes]) -> None:
    assert callable(filled)
    filled(tmp_path, SHORT)
    desk = Desk(str(tmp_path), actor="test")
    everything = storable("".join(text for text in SHORT if len(text) < 100))
    for key in ("note:1", "tag:1", "resolve:1", "capture"):
        desk.save_draft(key, everything, 0, None if key == "capture" else 1)
    desk.close()
    raw, seen = paged_through(tmp_path, len(SHORT))
    assert kinds(raw) <= harmless
    left = _SEQUENCE.sub(b"", raw).decode()  # strictly: nothing but whole characters
    foreign = {char for char in left if char not in "\r\n" and (ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0)}
    assert foreign == set()
    assert safe(left.replace("\r", "").replace("\n", "")) == left.replace("\r", "").replace("\n", "")
    shown = " ".join("\n".join(seen).split())
    for text in SHORT:
        title = " ".join(clean(text)[0].split())
        if title.isascii() and title.strip() and title[0] not in "@#!>":
            assert title[:25].rstrip() in shown, "shown as it is, markup and all"


def test_markup_is_in_the_list_as_it_was_typed(tmp_path: Path) -> None:
    texts = ["broken [/] path", "[@click=app.quit]open[/]", "[URGENT] printer", "C:\\[tmp]\\ [b", "[red]x[/red]"]
    came_in(tmp_path, texts)
    _raw, seen = paged_through(tmp_path, len(texts))
    for text in texts:
        assert any(re.search(rf"D-\d +{re.escape(text)}", row) for row in seen), text
