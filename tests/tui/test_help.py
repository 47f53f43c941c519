"""The help: every key by where it works, found by name or by key, and run from there."""

from pathlib import Path

import pytest

from deskmate.domain import commands
from deskmate.domain.actions import ACTIONS
from deskmate.domain.priority import Priority
from deskmate.services.desk import Desk
from deskmate.tui.actions.keymap import DEFAULT
from deskmate.tui.actions.sections import matching, of_place, sections
from deskmate.tui.dialogs.capture import CaptureDialog
from deskmate.tui.dialogs.help import HelpDialog
from deskmate.tui.dialogs.note import NoteDialog
from tests.support.desks import line
from tests.support.pilots import Seat, seated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = Desk(str(tmp_path), actor="test")
    desk.capture(line("Printer jams"))
    desk.capture(line("VPN drops"))
    desk.run(commands.SetPriority((1, 2), Priority.P3))
    desk.close()
    return tmp_path


def entries(seat: Seat) -> list[str]:
    """The lines between the field and the last one, without the frame."""
    return [line[1:-1].rstrip() for line in seat.lines()[2:-2]]


def cursor(seat: Seat) -> str:
    return next((line[1:].strip() for line in entries(seat) if line.startswith("▌")), "")


def found(typed: str) -> list[str]:
    return [entry.action for entry in matching(of_place(DEFAULT), typed)]


def test_every_action_stands_in_one_section() -> None:
    listed = [entry.action for _name, entries in sections(DEFAULT) for entry in entries if entry.action]
    assert sorted(listed) == sorted(action.id for action in ACTIONS)


def test_a_panel_shows_its_own_keys_first_and_none_that_means_another_thing_there() -> None:
    shown = of_place(DEFAULT, "availability")
    assert [name for name, _entries in shown] == ["Availability", "Anywhere", "Any list", "Text fields"]
    keys = {entry.action: entry.keys for _name, entries in shown for entry in entries}
    assert (keys["capture"], keys["hours.leave"], keys["undo"]) == (("ctrl+n",), ("a l",), ("u",))
    assert "mark" not in keys


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("x", "resolve"),
        ("X", "check.hour"),
        ("Z", None),
        ("p 2", "priority.2"),
        ("d", "drop.spam"),
        ("ctrl+n", "capture"),
        ("Resolve", "resolve"),
        ("drop", "drop.spam"),
        ("internal", "note"),
        ("nothing at all", None),
    ],
)
def test_a_key_comes_before_a_name_and_a_name_before_what_it_does(typed: str, first: str | None) -> None:
    assert next((action for action in found(typed) if action), None) == first


@pytest.mark.parametrize("key", ["?", "f1"])
async def test_every_key_can_be_reached(folder: Path, key: str) -> None:
    async with seated(folder) as seat:
        await seat.press(key)
        seen = set()
        for _ in range(12):
            seen |= {line[16:42].strip() for line in entries(seat)}
            await seat.press("pagedown")
        here = [entry for _name, entries in of_place(DEFAULT) for entry in entries]
        assert {entry.title for entry in here} <= seen
        assert cursor(seat).startswith("esc"), "the last one"
        await seat.press("home")
        assert cursor(seat).startswith("ctrl+n")
        await seat.press("f1")
        assert seat.app.screen is seat.queue


async def test_what_is_typed_is_looked_for_and_never_run(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("?", "x")
        assert cursor(seat).startswith("x")
        await seat.press("backspace")
        await seat.type("spam")
        assert cursor(seat).startswith("d s")
        await seat.press("enter")
        assert seat.app.screen is seat.queue
        assert seat.ask("SELECT status FROM request WHERE id = 1") == [("dropped",)]
        await seat.press("?")
        await seat.type("zzz")
        assert "there is no such key" in seat.lines()[1]
        await seat.press("enter", "escape")
        assert seat.app.screen is seat.queue
        assert seat.ask("SELECT max(seq) FROM journal") == [(4,)]


async def test_a_key_that_writes_nothing_is_looked_for_by_its_name(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("?", "ctrl+d")
        assert cursor(seat).startswith("ctrl+d")
        await seat.press("?")
        assert isinstance(seat.app.screen, HelpDialog), "a letter is looked for, too"


async def test_what_can_do_nothing_says_why_and_is_not_run(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("?")
        await seat.type("reopen")
        assert "D-1: it is new, not closed" in cursor(seat)
        await seat.press("enter")
        assert isinstance(seat.app.screen, HelpDialog)
        await seat.press("escape", "R")
        assert "D-1: it is new, not closed" in seat.footer(), "the key says the same"


async def test_every_verb_on_requests_says_why_it_can_do_nothing_where_there_is_none(tmp_path: Path) -> None:
    Desk(str(tmp_path), actor="test").writer.close()
    of_the_desk = {"reply.texts", "categories", "notice", "interrupt", "rules", "sign.words"}
    async with seated(tmp_path) as seat:
        verbs = {entry.action for entry in dict(sections(DEFAULT))["Requests"]} - of_the_desk
        assert [verb for verb in sorted(verbs) if not seat.queue.disabled_reason(verb)] == []
        assert seat.queue.disabled_reason("undo") == "there is nothing to undo"
        assert seat.queue.disabled_reason("open") == "there is nothing to open"
        assert not seat.queue.disabled_reason("capture")


async def test_a_question_can_be_asked_from_the_help(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("?")
        await seat.type("matrix")
        await seat.press("enter")
        assert "who is stuck" in seat.footer()
        await seat.press("o", "k")
        assert seat.ask("SELECT priority FROM request WHERE id = 1") == [(2,)]


async def test_over_a_text_field_what_works_there_runs_and_the_rest_says_why(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("n")
        await seat.type("half a note")
        await seat.press("f1")
        await seat.type("resolve")
        assert "first leave what you are writing" in seat.lines()[-2]
        await seat.press("enter", "f1")
        assert isinstance(seat.app.screen, NoteDialog)
        await seat.press("f1")
        await seat.type("capture")
        await seat.press("enter")
        assert isinstance(seat.app.screen, CaptureDialog)


async def test_help_in_the_search_line_leaves_it_as_it_is(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("/")
        await seat.type("vpn")
        await seat.press("f1", "escape")
        assert seat.queue.searching
        await seat.type("x")
        assert seat.queue.listing.query == "vpnx"
