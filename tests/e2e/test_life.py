"""The life of requests in a real terminal, with exactly the keys that are documented."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskmate.domain import commands, instant
from deskmate.domain.channel import Channel
from deskmate.domain.status import WaitingOn
from deskmate.services.desk import Desk
from tests.support.desks import line, looking
from tests.support.terminal import Terminal, python

pytestmark = pytest.mark.e2e
SO_FAR = "SELECT chases, status, (SELECT count(*) FROM message WHERE state = 'sent') FROM request"
SIZES = [(80, 24), (160, 40)]
MAILER = "import sys; open({!r}, 'ab').write(sys.stdin.buffer.read())"


@pytest.fixture(params=SIZES, ids=str)
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    found: tuple[int, int] = request.param
    return found


def start(folder: Path, size: tuple[int, int], **env: str) -> Terminal:
    return Terminal(python("-m", "deskmate", "--data", str(folder)), size, env=env)


def ask(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with looking(folder) as conn:
        return conn.execute(sql).fetchall()


def ago(days: float) -> Callable[[], str]:
    """A clock that stood still so many days ago."""
    moment = instant.to_text(datetime.now(UTC) - timedelta(days=days))
    return lambda: moment


def with_mailer(tmp_path: Path) -> tuple[str, Path]:
    """Settings that deliver to a file, and that file."""
    got = tmp_path / "got"
    command = [sys.executable, "-c", MAILER.format(str(got))]
    config = tmp_path / "config.toml"
    quoted = ", ".join("'''" + word + "'''" for word in command)
    config.write_text(f"[reply]\ndeliver = 'command'\ncommand = [{quoted}]\n", encoding="utf-8")
    return str(config), got


def quit_from(terminal: Terminal) -> None:
    terminal.send("\x11")
    assert terminal.wait_exit() == 0
    assert terminal.attributes() == terminal.before
    assert not terminal.alternate


def test_three_at_the_door_while_a_note_is_half_written(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = Desk(str(tmp_path), actor="test")
    desk.capture(line("page comes out crumpled", new_people=("Ada Weber",), channel=Channel.DOOR))
    desk.close()
    with start(tmp_path, size) as terminal:
        terminal.wait_for("page comes out crumpled")
        terminal.send("n")
        terminal.wait_for("INTERNAL")
        terminal.send("half a thought")
        terminal.wait_for("half a thought")
        # The first is new, the second was quickly helped, the third comes back to what is open.
        terminal.send("\x0e")
        terminal.wait_for("Capture")
        terminal.send("beamer shows no picture !stuck\r")
        terminal.wait_for("D-2 beamer shows no picture")
        terminal.send("\x0e")
        terminal.wait_for("@who")
        terminal.send("caps lock was on !done 2m\r")
        terminal.wait_for(lambda: ask(tmp_path, "SELECT status FROM request WHERE id = 3") == [("resolved",)])
        terminal.wait_for("D-3 caps lock was on")
        terminal.send("\x0e")
        terminal.wait_for("@who")
        terminal.send("@weber it is tray 2")
        terminal.wait_for("add it to D-1")
        terminal.send(b"\x1b[B")
        terminal.send("\r")
        terminal.wait_for(
            lambda: ask(tmp_path, "SELECT text FROM message WHERE request_id = 1") == [("it is tray 2",)]
        )
        assert ask(tmp_path, "SELECT count(*) FROM request") == [(3,)]
        # Killed in the middle of the note: both the list and the note are where they were.
        terminal.wait_for(
            lambda: ask(tmp_path, "SELECT text FROM draft WHERE key = 'note:1'") == [("half a thought",)]
        )
        terminal.kill(signal.SIGKILL)
        terminal.wait_exit()
    with start(tmp_path, size) as terminal:
        terminal.wait_for("half a thought")
        terminal.send("\x0f")
        terminal.wait_for(lambda: ask(tmp_path, "SELECT text FROM note") == [("half a thought",)])
        quit_from(terminal)


def test_reply_wait_chase_and_no_answer(tmp_path: Path, size: tuple[int, int]) -> None:
    config, got = with_mailer(tmp_path)
    folder = tmp_path / "desk"
    desk = Desk(str(folder), actor="test", clock=ago(20))
    desk.capture(line("cannot print", new_people=("Ada Weber",), channel=Channel.MAIL))
    (person,) = desk.writer.conn.execute("SELECT id FROM person").fetchone()
    desk.run(commands.EditPerson(person, {"email": "ada@example.org"}))
    desk.close()
    with start(folder, size, DESKMATE_CONFIG=config) as terminal:
        terminal.wait_for("cannot print")
        terminal.send("r1")
        terminal.wait_for("Hello Ada,")
        terminal.wait_for("ada@example.org")
        terminal.send("\x0f")
        terminal.wait_for(lambda: ask(folder, "SELECT state FROM message") == [("sent",)])
        assert b"Subject: Re: [D-1] cannot print" in got.read_bytes()
        assert ask(folder, "SELECT status FROM request") == [("open",)]
        terminal.send("wr\r")
        terminal.wait_for(lambda: ask(folder, "SELECT status FROM request") == [("waiting",)])
        terminal.send("u")
        terminal.wait_for(lambda: ask(folder, "SELECT status FROM request") == [("open",)])
        quit_from(terminal)
    # Two weeks pass: asked, and asked again, as the desk would have been.
    desk = Desk(str(folder), actor="test", clock=ago(14))
    until = instant.to_text(datetime.now(UTC) - timedelta(days=7))
    desk.run(commands.Wait((1,), WaitingOn.REQUESTER, until))
    desk.close()
    for chase, said in enumerate(("still need an answer", "have not heard from you"), 1):
        with start(folder, size, DESKMATE_CONFIG=config) as terminal:
            terminal.wait_for("chase")
            terminal.send("rr")
            terminal.wait_for(said)
            terminal.send("\x0f")
            wanted = [(chase, "waiting", chase + 1)]
            terminal.wait_for(lambda wanted=wanted: ask(folder, SO_FAR) == wanted)
            quit_from(terminal)
        with looking(folder) as conn:  # the days until the next chase, at once
            conn.execute("UPDATE request SET wake_at = ?", (until,))
    with start(folder, size, DESKMATE_CONFIG=config) as terminal:
        terminal.wait_for("no answer")
        terminal.send("x")
        terminal.wait_for("no answer")
        terminal.send("\r")
        terminal.wait_for(lambda: ask(folder, "SELECT outcome FROM request") == [("no answer",)])
        quit_from(terminal)


def test_merged_taken_apart_and_the_wrong_one_put_right_next_day(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = Desk(str(tmp_path), actor="test", clock=ago(1))
    for title in ("VPN drops", "VPN is slow", "new phone"):
        desk.capture(line(title, requester="Ada Weber"))
    desk.run(commands.Resolve((3,)))  # the wrong one
    desk.close()
    with start(tmp_path, size) as terminal:
        terminal.wait_for("VPN drops")
        terminal.send("u")
        terminal.wait_for("u again undoes")
        terminal.send("u")
        terminal.wait_for(lambda: ask(tmp_path, "SELECT status FROM request WHERE id = 3") == [("new",)])
        terminal.send("jm")
        terminal.wait_for("D-1")
        terminal.send("D-1\r")
        merged = "SELECT status, merged_into FROM request WHERE id = 2"
        terminal.wait_for(lambda: ask(tmp_path, merged) == [("dropped", 1)])
        quit_from(terminal)
    with start(tmp_path, size) as terminal:
        terminal.wait_for("VPN drops")
        terminal.send("'a")
        terminal.wait_for("VPN is slow")
        terminal.send("/2\r")
        terminal.wait_for("VPN is slow")
        terminal.send("m")
        terminal.wait_for(lambda: ask(tmp_path, merged) == [("new", None)])
        quit_from(terminal)


def test_the_editor_takes_the_text_and_gives_it_back(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text(
        f"#!{sys.executable}\nimport sys\nopen(sys.argv[1], 'a').write(' and from the editor')\n", encoding="utf-8"
    )
    os.chmod(editor, 0o700)
    desk = Desk(str(tmp_path / "desk"), actor="test")
    desk.capture(line("one"))
    desk.close()
    with start(tmp_path / "desk", (80, 24), EDITOR=str(editor)) as terminal:
        terminal.wait_for("one")
        terminal.send("n")
        terminal.wait_for("INTERNAL")
        terminal.send("from the field")
        terminal.wait_for("from the field")
        terminal.send(b"\x1bOS")
        terminal.wait_for("and from the editor")
        terminal.send("\x0f")
        notes = "SELECT text FROM note"
        terminal.wait_for(
            lambda: ask(tmp_path / "desk", notes) and "from the editor" in ask(tmp_path / "desk", notes)[0][0]
        )
        quit_from(terminal)
