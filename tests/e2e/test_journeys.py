"""Whole journeys in a real terminal, with exactly the keys that are documented."""

from __future__ import annotations

import signal
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import pytest

from deskmate.domain import commands
from deskmate.services.desk import Desk
from tests.support.desks import line, looking
from tests.support.terminal import Terminal, python

pytestmark = pytest.mark.e2e
SIZES = [(80, 24), (120, 40)]


def start(folder: Path, size: tuple[int, int] = (80, 24)) -> AbstractContextManager[Terminal]:
    """deskmate in a terminal of its own."""
    return Terminal(python("-m", "deskmate", "--data", str(folder)), size)


def ask(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with looking(folder) as conn:
        return conn.execute(sql).fetchall()


def filled(folder: Path, count: int) -> None:
    """So many untriaged requests."""
    desk = Desk(str(folder), actor="test")
    for number in range(1, count + 1):
        desk.capture(line(f"request {number}"))
    desk.close()


def priorities(folder: Path) -> dict[int, int | None]:
    return dict(ask(folder, "SELECT id, priority FROM request ORDER BY id"))


@pytest.mark.parametrize("size", SIZES)
def test_the_first_start_says_what_to_press_and_the_next_comes_back(tmp_path: Path, size: tuple[int, int]) -> None:
    folder = tmp_path / "desk"
    with start(folder, size) as terminal:
        terminal.wait_for("This desk is empty.")
        terminal.wait_for("Everything stays in one folder")
        text = terminal.text()
        assert "a  write down a request" in text
        assert "deskmate import" in text
        assert "?  all keys" in text
        terminal.send("?")
        terminal.wait_for("Write down a new request")
        terminal.wait_for("╰")
        terminal.send(b"\x1b")
        terminal.wait_for(lambda: "╰" not in terminal.text())
        terminal.wait_for("This desk is empty.")
        terminal.send("a")
        terminal.wait_for("Capture")
        terminal.send("printer jams !stuck\r")
        terminal.wait_for("D-1 printer jams")
        terminal.wait_for("▌ –  ○ D-1    printer jams")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert terminal.attributes() == terminal.before
        assert not terminal.alternate
        assert not terminal.cursor_hidden
    with start(folder, size) as terminal:
        terminal.wait_for("▌ –  ○ D-1    printer jams")
        terminal.send("q")
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", ["n", "u"])
def test_twenty_requests_are_triaged_in_sixty_keys(tmp_path: Path, view: str, size: tuple[int, int]) -> None:
    filled(tmp_path, 20)
    with start(tmp_path, size) as terminal:
        terminal.wait_for("1/20")
        terminal.send(f"'{view}")
        keys = "".join(f"p{number % 4 + 1}j" for number in range(1, 21))
        assert len(keys) == 60
        for key in keys:
            terminal.send(key)
        terminal.wait_for(lambda: None not in priorities(tmp_path).values())
        assert priorities(tmp_path) == {number: number % 4 + 1 for number in range(1, 21)}
        terminal.wait_for(lambda: "untriaged" not in terminal.screen()[0])
        terminal.wait_for("5 P1")
        terminal.send("q")
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize("view", ["n", "u"])
def test_keys_typed_ahead_in_one_piece_reach_the_right_requests(tmp_path: Path, view: str) -> None:
    filled(tmp_path, 40)
    with start(tmp_path) as terminal:
        terminal.wait_for("1/40")
        terminal.send(f"'{view}")
        terminal.send(b"p2jp1jx\r")
        terminal.wait_for("resolved D-3")
        terminal.send(b"j")
        for _ in range(10):
            terminal.send(b"p2jp1jp3j")
        expected: dict[int, int | None] = dict.fromkeys(range(1, 41))
        expected |= {1: 2, 2: 1}
        expected |= {number: (2, 1, 3)[(number - 4) % 3] for number in range(4, 34)}
        terminal.wait_for(lambda: priorities(tmp_path)[33])
        assert priorities(tmp_path) == expected
        assert ask(tmp_path, "SELECT id, status FROM request WHERE status <> 'new'") == [(3, "resolved")]
        terminal.send(b"qqj")  # what is typed after the end does not keep it from ending
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize(("key", "shown"), [("n", "INTERNAL note on D-2"), ("a", "Capture")])
def test_killed_while_typing_it_comes_back_with_the_text(tmp_path: Path, key: str, shown: str) -> None:
    filled(tmp_path, 5)
    with start(tmp_path) as terminal:
        terminal.wait_for("1/5")
        terminal.send(f"'aGk{key}")  # All, the last line but one: D-2
        terminal.wait_for(shown)
        terminal.send("the fuser is at 212,000")
        terminal.wait_for(lambda: ask(tmp_path, "SELECT text FROM draft") == [("the fuser is at 212,000",)])
        terminal.send(" pages")
        terminal.wait_for("212,000 pages")
        terminal.kill(signal.SIGKILL)
        assert terminal.wait_exit() == -signal.SIGKILL
    with start(tmp_path) as terminal:
        terminal.wait_for(shown)
        terminal.wait_for("the fuser is at 212,000")
        terminal.wait_for("▌ –  ✎ D-2 " if key == "n" else "▌ –  ○ D-2 ")
        assert "4/5" in terminal.screen()[1]
        terminal.send(" ...")
        terminal.wait_for(" ...")
        terminal.send(b"\x0f" if key == "n" else b"\r")
        if key == "n":
            terminal.wait_for("note on D-2   u undo")
            ((number, text),) = ask(tmp_path, "SELECT request_id, text FROM note")
        else:
            terminal.wait_for("D-6 the fuser")
            ((number, text),) = ask(tmp_path, "SELECT id, title FROM request WHERE id > 5")
        assert number == (2 if key == "n" else 6)
        # What was typed in the last half second may be missing, and nothing else.
        assert text in ("the fuser is at 212,000 ...", "the fuser is at 212,000 pages ...")
        assert ask(tmp_path, "SELECT * FROM draft") == []
        terminal.send("q")
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize("answer", ["t", "r", "q"])
def test_a_second_window_is_told_and_can_choose(tmp_path: Path, answer: str) -> None:
    filled(tmp_path, 3)
    with ExitStack() as stack:
        first = stack.enter_context(start(tmp_path))
        first.wait_for("1/3")
        first.send("jn")
        first.wait_for("INTERNAL note on D-2")
        first.send("half a thought")
        first.wait_for("half a thought")
        second = stack.enter_context(start(tmp_path))
        second.wait_for("already open")
        second.wait_for("take over")
        second.send(f"{answer}\r")
        if answer == "t":
            assert first.wait_exit() == 0
            assert "Another window took over. Everything is saved." in first.text()
            second.wait_for("INTERNAL note on D-2")
            second.wait_for("half a thought")
            second.send(b"\x0f")
            second.wait_for("note on D-2   u undo")
            assert ask(tmp_path, "SELECT request_id, text FROM note") == [(2, "half a thought")]
            second.send("q")
            assert second.wait_exit() == 0
            return
        if answer == "r":
            second.wait_for("read only")
            second.wait_for("D-1 ")
            second.send("x")
            second.wait_for("This window is read only.")
            second.send("q")
        assert second.wait_exit() == 0
        first.send(b"\x0f")
        first.wait_for("note on D-2   u undo")
        first.send("q")
        assert first.wait_exit() == 0


def seen(terminal: Terminal) -> tuple[list[str], str, list[str]]:
    """What stays where it is in a window of the same size: the lines above, the last one, the one of the cursor."""
    rows = terminal.screen()
    return rows[:3], rows[-1], [row for row in rows if row.startswith("▌")]


def test_a_window_that_was_small_while_nobody_looked_is_whole_again(tmp_path: Path) -> None:
    filled(tmp_path, 30)
    with start(tmp_path) as terminal:
        terminal.wait_for("1/30")
        terminal.send("j")
        terminal.wait_for("▌ –  ○ D-2 ")
        terminal.wait_quiet()
        before = seen(terminal)
        terminal.resize(20, 5)
        terminal.resize(80, 24)
        assert seen(terminal) != before
        terminal.wait_for(lambda: seen(terminal) == before)
        terminal.send("q")
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_resized_wildly_and_then_closed_nothing_is_lost(tmp_path: Path, number: signal.Signals) -> None:
    filled(tmp_path, 30)
    desk = Desk(str(tmp_path), actor="test")
    desk.run(commands.AddNote((2,), "word " * 300))
    desk.close()
    storm = [(20, 5), (80, 24), (33, 9), (160, 40), (100, 24), (99, 24), (20, 5), (200, 60), (20, 24), (80, 5)]
    with start(tmp_path) as terminal:
        terminal.wait_for("1/30")
        terminal.send("j")
        terminal.send("j")
        terminal.wait_for("3/30")
        terminal.wait_quiet()
        after_j = seen(terminal)
        terminal.send("k")
        terminal.wait_for("2/30")
        before = seen(terminal)
        for keys, back in (("", ""), ("\r", "\x1b"), ("?", "\x1b"), ("/", "\x1b"), ("n", "")):
            terminal.send(keys)
            for size in storm:
                terminal.resize(*size)
                terminal.wait_quiet(0.02)
            terminal.resize(80, 24)
            terminal.send(back)
            if keys != "n":
                # A key and its answer come after all that was sent before.
                terminal.send("j")
                terminal.wait_for(lambda: seen(terminal)[0] == after_j[0] and "╰" not in terminal.text())
                terminal.send("k")
                terminal.wait_for(lambda: seen(terminal) == before)
                after = terminal.screen()
                terminal.send(b"\x0cj")  # nothing is left of what was drawn in between
                terminal.wait_for(lambda: seen(terminal) == after_j)
                terminal.send("k")
                terminal.wait_for(lambda after=after: terminal.screen() == after)
        terminal.wait_for("INTERNAL note on D-2")
        terminal.send("do not lose me")
        terminal.wait_for("do not lose me")
        if number is signal.SIGHUP:
            terminal.hang_up()
            terminal.wait_exit()
        else:
            terminal.kill(number)
            assert terminal.wait_exit() == 128 + number
            assert terminal.attributes() == terminal.before
    assert ask(tmp_path, "SELECT key, text FROM draft") == [("note:2", "do not lose me")]
    with start(tmp_path) as terminal:
        terminal.wait_for("INTERNAL note on D-2")
        terminal.wait_for("do not lose me")
        terminal.send(b"\x11")
        assert terminal.wait_exit() == 0
