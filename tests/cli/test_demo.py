"""``demo``: never where something is, and gone afterwards."""

from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.support.terminal import Terminal, python


def test_a_folder_that_holds_something_is_left_alone(shell: Shell, desk_folder: Path) -> None:
    shell("add", "mine")
    ended = shell("demo", "--data", str(desk_folder))
    assert ended.code == 1
    assert "is not empty" in ended.err


def test_without_a_terminal_nothing_is_made(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert shell("demo").code == 1
    assert list(tmp_path.glob("deskmate-demo-*")) == []


def test_the_sample_desk_opens_and_is_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Terminal(python("-m", "deskmate", "demo"), (80, 24)) as terminal:
        terminal.wait_for("Nobody here exists.", 30)
        assert list(tmp_path.glob("deskmate-demo-*"))
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert "The sample desk is gone" in terminal.text()
    assert list(tmp_path.glob("deskmate-demo-*")) == []
