"""Interrupted three times, killed, and back at each: in a real terminal, with the keys that are documented."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from deskmate.domain.channel import Channel
from deskmate.services.desk import Desk
from tests.e2e.test_life import ask, quit_from, start
from tests.support.desks import line

pytestmark = pytest.mark.e2e

LEFT = b"\x1b[D"
FRAMES = "SELECT place FROM stack_frame WHERE back_at IS NULL AND void = 0 ORDER BY id"
RUNS = "SELECT request_id FROM piece WHERE ends IS NULL AND void = 0"


def test_three_nested_interruptions_and_a_kill(tmp_path: Path) -> None:
    desk = Desk(str(tmp_path), actor="test")
    desk.capture(line("page comes out crumpled", new_people=("Ada Weber",), channel=Channel.DOOR))
    desk.close()
    written = [
        ("rr", "Reply to Ada", "I look at the tray now", "reply:1"),
        ("n", "INTERNAL note", "rebooted itself at 10:48", "note:2"),
        ("x", "what solved it", "cable was loose at the wall", "resolve:3"),
    ]
    taken = ["nobody in accounting can log in !several !stuck", "beamer is dark", "vpn drops"]
    with start(tmp_path, (80, 24)) as terminal:
        terminal.wait_for("page comes out crumpled")
        terminal.send("s")
        terminal.wait_for("▶ D-1 0:00:")
        for number, ((keys, title, text, _draft), interruption) in enumerate(zip(written, taken, strict=True), 2):
            terminal.send(keys)
            terminal.wait_for(title)
            terminal.send(text)
            terminal.send(LEFT * 4)
            # Two keys and a line, with a dialog half written, from anywhere.
            terminal.send("\x0e")
            terminal.wait_for("take it now")
            terminal.send(interruption)
            terminal.send("\x0e")
            terminal.wait_for(f"took D-{number}")
            terminal.wait_for(lambda number=number: ask(tmp_path, RUNS) == [(number,)])
        assert len(ask(tmp_path, FRAMES)) == 3
        terminal.kill(signal.SIGKILL)
        terminal.wait_exit()
    with start(tmp_path, (80, 24)) as terminal:
        terminal.wait_for("▶ D-4 0:00:")
        for number, (_keys, title, text, draft) in reversed(list(enumerate(written, 1))):
            terminal.send("b")
            terminal.wait_for(title)
            terminal.wait_for(text)
            terminal.wait_for(f"▶ D-{number} 0:0")
            # The cursor stands where it stood: what is typed now goes in there.
            terminal.send("|")
            wanted = f"{text[:-4]}|{text[-4:]}"
            terminal.wait_for(wanted)
            terminal.send("\x1b")
            sql = f"SELECT text FROM draft WHERE key = '{draft}'"
            terminal.wait_for(lambda sql=sql, wanted=wanted: ask(tmp_path, sql)[0][0].startswith(wanted))
        assert ask(tmp_path, FRAMES) == []
        assert ask(tmp_path, RUNS) == [(1,)]
        terminal.send("b")
        terminal.wait_for("nothing to go back to")
        quit_from(terminal)
    kinds = ask(
        tmp_path, "SELECT kind FROM event WHERE request_id = 1 AND kind IN ('interrupted', 'back') ORDER BY id"
    )
    assert kinds == [("interrupted",), ("back",)]
    places = [json.loads(place) for (place,) in ask(tmp_path, "SELECT place FROM stack_frame ORDER BY id")]
    assert [place["opened"] for place in places] == [False, True, True]
