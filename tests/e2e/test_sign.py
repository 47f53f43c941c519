"""The sign in a real terminal: it follows what happens elsewhere, and leaves the terminal as it was."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from deskmate.cli import big_letters
from deskmate.domain.commands import SetNotice
from tests.support.desks import opened
from tests.support.terminal import Terminal, python

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("way", ["q", "\x03", signal.SIGTERM], ids=str)
def test_it_follows_and_leaves_nothing_behind(tmp_path: Path, way: str | signal.Signals) -> None:
    with opened(tmp_path) as desk:
        desk.wake()
        with Terminal(python("-m", "deskmate", "--data", str(tmp_path), "sign"), (80, 24)) as terminal:
            terminal.wait_for("as of ")
            assert terminal.alternate
            desk.run(SetNotice("Mail is down", "2999-01-01T00:00:00.000Z"))
            tops = [big_letters.drawn("Mail", scale)[0].strip() for scale in (1, 2, 3)]
            terminal.wait_for(lambda: any(top in terminal.text() for top in tops))
            terminal.resize(40, 12)
            terminal.wait_for(lambda: "as of " in terminal.screen()[11] and "█" in terminal.text())
            if isinstance(way, str):
                terminal.send(way)
            else:
                terminal.kill(way)
            assert terminal.wait_exit() == 0
            assert terminal.attributes() == terminal.before
            assert not terminal.alternate
            assert not terminal.cursor_hidden
