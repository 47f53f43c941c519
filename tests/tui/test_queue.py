"""Every key of the queue: what it does to the database, and what the screen says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input, TextArea

from deskmate.domain import commands, instant
from deskmate.domain.actions import ACTIONS, BY_ID
from deskmate.domain.channel import Channel
from deskmate.domain.priority import Impact, Priority, Urgency
from deskmate.domain.row import label
from deskmate.domain.status import Status
from deskmate.domain.timeline import Note
from deskmate.domain.views import View
from deskmate.paths import database
from deskmate.services import importing
from deskmate.services.desk import Desk
from deskmate.tui import gateway as gateways
from deskmate.tui.actions import keys
from deskmate.tui.actions.keymap import DEFAULT
from deskmate.tui.dialogs.capture import CaptureDialog
from deskmate.tui.dialogs.note import NoteDialog
from deskmate.tui.dialogs.resolve import ResolveDialog
from tests.support.desks import import_row, line
from tests.support.pilots import Seat, seated

SIZES = [(80, 24), (120, 40), (160, 40)]
TITLES = ("Printer jams", "VPN drops every hour", "New phone", "Shared calendar", "Second monitor")


def ago(minutes: int) -> Callable[[], str]:
    """A clock that stands so many minutes ago."""
    return lambda: instant.to_text(datetime.now(UTC) - timedelta(minutes=minutes))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with five untriaged requests, D-1 to D-5."""
    desk = Desk(str(tmp_path), actor="test")
    for title in TITLES:
        desk.capture(line(title))
    desk.close()
    return tmp_path


def elsewhere(folder: Path, *commanded: commands.Command, title: str = "") -> None:
    """What another program does meanwhile."""
    desk = Desk(str(folder), actor="shell")
    if title:
        desk.capture(line(title))
    for command in commanded:
        desk.run(command)
    desk.close()


def notes(seat: Seat, number: int) -> list[str]:
    return [entry.text for entry in seat.detail(number).entries if isinstance(entry, Note)]


def field(seat: Seat) -> str:
    """What stands in the text field of the dialog."""
    found = seat.app.screen.query_one("#field")
    assert isinstance(found, Input | TextArea)
    return found.value if isinstance(found, Input) else found.text


async def paste(seat: Seat, text: str) -> None:
    seat.app.post_message(events.Paste(text))
    await seat.settle()


# --- nothing is registered that does not run ------------------------------------------------------------------


@pytest.mark.parametrize("action", [action.id for action in ACTIONS])
async def test_every_action_of_the_registry_does_something(action: str, folder: Path) -> None:
    back = {shown: key for key, shown in keys.NAMES.items()}
    async with seated(folder) as seat:
        # From a place where each of them can: something done, something undone, in the middle of a list.
        await seat.press("j", "p", "3", "p", "2", "u", "j")
        if action in ("reopen",):
            await seat.press("x", "enter")
        if action == "back":
            await seat.press("space")
        if action in ("view.waiting", "view.parked"):
            await seat.press("'", "a")
        if action in ("up", "top", "page.up", "half.up", "view.now"):
            await seat.press("l", "k", "k")
            await seat.press("j", "j")
        if action in ("request.next", "request.previous"):
            await seat.press("enter")
        if action == "priority.lower":
            await seat.press("p", "2")

        def state() -> object:
            return (
                seat.text(),
                seat.app.screen,
                seat.app.clipboard,
                seat.ask("SELECT max(seq) FROM journal"),
                seat.app._exit,
                seat.queue.opened,
            )

        before = state()
        redrawn: list[bool] = []
        refresh = seat.app.refresh
        seat.app.refresh = lambda *args, **options: (redrawn.append(True), refresh(*args, **options))[1]  # type: ignore[method-assign]
        if action in keys.BY_NAME:
            await seat.press(":")
            await seat.type(action)
        way = (DEFAULT.keys_of(action) or ["enter"])[-1]
        await seat.press(*(back.get(key, key) for key in way.split(" ")))
        assert state() != before or (action == "redraw" and redrawn), way


# --- capture --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_capture_takes_two_keys(folder: Path, size: tuple[int, int]) -> None:
    async with seated(folder, size) as seat:
        before, at_line = seat.current, seat.queue.list.line_of_cursor()
        await seat.press("a")
        await seat.type("scanner makes stripes")
        await seat.press("enter")
        assert seat.keys == 2
        assert seat.detail(6).request.title == "scanner makes stripes"
        assert seat.detail(6).request.channel is Channel.DOOR
        assert "D-6 scanner makes stripes" in seat.footer()
        assert any("D-6    scanner" in row for row in seat.list())
        assert (seat.current, seat.queue.list.line_of_cursor()) == (before, at_line)
        assert seat.app.gateway.draft("capture") == ("", -1)


async def test_capture_understands_marks_and_tab_makes_unknown_ones_known(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("a")
        await seat.type("@weber #printer !slowed !several !phone page comes out crumpled")
        shown = seat.text()
        for part in ("weber?", "printer?", "several · slowed", "by phone", "make them known   esc back"):
            assert part in shown
        await seat.press("tab")
        assert "weber?" not in seat.text()
        await seat.press("enter")
        found = seat.detail(6)
        assert (found.request.title, found.who, found.known) == ("page comes out crumpled", "weber", True)
        assert found.request.tags == ("printer",)
        assert (found.request.impact, found.request.urgency) == (Impact.SEVERAL, Urgency.SLOWED)
        assert (found.request.priority, found.request.channel) == (Priority.P2, Channel.PHONE)
        # Known from now on: tab completes.
        await seat.press("a")
        await seat.type("@we")
        assert "…ber" in seat.text()
        await seat.press("tab")
        assert field(seat) == "@weber"


async def test_capture_without_a_word_keeps_nothing(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("a", "enter")
        assert seat.app.screen is seat.queue
        assert seat.ask("SELECT count(*) FROM request") == [(5,)]


async def test_esc_out_of_capture_keeps_the_line_for_the_next_time(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("a")
        await seat.type("half a thou")
        await seat.press("escape")
        assert seat.app.screen is seat.queue
        assert seat.ask("SELECT text FROM draft") == [("half a thou",)]
        await seat.press("ctrl+n")
        assert field(seat) == "half a thou"
        await seat.type("ght")
        await seat.press("enter")
        assert seat.detail(6).request.title == "half a thought"
        assert seat.ask("SELECT text FROM draft") == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
async def test_a_paste_on_the_list_is_captured_with_all_its_lines(folder: Path, end: str) -> None:
    async with seated(folder) as seat:
        await paste(seat, end.join(("Printer broken", "xxx it says", "  paper", "ddd")))
        assert isinstance(seat.app.screen, CaptureDialog)
        assert field(seat) == "Printer broken"
        assert "and 3 more lines" in seat.text()
        await seat.press("enter")
        assert seat.detail(6).request.title == "Printer broken"
        assert seat.detail(6).body == "xxx it says\n  paper\nddd"
        assert seat.ask("SELECT count(*) FROM request WHERE status <> 'new'") == [(0,)]


async def test_a_paste_on_the_list_is_a_draft_at_once_and_spares_the_one_before(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("a")
        await seat.type("half a line")
        await seat.press("escape")
        await paste(seat, "pasted\nmore")
        await seat.wait_until(lambda: seat.ask("SELECT text FROM draft") == [("half a line pasted\nmore",)])


async def test_a_paste_longer_than_a_title_goes_into_the_text_whole(folder: Path) -> None:
    long = " ".join(f"word{index}" for index in range(60))
    async with seated(folder) as seat:
        await paste(seat, f"{long}\nsecond")
        await seat.press("enter")
        found = seat.detail(6)
        assert len(found.request.title) <= 200
        assert found.request.title.startswith("word0 word1")
        assert long in found.body
        assert "second" in found.body


async def test_capture_interrupts_a_note_and_gives_it_back(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("j", "n")
        await seat.type("the fuser is at ")
        await seat.press("ctrl+n")
        assert isinstance(seat.app.screen, CaptureDialog)
        await seat.type("someone at the door")
        await seat.press("enter")
        assert isinstance(seat.app.screen, NoteDialog)
        assert seat.detail(6).request.title == "someone at the door"
        await seat.type("212,000 pages")
        await seat.press("ctrl+o")
        assert notes(seat, 2) == ["the fuser is at 212,000 pages"]
        assert seat.current == 2


async def test_capture_from_the_search_line_gives_it_back(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("/")
        await seat.type("vpn")
        await seat.press("ctrl+n")
        await seat.type("door")
        await seat.press("enter")
        assert seat.queue.searching
        await seat.type(" drops")
        assert seat.numbers() == [2]


# --- priority -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("digit", ["1", "2", "3", "4"])
@pytest.mark.parametrize("size", SIZES)
async def test_triage_takes_three_keys(folder: Path, digit: str, size: tuple[int, int]) -> None:
    async with seated(folder, size) as seat:
        await seat.press("p", digit, "j")
        assert seat.keys == 3
        assert seat.detail(1).request.priority == int(digit)
        assert seat.current == 2, "the next line as it was seen"


async def test_a_priority_is_said_and_seen(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("p")
        assert seat.footer() == "priority   1 P1   2 P2   3 P3   4 P4   m matrix"
        await seat.press("2")
        assert seat.footer() == "P2 for D-1   u undo"
        assert seat.list()[0].startswith("▌ P2 ○ D-1 ")


async def test_the_matrix_asks_who_and_how_badly(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("p", "m")
        assert seat.footer() == "who is stuck   o one   s several   e everyone"
        await seat.press("s")
        assert seat.footer() == "how badly   w can wait   s slowed   k stuck"
        await seat.press("k")
        found = seat.detail(1).request
        assert (found.impact, found.urgency, found.priority) == (Impact.SEVERAL, Urgency.STUCK, Priority.P1)
        await seat.press("j", "p", "m", "escape", "x")
        assert isinstance(seat.app.screen, ResolveDialog), "esc took only the question away"


async def test_raise_and_lower(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("+")
        assert seat.detail(1).request.priority == Priority.P2
        await seat.press("+")
        assert seat.detail(1).request.priority == Priority.P1
        await seat.press("-", "-")
        assert seat.detail(1).request.priority == Priority.P3
        await seat.press("p", "4", "-")
        assert seat.footer().startswith("D-1 is P4 already")


async def test_an_unknown_second_key_says_so_and_runs_nothing(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("p", "x")
        assert seat.footer() == "priority: there is no x"
        assert seat.app.screen is seat.queue
        await seat.press("d", "q")
        assert seat.footer() == "drop as: there is no q"
        assert seat.ask("SELECT max(seq) FROM journal") == [(5,)]


@pytest.mark.parametrize("key", ["ctrl+n", "f1", "?", "ctrl+q", "ctrl+l", "enter", "/"])
async def test_the_key_after_a_prefix_is_never_another_command(folder: Path, key: str) -> None:
    async with seated(folder) as seat:
        await seat.press("p", key)
        assert seat.app.screen is seat.queue
        assert not seat.app._exit
        assert not seat.queue.searching
        assert "there is no" in seat.footer()
        await seat.press("1")
        assert seat.detail(1).request.priority is None, "the prefix is over"


async def test_a_paste_after_a_prefix_ends_it(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("p")
        await paste(seat, "1")
        await seat.press("escape", "1")
        assert seat.detail(1).request.priority is None


# --- note, resolve, drop, reopen, tags --------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_note_of_several_lines(folder: Path, size: tuple[int, int]) -> None:
    async with seated(folder, size) as seat:
        await seat.press("n")
        assert "INTERNAL note on D-1" in seat.text()
        await seat.type("one")
        await seat.press("enter")
        await seat.type("two")
        await seat.press("ctrl+o")
        assert notes(seat, 1) == ["one\ntwo"]
        assert seat.footer() == "note on D-1   u undo"
        shown = seat.text()
        assert "INTERNAL" in shown
        assert "two" in shown
        assert seat.detail(1).request.status is Status.OPEN
        assert seat.ask("SELECT * FROM draft") == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
async def test_a_paste_into_a_note_keeps_its_lines(folder: Path, end: str) -> None:
    async with seated(folder) as seat:
        await seat.press("n")
        await paste(seat, end.join(("one", "two", "three")))
        await seat.press("ctrl+o")
        assert notes(seat, 1) == ["one\ntwo\nthree"]


async def test_an_unfinished_note_is_marked_and_comes_back(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("n")
        await seat.type("half a no")
        await seat.press("escape")
        assert "✎" in seat.list()[0]
        assert notes(seat, 1) == []
        await seat.press("j", "k", "n")
        assert field(seat) == "half a no"
        await seat.type("te")
        await seat.press("ctrl+o")
        assert notes(seat, 1) == ["half a note"]
        assert "✎" not in seat.list()[0]


async def test_a_note_of_blanks_is_none(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("n", "space", "ctrl+o")
        assert seat.app.screen is seat.queue
        assert notes(seat, 1) == []


@pytest.mark.parametrize("size", SIZES)
async def test_resolve_takes_two_keys(folder: Path, size: tuple[int, int]) -> None:
    async with seated(folder, size) as seat:
        await seat.press("x", "enter")
        assert seat.keys == 2
        assert seat.detail(1).request.status is Status.RESOLVED
        assert seat.footer() == "resolved D-1   c cause   u undo"
        assert "✓" in seat.list()[0], "it stays under the hand until the hand moves on"
        await seat.press("j")
        assert seat.numbers() == [2, 3, 4, 5]
        assert seat.current == 2


async def test_what_solved_it_is_kept_and_shown(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("x")
        assert "D-1: what solved it" in seat.text()
        await seat.type("new fuser")
        await seat.press("enter")
        assert seat.detail(1).request.resolution == "new fuser"
        assert "solved: new fuser" in seat.text()


async def test_a_paste_of_several_lines_into_what_solved_it_loses_none(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("x")
        await paste(seat, "new fuser\rand paper")
        await seat.press("enter")
        assert seat.detail(1).request.resolution == "new fuser and paper"


@pytest.mark.parametrize(
    ("key", "reason"), [("s", "spam"), ("d", "duplicate"), ("n", "nothing to do"), ("r", "against the rules")]
)
async def test_drop_says_as_what(folder: Path, key: str, reason: str) -> None:
    async with seated(folder) as seat:
        await seat.press("d", key)
        found = seat.detail(1).request
        assert (found.status, found.drop_reason) == (Status.DROPPED, reason)
        assert seat.footer() == f"dropped as {reason}: D-1   u undo"


async def test_reopen(folder: Path) -> None:
    elsewhere(folder, commands.Resolve((1,)))
    async with seated(folder) as seat:
        await seat.press("'", "r")
        assert seat.numbers() == [1]
        assert seat.footer().startswith("R reopen")
        await seat.press("R")
        assert seat.detail(1).request.status is Status.OPEN
        assert seat.footer() == "reopened D-1   u undo"


async def test_tags_are_added_and_taken_away(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("t")
        await seat.type("printer, #floor-2")
        await seat.press("enter")
        assert seat.detail(1).request.tags == ("floor-2", "printer")
        assert "floor-2, printer" in seat.text()
        await seat.press("t")
        assert field(seat) == "floor-2 printer"
        await seat.press(*["backspace"] * len("printer"))
        await seat.type("vpn")
        await seat.press("enter")
        assert seat.detail(1).request.tags == ("floor-2", "vpn")
        assert seat.ask("SELECT * FROM draft") == []


async def test_a_tag_of_two_words_stays_one(folder: Path) -> None:
    elsewhere(folder, commands.Tag((1,), add=("needs parts",)))
    async with seated(folder) as seat:
        await seat.press("t")
        assert field(seat) == "needs parts,"
        await seat.type(" vpn")
        await seat.press("enter")
        assert seat.detail(1).request.tags == ("needs parts", "vpn")
        await seat.press("t")
        assert field(seat) == "needs parts, vpn,"


async def test_the_same_tags_again_leave_no_draft_behind(folder: Path) -> None:
    elsewhere(folder, commands.Tag((1,), add=("vpn",)))
    async with seated(folder) as seat:
        await seat.press("t", "space", "enter")
        assert seat.app.screen is seat.queue
        assert seat.ask("SELECT * FROM draft") == []
        await seat.press("t", "escape")
        assert seat.ask("SELECT * FROM draft") == []
        assert "✎" not in seat.list()[0]


@pytest.mark.parametrize(
    ("pressed", "said"),
    [
        (("x",), "D-1: it is resolved already"),
        (("d", "s"), "D-1: it is resolved already"),
        (("j", "R"), "D-2: it is new, not closed"),
        (("p", "1", "p", "1"), "D-1 is P1 already."),
        ((".",), "there is no verb to repeat yet"),
        (("U",), "There is nothing to redo."),
    ],
)
async def test_a_dead_key_says_why(folder: Path, pressed: tuple[str, ...], said: str) -> None:
    async with seated(folder) as seat:
        # Resolved by someone else while the cursor is on it: it stays in sight.
        elsewhere(folder, commands.Resolve((1,)))
        await seat.settle()
        seq = seat.ask("SELECT max(seq) FROM journal")
        await seat.press(*pressed[:-1])
        if pressed[:2] == ("p", "1"):
            seq = seat.ask("SELECT max(seq) FROM journal")
        await seat.press(pressed[-1])
        assert seat.footer() == said or seat.lines()[-2].strip() == said
        assert seat.app.screen is seat.queue
        assert seat.ask("SELECT max(seq) FROM journal") == seq


@pytest.mark.parametrize("pressed", ["p1", "n", "x", "ds", "R", "t", "+"])
async def test_verbs_on_an_empty_list_say_so(tmp_path: Path, pressed: str) -> None:
    desk = Desk(str(tmp_path), actor="test")
    desk.writer  # noqa: B018 - makes the database
    desk.close()
    async with seated(tmp_path) as seat:
        await seat.press(*pressed)
        assert "the list is empty" in seat.footer()
        await seat.press("enter")
        assert seat.footer() == "there is nothing to open"
        await seat.press("space")
        assert seat.footer() == "there is nothing to mark"
        await seat.press("y", "y")
        assert seat.footer() == "there is nothing to copy"
        await seat.press("u")
        assert seat.footer() == "there is nothing to undo"


# --- undo, redo, repeat ---------------------------------------------------------------------------------------


async def test_undo_and_redo(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("p", "2")
        await seat.press("u")
        assert seat.footer() == "undid: P2 for D-1"
        assert seat.detail(1).request.priority is None
        assert seat.list()[0].startswith("▌ –")
        await seat.press("U")
        assert seat.footer().startswith("redid: P2 for D-1")
        assert seat.detail(1).request.priority == Priority.P2


async def test_undo_of_a_capture_takes_it_out_of_the_list_and_keeps_its_number(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("a")
        await seat.type("by mistake")
        await seat.press("enter", "u")
        assert seat.numbers() == [1, 2, 3, 4, 5]
        await seat.press("a")
        await seat.type("meant")
        await seat.press("enter")
        assert seat.numbers() == [1, 2, 3, 4, 5, 7]


async def test_undo_of_an_old_change_asks_first(tmp_path: Path) -> None:
    desk = Desk(str(tmp_path), actor="test", clock=ago(16))
    desk.capture(line("Printer jams"))
    desk.run(commands.SetPriority((1,), Priority.P2))
    desk.close()
    async with seated(tmp_path) as seat:
        await seat.press("u")
        assert seat.footer() == "u again undoes: P2 for D-1, 16 min ago"
        assert seat.detail(1).request.priority == Priority.P2
        await seat.press("j")
        await seat.press("u")
        assert seat.footer().startswith("u again undoes:"), "another key took the question back"
        await seat.press("u")
        assert seat.detail(1).request.priority is None
        assert seat.footer() == "undid: P2 for D-1"


async def test_undo_of_a_change_out_of_sight_asks_first(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("x", "enter", "j")
        assert 1 not in seat.numbers()
        await seat.press("u")
        assert seat.footer() == "u again undoes: resolved D-1, just now"
        assert seat.detail(1).request.status is Status.RESOLVED
        await seat.press("u")
        assert seat.detail(1).request.status is Status.NEW
        assert seat.current == 2


async def test_the_second_u_undoes_what_was_named_and_nothing_newer(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("x", "enter", "j")
        await seat.press("u")
        elsewhere(folder, commands.Resolve((5,)))
        await seat.settle()
        await seat.press("u")
        assert seat.footer() == "u again undoes: resolved D-5, just now"
        assert seat.detail(5).request.status is Status.RESOLVED


async def test_the_last_verb_again(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("p", "3", "j", ".", "j", ".")
        assert [seat.detail(number).request.priority for number in (1, 2, 3, 4)] == [3, 3, 3, None]
        await seat.press("n")
        await seat.type("same for all")
        await seat.press("ctrl+o", "j", ".")
        assert notes(seat, 3) == notes(seat, 4) == ["same for all"]


# --- marks ----------------------------------------------------------------------------------------------------


async def test_marked_requests_are_one_command_and_one_undo(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("space", "j", "space")
        assert "2 marked:" in seat.footer()
        assert "x resolves 2" in seat.footer()
        assert [row[1] for row in seat.list()] == ["◆", " ", "◆", " ", " "]
        await seat.press("p", "4")
        assert [seat.detail(number).request.priority for number in (1, 2, 3)] == [4, None, 4]
        assert seat.footer() == "P4 for 2 requests   u undo"
        assert not any("◆" in row for row in seat.list())
        await seat.press("u")
        assert [seat.detail(number).request.priority for number in (1, 3)] == [None, None]


async def test_a_range_and_everything(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("j", "v", "j", "j")
        assert "3 marked:" in seat.footer()
        await seat.press("k")
        assert "2 marked:" in seat.footer()
        await seat.press("v", "G")
        assert "2 marked:" in seat.footer(), "the range is closed"
        await seat.press("escape")
        assert "marked" not in seat.footer()
        await seat.press("*", "x", "enter")
        assert seat.ask("SELECT count(*) FROM request WHERE status = 'resolved'") == [(5,)]
        assert seat.footer() == "resolved 5 requests   c cause   u undo"
        await seat.press("u", "u")
        assert seat.ask("SELECT count(*) FROM request WHERE status = 'resolved'") == [(0,)]


async def test_of_many_marked_those_that_can_not_be_are_named(folder: Path) -> None:
    elsewhere(folder, commands.Resolve((1,)))
    async with seated(folder) as seat:
        await seat.press("'", "a", "*", "x", "enter")
        assert seat.footer().startswith("resolved 4 requests, 1 left alone: D-1 can not be resolved")
        await seat.press("*", "x")
        assert seat.footer().startswith("none of the 5 can be: D-5: it is resolved already")


async def test_marks_go_with_the_view_and_with_the_search(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("space", "l")
        assert "marked" not in seat.footer()
        await seat.press("h", "*", "/")
        await seat.type("vpn")
        await seat.press("enter", "p", "1")
        assert seat.ask("SELECT id FROM request WHERE priority = 1") == [(2,)], "never what is not in sight"


async def test_a_marked_request_that_left_the_list_is_not_counted(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("space", "space", "space")
        assert "3 marked:" in seat.footer()
        elsewhere(folder, commands.Resolve((1,)))
        await seat.settle()
        assert "2 marked:" in seat.footer()


# --- views, search, moving ------------------------------------------------------------------------------------


async def test_views_by_step_and_by_letter(folder: Path) -> None:
    elsewhere(folder, commands.SetPriority((1, 2), Priority.P3), commands.Resolve((3,)))
    async with seated(folder) as seat:
        # What Today holds depends on the hour: before the door opens, what came in at night is due that day.
        assert "Now 4   New 2   Waiting 0   Parked 0   Promised 0   Today " in seat.lines()[1]
        assert seat.numbers() == [4, 5, 1, 2]
        expected = {"u": [4, 5], "w": [], "p": [], "r": [3], "a": [5, 4, 3, 2, 1], "n": [4, 5, 1, 2]}
        for letter, numbers in expected.items():
            await seat.press("'", letter)
            assert seat.numbers() == numbers
            assert seat.queue.list.line_of_cursor() == 0
        for letter in "uwpfthlran":
            await seat.press("l")
            assert letter == "t" or seat.numbers() == expected.get(letter, [])
        await seat.press("h")
        assert seat.numbers() == expected["a"]


async def test_search_finds_while_it_is_typed(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("/")
        await seat.type("mon")
        assert seat.numbers() == [5]
        await seat.press("enter")
        assert not seat.queue.searching
        assert "/mon" in seat.lines()[1]
        assert "newest first" in seat.lines()[1]
        await seat.press("p", "1")
        assert seat.detail(5).request.priority == Priority.P1
        await seat.press("escape")
        assert seat.queue.listing.query == ""
        assert seat.current == 5, "back in the list, still on it"


async def test_letters_in_the_search_line_are_text(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("/")
        await seat.type("xxq? p1")
        assert seat.queue.listing.query == "xxq? p1"
        assert "Nothing found" in seat.text()
        assert seat.ask("SELECT max(seq) FROM journal") == [(5,)]


async def test_a_number_jumps_to_its_request_whatever_the_view(tmp_path: Path) -> None:
    desk = Desk(str(tmp_path), actor="test")
    desk.capture(line("first"))
    with desk.writer.transaction() as conn:
        conn.execute("UPDATE sqlite_sequence SET seq = 1040 WHERE name = 'request'")
    for title in ("room 1042", "the one", "1042 again"):
        desk.capture(line(title))
    desk.run(commands.Resolve((1042,)))
    desk.close()
    async with seated(tmp_path) as seat:
        await seat.press("/")
        await seat.type("1042")
        await seat.press("enter", "enter")
        assert seat.current == 1042
        assert seat.queue.opened
        assert "D-1042 the one" in seat.text()


async def test_hits_in_other_views_are_said(folder: Path) -> None:
    elsewhere(folder, commands.Resolve((1, 2)), title="printer again")
    async with seated(folder) as seat:
        await seat.press("/")
        await seat.type("printer")
        await seat.press("enter")
        assert seat.numbers() == [6]
        assert "1 more in All" in seat.lines()[1]
        await seat.press("/")
        assert "1 more in All" in seat.footer()


async def test_arrows_move_in_the_hits_while_the_search_is_typed(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("/", "down", "down", "up")
        assert seat.current == 2
        assert seat.queue.searching


async def test_esc_goes_back_one_step_at_a_time(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("/")
        await seat.type("vpn")
        await seat.press("enter", "enter", "%")
        await seat.press("h", "space", "enter")
        assert seat.queue.opened
        assert seat.queue.list.marked == {2}
        await seat.press("escape")
        assert not seat.queue.list.marked
        assert seat.queue.opened
        await seat.press("escape")
        assert not seat.queue.opened
        assert seat.queue.listing.query == "vpn"
        await seat.press("escape")
        assert seat.queue.listing.query == ""
        await seat.press("escape")
        assert not seat.app._exit


@pytest.mark.parametrize("size", SIZES)
async def test_one_request_open(folder: Path, size: tuple[int, int]) -> None:
    elsewhere(folder, commands.AddNote((1,), "\n".join(f"row {index}" for index in range(200))))
    elsewhere(folder, commands.SetPriority((1,), Priority.P1))
    async with seated(folder, size) as seat:
        await seat.press("g", "enter")
        assert seat.queue.opened
        if size[0] < 100:
            assert not seat.list()
        assert "row 0" in seat.text()
        assert "esc back" in seat.footer()
        await seat.press("j")
        assert seat.queue.detail.top == 1
        await seat.press("G")
        assert "row 199" in seat.text()
        await seat.press("g", "space")
        assert seat.queue.detail.top == seat.queue.detail.page
        await seat.press("J")
        assert seat.current == 2
        assert seat.queue.detail.top == 0
        await seat.press("p", "1")
        assert seat.detail(2).request.priority == Priority.P1, "verbs work here too"
        await seat.press("K")
        assert seat.current == 1
        await seat.press("q")
        assert not seat.queue.opened
        assert seat.current == 1


async def test_moving_about(tmp_path: Path) -> None:
    desk = Desk(str(tmp_path), actor="test")
    for index in range(60):
        desk.capture(line(f"request {index}"))
    desk.close()
    async with seated(tmp_path) as seat:
        height = seat.queue.list.size.height
        for pressed, line_number in (
            ("G", 60),
            ("g", 1),
            ("pagedown", height),
            ("pageup", 1),
            ("ctrl+d", 1 + (height - 1) // 2),
            ("ctrl+u", 1),
            ("end", 60),
            ("up", 59),
            ("down", 60),
            ("home", 1),
        ):
            await seat.press(pressed)
            assert f" {line_number}/60" in seat.lines()[1], pressed
            assert f"▌ –  ○ D-{line_number} " in seat.text(), pressed
        await seat.press("tab")
        assert seat.queue.opened
        await seat.press("tab")
        assert not seat.queue.opened


async def test_copy_says_what(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("y", "y")
        assert (seat.app.clipboard, seat.footer()) == ("D-1", "copied D-1")
        await seat.press("y", "t")
        assert seat.app.clipboard == "Printer jams"
        await seat.press("y", "r")
        assert seat.footer() == "nothing has been replied on D-1 yet"


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_quitting(folder: Path, key: str) -> None:
    async with seated(folder) as seat:
        await seat.press("j", "j", key)
        assert seat.app._exit
    async with seated(folder) as seat:
        assert seat.current == 3, "the next start is where this one ended"


async def test_a_restart_opens_the_dialog_again(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("j", "n")
        await seat.type("half a note")
        await seat.press("ctrl+n")
        await seat.type("door")
        await seat.press("ctrl+q")
    async with seated(folder) as seat:
        await seat.wait_until(lambda: isinstance(seat.app.screen, CaptureDialog))
        assert field(seat) == "door"
        await seat.press("enter")
        assert isinstance(seat.app.screen, NoteDialog)
        assert field(seat) == "half a note"
        await seat.press("ctrl+o")
        assert notes(seat, 2) == ["half a note"]


# --- what others do -------------------------------------------------------------------------------------------


async def test_what_another_program_adds_appears_and_moves_nothing(tmp_path: Path) -> None:
    desk = Desk(str(tmp_path), actor="test")
    for index in range(60):
        desk.capture(line(f"request {index}"))
    desk.run(commands.SetPriority(tuple(range(1, 61)), Priority.P3))
    desk.close()
    async with seated(tmp_path) as seat:
        await seat.press("G", "k", "k", "k")
        number, at_line = seat.current, seat.queue.list.line_of_cursor()
        elsewhere(tmp_path, title="new at the top")
        await seat.wait_until(lambda: 61 in seat.numbers())
        assert seat.numbers()[0] == 61
        await seat.pilot.pause()
        assert (seat.current, seat.queue.list.line_of_cursor()) == (number, at_line)
        assert f"▌ P3 ○ {label(number or 0)} " in seat.text()
        assert "1 untriaged" in seat.lines()[0]
        assert "Now 61   New 1" in seat.lines()[1]


async def test_what_another_program_does_to_the_open_request_is_seen(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("enter")
        elsewhere(folder, commands.AddNote((1,), "from the shell"))
        await seat.wait_until(lambda: "from the shell" in seat.text())


async def test_what_others_do_does_not_disturb_what_is_typed(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("n")
        await seat.type("half a no")
        elsewhere(folder, commands.Resolve((2,)), title="another")
        await seat.wait_until(lambda: 6 in seat.numbers())
        await seat.type("te")
        assert field(seat) == "half a note"


# --- when it can not be saved ---------------------------------------------------------------------------------


async def test_a_note_that_can_not_be_saved_is_given_back(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("p", "2", "n")
        await seat.type("do not lose me")
        Path(database(str(folder))).unlink()
        await seat.press("ctrl+o")
        assert "Not saved" in seat.text()
        assert isinstance(seat.app.screen, NoteDialog)
        assert field(seat) == "do not lose me"


async def test_a_line_that_can_not_be_saved_is_given_back(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("a")
        await seat.type("@weber do not lose me")
        Path(database(str(folder))).unlink()
        await seat.press("enter")
        assert "Not saved" in seat.text()
        assert field(seat) == "@weber do not lose me"


@pytest.mark.parametrize(("key", "text"), [("x", "what solved it"), ("t", "vpn")])
async def test_other_words_that_can_not_be_saved_are_given_back(folder: Path, key: str, text: str) -> None:
    async with seated(folder) as seat:
        await seat.press(key)
        await seat.type(text)
        Path(database(str(folder))).unlink()
        await seat.press("enter")
        assert "Not saved" in seat.text()
        assert field(seat) == text


async def test_a_verb_that_can_not_be_saved_says_so(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("p", "2")
        Path(database(str(folder))).unlink()
        await seat.press("p", "1")
        assert "Not saved" in seat.text()
        assert "P2 ○ D-1" in seat.list()[0], "what was not saved is not shown as if it were"
        await seat.press("/")
        await seat.type("vpn")
        await seat.press("enter", "escape", "l", "h")
        assert seat.app.return_code in (None, 0)


async def test_a_long_list_outlives_its_file(tmp_path: Path) -> None:
    desk = Desk(str(tmp_path), actor="test")
    importing.run(desk, "elsewhere", [import_row(index, f"imported {index}") for index in range(400)])
    desk.close()
    async with seated(tmp_path) as seat:
        await seat.press("p", "2")
        Path(database(str(tmp_path))).unlink()
        await seat.press("l", "G", "n")
        await seat.type("still here")
        assert seat.current == 400
        assert field(seat) == "still here"
        await seat.wait_until(lambda: "draft waiting" in seat.text())


@pytest.mark.parametrize("pressed", ["p1", "n", "x", "ds", "t", "a", "+", "u", "U"])
async def test_a_window_that_only_reads_says_so(folder: Path, pressed: str) -> None:
    elsewhere(folder, commands.SetPriority((1,), Priority.P3))
    async with seated(folder, read_only=True) as seat:
        assert "read only" in seat.lines()[0]
        await seat.press("g", *pressed)
        assert seat.app.screen is seat.queue
        assert "read only" in "\n".join(seat.lines()[-2:])
        assert seat.ask("SELECT max(seq) FROM journal") == [(6,)]
        await seat.press("l", "h", "/", "escape", "enter", "j")
        elsewhere(folder, title="seen here too")
        await seat.wait_until(lambda: 6 in seat.numbers())


# --- slow disks -----------------------------------------------------------------------------------------------


async def test_keys_that_come_before_the_list_reach_the_right_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(str(tmp_path), actor="test")
    importing.run(desk, "elsewhere", [import_row(index, f"imported {index}") for index in range(300)])
    desk.close()
    async with seated(tmp_path) as seat:
        monkeypatch.setattr(gateways, "BUDGET", -1.0)
        await seat.press("l", "p", "1", "j", "p", "2")
        assert seat.ask("SELECT id, priority FROM request WHERE priority > 0 ORDER BY 1") == [(1, 1), (2, 2)]
        assert seat.queue.listing.view is View.NEW


def test_every_action_of_a_footer_is_in_the_registry() -> None:
    assert {"note", "resolve", "open", "undo", "reopen", "tags", "capture"} <= BY_ID.keys()
