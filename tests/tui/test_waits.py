"""``w`` and ``z`` on the screen: the keys, what they say, and what the list shows of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual.widgets import Input

from deskmate.config import Config
from deskmate.domain import commands
from deskmate.domain.reply import Sending
from deskmate.domain.row import UNSENT, label
from deskmate.domain.status import Status, WaitingOn
from deskmate.domain.timeline import Note
from deskmate.services.desk import Desk
from deskmate.tui.dialogs.date import DateDialog
from deskmate.tui.dialogs.prompt import PromptDialog
from deskmate.tui.screens.queue.screen import QueueScreen
from tests.support.desks import line, looking
from tests.support.pilots import Seat, seated

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Friday
AT = "2026-11-20T09:00:00.000Z"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """D-1 to D-4, of Ana; D-5 of nobody. It is ten on a Friday for all who ask."""
    monkeypatch.setattr(QueueScreen, "now", lambda screen: NOW)
    init = Desk.__init__
    monkeypatch.setattr(
        Desk, "__init__", lambda desk, folder, *, actor: init(desk, folder, actor=actor, clock=lambda: AT)
    )
    desk = Desk(str(tmp_path), actor="test")
    for number in range(1, 6):
        desk.capture(line(f"printer {number}", requester="Ana" if number < 5 else None))
    desk.close()
    return tmp_path


def waits(seat: Seat, number: int = 1) -> tuple[Status, str | None, str | None]:
    """Status, on whom, and the date by the local clock."""
    one = seat.detail(number).request
    return one.status, one.waiting_for or one.waiting_on, one.wake_at


@pytest.mark.parametrize(
    ("key", "wake_at", "said"),
    [
        ("h", "2026-11-20T10:00:00.000Z", "Fri 20 Nov 11:00"),
        ("e", "2026-11-20T16:00:00.000Z", "Fri 20 Nov 17:00"),
        ("t", "2026-11-23T08:00:00.000Z", "Mon 23 Nov 09:00"),
        ("f", "2026-11-27T08:00:00.000Z", "Fri 27 Nov 09:00"),
        ("w", "2026-11-23T08:00:00.000Z", "Mon 23 Nov 09:00"),
        ("enter", "2026-11-25T08:00:00.000Z", "Wed 25 Nov 09:00"),
    ],
)
async def test_the_date_keys_of_both(folder: Path, key: str, wake_at: str, said: str) -> None:
    async with seated(folder) as seat:
        if key != "enter":
            await seat.press("z", key)
            assert seat.keys == 2
            assert seat.footer() == f"parked until {said}: D-1   u undo"
            assert waits(seat) == (Status.NEW, None, wake_at)
            await seat.press("u")
        await seat.press("w", "r", key)
        assert seat.footer() == f"waiting on the requester, chase {said}: D-1   u undo"
        assert waits(seat) == (Status.WAITING, WaitingOn.REQUESTER, wake_at)
        await seat.press("u")
        assert waits(seat) == (Status.NEW, None, None)


async def test_a_typed_date_is_said_back_and_one_that_is_none_stays(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("z", ".")
        await seat.type("someday")
        await seat.press("enter")
        assert isinstance(seat.app.screen, DateDialog)
        assert "no date to come. Try fri, tomorrow 3pm" in seat.text()
        seat.app.screen.query_one("#field", Input).value = ""
        await seat.type("4 dec 15:00, part, ordered")
        assert "Fri 4 Dec 15:00 (in 14 d 5 h)" in seat.text()
        await seat.press("enter")
        assert seat.detail(1).request.parked_reason == "part, ordered"
        assert waits(seat) == (Status.NEW, None, "2026-12-04T14:00:00.000Z")
        assert "parked until 4 Dec: part, ordered" in seat.text()
        await seat.press("j", "w", "v", ".")
        await seat.type("1 jan 2020")
        await seat.press("enter")
        assert isinstance(seat.app.screen, DateDialog), "a date that has passed"


async def test_a_date_that_is_none_is_not_kept_but_what_follows_it_is(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("z", ".")
        await seat.type("15:99, part ordered")
        await seat.press("enter")
        assert "no such time. Try 15:30, 3pm" in seat.text()
        await seat.press("escape", "z", ".")
        await seat.type("14:00")
        await seat.press("enter")
        assert seat.detail(1).request.parked_reason == "part ordered"
        assert waits(seat)[2] == "2026-11-20T13:00:00.000Z"


async def test_someone_is_asked_by_name_however_fast_it_is_typed(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.send(*"wo", *"Petra Kern", "enter", *"tj", *"wo", *"Kim", "enter", ".", *"fri", "enter", *"jwrfj")
        await seat.settle()
        assert waits(seat, 1) == (Status.WAITING, "Petra Kern", "2026-11-23T08:00:00.000Z")
        assert waits(seat, 2) == (Status.WAITING, "Kim", "2026-11-27T08:00:00.000Z")
        assert waits(seat, 3) == (Status.WAITING, WaitingOn.REQUESTER, "2026-11-27T08:00:00.000Z")
        assert seat.current == 4
        assert seat.ask("SELECT * FROM draft") == []


async def test_a_name_is_not_lost_when_the_date_is_left(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("w", "o")
        await seat.type("Petra")
        await seat.press("enter", "escape")
        await seat.press("w", "o")
        assert isinstance(seat.app.screen, PromptDialog)
        assert seat.app.screen.text()[0] == "Petra"


async def test_what_can_not_be_says_why_and_runs_nothing(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("G", "w", "r", "t")
        assert seat.footer() == "D-5: nobody is named who could answer"
        await seat.press("z", "z")
        assert seat.footer() == "D-5: it neither waits nor sleeps"
        await seat.press("w", "x")
        assert seat.footer() == "wait on: there is no x"
        assert waits(seat, 5) == (Status.NEW, None, None)


async def test_marks_are_one_step_and_a_dot_repeats(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("space", "space", "z", "t")
        assert seat.footer() == "parked until Mon 23 Nov 09:00: 2 requests   u undo"
        await seat.press(".")
        assert [waits(seat, number)[2] is not None for number in (1, 2, 3)] == [True, True, True]
        await seat.press("u", "u", "u")  # the marked ones left the list, so that is asked first
        assert [waits(seat, number)[2] for number in (1, 2, 3)] == [None, None, None]


async def test_the_tick_wakes_and_the_row_says_what_is_to_be_done(folder: Path) -> None:
    desk = Desk(str(folder), actor="test")
    for on in (WaitingOn.REQUESTER, WaitingOn.VENDOR):
        desk.run(commands.Wait((1 if on is WaitingOn.REQUESTER else 2,), on, until="2026-11-20T09:30:00.000Z"))
    desk.run(commands.Park((3,), "2026-11-20T09:30:00.000Z", "after the meeting"))
    desk.close()
    with looking(folder) as conn:
        conn.execute("UPDATE request SET waiting_since = '2026-11-14T09:00:00.000Z' WHERE waiting_since > ''")
    async with seated(folder) as seat:
        assert seat.numbers() == [4, 5]
        await seat.press("'", "w")
        assert [row.split()[-4:] for row in seat.list()] == [
            ["their", "answer", "6", "d"],
            ["Ana?", "vendor", "6", "d"],
        ]
        assert seat.list()[0][5] == "?"
        assert seat.list()[1][5] == "◐"
        await seat.press("'", "p")
        assert seat.list()[0].endswith("10:30")
        assert "◷" in seat.list()[0]
        assert "parked until 10:30: after the meeting" in seat.text()
        with looking(folder) as conn:
            conn.execute("UPDATE request SET wake_at = ? WHERE wake_at > ''", (AT,))
        seat.queue._tick()
        await seat.settle()
        await seat.press("'", "n", "g")
        rows = {
            label(number): row.split("  ")[-1].strip()
            for number, row in zip(seat.numbers(), seat.list(), strict=True)
        }
        assert rows["D-1"] == "chase"
        assert rows["D-2"] == "chase"
        assert rows["D-3"] == "woken"


async def test_a_second_chase_says_so_and_a_third_offers_no_answer(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("'", "a", "G", "w", "r", "h")
        for row, words in (
            ("chase", "chase the requester: waiting since"),
            ("chase, 2nd", "chase the requester, second time"),
            ("no answer?", "no answer from the requester since 10:00, chased twice"),
        ):
            with looking(folder) as conn:
                conn.execute("UPDATE request SET wake_at = ? WHERE id = 1", (AT,))
            seat.queue._tick()
            await seat.settle()
            assert seat.list()[-1].endswith(row)
            assert words in seat.text()
            await seat.press("w", "r", "enter")
        assert "chased 3 times" in seat.text()


async def test_the_reminder_is_ready_and_sending_it_is_the_chase(folder: Path) -> None:
    async with seated(folder) as seat:
        await seat.press("'", "a", "G", "w", "r", "h")
        for text in ("I still need an answer from you", "I have not heard from you"):
            with looking(folder) as conn:
                conn.execute("UPDATE request SET wake_at = ? WHERE id = 1", (AT,))
            seat.queue._tick()
            await seat.settle()
            await seat.press("G")
            assert seat.footer().startswith("r r remind")
            await seat.press("r", "r")
            assert text in seat.text()
            await seat.press("ctrl+o")
            assert seat.detail(1).request.status is Status.WAITING
        assert seat.detail(1).request.chases == 2
        with looking(folder) as conn:
            conn.execute("UPDATE request SET wake_at = ? WHERE id = 1", (AT,))
        seat.queue._tick()
        await seat.settle()
        await seat.press("G")
        assert seat.footer().startswith("x no answer")
        await seat.press("x", "enter")
        assert seat.detail(1).request.outcome == "no answer"


async def test_escalating_takes_a_contact_and_an_edited_text(folder: Path) -> None:
    desk = Desk(str(folder), actor="test")
    for name, kind in (("Petra Kern", "vendor"), ("Olaf Beck", "mentor")):
        desk.run(commands.AddPerson({"name": name, "kind": kind}))
    desk.run(commands.AddNote((1,), "CANARY: she never listens"))
    desk.close()
    async with seated(folder) as seat:
        await seat.press("'", "a", "G", "E")
        await seat.type("pet")
        await seat.press("enter")
        assert "D-1 to Petra Kern, by the clipboard: exactly this goes out" in seat.text()
        assert "Asked:" in seat.text()
        await seat.type("It is the fuser.")
        await seat.press("ctrl+o")
        assert waits(seat) == (Status.WAITING, "Petra Kern", "2026-11-25T08:00:00.000Z")
        assert "It is the fuser." in seat.app.clipboard
        assert "CANARY" not in seat.app.clipboard
        assert seat.ask("SELECT * FROM draft") == []
        await seat.press("u")
        assert waits(seat) == (Status.OPEN, None, None)


async def test_several_are_handed_over_at_once_and_what_was_not_sent_goes_again(folder: Path) -> None:
    desk = Desk(str(folder), actor="test")
    desk.run(commands.AddPerson({"name": "Petra", "kind": "vendor", "email": "petra@example.org"}))
    desk.close()
    failing = Config(reply=Sending(deliver="command", command=("false",)))
    states = "SELECT request_id, state FROM note ORDER BY request_id"
    async with seated(folder, config=failing) as seat:
        await seat.press("'", "a", "G", "space", "k", "space", "E", "enter")
        assert "2 requests to Petra, by mail: exactly this goes out, each alone" in seat.text()
        assert "━━━ D-2 ━━━" in seat.text()
        await seat.press("ctrl+o")
        await seat.wait_until(lambda: seat.ask(states) == [(1, "not sent"), (2, "not sent")])
        await seat.settle()
        assert sum(" ! " in line and "not sent" in line for line in seat.list()) == 2
        assert "not sent: handover of" in seat.text()
        assert not seat.queue.list.marked
    works = Config(reply=Sending(deliver="command", command=("tee", str(folder / "got"))))
    async with seated(folder, config=works) as seat:
        assert seat.footer().startswith("r t send it again")
        assert "handed over to Petra by mail" in seat.text()
        await seat.press("r", "t")
        number = seat.current
        await seat.wait_until(lambda: (number, "sent") in seat.ask(states))
        assert f"[D-{number}]" in (folder / "got").read_text()
        await seat.settle()
        assert not seat.queue.listing.row_of(number)[UNSENT]
        await seat.press("u")
        assert (number, "retracted") in seat.ask(states)
        assert (3 - number, 1) in seat.ask("SELECT request_id, void FROM note"), "what never left is gone"


async def test_a_note_for_the_supervisor_is_read_only_when_asked_for(folder: Path) -> None:
    desk = Desk(str(folder), actor="test")
    desk.run(commands.AddPerson({"name": "Boss", "kind": "supervisor"}))
    desk.run(commands.AddPerson({"name": "Petra", "kind": "vendor"}))
    desk.close()
    async with seated(folder) as seat:
        await seat.press("E")
        await seat.type("alone")
        await seat.press("enter")
        await seat.type("he shouted at me")
        await seat.press("ctrl+o")
        assert "a note for the supervisor alone" in seat.text()
        assert "shouted" not in seat.text()
        assert seat.ask("SELECT count(*) FROM request_fts WHERE request_fts MATCH 'shouted'") == [(0,)]
        assert seat.ask("SELECT count(*) FROM draft") == [(0,)]
        await seat.press("E")
        await seat.type("read note")
        await seat.press("enter")
        assert "he shouted at me" in seat.text()
        await seat.press("escape")
        assert "shouted" not in seat.text()
        await seat.press("E")
        await seat.type("hand boss")
        await seat.press("enter")
        assert "he shouted at me" in seat.app.clipboard
        assert "Note for the supervisor handed to Boss" in [
            entry.text for entry in seat.detail(1).entries if isinstance(entry, Note)
        ]
