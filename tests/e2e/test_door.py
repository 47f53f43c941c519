"""The door in a real terminal: hours are set, nobody is let in for a while, and what matters breaks through."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support.terminal import Terminal, python

pytestmark = pytest.mark.e2e


def test_of_three_that_arrive_behind_a_closed_door_one_breaks_through(tmp_path: Path) -> None:
    folder = tmp_path / "desk"

    def shell(*words: str) -> None:
        subprocess.run(python("-m", "deskmate", "--data", str(folder), *words), check=True, capture_output=True)

    shell("hours", "mon-sun", "0-24")  # whatever time it is when this runs
    with Terminal(python("-m", "deskmate", "--data", str(folder)), (80, 24)) as terminal:
        terminal.wait_for("● OPEN")
        terminal.send(b"\x14")  # ctrl+t
        terminal.wait_for("◼ DND until")
        shell("add", "new phone, please", "--via", "mail")
        terminal.wait_for("1 held")
        shell("add", "the till is dead", "--via", "phone", "--impact", "several", "--urgency", "stuck")
        shell("add", "lamp of the beamer", "--via", "form")
        terminal.wait_for("2 held")
        terminal.wait_for("▌ P1 ○ D-2    the till is dead")
        terminal.wait_for(lambda: "new phone" not in terminal.text())
        terminal.send("'h")
        terminal.wait_for("new phone, please")
        terminal.wait_for("lamp of the beamer")
        terminal.wait_for(lambda: "till" not in terminal.text())
        terminal.send(b"'n\x14")
        terminal.wait_for("● OPEN")
        terminal.wait_for("▌ P1 ○ D-2")
        terminal.wait_for("lamp of the beamer")
        terminal.send("q")
        assert terminal.wait_exit() == 0
    found = subprocess.run(
        python("-m", "deskmate", "--data", str(folder), "show", "D-2"), check=True, capture_output=True, text=True
    )
    assert "let through: P1" in found.stdout
