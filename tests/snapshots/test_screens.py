"""A few screens as plain text, held against files. `UPDATE_SNAPSHOTS=1` writes them anew; look at the difference."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskmate.domain import commands, instant, local
from deskmate.domain.channel import Channel
from deskmate.domain.checklist import Content, Item, Mode, Verdict
from deskmate.domain.checklist import Kind as Kinds
from deskmate.domain.guiding import ArchiveGuide, EndWalk, MarkStep, PauseWalk, ReviewGuide, SaveGuide, StartWalk
from deskmate.domain.hours import Kind
from deskmate.domain.maintenance import (
    ExplainAbsence,
    FinishRun,
    MarkItem,
    PauseChecklist,
    ReportFinding,
    SaveChecklist,
    SetSchedule,
    StartRun,
)
from deskmate.domain.priority import Impact, Priority, Urgency
from deskmate.domain.walk import StepVerdict, WalkOutcome
from deskmate.services.desk import Desk
from deskmate.tui.screens.queue.screen import QueueScreen
from tests.support.desks import line
from tests.support.guides import VPN, written
from tests.support.pilots import Seat, seated

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 20, 10, 47, tzinfo=ZoneInfo("Europe/Berlin"))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Europe/Berlin"))


def nothing(folder: Path) -> None:
    """A folder as the first start makes it."""
    desk = Desk(str(folder), actor="test")
    desk.writer  # noqa: B018 - makes the database
    desk.close()


def friday(folder: Path) -> None:
    """A Friday morning, with a little of everything."""
    moment = at(20, 8, 41)
    desk = Desk(str(folder), actor="test", clock=lambda: instant.to_text(moment))
    stuck, slowed = Urgency.STUCK, Urgency.SLOWED
    desk.capture(line("Printer on the second floor jams every page", requester="A. Weber", impact=Impact.SEVERAL,
                      urgency=slowed, tags=("printer", "floor-2"), needed_by=at(20, 10), channel=Channel.DOOR),
                 "Every page comes out crumpled,\nsince the new paper.")  # fmt: skip
    desk.capture(line("Laptop for the new starter", new_people=("S. Lind",), needed_by=at(23, 9)))
    desk.capture(line("VPN drops every hour when working from home", new_people=("J. Okafor",), channel=Channel.MAIL))
    desk.capture(line("Shared calendar shows meetings one hour off", new_people=("M. Brandt",)))
    desk.capture(line("Second monitor for the reception desk", new_people=("L. Meyer",), needed_by=at(20, 11, 20)))
    desk.capture(line("[URGENT] 会議室のプロジェクター [/] broken", requester="田中", channel=Channel.CHAT))
    moment = at(20, 10, 25)
    desk.capture(line("Nobody in accounting can log in since 10:20", requester="R. Haas", impact=Impact.SEVERAL,
                      urgency=stuck, channel=Channel.PHONE))  # fmt: skip
    desk.run(commands.SetPriority((2,), Priority.P2))
    desk.run(commands.SetPriority((3, 4), Priority.P3))
    desk.run(commands.SetPriority((5,), Priority.P4))
    desk.run(commands.AddNote((1,), "Fuser at 212,000 pages. Part is in the cellar."))
    desk.run(commands.AddNote((7,), "domain controller rebooted itself at 10:18"))
    desk.run(commands.Tag((3,), add=("vpn",)))
    moment = at(20, 10, 40)
    desk.run(commands.Resolve((4,), "time zone of the room account"))
    desk.save_draft("note:2", "half a", 6, 2)
    desk.close()


def printers(folder: Path) -> None:
    """The same Friday, and a problem with printers."""
    friday(folder)
    desk = Desk(str(folder), actor="test", clock=lambda: instant.to_text(at(20, 10, 45)))
    desk.capture(line("Printer on the second floor smears", new_people=("T. Brandt",)))
    desk.capture(line("Printer: every page crumpled", requester="B. Cole"), "Same here, second floor.")
    desk.run(commands.EditRequest((1, 8), category="Printing and scanning", answers=(("others too", "yes, all"),)))
    desk.run(commands.SetCause((1, 8), "Fuser worn"))
    desk.run(commands.Link((1,), 2))
    desk.run(commands.Merge((9,), 1))
    desk.close()


def office(folder: Path) -> None:
    """The same Friday, and everything that can be said about office time."""
    friday(folder)
    desk = Desk(str(folder), actor="test", clock=lambda: instant.to_text(at(20, 10, 41)))
    parts = dict.fromkeys(("Mon", "Tue", "Wed", "Thu"), "9-12, 13-17") | {"Fri": "9-14"}
    desk.run(commands.SayHours(Kind.ZONE, {"zone": "Europe/Berlin"}))
    desk.run(commands.SayHours(Kind.WEEK, parts))
    desk.clock = lambda: instant.to_text(at(16, 9, 0))
    desk.run(commands.SayHours(Kind.LEAVE, {"when": "17 nov 2026 14:00-16:00", "note": "dentist"}))
    desk.clock = lambda: instant.to_text(at(20, 10, 41))
    desk.run(commands.SayHours(Kind.DAY, {"day": "19 nov 2026", "hours": "10-14", "note": "Company meeting"}))
    desk.run(commands.SayHours(Kind.HOLIDAY, {"day": "18 nov 2026", "name": "Repentance Day"}))
    desk.run(commands.SayHours(Kind.EXTRA, {"when": "21 nov 10-12", "note": "open day"}))
    desk.run(commands.SayHours(Kind.SLOT, {"when": "20 nov 12-13", "every": "week", "reason": "patch round"}))
    desk.run(commands.Park((6,), instant.to_text(datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("Europe/Berlin"))), "part"))
    desk.close()


def instructions(folder: Path) -> None:
    """Guides in every state, one of them used and to be looked at again."""
    moment = at(10, 9)
    desk = Desk(str(folder), actor="test", clock=lambda: instant.to_text(moment))
    desk.run(SaveGuide(replace(VPN, title="Clear a paper jam", minutes=5)))
    vpn = written(desk)
    desk.run(SaveGuide(replace(VPN, summary="So that you reach the office drives from everywhere."), vpn))
    desk.run(ReviewGuide(vpn, "2026-11-16"))
    written(desk, replace(VPN, title="Print on both sides", minutes=None))
    desk.run(ArchiveGuide(written(desk, replace(VPN, title="Order toner"))))
    walk = desk.run(StartWalk(vpn)).made or 0
    for verdict in (StepVerdict.DONE, StepVerdict.TOGETHER, StepVerdict.DONE):
        moment += timedelta(minutes=4)
        desk.run(MarkStep(walk, verdict))
    desk.run(EndWalk(walk, WalkOutcome.SOLVED))
    desk.close()


def checks(folder: Path) -> None:
    """The same Friday, and lists of all kinds: kept, late, missed, begun, paused and never done."""
    office(folder)
    moment = datetime(2026, 10, 26, 8, tzinfo=ZoneInfo("Europe/Berlin"))
    desk = Desk(str(folder), actor="test", clock=lambda: instant.to_text(moment))
    items = (
        Item("Every backup job of last night ended well", expected="all green, as many as yesterday"),
        Item("Least free space on any server volume", kind=Kinds.VALUE, unit="%", low=15.0),
    )
    keys: dict[str, int] = {}
    for name, when in (
        ("Morning look", "every working day"),
        ("Backup proof", "tuesdays at 10:00"),
        ("Week review", "fridays at 9:00"),
        ("Patch round", "Wednesday after patch Tuesday"),
        ("Machine room and edge", "first Monday"),
        ("Leaver", ""),
    ):
        about = "What broke overnight is known before the first person asks."
        keys[name] = desk.run(SaveChecklist(name, Content(items, Mode.IN_ORDER, about, minutes=8))).made
        if when:
            desk.run(SetSchedule(keys[name], {"when": when}))

    def done(name: str, *days: int) -> None:
        nonlocal moment
        for number in days:
            moment = at(number, 10, 20)
            clock = "10:00" if name == "Backup proof" else "00:00"
            run = desk.run(StartRun(keys[name], f"2026-11-{number:02}T{clock}")).made
            desk.run(MarkItem(run, 1, Verdict.DONE))
            desk.run(MarkItem(run, 2, Verdict.DONE, value=str(60 - number)))
            desk.run(FinishRun(run))

    done("Morning look", 2, 3, 16, 18, 19)
    done("Backup proof", 3, 10)
    done("Patch round", 11)
    moment = at(20, 10, 41)
    desk.run(ExplainAbsence(keys["Morning look"], "2026-11-04T00:00", "2026-11-13T00:00", "ill, nobody stood in"))
    desk.run(PauseChecklist(keys["Machine room and edge"], "2026-11-16", "2026-11-30", "the room is painted"))
    run = desk.run(StartRun(keys["Week review"], "2026-11-20T09:00")).made
    desk.run(MarkItem(run, 1, Verdict.DONE))
    desk.wake()
    desk.close()


def known(folder: Path) -> None:
    """The same morning, with a card of who asks, a device, and something like it that was solved."""
    friday(folder)
    moment = at(20, 10, 41)
    desk = Desk(str(folder), actor="test", clock=lambda: instant.to_text(moment))
    card = {"name": "A. Weber", "room": "2.14", "department": "accounting", "phone": "117", "vip": "yes"}
    desk.run(commands.AddPerson({**card, "details": "Prefers a visit to a call."}, (1,)))
    desk.run(commands.AddPerson({"name": "K. Silva", "room": "2.14"}, (6,)))
    desk.run(commands.AddDevice({"name": "PR-2F", "kind": "printer", "owner": "weber", "notes": "by the stairs"}))
    desk.run(commands.Resolve((desk.capture(line("Printer jams")),), "Thick paper goes into tray 2."))
    desk.close()


async def looking_around(seat: Seat) -> None:
    await seat.press("'", "a", "G", "C", "j")


async def changing_a_card(seat: Seat) -> None:
    await seat.press("'", "a", "G", "C", "e", "shift+tab", "shift+tab")


async def untouched(seat: Seat) -> None:
    """As it opens."""


async def capturing(seat: Seat) -> None:
    await seat.press("a")
    await seat.type("@weber #printer !slowed !phone >16:00 page comes out crumpled")


async def noting(seat: Seat) -> None:
    await seat.press("j", "n")
    await seat.type("asked twice,")
    await seat.press("enter")
    await seat.type("no answer")


async def replying(seat: Seat) -> None:
    await seat.press("j", "j", "r", "3")
    await seat.press("ctrl+end")
    await seat.type(" The ticket stays open.")


async def answering(seat: Seat) -> None:
    await seat.press("r")


async def choosing(seat: Seat) -> None:
    await seat.press("space", "space", "p")


async def reading(seat: Seat) -> None:
    await seat.press("/")
    await seat.type("crumpled")
    await seat.press("enter", "enter")


async def going(seat: Seat) -> None:
    await seat.press(":")
    await seat.type("view")


async def searching(seat: Seat) -> None:
    await seat.press("/")
    await seat.type("hour")


async def solving_a_problem(seat: Seat) -> None:
    await seat.press("/")
    await seat.type("crumpled")
    await seat.press("enter", "enter", "x", "tab")
    await seat.type("new fuser")
    await seat.press("down")


async def editing(seat: Seat) -> None:
    await seat.press("/")
    await seat.type("smears")
    await seat.press("enter", "e")
    await seat.type("Laser 2")
    await seat.press("tab")
    await seat.type("mon")


async def merging(seat: Seat) -> None:
    await seat.press("/")
    await seat.type("smears")
    await seat.press("enter", "m", "down")


def patches(folder: Path) -> None:
    """A list in order, half of it done: one item failed, one is worth a look."""
    moment = at(20, 9, 41)
    desk = Desk(str(folder), actor="test", clock=lambda: instant.to_text(moment))
    desk.run(commands.SayHours(Kind.ZONE, {"zone": "Europe/Berlin"}))
    items = (
        Item("Notice sent to all"),
        Item("Pilot machines first", kind=Kinds.VALUE, unit="machines", low=1, warn_low=2),
        Item("Servers rebooted in order", kind=Kinds.NOTE),
        Item("Services probed", kind=Kinds.VALUE, unit="days", low=45, expected="all green on the list",
             guide="Probe list"),
        Item("Stragglers listed", evidence=True),
        Item("Firmware, browser, runtime checked"),
        Item("Summary"),
    )  # fmt: skip
    made = desk.run(SaveChecklist("Patch round", Content(items, Mode.IN_ORDER, minutes=60)))
    run = desk.run(StartRun(made.made)).made
    desk.run(MarkItem(run, 1, Verdict.DONE))
    moment = at(20, 10, 1)
    desk.run(MarkItem(run, 2, Verdict.DONE, "1"))
    moment = at(20, 10, 11)
    desk.run(ReportFinding(run, 3, "backup-02 hangs"))
    desk.run(commands.SetPriority((1,), Priority.P2))
    desk.close()


async def running_a_list(seat: Seat) -> None:
    await seat.press("ctrl+p")
    await seat.type("run a check")
    await seat.press("enter", "enter")


def walked(folder: Path) -> None:
    """A Friday, and a guide that is walked through: its second step failed, and led back to the first."""
    friday(folder)
    moment = at(20, 10, 36)
    desk = Desk(str(folder), actor="test", clock=lambda: instant.to_text(moment))
    walk = desk.run(StartWalk(written(desk), 3)).made
    moment = at(20, 10, 38)
    desk.run(MarkStep(walk, StepVerdict.DONE))
    moment = at(20, 10, 43)
    desk.run(MarkStep(walk, StepVerdict.FAILED, "from last week", 1))
    desk.run(MarkStep(walk, StepVerdict.TOGETHER))
    moment = at(20, 10, 45)
    desk.run(PauseWalk(walk))
    desk.close()


async def walking(seat: Seat) -> None:
    seat.queue.go_to_request(3)
    await seat.press("W")


async def resolving(seat: Seat) -> None:
    await seat.press("x", "tab")


async def parking_until_a_date(seat: Seat) -> None:
    await seat.press("z", ".")
    await seat.type("fri")


async def choosing_a_category(seat: Seat) -> None:
    await seat.press(":")
    await seat.type("categories")
    await seat.press("enter", "down")


async def office_time(seat: Seat) -> None:
    await seat.press("4")


async def taking_leave(seat: Seat) -> None:
    await seat.press("4", "a", "l", "ctrl+u")
    await seat.type("30 nov to 4 dec")
    await seat.wait_until(lambda: "falls into it" in seat.text())


async def maintaining(seat: Seat) -> None:
    await seat.press("3")
    await seat.wait_until(lambda: " in time of " in seat.text())


async def reading_a_guide(seat: Seat) -> None:
    await seat.press("2", "j")
    await seat.wait_until(lambda: "median" in seat.text() and "1 to be looked at" in seat.text())


async def writing_a_guide(seat: Seat) -> None:
    await seat.press("2", "j", "enter", "j")
    await seat.wait_until(lambda: "step 2 of" in seat.text())


async def typing_a_step(seat: Seat) -> None:
    await writing_a_guide(seat)
    await seat.press("e", "tab")
    await seat.type("The sign-in window")


async def looking_for_a_key(seat: Seat) -> None:
    await seat.press("?")
    await seat.type("drop as")


SCREENS: list[tuple[str, tuple[int, int], Callable[[Path], None], Callable[[Seat], Awaitable[None]]]] = [
    ("first-start", (80, 24), nothing, untouched),
    ("now", (80, 24), friday, untouched),
    ("now-wide", (120, 40), friday, untouched),
    ("capture", (80, 24), friday, capturing),
    ("note", (120, 40), friday, noting),
    ("prefix", (80, 24), friday, choosing),
    ("reply", (80, 24), friday, replying),
    ("reply-keys", (80, 24), friday, answering),
    ("open", (80, 24), friday, reading),
    ("help", (80, 24), friday, looking_for_a_key),
    ("search", (80, 24), friday, searching),
    ("palette", (80, 24), friday, going),
    ("problem", (120, 40), printers, solving_a_problem),
    ("edit", (80, 24), printers, editing),
    ("merge", (80, 24), printers, merging),
    ("context", (80, 24), known, looking_around),
    ("card", (80, 24), known, changing_a_card),
    ("availability", (80, 24), office, office_time),
    ("availability-wide", (120, 40), office, office_time),
    ("maintenance", (80, 24), checks, maintaining),
    ("maintenance-wide", (120, 40), checks, maintaining),
    ("guides", (80, 24), instructions, reading_a_guide),
    ("guides-wide", (120, 40), instructions, reading_a_guide),
    ("guide", (80, 24), instructions, typing_a_step),
    ("guide-wide", (120, 40), instructions, writing_a_guide),
    ("leave", (80, 24), office, taking_leave),
    ("run", (80, 24), patches, running_a_list),
    ("walk", (80, 24), walked, walking),
    ("resolve", (80, 24), friday, resolving),
    ("date", (80, 24), friday, parking_until_a_date),
    ("categories", (80, 24), friday, choosing_a_category),
]


@pytest.mark.parametrize(("name", "size", "fill", "act"), SCREENS, ids=[screen[0] for screen in SCREENS])
async def test_the_screen(
    name: str,
    size: tuple[int, int],
    fill: Callable[[Path], None],
    act: Callable[[Seat], Awaitable[None]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(tmp_path)
    monkeypatch.setattr(QueueScreen, "now", lambda screen: NOW)
    monkeypatch.setattr(local, "now", lambda: NOW)
    async with seated(tmp_path, size) as seat:
        await act(seat)
        await seat.settle()
        shown = seat.text() + "\n"
    file = HERE / f"{name}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")


def test_no_file_is_left_over() -> None:
    assert {file.stem for file in HERE.glob("*.txt")} == {screen[0] for screen in SCREENS}
