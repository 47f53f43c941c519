"""A checklist begun, a value out of its limits made a request, killed, gone on with, finished: in a real terminal."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from deskmate.domain.checklist import Content, Item
from deskmate.domain.maintenance import SaveChecklist
from deskmate.services.desk import Desk
from tests.e2e.test_life import ask, quit_from, start
from tests.support.checklists import PATCHES

pytestmark = pytest.mark.e2e

STARTER = Content((Item("Order laptop", 1, days=-3), Item("First sign-in", 2, days=0)))
RESULTS = "SELECT item, verdict, value, finding_id FROM result WHERE void = 0 ORDER BY item"


def test_a_list_is_killed_in_the_middle_and_gone_on_with(tmp_path: Path) -> None:
    data = tmp_path / "data"
    proof = tmp_path / "proof.txt"
    proof.write_text("restore point of today")
    desk = Desk(str(data), actor="test")
    desk.run(SaveChecklist("Patch round", PATCHES))
    desk.close()
    with start(data, (80, 24)) as terminal:
        terminal.wait_for("? more")
        terminal.send("3")
        terminal.wait_for("Maintenance   1 checklist")
        terminal.send("\r")
        terminal.wait_for("item 1 of 5 · 60 min")
        terminal.send(" ")
        terminal.wait_for("▌2 Restore point taken")
        terminal.send("i")
        terminal.wait_for("Restore point taken: evidence")
        terminal.send(f"{proof}\r")
        terminal.wait_for("evidence 1")
        terminal.send(" ")
        terminal.wait_for("▌3 Free space")
        terminal.send("9,5\r")
        terminal.wait_for("x makes a request")
        terminal.send("x")
        terminal.wait_for("→ D-1")
        terminal.wait_for("▌4 Lamp at the rack")
        # Half a reason is typed when it dies.
        terminal.send("-")
        terminal.wait_for("not applicable, because")
        terminal.send("no rack he")
        terminal.wait_for(lambda: ask(data, "SELECT text FROM draft") == [("no rack he",)])
        terminal.kill(signal.SIGKILL)
        terminal.wait_exit()
    before = ask(data, RESULTS)
    assert before == [(1, "done", "", None), (2, "done", "", None), (3, "failed", "9.5", 1)]
    with start(data, (80, 24)) as terminal:
        terminal.wait_for("no rack he")
        terminal.wait_for("item 4 of 5")
        terminal.send("re\r")
        terminal.wait_for("▌5 Sign block ended")
        terminal.send(" ")
        terminal.wait_for("f finishes the list")
        terminal.send("f")
        terminal.wait_for("Last word")
        terminal.send("one to follow up\x0f")
        terminal.wait_for("Patch round done with 1 finding, ad hoc")
        terminal.wait_for("Maintenance   1 checklist")
        quit_from(terminal)
    assert ask(data, RESULTS) == [*before, (4, "not applicable", "", None), (5, "done", "", None)]
    assert ask(data, "SELECT state, note FROM run") == [("done", "one to follow up")]
    assert ask(data, "SELECT title, channel FROM request") == [("Patch round: Free space", "self")]
    desk = Desk(str(data), actor="test")
    desk.run(SaveChecklist("New starter", STARTER))
    desk.close()
    with start(data, (80, 24)) as terminal:
        terminal.wait_for("Maintenance   2 checklists")
        terminal.send("1")
        terminal.wait_for("? more")
        terminal.send("T")
        terminal.wait_for("Run for D-1")
        terminal.send("starter\r")
        terminal.wait_for("D-1: needed by")
        terminal.send("1 dec 2031\r")
        terminal.wait_for("Fri 28 Nov 2031")
        terminal.send(" \x1b")
        terminal.wait_for("New starter 1/2, next: First sign-in Mon 1 Dec 2031")
        terminal.send("x")
        terminal.wait_for("New starter: 1 of 2 open")
        terminal.send("\r")
        terminal.wait_for("resolved D-1")
        quit_from(terminal)
    assert ask(data, "SELECT state FROM run WHERE request_id = 1") == [("open",)]
